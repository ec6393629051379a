"""Pictures of Getting help: lines with the breaks of their series, and marks of the newest year.

A figure that is hidden or missing has no mark and is a gap in a line; which they are, and why, is said below.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import pandas as pd

from sendlib.answer import COMPARED, OWN, WHOLE, Answer, Mode
from sendlib.answer.numbers import capital
from sendlib.pictures import behind, getting_help_beside, getting_help_nhs, getting_help_story, lines, rows
from sendlib.pictures.getting_help_series import NOTHING, Y_TITLE, Drawn, breaks, in_sentences, with_breaks, without
from sendlib.pictures.lines import Axes, Lines
from sendlib.pictures.palette import DARK_BLUE
from sendlib.pictures.picture import Picture, Pictures, swatch
from sendlib.questions.getting_help import appeals_by_residents, waited_longer
from sendlib.questions.getting_help.lead_table import whose
from sendlib.questions.getting_help.process_parts import NO_SHARE, short
from sendlib.tables.process_measures import MEASURES

_HIGH, _HIGH_FOR_FAMILIES = 260, 240
"""Pixels of plans on time: the parts of Look closer begin on the first screen under it, and families scroll less."""
BESIDE = ("share", "comparator_mean", "england")
"""Columns of the area's figures, of those compared and of England's."""


def compared(answer: Answer, mode: Mode) -> list[str]:
    """Names of the area (of a health area of its authorities), of the mean of those compared (or of the one area that
    is), and of England, unless it is the area."""
    mean, area = answer.tables["on_time"].columns["comparator_mean"].heading, answer.area
    alone = mean == answer.comparators
    return [
        capital(whose(area).removeprefix("the ")) if area.kind in ("board", "location") else area.name,
        f"Average of {answer.compared_in(mode)}" if mode == "families" and not alone else mean,
        *([] if area.kind == "england" else [lines.ENGLAND]),
    ]


# Plans on time


def _on_time(answer: Answer, mode: Mode) -> list[Picture]:
    """A share of too few plans (`left_out`) is a gap; who was here before has a line of its own."""
    table = answer.tables["on_time"].data
    if answer.beside is not None and answer.lead == "on_time" and "on_time" in answer.beside.tables:
        return [getting_help_beside.on_time(answer, answer.beside, mode, compared(answer, mode)[1])]
    if "median" in table:
        return _told_with(_beside_its_own(answer, mode), answer, mode)
    before = [str(table["before_name"].iloc[0])] if "before" in table else []
    every = [*compared(answer, mode), *before]
    columns = dict(zip((*(name for name in BESIDE if name in table), "before"), every, strict=False))
    wide = table.assign(share=table["share"].where(table["left_out"].eq(""))).rename(columns=columns)
    long = wide.melt("period", every, var_name="whose", value_name="share")
    drawn = Lines(long, "period", "whose", "share", every, behind=behind.of(answer, "on_time", "share"))
    height = _HIGH_FOR_FAMILIES if mode == "families" else _HIGH
    axes = Axes("Calendar year", Y_TITLE.in_mode(mode), top=getting_help_story.TOP, height=height)
    title, marked = answer.title.in_mode(mode), breaks("on_time", mode)
    if answer.lead != "on_time":
        title = answer.tables["on_time"].caption.in_mode(mode)
    picture = lines.picture("on_time", mode, drawn, axes, title, breaks=marked, nothing=NOTHING)
    picture = getting_help_story.with_range(picture, answer, mode)
    return _told_with(getting_help_story.with_change(picture, answer, mode), answer, mode)


def _told_with(picture: Picture, answer: Answer, mode: Mode) -> list[Picture]:
    """The picture of plans on time with the rule of the law, and for families those who waited longer as people, which
    a shared screen is told on request."""
    marked = in_sentences(breaks("on_time", mode))
    drawn = [replace(getting_help_story.with_law(picture, mode), more=marked)]
    if mode == "show":
        return [replace(drawn[0], more=(*marked, waited_longer.in_words(answer.tables[waited_longer.NAME].data, mode)))]
    if mode != "families" or answer.beside is not None:  # analysts have the people in a part of their own
        return drawn
    return [*drawn, *(replace(one, later=True) for one in getting_help_story.people(answer, mode) if not one.nothing)]


OF_ITS_OWN = {
    "share": lines.ENGLAND,
    "high": "Upper end of the middle half",
    "median": "Middle authority",
    "low": "Lower end of the middle half",
}


def _beside_its_own(answer: Answer, mode: Mode) -> Picture:
    """England, and the middle half of its authorities."""
    wide = answer.tables["on_time"].data.rename(columns=OF_ITS_OWN)
    names = list(OF_ITS_OWN.values())
    long = wide.melt("period", names, var_name="whose", value_name="share")
    axes = Axes("Calendar year", Y_TITLE.in_mode(mode), top=getting_help_story.TOP, height=_HIGH)
    title = answer.title.in_mode(mode)
    drawn = Lines(long, "period", "whose", "share", names, behind=behind.of(answer, "on_time", "share"))
    marked = breaks("on_time", mode)
    picture = lines.picture("on_time", mode, drawn, axes, title, breaks=marked, nothing=NOTHING)
    return getting_help_story.with_change(picture, answer, mode)


# Steps of the authority


def _steps(name: str, answer: Answer, mode: Mode) -> list[Picture]:
    """Shares of the newest year beside those compared and England."""
    table, names = answer.tables[name], compared(answer, mode)
    data = table.data
    newest = data[data["period"].eq(data["period"].max()) & data["share_of"].ne(NO_SHARE)]
    newest = newest.assign(measure=newest["measure"].map(short))
    beside = [column for column in BESIDE if column in newest]
    drawn = newest[newest[beside].notna().any(axis=1)]
    below = (
        *without(f"No mark of {names[0]}", newest, "measure", "share"),
        *without(
            f"No {_one_of_them(answer)}",
            newest[newest["why_no_mean"].ne("")],
            "measure",
            "comparator_mean",
            "why_no_mean",
        ),
    )
    series = dict(zip(names, beside, strict=True))
    caption = table.caption.in_mode(mode)
    return [
        rows.marks(name, mode, drawn, list(drawn["measure"]), series, "%", caption, below_it=below, nothing=NOTHING)
    ]


def _one_of_them(answer: Answer) -> str:
    """What is missing where those compared have no mark or point: `mean of those compared`, `mark of Barnsley`."""
    alone = answer.tables["on_time"].columns["comparator_mean"].heading == answer.comparators
    return f"mark of {answer.comparators}" if alone else "mean of those compared"


def _tribunal(answer: Answer, mode: Mode) -> list[Picture]:
    data, names = answer.tables["tribunal"].data, compared(answer, mode)
    appeals = data[data["measure"].eq(MEASURES["appeals"].name)]
    beside = [column for column in BESIDE if column in appeals]
    long = appeals.rename(columns=dict(zip(beside, names, strict=True))).melt(
        "period", names, var_name="whose", value_name="rate"
    )
    below = (
        *without(f"No point of {names[0]}", appeals, "period", "share"),
        *without(
            f"No {_one_of_them(answer)}",
            appeals[appeals["why_no_mean"].ne("")],
            "period",
            "comparator_mean",
            "why_no_mean",
        ),
    )
    axes = Axes("Calendar year", "Appeals per 100 decisions")
    return [
        with_breaks(
            answer,
            mode,
            Drawn("tribunal", long, "whose", "rate", axes, below=below, behind=behind.of(answer, "tribunal", "share")),
        )
    ]


_MOST_COMPARED = 15
"""Areas that are drawn one by one beside the area."""


def _by_residents(answer: Answer, mode: Mode) -> list[Picture]:
    """Appeals by residents in the newest year: the area, those compared from high to low where they are not many, and
    England."""
    table = answer.tables[appeals_by_residents.NAME]
    newest = table.data[table.data["period"].eq(table.data["period"].max())]
    compared = newest[newest["whose"].eq(COMPARED)].sort_values("rate", ascending=False)
    drawn = pd.concat(
        [newest[newest["whose"].eq(OWN)], *([compared] if len(compared) <= _MOST_COMPARED else [])]
        + [newest[newest["whose"].eq(WHOLE)]]
    )
    below = () if len(compared) <= _MOST_COMPARED else (f"{capital(answer.comparators)}: one by one in the numbers.",)
    lack = drawn[drawn["rate"].isna()]
    if len(lack):
        below = (*below, f"No bar: {'; '.join(lack['area'])} (not available).")
    axis, caption = "Appeals per 10,000 residents aged 0 to 25", table.caption.in_mode(mode)
    name = appeals_by_residents.NAME
    picture = rows.bars(name, mode, drawn, "area", "rate", axis, caption, below_it=below, nothing=NOTHING)
    return [picture if picture.nothing else replace(picture, legend=(swatch(DARK_BLUE, axis),))]


def _demand(answer: Answer, mode: Mode) -> list[Picture]:
    axes = Axes("Calendar year", "In the year")
    return [with_breaks(answer, mode, Drawn("demand", answer.tables["demand"].data, "measure", "counted", axes))]


def _budgets(answer: Answer, mode: Mode) -> list[Picture]:
    data, name = answer.tables["budgets"].data, MEASURES["personal_budgets"].name
    drawn = Drawn("budgets", data[data["measure"].eq(name)], "measure", "counted", Axes("January", name))
    return [with_breaks(answer, mode, drawn)]


PICTURES: Pictures = {
    "on_time": _on_time,
    waited_longer.NAME: getting_help_story.people,
    **{name: partial(_steps, name) for name in ("decisions", "late", "assessments", "ceased", "reviews")},
    "tribunal": _tribunal,
    appeals_by_residents.NAME: _by_residents,
    "demand": _demand,
    "budgets": _budgets,
    **getting_help_nhs.PICTURES,
}
