"""What of an area's measures is another number than in the release before, newly there, or no longer there."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from sendlib.changes.series import Point, Series

Kind = Literal["new", "revised", "gone"]
_SAME = 1e-9


@dataclass(frozen=True)
class Difference:
    """A figure of one period that differs between two releases; NaN where one of them has none."""

    kind: Kind
    series: Series
    period: str
    before: float
    now: float


def of(before: Iterable[Series], now: Iterable[Series]) -> list[Difference]:
    """The figures that differ, in the order of the pages, the newest period of each measure first."""
    then = {one.measure.code: one for one in before}
    today = {one.measure.code: one for one in now}
    found = []
    for code in dict.fromkeys([*today, *then]):
        series = today.get(code) or then[code]
        old, new = _numbers(then.get(code)), _numbers(today.get(code))
        for period in sorted({*old, *new}, reverse=True):
            was, is_now = old.get(period, math.nan), new.get(period, math.nan)
            if kind := _kind(was, is_now):
                found.append(Difference(kind, series, period, was, is_now))
    return found


def _numbers(series: Series | None) -> dict[str, float]:
    points: tuple[Point, ...] = series.points if series else ()
    return {point.period: point.number for point in points if not math.isnan(point.number)}


def _kind(was: float, is_now: float) -> Kind | None:
    if math.isnan(was) and math.isnan(is_now):
        return None
    if math.isnan(was):
        return "new"
    if math.isnan(is_now):
        return "gone"
    return "revised" if abs(was - is_now) > _SAME * max(1.0, abs(was)) else None
