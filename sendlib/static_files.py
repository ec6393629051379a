"""What a browser fetches once for the maps of Places, made from the tables: the files in static/.

A file of shapes is one JSON object:

- `scale`: how many of its steps a unit has; in degrees (longitude, latitude) or on the plane of the hexagons, whose y
  grows north as well.
- `codes`, `names`, `labels` ([x, y], inside the shape): one an area, in the order of the codes. The i-th colour that a
  page sends is that of the i-th authority.
- `shapes`: of each area its rings. A ring is x and y of its first corner and then the way to each next one, in steps;
  it closes by itself. All rings of an area are filled together by the even-odd rule, so holes are holes.

`hexagons.json` has, beside, in `short` the lines of each hexagon's own name; `districts.json`, of counties only, in
`counties` the place of each one's county among the authorities; in `beyond.json`, of Wales and Scotland, `labels` holds
several points each, in the middle and near the border. `towns.json` is written by towns.py, not here.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

from sendlib import catalogue, store
from sendlib.areas import Area, Areas
from sendlib.tables import schools

STATIC = store.SNAPSHOT.parent.parent / "static"
DEGREES, PLANE = 10_000, 1000
"""Steps of a degree (about ten metres) and of the hexagons' plane."""
LONGEST_LINE, MOST_LINES = 9, 3
"""Signs of a line, and lines, that there is room for in a hexagon."""
TABLES = ("shapes", "districts", "schools")
Ring = list[int]
Point = Sequence[float]


def static_files(tables: Mapping[str, pd.DataFrame], known: Areas) -> dict[str, str]:
    """The files by name, as text, from the tables (`TABLES`) by name."""
    table = tables["shapes"].astype({"kind": str, "area_code": str}).sort_values("area_code")
    outlines, hexagons = (table[table["kind"].eq(kind)] for kind in ("map", "hexagon"))
    areas = [known.authorities[code] for code in outlines["area_code"]]
    names = {"codes": [area.code for area in areas], "names": [map_name(area) for area in areas]}
    short = {"short": [hexagon_lines(area) for area in areas]}
    return {
        "authorities.json": compact({"scale": DEGREES, **names, **drawn(outlines, DEGREES)}),
        "hexagons.json": compact({"scale": PLANE, **names, **short, **drawn(hexagons, PLANE)}),
        "districts.json": compact(_districts(tables["districts"], names["codes"])),
        "beyond.json": compact(_beyond(table[table["kind"].eq("beyond")])),
        "schools.json": compact(schools.map_points(tables["schools"], sorted(known.authorities))),
    }


def compact(content: object) -> str:
    """JSON without a space."""
    return json.dumps(content, separators=(",", ":"), ensure_ascii=False)


def map_name(area: Area) -> str:
    """An authority's name as a map says it: `Hull`, `Brighton & Hove`."""
    called: str = catalogue.load("map_names")["map"].get(area.code, area.short_name.replace(" and ", " & "))
    return called


def hexagon_lines(area: Area) -> list[str]:
    """The lines of an authority's name within its hexagon: `Tower`, `Hamlets`.

    Raises ValueError where a name does not fit and catalogue/map_names.toml has no other.
    """
    lines: list[str] = catalogue.load("map_names")["hexagon"].get(area.code, map_name(area).split())
    if len(lines) > MOST_LINES or max(map(len, lines)) > LONGEST_LINE:
        raise ValueError(f"'{area.name}' does not fit into a hexagon; give area {area.code} lines in map_names.toml.")
    return lines


def _districts(table: pd.DataFrame, authorities: Sequence[str]) -> dict[str, object]:
    """The districts of the authorities that have several."""
    rows = table.astype({"district_code": str, "area_code": str, "geometry": str}).sort_values("district_code")
    rows = rows[rows["area_code"].duplicated(keep=False)].rename(columns={"longitude": "x", "latitude": "y"})
    return {
        "scale": DEGREES,
        "codes": list(rows["district_code"]),
        "names": [name.replace(" and ", " & ") for name in rows["name"].astype(str)],
        "counties": [authorities.index(code) for code in rows["area_code"]],
        **drawn(rows, DEGREES),
    }


def _beyond(rows: pd.DataFrame) -> dict[str, object]:
    """Wales and Scotland."""
    facts = catalogue.load("map_names")["beyond"]
    codes = list(rows["area_code"])
    return {
        "scale": DEGREES,
        "codes": codes,
        "names": [facts[code]["name"] for code in codes],
        **drawn(rows, DEGREES),
        "labels": [facts[code]["labels"] for code in codes],
    }


def drawn(rows: pd.DataFrame, scale: int) -> dict[str, object]:
    """`labels` and `shapes` of rows with a GeoJSON geometry and a point (x, y) each."""
    geometries = [json.loads(text) for text in rows["geometry"]]
    points = zip(rows["geometry"], rows["x"], rows["y"], strict=True)
    return {
        "labels": [label(text, (float(x), float(y))) for text, x, y in points],
        "shapes": [rings(geometry, scale) for geometry in geometries],
    }


def rings(geometry: dict[str, Any], scale: int) -> list[Ring]:
    """The rings of a GeoJSON polygon or of several, as the files hold them, without what shrinks to a line."""
    polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    steps = (_steps(ring, scale) for polygon in polygons for ring in polygon)
    return [_ring(corners) for corners in steps if len(corners) > 2]


def _steps(ring: Iterable[Point], scale: int) -> list[tuple[int, int]]:
    """The corners of a ring in steps, each once and the closing one left out."""
    corners: list[tuple[int, int]] = []
    for x, y in ring:
        corner = (round(x * scale), round(y * scale))
        if not corners or corner != corners[-1]:
            corners.append(corner)
    return corners[:-1] if corners[0] == corners[-1] else corners


def _ring(corners: Sequence[tuple[int, int]]) -> Ring:
    """First corner, then the ways from each to the next."""
    flat = [*corners[0]]
    for (x, y), (to_x, to_y) in zip(corners, corners[1:], strict=False):
        flat += [to_x - x, to_y - y]
    return flat


def label(geometry: str, point: tuple[float, float]) -> list[float]:
    """Where a name stands: the point given, or where that is in no part of the shape the middle of the widest place."""
    import shapely

    shape = shapely.from_geojson(geometry)
    if not shape.contains(shapely.Point(point)):
        largest = max(shapely.get_parts(shape), key=lambda part: part.area)
        point = shapely.maximum_inscribed_circle(largest).coords[0]
    return [round(point[0], 4), round(point[1], 4)]
