"""Neighbours of our own: authorities that are alike in published features."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
CAP = 3.0
"""A feature further than this many standard deviations from the mean counts as this far."""
TOO_ALIKE = 0.9
"""Of two features whose correlation is stronger than this, the later one is dropped."""


def standardised(features: ArrayLike) -> Floats:
    """Features (areas x features) as z-scores, capped at CAP; a feature that never differs is 0.

    A missing feature (NaN) stays missing, and counts for neither the mean nor the spread of the others.
    """
    table = np.asarray(features, dtype=float)
    held = ~np.isnan(table)
    number = np.maximum(held.sum(axis=0), 1)
    around = table - np.where(held, table, 0.0).sum(axis=0) / number
    spread = np.sqrt((np.where(held, around, 0.0) ** 2).sum(axis=0) / number)
    with np.errstate(divide="ignore", invalid="ignore"):
        z = np.where(spread > 0, around / spread, np.where(held, 0.0, np.nan))
    return np.asarray(np.clip(z, -CAP, CAP))


def not_collinear(features: ArrayLike, limit: float = TOO_ALIKE) -> list[int]:
    """Columns to keep, in order, so that no two kept ones correlate more strongly than `limit`.

    Two features that say the same would count twice in a distance. Areas that lack a feature (NaN) are left out here.
    """
    table = np.asarray(features, dtype=float)
    table = table[~np.isnan(table).any(axis=1)]
    kept: list[int] = []
    for column in range(table.shape[1]):
        values = table[:, column]
        if not values.size or values.std() == 0:
            continue
        if all(abs(np.corrcoef(values, table[:, other])[0, 1]) <= limit for other in kept):
            kept.append(column)
    return kept


def distances(features: ArrayLike) -> Floats:
    """Root mean square difference of the z-scores of every two areas (areas x areas): 0 for the same.

    Euclidean distance over the square root of the number of features, so that
    1 means a typical difference of one standard deviation a feature. Of two
    areas only the features that both have are compared; NaN where there are none.
    """
    z = standardised(features)
    squared = (z[:, None, :] - z[None, :, :]) ** 2
    held = ~np.isnan(squared)
    with np.errstate(invalid="ignore"):
        return np.asarray(np.sqrt(np.where(held, squared, 0.0).sum(axis=2) / held.sum(axis=2)))


def nearest(distance: ArrayLike, number: int) -> NDArray[np.int64]:
    """The `number` nearest other areas of each area, nearest first (areas x number)."""
    table = np.array(distance, dtype=float)
    np.fill_diagonal(table, np.inf)
    return np.argsort(table, axis=1, kind="stable")[:, :number]
