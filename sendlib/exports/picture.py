"""A picture to take away: one drawing with its title, key, area, date and source, as SVG or as PNG.

Drawn as on a light page by the same Vega that the browser has, so it needs neither a browser nor a network, and in a
font that is shipped (letters.py). The map is drawn by it too (map_picture.py).
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from sendlib import pictures
from sendlib.answer import Answer, Mode
from sendlib.exports import letters, map_picture
from sendlib.pictures.palette import INK, PAPER, QUIET, RULE
from sendlib.pictures.picture import Entry, Picture
from sendlib.pictures.places_map import MapPicture

WIDTH, PIXELS = 800, 1600
"""Of the drawing, and of its PNG: two pixels for each of the drawing, so that it stays sharp on a slide."""
_PACKED, _PER_INCH = 6, 192
"""How hard a PNG is packed, and how many of its pixels are an inch where it is put into a paper."""
_EDGE = 24
_WITHIN = WIDTH - 2 * _EDGE
_TITLE, _HEADING, _WORDS, _SMALL = 26, 20, 16, 13
"""Sizes of letters: of the title, of a heading, of words and the key, of sources."""
_A_LINE = 1.3
"""How high a line is, in sizes of its letters."""
_KEY_ROW, _KEY_GAP, _KEY_WORDS = 26, 22, 7
_OTHERS = "those compared"
"""What a key may call areas whose names the picture then has to say."""


@dataclass(frozen=True)
class Drawing:
    """A picture as files: `stem` is what they are called, without an ending; `svg` is made, the PNG when it is asked
    for."""

    stem: str
    picture: Picture
    svg: str

    def png(self) -> bytes:
        """The same in pixels, 1,600 wide."""
        return _in_pixels(self.svg)


def files_of(answer: Answer, table: str, mode: Mode, link: str = "") -> list[Drawing]:
    """Every picture of a table of an answer that can be drawn, the map too, in the order of the page.

    `link`: the address of the view, which stands in the drawing; empty where there is none.
    """
    drawn = [one for one in pictures.of(answer, table, mode) if can_be_drawn(one)]
    return [Drawing(stem(one), one, as_svg(one, link)) for one in drawn]


def can_be_drawn(picture: Picture) -> bool:
    """Whether there is anything to draw of a picture."""
    return bool(picture.spec)


def stem(picture: Picture) -> str:
    """What a file of a picture is called, without its ending."""
    name = picture.about.name if picture.about else picture.key
    return name.replace(",", "-").replace("_", "-")


def chart(picture: Picture, width: int) -> str:
    """The chart alone as SVG, so many pixels wide, as a page draws it: all of it, axes too, is within its size. Its
    letters are the font's only where a style brings that (letters.style)."""
    import vl_convert  # 60 MB that only who saves a picture needs

    letters.make_known()
    svg = vl_convert.vegalite_to_svg(_spec(picture, width))
    return _with_ids_of(picture.key, str(svg))


def _spec(picture: Picture, width: int) -> dict[str, Any]:
    if isinstance(picture, MapPicture):
        return map_picture.spec(picture, width)
    rows = json.loads(picture.data.to_json(orient="records", date_format="iso"))
    config: Mapping[str, Any] = {**picture.spec.get("config", {}), "font": letters.FAMILY}
    fit = {"type": "fit", "contains": "padding"}
    return {"autosize": fit, **picture.spec, "config": config, "width": width, "data": {"values": rows}}


def _with_ids_of(key: str, svg: str) -> str:
    """The same drawing with the ids of its parts counted from nought and named after it: Vega goes on counting from
    drawing to drawing, and a page may hold several."""
    found = list(dict.fromkeys(re.findall(r' id="([^"]+)"', svg)))
    named = {old: f"{key}-{place}" for place, old in enumerate(found)}
    svg = re.sub(r' id="([^"]+)"', lambda one: f' id="{named[one[1]]}"', svg)
    return re.sub(r'url\(#([^)"]+)\)', lambda one: f"url(#{named.get(one[1], one[1])})", svg)


def as_svg(picture: Picture, link: str = "") -> str:
    """The whole drawing; `link` is the address of the view, or empty. Raises ValueError for a picture of which there is
    nothing to draw."""
    if not can_be_drawn(picture):
        raise ValueError(f"there is nothing to save of the picture '{picture.key}'")
    over, y = _over(picture)
    inner = chart(picture, _WITHIN)
    placed = inner.replace("<svg ", f'<svg x="{_EDGE}" y="{y:.0f}" ', 1)
    under, y = _under(picture, link, y + _height(inner) + 8)
    high = round(y + _EDGE / 2)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="{WIDTH}"'
        f' height="{high}" viewBox="0 0 {WIDTH} {high}" role="img" font-family="{letters.FAMILY}">'
        # On a page some words speak of the table below it; on a shared screen there is none, and here neither.
        f"<title>{escape(picture.alt.in_mode('show'))}</title>{letters.style()}"
        f'<rect width="100%" height="100%" fill="{PAPER}"/>{over}{placed}{under}</svg>'
    )


def as_png(picture: Picture, link: str = "") -> bytes:
    """The same as PNG, 1,600 pixels wide."""
    return _in_pixels(as_svg(picture, link))


def _in_pixels(svg: str) -> bytes:
    import vl_convert
    from PIL import Image

    letters.make_known()
    drawn = Image.open(io.BytesIO(vl_convert.svg_to_png(svg, scale=PIXELS / WIDTH)))
    # The same pixels without transparency and well packed: a quarter of the bytes.
    packed = io.BytesIO()
    drawn.convert("RGB").save(packed, "PNG", compress_level=_PACKED, dpi=(_PER_INCH, _PER_INCH))
    return packed.getvalue()


def _over(picture: Picture) -> tuple[str, float]:
    """What stands over the chart, and the height below it: title, heading, what is shown of where and when, and the
    key."""
    about, drawn, y = picture.about, "", float(_EDGE)
    title = about.title if about else ""
    for text, size, weight in (
        (title, _TITLE, "bold"),
        (picture.heading, _HEADING if title else _TITLE, "bold"),
        (_caption(picture), _WORDS, "normal"),
    ):
        more, y = _paragraph(text, y, size, INK, weight)
        drawn += more
    key, y = _key(picture.legend, y + 8)
    return drawn + key, y


def _caption(picture: Picture) -> str:
    """What is shown, of where and when; and who those compared are, where the key leaves that open."""
    if not picture.about:
        return ""
    said = " ".join((picture.about.caption, *(entry.words for entry in picture.legend)))
    compared = picture.about.compared
    return f"{picture.about.caption} Compared: {compared}." if _OTHERS in said and compared else picture.about.caption


def _under(picture: Picture, link: str, y: float) -> tuple[str, float]:
    """What stands under the chart, from a height on, and the height below it: what belongs to it, sources and the
    address."""
    drawn = ""
    for text in picture.below:
        more, y = _paragraph(text, y, _SMALL + 1, INK, "normal")
        drawn += more
    drawn += f'<path d="M{_EDGE} {y + 4:.0f}H{WIDTH - _EDGE}" stroke="{RULE}"/>'
    y += 10
    sources = picture.about.sources if picture.about else ()
    for text in (
        f"{'Source' if len(sources) == 1 else 'Sources'}: {' '.join(sources)}" if sources else "",
        f"This view: {link}" if link else "",
    ):
        more, y = _paragraph(text, y, _SMALL, QUIET, "normal")
        drawn += more
    return drawn, y


def _paragraph(text: str, y: float, size: int, colour: str, weight: str) -> tuple[str, float]:
    """A text on as many lines as it needs below a height, and the height below it."""
    drawn = ""
    for line in letters.lines(text, _WITHIN, size, bold=weight == "bold"):
        drawn += _text(line, _EDGE, y + size, size, colour, weight)
        y += size * _A_LINE
    return drawn, y + (4 if text else 0)


def _text(words: str, x: float, y: float, size: int, colour: str, weight: str = "normal") -> str:
    return (
        f'<text x="{x:.0f}" y="{y:.0f}" font-family="{letters.FAMILY}" font-size="{size}" font-weight="{weight}"'
        f' fill="{colour}">{escape(words)}</text>'
    )


def _key(entries: Sequence[Entry], y: float) -> tuple[str, float]:
    """The key in rows below a height, and the height below it."""
    drawn = ""
    for entry, words, x, row in _placed(entries):
        top = y + row * _KEY_ROW
        if entry:
            drawn += f'<g transform="translate({x:.0f} {top:.0f})">{entry.drawing}</g>'
            x += entry.width + _KEY_WORDS
        drawn += _text(words, x, top + 15, _WORDS, INK)
        last = top + _KEY_ROW
    return drawn, last + 6 if entries else y


def _placed(entries: Sequence[Entry]) -> Iterator[tuple[Entry | None, str, float, int]]:
    """Where each entry of a key stands, with its words: how far across, and in which row. Further lines of one that is
    longer than a row have no entry."""
    x, row = float(_EDGE), 0
    for entry in entries:
        before = entry.width + _KEY_WORDS
        first, *more = letters.lines(entry.words, _WITHIN - before, _WORDS) or [""]
        wide = before + letters.width(first, _WORDS)
        if x > _EDGE and (more or x + wide > WIDTH - _EDGE):
            x, row = float(_EDGE), row + 1
        yield entry, first, x, row
        for words in more:
            row += 1
            yield None, words, _EDGE + before, row
        x += WIDTH if more else wide + _KEY_GAP


def _height(svg: str) -> float:
    """The height that a drawing says of itself."""
    return float(svg.split('height="', 1)[1].split('"', 1)[0])
