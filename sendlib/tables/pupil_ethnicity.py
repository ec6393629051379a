"""pupil_ethnicity: pupils of all kinds of school together, by the ethnic group that they are recorded under.

Grain: area_code x period x group.

- `period`: school year; `2021/22` (the January school census in it).
- `group`: GROUPS, the nineteen of DfE's with `unclassified` among them; no total is kept, it is their sum.
- `value`: pupils in state-funded and non-maintained special schools located in the area, wherever the pupils live.
  A row that is not there is a group without pupils. They are pupils, not residents: nobody below school age, and
  nobody who goes to an independent school.

Source: DfE "Schools, pupils and their characteristics", 2021/22. Cumbria is not yet divided.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from sendlib.areas import Areas
from sendlib.errors import ContractBroken
from sendlib.sources.originals import Originals
from sendlib.tables import reading, schema
from sendlib.tables.definition import TableDefinition
from sendlib.tables.symbols import parse

if TYPE_CHECKING:
    import pandera.pandas as pa

FILE = "pupils/spc_pupils_ethnicity_and_language.csv.gz"
BREAKS = (
    "Pupils are counted where they go to school, not where they live.",
    "Cumbria is not yet divided in 2021/22.",
)
KEYS = ["area_code", "period", "group"]
PERIOD = "2021/22"
UNCLASSIFIED = "unclassified"
GROUPS = {
    "white_british": "White - White British",
    "white_irish": "White - Irish",
    "white_traveller": "White - Traveller of Irish heritage",
    "white_gypsy_roma": "White - Gypsy/Roma",
    "white_other": "White - Any other White background",
    "mixed_white_asian": "Mixed - White and Asian",
    "mixed_white_african": "Mixed - White and Black African",
    "mixed_white_caribbean": "Mixed - White and Black Caribbean",
    "mixed_other": "Mixed - Any other Mixed background",
    "asian_indian": "Asian - Indian",
    "asian_pakistani": "Asian - Pakistani",
    "asian_bangladeshi": "Asian - Bangladeshi",
    "asian_chinese": "Asian - Chinese",
    "asian_other": "Asian - Any other Asian background",
    "black_african": "Black - Black African",
    "black_caribbean": "Black - Black Caribbean",
    "black_other": "Black - Any other Black background",
    "other": "Any other ethnic group",
    UNCLASSIFIED: "Unclassified",
}
_TOTAL = "Total"


def expected() -> pa.DataFrameSchema:
    return schema.long_table(
        {"period": schema.text(schema.SCHOOL_YEAR), "group": schema.text(allowed=list(GROUPS))}, at_least=1
    )


def build(originals: Originals, _: Areas) -> tuple[pd.DataFrame, list[str]]:
    """The pupil_ethnicity table and no notes. Raises ContractBroken."""
    return read(originals.read(FILE), FILE), []


def read(content: bytes, file: str) -> pd.DataFrame:
    """Every other filter pinned; the groups of each area must add up to its total."""
    wanted = [*reading.EES_AREA_COLUMNS, "phase_type_grouping", "ethnicity", "language", "headcount"]
    frame = reading.read_csv(content, file, wanted)
    reading.check_labels(frame["ethnicity"], [*GROUPS.values(), _TOTAL], file, "ethnicity")
    pinned = frame["time_period"].eq("202122") & frame["phase_type_grouping"].eq(_TOTAL) & frame["language"].eq(_TOTAL)
    inner_and_outer_london = frame["geographic_level"].eq("Regional") & frame["region_code"].str.startswith("E13")
    frame = reading.with_area_codes(frame[pinned & ~inner_and_outer_london].reset_index(drop=True), file)
    frame["value"], frame["status"] = parse(frame["headcount"], {}, file)
    wide = frame.pivot(index="area_code", columns="ethnicity", values="value")
    if len(wide) < reading.FEWEST_AUTHORITIES:
        raise ContractBroken(file, f"only {len(wide)} areas have pupils by ethnic group; the file may be cut short.")
    off = wide.drop(columns=_TOTAL).sum(axis=1) - wide[_TOTAL]
    if off.ne(0).any():
        raise ContractBroken(file, f"the ethnic groups of {off.index[off.ne(0)][0]} do not add up to its total.")
    group_of = {name: code for code, name in GROUPS.items()}
    rows = frame[frame["ethnicity"].ne(_TOTAL) & frame["value"].gt(0)]
    rows = rows.assign(group=rows["ethnicity"].map(group_of), period=PERIOD)[[*KEYS, "value", "status"]]
    return reading.as_categories(rows, KEYS).astype({"status": "category"})


TABLE = TableDefinition(
    name="pupil_ethnicity",
    title="Pupils by ethnic group, by location of the school",
    grain="one row an area, school year and ethnic group",
    expected=expected,
    breaks=BREAKS,
    originals={FILE: "spc_2022"},
    build=build,
)
