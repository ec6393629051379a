"""Projecting yearly series, and how wrong the same projections would have been in the past.

A series is a row of a matrix (series, years); all are projected at once.
Rolling origin: with every year up to an origin, project the years after it,
compare with what came, move the origin on by one year.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sendlib.methods import scenarios

Floats = NDArray[np.float64]
DAMPING = 0.9
"""Damping can not be estimated from short series; this is what the literature recommends (contract llc.md 2.1)."""
RECENT = 5
"""Years of change that the recent rise is taken from."""
FEWEST_YEARS = 6
FEWEST_STARTS = 5
"""Starting years that a range of past misses needs."""
TEN_TO_NINETY = 1.2815515655446004
"""The normal deviate of an 80% range."""


def recent_growth(history: Floats) -> Floats:
    """The mean yearly growth of the last few years, a part a year; values must be above nought. Shape (series,)."""
    recent = min(RECENT, history.shape[1] - 1)
    return np.asarray((history[:, -1] / history[:, -1 - recent]) ** (1 / recent) - 1, float)


def _engine(history: Floats, ahead: int, growth: Floats, damping: float) -> Floats:
    """The scenario engine of the page itself, from the last value on. Shape (series, ahead)."""
    return scenarios.path(history[:, -1:], growth[:, None], damping, np.arange(1, ahead + 1)[None, :])


def flat(history: Floats, ahead: int) -> Floats:
    """The last value stays: the engine without growth."""
    return _engine(history, ahead, np.zeros(len(history)), 1.0)


def half(history: Floats, ahead: int) -> Floats:
    """Half the recent growth goes on: the engine, undamped."""
    return _engine(history, ahead, recent_growth(history) / 2, 1.0)


def damped(history: Floats, ahead: int) -> Floats:
    """The recent growth goes on and dies away by a tenth a year: the engine as the page recommends it."""
    return _engine(history, ahead, recent_growth(history), DAMPING)


def continued(history: Floats, ahead: int) -> Floats:
    """The recent growth goes on undiminished: the engine, undamped."""
    return _engine(history, ahead, recent_growth(history), 1.0)


def linear(history: Floats, ahead: int) -> Floats:
    """A least-squares line through all years goes on."""
    years = np.arange(history.shape[1], dtype=float)
    centred = years - years.mean()
    slope = (history - history.mean(axis=1, keepdims=True)) @ centred / (centred @ centred)
    coming = years[-1] + np.arange(1, ahead + 1) - years.mean()
    return np.asarray(history.mean(axis=1, keepdims=True) + slope[:, None] * coming, float)


def log_linear(history: Floats, ahead: int) -> Floats:
    """A least-squares line through the logarithms goes on: growth by a constant percentage.

    Values must be above nought.
    """
    return np.asarray(np.exp(linear(np.log(history), ahead)), float)


def half_drift(history: Floats, ahead: int) -> Floats:
    """Half the mean yearly change of all years goes on (Moller and others, 2003, for long horizons)."""
    change = (history[:, -1] - history[:, 0]) / (history.shape[1] - 1)
    return np.asarray(history[:, -1:] + 0.5 * change[:, None] * np.arange(1, ahead + 1), float)


METHODS: dict[str, Callable[[Floats, int], Floats]] = {
    "flat": flat,
    "half": half,
    "damped": damped,
    "continued": continued,
    "half_drift": half_drift,
    "linear": linear,
    "log_linear": log_linear,
}


def eighty_per_cent(history: Floats, ahead: int) -> Floats:
    """Half the width of the range that past yearly changes suggest for each year ahead.

    It is that of the changes themselves, times the root of the years. Shape
    (series, ahead). This is what a method would claim before it is tested.
    """
    spread = np.diff(history, axis=1).std(axis=1, ddof=1)
    return np.asarray(TEN_TO_NINETY * spread[:, None] * np.sqrt(np.arange(1, ahead + 1)), float)


@dataclass(frozen=True)
class Tested:
    """How one method did at one horizon, over all series and origins.

    `starts` is the number of starting years (origins): projections of many
    series from one year miss together, so that many tries may be few tests.
    `error` is the median of |projected / actual - 1|, `bias` the median of
    projected / actual - 1, `coverage` the part of actual values inside the 80%
    range that the method claimed. `low` and `high` are the 10th and 90th
    percentiles of actual / projected - 1: what a projection has to allow for.
    `least` and `most` are its ends, for where there are too few for percentiles.
    """

    method: str
    horizon: int
    projections: int
    starts: int
    error: float
    bias: float
    coverage: float
    low: float
    high: float
    least: float
    most: float


def rolling_origin(values: Floats, farthest: int = 5, fewest_years: int = FEWEST_YEARS) -> list[Tested]:
    """Test every method on series (series, years); a projection that needs a missing value is left out.

    Series must be above nought where they are not missing. Horizons that no
    series is long enough for are not in the result.
    """
    missed: dict[tuple[str, int], list[Floats]] = {}
    held: dict[tuple[str, int], list[NDArray[np.bool_]]] = {}
    for origin in range(fewest_years, values.shape[1]):
        history, coming = values[:, :origin], values[:, origin : origin + farthest]
        whole = ~np.isnan(history).any(axis=1)
        history, coming = history[whole], coming[whole]
        claimed = eighty_per_cent(history, coming.shape[1])
        for name, method in METHODS.items():
            projected = method(history, coming.shape[1])
            for ahead in range(coming.shape[1]):
                known = ~np.isnan(coming[:, ahead]) & (projected[:, ahead] > 0)
                actual, guess = coming[known, ahead], projected[known, ahead]
                if not known.any():
                    continue
                missed.setdefault((name, ahead + 1), []).append(actual / guess)
                held.setdefault((name, ahead + 1), []).append(np.abs(actual - guess) <= claimed[known, ahead])
    results = []
    for (name, horizon), parts in missed.items():
        ratio = np.concatenate(parts)
        low, high = np.quantile(ratio - 1, [0.1, 0.9])
        results.append(
            Tested(
                method=name,
                horizon=horizon,
                projections=len(ratio),
                starts=len(parts),
                error=float(np.median(np.abs(1 / ratio - 1))),
                bias=float(np.median(1 / ratio - 1)),
                coverage=float(np.concatenate(held[name, horizon]).mean()),
                low=float(low),
                high=float(high),
                least=float(ratio.min() - 1),
                most=float(ratio.max() - 1),
            )
        )
    return results


def widened(tests: list[Tested], method: str, horizon: int, *, ends: bool = False) -> tuple[float, float]:
    """The 10th and 90th percentiles of actual / projected - 1 at a horizon; with `ends` the least and the most.

    Beyond the farthest horizon tested both are stretched by the root of the
    horizon over it: an assumption, since nothing was tested there.
    """
    own = {test.horizon: test for test in tests if test.method == method}
    farthest = max(own)
    test = own[min(horizon, farthest)]
    stretch = max(1.0, horizon / farthest) ** 0.5
    low, high = (test.least, test.most) if ends else (test.low, test.high)
    return low * stretch, high * stretch
