"""A file of own figures: read whole or not at all, so that nothing is shown of a file that was meant otherwise.

What is refused is said with its reason, and of wrong cells all of them at once. Personal data is named by its cell and
its kind and never repeated.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sendlib.answer.numbers import count_of
from sendlib.areas import Area
from sendlib.directory import Directory
from sendlib.errors import UnknownArea
from sendlib.own_figures import personal, rows, text_file, workbook
from sendlib.own_figures.indicators import plain
from sendlib.own_figures.layout import COLUMNS, LARGEST, NEEDED, PERIOD, SHEET
from sendlib.own_figures.model import MOST_TOLD, OwnFigure, OwnFileRefused
from sendlib.own_figures.people import AT_YOUR_OWN_DESK
from sendlib.own_figures.sheets import Cell, Opened, Sheet, placed_as

_BY_HEADING = {plain(one.heading): name for name, one in COLUMNS.items()}
_ZIP, _OLD_EXCEL = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_NOTHING = "Nothing of the file was taken in."


@dataclass(frozen=True)
class Read:
    """The figures of a file, in its order, and how it was read where that is worth a word."""

    figures: tuple[OwnFigure, ...]
    told: tuple[str, ...]


def read(content: bytes, area: Area, known: Directory) -> Read:
    """The figures of a file. A row that names no area is of `area`. Raises OwnFileRefused, and nothing else."""
    opened = _opened(content)
    if told := list(_personal(opened.sheets)):
        raise OwnFileRefused(
            f"The file seems to hold personal data. {_NOTHING} Own figures are counts, never lists of persons. Take"
            f" this out and try again. {AT_YOUR_OWN_DESK}",
            told,
        )
    cells = [cell for sheet in opened.sheets for row in sheet.rows for cell in row]
    if told := [f"{cell.place} is a formula." for cell in cells if cell.formula]:
        raise OwnFileRefused(
            f"The file holds formulas. {_NOTHING} Put numbers or words in their place: copy the cells and paste them as"
            " values.",
            told,
        )
    sheet = _sheet_of_figures(opened.sheets)
    figures, left_out = _figures(sheet, _settled(sheet, area, known))
    told = [opened.read_as] if opened.read_as else []
    if left_out:
        told.append(f"Left out: {count_of(left_out, 'row', 'rows')} without a figure.")
    return Read(figures, tuple(told))


def _opened(content: bytes) -> Opened:
    if len(content) > LARGEST:
        raise OwnFileRefused(f"The file has {len(content):,} bytes; up to {LARGEST:,} are read.")
    if not content.strip():
        raise OwnFileRefused("The file is empty.")
    if content.startswith(_OLD_EXCEL):
        raise OwnFileRefused(
            "This is a workbook of an old Excel (.xls), or one that is locked with a password. Save it as .xlsx without"
            " a password and try again."
        )
    return workbook.opened(content) if content.startswith(_ZIP) else text_file.opened(content, _headings_known)


def _headings_known(cells: Sequence[str]) -> int:
    return sum(plain(cell) in _BY_HEADING for cell in cells)


def _personal(sheets: Sequence[Sheet]) -> Iterator[str]:
    """What looks like personal data, anywhere in a file: the cell and the kind."""
    for sheet in sheets:
        heads = [_BY_HEADING.get(plain(cell.text)) for cell in sheet.rows[0]] if sheet.rows else []
        for row in sheet.rows:
            for place, cell in enumerate(row):
                when = place < len(heads) and heads[place] == PERIOD
                if found := _found(cell, period=when):
                    yield f"{cell.place} looks like {found}."


def _found(cell: Cell, *, period: bool) -> str:
    return personal.found_in_day(cell.day, period=period) if cell.day else personal.found(cell.text, period=period)


def _sheet_of_figures(sheets: Sequence[Sheet]) -> Sheet:
    """The sheet of this name, or the only one."""
    named = [sheet for sheet in sheets if sheet.name.casefold() == SHEET.casefold()]
    if not named and len(sheets) != 1:
        raise OwnFileRefused(f"The workbook has no sheet '{SHEET}'. Use the template, or leave one sheet alone in it.")
    sheet = (named or list(sheets))[0]
    if not sheet.rows:
        raise OwnFileRefused("There is nothing in the sheet of the figures.")
    return sheet


def _settled(sheet: Sheet, area: Area, known: Directory) -> rows.Settled:
    found: dict[str, Area | None] = {}

    def find(text: str) -> Area | None:
        if text not in found:
            if sum(one is None for one in found.values()) >= MOST_TOLD:
                raise OwnFileRefused(
                    f"More than {MOST_TOLD} names of areas in the file are not known. {_NOTHING} Write them as the app"
                    " does, or leave the cells empty for the area that the page shows."
                )
            found[text] = _exactly(text, known)
        return found[text]

    return rows.Settled(area, find, sheet.decimal_comma)


def _exactly(text: str, known: Directory) -> Area | None:
    """The area of this name or code; a name with a slip, of the past or of a district is not guessed at."""
    try:
        found = known.find(text)
    except UnknownArea:
        return None
    meant = not found.note or plain(found.area.name) == plain(text)
    return found.area if meant and not found.district else None


def _figures(sheet: Sheet, settled: rows.Settled) -> tuple[tuple[OwnFigure, ...], int]:
    """The figures of a sheet, and how many rows have none. Raises OwnFileRefused with every cell that is wrong."""
    head, *held = sheet.rows
    columns = _columns(head)
    figures: list[OwnFigure] = []
    wrong: list[str] = []
    first: dict[tuple[str, ...], str] = {}
    left_out = 0
    for row in held:
        cells = _cells(row, columns, wrong)
        if not rows.is_filled_in(cells):
            left_out += 1
            continue
        figure, told = rows.read(cells, settled)
        wrong += told
        if figure:
            figures.append(figure)
            wrong += _again(figure, row[0].place, first)
    if wrong:
        raise OwnFileRefused(f"{_NOTHING} Put this right in the file and bring it again.", wrong)
    if not figures:
        raise OwnFileRefused("There is no figure in the file: each row needs one under 'Figure'.")
    return tuple(figures), left_out


def _columns(head: Sequence[Cell]) -> dict[str, int]:
    """Column -> its place. Raises OwnFileRefused where one is missing, there twice or not known."""
    found: dict[str, int] = {}
    wrong = []
    for place, cell in enumerate(head):
        name = _BY_HEADING.get(plain(cell.text))
        if cell.text and name is None:
            wrong.append(f"{cell.place}: no column of the template has this heading. Take the column out.")
        elif name in found:
            wrong.append(f"{cell.place}: this heading is there already.")
        elif name:
            found[name] = place
    missing = [COLUMNS[name].heading for name in NEEDED if name not in found]
    if missing:
        listed = ", ".join(f"'{heading}'" for heading in missing)
        raise OwnFileRefused(f"The first row must hold the headings of the template; missing: {listed}. {_NOTHING}")
    if wrong:
        raise OwnFileRefused(f"{_NOTHING} The headings are not those of the template.", wrong)
    return found


def _cells(row: Sequence[Cell], columns: dict[str, int], wrong: list[str]) -> dict[str, Cell]:
    """The cells of a row by column; those that it does not have are empty."""
    known = set(columns.values())
    without = [cell.place for at, cell in enumerate(row) if cell.text and at not in known]
    wrong += [f"{place}: there is no heading over it." for place in without]

    def of(name: str) -> Cell:
        at = columns.get(name)
        return row[at] if at is not None and at < len(row) else Cell(placed_as(row[0], at))

    return {name: of(name) for name in COLUMNS}


def _again(figure: OwnFigure, place: str, first: dict[tuple[str, ...], str]) -> list[str]:
    """What is said of a figure that the file has already."""
    key = tuple(plain(text) for text in (figure.indicator, figure.area_code, figure.period, figure.of_whom))
    if key in first:
        return [f"{place}: the row has the same indicator, area, period and 'Of whom' as that of {first[key]}."]
    first[key] = place
    return []
