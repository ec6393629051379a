"""A table of an answer as every kind of file has it: its rows, what its columns are, and where they come from.

Two files can be put under each other: each row says which area was asked about, of when it is, and whether its figure
is a value or which of the five kinds of missing. Numbers are rounded as they are on the page, so that a file and the
screen never differ.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

import pandas as pd

from sendlib.answer import Answer, Column, Table
from sendlib.provenance import Provenance
from sendlib.tables.symbols import NOT_AVAILABLE, SHORT, STATUSES, VALUE, WORDS

_PERIODS = ("period", "year", "measured_in", "vintage")
"""Names of columns that say of when a row is."""
_ABOUT = Column("Asked about", "Area that was asked about")
_ABOUT_CODE = Column(
    "Code of the area asked about",
    "DfE's 3-digit code of an authority, ONS's of a region or England, the NHS's of its own areas; of a group those of"
    " its authorities",
)
_PERIOD = Column("Figures of", "Release that the figures are of, where the rows themselves do not say of when they are")
_STATUS = Column(
    "Status",
    f"Whether the row has its figure, or why not: {', '.join(f'{name} ({WORDS[name]})' for name in STATUSES)}",
)


@dataclass(frozen=True)
class Numbers:
    """A table ready for a file.

    `stem` is what the file is called, without its ending. `frame` has the columns by the names of `columns`; numbers
    are rounded, missing ones NaN, and `status` says why. `instead` has the same rows and columns: what a reader finds
    in place of a missing number. `link` is the address of the view, or empty.
    """

    stem: str
    caption: str
    area: str
    compared: str
    columns: dict[str, Column]
    frame: pd.DataFrame
    instead: pd.DataFrame
    sources: tuple[Provenance, ...]
    notes: tuple[str, ...]
    link: str = ""

    def codebook(self) -> list[tuple[str, str, str]]:
        """Heading, meaning and unit of every column."""
        return [(column.titled, column.meaning, column.unit) for column in self.columns.values()]


def numbers_of(answer: Answer, name: str, link: str = "") -> Numbers:
    """A table of an answer, by its name there."""
    table = answer.tables[name]
    sources = tuple(answer.citations(table.sources))
    notes = [note for note in answer.notes if note.about in ("", name)]
    frame, columns = _with_what_all_have(table, answer, sources)
    return Numbers(
        stem=stem(answer, name),
        caption=table.caption.explore,
        area=f"{answer.area.name}{f' beside {answer.beside.area.name}' if answer.beside else ''}",
        compared=answer.comparators,
        columns=columns,
        frame=_rounded(frame, columns),
        instead=_instead(frame, columns),
        sources=sources,
        notes=tuple(dict.fromkeys(note.text.explore for note in notes if note.text.explore)),
        link=link,
    )


def stem(answer: Answer, name: str) -> str:
    """What a file of a table is called, without its ending."""
    return f"{answer.question}-{name}-{answer.area.code.replace(',', '-')}".replace("_", "-")


def _with_what_all_have(
    table: Table, answer: Answer, sources: tuple[Provenance, ...]
) -> tuple[pd.DataFrame, dict[str, Column]]:
    """The data with the area that was asked about, a period and a status, where a table has none of its own."""
    data = table.data.reset_index(drop=True)
    first = {"asked_about_code": answer.area.code, "asked_about": answer.area.name}
    columns = {"asked_about_code": _ABOUT_CODE, "asked_about": _ABOUT, **table.columns}
    if not any(name in _PERIODS or column.period for name, column in table.columns.items()):
        first["figures_of"] = sources[0].release if sources else ""
        columns["figures_of"] = _PERIOD
    if "status" not in data:
        columns["status"] = _STATUS
        data = data.assign(status=_statuses(data, table.columns))
    data = data.assign(**first)
    order = [*first, *table.data.columns, *(["status"] if "status" not in table.data else [])]
    return data[order], {name: columns[name] for name in order}


def _statuses(data: pd.DataFrame, columns: Mapping[str, Column]) -> list[str]:
    """For each row whether it has any number; a row of a table of words has what it says."""
    numbers = [name for name, column in columns.items() if column.decimals is not None]
    if not numbers:
        return [VALUE] * len(data)
    return [VALUE if held else NOT_AVAILABLE for held in data[numbers].notna().any(axis=1)]


def _rounded(frame: pd.DataFrame, columns: Mapping[str, Column]) -> pd.DataFrame:
    """Numbers as the page writes them; whole ones are whole."""
    made = {}
    for name, column in columns.items():
        values = frame[name]
        if column.decimals is None:
            made[name] = values.astype(str).where(values.notna(), "")
        elif column.decimals == 0:
            made[name] = pd.to_numeric(values).round().astype("Int64")
        else:
            numbers = pd.to_numeric(values).astype("float64")
            made[name] = numbers.map(partial(rounded_to, column.decimals))
    return pd.DataFrame(made, index=frame.index)


def rounded_to(decimals: int, value: float) -> float:
    """A number to so many decimals, or to its first digit where nought would be left of it, which a page writes as
    "less than 0.1"."""
    if math.isnan(value) or value == 0 or round(value, decimals) != 0:
        return round(value, decimals) if not math.isnan(value) else value
    return round(value, -math.floor(math.log10(abs(value))))


def _instead(frame: pd.DataFrame, columns: dict[str, Column]) -> pd.DataFrame:
    """What stands in place of each number that is missing: why the row has none, else what the column says of it."""
    status = frame["status"].astype(str)
    why = status.map(SHORT).fillna(SHORT[NOT_AVAILABLE])
    made = {}
    for name, column in columns.items():
        if column.decimals is None:
            made[name] = pd.Series("", index=frame.index)
        elif column.whose in ("mean", "england"):  # the status is that of the row's own figure
            made[name] = pd.Series(column.otherwise or SHORT[NOT_AVAILABLE], index=frame.index)
        else:
            made[name] = why.mask(status.eq(VALUE), column.otherwise or SHORT[NOT_AVAILABLE])
    return pd.DataFrame(made, index=frame.index)
