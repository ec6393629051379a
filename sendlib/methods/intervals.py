"""Intervals for shares and counts."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

# The normal deviate for a two-sided 95 % interval, as OHID's guidance uses it.
Z_95 = 1.959963984540054


def wilson(count: ArrayLike, total: ArrayLike, z: float = Z_95) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Wilson score interval of a share: lower and upper limits in 0..1, NaN where `total` is 0.

    `count` and `total` are arrays of the same shape, or broadcast together.
    Method: Wilson (1927); recommended for proportions by OHID, "Public health
    technical guidance: proportions".
    """
    k, n = np.broadcast_arrays(np.asarray(count, dtype=float), np.asarray(total, dtype=float))
    with np.errstate(divide="ignore", invalid="ignore"):
        share = k / n
        centre = (share + z**2 / (2 * n)) / (1 + z**2 / n)
        half = z / (1 + z**2 / n) * np.sqrt(share * (1 - share) / n + z**2 / (4 * n**2))
    # At 0 and 1 the limit is exact; rounding would leave -1e-18.
    return np.where(k == 0, np.where(n > 0, 0.0, np.nan), centre - half), np.where(
        k == n, np.where(n > 0, 1.0, np.nan), centre + half
    )


def poisson_limits(count: ArrayLike, level: float = 0.95) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Exact Poisson limits of a count: half the chi-square quantiles with 2k and 2k + 2 degrees of freedom.

    `count` may be an expected number and need not be whole; the lower limit of
    nought is nought. Method: Garwood (1936), as in OHID's technical guidance.
    """
    # The chi-square quantile with 2k degrees of freedom, halved, is the inverse of the regularised
    # incomplete gamma function: scipy.special has it, and scipy.stats takes a second and a half to import.
    from scipy.special import gammaincinv

    k = np.asarray(count, dtype=float)
    tail = (1 - level) / 2
    low = np.where(k > 0, gammaincinv(np.where(k > 0, k, 1), tail), 0.0)
    return low, np.asarray(gammaincinv(k + 1, 1 - tail), float)


def difference(
    count: ArrayLike, total: ArrayLike, later: ArrayLike, later_total: ArrayLike, z: float = Z_95
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Interval of one share less another, `later / later_total - count / total`: lower and upper limits in -1..1.

    Of two samples that have nobody in common; where most children are counted in both, the true limits lie closer.
    NaN where a total is 0 or a count is missing. Method: Newcombe (1998), hybrid score interval (his method 10).
    """
    before, after = (
        np.asarray(k, float) / np.where(np.asarray(n) > 0, n, np.nan) for k, n in ((count, total), (later, later_total))
    )
    (low, high), (later_low, later_high) = wilson(count, total, z), wilson(later, later_total, z)
    change = after - before
    return (
        change - np.hypot(after - later_low, high - before),
        change + np.hypot(later_high - after, before - low),
    )
