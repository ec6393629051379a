"""districts: local authority districts, the authority that each lies in, and their outlines.

Grain: one row a district of 2023. Columns:

- `district_code`: ONS code (`E07000041`); `name`: as ONS writes it (`Exeter`).
- `area_code`: DfE 3-digit code of the authority with duties for SEND: the county of a district of a
  county, and the authority itself of any other.
- `longitude`, `latitude`: ONS label point, degrees (EPSG:4326).
- `geometry`: outline for drawing, GeoJSON as text, degrees, five decimals.

Figures of SEND are never of a district: they help to find a place and to draw it. The outlines are our own
generalisation of the ONS ultra-generalised boundaries, whose edges partly cross in the copy that is
held: each piece that two districts claim is given to the first by code, then all are simplified
together, so that neighbours share their edges. Nothing is ever placed in a district by them.

Source: ONS boundaries of December 2023; ONS lookup of districts to authorities, April 2023.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from sendlib.areas import Areas
from sendlib.errors import ContractBroken
from sendlib.sources.originals import Originals
from sendlib.tables import schema, shapes
from sendlib.tables.definition import TableDefinition
from sendlib.tables.flows import code_of
from sendlib.tables.reading import read_csv

if TYPE_CHECKING:
    import geopandas
    import pandera.pandas as pa

BOUNDARIES = "boundaries/lad_dec2023_england.geojson.gz"
LOOKUP = "nhs/geography/LTLA-UTLA_Apr23_Lookup_England-Wales.csv"
FEWEST = 290
"""Districts; England of 2023 has 296."""
BREAKS = (
    "Districts of December 2023. Those that were merged into new authorities before (in Northamptonshire, Cumbria,"
    " North Yorkshire and Somerset among others) are in no file here.",
    "Outlines are for finding a place and for drawing; they are too coarse to say in which district a point lies.",
)


def expected() -> pa.DataFrameSchema:
    import pandera.pandas as pa

    return pa.DataFrameSchema(
        {
            "district_code": schema.text(r"^E0[6-9]\d{6}$"),
            "name": schema.text(r"^\S"),
            "area_code": schema.text(r"^\d{3}$"),
            "longitude": pa.Column(float, pa.Check.in_range(-7, 2)),
            "latitude": pa.Column(float, pa.Check.in_range(49, 56)),
            "geometry": schema.text(r'^\{"type":"(Multi)?Polygon"'),
        },
        unique=["district_code"],
        strict=True,
    )


def build(originals: Originals, areas: Areas) -> tuple[pd.DataFrame, list[str]]:
    """The districts table and a note of its size. Raises ContractBroken."""
    frame = read(originals.read(BOUNDARIES), originals.read(LOOKUP), areas)
    counties = frame[frame["district_code"].str.startswith("E07")]
    return frame, [f"{len(frame)} districts, {len(counties)} of them in {counties['area_code'].nunique()} counties."]


def read(boundaries: bytes, lookup: bytes, areas: Areas) -> pd.DataFrame:
    """The table from the boundaries and the lookup of districts. Raises ContractBroken."""
    found = _boundaries(boundaries, BOUNDARIES)
    pairs = read_csv(lookup, LOOKUP, ["ltla23cd", "utla23cd"])
    authority = pairs.drop_duplicates("ltla23cd").set_index("ltla23cd")["utla23cd"].map(code_of(areas))
    code = found["code"].map(authority)
    if code.isna().any():
        raise ContractBroken(LOOKUP, f"it has no authority of today for {found.loc[code.isna(), 'name'].iloc[0]}.")
    absent = sorted(set(areas.authorities) - set(code))
    if absent:
        raise ContractBroken(BOUNDARIES, f"it has no district of {areas.names[absent[0]]}.")
    return pd.DataFrame(
        {
            "district_code": found["code"],
            "name": found["name"],
            "area_code": code,
            "longitude": found["long"].astype(float),
            "latitude": found["lat"].astype(float),
            "geometry": outlines(found, BOUNDARIES),
        }
    ).sort_values("district_code", ignore_index=True)


def _boundaries(content: bytes, file: str) -> geopandas.GeoDataFrame:
    """The boundaries, in the order of their codes: code, name, long, lat and geometry (EPSG:4326)."""
    import geopandas

    try:
        frame = geopandas.read_file(io.BytesIO(content))
    except Exception as error:  # noqa: BLE001 - the reader's own errors have no common class
        raise ContractBroken(file, f"this is not a readable boundary file ({error}).") from error
    frame = frame.rename(columns={name: name.lower() for name in frame.columns if name != "geometry"})
    columns = ["lad23cd", "lad23nm", "long", "lat"]
    absent = [name for name in columns if name not in frame]
    if absent:
        raise ContractBroken(file, f"the agreed columns {', '.join(absent)} are not in it.")
    if len(frame) < FEWEST or frame["lad23cd"].duplicated().any():
        raise ContractBroken(file, f"{len(frame)} districts, or one of them twice; the file may be cut short.")
    return frame.rename(columns={"lad23cd": "code", "lad23nm": "name"}).sort_values("code", ignore_index=True)


def outlines(frame: geopandas.GeoDataFrame, file: str) -> list[str]:
    """GeoJSON geometries of boundaries in their order, simplified together and a valid coverage."""
    import geopandas
    import shapely

    try:
        whole = _without_overlaps(frame.to_crs(27700).geometry.to_numpy())
        simple = geopandas.GeoSeries(shapely.coverage_simplify(whole, shapes.TOLERANCE), crs=27700).to_crs(4326)
    except shapely.errors.GEOSException as error:
        raise ContractBroken(file, f"its outlines can not be simplified together ({error}).") from error
    rounded = shapely.transform(simple.to_numpy(), lambda points: points.round(shapes.DECIMALS))
    if not shapely.is_valid(rounded).all() or not shapely.coverage_is_valid(rounded):
        raise ContractBroken(file, "the simplified outlines would cross or leave gaps.")
    return [shapes.as_text(shape) for shape in rounded]


def _without_overlaps(polygons: np.ndarray[Any, np.dtype[np.object_]]) -> np.ndarray[Any, np.dtype[np.object_]]:
    """Polygons (metres) that share their edges: all lines are cut where they cross, and each piece goes to one."""
    import shapely

    clean = shapely.make_valid(shapely.set_precision(shapely.make_valid(polygons), 1))
    lines = shapely.union_all(shapely.boundary(clean), grid_size=1)
    pieces = shapely.get_parts(shapely.polygonize([lines]))
    piece, owner = shapely.STRtree(clean).query(shapely.point_on_surface(pieces), predicate="within")
    first = pd.Series(owner).groupby(piece).min()
    return np.array(
        [shapely.union_all(pieces[first.index[first.eq(place)]], grid_size=1) for place in range(len(clean))]
    )


TABLE = TableDefinition(
    name="districts",
    title="Districts of counties, for finding a place",
    grain="one row a district of 2023",
    expected=expected,
    breaks=BREAKS,
    originals={BOUNDARIES: "districts_2023", LOOKUP: "districts_lookup_2023"},
    build=build,
)
