"""The three large figures of Places: pupils here beside plans, who crossed the border, and what is bought."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from sendlib.answer import Figure, Text
from sendlib.answer.numbers import capital, in_so_many, out_of, percent, written
from sendlib.answer.table import LARGEST_OF_FEW
from sendlib.areas import Area
from sendlib.compared import latest
from sendlib.methods import compare
from sendlib.questions.places import flows
from sendlib.questions.places.facts import Numbers
from sendlib.questions.places.naming import its, maintainers, place
from sendlib.questions.places.standings import Standings
from sendlib.questions.places.travel_words import of_pupils, per_cents
from sendlib.store import Store
from sendlib.tables.flows import PERIOD
from sendlib.tables.symbols import NOT_AVAILABLE


def figures(store: Store, area: Area, found: Numbers, places: Standings) -> tuple[Figure, ...]:
    """Pupils here beside plans, who went elsewhere, and what is bought from independent schools; the two shares with
    their places among all authorities."""
    return (
        _pupils_beside_plans(store, area, found),
        replace(_went_elsewhere(store, area, found), standing=places.away),
        replace(_independent(area, found), standing=places.independent),
    )


def _pupils_beside_plans(store: Store, area: Area, found: Numbers) -> Figure:
    """Two figures that stand beside each other: they count different children, so that neither is taken from the
    other."""
    day, beside = latest.said(found.beside_of), found.beside
    label = Text(
        f"Pupils with SEN in {its(area)} own state special schools, wherever they live",
        show=f"Pupils with SEN in {its(area)} state special schools",
        families=f"Pupils with SEN at {its(area)} own state special schools",
    )
    if not found.has_both:
        none = Text(_why_not_beside(store, area, found))
        return Figure(label, None, "pupils", none, status=NOT_AVAILABLE, decimals=0, table="places")
    where = f"plans of {maintainers(area)} were placed in state special schools, here or elsewhere"
    exactly = f"{day}. Beside it: {written(beside['placed'])} of the {written(beside['plans'])} {where}"
    # Where people in a room may recognise a child, few are not counted out.
    few = 0 < beside["placed"] <= LARGEST_OF_FEW
    number = "fewer than 5" if few else written(beside["placed"])
    plainly = f"{day}. Plans from here placed in such schools, anywhere: {number}"
    # A shared screen has room for the two numbers and that they are not of the same children.
    shown = f"{day}. Not the same children: {number} plans from here in such schools"
    said = Text(exactly, show=shown, families=plainly)
    apart = Text(
        "Not the same children: pupils come from elsewhere too, and not all have a plan.",
        None,
        None,
    )
    return Figure(label, float(beside["pupils_here"]), "pupils", said, decimals=0, detail=apart, table="places")


def _why_not_beside(store: Store, area: Area, found: Numbers) -> str:
    """Why pupils and plans of an area do not stand beside each other: the note of it has more."""
    day = latest.said(found.beside_of)
    if flows.began_after(store, area, found.beside_of):
        return f"{day}, before {area.in_text} began"
    return f"{day}; missing from the sum: {found.beside_without}" if found.beside_without else f"{day}; not available"


def _went_elsewhere(store: Store, area: Area, found: Numbers) -> Figure:
    """Who crossed the border of the area; of England, which has none in the flows, those of its authorities."""
    if area.kind == "england":
        return _within_england(found)
    beyond = "of another authority" if area.is_authority else f"outside {place(area)}"
    label = Text(
        f"Pupils of state special schools who lived here and went to one {beyond}",
        show=_ELSEWHERE,
        families="Pupils of state special schools from here who went to one elsewhere",
    )
    if np.isnan(found.travel.outside):
        return Figure(label, None, "%", Text(capital(flows.why_none(store, area))), status=NOT_AVAILABLE, table="flows")
    alone = len(area.parts) == 1
    when = f"{PERIOD} together." if flows.years_of(area) == flows.YEARS else f"{flows.when(area)}; England {PERIOD}."
    direction = compare.direction(found.travel.outside, found.england_away) if alone else ""
    many = out_of(found.travel.outside, found.england_away, apart=direction in (compare.HIGHER, compare.LOWER))
    england, england_plainly = f"England {percent(found.england_away)}", in_so_many(found.england_away, many)
    to_another = f"{percent(found.travel.elsewhere)}; {england}"
    other_way = "" if np.isnan(found.travel.inward) else f". Other way: {percent(found.travel.inward)} of pupils here"
    of_authorities = Text(
        f"To one of another authority than their own: {to_another}",
        show=f"To another authority: {to_another}{other_way}",
        families=f"To another council's: {in_so_many(found.travel.elsewhere, many)}, England {england_plainly}",
    )
    return Figure(
        label,
        found.travel.outside,
        "%",
        Text(england, show=f"{england}{other_way}", families=f"England {england_plainly}") if alone else of_authorities,
        # England's share is of the borders of authorities: no word says that fewer cross that of many together.
        direction,
        detail=Text(
            f"The other way: {_other_way(area, found, of_pupils(area, found))}. {when}",
            show=None,
            # The sentence beside it has the other way and the years, where they are the same.
            families=None if flows.years_of(area) == flows.YEARS else when,
        ),
        table="flows",
        out_of=many,
        england=found.england_away if alone else None,
    )


_ELSEWHERE = "State special-school pupils who went elsewhere"


def _other_way(area: Area, found: Numbers, of_whom: str) -> str:
    """How many of the pupils of its schools are others'."""
    if np.isnan(found.travel.inward):
        return f"too few pupils at {its(area)} state special schools for a share"
    return f"{percent(found.travel.inward)} of {of_whom} lived elsewhere"


def _within_england(found: Numbers) -> Figure:
    return Figure(
        Text(
            "Pupils of state special schools who went to one of another authority than their own",
            show=_ELSEWHERE,
            families="Pupils of state special schools who went to one of another council than their own",
        ),
        found.travel.elsewhere,
        "%",
        Text(
            f"Half of the authorities: {per_cents(found.halves['elsewhere'])}",
            show=f"Half of the authorities: {per_cents(found.halves['elsewhere'])}. Across England's border: not known",
            families=_half_plainly(found.halves["elsewhere"]),
        ),
        detail=Text(f"{PERIOD} together; who crossed the border of England is not known.", show=None, families=None),
        out_of=100,
        table="flows",
    )


def _independent(area: Area, found: Numbers) -> Figure:
    """The direction is of the share beside England's; how it changed is told apart from it."""
    label = Text(
        "Plans in independent or non-maintained special schools",
        *["Plans in non-state special schools"] * 2,
    )
    day = latest.said(found.placed)
    beside = (
        f"Half of the authorities: {per_cents(found.halves['now'])}"
        if area.kind == "england"
        else f"England {percent(found.england_now)}"
    )
    if not found.shares_plans:
        why = "fewer than 50 plans: a share says nothing" if found.few else ""
        if np.isnan(found.now) and not (found.few or found.shares_without or found.now_doubted):
            none = Text(f"Not in DfE's file for {day}")
            return Figure(label, None, "%", none, status=NOT_AVAILABLE, table="placements")
        lacks = f"missing from the sum: {found.shares_without}" if found.shares_without else ""
        said = why or lacks or ("the number is doubtful" if found.now_doubted else beside)
        return Figure(label, None, "%", Text(f"{day}; {said}"), status=NOT_AVAILABLE, table="placements")
    direction = "" if area.kind == "england" else compare.direction(found.now, found.england_now)
    many = out_of(found.now, found.england_now, apart=direction in (compare.HIGHER, compare.LOWER))
    plain = _half_plainly(found.halves["now"]) if area.kind == "england" else in_so_many(found.england_now, many)
    return Figure(
        label,
        found.now,
        "%",
        Text(beside, show=f"{beside}; {day}", families=plain if area.kind == "england" else f"England {plain}"),
        direction,
        detail=Text(
            f"{day}: {found.change}." if found.change else f"{day}.",
            show=None,
            families=f"{day}. In {latest.said(found.since)} it was {in_so_many(found.then, many)}."
            if found.change
            else f"{day}.",
        ),
        table="placements",
        out_of=many,
    )


def _half_plainly(half: tuple[float, float]) -> str:
    """`in half of the councils 3 to 7`."""
    return f"in half of the councils {' to '.join(in_so_many(one, 100) for one in half)}"
