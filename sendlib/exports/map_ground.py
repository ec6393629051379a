"""The ground of a map that is saved: the outlines that the browser has too, in the pixels of the picture.

As static/map/ draws it: the same files, the same projection, the same view. `Ground` is what the names and marks of a
map are placed on.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

import numpy as np
import shapely

from sendlib.pictures.places_map import Ends, MapPicture
from sendlib.static_files import STATIC

_ROOM, _LEAST = 0.88, 0.05
"""How much of the picture the area has, as on the page (view.js), and how small a piece of the world is shown: a larger
one, since nobody can zoom out of it."""
_FINE = 0.25
"""Pixels that a simpler outline may be off."""
_LOWEST, _HIGHEST, _SHOWN = 440, 620, 500
"""Pixels of the height of a map, which follows what it shows; and of one for a shared screen."""
_KM_OF_A_DEGREE = 111.32
Point = tuple[float, float]


def project(across: Any, up: Any, *, plane: bool) -> tuple[Any, Any]:
    """Degrees in a Mercator projection, whose y grows southwards; or a point of the plane of hexagons."""
    if plane:
        return across, -np.asarray(up)
    return across, -np.degrees(np.log(np.tan(np.pi / 4 + np.radians(up) / 2)))


@dataclass(frozen=True)
class View:
    """Which point of the world is in the middle of a picture, and how many pixels a unit of it is."""

    width: int
    height: int
    scale: float
    middle: Point
    plane: bool

    @classmethod
    def of(cls, drawing: Mapping[str, Any], width: int) -> View:
        """The view of all that a drawing is fitted to, in a picture so wide, which is as high as that needs."""
        plane, (west, south, east, north) = bool(drawing["plane"]), drawing["ends"]
        (left, right), (bottom, top) = project(np.array([west, east]), np.array([south, north]), plane=plane)
        high = width * float(bottom - top) / max(float(right - left), _LEAST)
        height = _SHOWN if drawing["large"] else round(min(max(high, _LOWEST), _HIGHEST))
        return cls.fitted((west, south, east, north), width, height, plane=plane)

    @classmethod
    def fitted(cls, ends: Ends, width: int, height: int, *, plane: bool) -> View:
        """The view that holds all between some ends, with some room around them."""
        (left, right), (bottom, top) = project(np.array(ends[::2]), np.array(ends[1::2]), plane=plane)
        across, down = max(float(right - left), _LEAST), max(float(bottom - top), _LEAST)
        # Hexagons have their room around them in their ends.
        room = 1 if plane else _ROOM
        scale = min(room * width / across, room * height / down)
        return cls(width, height, scale, (float(left + right) / 2, float(top + bottom) / 2), plane)

    @property
    def box(self) -> tuple[float, float, float, float]:
        """The left, top, right and bottom of the picture in the world."""
        across, down = self.width / 2 / self.scale, self.height / 2 / self.scale
        return self.middle[0] - across, self.middle[1] - down, self.middle[0] + across, self.middle[1] + down

    def from_world(self, x: Any, y: Any) -> tuple[Any, Any]:
        """Where a point of the world is in the picture."""
        return (x - self.middle[0]) * self.scale + self.width / 2, (y - self.middle[1]) * self.scale + self.height / 2

    def pixels(self, across: Any, up: Any) -> tuple[Any, Any]:
        """Where places are in the picture, from its top left."""
        x, y = project(across, up, plane=self.plane)
        return self.from_world(x, y)

    def at(self, place: Sequence[float]) -> Point:
        """Where one place is in the picture."""
        x, y = self.pixels(place[0], place[1])
        return float(x), float(y)

    def holds(self, at: Point, room: float = 0) -> bool:
        """Whether a point is in the picture, or nearly."""
        return -room <= at[0] <= self.width + room and -room <= at[1] <= self.height + room

    @property
    def km(self) -> float:
        """Kilometres of a pixel in the middle."""
        latitude = math.degrees(2 * math.atan(math.exp(math.radians(-self.middle[1]))) - math.pi / 2)
        return _KM_OF_A_DEGREE * math.cos(math.radians(latitude)) / self.scale


@cache
def _shipped(name: str) -> Any:
    return json.loads((STATIC / f"{name}.json").read_text("utf-8"))


@dataclass(frozen=True)
class Ground:
    """The files of a map in a view."""

    picture: MapPicture
    view: View

    @property
    def drawing(self) -> dict[str, Any]:
        """What is drawn, as the page has it."""
        return self.picture.drawing

    def file(self, name: str) -> Any:
        """The content of a file of the drawing by its name there; None where the drawing has none of that name."""
        if name in self.picture.held:
            return self.picture.held[name]
        if name not in self.drawing["files"]:
            return None
        return _shipped(str(self.drawing["files"][name]).rsplit("/", 1)[-1].removesuffix(".json"))

    @cached_property
    def areas(self) -> list[Any]:
        """The outlines of the authorities in pixels, in the order of their codes."""
        return self.outlines("areas")

    def outlines(self, name: str) -> list[Any]:
        """The shapes of a file in pixels."""
        file = self.file(name)
        return [_whole(self._ring(ring, file["scale"]) for ring in shape) for shape in file["shapes"]] if file else []

    def _ring(self, ring: Sequence[int], scale: int) -> Any:
        """A ring out of a file: its first corner, and then the way to each next one, in steps."""
        x, y = np.asarray(ring, dtype=float).reshape(-1, 2).cumsum(axis=0).T / scale
        return self.closed(x, y)

    def closed(self, across: Any, up: Any) -> Any:
        """A ring of places as a closed line in pixels."""
        corners = np.column_stack(self.view.pixels(across, up))
        return shapely.LineString(np.vstack([corners, corners[:1]]))

    @cached_property
    def own(self) -> set[int]:
        """Which of the authorities are looked at."""
        return {at for one in self.drawing["outlines"] for at in one["areas"]}

    def around(self, places: Sequence[int]) -> Any:
        """The border around some of the authorities together."""
        return shapely.union_all([self.areas[at].buffer(_FINE) for at in places])

    def marked(self) -> list[Any]:
        """Outlines that are marked besides, such as of a district."""
        rings = ([np.asarray(ring, dtype=float).T for ring in one["rings"]] for one in self.drawing["marked"])
        return [_whole(self.closed(*ring) for ring in one) for one in rings]

    @cached_property
    def districts(self) -> list[tuple[str, Any, Point]]:
        """The districts of the counties that are looked at: name, shape and where its name stands."""
        file = self.file("districts")
        if not file or self.view.plane:
            return []
        within = [at for at, county in enumerate(file["counties"]) if county in self.own]
        shapes = self.outlines("districts") if within else []
        return [(file["names"][at], shapes[at], self.view.at(file["labels"][at])) for at in within]

    def in_view(self, shape: Any) -> Any:
        """What of a shape is in the picture, without corners that nobody sees."""
        return shapely.clip_by_rect(shape.simplify(_FINE), 0, 0, self.view.width, self.view.height)


def _whole(rings: Iterable[Any]) -> Any:
    """A shape out of rings, of which those within another one are holes."""
    return shapely.build_area(shapely.geometrycollections(list(rings)))
