"""Which figures of which authorities are doubtful, and why: marked where they stand, in no headline and no mean.

The rules are in methods/doubtful.py; here is what they are asked of, and the words. Publishers publish these figures
without a mark, so each is shown as published with the reason beside it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from sendlib.answer.numbers import count_of, listed, written
from sendlib.compared import latest
from sendlib.compared.comparators import known_areas
from sendlib.methods import doubtful
from sendlib.store import Store, kept_with_store
from sendlib.tables.ehc_labels import TOTAL

PLANS = "plans"
"""All plans in place, a stock each January: the name of the measure and of its table."""
PLACED = (
    "mainstream_total",
    "special_total",
    "special_independent",
    "special_non_maintained",
    "fe_total",
    "ed_elsewhere",
)
FLOWS = ("requests_received", "assessments", "issued", "new_plans", "ceased")
"""Counted over a calendar year; they go with the number of plans. (Refusals and personal budgets are left out: policy
moves these by far more than any rule could tell from a mistake.)"""
OTHERS = ("residential", "appealable_decisions")
_FIRST = "2015"
"""2014 is four months of the law, with few plans: no year is held against it."""
NAMES = {
    PLANS: "plans in place",
    "requests_received": "requests for an assessment",
    "assessments": "assessments",
    "issued": "plans counted for the 20 weeks",
    "new_plans": "plans that started",
    "ceased": "plans that ceased",
    "residential": "residential placements",
    "appealable_decisions": "decisions that can be appealed",
    "mainstream_total": "plans placed in mainstream schools",
    "special_total": "plans placed in special schools",
    "special_independent": "plans placed in independent special schools",
    "special_non_maintained": "plans placed in non-maintained special schools",
    "fe_total": "plans placed in further education",
    "ed_elsewhere": "plans placed elsewhere than in a school or college",
}


@dataclass(frozen=True)
class Doubt:
    """A figure that can not be right: of what, when, and why in words."""

    measure: str
    period: str
    why: str

    @property
    def said(self) -> str:
        """`The number of plans in place in January 2025 is doubtful: 2,705 in January 2024 and 1,199 in ...`"""
        return f"The number of {NAMES[self.measure]} in {latest.said(self.period)} is doubtful: {self.why}."

    @property
    def plainly(self) -> str:
        """The same for families, without the numbers that show it."""
        return (
            f"The number of {NAMES[self.measure]} in {latest.said(self.period)} may be wrong: it is far from what one"
            " would expect."
        )


@kept_with_store(of_base=True)
def all_of(store: Store) -> dict[tuple[str, str], tuple[Doubt, ...]]:
    """Every doubtful figure by (area code, measure), oldest first; only authorities are judged."""
    found: dict[tuple[str, str], dict[str, Doubt]] = {}
    for measure in (PLANS, *FLOWS, *OTHERS, *PLACED):
        wide = numbers(store, measure)
        jumped = doubtful.jumps(wide.to_numpy(dtype=float))
        for row, column in np.argwhere(jumped):
            why = _moved(wide.iloc[row].dropna(), str(wide.columns[column]))
            _add(found, str(wide.index[row]), Doubt(measure, str(wide.columns[column]), why))
        for doubt in _too_few(store, measure, wide) if measure in FLOWS else ():
            _add(found, *doubt)
    return {key: tuple(doubts[period] for period in sorted(doubts)) for key, doubts in found.items()}


def _add(found: dict[tuple[str, str], dict[str, Doubt]], code: str, doubt: Doubt) -> None:
    found.setdefault((code, doubt.measure), {}).setdefault(doubt.period, doubt)


def _moved(series: pd.Series, period: str) -> str:
    """The number with the one before it and the one after."""
    place = list(series.index).index(period)
    here = [f"{written(series.iloc[at])} in {latest.said(str(series.index[at]))}" for at in (place - 1, place)]
    if place + 1 < len(series):
        here.append(f"{written(series.iloc[place + 1])} in {latest.said(str(series.index[place + 1]))}")
    return f"{listed(here)}, where hardly any other authority's number moved so far from the usual"


def _too_few(store: Store, measure: str, wide: pd.DataFrame) -> list[tuple[str, Doubt]]:
    """Flows that are far too few for the plans that the authority had in January of that year."""
    plans, found = numbers(store, PLANS), []
    for period in wide.columns:
        january = f"{period}-01"
        if january not in plans:
            continue
        size = plans[january].reindex(wide.index)
        few = doubtful.far_too_few(wide[period].to_numpy(dtype=float), size.to_numpy(dtype=float))
        usual = float((wide[period] / size).replace(np.inf, np.nan).quantile(0.25))
        for code in wide.index[few]:
            why = (
                f"{written(wide.at[code, period])} beside {count_of(int(size[code]), 'plan', 'plans')}, where three in"
                f" four authorities of that size have {written(usual * size[code])} or more"
            )
            found.append((str(code), Doubt(measure, str(period), why)))
    return found


@kept_with_store(32, of_base=True)
def numbers(store: Store, measure: str) -> pd.DataFrame:
    """A measure that is judged: one row an authority, one column a period, NaN where missing."""
    name = PLANS if measure == PLANS else "placements" if measure in PLACED else "process"
    table = store.table(name)
    rows = table[table["placement" if name == "placements" else "measure"].eq(measure)]
    if name == PLANS:
        rows = rows[rows["characteristic"].eq(TOTAL)]
    wide = rows.astype({"area_code": str, "period": str}).pivot(index="area_code", columns="period", values="value")
    kept = [period for period in wide.columns if name != "process" or period >= _FIRST]
    authorities = known_areas(store).authorities
    return wide.loc[[code for code in wide.index if code in authorities], kept]


def of(store: Store, code: str, measure: str, period: str) -> Doubt | None:
    """The doubt about one figure, if there is one."""
    return next((doubt for doubt in all_of(store).get((code, measure), ()) if doubt.period == period), None)


def reasons(store: Store, code: str, measure: str) -> dict[str, str]:
    """Period -> why the figure of it is doubtful, of one authority and measure."""
    return {doubt.period: doubt.why for doubt in all_of(store).get((code, measure), ())}


@kept_with_store(64, of_base=True)
def areas_in_doubt(store: Store, measure: str, period: str) -> frozenset[str]:
    """Codes of the authorities whose figure of a period is doubtful."""
    return frozenset(
        code
        for (code, name), doubts in all_of(store).items()
        if name == measure and any(doubt.period == period for doubt in doubts)
    )


def without(store: Store, measure: str, wide: pd.DataFrame) -> pd.DataFrame:
    """A table (areas x periods) without the doubtful figures of a measure: what a mean or a headline is made of."""
    kept = wide.copy()
    for (code, name), doubts in all_of(store).items():
        if name == measure and code in kept.index:
            kept.loc[code, [doubt.period for doubt in doubts if doubt.period in kept.columns]] = np.nan
    return kept


@kept_with_store(of_base=True)
def stock_and_flow(store: Store) -> pd.DataFrame:
    """Part of the plans that came or went without a start or an end on record: authorities x Januaries, of those in
    which more than doubtful.UNEXPLAINED did; NaN elsewhere.

    A number that is doubtful itself says nothing of flows, neither in its own January nor in the one after. Nor is a
    January judged whose year before has no flows yet.
    """
    stock = without(store, PLANS, numbers(store, PLANS))
    years = [january[:4] for january in stock.columns[:-1]]
    started, ended = (
        numbers(store, flow).reindex(index=stock.index, columns=years).to_numpy(dtype=float)
        for flow in ("new_plans", "ceased")
    )
    found = pd.DataFrame(
        doubtful.unexplained(stock.to_numpy(dtype=float), started, ended), index=stock.index, columns=stock.columns
    )
    small = stock.shift(1, axis=1) < FEWEST_PLANS_JUDGED
    return found.where((found.abs() > doubtful.UNEXPLAINED) & ~small)


FEWEST_PLANS_JUDGED = 50
"""Of fewer plans a tenth is a handful of children."""


def change_doubted(store: Store, code: str, first: str, last: str) -> str:
    """Why the change of an authority's plans between two Januaries is doubtful; empty where it is not.

    It is where either number is, and where in a year between them the plans do not follow from those that started
    and ceased.
    """
    for january in (last, first):
        if doubt := of(store, code, PLANS, january):
            return f"the number in {latest.said(january)} can not be right ({doubt.why})"
    table = stock_and_flow(store)
    if code not in table.index:
        return ""
    here = table.loc[code].dropna()
    told = [
        f"{latest.said(str(january))} has {written(100 * abs(part))}% {'more' if part > 0 else 'fewer'} plans than"
        " follow from the year before and from those that started and ceased since"
        for january, part in here.items()
        if first < str(january) <= last
    ]
    return listed(told) if told else ""


@kept_with_store(16, of_base=True)
def changes_in_doubt(store: Store, first: str, last: str) -> frozenset[str]:
    """Codes of the authorities whose change between two Januaries is doubtful."""
    return frozenset(code for code in numbers(store, PLANS).index if change_doubted(store, code, first, last))
