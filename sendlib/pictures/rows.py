"""Rows on one axis, each with its name over its marks, so that the marks have the whole width of a narrow screen.

Marks, bars and sums are all made of such rows.
"""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence

import pandas as pd

from sendlib.answer import Mode, Text
from sendlib.answer.numbers import written
from sendlib.pictures.palette import DARK_BLUE, INK, LIGHT_GREY, ORANGE, RULE
from sendlib.pictures.picture import SHOWN, UPRIGHT, Entry, Picture, Spec, config, is_series, sizes
from sendlib.tables.symbols import VALUE, WORDS

HEIGHT = 44
"""Pixels of a row that has its name over its marks."""
_BELOW = 62
"""Pixels of the axis below such rows, with a title of one line."""
_LETTER, _SMALLEST = 0.44, 11
"""How wide a letter of a row's name is at most, in sizes of letters, and the smallest size in pixels."""
_TITLE = 44
"""Letters of a title of an axis that a narrow screen has room for."""
ROOM = {"left": 5, "top": 5, "bottom": 5, "right": 48}
"""So that a number at the end of a bar, or the last word of an axis, is not cut off on a narrow screen."""
_MARKS: tuple[Spec, ...] = (
    {"shape": "circle", "filled": False, "color": DARK_BLUE, "strokeWidth": 3.5, "size": 190},
    {"shape": UPRIGHT, "filled": True, "color": INK, "size": 340},
    {"shape": "diamond", "filled": True, "color": ORANGE, "size": 70},
)
"""Of the area, the mean and England, from below to above: the area's is hollow, so that another at the same place is
seen."""
_DRAWINGS = (
    f'<circle cx="9" cy="9" r="7" fill="none" stroke="{DARK_BLUE}" stroke-width="3.5"/>',
    f'<rect x="8" y="0" width="3" height="18" fill="{INK}"/>',
    f'<path d="M9,4L14,9L9,14L4,9Z" fill="{ORANGE}"/>',
)


_NUMBER = 0.17
"""The part of the axis that a number beside a mark needs on a shared screen."""
_TOUCHES = 0.07
"""The part of the axis within which marks touch."""
_BAND_DRAWING = f'<rect x="0" y="5" width="18" height="8" fill="{LIGHT_GREY}"/>'


def rows(field: str, order: Sequence[str]) -> Spec:
    """The upright position of rows that have their names over their marks (names)."""
    scale = {"type": "band", "domain": list(order), "padding": 0}
    return {"field": field, "type": "nominal", "sort": None, "axis": None, "scale": scale}


def height(mode: Mode, number: int, title: str, row: int = HEIGHT) -> int:
    """Of a picture with so many rows over an axis: on a shared screen they divide what every picture has."""
    return SHOWN if mode == "show" else row * number + below(title)


def off_middle(part: float, number: int, more: float = 0) -> Spec:
    """So many parts of a row's height below its middle, in a picture of so many rows, whatever height it has; and some
    pixels more."""
    return {"expr": f"{part:g} * height / {number} + {more:g}"}


def names(mode: Mode, field: str, written_out: Mapping[str, str]) -> list[Spec]:
    """Layers with a line over each row and its name at the top of it.

    `written_out`: the value of `field` in the data -> the words that stand there.
    """
    y, size = rows(field, list(written_out)), sizes(mode)[0]
    data = {
        "values": [
            {field: value, "words": words, "halves": "|".join(textwrap.wrap(words, len(words) // 2 + 8))}
            for value, words in written_out.items()
        ]
    }
    # A long name on a narrow screen is written smaller rather than cut off, and then on two lines.
    room = f"width / ({_LETTER} * length(datum.words))"
    font = {"expr": f"max({_SMALLEST}, min({size}, {room}))"}
    text = {"expr": f"{room} < {_SMALLEST} ? datum.halves : datum.words"}
    across = {"x": {"value": 0}, "x2": {"value": "width"}}
    mark = {
        "type": "text",
        "align": "left",
        "baseline": "top",
        "yOffset": off_middle(-0.5, len(written_out), 2),
        "color": INK,
        "fontSize": font,
        "text": text,
        "lineBreak": "|",
    }
    return [
        {
            "data": data,
            "mark": {"type": "rule", "color": RULE},
            "encoding": {"y": {**y, "bandPosition": 0}, **across},
        },
        {"data": data, "mark": mark, "encoding": {"y": y, "x": {"value": 2}}},
    ]


def axis_title(text: str) -> Spec:
    """The title of an axis below rows, from the left and in lines that a narrow screen has room for; none for an empty
    text."""
    return {"title": textwrap.wrap(text, _TITLE) if len(text) > _TITLE else text or None, "titleAnchor": "start"}


def below(title: str) -> int:
    """Pixels of the axis below rows, by the lines of its title."""
    return _BELOW + 18 * (len(textwrap.wrap(title, _TITLE)) - 1) if title else 36


def limits(table: pd.DataFrame, columns: Sequence[str]) -> tuple[float, float]:
    """One axis for two pictures, so that they can be read together."""
    values = table[list(columns)].stack()
    low, high = float(values.min()), float(values.max())
    return (10 * (low // 10) if low < 0 else 0.0, 10 * (high // 10 + 1))


def marks(
    key: str,
    mode: Mode,
    table: pd.DataFrame,
    labels: Sequence[str],
    series: Mapping[str, str],
    x_title: str,
    caption: str,
    *,
    statuses: Sequence[str] = (),
    ends: tuple[float, float] | None = None,
    heading: str = "",
    below_it: tuple[str, ...] = (),
    nothing: str = "",
    across: bool = False,
    spread: tuple[str, str] = ("", ""),
) -> Picture:
    """Up to three marks a row: the area's, the mean's and England's, or others in their place.

    `labels` is the name of each row of `table`; `series`: name in the key -> column of `table`. A figure that is
    missing has no mark; where the first series has none, the row says why after its name, if `statuses` gives the
    reasons. `ends` fixes the axis. Without any figure nothing is drawn and `nothing` says so. `spread`: columns of
    the ends of the range of those compared, a band behind the marks.
    """
    points = [
        (label, name, row[column])
        for label, (_, row) in zip(labels, table.iterrows(), strict=True)
        for name, column in series.items()
    ]
    data = pd.DataFrame(points, columns=["label", "series", "share"]).dropna(subset=["share"])
    if data.empty:
        return Picture(key, {}, data, Text(nothing), heading=heading, below=below_it, nothing=nothing, across=across)
    if mode == "show" and ends:
        ends = ends[0], ends[1] + _NUMBER * (ends[1] - ends[0])
    spec = _marks_spec(mode, labels, statuses or [VALUE] * len(labels), list(series), x_title, ends)
    if mode == "show" and ends:
        spec["layer"] += _numbers(mode, data, labels, list(series)[0], ends, spec["layer"][-1]["encoding"]["x"])
    alt = Text(_alt(caption, data, list(series)), families=_alt(caption, data, list(series), ". "))
    key_of = legend(list(series))
    low, high = spread
    if low and table[low].notna().any():
        of_row = dict(zip(labels, zip(table[low], table[high], strict=True), strict=True))
        # Once a row, so that the band is drawn once.
        first = ~data["label"].duplicated()
        for place, end in enumerate(("low", "high")):
            data[end] = [
                of_row[label][place] if one else float("nan") for label, one in zip(data["label"], first, strict=True)
            ]
        spec["layer"].insert(2, _band(labels, spec["layer"][-1]["encoding"]["x"]))
        key_of = (*key_of, Entry(_BAND_DRAWING, "Range of those compared"))
    return Picture(key, spec, data, alt, legend=key_of, heading=heading, below=below_it, across=across)


def _band(labels: Sequence[str], x: Spec) -> Spec:
    """The range of those compared, behind the marks of its row."""
    return {
        "transform": [{"filter": "isValid(datum.low)"}],
        "mark": {"type": "bar", "height": 12, "yOffset": off_middle(0.25, len(labels)), "color": LIGHT_GREY},
        "encoding": {"y": rows("label", labels), "x": {**x, "field": "low"}, "x2": {"field": "high"}},
    }


def _numbers(
    mode: Mode, data: pd.DataFrame, labels: Sequence[str], own: str, ends: tuple[float, float], x: Spec
) -> list[Spec]:
    """The area's numbers beside its marks, or beyond those that it touches, on a side that is free; none where neither
    is."""
    whole, found = ends[1] - ends[0], []
    room, near = whole * _NUMBER / (1 + _NUMBER), whole * _TOUCHES
    for label, row in data.groupby("label", sort=False):
        shares = dict(zip(row["series"], row["share"], strict=True))
        if own not in shares:
            continue
        at, others = shares.pop(own), list(shares.values())
        last = max([at, *(other for other in others if at < other <= at + near)])
        first = min([at, *(other for other in others if at - near <= other < at)])
        right = last + room <= ends[1] and not any(last < other < last + room for other in others)
        left = first - room >= ends[0] and not any(first - room < other < first for other in others)
        if right or left:
            # Right of the area's own mark, else left of it, else beyond those that it touches.
            place, side = (first, "left") if left and (not right or first == at < last) else (last, "right")
            found.append({"label": label, "share": place, "words": written(at, 1), "side": side})
    text = {
        "type": "text",
        "baseline": "middle",
        "yOffset": off_middle(0.25, len(labels)),
        "fontSize": sizes(mode)[0],
        "fontWeight": "bold",
        "color": DARK_BLUE,
    }
    where: Spec = {"y": rows("label", labels), "x": x, "text": {"field": "words"}}
    return [
        {
            "data": {"values": [one for one in found if one["side"] == side]},
            "mark": {**text, "align": align, "dx": aside},
            "encoding": where,
        }
        for side, align, aside in (("right", "left", 13), ("left", "right", -13))
    ]


def legend(series: Sequence[str]) -> tuple[Entry, ...]:
    """The key of marks."""
    return tuple(Entry(drawing, name) for drawing, name in zip(_DRAWINGS, series, strict=False))


def _marks_spec(
    mode: Mode,
    labels: Sequence[str],
    statuses: Sequence[str],
    series: Sequence[str],
    x_title: str,
    ends: tuple[float, float] | None,
) -> Spec:
    row, at = rows("label", labels), off_middle(0.25, len(labels))
    written_out = {
        label: label if status == VALUE else f"{label} ({WORDS[status]})"
        for label, status in zip(labels, statuses, strict=True)
    }
    scale = {"domain": list(ends), "nice": False} if ends else {"zero": True}
    axis = {**axis_title(x_title), "tickCount": 5, "labelOverlap": "greedy", "labelSeparation": 8}
    x = {"field": "share", "type": "quantitative", "scale": scale, "axis": axis}
    tooltip = [
        {"field": "label", "title": "Row"},
        {"field": "series", "title": "Whose"},
        {"field": "share", "title": x_title, "format": ".1f"},
    ]
    layers = names(mode, "label", written_out)
    for name, mark in zip(series, _MARKS, strict=False):
        layers.append(
            {
                "transform": [{"filter": is_series(name)}],
                "mark": {"type": "point", "opacity": 1, "yOffset": at, **mark},
                "encoding": {"y": row, "x": x, "tooltip": tooltip},
            }
        )
    return {
        "height": height(mode, len(labels), x_title),
        "padding": {**ROOM, "right": 22},
        "layer": layers,
        "config": config(mode),
    }


def _alt(caption: str, data: pd.DataFrame, series: Sequence[str], between: str = "; ") -> str:
    """Marks in words: each row with its figures; for families each is a sentence."""
    told = []
    for label, held in data.groupby("label", sort=False):
        shares = dict(zip(held["series"], held["share"], strict=True))
        told.append(f"{label}: " + ", ".join(f"{name} {written(shares[name], 1)}" for name in series if name in shares))
    return f"{caption}. {between.join(told)}."


def bars(
    key: str,
    mode: Mode,
    table: pd.DataFrame,
    category: str,
    value: str,
    title: str,
    caption: str,
    *,
    decimals: int = 1,
    heading: str = "",
    below_it: tuple[str, ...] = (),
    nothing: str = "",
    longest: float | None = None,
) -> Picture:
    """Horizontal bars from zero, each with its name over it and its number at its end; rows without a figure have none.

    `longest` gives several pictures the scale of the longest bar of them all.
    """
    known = table.dropna(subset=[value])
    if known.empty:
        return Picture(
            key, {}, known[[category, value]], Text(nothing), heading=heading, below=below_it, nothing=nothing
        )
    order = [str(name) for name in known[category]]
    y, low = rows(category, order), off_middle(0.25, len(order))
    axis = {**axis_title(title), "tickCount": 5, "labelOverlap": "greedy", "labelSeparation": 8}
    scale = {"domain": [0, longest]} if longest else {"zero": True}
    x = {"field": value, "type": "quantitative", "scale": scale, "axis": axis}
    number = {
        "type": "text",
        "align": "left",
        "baseline": "middle",
        "dx": 6,
        "yOffset": low,
        "fontSize": sizes(mode)[0],
    }
    text = {"field": value, "type": "quantitative", "format": f",.{decimals}f"}
    spec = {
        "height": height(mode, len(order), title),
        "padding": ROOM,
        "layer": [
            *names(mode, category, {name: name for name in order}),
            {"mark": {"type": "bar", "color": DARK_BLUE, "height": 16, "yOffset": low}, "encoding": {"y": y, "x": x}},
            {"mark": number, "encoding": {"y": y, "x": x, "text": text}},
        ],
        "config": config(mode),
    }
    told = "; ".join(f"{name}: {written(one, decimals)}" for name, one in zip(order, known[value], strict=True))
    alt = Text(f"{caption}. {told}.")
    return Picture(key, spec, known[[category, value]], alt, heading=heading, below=below_it)
