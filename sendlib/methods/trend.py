"""Fitting a trend to yearly counts, for when a yearly series is there to be fitted.

Counts of children with a population as offset: log(mean) = log(population) +
a + b x year. Two points can not be fitted; the callers ask for eight or more.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from sendlib.methods.scenarios import damped_years

Floats = NDArray[np.float64]
DAMPING_DRAWN = (0.8, 0.98)
"""The damping can not be estimated from a short series, so it is drawn evenly from here."""


@dataclass(frozen=True)
class Trend:
    """A fitted log-linear trend.

    `level` is the log rate in the last year and `growth` its yearly change;
    `covariance` (2, 2) is theirs, with the dispersion in it. `dispersion` is
    the variance of the counts over their mean.
    """

    level: float
    growth: float
    covariance: Floats
    dispersion: float


def quasi_poisson(children: ArrayLike, population: ArrayLike, years: ArrayLike) -> Trend:
    """Poisson regression with the Pearson dispersion, by iteratively reweighted least squares.

    McCullagh and Nelder (1989), chapter 6. A dispersion below one is taken as one.
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
    beside the quasi-Poisson one. Hilbe (2011), NB2.
    """
    from scipy.optimize import minimize
    from scipy.special import gammaln

    counts, people, design = _prepared(children, population, years)
    start = quasi_poisson(children, population, years)

    def loss(values: Floats) -> float:
        mean = people * np.exp(design @ values[:2])
        size = np.exp(-values[2])
        likelihood = gammaln(counts + size) - gammaln(size) + size * np.log(size / (size + mean)) + counts * np.log(mean / (size + mean))
        return -float(likelihood.sum())

    first_alpha = max((start.dispersion - 1) / counts.mean(), 1e-8)
    found = minimize(loss, np.array([start.level, start.growth, np.log(first_alpha)]), method="Nelder-Mead",
                     options={"xatol": 1e-10, "fatol": 1e-10, "maxiter": 20_000, "maxfev": 20_000})  # fmt: skip
    level, growth, log_alpha = found.x
    mean = people * np.exp(design @ found.x[:2])
    alpha = float(np.exp(log_alpha))
    weight = mean / (1 + alpha * mean)
    covariance = np.linalg.inv(design.T @ (weight[:, None] * design))
    return Trend(float(level), float(growth), covariance, 1 + alpha * float(mean[-1]))


def _prepared(children: ArrayLike, population: ArrayLike, years: ArrayLike) -> tuple[Floats, Floats, Floats]:
    counts, people, when = (np.asarray(part, float) for part in (children, population, years))
    if len(counts) < 4:
        raise ValueError("a trend needs at least four years")
    return counts, people, np.column_stack([np.ones_like(when), when - when[-1]])


def bootstrap(trend: Trend, populations: ArrayLike, draws: int, seed: int) -> tuple[Floats, Floats]:
    """Draws of the rate (a part of the population) and of the children in the years after the last.

    `populations` is (variants, years ahead): one variant is drawn each time, as
    one damping is and one pair of coefficients; counts then vary by the
    dispersion (negative binomial with variance dispersion x mean). Both results
    have the shape (draws, years ahead). The same seed gives the same draws.
    """
    generator = np.random.default_rng(seed)
    variants = np.asarray(populations, float)
    level, growth = generator.multivariate_normal([trend.level, trend.growth], trend.covariance, draws).T
    damping = generator.uniform(*DAMPING_DRAWN, draws)
    years = np.arange(1, variants.shape[1] + 1)
    rate = np.exp(level[:, None] + growth[:, None] * damped_years(years[None, :], damping[:, None]))
    mean = rate * variants[generator.integers(len(variants), size=draws)]
    if trend.dispersion > 1:
        scale = trend.dispersion - 1
        mean = generator.gamma(mean / scale, scale)
    return rate, np.asarray(generator.poisson(mean), float)
