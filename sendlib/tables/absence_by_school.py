"""absence_by_school: half days missed, and pupils who missed many, by SEN and kind of school.

Grain: area_code x period x phase x group x measure.

- `period`: school year, from `2016/17` on as far as DfE's file has it; there is none for 2019/20.
- `phase`: kind of school (`all_schools` together, `primary_schools`, `secondary_schools`, `special_schools`).
- `group`: `no_sen`, `sen_support`, `ehc_plan`, and `all` pupils.
- `measure`: MEASURES; all but `pupils` are per cent, of half days or of pupils.
- `value`: by where the school is. `status`: tables/symbols.py.

Live only: no file with kinds of school is shipped. Beside it table `absence` has all kinds of school together, with
SEN support and EHC plans also as one: that is shipped, and the same file makes it newer.

Source: DfE "Pupil absence in schools in England", the file by pupil characteristics for full years, from the catalogue
of Explore Education Statistics.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from sendlib.errors import ContractBroken
from sendlib.tables import by_sen, reading, schema
from sendlib.tables.definition import TableDefinition
from sendlib.tables.exclusions import GROUPS

if TYPE_CHECKING:
    import pandera.pandas as pa

BREAKS = (
    "2019/20: no absence for the whole school year. 2020/21:"
    " absence leaves out sessions missed because of coronavirus.",
    "Pupils are counted where they go to school, and have the SEN that the school recorded.",
)
KEYS = ["area_code", "period", "phase", "group", "measure"]
FIRST = "201617"
COLUMNS = {
    "enrolments": "pupils",
    "sess_overall_percent": "overall",
    "sess_authorised_percent": "authorised",
    "sess_unauthorised_percent": "unauthorised",
    "enrolments_pa_10_exact_percent": "persistent",
    "enrolments_pa_50_exact_percent": "severe",
}
"""DfE's column -> measure."""
MEASURES = {
    "pupils": "Pupils enrolled",
    "overall": "Half days missed (%)",
    "authorised": "Half days missed with leave (%)",
    "unauthorised": "Half days missed without leave (%)",
    "persistent": "Pupils who missed a tenth or more of their half days (%)",
    "severe": "Pupils who missed half or more of their half days (%)",
}
ROUNDING = 0.02
"""Authorised and unauthorised absence add up to all absence but for this, in points."""


def expected() -> pa.DataFrameSchema:
    return schema.long_table(
        {
            "period": schema.text(schema.SCHOOL_YEAR),
            "phase": schema.text(allowed=sorted(set(by_sen.PHASES.values()))),
            "group": schema.text(allowed=list(GROUPS)),
            "measure": schema.text(allowed=list(MEASURES)),
        }
    )


def read(path: Path, file: str) -> tuple[pd.DataFrame, list[str]]:
    """DfE's file by pupil characteristics, full years, and notes. Raises ContractBroken."""
    frame, notes = by_sen.read(path, file, COLUMNS, FIRST)
    shares = frame[frame["measure"].ne("pupils")]
    over = shares[shares["value"].gt(100)]
    if len(over):
        row = over.iloc[0]
        raise ContractBroken(file, f"area {row['area_code']} has {row['value']:g} per cent in {row['period']}.")
    _check_parts(shares, file)
    return reading.as_categories(frame[[*KEYS, "value", "status"]], KEYS).astype({"status": "category"}), notes


def _check_parts(shares: pd.DataFrame, file: str) -> None:
    """England's absence with leave and without are all of it."""
    wide = shares[shares["area_code"].eq(reading.ENGLAND)].pivot(
        index=["period", "phase", "group"], columns="measure", values="value"
    )
    apart = (wide["authorised"] + wide["unauthorised"] - wide["overall"]).abs()
    if apart.gt(ROUNDING).any():
        period, phase, group = apart.idxmax()
        raise ContractBroken(
            file,
            f"England's absence with leave and without ({phase}, {group}) do not add up to all absence in {period}.",
        )


TABLE = TableDefinition(
    name="absence_by_school",
    title="Absence by SEN and kind of school",
    grain="one row an area, school year, kind of school, group of pupils and measure",
    expected=expected,
    breaks=BREAKS,
)
