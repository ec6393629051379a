"""Which measures the tables of an answer hold: every column that names one, divided as it says."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pandas as pd

from sendlib.answer import Answer, Column, Table, as_code
from sendlib.answer.table import UNITS_IN_HEADINGS

FEWEST_PERIODS = 2
"""Fewer are no line."""
LEAST_KNOWN = 0.5
"""Part of the authorities that have a figure of what a map shades."""


@dataclass(frozen=True)
class Measure:
    """One measure: where a question's answer for any area holds it, and what a reader calls it.

    `code` stands in an address: `getting_help.decisions.share.withdrawn.requests_decided`. `divided` pairs each column
    that divides the table with its words in the rows of this measure. `words` and `name` do not have the page that it
    is from.
    """

    question: str
    table: str
    column: str
    divided: tuple[tuple[str, str], ...]
    words: str
    unit: str
    code: str

    @property
    def name(self) -> str:
        """The words, with the unit where a reader must see it: `Share of plans by age: Under 5, %`."""
        return f"{self.words}, {self.unit}" if self.unit in UNITS_IN_HEADINGS else self.words

    @property
    def is_for_size(self) -> bool:
        """Whether areas of any size can stand beside each other: a number of plans or pupils only shows how many
        live there."""
        return _for_its_size(self.unit)

    def rows(self, table: Table) -> pd.DataFrame:
        """The rows of a table that are of this measure."""
        data = table.data
        for column, words in self.divided:
            data = data[data[column].astype(str).eq(words)]
        return data

    def words_in(self, table: Table) -> str:
        """The words of this measure as the table of another answer has them, where the newest period may be another."""
        return table.columns[self.column].measure.format(**dict(self.divided))


def doubts(rows: pd.DataFrame, column: str) -> pd.Series:
    """Why the numbers of a column can not be right, as words of the rows; empty where nothing speaks against them."""
    name = next((name for name in (f"{column}_doubtful", "doubtful") if name in rows), "")
    return rows[name].astype(str) if name else pd.Series("", index=rows.index)


def period_of(table: Table) -> str:
    """The column of a table that holds periods; empty where it has none."""
    return next((name for name, column in table.columns.items() if column.period), "")


def over_time(answer: Answer) -> dict[str, Measure]:
    """Every measure of an answer of which there are figures of several periods, by code."""

    def lasts(table: Table, column: str, rows: pd.DataFrame) -> bool:
        known = rows.dropna(subset=[column])
        return len(set(known[period_of(table)].astype(str))) >= FEWEST_PERIODS

    return _found(answer, lambda table: bool(period_of(table)), lambda unit: True, lasts)


def on_map(answer: Answer) -> dict[str, Measure]:
    """Every measure of an answer for England that most authorities have a figure of, by code.

    A number of plans or pupils is none: its shade would show how large an authority is.
    """

    def is_known(table: Table, column: str, rows: pd.DataFrame) -> bool:
        known = rows.dropna(subset=[column])
        return len(set(known["area_code"]) & set(answer.area.parts)) >= LEAST_KNOWN * len(answer.area.parts)

    return _found(answer, lambda table: "area_code" in table.columns, _for_its_size, is_known)


def _for_its_size(unit: str) -> bool:
    return unit in UNITS_IN_HEADINGS or unit.startswith("per ")


def _found(
    answer: Answer,
    holds: Callable[[Table], bool],
    fits: Callable[[str], bool],
    enough: Callable[[Table, str, pd.DataFrame], bool],
) -> dict[str, Measure]:
    """Measures of the tables, units and rows that pass; what stands in several tables under one name is one."""
    found: dict[str, Measure] = {}
    named: set[str] = set()
    for name, table in answer.tables.items():
        if not holds(table):
            continue
        for column, described in table.columns.items():
            if not described.measure or not fits(described.unit):
                continue
            for divided, rows in _divided(table, described):
                words = described.measure.format(**dict(divided))
                # Without periods, so that a link outlives a release.
                parts = [as_code(text) for by, text in divided if not table.columns[by].period]
                code = ".".join([answer.question, name, column, *parts])
                measure = Measure(answer.question, name, column, divided, words, described.unit, code)
                if measure.name not in named and enough(table, column, rows):
                    found[measure.code] = measure
                    named.add(measure.name)
    return found


def _divided(table: Table, column: Column) -> Iterator[tuple[tuple[tuple[str, str], ...], pd.DataFrame]]:
    """The rows of each measure of a column, in the order of the table."""
    by = list(column.divided_by)
    if not by:
        yield (), table.data
        return
    if any(name not in table.data for name in by):  # the table of an area of which nothing is published
        return
    for words, rows in table.data.groupby([table.data[name].astype(str) for name in by], sort=False):
        yield tuple(zip(by, words, strict=True)), rows
