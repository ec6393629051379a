"""Three things of every area, which are never added to one another.

- `pupils`, `pupils_by_year`, `pupils_of`: per cent of the pupils of schools located there, by school year;
- `plans_in_place`: plans that the authority maintains, wherever the child learns, a stock each January;
- `rates`, `rate_labels`: those plans over the residents of the same ages, for every 1,000 of them.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sendlib.compared import doubtful, latest, means
from sendlib.compared.latest import summer_before
from sendlib.store import Store, kept_with_store
from sendlib.tables.population import CHILDREN, OLDEST


@kept_with_store(area_by_area=True)
def pupils(store: Store) -> pd.DataFrame:
    """Per cent of pupils (all schools): one row an area and school year, columns ehc_plan and sen_support."""
    table = store.table("school_sen")
    rows = table[table["phase"].eq("all")].astype({"area_code": str, "period": str, "measure": str})
    return rows.pivot(index=["area_code", "period"], columns="measure", values="value")


@kept_with_store()
def pupils_by_year(store: Store) -> pd.DataFrame:
    """The same per cents wide: one row an area, columns (measure, school year)."""
    return pupils(store).unstack("period")


@kept_with_store(16)
def pupils_of(store: Store, year: str) -> pd.DataFrame:
    """The same per cents for one school year: one row an area."""
    return pupils(store).xs(year, level="period")


def school_year_of(store: Store, code: str) -> str:
    """The newest school year in which an area has both shares of its own; the newest of all where it has none.

    Of several authorities together that may be an older one: newer shares are published without the numbers of pupils.
    """
    newest, table = latest.school_year(store), pupils_by_year(store)
    if code not in table.index:
        return newest
    held = table.loc[code].unstack("period").notna().all()
    return max((str(year) for year in held.index[held] if str(year) <= newest), default=newest)


def middle_half(store: Store, table: pd.DataFrame, codes: Sequence[str]) -> NDArray[np.float64]:
    """Between which values the middle half of some areas lie (2 x columns of a table with one row an area); NaN where
    the rule for several areas gives no range. Those who are too small count as little as in a mean."""
    values = table.reindex(list(codes)).to_numpy(dtype=float)
    values = values[[code not in means.too_small(store) for code in codes]]
    given = means.given((~np.isnan(values)).sum(axis=0), len(codes))
    found = np.full((2, values.shape[1]), np.nan)
    if given.any():
        found[:, given] = np.nanpercentile(values[:, given], [25, 75], axis=0)
    return found


@kept_with_store()
def plans_for_means(store: Store) -> pd.DataFrame:
    """The same without the numbers that are doubtful: what a mean, a range or a headline is made of."""
    return doubtful.without(store, doubtful.PLANS, plans_in_place(store))


@kept_with_store(area_by_area=True)
def plans_in_place(store: Store) -> pd.DataFrame:
    """All plans as published: one row an area, one column a January."""
    table = store.table("plans")
    rows = table[table["measure"].eq("plans") & table["characteristic"].eq("total")]
    rows = rows.astype({"area_code": str, "period": str})
    return rows.pivot(index="area_code", columns="period", values="value")


def residents(store: Store, january: str) -> pd.Series:
    """Residents aged 0 to 25 in the summer before a January, by area code; an area without one of the ages has none.

    Empty where that summer is not held by single year of age.
    """
    return residents_of(store, summer_before(january))


@kept_with_store(4, area_by_area=True)
def residents_of(store: Store, summer: str) -> pd.Series:
    """Residents aged 0 to 25 of a mid-year."""
    people = store.table("population")
    single = people[people["period"].eq(summer) & people["age"].ne(CHILDREN)].astype({"area_code": str})
    by_area = single.groupby("area_code")["value"]
    return by_area.sum()[by_area.count().eq(OLDEST + 1)]


@kept_with_store(area_by_area=True)
def rates(store: Store, january: str = "") -> pd.DataFrame:
    """Plans per 1,000 residents, where ages and years fit; one row an area.

    `all_ages`: plans (ages 0 to 25) of `january`, or of the newest for which residents aged 0 to 25 are known, over
    those of latest.summer_of_residents: the summer before, or the one before that where it is not held; `rate_labels`
    says which. `under_18_2025` and so on:
    plans of children under 18 in January over residents aged 0 to 17 in the
    summer before; not available where the ages of the plans do not add up to
    all plans.
    """
    people = store.table("population")
    last = january or latest.january_with_residents(store)
    below = residents_of(store, latest.summer_of_residents(store, last))
    frame = pd.DataFrame({"all_ages": 1000 * plans_in_place(store)[last] / below})
    children = people[people["age"].eq(CHILDREN)].astype({"area_code": str, "period": str})
    children = children.set_index(["area_code", "period"])["value"]
    plans = store.table("plans")
    ages = plans[plans["characteristic"].eq("age")].astype({"area_code": str, "period": str, "category": str})
    young = ages["category"].map(lambda age: age == "Under 3" or (age.isdigit() and int(age) < 18)).astype(bool)
    for period in latest.januaries_with_ages(store):
        here = ages["period"].eq(period)
        under_18 = ages[here & young].groupby("area_code")["value"].sum()
        complete = ages[here].groupby("area_code")["value"].sum().eq(plans_in_place(store)[period])
        below = children.xs(summer_before(period), level="period")
        frame[f"under_18_{period[:4]}"] = (1000 * under_18 / below).where(
            complete.reindex(below.index, fill_value=False)
        )
    return frame


@kept_with_store()
def rates_for_means(store: Store, january: str = "") -> pd.DataFrame:
    """The same without the rates that rest on a doubtful number of plans."""
    last = january or latest.january_with_residents(store)
    doubted = doubtful.areas_in_doubt(store, doubtful.PLANS, last)
    table = rates(store, last).copy()
    table.loc[table.index.isin(list(doubted)), "all_ages"] = float("nan")
    return table


def rate_labels(store: Store, january: str = "") -> dict[str, str]:
    """What each rate of `rates` is, in words."""
    last = january or latest.january_with_residents(store)
    labels = {
        "all_ages": (
            f"Plans of {latest.said(last)} (ages 0 to 25) per 1,000 residents aged 0 to 25 in"
            f" {latest.said_residents(store, last)}"
        )
    }
    for period in latest.januaries_with_ages(store):
        summer = latest.said(summer_before(period))
        labels[f"under_18_{period[:4]}"] = (
            f"Plans of children under 18, {latest.said(period)}, per 1,000 residents aged 0 to 17 in {summer}"
        )
    return labels
