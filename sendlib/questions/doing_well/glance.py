"""Doing well at a glance: the gap at 16 between pupils with an EHC plan and those without SEN."""

from __future__ import annotations

from collections.abc import Iterator
from math import isnan, nan

import pandas as pd

from sendlib.answer import TOO_FEW, Answer, Text
from sendlib.answer.glance import Glance, Point, line
from sendlib.answer.numbers import written
from sendlib.questions.doing_well.stages import STAGES
from sendlib.tables.outcomes import MEASURES

_MEASURE = "attainment_8"
_GAP = Text("Gap in GCSE scores at 16 between pupils with an EHC plan and without SEN")
_NONE = "Key stage 4 scores are published as averages, which can not be put together for several authorities."
_FEW = "So few children that a score may be that of a child or two."
_FIRST = "2017/18"
"""Before it the score had another scale."""
_BY_TEACHERS = ("2019/20", "2020/21")
"""School years whose grades teachers set: they stand in no line with the others."""


def of(answer: Answer) -> Glance:
    """The newest gap in the Attainment 8 score."""
    if answer.state == TOO_FEW:
        return Glance.without(_GAP, Text(_FEW))
    if "stages" not in answer.tables:
        return Glance.without(
            _GAP, Text(_NONE, families="GCSE scores are averages of single councils. They can not be put together.")
        )
    stages = answer.tables["stages"].data
    row = stages[stages["stage"].eq(STAGES[_MEASURE]) & stages["pupils_with"].eq("EHC plan")].iloc[0]
    gap, england, year = float(row["gap"]), float(row["england_gap"]), str(row["measured_in"])
    if isnan(gap):
        return Glance.without(_GAP, Text("The scores of these pupils are not available."))
    with_plan, without = (written(row[name], 1) for name in ("reached", "reached_without"))
    itself = answer.area.kind == "england"
    return Glance(
        Text(
            f"gap at 16 between average GCSE scores (Attainment 8, {year}) with an EHC plan and without SEN",
            show="gap at 16 between GCSE scores with an EHC plan and without SEN",
            families="is the gap at 16 between the average GCSE scores of pupils with a plan and pupils without SEND",
        ),
        Text(f"{written(gap, 1)} points", families=f"{written(gap)} points"),
        Text(
            f"{with_plan} against {without}" + ("" if itself else f"; England's gap {written(england, 1)}"),
            families=f"{written(row['reached'])} points with a plan, {written(row['reached_without'])} without SEND."
            + ("" if itself else f" In England the gap is {written(england)}."),
        ),
        line=line(Text("Gap in the Attainment 8 score", families="Gap in the GCSE score"), _years(answer, itself)),
    )


def _years(answer: Answer, itself: bool) -> Iterator[Point]:
    """The gap of each year whose scores can be compared."""
    scores = answer.tables["over_time"].data
    scores = scores[scores["what"].eq(MEASURES[_MEASURE].name) & scores["year"].ge(_FIRST)]
    own, england = _gaps(scores, answer.area.name), _gaps(scores, "England")
    for year, gap in own.items():
        if year not in _BY_TEACHERS:
            yield Point(str(year), float(gap), nan if itself else float(england.get(year, nan)))


def _gaps(scores: pd.DataFrame, group: str) -> pd.Series:
    """School year -> gap of a group."""
    held = scores[scores["group"].eq(group)].set_index(["year", "pupils_with"])["reached"].unstack()
    return held["No identified SEN"] - held["EHC plan or statement"]
