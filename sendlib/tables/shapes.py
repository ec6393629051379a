"""shapes: outlines of today's authorities for the map, a hexagon for each, and what lies beyond England's border.

Grain: one row a kind and area. Columns: `kind` (`map` or `hexagon` of an authority; `beyond` of Wales and of
Scotland), `area_code` (of a country that of ONS), `geometry` (GeoJSON geometry as text; the map in degrees,
EPSG:4326, five decimals; hexagons on a plane whose y grows north), `x`, `y` (ONS label point in degrees, which in a
few authorities lies in the water between its parts; centre of the hexagon; a point within the country).

The map is our own generalisation of the ONS ultra-generalised boundaries of December 2024: all
outlines are simplified together (shapely's coverage simplification), so neighbours keep sharing
their edges, without gaps or overlaps, and no island of England is lost. Wales and Scotland are each one area, without
islands under a square kilometre, and cut off where no map of England reaches (`REACH`). Barnsley and
Sheffield are found under their old 9-character codes; the small change of their border of May 2025 is not in it.
No school is ever given to an authority by these shapes.

Sources: ONS boundaries, December 2024; hexagon layout by Open Innovations (MIT licence), brought up
to today's authorities.
"""

from __future__ import annotations

import io
import json
import re
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from sendlib.areas import Areas
from sendlib.errors import ContractBroken
from sendlib.sources.originals import Originals
from sendlib.tables import nomis, schema
from sendlib.tables.definition import TableDefinition

if TYPE_CHECKING:
    import geopandas
    import pandera.pandas as pa

BOUNDARIES = "boundaries/ctyua_dec2024_uk_buc_4326.geojson.gz"
HEXAGONS = "boundaries/england_utla_2025_hex_plane.geojson"
BREAKS = ("Outlines are of December 2024; the border of Barnsley and Sheffield changed a little in May 2025.",)
TOLERANCE = 500
"""Metres: detail smaller than about this is left out."""
DECIMALS = 5
BEYOND = {"W": "W92000004", "S": "S92000003"}
"""Wales and Scotland by the letter that ONS codes of their authorities begin with."""
REACH = (-7.2, 49.0, 3.0, 57.2)
"""West, south, east and north (degrees) of all that a map of England can show."""
SMALLEST_ISLAND = 1_000_000
"""Square metres of an island beyond England's border that is kept."""
COLUMNS = ["kind", "area_code", "geometry", "x", "y"]


def expected() -> pa.DataFrameSchema:
    import pandera.pandas as pa

    return pa.DataFrameSchema(
        {
            "kind": schema.text(allowed=["map", "hexagon", "beyond"]),
            "area_code": schema.text(rf"^(\d{{3}}|{'|'.join(BEYOND.values())})$"),
            "geometry": schema.text(r'^\{"type":"(Multi)?Polygon"'),
            "x": pa.Column(float),
            "y": pa.Column(float),
        },
        unique=["kind", "area_code"],
        strict=True,
    )


def build(originals: Originals, areas: Areas) -> tuple[pd.DataFrame, list[str]]:
    """The shapes table and no notes. Raises ContractBroken when an authority has no outline or no hexagon."""
    by_today = {area.ons_code: area.code for area in areas.authorities.values()}
    outlines = read_outlines(originals.read(BOUNDARIES), BOUNDARIES, areas)
    rows = [
        ("hexagon", code, text, x, y) for code, text, x, y in hexagons(originals.read(HEXAGONS), HEXAGONS, by_today)
    ]
    plane = pd.DataFrame(rows, columns=COLUMNS)
    _check_all_there(plane, areas, HEXAGONS)
    return pd.concat([plane, outlines], ignore_index=True).sort_values(["kind", "area_code"], ignore_index=True), []


def read_outlines(content: bytes, file: str, areas: Areas) -> pd.DataFrame:
    """The table's `map` and `beyond` rows from a boundary file of any vintage, in the order of their codes.

    An authority is found under today's 9-character code or that of December
    2024; each must be there exactly once. Raises ContractBroken.
    """
    table = areas.table[areas.table["level"].eq("authority")].set_index("area_code")
    found = simplified(content, file, nomis.codes_of_authorities(areas))
    points = table.astype({"longitude": float, "latitude": float})[["longitude", "latitude"]].T.to_dict("list")
    rows = [("map", code, as_text(found[code]), *points[code]) for code in sorted(points) if code in found]
    frame = pd.DataFrame(rows, columns=COLUMNS)
    _check_all_there(frame, areas, file)
    beyond = [_beyond(code, found[code], file) for code in BEYOND.values()]
    return pd.concat([frame, pd.DataFrame(beyond, columns=COLUMNS)], ignore_index=True)


def _beyond(code: str, country: Any, file: str) -> tuple[str, str, str, float, float]:
    """The row of a country beyond the border: what a map of England can show of it."""
    import shapely

    seen = shapely.set_precision(shapely.intersection(country, shapely.box(*REACH)), 10**-DECIMALS)
    if seen.is_empty:
        raise ContractBroken(file, f"nothing of {code} lies where a map of England reaches.")
    inside = shapely.point_on_surface(seen)
    return "beyond", code, as_text(seen), round(inside.x, DECIMALS), round(inside.y, DECIMALS)


def _check_all_there(frame: pd.DataFrame, areas: Areas, file: str) -> None:
    absent = set(areas.authorities) - set(frame["area_code"])
    if absent:
        raise ContractBroken(file, f"no shape for {', '.join(sorted(areas.names[code] for code in absent))}.")


def read_boundaries(content: bytes, file: str) -> geopandas.GeoDataFrame:
    """A boundary file with its 9-character codes in `code`, whatever the vintage calls them (CTYUA24CD, ctyua19cd)."""
    import geopandas

    try:
        shapes = geopandas.read_file(io.BytesIO(content))
    except Exception as error:  # noqa: BLE001 - the reader's own errors have no common class
        raise ContractBroken(file, f"this is not a readable boundary file ({error}).") from error
    columns = [name for name in shapes.columns if re.fullmatch(r"CTYUA\d\dCD", name, re.IGNORECASE)]
    if len(columns) != 1:
        raise ContractBroken(file, f"exactly one column must hold codes; found {columns}.")
    return shapes.rename(columns={columns[0]: "code"})


def simplified(content: bytes, file: str, code_of: dict[str, str]) -> dict[str, Any]:
    """Outlines (degrees) of authorities by 3-digit code and of the countries beyond (`BEYOND`), simplified together and
    still a valid coverage, so that the border of England is one line."""
    import geopandas
    import shapely

    shapes = read_boundaries(content, file)
    england = shapes[shapes["code"].isin(code_of)].sort_values("code")
    codes = [code_of[code] for code in england["code"]]
    twice = sorted({code for code in codes if codes.count(code) > 1})
    if twice:
        raise ContractBroken(file, f"two outlines for area {', '.join(twice)}.")
    try:
        countries = [_country(shapes, letter, file) for letter in BEYOND]
        whole = np.array([*england.to_crs(27700).geometry, *countries])
        grid = geopandas.GeoSeries(shapely.coverage_simplify(whole, TOLERANCE), crs=27700)
        outlines = shapely.transform(grid.to_crs(4326).to_numpy(), lambda points: points.round(DECIMALS))
    except shapely.errors.GEOSException as error:
        raise ContractBroken(file, f"its outlines can not be simplified together ({error}).") from error
    if not shapely.is_valid(outlines).all() or not shapely.coverage_is_valid(outlines):
        raise ContractBroken(file, "the simplified outlines would cross or leave gaps; choose a smaller tolerance.")
    return dict(zip([*codes, *BEYOND.values()], outlines, strict=True))


def _country(shapes: geopandas.GeoDataFrame, letter: str, file: str) -> Any:
    """All authorities whose codes begin with a letter as one area in metres, without its small islands."""
    import shapely

    parts = shapes[shapes["code"].str.startswith(letter)].to_crs(27700).geometry
    if parts.empty:
        raise ContractBroken(file, f"no authority's code begins with {letter}, so {BEYOND[letter]} has no outline.")
    pieces = shapely.get_parts(shapely.union_all(parts.to_numpy()))
    return shapely.union_all(pieces[shapely.area(pieces) >= SMALLEST_ISLAND])


def as_text(shape: object) -> str:
    """A shape of shapely as a GeoJSON geometry without spaces."""
    import shapely

    return json.dumps(shapely.geometry.mapping(shape), separators=(",", ":"))


def hexagons(content: bytes, file: str, code_of: dict[str, str]) -> list[tuple[str, str, float, float]]:
    """(code, GeoJSON geometry, x, y) of each hexagon on its plane."""
    try:
        features = json.loads(content)["features"]
    except (ValueError, KeyError) as error:
        raise ContractBroken(file, f"this is not a GeoJSON file ({error}).") from error
    found = []
    for feature in features:
        code = code_of.get(feature["properties"]["new_la_code"])
        if code is None:
            raise ContractBroken(file, f"'{feature['properties']['new_la_code']}' is not an authority that we know.")
        ring = [[round(x, 3), round(y, 3)] for x, y in feature["geometry"]["coordinates"][0]]
        corners = ring[:-1]
        centre = [sum(corner[axis] for corner in corners) / len(corners) for axis in (0, 1)]
        geometry = json.dumps({"type": "Polygon", "coordinates": [ring]}, separators=(",", ":"))
        found.append((code, geometry, round(centre[0], 3), round(centre[1], 3)))
    return found


TABLE = TableDefinition(
    name="shapes",
    title="Outlines and hexagons of authorities",
    grain="one row a kind of picture and area",
    expected=expected,
    breaks=BREAKS,
    originals={BOUNDARIES: "boundaries_2024", HEXAGONS: "hexagons_2025"},
    build=build,
)
