"""What a table of the store is to a reader who makes a table of it: its columns and their values, in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sendlib.answer.numbers import capital
from sendlib.store import TableInfo

AREA, PERIOD, VALUE, STATUS = "area_code", "period", "value", "status"
FACTS = ("level", "name")
"""Columns of the NHS's tables that say more of an area; they are part of its name."""
PERCENT = "%"


@dataclass(frozen=True)
class Dimension:
    """A column that divides the figures: its heading, and what its values are called.

    `total` is the value that stands for all of it, which is picked where a reader picks nothing; without one all
    values are. A value without words is written as it is held, with a capital and without underscores.
    """

    heading: str
    words: Mapping[str, str] = field(default_factory=dict)
    total: str = ""

    def said(self, value: str) -> str:
        """A value in words."""
        return self.words.get(value) or capital(value.replace("_", " "))


@dataclass(frozen=True)
class Figures:
    """A column of figures, or of words that are answers (`words`): heading, meaning and unit."""

    heading: str
    meaning: str
    unit: str = ""
    words: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Described:
    """A table in words.

    `topic` is what it is listed under. `figures` has the columns of figures by name, as a rule one, `value`.
    `dimensions` are in the order in which they are picked: what is offered of one depends on those before it.
    `units`: the unit of a figure by the value of the dimension `unit_by`, where it is not the same everywhere.
    `areas` are the columns that name areas. `left_out`: columns that repeat what others say, or only say more of it.
    `absent`: what it means that a combination has no row, where the table says so. `caution`: what nobody may read the
    figures without.
    """

    topic: str
    figures: Mapping[str, Figures]
    dimensions: Mapping[str, Dimension]
    unit_by: str = ""
    units: Mapping[str, str] = field(default_factory=dict)
    areas: Mapping[str, str] = field(default_factory=lambda: {AREA: "Area"})
    left_out: tuple[str, ...] = ()
    absent: str = "No row"
    caution: str = ""

    @property
    def area(self) -> str:
        """The column by which areas are picked."""
        return next(iter(self.areas))

    def unit(self, codes: Mapping[str, str], figures: str = VALUE) -> str:
        """The unit of a row's figure, by the values of its dimensions."""
        return self.units.get(codes.get(self.unit_by, ""), "") or self.figures[figures].unit


def long(
    topic: str,
    meaning: str,
    unit: str,
    dimensions: Mapping[str, Dimension],
    *,
    heading: str = "Number",
    unit_by: str = "",
    units: Mapping[str, str] | None = None,
    left_out: tuple[str, ...] = (),
    absent: str = "No row",
    caution: str = "",
) -> Described:
    """A table in long form: one figure a row, `value`, and why it is missing, `status`."""
    figures = {VALUE: Figures(heading, meaning, unit)}
    return Described(
        topic, figures, dimensions, unit_by, units or {}, left_out=left_out, absent=absent, caution=caution
    )


def unknown(info: TableInfo) -> Described:
    """A table in long form that nobody has described: its columns in words as they are called."""
    known = (AREA, PERIOD, VALUE, STATUS, *FACTS)
    dimensions = {name: Dimension(capital(name.replace("_", " "))) for name in info.columns if name not in known}
    return long("Other", f"as the publisher counts it; {info.grain}", "", dimensions)


def is_long(info: TableInfo) -> bool:
    """Whether a table has a figure a row, of an area, with a status."""
    return {AREA, VALUE, STATUS} <= set(info.columns)
