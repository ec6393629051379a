"""The figures of a measure on a board: whose they are, the newest that is shown, and how they are written."""

from __future__ import annotations

import calendar
from dataclasses import dataclass

import pandas as pd

from sendlib.answer.numbers import of_every, percent, rounds_to_nothing, written
from sendlib.measures.over_time import Measured
from sendlib.tables.periods import spoken

LINES = ("period", "whose", "number", "unit", "doubtful", "left_out", "why", "status")
"""Columns of a series, as sendlib.measures.figures has them; `few` says besides of a figure that Show and Families have
none of it, because it rests on one to four children."""


@dataclass(frozen=True)
class Scale:
    """How the numbers of a measure are written: `44.1%`, `3,646 plans`, `9.6`."""

    unit: str
    decimals: int

    def said(self, value: float) -> str:
        """A number in the words of Explore and of a shared screen."""
        if self.unit == "%":
            return percent(value, self.decimals)
        number = written(value, self.decimals)
        if rounds_to_nothing(value, self.decimals):
            number = f"less than {10.0**-self.decimals:.{self.decimals}f}"
        return f"{number} {self.unit}".strip()

    def plainly(self, value: float, many: int = 0) -> str:
        """The same in the words of families; `many`: of how many a share is told."""
        return of_every(value, many) if self.unit == "%" else self.said(value)

    def rounded(self, value: float) -> float:
        """The number as it is written."""
        return round(value, self.decimals)


def scale_of(found: Measured) -> Scale:
    """The scale of a measure, out of its column and its rows."""
    column = found.table.columns["number"]
    data = found.table.data
    rows = str(data["unit"].iloc[0]) if len(data) else ""
    unit = column.unit or ("%" if rows == "%" else "")
    return Scale(unit, column.decimals or 0)


def rows_of(found: Measured, area_name: str, few: set[str]) -> pd.DataFrame:
    """All figures of a measure in order of time, each with whether it rests on one to four children (`few`: periods of
    the area's own)."""
    data = found.table.data[list(LINES)].copy()
    data["few"] = data["period"].isin(few) & data["whose"].eq(area_name)
    order = {whose: place for place, whose in enumerate(dict.fromkeys(data["whose"]))}
    data["place"] = data["whose"].map(order)
    return data.sort_values(["place", "period"], kind="stable").drop(columns="place").reset_index(drop=True)


def owners(data: pd.DataFrame, area_name: str, mean: str) -> list[str]:
    """Whose the figures of an area are: its own, or those of the NHS areas that it lies in, where it has none."""
    named = list(dict.fromkeys(data["whose"]))
    if area_name in named:
        return [area_name]
    return [one for one in named if one not in ("England", mean)]


def shown(rows: pd.DataFrame) -> pd.DataFrame:
    """The figures of a series that a page draws: those that there are, and that rest on enough."""
    return rows[rows["number"].notna() & rows["left_out"].eq("")]


def at(data: pd.DataFrame, whose: str, period: str) -> float:
    """The figure of somebody in a period; NaN where there is none."""
    held = data[data["whose"].eq(whose) & data["period"].eq(period) & data["left_out"].eq("")]
    return float(held["number"].iloc[0]) if len(held) else float("nan")


def when(period: str) -> str:
    """A period in brackets: `2024`, `2024/25`, `January 2025`."""
    return spoken(period).removeprefix("school year ")


def briefly(period: str) -> str:
    """The same where there is little room: of a month `Oct 2025`."""
    year, _, month = period[:7].partition("-")
    is_month = len(month) == len("01") and (len(period) > len("2025-01") or month == "01")
    return f"{calendar.month_abbr[int(month)]} {year}" if is_month else when(period)
