"""Every colour that a picture may use on a light page, and what it is on a dark one.

Light are the Government Analysis Function's colours, dark their counterparts: what stands out from paper stands out
from the dark page, what steps back steps back, and a row of shades goes the other way round. Pictures are made in the
light colours, since that is how they are saved and printed; `dark` turns one that is finished. A colour that is not
here would stay as it is, which a test finds.
"""

from __future__ import annotations

import re
from typing import TypeVar

INK, PAPER, QUIET = "#0b0c0c", "#ffffff", "#505a5f"
"""Words, the page, and words that step back."""
DARK_BLUE, ORANGE, TURQUOISE, PINK = "#12436D", "#F46A25", "#28A197", "#801650"
CHARCOAL, VIOLET = "#3D3D3D", "#6B4FA3"
ORANGE_WORDS, TURQUOISE_WORDS, GREEN = "#a63d00", "#1b7169", "#00664f"
"""For words and thin lines, which need more contrast than marks."""
MID_GREY, GREY = "#6f777b", "#BFBFBF"
"""Marks that step back, and lines of which there are many."""
RULE, GRID, LIGHT_GREY, LIGHTEST_GREY = "#b1b4b6", "#d5d8da", "#d0d4d7", "#f3f2f1"
"""Lines between rows, lines of an axis, ranges behind marks, and what lies behind headings."""
SOFT_BLUE, LIGHT_BLUE, LIGHTER_BLUE, LIGHT_ORANGE = "#8fa9c4", "#cfdce8", "#e3eaf1", "#fbd9c8"
"""Areas behind lines, and the lesser part of a bar."""
SECOND_BLUE, THIRD_BLUE, FOURTH_BLUE = "#2073BC", "#6BACE6", "#d2e5f7"
"""After the dark blue, the parts of a bar from much to little."""
SHADES = ("#e6f1fa", "#c0dcf2", "#8fc0e6", "#5a9bd0", "#2b6cab")
"""Five shades of a map from low to high, so light that names can be read on them."""
HIGHLIGHT = "#ffdd00"
"""What has the focus, and the edge of a reader's own place."""

_DARK = {
    INK: "#f3f2f1",
    PAPER: "#14181b",
    QUIET: "#b8c1c7",
    DARK_BLUE: "#7fb9ec",
    ORANGE: "#ff8c52",
    TURQUOISE: "#3cbfb2",
    PINK: "#f08bc0",
    CHARCOAL: "#c8c8c8",
    VIOLET: "#b9a3ea",
    ORANGE_WORDS: "#ff9d6b",
    TURQUOISE_WORDS: "#5fd0c5",
    GREEN: "#56cfa6",
    MID_GREY: "#9aa3a9",
    GREY: "#5b646a",
    RULE: "#4d565c",
    GRID: "#333b41",
    LIGHT_GREY: "#414b52",
    LIGHTEST_GREY: "#22282c",
    SOFT_BLUE: "#46698c",
    LIGHT_BLUE: "#2c4358",
    LIGHTER_BLUE: "#202f3d",
    LIGHT_ORANGE: "#573324",
    SECOND_BLUE: "#5c9fdb",
    THIRD_BLUE: "#3b6b99",
    FOURTH_BLUE: "#274561",
    **dict(zip(SHADES, ("#1c2832", "#24394c", "#2f5274", "#3c70a4", "#7fb9ec"), strict=True)),
    HIGHLIGHT: HIGHLIGHT,
}
_HEX = re.compile("#[0-9a-fA-F]{6}")

Drawn = TypeVar("Drawn")


def dark(drawn: Drawn) -> Drawn:
    """A finished spec, drawing or piece of SVG in the colours of a dark page, however deep they are in it."""
    if isinstance(drawn, str):
        return _HEX.sub(lambda found: _DARK.get(found[0], found[0]), drawn)  # type: ignore[return-value]
    if isinstance(drawn, dict):
        return {name: dark(part) for name, part in drawn.items()}  # type: ignore[return-value]
    if isinstance(drawn, list | tuple):
        return type(drawn)(dark(part) for part in drawn)
    return drawn


_FOR_WORDS = {TURQUOISE: TURQUOISE_WORDS, ORANGE: ORANGE_WORDS}


def for_words(colour: str) -> str:
    """The colour of words about a mark: they need more contrast than it, 4.5 to 1."""
    return _FOR_WORDS.get(colour, colour)


def light_of_dark() -> dict[str, str]:
    """What each colour of a dark page is on paper; where two are one there, that which stands first here."""
    return {dark: light for light, dark in reversed(_DARK.items())}


def colours(*, of_dark: bool = False) -> frozenset[str]:
    """All colours that a picture may have on a light page, or on a dark one."""
    return frozenset(_DARK.values() if of_dark else _DARK)
