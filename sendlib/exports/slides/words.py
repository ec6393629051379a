"""Words on a slide: every run with its size, and the language that a reader's machine is to speak it in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pptx.dml.color import RGBColor
from pptx.enum.lang import MSO_LANGUAGE_ID
from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.util import Emu, Inches, Pt

from sendlib.exports.slides.planning import INSET, Box

LANGUAGE = "en-GB"


@dataclass(frozen=True)
class Run:
    """Words in one look. Without a colour they have that of the template."""

    text: str
    size: float
    bold: bool = False
    colour: str = ""


def rgb(colour: str) -> RGBColor:
    """A colour of the palette as PowerPoint has it."""
    return RGBColor.from_string(colour.removeprefix("#").upper())


def box(slide: Any, name: str, place: Box) -> Any:
    """An empty box for words; its frame is returned."""
    shape = slide.shapes.add_textbox(*(Inches(one) for one in (place.left, place.top, place.width, place.height)))
    shape.name = name
    return shape.text_frame


def put(shape: Any, place: Box) -> None:
    """Give a placeholder a place of its own."""
    shape.left, shape.top, shape.width, shape.height = (
        Inches(one) for one in (place.left, place.top, place.width, place.height)
    )


def write(frame: Any, paragraphs: Sequence[Sequence[Run]], after: float | Sequence[float] = 0) -> None:
    """Fill a frame with paragraphs, without bullets and indents, so that it holds what was reckoned; `after`:
    points below each."""
    below = [after] * len(paragraphs) if isinstance(after, int | float) else after
    frame.word_wrap = True
    frame.auto_size = MSO_AUTO_SIZE.NONE
    frame.vertical_anchor = MSO_ANCHOR.TOP
    frame.margin_left = frame.margin_right = Inches(INSET)  # as titles have it, so that all begin in one line
    frame.margin_top = frame.margin_bottom = Emu(0)
    for place, runs in enumerate(paragraphs):
        paragraph = frame.paragraphs[0] if place == 0 else frame.add_paragraph()
        plain(paragraph)
        paragraph.space_after = Pt(below[place])
        paragraph.space_before = Pt(0)
        paragraph.line_spacing = 1.0
        for run in runs:
            add(paragraph, run)


def plain(paragraph: Any) -> None:
    """A paragraph without a bullet and without an indent."""
    properties = paragraph._p.get_or_add_pPr()
    properties.set("marL", "0")
    properties.set("indent", "0")
    properties.set("algn", "l")
    properties.append(parse_xml(f"<a:buNone {nsdecls('a')}/>"))  # spacing, which is set later, goes before it


def add(paragraph: Any, run: Run) -> None:
    """Words at the end of a paragraph."""
    made = paragraph.add_run()
    made.text = run.text
    made.font.size = Pt(run.size)
    made.font.bold = run.bold or None  # else as the template has it
    made.font.language_id = MSO_LANGUAGE_ID.ENGLISH_UK
    if run.colour:
        made.font.color.rgb = rgb(run.colour)


def write_title(frame: Any, run: Run) -> None:
    """A title in the place, the colour and the letters of its layout."""
    frame.word_wrap = True
    frame.text = ""
    add(frame.paragraphs[0], run)


def tell(frame: Any) -> None:
    """Set the language of words that were put in without one."""
    for paragraph in frame.paragraphs:
        for run in paragraph.runs:
            run.font.language_id = MSO_LANGUAGE_ID.ENGLISH_UK


def speak(element: Any) -> None:
    """Set the language of every piece of words below an element that has none of ours."""
    for properties in element.xpath(".//a:rPr|.//a:endParaRPr|.//a:defRPr"):
        properties.set("lang", LANGUAGE)
