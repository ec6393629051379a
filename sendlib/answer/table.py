"""A table of an answer, what each of its columns is, and the table as one reads it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from string import Formatter
from typing import Literal

import pandas as pd

from sendlib.answer.numbers import capital, rounds_to_nothing, written
from sendlib.answer.text import Mode, Text
from sendlib.tables import periods
from sendlib.tables.symbols import VALUE, WORDS

OWN, COMPARED, WHOLE = "this area", "compared", "England"
"""Whose a row of a table of each of those compared is: the area and England stand in it too."""
UNITS_IN_HEADINGS = ("%", "points")
"""Units that a reader must see over the numbers; the others are in the heading's own words or in the codebook."""
LARGEST_OF_FEW = 4
FEW = "Fewer than 5"
"""What Show and Families write for a count of 1 to LARGEST_OF_FEW below the level of an authority."""
NOTHING = "–"
"""What stands in a cell of words where there is nothing to say."""


@dataclass(frozen=True)
class Column:
    """What one column of a table is: everything that a heading, a file, a codebook or a number format needs.

    `heading` stands over the column, without its unit, which `titled` adds; `meaning` is one
    phrase for the codebook: what is counted, of whom, out of what. `unit` is `%`,
    `points`, `plans`, `children`, ... and empty for words. `decimals` is how a number is written
    and None for words. `plain` takes the place of the heading, unit and all, in Families;
    `analysts_only` columns are left out there. `only_in_files` is for codes and statuses: they are
    in downloads and `--json`, and on no page. A `period` is written as one says it.
    `otherwise` stands where there is no number and the status does not say why (`Fewer than 10`). `signed`: a change,
    written with its sign.
    `measure` names what the numbers measure, for a reader who picks one of all measures; `{age}` stands for what the
    column `age` says in the row, so that each age is a measure of its own. A column without it is none: a count of
    areas, an end of an interval. `whose`: its words say whose the row is, or its numbers stand beside the measure of
    the same unit, as the mean of those compared, as England's, or as those of who was here before (whose name is in
    the column with `_name` after its own).
    """

    heading: str
    meaning: str
    unit: str = ""
    decimals: int | None = None
    plain: str = ""
    analysts_only: bool = False
    only_in_files: bool = False
    period: bool = False
    otherwise: str = ""
    signed: bool = False
    measure: str = ""
    whose: Literal["", "row", "mean", "england", "before"] = ""

    @property
    def divided_by(self) -> tuple[str, ...]:
        """The columns whose words divide the numbers into measures, as `measure` names them."""
        return tuple(name for _, name, _, _ in Formatter().parse(self.measure) if name)

    @property
    def titled(self) -> str:
        """The heading with its unit: `Share, %`."""
        return f"{self.heading}, {self.unit}" if self.unit in UNITS_IN_HEADINGS else self.heading

    def written(self, value: float) -> str:
        """A number of the column for reading. A share of one or two children is never written as nought."""
        decimals = self.decimals or 0
        if self.unit == "%" and rounds_to_nothing(value, decimals):
            least = f"{10.0**-decimals:.{decimals}f}"
            return f"less than {least}" if value > 0 else f"between −{least} and 0"
        return written(value, decimals, signed=self.signed)

    def heading_in(self, mode: Mode) -> str:
        """The heading in the words of a mode."""
        return (self.plain if mode == "families" else "") or self.titled


@dataclass(frozen=True)
class Table:
    """A tidy table of an answer: its data, what each of its columns is, and a caption (measure, place, time).

    `columns` has exactly the columns of `data`, by name. `sources` names the tables of the store
    that it was made from. `heading` is what the part of a page that holds it is called, in a few words that are
    true for every area, `group` the heading over several such parts, and `how_to_read` stands over its picture.
    `of_few`: columns of a table that divides an authority's children further, the count first and then what is made
    of it; `also_few`: further counts of such a table, each by itself; `closed`: of an authority with so few children
    that Show and Families have none of it. See `data_in`.
    Raises ValueError where a column is not described, numbers have no
    decimals, or two headings are the same.
    """

    data: pd.DataFrame
    caption: Text
    columns: Mapping[str, Column]
    sources: tuple[str, ...]
    heading: str = ""
    group: str = ""
    how_to_read: Text = Text("")
    of_few: tuple[str, ...] = ()
    closed: bool = False
    also_few: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        named = self.caption.explore
        if set(self.columns) != set(self.data.columns):
            differ = sorted(set(self.columns) ^ set(self.data.columns))
            raise ValueError(f"'{named}': described and held columns differ: {differ}")
        kinds = dict(self.data.dtypes) if len(self.data) else {}
        for name, kind in kinds.items():
            numbers = pd.api.types.is_numeric_dtype(kind) and not pd.api.types.is_bool_dtype(kind)
            if numbers and self.columns[name].decimals is None:
                raise ValueError(f"'{named}': the numbers of '{name}' have no decimals")
        headings = [column.titled for column in self.columns.values()]
        if len(set(headings)) < len(headings):
            raise ValueError(f"'{named}': two columns have one heading: {headings}")

    def data_in(self, mode: Mode) -> pd.DataFrame:
        """The data as a mode shows them: in Show and Families, where people in a room may recognise a child, a count
        of 1 to 4 below the level of the authority is left out, and what is made of it; of a closed table all.

        That is courtesy and no protection: the publisher has the figures, and Explore and files show them.
        """
        few = {name: self._few(mode) for name in self.of_few}
        few |= {name: self._few_by_itself(name, mode) for name in self.also_few}
        if not any(rows.any() for rows in few.values()):
            return self.data
        data = self.data.copy()
        for name, rows in few.items():
            data.loc[rows, name] = "" if self.columns[name].decimals is None else float("nan")
        return data

    def _few(self, mode: Mode) -> pd.Series:
        """The rows that a mode writes as fewer than five."""
        if mode == "explore" or not self.of_few:
            return pd.Series(False, index=self.data.index)
        counts = self.data[self.of_few[0]]
        return counts.notna() if self.closed else counts.between(1, LARGEST_OF_FEW)

    def _few_by_itself(self, name: str, mode: Mode) -> pd.Series:
        """The rows in which a mode writes a further count as fewer than five."""
        return self.data[name].between(1, LARGEST_OF_FEW) & (mode != "explore")

    def columns_in(self, mode: Mode) -> dict[str, Column]:
        """The columns that a page shows in a mode, in the order of the data.

        Codes are left out, in Families those for analysts as well, and a column of words that are all empty.
        """
        return {
            str(name): self.columns[name]
            for name in self.data.columns
            if not self.columns[name].only_in_files
            and not (mode == "families" and self.columns[name].analysts_only)
            and not (len(self.data) and self.data[name].astype(str).eq("").all())
        }

    def readable(self, mode: Mode = "explore") -> pd.DataFrame:
        """The table for reading: headings in words, numbers written, missing values as words, codes left out."""
        missing, data, few = self._why_missing(), self.data_in(mode), self._few(mode)
        shown = {}
        for name, column in self.columns_in(mode).items():
            values = data[name]
            if column.decimals is not None:
                numbers = ["" if pd.isna(value) else column.written(value) for value in values]
                cells = pd.Series(numbers, index=values.index).where(values.notna(), self._instead(column, missing))
                if name in self.of_few:
                    cells = cells.mask(few, FEW if name == self.of_few[0] and not self.closed else NOTHING)
                if name in self.also_few:
                    cells = cells.mask(self._few_by_itself(str(name), mode), FEW)
            elif column.period:
                cells = values.astype(str).map(periods.spoken).map(capital)
            else:
                # No cell is empty: a reader, or one who hears the page, could not tell nothing from something lost.
                cells = values.astype(str).replace("", NOTHING)
            shown[column.heading_in(mode)] = cells
        return pd.DataFrame(shown)

    def _instead(self, column: Column, missing: pd.Series) -> pd.Series:
        """For each row what stands where the column has no number: what the status says, else the column's own
        words."""
        if column.whose in ("mean", "england"):  # the status is that of the row's own figure
            return pd.Series(column.otherwise or "Not available", index=missing.index)
        if not column.otherwise:
            return missing
        if "status" not in self.data:
            return pd.Series(column.otherwise, index=missing.index)
        return missing.mask(self.data["status"].astype(str).eq(VALUE), column.otherwise)

    def _why_missing(self) -> pd.Series:
        """For each row the words that stand where a number is missing."""
        not_available = "Not available"
        if "status" not in self.data:
            return pd.Series(not_available, index=self.data.index)
        words = self.data["status"].astype(str).map(WORDS).str.capitalize()
        return words.where(words.ne(WORDS[VALUE].capitalize()), not_available)

    def codebook(self, mode: Mode = "explore") -> list[tuple[str, str]]:
        """(heading, what it means and in which unit) of every column that is shown."""
        return [(column.heading_in(mode), _meaning(column)) for column in self.columns_in(mode).values()]


def _meaning(column: Column) -> str:
    """The meaning with its unit, unless the heading has it already or the meaning says it."""
    told = column.unit in UNITS_IN_HEADINGS or column.unit in column.meaning
    return column.meaning if told or not column.unit else f"{column.meaning} ({column.unit})"
