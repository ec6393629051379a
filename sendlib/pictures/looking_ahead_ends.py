"""What lines into the future share: an axis of years with room to its right, and words at their ends."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sendlib.pictures.palette import INK, for_words
from sendlib.pictures.picture import Spec

TARGET_IS_CALLED = 1
"""Years after the one in which it begins that the target year is called by: April 2029 to March 2030 is 2030."""
NARROW, WIDE = 480, 780
"""Pixels of width below and above which the words are short and long."""
WORDS_BY_WIDTH: Spec = {"expr": f"width > {WIDE} ? datum.long : width < {NARROW} ? datum.short : datum.middle"}
_ROOM, _ROOM_NARROW = 17, 26
"""Years' worth of room to the right of the last year, for the words at the ends of the lines; more on a narrow
screen."""


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


def years_axis(first: int, ticks: Sequence[int], last: int, *, school: bool) -> Spec:
    """An axis of years with room for words to its right; the target is called 2030, as the study does."""
    said = "datum.value + '/' + slice(toString(datum.value + 1), 2)" if school else "datum.value"
    called = f"datum.value == {last} && {str(school).lower()} ? '{last + TARGET_IS_CALLED}' : {said}"
    most = {"expr": f"width < {NARROW} ? {last + _ROOM_NARROW} : {last + _ROOM}"}
    return {
        "field": "begins",
        "type": "quantitative",
        "scale": {"domainMin": first - 1, "domainMax": most, "nice": False, "zero": False},
        "axis": {"title": None, "values": list(ticks), "grid": False, "labelOverlap": "greedy", "labelExpr": called},
    }


def label_colour(colours: Mapping[str, str]) -> Spec:
    """The words at the ends in the colour of their line, by tests, since all layers share one colour scale."""
    tests = [{"test": f"datum.group === '{group}'", "value": for_words(colour)} for group, colour in colours.items()]
    return {"condition": tests, "value": INK}
