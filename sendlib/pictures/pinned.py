"""Areas that a reader asked to be named: how a picture marks them, names them, and lets a dot or line be clicked."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from sendlib.answer import Answer, Mode
from sendlib.answer.numbers import listed
from sendlib.pictures.palette import INK, PAPER, VIOLET
from sendlib.pictures.picture import Entry, Spec, sizes

PIN, _HOVER = "pin", "over"
"""How the names of parameters begin: of a click, which the page hears, and of the pointer over a mark, which stays in
the picture."""
COLOUR = VIOLET
"""A violet that none of the other marks has; words in it can be read on white (6.4:1)."""
_SHAPES = ("triangle-up", "triangle-down", "cross")
_DRAWN = {
    "triangle-up": '<path d="M9,2L16,15L2,15Z" fill="{0}"/>',
    "triangle-down": '<path d="M9,16L16,3L2,3Z" fill="{0}"/>',
    "cross": '<path d="M6,2H12V6H16V12H12V16H6V12H2V6H6Z" fill="{0}"/>',
}
_ROW = 22
"""Letters of a name in a row; a longer one has several."""


@dataclass(frozen=True)
class Pin:
    """An area that is named in a picture, and the shape of its marks."""

    code: str
    name: str
    shape: str

    @property
    def entry(self) -> Entry:
        """Its place in the key."""
        return Entry(_DRAWN[self.shape].format(COLOUR), self.name)

    @property
    def is_its(self) -> str:
        """The test for its rows."""
        return f"datum.area_code === '{self.code}'"


def who_of(rows: pd.DataFrame, *without: str) -> dict[str, str]:
    """Code -> name of the areas of some rows (columns area_code and area), sorted by name; `without` some codes."""
    held = rows.drop_duplicates("area_code")
    found = {str(code): str(name) for code, name in zip(held["area_code"], held["area"], strict=True)}
    return {code: name for code, name in sorted(found.items(), key=lambda one: one[1]) if code not in without}


def of(answer: Answer, who: Mapping[str, str]) -> list[Pin]:
    """Those of a picture's areas that are to be named; each keeps its shape from picture to picture."""
    return [Pin(code, who[code], shape) for code, shape in zip(answer.pinned, _SHAPES, strict=False) if code in who]


def in_words(pins: Sequence[Pin]) -> str:
    """What the picture in words says of them; empty where nobody is named."""
    return f" Named in it: {listed([pin.name for pin in pins])}." if pins else ""


def clicks(number: int = 0) -> list[Spec]:
    """Parameters of a layer whose marks can be clicked, and stand out while the pointer is over one; `number` tells
    the layers of a picture apart."""
    of_area = {"type": "point", "fields": ["area_code"], "toggle": False}
    return [
        {"name": f"{PIN}_{number}", "select": {**of_area, "on": "click", "clear": False}},
        {"name": f"{_HOVER}_{number}", "select": {**of_area, "on": "pointerover", "clear": "pointerout"}},
    ]


def over(number: int, then: object, otherwise: object) -> Spec:
    """An encoding that is another one for all marks of the area under the pointer."""
    return {"condition": {"param": f"{_HOVER}_{number}", "empty": False, "value": then}, "value": otherwise}


def of_clicks(spec: Spec) -> list[str]:
    """The parameters of a picture that are clicks on an area."""
    names = [param["name"] for layer in spec.get("layer", []) for param in layer.get("params", [])]
    return [name for name in names if name.startswith(PIN)]


def on_rows(name: str) -> str:
    """A name beside a mark, on as many rows as it needs."""
    return "|".join(textwrap.wrap(name, _ROW, break_long_words=False))


def labels(mode: Mode, encoding: Spec, test: str, *, colour: str = INK, **mark: object) -> list[Spec]:
    """Names beside marks: the field `label` of the rows that pass a test, with a white edge around the letters."""
    size = sizes(mode)[0]
    text = {"type": "text", "fontSize": size, "lineBreak": "|", **mark}
    if mark.get("baseline") == "middle":  # which Vega means of the first row alone
        text["dy"] = {"expr": f"(1 - length(split(datum.label_at, '|'))) * {size / 2 + 1}"}
    shown = encoding if "text" in mark else {**encoding, "text": {"field": "label_at", "type": "nominal"}}
    return [
        {
            "transform": [{"filter": test}],
            "mark": {**text, "stroke": PAPER, "strokeWidth": 4, "strokeJoin": "round", "fill": PAPER},
            "encoding": shown,
        },
        {"transform": [{"filter": test}], "mark": {**text, "fill": colour}, "encoding": shown},
    ]
