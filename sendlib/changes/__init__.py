"""What changed for us: which of an area's figures moved more than usual, what the publishers revised, what is due.

Measures, words and figures are those of the pages (sendlib.measures), so no number here differs from theirs. What is
compared: each measure between its two newest periods; and where a refresh has brought a release, the figures of it
with those of the release before, which the store keeps. `moves` holds the rule for what is unusual.
"""

from __future__ import annotations

from dataclasses import replace

from sendlib.answer import FULL, NOT_SHOWN, TOO_FEW, Answer, Table
from sendlib.areas import Area
from sendlib.changes import due, moves, releases, revised, series, tables, words
from sendlib.changes.series import Series
from sendlib.compared.comparators import DEFAULT
from sendlib.errors import SendlibError
from sendlib.store import Before, Looked, Store, kept_with_store, looked, release_before

NAME, WORDS = "changes", "What changed for us?"
MOST_LINES = 10
"""Moves in the short list."""


def ask(store: Store, area: Area, versus: str = DEFAULT) -> Answer:
    """The answer for an area of any kind, out of a store that need not have rows of it.

    Raises UnknownChoice, UnknownArea and SnapshotDamaged.
    """
    answer = _of_releases(store.base, area, versus)
    # Not kept with the rest: it changes with each look online.
    seen = looked(store.live) if store.live else Looked()
    pages = {one.question: one.sources for one in series.answers(store.base, area, versus)}
    return replace(answer, tables={**answer.tables, due.TABLE: due.table(pages, seen)})


@kept_with_store(32)
def _of_releases(store: Store, area: Area, versus: str) -> Answer:
    """All but what is due."""
    before = release_before(store)
    held = series.of(store, area, versus)
    differ, problem = _differences(store, before, area, versus, held)
    kinds = {(one.series.measure.code, one.period): one.kind for one in differ}
    found = moves.of(held)
    news_first = sorted(found, key=lambda move: (move.series.measure.code, move.now.period) not in kinds)
    shown = moves.first_of_each_part(news_first, MOST_LINES)
    first = tables.first(store, area, shown, kinds)
    missing = tables.missing(area, held)
    made = {
        tables.FIRST: first,
        tables.MOVED: tables.moved(area, found, kinds),
        tables.MISSING: missing,
        tables.REVISED: tables.revised(area, differ, tuple(sorted(before.before))),
        releases.TABLE: releases.table(store, before, area),
    }
    few = any(one.few_plans for one in held)
    england = list(first.data["england"])
    return Answer(
        question=NAME,
        words=WORDS,
        area=area,
        comparators="",
        state=NOT_SHOWN if not found else TOO_FEW if few else FULL,
        title=words.title(area, found),
        headline=words.headline(area, found, differ, before),
        figures=words.large(found, differ, before),
        lead=tables.FIRST,
        tables=made,
        cannot_tell=words.CANNOT_TELL,
        could_change=words.COULD_CHANGE,
        sources={name: store.info(name).sources for name in dict.fromkeys(_tables(made))},
        notes=words.notes(before, problem, len(missing.data), tables.MISSING),
        verdicts=tuple(
            words.line(move, beside, kinds.get((move.series.measure.code, move.now.period), ""))
            for move, beside in zip(shown, england, strict=True)
        ),
    )


def _tables(made: dict[str, Table]) -> list[str]:
    """The tables of the store behind some tables of the answer."""
    return [name for table in made.values() for name in table.sources]


def _differences(
    store: Store, before: Before, area: Area, versus: str, held: list[Series]
) -> tuple[list[revised.Difference], str]:
    """What differs from the release before, or why that is not known; nothing of both where none is held."""
    if not before.before:
        return [], ""
    # A page that rests on none of the tables with another release says the same of both.
    pages = [one.question for one in series.answers(store, area, versus) if before.before.keys() & one.sources.keys()]
    try:
        then = series.of(before, area, versus, pages)
        return revised.of(then, [one for one in held if one.measure.question in pages]), ""
    except SendlibError as error:
        return [], f"The figures of the release before can not be put together. {error}"
