"""Pictures of a rehearsal of linkage, on MADE-UP children."""

from __future__ import annotations

import math

import pandas as pd

from sendlib.answer import Answer, Mode, Text
from sendlib.answer.numbers import written
from sendlib.linking.fields import WAYS
from sendlib.pictures import rows
from sendlib.pictures.palette import DARK_BLUE, INK, MID_GREY, ORANGE
from sendlib.pictures.picture import Picture, Pictures, Spec, config, sizes, swatch

_TOGETHER = "Together"
_AXIS = "Weight: 1 more doubles the odds of one child"
_TOLD_APART = {"By name and home": ("Name", "Home"), "By kind of slip": ("Slip",)}
"""The heading of a picture -> what its rows are grouped by."""


def _ways(answer: Answer, mode: Mode) -> list[Picture]:
    """A bar a way of reading the lists."""
    table = answer.tables["ways"]
    caption = table.caption.in_mode(mode)
    title = "MADE UP: linked, % of education's children"
    return [rows.bars("rehearsal_ways", mode, table.data, "way", "rate", title, caption, longest=100)]


def _groups(answer: Answer, mode: Mode) -> list[Picture]:
    """Who is found, in three marks a group: as names are written, with hyphens mended, with everything mended."""
    table = answer.tables["groups"]
    series = {words: way for way, words in WAYS.items()}
    drawn = []
    for at, (heading, grouped) in enumerate(_TOLD_APART.items(), start=1):
        held = table.data[table.data["grouped"].isin(grouped)]
        labels = [f"{row.group} ({written(row.children)})" for row in held.itertuples()]
        drawn.append(
            rows.marks(
                f"rehearsal_groups_{at}",
                mode,
                held,
                labels,
                series,
                "MADE UP: rightly linked, % of the group",
                f"{table.caption.in_mode(mode)}. {heading}",
                ends=(0, 100),
                heading=f"{heading} (number of MADE-UP children)",
                nothing="No such children were made up.",
            )
        )
    return drawn


def _pair(answer: Answer, mode: Mode) -> list[Picture]:
    """The waterfall of a pair: each field begins where the one before it ends."""
    table = answer.tables["pair"].data
    data = _fall(table)
    low, high = min(0.0, data["low"].min()), max(0.0, data["high"].max())
    room = (high - low) * 0.12
    ends = (math.floor(low - room), math.ceil(high + room))
    caption = answer.tables["pair"].caption.in_mode(mode)
    told = "; ".join(f"{words}: {number}" for words, number in zip(data["label"], data["number"], strict=True))
    return [
        Picture(
            "rehearsal_pair",
            _fall_spec(mode, data, ends),
            data,
            Text(f"{caption}. {told}."),
            legend=(
                swatch(DARK_BLUE, "Speaks for one child"),
                swatch(ORANGE, "Speaks against it"),
                swatch(MID_GREY, "Together"),
            ),
        )
    ]


def _fall(table: pd.DataFrame) -> pd.DataFrame:
    """A row a field with where its bar begins and ends, and one for the sum."""
    found = []
    for row in table.itertuples():
        begins = float(row.sum) - float(row.weight)
        kind = "for" if row.weight >= 0 else "against"
        found.append((f"{row.field}: {row.agreement}", begins, float(row.sum), float(row.weight), kind))
    last = float(table["sum"].iloc[-1])
    found.append((_TOGETHER, 0.0, last, last, "sum"))
    data = pd.DataFrame(found, columns=["label", "begins", "ends", "weight", "kind"])
    data["low"], data["high"] = data[["begins", "ends"]].min(axis=1), data[["begins", "ends"]].max(axis=1)
    data["number"] = [written(weight, 1, signed=True) for weight in data["weight"]]
    return data


def _fall_spec(mode: Mode, data: pd.DataFrame, ends: tuple[int, int]) -> Spec:
    labels = [str(label) for label in data["label"]]
    y, low = rows.rows("label", labels), rows.off_middle(0.25, len(labels))
    axis = {**rows.axis_title(_AXIS), "tickCount": 6, "labelOverlap": "greedy"}
    scale = {"domain": list(ends), "nice": False}
    colours = {"domain": ["for", "against", "sum"], "range": [DARK_BLUE, ORANGE, MID_GREY]}
    bar = {
        "mark": {"type": "bar", "height": 16, "yOffset": low},
        "encoding": {
            "y": y,
            "x": {"field": "low", "type": "quantitative", "scale": scale, "axis": axis},
            "x2": {"field": "high"},
            "color": {"field": "kind", "type": "nominal", "scale": colours, "legend": None},
            "tooltip": [{"field": "label", "title": "Field"}, {"field": "number", "title": "Weight"}],
        },
    }
    text = {"type": "text", "align": "left", "baseline": "middle", "dx": 6, "yOffset": low, "fontSize": sizes(mode)[0]}
    number = {
        "mark": {**text, "color": INK},
        "encoding": {
            "y": y,
            "x": {"field": "high", "type": "quantitative", "scale": scale},
            "text": {"field": "number"},
        },
    }
    nought = {
        "data": {"values": [{"at": 0}]},
        "mark": {"type": "rule", "color": MID_GREY},
        "encoding": {"x": {"field": "at", "type": "quantitative", "scale": scale}},
    }
    return {
        "height": rows.height(mode, len(labels), _AXIS),
        "padding": rows.ROOM,
        "layer": [*rows.names(mode, "label", {label: label for label in labels}), nought, bar, number],
        "config": config(mode),
    }


PICTURES: Pictures = {"ways": _ways, "groups": _groups, "pair": _pair}
