"""Places in the words of families: short sentences, shares of every 100, councils and not authorities.

The bar over the page names the area, so that a sentence says `here`.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sendlib.answer.numbers import capital, listed, of_every, written
from sendlib.areas import Area
from sendlib.compared import latest
from sendlib.questions.places import flows
from sendlib.questions.places.facts import Numbers
from sendlib.questions.places.naming import its
from sendlib.questions.places.travel import Largest, Pair
from sendlib.store import Store
from sendlib.tables.flows import PERIOD

_LOWEST_SAID, _LOWEST_NAMED = 0.5, 2.0
"""Of a hundred pupils: fewer are hardly any, or too few to say where to or from."""


def lives(found: Numbers) -> str:
    """How many of those who live here have a plan."""
    if np.isnan(found.rate):
        return "How many of those aged 0 to 25 here have an EHC plan is not known."
    day = latest.said(found.january)
    if found.few:
        few = f"Only {written(found.plans)} children and young people here had an EHC plan in {day}."
        return f"{few} One more or less moves every number."
    if found.plans_doubted:
        return found.plans_doubted.plainly
    rate = f"{written(found.rate)} of every 1,000 children and young people aged 0 to 25 here"
    half = found.halves.get("rate")
    told = f" In half of the councils it was {' to '.join(written(one) for one in half)}." if half else ""
    return f"In {day}, {rate} had an EHC plan.{told}"


def travels(area: Area, found: Numbers, out: Sequence[Largest], into: Sequence[Largest]) -> str:
    """Who went to a school elsewhere, and who came."""
    if np.isnan(found.travel.outside) and np.isnan(found.travel.inward):
        return f"How many pupils crossed {its(area)} border to a state special school is not available."
    return f"{_left(area, found, out)} {_came(area, found, into)}".strip()


def _left(area: Area, found: Numbers, out: Sequence[Largest]) -> str:
    share = found.travel.outside
    if np.isnan(share):
        return "How many pupils from here went to a state special school elsewhere is not known."
    during = f"{'In' if flows.years_of(area) == 1 else 'From'} {flows.when(area)}"
    if share < _LOWEST_SAID:
        return f"{during}, hardly any pupil from here went to a state special school elsewhere."
    whom = f"{of_every(share)} state special school pupils from here"
    return f"{during}, {whom} went to one elsewhere.{_most_often('to', out, share)}"


def _came(area: Area, found: Numbers, into: Sequence[Largest]) -> str:
    share, schools = found.travel.inward, f"{its(area)} own state special schools"
    if np.isnan(share):
        return ""
    if share < _LOWEST_SAID:
        return f"Hardly any pupil at {schools} lived elsewhere."
    return f"{capital(of_every(share))} pupils at {schools} lived elsewhere.{_most_often('in', into, share)}"


def _most_often(way: str, largest: Sequence[Largest], share: float) -> str:
    if not largest or share < _LOWEST_NAMED:
        return ""
    return f" Most often that was {way} {listed([one.name for one in largest])}."


def within_england(found: Numbers, pair: Pair) -> str:
    """Who crossed a border between two councils of England."""
    share = of_every(found.travel.elsewhere)
    return (
        f"From {PERIOD}, {share} pupils of state special schools went to one of another council than their own."
        f" Most often that was from {pair.home} to {pair.school}. Who crossed the border of England is not known."
    )


def no_flows(store: Store, area: Area) -> str:
    """Why nothing is known of who crossed the border of an area."""
    if not flows.has_border(store, area):
        return "Who went to school across the border of England is not known."
    if flows.parted(store, area):
        return "Who crossed the border here is not known. A council that is only partly in it was counted as one."
    if flows.before(store, area):
        return "Who travels to school was counted before this council began."
    return "Very few pupils of state special schools lived here, or none. No share is made of so few."


def older_plans(found: Numbers, newest: str) -> str:
    """Why the plans are of an older January than elsewhere."""
    none = f"The Department for Education gives no number of plans here for {latest.said(newest)}."
    return f"{none} Numbers of plans are those of {latest.said(found.january)}."


def residents(store: Store, january: str) -> str:
    """Why residents are older than plans, and what that does."""
    used = latest.said(latest.summer_of_residents(store, january))
    return (
        f"Plans are of {latest.said(january)}, and the number of people is that of {used}, the newest held. Where it"
        " has grown since, the map shows slightly too many plans. Where it has fallen, slightly too few."
    )


def changed(found: Numbers) -> str:
    """That the share of two Januaries was not counted in one way (the breaks of the table placements)."""
    years = f"{latest.said(found.since)} and {latest.said(found.placed)}"
    return f"How placements are counted changed between {years}. Compare the two with care."


DEFINITIONS = (
    "Plans are counted by the council in charge of them. That is where the child lives, with few exceptions. Pupils are"
    " counted where the school is, so these are not the same children.",
    "Those who travel are pupils of state special schools, with a plan or without. Nobody publishes how many children"
    " with a plan are placed in another council's area.",
    "Who travels adds up some school years. A school counts for the council that it belongs to, even where it stands in"
    " another.",
    "Some of these figures are not read from the Department for Education's own files. They are copies that others keep"
    " in public.",
)
"""What is counted where, in the order of the definitions for analysts."""
OF_SEVERAL = "Most figures here are the numbers of its councils added up."
CANNOT_TELL = (
    "How many children with a plan go to school in another area: nobody publishes it.",
    "Who travels to independent special schools: only state schools are counted.",
    "Respite, short breaks and what families arrange themselves.",
    "Whether a school has a free place.",
)
"""In the order of those for analysts (words.CANNOT_TELL)."""
