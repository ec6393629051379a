"""Rows on one axis, each with its name over its marks: the area beside those compared and England.

The name stands in the row and not at the side, so that a picture keeps its names when two of them
stand below one another on a phone. The area is a hollow dot, so that a mean or England at the
same place is seen through it.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from sendlib.tables.symbols import VALUE, WORDS
from sendlib.view import charts
from sendlib.view.charts import DARK_BLUE, INK, ORANGE, Spec

_UPRIGHT = "M-0.12,-1L0.12,-1L0.12,1L-0.12,1Z"
_MARKS: tuple[Spec, ...] = (
    {"shape": "circle", "filled": False, "color": DARK_BLUE, "strokeWidth": 3.5, "size": 190},
    {"shape": _UPRIGHT, "filled": True, "color": INK, "size": 340},
    {"shape": "diamond", "filled": True, "color": ORANGE, "size": 70},
)
"""Of the area, the mean and England, from below to above."""


def data(rows: pd.DataFrame, labels: Sequence[str], columns: dict[str, str]) -> pd.DataFrame:
    """Long data (label, series, share), a row for each mark; a figure that is missing has none.

    `labels`: the name of each row; `columns`: series -> column of `rows`.
    """
    points = [(label, name, row[column]) for label, (_, row) in zip(labels, rows.iterrows(), strict=True) for name, column in columns.items()]
    return pd.DataFrame(points, columns=["label", "series", "share"]).dropna(subset=["share"])


def ends(table: pd.DataFrame, columns: Sequence[str]) -> tuple[float, float]:
    """One axis for two pictures, so that they can be read together."""
    values = table[list(columns)].stack()
    low, high = float(values.min()), float(values.max())
    return (10 * (low // 10) if low < 0 else 0.0, 10 * (high // 10 + 1))


def strip(
    mode: str, labels: Sequence[str], statuses: Sequence[str], series: Sequence[str], x_title: str, limits: tuple[float, float] | None = None,
) -> Spec:  # fmt: skip
    """Marks on one axis, a row a label; where the area has no figure the row says why. Data of `data`; no words at the axis with an empty `x_title`."""
    step = 36 if mode == "show" else charts.ROW
    row = charts.rows("label", labels)
    written = [label if status == VALUE else f"{label} ({WORDS[status]})" for label, status in zip(labels, statuses, strict=True)]
    scale = {"domain": list(limits), "nice": False} if limits else {"zero": True}
    axis = {**charts.axis_title(x_title), "tickCount": 5, "labelOverlap": "greedy", "labelSeparation": 8}
    x = {"field": "share", "type": "quantitative", "scale": scale, "axis": axis}
    layers = charts.row_names(mode, "label", dict(zip(labels, written, strict=True)), step)
    for name, mark in zip(series, _MARKS, strict=False):
        layers.append(
            {
                "transform": [{"filter": f"datum.series === {charts._quoted(name)}"}],
                "mark": {"type": "point", "opacity": 1, "yOffset": step / 4, **mark},
                "encoding": {
                    "y": row,
                    "x": x,
                    "tooltip": [{"field": "label", "title": "Row"}, {"field": "series", "title": "Whose"}, {"field": "share", "title": x_title, "format": ".1f"}],
                },
            }
        )
    # The height is that of the rows and of the axis below them.
    return {"height": step * len(labels) + (charts.below_rows(x_title) if x_title else 36), "padding": {"left": 5, "top": 5, "bottom": 5, "right": 18}, "layer": layers, "config": charts.config(mode)}


def key(series: Sequence[str]) -> str:
    """The key of a strip."""
    drawings = [
        f'<circle cx="9" cy="9" r="7" fill="none" stroke="{DARK_BLUE}" stroke-width="3.5"/>',
        f'<rect x="8" y="0" width="3" height="18" fill="{INK}"/>',
        f'<path d="M9,4L14,9L9,14L4,9Z" fill="{ORANGE}"/>',
    ]
    return charts.key([(charts.symbol(drawing), name) for drawing, name in zip(drawings, series, strict=False)])


def in_order(spec: Spec, order: Sequence[str]) -> Spec:
    """The spec of lines with its periods in order: a break is drawn from data of its own, whose period would come first."""
    layers = [{**layer, "encoding": {**layer["encoding"], "x": {**layer["encoding"]["x"], "scale": {"domain": list(order)}}}} for layer in spec["layer"]]
    return {**spec, "layer": layers}
