"""Chart specifications (Vega-Lite), apart from their data.

Colours are the Government Analysis Function's for light pages; a shape or a
label says the same as every colour.
"""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from functools import cache
from html import escape
from typing import Any
from urllib.parse import quote

import pandas as pd

from sendlib.questions.answer import Answer

DARK_BLUE, ORANGE, TURQUOISE, PINK = "#12436D", "#F46A25", "#28A197", "#801650"
GREY, MID_GREY, INK = "#BFBFBF", "#6f777b", "#0b0c0c"

LINE_COLOURS = [DARK_BLUE, ORANGE, TURQUOISE, PINK]
LINE_DASHES = [[1, 0], [8, 3], [2, 3], [10, 3, 2, 3]]

Spec = dict[str, Any]

_PERSON = (
    "M-0.24,-0.72A0.24,0.24,0,1,1,0.24,-0.72A0.24,0.24,0,1,1,-0.24,-0.72Z"
    "M-0.42,-0.4L0.42,-0.4L0.42,0.28L0.24,0.28L0.24,0.98L-0.24,0.98L-0.24,0.28L-0.42,0.28Z"
)
# Labels with a | stand on two lines around the middle of their row.
TWO_LINES = {
    "labelExpr": "split(datum.label, '|')",
    "labelBaseline": {"condition": {"test": "indexof(datum.label, '|') > 0", "value": "bottom"}, "value": "middle"},
}
_ROOM_RIGHT = {"left": 5, "top": 5, "bottom": 5, "right": 48}
"""So that a number at the end of a bar, or the last word of an axis, is not cut off on a narrow screen."""
ROW = 44
"""Pixels of a row that has its name over its marks."""
BELOW_ROWS = 62
"""Pixels of the axis below such rows, with a title of one line."""
_LINE = 44
"""Letters of a title of an axis that a narrow screen has room for."""
_UPRIGHT = "M-0.12,-1L0.12,-1L0.12,1L-0.12,1Z"


def sizes(mode: str) -> tuple[int, int]:
    """Font sizes of labels and of titles, in pixels: larger for a shared screen."""
    return (18, 22) if mode == "show" else (14, 15)


def config(mode: str) -> Spec:
    """Fonts, axes and background that all pictures share."""
    label, title = sizes(mode)
    return {
        "background": "white",
        "font": "Source Sans, Helvetica, Arial, sans-serif",
        "view": {"stroke": None},
        "axis": {
            "labelFontSize": label, "titleFontSize": label, "labelColor": INK, "titleColor": INK, "titleFontWeight": "normal",
            "gridColor": "#e3e3e3", "domainColor": MID_GREY, "tickColor": MID_GREY, "labelLimit": 420,
        },
        "title": {"fontSize": title, "color": INK, "anchor": "start", "fontWeight": "normal"},
        "text": {"fontSize": label, "color": INK},
    }  # fmt: skip


def rows(field: str, order: Sequence[str]) -> Spec:
    """The upright position of rows that have their names over their marks (row_names)."""
    return {"field": field, "type": "nominal", "sort": None, "axis": None, "scale": {"type": "band", "domain": list(order), "padding": 0}}


def row_names(mode: str, field: str, names: Mapping[str, str], height: float = ROW) -> list[Spec]:
    """Layers with a line over each row and its name at the top of it, so that the marks have the whole width of a narrow screen.

    `names`: the value of `field` in the data -> the words that stand there.
    """
    y, size = rows(field, list(names)), sizes(mode)[0]
    data = {"values": [{field: value, "words": words} for value, words in names.items()]}
    # A long name on a narrow screen is written smaller rather than cut off.
    font = {"expr": f"max(11, min({size}, width / (0.44 * length(datum.words))))"}
    return [
        {"data": data, "mark": {"type": "rule", "color": "#b1b4b6"}, "encoding": {"y": {**y, "bandPosition": 0}, "x": {"value": 0}, "x2": {"value": "width"}}},
        {
            "data": data, "mark": {"type": "text", "align": "left", "baseline": "top", "yOffset": 2 - height / 2, "color": INK, "fontSize": font},
            "encoding": {"y": y, "x": {"value": 2}, "text": {"field": "words"}},
        },
    ]  # fmt: skip


def axis_title(text: str) -> Spec:
    """The title of an axis below rows, from the left and in lines that a narrow screen has room for; none for an empty text."""
    return {"title": textwrap.wrap(text, _LINE) if len(text) > _LINE else text or None, "titleAnchor": "start"}


def below_rows(title: str) -> int:
    """Pixels of the axis below rows, by the lines of its title."""
    return BELOW_ROWS + 18 * (len(textwrap.wrap(title, _LINE)) - 1)


@cache
def hundred(mode: str) -> Spec:
    """A hundred small figures; data: x, y, kind."""
    kinds = ["EHC plan", "SEN support", "Neither"]
    return {
        "height": 330 if mode == "show" else 340,
        "mark": {"type": "point", "shape": _PERSON, "filled": True, "opacity": 1, "size": 560 if mode == "show" else 430, "strokeWidth": 1.2},
        "encoding": {
            "x": {"field": "x", "type": "quantitative", "axis": None, "scale": {"domain": [-0.7, 9.7]}},
            "y": {"field": "y", "type": "quantitative", "axis": None, "scale": {"domain": [9.7, -0.7]}},
            "fill": {
                "field": "kind", "type": "nominal", "legend": None,
                "scale": {"domain": kinds, "range": [DARK_BLUE, ORANGE, "#ffffff"]},
            },
            "stroke": {
                "field": "kind", "type": "nominal", "legend": None,
                "scale": {"domain": kinds, "range": [DARK_BLUE, ORANGE, MID_GREY]},
            },
            "tooltip": {"field": "kind", "type": "nominal", "title": "Pupil"},
        },
        "config": config(mode),
    }  # fmt: skip


def hundred_data(table: pd.DataFrame, group: str) -> pd.DataFrame:
    """Ten rows of ten figures for a group: plans first, then SEN support, then neither."""
    rows = table[table["group"].eq(group)]
    kinds = [kind for kind, number in zip(rows["kind"], rows["figures"], strict=True) for _ in range(int(number))]
    return pd.DataFrame({"x": [i % 10 for i in range(len(kinds))], "y": [i // 10 for i in range(len(kinds))], "kind": kinds})


def needs_series(answer: Answer) -> list[str]:
    """Names of the four series of the needs picture, in the order of its key."""
    others = answer.comparators
    return [answer.area.name, f"Mean of {others}", "England", f"Each of {others}"]


def needs(answer: Answer, mode: str) -> Spec:
    """Every need on one axis: own dot, each comparator, their range and mean, England. Data of needs_data."""
    series = needs_series(answer)
    order = [_label(name, mode) for name in answer.tables["mix"].data["name"]]
    axis = {"title": None, "grid": True, "tickSize": 0, "labelPadding": 12, **TWO_LINES}
    y = {"field": "label", "type": "nominal", "sort": order, "axis": axis}
    x = {
        "field": "share", "type": "quantitative", "scale": {"zero": True, "nice": True},
        "axis": {"title": "% of plans", "tickCount": 5, "labelOverlap": "greedy"},
    }  # fmt: skip
    shapes = ["circle", _UPRIGHT, "diamond", "circle"]
    colours = [DARK_BLUE, INK, ORANGE, MID_GREY]

    def points(number: int, size: int, **style: Any) -> Spec:
        return {
            "transform": [{"filter": f"datum.series === {_quoted(series[number])}"}],
            "mark": {"type": "point", "filled": True, "opacity": 1, "size": size, **style},
            "encoding": {
                "y": y,
                "x": x,
                "shape": {"field": "series", "type": "nominal", "scale": {"domain": series, "range": shapes}, "legend": None},
                "color": {"field": "series", "type": "nominal", "scale": {"domain": series, "range": colours}, "legend": None},
                "tooltip": [
                    {"field": "need", "title": "Need"},
                    {"field": "who", "title": "Who"},
                    {"field": "share", "title": "Per cent of plans", "format": ".1f"},
                ],
            },
        }

    large = 1.7 if mode == "show" else 1.0
    return {
        "height": len(order) * (28 if mode == "show" else 36) + 60,
        "layer": [
            {
                "transform": [
                    {"filter": f"datum.series === {_quoted(series[3])}"},
                    {
                        "aggregate": [{"op": "min", "field": "share", "as": "low"}, {"op": "max", "field": "share", "as": "high"}],
                        "groupby": ["label"],
                    },
                ],
                "mark": {"type": "bar", "height": 12, "color": "#e0e0e0"},
                "encoding": {"y": y, "x": {**x, "field": "low"}, "x2": {"field": "high"}},
            },
            points(3, int(28 * large)),
            points(0, int(210 * large)),
            # On top, with a white edge: a rare need has all marks in one place.
            points(1, int(420 * large), stroke="white", strokeWidth=1),
            points(2, int(80 * large), stroke="white", strokeWidth=1.2),
        ],
        "config": config(mode),
    }


def needs_data(answer: Answer, mode: str) -> pd.DataFrame:
    """Long data for the needs picture: one row a need, series and authority; `label` is the need on the axis."""
    series = needs_series(answer)
    mix, each = answer.tables["mix"].data, answer.tables["comparators"].data
    parts = [
        pd.DataFrame({"need": each["name"], "series": series[3], "who": each["area"], "share": each["share"]}),
        pd.DataFrame({"need": mix["name"], "series": series[1], "who": series[1], "share": mix["comparator_mean"]}),
        pd.DataFrame({"need": mix["name"], "series": series[2], "who": "England", "share": mix["england"]}),
        pd.DataFrame({"need": mix["name"], "series": series[0], "who": series[0], "share": mix["share"]}),
    ]
    data = pd.concat(parts, ignore_index=True).dropna(subset=["share"])
    return data.assign(label=data["need"].map(lambda name: _label(name, mode)))


def _label(name: str, mode: str) -> str:
    """A need on the axis: on two lines (parted by |) where the screen may be narrow."""
    return name if mode == "show" else "|".join(textwrap.wrap(name, 26))


def dots(mode: str, needs_in_order: list[str], series: list[str], x_title: str) -> Spec:
    """Rows on one axis, each with its name over up to three marks: a dot, an upright line, a diamond. Data of dots_data."""
    x = {
        "field": "share", "type": "quantitative", "scale": {"zero": True},
        "axis": {**axis_title(x_title), "tickCount": 5, "labelOverlap": "greedy", "labelSeparation": 8},
    }  # fmt: skip
    layers = row_names(mode, "need", {name: name for name in needs_in_order})
    for name, shape, colour, size in list(zip(series, MARKS, MARK_COLOURS, MARK_SIZES, strict=False))[::-1]:
        layers.append(
            {
                "transform": [{"filter": f"datum.series === {_quoted(name)}"}],
                "mark": {"type": "point", "shape": shape, "color": colour, "filled": True, "opacity": 1, "size": size, "yOffset": ROW / 4},
                "encoding": {
                    "y": rows("need", needs_in_order),
                    "x": x,
                    "tooltip": [{"field": "need", "title": "Need"}, {"field": "series", "title": "Whose"}, {"field": "share", "title": x_title, "format": ".1f"}],
                },
            }
        )
    padding = {**_ROOM_RIGHT, "right": 22}
    return {"height": ROW * len(needs_in_order) + below_rows(x_title), "padding": padding, "layer": layers, "config": config(mode)}


MARKS = ["circle", _UPRIGHT, "diamond"]
MARK_COLOURS = [DARK_BLUE, INK, ORANGE]
MARK_SIZES = [220, 380, 130]


def dots_data(rows: list[tuple[str, str, float]]) -> pd.DataFrame:
    """(need, series, share) as data for `dots`; missing shares are left out."""
    return pd.DataFrame(rows, columns=["need", "series", "share"]).dropna(subset=["share"])


def dots_key(series: list[str]) -> str:
    """The key of a picture of dots."""
    drawings = [
        f'<circle cx="9" cy="9" r="8" fill="{DARK_BLUE}"/>',
        f'<rect x="8" y="0" width="3" height="18" fill="{INK}"/>',
        f'<path d="M9,2L15,9L9,16L3,9Z" fill="{ORANGE}"/>',
    ]
    return key([(symbol(drawing), name) for drawing, name in zip(drawings, series, strict=False)])


def funnel(mode: str, own: str) -> Spec:
    """Share by number of plans for every authority, with limits. Data: the funnel table of one need."""
    x = {"field": "plans", "type": "quantitative", "axis": {"title": "Plans with a recorded need", "tickCount": 6}, "scale": {"zero": True}}
    y_title = "% of plans"
    groups = ["other", "compared", "own area"]

    def limit(field: str, dash: list[int]) -> Spec:
        return {
            "mark": {"type": "line", "color": MID_GREY, "strokeDash": dash, "strokeWidth": 1.5, "interpolate": "monotone"},
            "encoding": {"x": x, "y": {"field": field, "type": "quantitative", "axis": {"title": y_title}}},
        }

    return {
        "height": 380,
        "layer": [
            *(limit(field, [1, 0]) for field in ("low_998", "high_998")),
            *(limit(field, [5, 4]) for field in ("low_95", "high_95")),
            {
                "mark": {"type": "point", "filled": True, "opacity": 1},
                "encoding": {
                    "x": x,
                    "y": {"field": "share", "type": "quantitative", "axis": {"title": y_title, "tickCount": 6}, "scale": {"zero": True}},
                    "color": {"field": "group", "type": "nominal", "scale": {"domain": groups, "range": [GREY, ORANGE, DARK_BLUE]}, "legend": None},
                    "shape": {"field": "group", "type": "nominal", "scale": {"domain": groups, "range": ["circle", "diamond", "circle"]}, "legend": None},
                    "size": {"field": "group", "type": "nominal", "scale": {"domain": groups, "range": [40, 110, 240]}, "legend": None},
                    "tooltip": [
                        {"field": "area", "title": "Authority"},
                        {"field": "plans", "title": "Plans", "format": ","},
                        {"field": "share", "title": "% of plans", "format": ".1f"},
                    ],
                },
            },
        ],
        "config": config(mode),
    }  # fmt: skip


def funnel_key(own: str, compared: str) -> str:
    """The key of the funnel."""
    return key(
        [
            (symbol(f'<circle cx="9" cy="9" r="8" fill="{DARK_BLUE}"/>'), own),
            (symbol(f'<path d="M9,2L15,9L9,16L3,9Z" fill="{ORANGE}"/>'), compared),
            (symbol(f'<circle cx="9" cy="9" r="4" fill="{GREY}" stroke="{MID_GREY}"/>'), "other authorities"),
            (symbol(f'<line x1="0" y1="9" x2="34" y2="9" stroke="{MID_GREY}" stroke-width="2" stroke-dasharray="5,4"/>', 34), "95% limits"),
            (symbol(f'<line x1="0" y1="9" x2="34" y2="9" stroke="{MID_GREY}" stroke-width="2"/>', 34), "99.8% limits"),
        ]
    )


def two_sided_bars(mode: str, category: str, value: str, order: list[str], title: str) -> Spec:
    """Bars to the right (more, blue) and to the left (less, orange) of nought."""
    return {
        "height": 36 * len(order) + 50,
        "encoding": {
            "y": {"field": category, "type": "nominal", "sort": order, "axis": {"title": None, "tickSize": 0, "labelPadding": 12, **TWO_LINES}},
            "x": {"field": value, "type": "quantitative", "axis": {"title": title, "tickCount": 7}},
        },
        "layer": [
            {"mark": {"type": "bar", "height": 18}, "encoding": {"color": {"condition": {"test": f"datum.{value} < 0", "value": ORANGE}, "value": DARK_BLUE}}},
            {"mark": {"type": "rule", "color": INK}, "encoding": {"x": {"datum": 0}, "y": None}},
        ],
        "config": config(mode),
    }


def label_of(name: str, mode: str) -> str:
    """A need as the axis of a picture writes it."""
    return _label(name, mode)


def lines(
    mode: str, x: str, y: str, series: str, order: list[str], x_title: str, y_title: str, styles: list[int] | None = None
) -> Spec:
    """Lines from zero with a point at each figure, at most four; a period without a figure is a gap.

    `styles` are places in the list of line styles, so that a line looks the same in two pictures.
    """
    places = styles or list(range(len(order)))
    colours, dashes = [LINE_COLOURS[place] for place in places], [LINE_DASHES[place] for place in places]
    scale = {"domain": order}
    return {
        "height": 280,
        "mark": {"type": "line", "point": {"size": 60, "filled": True}, "strokeWidth": 4 if mode == "show" else 2.5, "invalid": "break-paths-show-path-domains"},
        "encoding": {
            "x": {"field": x, "type": "ordinal", "axis": {"title": x_title, "labelAngle": 0, "labelOverlap": True}},
            "y": {"field": y, "type": "quantitative", "axis": {"title": y_title, "tickCount": 5}, "scale": {"zero": True}},
            "color": {"field": series, "type": "nominal", "scale": {**scale, "range": colours}, "legend": None},
            "strokeDash": {"field": series, "type": "nominal", "scale": {**scale, "range": dashes}, "legend": None},
            "tooltip": [
                {"field": x, "title": x_title},
                {"field": series, "title": "Line"},
                {"field": y, "title": y_title, "format": ",.1f"},
            ],
        },
        "config": config(mode),
    }  # fmt: skip


def bars(mode: str, category: str, value: str, order: list[str], title: str, *, format_: str = ",.1f") -> Spec:
    """Horizontal bars from zero, each with its name over it and its number at its end; rows without a figure are left out of the data."""
    y = rows(category, order)
    x = {
        "field": value, "type": "quantitative", "scale": {"zero": True},
        "axis": {**axis_title(title), "tickCount": 5, "labelOverlap": "greedy", "labelSeparation": 8},
    }  # fmt: skip
    return {
        "height": ROW * len(order) + below_rows(title),
        "padding": _ROOM_RIGHT,
        "layer": [
            *row_names(mode, category, {name: name for name in order}),
            {"mark": {"type": "bar", "color": DARK_BLUE, "height": 16, "yOffset": ROW / 4}, "encoding": {"y": y, "x": x}},
            {
                "mark": {"type": "text", "align": "left", "baseline": "middle", "dx": 6, "yOffset": ROW / 4, "fontSize": sizes(mode)[0]},
                "encoding": {"y": y, "x": x, "text": {"field": value, "type": "quantitative", "format": format_}},
            },
        ],
        "config": config(mode),
    }


def heading(text: str) -> str:
    """What stands over one of several pictures, as HTML."""
    return f'<p class="group">{escape(text)}</p>'


def key(entries: list[tuple[str, str]]) -> str:
    """The key above a picture as HTML that wraps on a narrow screen: (symbol as SVG, words)."""
    items = "".join(f"<li>{symbol}<span>{escape(text)}</span></li>" for symbol, text in entries)
    return f'<ul class="key">{items}</ul>'


def symbol(drawing: str, width: int = 18) -> str:
    """A small drawing (SVG elements) as an image for a key; the words beside it say the same."""
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="18" viewBox="0 0 {width} 18">{drawing}</svg>'
    return f'<img src="data:image/svg+xml,{quote(svg)}" width="{width}" height="18" alt="">'


def hundred_key(group: str, plans: int, support: int, neither: int) -> str:
    """Whose hundred figures these are, and how many of each kind."""
    swatch = '<rect x="2" y="2" width="14" height="14" fill="{}" stroke="{}" stroke-width="2"/>'
    entries = [
        (symbol(swatch.format(DARK_BLUE, DARK_BLUE)), f"{plans} with an EHC plan"),
        (symbol(swatch.format(ORANGE, ORANGE)), f"{support} with SEN support"),
        (symbol(swatch.format("#ffffff", MID_GREY)), f"{neither} neither"),
    ]
    return f'<p class="group">{escape(group)}</p>{key(entries)}'


def needs_key(answer: Answer) -> str:
    """The key of the needs picture."""
    own, mean, england, each = needs_series(answer)
    return key(
        [
            (symbol(f'<circle cx="9" cy="9" r="8" fill="{DARK_BLUE}"/>'), own),
            (symbol(f'<rect x="8" y="0" width="3" height="18" fill="{INK}"/>'), mean),
            (symbol(f'<path d="M9,2L15,9L9,16L3,9Z" fill="{ORANGE}"/>'), england),
            (symbol(f'<rect x="0" y="5" width="18" height="8" fill="#e0e0e0"/><circle cx="9" cy="9" r="3" fill="{MID_GREY}"/>'), f"{each}, and their range"),
        ]
    )


def lines_key(order: list[str], styles: list[int] | None = None) -> str:
    """The key of a picture with lines."""
    places = styles or list(range(len(order)))
    colours, dashes = [LINE_COLOURS[place] for place in places], [LINE_DASHES[place] for place in places]
    return key(
        [
            (
                symbol(
                    f'<line x1="0" y1="9" x2="34" y2="9" stroke="{colour}" stroke-width="3"'
                    f' stroke-dasharray="{",".join(map(str, dash)) if dash[1] else "none"}"/><circle cx="17" cy="9" r="4" fill="{colour}"/>',
                    34,
                ),
                name,
            )
            for name, colour, dash in zip(order, colours, dashes, strict=True)
        ]
    )


def _quoted(text: str) -> str:
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"
