"""One row of a file as a figure, or what is wrong with each of its cells."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sendlib.areas import Area
from sendlib.own_figures import amounts
from sendlib.own_figures.amounts import Amount
from sendlib.own_figures.indicators import Indicator, named
from sendlib.own_figures.layout import AREA, COLUMNS, COMES_FROM, FIGURE, INDICATOR, NOTE, OF_WHOM, OUT_OF, PERIOD, UNIT
from sendlib.own_figures.model import PER_CENT, OwnFigure
from sendlib.own_figures.sheets import Cell

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_PER_CENT_TOO = ("per cent", "percent", "percentage", "pct")
Find = Callable[[str], Area | None]
"""The area of a name or code; None of one that is not known exactly."""


@dataclass(frozen=True)
class Settled:
    """What all rows of a file are read by: the area that is meant where a row names none, how one is found, and
    whether a comma stands before decimals."""

    area: Area
    find: Find
    decimal_comma: bool


def is_filled_in(cells: Mapping[str, Cell]) -> bool:
    """Whether a row says anything that the template does not: one that was left as it is has no figure."""
    held = cells[FIGURE]
    return bool(held.text) or held.broken or held.day is not None


def read(cells: Mapping[str, Cell], settled: Settled) -> tuple[OwnFigure | None, list[str]]:
    """The figure of a row, and what is wrong in it, by cell. `cells` has every column of the layout."""
    wrong = [*_wrong_words(cells)]
    indicator = named(cells[INDICATOR].text)
    area = _area(cells[AREA], settled, wrong)
    amount = amounts.read(cells[FIGURE], decimal_comma=settled.decimal_comma)
    if amount.wrong:
        wrong.append(f"{cells[FIGURE].place}: {amount.wrong}")
    unit = _unit(cells, amount, indicator, wrong)
    out_of = _out_of(cells[OUT_OF], settled, wrong)
    if not wrong:
        wrong += _impossible(cells[FIGURE].place, amount, unit, out_of, indicator)
    if wrong or area is None:
        return None, wrong
    return (
        OwnFigure(
            indicator=indicator.name if indicator else cells[INDICATOR].text,
            area_code=area.code,
            area=area.name,
            period=cells[PERIOD].text,
            of_whom=cells[OF_WHOM].text,
            value=amount.value,
            unit=unit,
            status=amount.status,
            out_of=out_of,
            comes_from=cells[COMES_FROM].text,
            note=cells[NOTE].text,
        ),
        [],
    )


def _wrong_words(cells: Mapping[str, Cell]) -> list[str]:
    """What is wrong with the cells that hold words."""
    told = []
    for name in (INDICATOR, AREA, PERIOD, OF_WHOM, UNIT, COMES_FROM, NOTE):
        cell, heading = cells[name], COLUMNS[name]
        if cell.broken:
            told.append(f"{cell.place}: it holds an error or a yes and no of the spreadsheet. Write words.")
        elif len(cell.text) > heading.longest:
            told.append(f"{cell.place}: it has {len(cell.text)} letters; up to {heading.longest} are read.")
    if not cells[INDICATOR].text and not cells[INDICATOR].broken:
        told.append(f"{cells[INDICATOR].place}: it is empty. Write what the figure tells.")
    if not cells[PERIOD].broken and not _YEAR.search(cells[PERIOD].text):
        told.append(f"{cells[PERIOD].place}: write when, with the year in full, such as 2025/26 or January 2026.")
    return told


def _area(cell: Cell, settled: Settled, wrong: list[str]) -> Area | None:
    if not cell.text:
        return settled.area
    found = settled.find(cell.text)
    if found is None:
        wrong.append(
            f"{cell.place}: no area is known by exactly this name. Write it as the app does, or leave the cell empty"
            f" for {settled.area.in_text}."
        )
    return found


def _unit(cells: Mapping[str, Cell], amount: Amount, indicator: Indicator | None, wrong: list[str]) -> str:
    """The unit: what the row says, or of a template's row the slide, or % of a percentage."""
    cell = cells[UNIT]
    said = PER_CENT if cell.text.casefold() in _PER_CENT_TOO else cell.text
    if amount.per_cent and said not in ("", PER_CENT):
        wrong.append(f"{cell.place}: the figure is written as a percentage, and the unit is another one.")
    unit = said or (PER_CENT if amount.per_cent else indicator.unit if indicator else "")
    if not unit and amount.value is not None:
        wrong.append(f"{cell.place}: it is empty. Write what was counted, such as children, or %.")
    return unit


def _out_of(cell: Cell, settled: Settled, wrong: list[str]) -> float | None:
    if not cell.text and not cell.broken and cell.day is None:
        return None
    amount = amounts.read(cell, decimal_comma=settled.decimal_comma)
    if amount.wrong:
        wrong.append(f"{cell.place}: {amount.wrong}")
    elif amount.value is not None and (amount.per_cent or amount.value <= 0 or not amount.value.is_integer()):
        wrong.append(f"{cell.place}: write how many there are in all, a whole number above nought.")
    return amount.value


def _impossible(place: str, amount: Amount, unit: str, out_of: float | None, indicator: Indicator | None) -> list[str]:
    """What no figure can be."""
    value = amount.value
    if value is None:
        return []
    if out_of is not None and unit != PER_CENT and value > out_of:
        return [f"{place}: the figure is larger than the number under 'Out of'."]
    a_share = unit == PER_CENT and (indicator is not None or out_of is not None)
    if a_share and not 0 <= value <= 100:
        return [f"{place}: a share is between 0 and 100 per cent."]
    if indicator and value < 0:
        return [f"{place}: a count is not below nought."]
    return []
