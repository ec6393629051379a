"""A text file as Excel and others write it, as one sheet of cells."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Sequence

from sendlib.own_figures.layout import MOST_COLUMNS, MOST_ROWS
from sendlib.own_figures.model import OwnFileRefused
from sendlib.own_figures.sheets import CONTROL, SPACES, Cell, Opened, Sheet, column_letters
from sendlib.questions.places import own_file

_NAMED = re.compile(r'"?sep=([,;|\t])"?[,;|\t]*', re.IGNORECASE)
"""The line by which Excel itself is told what stands between cells; Excel shows it as no row."""
_MOST_LINES = 20 * MOST_ROWS
"""Of a file, empty ones and those within cells too."""
_BEGINS_A_FORMULA = ("=", "+", "-", "@")
_NO_FORMULA = re.compile(r"[+-]?\s*[\d.,\s]*%?")


def opened(content: bytes, known: Callable[[Sequence[str]], int]) -> Opened:
    """The sheet of a text file. `known`: how many cells of a first row are headings that are known; what stands between
    cells is that which finds the most. Raises OwnFileRefused."""
    try:
        text, read_as = own_file.text_of(content)
    except own_file.Unreadable as error:
        raise OwnFileRefused(str(error)) from error
    text = text.replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff")
    if CONTROL.search(text):
        raise OwnFileRefused("This is neither a workbook (.xlsx) nor a text file with separators (CSV).")
    if text.count("\n") > _MOST_LINES:
        raise OwnFileRefused(f"The file has more than {MOST_ROWS:,} rows, which is the most.")
    first, _, rest = text.partition("\n")
    if named := _NAMED.fullmatch(first.strip()):
        return Opened((_sheet(_split(rest, named[1]), named[1]),), read_as)
    separator = max(own_file.SEPARATORS, key=lambda one: known(_first(text, one)))
    return Opened((_sheet(_split(text, separator), separator),), read_as)


def _first(text: str, separator: str) -> list[str]:
    """The cells of the first row that is not empty."""
    line = next((line for line in text.split("\n") if line.strip()), "")
    try:
        return next(csv.reader([line], delimiter=separator), [])
    except csv.Error:
        return []


def _split(text: str, separator: str) -> list[list[str]]:
    """All rows, an empty one too, so that they keep the numbers that a spreadsheet gives them."""
    rows = []
    reader = csv.reader(io.StringIO(text), delimiter=separator, strict=True)
    try:
        for row in reader:
            rows.append(row)
    except csv.Error as error:
        raise OwnFileRefused(
            f"Line {reader.line_num}: a cell is too long, or begins with a quotation mark and does not end with one."
        ) from error
    return rows


def _sheet(rows: list[list[str]], separator: str) -> Sheet:
    filled = [(number, row) for number, row in enumerate(rows, start=1) if any(cell.strip() for cell in row)]
    if len(filled) > MOST_ROWS + 1:
        raise OwnFileRefused(f"The file has more than {MOST_ROWS:,} rows, which is the most.")
    made = []
    for number, row in filled:
        last = max(place for place, cell in enumerate(row) if cell.strip())
        if last >= MOST_COLUMNS:
            raise OwnFileRefused(f"Row {number} has {last + 1} cells; up to {MOST_COLUMNS} columns are read.")
        cells = enumerate(row[: last + 1])
        made.append(tuple(_cell(cell, f"{column_letters(place)}{number}") for place, cell in cells))
    return Sheet("", tuple(made), decimal_comma=separator == ";")


def _cell(written: str, place: str) -> Cell:
    text = SPACES.sub(" ", written).strip()
    if text.startswith("'") and text[1:].startswith(_BEGINS_A_FORMULA):  # as this app itself makes it harmless
        return Cell(place, text[1:])
    return Cell(place, text, formula=text.startswith(_BEGINS_A_FORMULA) and not _NO_FORMULA.fullmatch(text))
