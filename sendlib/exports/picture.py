"""A picture to take away: one drawing with its title, key, area, date and source, as SVG or as PNG.

Drawn as on a light page by the same Vega that the browser has, so it needs neither a browser nor a network, and in a
font that is shipped (letters.py). The map is drawn by it too (map_picture.py).
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from itertools import chain
from typing import Any

from sendlib import pictures
from sendlib.answer import Answer, Mode
from sendlib.exports import letters, pixels
from sendlib.exports.framed import Column, Letters, height, key, paragraphs, placed
from sendlib.pictures.palette import PAPER, QUIET, RULE
from sendlib.pictures.picture import Picture
from sendlib.pictures.places_map import MapPicture, credit

WIDTH = pixels.WIDTH
"""Of the drawing."""
_EDGE, _GAP, _ACROSS = 24, 24, 2
"""Pixels around a drawing and between charts side by side, and how many of them there are in a row."""
_WITHIN = Column(_EDGE, WIDTH - 2 * _EDGE)
_TITLE, _HEADING, _WORDS, _NOTES = Letters(26, bold=True), Letters(20, bold=True), Letters(16), Letters(14)
_SOURCES = Letters(13, QUIET)
_OTHERS = "those compared"
"""What a key may call areas whose names the picture then has to say."""


@dataclass(frozen=True)
class Drawing:
    """A picture as files, or several that stand side by side: `stem` is what they are called, without an ending; `svg`
    is made, the PNG when it is asked for."""

    stem: str
    pictures: tuple[Picture, ...]
    svg: str

    @property
    def picture(self) -> Picture:
        """The first of its pictures; mostly there is one."""
        return self.pictures[0]

    @property
    def alt(self) -> str:
        """The whole drawing in words."""
        return _in_words(self.pictures)

    def png(self) -> bytes:
        """The same in pixels, 1,600 wide."""
        return pixels.of(self.svg)


def files_of(answer: Answer, table: str, mode: Mode, link: str = "") -> list[Drawing]:
    """Every picture of a table of an answer that can be drawn, the map too, in the order of the page; those that stand
    side by side there are one drawing.

    `link`: the address of the view, which stands in the drawing; empty where there is none.
    """
    return [drawing_of(row, link) for row in rows_of(pictures.of(answer, table, mode))]


def drawing_of(row: Sequence[Picture], link: str = "") -> Drawing:
    """The drawing of pictures that stand side by side, or of one. Raises ValueError where there is nothing to draw."""
    return Drawing(stem_of(row), tuple(row), _drawn(row, link))


def stem_of(row: Sequence[Picture]) -> str:
    """What a file of pictures side by side is called, without its ending: after what their names have in common, such
    as `my-area-879-hundred`."""
    return os.path.commonprefix([stem(one) for one in row]).rstrip("-") or stem(row[0])


def rows_of(drawn: Sequence[Picture]) -> list[list[Picture]]:
    """Pictures of which there is anything to draw, those together that stand side by side."""
    rows: list[list[Picture]] = []
    for one in filter(can_be_drawn, drawn):
        if one.across and rows and rows[-1][-1].across:
            rows[-1].append(one)
        else:
            rows.append([one])
    return rows


def can_be_drawn(picture: Picture) -> bool:
    """Whether there is anything to draw of a picture."""
    return bool(picture.drawing if isinstance(picture, MapPicture) else picture.spec)


def stem(picture: Picture) -> str:
    """What a file of a picture is called, without its ending."""
    name = picture.about.name if picture.about else picture.key
    return name.replace(",", "-").replace("_", "-")


def chart(picture: Picture, width: int) -> str:
    """The chart alone as SVG, so many pixels wide, as a page draws it: all of it, axes too, is within its size. Its
    letters are the font's only where a style brings that (letters.style)."""
    import vl_convert  # 60 MB that only who saves a picture needs

    letters.make_known()
    svg = letters.in_family(str(vl_convert.vegalite_to_svg(_spec(picture, width))))
    return _with_ids_of(picture.key, svg)


def _spec(picture: Picture, width: int) -> dict[str, Any]:
    if isinstance(picture, MapPicture):
        from sendlib.exports import map_picture  # shapely, which only who saves a map needs

        return map_picture.spec(picture, width)
    rows = json.loads(picture.data.to_json(orient="records", date_format="iso"))
    config: Mapping[str, Any] = {**picture.spec.get("config", {}), "font": letters.MEASURED_AS}
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
    """The whole drawing of a picture; `link` is the address of the view, or empty. Raises ValueError for a picture of
    which there is nothing to draw."""
    return _drawn([picture], link)


def as_png(picture: Picture, link: str = "") -> bytes:
    """The same as PNG, 1,600 pixels wide."""
    return pixels.of(as_svg(picture, link))


def _drawn(row: Sequence[Picture], link: str) -> str:
    """The drawing of pictures side by side: what is said of all of them stands over and under them once."""
    lacking = [one.key for one in row if not can_be_drawn(one)]
    if lacking:
        raise ValueError(f"there is nothing to save of the picture '{lacking[0]}'")
    first, alone = row[0], len(row) == 1
    shared = first.legend if all(one.legend == first.legend for one in row) else ()
    titles = [(first.about.title if first.about else "", _TITLE), (first.heading if alone else "", _HEADING)]
    over, y = paragraphs([*titles, (_caption(row), _WORDS)], _WITHIN, _EDGE)
    keys, y = key(shared, _WITHIN, y + 8)
    charts, y = _chart(first, _WITHIN, y) if alone else _side_by_side(row, y, with_keys=not shared)
    under, y = _under(row, link, y + 8)
    high = round(y + _EDGE / 2)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="{WIDTH}"'
        f' height="{high}" viewBox="0 0 {WIDTH} {high}" role="img" font-family="{letters.FAMILY}">'
        f"<title>{escape(_in_words(row))}</title>{letters.style()}"
        f'<rect width="100%" height="100%" fill="{PAPER}"/>{over}{keys}{charts}{under}</svg>'
    )


def _in_words(row: Sequence[Picture]) -> str:
    """The pictures in words. On a page some words speak of the table below; on a shared screen there is none, and in a
    file neither."""
    return " ".join(one.alt.in_mode("show") for one in row)


def _chart(picture: Picture, column: Column, y: float) -> tuple[str, float]:
    """The chart in a column, and the height below it."""
    inner = chart(picture, int(column.wide))
    return placed(inner, column.left, y), y + height(inner)


def _side_by_side(row: Sequence[Picture], y: float, *, with_keys: bool) -> tuple[str, float]:
    """Charts side by side, each under its heading, and with its key where they do not share one."""
    wide = (_WITHIN.wide - _GAP * (_ACROSS - 1)) / _ACROSS
    drawn = ""
    for first in range(0, len(row), _ACROSS):
        ends = []
        for at, one in enumerate(row[first : first + _ACROSS]):
            column = Column(_WITHIN.left + at * (wide + _GAP), wide)
            heading, end = paragraphs([(one.heading, Letters(_WORDS.size, bold=True))], column, y)
            entries, end = key(one.legend if with_keys else (), column, end + 4)
            inner, end = _chart(one, column, end)
            drawn += heading + entries + inner
            ends.append(end)
        y = max(ends) + 8
    return drawn, y


def _caption(row: Sequence[Picture]) -> str:
    """What is shown, of where and when, what was chosen, and who those compared are, where a key leaves that open."""
    about = row[0].about
    if not about:
        return ""
    said = " ".join((about.caption, *(entry.words for one in row for entry in one.legend)))
    compared = f"Compared: {about.compared}." if _OTHERS in said and about.compared else ""
    return " ".join(filter(None, (about.caption, about.chosen, compared)))


def _under(row: Sequence[Picture], link: str, y: float) -> tuple[str, float]:
    """What stands under the charts, and the height below it: what belongs to them, sources and the address."""
    notes, y = paragraphs([(text, _NOTES) for text in dict.fromkeys(chain(*(one.below for one in row)))], _WITHIN, y)
    rule = f'<path d="M{_EDGE} {y + 4:.0f}H{WIDTH - _EDGE}" stroke="{RULE}"/>'
    sources = list(dict.fromkeys(chain(*(one.about.sources for one in row if one.about))))
    credits = [credit(one) for one in row if isinstance(one, MapPicture)]
    named = f"{'Source' if len(sources) == 1 else 'Sources'}: {' '.join(sources)}" if sources else ""
    texts = [named, *credits, f"This view: {link}" if link else ""]
    drawn, y = paragraphs([(text, _SOURCES) for text in texts], _WITHIN, y + 10)
    return notes + rule + drawn, y


def _png(row: Sequence[Picture], link: str = "") -> bytes:
    return pixels.of(_drawn(row, link))


def _svg(row: Sequence[Picture], link: str = "") -> bytes:
    return _drawn(row, link).encode("utf-8")


@dataclass(frozen=True)
class Format:
    """A kind of file of a picture: `ending` stands after the file's name, `kind` is what a browser calls it, and `make`
    makes it of pictures that stand side by side, with the address of the view."""

    ending: str
    kind: str
    make: Callable[[Sequence[Picture], str], bytes]


FORMATS: Mapping[str, Format] = {
    "png": Format(".png", "image/png", _png),
    "svg": Format(".svg", "image/svg+xml", _svg),
}
"""The kinds of file that pictures are handed out as: for the page and the command line."""
