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
    """Features (areas x features) as z-scores, capped at CAP; a feature that never differs is 0."""
    table = np.asarray(features, dtype=float)
    spread = table.std(axis=0)
    with np.errstate(divide="ignore", invalid="ignore"):
        z = np.where(spread > 0, (table - table.mean(axis=0)) / spread, 0.0)
    return np.asarray(np.clip(z, -CAP, CAP))


def not_collinear(features: ArrayLike, limit: float = TOO_ALIKE) -> list[int]:
    """Columns to keep, in order, so that no two kept ones correlate more strongly than `limit`.

    Two features that say the same would count twice in a distance.
    """
    table = np.asarray(features, dtype=float)
    kept: list[int] = []
    for column in range(table.shape[1]):
        values = table[:, column]
        if values.std() == 0:
            continue
        if all(abs(np.corrcoef(values, table[:, other])[0, 1]) <= limit for other in kept):
            kept.append(column)
    return kept


def distances(features: ArrayLike) -> Floats:
    """Root mean square difference of the z-scores of every two areas (areas x areas): 0 for the same.

    Euclidean distance over the square root of the number of features, so that
    1 means a typical difference of one standard deviation a feature.
    """
    z = standardised(features)
    difference = z[:, None, :] - z[None, :, :]
    return np.asarray(np.sqrt((difference**2).mean(axis=2)))


def nearest(distance: ArrayLike, number: int) -> NDArray[np.int64]:
    """The `number` nearest other areas of each area, nearest first (areas x number)."""
    table = np.array(distance, dtype=float)
    np.fill_diagonal(table, np.inf)
    return np.argsort(table, axis=1, kind="stable")[:, :number]
