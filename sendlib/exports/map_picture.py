"""The map of Places as a picture of Vega-Lite, which shows what the page's own map shows (static/map/) without a
browser: shades, outlines, names, towns, schools, who travels.

All of it is in pixels of the picture (map_ground.py), so that names find room (map_names.py); Vega draws it.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from itertools import cycle, groupby
from typing import Any

from shapely.geometry import mapping

from sendlib.exports import letters, map_marks, map_names, map_where
from sendlib.exports.map_ground import Ground, Point, View
from sendlib.exports.map_names import Places, Written
from sendlib.pictures.palette import HIGHLIGHT, INK, LIGHT_GREY, LIGHTEST_GREY, MID_GREY, PAPER, RULE
from sendlib.pictures.picture import Spec
from sendlib.pictures.places_map import MapPicture

_SEA, _BEYOND = LIGHTEST_GREY, LIGHT_GREY
Drawn = Iterable[tuple[Any, dict[str, Any]]]
"""Shapes in pixels, each with what is said of it."""
_FRAME = 1
"""Pixels around the map, for the line that frames it."""
_IN_PIXELS = {"type": "identity", "scale": 1, "translate": [0, 0]}


def _path(angles: Iterable[float], *reaches: float) -> str:
    """The path of a mark around nought with corners at some angles, which reach so far in turn."""
    ways = zip((math.radians(angle) for angle in angles), cycle(reaches), strict=False)
    return f"M{'L'.join(f'{r * math.sin(way):.3f},{-r * math.cos(way):.3f}' for way, r in ways)}Z"


_SHAPES = (
    "M-1,0A1,1,0,1,1,1,0A1,1,0,1,1,-1,0Z",
    _path((0, 90, 180, 270), 1.2),
    _path((45, 135, 225, 315), 1.2),
    _path((0, 120, 240), 1.35),
    _path((180, 300, 60), 1.35),
    _path((0, 72, 144, 216, 288), 1.15),
)
"""The marks of the kinds of schools (static/map/symbols.js)."""
_STAR = _path(range(0, 360, 36), 1.3, 0.5)


def spec(picture: MapPicture, width: int) -> Spec:
    """The map, so many pixels wide, with its data in it."""
    ground = Ground(picture, View.of(picture.drawing, width - 2 * _FRAME))
    places = Places(ground.view.width, ground.view.height)
    layers = [*_shades(ground), *_lines_over(ground)]
    if ground.view.plane:
        map_names.name_hexagons(ground, places)
    else:
        layers += _on_the_ground(ground, places)
    layers += [_points(places.dots, size=20, color=INK, stroke=PAPER, strokeWidth=1), *_words(places.written)]
    return {
        "width": ground.view.width,
        "height": ground.view.height,
        "padding": _FRAME,
        "background": PAPER,
        "config": {
            "font": letters.MEASURED_AS,
            "aria": False,
            "view": {"fill": _SEA, "stroke": RULE},
            "axis": {"disable": True},
        },
        "layer": [layer for layer in layers if layer["data"]["values"]],
    }


def _on_the_ground(ground: Ground, places: Places) -> list[Spec]:
    """Schools, arrows and own points, the little map and the scale; and all names have their places."""
    where = map_where.inset(ground, places)
    scale = map_where.scale(ground, places)
    schools = map_marks.schools(ground, places)
    arrows, named = map_marks.arrows(ground, places)
    stars = map_marks.own_points(ground, places)
    map_names.name_areas(ground, places, named)
    return [
        *_schools(schools),
        *_arrows(arrows),
        _points(stars, shape=_STAR, size=256, color=INK, stroke=HIGHLIGHT, strokeWidth=2),
        *(_shape(mapping(shape), **mark) for shape, mark in (*where, *scale)),
    ]


# Areas and lines


def _areas(ground: Ground, shapes: Drawn, **mark: Any) -> Spec:
    """A layer of shapes, as far as they are in the picture, each with what is said of it."""
    seen = ((ground.in_view(shape), said) for shape, said in shapes)
    values = [
        {"type": "Feature", "properties": {}, "geometry": _rounded(mapping(shape)), **said}
        for shape, said in seen
        if not shape.is_empty
    ]
    return {
        "data": {"values": values},
        "projection": _IN_PIXELS,
        "mark": {"type": "geoshape", **mark},
    }


def _rounded(part: Any) -> Any:
    """A geometry with a decimal, which is finer than anybody sees."""
    if isinstance(part, float):
        return round(part, 1)
    if isinstance(part, list | tuple):
        return [_rounded(one) for one in part]
    return {name: _rounded(one) for name, one in part.items()} if isinstance(part, dict) else part


def _shades(ground: Ground) -> list[Spec]:
    """What lies beyond, and the authorities in their shades."""
    colours, missing = ground.drawing["colours"], ground.drawing["missing"]
    shaded = [
        (shape, {"fill": colours[fifth] if fifth >= 0 else missing})
        for shape, fifth in zip(ground.areas, ground.drawing["shades"], strict=True)
    ]
    beyond: Drawn = ((shape, {}) for shape in ground.outlines("beyond"))
    fill = {"fill": {"field": "fill", "type": "nominal", "scale": None}}
    return [
        _areas(ground, beyond, fill=_BEYOND, stroke=RULE, strokeWidth=0.8),
        {**_areas(ground, shaded, stroke=MID_GREY, strokeWidth=0.8), "encoding": fill},
    ]


def _lines_over(ground: Ground) -> list[Spec]:
    """Borders of districts, and what is outlined: white under it, so that it is seen on every shade."""
    districts: Drawn = ((shape.boundary, {}) for _, shape, _ in ground.districts)
    layers = [_areas(ground, districts, filled=False, stroke=INK, strokeWidth=1, strokeDash=[3, 3])]
    outlined = [(ground.around(one["areas"]), one["colour"], 3.0) for one in ground.drawing["outlines"]]
    for shape, colour, wide in (*outlined, *((shape, INK, 2.5) for shape in ground.marked())):
        for ink, width in ((PAPER, 6.5), (colour, wide)):
            line = {"stroke": ink, "strokeWidth": width, "strokeJoin": "round"}
            layers.append(_areas(ground, [(shape.boundary, {})], filled=False, **line))
    return layers


# Marks


def _schools(found: Iterable[map_marks.School]) -> list[Spec]:
    """Marks whose shape says the kind and whose size the places; those of other areas step back."""
    values = [
        {
            "x": round(one.at[0], 1),
            "y": round(one.at[1], 1),
            "size": round(4 * one.radius**2, 1),
            "shape": _SHAPES[one.kind % len(_SHAPES)],
            "fill": one.fill,
            "stroke": one.edge,
            "width": 1.2 if one.edge == PAPER else 2.5,
            "opacity": 1 if one.here else 0.6,
        }
        for one in found
    ]
    fields = {
        "size": "quantitative",
        "shape": "nominal",
        "fill": "nominal",
        "stroke": "nominal",
        "opacity": "quantitative",
    }
    encoding = {name: {"field": name, "type": kind, "scale": None} for name, kind in fields.items()}
    width = {"strokeWidth": {"field": "width", "type": "quantitative", "scale": None}}
    return [_at_points(values, {"type": "point", "clip": True}, encoding | width)]


def _arrows(found: Iterable[map_marks.Arrow]) -> list[Spec]:
    """Arrows on white, those inwards dashed, the wide ones first."""
    layers: list[Spec] = []
    for one in sorted(found, key=lambda arrow: -arrow.width):
        line, head = _line(one.line), {"type": "Polygon", "coordinates": [[*one.head, one.head[0]]]}
        dash = [round(one.width + 5, 1), 4] if one.inwards else [1, 0]
        layers += [
            _shape(line, filled=False, stroke=PAPER, strokeWidth=one.width + 3, strokeOpacity=0.85),
            _shape(line, filled=False, stroke=one.colour, strokeWidth=one.width, strokeDash=dash),
            _shape(head, fill=one.colour, stroke=PAPER, strokeWidth=1.2),
        ]
    return layers


def _line(points: Sequence[Point]) -> Spec:
    return {"type": "LineString", "coordinates": [list(point) for point in points]}


def _shape(geometry: Spec, **mark: Any) -> Spec:
    """A layer of one shape."""
    feature = {"type": "Feature", "properties": {}, "geometry": _rounded(geometry)}
    return {"data": {"values": [feature]}, "projection": _IN_PIXELS, "mark": {"type": "geoshape", **mark}}


def _points(points: Iterable[Point], **mark: Any) -> Spec:
    """A layer of marks that are all alike."""
    values = [{"x": round(x, 1), "y": round(y, 1)} for x, y in points]
    return _at_points(values, {"type": "point", "filled": True, "opacity": 1, **mark}, {})


def _at_points(values: list[Spec], mark: Spec, encoding: Spec) -> Spec:
    """A layer of marks at pixels of the picture."""
    places = {name: {"field": name, "type": "quantitative", "scale": None} for name in ("x", "y")}
    return {"data": {"values": values}, "mark": mark, "encoding": {**places, **encoding}}


def _words(written: Iterable[Written]) -> list[Spec]:
    """Words with white around their letters, so that they can be read on every shade and line."""
    layers = []
    for (bold, edged), lines in groupby(sorted(written, key=_weight), key=_weight):
        values = [
            {
                "x": round(one.x, 1),
                "y": round(one.y, 1),
                "text": one.words,
                "size": round(one.style.size, 1),
                "colour": one.style.colour,
            }
            for one in lines
        ]
        encoding: Spec = {
            "text": {"field": "text", "type": "nominal"},
            "size": {"field": "size", "type": "quantitative", "scale": None},
        }
        mark = {"type": "text", "baseline": "alphabetic", "align": "center", "fontWeight": 700 if bold else 400}
        around = {"color": PAPER, "stroke": PAPER, "strokeWidth": 3.5, "strokeJoin": "round"}
        if edged:
            layers.append(_at_points(values, {**mark, **around}, encoding))
        colour = {"color": {"field": "colour", "type": "nominal", "scale": None}}
        layers.append(_at_points(values, mark, {**encoding, **colour}))
    return layers


def _weight(one: Written) -> tuple[bool, bool]:
    return one.style.bold, one.edged
