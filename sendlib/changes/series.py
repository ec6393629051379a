"""The figures over time that an area's pages hold: each measure with its numbers, doubts and breaks."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from sendlib import questions
from sendlib.answer import TOO_FEW, Answer, Column, Table
from sendlib.answer.numbers import written
from sendlib.areas import Area
from sendlib.compared import doubtful
from sendlib.measures import asking, breaks, figures, over_time, registry
from sendlib.measures.registry import Measure
from sendlib.questions import my_area
from sendlib.questions.doing_well.closer import HOME_BREAK
from sendlib.store import Store

_COUNTS = ("counted", "plans")
"""Columns with the number of plans or requests that a share in the same row is of."""
_BY_ITSELF = frozenset({"plans", "placements", "elsewhere", "process"})
"""Tables of the EHC plan collection, which DfE has collected plan by plan since 2022 (in place: January 2023)."""
_FIRST_JANUARY, _FIRST_YEAR, _FIRST_WHOLE_YEAR = "2023-01", "2022", "2015"
_MONTH = re.compile(r"^(\d{4})-(\d{2})(?:-\d{2})?$")


@dataclass(frozen=True)
class Point:
    """The figure of one period: NaN where there is none, with the reason in words; `few`: it rests on so few children
    that one or two make a change."""

    period: str
    number: float
    doubt: str = ""
    why: str = ""
    few: bool = False


@dataclass(frozen=True)
class Series:
    """A measure of an area over time, oldest first. `breaks`: first period after each break -> what changed;
    `sources`: the table of the store that holds it; `few_plans`: the area has so few that a child or two make a
    change."""

    measure: Measure
    column: Column
    unit: str
    points: tuple[Point, ...]
    breaks: Mapping[str, str]
    sources: tuple[str, ...]
    few_plans: bool = False

    @property
    def is_share(self) -> bool:
        """Whether its changes are differences: of a number of plans or children they are parts of the number before."""
        return self.unit in ("%", "points") or bool(self.column.decimals) or self.unit.startswith("%")

    def written(self, number: float) -> str:
        """A number as its page writes it, with a per cent sign where it is one."""
        text = self.column.written(number)
        return f"{text}%" if self.unit == "%" else text

    def change(self, before: float, now: float) -> float:
        """From one number to another: the difference of a share or score, per cent of anything counted, NaN of none."""
        if self.is_share:
            return now - before
        return 100 * (now - before) / before if before else math.nan

    def written_change(self, change: float) -> str:
        """A change as it is told: `+2.1 points` of a share, `+18.3%` of anything counted."""
        if not math.isfinite(change):
            return "from none"
        if not self.is_share:
            return f"{written(change, 1, signed=True)}%"
        return f"{written(change, self.column.decimals or 1, signed=True)}{' points' if self.unit == '%' else ''}"

    def broken(self, before: str, now: str) -> str:
        """What changed between two periods so that they can not be compared; empty where nothing did."""
        return next((what for first, what in self.breaks.items() if before < first <= now), "")


def of(store: Store, area: Area, versus: str, pages: Sequence[str] = over_time.PAGES) -> list[Series]:
    """Every measure over time of an area, page by page in their order; none of a page that says nothing of it."""
    return [one for answer in answers(store, area, versus, pages) for one in _of_answer(store, answer)]


def answers(store: Store, area: Area, versus: str, pages: Sequence[str] = over_time.PAGES) -> Iterator[Answer]:
    """The answers of pages that hold measures over time."""
    for page in pages:
        if area.parts or questions.named(page).of_health_areas:
            yield asking.answer_of(store, page, area, versus)


def months_between(before: str, now: str) -> int:
    """Months from one period of a series to another: 12 between two Januaries or two school years."""
    return _month(now) - _month(before)


def _month(period: str) -> int:
    found = _MONTH.match(period)
    # `2024-25` is a financial year: there is no month 25.
    month = int(found[2]) if found and int(found[2]) <= 12 else 1
    return int(period[:4]) * 12 + month


def _of_answer(store: Store, answer: Answer) -> Iterator[Series]:
    """The measures of an answer, of whose tables each column is read once."""
    read: dict[tuple[str, str], dict[tuple[str, ...], list[Point]]] = {}
    for measure in registry.over_time(answer).values():
        table, words = answer.tables[measure.table], tuple(text for _, text in measure.divided)
        if (measure.table, measure.column) not in read:
            read[measure.table, measure.column] = _points(answer, measure)
        points = read[measure.table, measure.column].get(words)
        if points:
            # Of one period the last row counts, as in a picture; 2014 is four months of the law.
            flows = table.sources[:1] == ("process",)
            last = {point.period: point for point in points if not flows or point.period >= _FIRST_WHOLE_YEAR}
            held = tuple(last[period] for period in sorted(last))
            unit = figures.unit_of(table, measure.rows(table).head(1), measure)
            broken = {**_breaks(answer, measure, held), **_jumps(store, answer.area, measure, held)}
            yield Series(
                measure, table.columns[measure.column], unit, held, broken, table.sources[:1], answer.state == TOO_FEW
            )


def _points(answer: Answer, measure: Measure) -> dict[tuple[str, ...], list[Point]]:
    """The area's own figures in the column of a measure, by the words that divide it."""
    table = answer.tables[measure.table]
    rows = figures.own(answer, measure.table, measure.column)
    words = [table.data.loc[rows.index, name].astype(str) for name, _ in measure.divided]
    few = _so_few(table, measure, rows.index)
    found: dict[tuple[str, ...], list[Point]] = {}
    columns = [rows[name] for name in ("period", "number", "doubtful", "why")]
    for period, number, doubt, why, is_few, *divided in zip(*columns, few, *words, strict=True):
        found.setdefault(tuple(divided), []).append(Point(period, float(number), doubt, why, bool(is_few)))
    return found


def _so_few(table: Table, measure: Measure, own: pd.Index) -> pd.Series:
    """The rows that rest on fewer than FEWEST children: a count itself, or what a share in the same row is of."""
    data = table.data.loc[own]
    counted = next((name for name in (*table.of_few[:1], *_COUNTS) if name in data), "")
    described = table.columns[measure.column]
    is_count = described.decimals == 0 and described.unit not in ("%", "points")
    few = data[measure.column].lt(FEWEST) if is_count else pd.Series(False, index=own)
    return few | data[counted].lt(FEWEST) if counted else few


FEWEST = 10
"""A number below this, or a share of so few, moves far with a child or two."""


def _breaks(answer: Answer, measure: Measure, points: tuple[Point, ...]) -> dict[str, str]:
    """The breaks that the page names for the measure, and the one of the whole collection of EHC plans."""
    held = breaks.of(answer, measure)
    found = {} if held is None else dict(zip(held.data["period"], held.data["what"], strict=True))
    if _BY_ITSELF & set(answer.tables[measure.table].sources) and points:
        first = _FIRST_YEAR if len(points[-1].period) == len(_FIRST_YEAR) else _FIRST_JANUARY
        found.setdefault(first, HOME_BREAK[1])
    return found


def _jumps(store: Store, area: Area, measure: Measure, points: tuple[Point, ...]) -> dict[str, str]:
    """Of an authority's plans in place the Januaries that can not be right beside the one before, and why: as My area
    has it."""
    if (measure.question, measure.table) != (my_area.QUESTION.name, "stock") or not area.is_authority:
        return {}
    pairs = ((before.period, now.period) for before, now in zip(points, points[1:], strict=False))
    return {now: why for before, now in pairs if (why := doubtful.change_doubted(store.base, area.code, before, now))}
