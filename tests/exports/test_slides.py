"""Slides say what the page says, in charts that can be changed, and a council's own template is taken or refused with a
reason."""

import io
import re
import shutil
import subprocess
import zipfile
from dataclasses import replace
from functools import cache
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE_TYPE
from pptx.util import Inches

from sendlib import pictures, questions, service
from sendlib.__main__ import main
from sendlib.board import Thoughts
from sendlib.compared import widened
from sendlib.compared.comparators import DEFAULT
from sendlib.errors import TemplateRefused
from sendlib.exports import letters, slides
from sendlib.exports.numbers import numbers_of
from sendlib.exports.slides import fitting, native, pictured, template
from sendlib.exports.slides.deck import sentences_of
from sendlib.exports.slides.planning import Box
from sendlib.exports.xlsx import as_xlsx

ODD = (
    ("201", "needs"),
    ("420", "getting_help"),
    ("942", "getting_help"),
    ("QJK", "getting_help"),
    ("QJK", "doing_well"),
    ("878,879,880", "my_area"),
    ("E12000009", "needs"),
    ("E92000001", "doing_well"),
)
"""Areas of every kind, each with a question in which it is unlike Plymouth."""


def link(answer):
    return f"https://send.example/{answer.question}?area={answer.area.code}"


def asked(store, code, name):
    area = widened.directory(store).get(code)
    return service.answer_of(store, questions.named(name), area, DEFAULT, {})


@pytest.fixture(scope="module")
def answers(store):
    return [asked(store, "879", name) for name in questions.names()]


@pytest.fixture(scope="module")
def content(store, answers):
    return slides.as_pptx(store, answers, link=link)


@pytest.fixture(scope="module")
def deck(content):
    return Presentation(io.BytesIO(content))


@pytest.fixture(scope="module")
def of_questions(deck, answers):
    """Each answer with its slide."""
    return list(zip(answers, list(deck.slides)[1 : 1 + len(answers)], strict=True))


def named(slide, name):
    return next((shape for shape in slide.shapes if shape.name == name), None)


def sizes(shape):
    return [run.font.size.pt for paragraph in shape.text_frame.paragraphs for run in paragraph.runs]


def notes(slide):
    return slide.notes_slide.notes_text_frame.text


def said(slide):
    return " ".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)


def test_there_is_a_slide_a_question_between_the_first_and_what_cannot_be_told(deck, answers):
    titles = [slide.shapes.title.text_frame.text for slide in deck.slides]
    assert titles[0] == "Special educational needs and disabilities in Plymouth"
    assert titles[1 : 1 + len(answers)] == [answer.title.show or answer.title.explore for answer in answers]
    assert titles[1 + len(answers)] == "What these figures cannot tell"
    assert titles[2 + len(answers) :] == ["Sources and licence"]
    assert len(set(titles)) == len(titles)
    assert deck.slide_width == Inches(13.333) and deck.slide_height == Inches(7.5)


def test_the_first_slide_says_beside_whom_and_how_new(deck):
    words = said(deck.slides[0])
    assert "Compared with its ten statistical neighbours" in words
    assert re.search(r"Newest figures published \d+ \w+ 20\d\d", words)


def test_the_numbers_of_a_chart_are_those_of_the_answer(of_questions):
    drawn = {}
    for answer, slide in of_questions:
        chart = named(slide, "Chart")
        if chart is not None:
            drawn[answer.question] = {one.name: list(one.values) for one in chart.chart.plots[0].series}
    assert set(drawn) == {"my_area", "needs", "getting_help", "doing_well", "looking_ahead"}

    held = {answer.question: numbers_of(answer, answer.lead).frame for answer, _ in of_questions}
    on_time = held["getting_help"]
    assert drawn["getting_help"]["England"] == on_time["england"].tolist()
    own = drawn["getting_help"]["Plymouth"]
    assert own[0] is None and own[1:] == on_time["share"].tolist()[1:]
    hundred = held["my_area"]
    assert drawn["my_area"]["Plymouth"] == hundred["share"].tolist()[:2]
    mix = held["needs"].sort_values("difference", ascending=False)
    assert drawn["needs"]["Plymouth"] == mix["difference"].tolist()
    gaps = held["doing_well"].query("pupils_with == 'EHC plan'")
    assert drawn["doing_well"]["Plymouth"] == gaps["gap"].tolist()
    assert drawn["doing_well"]["England"] == gaps["england_gap"].tolist()
    fan = drawn["looking_ahead"]
    assert [value for value in fan["Measured"] if value is not None] == [26.7, 66.4]
    assert fan["Published high rate"][-1] == held["looking_ahead"]["published_high"].tolist()[-1]


def test_a_chart_has_its_numbers_in_a_workbook_that_opens(content):
    import openpyxl

    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        books = [name for name in parts.namelist() if name.endswith(".xlsx")]
        first = openpyxl.load_workbook(io.BytesIO(parts.read(books[0])))
    assert len(books) == 5
    assert first.worksheets[0]["B1"].value == "Plymouth"


def test_all_that_is_drawn_is_said_in_words(deck):
    drawn = 0
    for slide in deck.slides:
        for shape in slide.shapes:
            if shape.has_chart or shape.shape_type == MSO_SHAPE_TYPE.PICTURE:
                drawn += 1
                assert len(shape._element.xpath("./*/p:cNvPr")[0].get("descr")) > 40
    assert drawn == len(questions.names())


def test_a_slide_is_read_from_its_title_to_its_source(of_questions):
    for _, slide in of_questions:
        order = [shape.name for shape in slide.shapes]
        assert order[0].startswith("Title")
        assert order[1:3] == ["Answer", "Figures"] and order[-1] == "Source"


def test_every_word_but_those_of_a_chart_is_large_enough_for_a_room(deck):
    for slide in deck.slides:
        for shape in slide.shapes:
            if shape.has_text_frame and shape.text_frame.text:
                assert min(sizes(shape)) >= 24, (slide.shapes.title.text_frame.text, shape.name)


@pytest.mark.parametrize("code,name", ODD)
def test_no_kind_of_area_brings_small_letters(store, code, name):
    slide = Presentation(io.BytesIO(slides.as_pptx(store, [asked(store, code, name)]))).slides[1]
    words = [shape for shape in slide.shapes if shape.has_text_frame and shape.text_frame.text]
    assert min(size for shape in words for size in sizes(shape)) >= 24


def test_what_a_slide_has_no_room_for_is_in_its_notes(of_questions):
    for answer, slide in of_questions:
        below = slide.notes_slide.notes_text_frame.text
        for figure in answer.figures:
            if figure.label.in_mode("show") and (beside := figure.comparison.in_mode("show")):
                assert beside.rstrip(".")[1:] in below, (answer.question, beside)
        for note in answer.notes:
            if note.kind == "caution" and not note.about:
                assert note.text.in_mode("show") in below


def test_letters_of_a_chart_are_never_small(of_questions):
    for _, slide in of_questions:
        chart = named(slide, "Chart")
        if chart is not None:
            found = [int(one.get("sz")) for one in chart.chart._chartSpace.xpath(".//a:defRPr[@sz]|.//a:rPr[@sz]")]
            assert min(found) >= 1400


def test_the_notes_have_the_question_for_the_room_and_what_must_be_known(of_questions):
    for answer, slide in of_questions:
        words = notes(slide)
        assert questions.named(answer.question).ask_the_room in words
        assert answer.cannot_tell[0].in_mode("show") in words
        assert link(answer) in words
        assert answer.headline.in_mode("show") in words
        assert "EHC plan: Education, health and care plan: a legal document" in words or "EHC plan" not in said(slide)
        assert all(figure.text_in("show") in words for figure in answer.figures)


def test_nothing_is_empty_and_all_is_in_british_english(deck):
    for slide in deck.slides:
        assert all(shape.text_frame.text for shape in slide.placeholders if shape.has_text_frame)
        spoken = {one.get("lang") for one in slide._element.xpath(".//a:rPr|.//a:endParaRPr")}
        assert spoken == {"en-GB"}


def test_nothing_stands_outside_a_slide(deck):
    for slide in deck.slides:
        for shape in slide.shapes:
            assert shape.left >= 0 and shape.top >= 0
            assert shape.left + shape.width <= deck.slide_width and shape.top + shape.height <= deck.slide_height


def test_the_same_answers_are_the_same_bytes(store, answers, content):
    assert slides.as_pptx(store, answers, link=link) == content


@pytest.mark.parametrize(("code", "name"), ODD)
def test_every_kind_of_area_has_its_slide(store, code, name):
    answer = asked(store, code, name)
    deck = Presentation(io.BytesIO(slides.as_pptx(store, [answer])))
    slide = deck.slides[1]
    assert slide.shapes.title.text_frame.text == answer.title.in_mode("show")
    assert answer.area.in_text in said(deck.slides[0])
    assert min(sizes(named(slide, "Answer"))) >= 24
    empty = all(one.nothing for one in pictures.of(answer, answer.lead, "show"))
    assert (named(slide, "Why no picture") is not None) == empty
    assert any(shape.has_chart or shape.shape_type == MSO_SHAPE_TYPE.PICTURE for shape in slide.shapes) != empty


def test_a_share_of_too_few_is_a_gap(store):
    chart = native.of(asked(store, "420", "getting_help"), "show")
    assert "Isles of Scilly" not in [one.name for one in chart.series]
    assert [one.colour for one in chart.series] == list(native.IN_TURN[1:3])


def test_a_chart_has_nothing_that_a_shared_screen_hides(answers):
    answer = answers[0]
    table = answer.tables["hundred"]
    few = replace(table, data=table.data.assign(figures=[3.0, *table.data["figures"][1:]]), of_few=("figures", "share"))
    chart = native.of(replace(answer, tables={**answer.tables, "hundred": few}), "show")
    assert chart.series[0].values[0] is None and chart.series[0].values[1] is not None
    assert "EHC plan: Plymouth not available" in chart.alt


def test_a_map_has_its_key_beside_it_within_its_place(answers):
    answer = next(one for one in answers if one.question == "places")
    picture = pictures.of(answer, answer.lead, "show")[0]
    svg = ElementTree.fromstring(pictured.as_svg(picture, Box(0, 0, 7, 4)))
    words = svg.findall("{*}text")
    told = " ".join(str(one.text) for one in words)
    assert [entry.words for entry in picture.legend if entry.words not in told] == []
    assert "Children and young people with an EHC plan" in told
    assert svg.get("font-family") == letters.FAMILY
    assert max(float(one.get("y")) for one in words) <= float(svg.get("height"))


def test_two_areas_are_in_a_picture_together(store):
    known = widened.directory(store)
    answer = service.answer_of(store, questions.named("my_area"), known.get("879"), DEFAULT, {}, known.get("878"))
    slide = Presentation(io.BytesIO(slides.as_pptx(store, [answer]))).slides[1]
    assert sum(shape.shape_type == MSO_SHAPE_TYPE.PICTURE for shape in slide.shapes) == 2
    assert "Devon 6" in named(slide, "Figures").text_frame.text


def test_families_read_their_own_words(store, answers):
    deck = Presentation(io.BytesIO(slides.as_pptx(store, [answers[3]], mode="families")))
    slide = deck.slides[1]
    assert "6 of every 100 Plans ready in 20 weeks, 2024" in named(slide, "Figures").text_frame.text
    assert "Average of ten similar areas" in [one.name for one in named(slide, "Chart").chart.plots[0].series]
    assert min(sizes(named(slide, "Answer"))) >= 24


def test_what_a_group_thinks_is_on_slides_of_its_own(store, answers):
    thoughts = Thoughts("Phonics lags because of language.\nSchools differ.", "word " * 400)
    deck = Presentation(io.BytesIO(slides.as_pptx(store, answers[:1], thoughts=thoughts)))
    titles = [slide.shapes.title.text_frame.text for slide in deck.slides]
    assert titles[1] == "What do we think is going on?"
    assert titles[2:4] == [f"What do we want to find out? ({number} of 2)" for number in (1, 2)]
    assert sum(said(slide).count("word") for slide in deck.slides) == 400


# A council's own template


def council(size=(10, 7.5), name="TITLE AND CONTENT"):
    """A presentation of a council: with slides of its own, a button in a layout, and another form."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = Inches(size[0]), Inches(size[1])
    deck.slide_layouts[1].name = name
    for _ in range(2):
        slide = deck.slides.add_slide(deck.slide_layouts[1])
        slide.shapes.title.text_frame.text = "Our slide"
        slide.notes_slide.notes_text_frame.text = "Our secret"
    return deck


def written(deck):
    held = io.BytesIO()
    deck.save(held)
    return held.getvalue()


@pytest.mark.parametrize("size", [(10, 7.5), (13.333, 7.5)])
def test_a_councils_template_keeps_its_look_and_loses_its_slides(store, answers, size):
    content = slides.as_pptx(store, answers[:2], template=written(council(size)))
    deck = Presentation(io.BytesIO(content))
    assert deck.slide_width == Inches(size[0])
    assert len(deck.slide_layouts) == 11
    assert not any("Our" in said(slide) or "Our" in notes(slide) for slide in list(deck.slides)[:3])
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        assert len(set(parts.namelist())) == len(parts.namelist())
        assert sum(name.startswith("ppt/slides/slide") for name in parts.namelist()) == len(deck.slides)
        assert not any(b"Our secret" in parts.read(name) for name in parts.namelist() if name.endswith(".xml"))
    slide = deck.slides[1]
    assert min(sizes(named(slide, "Answer"))) >= 18
    assert named(slide, "Chart") is not None


def test_a_layout_under_another_name_is_found_by_its_places():
    assert template.layout_for(template.opened(written(council(name="Inhalt")))).name == "Inhalt"


def packed(change):
    """A council's file with its parts changed: name -> bytes, None for none."""
    held = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(sound())) as parts,
        zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as out,
    ):
        for name in parts.namelist():
            content = change(name, parts.read(name))
            if content is not None:
                out.writestr(name, content)
    return held.getvalue()


def with_types(old, new):
    return packed(lambda name, part: part.replace(old, new) if name == "[Content_Types].xml" else part)


def without_layouts():
    deck = council()
    for layout in list(deck.slide_layouts)[1:]:
        if layout not in [slide.slide_layout for slide in deck.slides]:
            deck.slide_layouts.remove(layout)
    for shape in list(deck.slide_layouts[1].placeholders)[1:]:
        shape._element.getparent().remove(shape._element)
    return written(deck)


def bomb():
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as out:
        out.writestr("[Content_Types].xml", "<Types/>")
        out.writestr("ppt/presentation.xml", b"\0" * 101_000_000)
    return held.getvalue()


PRESENTATION, MACROS = b"presentationml.presentation.main", b"presentationml.presentation.macroEnabled.main"


@pytest.mark.parametrize(
    ("file", "words"),
    [
        (lambda: b"not a presentation", "saved as .pptx"),
        (lambda: b"", "saved as .pptx"),
        (lambda: b"\xd0\xcf\x11\xe0" + b"\0" * 600, "password"),
        (lambda: written(council()) + b"\0" * 5_000_001, "5 MB is the most"),
        (lambda: with_types(PRESENTATION, MACROS), "has macros"),
        (lambda: with_types(PRESENTATION, b"presentationml.template.main"), "a PowerPoint template (.potx)"),
        (lambda: packed(lambda name, part: None if name == "ppt/presentation.xml" else part), "saved as .pptx"),
        (lambda: packed(lambda name, part: b"<x" if "slideMaster" in name else part), "damaged"),
        (without_layouts, "no layout 'Title and Content'"),
        (bomb, "far more than a presentation holds"),
    ],
)
def test_what_is_no_template_is_refused_with_what_to_do(file, words):
    with pytest.raises(TemplateRefused, match=re.escape(words)):
        template.opened(file())


@cache
def sound():
    return written(council())


@settings(max_examples=20)
@given(st.data())
def test_a_file_that_came_apart_is_refused_and_nothing_else(data):
    whole = bytearray(sound())
    for _ in range(3):
        at = data.draw(st.integers(0, len(whole) - 1))
        whole[at : at + data.draw(st.integers(1, 40))] = data.draw(st.binary(max_size=40))
    try:
        template.layout_for(template.opened(bytes(whole)))
    except TemplateRefused as error:
        assert str(error)


# Words and room


@pytest.mark.parametrize(
    ("headline", "first"),
    [
        ("In St. Helens, 5.0% had a plan; England 5.3%. Plans rose.", "In St. Helens, 5.0% had a plan; England 5.3%."),
        ("Only one.", "Only one."),
    ],
)
def test_a_slide_has_the_first_sentence(headline, first):
    found = sentences_of(headline, "show")
    assert found[0] == first
    assert found[-1] == f"{first.split('; ')[0].rstrip('.')}."


@given(st.lists(st.text("abc ", min_size=1, max_size=400), max_size=8))
def test_nothing_is_lost_between_pages(paragraphs):
    found = fitting.pages(paragraphs, 24, (6, 3), 0.1)
    assert [word for page in found for part in page for word in part.split()] == " ".join(paragraphs).split()
    for page in found:
        assert sum(fitting.high(part, 24, 6) for part in page) + 0.1 * (len(page) - 1) <= 3 + 1e-6


# The command line, and LibreOffice


def test_the_command_line_writes_a_file(tmp_path, capsys):
    file = tmp_path / "slides.pptx"
    own = tmp_path / "own.pptx"
    own.write_bytes(written(council()))
    arguments = ["slides", "--area", "Plymouth", "--questions", "my_area", "--to", str(file)]
    assert main([*arguments, "--template", str(own)]) == 0
    assert len(Presentation(file).slides) == 4
    own.write_bytes(b"nothing")
    assert main([*arguments, "--template", str(own)]) == 1
    assert "saved as .pptx" in capsys.readouterr().err


def test_libreoffice_opens_slides_and_a_workbook(tmp_path, content, deck, answers):
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice (soffice) is not installed")
    (tmp_path / "slides.pptx").write_bytes(content)
    (tmp_path / "numbers.xlsx").write_bytes(as_xlsx(numbers_of(answers[0], answers[0].lead)))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    files = [str(tmp_path / name) for name in ("slides.pptx", "numbers.xlsx")]
    command = [office, profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), *files]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=180, check=True)
    assert "Error" not in done.stderr
    pages = {
        name: len(re.findall(rb"/Type\s*/Page\b", (tmp_path / f"{name}.pdf").read_bytes()))
        for name in ("slides", "numbers")
    }
    assert pages["slides"] == len(deck.slides)
    assert pages["numbers"] >= 3
