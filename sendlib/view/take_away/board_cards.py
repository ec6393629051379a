"""The cards of the board as HTML: a large number, a small line over time, and what is said under them."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from math import isnan
from urllib.parse import quote

import pandas as pd

from sendlib.answer import Answer, Mode
from sendlib.board import MOST, series
from sendlib.pictures import board as pictures
from sendlib.view.words import as_html

WIDE, HIGH = 168, 48
"""Pixels of a small line."""
_LONG = 8
"""Letters above which a number is written smaller."""
_LONG_NAME = 60
"""Letters above which the name of a measure is written smaller on a wall."""
_IN = {"explore": "", "show": "_room", "families": "_plainly"}


def as_cards(answer: Answer, mode: Mode) -> str:
    """All cards in the order of the board, and the key of their lines."""
    rows = answer.tables["board"].data
    rows = rows.head(MOST) if mode == "show" else rows
    seen: set[str] = set()
    cards = "".join(_card(answer, row, place, mode, seen) for place, (_, row) in enumerate(rows.iterrows(), start=1))
    key = (
        '<p class="spark-key"><span class="own">this area</span> <span class="england">England</span> Each line begins'
        " at nought; it breaks where the way of counting changed.</p>"
    )
    return f'<ol class="board {mode}">{cards}</ol>{key}'


def _card(answer: Answer, row: pd.Series, place: int, mode: Mode, seen: set[str]) -> str:
    lines = answer.tables["board_lines"].data
    held = pictures.drawn(lines[lines["code"].eq(row["code"])], mode)
    ours = f'<p class="ours">{escape(str(row["ours"]))}</p>' if row["ours"] else ""
    top = f'<div class="top"><div>{_newest(row, mode)}</div>{_spark(answer, row, held, mode)}</div>'
    return f"<li>{_name(row, place, mode)}{ours}{top}{_under(answer, row, mode, seen)}</li>"


def _said(row: pd.Series, name: str, mode: Mode) -> str:
    """A text of a row in a mode."""
    return str(row[f"{name}{_IN[mode]}"])


def _name(row: pd.Series, place: int, mode: Mode) -> str:
    name = _said(row, "measure", mode)
    size = ' class="long"' if len(name) > _LONG_NAME else ""
    return f'<h3{size}><span aria-hidden="true">{place}.</span> {escape(name)}</h3>'


def _newest(row: pd.Series, mode: Mode) -> str:
    """The newest figure, whether it can be right, and when it is of."""
    dated = row["period"] and (row["ours"] or not isnan(float(row["number"])))
    when = series.when(str(row["period"])) if dated else ""
    doubt = ' <span class="doubt">doubtful</span>' if row["doubtful"] and mode == "explore" else ""
    return f'{_number(_said(row, "figure", mode))}{doubt}<p class="when">{escape(when)}</p>'


def _under(answer: Answer, row: pd.Series, mode: Mode, seen: set[str]) -> str:
    """What stands under the number. On a wall what must be kept in mind takes the place of the change."""
    beside, change, standard, mind = (_said(row, name, mode) for name in ("beside", "change", "standard", "mind"))
    under = [beside, mind or change, standard] if mode == "show" else [beside, change, standard, mind]
    told = "".join(f"<p>{as_html(_sentence(words), mode, seen)}</p>" for words in under if words)
    told += _breaks(answer, row) if mode == "explore" else ""
    told += f'<p class="small">Next: {escape(str(row["next"]))}</p>' if mode != "show" and row["next"] else ""
    return told + (f'<p class="small">Source: {escape(str(row["source"]))}</p>' if _has_source(row, mode) else "")


def _has_source(row: pd.Series, mode: Mode) -> bool:
    return mode == "explore" and bool(row["source"]) and not row["ours"]


def _sentence(words: str) -> str:
    return words if words.endswith((".", "!", "?")) else f"{words}."


def _number(words: str) -> str:
    """The large number; words in its place are smaller."""
    size = "number" if any(sign.isdigit() for sign in words) else "none"
    return f'<p class="{size}{" long" if len(words) > _LONG else ""}">{escape(words)}</p>'


def _breaks(answer: Answer, row: pd.Series) -> str:
    """The breaks of a series in words, to be opened."""
    held = pictures.breaks(answer, str(row["code"]))
    if not held:
        return ""
    items = "".join(f"<li>{escape(series.when(one.period))}: {escape(one.words)}</li>" for one in held)
    name = escape(str(row["measure"]))
    return (
        f'<details><summary aria-label="Breaks in the series: {name}">Breaks in the series</summary><ul>{items}</ul>'
        "</details>"
    )


def _spark(answer: Answer, row: pd.Series, held: pd.DataFrame, mode: Mode) -> str:
    """The small line of a measure: the area's, England's thin, with the first and the last figure at its ends."""
    whose = str(row["whose"]).split("; ")
    own = held[held["whose"].eq(whose[0]) & held["number"].notna()] if len(whose) == 1 else held.head(0)
    if len(own) < 2:
        return ""
    with_it = held["period"].between(own["period"].iloc[0], own["period"].iloc[-1])
    england = held[held["whose"].eq("England") & held["number"].notna() & with_it]
    england = england if whose[0] != "England" else held.head(0)
    breaks = [one.period for one in pictures.breaks(answer, str(row["code"]))]
    both = pd.concat([own, england])
    first, last = min(map(_at, both["period"])), max(map(_at, both["period"]))
    top = float(both["number"].max()) or 1.0

    def drawn(one: pd.DataFrame, name: str, stroke: str) -> str:
        points = [
            (4 + (WIDE - 8) * (_at(when) - first) / ((last - first) or 1), HIGH - 4 - (HIGH - 8) * number / top)
            for when, number in zip(one["period"], one["number"], strict=True)
        ]
        parts = _parted([str(when) for when in one["period"]], points, breaks)
        return f'<i class="{name}" style="mask-image:url(&quot;{_curve(parts, stroke)}&quot;)"></i>'

    line = drawn(own, "own", 'stroke-width="2.6"')
    other = drawn(england, "england", 'stroke-width="1.6" stroke-dasharray="4 3"') if len(england) > 1 else ""
    ends = [own.iloc[0], own.iloc[-1]]
    labels = "".join(
        # Families read a share as so many of every 100, which has no room there.
        f"<b>{'' if mode == 'families' else f'{escape(_short(one, own, row))}<br>'}"
        f"{escape(series.briefly(str(one['period'])))}</b>"
        for one in ends
    )
    words = f"Over time: {_said(row, 'change', mode)}" if row["change"] else "Over time"
    return (
        f'<div class="spark"><span role="img" aria-label="{escape(words)}">{other}{line}</span>'
        f'<div class="ends">{labels}</div></div>'
    )


def _short(one: pd.Series, own: pd.DataFrame, row: pd.Series) -> str:
    """A number at the end of a line, with the sign of a share; whole where all of the line are."""
    whole = own["number"].eq(own["number"].round()).all()
    said = f"{float(one['number']):,.{0 if whole else 1}f}"
    return f"{said}%" if row["unit"] == "%" else said


def _at(period: str) -> float:
    """Where a period stands on an axis of years: `2025-01` and `2024/25` at the beginning of their year."""
    year, month = float(period[:4]), period[5:7]
    return year + (float(month) - 1) / 12 if period[4:5] == "-" and month.isdigit() and int(month) <= 12 else year


def _parted(
    periods: Sequence[str], points: Sequence[tuple[float, float]], breaks: Sequence[str]
) -> list[list[tuple[float, float]]]:
    """The points of a line in the parts between its breaks."""
    parts: list[list[tuple[float, float]]] = [[]]
    for place, (period, point) in enumerate(zip(periods, points, strict=True)):
        if place and any(periods[place - 1] < one <= period for one in breaks):
            parts.append([])
        parts[-1].append(point)
    return parts


def _curve(parts: Sequence[Sequence[tuple[float, float]]], stroke: str) -> str:
    """The parts of a line, with a point at the end of the last, as the address of an image."""
    lines = "".join(
        f'<polyline fill="none" stroke="#000" {stroke} points="{" ".join(f"{x:.1f},{y:.1f}" for x, y in part)}"/>'
        if len(part) > 1
        else f'<circle cx="{part[0][0]:.1f}" cy="{part[0][1]:.1f}" r="2.2"/>'
        for part in parts
    )
    x, y = parts[-1][-1]
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDE}" height="{HIGH}">{lines}'
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.5"/></svg>'
    )
    return f"data:image/svg+xml,{quote(svg)}"
