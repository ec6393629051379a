"""What Places says: title, sentence and large numbers."""

from __future__ import annotations

import numpy as np
import pandas as pd

from sendlib.answer import DOUBTFUL, TOO_FEW, Figure, State, Text
from sendlib.answer.numbers import capital, count_of, listed, percent, written
from sendlib.answer.table import LARGEST_OF_FEW
from sendlib.areas import Area
from sendlib.compared import latest
from sendlib.methods import compare
from sendlib.questions.places import flows
from sendlib.questions.places.facts import Numbers
from sendlib.store import Store
from sendlib.tables.flows import PERIOD
from sendlib.tables.symbols import NOT_AVAILABLE

_LOWEST_SAID = 0.5
"""Of a hundred pupils: fewer are hardly any."""
_MIDDLE = 2
"""The fifth of the authorities in the middle."""
CANNOT_TELL = (
    Text("How many children with a plan are placed outside their authority: no public count exists."),
    Text(
        "Pupils of independent special schools who cross a border: the flows cover state-funded special schools only."
    ),
    Text("Respite, short breaks and arrangements that families make themselves."),
    Text(
        "Which needs a school is approved for, and whether a place is free: not in any source shipped here.",
    ),
)
COULD_CHANGE = (
    Text(
        "Where special school places, units and resourced provision are planned, with the neighbours that children"
        " travel to."
    ),
    Text("What is bought from independent schools because nothing nearer fits."),
)


def title(area: Area, found: Numbers, state: State) -> Text:
    """About what the map shades, which is a rate: never that there are more or fewer children."""
    if state == TOO_FEW:
        return Text(f"Too few plans in {area.in_text} to compare")
    if state == DOUBTFUL:
        return Text(f"{capital(area.in_text)}: the number of plans is doubtful")
    if found.fifth < 0:
        return Text(f"{capital(area.in_text)}: plans per resident not available")
    if found.fifth == _MIDDLE:
        return Text("Plans for its size: about as many as elsewhere")
    return Text(f"{'More' if found.fifth > _MIDDLE else 'Fewer'} plans for its size than most authorities")


def headline(store: Store, area: Area, found: Numbers, out: pd.DataFrame) -> Text:
    """The sentence over the picture, from the numbers and the flows out."""
    lives, bought = _lives(area, found), _bought(area, found)
    travels, plainly = _travels(area, found)
    named = [] if np.isnan(found.away) else flows.largest(store, out, 2)
    where = (
        f" The largest {'number' if len(named) == 1 else 'numbers'} went to schools of {listed(named)}."
        if named
        else ""
    )
    compared = _pupils_and_plans(area, found) if found.has_both else ""
    return Text(
        f"{lives}{bought}{travels}{where}{compared}",
        show=f"{lives}{bought}{travels}",
        families=f"{lives}{plainly}{where}",
    )


def _pupils_and_plans(area: Area, found: Numbers) -> str:
    """Pupils of the schools there and plans of those who live there, beside each other."""
    pupils, placed = int(found.beside["pupils_here"]), int(found.beside["placed"])
    day = latest.said(found.beside_of)
    there = (
        f" In {day} the state special schools there had {count_of(pupils, 'pupil', 'pupils')} with SEN"
        if pupils
        else f" In {day} no state special school there had pupils with SEN"
    )
    plans = count_of(placed, "plan", "plans") if placed else "no plans"
    return (
        f"{there}; {plans} of {area.in_text} {'was' if placed == 1 else 'were'} placed in state special schools, there"
        " or elsewhere."
    )


def _lives(area: Area, found: Numbers) -> str:
    """How many of those who live there have a plan: a rate, or why there is none."""
    if np.isnan(found.rate):
        return f"How many of those aged 0 to 25 in {area.in_text} have an EHC plan is not available."
    day = latest.said(found.january)
    if found.few:
        return (
            f"Only {written(found.plans)} children and young people of {area.in_text} had an EHC plan in {day}: one"
            " more or less moves every rate and share."
        )
    if found.plans_doubted:
        return found.plans_doubted.said
    return (
        f"In {day}, {written(found.rate)} in every 1,000 children and young people aged 0 to 25 in {area.in_text} had"
        " an EHC plan."
    )


def _travels(area: Area, found: Numbers) -> tuple[str, str]:
    """How many went to school elsewhere, for analysts and in plain words."""
    if np.isnan(found.away):
        missing = (
            f" How many pupils of state special schools who lived in {area.in_text} went to a school of another"
            " authority is not available."
        )
        return missing, missing
    exactly = (
        f" Of the pupils of state special schools who lived in {area.in_text}, {percent(found.away)} went to a"
        f" school of another authority ({_compared_with_england(area, found)})."
    )
    when = flows.when(area.code)
    during = f"{'In' if flows.years_of(area.code) == 1 else 'From'} {when}"
    if found.away < _LOWEST_SAID:
        return (
            exactly,
            f" {during}, hardly any pupil of a state special school who lived in {area.in_text} went to a school"
            " of another authority.",
        )
    return exactly, (
        f" {during}, about {written(found.away)} of 100 pupils of state special schools who lived in {area.in_text}"
        " went to a school of another authority."
    )


def _compared_with_england(area: Area, found: Numbers) -> str:
    """Of when a share of flows is, beside England's."""
    if flows.years_of(area.code) == flows.YEARS:
        return f"{PERIOD} together; England {percent(found.england_away)}"
    return f"{flows.when(area.code)}; England {percent(found.england_away)}, {PERIOD} together"


def _bought(area: Area, found: Numbers) -> str:
    if not found.shares_plans:
        return ""
    change = f", {found.change}" if found.change else ""
    of_whom = (
        f"Of these plans, {percent(found.now)}"
        if found.placed == found.january and not np.isnan(found.rate)
        else f"In {latest.said(found.placed)}, {percent(found.now)} of the plans of {area.in_text}"
    )
    return f" {of_whom} were placed in independent or non-maintained special schools{change}."


def figures(area: Area, found: Numbers) -> tuple[Figure, ...]:
    """Pupils here beside plans, who went elsewhere, and what is bought from independent schools."""
    return (_pupils_beside_plans(area, found), _went_elsewhere(area, found), _independent(found))


def _pupils_beside_plans(area: Area, found: Numbers) -> Figure:
    """Two figures that stand beside each other: they count different children, so that neither is taken from the
    other."""
    day, beside = latest.said(found.beside_of), found.beside
    label = Text(
        "Pupils with SEN in state special schools here, wherever they live",
        show=f"Pupils with SEN in state special schools here, {day}",
    )
    if not found.has_both:
        none = Text(day)
        return Figure(label, None, "pupils", none, status=NOT_AVAILABLE, decimals=0, table="places")
    where = f"plans of {area.in_text} were placed in state special schools, here or elsewhere"
    exactly = f"{day}. Beside it: {written(beside['placed'])} of the {written(beside['plans'])} {where}"
    # Where people in a room may recognise a child, few are not counted out.
    few = 0 < beside["placed"] <= LARGEST_OF_FEW
    plainly = f"{day}. Beside it: fewer than 5 {where}" if few else ""
    number = "fewer than 5" if few else written(beside["placed"])
    # A shared screen has room for the two numbers and that they are not of the same children.
    shown = f"Beside it, not the same children: {number} plans from here placed in such schools anywhere"
    said = Text(exactly, show=shown, families=plainly)
    apart = Text("Not the same children: pupils come from elsewhere too, and not all have a plan.", show=None)
    return Figure(label, float(beside["pupils_here"]), "pupils", said, decimals=0, detail=apart, table="places")


def _went_elsewhere(area: Area, found: Numbers) -> Figure:
    label = Text(
        "Pupils of state special schools who lived here and went to one of another authority",
        show="State special-school pupils from here who went to one of another authority",
    )
    if np.isnan(found.away):
        return Figure(label, None, "%", Text(f"{PERIOD} together"), status=NOT_AVAILABLE, table="flows")
    return Figure(
        label,
        found.away,
        "%",
        Text(f"England {percent(found.england_away)}"),
        compare.direction(found.away, found.england_away),
        detail=Text(
            f"{PERIOD} together."
            if flows.years_of(area.code) == flows.YEARS
            else f"{flows.when(area.code)}; England {PERIOD} together."
        ),
        table="flows",
    )


def _independent(found: Numbers) -> Figure:
    """The direction is of the share beside England's; how it changed is told apart from it."""
    label = Text("Plans in independent or non-maintained special schools")
    day, england = latest.said(found.placed), f"England {percent(found.england_now)}"
    if not found.shares_plans:
        why = "fewer than 50 plans: a share says nothing" if found.few else ""
        said = why or ("the number is doubtful" if found.now_doubted else england)
        return Figure(label, None, "%", Text(f"{day}; {said}"), status=NOT_AVAILABLE, table="placements")
    detail = f"{day}: {found.change}." if found.change else f"{day}."
    return Figure(
        label,
        found.now,
        "%",
        Text(england),
        compare.direction(found.now, found.england_now),
        detail=Text(detail),
        table="placements",
    )
