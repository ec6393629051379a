"""The pack: each file of it opened with another program's reader and held beside the answers that it was made of."""

import io
import zipfile
from html.parser import HTMLParser

import openpyxl
import pandas as pd
import pytest
from PIL import Image
from pptx import Presentation

from sendlib import questions, service
from sendlib.board import Thoughts
from sendlib.compared.comparators import DEFAULT
from sendlib.exports import pack
from sendlib.exports.numbers import numbers_of, stem
from sendlib.own_figures.model import OwnFigure
from sendlib.questions.joining_up.readiness import Readiness
from sendlib.store import Store

THOUGHTS = Thoughts("Made up for a test: more plans name autism.", "Made up for a test: who writes the advice?")
FEW = OwnFigure("Made up for a test", "370", "Barnsley", "2025", "", 3.0, "children", "value", None, "a test", "")
CHECKED = Readiness({"health": ("no",)}, barriers=("capacity",))


@pytest.fixture(scope="module")
def contents():
    answers = [service.ask(questions.named(name), "370", DEFAULT, {}) for name in ("needs", "getting_help")]
    return pack.Contents(tuple(answers), thoughts=THOUGHTS, own=(FEW,), readiness=CHECKED)


@pytest.fixture(scope="module")
def made(contents):
    """The pack, and what was told while it was made."""
    told = []
    return pack.as_zip(Store(), contents, lambda part, words: told.append((part, words))), told


@pytest.fixture(scope="module")
def files(made):
    with zipfile.ZipFile(io.BytesIO(made[0])) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_every_file_opens(files, contents):
    assert len(list(Presentation(io.BytesIO(files["slides.pptx"])).slides)) > len(contents.answers)
    for name, content in files.items():
        if name.endswith(".png"):
            assert Image.open(io.BytesIO(content)).width == 1600
        if name.endswith(".xlsx"):
            assert openpyxl.load_workbook(io.BytesIO(content)).sheetnames
        if name.endswith(".html"):
            HTMLParser().feed(content.decode())
        if name.endswith(".zip"):
            assert zipfile.ZipFile(io.BytesIO(content)).testzip() is None


def test_it_has_a_picture_and_the_numbers_of_each_question_and_every_table(files, contents):
    for answer in contents.answers:
        assert f"numbers/{stem(answer, answer.lead)}.xlsx" in files
        assert {f"numbers/all/{stem(answer, name)}.zip" for name in answer.tables} <= set(files)
        named = f"pictures/{answer.question.replace('_', '-')}-370"
        assert {name[-4:] for name in files if name.startswith(named)} == {".svg", ".png"}


def test_its_numbers_are_those_of_the_answer(files, contents):
    for answer in contents.answers:
        sheet = openpyxl.load_workbook(io.BytesIO(files[f"numbers/{stem(answer, answer.lead)}.xlsx"])).worksheets[0]
        numbers = numbers_of(answer, answer.lead)
        own = [column for column in numbers.columns.values() if column.decimals is not None]
        heads, *rows = [list(row) for row in sheet.iter_rows(values_only=True)]
        while own[0].titled not in heads:
            heads, *rows = rows
        for name, column in numbers.columns.items():
            if column.decimals is None:
                continue
            written = [row[heads.index(column.titled)] for row in rows[: len(numbers.frame)]]
            for cell, number in zip(written, numbers.frame[name], strict=True):
                assert isinstance(cell, str) if pd.isna(number) else cell == number


def test_what_the_group_thinks_is_in_it_word_by_word(files):
    assert THOUGHTS.hypothesis in files["read-me.txt"].decode("utf-8-sig")
    slides = Presentation(io.BytesIO(files["slides.pptx"])).slides
    said = " ".join(shape.text_frame.text for slide in slides for shape in slide.shapes if shape.has_text_frame)
    assert THOUGHTS.hypothesis in said and THOUGHTS.questions in said
    assert THOUGHTS.hypothesis in files["for-families.html"].decode()


def test_a_readiness_check_is_in_it_where_a_group_answered_one(files, contents):
    text = files["readiness-check.txt"].decode("utf-8-sig")
    assert "Barnsley" in text and "No: as 49 of the 91 councils (53.8%)." in text and "Capacity or money" in text
    assert "readiness-check.txt" in pack.read_me(contents)
    assert "readiness-check.txt" not in pack.read_me(pack.Contents(contents.answers))


def test_own_figures_of_few_are_hidden_in_it(files):
    rows = openpyxl.load_workbook(io.BytesIO(files["our-own-figures.xlsx"]))["Figures"].iter_rows(values_only=True)
    assert not [cell for row in rows for cell in row if cell == FEW.value]


def test_the_same_choices_give_the_same_bytes(made, contents):
    assert pack.as_zip(Store(), contents) == made[0]


def test_how_far_it_is_is_told_from_nothing_to_all_of_it(made):
    parts = [part for part, _ in made[1]]
    assert parts == sorted(parts) and parts[0] == 0 and parts[-1] == 1
    assert all(words for _, words in made[1])


def test_a_question_without_an_answer_is_named_in_the_read_me(contents):
    without = pack.Contents(contents.answers, unanswered=("Looking ahead: made up for a test",))
    assert "Looking ahead: made up for a test" in pack.read_me(without)
