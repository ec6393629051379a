"""A picture that is saved is whole: its title, key, area, date and source are in it, in the colours of paper and in
letters that are the same on every machine."""

import base64
import io
import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from PIL import Image, ImageFont

from sendlib import pictures, questions, service
from sendlib.__main__ import main
from sendlib.compared import widened
from sendlib.compared.comparators import DEFAULT
from sendlib.exports import letters
from sendlib.exports.picture import WIDTH, as_png, as_svg, files_of
from sendlib.exports.pixels import WIDE
from sendlib.pictures import palette
from sendlib.pictures.picture import Entry, nothing_to_draw
from sendlib.questions import getting_help

LINK = "https://send.example.org/getting_help?area=879&vs=neighbours-2025&mode=explore"
AREAS = ("879", "E12000009", "942")
"""An authority, a region and a new authority; the map has more (test_map_picture.py)."""


@pytest.fixture(scope="module")
def picture(store, areas):
    answer = getting_help.ask(store, areas.get("879"), "neighbours-2025", {})
    return pictures.of(answer, answer.lead, "explore")[0]


@pytest.fixture(scope="module")
def svg(picture):
    return as_svg(picture, LINK)


@pytest.fixture(scope="module")
def asked(store):
    """Answers of the usual choices, each asked once: question and code -> answer."""
    held = {}

    def ask(name, code):
        if (name, code) not in held:
            area = widened.directory(store).get(code)
            held[name, code] = service.answer_of(store, questions.named(name), area, DEFAULT, {})
        return held[name, code]

    return ask


@pytest.fixture(scope="module")
def leads(asked):
    """Drawings of the lead pictures, each made once."""
    held = {}

    def drawn(name, code):
        if (name, code) not in held:
            answer = asked(name, code)
            held[name, code] = files_of(answer, answer.lead, "explore")
        return held[name, code]

    return drawn


def said(svg):
    """The words that can be read in a drawing, without its description and its style."""
    root = ElementTree.fromstring(svg)
    return " ".join("".join(text.itertext()) for text in root.iter("{http://www.w3.org/2000/svg}text"))


def width_of(text):
    """How far to the right a line of the frame reaches."""
    bold = text.get("font-weight") == "bold"
    return float(text.get("x")) + letters.width(text.text or "", float(text.get("font-size")), bold=bold)


def test_what_stands_around_a_picture_on_its_page_is_in_the_file(picture, svg):
    words = said(svg)
    assert picture.about.title in words
    assert "Plymouth" in words and "2014 to 2024" in words
    assert all(entry.words in words for entry in picture.legend)
    assert all(entry.drawing in svg for entry in picture.legend)
    assert "Breaks: 1: during part of 2020" in words
    assert "Sources: Education, health and care plans, reporting year 2025" in words
    assert "Open Government Licence" in words
    assert f"This view: {LINK}" in words


def test_without_an_address_none_is_named(picture):
    assert "This view" not in as_svg(picture)


@pytest.mark.parametrize("name", questions.names())
def test_the_lead_of_every_question_says_its_area_its_source_and_its_licence(asked, leads, name):
    for code in AREAS:
        answer = asked(name, code)
        for drawing in leads(name, code):
            words = said(drawing.svg)
            assert answer.area.name in words or answer.area.short_name in words
            assert answer.title.explore.split()[0] in words
            assert "Source" in words and ("Licence" in words or "quoted facts" in words)
            root = ElementTree.fromstring(drawing.svg)
            assert max(map(width_of, root.findall("{*}text"))) <= WIDTH
            assert letters.NAME in drawing.svg and drawing.stem.startswith(name.replace("_", "-"))


@pytest.mark.parametrize(("name", "code"), [("my_area", "879"), ("needs", "E12000009")])
def test_a_png_is_1600_pixels_wide_and_the_same_every_time(asked, name, code):
    answer = asked(name, code)
    (first, *_), (again, *_) = (files_of(answer, answer.lead, "show") for _ in range(2))
    assert first.svg == again.svg
    png = first.png()
    assert png == again.png()
    assert Image.open(io.BytesIO(png)).size[0] == WIDE == 1600


def test_numbers_in_the_drawing_are_those_of_the_answer(asked, leads):
    table, words = asked("needs", "879").tables["mix"], said(leads("needs", "879")[0].svg)
    drawn = table.data.dropna(subset=["share", "difference"])
    assert len(drawn) > 8
    for row in drawn.to_dict("records"):
        assert f"{table.columns['share'].written(row['share'])}%," in words


def test_pictures_that_stand_side_by_side_are_one_drawing(leads):
    (drawing,) = leads("my_area", "879")
    assert drawing.stem == "my-area-879-hundred" and len(drawing.pictures) == 2
    words = said(drawing.svg)
    assert "Plymouth" in words and "Mean of its ten statistical neighbours" in words
    assert words.count("with SEN support") == 2  # in the caption, and once in the key that both share


def test_all_of_it_is_within_the_page_of_the_file(svg):
    root = ElementTree.fromstring(svg)
    assert float(root.get("width")) == WIDTH
    lowest = max(float(text.get("y")) for text in root.findall("{*}text"))
    assert lowest < float(root.get("height"))


def test_a_file_has_the_colours_of_paper_and_is_named_after_what_it_shows(picture, svg):
    assert set(re.findall("#[0-9a-fA-F]{6}", svg)) <= palette.colours()
    assert picture.about.name == "getting_help-879-on_time"


def test_a_picture_tells_who_those_compared_are_where_its_key_does_not(picture):
    open_key = replace(picture, legend=(Entry("", "Range of those compared"),))
    assert "Compared: its ten statistical neighbours." in said(as_svg(open_key))
    assert "Compared:" not in said(as_svg(picture))


def test_what_was_chosen_beside_a_picture_is_said_in_its_file(asked):
    """On its page a control says which need the funnel is of; a file has no controls."""
    (funnel,) = files_of(asked("needs", "879"), "funnel", "explore")
    assert "Need: Autism." in said(funnel.svg)
    (stages, *_) = files_of(asked("doing_well", "879"), "over_time", "explore")
    assert "Stage: Qualified to level 2 by 19." in said(stages.svg) and "Together" not in said(stages.svg)


def test_the_font_is_in_the_file_and_nothing_is_fetched(svg):
    (regular, bold) = re.findall(r"url\(data:font/woff2;base64,([^)]+)\)", svg)
    for font in (regular, bold):
        assert base64.b64decode(font).startswith(b"wOF2")
    addresses = set(re.findall(r"https?://[^\s\"<&]+", svg))
    assert addresses <= {"http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink", LINK.split("&")[0]}
    assert not re.search(r"(?:href|src)=|@import|url\((?!data:|#)", svg)
    families = set(re.findall(r'font-family="([^"]+)"', svg))
    assert families == {letters.FAMILY}


def test_every_letter_of_the_pictures_is_in_the_font(leads):
    drawn = [one for name in questions.names() for code in AREAS for one in leads(name, code)]
    used = {letter for one in drawn for letter in said(one.svg)} - set(" \n")
    font = ImageFont.truetype(letters._FONTS / "SourceSans3-Regular.ttf", 40, layout_engine=ImageFont.Layout.BASIC)
    no_letter = bytes(font.getmask("\uffff"))
    assert len(used) > 60
    assert not [letter for letter in used if bytes(font.getmask(letter)) == no_letter]


def test_words_are_measured_as_they_are_drawn():
    """The width that is reckoned is that of the font's own picture of the words."""
    words, size = "Speech, language and communication needs", 18
    reckoned = letters.width(words, size)
    for bold, name in ((False, "Regular"), (True, "Bold")):
        font = ImageFont.truetype(letters._FONTS / f"SourceSans3-{name}.ttf", size)
        assert letters.width(words, size, bold=bold) == pytest.approx(font.getlength(words), rel=0.02)
    assert letters.width(words, size, bold=True) > reckoned


@pytest.mark.parametrize("words", ["a b c", "Children and young people with an EHC plan", "https://x.org/" + "a" * 400])
def test_lines_hold_all_words_and_none_is_too_long(words):
    lines = letters.lines(words, 120, 16)
    assert "".join(lines).replace(" ", "") == words.replace(" ", "")
    assert all(letters.width(line, 16) <= 120 for line in lines)


def test_a_long_entry_of_a_key_is_written_on_several_lines(picture):
    long = replace(picture, legend=(Entry("", "schools " * 30), Entry("", "next")))
    root = ElementTree.fromstring(as_svg(long))
    assert max(map(width_of, root.findall("{*}text"))) <= WIDTH
    assert "next" in said(as_svg(long))


def test_signs_in_a_name_do_not_break_the_file(picture):
    odd = replace(picture, heading='Hammersmith & "Fulham" <1>', below=("a < b & c",))
    assert 'Hammersmith & "Fulham" <1>' in said(as_svg(odd, "https://x.org/?a=1&b=<2>"))


def test_of_a_picture_of_nothing_there_is_no_file():
    with pytest.raises(ValueError, match="nothing to save"):
        as_svg(nothing_to_draw("empty", "Not available."))


def test_the_command_line_writes_pictures_and_says_why_there_are_none(tmp_path, capsys):
    asked = ["export", "needs", "--area", "Plymouth", "--format", "png", "--to", str(tmp_path)]
    assert main(asked) == 0
    (file,) = tmp_path.iterdir()
    assert file.name == "needs-879-mix.png" and file.read_bytes().startswith(b"\x89PNG")
    assert main([*asked, "--area", "City of London"]) == 2
    assert "No picture is drawn of so few plans" in capsys.readouterr().err
    assert main([*asked, "--table", "comparators"]) == 2
    assert "draws no picture of 'comparators'" in capsys.readouterr().err


def test_a_png_holds_the_words_too(picture):
    """A font that is not found would leave them out without a word."""
    png = Image.open(io.BytesIO(as_png(picture))).convert("L")
    shades = png.crop((40, 40, 1200, 110)).histogram()
    assert sum(shades[:128]) > 3000  # dark pixels where the title is
