"""SEND numbers ahead, and how wrong the same methods would have been in the past."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from sendlib.answer.numbers import capital, count_of, percent, written
from sendlib.areas import ENGLAND, Area
from sendlib.compared.comparators import the_region
from sendlib.methods import backtest
from sendlib.methods.backtest import FEWEST_STARTS, FEWEST_YEARS, METHODS, Tested
from sendlib.store import Store, kept_with_store
from sendlib.tables import periods

AHEAD = 5
SERIES = {
    "plans": "EHC plans in January",
    "ehc_plan": "Pupils with an EHC plan, %",
    "sen_support": "Pupils with SEN support, %",
}
METHOD_NAMES = {
    "flat": "Stays as it is",
    "half": "Half the recent rise",
    "damped": "Recent rise, dying away",
    "continued": "Recent rise goes on",
    "half_drift": "Half the rise of all years",
    "linear": "Straight line through all years",
    "log_linear": "Constant percentage through all years",
}
CENTRE = "damped"
HELD = "Published"
"""The line of what was published, beside those of the methods."""
SINCE = "2010"
"""Series are read from here on. The reform of September 2014 lies within, which no method could know of: so are reforms
to come."""
REFORM = (
    "those years hold the reform of September 2014,"
    " which opened plans to young people up to 25 and which no method could know of"
)
FEWEST_PLANS = 100
"""A projection of fewer plans than this would be about single children."""


@kept_with_store()
def published(store: Store) -> Mapping[str, pd.DataFrame]:
    """The yearly series by name: areas (England, regions and authorities) by period, NaN where missing."""
    plans = store.table("plans")
    rows = {"plans": plans[plans["measure"].eq("plans") & plans["characteristic"].eq("total")]}
    pupils = store.table("school_sen")
    for measure in ("ehc_plan", "sen_support"):
        rows[measure] = pupils[pupils["measure"].eq(measure) & pupils["phase"].eq("all")]
    return {
        name: part.astype({"area_code": str, "period": str})
        .pivot(index="area_code", columns="period", values="value")
        .loc[:, SINCE:]
        for name, part in rows.items()
    }


@kept_with_store()
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
        (
            SERIES[name],
            METHOD_NAMES[test.method],
            test.horizon,
            test.starts,
            test.projections,
            100 * test.error,
            100 * test.bias,
            100 * test.coverage,
        )
        for name, tests in tested(store).items()
        for test in tests
    ]
    return pd.DataFrame(
        rows, columns=["series", "method", "years_ahead", "starting_years", "projections", "error", "bias", "coverage"]
    )


def _farthest(store: Store, name: str) -> list[Tested]:
    """The methods at the farthest year ahead that a series of authorities was tested to; the nearest first."""
    tests = tested(store)[name]
    farthest = max((test.horizon for test in tests), default=0)
    return sorted((test for test in tests if test.horizon == farthest), key=lambda test: test.error)


_TRIED_ON = {
    "plans": "the EHC plans of authorities",
    "ehc_plan": "the share of pupils with an EHC plan, in authorities,",
    "sen_support": "the share of pupils with SEN support, in authorities,",
}


def too_few_years(name: str) -> str:
    """Why a series has no back-test."""
    return f"{SERIES[name]}: too few years are held to try any method on the past."


def how_wrong(store: Store, name: str = "plans") -> str:
    """One sentence: how wrong would we have been?"""
    found = _farthest(store, name)
    if not found:
        return too_few_years(name)
    centre = next(test for test in found if test.method == CENTRE)
    side = "too low" if centre.bias < 0 else "too high"
    ahead = count_of(centre.horizon, "year", "years")
    return (
        f"Tried on {_TRIED_ON[name]} from {count_of(centre.starts, 'starting year', 'starting years')} since {SINCE},"
        f" the method used here for {'numbers of plans' if name == 'plans' else 'it'}"
        f" ('{METHOD_NAMES[CENTRE].lower()}') would in the middle case have been {percent(100 * centre.error, 0)} out"
        f" {ahead} ahead, mostly {side}; the others"
        f" {percent(100 * min(test.error for test in found if test is not centre), 0)} to"
        f" {percent(100 * found[-1].error, 0)}."
    )


def how_sure(store: Store, name: str = "plans") -> str:
    """Which method did best, why it is or is not the centre, and how much the ranges held that go with the methods."""
    found = _farthest(store, name)
    if not found:
        return ""
    best = found[0]
    coverage = sorted(test.coverage for test in found)
    if best.method == CENTRE:
        said = "It did best of those tried."
    else:
        said = f"'{METHOD_NAMES[best.method]}' did best there ({percent(100 * best.error, 0)} out)."
        if name == "plans":
            said += (
                " It is still not recommended for life-limiting conditions: that was one long rise of another number,"
                " and in 160 series of cancer rates past rises that levelled off came nearer than rises that went on"
                " (Møller and others, Statistics in Medicine, 2003)."
            )
    few = (
        ""
        if best.starts >= FEWEST_STARTS
        else (
            f" That is {count_of(best.starts, 'starting year', 'starting years')} only,"
            " from which many authorities miss together: little can be learnt from it."
        )
    )
    reform = f"; {REFORM}" if name == "plans" else ""
    return (
        f"{said} A range from the spread of past yearly changes, meant to hold 8 in 10 of what came, held only"
        f" {written(100 * coverage[0])} to {written(100 * coverage[-1])} in 100 at that distance, depending on"
        f" the method{reform}.{few}"
    )


@kept_with_store(400)
def outlook(store: Store, code: str) -> pd.DataFrame:
    """History and projections of an area: series, line, period, number, past_low, past_high. Read-only.

    `past_low` and `past_high` stand on the centre line only: the 10th and 90th
    percentile of what came where that method was tried before, at the same
    level, if it was tried from enough starting years (many series from one year miss together).
    For England they are the least and the greatest of the past misses instead.
    They can lie above the line: a method that was always too low is told of as
    it was. A series too short to project has its history only.
    """
    rows: list[tuple[str, str, str, float, float, float]] = []
    for name, table in published(store).items():
        history = table.loc[code] if code in table.index else pd.Series(np.nan, index=table.columns)
        rows += [(SERIES[name], HELD, period, value, np.nan, np.nan) for period, value in history.items()]
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
                if method == CENTRE and starts(tests) >= FEWEST_STARTS:
                    less, more = backtest.widened(tests, method, ahead, ends=code == ENGLAND)
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


def area_of(area: Area) -> str:
    """An area at the beginning of a sentence on its own SEND numbers, which a tiny one has by itself."""
    return capital(the_region(area.name)) if area.code.startswith("E12") else area.short_name


def why_not_projected(area: Area) -> str:
    """Why a series of an area has no way on."""
    return f"{area_of(area)} has too few years of this on one footing to project it."


def too_short(table: pd.DataFrame) -> list[str]:
    """The series of an outlook that could not be projected."""
    return [
        name for name in SERIES.values() if not table["line"].eq(METHOD_NAMES[CENTRE])[table["series"].eq(name)].any()
    ]


def summary(store: Store, area: Area) -> str:
    """What EHC plans could be, by every method, and what the method in the middle missed by in the past."""
    table = outlook(store, area.code)
    own = table[table["series"].eq(SERIES["plans"])]
    ahead = own[own["line"].eq(METHOD_NAMES[CENTRE])]
    if ahead.empty:
        return f"{area_of(area)} has too few yearly figures of plans on one footing to project."
    last = own[own["line"].eq(HELD)].dropna(subset=["number"]).iloc[-1]
    end = ahead.iloc[-1]
    others = own[own["period"].eq(end["period"]) & own["line"].isin(METHOD_NAMES.values())]
    least, most, level = float(others["number"].min()), float(others["number"].max()), level_of(area.code)
    return (
        f"{area_of(area)} had {written(last['number'])} plans in {periods.spoken(last['period'])}. In"
        f" {periods.spoken(end['period'])} it could have {about(least)} to {about(most)}, depending on the method;"
        f" '{METHOD_NAMES[CENTRE].lower()}' gives {about(end['number'])}."
        f" {_past(tested(store, level)['plans'], level, end, most)}"
    )


def _past(tests: list[Tested], level: str, end: pd.Series, highest: float) -> str:
    """What the method in the middle missed by, as a range where enough starting years stand behind it."""
    number = starts(tests)
    if np.isnan(end["past_low"]):
        return (
            f"That method could be tested from {count_of(number, 'starting year', 'starting years')} only,"
            " so no range is given."
        )
    test = max((test for test in tests if test.method == CENTRE), key=lambda test: test.horizon)
    on = {"england": "England's plans", "regions": "plans of regions", "authorities": "plans of authorities"}[level]
    where = ""
    if end["past_low"] > end["number"]:
        where = (
            f", all of it above what {'any of the methods' if end['past_low'] > highest else 'the method'} gives,"
            " because plans rose faster and faster"
        )
    if level == "england":
        least, most = (written(100 * miss, 0, signed=True) for miss in (test.least, test.most))
        return (
            f"Tested on {on} from {count_of(number, 'starting year', 'starting years')} since {SINCE}, which overlap,"
            f" that method was {percent(100 * abs(test.bias), 0)} too {'low' if test.bias < 0 else 'high'} in the"
            f" middle case: past misses ran from {least}% to {most}%, which would be {about(end['past_low'])} to"
            f" {about(end['past_high'])}{where}; {REFORM}."
        )
    return (
        f"Tested on {on} from {count_of(number, 'starting year', 'starting years')} since {SINCE}, that method was"
        f" {percent(100 * abs(test.bias), 0)} too {'low' if test.bias < 0 else 'high'} in the middle case: with misses"
        f" like those, 8 in 10 outcomes would lie between {about(end['past_low'])} and"
        f" {about(end['past_high'])}{where}; {REFORM}."
    )


def shaded(table: pd.DataFrame, name: str, code: str) -> str:
    """What the shade in the picture of a series is, or why there is none; nothing where there is no picture."""
    rows = table[table["series"].eq(name) & table["line"].eq(METHOD_NAMES[CENTRE])]
    if rows.empty:
        return ""
    centre = METHOD_NAMES[CENTRE].lower()
    if rows["past_low"].isna().all():
        return (
            f"{name}: no range is drawn, because '{centre}' could be tested from fewer than {FEWEST_STARTS} starting"
            " years."
        )
    shade = (
        f"what '{centre}' would give with the least and with the greatest of its past misses"
        if code == ENGLAND
        else f"where 8 in 10 outcomes lie if '{centre}' misses as it did in the past"
    )
    return f"{name}: the shade is {shade}. Where it was too low before, the shade lies above its line."


def starts(tests: list[Tested]) -> int:
    """The starting years behind the farthest test of the method in the middle."""
    return min(test.starts for test in tests if test.method == CENTRE)


def about(number: float) -> str:
    """A projected number without false precision: to 1,000 for a country's or region's, to 10 for an authority's."""
    return written(round(number, -3 if number >= 30_000 else -1))
