"""How are children and young people getting on?

The gap between children with and without SEND from early years to 19 (stages.py), absence and
suspensions (LAIT, by kind of school), the sum of those with a plan who are in
no setting, not being educated or waiting (show_the_sum.py), five outcomes that families
named, and what else is held by SEN: attendance, progress, what follows 16, alternative provision,
money beside need (further.py). What can be chosen is in choices.py, its sentences are in words.py
and plainly.py, its tables in tables.py, its notes in notes.py, the rule for means and what is said
of them in beside.py.
"""

from __future__ import annotations

import pandas as pd

from sendlib.answer import FULL, NOBODY, NOT_SHOWN, TOO_FEW, Answer, Asked, Question, State, Text
from sendlib.answer.numbers import listed
from sendlib.areas import ENGLAND, Area
from sendlib.compared import comparators as comparing
from sendlib.compared import doubtful, doubts
from sendlib.compared.comparators import Comparators
from sendlib.questions.doing_well import (
    choices,
    closer,
    further,
    of_several,
    one_by_one,
    plainly,
    show_the_sum,
    stages,
    stages_over_time,
)
from sendlib.questions.doing_well import not_in_education as sums
from sendlib.questions.doing_well import notes as doing_well_notes
from sendlib.questions.doing_well import words as wording
from sendlib.questions.doing_well.attendance_figure import attendance_figure
from sendlib.questions.doing_well.beside import is_spread
from sendlib.questions.doing_well.glance import of as at_a_glance
from sendlib.questions.doing_well.order import under_headings
from sendlib.questions.doing_well.outcome_cube import put_together, too_few
from sendlib.questions.doing_well.sum_figure import figure as sum_figure
from sendlib.questions.doing_well.tables import Sums, outcome_tables, sum_tables
from sendlib.store import Store

_CANNOT_TELL = (
    Text(
        "Whether children are happy: we know of no national measure. Of healthy and heard there are figures elsewhere.",
        families="Whether children are happy, healthy or heard. You know that better than a table.",
    ),
    Text(
        "Whether a narrow gap is good: a gap is narrow where children with SEND reach more, and also where children"
        " without SEND reach less.",
        families="Whether a small gap is good news. Other children may do less well.",
    ),
    Text(
        "Whether a gap differs from others by more than chance: a year group with plans may be a hundred young people"
        " or fewer, and the source gives rates without numbers of children.",
        families="Whether a small difference is only chance.",
    ),
    Text(
        "How often children with SEND are suspended now: the newest figures here are of all pupils of a kind of school,"
        " and those by SEN are older or not in this snapshot (see Absence, suspensions and exclusions by SEN).",
        families=None,
    ),
    Text(
        "How far a child has come: a gap says nothing of progress, which is measured no longer, and children with the"
        " same plan differ widely.",
        families="How far your own child has come.",
    ),
    Text(
        "What was asked and nobody measures, such as the size of families, attachment or being heard: see Not measured,"
        " and who would know.",
        families=None,
    ),
)
_SOURCES = ("outcomes", "plans", "placements", "elsewhere", "care", "destinations", *further.SOURCES, "neighbours")
_MOST_NAMED = 3


def _ask(store: Store, area: Area, comparators: str, asked: Asked) -> Answer:
    """The answer for an area of any kind. Raises UnknownChoice and UnknownArea."""
    definition, january = choices.definition(asked), choices.january(store, asked)
    few = too_few(store, area)
    others: Comparators | None = comparing.choose_beside_england(store, area, comparators)
    # Of so few children nothing is compared with other authorities, in no figure and in no table.
    others = None if few else others
    several = put_together(area)
    found = _sums(store, area, others, f"{january.value}-01", definition.value, few)
    gaps = stages.gaps(store, area, others, stages_over_time.stages_of_few(store, area.code))
    attendance = closer.attendance(store, area, others)
    unsent = show_the_sum.without_placements(store, area, found.january)
    of_pictures = choices.of_pictures(area, others, asked)
    tables = outcome_tables(store, area, others, gaps, attendance, few) | sum_tables(store, area, others, found)
    tables |= further.tables(store, area, others, few)
    tables |= one_by_one.tables(store, area, others, of_pictures[0].value, tables)
    offered = (definition, january, *of_pictures, *further.offered(asked), *one_by_one.offered(tables, asked))
    sum_of_all = sum_figure(
        store, area, found.own, others, found.january, found.definition, few=few, doubted=found.doubted
    )
    children, home = tables["care"].data, tables["home_education"].data
    return Answer(
        question=QUESTION.name,
        words=QUESTION.words,
        area=area,
        comparators=others.label if others else "",
        plain_comparators=plainly.similar(others) if others else "",
        state=_state_of_several(found) if several else _state(gaps, others, few),
        title=of_several.title(found) if several and not few else _title(area, gaps, others, few),
        headline=of_several.headline(area, found, children, unsent)
        if several and not few
        else wording.headline(
            area, gaps, others, found.own, found.january, found.definition, unsent, few, found.doubted
        ),
        figures=of_several.figures(sum_of_all, (children, home), area, others, found)
        if several
        else (
            attendance_figure(area, attendance, "absence", others),
            attendance_figure(area, attendance, "suspensions", others),
            sum_of_all,
        ),
        lead=of_several.LEAD if several else "stages",
        tables=under_headings(tables),
        cannot_tell=(_CANNOT_TELL[0], *of_several.CANNOT_TELL) if several else _CANNOT_TELL,
        could_change=(
            *(of_several.COULD_CHANGE if several else (_first_to_ask(store, others, gaps),)),
            Text(
                "Who follows up those who are in no setting, and how often.",
                families="Who checks on children without a place.",
            ),
        ),
        sources={name: store.info(name).sources for name in _SOURCES if name in store.tables},
        notes=(
            *doing_well_notes.notes(store, area, others, gaps, found),
            *doing_well_notes.of_care(children, area, few),
            *further.notes(store, area),
        ),
        offered={one.choice.name: one for one in offered if not one.choice.about or one.choice.about in tables},
    )


QUESTION = Question(
    "doing_well",
    "Doing well",
    "How are children and young people getting on?",
    _ask,
    choices=(*choices.CHOICES, *further.CHOICES, *one_by_one.CHOICES),
    ask_the_room="Which stage matters most to you? What has helped children here at that stage?",
    glance=at_a_glance,
)


def _sums(store: Store, area: Area, others: Comparators | None, january: str, definition: str, few: bool) -> Sums:
    return Sums(
        january,
        definition,
        show_the_sum.found(store, area.code, january, definition),
        sums.calculate(store, ENGLAND, january, definition),
        show_the_sum.compared(store, area, others, january, definition),
        few,
        doubts.said(store, area, doubtful.PLANS, january),
    )


def _state(gaps: pd.DataFrame, others: Comparators | None, few: bool) -> State:
    """What could be answered."""
    if few:
        return TOO_FEW
    if not gaps["gap"].notna().any():
        return NOT_SHOWN
    return NOBODY if others and not others.codes else FULL


def _state_of_several(found: Sums) -> State:
    """What could be answered of several authorities together: the sum, or nothing."""
    if found.few:
        return TOO_FEW
    return NOT_SHOWN if show_the_sum.says_nothing(found.own) else FULL


def _title(area: Area, gaps: pd.DataFrame, others: Comparators | None, few: bool) -> Text:
    if few:
        return Text("Too few children here to compare")
    return stages.title(gaps, others) if others and not is_spread(area, others) else stages.title_of_wider(gaps)


def _first_to_ask(store: Store, others: Comparators | None, gaps: pd.DataFrame) -> Text:
    return Text(_ask_first(store, others, gaps), families="Which age to ask about first.")


def _ask_first(store: Store, others: Comparators | None, gaps: pd.DataFrame) -> str:
    """At which age to ask, and whom: areas with a narrower gap only where their children with SEND reach no less."""
    wider = gaps[gaps["gap_is"].eq("wider")]
    row = stages.largest(wider) if len(wider) else None
    names = stages.no_less(store, others, row)[:_MOST_NAMED] if row is not None else []
    if row is None or not names:
        return "At which age to ask first what helps."
    several = len(names) > 1
    return (
        f"At which age to ask first what helps, and whom. {row['stage']}, with {wording.with_(row['pupils_with'])}:"
        f" {listed(names)} {'have' if several else 'has'} a narrower gap, and {'their' if several else 'its'} children"
        " with SEND reach no less."
    )
