"""What does SEND look like here?

Pupils with an EHC plan and with SEN support out of a hundred (by where they go
to school), and the EHC plans that the authority maintains (by where the plan is
from): a stock each January and flows in between, kept apart. Its tables are in
tables.py and breakdowns.py, its sentences in words.py, and why those compared have
no figure in without_mean.py.
"""

from __future__ import annotations

import numpy as np

from sendlib.answer import (
    FULL,
    NOBODY,
    NOT_SHOWN,
    NOTHING_ASKED,
    TOO_FEW,
    Answer,
    Asked,
    Offered,
    Question,
    State,
    Table,
    Text,
)
from sendlib.areas import Area
from sendlib.compared import means
from sendlib.compared.comparators import DEFAULT, choose
from sendlib.compared.plainly import wholly
from sendlib.questions.my_area import tables, words
from sendlib.questions.my_area.choices import CHOICES, KINDS, LINES, PUPILS_KIND
from sendlib.questions.my_area.glance import of as at_a_glance
from sendlib.store import Store

_CANNOT_TELL = (
    Text(
        "Needs that nobody has identified, and children who are on the roll of no school, such as those taught at home."
    ),
    Text("Whether a high or a low share is good: more plans is neither better nor worse."),
    Text(
        "Pupils are counted where they go to school and plans by the authority that maintains them: the two are"
        " different children."
    ),
)
_COULD_CHANGE = (
    Text("Where to look first: at support in ordinary schools, or at plans."),
    Text("What a joint needs assessment says about how many children there are."),
)
_SOURCES = ("school_sen", "school_pupils", "plans", "placements", "process", "population", "neighbours")


def ask(store: Store, area: Area, comparators: str = DEFAULT, asked: Asked = NOTHING_ASKED) -> Answer:
    """The answer for an area. Raises UnknownChoice, UnknownArea and SnapshotDamaged."""
    others = choose(store, area, comparators)
    share = tables.shares(store, area, others)
    change = tables.change(store, area, others)
    state = _state(store, area, share, change)
    lead = "hundred" if share.own or state == NOT_SHOWN else "stock"
    every = tables.all_of(store, area, others, share)
    # Where plans lead, a hundred figures of nobody would be an empty picture.
    held = {name: table for name, table in every.items() if name != "hundred" or lead == "hundred"}
    return Answer(
        question=QUESTION.name,
        words=QUESTION.words,
        area=area,
        comparators=others.label,
        state=state,
        title=words.title(area, share, others, change, state),
        headline=words.headline(store, area, others, share, change, state),
        figures=words.figures(area, share, others, change, state, tables.standings(store, area, share)),
        lead=lead,
        tables=held,
        cannot_tell=_CANNOT_TELL,
        could_change=_COULD_CHANGE,
        sources={name: store.info(name).sources for name in _SOURCES if name in store.tables},
        notes=words.notes(store, area, others, share, change),
        plain_comparators=wholly(others),
        offered=_offered(held, asked),
    )


def _state(store: Store, area: Area, share: tables.Shares, change: tables.Change) -> State:
    """Of the shares of pupils; where there are none, of the plans that lead instead."""
    if not share.own and np.isnan(change.after):
        return NOT_SHOWN
    if area.code in means.too_small(store):
        return TOO_FEW
    beside = share.others if share.own else not np.isnan(change.own) and not np.isnan(change.others)
    return FULL if beside else NOBODY


def _offered(held: dict[str, Table], asked: Asked) -> dict[str, Offered]:
    """What can be chosen: a kind of pupils, and up to four lines of each breakdown, the largest at first."""
    found = {
        PUPILS_KIND.name: PUPILS_KIND.offer(
            {code: KINDS[code] for code in ("ehc_plan", "sen_support")}, "ehc_plan", asked
        )
    }
    for choice in LINES:
        options, default = tables.lines_of(held[choice.about].data)
        found[choice.name] = choice.offer(options, default, asked)
    return found


QUESTION = Question(
    name="my_area",
    title="My area",
    words="What does SEND look like here?",
    ask_the_room="Is this what you see here? Who is missing from these numbers?",
    glance=at_a_glance,
    ask=ask,
    choices=CHOICES,
)
