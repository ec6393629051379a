"""How well is our information joined up?

A survey of 2023 asked councils whether they join records of education, social care and health. It names the 22
councils that link health data and no other, so that of most areas nothing is known, which is said. Its tables are in
`survey` and `here`; the match-rate calculator in `match`, the readiness check in `readiness`, and what the documents
say beside it in `documents`. The facts are in the catalogue, which checks them when they are read. Nobody is compared.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from sendlib.answer import FULL, NOTHING_ASKED, Answer, Asked, Question, Table
from sendlib.areas import ENGLAND, Area
from sendlib.catalogue import linkage as facts
from sendlib.compared import overlap
from sendlib.compared.comparators import DEFAULT, choose
from sendlib.questions.joining_up import choices, documents, here, match, readiness, sources, survey, words
from sendlib.questions.joining_up.choices import CHOICES, LINKED, LISTED, RATE, WHOSE
from sendlib.questions.joining_up.glance import of as at_a_glance
from sendlib.store import Store

LEAD = "squares"


def ask(store: Store, area: Area, comparators: str = DEFAULT, asked: Asked = NOTHING_ASKED) -> Answer:
    """The answer for an area of any kind. Raises UnknownChoice, UnknownArea and SnapshotDamaged."""
    choose(store, area, comparators)  # what can not be compared is refused here as on every page
    linkage = facts.of()
    children, councils = match.children_of(store, area), here.known(store, linkage, area)
    offered = choices.of(children, linkage.first, asked)
    rate, listed = float(offered[RATE.name].value), float(offered[LISTED.name].value)
    chosen = children.get(offered[WHOSE.name].value)
    which = offered[LINKED.name].value
    tables: dict[str, Table] = {
        LEAD: survey.squares(linkage, which, here.shortly(linkage, area, councils)),
        **_of_all(),
        "named": survey.named(linkage, area),
        "here": here.table(linkage, area, councils),
        "match": match.table(linkage, area, chosen, rate),
        "match_effect": match.effect(linkage, rate, listed),
        "cards": documents.cards(linkage, area),
    }
    return Answer(
        question=QUESTION.name,
        words=QUESTION.words,
        area=area,
        comparators="",
        state=FULL,
        title=words.title(linkage, which),
        headline=words.headline(linkage, area, councils),
        figures=words.figures(linkage),
        lead=LEAD,
        tables=tables,
        cannot_tell=words.CANNOT_TELL,
        could_change=words.COULD_CHANGE,
        sources=sources.of(store, linkage, {one.table for one in children.values()}),
        notes=(*overlap.note(store, area), *words.notes(linkage, bool(children))),
        offered=offered,
        same_everywhere=True,
    )


@cache
def _of_all() -> Mapping[str, Table]:
    """The tables that are the same for every area, made once; nobody changes them."""
    linkage = facts.of()
    return {
        "datasets": survey.given(linkage, "datasets", "Which data sets of their own they link"),
        "groups": survey.given(linkage, "groups", "Which groups of children they link data on"),
        "health_data": survey.health_data(linkage),
        "responses": survey.responses(linkage),
        "readiness": readiness.table(linkage),
        "side_by_side": documents.side_by_side(),
        **documents.tables(linkage),
    }


QUESTION = Question(
    name="joining_up",
    title="Joining up",
    words="How well is our information joined up?",
    ask_the_room="Who here holds a list of our children? What would it take to find the same child on two of them?",
    glance=at_a_glance,
    ask=ask,
    choices=CHOICES,
    of_health_areas=True,
    otherwise=ENGLAND,
    compared_in=(),
)
