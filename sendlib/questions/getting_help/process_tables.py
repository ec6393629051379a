"""Requests, decisions, plans on time, appeals, reviews and ceased plans of every area, and the means of those compared.

Shares are worked out from the counts, each with its own denominator; plans
within 20 weeks and requests turned down have the publisher's share. Means of the authorities
compared follow compared.means; a share of fewer than FEW counts for none.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from sendlib.answer import COMPARED, OWN, WHOLE
from sendlib.answer.numbers import said
from sendlib.areas import ENGLAND, Area
from sendlib.compared import doubtful, means
from sendlib.compared.by_area import ByArea
from sendlib.compared.comparators import Comparators, known_areas
from sendlib.questions.getting_help.few import COVERED, FEW, FEW_PLANS
from sendlib.store import Store, kept_with_store
from sendlib.tables.designated_officers import ROLES
from sendlib.tables.symbols import NOT_AVAILABLE, VALUE, WORDS

ON_TIME = "issued_in_20_weeks_percent"
"""The picture's measure: plans issued within 20 weeks, exceptions included, per cent, as published."""
REFUSED = "requests_refused_percent"
APPEALS = "appeal_rate_in_development"
"""On the newer count of decisions, which the publisher gives alone from 2025 on."""
FEWEST_DEATHS = 5
"""Deaths below this are never shown for an authority; they are counted among the other reasons."""


_SUMS = {
    "requests decided": ["requests_decided_in_6_weeks", "requests_decided_later"],
    "review decisions": ["review_decisions_in_4_weeks", "review_decisions_later"],
}


@kept_with_store()
def counts(store: Store) -> pd.DataFrame:
    """Every measure of the process table: one row an area and period, one column a measure; NaN where missing."""
    table = store.table("process").astype({"area_code": str, "period": str, "measure": str})
    wide = table.pivot(index=["area_code", "period"], columns="measure", values="value")
    for name, parts in _SUMS.items():
        wide[name] = wide[parts].sum(axis=1, skipna=False)
    return wide


@kept_with_store()
def statuses(store: Store) -> pd.DataFrame:
    """The status of every measure, in the form of `counts`."""
    table = store.table("process").astype({"area_code": str, "period": str, "measure": str, "status": str})
    return table.pivot(index=["area_code", "period"], columns="measure", values="status")


@kept_with_store(64)
def wide(store: Store, measure: str) -> pd.DataFrame:
    """One measure of `counts`: areas x periods."""
    return counts(store)[measure].unstack("period")


@kept_with_store(64)
def wide_statuses(store: Store, measure: str) -> pd.DataFrame:
    """The status of one measure: areas x periods."""
    return statuses(store)[measure].unstack("period")


OF = {
    ON_TIME: ("issued_in_20_weeks", "issued"),
    REFUSED: ("requests_refused", "requests_received"),
    APPEALS: ("appeals", "decisions_in_development"),
}
"""The counts that each of the three shares is made of."""


@kept_with_store(64)
def for_means(store: Store, measure: str) -> pd.DataFrame:
    """`series` of one of OF without the shares that count for no mean (`set_aside`)."""
    return series(store, measure).where(set_aside(store, measure).eq(""))


@kept_with_store(64)
def in_doubt(store: Store, whole: str) -> pd.DataFrame:
    """Why shares of a count are compared with nothing: the count can not be right, or leaves out half of the plans
    that started (areas x periods; empty where nothing speaks against)."""
    number = wide(store, whole)
    found = pd.DataFrame("", index=number.index, columns=number.columns, dtype=object)
    for (code, name), doubts in doubtful.all_of(store).items():
        for doubt in doubts:
            if name == whole and code in found.index and doubt.period in found.columns:
                found.loc[code, doubt.period] = DOUBTFUL
    if whole == "issued":
        part = coverage(store).reindex(index=number.index, columns=number.columns)
        found = found.mask(part.lt(COVERED), HALF_COUNTED)
    return found


@kept_with_store(64)
def set_aside(store: Store, measure: str) -> pd.DataFrame:
    """Why a share of one of OF is compared with nothing, in the form of `series`: empty where nothing speaks against.

    One of fewer than FEW, as a handful of plans would swing a mean; one of a number that can not be right; and of
    plans on time one that leaves out half of the plans that started, or more.
    """
    shares, whole = series(store, measure), OF[measure][1]
    number = wide(store, whole).reindex(index=shares.index, columns=shares.columns)
    found = in_doubt(store, whole).reindex(index=shares.index, columns=shares.columns).fillna("")
    return found.mask(found.eq("") & number.lt(FEW), FEW_PLANS).where(shares.notna(), "")


DOUBTFUL = "a number that can not be right"
HALF_COUNTED = "fewer than half of its plans counted"


@kept_with_store()
def coverage(store: Store) -> pd.DataFrame:
    """Plans in the return on the 20 weeks as a per cent of the plans that started in the year: areas x years; NaN
    where one of the two is missing, or fewer than FEW started. (Both are counts of the same plans, from two files.)"""
    issued, started = (wide(store, name) for name in ("issued", "new_plans"))
    return 100 * issued / started.where(started.ge(FEW))


def doubt(store: Store, code: str, measure: str, period: str) -> str:
    """Why a share of one of OF can not be right, in words; empty where nothing speaks against it."""
    found = doubtful.of(store, code, OF[measure][1], period)
    return found.said if found else ""


def mean_of(store: Store, measure: str, others: Comparators) -> pd.DataFrame:
    """The mean of those compared, one row a period: mean (NaN where the rule gives none) and number with a share."""
    shares = for_means(store, measure)
    found = means.of_table(store, shares, others.codes)
    return pd.DataFrame({"mean": found.mean, "number": found.known.astype(float)}, index=shares.columns)


def lacking(store: Store, measure: str, others: Comparators, period: str) -> dict[str, str]:
    """Who of those compared counts for no mean of one of OF in a period, and why: area -> reason."""
    names = known_areas(store).names
    counted, held = for_means(store, measure)[period], series(store, measure)[period]
    found = {}
    for code in others.codes:
        if code in others.too_small and not others.alone:
            found[names[code]] = means.TOO_SMALL
        elif np.isnan(counted.get(code, np.nan)):
            has = not np.isnan(held.get(code, np.nan))
            aside = str(set_aside(store, measure).at[code, period]) if has else ""
            found[names[code]] = aside or WORDS[why_no_share(store, code, measure, period)]
    return found


def why_no_share(store: Store, code: str, measure: str, period: str) -> str:
    """Why an area has no share of one of OF: the kind of the first of its counts that is missing."""
    held = statuses(store)
    found = [held[name].get((code, period), NOT_AVAILABLE) for name in OF[measure]]
    return next((status for status in found if isinstance(status, str) and status != VALUE), NOT_AVAILABLE)


@kept_with_store(64)
def series(store: Store, measure: str) -> pd.DataFrame:
    """One measure: one row an area, one column a period that England or most areas have a figure for."""
    every = wide(store, measure)
    return every.loc[:, every.loc[ENGLAND].notna() | every.notna().mean().gt(0.5)]


def each_comparator(store: Store, area: Area, others: Comparators) -> pd.DataFrame:
    """One row for the area, for each of those compared and for England: the three figures of the newest year."""
    names = known_areas(store).names
    codes = [area.code, *others.codes, ENGLAND]
    year = str(series(store, ON_TIME).columns[-1])
    newest = {
        name: series(store, measure).iloc[:, -1].reindex(codes).to_numpy()
        for name, measure in {"on_time": ON_TIME, "refused": REFUSED, "appeals_per_100": APPEALS}.items()
    }
    return pd.DataFrame(
        {
            "area_code": codes,
            "area": [names[code] for code in codes],
            "whose": [OWN, *(COMPARED for _ in others.codes), WHOLE],
            "closeness": [others.closeness.get(code, "") for code in codes],
            **newest,
            "coverage": coverage(store)[year].reindex(codes).to_numpy(),
            "doubtful": [
                " ".join(said([doubt(store, code, measure, newest_of(store, measure)) for measure in OF]))
                for code in codes
            ],
        }
    )


def newest_of(store: Store, measure: str) -> str:
    """The newest year of a measure."""
    return str(series(store, measure).columns[-1])


def officers(store: Store, area: Area) -> pd.DataFrame:
    """Whether the area has its designated officers: one row a January and role, newest January first."""
    return _officers(store).of(area.code)


@kept_with_store()
def _officers(store: Store) -> ByArea:
    """The same of every area."""
    rows = store.table("designated_officers").astype(str)
    words = {"yes": "Yes", "no": "No", "recruiting": "Being recruited"}
    answer = rows["answer"].map(words).fillna(rows["status"].map(WORDS).str.capitalize())
    frame = pd.DataFrame(
        {
            "area_code": rows["area_code"],
            "period": rows["period"],
            "role": rows["role"].map(ROLES),
            "in_post": answer,
            "status": rows["status"],
        }
    )
    return ByArea(frame.sort_values(["period", "role"], ascending=[False, True], ignore_index=True))
