"""Two parts of a picture with one nought: rows with large figures, and below them those with small ones, drawn wider by
a round factor, so that no row is a clump of marks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

FACTORS = (2.0, 2.5, 5.0, 10.0, 20.0)
"""How many times as wide the lower part can be: with each of them the numbers of both axes are round."""
_STEPS = (0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0)
_MOST_TICKS = 7
_EDGE = 0.03
"""Part of the axis that stays free at an end, so that a mark there is whole."""


@dataclass(frozen=True)
class Parts:
    """The rows of the lower part, how many times as wide it is drawn, and the axis of both in units of the upper one:
    its ends and where its numbers stand."""

    small: tuple[str, ...]
    factor: float
    domain: tuple[float, float]
    ticks: tuple[float, ...]

    def times(self, name: str) -> float:
        """How many times as wide a row is drawn."""
        return self.factor if name in self.small else 1.0


def split(extents: Mapping[str, tuple[float, float, float]]) -> Parts:
    """The parts of some rows. `extents`: row -> its largest figure, and from where to where it is drawn, nought being
    that of the axis.

    The rows with the smallest figures go below. How many, and how many times as wide, leaves the narrowest rows the
    most room; the lower part never reaches further from nought than the upper one.
    """
    names = sorted(extents, key=lambda name: extents[name][0])
    low = np.array([extents[name][1] for name in names], dtype=float)
    high = np.array([extents[name][2] for name in names], dtype=float)
    furthest, scale = np.maximum(np.abs(low), np.abs(high)), np.ones(len(names))
    best, count, factor = _room(low, high), 0, 1.0
    for below in range(1, len(names)):
        for times in FACTORS:
            if times * furthest[:below].max() > furthest[below:].max():
                break
            wider = np.where(np.arange(len(names)) < below, times, 1.0)
            room = _room(low * wider, high * wider)
            if room > best:
                best, count, factor, scale = room, below, times, wider
    ends = _ends(low * scale, high * scale)
    return Parts(tuple(names[:count]), factor, ends, _ticks(*ends))


_NARROWEST = 4
"""Rows that are looked at: with the narrowest alone, one need that hardly anybody has would decide for all."""


def _room(low: np.ndarray, high: np.ndarray) -> float:
    """The part of the whole axis that the narrowest rows have, on average."""
    if not len(low):
        return 0.0
    whole = float(high.max() - low.min())
    return float(np.sort(high - low)[:_NARROWEST].mean()) / whole if whole > 0 else 0.0


def _ends(low: np.ndarray, high: np.ndarray) -> tuple[float, float]:
    """The ends of the axis, with nought on it and a little room where the rows end."""
    first, last = min([0.0, *low]), max([0.0, *high])
    room = _EDGE * (last - first) or 1.0
    return (first - room if first < 0 else 0.0, last + room)


def _ticks(first: float, last: float) -> tuple[float, ...]:
    """Where the numbers of the axis stand: a few round ones, with nought."""
    step = next((one for one in _STEPS if (last - first) / one <= _MOST_TICKS), _STEPS[-1])
    return tuple(round(step * place, 2) for place in range(int(np.ceil(first / step)), int(last // step) + 1))
