"""Where do children live, and where is the support?

Residence: EHC plans by the authority that maintains them. Provision: pupils
and special schools by where the school is. The two are set side by side; no
public count of EHC placements out of an authority exists. Its tables are in
tables.py, flows.py, map_tables.py and placements.py, its sentences in words.py.
"""

from __future__ import annotations

import numpy as np

from sendlib.answer import FULL, NOBODY, NOT_SHOWN, Answer, Asked, Question, State
from sendlib.areas import Area
from sendlib.compared.comparators import Comparators, choose
from sendlib.questions.places import choices, tables, words
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
    "features",
    "shapes",
    "areas",
)


def ask(store: Store, area: Area, comparators: str, asked: Asked) -> Answer:
    """The answer for an area. Raises UnknownChoice, UnknownArea and SnapshotDamaged."""
    others = choose(store, area, comparators)
    found, held = words.numbers(store, area), tables.all_of(store, area, others)
    return Answer(
        question=QUESTION.name,
        words=QUESTION.words,
        area=area,
        comparators=others.label,
        state=_state(found, others),
        title=words.title(area, found),
        headline=words.headline(area, found, held["flows_out"].data),
        figures=words.figures(found),
        lead="map",
        tables=held,
        cannot_tell=words.CANNOT_TELL,
        could_change=words.COULD_CHANGE,
        sources={name: store.info(name).sources for name in _SOURCES},
        notes=words.notes(store, area, others, found),
        offered=choices.offered(asked),
    )


def _state(found: words.Numbers, others: Comparators) -> State:
    if np.isnan(found.rate):
        return NOT_SHOWN
    return FULL if others.codes else NOBODY


QUESTION = Question("places", "Places", "Where do children live, and where is the support?", ask, choices.CHOICES)
