"""progress: how far pupils came from one key stage to the next beside others who began alike, by SEN, until it ended.

Grain: area_code x period x measure x group.

- `period`: school year. Key stage 2 has 2016/17 to 2022/23, Progress 8 has 2015/16 to 2023/24; `not_applicable` in
  2019/20 and 2020/21, in which there were none.
- `measure`: MEASURES, with LAIT's series of each group. A score of nought: these pupils did about as well as others
  of England with the same results before; below nought, less well, which is not that they made no progress.
- `group`: `no_sen`, `sen_support`, `ehc_plan`. Of special needs all pupils are in it whose results before are known.
- `value`: scaled points of the test (key stage 2), grades for each subject (Progress 8).

LAIT says of key stage 2 that there can be none for 2023/24 and 2024/25, as the tests at the end of key stage 1 were
cancelled in 2019/20 and 2020/21; and of Progress 8 that there is none for 2024/25 and 2025/26, as these pupils sat no
tests of key stage 2.

Source: DfE's LAIT (tables/lait.py).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from sendlib.areas import Areas
from sendlib.sources.originals import Originals
from sendlib.tables import lait, reading, schema
from sendlib.tables.definition import TableDefinition
from sendlib.tables.symbols import NOT_APPLICABLE

if TYPE_CHECKING:
    import pandera.pandas as pa

KEYS = ["area_code", "period", "measure", "group"]
GROUPS = {"no_sen": "No identified SEN", "sen_support": "SEN support", "ehc_plan": "EHC plan or statement"}
MEASURES = {
    "reading": "Reading, key stage 1 to 2",
    "writing": "Writing, key stage 1 to 2",
    "mathematics": "Mathematics, key stage 1 to 2",
    "progress_8": "Progress 8, key stage 2 to 4",
}
_KEY_STAGE_2 = {"no_sen": "NonSEN", "sen_support": "SENSupport", "ehc_plan": "SEN"}
_KEY_STAGE_4 = {"no_sen": "NoID", "sen_support": "WoStat", "ehc_plan": "Stat"}
_SUBJECTS = {"reading": "Reading", "writing": "Writing", "mathematics": "Maths"}
SERIES = {
    f"KS2_{group}_{subject}_Progress": {"measure": measure, "group": code}
    for measure, subject in _SUBJECTS.items()
    for code, group in _KEY_STAGE_2.items()
} | {f"SEN_{group}_AVG_Prog8_Score": {"measure": "progress_8", "group": code} for code, group in _KEY_STAGE_4.items()}
"""LAIT's short name of a series -> its measure and group."""
WITHOUT = ("2019/20", "2020/21")
ENDED_KEY_STAGE_2 = (
    "Progress to key stage 2 ended with 2022/23: there can be none for 2023/24 and 2024/25, as coronavirus cancelled"
    " these pupils' tests at the end of key stage 1, in 2019/20 and 2020/21."
)
ENDED_PROGRESS_8 = (
    "Progress 8 ended with 2023/24: there is none for 2024/25 and 2025/26, as these pupils sat no tests of key stage 2."
)
BREAKS = (ENDED_KEY_STAGE_2, ENDED_PROGRESS_8, "There were no scores in 2019/20 and 2020/21, because of coronavirus.")


def expected() -> pa.DataFrameSchema:
    return schema.long_table(
        {
            "period": schema.text(schema.SCHOOL_YEAR),
            "measure": schema.text(allowed=list(MEASURES)),
            "group": schema.text(allowed=list(GROUPS)),
        },
        at_least=-30,
    )


def build(originals: Originals, areas: Areas) -> tuple[pd.DataFrame, list[str]]:
    """The progress table and no notes. Raises ContractBroken."""
    return read(lait.open_file(originals), lait.FILE, areas), []


def read(raw: pd.DataFrame, file: str, areas: Areas) -> pd.DataFrame:
    """LAIT's scores as long rows. Raises ContractBroken."""
    rows = lait.read(raw, file, SERIES, areas)
    nobody = rows["period"].isin(WITHOUT) & rows["value"].isna()
    rows["status"] = rows["status"].mask(nobody, NOT_APPLICABLE)
    return reading.as_categories(rows[[*KEYS, "value", "status"]], KEYS).astype({"status": "category"})


TABLE = TableDefinition(
    name="progress",
    title="Progress from one key stage to the next, by SEN, until it ended",
    grain="one row an area, school year, measure and group",
    expected=expected,
    breaks=BREAKS,
    originals={lait.FILE: "lait_outcomes_2026"},
    build=build,
)
