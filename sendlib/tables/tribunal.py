"""Appeals to the SEND tribunal and the decisions that can be appealed, from the report of HMCTS and DfE.

"Appealable decisions" are, by the report's note 1: initial requests for an assessment that were
refused, assessments after which no plan was issued, **every plan in place in January**, and plans
that ceased because the needs are met without one. So the rate is small where there are many plans.

The report's last two columns give, for its newest year, a count "in development" and its rate; the report of the year
after has that count alone, for 2024 and 2025. Neither says which decisions it leaves out. In 2024 it equals, for 133
of the 144 authorities where all parts are known, the requests refused, assessments without a plan, plans that ceased
because the needs are met or for other reasons, and annual reviews met in the year: these instead of every plan. Six
authorities have none ("x"), and England's count is the sum of the others. The row of England divides all appeals by it
(6.1%), those of the six included; the row "England total excluding suppressed" leaves their appeals out of the rate
(5.7%). The second is read.
"""

from __future__ import annotations

import csv
import io
import re

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


def read_rates(content: bytes, file: str, areas: Areas) -> tuple[pd.DataFrame, list[str]]:
    """The report from 2025 on: a row an authority, three columns a year (appeals, decisions, rate), the newer count.

    Rows of the process table and notes. Authorities are found by name. Where a
    row carries another authority's code, nobody can tell whose its decisions
    are: they and the rate are not available. The authorities must add up to
    England, whose rate leaves out the appeals of authorities without decisions.
    Raises ContractBroken.
    """
    rows = [[cell.strip() for cell in row] for row in csv.reader(io.StringIO(reading.decoded(content, file)))]
    start = next((i for i, row in enumerate(rows) if row[1:2] == ["Old LA code"]), None)
    if not start:
        raise ContractBroken(file, "there is no row with 'Old LA code' below a row of years.")
    years = {cell: place for place, cell in enumerate(rows[start - 1]) if re.fullmatch(r"20\d\d", cell)}
    for year, place in years.items():
        heads = [" ".join(cell.lower().split()) for cell in rows[start][place : place + 3]]
        if not (heads[0].startswith("appeals") and "decisions" in heads[1] and "rate" in heads[2]):
            raise ContractBroken(file, f"the columns of {year} are not appeals, decisions and rate.")
    records: list[tuple[str, str, str, str, str, str]] = []
    notes: list[str] = []
    unsure: set[str] = set()
    for row in rows[start + 1 :]:
        code = _tribunal_area(row[0], areas) if row and row[0] else None
        if code is None and re.fullmatch(r"\d{3}", "".join(row[1:2])):
            code = row[1]  # an authority that is not known is a part of England all the same
        if code is None:
            continue
        swapped = row[1] not in ("", code) and row[1] in areas.authorities
        unsure |= {code} if swapped else set()
        for year, place in years.items():
            appeals, decisions = row[place : place + 2]
            if swapped:
                notes.append(
                    f"{file.rpartition('/')[2]}, {year}: {row[0]}{_under(row[1], code)} has {decisions} appealable"
                    " decisions; whose they are can not be told, so its decisions and appeal rate are not available."
                )
            records.append((code, year, appeals, "..", ".." if swapped else decisions, decisions))
    table = pd.DataFrame(records, columns=["area_code", "period", "appeals", "old", "newer", "as_published"])
    _check_england(table, file)
    long = _long([record[:5] for record in records], file, newest_only=False)
    long = long[~long["measure"].isin(["appealable_decisions", "appeal_rate"])].reset_index(drop=True)
    return _rates_of_england(long, unsure), notes


def read_any(content: bytes, file: str, areas: Areas, plans: pd.DataFrame) -> tuple[pd.DataFrame, list[str]]:
    """The report in either layout: that of 2025 and later, or that before (read_tribunal). Raises ContractBroken."""
    if "Old LA code" in reading.decoded(content, file):
        return read_rates(content, file, areas)
    return read_tribunal(content, file, areas, plans)


def _check_england(table: pd.DataFrame, file: str) -> None:
    """Appeals and decisions as published must add up to England's rows."""
    for column in ("appeals", "as_published"):
        number = pd.to_numeric(table[column].str.replace(",", ""), errors="coerce")
        england = table["area_code"].eq(reading.ENGLAND)
        for year in table["period"].unique():
            whole, parts = number[england & table["period"].eq(year)], number[~england & table["period"].eq(year)].sum()
            if len(whole) != 1 or whole.iloc[0] != parts:
                raise ContractBroken(
                    file, f"the authorities' figures of {year} add up to {parts:,.0f}, which is not England's."
                )


def _rates_of_england(long: pd.DataFrame, unsure: set[str]) -> pd.DataFrame:
    """England's rate with the appeals of those authorities only whose decisions are in its own.

    Those of the `unsure` are: only whose they are is not known.
    """
    for year in long["period"].unique():
        wide = long[long["period"].eq(year)].pivot(index="area_code", columns="measure", values="value")
        whole = wide.loc[reading.ENGLAND, "decisions_in_development"]
        without = wide["decisions_in_development"].isna() & ~wide.index.isin(unsure)
        rate = 100 * (wide.loc[reading.ENGLAND, "appeals"] - wide.loc[without, "appeals"].sum()) / whole
        england = long["area_code"].eq(reading.ENGLAND) & long["period"].eq(year)
        long.loc[england & long["measure"].eq("appeal_rate_in_development"), "value"] = rate
    return long


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


def _long(records: list[tuple[str, str, str, str, str]], file: str, *, newest_only: bool = True) -> pd.DataFrame:
    """(area, year, appeals, decisions, decisions in development) as rows of the process table, with both rates.

    `newest_only`: only the newest year has the count in development.
    """
    table = pd.DataFrame(
        records, columns=["area_code", "period", "appeals", "appealable_decisions", "decisions_in_development"]
    )
    missing = {"..": NOT_AVAILABLE, "": NOT_AVAILABLE, "~": HIDDEN, "x": NOT_AVAILABLE}
    table["appeals"] = table.appeals.replace("-", "0")  # "-" stands beside a rate of 0.00%
    keys = ["area_code", "period"]
    long = reading.melt(table, keys, {name: name for name in table.columns[2:]}, "measure", missing, file)
    if newest_only:
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
        if newest_only and decisions == "decisions_in_development":
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
