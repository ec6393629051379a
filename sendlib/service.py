"""What pages and the command line ask: the newest tables held, opened once, and answers from them.

All readers of a process share one store. When a refresh, by anybody, has swapped the manifest of the live tables, the
next question opens a new store, and the old one goes with everything that was made of it.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from sendlib import board as boards
from sendlib import changes as changes_of
from sendlib import measures, postcodes, questions, settings
from sendlib import store as stores
from sendlib.about import About
from sendlib.about import about as about_tables
from sendlib.about import held as about_held
from sendlib.answer import Answer, Note, Question, Text, newer
from sendlib.answer.beside import with_beside
from sendlib.answer.numbers import listed
from sendlib.areas import Area, Areas
from sendlib.compared import comparators, widened
from sendlib.directory import Directory, Located
from sendlib.errors import NoData, UnknownChoice
from sendlib.made import building, offered, query, selection
from sendlib.made.described import Described
from sendlib.own_figures import beside as published
from sendlib.own_figures import reading as own_reading
from sendlib.own_figures.beside import Beside
from sendlib.own_figures.model import OwnFigure
from sendlib.questions.places.own_points import Point
from sendlib.store import MANIFEST, Store, kept_with_store

Stamp = tuple[Path, int, int]
_LOCK = threading.Lock()
_OPEN: dict[Stamp, Store] = {}
"""The one store that is open, by what it was opened from."""
MOST_ANSWERS = 600
"""Answers kept for all readers together: those to the questions asked last."""


def store() -> Store:
    """The shipped tables with what refreshes brought, the newest good release of each. Raises SnapshotDamaged."""
    stamp = _stamp()
    with _LOCK:
        if stamp not in _OPEN:
            opened = Store(live=stamp[0])
            _OPEN.clear()
            _OPEN[stamp] = opened
        return _OPEN[stamp]


def _stamp() -> Stamp:
    """What changes when a refresh has swapped the manifest of the live tables."""
    live = settings.read().cache
    try:
        found = (live / MANIFEST).stat()
    except OSError:
        return (live, 0, 0)
    return (live, found.st_mtime_ns, found.st_ino)


def edition() -> str:
    """Something that is another one when the tables held are others."""
    return repr(_stamp())


def areas() -> Areas:
    """Every authority, region and England. Raises SnapshotDamaged."""
    return comparators.known_areas(store())


def directory() -> Directory:
    """Every area that can be asked about, found by any name. Raises SnapshotDamaged."""
    return widened.directory(store())


def by_postcode(text: str) -> Located | None:
    """The area of a postcode, asked of ONS; None of a text that holds none.

    Raises UnknownPostcode, SourceUnavailable and SnapshotDamaged, whose messages hold nothing of it.
    """
    return postcodes.find(directory(), text) if postcodes.is_one(text) else None


def ask(
    question: Question,
    area_code: str,
    versus: str,
    asked: Mapping[str, str],
    beside: str = "",
    pinned: Sequence[str] = (),
) -> Answer:
    """The answer of a question for an area of any kind and those compared, kept for the next who asks the same.

    `beside` is the code of an area that is set beside it, with the same choices. `asked`: what was chosen,
    by name. `pinned` are codes of areas that pictures name, where they draw them. Raises UnknownChoice, UnknownArea,
    NoData (of an area that the question says nothing of) and SnapshotDamaged.
    """
    figures_change = tuple(sorted(question.figures_change(asked).items()))
    opened = store()
    answer = _answer(opened, question.name, area_code, versus, figures_change, question.edition())
    if beside and beside != area_code:
        answer = with_beside(answer, _beside(opened, question, beside, versus, figures_change))
    return _told_what_is_newer(answer.choosing(asked).pinning(pinned))


def _told_what_is_newer(answer: Answer) -> Answer:
    """An answer with what is newer than it shows: not kept with it, as that changes with the day and each look
    online."""
    opened = store()
    seen = stores.looked(opened.live) if opened.live else stores.Looked()
    today = datetime.now(UTC).date().isoformat()
    return replace(answer, newer=newer.lines(answer.sources, seen.offered, seen.on, today))


def _beside(opened: Store, question: Question, code: str, versus: str, asked: tuple[tuple[str, str], ...]) -> Answer:
    """The answer for the area beside: with the same choices as far as they are offered for it, else with its own
    defaults, which it then says."""
    own, chosen, left = widened.directory(opened).get(code), dict(asked), list[str]()
    labels = {choice.name: choice.label for choice in question.choices}
    while True:
        try:
            answer = _answer(opened, question.name, code, versus, tuple(sorted(chosen.items())), question.edition())
            break
        except UnknownChoice as error:
            if error.choice in chosen:
                left.append(labels[error.choice])
                del chosen[error.choice]
            elif versus != comparators.DEFAULT:
                left.append("Compared with")
                versus = comparators.DEFAULT
            elif chosen:
                left += [labels[name] for name in chosen]
                chosen = {}
            else:
                raise
    if not left:
        return answer
    what = listed([f"'{label}'" for label in left])
    told = f"What was chosen for {what} is not offered for {own.in_text}, which is shown with its own usual choice."
    return replace(answer, notes=(Note("caution", Text(told)), *answer.notes))


@kept_with_store(MOST_ANSWERS)
def _answer(
    opened: Store, name: str, area_code: str, versus: str, asked: tuple[tuple[str, str], ...], edition: str
) -> Answer:
    """`edition` is part of what an answer is kept for: another one is another answer."""
    return answer_of(opened, questions.named(name), widened.directory(opened).get(area_code), versus, dict(asked))


def answer_of(
    opened: Store, question: Question, area: Area, versus: str, asked: Mapping[str, str], beside: Area | None = None
) -> Answer:
    """The answer for an area of any kind, out of a store that need not have rows of it yet; with another beside it.

    Raises UnknownChoice, UnknownArea, NoData and SnapshotDamaged.
    """
    if not area.parts and not question.of_health_areas:
        raise NoData(
            f"No authority's children mostly live in {area.name}, and this question is answered from figures of"
            " authorities. Getting help shows what the NHS publishes of it."
        )
    answer = measures.ask(opened, question, area, versus, asked)
    if question.glance:
        answer = replace(answer, glance=question.glance(answer))
    if beside is None or beside.code == area.code:
        return answer
    return with_beside(answer, _beside(opened, question, beside.code, versus, tuple(sorted(asked.items()))))


def all_answers(
    opened: Store,
    area: Area,
    versus: str = comparators.DEFAULT,
    beside: Area | None = None,
    names: Sequence[str] = (),
) -> tuple[list[Answer], list[str]]:
    """The answers to every question for an area, or to those of some names in their order, and why a question has none.

    Raises UnknownChoice, UnknownArea and SnapshotDamaged.
    """
    found, without = [], []
    for question in [questions.named(name) for name in names or questions.names()]:
        try:
            found.append(answer_of(opened, question, area, versus, {}, beside))
        except NoData as error:
            without.append(f"{question.title}: {error}")
    return found, without


def board(area_code: str, versus: str, codes: Sequence[str], own: Sequence[OwnFigure] = ()) -> Answer:
    """The board of an area with the measures of these codes in their order (sendlib.board), kept for the next who asks
    the same; a reader's own figures are put to it and kept nowhere. Raises UnknownChoice, UnknownArea and
    SnapshotDamaged."""
    return boards.with_own(_told_what_is_newer(_board(store(), area_code, versus, tuple(codes))), own)


@kept_with_store(64)
def _board(opened: Store, area_code: str, versus: str, codes: tuple[str, ...]) -> Answer:
    return boards.ask(opened, widened.directory(opened).get(area_code), versus, codes)


def board_read(text: str) -> boards.Picked:
    """The measures of a board that an address names, and what is wrong in it; the suggestion where it names none.
    Raises SnapshotDamaged."""
    return boards.picking.read(store(), text)


def board_offered(page: str) -> dict[str, str]:
    """The measures over time that a page holds, for a board: code -> words. Raises SnapshotDamaged."""
    return boards.picking.offered(store(), page)


def beside_own(area_code: str, versus: str, figures: Sequence[OwnFigure]) -> dict[str, Beside]:
    """The published figures of the subjects of a reader's own figures of an area, by indicator. Raises UnknownChoice,
    UnknownArea and SnapshotDamaged."""
    opened = store()
    return published.of(opened, widened.directory(opened).get(area_code), versus, figures)


def own_figures(content: bytes, area_code: str) -> own_reading.Read:
    """The figures in a file of the reader's own; a row that names no area is of this one. Raises OwnFileRefused and
    SnapshotDamaged."""
    return own_reading.read(content, directory().get(area_code), directory())


def changes(area_code: str, versus: str) -> Answer:
    """What changed for an area of any kind: what moved more than usual, what was revised, what is due. Raises
    UnknownChoice, UnknownArea and SnapshotDamaged."""
    return changes_of.ask(store(), directory().get(area_code), versus)


def versus_of(area_code: str, versus: str) -> str:
    """A choice of comparators in its one right form; the default of authorities for the default of any area. Raises
    UnknownChoice and UnknownArea."""
    area = directory().get(area_code)
    found = comparators.choose(comparators.store_for(store(), area, versus=versus), area, versus).choice
    return comparators.DEFAULT if found == comparators.default_of(area) else found


def map_file(answer: Answer, own: Sequence[Point] = (), opened: Store | None = None) -> bytes:
    """The map of an answer of Places as an HTML file that opens by itself, with a reader's own places. Raises
    SnapshotDamaged."""
    from sendlib.exports import map_file as files  # shapely and pydeck, which a plain question does not need

    return files.as_html(opened or store(), answer, own)


def tables_to_make() -> dict[str, tuple[str, Described]]:
    """The tables that a reader can make a table of, by topic: name -> title and what is in it. Raises
    SnapshotDamaged."""
    opened = store()
    return {name: (opened.info(name).title, one) for name, one in offered.tables(opened).items()}


def selection_of(asked: Mapping[str, str]) -> tuple[selection.Selection, tuple[str, ...]]:
    """What the address picks to make a table of, of a table that there is, with a word where its own is none."""
    return selection.begins(store(), selection.of_query(asked))


def picked(chosen: selection.Selection, area: Area | None, versus: str = comparators.DEFAULT) -> selection.Picked:
    """What a selection stands for, for an area and those compared. Raises NoData and SnapshotDamaged."""
    return selection.resolve(store(), chosen, area, versus)


def compared_with(area: Area, versus: str) -> str:
    """Those that an area is compared with, in words. Raises UnknownChoice and UnknownArea."""
    return comparators.choose(comparators.store_for(store(), area, versus=versus), area, versus).label


def rows_made(chosen: selection.Picked) -> int:
    """How many rows a selection makes, before it is made. Raises SnapshotDamaged."""
    return query.count(chosen)


def make_table(chosen: selection.Picked, most: int | None = None) -> building.Made:
    """The table of a selection, or its first rows where there are more than `most`. Raises SnapshotDamaged."""
    return building.make(store(), chosen, most)


def about() -> About:
    """What About the data says of the tables held."""
    return about_tables(store())


def about_table(name: str) -> list[str]:
    """What one table that is held is, its sources and what is missing in it, as paragraphs. Raises SnapshotDamaged."""
    return about_held.detail(store().info(name))


def not_brought() -> str:
    """Which tables no refresh brings, and what a person can do."""
    from sendlib.refresh import core  # brings the network's libraries, which a plain question does not need

    return core.not_brought(store())


def to_take_away(make: Callable[[Store], bytes]) -> bytes:
    """A file to take away that is made with the tables held (exports.pack). Raises what making it raises, and
    SnapshotDamaged."""
    return make(store())
