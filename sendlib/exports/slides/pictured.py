"""A picture of which PowerPoint has no kind, drawn for a slide: the drawing, and its key in large letters beside it.

The slide has the title and the sources, and the notes what stands below a picture on its page.
"""

from __future__ import annotations

import re
from html import escape

from sendlib.exports import letters
from sendlib.exports import picture as drawings
from sendlib.exports.slides.planning import Box
from sendlib.pictures.palette import INK, PAPER, QUIET
from sendlib.pictures.picture import Picture
from sendlib.pictures.places_map import MapPicture
from sendlib.pictures.places_map import credit as credit_of

_DRAWN = 440
"""Pixels across of the drawing before it is made as large as its place: so few that its letters become large."""
_GAP = 16
_KEY_AT_LEAST = 0.3
"""The part of the width that the key has at least."""
_SIZES = (22, 20, 18, 16, 14, 12)
"""Of the words of the key: the largest that fit."""
_LINE, _BETWEEN = 1.25, 4
_SIZE = re.compile(r'<svg [^>]*?width="([\d.]+)" height="([\d.]+)"')


def as_png(picture: Picture, place: Box) -> bytes:
    """The drawing with its key, 1,600 pixels across, in the form of its place on a slide."""
    wide, high = float(drawings.WIDTH), drawings.WIDTH * place.height / place.width
    inner = drawings.chart(picture, _DRAWN)
    found = _SIZE.search(inner)
    if found is None:
        raise ValueError(f"the drawing of '{picture.key}' does not say how large it is")
    across, down = (float(one) for one in found.groups())
    scale = min((1 - _KEY_AT_LEAST) * wide / across, high / down)
    beside = across * scale + _GAP
    placed = f'<g transform="scale({scale:.4f})">{inner}</g>'
    words = next((words for size in _SIZES if (words := _words(picture, (beside, wide, high), size))), "")
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="{wide:.0f}"'
        f' height="{high:.0f}" viewBox="0 0 {wide:.0f} {high:.0f}"><rect width="100%" height="100%" fill="{PAPER}"/>'
        f"{placed}{words}</svg>"
    )
    return drawings.in_pixels(svg)


def _words(picture: Picture, within: tuple[float, float, float], size: int) -> str:
    """What is shown, of where and when, then the key, then whose the ground of a map is, below one another; nothing
    where letters of this size have no room. `within`: from where to where across, and how far down."""
    left, right, high = within
    room, y, drawn = right - left, 0.0, ""
    smaller = max(size - 4, _SIZES[-1])
    credit = credit_of(picture) if isinstance(picture, MapPicture) else ""
    before = [(picture.heading, size + 2, INK, "bold"), (_caption(picture), smaller, INK, "normal")]
    for text, letter, colour, weight in before:
        more, y = _lines(text, (left, y), room, letter, colour, weight)
        drawn += more
    for entry in picture.legend:
        drawn += f'<g transform="translate({left:.0f} {y + (size * _LINE - 18) / 2:.0f})">{entry.drawing}</g>'
        aside = entry.width + 8
        more, y = _lines(entry.words, (left + aside, y), room - aside, size, INK, "normal")
        drawn += more
    more, y = _lines(credit, (left, y), room, _SIZES[-1], QUIET, "normal")
    return drawn + more if y <= high or size == _SIZES[-1] else ""


def _caption(picture: Picture) -> str:
    return picture.about.caption if picture.about else ""


def _lines(
    text: str, corner: tuple[float, float], room: float, size: int, colour: str, weight: str
) -> tuple[str, float]:
    """A text on as many lines as it needs from a corner on, and the height below it."""
    left, y = corner
    drawn = ""
    for line in letters.lines(text, room, size, bold=weight == "bold"):
        drawn += (
            f'<text x="{left:.0f}" y="{y + size:.0f}" font-family="{letters.FAMILY}" font-size="{size}"'
            f' font-weight="{weight}" fill="{colour}">{escape(line)}</text>'
        )
        y += size * _LINE
    return drawn, y + (_BETWEEN if text else 0)
