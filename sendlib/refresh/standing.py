"""Whether what a publisher offers is newer than what is held, and which tables of it are wanted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from sendlib import store as stores
from sendlib.errors import SnapshotDamaged
from sendlib.refresh.source import Source
from sendlib.refresh.work import Look, Work
from sendlib.store import NewTable, TableInfo

Standing = Literal["newer", "older", "same"]


def of_source(source: Source, work: Work, look: Look) -> Standing:
    """Whether what a source offers is newer than what is held, older, or the same."""
    name = source.tables[0]
    if name not in work.store.tables or work.seen == look.key:
        return "newer"  # of a key that was seen before each table is asked for by itself
    info = work.store.info(name)
    order = _compared(look.period, source.held_period(info))
    if order:
        return "newer" if order > 0 else "older"
    own = info.sources[0].publication == source.title
    order = _compared(look.published, info.sources[0].published or "")
    if look.more or order > 0:
        return "newer"
    if order < 0 and own and info.live:
        return "older"
    # The same period, on the same day or on one not known: what is shipped is taken to be it, and later a new key tells
    # of a correction.
    known = look.period or look.published
    return "newer" if work.seen or not known else "same"


def wanted(source: Source, work: Work, look: Look, seen: Mapping[str, str]) -> list[str]:
    """The tables of a source that were not taken from this very release before."""
    return [name for name in source.tables if look.key not in (work.seen, seen.get(f"{source.name}/{name}"))]


def damaged(source: Source, work: Work) -> list[str]:
    """Tables in use that are not the newest that was fetched.

    A damaged one was passed over, and must be fetched again.
    """
    try:
        releases = stores.read_releases(work.http.settings.cache)
    except SnapshotDamaged:
        return []
    return [
        name
        for name in source.tables
        if name in releases and (name not in work.store.tables or work.store.info(name).file != releases[name][0].file)
    ]


def older(table: NewTable, info: TableInfo) -> bool:
    """Whether a list without periods, such as the register, is of a day before that of the one held."""
    one, two = table.sources[0], info.sources[0]
    return (
        "period" not in table.frame
        and one.publication == two.publication
        and _compared(one.published or "", two.published or "") < 0
    )


def _compared(one: str, two: str) -> int:
    """1, 0 or -1 as one day or period is after another, as far as both are told; 0 where one is not known."""
    length = min(len(one), len(two))
    return (one[:length] > two[:length]) - (one[:length] < two[:length])
