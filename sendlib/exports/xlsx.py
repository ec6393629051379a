"""Numbers as a workbook for Excel and its like: the rows, what the columns mean, and where they come from.

Made as the Government Analysis Function asks for accessible spreadsheets: a table to a sheet, headings in the first
row, shorthand such as [c] where there is no number, and no merged or empty cells.
"""

from __future__ import annotations

import io
import textwrap
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import pandas as pd

from sendlib.exports.numbers import Numbers
from sendlib.tables.symbols import SHORT, WORDS

_LINE = 15
"""Points that a line of words is high."""
_WIDEST, _NARROWEST = 60, 9
"""Letters that a column is wide at most and at least."""
_LOOKED_AT = 200
"""Rows by which the width of a column is chosen."""
_NAME = "Numbers"


def as_xlsx(numbers: Numbers) -> bytes:
    """The workbook. The same numbers give the same bytes: it is dated as its newest source."""
    import xlsxwriter  # only who saves a workbook needs it  # noqa: PLC0415

    held = io.BytesIO()
    workbook = xlsxwriter.Workbook(held, {"in_memory": True})
    workbook.set_properties({"title": numbers.caption, "author": "SEND Explorer", "created": _dated(numbers)})
    wrapped = workbook.add_format({"text_wrap": True, "valign": "top"})
    _write_rows(workbook, numbers)
    write_lines(workbook, "Columns", ("Column", "What it means", "Unit"), numbers.codebook(), wrapped)
    write_lines(workbook, "About", ("What", "Words"), _about(numbers), wrapped)
    workbook.close()
    return held.getvalue()


def _dated(numbers: Numbers) -> datetime:
    days = [source.published for source in numbers.sources if source.published]
    newest = max(days, default="1980")
    return datetime.strptime(f"{newest}-01-01"[:10] if len(newest) == 4 else f"{newest}-01"[:10], "%Y-%m-%d")


def _write_rows(workbook: Any, numbers: Numbers) -> None:
    """The rows as a table that can be sorted and filtered; numbers are numbers."""
    sheet = workbook.add_worksheet(_NAME)
    columns = list(numbers.columns.items())
    formats = {
        decimals: workbook.add_format({"num_format": "#,##0" + (f".{'0' * decimals}" if decimals else "")})
        for decimals in {column.decimals for _, column in columns if column.decimals is not None}
    }
    missing = workbook.add_format({"align": "right"})
    for place, (name, column) in enumerate(columns):
        values, instead = numbers.frame[name].tolist(), numbers.instead[name].tolist()
        for row, value in enumerate(values, start=1):
            if column.decimals is None:
                sheet.write_string(row, place, value)
            elif pd.isna(value):
                sheet.write_string(row, place, instead[row - 1], missing)
            else:
                sheet.write_number(row, place, float(value), formats[column.decimals])
        sheet.set_column(place, place, _width([column.titled, *map(str, values[:_LOOKED_AT])]))
    headings = [{"header": column.titled} for _, column in columns]
    sheet.add_table(
        0,
        0,
        max(len(numbers.frame), 1),
        len(columns) - 1,
        {"columns": headings, "name": _NAME, "style": "Table Style Light 1"},
    )
    sheet.freeze_panes(1, 0)
    to_print(sheet)


def _width(texts: Sequence[str]) -> int:
    return min(_WIDEST, max(_NARROWEST, *(len(text) + 2 for text in texts)))


def _about(numbers: Numbers) -> list[tuple[str, str]]:
    """What the numbers are, whose, beside whom, from where, and what their signs mean."""
    link = [("This view", numbers.link)] if numbers.link else []
    return [
        ("Numbers", numbers.caption),
        ("Area", numbers.area),
        *([("Compared with", numbers.compared)] if numbers.compared else []),
        *(("Source", source.citation()) for source in numbers.sources),
        *(("Address of the source", source.url) for source in numbers.sources if source.url),
        *(("Note", note) for note in numbers.notes),
        *((f"{sign} in place of a number", WORDS[status]) for status, sign in SHORT.items()),
        ("Made by", "SEND Explorer. Numbers are rounded as on its pages."),
        *link,
    ]


def write_lines(workbook: Any, name: str, heads: Sequence[str], lines: Sequence[Sequence[str]], wrapped: Any) -> None:
    """A sheet of words under their headings, each cell in the format `wrapped`."""
    sheet = workbook.add_worksheet(name)
    wide = [_width([head, *(line[place] for line in lines)]) for place, head in enumerate(heads)]
    for place, letters in enumerate(wide):
        sheet.set_column(place, place, letters)
    for row, line in enumerate(lines, start=1):
        for place, words in enumerate(line):
            sheet.write_string(row, place, words, wrapped)
        # Not every program makes a row as high as its words need.
        needed = max(len(textwrap.wrap(words, round(1.1 * letters))) for words, letters in zip(line, wide, strict=True))
        sheet.set_row(row, _LINE * max(needed, 1))
    headings = [{"header": head} for head in heads]
    named = "".join(part.capitalize() for part in name.split())
    sheet.add_table(0, 0, max(len(lines), 1), len(heads) - 1, {"columns": headings, "name": named, "autofilter": False})
    sheet.freeze_panes(1, 0)
    to_print(sheet)


def to_print(sheet: Any) -> None:
    """On paper a sheet is A4 across, as wide as the page, with its headings on each."""
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
