"""Where things stand on the slide of a question, and how large: words first, in letters as large as a room needs.

Of several ways the first that fits is taken: all words have 24 points, and what there is no room for (what figures are
compared with, a caution) is in the notes alone. Only a template with a small place for content comes to smaller
letters.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from sendlib.exports.slides import fitting

LARGE = 24
"""The smallest letters that a whole room reads."""
INSET = 0.1
"""Inches between the edge of a box and its words."""
VALUE_MORE = 4
"""Points that a figure's number is larger than its label."""
_SMALLER = (20, 18)
"""Letters where a template has a small place for content."""
_FOOT = 14
"""Those of the foot, where even the others are small."""
_GAP = 0.12
_BETWEEN = 0.12
"""Inches between two figures."""
_LEAST_DRAWN = (4.4, 2.7)
"""Inches that a chart is wide and high at least."""
_FIGURES = (0.4, 0.44, 0.48, 0.53, 0.57)
"""The part of the width that figures have beside a chart: as little as will do."""


@dataclass(frozen=True)
class Box:
    """A place on a slide, in inches."""

    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True)
class Shown:
    """A figure on a slide: its number, its label, and what it is compared with."""

    value: str
    label: str
    comparison: str


@dataclass(frozen=True)
class Plan:
    """How a slide is laid out. `size`: points of the sentence and the figures, `foot_size` those of the line at its
    foot. `compared`: whether what figures are compared with is on the slide, or stands in the notes alone."""

    sentence: str
    foot: str
    size: float
    foot_size: float
    compared: bool
    said: Box
    figures: Box
    drawn: Box
    below: Box


@dataclass(frozen=True)
class _Way:
    """One way to fill a slide; `part` is that of the width for figures."""

    sentence: str
    foot: str
    size: float
    foot_size: float
    compared: bool
    part: float


def plan(
    room: Box, sentences: Sequence[str], figures: Sequence[Shown], feet: Sequence[Sequence[str]], wider: float = 1.0
) -> Plan:
    """The layout of a slide within a place. `sentences`: the same thing in fewer words each time; `feet`: what stands
    at the foot; those of one group say as much as is needed, those of the next less. `wider`: how much wider
    the letters are than those reckoned with."""
    found = None
    for way in _ways(sentences, feet):
        found = _laid_out(room, way, wider)
        needed = figures_high(figures, way.size, (found.figures.width - 2 * INSET) / wider, compared=way.compared)
        large = found.drawn.width >= _LEAST_DRAWN[0] and found.drawn.height >= _LEAST_DRAWN[1]
        if needed <= found.figures.height and large:
            return found
    if found is None:
        raise ValueError("a slide needs a sentence and a foot")
    return found


def _ways(sentences: Sequence[str], feet: Sequence[Sequence[str]]) -> Iterator[_Way]:
    """The best way first: a caution at the foot is worth more than what figures are compared with, and that more than
    a longer sentence."""
    for size in (LARGE, *_SMALLER):
        for alike, compared, sentence in product(feet, (True, False), sentences):
            for foot, part in product(alike, _FIGURES):
                yield _Way(sentence, foot, size, LARGE if size == LARGE else _FOOT, compared, part)


def _laid_out(room: Box, way: _Way, wider: float) -> Plan:
    across = (room.width - 2 * INSET) / wider
    said, foot = fitting.high(way.sentence, way.size, across), fitting.high(way.foot, way.foot_size, across)
    top = room.top + said + _GAP
    middle = room.top + room.height - foot - _GAP - top
    wide = room.width * way.part
    left = room.left + room.width - wide
    return Plan(
        way.sentence,
        way.foot,
        way.size,
        way.foot_size,
        way.compared,
        Box(room.left, room.top, room.width, said),
        Box(left, top, wide, middle),
        Box(room.left + INSET, top, room.width - wide - INSET - _GAP, middle),
        Box(room.left, room.top + room.height - foot, room.width, foot),
    )


def figures_high(figures: Sequence[Shown], size: float, across: float, *, compared: bool) -> float:
    """Inches that figures need, one below the other."""
    used = 0.0
    for place, figure in enumerate(figures):
        # The number is larger than its label: a line is as high as it, and all is reckoned a little wider.
        lines = len(fitting.wrapped(f"{figure.value} {figure.label}", size + 1.5, across))
        used += (lines * size + VALUE_MORE) * fitting.LINE / fitting.POINTS
        if compared and figure.comparison:
            used += fitting.high(figure.comparison, size, across)
        used += _BETWEEN if place else 0.0
    return used


def spacing() -> float:
    """Points between two figures."""
    return _BETWEEN * fitting.POINTS
