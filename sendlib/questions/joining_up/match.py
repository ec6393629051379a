"""The match-rate calculator: how many children a joined list misses, and what that does to what it says."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from sendlib.answer import Column, Table, Text
from sendlib.answer.numbers import written
from sendlib.areas import Area
from sendlib.catalogue.linkage import Linkage
from sendlib.compared import cohorts
from sendlib.questions.joining_up.sources import named
from sendlib.store import Store
from sendlib.tables.symbols import NOT_AVAILABLE, VALUE

GROUP = "How good a match is"
_COHORTS = (cohorts.ALL_SEN, cohorts.PLANS)
"""Whose numbers can be taken: all with SEN first, as Bedford did, who left nobody out who is on SEN support."""
BEFORE, YOURS, AFTER = "Bedford at first", "Your match", "Bedford, names mended"


@dataclass(frozen=True)
class Children:
    """How many children of a cohort an area has, when they were counted, and the table of the store with them."""

    label: str
    number: float
    when: str
    table: str


@dataclass(frozen=True)
class Effect:
    """Between which shares (per cent) the truth lies where a list on which `rate` per cent were found says `listed`."""

    rate: float
    listed: float

    @property
    def low(self) -> float:
        """Where none of those missed have it."""
        return self.listed * self.rate / 100

    @property
    def high(self) -> float:
        """Where all of those missed have it."""
        return self.low + 100 - self.rate


def children_of(store: Store, area: Area) -> dict[str, Children]:
    """The cohorts of which the area's number is known, by code."""
    found = {}
    for code in _COHORTS:
        counts = cohorts.counts(store, code)[cohorts.WHOLE]
        number = float(counts.get(area.code, float("nan")))
        if number == number and number > 0:
            cohort = cohorts.COHORTS[code]
            found[code] = Children(cohort.label, number, cohorts.said(store, code), cohort.table)
    return found


def one_in(rate: float) -> str:
    """Who is missed at a match, in words: `about 1 in 7`, `1 in 50`, `nobody`."""
    missed = 100 - rate
    if missed <= 0:
        return "nobody"
    many = 100 / missed
    return f"1 in {written(many)}" if abs(many - round(many)) < 0.05 else f"about 1 in {written(many)}"


def table(linkage: Linkage, area: Area, children: Children | None, rate: float) -> Table:
    """Found and missed at Bedford's two matches and at the reader's own."""
    number = children.number if children else float("nan")
    rates = {BEFORE: linkage.first, YOURS: rate, AFTER: linkage.after}
    rows = [
        {
            "whose": whose,
            "rate": each,
            "found": round(number * each / 100) if children else float("nan"),
            "missed": round(number) - round(number * each / 100) if children else float("nan"),
            "one_in": one_in(each),
            "status": VALUE if children else NOT_AVAILABLE,
        }
        for whose, each in rates.items()
    ]
    of = f"of {written(number)} children ({_lower(children.label)}, {children.when})" if children else ""
    caption = f"Children found and missed by a match, {area.name}: {of or 'the number of children is not available'}"
    return Table(
        pd.DataFrame(rows),
        Text(caption),
        {
            "whose": Column("Match", "Bedford's two, and the one that was chosen"),
            "rate": Column("Found", "per cent of the children that are found on the other list", "%", 1),
            "found": Column("Children found", "number of children that this would be here", "children", 0),
            "missed": Column("Children missed", "number of children that this would be here", "children", 0),
            "one_in": Column("Missed", "the same as one child in so many"),
            "status": Column("Status", "value, or why there is no number", only_in_files=True),
        },
        (*((children.table,) if children else ()), named("bulletin")),
        heading="Match-rate calculator: who would be missed?",
        group=GROUP,
        how_to_read=Text(
            f"At {rate:g}% matched, {one_in(rate)} would be missed. Bedford's first match found"
            f" {written(linkage.first)}%: {one_in(linkage.first)} missed. After names were mended it was over"
            f" {written(linkage.after)}%: at most {one_in(linkage.after)} missed. A reckoning, and no count of anybody."
        ),
    )


def _lower(label: str) -> str:
    return f"{label[:1].lower()}{label[1:]}"


def effect(linkage: Linkage, rate: float, listed: float) -> Table:
    """Between which shares the truth can lie, at Bedford's two matches and at the reader's own."""
    rates = {BEFORE: linkage.first, YOURS: rate, AFTER: linkage.after}
    effects = {whose: Effect(each, listed) for whose, each in rates.items()}
    data = pd.DataFrame(
        [
            {"whose": whose, "rate": one.rate, "low": one.low, "listed": one.listed, "high": one.high}
            for whose, one in effects.items()
        ]
    )
    own = effects[YOURS]
    return Table(
        data,
        Text(f"What a joined list can stand for where it says {written(listed)}%, by how many were found"),
        {
            "whose": Column("Match", "Bedford's two, and the one that was chosen"),
            "rate": Column("Found", "per cent of the children that are found on the other list", "%", 1),
            "low": Column("Lowest it can be", "share of all children, if none of those missed have it", "%", 1),
            "listed": Column("The list says", "share of the children found, as it was chosen", "%", 1),
            "high": Column("Highest it can be", "share of all children, if all of those missed have it", "%", 1),
        },
        (named("bulletin"),),
        heading="What a match does to an answer",
        group=GROUP,
        how_to_read=Text(
            f"If {one_in(rate)} {'is' if rate == 100 else 'are'} missing, a list that says {written(listed)} of every"
            f" 100 can stand for anything from {written(own.low, 1)} to {written(own.high, 1)} of every 100: nobody"
            " knows what those missed have. It begins with 33, as Bedford found over a third of its children in need"
            " to have SEND."
        ),
    )
