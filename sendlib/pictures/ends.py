"""Names at the ends of lines, apart from one another."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence

import pandas as pd

from sendlib.answer import Mode
from sendlib.answer.numbers import written
from sendlib.pictures import behind as single
from sendlib.pictures import palette, pinned
from sendlib.pictures.behind import Behind
from sendlib.pictures.picture import Spec, is_series, sizes
from sendlib.pictures.pinned import Pin

_LEADING = 1.16
"""Height of a row of letters, in sizes of the letters."""
PADDING = {"left": 5, "top": 5, "bottom": 5, "right": 14}
"""Pixels around a picture with names at its ends: they are drawn a little wider than they are reckoned."""
_ROW, _ROW_SHOWN = 14, 18
"""Letters of a name in a row; on a shared screen its number stands after it."""
_NO_ROOM = 480
"""Pixels of a shared screen's picture on a phone below which lines are named in the key alone."""


def with_single(data: pd.DataFrame, behind: Behind | None, periods: Sequence[str]) -> pd.DataFrame:
    """The rows of lines with those of single areas; `area_code` is empty where a row is of no single one."""
    data = data.assign(area_code="", area="")
    if behind is None or behind.drawn.empty:
        return data
    more = single.every_period(behind, periods)[list(data.columns)]
    # Those behind a line that is not drawn are not drawn either.
    more = more[more["line"].isin(["", *data["line"]])]
    return pd.concat([data, more], ignore_index=True)


def with_names(
    data: pd.DataFrame, at_ends: Mapping[str, str], pins: Sequence[Pin], top: float | None, height: int, mode: Mode
) -> pd.DataFrame:
    """`label_at`: the name of a line at its last figure, and `label_y` where it stands on the upright axis: at the
    figure, or as near to it as leaves room for the others. `at_ends` are lines, `pins` single areas. On a shared screen
    the figure stands after the name."""
    held = data[data["number"].notna()]
    last = held.groupby(["area_code", "line"], sort=False).tail(1)
    names = {pin.code: pin.name for pin in pins}
    lines = last["line"].isin(list(at_ends)) & last["area_code"].eq("")
    last = last[lines | last["area_code"].isin(list(names))].sort_values("number")
    called = [names.get(code, line) for code, line in zip(last["area_code"], last["line"], strict=True)]
    if mode == "show":
        whole = bool((held["number"] % 1 == 0).all())
        called = [f"{name} {written(at, 0 if whole else 1)}" for name, at in zip(called, last["number"], strict=True)]
    labels = [_on_rows(name, _ROW_SHOWN if mode == "show" else _ROW) for name in called]
    end = top or float(held["number"].max()) or 1.0
    row = _LEADING * sizes(mode)[0] * end / height
    heights = [row * (label.count("|") + 1) for label in labels]
    places = apart(last["number"].tolist(), heights, end)
    found = data.assign(label_at="", label_y=float("nan"))
    found.loc[last.index, "label_at"] = labels
    found.loc[last.index, "label_y"] = places
    return found


def _on_rows(name: str, letters: int) -> str:
    """A name on rows that are short, since they stand beside the plot."""
    return "|".join(textwrap.wrap(name, letters, break_long_words=False))


def of_last(data: pd.DataFrame, colours: Mapping[str, str]) -> dict[str, str]:
    """The lines that have a figure in the last period, so that a name at the end stands in nobody's way, with the
    colour of the words (`colours` are those of the lines)."""
    last = data.loc[data["period"].eq(data["period"].iloc[-1]) & data["number"].notna(), "line"]
    return {name: palette.for_words(colour) for name, colour in colours.items() if name in set(last)}


def apart(middles: Sequence[float], heights: Sequence[float], end: float) -> list[float]:
    """Middles of labels, moved so that none lies over another and none beyond an end of the axis from nought."""
    order = sorted(range(len(middles)), key=lambda place: middles[place])
    moved = _in_order([middles[place] for place in order], [heights[place] for place in order], end)
    found = dict(zip(order, moved, strict=True))
    return [found[place] for place in range(len(middles))]


def _in_order(middles: list[float], heights: list[float], end: float) -> list[float]:
    """The same of labels whose lowest comes first: up from nought, then down from the end."""
    found = [max(middle, tall / 2) for middle, tall in zip(middles, heights, strict=True)]
    for place in range(1, len(found)):
        found[place] = max(found[place], found[place - 1] + (heights[place - 1] + heights[place]) / 2)
    upper = end
    for place in reversed(range(len(found))):
        found[place] = min(found[place], upper - heights[place] / 2)
        upper = found[place] - heights[place] / 2
    return found


def layers(mode: Mode, encoding: Spec, at_ends: Mapping[str, str]) -> list[Spec]:
    """The names, each to the right of where its line ends; lines in their own colours, single areas in theirs."""
    where = {"x": encoding["x"], "y": {**encoding["y"], "field": "label_y"}}
    style: Spec = {"align": "left", "baseline": "middle", "dx": 10}
    if mode == "show":
        style["text"] = {"expr": f"width < {_NO_ROOM} ? '' : datum.label_at"}
    found = pinned.labels(mode, where, "datum.label_at !== '' && datum.area_code !== ''", colour=pinned.COLOUR, **style)
    for name, colour in at_ends.items():
        test = f"datum.label_at !== '' && datum.area_code === '' && {is_series(name, 'line')}"
        found += pinned.labels(mode, where, test, colour=colour, fontWeight="bold", **style)
    return found
