"""What a source works with and hands back: the pieces that the modules of this package share."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd
import pyarrow

from sendlib.areas import Areas
from sendlib.errors import SendlibError
from sendlib.provenance import Provenance
from sendlib.sources.http import Http, Progress
from sendlib.store import NewTable, Store
from sendlib.tables.definition import TableDefinition

Report = Callable[[float, str], None]
"""Called with the part done (0 to 1) and what is being done."""


PARTLY = "partly"
"""How the key of a source begins of which something could not be taken: none that a source can have, so it is looked at
again."""


@dataclass(frozen=True)
class Look:
    """What a source has: a key that changes when it does, and the release in words. `parts` is the source's own.

    `period` is the last period that it covers and `published` its day, where
    they are known, written as the table writes them or shorter; they tell a
    newer release from an older one. `more` says that it has something of that
    period, or of one before, that is not held.
    """

    key: str
    release: str
    parts: object = None
    period: str = ""
    published: str = ""
    more: bool = False


@dataclass(frozen=True)
class Work:
    """What a source works with.

    `folder` is temporary; `kept` is where answers may be kept (within `folder`
    when nothing may be written); `report` tells of progress within the source;
    `wanted` are the tables to bring. What a source appends to `told` stands in
    the notes of the closing table. A source with several tables that can not
    make one of them writes the reason to `refused` and goes on with the others;
    of one that the release does not have it writes so to `absent`. A table of
    which it can make a part writes to `partly` which parts stay as they are
    held, and why: they are tried again the next time.
    A key in `recorded` is kept instead of the look's: a part that could not be
    taken is then tried again.
    """

    http: Http
    store: Store
    areas: Areas
    folder: Path
    report: Report
    retrieved: str
    told: list[str] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)
    absent: dict[str, str] = field(default_factory=dict)
    partly: dict[str, dict[str, str]] = field(default_factory=dict)
    recorded: list[str] = field(default_factory=list)
    kept: Path | None = None
    wanted: frozenset[str] = frozenset()
    seen: str = ""

    def wants(self, name: str) -> bool:
        """Whether a table is to be brought: all are, unless some were named."""
        return not self.wanted or name in self.wanted


class Stopped(SendlibError):
    """The person who began the refresh stopped it."""


def part_of(work: Work, begin: float, end: float, words: str) -> Progress:
    """Progress in bytes of one download, told between two parts of the source."""

    def progress(done: int, expected: int | None) -> None:
        part = min(done / expected, 1.0) if expected else 0.5
        work.report(begin + (end - begin) * part, f"{words}, {done / 1e6:.1f} MB")

    return progress


def held_release(store: Store, name: str) -> str:
    """The release of a table that is held, in short; `none` for a table that is only live."""
    return store.info(name).sources[0].release if name in store.tables else "none"


def held_rows(store: Store, name: str) -> int:
    """The number of rows of a table that is held."""
    return store.info(name).rows if name in store.tables else 0


def merged(old: pd.DataFrame, new: pd.DataFrame, by: Sequence[str]) -> pd.DataFrame:
    """The new rows, and those old ones whose combination of `by` the new release does not have.

    Columns that are categories in both stay so, which needs a part of the memory of text.
    """
    by = list(by)
    told = pd.MultiIndex.from_frame(new[by].drop_duplicates().astype(str))
    return stacked([old[~pd.MultiIndex.from_frame(old[by].astype(str)).isin(told)], new])


def stacked(frames: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Frames one below the other; a column that is a category in all stays one, and is text where it is in some."""
    some = [name for name in frames[0] if any(frame[name].dtype.name == "category" for frame in frames)]
    both = [name for name in some if all(frame[name].dtype.name == "category" for frame in frames)]
    known = {name: sorted({label for frame in frames for label in frame[name].cat.categories}) for name in both}
    kinds = {name: pd.CategoricalDtype(known[name]) if name in known else str for name in some}
    return pd.concat([frame.astype(kinds) for frame in frames], ignore_index=True)


def small(frame: pd.DataFrame) -> pd.DataFrame:
    """Text as categories: a twentieth of the memory."""
    return frame.astype({name: "category" for name in frame if name != "value"})


def give_back_memory() -> None:
    """Hand back to the machine what text was read into and is not used any more.

    Arrow keeps it for itself otherwise: 30 MB and more after a large file.
    """
    pyarrow.default_memory_pool().release_unused()


def new_table(
    definition: TableDefinition, frame: pd.DataFrame, notes: Sequence[str], newest: Provenance, store: Store
) -> NewTable:
    """A checked table with its origins, the newest first. Raises ContractBroken where it does not fit its schema."""
    older = store.info(definition.name).sources if definition.name in store.tables else ()
    kept = [source for source in older if (source.publication, source.release) != (newest.publication, newest.release)]
    return definition.new(frame, notes, [newest, *kept], newest.publication)


def same_values(one: pd.DataFrame, two: pd.DataFrame) -> bool:
    """Whether two tables hold the same, whatever the order of their rows and the kinds of their columns."""
    if list(one.columns) != list(two.columns) or len(one) != len(two):
        return False
    numbers = [
        column
        for column in one
        if pd.api.types.is_numeric_dtype(one[column]) and not pd.api.types.is_bool_dtype(one[column])
    ]
    plain = [frame.astype({column: str for column in frame if column not in numbers}) for frame in (one, two)]
    keys = [column for column in one if column not in numbers] or numbers
    ordered = [
        frame.sort_values([*keys, *(name for name in numbers if name not in keys)], ignore_index=True)
        for frame in plain
    ]
    return all(ordered[0][column].equals(ordered[1][column].astype(ordered[0][column].dtype)) for column in one)
