"""Whose needs are counted: children with an EHC plan by where they live, or pupils with SEN by where they learn.

Four cohorts, each with its own table, denominator and periods. They hold partly the same children, counted in
different places and at different times, and are never added: `plans` is what the authority maintains (SEN2); the
other three are pupils of the schools that are located in the area (school census).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from sendlib.areas import ENGLAND
from sendlib.compared import latest
from sendlib.store import Store, kept_with_store
from sendlib.tables import reading
from sendlib.tables.needs import DOWN_SYNDROME, NEEDS, UNKNOWN
from sendlib.tables.needs import PLANS as PLANS_COUNTED
from sendlib.tables.school_needs import ANY, UNASSESSED

PLANS, SEN_SUPPORT, PLAN_IN_SCHOOLS, ALL_SEN = "plans", "sen_support", "plan_in_schools", "all_sen"
APART, WHOLE = "apart", "whole"
"""Columns of `counts` beside the needs: children who stand apart from the mix, and all children of the cohort."""


@dataclass(frozen=True)
class Cohort:
    """Who is counted, and how a sentence says it.

    `label`: as a control has it. `of`: what a share is of (`10.2% of pupils with SEN`); `short`: what they are, where
    no share is made of them; `one`: one of them. `in_title`: what a share is of where a title has little room: of
    pupils nothing, as a share of pupils with SEN is none of pupils. `whole`: of whom exactly a share is. `found` and
    `into`: what a need is, in or for which share of them (`named in`, `recorded for`). `having`: what a child has with
    a need as the primary need, before the need's name. `where`: before the name of the area. `apart`: those who stand
    apart from the mix, as a row of a table; `without`: the same as a large number has it; `per` and `per_short`: of
    whom a rate is for every 1,000. `provision`: in the table school_needs; empty for plans.
    """

    code: str
    label: str
    of: str
    whole: str
    having: str
    short: str = "pupils"
    one: str = "pupil"
    found: str = "recorded"
    into: str = "for"
    where: str = "in schools in"
    apart: str = "SEN support, type of need not assessed"
    without: str = "SEN support but no specialist assessment of the type of need"
    per: str = "pupils"
    per_short: str = "pupils"
    provision: str = ""

    @property
    def is_plans(self) -> bool:
        """Whether it is children with a plan by where they live, and not pupils by where they learn."""
        return not self.provision

    @property
    def in_title(self) -> str:
        """` of plans`; nothing of pupils."""
        return f" of {self.of}" if self.is_plans else ""

    @property
    def counted(self) -> str:
        """Those of whom a share is, shortly."""
        return self.whole if self.is_plans else self.of

    @property
    def table(self) -> str:
        """The table of the store that counts them."""
        return "needs" if self.is_plans else "school_needs"

    @property
    def found_in(self) -> str:
        """`named in`, `recorded for`."""
        return f"{self.found} {self.into}"

    def with_need(self, need: str) -> str:
        """`had a plan that named autism`, `had SEN support with autism as the primary need`."""
        return f"{self.having} {need}" if self.is_plans else f"{self.having} {need} as the primary need"

    def that_name(self, need: str) -> str:
        """`plans that name autism`, `pupils with SEN whose primary need is autism`."""
        return f"plans that name {need}" if self.is_plans else f"{self.of} whose primary need is {need}"


COHORTS: Mapping[str, Cohort] = {
    one.code: one
    for one in (
        Cohort(
            PLANS,
            "Children with an EHC plan, by where they live",
            "plans",
            "plans with a recorded need",
            "had a plan that named",
            short="plans",
            one="plan",
            found="named",
            into="in",
            where="in",
            apart="Not recorded",
            without="Plans without a recorded need",
            per="residents aged 0 to 25",
            per_short="residents",
        ),
        Cohort(
            SEN_SUPPORT,
            "Pupils with SEN support, in schools here",
            "pupils with SEN support",
            "pupils with SEN support, their type of need assessed or not",
            "had SEN support with",
            provision="sen_support",
        ),
        Cohort(
            PLAN_IN_SCHOOLS,
            "Pupils with an EHC plan, in schools here",
            "pupils with a plan",
            "pupils with an EHC plan",
            "had a plan with",
            provision="ehc_plan",
        ),
        Cohort(
            ALL_SEN,
            "All pupils with SEN, in schools here",
            "pupils with SEN",
            "pupils with SEN support or an EHC plan, their type of need assessed or not",
            "had SEN with",
            provision=ANY,
        ),
    )
}
"""Code -> cohort, in the order in which they are offered; the first is where nothing is chosen."""


@kept_with_store(of_base=True)
def periods(store: Store, who: str) -> tuple[str, ...]:
    """The Januaries (`2025-01`) or censuses (`2022/23`) that hold needs of a cohort, oldest first; none where the
    census that is held does not tell it apart."""
    cohort = COHORTS[who]
    if cohort.is_plans:
        return latest.periods(store, "needs", scope="all", characteristic="total")
    table = store.table("school_needs")
    held = table.loc[table["provision"].eq(cohort.provision), "period"]
    return tuple(sorted({str(period) for period in held}))


def newest(store: Store, who: str) -> str:
    """The newest of `periods`; empty where there is none."""
    return next(reversed(periods(store, who)), "")


def said(store: Store, who: str) -> str:
    """When the cohort was counted, as a sentence has it: `January 2025`, `January 2023` (school year 2022/23)."""
    period = newest(store, who)
    if not period:
        return said(store, ALL_SEN)
    return latest.said(period if "/" not in period else f"20{period[-2:]}-01")


@kept_with_store(16, of_base=True)
def needs(store: Store, who: str, period: str = "") -> dict[str, str]:
    """The needs of a cohort that a period tells apart (the newest without one), code -> name: the twelve, and Down
    syndrome in a census that has it by itself."""
    if COHORTS[who].is_plans:
        return dict(NEEDS)
    rows = _rows(store, who, period or newest(store, who))
    return {**NEEDS, **({DOWN_SYNDROME: "Down syndrome"} if rows["need"].eq(DOWN_SYNDROME).any() else {})}


def _rows(store: Store, who: str, period: str) -> pd.DataFrame:
    """The rows of a cohort and a period: of plans one a need and area, of pupils one for each kind of school too."""
    cohort = COHORTS[who]
    table = store.table(cohort.table)
    held = table["period"].eq(period)
    if cohort.is_plans:
        return table[held & table["scope"].eq("all") & table["characteristic"].eq("total")]
    return table[held & table["provision"].eq(cohort.provision)]


@kept_with_store(16, area_by_area=True)
def counts(store: Store, who: str = PLANS, period: str = "") -> pd.DataFrame:
    """Children of a cohort by need in a period (the newest without one): one row an area (England too), one column a
    need (`needs`), APART and WHOLE.

    NaN where the publisher has no figure, or one that can not be a number of the area's children. England of a census
    without a row of its own is the sum of the authorities in it.
    """
    names = needs(store.base, who, period)
    rows = _rows(store, who, period or newest(store.base, who))
    if COHORTS[who].is_plans:
        wide = rows.pivot(index="area_code", columns="need", values="value")
        wide = wide.reindex(columns=[*names, UNKNOWN, PLANS_COUNTED]).set_axis([*names, APART, WHOLE], axis=1)
    else:
        wide = _of_all_schools(rows, list(names))
    found = pd.DataFrame(wide.to_numpy(dtype=float), index=wide.index.astype(str), columns=list(wide.columns))
    possible = found.ge(0) & np.isfinite(found) & ~found.gt(found[WHOLE], axis=0)
    return found.where(possible)


def _of_all_schools(rows: pd.DataFrame, names: list[str]) -> pd.DataFrame:
    """Pupils of all kinds of school together, with England where it has no row; a need with a gap in one kind of school
    is missing, and so is the whole. A row that is not there is a combination without pupils."""
    keys = ["area_code", "need"]
    rows = rows.astype(dict.fromkeys(keys, str))
    summed = rows.groupby(keys)["value"].sum()
    gaps = pd.MultiIndex.from_frame(rows.loc[rows["value"].isna(), keys].drop_duplicates())
    wide = summed.mask(summed.index.isin(gaps)).unstack("need", fill_value=0.0)
    whole = wide.sum(axis=1, skipna=False)
    wide = wide.reindex(columns=[*names, UNASSESSED], fill_value=0.0).rename(columns={UNASSESSED: APART})
    wide[WHOLE] = whole
    authorities = wide[wide.index.str.fullmatch(r"\d{3}")]
    if ENGLAND not in wide.index and len(authorities) >= reading.FEWEST_AUTHORITIES:
        wide.loc[ENGLAND] = authorities.sum(skipna=False)
    return wide


@kept_with_store(16)
def denominator(store: Store, who: str = PLANS, period: str = "") -> pd.Series:
    """Of how many children the shares of needs are, of every area. NaN where that is not known.

    Of plans those with a recorded need: their sum, or, where one of the needs is missing, all plans less those without
    a recorded need (NaN where the needs that are known are more than that). Of pupils all of the cohort, those whose
    need is not assessed included, as DfE publishes the shares.
    """
    table = counts(store, who, period)
    if not COHORTS[who].is_plans:
        return table[WHOLE]
    named = table[list(NEEDS)]
    otherwise = table[WHOLE] - table[APART]
    otherwise = otherwise.where(named.sum(axis=1) <= otherwise)
    return named.sum(axis=1, skipna=False).fillna(otherwise)
