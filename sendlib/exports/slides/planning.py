"""Where things stand on the slide of a question, and how large: words first, in letters as large as a room needs.

Of several ways the first that fits is taken: letters of 24 points and more for the sentence and the figures, what they
are compared with smaller where it must be, and in the notes alone where there is no room. Only a template with a small
place for content comes to smaller letters than 24 points.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sendlib.exports.slides import fitting

LARGE = 24
"""The smallest letters of a sentence or a figure that a whole room reads."""
SOURCE = 14
VALUE_MORE = 4
"""Points that a figure's number is larger than its label."""
_SIZES = (LARGE, 20, 18)
_COMPARISONS = (24, 20, 18)
_SMALLEST_COMPARISON = 16
_GAP = 0.12
_BETWEEN = 0.12
"""Inches between two figures."""
_LEAST_DRAWN = 2.7
"""Inches that a chart is high at least."""
_FIGURES = 0.42
"""The part of the width that figures have beside a chart."""


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


def plan(room: Box, sentences: Sequence[str], figures: Sequence[Shown], below: str) -> Plan:
    """The layout of a slide within a place. `sentences`: the same thing in fewer words each time."""
    found = None
    for sentence, size, comparison in _ways(sentences):
        found = _laid_out(room, sentence, size, comparison, below)
        needed = figures_high(figures, size, comparison, found.figures.width)
        if needed <= found.figures.height and found.drawn.height >= _LEAST_DRAWN:
            return found
    if found is None:
        raise ValueError("a slide needs a sentence")
    return found


def _ways(sentences: Sequence[str]) -> Iterator[tuple[str, float, float]]:
    """Sentence, size and size of comparisons, the best first."""
    for size in _SIZES:
        for sentence in sentences:
            for comparison in _COMPARISONS:
                if comparison <= size:
                    yield sentence, size, comparison
        yield sentences[-1], size, _SMALLEST_COMPARISON
        for sentence in sentences:
            yield sentence, size, 0


def _laid_out(room: Box, sentence: str, size: float, comparison: float, below: str) -> Plan:
    said = fitting.high(sentence, size, room.width)
    source = fitting.high(below, SOURCE, room.width)
    top = room.top + said + _GAP
    middle = room.top + room.height - source - _GAP - top
    wide = room.width * _FIGURES
    left = room.left + room.width - wide
    return Plan(
        sentence,
        size,
        comparison,
        Box(room.left, room.top, room.width, said),
        Box(left, top, wide, middle),
        Box(room.left, top, room.width - wide - 2 * _GAP, middle),
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
