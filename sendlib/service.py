"""What pages and the command line ask: the newest tables held, opened once, and answers from them.

All readers of a process share one store. When a refresh, by anybody, has swapped the manifest of the live tables, the
next question opens a new store, and the old one goes with everything that was made of it.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from sendlib import questions, settings
from sendlib import store as stores
from sendlib.about import About
from sendlib.about import about as about_tables
from sendlib.answer import Answer, Question, newer
from sendlib.areas import Areas
from sendlib.compared import comparators
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


def areas() -> Areas:
    """Every area that can be asked about. Raises SnapshotDamaged."""
    return comparators.known_areas(store())


def ask(question: Question, area_code: str, versus: str, asked: Mapping[str, str]) -> Answer:
    """The answer of a question for an area and those compared, kept for the next who asks the same.

    `asked`: what was chosen, by name. Raises UnknownChoice, UnknownArea and SnapshotDamaged.
    """
    figures_change = tuple(sorted(question.figures_change(asked).items()))
    opened = store()
    answer = _answer(opened, question.name, area_code, versus, figures_change, question.edition()).choosing(asked)
    # Not kept with the answer: it changes with the day and with each look online.
    seen = stores.looked(opened.live) if opened.live else stores.Looked()
    today = datetime.now(UTC).date().isoformat()
    return replace(answer, newer=newer.lines(answer.sources, seen.offered, seen.on, today))


@kept_with_store(MOST_ANSWERS)
def _answer(
    opened: Store, name: str, area_code: str, versus: str, asked: tuple[tuple[str, str], ...], edition: str
) -> Answer:
    """`edition` is part of what an answer is kept for: another one is another answer."""
    area = comparators.known_areas(opened).get(area_code)
    return questions.named(name).ask(opened, area, versus, dict(asked))


def versus_of(area_code: str, versus: str) -> str:
    """A choice of comparators in its one right form. Raises UnknownChoice and UnknownArea."""
    known = areas()
    if area_code not in known.authorities:
        return versus
    return comparators.choose(store(), known.authorities[area_code], versus).choice


def about() -> About:
    """What About the data says of the tables held."""
    return about_tables(store())


def not_brought() -> str:
    """Which tables no refresh brings, and what a person can do."""
    from sendlib.refresh import core  # brings the network's libraries, which a plain question does not need

    return core.not_brought(store())
