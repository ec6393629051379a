"""Small comparisons that sentences rest on."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

HIGHER, LOWER, SAME = "higher", "lower", "about the same"


def direction(own: float, other: float, close: float = 0.05, decimals: int = 1) -> str:
    """Whether `own` is higher than, lower than or about the same as `other`.

    About the same: both round to the same number at `decimals`, or they differ
    by less than `close` (a part of `other`). The threshold is a choice of ours,
    made so that a sentence does not make much of a tiny difference.
    """
    if round(own, decimals) == round(other, decimals) or abs(own - other) < close * abs(other):
        return SAME
    return HIGHER if own > other else LOWER


def out_of_hundred(first: float, second: float) -> NDArray[np.int64]:
    """Two per cents as whole figures out of 100, and the rest: three numbers that add up to 100.

    Each is rounded by itself, so that the same per cent is the same number of
    figures everywhere; the rest takes up the rounding.
    """
    one, other = int(np.floor(first + 0.5)), int(np.floor(second + 0.5))
    return np.array([one, other, 100 - one - other], dtype=np.int64)
