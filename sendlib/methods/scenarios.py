"""Scenarios of a rate: from a base year on, with yearly growth that may die away.

A scenario says what would follow if; it is not a forecast. Rates are in any
unit (the project uses children per 10,000); growth is a part, 0.02 for 2% a
year; years are counted from the base year.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from sendlib.errors import SendlibError

Floats = NDArray[np.float64]


class NoSuchPath(SendlibError):
    """A target that no damping between 0 and 1 reaches."""


class MissingNumber(SendlibError):
    """Something that cannot be worked out, because a number that it needs is missing."""


def damped_years(years: ArrayLike, damping: ArrayLike, *, from_the_first: bool = False) -> Floats:
    """How many full years of growth a damped path has had: the sum of damping**j for j = 0 .. years-1.

    The first year grows in full, so damping 1 gives `years` (nothing dies away)
    and damping 0 gives one year. With `from_the_first` the first year is damped
    already, j = 1 .. years, as in Gardner and McKenzie's damped trend (1985).
    The arguments broadcast; where one is missing so is the result, here and in the paths made of it.
    """
    years, damping = np.broadcast_arrays(np.asarray(years, float), np.asarray(damping, float))
    if (years < 0).any() or ((damping < 0) | (damping > 1)).any():
        raise ValueError("years must not be negative and damping must lie between 0 and 1")
    undamped = damping == 1
    shrinking = np.where(undamped, 0.5, damping)
    total = np.where(undamped, years, (1 - shrinking**years) / (1 - shrinking))
    total = np.where(years == 0, 0.0, total)
    return np.asarray(total * damping if from_the_first else total, float)


def path(base: ArrayLike, growth: ArrayLike, damping: ArrayLike, years: ArrayLike) -> Floats:
    """base x exp(ln(1 + growth) x damped_years): the rate after `years` of growth that dies away. Broadcasts."""
    return np.asarray(
        np.asarray(base, float) * np.exp(np.log1p(np.asarray(growth, float)) * damped_years(years, damping)), float
    )


def linear_path(base: ArrayLike, slope: ArrayLike, damping: ArrayLike, years: ArrayLike) -> Floats:
    """base + slope x damped_years: growth by the same amount a year, dying away. Broadcasts."""
    return np.asarray(np.asarray(base, float) + np.asarray(slope, float) * damped_years(years, damping), float)


def yearly_growth(first: float, last: float, years: float) -> float:
    """The constant growth a year that leads from `first` to `last`."""
    return float((last / first) ** (1 / years) - 1)


def yearly_slope(first: float, last: float, years: float) -> float:
    """The constant amount a year that leads from `first` to `last`."""
    return (last - first) / years


def damping_that_reaches(
    target: float, base: float, growth: float, years: int, *, linear: bool = False, from_the_first: bool = False
) -> float:
    """The damping with which a path ends at `target`; found by Brent's method.

    `growth` is a part a year, or with `linear` an amount a year;
    `from_the_first` as in damped_years. Raises NoSuchPath when the target lies
    beyond what damping 0 and damping 1 give, and MissingNumber where a number is missing.
    """
    if np.isnan([target, base, growth]).any():
        raise MissingNumber("No damping can be found, because the end, the beginning or the growth is missing.")
    # scipy.optimize takes a quarter of a second to import, and few pages need it.
    from scipy.optimize import brentq

    def end(damping: float) -> float:
        full_years = float(damped_years(years, damping, from_the_first=from_the_first))
        return base + growth * full_years if linear else base * float(np.exp(np.log1p(growth) * full_years))

    low, high = sorted((end(0.0), end(1.0)))
    if not low <= target <= high:
        raise NoSuchPath(
            f"No damping reaches {target:g} in {years} years:"
            f" with this growth the end lies between {low:.1f} and {high:.1f}."
        )
    return float(brentq(lambda damping: end(damping) - target, 0.0, 1.0, xtol=1e-10))


def expected_children(rates: ArrayLike, residents: ArrayLike, england: float) -> Floats:
    """Expected children by area: group rates applied to local residents, scaled so that all add up to `england`.

    `rates` has one rate a group, per 10,000; `residents` is (areas, groups) and
    its areas together are England. Indirect standardisation with a scale. Raises MissingNumber where one is missing:
    what all the areas have together is then not known, and none could be left out without giving its children to the
    others.
    """
    if np.isnan(np.asarray(residents, float)).any() or np.isnan(np.asarray(rates, float)).any():
        raise MissingNumber("Children are not shared out between areas, because a rate or residents are missing.")
    raw = np.asarray(residents, float) @ np.asarray(rates, float) / 10_000
    return np.asarray(raw * (england / raw.sum()), float)


def with_spread(
    expected: ArrayLike, low: ArrayLike, high: ArrayLike, spread: float, level: float = 0.95
) -> tuple[Floats, Floats]:
    """A chance interval widened by what areas differ for other reasons than age.

    `spread` is the standard deviation between areas as a part of the expected
    number (0.1 is 10%). Each side is the root of the sum of squares (the
    square-and-add method, Zou and Donner 2008). Never below nought.
    """
    expected, low, high = (np.asarray(part, float) for part in (expected, low, high))
    other = normal_quantile(0.5 + level / 2) * spread * expected
    down = np.hypot(expected - low, other)
    up = np.hypot(high - expected, other)
    return np.asarray(np.maximum(expected - down, 0), float), np.asarray(expected + up, float)


def normal_quantile(probability: float) -> float:
    """The standard normal deviate below which this part of the values lies."""
    from scipy.special import ndtri

    return float(ndtri(probability))


def simulated_children(expected: ArrayLike, spread: float, draws: int, seed: int) -> NDArray[Any]:
    """Draws of the children actually there: a gamma spread between areas, then chance (Poisson).

    Shape: (draws, *shape of expected). The same seed gives the same draws. Raises MissingNumber.
    """
    generator = np.random.default_rng(seed)
    expected = np.asarray(expected, float)
    if np.isnan(expected).any():
        raise MissingNumber("Children are not simulated, because an expected number is missing.")
    shape = (draws, *expected.shape)
    if spread > 0:
        rate = generator.gamma(1 / spread**2, spread**2, shape)
        rate *= expected
        return generator.poisson(rate)
    return generator.poisson(np.broadcast_to(expected, shape))
