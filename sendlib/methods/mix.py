"""How a mix of needs differs from another.

A mix is a row of shares that add up to one. Counts come as a matrix, one row
an area and one column a need; needs that are not recorded are left out before.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]


def shares(counts: ArrayLike) -> Floats:
    """Counts (areas x needs) as shares of each row; NaN for a row without anybody."""
    table = np.asarray(counts, dtype=float)
    totals = table.sum(axis=-1, keepdims=True)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(totals > 0, table / totals, np.nan)


def divergence_parts(p: ArrayLike, q: ArrayLike) -> Floats:
    """What each need adds to the Jensen-Shannon divergence of two mixes (same shape, not negative)."""
    first, second = np.broadcast_arrays(np.asarray(p, dtype=float), np.asarray(q, dtype=float))
    middle = (first + second) / 2
    with np.errstate(divide="ignore", invalid="ignore"):
        left = np.where(first > 0, first * np.log2(first / middle), np.where(np.isnan(first), np.nan, 0.0))
        right = np.where(second > 0, second * np.log2(second / middle), np.where(np.isnan(second), np.nan, 0.0))
    return (left + right) / 2


def divergence(p: ArrayLike, q: ArrayLike) -> Floats:
    """Jensen-Shannon divergence, base 2: 0 for the same mix, 1 for mixes with nothing in common.

    Lin (1991), "Divergence measures based on the Shannon entropy". It is
    symmetric and copes with shares of zero. scipy's `jensenshannon` gives the
    square root of it.
    """
    return np.asarray(divergence_parts(p, q).sum(axis=-1))
