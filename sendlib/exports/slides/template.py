"""What slides are made with: a council's own presentation, or one of ours.

A template keeps its masters, layouts and theme. Its slides are left out with all that belongs to them, and so are the
small picture of its first slide and the lists that name its slides.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterable
from typing import Any

from lxml import etree
from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER as KIND
from pptx.exc import PythonPptxError
from pptx.opc.constants import RELATIONSHIP_TYPE as RELATION
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Emu, Inches

from sendlib.errors import TemplateRefused
from sendlib.pictures.palette import DARK_BLUE

LARGEST = 5_000_000
"""Bytes of a template."""
_LARGEST_OPENED, _MOST_PARTS = 100_000_000, 5_000
"""Bytes and parts of it once it is opened: far more than any template has, so that a small file that opens to a huge
one is never opened."""
NAME = "title and content"
_TITLE_SLIDE = "title slide"
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_MAIN = "ppt/presentation.xml"
_CONTENT = (KIND.OBJECT, KIND.BODY)
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True)
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
_SECTIONS = "{http://schemas.microsoft.com/office/powerpoint/2010/main}sectionLst"
_WIDER = {
    "arial": 1.0,
    "helvetica": 1.0,
    "calibri": 1.0,
    "calibri light": 1.0,
    "aptos": 1.03,
    "segoe ui": 1.05,
    "verdana": 1.2,
    "tahoma": 1.05,
    "trebuchet ms": 1.05,
    "century gothic": 1.15,
}
"""Fonts of councils -> how much wider than Arial they are, with a margin."""
_BROKEN = (
    PythonPptxError,
    zipfile.BadZipFile,
    zlib.error,
    etree.LxmlError,
    KeyError,
    ValueError,
    AttributeError,
    IndexError,
    TypeError,
    NotImplementedError,
    RuntimeError,
    EOFError,
    OSError,
)
"""What opening a file that is no presentation, or a damaged one, can raise."""


def ours() -> Any:
    """A plain 16:9 presentation in Arial, which every machine has or has a stand-in for."""
    deck = Presentation()
    across = Inches(13.333) / deck.slide_width
    deck.slide_width, deck.slide_height = Inches(13.333), Inches(7.5)
    master = deck.slide_master
    for layout in list(deck.slide_layouts):
        if layout.name.casefold() not in (NAME, _TITLE_SLIDE):
            deck.slide_layouts.remove(layout)
    for holder in (master, *deck.slide_layouts):
        for shape in holder.shapes:
            if shape._element.xpath(".//a:xfrm"):
                shape.left, shape.width = Emu(round(shape.left * across)), Emu(round(shape.width * across))
    title, content = (_placeholder(master, kinds) for kinds in ((KIND.TITLE,), _CONTENT))
    _place(title, 0.5, 0.25, 12.333, 1.15)
    _place(content, 0.5, 1.45, 12.333, 5.8)
    first = title_layout_for(deck)
    _place(title_of(first), 0.5, 1.7, 12.333, 2.2)
    _place(content_of(first), 0.5, 4.1, 12.333, 2.4)
    _look(master)
    _without_slides(deck)
    return deck


def _place(shape: Any, left: float, top: float, width: float, height: float) -> None:
    shape.left, shape.top, shape.width, shape.height = (Inches(one) for one in (left, top, width, height))


def _look(master: Any) -> None:
    """Titles in dark blue from the left and from above, and everything in Arial."""
    for body in master.element.xpath('.//p:sp[p:nvSpPr/p:nvPr/p:ph/@type="title"]/p:txBody/a:bodyPr'):
        body.set("anchor", "t")
    for level in master.element.xpath(".//p:titleStyle/a:lvl1pPr"):
        level.set("algn", "l")
        letters = level.find(qn("a:defRPr"))
        letters.set("b", "1")
        for fill in letters.findall(qn("a:solidFill")):
            letters.replace(
                fill, parse_xml(f'<a:solidFill {nsdecls("a")}><a:srgbClr val="{DARK_BLUE[1:]}"/></a:solidFill>')
            )
    theme = master.part.part_related_by(RELATION.THEME)
    theme._blob = theme.blob.replace(b'<a:latin typeface="Calibri"/>', b'<a:latin typeface="Arial"/>')


def opened(content: bytes) -> Any:
    """A council's own presentation, without its slides. Raises TemplateRefused."""
    _check(content)
    try:
        deck = Presentation(io.BytesIO(content))
        _without_slides(deck)
        layout_for(deck)
        wider(deck)
    except TemplateRefused:
        raise
    except _BROKEN as error:
        raise TemplateRefused(
            "The template could not be read: the file is damaged or is no PowerPoint presentation. Open it in"
            " PowerPoint, save it once more as .pptx and try again."
        ) from error
    return deck


def _check(content: bytes) -> None:
    """Refuse what is no presentation, what is too large and what has macros, by the list of its parts alone."""
    if len(content) > LARGEST:
        raise TemplateRefused(
            f"The template has {len(content) / 1e6:.1f} MB; 5 MB is the most. Delete its slides and large pictures, and"
            " save it once more."
        )
    if content.startswith(_OLD_OFFICE):
        raise TemplateRefused(
            "The template is protected by a password, or is a .ppt of an old PowerPoint. Save it as .pptx without a"
            " password."
        )
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            entries = parts.infolist()
            if len(entries) > _MOST_PARTS or sum(entry.file_size for entry in entries) > _LARGEST_OPENED:
                raise TemplateRefused("The template opens to far more than a presentation holds; it was not opened.")
            names = {entry.filename for entry in entries}
            types = parts.read("[Content_Types].xml") if _MAIN in names else b""
    except _BROKEN as error:
        raise TemplateRefused(_NO_PRESENTATION) from error
    if not types:
        raise TemplateRefused(_NO_PRESENTATION)
    if b"macroEnabled" in types or any(name.casefold().endswith("vbaproject.bin") for name in names):
        raise TemplateRefused("The template has macros (.pptm). Save it as a PowerPoint presentation (.pptx).")
    if b"presentationml.template.main" in types:
        raise TemplateRefused(
            "The template is a PowerPoint template (.potx). Open it and save it as a PowerPoint presentation (.pptx)."
        )


_NO_PRESENTATION = "The template is no PowerPoint presentation. Choose a file that PowerPoint has saved as .pptx."


def _without_slides(deck: Any) -> None:
    """Take out the slides, what names them, and the small picture of the first."""
    listed = deck.slides._sldIdLst
    for slide in list(listed):
        deck.part.drop_rel(slide.rId)
        listed.remove(slide)
    main = deck.part._element
    for named in main.xpath(".//p:custShowLst"):
        named.getparent().remove(named)
    for sections in list(main.iter(_SECTIONS)):
        extension = sections.getparent()
        extension.getparent().remove(extension)
    for holder in holders(deck):
        _without_links_to_slides(holder)
    package = deck.part.package
    for name, relation in list(package._rels.items()):
        if relation.reltype == RELATION.THUMBNAIL:
            package._rels.pop(name)


def holders(deck: Any) -> list[Any]:
    """The masters of a presentation and their layouts."""
    return [one for master in deck.slide_masters for one in (master, *master.slide_layouts)]


def _without_links_to_slides(holder: Any) -> None:
    """A button of a layout that leads to a slide would keep it, without a place among the slides."""
    rels = holder.part.rels
    for name, relation in list(rels.items()):
        if relation.reltype == RELATION.SLIDE:
            for link in holder.element.xpath(f'.//a:hlinkClick[@r:id="{name}"]'):
                link.getparent().remove(link)
            rels.pop(name)


def wider(deck: Any) -> float:
    """How much wider the letters of a template are than Arial's; of a font that is not known here somewhat."""
    theme = etree.fromstring(deck.slide_master.part.part_related_by(RELATION.THEME).blob, _PARSER)
    found = theme.xpath("//a:minorFont/a:latin/@typeface", namespaces={"a": _DRAWING})
    return _WIDER.get(str(found[0]).casefold() if found else "", 1.08)


def layout_for(deck: Any) -> Any:
    """The layout `Title and Content` by its name, else the first with a title and one place for content. Raises
    TemplateRefused."""
    fitting = [layout for layout in _layouts(deck) if title_of(layout) is not None and content_of(layout) is not None]
    named = [layout for layout in fitting if layout.name.strip().casefold() == NAME]
    plain = [layout for layout in fitting if _number_of_contents(layout) == 1]
    for found in (named, plain):
        if found:
            return found[0]
    raise TemplateRefused(
        "The template has no layout 'Title and Content'. In PowerPoint: View, Slide Master, and give a layout that has"
        " a title and one place for content that name."
    )


def title_layout_for(deck: Any) -> Any | None:
    """The layout of a title slide: by its name, else by its placeholders; None where a template has none."""
    found = [layout for layout in _layouts(deck) if _placeholder(layout, (KIND.CENTER_TITLE,)) is not None]
    named = [layout for layout in found if layout.name.strip().casefold() == _TITLE_SLIDE]
    return next(iter([*named, *found]), None)


def _layouts(deck: Any) -> Iterable[Any]:
    return (layout for master in deck.slide_masters for layout in master.slide_layouts)


def title_of(holder: Any) -> Any:
    """The placeholder of the title of a layout or a slide, or None."""
    return _placeholder(holder, (KIND.TITLE, KIND.CENTER_TITLE))


def content_of(holder: Any) -> Any:
    """The placeholder of the content of a layout or a slide; of a title slide its subtitle; or None."""
    return _placeholder(holder, (KIND.OBJECT,)) or _placeholder(holder, (KIND.BODY, KIND.SUBTITLE))


def _number_of_contents(layout: Any) -> int:
    return sum(shape.placeholder_format.type in _CONTENT for shape in layout.placeholders)


def _placeholder(holder: Any, kinds: tuple[Any, ...]) -> Any:
    return next((shape for shape in holder.placeholders if shape.placeholder_format.type in kinds), None)
