"""Pictures of the board: the lines of each of its measures, in their order."""

from __future__ import annotations

import pandas as pd

from sendlib.answer import Answer, Mode
from sendlib.answer.numbers import capital
from sendlib.pictures import lines
from sendlib.pictures.lines import Axes, Break, Lines
from sendlib.pictures.picture import Picture, Pictures

_A_DAY = len("2023-01-31")


def _board(answer: Answer, mode: Mode) -> list[Picture]:
    """A picture a measure: the area's line, those compared's and England's, with the breaks of the series."""
    rows = answer.tables["board"].data
    rows = rows[rows["ours"].eq("")]  # a reader's own figure is one number
    return [_of(answer, row, place, mode) for place, (_, row) in enumerate(rows.iterrows(), start=1)]


def _of(answer: Answer, row: pd.Series, place: int, mode: Mode) -> Picture:
    told = answer.tables["board_lines"].data
    held = drawn(told[told["code"].eq(row["code"])], mode)
    if mode == "families":
        plain = f"Average of {answer.compared_in(mode)}"
        held = held.assign(whose=held["whose"].replace(f"Mean of {answer.comparators}", plain))
    periods = sorted(held["period"].unique())
    name = str(row[{"explore": "measure", "show": "measure_room", "families": "measure_plainly"}[mode]])
    unit = str(held["unit"].iloc[0]) if len(held) else ""
    axes = Axes(
        "When",
        capital(unit),
        months=any(len(one) == _A_DAY for one in periods),
        every_year=all(one.endswith("-01") for one in periods),
    )
    return lines.picture(
        f"board_{place}",
        mode,
        Lines(held, "period", "whose", "number"),
        axes,
        f"{name}, {answer.area.name}",
        breaks=breaks(answer, str(row["code"])),
        heading=f"{place}. {name}",
        nothing=f"{name}: not available for {answer.area.name}.",
    )


def drawn(data: pd.DataFrame, mode: Mode) -> pd.DataFrame:
    """The figures of a measure that a mode draws: in Show and Families none that rests on one to four children, or that
    can not be right."""
    not_there = data["few"].astype(bool) | data["doubtful"].ne("")
    hidden = data["left_out"].ne("") | (not_there & (mode != "explore"))
    return data.assign(number=data["number"].mask(hidden))


def breaks(answer: Answer, code: str) -> list[Break]:
    """Where the series of a measure breaks."""
    held = answer.tables["board_breaks"].data
    return [Break(str(one["period"]), str(one["what"])) for _, one in held[held["code"].eq(code)].iterrows()]


PICTURES: Pictures = {"board": _board}
