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

from sendlib.methods.scenarios import damped_years

Floats = NDArray[np.float64]
DAMPING = 0.9
RECENT = 5
"""Years of change that a damped trend looks at."""
FEWEST_YEARS = 6
TEN_TO_NINETY = 1.2815515655446004
"""The normal deviate of an 80% range."""


def flat(history: Floats, ahead: int) -> Floats:
    """The last value stays."""
    return np.repeat(history[:, -1:], ahead, axis=1)


def linear(history: Floats, ahead: int) -> Floats:
    """A least-squares line through all years goes on."""
    years = np.arange(history.shape[1], dtype=float)
    centred = years - years.mean()
    slope = (history - history.mean(axis=1, keepdims=True)) @ centred / (centred @ centred)
    coming = years[-1] + np.arange(1, ahead + 1) - years.mean()
    return np.asarray(history.mean(axis=1, keepdims=True) + slope[:, None] * coming, float)


def log_linear(history: Floats, ahead: int) -> Floats:
    """A least-squares line through the logarithms goes on: growth by a constant percentage. Values must be above nought."""
    return np.asarray(np.exp(linear(np.log(history), ahead)), float)


def damped(history: Floats, ahead: int) -> Floats:
    """The mean yearly change of the last few years goes on and dies away by a tenth a year."""
    recent = min(RECENT, history.shape[1] - 1)
    change = (history[:, -1] - history[:, -1 - recent]) / recent
    return np.asarray(history[:, -1:] + change[:, None] * damped_years(np.arange(1, ahead + 1), DAMPING), float)


def half_drift(history: Floats, ahead: int) -> Floats:
    """Half the mean yearly change of all years goes on (Moller and others, 2003, for long horizons)."""
    change = (history[:, -1] - history[:, 0]) / (history.shape[1] - 1)
    return np.asarray(history[:, -1:] + 0.5 * change[:, None] * np.arange(1, ahead + 1), float)


METHODS: dict[str, Callable[[Floats, int], Floats]] = {
    "flat": flat, "linear": linear, "log_linear": log_linear, "damped": damped, "half_drift": half_drift,
}  # fmt: skip


def eighty_per_cent(history: Floats, ahead: int) -> Floats:
    """Half the width of the range that past yearly changes suggest for each year ahead: theirs, times the root of the years.

    Shape (series, ahead). This is what a method would claim before it is tested.
    """
    spread = np.diff(history, axis=1).std(axis=1, ddof=1)
    return np.asarray(TEN_TO_NINETY * spread[:, None] * np.sqrt(np.arange(1, ahead + 1)), float)


@dataclass(frozen=True)
class Tested:
    """How one method did at one horizon, over all series and origins.

    `error` is the median of |projected / actual - 1|, `bias` the median of
    projected / actual - 1, `coverage` the part of actual values inside the 80%
    range that the method claimed. `low` and `high` are the 10th and 90th
    percentiles of actual / projected - 1: what a projection has to allow for.
    """

    method: str
    horizon: int
    projections: int
    error: float
    bias: float
    coverage: float
    low: float
    high: float


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
                missed.setdefault((name, ahead + 1), []).append(actual / guess)
                held.setdefault((name, ahead + 1), []).append(np.abs(actual - guess) <= claimed[known, ahead])
    results = []
    for (name, horizon), parts in missed.items():
        ratio = np.concatenate(parts)
        if len(ratio) == 0:
            continue
        low, high = np.quantile(ratio - 1, [0.1, 0.9])
        results.append(
            Tested(
                method=name,
                horizon=horizon,
                projections=len(ratio),
                error=float(np.median(np.abs(1 / ratio - 1))),
                bias=float(np.median(1 / ratio - 1)),
                coverage=float(np.concatenate(held[name, horizon]).mean()),
                low=float(low),
                high=float(high),
            )
        )
    return results


def widened(tests: list[Tested], method: str, horizon: int) -> tuple[float, float]:
    """The 10th and 90th percentiles of actual / projected - 1 at a horizon.

    Beyond the farthest horizon tested both are stretched by the root of the
    horizon over it: an assumption, since nothing was tested there.
    """
    own = {test.horizon: test for test in tests if test.method == method}
    farthest = max(own)
    test = own[min(horizon, farthest)]
    stretch = max(1.0, horizon / farthest) ** 0.5
    return test.low * stretch, test.high * stretch
