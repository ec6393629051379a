"""Appeals to the SEND tribunal and the decisions that can be appealed, from the report of HMCTS and DfE.

"Appealable decisions" are, by the report's note 1: initial requests for an assessment that were
refused, assessments after which no plan was issued, **every plan in place in January**, and plans
that ceased because the needs are met without one. So the rate is small where there are many plans.

The report's last two columns give, for its newest year, a count "in development" and its rate. Its
notes do not say which decisions the count leaves out. Six authorities have none ("x"), and England's count
is the sum of the others. The row of England divides all appeals by it (6.1%), those of the six included; the
row "England total excluding suppressed" leaves their appeals out of the rate (5.7%). The second is read.
"""

from __future__ import annotations

import csv
import io

import pandas as pd

from sendlib.areas import Areas
from sendlib.errors import ContractBroken, UnknownArea
from sendlib.tables import ehc_labels, reading
from sendlib.tables.symbols import HIDDEN, NOT_AVAILABLE, VALUE

_IN_DEVELOPMENT = "In development: Total Appealable Decisions"
_WITHOUT_SUPPRESSED = "England total excluding suppressed"
_ROUNDED = 0.05
"""Half of what the report's rates are rounded to, in per cent."""
MOST_FOR_A_PLAN = 1.5
"""Decisions for each plan in place; above this they are not believed. Only Isles of Scilly 2024 comes near."""


def read_tribunal(content: bytes, file: str, areas: Areas, plans: pd.DataFrame) -> tuple[pd.DataFrame, list[str]]:
    """The tribunal's report layout: three columns a year under a heading row.

    Authorities are found by name: the file's own codes of six authorities
    belong to others. Decisions that could not be this authority's (they
    include every plan in place the January after, so they can not be fewer,
    nor half as many again) are not available, and neither is the rate. The
    rate is appeals / decisions x 100, unrounded. The newest year has a second
    count of decisions, "in development", in two more columns.
    """
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    start = next((i for i, row in enumerate(rows) if row and row[0].strip() == "Local Authority"), None)
    if start is None:
        raise ContractBroken(file, "there is no row that begins with 'Local Authority'.")
    years = {cell.strip(): place for place, cell in enumerate(rows[start]) if cell.strip().isdigit()}
    newer = next(
        (place for place, cell in enumerate(rows[start + 1]) if cell.strip().startswith(_IN_DEVELOPMENT)), None
    )
    stock = plans[plans.characteristic.eq(ehc_labels.TOTAL)].set_index(["area_code", "period"]).value.to_dict()
    records, notes = [], []
    without_suppressed = ""
    for row in rows[start + 2 :]:
        if newer and row and row[0].strip() == _WITHOUT_SUPPRESSED:
            without_suppressed = row[newer + 1].strip()
        code = _tribunal_area(row[0], areas)
        if code is None:
            continue
        for year, place in years.items():
            appeals, decisions = (cell.strip() for cell in row[place : place + 2])
            held = stock.get((code, f"{int(year) + 1}-01"))
            if doubt := _doubt(decisions, held):
                notes.append(
                    f"{file.rpartition('/')[2]}, {year}: {row[0]}{_under(row[1], code)} has {doubt};"
                    " its decisions and appeal rate are not available."
                )
                decisions = ".."
            records.append(
                (code, year, appeals, decisions, row[newer].strip() if newer and year == max(years) else "..")
            )
    return _england_without_suppressed(_long(records, file), without_suppressed, file), notes


def _england_without_suppressed(long: pd.DataFrame, published: str, file: str) -> pd.DataFrame:
    """England's rate in development with the appeals of those authorities only that have a count.

    It must be the published one.
    """
    newest = long[long["period"].eq(long["period"].max())].pivot(index="area_code", columns="measure", values="value")
    held = newest.drop(index=reading.ENGLAND, errors="ignore").dropna(subset=["decisions_in_development"])
    if not published or held.empty:
        return long
    rate = 100 * held["appeals"].sum() / held["decisions_in_development"].sum()
    if abs(rate - float(published.removesuffix("%"))) > _ROUNDED:
        raise ContractBroken(
            file,
            f"'{_WITHOUT_SUPPRESSED}' is {published},"
            f" but its authorities have {rate:.2f} appeals for every 100 decisions.",
        )
    england = long["area_code"].eq(reading.ENGLAND) & long["measure"].eq("appeal_rate_in_development")
    long.loc[england, "value"] = rate
    return long


def _doubt(decisions: str, held: float | None) -> str:
    """Why a count of decisions can not be right beside the plans in place the January after, or nothing."""
    number = decisions.replace(",", "")
    if not held or not number.isdigit() or held <= int(number) <= MOST_FOR_A_PLAN * held:
        return ""
    return f"{decisions} appealable decisions but {held:,.0f} plans"


def _under(file_code: str, code: str) -> str:
    """The file's own code of an authority where it is another's."""
    return f" under code {file_code.strip()}" if file_code.strip() not in (code, "") else ""


def _long(records: list[tuple[str, str, str, str, str]], file: str) -> pd.DataFrame:
    """(area, year, appeals, decisions, decisions in development) as rows of the process table, with both rates."""
    table = pd.DataFrame(
        records, columns=["area_code", "period", "appeals", "appealable_decisions", "decisions_in_development"]
    )
    missing = {"..": NOT_AVAILABLE, "": NOT_AVAILABLE, "~": HIDDEN, "x": NOT_AVAILABLE}
    table["appeals"] = table.appeals.replace("-", "0")  # "-" stands beside a rate of 0.00%
    keys = ["area_code", "period"]
    long = reading.melt(table, keys, {name: name for name in table.columns[2:]}, "measure", missing, file)
    newest = long["measure"].ne("decisions_in_development") | long["period"].eq(table["period"].max())
    long = long[newest].reset_index(drop=True)
    wide = long.pivot(index=keys, columns="measure", values="value")
    parts = [long]
    for name, decisions in (
        ("appeal_rate", "appealable_decisions"),
        ("appeal_rate_in_development", "decisions_in_development"),
    ):
        rate = (100 * wide["appeals"] / wide[decisions]).where(wide[decisions] > 0)
        rates = rate.rename("value").reset_index().assign(measure=name)
        if decisions == "decisions_in_development":
            rates = rates[rates["period"].eq(table["period"].max())]
        rates["status"] = rates["value"].notna().map({True: VALUE, False: NOT_AVAILABLE})
        parts.append(rates[long.columns])
    return pd.concat(parts, ignore_index=True)


def _tribunal_area(cell: str, areas: Areas) -> str | None:
    """The code of a row of the tribunal's report; None for headings, notes and sources."""
    name = cell.strip().rstrip("0123456789,")
    if name in ("England Total",):
        return reading.ENGLAND
    gone = areas.table[areas.table["level"].eq("abolished")]
    if name in set(gone["name"]) - {area.name for area in areas.authorities.values()}:
        return str(gone.loc[gone["name"].eq(name), "area_code"].iloc[0])
    try:
        found = areas.find(name) if name and len(name) < 45 and not name.isupper() else None
    except UnknownArea:
        return None
    return found.areas[0].code if found and len(found.areas) == 1 else None
