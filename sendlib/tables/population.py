"""population: how many children and young people live in each area.

Grain: area_code x period x age.

- `period`: mid-year, `2012-06` to `2024-06`.
- `age`: single years `0` to `25` (the newest mid-year only) and `0-17` (2012 to 2024).
- `value`: residents, an estimate.

A rate is worked out only where the ages and the year of both numbers fit: EHC plans of January
2025 (ages 0 to 25) over residents aged 0 to 25 in mid-2024; plans of children under 18 over
residents aged 0 to 17 in the summer before.

Source: ONS mid-year population estimates: the newest release by single year of age (shipped: mid-2024;
live: as Nomis serves it, which must not be mixed with years before a rebasing), and the
series 2012 to 2024 that DfE republishes by authority. The estimates of 2012 to 2023 are revised
to the 2021 Census; the older mid-2020 estimates are not mixed in.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from sendlib.areas import Areas
from sendlib.errors import ContractBroken
from sendlib.sources.originals import Originals
from sendlib.tables import nomis, reading, schema
from sendlib.tables.definition import TableDefinition
from sendlib.tables.symbols import NOT_APPLICABLE, parse

if TYPE_CHECKING:
    import pandera.pandas as pa

SINGLE_YEARS = "population/mye24tablesew_single_year_of_age.csv"
SERIES = "population/ons_mid-year_population_estimates_2012_to_2024.csv"
BREAKS = (
    "Single years of age are shipped for mid-2024 only.",
    "Bournemouth, Poole and old Dorset have no estimates on today's basis; Cumbria and Northamptonshire end with the"
    " year before they were divided.",
)
KEYS = ["area_code", "period", "age"]
OLDEST = nomis.OLDEST
CHILDREN = "0-17"


def expected() -> pa.DataFrameSchema:
    ages = [*map(str, range(OLDEST + 1)), CHILDREN]
    return schema.long_table({"period": schema.text(schema.MID_YEAR), "age": schema.text(allowed=ages)})


def build(originals: Originals, areas: Areas) -> tuple[pd.DataFrame, list[str]]:
    """The population table and no notes. Raises ContractBroken."""
    single = read_single_years(originals.read(SINGLE_YEARS), SINGLE_YEARS, areas)
    series = read_series(originals.read(SERIES), SERIES)
    frame = pd.concat([single, series], ignore_index=True)
    return reading.as_categories(frame, KEYS).astype({"status": "category"}), []


def read_single_years(content: bytes, file: str, areas: Areas) -> pd.DataFrame:
    """ONS' own layout: one row an area of any kind, one column a year of age, 9-character codes."""
    ages = [str(age) for age in range(OLDEST + 1)]
    frame = reading.read_csv(content, file, ["code", "name", "all ages", *ages])
    table = areas.table
    wider = table[table["level"].isin(["region", "england"])]
    code_of = {row.area_code: row.area_code for row in wider.itertuples()} | nomis.codes_of_authorities(areas)
    today = table[table["level"].eq("authority")]
    frame["area_code"] = frame.code.map(code_of)
    frame = frame[frame.area_code.notna()].reset_index(drop=True)
    absent = sorted(set(today["area_code"]) - set(frame.area_code))
    if absent or frame.area_code.duplicated().any():
        raise ContractBroken(
            file, f"every authority must have exactly one row; missing: {', '.join(absent) or 'none'}."
        )
    frame["period"] = "2024-06"
    return reading.melt(frame, ["area_code", "period"], {age: age for age in ages}, "age", {}, file)


def read_nomis_estimates(content: bytes, file: str, areas: Areas) -> pd.DataFrame:
    """Single years of the newest mid-year from a file of `Ons.estimates`: authorities, regions and England."""
    frame = nomis.read(content, file, areas, "date_name", slack=0)
    if frame["period"].nunique() != 1:
        raise ContractBroken(file, "the newest estimates must be of one mid-year.")
    return frame[[*KEYS, "value", "status"]]


def read_series(content: bytes, file: str) -> pd.DataFrame:
    """DfE's layout: children aged 0 to 17, 2012 to 2024; rows for inner and outer London left out."""
    wanted = [*reading.EES_AREA_COLUMNS, "age_group", "population_estimate"]
    frame = reading.read_csv(content, file, wanted)
    reading.check_labels(frame.age_group, ["Children aged 0 to 17 years"], file, "age_group")
    inner_and_outer_london = frame.geographic_level.eq("Regional") & frame.region_code.str.startswith("E13")
    frame = frame[~inner_and_outer_london].reset_index(drop=True)
    frame = reading.with_area_codes(frame, file)
    frame["period"] = frame.time_period + "-06"
    reading.check_totals(frame, file)
    frame["age"] = CHILDREN
    frame["value"], frame["status"] = parse(frame.population_estimate, {"x": NOT_APPLICABLE, "z": NOT_APPLICABLE}, file)
    return frame[[*KEYS, "value", "status"]]


TABLE = TableDefinition(
    name="population",
    title="Residents by age",
    grain="one row an area, mid-year and age",
    expected=expected,
    breaks=BREAKS,
    originals={SINGLE_YEARS: "mye_2024", SERIES: "mye_series"},
    build=build,
)
