"""A file that a reader brings, as sheets of cells that say where they stand."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
"""Signs that are no text."""
SPACES = re.compile(r"\s+")


@dataclass(frozen=True)
class Cell:
    """A cell: where it stands (`Figures!D7`) and what it holds. `number` and `day` (one that is shown with
    its day) are what a spreadsheet holds as such;
    `per_cent`: it shows the number as a percentage. `formula` and `broken` (an error such as #N/A) hold nothing that
    is read."""

    place: str
    text: str = ""
    number: float | None = None
    day: date | None = None
    per_cent: bool = False
    formula: bool = False
    broken: bool = False


@dataclass(frozen=True)
class Sheet:
    """A sheet: its name (none of a text file), its rows that are not empty, and whether a comma stands before decimals
    in it, which is so where a semicolon stands between cells."""

    name: str
    rows: tuple[tuple[Cell, ...], ...]
    decimal_comma: bool = False


@dataclass(frozen=True)
class Opened:
    """The sheets of a file, and how it was read where that is worth a word."""

    sheets: tuple[Sheet, ...]
    read_as: str = ""


def column_letters(place: int) -> str:
    """The column of a cell as a spreadsheet names it: 0 is `A`, 27 is `AB`."""
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def placed_as(first: Cell, at: int | None) -> str:
    """Where a cell stands that a row does not have, `first` being its first cell; of no column at all, the row."""
    sheet, mark, place = first.place.rpartition("!")
    number = place.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return f"Row {number}" if at is None else f"{sheet}{mark}{column_letters(at)}{number}"
