"""A picture of which PowerPoint has no kind, drawn for a slide: the drawing, and its key in large letters beside it.

The slide has the title and the sources, and the notes what stands below a picture on its page.
"""

from __future__ import annotations

import re

from sendlib.exports import letters, pixels
from sendlib.exports import picture as drawings
from sendlib.exports.framed import Column, Letters, paragraphs
from sendlib.exports.slides.planning import Box
from sendlib.pictures.palette import PAPER, QUIET
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
_LINE, _ENTRY = 1.3, 18
"""The height of a line in sizes of its letters, and of the drawing of an entry in pixels."""
_SIZE = re.compile(r'<svg [^>]*?width="([\d.]+)" height="([\d.]+)"')


def as_png(picture: Picture, place: Box) -> bytes:
    """The drawing with its key, 1,600 pixels across."""
    return pixels.of(as_svg(picture, place))


def as_svg(picture: Picture, place: Box) -> str:
    """The drawing with its key, in the form of its place on a slide; the font is in it by its name alone."""
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
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="{wide:.0f}"'
        f' height="{high:.0f}" font-family="{letters.FAMILY}" viewBox="0 0 {wide:.0f} {high:.0f}">'
        f'<rect width="100%" height="100%" fill="{PAPER}"/>{placed}{words}</svg>'
    )


def _words(picture: Picture, within: tuple[float, float, float], size: int) -> str:
    """What is shown, of where and when, then the key, then whose the ground of a map is, below one another; nothing
    where letters of this size have no room. `within`: from where to where across, and how far down."""
    left, right, high = within
    about = picture.about.caption if picture.about else ""
    before = [(picture.heading, Letters(size + 2, bold=True)), (about, Letters(max(size - 4, _SIZES[-1])))]
    drawn, y = paragraphs(before, Column(left, right - left), 0.0)
    for entry in picture.legend:
        middle = y + (size * _LINE - _ENTRY) / 2
        aside = entry.width + 8
        words, y = paragraphs([(entry.words, Letters(size))], Column(left + aside, right - left - aside), y)
        drawn += f'<g transform="translate({left:.0f} {middle:.0f})">{entry.drawing}</g>{words}'
    credit = credit_of(picture) if isinstance(picture, MapPicture) else ""
    last, y = paragraphs([(credit, Letters(_SIZES[-1], QUIET))], Column(left, right - left), y)
    return drawn + last if y <= high or size == _SIZES[-1] else ""
