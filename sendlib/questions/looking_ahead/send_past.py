"""The yearly SEND numbers, and how wrong projections of them would have been in the past.

What past projections missed by is told in per cent and never made into a range of a number: a few starting years that
overlap, with a reform among them, carry no probability.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from sendlib.answer.numbers import count_of, percent, written
from sendlib.areas import ENGLAND, Area
from sendlib.compared import doubtful, doubts
from sendlib.compared.comparators import known_areas
from sendlib.compared.doubtful import Doubt
from sendlib.methods import backtest
from sendlib.methods.backtest import FEWEST_YEARS, Floats, Outside, Tested
from sendlib.store import Store, kept_with_store
from sendlib.tables.needs import NEEDS
from sendlib.tables.placements import ALL_PLACEMENTS

AHEAD = 5
PLANS, SPECIAL, NEED = "plans", "special", "need_"
"""Names of series; those by need begin with the last."""
SERIES = {
    PLANS: "EHC plans in January",
    SPECIAL: "Plans in special schools",
    "ehc_plan": "Pupils with an EHC plan, %",
    "sen_support": "Pupils with SEN support, %",
}
SHARES = ("ehc_plan", "sen_support")
SPECIAL_SCHOOLS, _UNKNOWN, MOST_UNKNOWN = "special_total", "placement_unknown", 0.05
"""Placements; and the part of plans without a known placement above which the number of a January is not used."""
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
REFORM = "across the reform of September 2014, which opened plans to young people up to 25"


def is_share(name: str) -> bool:
    """Whether a series is per cent of pupils and no count."""
    return name in SHARES


def series(store: Store) -> dict[str, str]:
    """The series by name and what they are called; pupils by need are among them where the store has enough years of
    the census, which only a refresh brings."""
    return {**SERIES, **_by_need(store)}


@kept_with_store(of_base=True)
def _by_need(store: Store) -> dict[str, str]:
    if "school_needs" not in store.tables or store.table("school_needs")["period"].nunique() < FEWEST_YEARS:
        return {}
    return {f"{NEED}{need}": f"Pupils with SEN: {name}" for need, name in NEEDS.items()}


def published(store: Store) -> Mapping[str, pd.DataFrame]:
    """The yearly series by name: areas (England, regions, authorities and groups) by period, NaN where missing."""
    return {name: _series(store, name) for name in series(store)}


@kept_with_store(32, area_by_area=True)
def _series(store: Store, name: str) -> pd.DataFrame:
    if name == PLANS:
        plans = store.table("plans")
        rows = plans[plans["measure"].eq("plans") & plans["characteristic"].eq("total")]
    elif name == SPECIAL:
        placed = store.table("placements")
        rows = placed[placed["placement"].eq(SPECIAL_SCHOOLS)]
    elif name.startswith(NEED):
        return _pupils_with(store, name.removeprefix(NEED))
    else:
        pupils = store.table("school_sen")
        rows = pupils[pupils["measure"].eq(name) & pupils["phase"].eq("all")]
    rows = rows.astype({"area_code": str, "period": str})
    return rows.pivot(index="area_code", columns="period", values="value").loc[:, SINCE:]


def _pupils_with(store: Store, need: str) -> pd.DataFrame:
    """Pupils with SEN support or a plan and this primary need: all kinds of school and of help together."""
    rows = store.table("school_needs").astype({"area_code": str, "period": str, "need": str})
    return rows[rows["need"].eq(need)].pivot_table(
        index="area_code", columns="period", values="value", aggfunc="sum", observed=True
    )


@kept_with_store(area_by_area=True)
def unplaced(store: Store) -> pd.DataFrame:
    """The part of plans without a known placement, by area and January; nought where the publisher has no such kind."""
    rows = store.table("placements").astype({"area_code": str, "period": str, "placement": str})
    counts = {
        name: rows[rows["placement"].eq(name)].pivot(index="area_code", columns="period", values="value")
        for name in (_UNKNOWN, ALL_PLACEMENTS)
    }
    plans = counts[ALL_PLACEMENTS]
    return (counts[_UNKNOWN].reindex_like(plans) / plans).fillna(0.0)


@kept_with_store()
def judged(store: Store) -> Mapping[str, pd.DataFrame]:
    """The same without plans that can not be right, or whose placement is unknown too often, nor sums in which such a
    number is: what is projected, and tried on the past."""
    held = dict(published(store))
    for name, measure in ((PLANS, doubtful.PLANS), (SPECIAL, SPECIAL_SCHOOLS)):
        # Only authorities are judged, which are the same in every widened store.
        kept = doubtful.without(store.base, measure, held[name])
        for code in known_areas(store).groups:
            if code in kept.index:
                kept.loc[code, [when for when in kept.columns if doubted(store, code, str(when), measure)]] = np.nan
        held[name] = kept
    known = unplaced(store).reindex_like(held[SPECIAL]).fillna(0.0).le(MOST_UNKNOWN)
    return {**held, SPECIAL: held[SPECIAL].where(known)}


def doubted(store: Store, code: str, period: str, measure: str = doubtful.PLANS) -> dict[str, Doubt]:
    """Whose number of plans of a January can not be right, of those that an area is made of (compared.doubts)."""
    return doubts.within(store, known_areas(store).get(code), measure, period)


_PATTERNS = {"authorities": r"\d{3}", "regions": r"E12\d{6}", "england": ENGLAND}
"""Areas that projections are tried on together. A country errs less than one authority does, so each level has its
own."""


def _matrix(store: Store, name: str, level: str) -> Floats:
    """A series of all areas of a level, or of a group alone: (areas, periods), above nought or missing."""
    table = judged(store)[name]
    values = table[table.index.str.fullmatch(_PATTERNS[level])] if level in _PATTERNS else table.loc[[level]]
    return np.asarray(values.where(values > 0).to_numpy(dtype=float))


@kept_with_store(of_base=True)
def tested(store: Store, level: str = "authorities") -> Mapping[str, list[Tested]]:
    """The back-test of each series over all authorities, all regions or England alone."""
    return {name: backtest.rolling_origin(_matrix(store, name, level), AHEAD) for name in series(store)}


def level_of(area: Area) -> str:
    """Which back-test an area is set against: that of its level, or of a group's own plans (its code)."""
    if area.kind in ("region", "england"):
        return "england" if area.kind == "england" else "regions"
    return "authorities" if len(area.parts) == 1 else area.code


def backtest_table(store: Store) -> pd.DataFrame:
    """The misses by series, method and years ahead."""
    called = series(store)
    rows = [
        (
            called[name],
            METHOD_NAMES[test.method],
            test.horizon,
            test.starts,
            test.projections,
            100 * test.error,
            100 * test.bias,
            100 * test.low,
            100 * test.high,
        )
        for name, tests in tested(store).items()
        for test in tests
    ]
    whose = ["series", "method", "years_ahead", "starting_years", "projections"]
    return pd.DataFrame(rows, columns=[*whose, "error", "bias", "missed_from", "missed_to"])


def _farthest(store: Store, name: str) -> list[Tested]:
    """The methods at the farthest year ahead that a series of authorities was tested to; the nearest first."""
    tests = tested(store)[name]
    farthest = max((test.horizon for test in tests), default=0)
    return sorted((test for test in tests if test.horizon == farthest), key=lambda test: test.error)


_TRIED_ON = {
    PLANS: "the EHC plans of authorities",
    SPECIAL: "the plans of authorities that are placed in special schools",
    "ehc_plan": "the share of pupils with an EHC plan, in authorities,",
    "sen_support": "the share of pupils with SEN support, in authorities,",
}


_PUPILS_TRIED_ON = "the pupils of authorities with this need"


def too_few_years(called: str) -> str:
    """Why a series of this name has no back-test."""
    return f"{called}: too few years are held to try any method on the past."


def how_wrong(store: Store, name: str = "plans") -> str:
    """How wrong would we have been? The method in the middle, then the others."""
    found = _farthest(store, name)
    if not found:
        return too_few_years(series(store)[name])
    centre = next(test for test in found if test.method == CENTRE)
    others = [test.error for test in found if test is not centre]
    ahead = count_of(centre.horizon, "year", "years")
    return (
        f"Tried on {_TRIED_ON.get(name, _PUPILS_TRIED_ON)} {_since(store, name, centre)}, the method used here"
        f" ('{METHOD_NAMES[CENTRE].lower()}') would in the middle case have been {percent(100 * centre.error, 0)} out"
        f" {ahead} ahead, and {_ends_said(centre.low, centre.high)} {LEFT_OUT}; the others"
        f" {percent(100 * min(others), 0)} to {percent(100 * max(others), 0)} out in the middle case."
    )


LEFT_OUT = "without the tenth of the tries at either end"


def _since(store: Store, name: str, test: Tested) -> str:
    """The starting years of a test: `from 2015 to 2020`, `from 2020/21 only`."""
    years = [str(year).removesuffix("-01") for year in judged(store)[name].columns]
    first, last = years[test.first], years[test.last]
    return f"from {first} only" if first == last else f"from {first} to {last}"


def _ends_said(low: float, high: float) -> str:
    """Two misses (parts) in words: `between 43% too low and 3% too high`, `between 36% and 9% too low`."""
    first, last = (percent(abs(100 * miss), 0) for miss in (low, high))
    if (low < 0) != (high < 0):
        return f"between {first} too low and {last} too high"
    side = "low" if low < 0 else "high"
    return f"{first} too {side}" if first == last else f"between {first} and {last} too {side}"


def how_sure(store: Store, name: str = "plans") -> str:
    """Which method did best, why it is or is not the centre, and how little a few starting years can tell."""
    found = _farthest(store, name)
    if not found:
        return ""
    best = found[0]
    if best.method == CENTRE:
        said = "It did best of those tried."
    else:
        said = f"'{METHOD_NAMES[best.method]}' did best there ({percent(100 * best.error, 0)} out)."
        if name == "plans":
            said += (
                " It is still not recommended for life-limiting conditions: in 160 series of cancer rates past rises"
                " that levelled off came nearer than rises that went on (Møller and others, Statistics in Medicine,"
                " 2003)."
            )
    few = (
        "Authorities miss together, and one starting year says little."
        if best.starts == 1
        else f"Authorities miss together, and the {best.starts} starting years overlap: past misses are no probability."
    )
    reform = f" These years lie {REFORM}." if name == "plans" else ""
    return f"{said} {few}{reform}"


_ON = {"england": "England's plans", "regions": "the plans of regions", "authorities": "the plans of authorities"}


def past(store: Store, level: str) -> str:
    """What the method in the middle missed by, from all starting years and from the newest, and how often more came
    than any method gave. `level`: of level_of."""
    return _past(store.base if level in _PATTERNS else store, level)


@kept_with_store(16)
def _past(store: Store, level: str) -> str:
    values = _matrix(store, "plans", level)
    tests = backtest.rolling_origin(values, AHEAD)
    if not tests:
        return "Too few years of its own plans are held to try that way on the past."
    test = _of_centre(tests)
    ahead = count_of(test.horizon, "year", "years")
    newest = max(FEWEST_YEARS, test.last + 1)
    latest = _of_centre(backtest.rolling_origin(values, AHEAD, newest), test.horizon)
    ends, left_out = (
        (_ends_of(level, test), _ends_of(level, latest)),
        f" ({LEFT_OUT})" if level == "authorities" else "",
    )
    more, more_then = (
        next(found for found in backtest.outside(values, AHEAD, first) if found.horizon == test.horizon)
        for first in (FEWEST_YEARS, newest)
    )
    alone = _since(store, "plans", latest).removesuffix(" only")
    return (
        f"Tried on {_ON.get(level, 'its own plans')} {_since(store, 'plans', test)}, {REFORM}, that way ended {ends[0]}"
        f" after {ahead}{left_out}; {alone} alone, {ends[1]}. More came than any of the ways gave in {_times(more)};"
        f" {alone}, in {_times(more_then)}."
    )


def _of_centre(tests: list[Tested], horizon: int | None = None) -> Tested:
    """The method in the middle at a horizon, or at the farthest."""
    own = {test.horizon: test for test in tests if test.method == CENTRE}
    return own[horizon or max(own)]


def _ends_of(level: str, test: Tested) -> str:
    """The misses of a test in words. There are too few regions, and one England, for a tenth of them to be left out."""
    return _ends_said(test.low, test.high) if level == "authorities" else _ends_said(test.least, test.most)


def _times(found: Outside) -> str:
    """How often more came than any method gave: `77 of 100 tries`, `5 of 6 tries`."""
    if found.projections < 100:
        return f"{round(found.above * found.projections)} of {count_of(found.projections, 'try', 'tries')}"
    return f"{written(100 * found.above)} of 100 tries"
