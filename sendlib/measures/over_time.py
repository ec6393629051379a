"""My area with any measure over time: the area's lines, those compared's and England's, as their page holds them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import pandas as pd

from sendlib import questions
from sendlib.answer import Answer, Asked, Column, Note, Offered, Table, Text
from sendlib.answer.choice import NONE
from sendlib.areas import Area
from sendlib.compared import comparators
from sendlib.measures import asking, breaks, figures, picking, registry
from sendlib.measures.registry import Measure
from sendlib.provenance import Provenance
from sendlib.questions import my_area
from sendlib.questions.my_area.choices import ANY_MEASURE, MEASURE, MEASURE_OF
from sendlib.store import Store

PAGES = ("my_area", "places", "getting_help", "doing_well")
"""The questions whose answers hold measures over time."""
HEADING = "Any measure over time"


def ask(store: Store, area: Area, versus: str, asked: Asked) -> Answer:
    """The answer of My area, with the measure that was picked. Raises UnknownChoice, UnknownArea and
    SnapshotDamaged."""
    answer = asking.answer_of(store, my_area.QUESTION.name, area, versus).choosing(asked)
    of = picking.page(MEASURE_OF, {NONE: "Choose a page", **picking.titles(PAGES)}, MEASURE, asked, PAGES)
    if of.value == NONE:
        return _with(answer, _nothing_picked(), (), {of.choice.name: of})
    held = asking.over_time(store, of.value)
    offered = picking.one(MEASURE, asked, of.value, held)
    found = measured(store, area, versus, held[offered.value])
    return _with(
        replace(answer, sources={**answer.sources, **found.sources}),
        found.table,
        found.notes,
        {of.choice.name: of, offered.choice.name: offered},
        found.broken,
    )


@dataclass(frozen=True)
class Measured:
    """One measure of an area over time: its lines, what its own page says beside them, and where its series breaks.

    `source` is the answer of the page that owns it; `mean` is what the mean of those compared is called in `table`,
    empty where nobody is compared; the notes are about ANY_MEASURE.
    """

    measure: Measure
    source: Answer
    table: Table
    mean: str
    notes: tuple[Note, ...]
    broken: Table | None
    sources: Mapping[str, tuple[Provenance, ...]]


def measured(store: Store, area: Area, versus: str, measure: Measure) -> Measured:
    """A measure of an area, as the page that owns it has it. Raises UnknownChoice, UnknownArea and SnapshotDamaged."""
    other = asking.answer_of(store, measure.question, area, versus)
    others = comparators.choose(comparators.store_for(store, area, versus=versus), area, versus)
    mean = others.mean_heading if others.codes else ""
    table = _table(store, other, measure, mean)
    sources = {name: other.sources[name] for name in table.sources}
    notes = _notes(other, measure, table, mean)
    return Measured(measure, other, table, mean, notes, breaks.of(other, measure), sources)


def _with(
    answer: Answer,
    table: Table,
    notes: tuple[Note, ...],
    offered: dict[str, Offered],
    broken: Table | None = None,
) -> Answer:
    """The answer with the part that shows any measure."""
    told = {breaks.TABLE: broken} if broken else {}
    return replace(
        answer,
        tables={**answer.tables, ANY_MEASURE: table, **told},
        notes=(*answer.notes, *notes),
        offered={**answer.offered, **offered},
    )


def _nothing_picked() -> Table:
    """The pages that a reader can pick measures of."""
    pages = list(picking.titles(PAGES).values())
    told = Text("Any measure of these pages over time: choose a page, then one of its measures")
    column = Column("Page", "page of this site whose figures over time can be drawn")
    return Table(pd.DataFrame({"page": pages}), told, {"page": column}, (), HEADING)


def _table(store: Store, other: Answer, measure: Measure, mean: str) -> Table:
    """The lines of a measure: those of the other answer, with England's where it holds none."""
    source = asking.of_england(store, measure.question)
    found = figures.of(other, measure, mean)
    if figures.lacks_england(other, measure, found):
        whole = figures.of(source, measure, "")
        found = pd.concat([found, whole[whole["whose"].eq(source.area.name)]], ignore_index=True)
    held = other.tables.get(measure.table, source.tables[measure.table])
    described = held.columns[measure.column]
    period = held.columns[registry.period_of(held)]
    columns = {
        **figures.COLUMNS,
        "period": period,
        "number": Column(measure.words, described.meaning, described.unit, described.decimals),
    }
    page = questions.named(measure.question).title
    whose = f". On the page {page}: {held.caption.explore}" if measure.table in other.tables else ""
    told = f"{measure.name}{whose or f', {other.area.name}'}"
    sources = tuple(name for name in held.sources if name in other.sources)
    return Table(found, Text(told), columns, sources, HEADING)


def _notes(other: Answer, measure: Measure, table: Table, mean: str) -> tuple[Note, ...]:
    """What the other page says beside its own picture of the measure, and what the lines here lack, with the reason."""
    page, data = questions.named(measure.question).title, table.data
    words = {text for _, text in measure.divided}
    of = {
        code
        for offered in other.offered_about(measure.table)
        for code, text in offered.options.items()
        if text in words
    }
    beside = [note for note in other.notes if note.about == measure.table and (not note.of or note.of in of)]
    if measure.table not in other.tables:
        # Why a whole part of a page is missing is said on top of it.
        beside += [note for note in other.notes if not note.about and note.kind == "missing"]
    lacking = []
    # England's line is its own where England was asked for.
    beside_it = {"England", mean} - {other.area.name}
    if data[~data["whose"].isin(beside_it)].empty:
        lacking.append(f"The page {page} holds no figure of this measure for {other.area.in_text}.")
    elif mean and not data["whose"].eq(mean).any():
        lacking.append(f"No line of those compared: the page {page} holds this measure without a mean of them.")
    return tuple(
        Note(note.kind, note.text, ANY_MEASURE) for note in (*beside, *(Note("missing", Text(one)) for one in lacking))
    )
