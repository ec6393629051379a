"""The files that numbers leave in: opened with other programs' readers, and held beside the answer."""

import csv
import io
import json
import zipfile

import openpyxl
import pandas as pd
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sendlib import questions, service
from sendlib.__main__ import main
from sendlib.compared.comparators import DEFAULT
from sendlib.exports.csv import harmless
from sendlib.exports.formats import FORMATS
from sendlib.exports.numbers import SHORT, numbers_of
from sendlib.tables.symbols import STATUSES, VALUE

AREAS = ("888", "420", "QJK")
"""A large authority, a tiny one, and an area of the NHS."""


@pytest.fixture(scope="module")
def tables():
    """(answer, name) of every table of every question for areas of all kinds."""
    asked = [service.ask(question, code, DEFAULT, {}) for question in questions.QUESTIONS for code in AREAS]
    return [(answer, name) for answer in asked for name in answer.tables]


def unpacked(content):
    """The rows of the CSV in an archive as a reader of CSV has them, and the metadata beside it."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        table, about = sorted(archive.namelist(), key=len)
        assert about == f"{table}-metadata.json", "where CSV on the Web looks for it"
        text = archive.read(table).decode("utf-8-sig")
        return list(csv.reader(io.StringIO(text))), json.loads(archive.read(about))


def test_a_csv_has_every_row_with_its_area_its_time_and_its_status(tables):
    for answer, name in tables:
        rows, about = unpacked(FORMATS["csv"].make(numbers_of(answer, name)))
        table = answer.tables[name]
        assert len(rows) == len(table.data) + 1 and len(set(rows[0])) == len(rows[0])
        assert {column.titled for column in table.columns.values()} < set(rows[0])
        assert [column["titles"] for column in about["tableSchema"]["columns"]] == rows[0]
        assert about["dc:title"] == table.caption.explore and all(about["dc:source"]) or not table.sources
        frame = pd.DataFrame(rows[1:], columns=rows[0])
        assert set(frame["Asked about"]) <= {answer.area.name}
        status = next(column.titled for key, column in numbers_of(answer, name).columns.items() if key == "status")
        assert set(frame[status]) <= set(STATUSES), (answer.question, name)


def test_numbers_in_a_csv_are_those_of_the_page(tables):
    for answer, name in tables:
        table = answer.tables[name]
        rows, _ = unpacked(FORMATS["csv"].make(numbers_of(answer, name)))
        for key, column in table.columns.items():
            if column.decimals is None:
                continue
            place = rows[0].index(column.titled)
            for row, value in zip(rows[1:], table.data[key], strict=True):
                if pd.isna(value):
                    assert row[place] == "", (answer.question, name, key)
                elif (rounded := round(float(value), column.decimals)) or column.decimals == 0:
                    assert float(row[place]) == pytest.approx(rounded, abs=1e-9)
                else:
                    assert float(row[place]) == pytest.approx(float(value), rel=0.5), "never nought of what is not"


@pytest.mark.parametrize(("question", "name"), [("needs", "mix"), ("my_area", "stock"), ("getting_help", "on_time")])
def test_files_of_two_areas_can_be_put_under_each_other(question, name):
    heads, whose = [], []
    for code in ("879", "888"):
        answer = service.ask(questions.named(question), code, DEFAULT, {})
        rows, _ = unpacked(FORMATS["csv"].make(numbers_of(answer, name)))
        heads.append(rows[0])
        whose += [row[rows[0].index("Code of the area asked about")] for row in rows[1:]]
    assert heads[0] == heads[1] and set(whose) == {"879", "888"}


def test_a_workbook_has_numbers_as_numbers_and_says_why_there_is_none(tables):
    seen = set()
    for answer, name in tables[::2]:
        numbers = numbers_of(answer, name)
        if len(numbers.frame) > 300:
            continue  # the large ones are made the same way
        workbook = openpyxl.load_workbook(io.BytesIO(FORMATS["xlsx"].make(numbers)))
        assert workbook.sheetnames == ["Numbers", "Columns", "About"]
        sheet = workbook["Numbers"]
        cells = list(sheet.iter_rows(min_row=2, max_row=1 + len(numbers.frame)))
        for place, (key, column) in enumerate(numbers.columns.items()):
            assert sheet.cell(1, place + 1).value == column.titled
            for row, value in zip(cells, numbers.frame[key], strict=True):
                cell = row[place]
                if column.decimals is None:
                    assert cell.data_type == "s" and (cell.value or "") == value
                elif pd.isna(value):
                    assert cell.data_type == "s" and cell.value, (answer.question, name, key)
                    seen.add(cell.value)
                else:
                    assert cell.data_type == "n" and cell.value == pytest.approx(float(value))
        about = "\n".join(str(row[1].value) for row in workbook["About"].iter_rows(min_row=2))
        assert answer.tables[name].caption.explore in about
        assert all(source.citation() in about for source in numbers.sources)
    assert {SHORT["not_available"], SHORT["hidden"]} <= seen


def test_parquet_has_the_kinds_of_columns_and_what_they_mean(tables):
    for answer, name in tables[::7]:
        numbers = numbers_of(answer, name)
        held = pq.read_table(io.BytesIO(FORMATS["parquet"].make(numbers)))
        assert held.column_names == list(numbers.columns) and held.num_rows == len(numbers.frame)
        for key, column in numbers.columns.items():
            assert held.schema.field(key).metadata[b"meaning"].decode() == column.meaning
        assert json.loads(held.schema.metadata[b"csvw"])["dc:title"] == numbers.caption


@pytest.mark.parametrize("kind", list(FORMATS))
def test_the_same_answer_gives_the_same_bytes(kind, tables):
    for answer, name in tables[::11]:
        assert FORMATS[kind].make(numbers_of(answer, name)) == FORMATS[kind].make(numbers_of(answer, name))


@given(st.text())
def test_no_cell_begins_a_formula(text):
    assert not harmless(text).startswith(("=", "+", "-", "@", "\t", "\r"))
    assert harmless(text) in (text, f"'{text}")


def test_a_workbook_takes_what_looks_like_a_formula_for_words(tables):
    answer, name = next((answer, name) for answer, name in tables if answer.question == "needs" and name == "mix")
    numbers = numbers_of(answer, name)
    numbers.frame["name"] = '=HYPERLINK("http://example.org")'
    sheet = openpyxl.load_workbook(io.BytesIO(FORMATS["xlsx"].make(numbers)))["Numbers"]
    cells = [cell for row in sheet.iter_rows(min_row=2) for cell in row]
    assert any(str(cell.value).startswith("=HYPERLINK") for cell in cells)
    assert not any(cell.data_type == "f" for cell in cells)


@pytest.mark.parametrize("kind", list(FORMATS))
def test_the_command_line_writes_the_tables_of_an_answer(kind, tmp_path, capsys):
    folder = tmp_path / "to take along"
    assert main(["export", "needs", "--area", "Plymouth", "--table", "mix", "--format", kind, "--to", str(folder)]) == 0
    (file,) = folder.iterdir()
    assert capsys.readouterr().out.strip() == str(file) and file.stat().st_size > 500
    assert file.name == f"needs-mix-879{FORMATS[kind].ending}"


def test_a_table_that_there_is_not_is_answered_with_those_there_are(capsys, tmp_path):
    assert main(["export", "needs", "--area", "Plymouth", "--table", "mixes", "--to", str(tmp_path)]) == 2
    assert "It has: mix, comparators" in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


def test_what_is_missing_is_told_apart():
    answer = service.ask(questions.named("my_area"), "420", DEFAULT, {})
    numbers = numbers_of(answer, answer.lead)
    missing = numbers.frame["status"].ne(VALUE)
    assert set(SHORT.values()) == {"[c]", "[low]", "[z]", "[x]"}
    assert numbers.instead.loc[missing, "share"].isin(SHORT.values()).all()
