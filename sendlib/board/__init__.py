"""The board: the measures that a group watches together, each beside those compared, over time, with what is due next.

`ask` answers it. It is no question of the pages (questions.QUESTIONS): what stands on it is picked out of theirs.
There is no index of several measures and no red, amber or green: a direction is never called better or worse here.
"""

from __future__ import annotations

from collections.abc import Sequence

from sendlib import questions
from sendlib.answer import Answer
from sendlib.areas import Area
from sendlib.board import answering, picking, rows
from sendlib.board.own import with_own
from sendlib.board.picking import CHOICE, MOST, Picked
from sendlib.board.thoughts import MOST_SIGNS, Thoughts
from sendlib.compared import comparators, means
from sendlib.measures import over_time
from sendlib.measures.registry import Measure
from sendlib.own_figures.model import OwnFigure
from sendlib.store import Store

NAME, WORDS, told_in = answering.NAME, answering.WORDS, answering.told_in

__all__ = [
    "CHOICE",
    "MOST",
    "MOST_SIGNS",
    "NAME",
    "WORDS",
    "Picked",
    "Thoughts",
    "ask",
    "picking",
    "told_in",
    "with_own",
]


def ask(store: Store, area: Area, versus: str, codes: Sequence[str], own: Sequence[OwnFigure] = ()) -> Answer:
    """The board of an area: the measures of these codes in their order, and a reader's own figures after them.

    `store` need not have rows of the area yet. Raises UnknownChoice, UnknownArea and SnapshotDamaged.
    """
    measures = picking.of_codes(store, codes)
    others = comparators.choose(comparators.store_for(store, area, versus=versus), area, versus)
    tiny = area.code in means.too_small(comparators.store_for(store, area))
    found = {
        measure.code: over_time.measured(store, area, versus, measure) for measure in measures if _has(area, measure)
    }
    made = [
        rows.of(area, others, found[measure.code], tiny=tiny)
        if measure.code in found
        else rows.lacking(area, measure, f"No authority's children mostly live in {area.name}.")
        for measure in measures
    ]
    return with_own(answering.put_together(area, others, measures, list(found.values()), made), own)


def _has(area: Area, measure: Measure) -> bool:
    """Whether the page of a measure says anything of an area."""
    return bool(area.parts) or questions.named(measure.question).of_health_areas
