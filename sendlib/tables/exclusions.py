"""exclusions: suspensions and permanent exclusions of pupils with SEN support, with a plan and without SEN.

Grain: area_code x period x phase x group x measure.

- `period`: school year, from `2016/17` on.
- `phase`: kind of school (`all_schools` together, `primary_schools`, `secondary_schools`, `special_schools`).
- `group`: `no_sen`, `sen_support`, `ehc_plan`, and `all` pupils.
- `measure`: MEASURES. A pupil can be suspended more than once, so suspensions per 100 pupils are no percentage.
- `value`: by where the school is. `status`: tables/symbols.py.

Live only: no file by SEN is shipped.

Source: DfE "Suspensions and permanent exclusions in England", the file by characteristic for full years, from the
catalogue of Explore Education Statistics (the publication is not on the API).
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from sendlib.errors import ContractBroken
from sendlib.tables import by_sen, reading, schema
from sendlib.tables.definition import TableDefinition

if TYPE_CHECKING:
    import pandera.pandas as pa

BREAKS = (
    "2019/20 and 2020/21: schools were closed to most pupils for parts of both years because of coronavirus.",
    "Pupils are counted where they go to school, and have the SEN that the school recorded in January.",
)
KEYS = ["area_code", "period", "phase", "group", "measure"]
FIRST = "201617"
MEASURES = {
    "headcount": "pupils",
    "suspension": "suspensions",
    "susp_rate": "suspensions_per_100",
    "one_plus_susp": "pupils_suspended",
    "one_plus_susp_rate": "pupils_suspended_percent",
    "perm_excl": "permanent_exclusions",
    "perm_excl_rate": "permanent_exclusions_per_100",
}
"""DfE's column -> measure."""
NAMES = {
    "pupils": "Pupils",
    "suspensions": "Suspensions",
    "suspensions_per_100": "Suspensions for every 100 pupils",
    "pupils_suspended": "Pupils suspended at least once",
    "pupils_suspended_percent": "Pupils suspended at least once, of all pupils (%)",
    "permanent_exclusions": "Permanent exclusions",
    "permanent_exclusions_per_100": "Permanent exclusions for every 100 pupils",
}
GROUPS = {
    "no_sen": "No identified SEN",
    "sen_support": "SEN support",
    "ehc_plan": "EHC plan",
    by_sen.ALL: "All pupils",
}
MOST_APART = 0.02
"""Counts of authorities may differ from England's by this part, and no more."""
ROUNDING = 0.02
"""A published rate may differ by this from the one that its counts give."""


def expected() -> pa.DataFrameSchema:
    return schema.long_table(
        {
            "period": schema.text(schema.SCHOOL_YEAR),
            "phase": schema.text(allowed=sorted(set(by_sen.PHASES.values()))),
            "group": schema.text(allowed=list(GROUPS)),
            "measure": schema.text(allowed=list(NAMES)),
        }
    )


def read(path: Path, file: str) -> tuple[pd.DataFrame, list[str]]:
    """DfE's file by characteristic, full years, and notes. Raises ContractBroken."""
    frame, notes = by_sen.read(path, file, MEASURES, FIRST)
    _check_sums(frame, file)
    _check_rates(frame, file)
    return reading.as_categories(frame[[*KEYS, "value", "status"]], KEYS).astype({"status": "category"}), notes


def _check_sums(frame: pd.DataFrame, file: str) -> None:
    """Authorities add up to England, in suspensions and in pupils."""
    counts = frame[frame["measure"].isin(["pupils", "suspensions"]) & frame["phase"].eq("all_schools")]
    by = ["period", "group", "measure"]
    own = counts[counts["area_code"].str.isdigit()].groupby(by)["value"].sum()
    england = counts[counts["area_code"].eq(reading.ENGLAND)].set_index(by)["value"]
    apart = (own - england).abs() / england
    if apart.gt(MOST_APART).any():
        period, group, measure = apart.idxmax()
        raise ContractBroken(
            file,
            f"{measure} ({group}) of the authorities add up to {own[apart.idxmax()]:,.0f} in {period}, and England has"
            f" {england[apart.idxmax()]:,.0f}.",
        )


def _check_rates(frame: pd.DataFrame, file: str) -> None:
    """England's rates are what its counts give."""
    wide = frame[frame["area_code"].eq(reading.ENGLAND)].pivot(
        index=["period", "phase", "group"], columns="measure", values="value"
    )
    given = 100 * wide["suspensions"] / wide["pupils"]
    wrong = (given - wide["suspensions_per_100"]).abs().gt(ROUNDING)
    if wrong.any():
        period, phase, group = wrong.idxmax()
        raise ContractBroken(
            file,
            f"England's suspensions for every 100 pupils ({phase}, {group}) are"
            f" {wide['suspensions_per_100'][wrong.idxmax()]:.2f} in {period}, and its counts give"
            f" {given[wrong.idxmax()]:.2f}.",
        )


TABLE = TableDefinition(
    name="exclusions",
    title="Suspensions and permanent exclusions by SEN",
    grain="one row an area, school year, kind of school, group of pupils and measure",
    expected=expected,
    breaks=BREAKS,
)
