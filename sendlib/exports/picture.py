"""A picture to take away: one drawing with its title, key, area, date and source, as SVG or as PNG.

Drawn as on a light page by the same Vega that the browser has, so it needs neither a browser nor a network. A map is no
Vega picture and has its own file (map_file).
"""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from sendlib import pictures
from sendlib.answer import Answer, Mode
from sendlib.pictures.palette import INK, PAPER, QUIET
from sendlib.pictures.picture import Entry, Picture

WIDTH = 800
_EDGE = 24
_SHARPER = 2
"""Pixels of a PNG for each of the drawing, so that it stays sharp on a slide."""
_TITLE, _WORDS, _SMALL = 26, 16, 13
"""Sizes of letters: of the title, of words and the key, of sources."""
_A_LETTER, _A_LINE = 0.51, 1.35
"""How wide a letter is on average, and how high a line, in sizes of the letters."""
_KEY_ROW, _KEY_GAP = 26, 22
_FONT = "Source Sans, Helvetica, Arial, sans-serif"


def chart(picture: Picture, width: int) -> str:
    """The chart alone as SVG, so many pixels wide, as a page draws it: all of it, axes too, is within its size."""
    import vl_convert  # 60 MB that only who saves a picture needs  # noqa: PLC0415

    rows = json.loads(picture.data.to_json(orient="records", date_format="iso"))
    fit = {"type": "fit", "contains": "padding"}
    spec: dict[str, Any] = {"autosize": fit, **picture.spec, "width": width, "data": {"values": rows}}
    return str(vl_convert.vegalite_to_svg(spec))


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


def as_svg(picture: Picture, link: str = "") -> str:
    """The whole drawing; `link` is the address of the view, or empty. Raises ValueError for a picture of which there is
    nothing to draw."""
    if not picture.spec:
        raise ValueError(f"there is nothing to save of the picture '{picture.key}'")
    within = WIDTH - 2 * _EDGE
    parts, y = [], float(_EDGE)
    about = picture.about
    titles = [about.title if about else "", picture.heading]
    for text, size, colour, weight in (
        *((title, _TITLE - 6 * at, INK, "bold") for at, title in enumerate(titles)),
        (about.caption if about else "", _WORDS, INK, "normal"),
    ):
        drawn, y = _lines(text, y, size, colour, weight)
        parts.append(drawn)
    drawn, y = _key(picture.legend, y + 8)
    parts.append(drawn)
    inner = chart(picture, within)
    parts.append(inner.replace("<svg ", f'<svg x="{_EDGE}" y="{y:.0f}" ', 1))
    y += _height(inner) + 8
    sources = f"Sources: {' '.join(about.sources)}" if about else ""
    seen_at = f"This view: {link}" if link else ""
    for text in (*picture.below, sources, seen_at):
        drawn, y = _lines(text, y, _SMALL, QUIET, "normal")
        parts.append(drawn)
    high = round(y + _EDGE / 2)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="{WIDTH}"'
        f' height="{high}" viewBox="0 0 {WIDTH} {high}" role="img"><title>{escape(picture.alt.explore)}</title>'
        f'<rect width="100%" height="100%" fill="{PAPER}"/>{"".join(parts)}</svg>'
    )


def as_png(picture: Picture, link: str = "") -> bytes:
    """The same as PNG, 1,600 pixels wide."""
    return _in_pixels(as_svg(picture, link))


def _in_pixels(svg: str) -> bytes:
    import vl_convert  # noqa: PLC0415

    return bytes(vl_convert.svg_to_png(svg, scale=_SHARPER))


def _lines(text: str, y: float, size: int, colour: str, weight: str) -> tuple[str, float]:
    """A text on as many lines as it needs below a height, and the height below it."""
    step, drawn = size * _A_LINE, ""
    for line in textwrap.wrap(text, int((WIDTH - 2 * _EDGE) / (size * _A_LETTER))):
        drawn += _text(line, _EDGE, y + size, size, colour, weight)
        y += step
    return drawn, y + (4 if text else 0)


def _text(words: str, x: float, y: float, size: int, colour: str, weight: str = "normal") -> str:
    return (
        f'<text x="{x:.0f}" y="{y:.0f}" font-family="{_FONT}" font-size="{size}" font-weight="{weight}"'
        f' fill="{colour}">{escape(words)}</text>'
    )


def _key(entries: Sequence[Entry], y: float) -> tuple[str, float]:
    """The key in rows below a height, and the height below it."""
    drawn = ""
    for entry, x, row in _placed(entries):
        top = y + row * _KEY_ROW
        drawn += f'<g transform="translate({x:.0f} {top:.0f})">{entry.drawing}</g>'
        drawn += _text(entry.words, x + entry.width + 7, top + 15, _WORDS, INK)
        last = top + _KEY_ROW
    return drawn, last + 6 if entries else y


def _placed(entries: Sequence[Entry]) -> Iterator[tuple[Entry, float, int]]:
    """Where each entry of a key stands: how far across, and in which row."""
    x, row = float(_EDGE), 0
    for entry in entries:
        wide = entry.width + 7 + len(entry.words) * _WORDS * _A_LETTER
        if x > _EDGE and x + wide > WIDTH - _EDGE:
            x, row = float(_EDGE), row + 1
        yield entry, x, row
        x += wide + _KEY_GAP


def _height(svg: str) -> float:
    """The height that a drawing says of itself."""
    return float(svg.split('height="', 1)[1].split('"', 1)[0])
