"""Which period is the newest that a table holds figures for: pages follow the data, not a date in the code."""

from __future__ import annotations

from sendlib.areas import ENGLAND
from sendlib.errors import NoData
from sendlib.store import Store, kept_with_store
from sendlib.tables.periods import spoken
from sendlib.tables.population import CHILDREN
from sendlib.tables.symbols import VALUE


@kept_with_store(256)
def newest(store: Store, /, name: str, **pinned: str) -> str:
    """The newest period of a table in which England has a figure in the rows pinned. Raises NoData."""
    return periods(store, name, **pinned)[-1]


@kept_with_store(256)
def periods(store: Store, /, name: str, **pinned: str) -> tuple[str, ...]:
    """All periods of a table in which England has a figure in the rows pinned, oldest first. Raises NoData."""
    rows = store.rows(name, ENGLAND)
    for column, label in pinned.items():
        rows = rows[rows[column].eq(label)]
    found = sorted(rows.loc[rows["status"].eq(VALUE), "period"].astype(str).unique())
    if not found:
        raise NoData(f"The table '{name}' has no figure of England for {', '.join(pinned.values()) or 'any period'}.")
    return tuple(found)


def january(store: Store) -> str:
    """The newest January with EHC plans."""
    return newest(store, "plans", measure="plans", characteristic="total")


def five_years_before(period: str) -> str:
    """The January five years before another."""
    return f"{int(period[:4]) - 5}-01"


def school_year(store: Store) -> str:
    """The newest school year with the pupils who have SEN."""
    return newest(store, "school_sen", measure="ehc_plan", phase="all")


def january_with_residents(store: Store) -> str:
    """The newest January with EHC plans for which residents of the summer before are known by single year of age."""
    people = set(periods(store, "population", age="0"))
    fitting = [
        period
        for period in periods(store, "plans", measure="plans", characteristic="total")
        if summer_before(period) in people
    ]
    if not fitting:
        raise NoData("No January with EHC plans has residents by single year of age for the summer before.")
    return fitting[-1]


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
