"""The rows of the lead picture of Needs: each need's figures, how far the area's is from the mean, and their order."""

from __future__ import annotations

import math
from dataclasses import dataclass

from sendlib.answer import Answer, Mode
from sendlib.pictures import needs_measure
from sendlib.pictures.needs_measure import Measure

AWAY = "away"


@dataclass(frozen=True)
class Single:
    """The figure of one of those compared."""

    who: str
    code: str
    value: float


@dataclass(frozen=True)
class Row:
    """The figures of a need: the area's with its interval, the mean and the range of those compared, England's and
    each of theirs; NaN where there is none. `compared`: whether the area's is set beside the mean; `away`: whether the
    difference is drawn and not the figure itself."""

    name: str
    own: float
    low: float
    high: float
    mean: float
    least: float
    most: float
    england: float
    each: tuple[Single, ...]
    compared: bool
    away: bool

    @property
    def difference(self) -> float:
        """The area's figure less the mean; NaN where it is not set beside one."""
        return self.own - self.mean if self.compared else math.nan

    @property
    def zero(self) -> float:
        """The figure that stands at the nought of the axis."""
        return self.mean if self.away else 0.0

    @property
    def outside(self) -> bool | None:
        """Whether the area's figure, as it is written, is outside the range; None where nothing is said of that."""
        if not self.compared or math.isnan(self.own) or math.isnan(self.least):
            return None
        return not round(self.least, 1) <= round(self.own, 1) <= round(self.most, 1)

    @property
    def extent(self) -> tuple[float, float, float] | None:
        """The largest figure, and from where to where the marks reach on the axis; None of a row without marks."""
        figures = (self.own, self.low, self.high, self.mean, self.least, self.most, self.england)
        known = [value for value in (*figures, *(one.value for one in self.each)) if not math.isnan(value)]
        if not known or math.isnan(self.zero):
            return None
        return max(known), min(known) - self.zero, max(known) - self.zero


@dataclass(frozen=True)
class Rows:
    """All rows in their order. `than`: what a figure is said to be more or less than; `away`: whether differences are
    drawn."""

    measure: Measure
    rows: tuple[Row, ...]
    than: str
    away: bool


def of(answer: Answer, mode: Mode = "explore") -> Rows:
    """The rows, sorted by the difference from the mean; by the figures themselves where nothing is said to differ."""
    measure, table = needs_measure.measure(answer, mode), answer.tables["mix"].data
    alone = needs_measure.is_one(answer)
    drawn = ("own", "low", "high", "mean", "least", "most", "england")
    figures = table.reindex(columns=[getattr(measure, name) for name in drawn]).to_numpy(dtype=float, copy=True)
    singles = {} if alone else _singles(answer, measure)
    compared = AWAY in answer.offered["drawn"].options and not all(math.isnan(mean) for mean in figures[:, 3])
    away = compared and answer.chosen("drawn") == AWAY
    if alone:  # its figure is the mean, and has no range
        figures[:, [drawn.index("least"), drawn.index("most")]] = math.nan
    rows = [
        Row(name, own, low, high, mean, least, most, england, singles.get(name, ()), compared, away)
        for name, (own, low, high, mean, least, most, england) in zip(table["name"], figures.tolist(), strict=True)
    ]
    rows.sort(key=_furthest_above_first)
    mean = f"{answer.compared_in(mode)} on average" if mode == "families" else "the mean of those compared"
    than = answer.comparators if alone else mean
    return Rows(measure, tuple(rows), than, away)


def _furthest_above_first(row: Row) -> tuple[bool, float]:
    by = row.difference if row.compared else row.own
    return (math.isnan(by), 0.0 if math.isnan(by) else -by)


def _singles(answer: Answer, measure: Measure) -> dict[str, tuple[Single, ...]]:
    """Need -> each of those compared. Those who count for no mean would set the range that the eye sees: they are left
    out."""
    each = needs_measure.each(answer)
    each = each[each["left_out"].eq("") & each[measure.own].notna()]
    found: dict[str, list[Single]] = {}
    columns = (each[column].tolist() for column in ("name", "area", "area_code", measure.own))
    for name, who, code, value in zip(*columns, strict=True):
        found.setdefault(name, []).append(Single(who, code, value))
    return {name: tuple(singles) for name, singles in found.items()}
