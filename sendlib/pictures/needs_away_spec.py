"""The lead picture of Needs as a Vega-Lite spec: names, marks and printed figures of every row, on one or two scales.

On a wide screen names stand to the left and figures to the right of the marks; on a narrow one both stand over them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sendlib.answer import Mode
from sendlib.answer.numbers import written
from sendlib.pictures import needs_names, pinned, rows
from sendlib.pictures.needs_parts import Parts
from sendlib.pictures.palette import DARK_BLUE, GRID, INK, LIGHT_GREY, LIGHTEST_GREY, MID_GREY, ORANGE, PAPER
from sendlib.pictures.picture import SHOWN, UPRIGHT, Spec, config, is_series, sizes
from sendlib.pictures.pinned import Pin


@dataclass(frozen=True)
class Drawing:
    """What a spec is made of.

    `order`: names of the needs, as they are sorted; `parts`: which of them stand below, and the axis. `printed`: name
    -> figures at the end of its row; `bold`: names of the rows that stand out. `axis`: what its numbers are; `zero`:
    the word at nought, of an axis of differences (else empty). `of_several`: "shares" or "rates". `series`:
    which marks there are: a layer without any would be a picture without words to a screen reader.
    """

    order: Sequence[str]
    parts: Parts
    printed: dict[str, str]
    bold: Sequence[str]
    axis: str
    zero: str
    of_several: str
    pins: Sequence[Pin]
    series: frozenset[str]

    def where(self, series: str, *layers: Spec) -> tuple[Spec, ...]:
        """The layers of a series; none where it has no mark."""
        return layers if series in self.series else ()

    @property
    def heads(self) -> dict[str, float]:
        """The lines over the two parts, or over all rows: words -> how many times as wide the rows below are drawn."""
        small, factor = self.parts.small, self.parts.factor
        lower = {f"Smaller {self.of_several}, drawn {factor:g} times as wide": factor} if small else {}
        return {self.axis: 1.0, **lower}

    def number(self, at: float, factor: float) -> str:
        """What stands at a place of the axis, where the rows are drawn so many times as wide."""
        if at == 0 and self.zero:
            return self.zero
        number = at / factor
        decimals = next((places for places in range(3) if round(number, places) == round(number, 4)), 3)
        return written(number, decimals, signed=bool(self.zero))

    @property
    def lines(self) -> list[str]:
        """All lines from above: those of words and numbers, and under each the rows of its part."""
        above = [name for name in self.order if name not in self.parts.small]
        below = [name for name in self.order if name in self.parts.small]
        first, *second = self.heads
        return [first, *above, *second, *below]


@dataclass(frozen=True)
class _Layout:
    """Pixels of a mode: of a row, of the names and figures at its sides, and below which width they stand over it; how
    large marks are on a wide screen, and on a narrow one."""

    row: int
    names: int
    figures: int
    narrow: int
    large: float
    small: float

    @property
    def is_narrow(self) -> str:
        return f"width < {self.narrow}"

    def either(self, narrow: float | str, wide: float | str) -> Spec:
        """A value that depends on the width: expressions, or words in quotes."""
        return {"expr": f"{self.is_narrow} ? {narrow} : {wide}"}

    def size(self, size: float) -> Spec:
        """The size of a mark: on a narrow screen one that leaves room for the name over it."""
        return self.either(size * self.small, size * self.large)

    @property
    def marks(self) -> Spec:
        """How far marks are from the middle of their row."""
        return self.either(self.row * 0.22, 0)


_EXPLORE = _Layout(row=36, names=304, figures=100, narrow=580, large=1.0, small=0.9)
_SHOW = _Layout(row=25, names=366, figures=118, narrow=640, large=1.5, small=0.6)


def spec(mode: Mode, drawing: Drawing) -> Spec:
    """The picture; its data have a row a mark (needs_away)."""
    layout = _SHOW if mode == "show" else _EXPLORE
    x, y = _x(layout, drawing), rows.rows("need", drawing.lines)
    where, large = {"x": x, "y": y}, layout.large
    hollow = {"test": "datum.outside === 'no'", "value": PAPER}
    own = _points("own", "circle", 150, layout, fill=None, stroke=DARK_BLUE, strokeWidth=2 + large)
    england = _points("england", "diamond", 70, layout, fill=ORANGE, stroke=PAPER, strokeWidth=1.2)
    mean = _points("mean", UPRIGHT, 380, layout, fill=INK, stroke=PAPER, strokeWidth=1)
    layers = [
        *_lines(drawing, x, y),
        *drawing.where("range", _across("range", 8 + 4 * large, LIGHT_GREY, layout, where)),
        *([_upright(x, [0.0], color=INK, strokeWidth=2)] if drawing.zero else []),
        *_heads(mode, layout, drawing, x, y),
        *_words(mode, layout, drawing, y),
        *drawing.where("each", _each(layout, where)),
        *_named(layout, where, drawing.pins),
        *drawing.where(
            "own",
            _across("own", 1 + large, DARK_BLUE, layout, where),
            {**own, "encoding": {**where, **_TOLD, "fill": {"condition": hollow, "value": DARK_BLUE}}},
        ),
        # Over the area's own mark, which may be at the same place.
        *drawing.where("mean", {**mean, "encoding": {**where, **_TOLD}}),
        *drawing.where("england", {**england, "encoding": {**where, **_TOLD}}),
        *(needs_names.layers(mode, where, layout.marks) if drawing.pins else []),
    ]
    return {
        "height": SHOWN if mode == "show" else layout.row * len(drawing.lines) + 2 * _EDGE,
        "padding": {"left": _EDGE, "top": _EDGE, "bottom": _EDGE, "right": _EDGE},
        "layer": layers,
        "config": config(mode),
    }


_EDGE = 2
_HALF = 0.27
"""Half the width of a letter and what is free beside it, in sizes of letters."""
_TOLD: Spec = {"tooltip": {"field": "told", "type": "nominal"}}


def _x(layout: _Layout, drawing: Drawing) -> Spec:
    """The axis across, between names and figures; its numbers stand in lines of their own (_heads)."""
    ends = [layout.either(6, layout.names), layout.either("width - 6", f"width - {layout.figures}")]
    scale = {"domain": list(drawing.parts.domain), "nice": False, "zero": False, "range": ends}
    return {"field": "x", "type": "quantitative", "scale": scale, "axis": None}


def _lines(drawing: Drawing, x: Spec, y: Spec) -> list[Spec]:
    """Thin lines between the rows, and upright ones at the numbers of the axis."""
    names = {"values": [{"need": name} for name in drawing.lines]}
    encoding = {"y": {**y, "bandPosition": 0}, "x": {"value": 0}, "x2": {"value": "width"}}
    return [
        _upright(x, drawing.parts.ticks, color=GRID),
        {"data": names, "mark": {"type": "rule", "color": GRID}, "encoding": encoding},
    ]


def _upright(x: Spec, at: Sequence[float], **style: object) -> Spec:
    """Upright lines through all rows."""
    places = {"values": [{"x": place} for place in at]}
    return {"data": places, "mark": {"type": "rule", **style}, "encoding": {"x": x}}


def _heads(mode: Mode, layout: _Layout, drawing: Drawing, x: Spec, y: Spec) -> list[Spec]:
    """Over the rows of each part a line with its numbers and what they are; on a narrow screen one over the other."""
    size, over = sizes(mode)[0], layout.row * 0.24
    whole = {"x": {"value": 0}, "x2": {"value": "width"}}
    text = {"type": "text", "baseline": "middle", "fill": INK}
    room = f"{layout.names - 18} / (0.47 * length(datum.need))"
    font = {"expr": f"{layout.is_narrow} ? {min(size, layout.row * 0.4):g} : min({size}, {room})"}
    words = {**text, "align": "left", "x": layout.either(2, 6), "yOffset": layout.either(-over, 0), "fontSize": font}
    small = layout.either(min(size, layout.row * 0.4), size)
    # The word at nought is longer than a number: those that it would run into are left out.
    at_nought = "abs(scale('x', datum.x) - scale('x', 0))"
    crowded = f"datum.x != 0 && {at_nought} < {_HALF * size} * (length(datum.number) + {len(drawing.zero)})"
    seen = {"expr": f"{crowded} ? 0 : 1"}
    numbers = {**text, "align": "center", "yOffset": layout.either(over, 0), "fontSize": small, "opacity": seen}
    heads = {"values": [{"need": head} for head in drawing.heads]}
    held = [
        {"need": head, "x": tick, "number": drawing.number(tick, factor)}
        for head, factor in drawing.heads.items()
        for tick in drawing.parts.ticks
    ]
    return [
        {"data": heads, "mark": {"type": "rect", "color": LIGHTEST_GREY}, "encoding": {"y": y, **whole}},
        {"data": heads, "mark": words, "encoding": {"y": y, "text": {"field": "need"}}},
        {"data": {"values": held}, "mark": numbers, "encoding": {"y": y, "x": x, "text": {"field": "number"}}},
    ]


def _words(mode: Mode, layout: _Layout, drawing: Drawing, y: Spec) -> list[Spec]:
    """The name and the printed figures of each row; on a narrow screen both stand over its marks."""
    size = sizes(mode)[0]
    font = {"expr": f"{layout.is_narrow} ? min({layout.row * 0.4:g}, width / 25) : {size}"}
    text = {"type": "text", "yOffset": layout.either(-layout.row * 0.24, 0), "baseline": "middle", "fontSize": font}
    edge = {"stroke": PAPER, "strokeWidth": 4, "strokeJoin": "round", "fill": PAPER}
    name = {**text, "align": layout.either("'left'", "'right'"), "x": layout.either(2, layout.names - 12)}
    figures = {**text, "align": "right", "x": {"expr": "width - 2"}}
    held = [{"need": name, "printed": drawing.printed[name]} for name in drawing.lines if name in drawing.printed]
    return [
        {
            "data": {"values": [row for row in held if (row["need"] in drawing.bold) is bold]},
            "mark": {**mark, **look, "fontWeight": "bold" if bold else "normal"},
            "encoding": {"y": y, "text": {"field": field}},
        }
        for mark, field in ((name, "need"), (figures, "printed"))
        for bold in (False, True)
        for look in (edge, {"fill": INK})
    ]


def _points(series: str, shape: str, size: float, layout: _Layout, **style: object) -> Spec:
    look = {"opacity": 1, "size": layout.size(size), "shape": shape, "yOffset": layout.marks, **style}
    return {"transform": [{"filter": is_series(series)}], "mark": {"type": "point", **look}}


def _across(series: str, height: float, colour: str, layout: _Layout, where: Spec) -> Spec:
    """A bar from x_low to x_high: the range of those compared, or the interval of the area."""
    mark = {"type": "bar", "height": height, "color": colour, "yOffset": layout.marks}
    ends = {"x": {**where["x"], "field": "x_low"}, "x2": {"field": "x_high"}}
    return {
        "transform": [{"filter": f"{is_series(series)} && isValid(datum.x_low)"}],
        "mark": mark,
        "encoding": {"y": where["y"], **ends, **_TOLD},
    }


def _each(layout: _Layout, where: Spec) -> Spec:
    """A small dot for each of those compared, which can be clicked."""
    points = _points("each", "circle", 28, layout, filled=True)
    encoding = {
        **where,
        **_TOLD,
        "size": pinned.over(0, layout.size(90), layout.size(28)),
        "color": pinned.over(0, INK, MID_GREY),
    }
    return {**points, "params": pinned.clicks(), "encoding": encoding}


def _named(layout: _Layout, where: Spec, pins: Sequence[Pin]) -> list[Spec]:
    """Marks of the areas that are named, each in its shape, which can be clicked again."""
    style = {"filled": True, "opacity": 1, "color": pinned.COLOUR, "stroke": PAPER, "strokeWidth": 1}
    return [
        {
            "params": pinned.clicks(number)[:1],
            "transform": [{"filter": pin.is_its}],
            "mark": {
                "type": "point",
                "size": layout.size(120),
                "shape": pin.shape,
                "yOffset": layout.marks,
                **style,
            },
            "encoding": {**where, **_TOLD},
        }
        for number, pin in enumerate(pins, start=1)
    ]
