"""Distances on the ground and classes for a map."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
EARTH = 6371.0088
"""Mean radius of the Earth in kilometres (IUGG)."""


def straight_line(longitude: float, latitude: float, longitudes: ArrayLike, latitudes: ArrayLike) -> Floats:
    """Great-circle distance in kilometres from one point to many (degrees), by the haversine formula.

    It is no journey: roads are longer, estuaries much longer.
    """
    here_x, here_y = np.radians(longitude), np.radians(latitude)
    x, y = np.radians(np.asarray(longitudes, dtype=float)), np.radians(np.asarray(latitudes, dtype=float))
    half = np.sin((y - here_y) / 2) ** 2 + np.cos(here_y) * np.cos(y) * np.sin((x - here_x) / 2) ** 2
    return np.asarray(2 * EARTH * np.arcsin(np.sqrt(np.clip(half, 0, 1))))


def class_limits(values: ArrayLike, classes: int = 5) -> Floats:
    """Inner limits of classes that hold about as many values each (classes - 1 numbers), missing ones left out."""
    known = np.asarray(values, dtype=float)
    known = known[~np.isnan(known)]
    return np.asarray(np.quantile(known, np.arange(1, classes) / classes))


def class_of(values: ArrayLike, limits: ArrayLike) -> NDArray[np.int64]:
    """The class of each value, 0 for the lowest; -1 for a missing one."""
    table = np.asarray(values, dtype=float)
    return np.where(np.isnan(table), -1, np.searchsorted(np.asarray(limits, dtype=float), table, side="right"))
