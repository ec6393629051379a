"""district_figures: how deprived each district is, and how many children and young people live in it.

Grain: area_code x district_code x measure x period.

- `area_code`: DfE 3-digit code of the authority with duties for SEND, as in the table `districts`: the county of a
  district of a county, and the authority itself of any other.
- `district_code`: ONS code of the district (`E07000041`); `name`: as the indices write it (`Exeter`).
- `measure`: MEASURES. `idaci`: share (0 to 1) of children aged 0 to 15 in families with a low income; `imd`: average
  score of the Index of Multiple Deprivation (higher is more deprived), no share; `residents`: aged 0 to 25, an
  estimate.
- `period`: `2025`, the edition of the indices, or the mid-year of the residents, `2024-06`.

These are figures of a district as their publishers give them. Nothing on SEND is published below the authority.

Sources: English indices of deprivation 2025, by district, as in the table `deprivation`; ONS mid-2024 population
estimates; ONS lookup of districts to authorities, April 2023.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from sendlib.areas import Areas
from sendlib.errors import ContractBroken
from sendlib.sources.originals import Originals
from sendlib.tables import deprivation, districts, population, reading, schema
from sendlib.tables.definition import TableDefinition
from sendlib.tables.flows import code_of
from sendlib.tables.symbols import parse

if TYPE_CHECKING:
    import pandera.pandas as pa

KEYS = ["area_code", "district_code", "measure", "period"]
MID_YEAR = "2024-06"
MEASURES = {**deprivation.MEASURES, "residents": "Residents aged 0 to 25"}
BREAKS = (
    "Districts of 2024: those that were merged into new authorities before (in Northamptonshire, Cumbria, North"
    " Yorkshire and Somerset among others) have no figures of their own.",
)


def expected() -> pa.DataFrameSchema:
    return schema.long_table(
        {
            "district_code": schema.text(r"^E0[6-9]\d{6}$"),
            "measure": schema.text(allowed=list(MEASURES)),
            "period": schema.text(rf"^{deprivation.PERIOD}$|{schema.MID_YEAR}"),
        },
        area_code=r"^\d{3}$",
        facts={"name": schema.text(r"^\S")},
    )


def build(originals: Originals, areas: Areas) -> tuple[pd.DataFrame, list[str]]:
    """The table and no notes. Raises ContractBroken."""
    indices, lookup, people = deprivation.DISTRICTS_FILE, districts.LOOKUP, population.SINGLE_YEARS
    return read(originals.read(indices), originals.read(lookup), originals.read(people), areas), []


def read(indices: bytes, lookup: bytes, people: bytes, areas: Areas) -> pd.DataFrame:
    """The table from the indices, the lookup of districts and the residents. Raises ContractBroken."""
    file = deprivation.DISTRICTS_FILE
    scores = deprivation.read_districts(indices, file)
    named = reading.read_csv(indices, file, ["area_code", "area_name"]).drop_duplicates("area_code")
    pairs = reading.read_csv(lookup, districts.LOOKUP, ["ltla23cd", "utla23cd"]).drop_duplicates("ltla23cd")
    facts = pd.DataFrame(
        {
            "name": named.set_index("area_code")["area_name"],
            "area_code": pairs.set_index("ltla23cd")["utla23cd"].map(code_of(areas)),
        }
    ).reindex(scores.index)
    if facts.isna().any(axis=None) or set(facts["area_code"]) != set(areas.authorities):
        raise ContractBroken(file, "its districts are not those of the authorities of today.")
    wide = scores.assign(residents=_residents(people).reindex(scores.index)).join(facts)
    if wide["residents"].isna().any():
        raise ContractBroken(population.SINGLE_YEARS, "it has not every district.")
    long = wide.rename_axis("district_code").reset_index()
    long = long.melt(["area_code", "district_code", "name"], list(MEASURES), "measure", "value")
    long["period"] = long["measure"].map(dict.fromkeys(deprivation.MEASURES, deprivation.PERIOD)).fillna(MID_YEAR)
    long = long.assign(status="value")[[*KEYS, "name", "value", "status"]].sort_values(KEYS, ignore_index=True)
    return reading.as_categories(long, KEYS).astype({"status": "category"})


def _residents(content: bytes) -> pd.Series:
    """Residents aged 0 to 25 by 9-character code."""
    ages = [str(age) for age in range(population.OLDEST + 1)]
    frame = reading.read_csv(content, population.SINGLE_YEARS, ["code", *ages])
    numbers = frame[ages].apply(lambda column: parse(column, {}, population.SINGLE_YEARS)[0])
    return numbers.sum(axis=1, skipna=False).set_axis(frame["code"])


TABLE = TableDefinition(
    name="district_figures",
    title="Districts: deprivation and residents",
    grain="one row a district, measure and period",
    expected=expected,
    breaks=BREAKS,
    originals={
        deprivation.DISTRICTS_FILE: "deprivation_2025",
        districts.LOOKUP: "districts_lookup_2023",
        population.SINGLE_YEARS: "mye_2024",
    },
    build=build,
)
