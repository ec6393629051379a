"""Plans on time of two areas side by side: a line each in its own colour and with its name; all else in grey."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from sendlib.answer import Answer, Mode
from sendlib.pictures import behind, getting_help_story, lines
from sendlib.pictures.getting_help_series import NOTHING, Y_TITLE, breaks, in_sentences
from sendlib.pictures.lines import Axes, Lines, Look
from sendlib.pictures.palette import DARK_BLUE, MID_GREY, ORANGE
from sendlib.pictures.picture import Picture
from sendlib.pictures.two_areas import BESIDE_IN_WORDS

_MOST = 6
"""Lines: both areas, who was there before each, the mean and England; all but two are grey."""
_GREYS: tuple[Look, ...] = ((MID_GREY, [2, 3]), (MID_GREY, [10, 3, 2, 3]), (MID_GREY, [8, 3]), (MID_GREY, [4, 4]))


def on_time(answer: Answer, other: Answer, mode: Mode, mean: str) -> Picture:
    """The shares of both, of who was there before either, of those compared with the first (`mean`), and of England."""
    names = [answer.area.name, other.area.name]
    parts = [_of(one, name) for one, name in zip((answer, other), names, strict=True)]
    befores = [_before(one) for one in (answer, other)]
    around = {f"{mean} ({answer.area.short_name})": "comparator_mean", lines.ENGLAND: "england"}
    held = answer.tables["on_time"].data
    around = {name: column for name, column in around.items() if column in held and name not in names}
    grey = [held[["period"]].assign(share=held[column], whose=name) for name, column in around.items()]
    long = pd.concat([*parts, *(one for one in befores if one is not None), *grey], ignore_index=True)
    every = list(dict.fromkeys(long["whose"]))
    looks, at_ends = looks_of_two([*names, *(name for name in every if name not in names)])
    drawn = Lines(
        long,
        "period",
        "whose",
        "share",
        every,
        looks=looks,
        most=_MOST,
        at_ends=at_ends,
        behind=behind.of(answer, "on_time", "share"),
    )
    axes = Axes("Calendar year", Y_TITLE.in_mode(mode), top=getting_help_story.TOP, height=300)
    title = answer.title.in_mode(mode)
    marked = breaks("on_time", mode)
    picture = lines.picture("on_time", mode, drawn, axes, title, breaks=marked, nothing=NOTHING)
    return replace(getting_help_story.with_law(picture, mode), more=in_sentences(marked))


def waits(answer: Answer, other: Answer) -> pd.DataFrame:
    """The lists of two boards, and England's once: the rows of the first, of the second, and of the rest."""
    both = pd.concat([one.tables["waits"].data for one in (answer, other)], ignore_index=True)
    both = both.drop_duplicates(["health_area", "period"])
    of_england = both["health_area"].eq(lines.ENGLAND)
    return pd.concat([both[~of_england], both[of_england]], ignore_index=True)


def looks_of_two(names: Sequence[str]) -> tuple[dict[str, Look], dict[str, str]]:
    """How lines look, and which have their names at their ends in which colour: the first two are the areas' own, the
    others are grey."""
    looks: dict[str, Look] = {names[0]: (DARK_BLUE, [1, 0]), names[1]: (ORANGE, [8, 3])}
    looks |= dict(zip(names[2:], _GREYS, strict=False))
    return looks, {names[0]: DARK_BLUE, names[1]: BESIDE_IN_WORDS}


def _of(answer: Answer, name: str) -> pd.DataFrame:
    """The shares of one area; one of too few plans is a gap."""
    table = answer.tables["on_time"].data
    return table[["period"]].assign(share=table["share"].where(table["left_out"].eq("")), whose=name)


def _before(answer: Answer) -> pd.DataFrame | None:
    """Those of who stood there before, if anybody."""
    table = answer.tables["on_time"].data
    if "before" not in table:
        return None
    return table[["period"]].assign(share=table["before"], whose=str(table["before_name"].iloc[0]))
