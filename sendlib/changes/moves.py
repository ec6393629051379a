"""How each measure moved between its two newest periods, and whether that is more than usual for the area."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from sendlib.changes.series import Point, Series, months_between
from sendlib.methods.unusual import Judged, judge


@dataclass(frozen=True)
class Move:
    """The change of one measure between its two newest figures.

    `change` is a difference of a share or score, and per cent of the number before of anything counted (NaN of
    nought). `withheld` says in words why nothing is made of the change, where a figure is doubtful, rests on few, or
    the series breaks; `judged` is then without a judgement.
    """

    series: Series
    before: Point
    now: Point
    change: float
    judged: Judged
    withheld: str = ""

    @property
    def unusual(self) -> bool:
        """Whether it is larger, up or down, than each earlier change of the area."""
        return self.judged.unusual

    @property
    def order(self) -> float:
        """What moves stand in order by: the most unusual first, those of which nothing can be said last."""
        return -1.0 if self.judged.times is None else self.judged.times


def of(series: Iterable[Series]) -> list[Move]:
    """The moves of all measures that have figures of two periods, the most unusual first."""
    found = [move for one in series if (move := _of(one))]
    return sorted(found, key=lambda move: move.order, reverse=True)


def first_of_each_part(moves: Iterable[Move], most: int) -> list[Move]:
    """Of moves that are more than usual the first of each part of a page, and what stands twice only once: a list of
    different things."""
    parts: set[tuple[str, str]] = set()
    same: set[tuple[float, float, str]] = set()
    found: list[Move] = []
    for move in moves:
        part = (move.series.measure.question, move.series.measure.table)
        numbers = (round(move.before.number, 6), round(move.now.number, 6), move.now.period)
        if move.unusual and part not in parts and numbers not in same and len(found) < most:
            found.append(move)
            parts.add(part)
            same.add(numbers)
    return found


def _of(series: Series) -> Move | None:
    known = [point for point in series.points if not math.isnan(point.number)]
    if len(known) < 2:
        return None
    before, now = known[-2:]
    withheld = _withheld(series, before, now)
    judged = Judged(0) if withheld else judge(series.change(before.number, now.number), _earlier(series, known))
    return Move(series, before, now, series.change(before.number, now.number), judged, withheld)


def _withheld(series: Series, before: Point, now: Point) -> str:
    """Why nothing is made of a change; empty where something can be."""
    for point in (now, before):
        if point.doubt:
            return f"a figure is doubtful: {point.doubt}"
    if what := series.broken(before.period, now.period):
        return f"not to be compared: {what}"
    if series.few_plans:
        return "so few plans that a child or two make a change"
    return "rests on few children" if before.few or now.few else ""


def _earlier(series: Series, known: list[Point]) -> list[float]:
    """The changes before the newest one, over as many months, without those that nothing can be made of."""
    step = months_between(known[-2].period, known[-1].period)
    pairs = zip(known[:-2], known[1:-1], strict=True)
    return [
        series.change(before.number, now.number)
        for before, now in pairs
        if months_between(before.period, now.period) == step and not _withheld(series, before, now)
    ]
