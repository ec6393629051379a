"""A picture that is saved is whole: its title, key, area, date and source are in it, in the colours of paper."""

import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest

from sendlib import pictures
from sendlib.exports.picture import WIDTH, as_png, as_svg
from sendlib.pictures import palette
from sendlib.pictures.picture import nothing_to_draw
from sendlib.questions import getting_help


@pytest.fixture(scope="module")
def picture(store, areas):
    answer = getting_help.ask(store, areas.get("879"), "neighbours-2025", {})
    return pictures.of(answer, answer.lead, "explore")[0]


@pytest.fixture(scope="module")
def svg(picture):
    return as_svg(picture)


def said(svg):
    return " ".join(text for text in ElementTree.fromstring(svg).itertext() if text.strip())


def test_what_stands_around_a_picture_on_its_page_is_in_the_file(picture, svg):
    words = said(svg)
    assert picture.about.title in words
    assert "Plymouth" in words and "2014 to 2024" in words
    assert all(entry.words in words for entry in picture.legend)
    assert all(entry.drawing in svg for entry in picture.legend)
    assert "Breaks: 1: during part of 2020" in words
    assert "Sources: Education, health and care plans, reporting year 2025" in words
    assert "Open Government Licence" in words


def test_all_of_it_is_within_the_page_of_the_file(svg):
    root = ElementTree.fromstring(svg)
    assert float(root.get("width")) == WIDTH
    lowest = max(float(text.get("y")) for text in root.findall("{*}text"))
    assert lowest < float(root.get("height"))


def test_a_file_has_the_colours_of_paper_and_is_named_after_what_it_shows(picture, svg):
    assert set(re.findall("#[0-9a-fA-F]{6}", svg)) <= palette.colours()
    assert picture.about.name == "getting_help-879-on_time"


def test_the_png_is_twice_as_large_as_the_drawing(picture):
    png = as_png(picture)
    assert png.startswith(b"\x89PNG")
    assert int.from_bytes(png[16:20], "big") == 1600


def test_signs_in_a_name_do_not_break_the_file(picture):
    odd = replace(picture, heading='Hammersmith & "Fulham" <1>', below=("a < b & c",))
    assert 'Hammersmith & "Fulham" <1>' in said(as_svg(odd))


def test_of_a_picture_of_nothing_there_is_no_file():
    with pytest.raises(ValueError, match="nothing to save"):
        as_svg(nothing_to_draw("empty", "Not available."))
