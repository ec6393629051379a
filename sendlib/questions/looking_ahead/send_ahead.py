"""SEND numbers ahead: every method's way on from what was published.

A number has one range: from the lowest to the highest of the methods' ways on. These are scenarios. What past
projections missed by (send_past.py) is told beside it and never made into a second range.
"""

from __future__ import annotations

import math

import numpy as np
import pandas as pd

from sendlib.answer.numbers import capital, count_of, written
from sendlib.areas import Area
from sendlib.compared import doubtful
from sendlib.compared.comparators import the_region
from sendlib.compared.doubtful import Doubt
from sendlib.methods.backtest import FEWEST_YEARS, METHODS
from sendlib.questions.looking_ahead.send_past import (
    AHEAD,
    CENTRE,
    HELD,
    METHOD_NAMES,
    SERIES,
    judged,
    level_of,
    past,
    published,
)
from sendlib.store import Store, kept_with_store
from sendlib.tables import periods

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
        rows += [(SERIES[name], HELD, period, value, np.nan, np.nan) for period, value in history.items()]
        if why_not(store, code, name):
            continue
        run = _unbroken_end(judged(store)[name].loc[code])
        values = [METHODS[method](run.to_numpy(dtype=float)[None, :], AHEAD)[0] for method in METHOD_NAMES]
        ways = np.maximum(np.array(values), 0.0)
        for method, way in zip(METHOD_NAMES, ways, strict=True):
            ends = (ways.min(axis=0), ways.max(axis=0)) if method == CENTRE else (np.full(AHEAD, np.nan),) * 2
            for period, *numbers in zip(_coming(str(run.index[-1])), way, *ends, strict=True):
                rows.append((SERIES[name], METHOD_NAMES[method], period, *numbers))
    return pd.DataFrame(rows, columns=["series", "line", "period", "number", "lowest", "highest"])


def why_not(store: Store, code: str, name: str) -> str:
    """Why a series of an area has no way on, to follow its name and a colon; empty where it has one."""
    shown, table = published(store)[name], judged(store)[name]
    held = shown.loc[code].dropna() if code in shown.index else pd.Series(dtype=float)
    if held.empty:
        return "no figures of this are held."
    when = str(held.index[-1])
    if doubt := doubtful.of(store, code, doubtful.PLANS, when) if name == "plans" else None:
        return f"nothing is projected, because the number of {periods.spoken(when)} is doubtful: {doubt.why}."
    if few := _few_plans(store, code):
        return f"nothing is projected from so few ({few}); it would be about single children."
    run = _unbroken_end(table.loc[code])
    if len(run) < FEWEST_YEARS and name == "plans" and (gap := _doubted_gap(store, code, run)):
        return (
            f"nothing is projected, because the number of {periods.spoken(gap.period)} is doubtful ({gap.why}) and too"
            " few years follow it."
        )
    if len(run) < FEWEST_YEARS or (run <= 0).any():
        return "too few years of this stand on one footing to project it."
    return ""


def _doubted_gap(store: Store, code: str, run: pd.Series) -> Doubt | None:
    """The doubtful number right before the last years without a gap, if it is what cut them off."""
    if run.empty:
        return None
    return doubtful.of(store, code, doubtful.PLANS, f"{int(str(run.index[0])[:4]) - 1}-01")


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
    """An area at the beginning of a sentence on its own SEND numbers, which a tiny one has by itself."""
    return capital(the_region(area.name) if area.code.startswith("E12") else area.in_text)


def not_projected(store: Store, area: Area, name: str) -> str:
    """The same with the area's name; empty where a series has a way on."""
    why = why_not(store, area.code, name)
    return f"{area_of(area)}: {why}" if why else ""


def too_short(table: pd.DataFrame) -> list[str]:
    """The series of an outlook that could not be projected."""
    return [
        name for name in SERIES.values() if not table["line"].eq(METHOD_NAMES[CENTRE])[table["series"].eq(name)].any()
    ]


def summary(store: Store, area: Area) -> str:
    """What EHC plans could be, by every method, and what the method in the middle missed by in the past."""
    if why := not_projected(store, area, "plans"):
        return why
    table = outlook(store, area.code)
    own = table[table["series"].eq(SERIES["plans"])]
    last = own[own["line"].eq(HELD)].dropna(subset=["number"]).iloc[-1]
    end = own[own["line"].eq(METHOD_NAMES[CENTRE])].iloc[-1]
    return (
        f"{area_of(area)} had {written(last['number'])} plans in {periods.spoken(last['period'])}. In"
        f" {periods.spoken(end['period'])} it could have about {span(end)}: the"
        f" lowest and the highest of {len(METHOD_NAMES)} ways on, which are scenarios and no limits."
        f" '{METHOD_NAMES[CENTRE]}' gives {about(end['number'])}. {past(store, level_of(area.code))}"
    )


def shaded(store: Store, area: Area, name: str) -> str:
    """What the shade in the picture of a series is, or why there is none."""
    why = not_projected(store, area, name)
    return why or (
        f"{SERIES[name]}: the shade runs from the lowest to the highest of the {len(METHOD_NAMES)} ways on. They are"
        " scenarios, and none of them is a limit."
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
