"""school_pupils: how many pupils there are, and how many of them have SEN, in the schools of an area.

Grain: area_code x period x measure.

- `period`: school year (the January school census in it): `2022/23`.
- `measure`: `pupils`, `sen_support` or `ehc_plan`.
- `value`: pupils of all schools located in the area, independent ones included, wherever they live; the sum of a
  list of schools. The shares that the table `school_sen` has for the year are these numbers divided, in every
  authority.

LAIT publishes those shares without the numbers, so for several authorities together this is the one year that there
is.

Source: DfE "Special educational needs in England", 2022/23, list of schools, as kept by a public repository, with names
of authorities and no codes. Cumbria is not yet divided.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from sendlib.areas import Areas
from sendlib.errors import ContractBroken
from sendlib.sources.originals import Originals
from sendlib.tables import reading, schema
from sendlib.tables.definition import TableDefinition
from sendlib.tables.symbols import VALUE

if TYPE_CHECKING:
    import pandera.pandas as pa

FILE = "schools/nyt_sen_school_wise.csv.gz"
BREAKS = ("Pupils are counted where they go to school. Cumbria is not yet divided.",)
PERIOD = "2022/23"
KEYS = ["area_code", "period", "measure"]
MEASURES = {"total pupils": "pupils", "sen support": "sen_support", "ehc plan": "ehc_plan"}
"""Column of the list (in any case) -> measure."""


def expected() -> pa.DataFrameSchema:
    return schema.long_table(
        {"period": schema.text(schema.SCHOOL_YEAR), "measure": schema.text(allowed=list(MEASURES.values()))}
    )


def build(originals: Originals, areas: Areas) -> tuple[pd.DataFrame, list[str]]:
    """The school_pupils table and no notes. Raises ContractBroken."""
    return read(originals.read(FILE), FILE, areas), []


def read(content: bytes, file: str, areas: Areas) -> pd.DataFrame:
    """The pupils of each authority's schools added up. Raises ContractBroken."""
    frame = reading.read_csv(content, file, ["la_name", "school_name", *MEASURES])
    codes = {name: code for code, name in areas.names.items() if code not in areas.authorities}
    codes |= {area.name: area.code for area in areas.authorities.values()}
    unknown = sorted(set(frame["la_name"]) - set(codes))
    if unknown:
        raise ContractBroken(file, f"'{unknown[0]}' is not an authority that we know.")
    for column in MEASURES:
        if not frame[column].str.fullmatch(r"\d+").all():
            raise ContractBroken(file, f"{column} holds something that is not a count.")
    numbers = frame[list(MEASURES)].astype(int)
    if (numbers["sen support"] + numbers["ehc plan"] > numbers["total pupils"]).any():
        raise ContractBroken(file, "a school has more pupils with SEN than pupils.")
    if frame["la_name"].nunique() < reading.FEWEST_AUTHORITIES:
        raise ContractBroken(file, f"only {frame['la_name'].nunique()} authorities; the file may be cut short.")
    sums = numbers.groupby(frame["la_name"].map(codes)).sum().rename(columns=MEASURES)
    sums.index.name, sums.columns.name = "area_code", "measure"
    long = sums.stack().rename("value").astype(float).reset_index().assign(period=PERIOD, status=VALUE)
    long = long[[*KEYS, "value", "status"]].astype({"measure": str})
    return reading.as_categories(long, KEYS).astype({"status": "category"})


TABLE = TableDefinition(
    name="school_pupils",
    title="Pupils, and those with SEN, by location of the school",
    grain="one row an area, school year and measure",
    expected=expected,
    breaks=BREAKS,
    originals={FILE: "sen_in_england_schools_2023"},
    build=build,
)
