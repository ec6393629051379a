"""Pictures of what may come: measured years, then a fan of named scenarios."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd

from sendlib.questions import expected_children as children
from sendlib.questions.answer import Answer, written
from sendlib.view import charts
from sendlib.view.charts import DARK_BLUE, GREY, INK, MID_GREY, PINK, TURQUOISE, Spec

PUBLISHED, OTHER, REFERENCE, OWN = "Published, low and high", "Other scenarios", "Not recommended", "Your own"
_STYLES = {PUBLISHED: (DARK_BLUE, [1, 0]), OTHER: (TURQUOISE, [8, 3]), REFERENCE: (MID_GREY, [2, 4]), OWN: (PINK, [10, 3, 2, 3])}
_GROUPS = {"constant": OTHER, "published-low": PUBLISHED, "published-high": PUBLISHED, "wales-like": OTHER, "linear": REFERENCE, "percent": REFERENCE, "own": OWN}
_SHORT = {"constant": "As it was", "published-low": "Low", "published-high": "High", "wales-like": "Wales", "linear": "Line", "percent": "Per cent", "own": "Own"}
_ROOM, _ROOM_NARROW = 15, 30
"""Years' worth of room to the right of the last year, for the words at the ends of the lines; more on a narrow screen."""
_NARROW, _WIDE = 480, 780
"""Pixels of width below and above which the words are short and long."""


def drawn(answer: Answer, mode: str, chosen: str) -> list[str]:
    """The scenarios that a picture shows: all in Explore, elsewhere the published two and the one that was chosen."""
    held = [name for name in children.NAMES if children.column(name) in answer.tables["fan"].data]
    return held if mode == "explore" else [name for name in held if name in ("published-low", "published-high", chosen)]


def fan_data(answer: Answer, names: list[str]) -> pd.DataFrame:
    """Long rows for the fan: begins, per_10000, line, group, and the words at the end of each line."""
    table = answer.tables["fan"].data
    begins = table["year"].str[:4].astype(int)
    parts = [pd.DataFrame({"begins": begins, "year": table["year"], "per_10000": table["measured"], "line": "measured", "group": "Measured"})]
    for name in names:
        values = table[children.column(name)]
        parts.append(pd.DataFrame({"begins": begins, "year": table["year"], "per_10000": values, "line": children.NAMES[name], "group": _GROUPS[name]}))
    rows = pd.concat(parts, ignore_index=True).dropna(subset=["per_10000"])
    ends = answer.tables["scenarios"].data.set_index("scenario")
    last = table[[children.column(name) for name in names]].iloc[-1]
    top = rows["per_10000"].max()
    heights = spread_apart([float(value) for value in last], 0.062 * top)
    labels = []
    for name, height in zip(names, heights, strict=True):
        row = ends.loc[children.NAMES[name]]
        count = "fewer than 10" if math.isnan(row["children"]) else written(row["children"])
        labels.append(
            {
                "begins": int(begins.iloc[-1]), "label_at": height, "group": _GROUPS[name], "line": "label",
                "long": f"{children.NAMES[name]}: {row['per_10000']:.1f}, about {count}", "middle": f"{_SHORT[name]} {row['per_10000']:.1f}, about {count}",
                "short": f"{_SHORT[name]} {row['per_10000']:.1f}: {count}",
            }
        )  # fmt: skip
    return pd.concat([rows, pd.DataFrame(labels)], ignore_index=True)


def spread_apart(values: list[float], least: float) -> list[float]:
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


def fan(mode: str, names: list[str], chosen: str, first: int, last_measured: int, last: int, base: float, yearly: bool = False) -> Spec:
    """Two measured points joined by a dashed line, a band between the published variants, a line a scenario.

    Data of fan_data; years as numbers; `base` is the last measured rate. With `yearly` the
    measured points are joined by a plain line.
    """
    groups = [group for group in _STYLES if group in {_GROUPS[name] for name in names}]
    colours, dashes = [_STYLES[group][0] for group in groups], [_STYLES[group][1] for group in groups]
    label_size = charts.sizes(mode)[0]
    ticks = [first, last_measured, *([last_measured + 6] if mode != "show" else []), last]
    x: dict[str, Any] = {
        "field": "begins", "type": "quantitative", "scale": {"domainMin": first - 1, "domainMax": {"expr": f"width < {_NARROW} ? {last + _ROOM_NARROW} : {last + _ROOM}"}, "nice": False, "zero": False},
        "axis": {
            "title": None, "values": ticks, "grid": False, "labelOverlap": "greedy",
            "labelExpr": f"datum.value == {last} ? '2030' : datum.value + '/' + slice(toString(datum.value + 1), 2)",
        },
    }  # fmt: skip
    y = {"field": "per_10000", "type": "quantitative", "scale": {"zero": True}, "axis": {"title": "In every 10,000 aged 0 to 19", "tickCount": 6}}
    scenarios = f"datum.line !== 'measured' && datum.line !== 'label' && datum.begins >= {last_measured}"
    low, high = (f"datum.line === '{children.NAMES[name]}'" for name in ("published-low", "published-high"))
    colour = {"field": "group", "type": "nominal", "scale": {"domain": groups, "range": colours}, "legend": None}
    words = [
        *([] if yearly else [(0.35, "width > 400 ? 'not measured between' : 'not measured'")]),
        (0.06, f"width > 400 ? 'last measured {last_measured}/{(last_measured + 1) % 100:02d}' : '{last_measured}/{(last_measured + 1) % 100:02d}'"),
    ]
    return {
        "height": 400 if mode == "show" else 420,
        "encoding": {"x": x},
        "layer": [
            {
                "transform": [
                    {"filter": f"({low}) || ({high})"},
                    {"aggregate": [{"op": "min", "field": "per_10000", "as": "from"}, {"op": "max", "field": "per_10000", "as": "to"}], "groupby": ["begins"]},
                ],
                "mark": {"type": "area", "color": "#cfdce8"},
                "encoding": {"y": {**y, "field": "from"}, "y2": {"field": "to"}},
            },
            {"mark": {"type": "rule", "color": GREY, "strokeWidth": 1.5}, "encoding": {"x": {"datum": last_measured}}},
            {
                "transform": [{"filter": scenarios}],
                "mark": {"type": "line", "strokeWidth": 4 if mode == "show" else 2.5},
                "encoding": {
                    "y": y,
                    "detail": {"field": "line"},
                    "color": colour,
                    "strokeDash": {"field": "group", "type": "nominal", "scale": {"domain": groups, "range": dashes}, "legend": None},
                    "size": {"condition": {"test": f"datum.line === '{children.NAMES.get(chosen, '')}'", "value": 5}, "value": 4 if mode == "show" else 2.5},
                    "tooltip": [{"field": "line", "title": "Scenario"}, {"field": "year", "title": "Year"}, {"field": "per_10000", "title": "In 10,000", "format": ".1f"}],
                },
            },
            {
                "transform": [{"filter": "datum.line === 'measured'"}],
                "mark": {"type": "line", "color": INK, "strokeDash": [1, 0] if yearly else [4, 4], "strokeWidth": 2},
                "encoding": {"y": y},
            },
            {
                "transform": [{"filter": "datum.line === 'measured'"}],
                "mark": {"type": "point", "filled": True, "opacity": 1, "color": INK, "size": 150},
                "encoding": {"y": y, "tooltip": [{"field": "year", "title": "Measured in"}, {"field": "per_10000", "title": "In 10,000", "format": ".1f"}]},
            },
            {
                "transform": [{"filter": "datum.line === 'measured'"}],
                "mark": {"type": "text", "align": {"expr": f"datum.begins == {first} ? 'left' : 'right'"}, "dx": {"expr": f"datum.begins == {first} ? 12 : -6"}, "dy": {"expr": f"datum.begins == {first} ? 12 : -14"}, "fontSize": label_size, "color": INK},
                "encoding": {"y": y, "text": {"field": "per_10000", "type": "quantitative", "format": ".1f"}},
            },
            *(
                {
                    # Data of its own, or the words would be drawn once for every row.
                    "data": {"values": [{"begins": last_measured, "height": part * base}]},
                    "mark": {"type": "text", "align": "right", "dx": -8, "fontSize": label_size, "color": "#505a5f", "text": {"expr": text}},
                    "encoding": {"y": {"field": "height", "type": "quantitative"}},
                }
                for part, text in words
            ),
            {
                "transform": [{"filter": "datum.line === 'label'"}],
                "mark": {"type": "text", "align": "left", "dx": 8, "fontSize": label_size, "text": {"expr": f"width > {_WIDE} ? datum.long : width < {_NARROW} ? datum.short : datum.middle"}},
                "encoding": {"y": {"field": "label_at", "type": "quantitative"}, "color": _label_colour(groups)},
            },
        ],
        "config": charts.config(mode),
    }  # fmt: skip


_DARK_TURQUOISE = "#1b7169"
"""Words need more contrast than lines: 4.5 to 1 on white."""


def _label_colour(groups: list[str]) -> Spec:
    """The words at the ends in the colour of their line, by tests, since all layers share one colour scale."""
    colours = {group: _DARK_TURQUOISE if _STYLES[group][0] == TURQUOISE else _STYLES[group][0] for group in groups}
    return {"condition": [{"test": f"datum.group === '{group}'", "value": colour} for group, colour in colours.items()], "value": INK}


def fan_key(names: list[str]) -> str:
    """The key of the fan."""
    groups = [group for group in _STYLES if group in {_GROUPS[name] for name in names}]
    entries = [(charts.symbol(f'<circle cx="9" cy="9" r="7" fill="{INK}"/>'), "Measured")]
    for group in groups:
        colour, dash = _STYLES[group]
        band = '<rect x="0" y="3" width="34" height="12" fill="#cfdce8"/>' if group == PUBLISHED else ""
        pattern = ",".join(map(str, dash)) if dash[1] else "none"
        entries.append((charts.symbol(f'{band}<line x1="0" y1="9" x2="34" y2="9" stroke="{colour}" stroke-width="3" stroke-dasharray="{pattern}"/>', 34), group))
    return charts.key(entries)


def quantiles(mode: str, last_measured: float) -> Spec:
    """A fitted trend: the middle line, and bands for 5 and 8 in 10. Columns: begins, rate_p10 to rate_p90."""
    x = {"field": "begins", "type": "quantitative", "scale": {"zero": False}, "axis": {"title": None, "format": "d", "tickCount": 6, "grid": False}}
    y = {"type": "quantitative", "scale": {"zero": True}, "axis": {"title": "In every 10,000 aged 0 to 19", "tickCount": 5}}
    bands = [("rate_p10", "rate_p90", "#e3eaf1"), ("rate_p25", "rate_p75", "#bfcfde")]
    return {
        "height": 300,
        "encoding": {"x": x},
        "layer": [
            *({"mark": {"type": "area", "color": colour}, "encoding": {"y": {**y, "field": low}, "y2": {"field": high}}} for low, high, colour in bands),
            {"mark": {"type": "line", "color": DARK_BLUE, "strokeWidth": 2.5}, "encoding": {"y": {**y, "field": "rate_p50"}}},
            {"mark": {"type": "rule", "color": MID_GREY, "strokeDash": [4, 4]}, "encoding": {"x": None, "y": {"datum": last_measured}}},
        ],
        "config": charts.config(mode),
    }


def outlook(mode: str, order: list[str], x_title: str, y_title: str) -> Spec:
    """A published line, projections by name, and what past projections missed by as a band. Columns: x, line, number, past_low, past_high."""
    spec = charts.lines(mode, "x", "number", "line", order, x_title, y_title)
    line = {key: spec[key] for key in ("mark", "encoding")}
    band = {
        "transform": [{"filter": "isValid(datum.past_low)"}],
        "mark": {"type": "area", "color": "#fbd9c8"},
        "encoding": {
            "x": spec["encoding"]["x"],
            "y": {**spec["encoding"]["y"], "field": "past_low"},
            "y2": {"field": "past_high"},
        },
    }
    return {"height": spec["height"], "layer": [band, line], "config": spec["config"]}
