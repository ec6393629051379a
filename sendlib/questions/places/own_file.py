"""A file that a reader brings, as rows of cells: text as Excel and others write it, or a workbook's first sheet.

By rule, so that the same bytes are always read in one way: a byte order mark decides; what is right as UTF-8 is UTF-8;
the rest is Windows-1252 or Mac Roman, whichever makes more of it the letters and marks of English names, and of two
that make as many, Mac Roman where lines end in a carriage return alone. What is not UTF-8 is said with the rows.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass

LARGEST = 120_000
"""Bytes of a text file; five hundred rows need far less, and no cell of it is too long for the csv module."""
LARGEST_WORKBOOK = 1_000_000
_UNPACKED = 10_000_000
_MOST_ROWS, _MOST_CELLS = 2_000, 50
"""Of a workbook's sheet: what is looked at."""
SAVE_AS = "save it as 'CSV UTF-8' and try again"
SEPARATORS = (",", ";", "\t")
_LIKELY = "‘’“”–—£éèêëàâçîïôöüáóúñÉ"
"""Signs beyond ASCII that names of places in England have."""
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_NAMED = re.compile(r'"?sep=([,;|\t])"?,*', re.IGNORECASE)
"""The line by which Excel itself is told the separator."""


class Unreadable(ValueError):
    """A file that can not be read as rows; the message is a sentence for the reader."""


@dataclass(frozen=True)
class Row:
    """A row: the line of the file on which it begins (of a workbook its row), and its cells, or what is wrong."""

    line: int
    cells: tuple[str, ...] = ()
    problem: str = ""


@dataclass(frozen=True)
class Rows:
    """The rows of a file that are not empty; how it was read where that is worth a word; what stood between cells."""

    rows: tuple[Row, ...]
    read_as: str
    separator: str


def rows_of(content: bytes, known: Callable[[list[str]], int]) -> Rows:
    """The rows of a file. `known`: how many cells of a first row are names of columns; the separator with the most is
    the file's. Raises Unreadable."""
    if content.startswith(b"PK\x03\x04"):
        return _of_workbook(content)
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise Unreadable(f"This is a workbook of an old Excel (.xls); {SAVE_AS}.")
    if len(content) > LARGEST:
        raise Unreadable(f"The file has {len(content):,} bytes; up to {LARGEST:,} are read.")
    text, read_as = text_of(content)
    lines = text.replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n").split("\n")
    first = next((at for at, line in enumerate(lines) if line.strip()), len(lines))
    if first < len(lines) and (named := _NAMED.fullmatch(lines[first].strip("\ufeff "))):
        rows = tuple(_split(lines, named[1], first + 1))
        return Rows(rows, read_as, named[1])
    separator = max(SEPARATORS, key=lambda one: known(_first(lines, one)))  # the first of several with as many
    return Rows(tuple(_split(lines, separator)), read_as, separator)


def text_of(content: bytes) -> tuple[str, str]:
    """The text of a file, and how it was read where that is not UTF-8. Raises Unreadable."""
    for mark, coding in ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")):
        if content.startswith(mark):
            try:
                return content[len(mark) :].decode(coding), "The file was read as UTF-16 ('Unicode text')."
            except UnicodeDecodeError:
                raise Unreadable(f"The file begins like UTF-16 text but is not right as such; {SAVE_AS}.") from None
    try:
        return content.decode("utf-8-sig"), ""
    except UnicodeDecodeError:
        pass
    windows, mac = content.decode("cp1252", errors="replace"), content.decode("mac_roman")
    of_a_mac = (_likely(mac), b"\r" in content and b"\n" not in content) > (_likely(windows), False)
    read_as, text = ("Mac Roman", mac) if of_a_mac or "\ufffd" in windows else ("Windows-1252", windows)
    return text, f"The file is not UTF-8 and was read as {read_as}. If a letter of a name is wrong, {SAVE_AS}."


def _likely(text: str) -> int:
    """How many signs of a text are ones that a name has."""
    return sum(text.count(sign) for sign in _LIKELY)


def _first(lines: list[str], separator: str) -> list[str]:
    """The cells of the first row."""
    row = next(_split(lines, separator), Row(1))
    return list(row.cells)


def _split(lines: list[str], separator: str, after: int = 0) -> Iterator[Row]:
    """The rows of the lines after so many; an empty one is left out."""
    reader = csv.reader((f"{line}\n" for line in lines[after:]), delimiter=separator, strict=True)
    while True:
        begins = after + reader.line_num + 1
        try:
            cells = tuple(cell.strip() for cell in next(reader))
        except StopIteration:
            return
        except csv.Error:
            yield Row(begins, problem=_open_quote(begins, after + reader.line_num))
            continue
        if any(_CONTROL.search(cell) for cell in cells):
            yield Row(begins, problem="it holds signs that are no text.")
        elif any(cells):
            yield Row(begins, cells)


def _open_quote(begins: int, ends: int) -> str:
    """What is said of a cell whose quotation mark never closes, or closes in the midst of it."""
    lost = f", so lines {begins} to {ends} were not read" if ends > begins else ""
    return f"a cell begins with a quotation mark and does not end with one{lost}."


def _of_workbook(content: bytes) -> Rows:
    """The rows of the first sheet, with what formulas came to when it was saved."""
    if len(content) > LARGEST_WORKBOOK:
        raise Unreadable(f"The workbook has {len(content):,} bytes; up to {LARGEST_WORKBOOK:,} are read.")
    import openpyxl  # not needed by a reader who brings none

    try:
        unpacked = sum(part.file_size for part in zipfile.ZipFile(io.BytesIO(content)).infolist())
        if unpacked > _UNPACKED:
            raise Unreadable("The workbook is far larger than five hundred rows need.")
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        sheet = book.worksheets[0]
        held = list(sheet.iter_rows(max_row=_MOST_ROWS, max_col=_MOST_CELLS, values_only=True))
    except Unreadable:
        raise
    except Exception as error:  # noqa: BLE001 - what is wrong in a broken workbook has no common class
        raise Unreadable(f"This is not a workbook of Excel that can be read; {SAVE_AS}.") from error
    rows = tuple(
        Row(line, cells)
        for line, values in enumerate(held, start=1)
        if any(cells := tuple(_written(value) for value in values))
    )
    return Rows(rows, f"Read from the first sheet of the workbook, '{sheet.title}'.", "")


def _written(value: object) -> str:
    """A cell of a workbook as text: a whole number without a point, none with an exponent."""
    if value is None:
        return ""
    if isinstance(value, float) and abs(value) < 1e15:
        return f"{value:.10f}".rstrip("0").rstrip(".")
    return _CONTROL.sub(" ", str(value)).strip()
