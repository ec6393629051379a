"""Who has which need: the mix by age, sex and placement, of new plans, and in local schools.

Counts are as DfE publishes them, which hides none. What Show and Families leave unsaid is Table.of_few's business.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sendlib.answer import Column
from sendlib.compared import latest
from sendlib.store import Store, kept_with_store
from sendlib.tables.ehc_labels import AGE_BANDS, PLACEMENT_GROUP_TOTALS
from sendlib.tables.needs import DOWN_SYNDROME, NEEDS, UNKNOWN
from sendlib.tables.school_needs import ANY, PHASES, UNASSESSED
from sendlib.tables.symbols import NOT_AVAILABLE, VALUE


def columns(category: Column, counted: str, share: Column) -> dict[str, Column]:
    """What the columns of these tables are: `category` is what they are divided by, `counted` whom they count (plans,
    pupils)."""
    return {
        "category": category,
        "need": Column("Need (code)", "code of the primary need", only_in_files=True),
        "name": Column("Need", "primary need, the one that was recorded first for the child"),
        "count": Column(counted.capitalize(), f"{counted} with this primary need", counted, 0),
        "share": share,
        "status": Column("Status", "value, or why there is no number", only_in_files=True),
    }


_OF_THE_GROUP = Column("Share", "part of all plans of the group, those without a recorded need included", "%", 1)
OF_A_CROSS = {
    "age": columns(Column("Age", "age of the child or young person in January, in years"), "plans", _OF_THE_GROUP),
    "sex": columns(Column("Sex", "sex as recorded with the plan"), "plans", _OF_THE_GROUP),
    "placement": columns(
        Column("Placement", "kind of place where the child or young person learns"), "plans", _OF_THE_GROUP
    ),
}
"""Characteristic -> what the columns of `by` are."""
ALL_PLANS, NEW_PLANS = "all", "new"
"""Scopes of `new_and_all`."""
OF_NEW_AND_ALL = {
    "scope": Column("Scope (code)", "all plans, or new ones", only_in_files=True),
    **columns(
        Column("Whose plans", "all plans in January, or those that started in the year before"),
        "plans",
        Column("Share", "part of the plans with a recorded need", "%", 1),
    ),
}
OF_SCHOOLS = columns(
    Column("Kind of school", "kind of the state-funded schools located here; all of them together first"),
    "pupils",
    Column(
        "Share of pupils",
        "part of the pupils with SEN in these schools, those without a recorded need included",
        "%",
        1,
    ),
)
_NAMES = {**NEEDS, UNKNOWN: "Not recorded"}
_SCHOOL_NAMES = {
    **NEEDS,
    DOWN_SYNDROME: "Down syndrome",
    UNASSESSED: "SEN support, type of need not assessed",
    UNKNOWN: "Not recorded",
}


@kept_with_store(16)
def _cube(store: Store, characteristic: str) -> tuple[dict[str, int], list[str], NDArray[np.float64]]:
    """Counts of all plans by area, category and need (the known needs, then unknown); NaN where not available."""
    table = store.table("needs")
    now = table["scope"].eq("all") & table["period"].eq(latest.needs_period(store, "all"))
    rows = table[now & table["characteristic"].eq(characteristic) & table["need"].isin(list(_NAMES))]
    rows = rows.astype({"area_code": str, "category": str, "need": str})
    groups, order = groups_of(characteristic) or {}, _ORDER[characteristic]
    rows = rows.assign(category=rows["category"].map(groups)).dropna(subset=["category"])
    missing = set(rows.loc[rows["value"].isna(), "area_code"])
    summed = rows.groupby(["area_code", "category", "need"])["value"].sum()
    areas = sorted(rows["area_code"].unique())
    # A combination without a row is one without children; an area with a figure that is not available has none at all.
    filled = summed.reindex(pd.MultiIndex.from_product([areas, order, list(_NAMES)]), fill_value=0.0)
    filled = filled.where(~filled.index.get_level_values(0).isin(missing))
    return (
        {code: place for place, code in enumerate(areas)},
        order,
        filled.to_numpy().reshape(len(areas), len(order), len(_NAMES)),
    )


_ORDER = {
    "age": list(AGE_BANDS),
    "sex": ["Female", "Male"],
    "placement": list(PLACEMENT_GROUP_TOTALS.values()),
}


def groups_of(characteristic: str) -> dict[str, str] | None:
    """How published categories are put together for showing; None where they are shown as they are."""
    if characteristic == "age":
        return {"Under 3": "Under 5"} | {
            str(age): band for band, (first, last) in AGE_BANDS.items() for age in range(first, last + 1)
        }
    if characteristic == "sex":
        return {"Female": "Female", "Male": "Male"}
    return dict(PLACEMENT_GROUP_TOTALS) if characteristic == "placement" else None


def by(store: Store, characteristic: str, area_code: str) -> pd.DataFrame:
    """The mix of all plans by age band, sex or group of placements."""
    places, order, cube = _cube(store, characteristic)
    counts = cube[places[area_code]] if area_code in places else np.full((len(order), len(_NAMES)), np.nan)
    return _shown(order, _NAMES, counts)


@kept_with_store()
def _totals(store: Store) -> dict[str, NDArray[np.float64]]:
    """Of each area: all plans and new plans by need (2 x needs)."""
    table = store.table("needs")
    newest = {scope: latest.needs_period(store, scope) for scope in ("all", "new")}
    rows = table[table["characteristic"].eq("total")].astype(
        {"area_code": str, "scope": str, "need": str, "period": str}
    )
    rows = rows[rows["period"].eq(rows["scope"].map(newest))]
    wide = rows.pivot(index=["area_code", "scope"], columns="need", values="value")[list(_NAMES)]
    codes = list(dict.fromkeys(rows["area_code"]))
    both = (
        wide.reindex(pd.MultiIndex.from_product([codes, ["all", "new"]])).to_numpy().reshape(len(codes), 2, len(_NAMES))
    )
    return dict(zip(codes, both, strict=True))


def new_and_all(store: Store, area_code: str) -> pd.DataFrame:
    """The mix of all plans in January beside that of the plans that started the year before; totals, as published."""
    stock, flow = (latest.said(latest.needs_period(store, scope)) for scope in ("all", "new"))
    frame = _shown([f"All plans, {stock}", f"New plans, {flow}"], _NAMES, _totals(store)[area_code])
    frame.insert(0, "scope", np.repeat([ALL_PLANS, NEW_PLANS], len(_NAMES)))
    # Whole authorities: shares of the plans with a recorded need, as everywhere else.
    recorded = frame["count"].where(frame["need"].ne(UNKNOWN))
    frame["share"] = 100 * recorded / recorded.groupby(frame["category"]).transform("sum").replace(0, np.nan)
    return frame


def all_plans(store: Store, area_code: str) -> pd.DataFrame:
    """The mix of all plans in January alone: those without a recorded need have a row of their own; totals, as
    published."""
    return _shown(["All plans"], _NAMES, _totals(store)[area_code][:1])


@kept_with_store()
def school_census(store: Store) -> str:
    """The school year of the newest census of pupils by need."""
    return str(store.table("school_needs")["period"].astype(str).max())


@kept_with_store()
def _schools(store: Store) -> tuple[dict[str, pd.DataFrame], dict[str, str]]:
    """Of each area: pupils of the newest census by phase (rows, in the order of PHASES) and need; and its needs' names.

    A need that no census row has, such as Down syndrome before it was told apart, is not among them.
    """
    rows = store.table("school_needs")
    rows = rows[rows["period"].eq(school_census(store)) & rows["provision"].eq(ANY)]
    rows = rows.astype({"area_code": str, "phase": str, "need": str})
    names = {need: name for need, name in _SCHOOL_NAMES.items() if need in set(rows["need"])}
    missing = rows.loc[rows["value"].isna(), ["area_code", "phase"]].drop_duplicates()
    wide = rows.pivot(index=["area_code", "phase"], columns="need", values="value")[list(names)].fillna(0)
    wide[wide.index.isin(pd.MultiIndex.from_frame(missing))] = np.nan  # a kind of school with a gap has no mix
    of_area = {
        str(code): part.droplevel("area_code").reindex([phase for phase in PHASES if (code, phase) in part.index])
        for code, part in wide.groupby(level="area_code")
    }
    return of_area, names


def in_schools(store: Store, area_code: str) -> pd.DataFrame:
    """Pupils with SEN in the schools of the area by phase and need, in the newest census."""
    of_area, names = _schools(store)
    if area_code not in of_area:
        return _shown(["All schools"], names, np.full((1, len(names)), np.nan))
    wide = of_area[area_code]
    counts = wide.to_numpy()
    phases = _shown([PHASES[phase] for phase in wide.index], names, counts)
    whole = _shown(["All schools"], names, counts.sum(axis=0)[None, :])
    if len(counts) == 1:
        return whole  # one kind of school says the same again
    return pd.concat([whole, phases], ignore_index=True)


def _shown(categories: list[str], names: dict[str, str], counts: NDArray[np.float64]) -> pd.DataFrame:
    """Categories by needs as long rows with shares of the category, those without a recorded need included."""
    whole = counts.sum(axis=1, keepdims=True)
    with np.errstate(divide="ignore", invalid="ignore"):
        share = np.where(whole > 0, 100 * counts / whole, np.nan)
    status = np.where(np.isnan(counts), NOT_AVAILABLE, VALUE)
    number = len(names)
    return pd.DataFrame(
        {
            "category": np.repeat(categories, number),
            "need": np.tile(list(names), len(categories)),
            "name": np.tile(list(names.values()), len(categories)),
            "count": counts.ravel(),
            "share": share.ravel(),
            "status": status.ravel(),
        }
    )
