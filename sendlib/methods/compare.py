"""Small comparisons that sentences rest on."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

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


def whole_parts(shares: ArrayLike, total: int = 100) -> NDArray[np.int64]:
    """Shares (adding up to 1) as whole numbers that add up to `total`.

    The method of largest remainders (Hamilton's): round down, then give the
    rest to the largest fractions; ties go to the earlier share.
    """
    exact = np.asarray(shares, dtype=float) * total
    parts = np.floor(exact + 1e-9).astype(np.int64)
    short = total - int(parts.sum())
    order = np.argsort(-(exact - parts), kind="stable")
    parts[order[:short]] += 1
    return parts


def percent_change(before: float, after: float) -> float:
    """Change from `before` to `after` in per cent of `before`; NaN from zero."""
    return 100 * (after - before) / before if before else float("nan")
