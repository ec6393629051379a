"""Which period is the newest that a table holds figures for: pages follow the data, not a date in the code."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from sendlib.areas import ENGLAND
from sendlib.errors import NoData
from sendlib.store import Store, kept_with_store
from sendlib.tables.periods import spoken
from sendlib.tables.population import CHILDREN
from sendlib.tables.symbols import VALUE

MOST = 0.5
"""Part of the areas that must have a figure for a period to count in which England has none of its own."""


@kept_with_store(256, of_base=True)
def newest(store: Store, /, name: str, **pinned: str) -> str:
    """The newest period of a table in which England has a figure in the rows pinned. Raises NoData."""
    return periods(store, name, **pinned)[-1]


@kept_with_store(256, of_base=True)
def periods(store: Store, /, name: str, **pinned: str) -> tuple[str, ...]:
    """All periods of a table in which England has a figure in the rows pinned, oldest first. Raises NoData.

    Where England's own figure alone is missing from a period, and most areas have theirs, the period counts as well:
    one cell that is not available takes no year from everybody.
    """
    rows = _pinned(store.rows(name, ENGLAND), pinned)
    held = rows["status"].eq(VALUE)
    found = set(rows.loc[held, "period"].astype(str))
    if gaps := set(rows.loc[~held, "period"].astype(str)) - found:
        every = _pinned(store.table(name), pinned)
        share = every["status"].eq(VALUE).groupby(every["period"].astype(str)).mean()
        found |= {period for period in gaps if share[period] > MOST}
    if not found:
        raise NoData(f"The table '{name}' has no figure of England for {', '.join(pinned.values()) or 'any period'}.")
    return tuple(sorted(found))


def _pinned(rows: pd.DataFrame, pinned: Mapping[str, str]) -> pd.DataFrame:
    for column, label in pinned.items():
        rows = rows[rows[column].eq(label)]
    return rows


def january(store: Store) -> str:
    """The newest January with EHC plans."""
    return newest(store, "plans", measure="plans", characteristic="total")


@kept_with_store(256)
def january_of(store: Store, code: str) -> str:
    """The newest January with EHC plans in which an area has a figure of its own; the newest of all where it has none.

    DfE gives some authorities no figure in a year: their pages lead with the year before, and say so.
    """
    return _own_newest(store, code) or january(store)


def _own_newest(store: Store, code: str, among: frozenset[str] | None = None) -> str:
    rows = store.rows("plans", code)
    held = rows["measure"].eq("plans") & rows["characteristic"].eq("total") & rows["status"].eq(VALUE)
    found = {str(period) for period in rows.loc[held, "period"] if among is None or str(period) in among}
    return max(found, default="")


def five_years_before(period: str) -> str:
    """The January five years before another."""
    return f"{int(period[:4]) - 5}-01"


def school_year(store: Store) -> str:
    """The newest school year with the pupils who have SEN."""
    return newest(store, "school_sen", measure="ehc_plan", phase="all")


@kept_with_store(256)
def january_with_residents(store: Store, code: str = ENGLAND) -> str:
    """The newest January with EHC plans for which residents are known (`summer_of_residents`) and in which an area has
    a figure; the newest of England where it has none."""
    fitting = frozenset(
        period
        for period in periods(store, "plans", measure="plans", characteristic="total")
        if summer_of_residents(store, period)
    )
    if not fitting:
        raise NoData("No January with EHC plans has residents by single year of age for the summer before.")
    return _own_newest(store, code, fitting) or max(fitting)


@kept_with_store(64, of_base=True)
def summer_of_residents(store: Store, period: str) -> str:
    """The mid-year whose residents the plans of a January are set over: the summer before, or, where ONS' estimate of
    it is not held, the one before that. Empty where neither is held by single year of age."""
    people = periods(store, "population", age="0")
    right = summer_before(period)
    older = f"{int(right[:4]) - 1}-06"
    return next((summer for summer in (right, older) if summer in people), "")


def said_residents(store: Store, period: str) -> str:
    """That mid-year in words, with the reason where it is not the summer before: `mid-2024 (mid-2025 is not held)`."""
    used, right = summer_of_residents(store, period), summer_before(period)
    return said(used) if used == right else f"{said(used)} (the estimate of {said(right)} is not held here)"


def on_older_plans(store: Store, code: str, in_text: str) -> str:
    """A sentence on an area without a figure of the newest January; empty where it has one, or never had any."""
    newest, own = january(store), january_of(store, code)
    if newest == own:
        return ""
    return (
        f"DfE's file gives no number of plans of {in_text} for {said(newest)} ('not available'; its plans are counted"
        f" in its region and in England). Numbers of plans are those of {said(own)}, those of other areas beside them"
        " too."
    )


def on_residents(store: Store, period: str) -> str:
    """A sentence on residents of a year earlier than those that belong to a January; empty where there is no need."""
    used, right = summer_of_residents(store, period), summer_before(period)
    if used == right:
        return ""
    return (
        f"Rates set plans of {said(period)} over residents of {said(used)}, because the estimate of {said(right)} is"
        " not held here: where the number of residents has grown since, the rate is slightly too high; where it has"
        " fallen, slightly too low."
    )


def januaries_with_ages(store: Store) -> tuple[str, ...]:
    """The last two Januaries with EHC plans by age for which residents aged 0 to 17 of the summer before are known."""
    people = set(periods(store, "population", age=CHILDREN))
    ages = periods(store, "plans", characteristic="age")
    return tuple(period for period in ages if summer_before(period) in people)[-2:]


def summer_before(period: str) -> str:
    """The mid-year before a January: 2024-06 for 2025-01."""
    return f"{int(period[:4]) - 1}-06"


def needs_period(store: Store, scope: str) -> str:
    """The newest period of plans by need, all plans (a January) or new plans (a year)."""
    return newest(store, "needs", scope=scope, characteristic="total", need="plans")


def said(period: str) -> str:
    """A period in words."""
    return spoken(period)
