"""Residence beside provision: plans of those who live in an area, and what the schools that stand there have.

Two numbers beside each other and never one taken from the other: plans are those of residents up to 25, wherever they
learn; places and pupils are those of the schools, wherever the pupils live.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sendlib.answer import Mode
from sendlib.answer.numbers import count_of, written
from sendlib.answer.table import FEW, LARGEST_OF_FEW
from sendlib.areas import Area
from sendlib.compared import latest
from sendlib.questions.places import placements, register, special_here
from sendlib.questions.places.choices import INDEPENDENT, INDEPENDENT_SPECIAL, STATE_SPECIAL
from sendlib.questions.places.naming import maintainers
from sendlib.store import Store, kept_with_store
from sendlib.tables.periods import spoken_month
from sendlib.tables.placements import ALL_PLACEMENTS


@dataclass(frozen=True)
class Placed:
    """Plans of an area in the last `january` that has a figure of those placed in special schools.

    `state` and `independent` (with non-maintained): those placed in such special schools, `plans`: all; NaN where the
    area has no figure in any January. `doubt`: why they can not be right.
    """

    january: str
    plans: float
    state: float
    independent: float
    doubt: str

    @property
    def special(self) -> float:
        """Those placed in special schools of all kinds."""
        return self.state + self.independent


@kept_with_store(16)
def placed_of(store: Store, area: Area) -> Placed:
    """Plans of an area of any kind that are placed in special schools."""
    table, columns = placements.placed(store), [ALL_PLACEMENTS, *STATE_SPECIAL, *INDEPENDENT]
    newest = str(max(table.index.unique("period")))
    if area.code not in table.index.unique("area_code"):
        return Placed(newest, np.nan, np.nan, np.nan, "")
    held = table.xs(area.code, level="area_code")[columns].dropna()
    if held.empty:
        return Placed(newest, np.nan, np.nan, np.nan, "")
    january, row = str(max(held.index)), held.loc[max(held.index)]
    doubts = (
        placements.doubts_of(store, area, kind).get(january, "")
        for kind in ("State special school", INDEPENDENT_SPECIAL)
    )
    return Placed(
        january,
        float(row[ALL_PLACEMENTS]),
        float(row[list(STATE_SPECIAL)].sum()),
        float(row[list(INDEPENDENT)].sum()),
        next((why for why in doubts if why), ""),
    )


def said(store: Store, area: Area, mode: Mode = "explore") -> str:
    """One sentence on provision beside residence, true for every area: `In January 2025, 1,234 plans of Plymouth were
    placed in special schools, there or elsewhere; the 11 special schools found there in the register of June 2021 had
    905 places.`

    It begins with a capital letter and ends with a full stop; `there` is the area, which it has named. Both numbers
    have their dates, and nothing is subtracted. `mode`: on a shared screen and for families 1 to 4 plans are `fewer
    than 5`.
    """
    return f"{_plans_said(area, placed_of(store, area), mode)}; {_places_said(store, area)}."


def _plans_said(area: Area, placed: Placed, mode: Mode) -> str:
    whose, day = maintainers(area), latest.said(placed.january)
    if np.isnan(placed.special):
        return f"How many plans of {whose} were placed in special schools is not available"
    if placed.doubt:
        return f"The number of plans of {whose} placed in special schools in {day} is doubtful"
    number = int(placed.special)
    if not number:
        return f"In {day}, no plans of {whose} were placed in special schools"
    few = mode != "explore" and number <= LARGEST_OF_FEW
    plans = f"{FEW.lower()} plans" if few else count_of(number, "plan", "plans")
    verb = "was" if number == 1 and not few else "were"
    where = "" if area.kind == "england" else ", there or elsewhere"
    return f"In {day}, {plans} of {whose} {verb} placed in special schools{where}"


def _places_said(store: Store, area: Area) -> str:
    """What the register has of special schools there, to follow a semicolon."""
    the_register = f"the register of {spoken_month(register.day(store))}"
    if old := special_here.undivided(store, area):
        some = "" if len(area.parts) == 1 else "some of the "
        return f"{the_register} has {some}special schools there under {old}, which was divided since"
    there = special_here.here(store, area)
    if special_here.has_too_few(store, area):
        return f"{the_register} gives the places of too few special schools there to say how many they have"
    if not there.schools:
        return f"no special school was found there in {the_register}"
    all_of_them = f"special {'school' if there.schools == 1 else 'schools'} found there"
    number = "" if there.schools == 1 else f"{written(there.schools)} "
    if not there.given:
        return f"{the_register} gives no places of the {number}{all_of_them}"
    places = count_of(int(there.places), "place", "places")
    if there.given == there.schools:
        return f"the {number}{all_of_them} in {the_register} had {places}"
    others = "the other" if there.schools - there.given == 1 else "the others"
    return (
        f"{written(there.given)} of the {number}{all_of_them} in {the_register} had {places}, and those of {others} are"
        " not given"
    )
