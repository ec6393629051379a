"""phase_transfers: plans that change with a move to another phase of education, and how many were made final.

Grain: area_code x period x year x measure.

- `period`: the calendar year that the file gives (`2025`).
- `year`: the year in the name of the published column (`due_26` is `2026`).
- `measure`: `due` and `final`, as the columns are called. The file does not say more of them: England has more
  `final` than `due` for 2025, so neither is a part of the other and no share is made of them.
- `value`: number of plans. `status`: tables/symbols.py. Lewisham and the Isle of Wight have none; England and their
  regions count them.

The same file has `number_plans`: every plan in place in the January after (718,838 in England in January 2026). That
is a stock, and belongs to the table `plans` (`read_totals`).

Source: DfE "Education, health and care plans", release 2026.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pandas as pd

from sendlib.areas import Areas
from sendlib.errors import ContractBroken
from sendlib.sources.originals import Originals
from sendlib.tables import ehc_labels, periods, reading, schema
from sendlib.tables.definition import TableDefinition

if TYPE_CHECKING:
    import pandera.pandas as pa

FILE = "ehcp/release_2026/phase_transfers.csv"
PLANS = "number_plans"
MEASURES = ("due", "final")
KEYS = ["area_code", "period", "year", "measure"]
BREAKS = (
    "The file does not say what counts as due or as final in a year; final plans of 2025 outnumber those due in 2025,"
    " so the two are not set against each other.",
)
_DATED = re.compile(r"^(due|final)_(\d{2})$")
"""`due_25`: the years in the names move on with every release."""


def expected() -> pa.DataFrameSchema:
    return schema.long_table(
        {
            "period": schema.text(r"^20\d{2}$"),
            "year": schema.text(r"^20\d{2}$"),
            "measure": schema.text(allowed=list(MEASURES)),
        }
    )


def build(originals: Originals, _: Areas) -> tuple[pd.DataFrame, list[str]]:
    """The table; it has no notes. Raises ContractBroken."""
    return read(originals.read(FILE), FILE), []


def read(content: bytes, file: str) -> pd.DataFrame:
    """Plans due and final by area and year. Raises ContractBroken where parts are more than their whole."""
    frame, dated = _checked(content, file)
    parts = []
    for column, (measure, year) in dated.items():
        long = reading.melt(frame, ["area_code", "period"], {column: measure}, "measure", ehc_labels.MISSING, file)
        parts.append(long.assign(year=year))
    table = pd.concat(parts, ignore_index=True)[[*KEYS, "value", "status"]]
    return reading.as_categories(table, KEYS).astype({"status": "category"})


def read_totals(content: bytes, file: str) -> pd.DataFrame:
    """Every plan in place in the January after the file's calendar year: area_code, period (`2026-01`), value, status.

    Raises ContractBroken.
    """
    frame, _ = _checked(content, file)
    long = reading.melt(frame, ["area_code", "period"], {PLANS: PLANS}, "measure", ehc_labels.MISSING, file)
    january = [f"{int(year) + 1}-01" for year in long["period"]]
    return long.assign(period=january)[["area_code", "period", "value", "status"]]


def _checked(content: bytes, file: str) -> tuple[pd.DataFrame, dict[str, tuple[str, str]]]:
    """The rows with area codes, and the dated columns as (measure, year); every column of counts adds up."""
    frame = reading.read_csv(content, file, [*reading.EES_AREA_COLUMNS, PLANS])
    dated = {name: (found[1], f"20{found[2]}") for name in frame.columns if (found := _DATED.match(name))}
    missing = set(MEASURES) - {measure for measure, _ in dated.values()}
    if missing:
        raise ContractBroken(file, f"it has no column such as '{min(missing)}_25'.")
    reading.check_columns(frame, dated, file, r"^(due|final)")
    frame = reading.with_area_codes(frame, file)
    frame["period"] = [
        periods.calendar_year(period, kind, file)
        for period, kind in zip(frame.time_period, frame.time_identifier, strict=True)
    ]
    for column in (PLANS, *dated):
        reading.check_totals(frame, file, counted=column)
        _check_regions(frame, column, file)
    return frame, dated


def _check_regions(frame: pd.DataFrame, column: str, file: str) -> None:
    """The authorities of a region add up to it, or to no more where one of them has no figure."""
    count = pd.to_numeric(frame[column], errors="coerce")
    authorities = frame["level"].eq("local authority")
    keys = [frame["period"], frame["region_code"].str.strip()]
    parts = count[authorities].groupby([key[authorities] for key in keys])
    sums, all_known = parts.sum(), parts.count().eq(parts.size())
    regions = frame["level"].eq("regional")
    whole = count[regions].groupby([key[regions] for key in keys]).sum().reindex(sums.index)
    wrong = sums.ne(whole) & (all_known | sums.gt(whole))
    if wrong.any():
        where = wrong[wrong].index[0]
        raise ContractBroken(
            file,
            f"'{column}' of the authorities of {where[1]} adds up to {sums[where]:.0f} in {where[0]},"
            f" but the region is {whole[where]:.0f}.",
        )


TABLE = TableDefinition(
    name="phase_transfers",
    title="Plans due for a move to another phase of education",
    grain="one row an area, calendar year, year of the move and measure",
    expected=expected,
    breaks=BREAKS,
    originals={FILE: "phase_transfers_2026"},
    build=build,
)
