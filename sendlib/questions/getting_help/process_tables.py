"""Requests, decisions, plans on time, appeals, reviews and ceased plans of every area, and the means of those compared.

Shares are worked out from the counts, each with its own denominator; plans
within 20 weeks and requests turned down have the publisher's share. Means of the authorities
compared follow compared.means; a share of fewer than FEW counts for none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

import numpy as np
import pandas as pd

from sendlib.answer import COMPARED, OWN, WHOLE
from sendlib.answer.numbers import listed, said
from sendlib.areas import ENGLAND, Area
from sendlib.compared import doubtful, means, widened
from sendlib.compared.by_area import ByArea
from sendlib.compared.comparators import Comparators, known_areas
from sendlib.questions.getting_help.few import COVERED, FEW, FEW_PLANS
from sendlib.store import Store, Widened, kept_with_store
from sendlib.tables.designated_officers import ROLES
from sendlib.tables.symbols import NOT_APPLICABLE, NOT_AVAILABLE, VALUE, WORDS

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
    found = _pivoted(store, "value", counts)
    for name, parts in _SUMS.items():
        found[name] = found[parts].sum(axis=1, skipna=False)
    return found


@kept_with_store()
def statuses(store: Store) -> pd.DataFrame:
    """The status of every measure, in the form of `counts`."""
    return _pivoted(store, "status", statuses)


def _pivoted(store: Store, column: str, of_base: Callable[[Store], pd.DataFrame]) -> pd.DataFrame:
    """A column of the process table with measures side by side; the rows of groups are added to those of the base."""
    text = dict.fromkeys(["area_code", "period", "measure", *(["status"] if column == "status" else [])], str)
    if not isinstance(store, Widened):
        rows = store.table("process").astype(text)
        return rows.pivot(index=["area_code", "period"], columns="measure", values=column)
    held, added = of_base(store.base), store.added("process")
    if added is None:
        return held.copy()
    more = added.astype(text).pivot(index=["area_code", "period"], columns="measure", values=column)
    more = more.reindex(columns=held.columns)
    found = pd.concat([held, more[~more.index.isin(held.index)]]).sort_index()
    # A region's own rows are the publisher's; what they lack is put together of its authorities.
    shared = more.index.intersection(held.index)
    if len(shared):
        found.loc[shared] = held.loc[shared].combine_first(more.loc[shared])[list(held.columns)]
    return found


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
    for (code, name), doubts in doubtful.all_of(store.base).items():
        for doubt in doubts:
            if name == whole and code in found.index and doubt.period in found.columns:
                found.loc[code, doubt.period] = DOUBTFUL
    if whole == "issued":
        part = coverage(store).reindex(index=number.index, columns=number.columns)
        found = found.mask(part.lt(COVERED), HALF_COUNTED)
    for code, one in _of_one(store).items():
        if code in found.index and one in found.index:
            found.loc[code] = found.loc[one]
    return found


@kept_with_store()
def _of_one(store: Store) -> dict[str, str]:
    """Health areas and groups of one authority alone, whose figures are that one's: code -> its code."""
    return {code: area.parts[0] for code, area in known_areas(store).groups.items() if len(area.parts) == 1}


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
    found = doubtful.of(store.base, _of_one(store).get(code, code), OF[measure][1], period)
    return found.said if found else ""


def who_lacks(store: Store, area: Area, measures: Iterable[str], period: str) -> list[str]:
    """Names of the authorities of an area that have no figure, so that there is no sum; none where the publisher gives
    the sum."""
    if area.is_authority:
        return []
    short = widened.lacking(store, "process", area.code)
    if short.empty:
        return []
    rows = short[short["period"].astype(str).eq(period) & short["measure"].astype(str).isin(list(measures))]
    codes = {code for without in rows["without"] for code in str(without).split(",") if code}
    names = known_areas(store).names
    return sorted(names[code] for code in codes)


def spread_of(store: Store, measure: str, others: Comparators) -> pd.DataFrame:
    """The spread of those compared, one row a period: low and high (the ends of the middle half), median, lowest and
    highest, by the same rule as their mean."""
    shares = for_means(store, measure).reindex([code for code in others.codes if code not in others.too_small])
    parts = {"lowest": 0.0, "low": 0.25, "median": 0.5, "high": 0.75, "highest": 1.0}
    found = pd.DataFrame({name: shares.quantile(part) for name, part in parts.items()})
    return found.where(mean_of(store, measure, others)["mean"].notna())


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
    every, known = wide(store, measure), wide(store.base, measure)
    return every.loc[:, known.loc[ENGLAND].notna() | known.notna().mean().gt(0.5)]


def each_comparator(store: Store, area: Area, others: Comparators) -> pd.DataFrame:
    """One row for the area, for each of those compared and for England: the three figures of the newest year."""
    names = known_areas(store).names
    # England is not listed below itself.
    codes = list(dict.fromkeys([area.code, *others.codes, ENGLAND]))
    year = str(series(store, ON_TIME).columns[-1])
    newest = {
        name: series(store, measure).iloc[:, -1].reindex(codes).to_numpy()
        for name, measure in {"on_time": ON_TIME, "refused": REFUSED, "appeals_per_100": APPEALS}.items()
    }
    return pd.DataFrame(
        {
            "area_code": codes,
            "area": [names[code] for code in codes],
            "whose": [OWN, *(WHOLE if code == ENGLAND else COMPARED for code in codes[1:])],
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
    """Whether the area has its designated officers, newest January first: one row a January and role; of an area of
    several authorities how many of them have one, and who not, or who alone."""
    if len(area.parts) == 1:
        return _officers(store).of(area.parts[0])
    each = pd.concat([_officers(store).of(code).assign(code=code) for code in area.parts])
    asked = each[each["status"].ne(NOT_APPLICABLE)]
    order = each[["period", "role"]].drop_duplicates()
    names = known_areas(store)
    found = []
    for period, role in order.itertuples(index=False, name=None):
        rows = asked[asked["period"].eq(period) & asked["role"].eq(role)]
        if rows.empty:
            found.append((period, role, WORDS[NOT_APPLICABLE].capitalize(), NOT_APPLICABLE))
            continue
        who = {
            told: [names.get(code).short_name for code in rows.loc[rows["in_post"].eq(told), "code"]]
            for told in dict.fromkeys(rows["in_post"])
        }
        # Who was asked in a January and is not in the file has not answered.
        found.append((period, role, _of_several(who, len(area.parts)), VALUE))
    return pd.DataFrame(found, columns=["period", "role", "in_post", "status"])


MOST_OFFICERS_NAMED = 3
_YES = "Yes"


def _of_several(who: dict[str, list[str]], number: int) -> str:
    """`13 of 15 authorities have one; no: Swindon; being recruited: Torbay`; few that have one are named as well."""
    have = who.get(_YES, [])
    told = f"{len(have)} of {number} authorities {'has' if len(have) == 1 else 'have'} one"
    if 0 < len(have) <= MOST_OFFICERS_NAMED and len(have) < number:
        told += f" ({listed(have)})"
    rest = [
        f"{answer[:1].lower()}{answer[1:]}: {listed(names) if len(names) <= MOST_OFFICERS_NAMED else len(names)}"
        for answer, names in who.items()
        if answer != _YES
    ]
    silent = number - sum(map(len, who.values()))
    return "; ".join([told, *rest, *([f"no answer in the file: {silent}"] if silent else [])])


@kept_with_store(of_base=True)
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
