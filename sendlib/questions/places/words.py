"""What Places says: title and sentence, of where children with a plan live, what schools there are, and who travels."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from sendlib.answer import DOUBTFUL, TOO_FEW, Mode, State, Table, Text
from sendlib.answer.numbers import capital, count_of, said, written
from sendlib.answer.table import LARGEST_OF_FEW
from sendlib.areas import Area
from sendlib.compared import latest, overlap
from sendlib.questions.places import plainly, register, travel_words
from sendlib.questions.places.facts import Numbers
from sendlib.questions.places.naming import is_listed, is_several, its, place
from sendlib.store import Store
from sendlib.tables.periods import spoken_month

_MIDDLE = 2
"""The fifth of the authorities in the middle."""
CANNOT_TELL = tuple(
    Text(exactly, families=plain)
    for exactly, plain in zip(
        (
            "How many children with a plan are placed outside their authority: no public count exists.",
            "Pupils of independent special schools who cross a border: the flows cover state-funded special schools"
            " only.",
            "Respite, short breaks and arrangements that families make themselves.",
            "Whether a place in a school is free.",
        ),
        plainly.CANNOT_TELL,
        strict=True,
    )
)
COULD_CHANGE = (
    Text(
        "Where special school places, units and resourced provision are planned, with the neighbours that children"
        " travel to.",
        families="Where new special school places and units are planned.",
    ),
    Text(
        "What is bought from independent schools because nothing nearer fits.",
        families="Which places are bought far away because nothing nearer fits.",
    ),
)


def cannot_tell(store: Store, area: Area) -> tuple[Text, ...]:
    """What no figure here says, of needs where the register held lacks them; of England also who crosses its border."""
    needs = Text(
        "Which needs a school is approved for: not in the register of schools held here,"
        f" {spoken_month(register.day(store))}.",
        families="Which needs a school is approved for.",
    )
    return (
        *CANNOT_TELL,
        *([needs] if "needs" in register.lacks(store) else []),
        *([_ENGLANDS_BORDER] if area.kind == "england" else []),
    )


_ENGLANDS_BORDER = Text(
    "Who goes to school across England's border: the flows have schools of England only, and homes outside it together"
    " with homes that are not known.",
    families="Who goes to school across England's border.",
)


def title(area: Area, found: Numbers, state: State) -> Text:
    """Of the rate of plans and of who travelled: never that there are more or fewer children."""
    if state == TOO_FEW:
        listed_long = is_listed(area) and len(area.parts) > 1
        return Text("Too few plans to compare" if listed_long else f"Too few plans in {area.in_text} to compare")
    went, shown = travel_words.title(area, found), travel_words.title(area, found, briefly=True)
    rate = _rate_of_title(area, found, state)
    return Text(
        f"{rate.explore}; {went}",
        show=f"{rate.in_mode('show')}; {shown}",
        families=rate.in_mode("families"),
    )


def _rate_of_title(area: Area, found: Numbers, state: State) -> Text:
    """The rate of plans beside those of authorities; on a shared screen, where a title has one line, of areas."""
    if state == DOUBTFUL:
        return Text("Number of plans doubtful", families="The number of plans may be wrong")
    if found.fifth < 0:
        return Text("Plan rate not available", families="How many have a plan is not known")
    if found.halves:
        return Text("Plan rates differ", families="How many have a plan differs between councils")
    size = f"for {'their' if is_several(area) and is_listed(area) else 'its'} size"
    if found.fifth == _MIDDLE:
        return Text("Plan rate typical", families=f"A typical number of plans {size}")
    side = "above" if found.fifth > _MIDDLE else "below"
    return Text(
        f"Plan rate {side} most authorities",
        show=f"Plan rate {side} most",
        families=f"{'More' if side == 'above' else 'Fewer'} plans {size} than most councils",
    )


def headline(store: Store, area: Area, found: Numbers, tables: Mapping[str, Table]) -> Text:
    """The sentences over the picture: who lives there, what schools there are, and who travels both ways."""
    travels, provision = travel_words.said(store, area, found, tables), _provision(area, found)

    def joined(mode: Mode, *parts: Text) -> str:
        return " ".join(said(part.in_mode(mode) for part in parts))

    lives = Text(_lives(area, found))
    shown = Text(_lives(area, found, briefly=True).removesuffix(".") + _provision_shown(area, found))
    return Text(
        joined("explore", lives, provision, travels),
        show=joined("show", shown, travels),
        # The pupils of its schools stand large beside it.
        families=joined("families", Text(overlap.whose(store, area)), Text(plainly.lives(found)), travels),
    )


def _provision(area: Area, found: Numbers) -> Text:
    """Pupils of its schools and plans of those who live there, beside each other."""
    if not found.has_both:
        return Text("")
    pupils, placed, whose = int(found.beside["pupils_here"]), int(found.beside["placed"]), its(area)
    day = latest.said(found.beside_of)
    number = count_of(pupils, "pupil", "pupils")
    there = (
        f"{capital(whose)} state special schools had {number} with SEN in {day}"
        if pupils
        else f"No state special school of {whose} own had pupils with SEN in {day}"
    )
    plans = count_of(placed, "plan", "plans") if placed else "no plans"
    beside = f"; {plans} from there {'was' if placed == 1 else 'were'} placed in such schools anywhere."
    return Text(f"{there}{beside}")


def _provision_shown(area: Area, found: Numbers) -> str:
    """The pupils of its schools, as the end of the sentence on who lives there; few are not counted out in a room."""
    if not found.has_both:
        return "."
    pupils, day = int(found.beside["pupils_here"]), latest.said(found.beside_of)
    if not pupils:
        return f"; no state special school of {its(area)} own had pupils with SEN in {day}."
    number = "fewer than 5 pupils" if pupils <= LARGEST_OF_FEW else count_of(pupils, "pupil", "pupils")
    return f"; {its(area)} state special schools had {number} with SEN in {day}."


def _lives(area: Area, found: Numbers, *, briefly: bool = False) -> str:
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
    whom = "" if briefly else "children and young people "
    half = (
        f"; in half of the authorities {' to '.join(written(one) for one in found.halves['rate'])}"
        if "rate" in found.halves
        else ""
    )
    return f"In {day}, {written(found.rate)} in every 1,000 {whom}aged 0 to 25 in {place(area)} had an EHC plan{half}."
