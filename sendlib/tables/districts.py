"""districts: local authority districts, the authority that each lies in, and their outlines.

Grain: one row a district of 2023. Columns:

- `district_code`: ONS code (`E07000041`); `name`: as ONS writes it (`Exeter`).
- `area_code`: DfE 3-digit code of the authority with duties for SEND: the county of a district of a
  county, and the authority itself of any other.
- `longitude`, `latitude`: ONS label point, degrees (EPSG:4326).
- `geometry`: outline for drawing, GeoJSON as text, degrees, five decimals.

Figures of SEND are never of a district: they help to find a place and to draw it. The outlines are our own
generalisation of the ONS ultra-generalised boundaries, whose edges partly cross in the copy that is
held and are not those of the authorities' outlines. So an authority's outline (the table `shapes`) is divided among
its districts: each part goes to the district that is nearest, and the lines between are simplified together.
Districts fill their county to its very edge, and neighbours share their edges. Nothing is ever placed in a district by
them.

Source: ONS boundaries of December 2023, and of authorities of December 2024; ONS lookup of districts to authorities,
April 2023.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from sendlib.areas import Areas
from sendlib.errors import ContractBroken
from sendlib.sources.originals import Originals
from sendlib.tables import nomis, schema, shapes
from sendlib.tables.definition import TableDefinition
from sendlib.tables.flows import code_of
from sendlib.tables.reading import read_csv

if TYPE_CHECKING:
    import geopandas
    import pandera.pandas as pa

Shapes = np.ndarray[Any, np.dtype[np.object_]]

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
    whole = shapes.simplified(originals.read(shapes.BOUNDARIES), shapes.BOUNDARIES, nomis.codes_of_authorities(areas))
    frame = read(originals.read(BOUNDARIES), originals.read(LOOKUP), areas, whole)
    counties = frame[frame["district_code"].str.startswith("E07")]
    return frame, [f"{len(frame)} districts, {len(counties)} of them in {counties['area_code'].nunique()} counties."]


def read(boundaries: bytes, lookup: bytes, areas: Areas, whole: Mapping[str, Any]) -> pd.DataFrame:
    """The table from the boundaries and the lookup of districts, and the outlines (degrees) of authorities by code.
    Raises ContractBroken."""
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
            "geometry": outlines(found, code, whole),
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


def outlines(frame: geopandas.GeoDataFrame, authority: pd.Series, whole: Mapping[str, Any]) -> list[str]:
    """GeoJSON geometries of districts in their order, a valid coverage that fills the outlines of their authorities."""
    import geopandas
    import shapely

    metres = frame.to_crs(27700).geometry
    counties = geopandas.GeoSeries(pd.Series({code: whole[code] for code in sorted(set(authority))}), crs=4326)
    counties = counties.to_crs(27700)
    nearest = {
        code: _nearest(metres.loc[places].to_numpy(), counties[code])
        for code, places in authority.groupby(authority).groups.items()
    }
    between = [
        shapely.intersection(shapely.union_all(shapely.boundary(parts)), counties[code])
        for code, parts in nearest.items()
    ]
    # On a grid of a centimetre a line between districts ends on the outline that it was cut off at.
    lines = shapely.union_all([*shapely.boundary(counties.to_numpy()), *between], grid_size=0.01)
    pieces = shapely.get_parts(shapely.polygonize([lines]))
    inside = shapely.point_on_surface(pieces)
    found = {}
    for code, parts in nearest.items():
        own = shapely.contains(counties[code], inside)
        for place, part in zip(authority.index[authority.eq(code)], parts, strict=True):
            found[place] = shapely.union_all(pieces[own & shapely.contains(part, inside)])
    simple = geopandas.GeoSeries(pd.Series(found).sort_index(), crs=27700).to_crs(4326)
    rounded = shapely.transform(simple.to_numpy(), lambda points: points.round(shapes.DECIMALS))
    if shapely.is_empty(rounded).any() or not shapely.is_valid(rounded).all():
        raise ContractBroken(BOUNDARIES, "a simplified outline would be empty or cross itself.")
    if not shapely.coverage_is_valid(rounded):
        raise ContractBroken(BOUNDARIES, "the simplified outlines would cross or leave gaps.")
    return [shapes.as_text(shape) for shape in rounded]


_WITHIN, _STEP, _AROUND = 100, 250, 20_000
"""Metres: how far within its border a district is measured from, how often, and how far beyond its county."""


def _nearest(parts: Shapes, county: Any) -> Shapes:
    """For each district the area that is nearest to it, in and around its county: they meet in the middle of whatever
    lies between them. What two of them claim is the first's."""
    import shapely

    if len(parts) == 1:
        return np.array([shapely.buffer(county, _AROUND)])
    valid = shapely.make_valid(parts)
    apart = [shapely.difference(part, shapely.union_all(valid[:place])) for place, part in enumerate(valid)]
    borders = shapely.segmentize(shapely.buffer(apart, -_WITHIN), _STEP)
    points, owner = shapely.get_coordinates(borders, return_index=True)
    points, first = np.unique(points.round(), axis=0, return_index=True)
    around = shapely.buffer(county, _AROUND)
    cells = shapely.get_parts(shapely.voronoi_polygons(shapely.multipoints(points), extend_to=around, ordered=True))
    whole = [shapely.union_all(cells[owner[first] == place]) for place in range(len(parts))]
    simple: Shapes = shapely.coverage_simplify(np.array(whole), shapes.TOLERANCE)
    return simple


TABLE = TableDefinition(
    name="districts",
    title="Districts of counties, for finding a place",
    grain="one row a district of 2023",
    expected=expected,
    breaks=BREAKS,
    originals={BOUNDARIES: "districts_2023", LOOKUP: "districts_lookup_2023", shapes.BOUNDARIES: "boundaries_2024"},
    build=build,
)
