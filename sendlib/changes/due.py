"""What comes next of the publications behind an area's figures, as the catalogue of sources and the last look online
say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from sendlib import questions
from sendlib.answer import Column, Table, Text
from sendlib.provenance import Provenance, spoken_date
from sendlib.store import Looked

TABLE = "due"
COLUMNS = {
    "publication": Column("Publication", "publication that figures of the pages come from"),
    "shown": Column("Shown here", "what of it is shown"),
    "next": Column("Comes next", "release after the one shown"),
    "expected": Column("When", "when it was published, or when the publisher's calendar has it"),
    "on": Column("Day", "the same as an ISO day or month", only_in_files=True),
    "pages": Column("Pages", "pages of this site whose figures come from it"),
}
_UNKNOWN = "9999"
_ANNOUNCED = "announced"
"""A word that holds on any day, also once the day is past."""


def table(pages: Mapping[str, Mapping[str, tuple[Provenance, ...]]], looked: Looked) -> Table:
    """The releases that follow those shown: the ones that are out first, then those announced, the next one first.

    `pages`: question -> the sources of its tables of the store.
    """
    rows: dict[tuple[str, str], dict[str, str]] = {}
    used: dict[tuple[str, str], list[str]] = {}
    for page, sources in pages.items():
        for name, origins in sources.items():
            for row in map(_row, coming(name, origins, looked)):
                key = (row["publication"], row["next"])
                rows.setdefault(key, row)
                used.setdefault(key, []).append(questions.named(page).title)
    held = [{**row, "pages": ", ".join(dict.fromkeys(used[key]))} for key, row in rows.items()]
    held.sort(key=lambda row: (not _is_out(row), row["on"] or _UNKNOWN, row["publication"], row["next"]))
    data = pd.DataFrame(held, columns=list(COLUMNS)).astype(object)
    return Table(data, Text("What is out already and not in this copy, and what is announced next"), COLUMNS, ())


def _is_out(row: Mapping[str, str]) -> bool:
    return not row["expected"].startswith(_ANNOUNCED)


@dataclass(frozen=True)
class Coming:
    """What comes after a source that is held: `expected` says when it was published, or when the publisher's calendar
    has it; `on` the same as an ISO day or month, empty where it is not known; `is_out`: it is published."""

    source: Provenance
    what: str
    expected: str
    on: str
    is_out: bool


def coming(name: str, origins: tuple[Provenance, ...], looked: Looked) -> list[Coming]:
    """What comes after the newest source of each publication behind a table of the store, as far as that is known."""
    newest: dict[str, Provenance] = {}
    for source in origins:
        before = newest.get(source.publication)
        if before is None or (source.published or "") > (before.published or ""):
            newest[source.publication] = source
    found = []
    for place, source in enumerate(newest.values()):
        if place == 0 and name in looked.offered:
            when = f"seen at the publisher on {spoken_date(looked.on)}"
            found.append(Coming(source, looked.offered[name], when, looked.on, is_out=True))
        elif after := source.following:
            day = spoken_date(after.on) if after.on else ""
            out = f"published {day}" if day else "published, the day is not known here"
            announced = f"{_ANNOUNCED} for {day}" if day else f"{_ANNOUNCED}, the day is not known here"
            found.append(Coming(source, after.what, out if after.published else announced, after.on, after.published))
    return found


def _row(one: Coming) -> dict[str, str]:
    shown = {"publication": one.source.publication, "shown": one.source.shows or one.source.release}
    return {**shown, "next": one.what, "expected": one.expected, "on": one.on}
