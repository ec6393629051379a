"""Who has which need: the mix by age, sex and placement, of new plans, and in local schools.

Counts are as DfE publishes them, which hides none. What Show and Families leave unsaid is Table.of_few's business.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sendlib.answer import Column
from sendlib.compared import latest
from sendlib.store import Store, kept_with_store
from sendlib.tables.ehc_labels import AGE_BANDS, PLACEMENT_GROUP_TOTALS
from sendlib.tables.needs import DOWN_SYNDROME, NEEDS, PLANS, UNKNOWN
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
ALL_SCHOOLS = "All schools"
"""The first category of `in_schools`; the others are the words of PHASES."""
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
GYPSY_OR_ROMA, TRAVELLER = "Gypsy or Roma", "Traveller of Irish heritage"
ETHNIC_GROUPS = {
    "White - White British": "White British",
    "White - Irish": "White Irish",
    "White - Gypsy/Roma": GYPSY_OR_ROMA,
    "White - Traveller of Irish heritage": TRAVELLER,
    "White - Any other White background": "Any other White background",
    "Mixed - White and Black Caribbean": "Mixed: White and Black Caribbean",
    "Mixed - White and Black African": "Mixed: White and Black African",
    "Mixed - White and Asian": "Mixed: White and Asian",
    "Mixed - Any other Mixed background": "Any other Mixed background",
    "Asian - Indian": "Indian",
    "Asian - Pakistani": "Pakistani",
    "Asian - Bangladeshi": "Bangladeshi",
    "Asian - Chinese": "Chinese",
    "Asian - Any other Asian background": "Any other Asian background",
    "Black - Black African": "Black African",
    "Black - Black Caribbean": "Black Caribbean",
    "Black - Any other Black background": "Any other Black background",
    "Any other ethnic group": "Any other ethnic group",
    "Unclassified": "Unclassified",
}
"""DfE's ethnic groups -> what they are called here, in the order in which they are shown."""
_NAMES = {**NEEDS, UNKNOWN: "Not recorded"}
_SCHOOL_NAMES = {
    **NEEDS,
    DOWN_SYNDROME: "Down syndrome",
    UNASSESSED: "SEN support, type of need not assessed",
    UNKNOWN: "Not recorded",
}


@kept_with_store(16, area_by_area=True)
def of_all_plans(store: Store, characteristic: str) -> dict[str, NDArray[np.float64]]:
    """Of each area: counts of all plans by group (`groups_of`) and need (the known needs, then unknown), and last all
    plans of the group; NaN where not available."""
    return grouped(store, "all", characteristic, groups_of(characteristic))


def grouped(store: Store, scope: str, characteristic: str, groups: Mapping[str, str]) -> dict[str, NDArray[np.float64]]:
    """The same of plans of a scope in its newest period, published categories put together as `groups` says, which
    leaves out those that it does not name."""
    table = store.table("needs")
    now = table["scope"].eq(scope) & table["period"].eq(latest.needs_period(store, scope))
    rows = table[now & table["characteristic"].eq(characteristic)]
    counted, order = [*_NAMES, PLANS], list(dict.fromkeys(groups.values()))
    places = [
        places_of(rows["category"], {label: order.index(group) for label, group in groups.items()}),
        places_of(rows["need"], {need: place for place, need in enumerate(counted)}),
    ]
    wanted = (places[0] >= 0) & (places[1] >= 0)
    areas = sorted({str(code) for code in rows.loc[wanted, "area_code"].unique()})
    of_area = places_of(rows["area_code"], {code: place for place, code in enumerate(areas)})
    # A combination without a row is one without children; a group with a part that is not available is not known.
    summed = np.zeros((len(areas), len(order), len(counted)))
    np.add.at(summed, (of_area[wanted], places[0][wanted], places[1][wanted]), rows["value"].to_numpy()[wanted])
    return dict(zip(areas, summed, strict=True))


def places_of(column: pd.Series, place: Mapping[str, int]) -> NDArray[np.int64]:
    """For each row the place of its label; -1 of one that has none."""
    codes, labels = pd.factorize(column)
    places = np.array([place.get(str(label), -1) for label in labels], dtype=np.int64)
    return np.asarray(places[codes])


def groups_of(characteristic: str) -> dict[str, str]:
    """How published categories are put together, or called, for showing, in the order in which they are shown."""
    if characteristic == "age":
        return {"Under 3": "Under 5"} | {
            str(age): band for band, (first, last) in AGE_BANDS.items() for age in range(first, last + 1)
        }
    if characteristic == "sex":
        return {"Female": "Female", "Male": "Male"}
    return dict(ETHNIC_GROUPS if characteristic == "ethnicity" else PLACEMENT_GROUP_TOTALS)


def by(store: Store, characteristic: str, area_code: str) -> pd.DataFrame:
    """The mix of all plans by age band, sex, ethnic group or group of placements."""
    order = list(dict.fromkeys(groups_of(characteristic).values()))
    held = of_all_plans(store, characteristic).get(area_code)
    if held is None:
        return _shown(order, _NAMES, np.full((len(order), len(_NAMES)), np.nan))
    return _shown(order, _NAMES, held[:, :-1], held[:, -1])


@kept_with_store(area_by_area=True)
def _totals(store: Store) -> dict[str, NDArray[np.float64]]:
    """Of each area: all plans and new plans by need, and last all of them (2 x needs)."""
    table = store.table("needs")
    newest = {scope: latest.needs_period(store, scope) for scope in ("all", "new")}
    rows = table[table["characteristic"].eq("total")].astype(
        {"area_code": str, "scope": str, "need": str, "period": str}
    )
    rows = rows[rows["period"].eq(rows["scope"].map(newest))]
    columns = [*_NAMES, PLANS]
    wide = rows.pivot(index=["area_code", "scope"], columns="need", values="value").reindex(columns=columns)
    codes = list(dict.fromkeys(rows["area_code"]))
    both = (
        wide.reindex(pd.MultiIndex.from_product([codes, ["all", "new"]]))
        .to_numpy()
        .reshape(len(codes), 2, len(columns))
    )
    return dict(zip(codes, both, strict=True))


def new_and_all(store: Store, area_code: str) -> pd.DataFrame:
    """The mix of all plans in January beside that of the plans that started the year before; totals, as published."""
    stock, flow = (latest.said(latest.needs_period(store, scope)) for scope in ("all", "new"))
    held = _totals_of(store, area_code)
    frame = _shown([f"All plans, {stock}", f"New plans, {flow}"], _NAMES, held[:, :-1], held[:, -1])
    frame.insert(0, "scope", np.repeat([ALL_PLANS, NEW_PLANS], len(_NAMES)))
    # Whole authorities: shares of the plans with a recorded need, as everywhere else.
    without = frame["need"].eq(UNKNOWN).to_numpy()
    whole = np.repeat(_recorded(held), len(_NAMES))
    frame["share"] = (100 * frame["count"] / whole).where(~without & (whole > 0))
    return frame


def _totals_of(store: Store, area_code: str) -> NDArray[np.float64]:
    """The row of an area of `_totals`; NaN of one that the table does not know."""
    return _totals(store).get(area_code, np.full((2, len(_NAMES) + 1), np.nan))


def _recorded(held: NDArray[np.float64]) -> NDArray[np.float64]:
    """Plans with a recorded need of each row of `_totals`: the sum of the needs, or all plans less those without one
    where a need is missing."""
    needs, unknown, plans = held[:, : len(NEEDS)], held[:, len(NEEDS)], held[:, -1]
    summed, otherwise = needs.sum(axis=1), plans - unknown
    return np.where(np.isnan(summed) & (np.nansum(needs, axis=1) <= otherwise), otherwise, summed)


def all_plans(store: Store, area_code: str) -> pd.DataFrame:
    """The mix of all plans in January alone: those without a recorded need have a row of their own; totals, as
    published."""
    held = _totals_of(store, area_code)[:1]
    return _shown(["All plans"], _NAMES, held[:, :-1], held[:, -1])


@kept_with_store(of_base=True)
def school_census(store: Store) -> str:
    """The school year of the newest census of pupils by need."""
    return str(store.table("school_needs")["period"].astype(str).max())


def _newest_census(store: Store, provision: str) -> pd.DataFrame:
    """Pupils with a provision in the newest census by area, phase and need."""
    rows = store.table("school_needs")
    return rows[rows["period"].eq(school_census(store)) & rows["provision"].eq(provision)]


@kept_with_store(of_base=True)
def school_needs(store: Store, provision: str = ANY) -> dict[str, str]:
    """Needs of the newest census with their names. A need that no row has, such as Down syndrome before it was told
    apart, is not among them; none of a provision that the census does not tell apart."""
    held = set(_newest_census(store, provision)["need"].astype(str))
    return {need: name for need, name in _SCHOOL_NAMES.items() if need in held}


@kept_with_store(area_by_area=True)
def schools(store: Store, provision: str = ANY) -> dict[str, pd.DataFrame]:
    """Of each area: pupils of the newest census by phase (rows, in the order of PHASES) and need."""
    rows = _newest_census(store, provision).astype({"area_code": str, "phase": str, "need": str})
    missing = rows.loc[rows["value"].isna(), ["area_code", "phase"]].drop_duplicates()
    wide = rows.pivot(index=["area_code", "phase"], columns="need", values="value")
    wide = wide.reindex(columns=list(school_needs(store.base, provision))).fillna(0)
    wide[wide.index.isin(pd.MultiIndex.from_frame(missing))] = np.nan  # a kind of school with a gap has no mix
    return {
        str(code): part.droplevel("area_code").reindex([phase for phase in PHASES if (code, phase) in part.index])
        for code, part in wide.groupby(level="area_code")
    }


def in_schools(store: Store, area_code: str, provision: str = ANY) -> pd.DataFrame:
    """Pupils with SEN in the schools of the area by phase and need, in the newest census."""
    of_area, names = schools(store, provision), school_needs(store, provision)
    if area_code not in of_area:
        return _shown([ALL_SCHOOLS], names, np.full((1, len(names)), np.nan))
    wide = of_area[area_code]
    counts = wide.to_numpy()
    phases = _shown([PHASES[phase] for phase in wide.index], names, counts)
    whole = _shown([ALL_SCHOOLS], names, counts.sum(axis=0)[None, :])
    if len(counts) == 1:
        return whole  # one kind of school says the same again
    return pd.concat([whole, phases], ignore_index=True)


def _shown(
    categories: list[str],
    names: dict[str, str],
    counts: NDArray[np.float64],
    published: NDArray[np.float64] | None = None,
) -> pd.DataFrame:
    """Categories by needs as long rows with shares of the category, those without a recorded need included.

    `published`: all of a category as published, of which the shares are where a need of it is missing.
    """
    whole = counts.sum(axis=1, keepdims=True)
    if published is not None:
        enough = published >= np.nansum(counts, axis=1)
        whole = np.where(np.isnan(whole) & enough[:, None], published[:, None], whole)
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
