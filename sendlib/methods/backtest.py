"""Projecting yearly series, and how wrong the same projections would have been in the past.

A series is a row of a matrix (series, years); all are projected at once. One that lacks a value that a method needs has
NaN of that method, and no other series changes for want of it.
Rolling origin: with every year up to an origin, project the years after it,
compare with what came, move the origin on by one year.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
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


def recent_growth(history: Floats) -> Floats:
    """The mean yearly growth of the last few years, a part a year; values must be above nought. Shape (series,).

    NaN of a single year, which has none.
    """
    recent = min(RECENT, history.shape[1] - 1)
    if recent < 1:
        return np.full(len(history), np.nan)
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
    """A least-squares line through all years goes on; NaN where one is missing, or of a single year."""
    if history.shape[1] < 2:
        return np.full((len(history), ahead), np.nan)
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
    if history.shape[1] < 2:
        return np.full((len(history), ahead), np.nan)
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


@dataclass(frozen=True)
class Tested:
    """How one method did at one horizon, over all series and origins.

    A miss is projected / actual - 1: below nought the method was too low. `starts` is the number of starting years
    (origins), the last known years at the places `first` to `last` of the matrix: projections of many series from one
    year miss together, and starting years overlap, so that many tries are few tests and no part of them is a
    probability. `error` is the median of the misses without their sign, `bias` the median with it; `low` and `high`
    are the 10th and 90th percentiles, `least` and `most` the ends.
    """

    method: str
    horizon: int
    projections: int
    starts: int
    first: int
    last: int
    error: float
    bias: float
    low: float
    high: float
    least: float
    most: float


@dataclass(frozen=True)
class Outside:
    """How often, at one horizon, what came lay below the lowest or above the highest of all methods: parts of 1."""

    horizon: int
    projections: int
    below: float
    above: float


def rolling_origin(values: Floats, farthest: int = 5, fewest_years: int = FEWEST_YEARS) -> list[Tested]:
    """Test every method on series (series, years); a projection that needs a missing value is left out.

    Series must be above nought where they are not missing. Horizons that no
    series is long enough for are not in the result.
    """
    missed: dict[tuple[str, int], dict[int, Floats]] = {}
    for origin, ahead, projected, actual in _tries(values, farthest, fewest_years):
        for name, guess in zip(METHODS, projected, strict=True):
            usable = guess > 0
            if usable.any():
                missed.setdefault((name, ahead), {})[origin] = guess[usable] / actual[usable] - 1
    results = []
    for (name, horizon), by_start in missed.items():
        misses = np.concatenate(list(by_start.values()))
        low, high = np.quantile(misses, [0.1, 0.9])
        results.append(
            Tested(
                method=name,
                horizon=horizon,
                projections=len(misses),
                starts=len(by_start),
                first=min(by_start) - 1,
                last=max(by_start) - 1,
                error=float(np.median(np.abs(misses))),
                bias=float(np.median(misses)),
                low=float(low),
                high=float(high),
                least=float(misses.min()),
                most=float(misses.max()),
            )
        )
    return results


def outside(values: Floats, farthest: int = 5, fewest_years: int = FEWEST_YEARS) -> list[Outside]:
    """Hold what came against the lowest and the highest of all methods, of the same tries as rolling_origin."""
    found: dict[int, list[tuple[NDArray[np.bool_], NDArray[np.bool_]]]] = {}
    for _, ahead, projected, actual in _tries(values, farthest, fewest_years):
        sides = (actual < projected.min(axis=0), actual > projected.max(axis=0))
        found.setdefault(ahead, []).append(sides)
    results = []
    for horizon, parts in found.items():
        below, above = (np.concatenate(side) for side in zip(*parts, strict=True))
        results.append(Outside(horizon, len(below), float(below.mean()), float(above.mean())))
    return results


def _tries(values: Floats, farthest: int, fewest_years: int) -> Iterator[tuple[int, int, Floats, Floats]]:
    """For each origin and year ahead with something to try: both, what every method (methods, series) gave, and what
    came (series,)."""
    for origin in range(fewest_years, values.shape[1]):
        history, coming = values[:, :origin], values[:, origin : origin + farthest]
        whole = ~np.isnan(history).any(axis=1)
        projected = np.array([method(history[whole], coming.shape[1]) for method in METHODS.values()])
        for place in range(coming.shape[1]):
            actual = coming[whole, place]
            known = ~np.isnan(actual)
            if known.any():
                yield origin, place + 1, np.asarray(projected[:, known, place], float), actual[known]
