"""schools: special schools as points.

Grain: one row a school. Columns:

- `school_id`: our own number; the source has no URN.
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
for and types finer than `kind` are not in any source shipped here; the register itself, when it is
fetched, replaces this table.

Source: Get Information About Schools, 30 June 2021, as kept by a public model (VirtUK); DfE
"Special educational needs in England" 2022/23, schools; DfE list of section 41 schools, March 2022.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pandas as pd

from sendlib.areas import Areas
from sendlib.errors import ContractBroken
from sendlib.sources.originals import Originals
from sendlib.tables import schema
from sendlib.tables.reading import read_csv

if TYPE_CHECKING:
    import pandera.pandas as pa

NAME = "schools"
TITLE = "Special schools as points"
GRAIN = "one row a school"
POINTS = "schools/special_points_2021_derived.csv"
CENSUS = "schools/nyt_sen_school_wise.csv.gz"
SECTION_41 = "schools/section41_approved_2022.csv"
ORIGINALS = {POINTS: "gias_2021", CENSUS: "sen_in_england_schools_2023", SECTION_41: "section_41_2022"}
BREAKS = (
    "The register of June 2021, joined by name with files of 2022 and 2023: schools that opened, closed, moved or were"
    " renamed since are wrong or missing.",
    "Alternative provision, and the needs that a school is approved for, are in none of these files.",
)
VINTAGE = "2021-06"


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


def plain_name(name: str) -> str:
    """A school's name without case, punctuation, `the` and `school`, for comparison."""
    words = re.sub(r"[^a-z0-9 ]+", " ", str(name).casefold().replace("&", " and ").replace("'", "")).split()
    return " ".join(word for word in words if word not in ("the", "school"))
