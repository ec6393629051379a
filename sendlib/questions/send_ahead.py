"""SEND numbers ahead, and how wrong the same methods would have been in the past."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

import numpy as np
import pandas as pd

from sendlib.areas import ENGLAND
from sendlib.methods import backtest
from sendlib.methods.backtest import FEWEST_YEARS, METHODS, Tested
from sendlib.questions.answer import percent, written
from sendlib.store import Store
from sendlib.tables import periods

AHEAD = 5
SERIES = {
    "plans": "EHC plans in January",
    "ehc_plan": "Pupils with an EHC plan, %",
    "sen_support": "Pupils with SEN support, %",
}
METHOD_NAMES = {
    "flat": "Stays as it is",
    "half_drift": "Half the past rise",
    "damped": "Recent rise, dying away",
    "linear": "Straight line through all years",
    "log_linear": "Constant percentage through all years",
}
DRAWN = ("flat", "half_drift", "damped")
"""The methods that the page draws: those that begin at the last published figure. The table has all."""
CENTRE = "damped"
SINCE = "2014"
"""Series are read from here on: before the reform of September 2014 a plan ended at 19, and no method could know of it."""
FEWEST_TRIES = 100
"""A range of past misses needs as many past projections."""
FEWEST_PLANS = 100
"""A projection of fewer plans than this would be about single children."""


@lru_cache(maxsize=8)
def published(store: Store) -> Mapping[str, pd.DataFrame]:
    """The yearly series by name: areas (England, regions and authorities) by period, NaN where missing."""
    plans = store.table("plans")
    rows = {"plans": plans[plans["measure"].eq("plans") & plans["characteristic"].eq("total")]}
    pupils = store.table("school_sen")
    for measure in ("ehc_plan", "sen_support"):
        rows[measure] = pupils[pupils["measure"].eq(measure) & pupils["phase"].eq("all")]
    return {
        name: part.astype({"area_code": str, "period": str}).pivot(index="area_code", columns="period", values="value").loc[:, SINCE:]
        for name, part in rows.items()
    }


@lru_cache(maxsize=8)
def tested(store: Store, level: str = "authorities") -> Mapping[str, list[Tested]]:
    """The back-test of each series over all authorities, all regions or England alone.

    A country errs less than one authority does, so each level has its own.
    """
    pattern = {"authorities": r"\d{3}", "regions": r"E12\d{6}", "england": ENGLAND}[level]
    results = {}
    for name, table in published(store).items():
        values = table[table.index.str.fullmatch(pattern)]
        results[name] = backtest.rolling_origin(values.where(values > 0).to_numpy(dtype=float), AHEAD)
    return results


def level_of(code: str) -> str:
    """Which back-test an area is set against."""
    return "england" if code == ENGLAND else "regions" if code.startswith("E12") else "authorities"


def backtest_table(store: Store) -> pd.DataFrame:
    """Errors and coverage by series, method and years ahead."""
    rows = [
        (SERIES[name], METHOD_NAMES[test.method], test.horizon, test.projections, 100 * test.error, 100 * test.bias, 100 * test.coverage)
        for name, tests in tested(store).items()
        for test in tests
    ]
    return pd.DataFrame(rows, columns=["series", "method", "years_ahead", "projections", "error", "bias", "coverage"])


def how_wrong(store: Store) -> str:
    """One sentence: how wrong would we have been?"""
    farthest = sorted((test for test in tested(store)["plans"] if test.horizon == AHEAD), key=lambda test: test.error)
    best, worst = farthest[0], farthest[-1]
    side = "too low" if all(test.bias < 0 for test in farthest) else "out"
    return (
        f"How far any projection can be trusted: simple methods, tried on the number of EHC plans since {SINCE}, would {AHEAD} years ahead have"
        f" been {percent(100 * best.error, 0)} to {percent(100 * worst.error, 0)} {side} in the middle case."
    )


def how_sure(store: Store) -> str:
    """A sentence on the method that did best, and on the ranges that go with the methods."""
    farthest = sorted((test for test in tested(store)["plans"] if test.horizon == AHEAD), key=lambda test: test.error)
    coverage = sorted(test.coverage for test in farthest)
    return (
        f"'{METHOD_NAMES[farthest[0].method]}' did best. A range from the spread of past yearly changes, meant to hold 8 in 10 of what came,"
        f" held {written(100 * coverage[0])} to {written(100 * coverage[-1])} in 100."
    )


@lru_cache(maxsize=400)
def outlook(store: Store, code: str) -> pd.DataFrame:
    """History and projections of an area: series, line, period, number, past_low, past_high. Read-only.

    `past_low` and `past_high` stand on the centre line only: the 10th and 90th
    percentile of what came where that method was tried before, at the same
    level, if it was tried often enough (England's and the regions' were not).
    They can lie above the line: a method that was always too low is told of as
    it was. A series too short to project has its history only.
    """
    rows: list[tuple[str, str, str, float, float, float]] = []
    for name, table in published(store).items():
        history = table.loc[code] if code in table.index else pd.Series(np.nan, index=table.columns)
        rows += [(SERIES[name], "Published", period, value, np.nan, np.nan) for period, value in history.items()]
        run = _unbroken_end(history)
        fewest = FEWEST_PLANS if name == "plans" else 0
        if len(run) < FEWEST_YEARS or (run <= 0).any() or run.iloc[-1] < fewest:
            continue
        coming = _coming(str(run.index[-1]))
        tests = tested(store, level_of(code))[name]
        for method in METHOD_NAMES:
            values = METHODS[method](run.to_numpy(dtype=float)[None, :], AHEAD)[0]
            for ahead, (period, value) in enumerate(zip(coming, np.maximum(values, 0.0), strict=True), start=1):
                low = high = np.nan
                if method == CENTRE and _tries(tests) >= FEWEST_TRIES:
                    less, more = backtest.widened(tests, method, ahead)
                    low, high = value * (1 + less), value * (1 + more)
                rows.append((SERIES[name], METHOD_NAMES[method], period, value, low, high))
    return pd.DataFrame(rows, columns=["series", "line", "period", "number", "past_low", "past_high"])


def _unbroken_end(history: pd.Series) -> pd.Series:
    """The last years of a series without a gap."""
    missing = np.flatnonzero(history.isna().to_numpy())
    return history.iloc[missing[-1] + 1 if len(missing) else 0 :]


def _coming(last: str) -> list[str]:
    if "/" in last:
        return [periods.school_year(int(last[:4]) + 1 + ahead) for ahead in range(1, AHEAD + 1)]
    return [f"{int(last[:4]) + ahead}-01" for ahead in range(1, AHEAD + 1)]


def too_short(table: pd.DataFrame) -> list[str]:
    """The series of an outlook that could not be projected."""
    return [name for name in SERIES.values() if not table["line"].eq(METHOD_NAMES[CENTRE])[table["series"].eq(name)].any()]


def summary(store: Store, code: str, area: str) -> str:
    """A sentence on EHC plans ahead."""
    table = outlook(store, code)
    own = table[table["series"].eq(SERIES["plans"])]
    ahead = own[own["line"].eq(METHOD_NAMES[CENTRE])]
    if ahead.empty:
        return f"{area} has too few yearly figures on one footing, or too few plans, to project."
    last = own[own["line"].eq("Published")].dropna(subset=["number"]).iloc[-1]
    end = ahead.iloc[-1]
    others = own[own["period"].eq(end["period"]) & own["line"].isin([METHOD_NAMES[name] for name in DRAWN])]
    tests = {test.horizon: test for test in tested(store, level_of(code))["plans"] if test.method == CENTRE}
    test = tests[max(tests)]
    on = {"england": "England's plans", "regions": "plans of regions", "authorities": "plans of authorities"}[level_of(code)]
    tried = f" Tried on {on} since {SINCE}, '{METHOD_NAMES[CENTRE].lower()}' was {percent(100 * abs(test.bias), 0)} too {'low' if test.bias < 0 else 'high'} in the middle case"
    if np.isnan(end["past_low"]):
        tried += f" ({test.projections} tries)."
    else:
        tried += f"; if it misses as it did then, 8 in 10 outcomes lie between {_about(end['past_low'])} and {_about(end['past_high'])}."
    return (
        f"{area} had {written(last['number'])} plans in {periods.spoken(last['period'])}. In {periods.spoken(end['period'])} it could have"
        f" {_about(others['number'].min())} to {_about(others['number'].max())}, depending on the method.{tried}"
    )


def _tries(tests: list[Tested]) -> int:
    return min(test.projections for test in tests if test.method == CENTRE)


def _about(number: float) -> str:
    """A projected number without false precision: to 1,000 for a country's or region's, to 10 for an authority's."""
    return written(round(number, -3 if number >= 30_000 else -1))
