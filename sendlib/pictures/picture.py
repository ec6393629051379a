"""What a picture is, and what all of them share: fonts, axes, keys.

Colours are those of `palette`; a shape or a label says the same as every one.
"""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from sendlib.answer import Answer, Mode, Text
from sendlib.pictures.palette import GRID, INK, MID_GREY, PAPER

UPRIGHT = "M-0.12,-1L0.12,-1L0.12,1L-0.12,1Z"
"""A mark that is an upright line, as a path around nought."""
_ROW_OF_LABEL = 26
"""Letters of a label at the side that a narrow screen has room for."""
_ONE_LINE = 340
"""Pixels of the plot of a shared screen from which on it has room for the whole label beside it; on a phone it has
not."""

SHOWN = 420
"""Pixels of the height of every picture on a shared screen. There the browser gives it the height that the page has
left (view/styles/pictures.css), so that what stands in it is placed by parts of its height."""
LEAST_SHOWN = 235
"""The height that the plot of it then has at least, by which room between words is reckoned."""

Spec = dict[str, Any]


@dataclass(frozen=True)
class Entry:
    """An entry of the key: a small drawing (SVG elements, 18 pixels high) and what it stands for.

    `named`: the words stand at the mark itself, where a shared screen has the room; there the key is without them.
    """

    drawing: str
    words: str
    width: int = 18
    named: bool = False

    @property
    def svg(self) -> str:
        """The drawing as a file of its own."""
        size = f'width="{self.width}" height="18" viewBox="0 0 {self.width} 18"'
        return f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{self.drawing}</svg>'


@dataclass(frozen=True)
class About:
    """What a picture says of itself where it stands alone: its title, measure with place and time, and sources.

    `name` is that of its file, without an ending. `compared`: who those compared are, where there are any; `chosen`:
    what was chosen beside it.
    """

    name: str
    title: str
    caption: str
    sources: tuple[str, ...]
    compared: str = ""
    chosen: str = ""


@dataclass(frozen=True)
class Picture:
    """A picture of an answer: a Vega-Lite spec apart from its data, with all that stands around it.

    `key` names it on its page and among files. `alt` is the picture in words. `legend` is its key, `heading` stands
    over one of several, `below` are sentences that belong to it (breaks, what it leaves out and why), and `more`
    those for which a mode has no room but on request; `later`: nor has it for the picture. `to_do` says what a
    reader of the page can do with it. Where `nothing` says why there is nothing to draw, the rest is empty.
    `across`: it stands beside the next one. `who`: the areas that it draws singly and can name, code -> name; a
    click on one of them is a selection of a parameter that begins with PIN, by its `area_code`. `about`: what is
    said with it when it leaves the page.
    """

    key: str
    spec: Spec
    data: pd.DataFrame
    alt: Text
    legend: tuple[Entry, ...] = ()
    heading: str = ""
    below: tuple[str, ...] = ()
    more: tuple[str, ...] = ()
    later: bool = False
    to_do: str = ""
    nothing: str = ""
    across: bool = False
    who: Mapping[str, str] = field(default_factory=dict)
    about: About | None = None


Draw = Callable[[Answer, Mode], list[Picture]]
"""The pictures of one table of an answer in a mode."""
Pictures = Mapping[str, Draw]
"""Table of the answer -> its pictures; a table that is not there has none."""


def nothing_to_draw(key: str, why: str, *, heading: str = "", below: tuple[str, ...] = ()) -> Picture:
    """A picture of which there is nothing to draw, and why."""
    return Picture(key, {}, pd.DataFrame(), Text(why), heading=heading, below=below, nothing=why)


def sizes(mode: Mode) -> tuple[int, int]:
    """Font sizes of labels and of titles, in pixels: larger for a shared screen."""
    return (18, 22) if mode == "show" else (14, 15)


def config(mode: Mode) -> Spec:
    """Fonts, axes and background that all pictures share."""
    label, title = sizes(mode)
    return {
        # The picture in words stands at its frame: what is within would be read a second time, in pieces.
        "aria": False,
        "mark": {"aria": False},
        "background": PAPER,
        "font": "Source Sans, Helvetica, Arial, sans-serif",
        "view": {"stroke": None},
        "axis": {
            "labelFontSize": label,
            "titleFontSize": label,
            "labelColor": INK,
            "titleColor": INK,
            "titleFontWeight": "normal",
            "gridColor": GRID,
            "domainColor": MID_GREY,
            "tickColor": MID_GREY,
            "labelLimit": 420,
        },
        "title": {"fontSize": title, "color": INK, "anchor": "start", "fontWeight": "normal"},
        "text": {"fontSize": label, "color": INK},
        "rule": {"color": INK},
        "header": {"labelColor": INK, "titleColor": INK},
    }


def is_series(name: str, field: str = "series") -> str:
    """The test for rows of one series, whatever signs its name has."""
    escaped = name.replace("\\", "\\\\").replace("'", "\\'")
    return f"datum.{field} === '{escaped}'"


def on_two_lines(name: str) -> str:
    """A name at the side of a picture: parted by | where a narrow screen needs a second line (two_lines)."""
    return "|".join(textwrap.wrap(name, _ROW_OF_LABEL))


def two_lines(mode: Mode) -> Spec:
    """For an axis whose labels may have a | in them: such a one stands on two lines around the middle of its row; on a
    shared screen in one, where it is no phone's."""
    lines, parted = "split(datum.label, '|')", "indexof(datum.label, '|') > 0"
    found: Spec = {"labelExpr": lines}
    if mode == "show":
        narrow = f"width < {_ONE_LINE}"
        parted = f"{narrow} && {parted}"
        found = {
            "labelExpr": f"{narrow} ? {lines} : join({lines}, ' ')",
            "labelFontSize": {"expr": f"{narrow} ? 12 : {sizes(mode)[0]}"},
        }
    return {**found, "labelBaseline": {"condition": {"test": parted, "value": "bottom"}, "value": "middle"}}


def swatch(colour: str, words: str, edge: str = "") -> Entry:
    """A square of a colour in the key."""
    square = f'<rect x="2" y="2" width="14" height="14" fill="{colour}" stroke="{edge or colour}" stroke-width="2"/>'
    return Entry(square, words)


def dot(colour: str, words: str, radius: int = 8) -> Entry:
    """A dot of a colour in the key."""
    return Entry(f'<circle cx="9" cy="9" r="{radius}" fill="{colour}"/>', words)


def line(colour: str, dash: Sequence[int], words: str, *, behind: str = "", dotted: bool = False) -> Entry:
    """A line in the key, with a drawing behind it, and a dot on it where its points are drawn."""
    pattern = ",".join(map(str, dash)) if dash[1] else "none"
    drawing = f'<line x1="0" y1="9" x2="34" y2="9" stroke="{colour}" stroke-width="3" stroke-dasharray="{pattern}"/>'
    point = f'<circle cx="17" cy="9" r="4" fill="{colour}"/>' if dotted else ""
    return Entry(f"{behind}{drawing}{point}", words, 34)
