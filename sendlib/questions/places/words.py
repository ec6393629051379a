"""What Places says: title, sentence and large numbers."""

from __future__ import annotations

from dataclasses import replace

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
from sendlib.questions.places.naming import is_listed, is_several, maintainers, place, school_elsewhere
from sendlib.questions.places.standings import Standings
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


def cannot_tell(area: Area) -> tuple[Text, ...]:
    """What no figure here says; of England also who crosses its border."""
    return (*CANNOT_TELL, *([_ENGLANDS_BORDER] if area.kind == "england" else []))


_ENGLANDS_BORDER = Text(
    "Who goes to school across England's border: the flows have schools of England only, and homes outside it together"
    " with homes that are not known."
)


def title(area: Area, found: Numbers, state: State) -> Text:
    """About what the map shades, which is a rate: never that there are more or fewer children."""
    whole = capital(area.in_text)
    if state == TOO_FEW:
        listed_long = is_listed(area) and len(area.parts) > 1
        return Text("Too few plans to compare" if listed_long else f"Too few plans in {area.in_text} to compare")
    if state == DOUBTFUL:
        return Text(f"{whole}: the number of plans is doubtful")
    if found.fifth < 0:
        return Text(f"{whole}: plans per resident not available")
    if "rate" in found.halves:
        return Text(f"Half of England's authorities: {_range(found.halves['rate'])} plans per 1,000")
    size = f"for {'their' if is_several(area) and is_listed(area) else 'its'} size"
    if found.fifth == _MIDDLE:
        return Text(f"Plans {size}: about as many as elsewhere")
    return Text(f"{'More' if found.fifth > _MIDDLE else 'Fewer'} plans {size} than most authorities")


def _range(half: tuple[float, float], decimals: int = 0) -> str:
    """`36 to 45`."""
    return " to ".join(written(one, decimals) for one in half)


def _per_cents(half: tuple[float, float]) -> str:
    """`3.1% to 7.1%`."""
    return " to ".join(percent(one) for one in half)


def headline(store: Store, area: Area, found: Numbers, out: pd.DataFrame | None) -> Text:
    """The sentence over the picture, from the numbers and the flows out, where there are any."""
    lives, bought = _lives(area, found), _bought(area, found)
    travels, shown, plainly = _travels(area, found)
    named = [] if np.isnan(found.away) or out is None else flows.largest(store, out, 2)
    where = (
        f" The largest {'number' if len(named) == 1 else 'numbers'} went to schools of {listed(named)}."
        if named
        else ""
    )
    compared = _pupils_and_plans(area, found) if found.has_both else ""
    return Text(
        f"{lives}{bought}{travels}{where}{compared}",
        show=f"{lives}{bought}{shown}",
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
        f"{there}; {plans} of {maintainers(area)} {'was' if placed == 1 else 'were'} placed in state special schools,"
        " there or elsewhere."
    )


def _lives(area: Area, found: Numbers) -> str:
    """How many of those who live there have a plan: a rate, or why there is none."""
    if np.isnan(found.rate):
        return f"How many of those aged 0 to 25 in {place(area)} have an EHC plan is not available."
    day = latest.said(found.january)
    if found.few:
        return (
            f"Only {written(found.plans)} children and young people of {place(area)} had an EHC plan in {day}: one"
            " more or less moves every rate and share."
        )
    if found.plans_doubted:
        return found.plans_doubted.said
    half = f"; in half of the authorities {_range(found.halves['rate'])}" if "rate" in found.halves else ""
    return (
        f"In {day}, {written(found.rate)} in every 1,000 children and young people aged 0 to 25 in {place(area)} had"
        f" an EHC plan{half}."
    )


def _travels(area: Area, found: Numbers) -> tuple[str, str, str]:
    """How many went to school elsewhere: for analysts, for a shared screen, and in plain words."""
    if area.kind == "england":
        return _travels_in_england(found)
    of_whom = f"pupils of state special schools who lived in {place(area)}"
    if np.isnan(found.away):
        missing = f" How many {of_whom} went to {school_elsewhere(area)} is not available."
        return missing, missing, missing
    sentence = f" Of the {of_whom}, {percent(found.away)} went to {school_elsewhere(area)}"
    exactly = f"{sentence} ({_beside(area, found)})."
    shown = exactly if len(area.parts) == 1 else f"{sentence} ({PERIOD} together)."
    when = flows.when(area)
    during = f"{'In' if flows.years_of(area) == 1 else 'From'} {when}"
    if found.away < _LOWEST_SAID:
        hardly = f" {during}, hardly any pupil of a state special school who lived in {place(area)} went to"
        return exactly, shown, f"{hardly} {school_elsewhere(area)}."
    return exactly, shown, f" {during}, about {written(found.away)} of 100 {of_whom} went to {school_elsewhere(area)}."


def _travels_in_england(found: Numbers) -> tuple[str, str, str]:
    """Who crossed a border within England: that of England itself is not in the flows."""
    their_own = "a school of another authority than the one that they lived in"
    half = f"; half of the authorities {_per_cents(found.halves['elsewhere'])}" if found.halves else ""
    sentence = (
        f" Of the pupils of state special schools who lived in England, {percent(found.elsewhere)} went to {their_own}"
        f" ({PERIOD} together"
    )
    return (
        f"{sentence}{half}). Who crossed the border of England is not known.",
        f"{sentence}).",
        f" From {PERIOD}, about {written(found.elsewhere)} of 100 pupils of state special schools who lived in England"
        f" went to {their_own}. Who crossed the border of England is not known.",
    )


def _beside(area: Area, found: Numbers) -> str:
    """Of when a share of flows is, and what stands beside it: England's, which is of borders between authorities."""
    if len(area.parts) == 1:
        return _compared_with_england(area, found)
    return (
        f"{PERIOD} together; {percent(found.elsewhere)} to a school of another authority than their own, England"
        f" {percent(found.england_away)}"
    )


def _compared_with_england(area: Area, found: Numbers) -> str:
    """Of when a share of flows is, beside England's."""
    if flows.years_of(area) == flows.YEARS:
        return f"{PERIOD} together; England {percent(found.england_away)}"
    return f"{flows.when(area)}; England {percent(found.england_away)}, {PERIOD} together"


def _bought(area: Area, found: Numbers) -> str:
    if not found.shares_plans:
        return ""
    change = f", {found.change}" if found.change else ""
    of_whom = (
        f"Of these plans, {percent(found.now)}"
        if found.placed == found.january and not np.isnan(found.rate)
        else f"In {latest.said(found.placed)}, {percent(found.now)} of the plans of {maintainers(area)}"
    )
    half = f"; of half of the authorities {_per_cents(found.halves['now'])}" if "now" in found.halves else ""
    return f" {of_whom} were placed in independent or non-maintained special schools{change}{half}."


def figures(area: Area, found: Numbers, places: Standings) -> tuple[Figure, ...]:
    """Pupils here beside plans, who went elsewhere, and what is bought from independent schools; the two shares with
    their places among all authorities."""
    return (
        _pupils_beside_plans(area, found),
        replace(_went_elsewhere(area, found), standing=places.away),
        replace(_independent(area, found), standing=places.independent),
    )


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
    where = f"plans of {maintainers(area)} were placed in state special schools, here or elsewhere"
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
    """Who crossed the border of the area; of England, which has none in the flows, those of its authorities."""
    if area.kind == "england":
        return _within_england(found)
    beyond = "of another authority" if area.is_authority else f"outside {place(area)}"
    briefly = "of another authority" if area.is_authority else "outside the area"
    label = Text(
        f"Pupils of state special schools who lived here and went to one {beyond}",
        show=f"State special-school pupils from here who went to one {briefly}",
    )
    if np.isnan(found.away):
        return Figure(label, None, "%", Text(f"{PERIOD} together"), status=NOT_AVAILABLE, table="flows")
    alone = len(area.parts) == 1
    of_authorities = f"To one of another authority than their own: {percent(found.elsewhere)}; "
    return Figure(
        label,
        found.away,
        "%",
        Text(f"{'' if alone else of_authorities}England {percent(found.england_away)}"),
        # England's share is of the borders of authorities: no word says that fewer cross that of many together.
        compare.direction(found.away, found.england_away) if alone else "",
        # On a shared screen the sentence above says of which years these are.
        detail=Text(f"{PERIOD} together.", show=None)
        if flows.years_of(area) == flows.YEARS
        else Text(f"{flows.when(area)}; England {PERIOD} together."),
        table="flows",
    )


def _within_england(found: Numbers) -> Figure:
    return Figure(
        Text(
            "Pupils of state special schools who went to one of another authority than their own",
            show="State special-school pupils who went to one of another authority than their own",
        ),
        found.elsewhere,
        "%",
        Text(f"Half of the authorities: {_per_cents(found.halves['elsewhere'])}"),
        detail=Text(
            f"{PERIOD} together; who crossed the border of England is not known.",
            show="Who crossed the border of England is not known.",
        ),
        table="flows",
    )


def _independent(area: Area, found: Numbers) -> Figure:
    """The direction is of the share beside England's; how it changed is told apart from it."""
    label = Text("Plans in independent or non-maintained special schools")
    day = latest.said(found.placed)
    beside = (
        f"Half of the authorities: {_per_cents(found.halves['now'])}"
        if area.kind == "england"
        else f"England {percent(found.england_now)}"
    )
    if not found.shares_plans:
        why = "fewer than 50 plans: a share says nothing" if found.few else ""
        lacks = f"missing from the sum: {found.shares_without}" if found.shares_without else ""
        said = why or lacks or ("the number is doubtful" if found.now_doubted else beside)
        return Figure(label, None, "%", Text(f"{day}; {said}"), status=NOT_AVAILABLE, table="placements")
    detail = f"{day}: {found.change}." if found.change else f"{day}."
    return Figure(
        label,
        found.now,
        "%",
        Text(beside),
        "" if area.kind == "england" else compare.direction(found.now, found.england_now),
        # So it does how the share has changed.
        detail=Text(detail, show=None if area.kind == "england" else f"{day}."),
        table="placements",
    )
