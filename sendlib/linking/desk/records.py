"""A list, prepared for comparison in a Parquet file; what is missing in it or can not be read is counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from sendlib.linking import engine, preparing
from sendlib.linking.desk import files, layout
from sendlib.linking.desk.layout import Layout, ListRefused
from sendlib.linking.fields import COLUMNS

_AT_ONCE = 50_000
_MOST_ROWS_NAMED = 10
_MOST_WRONG = 0.5
"""The part of a column that may be beyond reading before the list is refused: it is then another column."""
_COMPARED = ("forename", "surname", "dob", "postcode")
_BEGINS_A_FORMULA = ("=", "+", "-", "@")
ROW = "row"


@dataclass
class Counted:
    """What a list holds: records, and for each field how many cells are empty or beyond reading, with the first rows.

    `read_as`: how the file was read. `groups`: columns to tell the match rate by, in the file's order.
    """

    name: str
    read_as: str
    groups: tuple[str, ...]
    has_postcode: bool
    records: int = 0
    empty: Counter[str] = field(default_factory=Counter)
    unreadable: Counter[str] = field(default_factory=Counter)
    rows: dict[str, list[int]] = field(default_factory=dict)


def prepared(file: Path, asked: Layout, to: Path) -> Counted:
    """Read a list and write it, prepared, to a Parquet file. Raises ListRefused, and nothing is then linked."""
    with files.opened(file, asked) as held:
        places = layout.places(held.headings, asked, file.name)
        counted = Counted(file.name, held.read_as, asked.groups, "postcode" in places)
        names = (*COLUMNS, ROW, *(group_column(at) for at in range(len(asked.groups))))
        schema = pa.schema([(name, pa.int64() if name == ROW else pa.string()) for name in names])
        with pq.ParquetWriter(to, schema, compression="zstd") as writer:
            for numbers, rows in _batches(held.rows):
                frame = _frame(numbers, rows, places, counted)
                writer.write_table(pa.Table.from_pandas(frame[list(names)], schema=schema, preserve_index=False))
    _check(counted, to)
    return counted


def group_column(at: int) -> str:
    """The name of a column to group by, in the prepared file."""
    return f"group_{at}"


def _batches(rows: Iterator[tuple[int, Sequence[str]]]) -> Iterator[tuple[list[int], list[Sequence[str]]]]:
    numbers: list[int] = []
    held: list[Sequence[str]] = []
    for number, row in rows:
        numbers.append(number)
        held.append(row)
        if len(held) == _AT_ONCE:
            yield numbers, held
            numbers, held = [], []
    if held:
        yield numbers, held


def _frame(numbers: list[int], rows: list[Sequence[str]], places: Mapping[str, int], counted: Counted) -> pd.DataFrame:
    def cells(name: str) -> pd.Series:
        at = places[name]
        return pd.Series([row[at] if at < len(row) else "" for row in rows], dtype=object)

    given = {name: cells(name) for name in places if not name.startswith("group:")}
    _refuse_ids(given["id"], numbers, counted)
    frame = preparing.prepared({"unique_id" if name == "id" else name: held for name, held in given.items()})
    frame[ROW] = numbers
    for at, group in enumerate(counted.groups):
        frame[group_column(at)] = [cell.strip() or "(empty)" for cell in cells(f"group:{group}")]
    counted.records += len(frame)
    for name in _COMPARED:
        if name in given:
            _count(name, given[name], frame[name], numbers, counted)
    return frame


def _refuse_ids(ids: pd.Series, numbers: list[int], counted: Counted) -> None:
    for number, cell in zip(numbers, ids, strict=True):
        if not cell.strip():
            raise ListRefused(f"{counted.name}, row {number}: there is no identifier. Each row needs one of its own.")
        if cell.strip().startswith(_BEGINS_A_FORMULA):
            raise ListRefused(
                f"{counted.name}, row {number}: the identifier begins with a sign that spreadsheets take for a formula."
            )


def _count(name: str, given: pd.Series, made: pd.Series, numbers: list[int], counted: Counted) -> None:
    empty = given.str.strip().eq("")
    wrong = made.isna() & ~empty
    counted.empty[name] += int(empty.sum())
    counted.unreadable[name] += int(wrong.sum())
    named = counted.rows.setdefault(name, [])
    named += [number for number, one in zip(numbers, wrong, strict=True) if one][: _MOST_ROWS_NAMED - len(named)]


_WRITTEN = {
    "dob": "Dates are read as 31/12/2015, 31-12-15, 31 December 2015 or 2015-12-31.",
    "postcode": "Whole postcodes are read, with or without a space.",
    "forename": "Names are read in letters of the Latin alphabet.",
    "surname": "Names are read in letters of the Latin alphabet.",
}


def _check(counted: Counted, prepared_file: Path) -> None:
    """Raises ListRefused where there is no record, a column can not be what it is taken for, or an identifier stands
    twice."""
    if not counted.records:
        raise ListRefused(f"{counted.name}: there is no row under the headings.")
    for name, wrong in counted.unreadable.items():
        if wrong > _MOST_WRONG * counted.records:
            rows = ", ".join(map(str, counted.rows[name]))
            raise ListRefused(
                f"{counted.name}, column of the {name}: {wrong:,} of {counted.records:,} cells can not be read (rows"
                f" {rows} ...). {_WRITTEN[name]}"
            )
    with engine.database_in(str(prepared_file.parent)) as database:
        twice = database.execute(
            f"select list_sort(list({ROW}))[:2] from read_parquet(?) group by unique_id having count(*) > 1"
            " order by 1 limit 1",
            [str(prepared_file)],
        ).fetchall()
    if twice:
        first, second = twice[0][0]
        raise ListRefused(
            f"{counted.name}, rows {first} and {second}: the same identifier. Each record needs one of its own; leave"
            " out what stands twice."
        )
