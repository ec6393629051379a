"""Pictures of Getting help: lines with the breaks of their series, and two parts of a whole.

Data of a line hold a row for every period, so that a month that nobody
published is a gap; a figure that is hidden or missing is a gap as well.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from sendlib.view import charts
from sendlib.view.charts import INK, LINE_COLOURS, LINE_DASHES, MID_GREY, Spec


def every_period(data: pd.DataFrame, x: str, series: str, y: str, periods: Sequence[str]) -> pd.DataFrame:
    """Columns x, series and y with a row for every period and line; no figure where `data` has none."""
    order = list(dict.fromkeys(data[series].astype(str)))
    grid = pd.MultiIndex.from_product([periods, order], names=[x, series])
    values = data.assign(**{x: data[x].astype(str), series: data[series].astype(str)}).set_index([x, series])[y]
    return values.reindex(grid).reset_index()


def all_months(periods: Sequence[str]) -> list[str]:
    """The last day of every month from the first to the last of the periods."""
    return [day.date().isoformat() for day in pd.date_range(min(periods), max(periods), freq="ME")]


def lines(
    mode: str, x: str, y: str, series: str, order: list[str], x_title: str, y_title: str,
    breaks: Sequence[tuple[str, str]] = (), top: float | None = None, months: bool = False, height: int = 280,
) -> Spec:
    """Lines from zero, at most four, with an upright dashed line at each break: (period, its label).

    `top` fixes the upper end; `months` are last days of months, on an axis of time.
    """  # fmt: skip
    y_scale = {"zero": True} if top is None else {"domain": [0, top]}
    axis = {"title": x_title, "labelAngle": 0, "labelOverlap": True}
    across = {"field": x, "type": "temporal", "timeUnit": "yearmonth", "bandPosition": 0, "axis": {**axis, "format": "%b %Y", "tickCount": 6}} if months else {"field": x, "type": "ordinal", "axis": axis}
    scale = {"domain": order}
    encoding = {
        "x": across,
        "y": {"field": y, "type": "quantitative", "axis": {"title": y_title, "tickCount": 5}, "scale": y_scale},
        "color": {"field": series, "type": "nominal", "scale": {**scale, "range": LINE_COLOURS[: len(order)]}, "legend": None},
        "strokeDash": {"field": series, "type": "nominal", "scale": {**scale, "range": LINE_DASHES[: len(order)]}, "legend": None},
        "tooltip": [
            {"field": x, "title": x_title, **({"type": "temporal", "format": "%B %Y"} if months else {})},
            {"field": series, "title": "Line"},
            {"field": y, "title": y_title, "format": ",.1f"},
        ],
    }
    width = 4 if mode == "show" else 2.5
    layers: list[Spec] = []
    if breaks:
        at = {"data": {"values": [{x: period, "label": label} for period, label in breaks]}}
        layers = [
            {**at, "mark": {"type": "rule", "color": MID_GREY, "strokeDash": [4, 4], "strokeWidth": 1.5}, "encoding": {"x": across}},
            {
                **at,
                "mark": {"type": "text", "align": "left", "dx": 4, "baseline": "top", "color": INK, "fontSize": charts.sizes(mode)[0]},
                "encoding": {"x": across, "y": {"value": 0}, "text": {"field": "label", "type": "nominal"}},
            },
        ]
    layers.append({"mark": {"type": "line", "point": {"size": 60, "filled": True}, "strokeWidth": width, "invalid": "break-paths-show-path-domains"}, "encoding": encoding})
    return {"height": height, "layer": layers, "config": charts.config(mode)}


PARTS = ("First appointment after more than 13 weeks", "Within 13 weeks, or none yet: the file does not say which")


def two_parts(mode: str, order: list[str]) -> Spec:
    """Bars of 100 in two parts. Data: who, part (PARTS), share; rows without a figure are left out of the data."""
    label = charts.sizes(mode)[0]
    return {
        "height": 44 * len(order) + 50,
        "encoding": {
            "y": {"field": "who", "type": "nominal", "sort": order, "axis": {"title": None, "tickSize": 0, "labelPadding": 8, "labelLimit": 320}},
            "x": {"field": "share", "type": "quantitative", "stack": "zero", "scale": {"domain": [0, 100]}, "axis": {"title": "% of those open for 13 weeks or more", "tickCount": 5}},
            "order": {"field": "place", "type": "quantitative"},
            "tooltip": [{"field": "who", "title": "Whose"}, {"field": "part", "title": "Part"}, {"field": "share", "title": "%", "format": ".0f"}],
        },
        "layer": [
            {
                "mark": {"type": "bar", "height": 26, "stroke": "white"},
                "encoding": {"color": {"field": "part", "type": "nominal", "scale": {"domain": list(PARTS), "range": [charts.DARK_BLUE, "#d9d9d9"]}, "legend": None}},
            },
            {
                "transform": [{"filter": "datum.place === 0"}],
                "mark": {"type": "text", "align": "left", "baseline": "middle", "fontSize": label, "color": "white", "dx": 6},
                "encoding": {"x": {"value": 0}, "text": {"field": "share", "type": "quantitative", "format": ".0f"}},
            },
        ],
        "config": charts.config(mode),
    }


def two_parts_key() -> str:
    """The key of two_parts."""
    swatch = '<rect x="2" y="2" width="14" height="14" fill="{}" stroke="{}" stroke-width="1"/>'
    return charts.key([(charts.symbol(swatch.format(colour, MID_GREY)), part) for colour, part in zip((charts.DARK_BLUE, "#d9d9d9"), PARTS, strict=True)])
