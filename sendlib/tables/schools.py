"""schools: special schools as points.

Grain: one row a school. Columns:

- `school_id`: our own number; the source shipped has no URN.
- `name`, `longitude`, `latitude` (degrees, EPSG:4326), `capacity`, `pupils` (June 2021).
- `kind`: `special` (a school of the group "Special" in the register: community, foundation,
  non-maintained and independent special schools) or `mostly_plans` (an academy or other school
  where three in four pupils or more had an EHC plan in 2022/23: mostly special academies).
- `in_school_file`: whether a school of this name stands in DfE's school-level file of 2022/23.
- `area_code`: the authority that this file gives for the name, where exactly one school has it; empty
  where it does not. Never found by a point in an outline.
- `section_41`: a school of this name was approved under section 41 in March 2022.
- `vintage`: when the register was read.

Approximate and dated: the register of June 2021, joined by name. Needs that a school is approved
for and types finer than `kind` are not in any source shipped here.

The register itself, when it is fetched (`read_gias`), gives the same columns: `school_id` is the URN,
`area_code` the authority of every school, `kind` is `special` (community, foundation, non-maintained
and independent special schools, special academies and free schools, special post-16 institutions),
`vintage` the month of the file. It knows nothing of DfE's school file: `in_school_file` is false.

Source: Get Information About Schools, 30 June 2021 (live: of the day), as kept by a public model (VirtUK); DfE
"Special educational needs in England" 2022/23, schools; DfE list of section 41 schools, March 2022.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

import pandas as pd

from sendlib.areas import Areas
from sendlib.errors import ContractBroken
from sendlib.sources import gias
from sendlib.sources.originals import Originals
from sendlib.tables import schema
from sendlib.tables.definition import TableDefinition
from sendlib.tables.reading import check_labels, read_csv
from sendlib.tables.symbols import NOT_AVAILABLE, parse

if TYPE_CHECKING:
    import pandera.pandas as pa

POINTS = "schools/special_points_2021_derived.csv"
CENSUS = "schools/nyt_sen_school_wise.csv.gz"
SECTION_41 = "schools/section41_approved_2022.csv"
BREAKS = (
    "The register of June 2021, joined by name with files of 2022 and 2023: schools that opened, closed, moved or were"
    " renamed since are wrong or missing.",
    "Alternative provision, and the needs that a school is approved for, are in none of these files.",
)
VINTAGE = "2021-06"
FEWEST_PLACED = 0.95
"""Share of the register's special schools that must have a point."""
_OUTSIDE_ENGLAND = r"000|66\d|67\d|68[01]|70\d"
"""Codes that the register gives to schools in Wales, on islands and overseas."""


def expected() -> pa.DataFrameSchema:
    import pandera.pandas as pa

    return pa.DataFrameSchema(
        {
            "school_id": pa.Column(int, unique=True),
            "name": schema.text(),
            "kind": schema.text(allowed=["special", "mostly_plans"]),
            "longitude": pa.Column(float, pa.Check.in_range(-7, 2)),
            "latitude": pa.Column(float, pa.Check.in_range(49, 56)),
            "capacity": pa.Column(float, pa.Check.ge(0), nullable=True),
            "pupils": pa.Column(float, pa.Check.ge(0), nullable=True),
            "in_school_file": pa.Column(bool),
            "area_code": schema.text(r"^(\d{3})?$"),
            "section_41": pa.Column(bool),
            "vintage": schema.text(),
        },
        strict=True,
    )


def build(originals: Originals, areas: Areas) -> tuple[pd.DataFrame, list[str]]:
    """The schools table and a note on how many were found by name. Raises ContractBroken."""
    names = {area.name: area.code for area in areas.authorities.values()}
    names |= {name: code for code, name in areas.names.items() if code not in areas.authorities and name not in names}
    census = read_csv(originals.read(CENSUS), CENSUS, ["la_name", "school_name"])
    unknown = sorted(set(census["la_name"]) - set(names))
    if unknown:
        raise ContractBroken(CENSUS, f"'{unknown[0]}' is not an authority that we know.")
    # The list of section 41 schools has a line of empty names above its header.
    approved = read_csv(originals.read(SECTION_41).split(b"\n", 1)[1], SECTION_41, ["Institution trading name (1)"])
    table = read(originals.read(POINTS), POINTS, census.assign(code=census["la_name"].map(names)), approved.iloc[:, 1])
    found = int(table["area_code"].ne("").sum())
    return table, [f"{found} of {len(table)} schools have an authority, found by a name that one school alone has."]


def read(content: bytes, file: str, census: pd.DataFrame, approved: pd.Series) -> pd.DataFrame:
    """The points, joined by plain name with the census file (school_name, code) and the approved names."""
    wanted = ["name", "capacity", "pupils", "lon", "lat", "is_special_group"]
    frame = read_csv(content, file, wanted)
    if len(frame) < 1000:
        raise ContractBroken(file, f"only {len(frame)} schools; the file may be cut short.")
    plain = frame["name"].map(plain_name)
    in_census = census.assign(plain=census["school_name"].map(plain_name))
    once = in_census.groupby("plain")["code"].agg(["first", "nunique", "size"])
    # A name that several schools have, here or in the census, says nothing about where this one is.
    single = once[once["size"].eq(1)]["first"]
    code = plain.map(single).where(~plain.duplicated(keep=False)).fillna("")
    return pd.DataFrame(
        {
            "school_id": range(1, len(frame) + 1),
            "name": frame["name"].str.strip(),
            "kind": frame["is_special_group"].map({"True": "special", "False": "mostly_plans"}),
            "longitude": frame["lon"].astype(float),
            "latitude": frame["lat"].astype(float),
            "capacity": pd.to_numeric(frame["capacity"], errors="coerce").astype(float),
            "pupils": pd.to_numeric(frame["pupils"], errors="coerce").astype(float),
            "in_school_file": plain.isin(once.index).astype(bool),
            "area_code": code,
            "section_41": plain.isin(set(approved.map(plain_name))).astype(bool),
            "vintage": VINTAGE,
        }
    )


def read_gias(content: bytes, file: str, areas: Areas) -> tuple[pd.DataFrame, list[str]]:
    """The table from a file of `Gias.fetch`, and a note on schools without a point, which are left out.

    `file` is the publisher's name of it, with its day (edubasealldata20260615.csv).
    Raises ContractBroken, among others for an authority that we do not know.
    """
    day = re.search(r"(20\d{2})([01]\d)[0-3]\d\.csv$", file)
    if not day:
        raise ContractBroken(file, "its name does not end with a day, as in edubasealldata20260615.csv.")
    frame = read_csv(content, file, gias.COLUMNS)
    frame = frame[frame[gias.TYPE.lower()].isin(gias.SPECIAL) & frame[gias.STATUS.lower()].isin(gias.OPEN)]
    frame = frame[~frame["la (code)"].str.fullmatch(_OUTSIDE_ENGLAND)].reset_index(drop=True)
    absent = sorted(set(gias.SPECIAL) - set(frame[gias.TYPE.lower()]), key=int)
    if absent:
        raise ContractBroken(file, f"no open school is a '{gias.SPECIAL[absent[0]]}'; the file may be cut short.")
    unknown = sorted(set(frame["la (code)"]) - set(areas.authorities))
    if unknown:
        raise ContractBroken(file, f"'{unknown[0]}' is not an authority of today that we know.")
    approved = frame["section41approved (name)"].str.casefold()
    check_labels(approved, ["approved", "not approved", "not applicable", ""], file, "Section41Approved (name)")
    for column in ("opendate", "closedate", "censusdate"):
        for text in frame[column].unique():
            gias.day_of(text, file)
    numbers = {
        name: _number(frame[name], file) for name in ("urn", "schoolcapacity", "numberofpupils", "easting", "northing")
    }
    if numbers["urn"].isna().any() or numbers["urn"].duplicated().any():
        raise ContractBroken(file, "every school must have a URN of its own.")
    # The register writes a point that it does not know as nothing or as 0.
    placed = numbers["easting"].gt(0) & numbers["northing"].gt(0)
    if placed.mean() < FEWEST_PLACED:
        raise ContractBroken(file, f"only {placed.sum()} of {len(frame)} schools have a point.")
    points = [gias.degrees(x, y) for x, y in zip(numbers["easting"][placed], numbers["northing"][placed], strict=True)]
    table = pd.DataFrame(
        {
            "school_id": numbers["urn"][placed].astype(int),
            "name": frame["establishmentname"][placed],
            "kind": "special",
            "longitude": [longitude for longitude, _ in points],
            "latitude": [latitude for _, latitude in points],
            "capacity": numbers["schoolcapacity"][placed],
            "pupils": numbers["numberofpupils"][placed],
            "in_school_file": False,
            "area_code": frame["la (code)"][placed],
            "section_41": approved[placed].eq("approved"),
            "vintage": f"{day[1]}-{day[2]}",
        }
    )
    lost = frame[~placed]
    notes = [
        f"{name} (area {code}) has no point in the register."
        for name, code in zip(lost["establishmentname"], lost["la (code)"], strict=True)
    ]
    return table.sort_values("school_id", ignore_index=True), notes


def _number(cells: pd.Series, file: str) -> pd.Series:
    """Numbers of the register; an empty cell is missing."""
    value, _ = parse(cells, {"": NOT_AVAILABLE}, file)
    return value


def map_points(table: pd.DataFrame, kinds: Sequence[str]) -> list[dict[str, object]]:
    """Schools as a map draws them: name, longitude, latitude, place of the kind among `kinds`, radius.

    The radius `r` is in metres and grows with the square root of the pupils.
    `section_41` comes before the kind.
    """
    places = {name: place for place, name in enumerate(kinds)}
    kind = table["kind"].astype(str).where(~table["section_41"], "section_41").map(places)
    rows = zip(table["name"], table["longitude"], table["latitude"], kind, table["pupils"].fillna(0), strict=True)
    return [
        {
            "n": str(name),
            "x": round(float(longitude), 4),
            "y": round(float(latitude), 4),
            "k": int(place),
            "r": round(60 * (10 + float(pupils)) ** 0.5),
        }
        for name, longitude, latitude, place, pupils in rows
    ]


def plain_name(name: str) -> str:
    """A school's name without case, punctuation, `the` and `school`, for comparison."""
    words = re.sub(r"[^a-z0-9 ]+", " ", str(name).casefold().replace("&", " and ").replace("'", "")).split()
    return " ".join(word for word in words if word not in ("the", "school"))


TABLE = TableDefinition(
    name="schools",
    title="Special schools as points",
    grain="one row a school",
    expected=expected,
    breaks=BREAKS,
    originals={POINTS: "gias_2021", CENSUS: "sen_in_england_schools_2023", SECTION_41: "section_41_2022"},
    build=build,
)
