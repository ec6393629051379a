"""The strip of stages: the gap at each stage from early years to 19, the area beside those compared and England."""

from __future__ import annotations

import pandas as pd

from sendlib.view import charts
from sendlib.view.charts import Spec

_COLUMNS = ("gap", "comparator_gap", "england_gap")


def _two_lines(stage: str) -> str:
    """A stage on the axis: its age on a line of its own."""
    return stage.replace(", ", "|", 1)


def _columns(number: int, compared: bool) -> list[str]:
    return [column for column in _COLUMNS if compared or column != "comparator_gap"][:number]


def data(rows: pd.DataFrame, series: list[str], compared: bool) -> pd.DataFrame:
    """Long data: one row a stage and series; a gap that is missing has none. `series`: the area, the mean if `compared`, England."""
    columns = _columns(len(series), compared)
    points = [(row["stage"], name, row[column]) for _, row in rows.iterrows() for name, column in zip(series, columns, strict=True)]
    frame = pd.DataFrame(points, columns=["need", "series", "share"]).dropna(subset=["share"])
    return frame.assign(label=frame["need"].map(_two_lines))


def ends(table: pd.DataFrame) -> tuple[float, float]:
    """One axis for both panels, so that they can be read together."""
    values = table[list(_COLUMNS)].stack()
    low, high = float(values.min()), float(values.max())
    return (10 * (low // 10) if low < 0 else 0.0, 10 * (high // 10 + 1))


def strip(mode: str, rows: pd.DataFrame, series: list[str], limits: tuple[float, float], *, named: bool) -> Spec:
    """Marks on one axis, a row a stage; without `named` the rows have no words, as they stand beside a panel that has them."""
    order = [_two_lines(stage) for stage in rows["stage"]]
    spec = charts.dots(mode, order, series, "Gap, points")
    for layer in spec["layer"]:
        y, x = layer["encoding"]["y"], layer["encoding"]["x"]
        layer["encoding"]["y"] = {**y, "sort": order, "scale": {"domain": order}, "axis": {**y["axis"], "labels": named, "labelLineHeight": charts.sizes(mode)[0] + 2}}
        layer["encoding"]["x"] = {**x, "scale": {"domain": list(limits), "nice": False}}
        layer["encoding"]["tooltip"][0]["title"] = "Stage"
    return {**spec, "height": (46 if mode == "show" else 48) * len(order), "padding": {"left": 5, "top": 5, "bottom": 5, "right": 18}}
