"""Requests, decisions, plans on time, appeals, reviews and ceased plans of every area, and the means of those compared.

Shares are worked out from the counts, each with its own denominator; plans
within 20 weeks and requests turned down have the publisher's share. Means of the authorities
compared follow compared.means; a share of fewer than FEW counts for none.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from sendlib.areas import ENGLAND, Area
from sendlib.compared import means
from sendlib.compared.comparators import Comparators, known_areas
from sendlib.questions.getting_help.few import FEW, FEW_PLANS
from sendlib.store import Store, kept_with_store
from sendlib.tables.designated_officers import ROLES
from sendlib.tables.symbols import NOT_AVAILABLE, VALUE, WORDS

ON_TIME = "issued_in_20_weeks_percent"
"""The picture's measure: plans issued within 20 weeks, exceptions included, per cent, as published."""
REFUSED = "requests_refused_percent"
APPEALS = "appeal_rate"
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


OF = {
    ON_TIME: ("issued_in_20_weeks", "issued"),
    REFUSED: ("requests_refused", "requests_received"),
    APPEALS: ("appeals", "appealable_decisions"),
}
"""The counts that each of the three shares is made of."""


@kept_with_store(64)
def for_means(store: Store, measure: str) -> pd.DataFrame:
    """`series` of one of OF without the shares of fewer than FEW: a handful of plans would swing a mean."""
    wide = series(store, measure)
    whole = counts(store)[OF[measure][1]].unstack("period").reindex(index=wide.index, columns=wide.columns)
    return wide.where(whole.ge(FEW))


def mean_of(store: Store, measure: str, others: Comparators) -> pd.DataFrame:
    """The mean of those compared, one row a period: mean (NaN where the rule gives none) and number with a share."""
    wide = for_means(store, measure)
    found = means.of_table(store, wide, others.codes)
    return pd.DataFrame({"mean": found.mean, "number": found.known.astype(float)}, index=wide.columns)


def lacking(store: Store, measure: str, others: Comparators, period: str) -> dict[str, str]:
    """Who of those compared counts for no mean of one of OF in a period, and why: area -> reason."""
    names = known_areas(store).names
    counted, held = for_means(store, measure)[period], series(store, measure)[period]
    found = {}
    for code in others.codes:
        if code in others.too_small and not others.alone:
            found[names[code]] = means.TOO_SMALL
        elif np.isnan(counted.get(code, np.nan)):
            few = not np.isnan(held.get(code, np.nan))
            found[names[code]] = FEW_PLANS if few else WORDS[why_no_share(store, code, measure, period)]
    return found


def why_no_share(store: Store, code: str, measure: str, period: str) -> str:
    """Why an area has no share of one of OF: the kind of the first of its counts that is missing."""
    held = statuses(store)
    found = [held[name].get((code, period), NOT_AVAILABLE) for name in OF[measure]]
    return next((status for status in found if isinstance(status, str) and status != VALUE), NOT_AVAILABLE)


@kept_with_store(64)
def series(store: Store, measure: str) -> pd.DataFrame:
    """One measure: one row an area, one column a period that England has a figure for."""
    wide = counts(store)[measure].unstack("period")
    return wide.loc[:, wide.loc[ENGLAND].notna()]


def each_comparator(store: Store, area: Area, others: Comparators) -> pd.DataFrame:
    """One row for the area and for each of those compared: the three figures of the newest year."""
    names = known_areas(store).names
    codes = [area.code, *others.codes]
    newest = {
        name: series(store, measure).iloc[:, -1].reindex(codes).to_numpy()
        for name, measure in {"on_time": ON_TIME, "refused": REFUSED, "appeals_per_100": APPEALS}.items()
    }
    return pd.DataFrame(
        {
            "area_code": codes,
            "area": [names[code] for code in codes],
            "closeness": ["", *(others.closeness.get(code, "") for code in others.codes)],
            **newest,
        }
    )


def officers(store: Store, area: Area) -> pd.DataFrame:
    """Whether the area has its designated officers: one row a January and role, newest January first."""
    rows = store.rows("designated_officers", area.code).astype(str)
    words = {"yes": "Yes", "no": "No", "recruiting": "Being recruited"}
    answer = rows["answer"].map(words).fillna(rows["status"].map(WORDS).str.capitalize())
    frame = pd.DataFrame(
        {"period": rows["period"], "role": rows["role"].map(ROLES), "in_post": answer, "status": rows["status"]}
    )
    return frame.sort_values(["period", "role"], ascending=[False, True], ignore_index=True)
