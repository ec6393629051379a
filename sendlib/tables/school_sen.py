"""school_sen: share of pupils with SEN support and with an EHC plan.

Grain: area_code x period x phase x measure.

- `period`: school year, `2015/16` to `2024/25` (the January school census in it).
- `phase`: `all`, `primary`, `secondary`.
- `measure`: `ehc_plan` or `sen_support` (pupils with SEN but without a plan).
- `value`: per cent of the pupils of the schools located in the area, wherever the pupils live. `all` is of every
  school, independent ones included: the sums of a school-level file of 2022/23 with its independent schools agree
  with it in 151 authorities, and without them they do not. `primary` and `secondary` are of state-funded schools.

Source: DfE Local Authority Interactive Tool (LAIT), April 2026. LAIT writes one sign for missing
and for suppressed; both are `not_available` here, and `not_applicable` where the authority did not
exist in that year. A zero is a zero. LAIT's rows for inner and outer London are left out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from sendlib.areas import Areas
from sendlib.sources.originals import Originals
from sendlib.tables import lait, reading, schema
from sendlib.tables.definition import TableDefinition

if TYPE_CHECKING:
    import pandera.pandas as pa

FILE = lait.FILE
BREAKS = (
    "Pupils are counted where they go to school, not where they live; those of independent schools are counted too.",
    "Before September 2014 there were statements of SEN; this series begins after that.",
)
KEYS = ["area_code", "period", "phase", "measure"]
_MEASURES = {
    "SEN_TotStat": ("all", "ehc_plan"),
    "SEN_TotSENSuP": ("all", "sen_support"),
    "PrimStatements": ("primary", "ehc_plan"),
    "PrimNoStatements": ("primary", "sen_support"),
    "SecStatements": ("secondary", "ehc_plan"),
    "SecNoStatements": ("secondary", "sen_support"),
}


def expected() -> pa.DataFrameSchema:
    return schema.long_table(
        {
            "period": schema.text(schema.SCHOOL_YEAR),
            "phase": schema.text(allowed=["all", "primary", "secondary"]),
            "measure": schema.text(allowed=["ehc_plan", "sen_support"]),
        }
    )


def build(originals: Originals, areas: Areas) -> tuple[pd.DataFrame, list[str]]:
    """The school_sen table and no notes. Raises ContractBroken."""
    return read(lait.open_file(originals), FILE, areas), []


def read(raw: pd.DataFrame, file: str, areas: Areas) -> pd.DataFrame:
    """LAIT's long table (text values) -> school_sen."""
    labels = {short: {"phase": phase, "measure": measure} for short, (phase, measure) in _MEASURES.items()}
    frame = lait.read(raw, file, labels, areas)
    return reading.as_categories(frame[[*KEYS, "value", "status"]], KEYS).astype({"status": "category"})


TABLE = TableDefinition(
    name="school_sen",
    title="Pupils with SEN support and with an EHC plan",
    grain="one row an area, school year, phase and measure",
    expected=expected,
    breaks=BREAKS,
    originals={FILE: "lait_2026"},
    build=build,
)
