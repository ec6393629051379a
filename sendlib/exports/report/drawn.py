"""Pictures of an answer within a page: as SVG of the page itself, with key, words and what stands under them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape
from itertools import groupby

from sendlib import pictures
from sendlib.answer import Answer, Mode
from sendlib.exports.picture import can_be_drawn, chart
from sendlib.exports.report.parts import paragraphs, words
from sendlib.pictures.picture import Entry, Picture

_GAP = 16
"""Pixels between two pictures side by side."""
_MOST_ACROSS = 4
_ID, _USED = re.compile(r'\bid="([^"]+)"'), re.compile(r'(url\(#|href="#)')
_SVG = "http://www.w3.org/2000/svg"
_SPOKEN = re.compile(r' (?:role|aria-[a-z]+)="[^"]*"')
_ROOT = re.compile(r"<svg[^>]*?( viewBox=\"[^\"]*\")[^>]*>")


def lead(answer: Answer, mode: Mode, width: int) -> str:
    """The lead pictures of an answer, so many pixels wide together; why there is none where there is none."""
    drawn = pictures.of(answer, answer.lead, mode)
    rows = []
    for across, together in groupby(drawn, key=lambda picture: picture.across):
        row = list(together)
        most = min(len(row), _MOST_ACROSS) if across else 1
        rows += [
            _row(row[first : first + most], answer, mode, (width - _GAP * (most - 1)) // most)
            for first in range(0, len(row), most)
        ]
    return "".join(rows)


def _row(row: Sequence[Picture], answer: Answer, mode: Mode, width: int) -> str:
    shared = row[0].legend if len(row) > 1 and all(one.legend == row[0].legend for one in row) else ()
    cells = "".join(_one(one, answer, mode, width, named=not shared) for one in row)
    return f'{_key(shared)}<div class="drawings">{cells}</div>'


def _one(picture: Picture, answer: Answer, mode: Mode, width: int, *, named: bool) -> str:
    head = f'<p class="heading">{words(picture.heading)}</p>' if picture.heading else ""
    key = _key(picture.legend) if named and can_be_drawn(picture) else ""
    if picture.nothing or not can_be_drawn(picture):
        body = paragraphs([picture.nothing or picture.alt.in_mode(mode)], "nothing")
    else:
        # On a page some words speak of the table below it, which paper need not have.
        alt = picture.alt.in_mode("show" if mode == "explore" else mode)
        body = inline(chart(picture, width), f"{answer.question}-{picture.key}", alt, width)
    return f'<div class="drawing">{head}{key}{body}{paragraphs(picture.below, "below")}</div>'


def inline(svg: str, name: str, alt: str, width: int) -> str:
    """A drawing as a part of a page: its ids begin with a name of its own, and it is one image with its words."""
    kept = _SPOKEN.sub("", _ID.sub(rf'id="{name}-\1"', _USED.sub(rf"\g<1>{name}-", svg)))
    said = f'role="img" aria-label="{escape(alt)}"'
    return _ROOT.sub(lambda root: f'<svg xmlns="{_SVG}"{root[1]} width="{width}" {said}>', kept, count=1)


def _key(entries: Sequence[Entry]) -> str:
    """The key of a picture: small drawings with their words."""
    items = "".join(
        f'<li><svg width="{entry.width}" height="18" viewBox="0 0 {entry.width} 18" aria-hidden="true">'
        f"{entry.drawing}</svg> {words(entry.words)}</li>"
        for entry in entries
    )
    return f'<ul class="key">{items}</ul>' if items else ""
