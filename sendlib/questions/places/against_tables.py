"""The tables of residence against provision: by need, and for the area as a whole."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from sendlib.answer import Column, Note, Table, Text
from sendlib.answer.numbers import capital, count_of, listed, written
from sendlib.areas import Area
from sendlib.compared import cohorts, crosses, latest
from sendlib.compared.comparators import known_areas
from sendlib.compared.means import too_small
from sendlib.questions.places import against_ahead, flows, register, special_here, travel
from sendlib.questions.places.against import Placed, placed_of, said
from sendlib.questions.places.naming import maintainers, place
from sendlib.store import Store
from sendlib.tables.needs import NEEDS, UNKNOWN
from sendlib.tables.periods import spoken_month
from sendlib.tables.school_needs import PHASES
from sendlib.tables.schools import one_kind
from sendlib.tables.symbols import NOT_AVAILABLE, VALUE

BY_NEED, WHOLE = "against", "against_whole"
_STATUS = Column("Status", "value, or why there is no number", only_in_files=True)


def all_of(store: Store, area: Area, need_here: pd.DataFrame, beside: pd.Series, january: str) -> dict[str, Table]:
    """The three tables; the last only where plans can be carried forward.

    `need_here`: the table of that name, `beside`: the area's row of the table of that name, `january`: of when it is.
    """
    ahead = {} if against_ahead.why_not(store, area) else {against_ahead.NAME: against_ahead.table(store, area)}
    return {BY_NEED: _by_need(store, area, need_here), WHOLE: _whole(store, area, beside, january), **ahead}


def notes(store: Store, area: Area) -> list[Note]:
    """What is not known of needs that schools are approved for, of the schools here, and of what would be needed."""
    found = []
    without = _no_pupils(store, area)
    if not _has_needs(store):
        text = (
            "Which needs a school is approved for, and the places in such schools, are not available until the register"
            " of schools is fetched."
        )
        instead = "" if without else " Until then pupils of state special schools stand here instead."
        found.append(Note("missing", Text(f"{text}{instead}"), BY_NEED))
    if without:
        found.append(Note("missing", Text(without), BY_NEED))
    if old := special_here.undivided(store, area):
        month = spoken_month(register.day(store))
        text = f"The register of {month} has schools here under {old}, which was divided since."
        found += [Note("missing", Text(text), name) for name in (BY_NEED, WHOLE)]
    if why := against_ahead.why_not(store, area):
        found.append(
            Note("missing", Text(f"What it would take if plans go on to grow is not worked out: {why}"), WHOLE)
        )
    return found


def _no_pupils(store: Store, area: Area) -> str:
    """Why there are no pupils by need of the state special schools here; nothing where there are."""

    def lacks(code: str) -> bool:
        rows = crosses.in_schools(store, code)
        return bool(rows.loc[rows["category"].eq(PHASES["special"]), "count"].isna().all())

    if not lacks(area.code):
        return ""
    census = crosses.school_census(store)
    what = f"Pupils of state special schools by need, {census}, are not available for {place(area)}"
    known = known_areas(store)
    old = {name: None for code in area.parts if lacks(code) for _, name, _ in known.predecessors(code)}
    if old:
        some = "they" if len(area.parts) == 1 else "some of them"
        return f"{what}: {some} were counted for {listed(list(old))}, since divided."
    return f"{what}: none are published of schools located there."


# By need


def _has_needs(store: Store) -> bool:
    """Whether the register that is held says which needs schools are approved for."""
    return "needs" not in register.lacks(store)


_TWO_NUMBERS = (
    "**Two numbers beside each other, and never one taken from the other.** Plans are of residents up to 25, wherever"
    " they learn; pupils are those of the schools here, wherever they live, with a plan or SEN support."
)
_APPROVED_FOR_SEVERAL = (
    " A school that is approved for several needs counts for each of them, so schools and places do not add up."
)


def _by_need(store: Store, area: Area, need_here: pd.DataFrame) -> Table:
    counts = cohorts.counts(store)
    own = counts.loc[area.code] if area.code in counts.index else pd.Series(np.nan, index=counts.columns)
    data = pd.DataFrame(
        {
            "need": [*NEEDS, UNKNOWN],
            "name": [*NEEDS.values(), "Not recorded"],
            "plans": own[[*NEEDS, cohorts.APART]].to_numpy(dtype=float),
            "plans_share": [*need_here["plans_share"], np.nan],
            **_approved(store, area),
            "pupils": [*need_here["pupils"], np.nan],
        }
    )
    data["pupils_status"] = np.where(data["pupils"].isna(), NOT_AVAILABLE, VALUE)
    data["status"] = np.where(data[["plans", "pupils"]].isna().all(axis=1), NOT_AVAILABLE, VALUE)
    january, census = latest.said(cohorts.newest(store, cohorts.PLANS)), crosses.school_census(store)
    schools = f", {_in_the_register(store)}" if _has_needs(store) else ""
    return Table(
        data,
        Text(
            f"Plans of {maintainers(area)} by primary need, {january}, beside schools located in {place(area)}: pupils"
            f" of state special schools by primary need, {census}{schools}"
        ),
        {name: column for name, column in _by_need_columns(store).items() if name in data},
        ("needs", "school_needs", *(["schools"] if schools else [])),
        "Needs of residents against places here",
        how_to_read=Text(_TWO_NUMBERS + (_APPROVED_FOR_SEVERAL if schools else "")),
        of_few=("plans", "plans_share"),
        also_few=("pupils",),
    )


def _by_need_columns(store: Store) -> dict[str, Column]:
    january, month = latest.said(cohorts.newest(store, cohorts.PLANS)), spoken_month(register.day(store))
    return {
        "need": Column("Need (code)", "code of the primary need", only_in_files=True),
        "name": Column("Need", "primary need, as the plan or the school has it"),
        "plans": Column(
            "Plans of residents", f"plans from here whose main need it is, {january}", "plans", 0, otherwise="–"
        ),
        "plans_share": Column(
            "Share of plans", "these plans, out of those with a recorded need", "%", 1, otherwise="–"
        ),
        "schools": Column(
            "Special schools here approved for it", f"special schools located here, register of {month}", "schools", 0
        ),
        "places": Column(
            "Places in schools approved for it",
            "all places of these schools, whatever their pupils' needs, of those for which the register gives them",
            "places",
            0,
            otherwise="–",
        ),
        "pupils": Column(
            "Pupils in state special schools here",
            f"pupils with SEN and this primary need, wherever they live, {crosses.school_census(store)}",
            "pupils",
            0,
            otherwise="–",
        ),
        "pupils_status": Column(
            "Status of the pupils", "value, or not_available where there is no number of pupils", only_in_files=True
        ),
        "status": _STATUS,
    }


def _approved(store: Store, area: Area) -> dict[str, Sequence[float]]:
    """Special schools here approved for each need, and their places; nothing where the register does not say."""
    if not _has_needs(store):
        return {}
    if special_here.undivided(store, area):
        unknown = [np.nan] * (len(NEEDS) + 1)
        return {"schools": unknown, "places": unknown}
    rows = special_here.schools(store, area)
    named = rows["needs"].astype(str).str.split(";")
    # As an array of bool, because of an area without a school an empty list would name columns.
    approved = [rows[np.array([need in held for held in named], dtype=bool)] for need in NEEDS]
    return {
        "schools": [*(float(len(held)) for held in approved), np.nan],
        "places": [*(float(held["places"].sum(min_count=1)) for held in approved), np.nan],
    }


def _in_the_register(store: Store) -> str:
    return f"and those approved for the need, register of {spoken_month(register.day(store))}"


# As a whole

_WHOLE = {
    "what": Column("What", "whom or what the row counts"),
    "number": Column("Number", "how many there are", decimals=0),
    "counted": Column("Of", "what is counted: plans, places, pupils"),
    "share": Column("Share of all plans", "these plans, out of all plans of the same January", "%", 1, otherwise="–"),
    "given": Column("Given for how many", "for how many of the schools located here the register has the number"),
    "when": Column("When", "when it was counted"),
    "source": Column("Source", "publication, and the table here that holds it"),
    "doubtful": Column("Doubtful?", "why the number can not be right; a rule finds it"),
    "status": _STATUS,
}


_OTHER_CHILDREN = (
    "Each row has a date of its own and counts other children, so no row is taken from another: a place here may be"
    " taken by a pupil from elsewhere, and a plan from here may be placed elsewhere."
)


def _whole(store: Store, area: Area, beside: pd.Series, january: str) -> Table:
    placed = placed_of(store, area)
    rows = [*_plan_rows(placed, few=area.code in too_small(store)), *_school_rows(store, area)]
    census = "Special educational needs in England (places)"
    with_sen = "Pupils with SEN in state special schools here, wherever they live"
    rows.append(_row(with_sen, beside["pupils_here"], "pupils", latest.said(january), census))
    rows += _flow_rows(store, area)
    rest = f"{_OTHER_CHILDREN}{register.given_to_none(store)}"
    return Table(
        pd.DataFrame(rows, columns=list(_WHOLE)),
        Text(
            f"Plans of {maintainers(area)} placed in special schools, and what the special schools located in"
            f" {place(area)} have, each with its own date"
        ),
        _WHOLE,
        ("placements", "schools", "places", "flows"),
        "Plans and places for the area as a whole",
        how_to_read=Text(
            f"**{said(store, area)}** {rest}",
            show=f"{said(store, area, 'show')} {rest}",
            families=f"{said(store, area, 'families')} {rest}",
        ),
        of_few=("number", "share"),
    )


def _row(
    what: str,
    number: float,
    counted: str,
    when: str,
    source: str,
    *,
    share: float = np.nan,
    given: str = "",
    doubt: str = "",
) -> tuple[object, ...]:
    status = NOT_AVAILABLE if np.isnan(number) else VALUE
    return what, float(number), counted, share, given, when, source, doubt, status


def _plan_rows(placed: Placed, *, few: bool) -> list[tuple[object, ...]]:
    """Plans placed in special schools, anywhere; no share of few plans, or of a number that can not be right."""
    whole = np.nan if few or placed.doubt or not placed.plans else placed.plans
    kinds = {"state": placed.state, "independent or non-maintained": placed.independent}
    return [
        _row(
            f"Plans of residents placed in {kind} special schools, here or elsewhere",
            number,
            "plans",
            latest.said(placed.january),
            "Education, health and care plans (placements)",
            share=100 * number / whole,
            doubt=placed.doubt,
        )
        for kind, number in kinds.items()
    ]


def _school_rows(store: Store, area: Area) -> list[tuple[object, ...]]:
    """Places and pupils of the special schools here, by kind, as the register has them."""
    month, source = spoken_month(register.day(store)), "Register of schools (schools)"
    schools = special_here.schools(store, area)
    if schools.empty:
        given = "" if special_here.undivided(store, area) else "no school found"
        return [
            _row(f"{capital(counted)} in special schools here", np.nan, counted, month, source, given=given)
            for counted in ("places", "pupils")
        ]
    kinds = {words: one_kind(schools).eq(kind) for kind, words in register.kinds_of_special_school(store).items()}
    rows = []
    for counted in ("places", "pupils"):
        for words, of_kind in kinds.items():
            numbers = schools.loc[of_kind, counted]
            given = f"{written(numbers.count())} of {count_of(len(numbers), 'school', 'schools')}"
            what = f"{capital(counted)} in special schools here: {words}"
            if len(numbers):
                rows.append(_row(what, numbers.sum(min_count=1), counted, month, source, given=given))
    return rows


def _flow_rows(store: Store, area: Area) -> list[tuple[object, ...]]:
    """Who crossed the border to a state special school, in a typical year."""
    crossed = travel.travel_of(store, area)
    when = f"{flows.when(area)}, a typical year" if flows.years_of(area) > 1 else flows.when(area)
    source = "Cross-border movement, Schools, pupils and their characteristics (flows)"
    return [
        _row(
            "Pupils of state special schools who live here and went to one elsewhere",
            crossed.a_year(crossed.left),
            "pupils",
            when,
            source,
        ),
        _row(
            "Pupils of state special schools here who are known to have lived elsewhere",
            crossed.a_year(crossed.came),
            "pupils",
            when,
            source,
        ),
    ]
