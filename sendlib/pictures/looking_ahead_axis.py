"""The upright axes of the fan: England's rate at the left, the area's own children in the target year at the right."""

from __future__ import annotations

import math

from sendlib.answer import Answer
from sendlib.pictures.looking_ahead_ends import NARROW
from sendlib.pictures.palette import GRID, INK
from sendlib.pictures.picture import Spec, is_series
from sendlib.questions.looking_ahead.scenarios import NAMES

_FEWEST_ON_AXIS, _TICKS = 50, 6
"""Children below which numbers that are rounded to 5 make no axis, and ticks that an axis has at most."""
COUNTED = "Children:"
"""Over the words at the ends, where no axis says what their numbers are."""


def said_by_axis(local: Spec | None) -> str:
    """Whether a line of words is the one that says what the numbers are, and an axis says it already."""
    return f"datum.words === '{COUNTED}' && width >= {NARROW}" if local else "false"


def what_it_counts(size: int) -> Spec:
    """What the axis at the right counts, over it."""
    text = {"expr": f"width < {NARROW} ? '' : 'Children in 2030'"}
    mark = {
        "type": "text",
        "align": "right",
        "baseline": "bottom",
        "dx": 30,
        "fontSize": size,
        "color": INK,
        "text": text,
    }
    return {"data": {"values": [{}]}, "mark": mark, "encoding": {"x": {"value": "width"}, "y": {"value": -8}}}


def upright(rate: Spec, axis: Spec) -> Spec:
    """An upright axis: all layers share its scale, and nothing is drawn in its own."""
    mark = {"type": "point", "color": GRID, "opacity": 0, "size": 0, "tooltip": None}
    return {
        "transform": [{"filter": is_series("measured", "line")}],
        "mark": mark,
        "encoding": {"y": {**rate, "axis": axis}},
    }


def local_axis(answer: Answer, names: list[str]) -> Spec | None:
    """The axis at the right: the area's children in the target year beside the rate that gives them; none where so few
    are given that it would be rounding, nor with a second area beside."""
    ends = answer.tables["scenarios"].data.set_index("scenario").loc[[NAMES[name] for name in names]]
    # A narrow screen has no room for it; there a line over the words at the ends says what they count.
    largest = ends.dropna(subset=["children"]).sort_values("children").tail(1)
    if answer.beside is not None or largest.empty or largest["children"].iloc[0] < _FEWEST_ON_AXIS:
        return None
    children, rate = float(largest["children"].iloc[0]), float(largest["per_10000"].iloc[0])
    step = _step(children)
    ticks = [step * number for number in range(int(children // step) + 1)]
    said = f"format(round(datum.value * {children / rate / step}) * {step}, ',')"
    return {
        "orient": "right",
        "title": None,
        "values": [number * rate / children for number in ticks],
        "labelExpr": f"width < {NARROW} ? '' : {said}",
        "tickSize": {"expr": f"width < {NARROW} ? 0 : 5"},
        "grid": False,
    }


def _step(most: float) -> int:
    """A round step of which up to six lead to a number."""
    power = 10 ** int(math.log10(most) - 1e-9)
    return int(next(times * power for times in (0.2, 0.5, 1, 2) if most / (times * power) <= _TICKS))
