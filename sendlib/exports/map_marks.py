"""What lies on a map that is saved, as static/map/ draws it: arrows of who travels, schools, a reader's own places."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely

from sendlib.exports.map_ground import Ground, Point
from sendlib.exports.map_names import Places, Style, beside
from sendlib.pictures.palette import PAPER

_MANY_SCHOOLS = 150
"""Schools in a picture, above which those of other areas are small dots."""
_STEPS, _BEND, _SHORTEST = 48, 0.16, 34
_EDGES = (16, 26)
"""Pixels at the sides, and at the top and the bottom, in which no arrow ends."""


@dataclass(frozen=True)
class School:
    """A school at a point: the place of its kind, how large it is drawn, its colours, and whether it is of the area."""

    at: Point
    kind: int
    radius: float
    fill: str
    edge: str
    here: bool


def schools(ground: Ground, places: Places) -> list[School]:
    """The schools in the picture; those of the area lie on the others, and small ones on large ones."""
    if not ground.drawing["schools"] or ground.view.plane:
        return []
    colours, own = ground.drawing["schools"]["colours"], shapely.union_all([ground.areas[at] for at in ground.own])
    seen = []
    for _, longitude, latitude, kind, room, _, authority, _ in ground.file("schools")["schools"]:
        at = ground.view.at((longitude, latitude))
        if ground.view.holds(at, 8):
            # Many schools of the register shipped are of no known authority: those that stand in the area count too.
            here = authority in ground.own or bool(shapely.contains_xy(own, *at))
            seen.append((at, kind, room, here))
    larger, crowded = 1.35 if ground.drawing["large"] else 1.0, len(seen) > _MANY_SCHOOLS
    found = []
    for at, kind, room, here in seen:
        radius = _radius(room, larger, here=here, crowded=crowded, of_england=not ground.own)
        colour = colours[kind]
        fill, edge = (PAPER, colour) if room is None else (colour, PAPER)
        found.append(School(at, kind, radius, fill, edge, here))
    places.avoided += [
        (x - r, y - r, x + r, y + r) for (x, y), r in ((one.at, one.radius) for one in found if one.here)
    ]
    return sorted(found, key=lambda one: (one.here, -one.radius))


def _radius(room: int | None, larger: float, *, here: bool, crowded: bool, of_england: bool) -> float:
    """Of a mark of so many places; of a school of which none are given, that of a hollow mark."""
    if not here and crowded and not of_england:
        return 2
    factor = (0.5 if of_england else 0.65) if crowded else larger * (1 if here or of_england else 0.6)
    return factor * (4.5 if room is None else min(2.5 + 0.5 * math.sqrt(room), 14))


@dataclass(frozen=True)
class Arrow:
    """Pupils who cross a border one way: the line of the arrow, its head, its width and colour."""

    line: list[Point]
    head: list[Point]
    width: float
    colour: str
    inwards: bool


def arrows(ground: Ground, places: Places) -> tuple[list[Arrow], list[str]]:
    """The arrows with their numbers, and the codes of the authorities that are named at one."""
    larger = 1.3 if ground.drawing["large"] else 1.0
    found, named, words = [], [], []
    for one in ground.drawing["arrows"]:
        curve = _curve(ground.view.at(one["from"]), ground.view.at(one["to"]))
        if one["way"] == "in":
            curve = _into_area(ground, curve, one["to"])
        arrow = _arrow(_in_picture(curve, ground), one)
        if arrow:
            found.append(arrow)
            words.append((one, arrow))
    for one, arrow in words:
        style = Style(14 * larger, bold=True, colour=one["colour"])
        text = [f"{_named(ground, one)} {one['number']}"]
        if places.put(text, _beyond(arrow, style.box(text)), style) and not arrow.inwards:
            named.append(str(one["code"]))
    return found, named


def _named(ground: Ground, one: dict[str, Any]) -> str:
    """The other authority of an arrow as the map names it."""
    file = ground.file("areas")
    return str(file["names"][file["codes"].index(one["code"])] if one["code"] in file["codes"] else one["name"])


def _curve(start: Point, end: Point) -> Any:
    """The curve between two points: it bends to the left of its way, so that there and back lie apart."""
    (x, y), (to_x, to_y) = start, end
    bend = np.array([(x + to_x) / 2 + (to_y - y) * _BEND, (y + to_y) / 2 - (to_x - x) * _BEND])
    t = np.linspace(0, 1, _STEPS + 1)[:, None]
    return (1 - t) ** 2 * np.array(start) + 2 * t * (1 - t) * bend + t**2 * np.array(end)


def _into_area(ground: Ground, curve: Any, place: Sequence[float]) -> Any:
    """A curve into the area, cut about at its border, so that those from several sides do not end in one heap."""
    point = shapely.Point(ground.view.at(place))
    groups = [one["areas"] for one in ground.drawing["outlines"]]
    within = [areas for areas in groups if any(ground.areas[at].contains(point) for at in areas)] or groups
    if not within:
        return curve
    left, top, right, bottom = shapely.total_bounds([ground.areas[at] for at in within[0]])
    radius = min(0.3 * math.sqrt((right - left) * (bottom - top)), 0.36 * ground.view.height)
    last = int((np.hypot(*(curve - curve[-1]).T) < radius).argmax())
    return curve[: last + 1] if last > 1 else curve


def _in_picture(curve: Any, ground: Ground) -> Any:
    """The first part of a curve that lies in the picture."""
    (x, y), (sides, ends) = curve.T, _EDGES
    inside = (x >= sides) & (y >= ends) & (x <= ground.view.width - sides) & (y <= ground.view.height - ends)
    if not inside.any():
        return curve[:0]
    first = int(inside.argmax())
    after = np.flatnonzero(~inside[first:])
    return curve[first : first + int(after[0])] if len(after) else curve[first:]


def _arrow(curve: Any, one: dict[str, Any]) -> Arrow | None:
    """An arrow along a curve; none where it would be too short to be seen."""
    width = float(one["width"])
    length, half = 9 + 1.3 * width, 5 + 0.75 * width
    if len(curve) < 2 or np.hypot(*(curve[0] - curve[-1])) < min(_SHORTEST, 2 * length):  # noqa: PLR2004
        return None
    tip = curve[-1]
    before = np.flatnonzero(np.hypot(*(curve - tip).T) >= length)
    foot = int(before[-1]) if len(before) else 0
    way = (tip - curve[foot]) / (np.hypot(*(tip - curve[foot])) or 1)
    base, aside = tip - way * length, half * np.array([way[1], -way[0]])
    line = [*curve[: foot + 1], tip - way * length * 0.8]
    return Arrow(_points(line), _points([base + aside, tip, base - aside]), width, one["colour"], one["way"] == "in")


def _points(rows: Sequence[Any]) -> list[Point]:
    return [(round(float(x), 1), round(float(y), 1)) for x, y in rows]


def _beyond(arrow: Arrow, box: Point) -> list[Point]:
    """Middles at which the number of an arrow may stand: beyond its head, then beside it."""
    left, tip, right = (np.array(point) for point in arrow.head)
    back = (left + right) / 2
    way = (tip - back) / (np.hypot(*(tip - back)) or 1)
    aside = np.array([way[1], -way[0]])
    reach = abs(way[0]) * box[0] / 2 + abs(way[1]) * box[1] / 2 + 4
    across = abs(way[1]) * box[0] / 2 + abs(way[0]) * box[1] / 2 + 12
    near = tip - way * 8
    middles = [tip + way * reach, near + aside * across, near - aside * across, tip + way * (reach + 18)]
    for step in range(1, 5):
        middles += [near + aside * across - way * 22 * step, near - aside * across - way * 22 * step]
    return [(float(x), float(y)) for x, y in middles]


def own_points(ground: Ground, places: Places) -> list[Point]:
    """Where a reader's own places are, each with its name beside it."""
    style = Style(13 * (1.3 if ground.drawing["large"] else 1.0), bold=True)
    found = []
    for one in ground.drawing["points"]:
        at = ground.view.at(one["at"])
        if ground.view.holds(at):
            found.append(at)
            places.put([one["name"]], beside(at, style.box([one["name"]]), 9), style)
    return found
