"""Children in need, on a protection plan and looked after, by SEN status: the newest year of care, and LAIT's over
time."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from sendlib.answer import Column, missing
from sendlib.answer.numbers import listed, written
from sendlib.areas import ENGLAND, Area
from sendlib.compared.comparators import Comparators, known_areas
from sendlib.questions.doing_well import outcome_cube as outcomes
from sendlib.questions.doing_well.beside import NO_MEAN, of_those_compared
from sendlib.questions.doing_well.columns import AREA_OR_MEAN, OF_THE_MEAN, STATUS
from sendlib.store import Store, kept_with_store
from sendlib.tables.care import GROUPS as CARE_GROUPS
from sendlib.tables.outcomes import GROUPS
from sendlib.tables.symbols import HIDDEN, NOT_APPLICABLE, NOT_AVAILABLE, VALUE

CARE_BY_AREA = {code: CARE_GROUPS[code] for code in ("in_need", "protection_plan", "looked_after_12_months")}
"""Children of whom there are figures of every area."""
CARE_SEN = {"sen_support": "SEN support", "ehc_plan": "EHC plan or statement", "no_sen": "No identified SEN"}
SOCIAL = {"share_of_looked_after": "Looked after for a year or more", "share_of_in_need": "In need, of school age"}
SEN_OF_SOCIAL = {sen: GROUPS[sen] for sen in ("ehc_plan", "sen_support")}

_CHILDREN = "which children in need or looked after the row is about"
_SEN_OF_CHILDREN = "the SEN status whose share of these children is given"
_YEAR_OF_COUNT = "school year of the 31 March on which the children were counted"
CARE_COLUMNS = {
    "children_who": Column("Children", f"{_CHILDREN}, or all pupils of England to set beside them"),
    "pupils_with": Column("SEN status", _SEN_OF_CHILDREN),
    "measured_in": Column("School year", _YEAR_OF_COUNT, analysts_only=True),
    "children": Column(
        "Children here",
        "how many of these children here have this SEN status, of those found in the school census",
        "children",
        0,
    ),
    "of_children": Column(
        "Of how many here", "all of these children here who were found in the school census", "children", 0
    ),
    "reached": Column(
        "Here", "share of these children here who have this SEN status, of those found in the school census", "%", 1
    ),
    "comparator_reached": Column(
        "Mean of those compared",
        "plain mean of the same share among those compared; missing where fewer than half or fewer than three have one",
        "%",
        1,
    ),
    **OF_THE_MEAN,
    "england_reached": Column("England", "the same share of these children in England", "%", 1),
    "england_children": Column(
        "Children, England", "how many of these children of England have this SEN status, to ten", "children", 0
    ),
    "status": STATUS,
}
CARE_TIME_COLUMNS = {
    "children_who": Column("Children", _CHILDREN),
    "group": AREA_OR_MEAN,
    "pupils_with": Column("SEN status", _SEN_OF_CHILDREN),
    "year": Column("School year", _YEAR_OF_COUNT, period=True),
    "reached": Column(
        "Share of these children",
        "share who have this SEN status, on 31 March",
        "%",
        1,
        measure="{children_who}, share with SEN: {pupils_with}",
    ),
    **OF_THE_MEAN,
    "status": STATUS,
}


@kept_with_store()
def _care(store: Store) -> tuple[str, pd.DataFrame, pd.DataFrame]:
    """The newest year of care: values and statuses, one row an area, columns (group, SEN status)."""
    wide = _shares(store).pivot(index="area_code", columns=["group", "sen"], values=["value", "status"])
    return care_year(store), wide["value"].astype(float), wide["status"]


@kept_with_store(area_by_area=True)
def _shares(store: Store) -> pd.DataFrame:
    """Per cent of the children of each group by SEN status in the newest year. Of a group of authorities, of which none
    is published, its children with that status out of all its children, both added up."""
    table = store.table("care")
    rows = table[table["need"].eq("all") & table["period"].eq(care_year(store))]
    rows = rows.astype(dict.fromkeys(("area_code", "group", "sen", "unit", "status"), str))
    by = ["area_code", "group", "sen"]
    children = rows[rows["unit"].eq("children")].set_index(by)[["value", "status"]]
    shares = rows[rows["unit"].eq("percent")][[*by, "value", "status"]].reset_index(drop=True)
    several = {code for code, area in known_areas(store).groups.items() if len(area.parts) > 1}
    wanted = shares["area_code"].isin(several).to_numpy()
    of = children.reindex(pd.MultiIndex.from_frame(shares.loc[wanted, by]))
    among = children.reindex(pd.MultiIndex.from_frame(shares.loc[wanted, by].assign(sen="all")))
    whole = among["value"].to_numpy(dtype=float)
    share = 100 * of["value"].to_numpy(dtype=float) / np.where(whole > 0, whole, np.nan)
    hidden = of["status"].eq(HIDDEN).to_numpy() | among["status"].eq(HIDDEN).to_numpy()
    why = np.where(np.isnan(share), np.where(hidden, HIDDEN, NOT_AVAILABLE), VALUE)
    shares.loc[wanted, "value"], shares.loc[wanted, "status"] = share, why
    return shares


@kept_with_store(area_by_area=True)
def _numbers(store: Store) -> pd.DataFrame:
    """Children of each group in the newest year: a row an area, a column a (group, SEN status), `all` among them."""
    table = store.table("care")
    rows = table[table["need"].eq("all") & table["period"].eq(care_year(store)) & table["unit"].eq("children")]
    rows = rows.astype(dict.fromkeys(("area_code", "group", "sen"), str))
    return rows.pivot(index="area_code", columns=["group", "sen"], values="value").astype(float)


def _counted(store: Store, code: str, keys: Sequence[tuple[str, str]]) -> list[float]:
    """The numbers of an area, NaN where there is none."""
    numbers = _numbers(store)
    row = numbers.loc[code] if code in numbers.index else pd.Series(dtype=float)
    return [float(row.get(key, np.nan)) for key in keys]


@kept_with_store(of_base=True)
def care_year(store: Store) -> str:
    """The newest school year of the table `care`."""
    table = store.table("care")
    rows = table[table["need"].eq("all") & table["unit"].eq("percent")]
    return str(rows["period"].astype(str).max())


def care(store: Store, area: Area, others: Comparators | None) -> pd.DataFrame:
    """Children in need, on a protection plan and looked after, by SEN status; all pupils of England beside; columns
    CARE_COLUMNS."""
    year, values, statuses = _care(store)
    day, keys = f"20{year[-2:]}-03-31", [(group, sen) for group in CARE_BY_AREA for sen in CARE_SEN]
    codes = list(others.codes) if others else []
    why = statuses.reindex(codes)[keys].astype(object).fillna(NOT_AVAILABLE).to_numpy()
    beside = of_those_compared(store, others, values.reindex(codes)[keys].to_numpy(), why)
    own = [float(values[key].get(area.code, np.nan)) for key in keys]
    published = [statuses[key].get(area.code) for key in keys]
    frame = pd.DataFrame(
        {
            "children_who": [CARE_BY_AREA[group] for group, _ in keys],
            "pupils_with": [CARE_SEN[sen] for _, sen in keys],
            "measured_in": year,
            "children": _counted(store, area.code, keys),
            "of_children": _counted(store, area.code, [(group, "all") for group, _ in keys]),
            "reached": own,
            "comparator_reached": beside.values,
            **beside.columns,
            "england_reached": [float(values.at[ENGLAND, key]) for key in keys],
            "england_children": _counted(store, ENGLAND, keys),
            "status": [
                missing.why(area, day, status) if np.isnan(value) else VALUE
                for value, status in zip(own, published, strict=True)
            ],
        }
    )
    return pd.concat([frame, _pupils(store, area)], ignore_index=True)[list(CARE_COLUMNS)]


def in_numbers(table: pd.DataFrame, area: Area) -> str:
    """The counts of `care`, a sentence a group: `On a child protection plan, not looked after: 76 with an EHC plan or
    statement, of 710.`; empty where none is known."""
    told = []
    for who, rows in table[table["children_who"].isin(CARE_BY_AREA.values())].groupby("children_who", sort=False):
        known = rows[rows["children"].notna()].set_index("pupils_with")["children"]
        parts = [
            f"{written(known[CARE_SEN[sen]])} {words}" for sen, words in _IN_NUMBERS.items() if CARE_SEN[sen] in known
        ]
        whole = rows["of_children"].iloc[0]
        if parts and whole == whole:
            told.append(f"{who}: {listed(parts)}, of {written(whole)}.")
    return f"In numbers, {area.in_text}. {' '.join(told)}" if told else ""


_IN_NUMBERS = {"sen_support": "with SEN support", "ehc_plan": "with an EHC plan or statement"}


def _pupils(store: Store, area: Area) -> pd.DataFrame:
    """The rows of all pupils of England."""
    england = np.array(list(all_pupils(store).values()))
    here = area.code == ENGLAND
    own = np.where(np.isnan(england), NOT_AVAILABLE, VALUE) if here else np.full(len(england), NOT_APPLICABLE)
    keys = [("all_pupils", sen) for sen in CARE_SEN]
    pupils, whole = (_counted(store, ENGLAND, wanted) for wanted in (keys, [("all_pupils", "all")] * len(keys)))
    return pd.DataFrame(
        {
            "children_who": "All pupils (England only)",
            "pupils_with": list(CARE_SEN.values()),
            "measured_in": care_year(store),
            "children": pupils if here else np.nan,
            "of_children": whole if here else np.nan,
            "reached": england if here else np.nan,
            "comparator_reached": np.nan,
            **NO_MEAN,
            "england_reached": england,
            "england_children": pupils,
            "status": own,
        }
    )


def all_pupils(store: Store) -> dict[str, float]:
    """SEN status -> per cent of all pupils of England in the newest year of care."""
    _, values, _ = _care(store)
    return {sen: float(values.at[ENGLAND, ("all_pupils", sen)]) for sen in CARE_SEN}


@kept_with_store()
def over_time_columns(store: Store) -> tuple[list[int], pd.DataFrame]:
    """The columns of the cube for every share of SOCIAL by SEN status and year, and their words."""
    held = outcomes.cube(store).columns
    keys = [
        (measure, sen, year)
        for measure in SOCIAL
        for sen in SEN_OF_SOCIAL
        for year in outcomes.years(store, measure)
        if (measure, sen, year) in held
    ]
    words = pd.DataFrame(
        {
            "children_who": [SOCIAL[key[0]] for key in keys],
            "pupils_with": [SEN_OF_SOCIAL[key[1]] for key in keys],
            "year": [key[2] for key in keys],
        }
    )
    return [held[key] for key in keys], words


def care_over_time(store: Store, area: Area, others: Comparators | None) -> pd.DataFrame:
    """LAIT's shares of looked-after children and children in need with SEN, which are newer; columns
    CARE_TIME_COLUMNS."""
    columns, words = over_time_columns(store)
    found = outcomes.of_groups(store, area, others, columns)
    parts = [words.assign(group=line.name, reached=line.values, **line.of, status=line.statuses) for line in found]
    whole = pd.concat(parts, ignore_index=True)
    return whole.sort_values(["children_who"], ascending=False, kind="stable", ignore_index=True)[
        list(CARE_TIME_COLUMNS)
    ]
