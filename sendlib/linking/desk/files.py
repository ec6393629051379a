"""A list as rows of text, whatever its file is: CSV as Excel and others write it, a workbook, or Parquet.

A file is read row by row, so that it may be longer than memory.
"""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from sendlib.linking.desk.layout import Layout, ListRefused, how_many_known

_SEPARATORS = (",", ";", "\t", "|")
_CHUNK = 1 << 20
_LARGEST_CELL = 10_000


@dataclass(frozen=True)
class Opened:
    """A list: its headings, its rows with their numbers as a spreadsheet has them, and how it was read."""

    headings: tuple[str, ...]
    rows: Iterator[tuple[int, Sequence[str]]]
    read_as: str


@contextmanager
def opened(file: Path, layout: Layout) -> Iterator[Opened]:
    """A list, open for reading. Raises ListRefused where it is none."""
    ending = file.suffix.casefold()
    if not file.is_file():
        raise ListRefused(f"There is no file {file}.")
    if ending in (".parquet", ".pq"):
        yield _parquet(file)
    elif ending in (".xlsx", ".xlsm"):
        yield _workbook(file)
    elif ending in (".csv", ".txt", ".tsv"):
        encoding, said = _encoding(file)
        with file.open(encoding=encoding, newline="") as stream:
            yield _text(file, stream, layout, said)
    else:
        raise ListRefused(f"{file.name} is not .csv, .txt, .tsv, .xlsx or .parquet.")


def _encoding(file: Path) -> tuple[str, str]:
    """How a text file is written: by its first bytes, as UTF-8 where it is right as such, else as Windows does."""
    with file.open("rb") as stream:
        first = stream.read(4)
        if first.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return "utf-16", "UTF-16 ('Unicode text')"
        stream.seek(0)
        decoder = codecs.getincrementaldecoder("utf-8")()
        try:
            while chunk := stream.read(_CHUNK):
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return "cp1252", "Windows-1252, since it is not right as UTF-8"
    return "utf-8-sig", "UTF-8"


def _text(file: Path, stream: Iterator[str], layout: Layout, said: str) -> Opened:
    csv.field_size_limit(_LARGEST_CELL)
    lines = iter(stream)
    try:
        first = next(lines, "")
        if first.casefold().startswith("sep="):
            first = next(lines, "")
        separator = max(_SEPARATORS, key=lambda one: how_many_known(_split(first, one), layout))
        headings = _split(first, separator)
    except UnicodeDecodeError as error:
        raise ListRefused(f"{file.name} can not be read as {said}; save it as 'CSV UTF-8'.") from error
    return Opened(tuple(headings), _csv_rows(file, lines, separator, len(headings)), said)


def _split(line: str, separator: str) -> list[str]:
    return [cell.strip() for cell in next(csv.reader([line], delimiter=separator), [])]


def _csv_rows(file: Path, lines: Iterator[str], separator: str, wide: int) -> Iterator[tuple[int, Sequence[str]]]:
    reader = csv.reader(lines, delimiter=separator, strict=True)
    number = 1
    while True:
        number += 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise ListRefused(
                f"{file.name}, row {number}: a cell is too long, or begins with a quotation mark and does not end with"
                " one."
            ) from error
        except UnicodeDecodeError as error:
            raise ListRefused(f"{file.name}, row {number}: letters that can not be read; save it as UTF-8.") from error
        if any(cell.strip() for cell in cells[wide:]):
            raise ListRefused(
                f"{file.name}, row {number}: it has {len(cells)} cells, and the first row {wide}. A separator within a"
                " cell needs quotation marks around the cell."
            )
        if any(cell.strip() for cell in cells):
            yield number, cells


def _workbook(file: Path) -> Opened:
    import openpyxl  # not needed by who brings none

    try:
        book = openpyxl.load_workbook(file, read_only=True, data_only=True)
        sheet = book.worksheets[0]
        held = sheet.iter_rows(values_only=True)
        headings = tuple(_cell(value) for value in next(held, ()))
    except Exception as error:  # noqa: BLE001 - what is wrong in a broken workbook has no common class
        raise ListRefused(f"{file.name} is no workbook that can be read; save it as 'CSV UTF-8'.") from error
    rows = ((number, [_cell(value) for value in row]) for number, row in enumerate(held, start=2))
    return Opened(headings, ((number, row) for number, row in rows if any(row)), f"sheet '{sheet.title}'")


def _parquet(file: Path) -> Opened:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        held = pq.ParquetFile(file)
    except (pa.ArrowInvalid, OSError) as error:
        raise ListRefused(f"{file.name} is no Parquet file that can be read.") from error

    def rows() -> Iterator[tuple[int, Sequence[str]]]:
        number = 1
        for batch in held.iter_batches():
            for row in zip(*(column.to_pylist() for column in batch.columns), strict=True):
                number += 1
                yield number, [_cell(value) for value in row]

    return Opened(tuple(held.schema_arrow.names), rows(), "Parquet")


def _cell(value: object) -> str:
    """A cell as text: a date as one, a whole number without a point."""
    if value is None or value != value:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()
