"""A line of words at the foot of each of the rows of a picture (rows.py), under their marks."""

from __future__ import annotations

from collections.abc import Mapping

from sendlib.answer import Mode
from sendlib.pictures import rows
from sendlib.pictures.palette import INK
from sendlib.pictures.picture import Spec, sizes

_SMALLEST = 11
"""The smallest letters, in pixels."""
HEIGHT, _MARKS = 74, 0.05
"""Pixels of a row that has a line of words at its foot too, and how far below its middle its marks are then."""
_ROOM_FOR_FOOT, _WITHOUT_FOOT = 76, 0.24
"""Pixels of a row of a shared screen from which on it has room for the words, and where its marks are without."""


def marks(mode: Mode, number: int) -> Spec:
    """Where the marks of so many rows are that have words at their foot; on a shared screen some have no room for
    these."""
    if mode != "show":
        return rows.off_middle(_MARKS, number)
    high = f"height / {number} >= {_ROOM_FOR_FOOT}"
    return {"expr": f"({high} ? {_MARKS} : {_WITHOUT_FOOT}) * height / {number}"}


def layer(mode: Mode, field: str, words: Mapping[str, str]) -> Spec:
    """A layer with a line of words at the foot of each row: the value of `field` in the data -> the words."""
    size, number = sizes(mode)[0] - 1, len(words)
    text = f"height / {number} >= {_ROOM_FOR_FOOT} ? datum.words : ''" if mode == "show" else "datum.words"
    mark = {
        "type": "text",
        "align": "left",
        "baseline": "bottom",
        "yOffset": rows.off_middle(0.5, number, -6),
        "fontSize": {"expr": f"max({_SMALLEST}, min({size}, width / (0.46 * length(datum.words))))"},
        "color": INK,
        "text": {"expr": text},
    }
    data = {"values": [{field: value, "words": one} for value, one in words.items()]}
    return {"data": data, "mark": mark, "encoding": {"y": rows.rows(field, list(words)), "x": {"value": 2}}}
