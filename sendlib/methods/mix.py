"""How a mix of needs differs from another.

A mix is a row of shares that add up to one. Counts come as a matrix, one row
an area and one column a need; needs that are not recorded are left out before.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]


def shares(counts: ArrayLike, totals: ArrayLike | None = None) -> Floats:
    """Counts (areas x needs) as shares of each row; NaN for a row without anybody and for a count that is missing.

    `totals`, one a row: of whom they are shares. Without them the whole of a row with a missing count is not known,
    and it has no share at all.
    """
    table = np.asarray(counts, dtype=float)
    whole = _whole(table, totals)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(whole > 0, table / whole, np.nan)


def _whole(table: Floats, totals: ArrayLike | None) -> Floats:
    """The totals of rows, shaped so that they divide them: those given, or the sums (NaN with a missing count)."""
    return table.sum(axis=-1, keepdims=True) if totals is None else np.asarray(totals, dtype=float)[..., None]


def divergence_parts(p: ArrayLike, q: ArrayLike) -> Floats:
    """What each need adds to the Jensen-Shannon divergence of two mixes (same shape, not negative).

    NaN where a share is missing: the divergence of a mix that is not whole is not known.
    """
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


def merged(counts: ArrayLike, groups: list[list[int]]) -> Floats:
    """Counts (areas x needs) with columns added up: one column of the result for each list of columns."""
    table = np.asarray(counts, dtype=float)
    return np.stack([table[..., group].sum(axis=-1) for group in groups], axis=-1)


def centred_log_ratios(counts: ArrayLike, added: float = 0.5) -> Floats:
    """Centred log-ratios, base 2, of counts (areas x needs): 1 is twice the typical need, -1 is half.

    Aitchison (1986). `added` is put on every count so that a zero has a
    logarithm; the measure leans on the rarest needs, so merge these first.
    """
    logs = np.log2(np.asarray(counts, dtype=float) + added)
    return np.asarray(logs - logs.mean(axis=-1, keepdims=True))


def logit_shares(counts: ArrayLike, totals: ArrayLike | None = None) -> Floats:
    """Logits of the shares of each row, with a half put on both sides so that 0 and 1 have one.

    The empirical logit: log((k + 0.5) / (n - k + 0.5)). `totals` and missing counts as in `shares`.
    """
    table = np.asarray(counts, dtype=float)
    return np.asarray(np.log((table + 0.5) / (_whole(table, totals) - table + 0.5)))


def prediction_p_values(logits: ArrayLike, members: ArrayLike) -> Floats:
    """How surprising each area's share of each need is, given its comparators' shares.

    `logits`: areas x needs. `members`: areas x areas, True where the column is
    a comparator of the row. Two-sided p-values (areas x needs) of the
    prediction interval for one more authority drawn like the comparators:
    t = (own - mean) / (sd * sqrt(1 + 1/k)) with k - 1 degrees of freedom; NaN
    with fewer than three comparators or where they do not differ. A comparator
    without a figure for a need is left out of that need's test alone (k is of
    those who have one). It asks
    whether an authority stands outside the spread of the others, unlike a
    chi-square test, which asks whether chance alone made two mixes differ and
    calls every authority different. Hahn (1969), "Factors for calculating
    two-sided prediction intervals".
    """
    from scipy.special import stdtr  # scipy.stats would take a second and a half to import

    own = np.asarray(logits, dtype=float)
    weights = np.asarray(members, dtype=float)
    held = ~np.isnan(own)
    number = weights @ held
    centre = np.where(held, own, 0.0).sum(axis=0) / np.maximum(held.sum(axis=0), 1)
    around = np.where(held, own - centre, 0.0)
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = weights @ around / number
        variance = (weights @ around**2 - number * mean**2) / (number - 1)
        spread = np.sqrt(np.where(variance > 1e-12, variance, np.nan))
        t = (own - centre - mean) / (spread * np.sqrt(1 + 1 / number))
        p = 2 * stdtr(number - 1, -np.abs(t))
    return np.asarray(np.where(number >= 3, p, np.nan))


def false_discovery(p_values: ArrayLike) -> Floats:
    """q-values: the share of false alarms among all that are at least as surprising; NaN stays NaN.

    Benjamini and Hochberg (1995), as scipy.stats.false_discovery_control,
    which would cost a page a second and a half to import; a test holds the two
    together.
    """
    p = np.asarray(p_values, dtype=float)
    q = np.full(p.shape, np.nan)
    known = ~np.isnan(p)
    values = p[known]
    order = np.argsort(values)
    ranked = values[order] * values.size / np.arange(1, values.size + 1)
    smallest_from_here = np.minimum.accumulate(ranked[::-1])[::-1]
    found = np.empty_like(values)
    found[order] = np.minimum(smallest_from_here, 1)
    q[known] = found
    return q


def funnel(counts: ArrayLike, totals: ArrayLike, winsorised: float = 0.1) -> tuple[Floats, Floats, float, float]:
    """A funnel for one share with additive over-dispersion: z-scores, standard errors, centre, spread.

    `counts` and `totals`: one each area; an area that lacks either is left out of the centre and the spread and has no
    z-score. All NaN where no area has both. Works on y = arcsin(sqrt(share)),
    whose sampling error is 1 / (2 sqrt(n)). The spread tau beyond chance is
    found by the method of moments on z-scores of which a tenth on either side
    is pulled in. Returns z (areas), the standard error with the spread
    (areas), the centre (a share) and tau. Spiegelhalter (2005), "Funnel plots
    for comparing institutional performance", Statistics in Medicine 24.
    """
    k, n = np.asarray(counts, dtype=float), np.asarray(totals, dtype=float)
    used = (n > 0) & ~np.isnan(k)
    if not used.any():
        return np.full(k.shape, np.nan), np.full(k.shape, np.nan), float("nan"), float("nan")
    with np.errstate(divide="ignore", invalid="ignore"):
        y = np.arcsin(np.sqrt(k / n))
        error = 1 / (2 * np.sqrt(n))
    centre = float(np.arcsin(np.sqrt(k[used].sum() / n[used].sum())))
    z = (y - centre) / error
    low, high = np.quantile(z[used], [winsorised, 1 - winsorised])
    pulled_in = np.clip(z[used], low, high)
    weights = 1 / error[used] ** 2
    areas = int(used.sum())
    dispersion = float((pulled_in**2).mean())
    room = weights.sum() - (weights**2).sum() / weights.sum()
    tau_squared = (areas * dispersion - (areas - 1)) / room if room > 0 else 0.0  # one area alone has no spread
    tau = float(np.sqrt(max(0.0, tau_squared)))
    wide = np.sqrt(error**2 + tau**2)
    return np.asarray((y - centre) / wide), np.asarray(wide), float(np.sin(centre) ** 2), tau


def funnel_limits(centre: float, errors: ArrayLike, z: float) -> tuple[Floats, Floats]:
    """Lower and upper limits of a funnel as shares, `z` standard errors from the centre (a share)."""
    middle = np.arcsin(np.sqrt(centre))
    wide = np.asarray(errors, dtype=float) * z
    low, high = np.clip([middle - wide, middle + wide], 0, np.pi / 2)
    return np.sin(low) ** 2, np.sin(high) ** 2


def moved(counts: ArrayLike, moves: Iterable[tuple[int, int, float]]) -> Floats:
    """Counts of one area with parts (0..1) of needs recorded as others, all at the same time: (from, to, part).

    Every part is one of the count as it was before, so the order of the moves makes no difference.
    """
    before = np.asarray(counts, dtype=float)
    after = before.copy()
    for source, target, part in moves:
        amount = part * before[source]
        after[source] -= amount
        after[target] += amount
    return after


def least_percent(counts: ArrayLike, total: float, low: ArrayLike, high: ArrayLike, wanted: ArrayLike) -> int:
    """The smallest whole per cent of one need that, recorded as another, brings those `wanted` inside their ranges.

    Everything but `total`, of how many the shares are, comes in pairs: of the need that gives and of the one that
    takes. `low` and `high` are the ends of the ranges in per cent; share and range are set beside each other as they
    are written, to one decimal. In this order: both are inside; all that are wanted; the giver alone; the taker alone.
    0 where nothing is wanted, and where no part brings a wanted one inside.
    """
    before, asked = np.asarray(counts, dtype=float), np.asarray(wanted, dtype=bool)
    if not asked.any():
        return 0
    amounts = np.arange(1, 101) / 100 * before[0]
    after = np.round(100 * (np.stack([before[0] - amounts, before[1] + amounts]) / total), 1)
    lowest, highest = (np.round(np.asarray(ends, dtype=float), 1)[:, None] for ends in (low, high))
    inside = (after >= lowest) & (after <= highest)
    for goal in (inside.all(axis=0), inside[asked].all(axis=0), inside[0] & asked[0], inside[1] & asked[1]):
        if goal.any():
            return int(goal.argmax()) + 1
    return 0


def part_to_share(counts: ArrayLike, source: int, share: float, total: float | None = None) -> float:
    """The part of a need that would have to be recorded otherwise for it to have a given share; 0 if it is below.

    `total`: the whole of the counts, where it is known otherwise than as their sum.
    """
    table = np.asarray(counts, dtype=float)
    own = table[source] / (table.sum() if total is None else total)
    return float(max(0.0, 1 - share / own)) if own > 0 else 0.0
