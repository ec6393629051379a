"""How many with an EHC plan are not in a setting, or not being educated? The sum of a bulletin of 2020, step by step,
for every area and January.

The Council for Disabled Children's Data Bulletin 2 (2020) added up, for England in January 2020:
permanently excluded, arrangements by the authority, elective home education, arrangements by
parents and awaiting provision (12,673 "educated elsewhere"); with young people not in education,
employment or training (NEET) and other placements, less those awaiting provision but in
education, 21,372 or 5.5 % of all plans. Nothing of that is kept here: sum_definitions.py has the
ways to count, sum_steps.py reads the steps, sum_words.py says what a January can give.

A share is of all plans in the file that the numbers come from, as far as the table `elsewhere`
holds its total (placement `all`); else of the table `plans`. The two differ in January 2016 and 2018.

What a January did not collect is missing and never nought. A sum with a missing part is known as
a lower bound, as a range or not at all; it is never a smaller number that looks complete.
"""

from __future__ import annotations

import math

import pandas as pd

from sendlib.compared import latest
from sendlib.errors import NoData
from sendlib.questions.doing_well.calculation import Calculation
from sendlib.questions.doing_well.sum_definitions import (
    AT_LEAST,
    DEFAULT,
    DEFINITIONS,
    EXACT,
    IN_EDUCATION_STEP,
    RANGE,
    UNKNOWN,
)
from sendlib.questions.doing_well.sum_steps import steps as steps_of
from sendlib.questions.doing_well.sum_words import of_base, result_in_words, says
from sendlib.store import Store, kept_with_store
from sendlib.tables import periods
from sendlib.tables.ehc_labels import TOTAL
from sendlib.tables.placements import ALL_PLACEMENTS
from sendlib.tables.symbols import HIDDEN, NOT_AVAILABLE, VALUE

STEP_COLUMNS = {
    "step": "code of the step",
    "label": "what is added or taken off",
    "count": "children and young people with a plan; below zero where they are taken off; missing where not known",
    "running_total": (
        "the sum so far; missing from the first part that is not known; over uncertain steps the most it can be"
    ),
    "status": "published, or why there is no count",
    "certain": "whether all of them count; where not, they are only in the upper end of the range",
}
SUM_COLUMNS = {
    "area_code": "area",
    "period": "January",
    "total": "the sum, where every part is known",
    "low": "the least that the sum can be",
    "high": "the most that the sum can be",
    "certainty": "exact, range, at least or unknown",
    "status": "published, or why there is no total",
    "plans": "all EHC plans of the same file (with statements of SEN to 2018)",
    "share": "total as per cent of all plans",
    "share_low": "low as per cent of all plans",
    "share_high": "high as per cent of all plans",
}


def januaries(store: Store) -> list[str]:
    """Every January that the plans cover, oldest first."""
    return sorted(_plans(store).index.get_level_values("period").unique())


def calculate(store: Store, area_code: str, period: str, definition: str = DEFAULT) -> Calculation:
    """The sum of one area of any kind and January.

    Raises NoData where the area has no plans in that January, or for a
    definition that there is not.
    """
    sums = every(store, definition)
    row = sums[sums["area_code"].eq(area_code) & sums["period"].eq(period)]
    if row.empty:
        raise NoData(f"There are no EHC plans of area {area_code} for {periods.spoken(period)}.")
    everything = steps_of(store, definition)
    steps = everything[everything["area_code"].eq(area_code) & everything["period"].eq(period)]
    steps = steps[list(STEP_COLUMNS)].reset_index(drop=True)
    found = row.iloc[0]
    number = {
        name: None if math.isnan(found[name]) else float(found[name])
        for name in ("total", "low", "high", "share", "share_low", "share_high")
    }
    return Calculation(
        area_code=area_code,
        period=period,
        definition=definition,
        steps=steps,
        certainty=str(found["certainty"]),
        status=str(found["status"]),
        plans=float(found["plans"]),
        says=_said(store, area_code, period, definition, steps, str(found["certainty"])),
        **number,
    )


@kept_with_store(16, area_by_area=True)
def every(store: Store, definition: str = DEFAULT) -> pd.DataFrame:
    """The sum of every area and January; columns SUM_COLUMNS. Raises NoData for an unknown definition."""
    if definition not in DEFINITIONS:
        raise NoData(f"There is no definition '{definition}'. There are: {', '.join(DEFINITIONS)}.")
    steps = steps_of(store, definition)
    groups = steps.groupby(["area_code", "period"], sort=False)
    known = _with_pairs_known(steps)
    sums = pd.DataFrame(
        {
            "low": known[known["certain"]].groupby(["area_code", "period"])["count"].sum(min_count=1),
            "whole": groups["count"].sum(min_count=1),
            "missing": groups["unknown"].any(),
            "uncertain": steps[~steps["certain"]].groupby(["area_code", "period"])["count"].sum(min_count=1),
            "hidden": steps["status"].eq(HIDDEN).groupby([steps["area_code"], steps["period"]], sort=False).any(),
        }
    ).join(bases(store).rename("plans"), how="right")
    sums["high"] = sums["whole"].where(~sums["missing"].astype(bool))
    exact = sums["high"].notna() & sums["high"].eq(sums["low"])
    sums["total"] = sums["high"].where(exact)
    sums["certainty"] = UNKNOWN
    sums.loc[sums["low"].notna(), "certainty"] = AT_LEAST
    sums.loc[sums["low"].notna() & sums["high"].notna(), "certainty"] = RANGE
    sums.loc[exact, "certainty"] = EXACT
    sums["status"] = NOT_AVAILABLE
    sums.loc[sums["hidden"].eq(True), "status"] = HIDDEN
    sums.loc[exact, "status"] = VALUE
    for share, count in (("share", "total"), ("share_low", "low"), ("share_high", "high")):
        sums[share] = 100 * sums[count] / sums["plans"].where(sums["plans"] > 0)
    return sums.reset_index()[list(SUM_COLUMNS)]


def _with_pairs_known(steps: pd.DataFrame) -> pd.DataFrame:
    """Steps for a lower bound: those who await provision count only where those in education can be taken off, and the
    other way round."""
    pair = steps["step"].isin(["awaiting", IN_EDUCATION_STEP])
    lost = steps[pair & steps["unknown"]]
    broken = pd.MultiIndex.from_frame(steps[["area_code", "period"]]).isin(
        pd.MultiIndex.from_frame(lost[["area_code", "period"]])
    )
    return steps[~(pair & broken)]


@kept_with_store(area_by_area=True)
def _plans(store: Store) -> pd.Series:
    """All plans by area_code and period, to the newest January of which placements are held too."""
    table, placed = store.table("plans"), latest.newest(store, "placements", placement=ALL_PLACEMENTS)
    rows = table[table["measure"].eq("plans") & table["characteristic"].eq(TOTAL)]
    rows = rows.astype({"area_code": str, "period": str})
    return rows[rows["period"].le(placed)].set_index(["area_code", "period"])["value"]


@kept_with_store(area_by_area=True)
def _own_totals(store: Store) -> pd.Series:
    """All plans of the file that the steps to January 2022 come from, by area_code and period; empty where the table
    does not hold them."""
    table = store.table("elsewhere")
    rows = table[table["placement"].eq(ALL_PLACEMENTS) & table["value"].notna()]
    return rows.astype({"area_code": str, "period": str}).set_index(["area_code", "period"])["value"]


@kept_with_store(area_by_area=True)
def bases(store: Store) -> pd.Series:
    """What a share is a share of, by area_code and period: all plans of the file that the sum comes from, else of
    `plans`."""
    plans = _plans(store)
    return _own_totals(store).reindex(plans.index).fillna(plans)


def _said(
    store: Store, area_code: str, period: str, definition: str, steps: pd.DataFrame, certainty: str
) -> tuple[str, ...]:
    """What this January can and cannot give, and what the share is a share of."""
    found = says(store, area_code, period, definition, steps, certainty)
    own = _own_totals(store).get((area_code, period))
    base = of_base(None if own is None else float(own), float(_plans(store)[area_code, period]), period)
    return (*found, base) if base and certainty != UNKNOWN else found


def in_words(found: Calculation) -> str:
    """The result as a phrase: sum_words.result_in_words."""
    return result_in_words(found.certainty, found.low, found.high, found.share_low, found.share_high)
