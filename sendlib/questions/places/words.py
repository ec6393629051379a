"""What Places says: title and sentence, of where children with a plan live, what schools there are, and who travels."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from sendlib.answer import DOUBTFUL, TOO_FEW, Mode, State, Table, Text
from sendlib.answer.numbers import count_of, said, written
from sendlib.answer.table import LARGEST_OF_FEW
from sendlib.areas import Area
from sendlib.compared import latest
from sendlib.questions.places import register, travel_words
from sendlib.questions.places.facts import Numbers
from sendlib.questions.places.naming import is_listed, is_several, place
from sendlib.store import Store
from sendlib.tables.periods import spoken_month

_MIDDLE = 2
"""The fifth of the authorities in the middle."""
CANNOT_TELL = (
    Text("How many children with a plan are placed outside their authority: no public count exists."),
    Text(
        "Pupils of independent special schools who cross a border: the flows cover state-funded special schools only."
    ),
    Text("Respite, short breaks and arrangements that families make themselves."),
    Text("Whether a place in a school is free."),
)
COULD_CHANGE = (
    Text(
        "Where special school places, units and resourced provision are planned, with the neighbours that children"
        " travel to."
    ),
    Text("What is bought from independent schools because nothing nearer fits."),
)


def cannot_tell(store: Store, area: Area) -> tuple[Text, ...]:
    """What no figure here says, of needs where the register held lacks them; of England also who crosses its border."""
    needs = Text(
        "Which needs a school is approved for: not in the register of schools held here,"
        f" {spoken_month(register.day(store))}."
    )
    return (
        *CANNOT_TELL,
        *([needs] if "needs" in register.lacks(store) else []),
        *([_ENGLANDS_BORDER] if area.kind == "england" else []),
    )


_ENGLANDS_BORDER = Text(
    "Who goes to school across England's border: the flows have schools of England only, and homes outside it together"
    " with homes that are not known."
)


def title(area: Area, found: Numbers, state: State) -> Text:
    """Of the rate of plans and of who travelled: never that there are more or fewer children."""
    if state == TOO_FEW:
        listed_long = is_listed(area) and len(area.parts) > 1
        return Text("Too few plans to compare" if listed_long else f"Too few plans in {area.in_text} to compare")
    went = travel_words.title(found)
    if state == DOUBTFUL:
        return Text(f"Number of plans doubtful; {went}")
    if found.fifth < 0:
        return Text(f"Plan rate not available; {went}")
    if found.halves:
        return Text(f"Plan rates differ; {went}")
    size = f"for {'their' if is_several(area) and is_listed(area) else 'its'} size"
    if found.fifth == _MIDDLE:
        return Text(f"Plan rate typical; {went}", families=f"A typical number of plans {size}; {went}")
    above = found.fifth > _MIDDLE
    return Text(
        f"Plan rate {'above' if above else 'below'} most; {went}",
        families=f"{'More' if above else 'Fewer'} plans {size} than most; {went}",
    )


def headline(store: Store, area: Area, found: Numbers, tables: Mapping[str, Table]) -> Text:
    """The sentences over the picture: who lives there, what schools there are, and who travels both ways."""
    travels, provision = travel_words.said(store, area, found, tables), _provision(area, found)

    def joined(mode: Mode, *parts: Text) -> str:
        return " ".join(said(part.in_mode(mode) for part in parts))

    lives = Text(_lives(area, found), show=_lives(area, found, briefly=True))
    return Text(
        joined("explore", lives, provision, travels),
        show=joined("show", lives, provision, travels),
        families=joined("families", lives, travels, provision),
    )


def _provision(area: Area, found: Numbers) -> Text:
    """Pupils of the schools there and plans of those who live there, beside each other; a shared screen has them in the
    first of its figures."""
    if not found.has_both:
        return Text("")
    pupils, placed = int(found.beside["pupils_here"]), int(found.beside["placed"])
    day = latest.said(found.beside_of)
    number = count_of(pupils, "pupil", "pupils")
    there = (
        f"State special schools there had {number} with SEN in {day}"
        if pupils
        else f"No state special school there had pupils with SEN in {day}"
    )
    plans = count_of(placed, "plan", "plans") if placed else "no plans"
    beside = f"; {plans} from there {'was' if placed == 1 else 'were'} placed in such schools anywhere."
    in_words = "fewer than 5 pupils" if 0 < pupils <= LARGEST_OF_FEW else number
    plainly = f"State special schools there had {in_words} with special educational needs in {day}."
    return Text(f"{there}{beside}", show=None, families=plainly if pupils else f"{there}.")


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
