"""The sheets of a workbook, cell by cell, formulas as formulas."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from datetime import date
from typing import Any

from sendlib.own_figures import archive
from sendlib.own_figures.layout import MOST_COLUMNS, MOST_ROWS
from sendlib.own_figures.model import OwnFileRefused
from sendlib.own_figures.sheets import CONTROL, SPACES, Cell, Opened, Sheet, column_letters

_MOST_SHEETS = 20
_LAST_ROW = 1_048_576
"""Of a sheet of Excel. Rows that a file leaves out are counted all the same."""
# openpyxl's warnings can name a cell with what it holds, and nothing of a file is to be in a log.
warnings.filterwarnings("ignore", category=UserWarning, module=r"openpyxl\.")


def opened(content: bytes) -> Opened:
    """The sheets of a workbook. Raises OwnFileRefused."""
    archive.look_at(content)
    import openpyxl  # not needed by a reader who brings none  # noqa: PLC0415

    try:
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)
        if len(book.worksheets) > _MOST_SHEETS:
            raise OwnFileRefused(f"The workbook has {len(book.worksheets)} sheets; up to {_MOST_SHEETS} are read.")
        return Opened(tuple(_sheet(one) for one in book.worksheets))
    except OwnFileRefused:
        raise
    except Exception as error:  # noqa: BLE001 - what is wrong in a broken workbook has no common class
        raise OwnFileRefused(
            "This is not a workbook of Excel that can be read. Save it as .xlsx or as CSV and try again."
        ) from error


def _sheet(sheet: Any) -> Sheet:
    sheet.reset_dimensions()  # what a file says of its own size is not relied on
    rows: list[tuple[Cell, ...]] = []
    for row in _rows(sheet):
        if len(rows) >= MOST_ROWS + 1:
            raise OwnFileRefused(f"The sheet '{sheet.title}' has more than {MOST_ROWS:,} rows, which is the most.")
        rows.append(row)
    return Sheet(str(sheet.title), tuple(rows))


def _rows(sheet: Any) -> Iterator[tuple[Cell, ...]]:
    """The rows that hold something, without empty cells at their end."""
    for number, held in enumerate(sheet.iter_rows(), start=1):
        if number > _LAST_ROW:
            raise OwnFileRefused("The workbook names rows that no workbook has, so it was not read.")
        filled = [place for place, one in enumerate(held) if one.value is not None]
        if not filled:
            continue
        if filled[-1] >= MOST_COLUMNS:
            where = f"{sheet.title}!{column_letters(filled[-1])}{number}"
            raise OwnFileRefused(f"There is something in {where}; up to {MOST_COLUMNS} columns are read.")
        yield tuple(
            _cell(one, f"{sheet.title}!{column_letters(place)}{number}")
            for place, one in enumerate(held[: filled[-1] + 1])
        )


def _cell(one: Any, place: str) -> Cell:
    value = one.value
    if value is None:
        return Cell(place)
    if one.data_type == "f":
        return Cell(place, formula=True)
    if one.data_type == "e" or isinstance(value, bool):
        return Cell(place, broken=True)
    if isinstance(value, int | float):
        text = str(int(value)) if float(value).is_integer() and abs(value) < 1e15 else repr(value)
        return Cell(place, text, number=float(value), per_cent="%" in str(one.number_format))
    if isinstance(value, date):  # and a moment, which is one
        if "d" not in str(one.number_format).casefold():  # Excel makes a date of `Jan-26`
            return Cell(place, f"{value:%B %Y}")
        return Cell(place, f"{value.day} {value:%B %Y}", day=date(value.year, value.month, value.day))
    if isinstance(value, str):
        text = SPACES.sub(" ", CONTROL.sub(" ", value)).strip()
        return Cell(place, text, formula=text.startswith("="))
    return Cell(place, broken=True)
