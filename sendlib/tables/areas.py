"""areas: every authority, region and England, today's and abolished ones.

Grain: one row an area. Columns:

- `area_code`: DfE 3-digit code (authorities), ONS code (regions, England).
- `level`: authority, abolished, region or england.
- `name`: today's name as DfE writes it; `other_names`: other spellings, `;` between.
- `ons_code`: today's 9-character code; `boundary_code`: the code in the December 2024 boundaries.
- `region_code`, `region_name`, `authority_type` (London borough, ...), `lait_type`.
- `valid_from`: ISO date the authority came into being.
- `longitude`, `latitude`: ONS label point, degrees (EPSG:4326).

Source: DfE's list of authorities and ONS names and codes, gathered in
reference/la_reference.csv.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from sendlib.areas import Areas
from sendlib.sources.originals import Originals
from sendlib.tables import schema
from sendlib.tables.definition import TableDefinition
from sendlib.tables.reading import ENGLAND, read_csv

if TYPE_CHECKING:
    import pandera.pandas as pa

BREAKS = (
    "Barnsley and Sheffield have new 9-character codes since 1 May 2025;"
    " the December 2024 boundaries keep the old ones.",
    "Authorities are joined on DfE's 3-digit code, which keeps its meaning when the 9-character code changes.",
)
CHANGES_FILE = "reference/la_code_changes.csv"
_FILE = "reference/la_reference.csv"
_COLUMNS = [
    "new_la_code",
    "old_la_code",
    "la_name",
    "region_code",
    "region_name",
    "la_type",
    "lait_type",
    "boundary_code_dec2024",
    "ons_name_dec2024",
    "lait_name",
    "valid_from",
    "label_lon",
    "label_lat",
]
_TYPES = {
    "London Boroughs": "London borough",
    "Metropolitan Districts": "Metropolitan district",
    "Unitary Authorities": "Unitary authority",
    "Counties": "County",
}
COLUMNS = [
    "area_code",
    "level",
    "name",
    "other_names",
    "ons_code",
    "boundary_code",
    "region_code",
    "region_name",
    "authority_type",
    "lait_type",
    "valid_from",
    "longitude",
    "latitude",
]


def expected() -> pa.DataFrameSchema:
    import pandera.pandas as pa

    return pa.DataFrameSchema(
        {
            **{name: schema.text() for name in COLUMNS if name not in ("area_code", "level", "longitude", "latitude")},
            "area_code": schema.text(schema.AREA_CODE),
            "level": schema.text(allowed=["authority", "abolished", "region", "england"]),
            "longitude": pa.Column(float, pa.Check.in_range(-7, 2), nullable=True),
            "latitude": pa.Column(float, pa.Check.in_range(49, 56), nullable=True),
        },
        unique=["area_code"],
        strict=True,
    )


def build(originals: Originals, _: Areas) -> tuple[pd.DataFrame, list[str]]:
    """The areas table and no notes. Raises ContractBroken."""
    return read(originals), []


def read(originals: Originals) -> pd.DataFrame:
    """The areas table, which is needed before any area is known. Raises ContractBroken."""
    reference = read_csv(originals.read(_FILE), _FILE, _COLUMNS)
    authorities = pd.DataFrame(
        {
            "area_code": reference.old_la_code,
            "level": "authority",
            "name": reference.la_name,
            "other_names": [
                ";".join(sorted({ons, lait} - {dfe}))
                for dfe, ons, lait in zip(
                    reference.la_name, reference.ons_name_dec2024, reference.lait_name, strict=True
                )
            ],
            "ons_code": reference.new_la_code,
            "boundary_code": reference.boundary_code_dec2024,
            "region_code": reference.region_code,
            "region_name": reference.region_name,
            "authority_type": reference.la_type.map(_TYPES),
            "lait_type": reference.lait_type,
            "valid_from": reference.valid_from,
            "longitude": reference.label_lon.astype(float),
            "latitude": reference.label_lat.astype(float),
        }
    )
    regions = authorities[["region_code", "region_name"]].drop_duplicates()
    wider = pd.DataFrame(
        {
            "area_code": [*regions.region_code, ENGLAND],
            "level": [*["region"] * len(regions), "england"],
            "name": [*regions.region_name, "England"],
        }
    )
    wider["ons_code"] = wider["area_code"]
    frame = pd.concat([authorities, _abolished(originals, authorities), wider], ignore_index=True)
    texts = [name for name in COLUMNS if name not in ("longitude", "latitude")]
    frame[texts] = frame[texts].fillna("")
    return frame[COLUMNS].sort_values("area_code", ignore_index=True)


def _abolished(originals: Originals, authorities: pd.DataFrame) -> pd.DataFrame:
    """Authorities whose 3-digit code is no longer in use."""
    changes = read_csv(originals.read(CHANGES_FILE), CHANGES_FILE, ["old_code", "old_dfe_code", "old_name"])
    gone = changes[~changes.old_dfe_code.isin(authorities.area_code)]
    successor = gone.new_dfe_codes.str.split(";").str[0]
    region = authorities.set_index("area_code")[["region_code", "region_name"]].reindex(successor)
    return pd.DataFrame(
        {
            "area_code": gone.old_dfe_code.to_numpy(),
            "level": "abolished",
            "name": gone.old_name.to_numpy(),
            "ons_code": gone.old_code.to_numpy(),
            "region_code": region.region_code.to_numpy(),
            "region_name": region.region_name.to_numpy(),
        }
    )


TABLE = TableDefinition(
    name="areas",
    title="Authorities, regions and England",
    grain="one row an area",
    expected=expected,
    breaks=BREAKS,
    originals={"reference/la_reference.csv": "la_reference", "reference/la_code_changes.csv": "la_code_changes"},
    build=build,
)
