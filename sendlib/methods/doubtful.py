"""Which figures can not be right: numbers that move as no other area's do, and stocks that do not follow from flows.

Neither rule says what the true number is, nor whose mistake it was. Both only say that a figure should not be set
beside others before somebody has asked.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Marks = NDArray[np.bool_]
Moves = dict[tuple[int, int], tuple[Floats, Floats]]
FAR = 5.0
"""Standard errors between a move and the usual one, chance and the spread between areas both allowed for."""
LEAST_RATIO = 1.5
"""A move is judged only where a number is that many times what it would be with the usual move, or the reverse."""
FEWEST_AREAS = 20
"""Areas with both figures, below which the usual move is not known and nothing is judged."""
FEWEST = 10
"""Numbers below this say little of the usual move, and do not count for it."""
A_NEW_LEVEL = 3
"""So many doubtful figures in a row, and what follows is held against the last of them: it may be true after all."""
PART, EXPECTED = 5, 20
"""A count below a fifth of what the lower quartile (of lists the middle) has for its size, where that would be 20 or
more, is too few."""
UNEXPLAINED = 0.1
"""Part of a stock that may come or go without a start or an end on record."""


def jumps(counts: ArrayLike) -> Marks:
    """Which counts (areas x periods, NaN where missing) moved as practically no other area's did.

    Each count is held against the last one of its area that is not doubtful. The usual move between the two periods
    is the median ratio over all areas; a count is far off where the distance from that, on the scale of square roots,
    is more than FAR standard errors (chance as in a Poisson count, and the spread of moves between areas, 1.4826
    times the median absolute deviation of their logarithms) and where it is at least LEAST_RATIO times too large or
    too small. A count that is far off is doubtful, unless it is within LEAST_RATIO of what the one before last lets
    expect, and the last one is not: then the last one is doubtful. So a collapse that comes back leaves the years
    around it in peace. One that lasts is doubtful for A_NEW_LEVEL periods. The first count of an area has nothing
    before it.

    Square roots make the error of a count the same for large and small ones, noughts included: Anscombe (1948), "The
    transformation of Poisson, binomial and negative-binomial data". The rule is our own.
    """
    table = np.asarray(counts, dtype=float)
    periods = table.shape[1]
    pairs = [(before, now) for now in range(periods) for before in range(now)]
    moves = {pair: _moves(table, *pair) for pair in pairs}
    far = {pair: (distance > FAR) & (ratio >= LEAST_RATIO) for pair, (distance, ratio) in moves.items()}
    doubtful = np.zeros(table.shape, dtype=bool)
    for area, held in enumerate(~np.isnan(table)):
        sure: list[int] = []
        row: list[int] = []
        for now in (int(period) for period in np.flatnonzero(held)):
            if not sure or not far[sure[-1], now][area]:
                sure, row = [*sure, now], []
            elif len(sure) > 1 and not row and _comes_back(moves, area, sure[-2], sure[-1], now):
                doubtful[area, sure[-1]] = True
                sure = [*sure[:-1], now]
            else:
                doubtful[area, now] = True
                row = [*row, now]
                if len(row) == A_NEW_LEVEL:
                    sure, row = [*sure, now], []
    return doubtful


def _comes_back(moves: Moves, area: int, first: int, second: int, third: int) -> bool:
    """Whether the third count of an area is where the first lets expect, and the second is not."""
    return bool(moves[first, third][1][area] < LEAST_RATIO <= moves[first, second][1][area])


def _moves(table: Floats, before: int, now: int) -> tuple[Floats, Floats]:
    """How far each area's move between two periods is from the usual one: in standard errors, and as a ratio of at
    least 1. NaN where it can not be told."""
    first, second = table[:, before], table[:, now]
    used = (first >= FEWEST) & (second >= FEWEST)
    if used.sum() < FEWEST_AREAS:
        return np.full(len(table), np.nan), np.full(len(table), np.nan)
    moves = np.log(second[used] / first[used])
    usual = float(np.median(moves))
    spread = 1.4826 * float(np.median(np.abs(moves - usual)))
    expected = first * np.exp(usual)
    error = np.sqrt(1 + np.exp(usual) + spread**2 * expected)
    distance = 2 * np.abs(np.sqrt(second) - np.sqrt(expected)) / error
    # A half on both sides, so that a nought has a ratio.
    return distance, (np.maximum(second, expected) + 0.5) / (np.minimum(second, expected) + 0.5)


def far_too_few(counts: ArrayLike, size: ArrayLike, against: float = 0.25) -> Marks:
    """Which counts are far smaller for the size of their area than anywhere (areas; NaN where missing).

    `size`: what the count goes with, such as plans or children. Doubtful is a count per size below
    1/PART of a quantile of all areas (`against`, the lower quartile unless another is asked for), where that would
    give it EXPECTED or more: so many do not fall to so few by chance.
    """
    number, base = np.asarray(counts, dtype=float), np.asarray(size, dtype=float)
    with np.errstate(divide="ignore", invalid="ignore"):
        rate = number / base
    known = rate[np.isfinite(rate)]
    if known.size < FEWEST_AREAS:
        return np.zeros(number.shape, dtype=bool)
    usual = float(np.quantile(known, against))
    return np.asarray((rate < usual / PART) & (base * usual >= EXPECTED))


def unexplained(stock: ArrayLike, started: ArrayLike, ended: ArrayLike) -> Floats:
    """Part of a stock that came or went without a start or an end on record (areas x periods; NaN where not known).

    `stock`: areas x periods; `started` and `ended`: areas x (periods - 1), the flows between two of them. Of the
    stock before: 0.1 is a tenth too many now. The first period has nothing before it.
    """
    held, come, gone = (np.asarray(values, dtype=float) for values in (stock, started, ended))
    found = np.full(held.shape, np.nan)
    with np.errstate(divide="ignore", invalid="ignore"):
        found[:, 1:] = (held[:, 1:] - (held[:, :-1] + come - gone)) / held[:, :-1]
    return np.where(np.isinf(found), np.nan, found)
