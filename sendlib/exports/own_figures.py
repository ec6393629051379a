"""Own figures as files: the template to fill in, and the figures of a visit in the same layout, so that such a file can
be brought again.

Nothing in a file is of the day on which it was made: the same figures give the same bytes.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sendlib.exports.csv import harmless
from sendlib.exports.xlsx import to_print, write_lines
from sendlib.own_figures import indicators, layout
from sendlib.own_figures.amounts import SIGNS
from sendlib.own_figures.layout import COLUMNS, COMES_FROM, FIGURE, INDICATOR, NOTE, OF_WHOM, OUT_OF, PERIOD, UNIT
from sendlib.own_figures.model import OwnFigure
from sendlib.tables.symbols import HIDDEN, SHORT, WORDS

TO_DO, WHAT_THEY_ARE = "What to do", "What the indicators are"
_DATED = datetime(1980, 1, 1)
_WIDE = (62, 18, 14, 16, 10, 14, 10, 30, 40)
"""Letters that the columns are wide, in their order."""
_HOW = (
    "Write one figure a row. Rows that you leave without a figure are not read; add rows of your own below.",
    "Never write about one person: no names, dates of birth, NHS numbers, pupil numbers, postcodes or e-mail addresses."
    " A file that seems to hold such is refused.",
    "Write numbers and words, no formulas. Leave the headings in the first row as they are.",
    f"Up to {layout.MOST_ROWS:,} rows and {layout.LARGEST // 1_000_000} MB are read, and a file with anything wrong is"
    " not taken in: you are told which cells to put right.",
    "The figures stay in the memory of the computer that runs the app, for your visit only. Nothing writes them down.",
)
Line = Mapping[str, str | float]
"""A row of the sheet: what stands in each column that is not empty."""


@dataclass(frozen=True)
class _Styles:
    """The formats of a workbook."""

    words: Any
    numbers: Any


def template_xlsx() -> bytes:
    """The template as a workbook: what to do, the rows to fill in, and what each indicator is."""
    return _workbook(_rows_to_fill_in(), "Template for own figures")


def template_csv() -> bytes:
    """The rows to fill in, as text."""
    return _text(_rows_to_fill_in())


def as_xlsx(figures: Sequence[OwnFigure], *, all_numbers: bool = False) -> bytes:
    """Figures in the layout of the template; one that tells of 1 to 4 children is hidden unless all were asked for."""
    return _workbook([_line(figure, all_numbers) for figure in figures], "Own figures")


def as_csv(figures: Sequence[OwnFigure], *, all_numbers: bool = False) -> bytes:
    """The same as text."""
    return _text([_line(figure, all_numbers) for figure in figures])


def _rows_to_fill_in() -> list[Line]:
    return [{INDICATOR: one.name, UNIT: one.unit} for one in indicators.all_of_them()]


def _line(figure: OwnFigure, all_numbers: bool) -> Line:
    hidden = figure.small and not all_numbers
    value = None if hidden else figure.value
    status = HIDDEN if hidden else figure.status
    return {
        INDICATOR: figure.indicator,
        layout.AREA: figure.area_code if "," in figure.area_code else figure.area,  # a group has no name of its own
        PERIOD: figure.period,
        OF_WHOM: figure.of_whom,
        FIGURE: SHORT[status] if value is None else value,
        UNIT: figure.unit,
        **({} if figure.out_of is None or hidden else {OUT_OF: figure.out_of}),
        COMES_FROM: figure.comes_from,
        NOTE: figure.note,
    }


def _text(lines: Sequence[Line]) -> bytes:
    held = io.StringIO(newline="")
    writer = csv.writer(held, lineterminator="\r\n")
    writer.writerow([one.heading for one in COLUMNS.values()])
    for line in lines:
        writer.writerow([_plainly(line.get(name, "")) for name in COLUMNS])
    return held.getvalue().encode("utf-8-sig")


def _plainly(value: str | float) -> str:
    return harmless(value) if isinstance(value, str) else f"{value:.10f}".rstrip("0").rstrip(".")


def _workbook(lines: Sequence[Line], title: str) -> bytes:
    import xlsxwriter  # only who saves a workbook needs it  # noqa: PLC0415

    held = io.BytesIO()
    book = xlsxwriter.Workbook(held, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": title, "author": "SEND Explorer", "created": _DATED})
    styles = _Styles(
        book.add_format({"text_wrap": True, "valign": "top"}),
        book.add_format({"num_format": "#,##0.##", "valign": "top"}),
    )
    write_lines(book, TO_DO, ("What to do", "More"), _to_do(), styles.words)
    figures = _write_figures(book, lines, styles)
    write_lines(book, WHAT_THEY_ARE, _HEADS, _what_they_are(), styles.words)
    figures.activate()
    book.close()
    return held.getvalue()


def _write_figures(book: Any, lines: Sequence[Line], styles: _Styles) -> Any:
    sheet = book.add_worksheet(layout.SHEET)
    for place, (name, wide) in enumerate(zip(COLUMNS, _WIDE, strict=True)):
        sheet.set_column(place, place, wide)
        for row, line in enumerate(lines, start=1):
            value = line.get(name, "")
            if isinstance(value, str):
                if value:
                    sheet.write_string(row, place, value, styles.words)
            else:
                sheet.write_number(row, place, value, styles.numbers)
    heads = [{"header": one.heading} for one in COLUMNS.values()]
    made = {"columns": heads, "name": layout.SHEET, "autofilter": False}
    sheet.add_table(0, 0, max(len(lines), 1), len(COLUMNS) - 1, made)
    sheet.freeze_panes(1, 1)
    to_print(sheet)
    return sheet


def _to_do() -> list[tuple[str, str]]:
    return [
        *(("Do", words) for words in _HOW),
        *((f"Column '{one.heading}'", one.meaning) for one in COLUMNS.values()),
        *((f"{sign} in place of a figure", WORDS[status]) for sign, status in SIGNS.items()),
        ("Where the list comes from", f"{indicators.source()}."),
    ]


_HEADS = ("Indicator", "What is counted", "Unit", "Part of the slide", "To know")


def _what_they_are() -> list[tuple[str, ...]]:
    return [(one.name, one.counts, one.unit or "as you count", one.lens, one.note) for one in indicators.all_of_them()]
