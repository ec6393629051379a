"""Needs over time: a small picture a need, with the area's line, the mean of those compared and each of them behind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from sendlib.answer import Answer, Mode
from sendlib.answer.numbers import percent, written
from sendlib.pictures import behind, lines, needs_measure
from sendlib.pictures.behind import Behind
from sendlib.pictures.lines import COLOURS, Axes, Break, Lines
from sendlib.pictures.picture import Picture, nothing_to_draw
from sendlib.questions.needs.over_time import COUNT, SHARE, TREND_OF
from sendlib.questions.needs.over_time_words import OVER_TIME, OWN_SCALE
from sendlib.tables.needs import DOWN_SYNDROME

_HEIGHT = 130
_STEPS = (0.2, 0.5, 1, 2, 3, 4, 5, 6, 8, 10)
"""Where an axis may end, and the same ten, a hundred, ... times as large."""


def draw(answer: Answer, mode: Mode) -> list[Picture]:
    """The needs in the order of the table, four beside one another where the screen has room."""
    data = answer.tables[OVER_TIME].data
    held = data.dropna(subset=["share"])
    if held["period"].nunique() < 2:
        return [nothing_to_draw(OVER_TIME, "Fewer than two years have a figure, so no line is drawn.")]
    value = answer.chosen(TREND_OF.name)
    panels = {
        str(need): (rows, _single(answer, str(need), value))
        for need, rows in data.groupby("need", sort=False)
        if rows["share"].notna().any()
    }
    small = {need for need, (rows, single) in panels.items() if _largest(rows, single, SHARE) < OWN_SCALE}
    tops = {need: _largest(rows, single, value) for need, (rows, single) in panels.items()}
    common = max((top for need, top in tops.items() if need not in small), default=0.0)
    found = [
        _panel(answer, mode, need, rows, single, _end_of_axis(tops[need] if need in small else common), need in small)
        for need, (rows, single) in panels.items()
    ]
    # One key for all, also where a need has no mean.
    key = max((one.legend for one in found), key=len)
    return [replace(one, legend=key) for one in found]


def _single(answer: Answer, need: str, value: str) -> Behind | None:
    """Each of those compared; of numbers none, which go with how large an area is."""
    return behind.of(answer, OVER_TIME, SHARE, only={"need": need}) if value == SHARE else None


def _largest(rows: pd.DataFrame, single: Behind | None, value: str) -> float:
    """The largest figure that is drawn of a need."""
    columns = [SHARE, "comparator_mean"] if value == SHARE else [COUNT]
    drawn = [rows[name].max() for name in columns]
    if single is not None and value == SHARE:
        drawn.append(single.drawn["number"].max())
    return float(pd.Series(drawn, dtype=float).max())


def _end_of_axis(largest: float) -> float:
    """The first round number that is not below the largest figure."""
    power = 1.0
    while largest > power * _STEPS[-1]:
        power *= 10
    return next(step * power for step in _STEPS if step * power >= largest)


def _panel(
    answer: Answer, mode: Mode, need: str, rows: pd.DataFrame, single: Behind | None, top: float, own_scale: bool
) -> Picture:
    """The picture of one need."""
    value, name, own = answer.chosen(TREND_OF.name), str(rows["name"].iloc[0]), answer.area.name
    table = answer.tables[OVER_TIME]
    unit = "%" if value == SHARE else table.columns[COUNT].heading
    made = lines.picture(
        f"{OVER_TIME}_{need}",
        mode,
        Lines(
            _long(answer, rows, value),
            "period",
            "line",
            "number",
            every=[own, needs_measure.mean(answer)],
            at_ends={own: COLOURS[0]},
            behind=single,
        ),
        Axes(
            table.columns["period"].heading,
            f"{unit}, own scale" if own_scale else unit,
            every_year=str(rows["period"].iloc[0]).endswith("-01"),
            top=top,
            height=_HEIGHT,
            number=",.1f" if value == SHARE else ",.0f",
        ),
        f"{name}: {table.caption.in_mode(mode)}" if value == SHARE else f"{name}, numbers",
        breaks=[] if need == DOWN_SYNDROME else _breaks(table.data),
        heading=name,
    )
    # The height is that of the plot: the room that names at ends need is reckoned by it.
    spec = {**made.spec, "autosize": {"type": "fit-x", "contains": "padding"}}
    return replace(made, spec=spec, data=_with_number(made.data, own, value), across=True)


def _long(answer: Answer, rows: pd.DataFrame, value: str) -> pd.DataFrame:
    """The area's line and the mean's, with a place for every year."""
    columns = {answer.area.name: value}
    if value == SHARE and rows["comparator_mean"].notna().any():
        columns[needs_measure.mean(answer)] = "comparator_mean"
    parts = [
        pd.DataFrame({"period": rows["period"].astype(str), "line": line, "number": rows[column]})
        for line, column in columns.items()
    ]
    first, last = str(rows["period"].min()), str(rows["period"].max())
    years = pd.DataFrame({"period": _school_years(first, last), "line": answer.area.name, "number": float("nan")})
    long = pd.concat([*parts, years], ignore_index=True)
    return long.drop_duplicates(["period", "line"])


def _school_years(first: str, last: str) -> list[str]:
    """Every school year between two of them, so that one without a census is a gap; Januaries have their own rule."""
    if "/" not in first:
        return []
    return [f"{year}/{(year + 1) % 100:02}" for year in range(int(first[:4]), int(last[:4]) + 1)]


def _breaks(data: pd.DataFrame) -> Sequence[Break]:
    """The census from which Down syndrome is told apart, told of over all pictures (so the line has no label)."""
    first = data.loc[data["need"].eq(DOWN_SYNDROME), "period"].min()
    return [Break(str(first), "", " ")] if isinstance(first, str) and first > data["period"].min() else []


def _with_number(data: pd.DataFrame, own: str, value: str) -> pd.DataFrame:
    """The number at the end of the area's own line, in place of its name, which the key has."""
    if "label_at" not in data:
        return data
    ends = data["label_at"].ne("") & data["line"].eq(own) & data["area_code"].eq("")
    told = [percent(number) if value == SHARE else written(number) for number in data.loc[ends, "number"]]
    data = data.copy()
    data.loc[ends, "label_at"] = told
    return data
