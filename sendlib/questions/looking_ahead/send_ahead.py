"""SEND numbers ahead: every method's way on from what was published.

A number has one range: from the lowest to the highest of the methods' ways on. These are scenarios. What past
projections missed by (send_past.py) is told beside it and never made into a second range.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np
import pandas as pd

from sendlib.answer.numbers import capital, count_of, listed, percent, written
from sendlib.areas import Area
from sendlib.compared import widened
from sendlib.compared.comparators import known_areas
from sendlib.compared.doubtful import Doubt
from sendlib.methods.backtest import FEWEST_YEARS, METHODS
from sendlib.questions.looking_ahead import send_population
from sendlib.questions.looking_ahead.send_past import (
    AHEAD,
    CENTRE,
    HELD,
    METHOD_NAMES,
    MOST_UNKNOWN,
    NEED,
    SERIES,
    SPECIAL,
    SPECIAL_SCHOOLS,
    doubted,
    is_share,
    judged,
    level_of,
    past,
    published,
    series,
    unplaced,
)
from sendlib.store import Store, kept_with_store
from sendlib.tables import periods

IF_SHARES_HELD = "If today's shares held"
"""The line of what would follow if only the residents changed."""
FEWEST_PLANS = 100
"""A projection of fewer plans than this, or of a share where there are so few, would be about single children."""


@kept_with_store(400)
def outlook(store: Store, code: str) -> pd.DataFrame:
    """History and projections of an area: series, line, period, number, lowest, highest. Read-only.

    `lowest` and `highest` stand on the centre line only: those of all the methods in that year, of which it is one.
    That is the only range there is. A series that can not be projected has its history only.
    """
    rows: list[tuple[str, str, str, float, float, float]] = []
    for name, table in published(store).items():
        history = table.loc[code] if code in table.index else pd.Series(np.nan, index=table.columns)
        called = series(store)[name]
        rows += [(called, HELD, period, value, np.nan, np.nan) for period, value in history.items()]
        if why_not(store, code, name):
            continue
        run = _unbroken_end(judged(store)[name].loc[code])
        values = [METHODS[method](run.to_numpy(dtype=float)[None, :], AHEAD)[0] for method in METHOD_NAMES]
        coming = _coming(str(run.index[-1]))
        values.append(send_population.way(store, code, name, float(run.iloc[-1]), coming))
        ways = np.maximum(np.array(values), 0.0)
        for line, way in zip((*METHOD_NAMES.values(), IF_SHARES_HELD), ways, strict=True):
            if np.isnan(way).all():
                continue
            centre = line == METHOD_NAMES[CENTRE]
            ends = (np.nanmin(ways, axis=0), np.nanmax(ways, axis=0)) if centre else (np.full(AHEAD, np.nan),) * 2
            for period, *numbers in zip(coming, way, *ends, strict=True):
                rows.append((called, line, period, *numbers))
    return pd.DataFrame(rows, columns=["series", "line", "period", "number", "lowest", "highest"])


def why_not(store: Store, code: str, name: str) -> str:
    """Why a series of an area has no way on, to follow its name and a colon; empty where it has one."""
    if is_share(name) and _is_put_together(store, code):
        return (
            "not available for several authorities together, because LAIT publishes these shares without the numbers of"
            " pupils that they are shares of (the numbers of 2022/23 alone are held)."
        )
    shown, table = published(store)[name], judged(store)[name]
    held = shown.loc[code].dropna() if code in shown.index else pd.Series(dtype=float)
    if held.empty:
        return "no figures of this are held."
    when = str(held.index[-1])
    if in_doubt := doubted(store, code, when) if name == "plans" else None:
        why = _why(store, code, in_doubt)
        return f"nothing is projected, because the number of {periods.spoken(when)} is doubtful: {why}."
    if name == SPECIAL and (unclear := _unclear_places(store, code, when)):
        return unclear
    if few := _few_plans(store, code):
        return f"nothing is projected from so few ({few}); it would be about single children."
    run = _unbroken_end(table.loc[code])
    if len(run) < FEWEST_YEARS and name == "plans" and (gap := _doubted_gap(store, code, run)):
        return (
            f"nothing is projected, because the number of {periods.spoken(gap[0])} is doubtful ({gap[1]}) and too"
            " few years follow it."
        )
    if not is_share(name) and len(run) and run.iloc[-1] < FEWEST_PLANS:
        return f"nothing is projected from so few ({written(run.iloc[-1])}); it would be about single children."
    if len(run) < FEWEST_YEARS or (run <= 0).any():
        return "too few years of this stand on one footing to project it."
    return ""


def _unclear_places(store: Store, code: str, when: str) -> str:
    """Why the newest number of plans in special schools is not gone on from; empty where it is."""
    if np.isnan(judged(store)[SPECIAL].loc[code, when]):
        share = float(unplaced(store)[when].get(code, 0.0))
        if share > MOST_UNKNOWN:
            of = f"{percent(100 * share)} of the plans of {periods.spoken(when)}"
            return f"nothing is projected, because {of} had no known placement."
        why = _why(store, code, doubted(store, code, when, SPECIAL_SCHOOLS))
        return f"nothing is projected, because the number of {periods.spoken(when)} is doubtful: {why}."
    return ""


def _is_put_together(store: Store, code: str) -> bool:
    """Whether an area is several authorities of which no publisher gives figures together."""
    area = known_areas(store).get(code)
    return area.kind not in ("region", "england") and len(area.parts) > 1


def _why(store: Store, code: str, in_doubt: Mapping[str, Doubt]) -> str:
    """Why numbers can not be right; whose they are, where the area is several authorities."""
    several = _is_put_together(store, code)
    return "; ".join(f"{f'{name} has ' if several else ''}{doubt.why}" for name, doubt in in_doubt.items())


def _doubted_gap(store: Store, code: str, run: pd.Series) -> tuple[str, str] | None:
    """The doubtful number right before the last years without a gap, if it is what cut them off: when, and why."""
    if run.empty:
        return None
    when = f"{int(str(run.index[0])[:4]) - 1}-01"
    in_doubt = doubted(store, code, when)
    return (when, _why(store, code, in_doubt)) if in_doubt else None


def _few_plans(store: Store, code: str) -> str:
    """The plans of an area that has too few for its numbers, or shares of so few pupils, to be projected."""
    table = published(store)["plans"]
    held = table.loc[code].dropna() if code in table.index else pd.Series(dtype=float)
    if held.empty or held.iloc[-1] >= FEWEST_PLANS:
        return ""
    return f"{count_of(int(held.iloc[-1]), 'plan', 'plans')} in {periods.spoken(str(held.index[-1]))}"


def _unbroken_end(history: pd.Series) -> pd.Series:
    """The last years of a series without a gap; years of which nothing is known yet are no gap."""
    history = history.loc[: history.last_valid_index()]
    missing = np.flatnonzero(history.isna().to_numpy())
    return history.iloc[missing[-1] + 1 if len(missing) else 0 :]


def _coming(last: str) -> list[str]:
    if "/" in last:
        return [periods.school_year(int(last[:4]) + 1 + ahead) for ahead in range(1, AHEAD + 1)]
    return [f"{int(last[:4]) + ahead}-01" for ahead in range(1, AHEAD + 1)]


def area_of(area: Area) -> str:
    """Whose plans they are, at the beginning of a sentence; a tiny area has its own. A region and a health area
    maintain none: their authorities do."""
    return (
        f"The authorities of {area.in_text}" if area.kind in ("region", "board", "location") else capital(area.in_text)
    )


def not_projected(store: Store, area: Area, name: str) -> str:
    """The same with the area's name; empty where a series has a way on."""
    why = why_not(store, area.code, name)
    return f"{capital(area.in_text)}: {why}" if why else ""


def too_short(table: pd.DataFrame) -> list[str]:
    """The series of an outlook that could not be projected."""
    return [
        name
        for name in dict.fromkeys(table["series"])
        if not table["line"].eq(METHOD_NAMES[CENTRE])[table["series"].eq(name)].any()
    ]


def summary(store: Store, area: Area) -> str:
    """What EHC plans could be, by every method, and what the method in the middle missed by in the past."""
    if why := not_projected(store, area, "plans"):
        return why
    table = outlook(store, area.code)
    own = table[table["series"].eq(SERIES["plans"])]
    last = own[own["line"].eq(HELD)].dropna(subset=["number"]).iloc[-1]
    end = own[own["line"].eq(METHOD_NAMES[CENTRE])].iloc[-1]
    ways = own.loc[own["line"].ne(HELD), "line"].nunique()
    return (
        f"{area_of(area)} had {written(last['number'])} plans in {periods.spoken(last['period'])}"
        f"{_since(store, area, last['period'])}. In {periods.spoken(end['period'])} there could be about {span(end)}:"
        f" the lowest and the highest of {ways} ways on, which are scenarios and no limits."
        f" '{METHOD_NAMES[CENTRE]}' gives {about(end['number'])}.{_if_held(own)} {past(store, level_of(area))}"
    )


def _if_held(own: pd.DataFrame) -> str:
    """What would follow if only the residents changed."""
    held = own.loc[own["line"].eq(IF_SHARES_HELD), "number"]
    return (
        f" {IF_SHARES_HELD}, and only the residents changed, it would be {about(held.iloc[-1])}." if len(held) else ""
    )


@kept_with_store(of_base=True)
def by_need(store: Store) -> str:
    """Why no need has a way on; empty where the store has years enough of the census."""
    if any(name.startswith(NEED) for name in series(store)):
        return ""
    plans, pupils = (
        store.table(table).loc[rows, "period"].nunique()
        for table, rows in (
            ("needs", store.table("needs")["scope"].eq("all")),
            ("school_needs", store.table("school_needs")["value"].notna()),
        )
    )
    return (
        f"By need nothing is projected: plans by need are held of {count_of(plans, 'January', 'Januaries')} and pupils"
        f" by need of {count_of(pupils, 'census', 'censuses')}, and {FEWEST_YEARS} are needed. A refresh brings every"
        " census that DfE's API has."
    )


def places(store: Store) -> str:
    """What the number of plans in special schools says of places."""
    return (
        "Places in special schools are not projected. How many there are is published by DfE (School capacity) and not"
        " held here over the years; plans placed there are the places that are needed, of state and independent special"
        f" schools together. Januaries in which more than {100 * MOST_UNKNOWN:g}% of the plans had no known placement"
        " are left out, and DfE changed how it collects placements in January 2023."
    )


def _since(store: Store, area: Area, last: str) -> str:
    """Who lacks a number in the Januaries after the last in which all that an area is made of have one."""
    rows = widened.lacking(store, "plans", area.code)
    if rows.empty:
        return ""
    rows = rows[rows["measure"].eq("plans") & rows["characteristic"].eq("total")]
    names, told = known_areas(store).names, []
    for period, known, without in zip(rows["period"].astype(str), rows["known"], rows["without"], strict=True):
        if period > last:
            who = listed([names[code] for code in without.split(",")])
            told.append(f"for {periods.spoken(period)} there is no number of {who}; the others had {written(known)}")
    return f" ({'; '.join(told)})" if told else ""


def shaded(store: Store, area: Area, name: str) -> str:
    """What the shade in the picture of a series is, or why there is none."""
    why = not_projected(store, area, name)
    return why or (
        f"{series(store)[name]}: the shade runs from the lowest to the highest of all ways on, which 'See the numbers'"
        f" has by name. They are scenarios, and none of them is a limit. {send_population.in_words(store, name)}"
        f"{f' {places(store)}' if name == SPECIAL else ''}"
    )


def about(number: float) -> str:
    """A projected number without false precision: to 1,000 for a country's or region's, to 10 for an authority's."""
    return written(_step(number) * round(number / _step(number)))


def span(row: pd.Series) -> str:
    """The range of a number, `3,470 to 7,670`, rounded outwards so that it holds all that it is drawn from."""
    ends = zip((row["lowest"], row["highest"]), (math.floor, math.ceil), strict=True)
    return " to ".join(written(_step(end) * outwards(end / _step(end))) for end, outwards in ends)


def _step(number: float) -> int:
    return 1000 if number >= 30_000 else 10
