"""What a tidy table is, as a type: how its module hands it to those who build, check and refresh it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pandas as pd

from sendlib.areas import Areas
from sendlib.errors import ContractBroken
from sendlib.provenance import Provenance
from sendlib.sources.originals import Originals
from sendlib.store import NewTable

if TYPE_CHECKING:
    import pandera.pandas as pa

Build = Callable[[Originals, Areas], tuple[pd.DataFrame, list[str]]]
"""Original releases -> the table, and notes on what was left out or mended; an area in a note is its code."""


@dataclass(frozen=True)
class TableDefinition:
    """A tidy table. What its columns mean, its grain, sources and breaks stand in the docstring of its module.

    `name` is what it is called in the store and on the command line, `grain`
    says what one row is. `expected` makes the pandera schema that the table is
    checked against whenever it is written (a function, because pandera takes a
    second to import and no page needs it). `breaks` are known breaks in the
    series, in plain sentences.

    `originals` are the files that the shipped table is made of: name in the
    folder of originals (see sources/originals.py) -> section of
    catalogue/sources.toml. `build` makes it of them; None for a table of which
    nothing is shipped, because only a refresh brings it.
    """

    name: str
    title: str
    grain: str
    expected: Callable[[], pa.DataFrameSchema]
    breaks: tuple[str, ...]
    originals: Mapping[str, str] = field(default_factory=dict)
    build: Build | None = None

    def new(self, frame: pd.DataFrame, notes: Iterable[str], sources: Iterable[Provenance], file: str) -> NewTable:
        """The table ready for the store. Raises ContractBroken, naming `file`, where it does not fit its schema."""
        from pandera.errors import SchemaError

        try:
            self.expected().validate(frame)
        except SchemaError as error:
            raise ContractBroken(file, f"table '{self.name}' does not fit its schema: {error}.") from error
        return NewTable(self.name, frame, self.title, self.grain, self.breaks, tuple(notes), tuple(sources))
