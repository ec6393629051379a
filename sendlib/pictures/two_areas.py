"""What pictures of two areas share: a colour and a shape for each, and rows with a mark of both on one axis. All else
(a mean, England) steps back to grey."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from sendlib.answer import Answer, Mode, Text
from sendlib.answer.numbers import written
from sendlib.pictures import row_foot, rows
from sendlib.pictures.lines import ENGLAND
from sendlib.pictures.palette import DARK_BLUE, MID_GREY, ORANGE, ORANGE_WORDS, PAPER
from sendlib.pictures.picture import UPRIGHT, Entry, Picture, Spec, config, is_series, sizes

BESIDE_IN_WORDS = ORANGE_WORDS
"""The second area's colour for words and thin lines, which need more contrast than its marks."""
_OWN: Spec = {"shape": "circle", "filled": False, "color": DARK_BLUE, "strokeWidth": 3.5, "size": 190}
_BESIDE: Spec = {"shape": "square", "filled": True, "color": ORANGE, "size": 110, "stroke": PAPER, "strokeWidth": 1}
"""The first area's mark is hollow, so that the second at the same place is seen in it."""
_MEAN: Spec = {"shape": UPRIGHT, "filled": True, "color": MID_GREY, "size": 300}
_ENGLAND: Spec = {"shape": "diamond", "filled": True, "color": MID_GREY, "size": 60}
OWN_DRAWING = f'<circle cx="9" cy="9" r="7" fill="none" stroke="{DARK_BLUE}" stroke-width="3.5"/>'
BESIDE_DRAWING = f'<rect x="4" y="4" width="10" height="10" fill="{ORANGE}"/>'
_MEAN_DRAWING = f'<rect x="8" y="0" width="3" height="18" fill="{MID_GREY}"/>'
_ENGLAND_DRAWING = f'<path d="M9,4L14,9L9,14L4,9Z" fill="{MID_GREY}"/>'
_NARROWEST, _A_LETTER, _BESIDE_A_MARK = 300, 0.52, 14
"""Pixels of the narrowest picture in which a name stands at its mark, the width of a letter as a part of its height,
and pixels between mark and name."""
_LANES = 74
"""Pixels of a row in which each area has a line of its own, for its range and its number."""
_NAME = 22
"""Pixels of such a row that hold its name."""
_LONGEST_NAME = 16
"""Letters of a name that stands with the number of the first row."""


@dataclass(frozen=True)
class Rows:
    """Rows with the figures of two areas: a frame with a row for each, its names, and which columns are drawn.

    `label`: the column with the names of the rows. `own` and `beside`: (name in the key, column) of the areas; `grey`:
    the same of what steps back, the mean and England. `ranges`: name in the key -> columns of the ends of its range.
    `remarks`: the words after the name of a row, as `Devon: not available`.
    """

    table: pd.DataFrame
    label: str
    own: tuple[str, str]
    beside: tuple[str, str]
    grey: Mapping[str, str]
    ranges: Mapping[str, tuple[str, str]]
    remarks: Sequence[str] = ()

    @property
    def series(self) -> dict[str, str]:
        """Name in the key -> column, in the order of the key."""
        return {self.own[0]: self.own[1], self.beside[0]: self.beside[1], **self.grey}

    @property
    def columns(self) -> list[str]:
        """The columns that need room on the axis."""
        return [*self.series.values(), *(end for ends in self.ranges.values() for end in ends)]


def names(answer: Answer) -> tuple[str, str]:
    """The two areas as a key names them."""
    other = answer.beside.area.name if answer.beside else ""
    return answer.area.name, other


def points(held: Rows) -> pd.DataFrame:
    """A row for each figure: label, series, share, and the ends of its range where it has one."""
    found = []
    for name, column in held.series.items():
        ends = held.ranges.get(name)
        found.append(
            pd.DataFrame(
                {
                    "label": held.table[held.label],
                    "series": name,
                    "share": held.table[column].astype(float),
                    "low": held.table[ends[0]].astype(float) if ends else float("nan"),
                    "high": held.table[ends[1]].astype(float) if ends else float("nan"),
                }
            )
        )
    return pd.concat(found, ignore_index=True).dropna(subset=["share"])


def strip(
    key: str,
    mode: Mode,
    held: Rows,
    ends: tuple[float, float],
    axis: str,
    caption: str,
    *,
    heading: str = "",
    below: tuple[str, ...] = (),
    foot: Mapping[str, str] | None = None,
) -> Picture:
    """Rows on one axis with a mark of each area, named once at the marks where there is room, and in the key; `foot`:
    row -> a line of words at its foot."""
    number = len(held.table)
    data, at = points(held), row_foot.marks(mode, number) if foot else rows.off_middle(0.25, number)
    y, x = _places(held, ends, axis)
    own, beside, size = held.own[0], held.beside[0], sizes(mode)[0]
    layers = [
        *(_marks(name, _ENGLAND if name == ENGLAND else _MEAN, y, x, at) for name in held.grey),
        _marks(own, _OWN, y, x, at),
        _marks(beside, _BESIDE, y, x, at),
        *(_name(one, y, x, at, size) for one in _named(data, (own, beside), ends, size)),
        *([row_foot.layer(mode, "label", foot)] if foot else []),
    ]
    step = row_foot.HEIGHT if foot else rows.HEIGHT
    return _picture(key, mode, held, data, step, layers, axis, caption, 1, heading, below)


def lanes(key: str, mode: Mode, held: Rows, largest: float, axis: str, caption: str, *, heading: str = "") -> Picture:
    """Rows from nought in which each area has a line of its own: its mark, its range and its whole number, in the first
    row with its name."""
    data = points(held)
    data["end"] = data["high"].fillna(data["share"])
    pair, size = (held.own[0], held.beside[0]), sizes(mode)[0]
    first = data["label"].eq(held.table[held.label].iloc[0]) & (max(map(len, pair)) <= _LONGEST_NAME)
    numbers = data["share"].map(lambda share: written(share))
    data["words"] = numbers.where(~first, data["series"] + " " + numbers)
    # So that the words right of a range are within the narrowest picture.
    part = (data["words"].str.len() * size * _A_LETTER + _BESIDE_A_MARK) / _NARROWEST
    y, x = _places(held, (0.0, max(largest, float((data["end"] / (1 - part.clip(upper=0.6))).max()))), axis)
    layers: list[Spec] = []
    colours = ((_OWN, DARK_BLUE, DARK_BLUE), (_BESIDE, ORANGE, BESIDE_IN_WORDS))
    for place, (name, (style, colour, in_words)) in enumerate(zip(pair, colours, strict=True)):
        # Under the name of the row each has half of what is left of it.
        part = (place * 2 + 1) / 4
        at = rows.off_middle(part - 0.5, len(held.table), _NAME * (1 - part))
        test = [{"filter": is_series(name)}]
        rule = {"type": "rule", "strokeWidth": 5, "opacity": 0.45, "color": colour, "yOffset": at}
        text = {"type": "text", "align": "left", "baseline": "middle", "dx": 12, "yOffset": at, "fontSize": size}
        layers += [
            {
                "transform": [{"filter": f"{is_series(name)} && isValid(datum.low)"}],
                "mark": rule,
                "encoding": {"y": y, "x": {**x, "field": "low"}, "x2": {"field": "high"}},
            },
            _marks(name, style, y, x, at),
            {
                "transform": test,
                "mark": {**text, "fontWeight": "bold", "color": in_words},
                "encoding": {"y": y, "x": {**x, "field": "end"}, "text": {"field": "words"}},
            },
        ]
    return _picture(key, mode, held, data, _LANES, layers, axis, caption, 0, heading, ())


def key_of(held: Rows, drawn: Sequence[str]) -> tuple[Entry, ...]:
    """The key of such rows: only what is drawn."""
    grey = (_ENGLAND_DRAWING if name == ENGLAND else _MEAN_DRAWING for name in held.grey)
    drawings = zip(held.series, (OWN_DRAWING, BESIDE_DRAWING, *grey), strict=True)
    return tuple(Entry(drawing, name) for name, drawing in drawings if name in drawn)


def _picture(
    key: str,
    mode: Mode,
    held: Rows,
    data: pd.DataFrame,
    step: int,
    layers: list[Spec],
    axis: str,
    caption: str,
    decimals: int,
    heading: str,
    below: tuple[str, ...],
) -> Picture:
    """Marks under the names of their rows, with the key, and in words."""
    labels = list(held.table[held.label])
    remarks = held.remarks or [""] * len(labels)
    written_out = {
        label: f"{label} ({remark})" if remark else label for label, remark in zip(labels, remarks, strict=True)
    }
    spec = {
        "height": rows.height(mode, len(labels), axis, step),
        "padding": {**rows.ROOM, "right": 22},
        "layer": [*rows.names(mode, "label", written_out), *layers],
        "config": config(mode),
    }
    drawn = [name for name in held.series if data["series"].eq(name).any()]
    alt = Text(" ".join((f"{caption}. {_in_words(data, drawn, decimals)}", *below)))
    return Picture(key, spec, data, alt, legend=key_of(held, drawn), heading=heading, below=below, across=True)


def _in_words(data: pd.DataFrame, drawn: Sequence[str], decimals: int) -> str:
    """`Phonics: Plymouth 79.0, Devon 61.0; ...`: each row with its figures."""
    told = []
    for label, figures in data.groupby("label", sort=False):
        shares = dict(zip(figures["series"], figures["share"], strict=True))
        said = ", ".join(f"{name} {written(shares[name], decimals)}" for name in drawn if name in shares)
        told.append(f"{label}: {said}")
    return f"{'; '.join(told)}."


def _places(held: Rows, ends: tuple[float, float], title: str) -> tuple[Spec, Spec]:
    """Where a mark stands: its row, and along the axis."""
    axis = {**rows.axis_title(title), "tickCount": 5, "labelOverlap": "greedy", "labelSeparation": 8}
    x = {"field": "share", "type": "quantitative", "scale": {"domain": list(ends), "nice": False}, "axis": axis}
    return rows.rows("label", list(held.table[held.label])), x


def _marks(name: str, style: Spec, y: Spec, x: Spec, at: Spec) -> Spec:
    """The marks of one series, so far below the middle of their rows (rows.off_middle)."""
    tooltip = [
        {"field": "label", "title": "Row"},
        {"field": "series", "title": "Whose"},
        {"field": "share", "title": "Figure", "format": ",.1~f"},
    ]
    return {
        "transform": [{"filter": is_series(name)}],
        "mark": {"type": "point", "opacity": 1, "yOffset": at, **style},
        "encoding": {"y": y, "x": x, "tooltip": tooltip},
    }


def _name(one: dict[str, object], y: Spec, x: Spec, at: Spec, size: int) -> Spec:
    """A name beside its mark."""
    left = one["side"] == "left"
    mark = {
        "type": "text",
        "align": "right" if left else "left",
        "baseline": "middle",
        "dx": -_BESIDE_A_MARK if left else _BESIDE_A_MARK,
        "yOffset": at,
        "fontSize": size,
        "fontWeight": "bold",
        "color": one["colour"],
    }
    return {
        "data": {"values": [one]},
        "mark": mark,
        "encoding": {"y": y, "x": x, "text": {"field": "words"}},
    }


def _named(data: pd.DataFrame, pair: tuple[str, str], ends: tuple[float, float], size: int) -> list[dict[str, object]]:
    """Both names at the marks of the first row where, in the narrowest picture, they cover no other mark and stay
    within it; none where there is no such row."""
    colours = dict(zip(pair, (DARK_BLUE, BESIDE_IN_WORDS), strict=True))
    for label, row in data.groupby("label", sort=False):
        at = dict(zip(row["series"], _NARROWEST * (row["share"] - ends[0]) / (ends[1] - ends[0]), strict=True))
        if not set(pair) <= set(at):
            continue
        left, right = sorted(pair, key=lambda name: at[name])
        long = {name: _BESIDE_A_MARK + len(name) * size * _A_LETTER for name in pair}
        free = [place for name, place in at.items() if name not in pair]
        clear = not any(
            at[left] - long[left] - 6 < place < at[left] or at[right] < place < at[right] + long[right] + 6
            for place in free
        )
        if clear and at[left] >= long[left] and at[right] + long[right] <= _NARROWEST:
            shares = dict(zip(row["series"], row["share"], strict=True))
            return [
                {"label": label, "share": shares[name], "words": name, "side": side, "colour": colours[name]}
                for name, side in ((left, "left"), (right, "right"))
            ]
    return []
