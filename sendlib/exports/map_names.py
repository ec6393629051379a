"""Which names a map that is saved has, and where: as static/map/names.js and labels.js place them on a page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
import shapely

from sendlib.exports import letters
from sendlib.exports.map_ground import Ground, Point
from sendlib.pictures.palette import INK, PAPER, QUIET

Box = tuple[float, float, float, float]
"""Left, top, right and bottom, in pixels."""
_LINE = 1.15
_MANY, _LARGE = 30, 250_000
"""Authorities in a picture, above which towns of so many people are named first."""
_GRID = 34
"""Pixels between the points at which the picture is searched for what is seen of an area."""
_ROOM_OF_A_TOWN = 22_000
_LONG_NAME = 15
_LEAST, _LEAST_SHOWN = 6, 9
"""Pixels of letters in a hexagon at least: smaller than on a page, since a file has two pixels for one of them."""


@dataclass(frozen=True)
class Style:
    """How a name is written."""

    size: float
    bold: bool = False
    colour: str = INK

    def box(self, lines: Sequence[str]) -> Point:
        """How wide and how high some lines are."""
        widest = max(letters.width(line, self.size, bold=self.bold) for line in lines)
        return widest + 4, len(lines) * self.size * _LINE + 2


@dataclass(frozen=True)
class Written:
    """A line of words in a picture: where its middle and its foot are."""

    words: str
    x: float
    y: float
    style: Style
    edged: bool = True


@dataclass
class Places:
    """Where names go: none on another one or on what is `taken`, and on what is `avoided` where there is no other place
    alone. `written` are those that have their place, `dots` those of towns."""

    width: float
    height: float
    taken: list[Box] = field(default_factory=list)
    avoided: list[Box] = field(default_factory=list)
    written: list[Written] = field(default_factory=list)
    dots: list[Point] = field(default_factory=list)

    def put(self, lines: Sequence[str], middles: Iterable[Point], style: Style, *, over: bool = False) -> bool:
        """Write a name around the first of some points where there is room; whether there was any. `over`: it may as
        well cover what is avoided."""
        wide, high = style.box(lines)
        boxes = [(x - wide / 2, y - high / 2, x + wide / 2, y + high / 2) for x, y in middles]
        free = [box for box in boxes if self._is_within(box) and not any(_meet(box, one) for one in self.taken)]
        clear = free if over else [box for box in free if not any(_meet(box, one) for one in self.avoided)]
        if not free:
            return False
        found = (clear or free)[0]
        self.taken.append(found)
        self.write(lines, ((found[0] + found[2]) / 2, (found[1] + found[3]) / 2), style)
        return True

    def write(self, lines: Sequence[str], middle: Point, style: Style, *, edged: bool = True) -> None:
        """Write some lines around a point, whatever is there."""
        first = middle[1] - (len(lines) - 1) * style.size * _LINE / 2 + style.size * 0.34
        for at, line in enumerate(lines):
            self.written.append(Written(line, middle[0], first + at * style.size * _LINE, style, edged))

    def has_room(self, middle: Point, box: Point) -> bool:
        """Whether a box around a point is within the picture."""
        (x, y), (wide, high) = middle, box
        return self._is_within((x - wide / 2, y - high / 2, x + wide / 2, y + high / 2))

    def _is_within(self, box: Box) -> bool:
        return box[0] >= 2 and box[1] >= 2 and box[2] <= self.width - 2 and box[3] <= self.height - 2


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def near(middle: Point, box: Point) -> list[Point]:
    """Points on and around a middle at which a name may stand, the best first."""
    (x, y), across, down = middle, box[0] / 3, box[1] * 0.9
    steps = [(0, 0), (0, -1), (0, 1), (-1, 0), (1, 0), (-1, -1), (1, -1), (-1, 1), (1, 1), (0, -2), (0, 2)]
    return [(x + across * right, y + down * lower) for right, lower in steps]


def beside(dot: Point, box: Point, gap: float) -> list[Point]:
    """Points beside a dot at which its name may stand: right, left, above, below."""
    (x, y), across, down = dot, box[0] / 2 + gap, box[1] / 2 + gap
    steps = [(1, 0), (-1, 0), (0, -1), (0, 1), (1, -1), (1, 1), (-1, -1), (-1, 1)]
    return [(x + across * right, y + down * lower) for right, lower in steps]


def name_hexagons(ground: Ground, places: Places) -> None:
    """The name of each authority within its hexagon, where letters are large enough to be read."""
    file, large = ground.file("areas"), ground.drawing["large"]
    left, _, right, _ = ground.areas[0].bounds
    room = (right - left) * 0.94
    for at, lines in enumerate(file["short"]):
        size = min(room / (0.56 * max(*map(len, lines), 5)), room / 3.4, 20 if large else 15)
        if size < (_LEAST_SHOWN if large else _LEAST):
            continue
        at_middle = ground.view.at(file["labels"][at])
        dark = ground.drawing["shades"][at] == len(ground.drawing["colours"]) - 1
        style = Style(size, bold=True, colour=PAPER if dark else INK)
        if not places.has_room(at_middle, style.box(lines)):
            continue
        places.write(lines, at_middle, style, edged=False)


def name_areas(ground: Ground, places: Places, named: Iterable[str]) -> None:
    """The area, those who lie around it, countries, districts and towns. `named`: codes of authorities that have
    theirs at an arrow."""
    larger = 1.32 if ground.drawing["large"] else 1.0
    outlines = ground.drawing["outlines"]
    # Of several authorities together their own names say more; of two areas side by side each is named.
    for one in outlines:
        if len(outlines) > 1 or len(one["areas"]) == 1:
            style = Style(16 * larger, bold=True, colour=one["colour"])
            lines = _with_missing(ground, [one["name"]], one["areas"])
            places.put(lines, near(ground.view.at(one["at"]), style.box(lines)), style, over=True)
    said, seen = {one["name"] for one in outlines}, _seen(ground)
    if len(seen) > _MANY:
        _name_towns(ground, places, Style(14 * larger), said, _LARGE)
    _name_around(ground, places, seen, said, {code for codes in named for code in codes.split(";")})
    beyond = ground.file("beyond")
    for name, labels in zip(beyond["names"], beyond["labels"], strict=True) if beyond else ():
        places.put([name], [ground.view.at(label) for label in labels], Style(14 * larger, colour=QUIET))
    for name, _, at in ground.districts:
        style = Style(12.5 * larger, colour=QUIET)
        places.put([name], near(at, style.box([name])), style)
    _name_towns(ground, places, Style(13 * larger), said)


def _name_around(
    ground: Ground, places: Places, seen: dict[int, list[Point]], said: set[str], at_arrows: set[str]
) -> None:
    """The names of the authorities in the picture, of which most is seen first, as near as may be to the middle of what
    is seen of each."""
    file, style = ground.file("areas"), Style(13.5 * (1.32 if ground.drawing["large"] else 1.0), bold=True)
    parts = {at for one in ground.drawing["outlines"] if len(one["areas"]) > 1 for at in one["areas"]}
    for at in sorted(seen, key=lambda one: -len(seen[one])):
        name = file["names"][at]
        if (at in ground.own and at not in parts) or file["codes"][at] in at_arrows or name in said:
            continue
        middle = np.mean(seen[at], axis=0)
        nearest = sorted(seen[at], key=lambda point: float(np.hypot(*(point - middle))))[:12]
        lines = _with_missing(ground, on_lines(name), [at])
        if places.put(lines, [ground.view.at(file["labels"][at]), *nearest], style):
            said.add(name)


def _with_missing(ground: Ground, lines: list[str], areas: Sequence[int]) -> list[str]:
    """A name with a line that says so where there is no figure: a white area alone would not."""
    lacking = len(areas) == 1 and ground.drawing["shades"][areas[0]] < 0
    return [*lines, ground.drawing["words"]["missing"]] if lacking else lines


def _seen(ground: Ground) -> dict[int, list[Point]]:
    """For each authority in the picture, the points of a grid that lie in it."""
    across = np.arange(_GRID / 2, ground.view.width, _GRID)
    down = np.arange(_GRID / 2, ground.view.height, _GRID)
    points = [(float(x), float(y)) for x in across for y in down]
    tree = shapely.STRtree(shapely.points(points))
    found: dict[int, list[Point]] = {}
    for at, shape in enumerate(ground.areas):
        within = sorted(int(one) for one in tree.query(shape, predicate="contains"))
        if within:
            found[at] = [points[one] for one in within]
    return found


def _name_towns(ground: Ground, places: Places, style: Style, said: set[str], least: int = 0) -> None:
    """The towns in the picture, the largest first, of at least so many people; none whose name was `said`."""
    file, view = ground.file("towns"), ground.view
    most, drawn = round(view.width * view.height / _ROOM_OF_A_TOWN), 0
    for name, longitude, latitude, people in file["towns"] if file else ():
        if drawn >= most or people < least:
            break
        at = view.at((longitude, latitude))
        if not view.holds(at) or name in said:
            continue
        if places.put([name], beside(at, style.box([name]), 5), style):
            drawn += 1
            said.add(name)
            places.dots.append(at)


def on_lines(name: str) -> list[str]:
    """A long name on two lines, as short as may be."""
    words = name.split(" ")
    if len(name) < _LONG_NAME or len(words) == 1:
        return [name]
    pairs = [[" ".join(words[:at]), " ".join(words[at:])] for at in range(1, len(words))]
    return min(pairs, key=lambda pair: max(map(len, pair)))
