"""shapes: outlines of today's authorities for the map, and a hexagon for each.

Grain: one row a kind and authority. Columns: `kind` (`map` or `hexagon`), `area_code`, `geometry`
(GeoJSON geometry as text; the map in degrees, EPSG:4326, five decimals; hexagons on a plane whose
y grows north), `x`, `y` (a point inside: ONS label point in degrees, centre of the hexagon).

The map is our own generalisation of the ONS ultra-generalised boundaries of December 2024: all
outlines are simplified together (shapely's coverage simplification), so neighbours keep sharing
their edges, without gaps or overlaps, and no island is lost. Barnsley and Sheffield are found under
their old 9-character codes; the small change of their border of May 2025 is not in it. No school is
ever given to an authority by these shapes.

Sources: ONS boundaries, December 2024; hexagon layout by Open Innovations (MIT licence), brought up
to today's authorities.
"""

from __future__ import annotations

import io
import json
import re
from typing import TYPE_CHECKING

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
COLUMNS = ["kind", "area_code", "geometry", "x", "y"]


def expected() -> pa.DataFrameSchema:
    import pandera.pandas as pa

    return pa.DataFrameSchema(
        {
            "kind": schema.text(allowed=["map", "hexagon"]),
            "area_code": schema.text(r"^\d{3}$"),
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
    """The table's `map` rows from a boundary file of any vintage, in the order of the 3-digit codes.

    An authority is found under today's 9-character code or that of December
    2024; each must be there exactly once. Raises ContractBroken.
    """
    table = areas.table[areas.table["level"].eq("authority")].set_index("area_code")
    rows = [
        ("map", code, text, float(table.loc[code, "longitude"]), float(table.loc[code, "latitude"]))
        for code, text in sorted(simplified(content, file, nomis.codes_of_authorities(areas)).items())
    ]
    frame = pd.DataFrame(rows, columns=COLUMNS)
    _check_all_there(frame, areas, file)
    return frame


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


def simplified(content: bytes, file: str, code_of: dict[str, str]) -> dict[str, str]:
    """Outlines by 3-digit code as GeoJSON geometries, simplified together and still a valid coverage."""
    import shapely

    shapes = read_boundaries(content, file)
    shapes = shapes[shapes["code"].isin(code_of)].sort_values("code")
    codes = [code_of[code] for code in shapes["code"]]
    twice = sorted({code for code in codes if codes.count(code) > 1})
    if twice:
        raise ContractBroken(file, f"two outlines for area {', '.join(twice)}.")
    try:
        grid = shapes.to_crs(27700)
        grid = grid.set_geometry(shapely.coverage_simplify(grid.geometry.to_numpy(), TOLERANCE), crs=27700)
        outlines = shapely.transform(grid.to_crs(4326).geometry.to_numpy(), lambda points: points.round(DECIMALS))
    except shapely.errors.GEOSException as error:
        raise ContractBroken(file, f"its outlines can not be simplified together ({error}).") from error
    if not shapely.is_valid(outlines).all() or not shapely.coverage_is_valid(outlines):
        raise ContractBroken(file, "the simplified outlines would cross or leave gaps; choose a smaller tolerance.")
    return {code: as_text(shape) for code, shape in zip(codes, outlines, strict=True)}


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
    grain="one row a kind of picture and authority",
    expected=expected,
    breaks=BREAKS,
    originals={BOUNDARIES: "boundaries_2024", HEXAGONS: "hexagons_2025"},
    build=build,
)
