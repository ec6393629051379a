"""money: six figures on money for SEND by financial year, each of its own kind, so that none is added to another.

Grain: area_code x period x measure.

- `period`: financial year `2024-25`, April 2024 to March 2025.
- `measure`: MEASURES, with its unit; UNITS has the unit alone.
  - `sen_services_weekly` (2016-17 to 2024-25): spending on SEN services divided by the children with a
    statement or EHC plan in January and by the weeks of a year, rounded by DfE to 5 pounds. The services
    are these lines of the Section 251 return: SEN support services; direct payments; SEN transport; SEN
    administration, assessment, coordination and monitoring. Places, top-ups and fees of schools are not
    among them: it is not what a child's plan costs. In City of London and Isles of Scilly, with very few
    plans, it swings from year to year.
  - `grant` (2019-20 to 2023-24): the dedicated schools grant, all four blocks, before recoupment for
    academies and before deductions; as known in the March of the year (2019-20: the day is not known). Not
    adjusted for prices.
  - `grant_balance` (2019-20 to 2021-22): what is carried forward to the next year (Section 251, line
    1.9.3) as per cent of that year's `grant`; below zero is a deficit. Of the whole grant, not of the
    high needs block.
  - `high_needs_block` (2023-24): the block that is for children with high needs, a part of the grant, as
    known in July 2023, before the same deductions.
  - `top_ups_state`, `top_ups_independent` (2021-22): what was spent on top-ups for pupils with high needs, in
    maintained schools, academies and colleges, and in non-maintained and independent ones, divided by all residents
    aged 2 to 18 (tables/money_outturn.py). Places, which are paid for besides, are not in it.
- `value`: as published. `not_available`: missing or hidden, for which LAIT writes one sign;
  `not_applicable`: the authority did not exist in that year.

Sources: DfE's LAIT, January 2026 for this measure (tables/lait.py); DfE's allocations of the grant, and
balances that DfE derived for its SEND and alternative provision dashboard (tables/money_reading.py); DfE's high needs
benchmarking tool.
LAIT's note says that spending is from budget statements; its title and years say outturn.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from sendlib.areas import Areas
from sendlib.errors import ContractBroken
from sendlib.sources.originals import Originals
from sendlib.tables import lait, money_outturn, money_reading, reading, schema
from sendlib.tables.definition import TableDefinition
from sendlib.tables.symbols import NOT_AVAILABLE, VALUE

if TYPE_CHECKING:
    import pandera.pandas as pa

ALLOCATIONS = "finance/DSG_by_year_dr.xlsx"
BALANCES = "inclusion_dashboard/dsg_deficit.csv.gz"
HIGH_NEEDS = "finance/dedicated-schools-grant_2024_07_20.ods"
HIGH_NEEDS_YEAR = "2023-24"
OUTTURN = "finance/Outturn_data_202122.xlsx"
BREAKS = (
    "Each measure is another kind of money, for other years: none is a part of what another counts, but for the high"
    " needs block, which is a part of the grant. Prices are those of each year.",
    "Spending on SEN services a week leaves out places, top-ups and school fees: it is not what a plan costs.",
    "The balance is that of the whole dedicated schools grant, not of its high needs block.",
    "Top-ups are what is paid for pupils with high needs over what their places cost anyway.",
)
MEASURES = {
    "sen_services_weekly": "Spending on SEN services a week for each child with a statement or plan (pounds)",
    "grant": "Dedicated schools grant, before recoupment and deductions (pounds)",
    "grant_balance": "Balance of the dedicated schools grant carried forward (per cent of the year's grant)",
    "high_needs_block": "High needs block, before recoupment and deductions (pounds)",
    "top_ups_state": "Top-ups for high needs in state-funded schools and colleges (pounds for each resident aged 2 to"
    " 18)",
    "top_ups_independent": "Top-ups for high needs in independent schools and colleges (pounds for each resident aged 2"
    " to 18)",
}
UNITS = {
    "sen_services_weekly": "pounds a week for each child",
    "grant": "pounds",
    "grant_balance": "per cent",
    "high_needs_block": "pounds",
    "top_ups_state": "pounds for each resident aged 2 to 18",
    "top_ups_independent": "pounds for each resident aged 2 to 18",
}
KEYS = ["area_code", "period", "measure"]
_LAIT = {"SENFinance": {"measure": "sen_services_weekly"}}
_ROUNDED_TO = 5


def expected() -> pa.DataFrameSchema:
    return schema.long_table(
        {"period": schema.text(schema.FINANCIAL_YEAR), "measure": schema.text(allowed=list(MEASURES))},
        at_least=-100,  # a balance is a share of the grant, and may be a deficit
    )


def build(originals: Originals, areas: Areas) -> tuple[pd.DataFrame, list[str]]:
    """The money table and notes on areas without a figure. Raises ContractBroken."""
    spending = read_spending(lait.open_file(originals), lait.FILE, areas)
    grant = money_reading.read_allocations(originals.read(ALLOCATIONS), ALLOCATIONS, areas)
    balance = money_reading.read_balances(originals.read(BALANCES), BALANCES, areas)
    money_reading.check_balances(balance, grant, BALANCES, areas)
    block = money_reading.read_high_needs(originals.read(HIGH_NEEDS), HIGH_NEEDS, areas, HIGH_NEEDS_YEAR)
    _check_part(block, grant)
    published = {"grant": grant, "grant_balance": balance, "high_needs_block": block}
    parts = [frame.assign(measure=measure, status=VALUE) for measure, frame in published.items()]
    outturn = money_outturn.read(originals.read(OUTTURN), OUTTURN, areas)
    table = pd.concat([spending, outturn, *parts], ignore_index=True)[[*KEYS, "value", "status"]]
    table = reading.as_categories(table, KEYS).astype({"status": "category"})
    return table, [
        *_missing(spending),
        "The grant, its balance, the high needs block and top-ups: not of area 420 and area 201.",
    ]


def read_spending(raw: pd.DataFrame, file: str, areas: Areas) -> pd.DataFrame:
    """LAIT's weekly spending, as long rows. Raises ContractBroken where it is not rounded or England is no average."""
    rows = lait.read(raw, file, _LAIT, areas, lait.financial_year)[[*KEYS, "value", "status"]]
    odd = rows[rows["value"].mod(_ROUNDED_TO).gt(0) | rows["value"].lt(0)]
    if len(odd):
        raise ContractBroken(file, f"area {odd['area_code'].iloc[0]} has a unit cost that is not rounded to 5 pounds.")
    region = rows["area_code"].map(dict(zip(areas.table["area_code"], areas.table["region_code"], strict=True)))
    authority = rows["area_code"].str.fullmatch(r"\d{3}")
    for whole in (region, pd.Series(reading.ENGLAND, index=rows.index)):
        of_each = rows.loc[authority, "value"].groupby([whole[authority], rows.loc[authority, "period"]])
        published = rows.set_index(["area_code", "period"])["value"].reindex(of_each.min().index)
        outside = published[~published.between(of_each.min(), of_each.max())]
        if len(outside):
            code, period = outside.index[0]
            raise ContractBroken(
                file, f"area {code} has no figure in {period}, or one that is not between those of its authorities."
            )
    return rows


def _check_part(block: pd.DataFrame, grant: pd.DataFrame) -> None:
    both = block.merge(grant, on=["area_code", "period"], how="outer", suffixes=("", "_grant"))
    both = both[both["period"].eq(HIGH_NEEDS_YEAR)]
    if both["value"].isna().any() or not both["value"].lt(both["value_grant"]).all():
        raise ContractBroken(HIGH_NEEDS, "an area's high needs block is not a part of its grant.")


def _missing(spending: pd.DataFrame) -> list[str]:
    """Which authorities had no weekly spending in each year."""
    notes = []
    for period, rows in spending.groupby("period"):
        gone = sorted(rows.loc[rows["status"].eq(NOT_AVAILABLE), "area_code"])
        if gone:
            notes.append(f"{period}: no spending on SEN services a week for area {', area '.join(gone)}.")
    return notes


TABLE = TableDefinition(
    name="money",
    title="Money for SEND: spending on SEN services, the dedicated schools grant and its balance",
    grain="one row an area, financial year and measure",
    expected=expected,
    breaks=BREAKS,
    originals={
        lait.FILE: "sen_spending_2025",
        ALLOCATIONS: "schools_grant_2024",
        BALANCES: "grant_balance_2022",
        HIGH_NEEDS: "high_needs_2024",
        OUTTURN: "high_needs_outturn_2022",
    },
    build=build,
)
