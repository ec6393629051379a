"""population_local: how many children and young people ONS projects for each authority.

Grain: area_code x basis x period x age.

- `area_code`: authorities, regions and England.
- `basis`: `ons-2022-local` for the 2022-based projection; the year is that of the file fetched,
  because the publisher replaces it in place at each new base.
- `period`: mid-year, from the base year (an estimate) to `2040-06`.
- `age`: single years `0` to `25`.
- `value`: residents.

ONS: projections are not forecasts; they say what would follow if recent trends went on. The local
projections add up to England's of the same base only (table population_england has that of 2022).

Live only: no projection by authority is shipped.

Source: ONS subnational population projections, as Nomis serves them (data set NM_2006_1).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from sendlib.areas import Areas
from sendlib.errors import ContractBroken
from sendlib.tables import nomis, reading, schema
from sendlib.tables.definition import TableDefinition

if TYPE_CHECKING:
    import pandera.pandas as pa

BREAKS = ("Another base year is another projection: the two are not one series.",)
KEYS = ["area_code", "basis", "period", "age"]


def expected() -> pa.DataFrameSchema:
    return schema.long_table(
        {
            "basis": schema.text(r"^ons-20\d{2}-local$"),
            "period": schema.text(schema.MID_YEAR),
            "age": schema.text(allowed=[str(age) for age in range(nomis.OLDEST + 1)]),
        }
    )


def read_nomis(content: bytes, file: str, areas: Areas, base_year: int) -> pd.DataFrame:
    """The table from a file of `Ons.projections` and the base year found with it. Raises ContractBroken."""
    # Each number is rounded by itself, so a sum of authorities may be off by half a person for each.
    frame = nomis.read(content, file, areas, "projected_year_name", slack=len(areas.authorities) / 2 + 1)
    years = sorted({int(period[:4]) for period in frame["period"]})
    if years != list(range(base_year, years[-1] + 1)):
        raise ContractBroken(
            file, f"a {base_year}-based projection can not have the years {years[0]} to {years[-1]}, or leaves one out."
        )
    frame = frame.assign(basis=f"ons-{base_year}-local")[[*KEYS, "value", "status"]]
    return reading.as_categories(frame, KEYS).astype({"status": "category"})


TABLE = TableDefinition(
    name="population_local",
    title="Children and young people by authority, projected",
    grain="one row an area, basis, mid-year and age",
    expected=expected,
    breaks=BREAKS,
)
