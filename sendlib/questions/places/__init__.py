"""Where do children live, and where is the support?

Residence: EHC plans by the authority that maintains them. Provision: pupils
and special schools by where the school is. The two stand side by side and are
never subtracted, since they count different children; no public count of EHC
placements out of an authority exists. Its tables are in
tables.py, flows.py, map_tables.py and placements.py, its numbers in facts.py and travel.py (and what they lack in
lacking.py), its sentences in words.py, travel_words.py, figures.py and notes.py, with naming.py for what an area of
any kind is called in them.
"""

from __future__ import annotations

import numpy as np

from sendlib.answer import DOUBTFUL, FULL, NOBODY, NOT_SHOWN, TOO_FEW, Answer, Asked, Question, State
from sendlib.areas import Area
from sendlib.compared.comparators import Comparators, choose
from sendlib.compared.plainly import wholly
from sendlib.questions.places import choices, facts, figures, notes, standings, tables, words
from sendlib.questions.places.facts import Numbers
from sendlib.questions.places.glance import of as at_a_glance
from sendlib.store import Store

_SOURCES = (
    "plans",
    "placements",
    "population",
    "flows",
    "places",
    "needs",
    "school_needs",
    "process",
    "schools",
    "school_units",
    "features",
    "shapes",
    "areas",
    "school_sen",
    "school_pupils",
    "care",
    "deprivation",
    "district_figures",
    "neighbours",
)


def ask(store: Store, area: Area, comparators: str, asked: Asked) -> Answer:
    """The answer for an area. Raises UnknownChoice, UnknownArea and SnapshotDamaged."""
    others = choose(store, area, comparators)
    found, held = facts.numbers(store, area), tables.all_of(store, area, others)
    state = _state(found, others)
    return Answer(
        question=QUESTION.name,
        words=QUESTION.words,
        area=area,
        comparators=others.label,
        state=state,
        title=words.title(area, found, state),
        headline=words.headline(store, area, found, held),
        figures=figures.figures(store, area, found, standings.of(store, area, found)),
        lead="map",
        tables=held,
        cannot_tell=words.cannot_tell(store, area),
        could_change=words.COULD_CHANGE,
        sources={name: store.info(name).sources for name in _SOURCES},
        notes=notes.notes(store, area, others, found),
        offered=choices.offered(asked),
        plain_comparators=wholly(others),
    )


def _state(found: Numbers, others: Comparators) -> State:
    if np.isnan(found.rate):
        return NOT_SHOWN
    if found.few:
        return TOO_FEW
    if found.plans_doubted:
        return DOUBTFUL
    return FULL if others.codes else NOBODY


QUESTION = Question(
    "places",
    "Places",
    "Where do children live, and where is the support?",
    ask,
    choices.CHOICES,
    ask_the_room="Who travels, and why? What would let a child go to school nearer to home?",
    glance=at_a_glance,
)
