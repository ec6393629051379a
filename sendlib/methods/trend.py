"""Fitting a trend to yearly counts, for when a yearly series is there to be fitted.

Counts of children with a population as offset: log(mean) = log(population) +
a + b x year. Two points can not be fitted; the callers ask for eight or more.
What is projected is a damped trend: it begins at the last measured rate, with
the growth of recent years, which dies away (contract llc.md 2.1 to 2.3).
A year of which a number is missing is left out; what can not do without one
raises MissingNumber, and TooFewYears where too few are left.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import takewhile

import numpy as np
from numpy.typing import ArrayLike, NDArray

from sendlib.errors import SendlibError
from sendlib.methods import scenarios
from sendlib.methods.backtest import FEWEST_YEARS
from sendlib.methods.scenarios import MissingNumber

Floats = NDArray[np.float64]
FEWEST_FITTED = 4
"""Known years without which nothing is fitted."""
FEWEST_STARTS = 5
"""Starting years from which the trend must have been tried before percentiles are taken of what it missed by."""
RECENT = 8
"""Yearly counts that the growth is fitted to: a curve over a longer time would be taken for noise."""
DAMPING_DRAWN = (0.8, 0.98)
"""The damping can not be estimated from a short series, so it is drawn evenly from here."""
QUANTILES = (0.1, 0.25, 0.5, 0.75, 0.9)
FARTHEST = 5
"""Years ahead to which the trend is tested against the past; beyond them what it missed by is stretched."""


class TooFewYears(SendlibError, ValueError):
    """A series of too few known years to fit a trend to, or to try one on."""


@dataclass(frozen=True)
class Trend:
    """A log-linear trend.

    `level` is the log rate (a part of the population) in the last year and `growth` its yearly change;
    `covariance` (2, 2) is theirs, with the dispersion in it. `dispersion` is
    the variance of the counts over their mean.
    """

    level: float
    growth: float
    covariance: Floats
    dispersion: float


def quasi_poisson(children: ArrayLike, population: ArrayLike, years: ArrayLike) -> Trend:
    """Poisson regression with the Pearson dispersion, by iteratively reweighted least squares.

    McCullagh and Nelder (1989), chapter 6. A dispersion below one is taken as one. Raises TooFewYears.
    """
    counts, people, design = _prepared(children, population, years)
    coefficients = np.array([np.log(counts.sum() / people.sum()), 0.0])
    for _ in range(100):
        mean = people * np.exp(design @ coefficients)
        step = np.linalg.solve(design.T @ (mean[:, None] * design), design.T @ (counts - mean))
        coefficients = coefficients + step
        if np.abs(step).max() < 1e-12:
            break
    mean = people * np.exp(design @ coefficients)
    dispersion = max(1.0, float(((counts - mean) ** 2 / mean).sum() / (len(counts) - 2)))
    covariance = dispersion * np.linalg.inv(design.T @ (mean[:, None] * design))
    return Trend(float(coefficients[0]), float(coefficients[1]), covariance, dispersion)


def negative_binomial(children: ArrayLike, population: ArrayLike, years: ArrayLike) -> Trend:
    """Negative-binomial regression (variance mean + alpha x mean squared) by maximum likelihood.

    `dispersion` is given at the mean of the last year, so that it can be set
    beside the quasi-Poisson one. Hilbe (2011), NB2. Raises TooFewYears.
    """
    from scipy.optimize import minimize
    from scipy.special import gammaln

    counts, people, design = _prepared(children, population, years)
    start = quasi_poisson(children, population, years)

    def loss(values: Floats) -> float:
        mean = people * np.exp(design @ values[:2])
        size = np.exp(-values[2])
        likelihood = (
            gammaln(counts + size)
            - gammaln(size)
            + size * np.log(size / (size + mean))
            + counts * np.log(mean / (size + mean))
        )
        return -float(likelihood.sum())

    first_alpha = max((start.dispersion - 1) / counts.mean(), 1e-8)
    found = minimize(
        loss,
        np.array([start.level, start.growth, np.log(first_alpha)]),
        method="Nelder-Mead",
        options={"xatol": 1e-10, "fatol": 1e-10, "maxiter": 20_000, "maxfev": 20_000},
    )
    level, growth, log_alpha = found.x
    mean = people * np.exp(design @ found.x[:2])
    alpha = float(np.exp(log_alpha))
    weight = mean / (1 + alpha * mean)
    covariance = np.linalg.inv(design.T @ (weight[:, None] * design))
    return Trend(float(level), float(growth), covariance, 1 + alpha * float(mean[-1]))


def _prepared(children: ArrayLike, population: ArrayLike, years: ArrayLike) -> tuple[Floats, Floats, Floats]:
    """The years of which both numbers are known; the level is that of the last year, known or not."""
    counts, people, when = (np.asarray(part, float) for part in (children, population, years))
    known = ~(np.isnan(counts) | np.isnan(people))
    if known.sum() < FEWEST_FITTED:
        raise TooFewYears(f"A trend needs at least {FEWEST_FITTED} years; {known.sum()} are known.")
    return counts[known], people[known], np.column_stack([np.ones_like(when), when - when[-1]])[known]


def from_the_last_rate(fit: Trend, children: float, population: float) -> Trend:
    """The fitted growth, from the rate that was last measured instead of the one on the line.

    The last rate has the variance of one count; its covariance with the growth
    is that of the fitted level (weighted least squares). Raises MissingNumber where the last rate is not known.
    """
    if np.isnan([children, population]).any():
        raise MissingNumber("A trend begins at the last measured rate, and that of the last year is missing.")
    covariance = fit.covariance.copy()
    covariance[0, 0] = max(fit.dispersion / children, covariance[0, 0])
    return Trend(float(np.log(children / population)), fit.growth, covariance, fit.dispersion)


def recent(children: ArrayLike, population: ArrayLike, years: ArrayLike) -> Trend:
    """The quasi-Poisson growth of the last RECENT years, from the last measured rate. Raises TooFewYears and
    MissingNumber."""
    counts, people, when = (np.asarray(part, float) for part in (children, population, years))
    return from_the_last_rate(quasi_poisson(counts[-RECENT:], people[-RECENT:], when[-RECENT:]), counts[-1], people[-1])


def bootstrap(trend: Trend, populations: ArrayLike, draws: int, seed: int) -> tuple[Floats, Floats]:
    """Draws of the rate (a part of the population) and of the children in the years after the last.

    `populations` is (variants, years ahead): one variant is drawn each time, as
    one damping is and one pair of coefficients; counts then vary by the
    dispersion (negative binomial with variance dispersion x mean). Both results
    have the shape (draws, years ahead). The same seed gives the same draws. Raises MissingNumber.
    """
    if np.isnan(np.asarray(populations, float)).any():
        raise MissingNumber("A trend is not projected, because residents of a year to come are missing.")
    generator = np.random.default_rng(seed)
    variants = np.asarray(populations, float)
    level, growth = generator.multivariate_normal([trend.level, trend.growth], trend.covariance, draws).T
    damping = generator.uniform(*DAMPING_DRAWN, draws)
    years = np.arange(1, variants.shape[1] + 1)
    rate = scenarios.path(np.exp(level)[:, None], np.expm1(growth)[:, None], damping[:, None], years[None, :])
    mean = rate * variants[generator.integers(len(variants), size=draws)]
    if trend.dispersion > 1:
        scale = trend.dispersion - 1
        mean = generator.gamma(mean / scale, scale)
    return rate, np.asarray(generator.poisson(mean), float)


def past_misses(children: ArrayLike, population: ArrayLike, years: ArrayLike) -> list[Floats]:
    """By years ahead: log(actual / projected) of the same trend at each earlier end of the series.

    The damping is the middle one. An end whose rate is missing, or with too few years before it, is not tried, and a
    year that is missing after it is no miss. A year ahead after one that could never be tried is left out too.
    """
    counts, people, when = (np.asarray(part, float) for part in (children, population, years))
    damping = sum(DAMPING_DRAWN) / 2
    missed: list[list[float]] = [[] for _ in range(FARTHEST)]
    for origin in range(FEWEST_YEARS, len(counts)):
        try:
            found = recent(counts[:origin], people[:origin], when[:origin])
        except (TooFewYears, MissingNumber):
            continue
        coming = np.log(counts[origin : origin + FARTHEST] / people[origin : origin + FARTHEST])
        grown = scenarios.damped_years(np.arange(1, len(coming) + 1), damping)
        for place, miss in enumerate(coming - found.level - found.growth * grown):
            if not np.isnan(miss):
                missed[place].append(float(miss))
    return [np.array(misses) for misses in takewhile(len, missed)]


def miss_quantiles(missed: list[Floats], ahead: int) -> Floats:
    """What projections have to allow for: QUANTILES of the past log misses for each year ahead.

    Shape (quantiles, ahead).

    A year ahead that was tried from too few starting years has those of the
    last one that was tried often enough, stretched by the root of the years
    over it: an assumption, since nothing was tested there. Where none was,
    they are the largest miss, both ways. Raises TooFewYears where the trend
    could not be tried at all.
    """
    if not missed:
        raise TooFewYears("A trend could not be tried on the past, because too few years are known.")
    tested = [misses for misses in missed if len(misses) >= FEWEST_STARTS]
    if tested:
        by_year = np.array([np.quantile(misses, QUANTILES) for misses in tested])
    else:
        largest = [float(np.abs(misses).max()) for misses in missed]
        by_year = np.array([[-most, -most / 2, 0.0, most / 2, most] for most in largest])
    years = np.arange(1, ahead + 1)
    known = np.minimum(years, len(by_year))
    return np.asarray((by_year[known - 1] * np.sqrt(years / known)[:, None]).T, float)


def allowing_for(bands: Floats, missed: Floats) -> Floats:
    """Quantiles of draws (quantiles, years), widened to what the trend missed by in the past; the middle stays.

    `missed` is that of miss_quantiles. Each quantile is the wider of the drawn
    one and the middle with the past miss of that quantile. A trend that was
    always too low is given more room above, and none less below: a few past
    ends that overlap are enough to widen a range, and not to move its middle.
    """
    middle = QUANTILES.index(0.5)
    drawn = np.log(bands)
    past = drawn[middle] + missed
    place = np.arange(len(bands))[:, None]
    found = np.where(
        place < middle, np.minimum(drawn, past), np.where(place > middle, np.maximum(drawn, past), drawn[middle])
    )
    return np.asarray(np.exp(found), float)
