"""Where things stand on the slide of a question, and how large: words first, in letters as large as a room needs.

Of several ways the first that fits is taken: letters of 24 points and more for the sentence and the figures, what they
are compared with smaller where it must be, and in the notes alone where there is no room. Only a template with a small
place for content comes to smaller letters than 24 points.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from sendlib.exports.slides import fitting

LARGE = 24
"""The smallest letters of a sentence or a figure that a whole room reads."""
SOURCE = 14
INSET = 0.1
"""Inches between the edge of a box and its words."""
VALUE_MORE = 4
"""Points that a figure's number is larger than its label."""
_SIZES = (LARGE, 20, 18)
_COMPARISONS = (24, 20, 18)
_SMALLEST_COMPARISON = 16
_GAP = 0.12
_BETWEEN = 0.12
"""Inches between two figures."""
_LEAST_DRAWN = (4.4, 2.7)
"""Inches that a chart is wide and high at least."""
_FIGURES = (0.4, 0.44, 0.48)
"""The part of the width that figures have beside a chart: as little as will do."""
_FIGURES_ALONE = 0.57
"""The same where they stand without what they are compared with, in place of smaller letters."""


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
    """How a slide is laid out. `comparison`: points of what figures are compared with, nought where it stands in the
    notes alone."""

    sentence: str
    size: float
    comparison: float
    said: Box
    figures: Box
    drawn: Box
    below: Box


def plan(room: Box, sentences: Sequence[str], figures: Sequence[Shown], below: str, wider: float = 1.0) -> Plan:
    """The layout of a slide within a place. `sentences`: the same thing in fewer words each time. `wider`: how much
    wider the letters are than those reckoned with."""
    found = None
    for sentence, size, comparison, part in _ways(sentences):
        found = _laid_out(room, sentence, size, comparison, part, below, wider)
        needed = figures_high(figures, size, comparison, (found.figures.width - 2 * INSET) / wider)
        large = found.drawn.width >= _LEAST_DRAWN[0] and found.drawn.height >= _LEAST_DRAWN[1]
        if needed <= found.figures.height and large:
            return found
    if found is None:
        raise ValueError("a slide needs a sentence")
    return found


def _ways(sentences: Sequence[str]) -> Iterator[tuple[str, float, float, float]]:
    """Sentence, size, size of comparisons and the part of the width for figures, the best first."""
    for size in _SIZES:
        compared = [one for one in _COMPARISONS if one <= size]
        for sentence in sentences:
            for comparison, part in product(compared, _FIGURES):
                yield sentence, size, comparison, part
        for comparison, sentence, part in product((_SMALLEST_COMPARISON, 0), sentences, _FIGURES):
            yield sentence, size, comparison, part
        for sentence in sentences:
            yield sentence, size, 0, _FIGURES_ALONE


def _laid_out(room: Box, sentence: str, size: float, comparison: float, part: float, below: str, wider: float) -> Plan:
    across = (room.width - 2 * INSET) / wider
    said, source = fitting.high(sentence, size, across), fitting.high(below, SOURCE, across)
    top = room.top + said + _GAP
    middle = room.top + room.height - source - _GAP - top
    wide = room.width * part
    left = room.left + room.width - wide
    return Plan(
        sentence,
        size,
        comparison,
        Box(room.left, room.top, room.width, said),
        Box(left, top, wide, middle),
        Box(room.left + INSET, top, room.width - wide - INSET - _GAP, middle),
        Box(room.left, room.top + room.height - source, room.width, source),
    )


def figures_high(figures: Sequence[Shown], size: float, comparison: float, across: float) -> float:
    """Inches that figures need, one below the other."""
    used = 0.0
    for place, figure in enumerate(figures):
        # The number is larger than its label: a line is as high as it, and all is reckoned a little wider.
        lines = len(fitting.wrapped(f"{figure.value} {figure.label}", size + 1.5, across))
        used += (lines * size + VALUE_MORE) * fitting.LINE / fitting.POINTS
        if comparison and figure.comparison:
            used += fitting.high(figure.comparison, comparison, across)
        used += _BETWEEN if place else 0.0
    return used


def spacing() -> float:
    """Points between two figures."""
    return _BETWEEN * fitting.POINTS
