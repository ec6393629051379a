"""Hiding small counts, so that nobody can be found in a table."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

LARGEST_HIDDEN = 4
"""Counts from 1 to this are never shown."""
_ROUNDS = 12


def hidden_cells(counts: ArrayLike) -> NDArray[np.bool_]:
    """Which cells of a table of counts must be hidden.

    `counts`: two-dimensional, the totals of rows and columns being known to
    the reader; NaN is a cell that is not shown anyway. Where there is any
    count of 1 to 4, all counts of 0 to 4 are hidden: were zeros shown, the
    rest of a line would follow from its total. Then the table is attacked: a
    reader who knows all totals, and which hidden counts are below five,
    narrows every hidden cell as far as sums allow (`bounds`); while that gives
    a count of 1 to 4 away, the smallest shown count of its row or column (of
    the whole table where these are hidden already) is hidden too.

    Method: primary and complementary suppression with an audit of feasible
    intervals, as in Hundepool et al. (2012), Statistical Disclosure Control,
    chapter 4.
    """
    table = np.asarray(counts, dtype=float)
    small = (table >= 1) & (table <= LARGEST_HIDDEN)
    if not small.any():
        return np.zeros(table.shape, dtype=bool)
    hidden = table <= LARGEST_HIDDEN
    while True:
        low, high = bounds(table, hidden)
        given_away = np.argwhere(small & (low == high))
        more = False
        for row, column in given_away:
            line = _partner(table, hidden, row, column)
            if line is not None:
                hidden[line] = True
                more = True
        if not more:
            return hidden


def bounds(counts: ArrayLike, hidden: ArrayLike) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The least and greatest values that each hidden cell can have, given all totals.

    Hidden counts below five are known to be 0 to 4, other hidden ones to be 0
    or more; sums of rows and of columns are used in turn. Shown cells have
    their own value twice. A line with NaN has no known total.
    """
    table, dark = np.asarray(counts, dtype=float), np.asarray(hidden, dtype=bool)
    low = np.where(dark, 0.0, table)
    high = np.where(dark, np.where(table <= LARGEST_HIDDEN, LARGEST_HIDDEN, np.inf), table)
    for _ in range(_ROUNDS):
        before = low.sum() + np.where(np.isinf(high), 0, high).sum()
        for axis in (0, 1):
            rest = np.where(dark, table, 0).sum(axis=axis, keepdims=True)
            lows, highs = np.where(dark, low, 0), np.where(dark, high, 0)
            finite = np.where(np.isinf(highs), 0, highs)
            open_ended = np.isinf(highs).sum(axis=axis, keepdims=True)
            others = finite.sum(axis=axis, keepdims=True) - finite
            unlimited = open_ended - np.isinf(highs) > 0
            low = np.where(dark & ~np.isnan(rest), np.maximum(low, np.where(unlimited, 0, rest - others)), low)
            high = np.where(
                dark & ~np.isnan(rest), np.minimum(high, rest - (lows.sum(axis=axis, keepdims=True) - lows)), high
            )
        if low.sum() + np.where(np.isinf(high), 0, high).sum() == before:
            break
    return low, high


def _partner(table: NDArray[np.float64], hidden: NDArray[np.bool_], row: int, column: int) -> tuple[int, int] | None:
    """The smallest shown count in the row or column of a cell, else in the whole table; None when nothing is left."""
    shown = np.where(hidden | np.isnan(table), np.inf, table)
    near = np.full(table.shape, np.inf)
    near[row], near[:, column] = shown[row], shown[:, column]
    for candidates in (near, shown):
        place = np.unravel_index(int(np.argmin(candidates)), table.shape)
        if np.isfinite(candidates[place]):
            return int(place[0]), int(place[1])
    return None
