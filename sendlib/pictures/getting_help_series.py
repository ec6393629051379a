"""What the pictures of Getting help share: the breaks of its series, what is not drawn and why, and lines with both."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd

from sendlib.answer import Answer, Mode, Text
from sendlib.answer.numbers import capital
from sendlib.pictures import lines
from sendlib.pictures.behind import Behind
from sendlib.pictures.lines import Axes, Lines
from sendlib.pictures.picture import Picture
from sendlib.questions.getting_help.health_changes import BREAKS
from sendlib.tables.periods import spoken
from sendlib.tables.symbols import NOT_AVAILABLE, WORDS

Y_TITLE = Text("Plans issued within 20 weeks, %", families="Ready in 20 weeks, of every 100 plans")
"""Of the upright axis of plans on time."""
NOTHING = "No figure was published, so nothing is drawn."


def breaks(about: str, mode: Mode, service: str = "") -> list[lines.Break]:
    """The breaks of one table's series, of one service or of all; on a shared screen and for families with their
    labels."""
    return [
        lines.Break(one.period, one.words.in_mode(mode), "" if mode == "explore" else one.label.in_mode(mode))
        for one in BREAKS
        if one.about == about and one.service in ("", service)
    ]


def in_sentences(marked: Sequence[lines.Break]) -> tuple[str, ...]:
    """What breaks with labels are, which is told on request."""
    return tuple(f"{capital(one.words)}." for one in marked if one.label)


def by_reason(data: pd.DataFrame, name: str, value: str, why: str = "why") -> dict[str, list[str]]:
    """Rows without a figure in `value`, by the reason in `why`: reason in words -> what has none (`name`)."""
    found: dict[str, list[str]] = {}
    for _, row in data[data[value].isna()].iterrows():
        found.setdefault(str(row[why]) or WORDS[NOT_AVAILABLE], []).append(str(row[name]))
    return {reason: list(dict.fromkeys(names)) for reason, names in found.items()}


def without(start: str, data: pd.DataFrame, name: str, value: str, why: str = "why") -> list[str]:
    """What is not drawn, a sentence for each reason: `No mark of Plymouth for Withdrawn: not available.`"""
    found = by_reason(data, name, value, why)
    return [f"{start} for {'; '.join(names)}: {reason}." for reason, names in found.items()]


@dataclass(frozen=True)
class Drawn:
    """What lines are drawn of: a table, its rows, the column of the lines and that of the number, axes, and what is
    said below, single lines behind them, and the looks and names at the ends of some (as Lines)."""

    table: str
    data: pd.DataFrame
    series: str
    value: str
    axes: Axes
    service: str = ""
    below: tuple[str, ...] = ()
    behind: Behind | None = None
    looks: Mapping[str, lines.Look] = field(default_factory=dict)
    at_ends: Mapping[str, str] = field(default_factory=dict)


def with_breaks(answer: Answer, mode: Mode, drawn: Drawn, marked: Sequence[lines.Break] | None = None) -> Picture:
    """Up to four lines with the breaks of their series (or those of another table's, `marked`); who has no line, or no
    newest point, is named with the reason."""
    found = Lines(
        drawn.data,
        "period",
        drawn.series,
        drawn.value,
        behind=drawn.behind,
        looks=drawn.looks,
        at_ends=drawn.at_ends,
    )
    below = (*(_gaps(drawn, found.known, mode) if "why" in drawn.data else ()), *drawn.below)
    return lines.picture(
        drawn.table,
        mode,
        found,
        drawn.axes,
        answer.tables[drawn.table].caption.in_mode(mode),
        breaks=breaks(drawn.table, mode, drawn.service) if marked is None else marked,
        below=below,
        nothing=NOTHING,
    )


def _gaps(drawn: Drawn, known: Sequence[str], mode: Mode) -> list[str]:
    """Lines without a figure, and lines without one in the newest period, with the reasons of that period."""
    data, last = drawn.data, str(drawn.data["period"].max())
    newest = data[data["period"].eq(last)]
    point = "number" if mode == "families" else "point"
    has_line = newest[drawn.series].isin(known)
    return [
        *without("No line", newest[~has_line], drawn.series, drawn.value),
        *without(f"No {point} in {spoken(last)}", newest[has_line], drawn.series, drawn.value),
    ]
