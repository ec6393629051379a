"""ONE rule for a mean and a range of several areas, and how it is told of.

A mean (or a range, or a median) of those compared is given where at least half of them, and at least FEWEST, have a
figure that counts. An authority with fewer than FEWEST_PLANS plans counts for none: a child or two would set it.
Where one area alone is compared there is nothing to average: its own figure stands, under its own name.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sendlib.answer.numbers import listed
from sendlib.compared import latest
from sendlib.store import Store, kept_with_store
from sendlib.tables.symbols import VALUE

Floats = NDArray[np.float64]
FEWEST = 3
"""Areas with a figure, below which no mean of several is given."""
FEWEST_PLANS = 50
"""Plans in the newest January: an authority with fewer counts for no mean, no range and no list of our own."""
MOST_NAMED = 20
"""Of more authorities than these that lack a figure only how many they are is said."""
TOO_SMALL = f"fewer than {FEWEST_PLANS} plans"


@dataclass(frozen=True)
class Mean:
    """Figures of several areas put together, one a column: NaN where the rule gives none.

    `known`: how many of them have a figure that counts, a column; `number`: how many are compared.
    """

    mean: Floats
    median: Floats
    low: Floats
    high: Floats
    known: NDArray[np.int64]
    number: int


@kept_with_store()
def too_small(store: Store) -> frozenset[str]:
    """Codes of the authorities with fewer than FEWEST_PLANS plans in the newest January; of one that has no figure for
    it, in the last January that it has one for: a missing number makes no small area a large one."""
    last = _last_known(store)
    return frozenset(last.index[last.lt(FEWEST_PLANS)])


@kept_with_store(area_by_area=True)
def _last_known(store: Store) -> pd.Series:
    """Plans of each area in the newest January, or the last before it that it has a figure for."""
    table = store.table("plans")
    held = table["measure"].eq("plans") & table["characteristic"].eq("total") & table["value"].ge(0)
    rows = table[held].astype({"area_code": str, "period": str})
    rows = rows[rows["period"].le(latest.january(store))].sort_values("period")
    return rows.groupby("area_code")["value"].last()


def of(values: Floats, small: Sequence[bool] | NDArray[np.bool_]) -> Mean:
    """Mean, median and range of each column of `values` (areas compared by columns, NaN where one has no figure).

    `small`: for each area, whether it is too small to count.
    """
    counted = np.where(np.asarray(small, dtype=bool)[:, None], np.nan, values) if len(values) else values
    if len(values) == 1:
        counted = values  # its own figure under its own name, however small
    held = ~np.isnan(counted)
    known = held.sum(axis=0)
    enough = given(known, len(values))
    total = np.where(held, counted, 0.0).sum(axis=0)
    blank = np.full(values.shape[1], np.nan)
    median, low, high = blank.copy(), blank.copy(), blank.copy()
    if enough.any():
        these = counted[:, enough]
        # The functions that leave gaps out are several times as slow, and most tables have none.
        gaps = (np.nanmedian, np.nanmin, np.nanmax)
        finds = (np.median, np.min, np.max) if held[:, enough].all() else gaps
        median[enough], low[enough], high[enough] = (find(these, axis=0) for find in finds)
    mean = np.where(enough, total / np.maximum(known, 1), np.nan)
    return Mean(mean, median, low, high, known, len(values))


def of_table(store: Store, table: pd.DataFrame, codes: Sequence[str]) -> Mean:
    """The same for some areas of a table with one row an area: an area that it does not know has no figure."""
    values = table.reindex(list(codes)).to_numpy(dtype=float)
    return of(values, [code in too_small(store) for code in codes])


def of_series(store: Store, series: pd.Series, codes: Sequence[str]) -> tuple[float, int]:
    """The mean of one figure of some areas, NaN where the rule gives none, and how many of them have it."""
    found = of_table(store, series.to_frame(), codes)
    return float(found.mean[0]), int(found.known[0])


def given(known: NDArray[np.int64], number: int) -> NDArray[np.bool_]:
    """Whether a figure of `number` areas is given of which `known` have one."""
    if number <= 1:
        return np.asarray(known == number) & (number > 0)
    return np.asarray((2 * known >= number) & (known >= FEWEST))


def why_none(known: int, number: int) -> str:
    """Why there is no mean of those compared: `only 2 of 10 have one`; empty where there is one, or nobody is
    compared."""
    if number == 0 or bool(given(np.array(known), number)):
        return ""
    if number == 1:
        return "it has none"
    if number < FEWEST:
        return f"a mean needs {FEWEST} areas"
    if not known:
        return f"none of the {number} has one"
    return f"only {known} of {number} {'has' if known == 1 else 'have'} one"


def of_how_many(known: int, number: int) -> str:
    """` (9 of 10)` where some have no figure, else nothing."""
    return f" ({known} of {number})" if known < number else ""


def said(names: Sequence[str], known: Sequence[int], number: int) -> str:
    """`The mean is of 9 of 10 at A, of 8 of 10 at B and C.`; nothing where all have a figure or no mean is given."""
    parts: dict[int, list[str]] = {}
    for name, count in zip(names, known, strict=True):
        if count < number and not why_none(count, number):
            parts.setdefault(count, []).append(name)
    told = "; of ".join(f"{count} of {number}: {listed(rows)}" for count, rows in parts.items())
    return f"The mean is of {told}." if parts else ""


def lacking(reasons: Mapping[str, str]) -> str:
    """Who is left out of a mean and why, area -> reason: `Rutland and Luton (not available); City of London (...)`.

    Of more than MOST_NAMED only how many they are is said, by the reason.
    """
    parts: dict[str, list[str]] = {}
    for name, why in reasons.items():
        parts.setdefault(why, []).append(name)
    if len(reasons) > MOST_NAMED:
        return "; ".join(f"{len(names)} of them ({why})" for why, names in parts.items())
    return "; ".join(f"{listed(names)} ({why})" for why, names in parts.items())


def why(known: int, number: int, reasons: Mapping[str, str]) -> str:
    """Why there is no figure of those compared, and who lacks one; nothing where there is one.

    `only 2 of 10 have one; left out: Rutland and Luton (not available)`; of one area alone its reason. `reasons`: area
    -> why it has none that counts.
    """
    if number == 1:
        return next(iter(reasons.values()), "")
    told, every = why_none(known, number), set(reasons.values())
    if not told or not reasons or number < FEWEST:
        return told
    if not known and len(every) == 1:  # all of them for one reason: their names would say nothing more
        return f"{told}: {every.pop()}"
    return f"{told}; left out: {lacking(reasons)}"


def counted(known: NDArray[np.int64], number: int) -> list[str]:
    """`9 of 10` for each mean; empty where there is nobody to compare with."""
    return [f"{count} of {number}" if number else "" for count in known]


def statuses(values: Floats, why: Sequence[str], otherwise: str) -> list[str]:
    """Why each figure is there or not: `value`, the reason in `why`, or `otherwise` where that names none."""
    return [
        VALUE if not np.isnan(value) else reason if reason and reason != VALUE else otherwise
        for value, reason in zip(values, why, strict=True)
    ]
