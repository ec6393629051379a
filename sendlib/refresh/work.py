"""What a source works with and hands back: the pieces that the modules of this package share."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType

import pandas as pd

from sendlib.areas import Areas
from sendlib.errors import ContractBroken
from sendlib.provenance import Provenance
from sendlib.sources.http import Http
from sendlib.store import NewTable, Store

Report = Callable[[float, str], None]
"""Called with the part done (0 to 1) and what is being done."""


@dataclass(frozen=True)
class Look:
    """What a source has: a key that changes when it does, and the release in words. `parts` is the source's own."""

    key: str
    release: str
    parts: object = None


@dataclass(frozen=True)
class Work:
    """What a source works with.

    `folder` is temporary; `report` tells of progress within the source; what a
    source appends to `told` stands in the notes of the closing table. A key in
    `recorded` is kept instead of the look's: a part that could not be taken is then tried again.
    """

    http: Http
    store: Store
    areas: Areas
    folder: Path
    report: Report
    retrieved: str
    told: list[str] = field(default_factory=list)
    recorded: list[str] = field(default_factory=list)


def held_release(store: Store, name: str) -> str:
    """The release of a table that is held, in short; `none` for a table that is only live."""
    return store.info(name).sources[0].release if name in store.tables else "none"


def held_rows(store: Store, name: str) -> int:
    """The number of rows of a table that is held."""
    return store.info(name).rows if name in store.tables else 0


def merged(old: pd.DataFrame, new: pd.DataFrame, by: Sequence[str]) -> pd.DataFrame:
    """The new rows, and those old ones whose combination of `by` the new release does not have."""
    by = list(by)
    held = old.astype({column: str for column in old if old[column].dtype.name == "category"})
    replaced = pd.MultiIndex.from_frame(held[by]).isin(pd.MultiIndex.from_frame(new[by].drop_duplicates()))
    return pd.concat([held[~replaced], new], ignore_index=True)


def new_table(module: ModuleType, frame: pd.DataFrame, notes: Sequence[str], newest: Provenance, store: Store) -> NewTable:
    """A checked table with its origins, the newest first. Raises ContractBroken where it does not fit its schema."""
    from pandera.errors import SchemaError

    try:
        module.expected().validate(frame)
    except SchemaError as error:
        raise ContractBroken(newest.publication, f"table '{module.NAME}' does not fit its schema: {error}.") from error
    older = store.info(module.NAME).sources if module.NAME in store.tables else ()
    kept = [source for source in older if (source.publication, source.release) != (newest.publication, newest.release)]
    return NewTable(module.NAME, frame, module.TITLE, module.GRAIN, tuple(module.BREAKS), tuple(notes), (newest, *kept))
