"""Where a map that is saved is: a little map of England beside one of a part, and how far a kilometre is."""

from __future__ import annotations

from typing import Any

import shapely
from shapely.affinity import translate

from sendlib.exports.map_ground import Ground, View
from sendlib.exports.map_names import Box, Places, Style
from sendlib.pictures.palette import GREY, INK, MID_GREY, ORANGE_WORDS, PAPER
from sendlib.pictures.places_map import ENGLAND_ENDS

_WIDTH, _HEIGHT, _GAP = 84, 102, 8
"""Of the little map, and from the corner of the picture, in pixels."""
_PART = 0.45
"""Of England's height: a picture of less has the little map."""
_ROOM_OF_A_WAY = 30
"""Pixels beside the way of an arrow, which bends."""
_LEAST = 9
"""Pixels of the frame on the little map at least."""
_LONGEST = 140
"""Pixels of the line of the scale at most."""
_LENGTHS = (100, 50, 20, 10, 5, 2, 1, 0.5, 0.2)
Drawn = list[tuple[Any, dict[str, Any]]]
"""Shapes in pixels, each with how it is drawn."""


def inset(ground: Ground, places: Places) -> Drawn:
    """England with a frame around what the picture shows, in the corner in which least of the area is; nothing where
    the picture shows most of it."""
    view = View.fitted(ENGLAND_ENDS, _WIDTH, _HEIGHT, plane=False)
    left, top, right, bottom = ground.view.box
    (x1, y1), (x2, y2) = view.from_world(left, top), view.from_world(right, bottom)
    if y2 - y1 > _PART * _HEIGHT:
        return []
    corner = _corner(ground)
    places.taken.append(corner)
    england = shapely.union_all(Ground(ground.picture, view).areas).simplify(0.4)
    (from_x, to_x), (from_y, to_y) = _wide_enough(x1, x2, _WIDTH), _wide_enough(y1, y2, _HEIGHT)
    return [
        (shapely.box(*corner), {"fill": PAPER, "stroke": MID_GREY, "strokeWidth": 1}),
        (translate(england, *corner[:2]), {"fill": GREY, "strokeWidth": 0}),
        (
            translate(shapely.box(from_x, from_y, to_x, to_y), *corner[:2]),
            {"filled": False, "stroke": ORANGE_WORDS, "strokeWidth": 2},
        ),
    ]


def _wide_enough(start: float, end: float, most: float) -> tuple[float, float]:
    """The ends of a side of the frame within the little map, which can still be seen."""
    half, middle = max((end - start) / 2, _LEAST / 2), (start + end) / 2
    return max(middle - half, 2), min(middle + half, most - 2)


def _corner(ground: Ground) -> Box:
    """The corner in which least of the area and of arrows is, and of these the first clockwise from the top right."""
    wide, high = ground.view.width, ground.view.height
    left, right, top, bottom = _GAP, wide - _GAP - _WIDTH, _GAP, high - _GAP - _HEIGHT
    corners = [(right, top), (right, bottom), (left, bottom), (left, top)]
    boxes = [(float(x), float(y), float(x + _WIDTH), float(y + _HEIGHT)) for x, y in corners]
    ways = [
        shapely.LineString([ground.view.at(one[end]) for end in ("from", "to")]) for one in ground.drawing["arrows"]
    ]
    taken = shapely.union_all([ground.around(sorted(ground.own)), *(way.buffer(_ROOM_OF_A_WAY) for way in ways)])
    return min(boxes, key=lambda box: round(float(shapely.box(*box).intersection(taken).area)))


def scale(ground: Ground, places: Places) -> Drawn:
    """A line of so many kilometres at the foot of the picture, where the little map is not."""
    lengths = [km for km in _LENGTHS if km / ground.view.km <= _LONGEST]
    if not lengths:
        return []
    long, foot = lengths[0] / ground.view.km, ground.view.height - 2.0 * _GAP
    taken = [box for box in places.taken if box[0] < _GAP + long + _GAP and box[3] > foot - 4 * _GAP]
    start = ground.view.width - 2.0 * _GAP - long if taken else 2.0 * _GAP
    style = Style(13, colour=INK)
    middle = (start + long / 2, foot - 12)
    places.write([f"{lengths[0]:g} km"], middle, style)
    places.taken.append((start - 4, foot - 22, start + long + 4, foot + 6))
    line = shapely.LineString([(start, foot - 5), (start, foot), (start + long, foot), (start + long, foot - 5)])
    return [
        (line, {"filled": False, "stroke": PAPER, "strokeWidth": 5}),
        (line, {"filled": False, "stroke": INK, "strokeWidth": 2}),
    ]
