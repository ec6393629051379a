"""What lines into the future share: an axis of years with room to its right, and words at their ends."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from sendlib.pictures.palette import INK, for_words
from sendlib.pictures.picture import Spec, is_series

TARGET_IS_CALLED = 1
"""Years after the one in which it begins that the target year is called by: April 2029 to March 2030 is 2030."""
NARROW = 480
"""Pixels of width below which there is room for little beside the lines."""
_LETTER, _BESIDE = 0.48, 10
"""How wide a letter is in sizes of letters, and pixels between the end of a line, its words and the edge."""
_MOST = 0.7
"""The part of the width that words at the ends have at most."""


def spread_apart(values: Sequence[float], least: float) -> list[float]:
    """Heights for labels near their values, in the same order, no two nearer than `least`."""
    order = sorted(range(len(values)), key=lambda place: values[place])
    heights = [values[place] for place in order]
    # Labels that touch move apart from their common middle; a few rounds settle any number of them.
    for _ in range(200):
        moved = False
        for i in range(len(heights) - 1):
            short = least - (heights[i + 1] - heights[i])
            if short > 1e-9:
                heights[i] -= short / 2
                heights[i + 1] += short / 2
                moved = True
        if not moved:
            break
    result = [0.0] * len(values)
    for place, height in zip(order, heights, strict=True):
        result[place] = height
    return result


def room_right(words: Mapping[str, str]) -> str:
    """The part of a picture's width that words at its right end need, as an expression. `words`: test of the width
    ("" for all others, last) -> pixels."""
    pixels = " : ".join(f"{test} ? {long}" if test else long for test, long in words.items())
    return f"min({_MOST}, ({pixels}) / width)"


def pixels(words: Iterable[str], size: int) -> str:
    """How wide the longest of some words is, with what is free beside them."""
    return f"{max(map(len, words), default=0) * size * _LETTER + 2 * _BESIDE:.0f}"


def years_axis(first: int, ticks: Sequence[int], last: int, room: str, *, school: bool) -> Spec:
    """An axis of years with room for words to its right (room_right); the target is called 2030, as the study does."""
    said = "datum.value + '/' + slice(toString(datum.value + 1), 2)" if school else "datum.value"
    called = f"datum.value == {last} && {str(school).lower()} ? '{last + TARGET_IS_CALLED}' : {said}"
    most = {"expr": f"{first - 1} + {last - first + 1} / (1 - {room})"}
    return {
        "field": "begins",
        "type": "quantitative",
        "scale": {"domainMin": first - 1, "domainMax": most, "nice": False, "zero": False},
        "axis": {"title": None, "values": list(ticks), "grid": False, "labelOverlap": "greedy", "labelExpr": called},
    }


def label_colour(colours: Mapping[str, str]) -> Spec:
    """The words at the ends in the colour of their line, by tests, since all layers share one colour scale."""
    tests = [{"test": is_series(group, "group"), "value": for_words(colour)} for group, colour in colours.items()]
    return {"condition": tests, "value": INK}
