"""Where an authority stands among all authorities: its place as a range, from its chance interval, never one number.

The place is counted from the highest. An authority's figure could by chance be anywhere in its interval, so it has
every place that a figure in the interval would have among the others as they are. Authorities with fewer than
means.FEWEST_PLANS plans are left out, as of every mean.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from sendlib.answer.standing import Standing
from sendlib.compared.comparators import known_areas
from sendlib.compared.means import too_small
from sendlib.methods import intervals
from sendlib.store import Store

FEWEST = 20
"""Authorities with a figure, below which no place is given."""


def of_share(store: Store, per_cents: pd.Series, code: str, number: float, what: str = "") -> Standing | None:
    """The place of a share; `per_cents` by area code, `number` is what the own share is a share of (not per cent).

    The interval is Wilson's at 95%. `what`: as Standing. None where something of it is not known, and for an area that
    is no authority.
    """
    own = float(per_cents.get(_authority(store, code), np.nan))
    if np.isnan(own) or not number > 0:
        return None
    low, high = intervals.wilson(np.array([own / 100 * number]), np.array([number]))
    return of_interval(store, per_cents, code, (100 * float(low[0]), 100 * float(high[0])), what)


def of_ratio(store: Store, per_100: pd.Series, code: str, number: float) -> Standing | None:
    """The place of a ratio of events to something else that they are no part of (appeals to decisions); `per_100` by
    area code, `number` is what the own ratio is set over. The interval is that of a Poisson count."""
    own = float(per_100.get(_authority(store, code), np.nan))
    if np.isnan(own) or not number > 0:
        return None
    low, high = intervals.poisson_limits(np.array([own / 100 * number]))
    return of_interval(store, per_100, code, (100 * float(low[0]) / number, 100 * float(high[0]) / number))


def of_interval(
    store: Store, values: pd.Series, code: str, ends: tuple[float, float], what: str = ""
) -> Standing | None:
    """The place of a figure that could by chance be anywhere between `ends`; `values` by area code."""
    known, (low, high) = known_areas(store), ends
    area = known.get(code)
    if not _authority(store, code) or code in too_small(store):
        return None
    counted = [other for other in known.authorities if other not in too_small(store)]
    every = values.reindex(counted).dropna()
    own = float(values.get(area.parts[0], np.nan))
    others = every.drop(index=list(area.parts), errors="ignore").to_numpy(dtype=float)
    if np.isnan(own) or np.isnan([low, high]).any() or len(others) + 1 < FEWEST:
        return None
    return Standing(
        first=1 + int((others > high).sum()),
        last=1 + int((others > low).sum()),
        number=len(others) + 1,
        own=own,
        others=tuple(float(value) for value in np.sort(others)),
        what=what,
    )


def _authority(store: Store, code: str) -> str:
    """The authority that an area is, by itself or as a group of one; empty for every other area."""
    area = known_areas(store).get(code)
    return area.parts[0] if len(area.parts) == 1 and area.kind in ("authority", "group") else ""
