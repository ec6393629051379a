"""How much room words need on a slide: lines of a text at a size of letters, by the widths of Helvetica and Arial.

A council's template may have a wider letter; a margin is reckoned in.
"""

from __future__ import annotations

from collections.abc import Sequence

POINTS = 72
"""Points of an inch."""
LINE = 1.2
"""The height of a line in sizes of its letters."""
_MARGIN = 1.03
_BOLD = 1.06
_USUAL = 556
_WIDTHS = {
    sign: width
    for signs, width in (
        (" !,./:;I[]ft", 278),
        ("ijl'’", 222),
        ("()-r", 333),
        ('"', 355),
        ("cksvxyzJ", 500),
        ("+<=>~−", 584),
        ("FTZ", 611),
        ("ABEKPSVXY&", 667),
        ("CDHNRUw", 722),
        ("GOQ", 778),
        ("mM", 833),
        ("%", 889),
        ("W", 944),
        ("@…", 1015),
    )
    for sign in signs
}
"""Thousandths of the size of letters that a sign is wide; others are as wide as a digit."""


def wide(text: str, size: float, *, bold: bool = False) -> float:
    """How wide a text is on one line, in inches."""
    units = sum(_WIDTHS.get(sign, _USUAL) for sign in text)
    return units / 1000 * size * _MARGIN * (_BOLD if bold else 1) / POINTS


def wrapped(text: str, size: float, room: float, *, bold: bool = False) -> list[str]:
    """The lines of a text in so many inches; a word that is wider stands alone."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and wide(longer, size, bold=bold) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def high(text: str, size: float, room: float, *, bold: bool = False) -> float:
    """How high a text is in so many inches of width."""
    return len(wrapped(text, size, room, bold=bold)) * size * LINE / POINTS


def largest(text: str, sizes: Sequence[float], room: float, lines: int, *, bold: bool = False) -> float:
    """The first of some sizes in which a text has at most so many lines; the last where it has in none."""
    return next((size for size in sizes if len(wrapped(text, size, room, bold=bold)) <= lines), sizes[-1])


def pages(paragraphs: Sequence[str], size: float, room: tuple[float, float], between: float) -> list[list[str]]:
    """Paragraphs on as many pages as they need, each of so many inches across and down, with so many inches between
    two; a paragraph that is longer than a page is divided between lines."""
    across, down = room
    line, found, used = size * LINE / POINTS, [list[str]()], 0.0
    for paragraph in paragraphs:
        left = wrapped(paragraph, size, across)
        while left:
            space = between if found[-1] else 0.0
            fits = int((down - used - space) / line + 1e-6)
            if fits < len(left) and found[-1] and (len(left) * line <= down or fits < 1):
                found.append([])
                used = 0.0
                continue
            fits = max(1, fits)
            now, left = left[:fits], left[fits:]
            found[-1].append(" ".join(now))
            used += space + len(now) * line
    return [page for page in found if page]
