"""The lead pictures of which PowerPoint has the kind: lines over time and bars, with values out of the answer's table.

A figure that is missing, hidden or left out as doubtful is a gap. A picture that is not here (a map, a range) is put on
its slide as it is drawn.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import pandas as pd

from sendlib.answer import Answer, Column, Mode
from sendlib.exports.numbers import rounded_to
from sendlib.pictures import doing_well, getting_help, looking_ahead_fan, my_area, needs_away, needs_measure, needs_rows
from sendlib.pictures.palette import DARK_BLUE, INK, MID_GREY, ORANGE, PINK, TURQUOISE
from sendlib.questions.doing_well import stages
from sendlib.questions.looking_ahead.scenarios import NAMES, PLAIN_NAMES, column
from sendlib.tables.periods import school_year
from sendlib.tables.symbols import VALUE, WORDS

IN_TURN = (DARK_BLUE, ORANGE, TURQUOISE, PINK)
"""Colours of the area, of those compared, of England and of one more, as the app's lines have them."""
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True)
class Series:
    """Whose values they are, with a value or a gap for each category. `look`: which of the dashes and signs it has, so
    that it is told by more than its colour; nought is a solid line. `joined`: a line between its points. `points`: a
    sign at each figure, which values that nobody measured do not have."""

    name: str
    values: tuple[float | None, ...]
    colour: str
    look: int = 0
    joined: bool = True
    points: bool = True


@dataclass(frozen=True)
class Chart:
    """A chart that can be changed in PowerPoint. `what` stands over it: the measure with its unit, place and time.
    `told`: how a value is written. `top`: the upper end of the axis where it is fixed. `signed`: values are
    differences."""

    kind: Literal["lines", "bars"]
    what: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    told: Callable[[float], str]
    decimals: int
    top: float | None = None
    signed: bool = False

    @property
    def alt(self) -> str:
        """The chart in words: of lines both ends, of bars every value."""
        if self.kind == "lines":
            return f"Line chart. {self.what}. {'; '.join(map(self._line, self.series))}."
        rows = (self._row(place, name) for place, name in enumerate(self.categories))
        return f"Bar chart. {self.what}. {'; '.join(rows)}."

    def _line(self, one: Series) -> str:
        ends = [place for place, value in enumerate(one.values) if value is not None]
        first, last = (f"{self.told(_held(one, at))} in {self.categories[at]}" for at in (ends[0], ends[-1]))
        return f"{one.name}: {first} to {last}" if len(ends) > 1 else f"{one.name}: {last}"

    def _row(self, place: int, name: str) -> str:
        values = (
            f"{one.name} {'not available' if (value := one.values[place]) is None else self.told(value)}"
            for one in self.series
        )
        return f"{name}: {', '.join(values)}"


def _held(one: Series, at: int) -> float:
    value = one.values[at]
    return math.nan if value is None else value


def of(answer: Answer, mode: Mode) -> Chart | None:
    """The lead picture of an answer as a chart; None where PowerPoint has not its kind, or two areas are in it."""
    made = _CHARTS.get((answer.question, answer.lead))
    if made is None or answer.beside is not None:
        return None
    chart = made(answer, mode)
    held = tuple(one for one in chart.series if any(value is not None for value in one.values))
    return None if not held else _with(chart, held)


def _with(chart: Chart, series: tuple[Series, ...]) -> Chart:
    return Chart(chart.kind, chart.what, chart.categories, series, chart.told, chart.decimals, chart.top, chart.signed)


def _values(column_of: Column, values: pd.Series) -> tuple[float | None, ...]:
    """Numbers as the page and the files write them; what is missing is a gap."""
    return tuple(None if pd.isna(one) else float(rounded_to(column_of.decimals or 0, float(one))) for one in values)


def _series(names: Sequence[str], values: Sequence[tuple[float | None, ...]]) -> tuple[Series, ...]:
    """Series in the app's colours, the first of them the area's; the others are dashed."""
    looks = zip(names, values, IN_TURN, strict=False)
    return tuple(Series(name, held, colour, look=place) for place, (name, held, colour) in enumerate(looks))


def _hundred(answer: Answer, mode: Mode) -> Chart:
    """Shares of pupils with a plan and with SEN support, of the area and of those compared: what is left is neither."""
    table = answer.tables["hundred"]
    share, data = table.columns["share"], table.data_in(mode)
    kinds = [str(kind) for kind in dict.fromkeys(data["kind"]) if kind != "Neither"]
    groups = [str(group) for group in dict.fromkeys(data["group"])]
    held = data.set_index(["group", "kind"])["share"]
    values = [_values(share, held.reindex([(group, kind) for kind in kinds])) for group in groups]
    what = (
        f"Of every 100 pupils, {data['vintage'].iloc[0]}"
        if mode == "families"
        else f"{share.titled}, {data['vintage'].iloc[0]}"
    )
    names = [my_area.called(answer, group, mode) for group in groups]
    return Chart("bars", what, tuple(kinds), _series(names, values), share.written, share.decimals or 0)


def _mix(answer: Answer, mode: Mode) -> Chart:
    """How far each need is from the mean of those compared, as the page draws it, or the figures themselves."""
    rows = needs_rows.of(answer, mode)
    drawn = [row for row in rows.rows if not math.isnan(row.own)]
    named = f"{answer.area.name}: {_measured(answer, rows, mode)}"
    shown = answer.tables["mix"].columns["difference" if rows.away else rows.measure.own]

    def values(pick: Callable[[needs_rows.Row], float]) -> tuple[float | None, ...]:
        return _values(shown, pd.Series([pick(row) for row in drawn], dtype=float))

    categories = tuple(row.name for row in drawn)
    if rows.away:
        only = (Series(answer.area.name, values(lambda row: row.difference), DARK_BLUE),)
        return Chart("bars", named, categories, only, shown.written, shown.decimals or 0, signed=True)
    england = [] if answer.area.kind == "england" else [("England", values(lambda row: row.england))]
    each = [(answer.area.name, values(lambda row: row.own)), *england]
    return Chart("bars", named, categories, _series(*zip(*each, strict=True)), shown.written, shown.decimals or 0)


def _measured(answer: Answer, rows: needs_rows.Rows, mode: Mode) -> str:
    """What the bars are: `points from the mean of its ten statistical neighbours`."""
    alone = needs_measure.is_one(answer)
    if mode == "families" or not rows.away:
        words = needs_away.axis(rows, alone=alone)
    else:
        than = answer.comparators if alone else f"the mean of {answer.comparators}"
        words = f"{rows.measure.apart} from {than}"
    return f"{words[:1].lower()}{words[1:]}"


def _on_time(answer: Answer, mode: Mode) -> Chart:
    """The share of plans within 20 weeks; a share of too few plans, or one that can not be right, is a gap."""
    table = answer.tables["on_time"]
    data = table.data_in(mode)
    if "median" in data:
        named = dict(getting_help.OF_ITS_OWN)
    else:
        names = getting_help.compared(answer, mode)
        columns = (name for name in getting_help.BESIDE if name in data)
        named = dict(zip(columns, names, strict=False))
        if "before" in data:
            named["before"] = str(data["before_name"].iloc[0])
    data = data.assign(share=data["share"].where(data["left_out"].eq("")))
    share = table.columns["share"]
    values = [_values(share, data[name]) for name in named]
    years = tuple(data["period"].astype(str))
    what = table.caption.in_mode(mode) if mode != "families" else f"{table.caption.in_mode(mode)}, of every 100"
    return Chart("lines", what, years, _series(list(named.values()), values), share.written, 1, top=100)


def _waits(answer: Answer, mode: Mode) -> Chart:
    """The share on a health board's list that has waited over 52 weeks; a month that was not counted is a gap."""
    table = answer.tables["waits"]
    share, data = table.columns["over_52_share"], table.data_in(mode)
    months = _months(str(data["period"].min()), str(data["period"].max()))
    who = [str(one) for one in dict.fromkeys(data["health_area"])]
    held = data.assign(period=data["period"].astype(str).str[:7]).set_index(["health_area", "period"])["over_52_share"]
    values = [_values(share, held.reindex([(one, month) for month in months])) for one in who]
    named = tuple(f"{_MONTHS[int(month[5:]) - 1]} {month[:4]}" for month in months)
    return Chart("lines", table.caption.in_mode(mode), named, _series(who, values), share.written, share.decimals or 0)


def _months(first: str, last: str) -> list[str]:
    """Every month between two days: `2023-01`."""
    ends = [12 * int(day[:4]) + int(day[5:7]) - 1 for day in (first, last)]
    return [f"{at // 12}-{at % 12 + 1:02d}" for at in range(ends[0], ends[1] + 1)]


def _stages(answer: Answer, mode: Mode) -> Chart:
    """The gaps of those whom the title names, at each stage; those of the others are in the notes."""
    table = answer.tables["stages"]
    data = table.data_in(mode)
    group = stages.group_for_families(table.data)
    part = data[data["pupils_with"].eq(group)]
    series = doing_well.series_of_gaps(answer, mode)
    gap = table.columns["gap"]
    rows = [
        f"{stages.row_label(stage, year)}{'' if status == VALUE else f' ({WORDS[status]})'}"
        for stage, year, status in zip(part["stage"], part["measured_in"], part["status"], strict=True)
    ]
    heading = "How many fewer of every 100" if mode == "families" else "Gap in points"
    values = [_values(gap, part[name]) for name in series.values()]
    return Chart(
        "bars", f"{heading}: {group}", tuple(rows), _series(list(series), values), gap.written, gap.decimals or 0
    )


def _fan(answer: Answer, mode: Mode) -> Chart:
    """The rate of England: what was measured, and the published low and high; years that nobody measured are gaps."""
    table = answer.tables["fan"]
    data = table.data_in(mode).set_index("year")
    first, last = (int(str(year)[:4]) for year in (data.index[0], data.index[-1]))
    years = [school_year(begins + 1) for begins in range(first, last + 1)]
    called = PLAIN_NAMES if mode == "families" else NAMES
    colours = {"published-low": TURQUOISE, "published-high": DARK_BLUE}
    measured = table.columns["measured"]
    found = [Series("Measured", _values(measured, data["measured"].reindex(years)), INK, joined=False)]
    for name in looking_ahead_fan.drawn(answer, mode):
        held, colour = _values(measured, data[column(name)].reindex(years)), colours.get(name, MID_GREY)
        look = ("published-high", "published-low").index(name) if name in colours else 2
        found.append(Series(called[name], held, colour, look, points=False))
    what = f"England, {looking_ahead_fan.per_10000(mode)[:1].lower()}{looking_ahead_fan.per_10000(mode)[1:]}"
    return Chart("lines", what, tuple(years), tuple(found), measured.written, measured.decimals or 0)


_CHARTS: Mapping[tuple[str, str], Callable[[Answer, Mode], Chart]] = {
    ("my_area", "hundred"): _hundred,
    ("needs", "mix"): _mix,
    ("getting_help", "on_time"): _on_time,
    ("getting_help", "waits"): _waits,
    ("doing_well", "stages"): _stages,
    ("looking_ahead", "fan"): _fan,
}
"""(Question, lead table) -> its chart."""
