"""What every question returns."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pandas as pd

from sendlib.areas import Area
from sendlib.provenance import Provenance
from sendlib.tables.symbols import NOT_AVAILABLE, VALUE, WORDS

MOST_FIGURES = 4


@dataclass(frozen=True)
class Headline:
    """One sentence in three lengths, from the same numbers."""

    families: str
    councillor: str
    analyst: str


@dataclass(frozen=True)
class Figure:
    """A number that stands large on the page.

    `value` is None where `status` is not `value`. `unit` is `%`, `points`,
    `children`, ... `decimals` says how it is written. `comparison` is a
    phrase ("England 5.3%"); `direction` is higher, lower, about the same or empty.
    Where only a range is known `value` is its lower end and `upper` the other one;
    with `at_least` there is a lower end only. `instead` is written in place of a
    value that rests on too few ("1 of 1").

    `detail` is a sentence of its own under the comparison, and `brief` what a
    shared screen has in place of both (its lines apart), under `brief_label`. `plain_label` and
    `plain` take the place of label and comparison in Families. Each may be
    empty. `table` names the table of the store that the value comes from.
    """

    label: str
    value: float | None
    unit: str
    comparison: str
    direction: str = ""
    status: str = VALUE
    decimals: int = 1
    signed: bool = False
    upper: float | None = None
    at_least: bool = False
    instead: str = ""
    detail: str = ""
    brief: str = ""
    brief_label: str = ""
    plain_label: str = ""
    plain: str = ""
    table: str = ""

    @property
    def text(self) -> str:
        """The value as it is written, or the words for what is missing."""
        if self.instead:
            return self.instead
        if self.value is None or math.isnan(self.value):
            return WORDS[self.status if self.status != VALUE else NOT_AVAILABLE].capitalize()
        number = written(self.value, self.decimals, signed=self.signed)
        if self.upper is not None and written(self.upper, self.decimals) != number:
            # A range from nought says only what it can be at most; a range of per cents has the sign twice.
            first = f"{number}%" if self.unit == "%" else number
            number = f"{first} to {written(self.upper, self.decimals)}" if self.value else f"up to {written(self.upper, self.decimals)}"
        if self.at_least:
            number = f"at least {number}"
        return f"{number}%" if self.unit == "%" else f"{number} {self.unit}".strip()


@dataclass(frozen=True)
class Note:
    """Something a reader should know: kind is missing, definition, break or caution.

    `about` names the table of the answer that it stands beside; without it the
    note is about the whole answer. `plain` takes the place of the text in
    Families, and `brief` on a shared screen.
    """

    kind: str
    text: str
    about: str = ""
    plain: str = ""
    brief: str = ""


UNITS_IN_HEADINGS = ("%", "points")
"""Units that a reader must see over the numbers; the others are in the heading's own words or in the codebook."""


@dataclass(frozen=True)
class Column:
    """What one column of a table is: everything that a heading, a file, a codebook or a number format needs.

    `heading` stands over the column, without its unit, which `titled` adds; `meaning` is one
    phrase for the codebook: what is counted, of whom, out of what. `unit` is `%`,
    `points`, `plans`, `children`, ... and empty for words. `decimals` is how a number is written
    and None for words. `plain` takes the place of the heading, unit and all, in Families;
    `analysts_only` columns are left out there. `only_in_files` is for codes and statuses: they are
    in downloads and `--json`, and on no page. A `period` is written as one says it.
    `otherwise` stands where there is no number and the status does not say why (`Fewer than 10`).
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

    @property
    def titled(self) -> str:
        """The heading with its unit: `Share, %`."""
        return f"{self.heading}, {self.unit}" if self.unit in UNITS_IN_HEADINGS else self.heading

    def heading_in(self, mode: str) -> str:
        """The heading in the words of a mode."""
        return (self.plain if mode == "families" else "") or self.titled


@dataclass(frozen=True)
class Table:
    """A tidy table of an answer: its data, what each of its columns is, and a caption (measure, place, time).

    `columns` has exactly the columns of `data`, by name. `sources` names the tables of the store
    that it was made from. `plain_caption` takes the place of the caption in Families, where there is one.
    Raises ValueError where a column is not described, numbers have no decimals, or two headings are the same.
    """

    data: pd.DataFrame
    caption: str
    columns: Mapping[str, Column]
    sources: tuple[str, ...]
    plain_caption: str = ""

    def __post_init__(self) -> None:
        if set(self.columns) != set(self.data.columns):
            raise ValueError(f"'{self.caption}': described and held columns differ: {sorted(set(self.columns) ^ set(self.data.columns))}")
        for name, column in self.columns.items():
            numbers = pd.api.types.is_numeric_dtype(self.data[name]) and not pd.api.types.is_bool_dtype(self.data[name])
            if numbers and len(self.data) and column.decimals is None:
                raise ValueError(f"'{self.caption}': the numbers of '{name}' have no decimals")
        headings = [column.titled for column in self.columns.values()]
        if len(set(headings)) < len(headings):
            raise ValueError(f"'{self.caption}': two columns have one heading: {headings}")

    def columns_in(self, mode: str) -> dict[str, Column]:
        """The columns that a page shows in a mode, in the order of the data; a column of words that are all empty is left out."""
        return {
            name: self.columns[name]
            for name in self.data.columns
            if not self.columns[name].only_in_files
            and not (mode == "families" and self.columns[name].analysts_only)
            and not (len(self.data) and self.data[name].astype(str).eq("").all())
        }

    def caption_in(self, mode: str) -> str:
        """The caption in the words of a mode."""
        return (self.plain_caption if mode == "families" else "") or self.caption


@dataclass(frozen=True)
class Answer:
    """The answer to one question for one area, complete: all that a page shows is in it.

    `title` is the active title of the lead picture; `lead` names the table
    that it draws. Most answers have three figures; getting_help has four,
    because parents asked that exactly these four are always shown, good or bad,
    and a shared screen has room for no more. `sources` maps a table of the store to where it comes from.
    The `plain_` texts take the place of the others in Families, where an
    answer has them.
    """

    question: str
    words: str
    area: Area
    comparators: str
    title: str
    headline: Headline
    figures: tuple[Figure, ...]
    lead: str
    tables: Mapping[str, Table]
    cannot_tell: tuple[str, ...]
    could_change: tuple[str, ...]
    sources: Mapping[str, tuple[Provenance, ...]]
    notes: tuple[Note, ...]
    plain_cannot_tell: tuple[str, ...] = ()
    plain_could_change: tuple[str, ...] = ()

    def notes_about(self, table: str) -> list[Note]:
        """The notes that stand beside one table."""
        return [note for note in self.notes if note.about == table]

    def __post_init__(self) -> None:
        if len(self.figures) > MOST_FIGURES:
            raise ValueError(f"a page has room for {MOST_FIGURES} figures")
        if self.lead not in self.tables:
            raise ValueError(f"the lead table '{self.lead}' is not among the tables")


def said(texts: Iterable[str]) -> list[str]:
    """The texts that say something."""
    return [text for text in texts if text]


def written(value: float, decimals: int = 0, signed: bool = False) -> str:
    """A number for reading: `1,234`, `5.0`, `+2.1`, with a true minus sign, never `-0.0`."""
    rounded = round(float(value), decimals) + 0.0
    text = f"{abs(rounded):,.{decimals}f}"
    sign = "−" if rounded < 0 else "+" if signed and rounded > 0 else ""
    return sign + text


def percent(value: float, decimals: int = 1) -> str:
    """`5.3%`, or `less than 0.1%` for a share that rounds to zero but is not."""
    smallest = 10.0**-decimals
    if 0 < abs(value) < smallest / 2:
        return f"less than {smallest:.{decimals}f}%"
    return f"{written(value, decimals)}%"


def listed(names: list[str]) -> str:
    """`A, B and C`."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}" if names else "none"


def count_of(number: int, one: str, many: str) -> str:
    """`1 plan`, `26 plans`."""
    return f"{written(number)} {one if number == 1 else many}"
