"""Reading the NHS' long files: one row a measure and place, with `*` for 0 to 4.

The mental health and autism files share a layout, with MEASURE_* or METRIC_*
as the last columns. Columns are matched by name. `*`
stays text: the table that uses it decides what 0 to 4 means. Of the dates, the
end is used; the start must agree with it, and may be written month first (the
files of August 2023 have 09/01/2022 to 31/08/2023).
"""

from __future__ import annotations

import calendar
import difflib
import re
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import pandas as pd

from sendlib.errors import ContractBroken
from sendlib.sources.long_csv import MEMORY, LongCsv, opened

COLUMNS = {
    "start": ("REPORTING_PERIOD_START",),
    "end": ("REPORTING_PERIOD_END",),
    "status": ("STATUS",),
    "breakdown": ("BREAKDOWN",),
    "primary_level": ("PRIMARY_LEVEL",),
    "primary_description": ("PRIMARY_LEVEL_DESCRIPTION",),
    "secondary_level": ("SECONDARY_LEVEL",),
    "secondary_description": ("SECONDARY_LEVEL_DESCRIPTION",),
    "measure": ("MEASURE_ID", "METRIC"),
    "measure_name": ("MEASURE_NAME", "METRIC_NAME"),
    "value": ("MEASURE_VALUE", "METRIC_VALUE"),
}
"""Our column -> the publisher's headings; all must be there."""
LEVELS: dict[str, tuple[str, ...]] = {
    "England": ("England",),
    "region": ("Commissioning Region", "Commissioning Region - GP Practice or Residence"),
    "ICB": ("ICB of GP Practice or Residence", "ICB - GP Practice or Residence", "STP of GP Practice or Residence"),
    "sub-ICB": (
        "Sub ICB - GP Practice or Residence",
        "Sub ICB of GP Practice or Residence",
        "Sub ICB of Residence",
        "CCG of Residence",
    ),
}
"""Level -> how its breakdown has been spelt; some spellings are from NHS code and were not seen in a file."""
AUTISM_LEVELS: dict[str, tuple[str, ...]] = {
    "England": ("Age Group",),
    "region": ("Commissioning Region - GP Practice or Residence; Age Group",),
    "sub-ICB": (
        "CCG or Sub ICB Location - GP Practice or Residence; Age Group",
        "Sub ICB Location - GP Practice or Residence; Age Group",
    ),
}

HIDDEN = "*"
_NUMBER = re.compile(r"-?\d+(\.\d+)?%?")
_SPANS = (1, 3, 12)
"""Months that a reporting period lasts: monthly, quarterly, 12 months rolling."""

HEALTH_CHECKS = {
    "practice_code": ("PRACTICE_CODE",),
    "sub_icb_ons_code": ("ONS_SUB_ICB_LOC_CODE",),
    "sub_icb_code": ("SUB_ICB_LOC_CODE",),
    "sub_icb_name": ("SUB_ICB_LOC_NAME",),
    "icb_ons_code": ("ONS_ICB_CODE",),
    "icb_code": ("ICB_CODE",),
    "end": ("ACH_DATE",),
    "indicator": ("IND_CODE",),
    "part": ("MEASURE",),
    "value": ("VALUE",),
}
"""Columns of the learning disability health check file, a row a practice, indicator and part."""
CHECKS_14_TO_17 = ("LDHCMI034", "LD_REG_1417")


def filter_long_csv(
    path: Path,
    measures: Sequence[str],
    breakdowns: Mapping[str, Sequence[str]],
    *,
    member: str = "",
    memory: str = MEMORY,
) -> pd.DataFrame:
    """Rows of the wanted measures and breakdowns of a long file (CSV, or a CSV in a zip archive), streamed.

    `breakdowns` is level -> accepted spellings (see LEVELS); every level and
    every measure must be in the file. `member` is a pattern for the file in an
    archive that holds several. Columns: level and those of COLUMNS, as text,
    with `start` and `end` as ISO days. Raises ContractBroken, naming the file.
    """
    if not measures or not breakdowns:
        raise ValueError("say which measures and breakdowns are wanted; a whole file does not fit in memory")
    with opened(path, member) as source:
        columns = source.require(COLUMNS)
        spellings = {spelling: level for level, accepted in breakdowns.items() for spelling in accepted}
        rows = source.select(columns, {columns["measure"]: measures, columns["breakdown"]: spellings}, memory)
        rows.insert(0, "level", rows["breakdown"].map(spellings))
        _complete(source, columns["measure"], "measure", measures, set(rows["measure"]), memory)
        for level, accepted in breakdowns.items():
            if level not in set(rows["level"]):
                _complete(source, columns["breakdown"], "breakdown", accepted[:1], set(), memory)
    rows = _with_days(rows, source.name)
    _values(rows, source.name)
    _once(rows, ["level", "end", "primary_level", "secondary_level", "measure"], source.name)
    return rows


def health_check_rows(path: Path, *, month: str = "") -> pd.DataFrame:
    """Children of 14 to 17 on the learning disability register and with a health check, a row a practice.

    Columns of HEALTH_CHECKS as text, `end` as an ISO day. Raises ContractBroken, also
    where the last day is not of the `month` that was expected (2024-09).
    """
    with opened(path) as source:
        columns = source.require(HEALTH_CHECKS)
        rows = source.select(columns, {columns["indicator"]: CHECKS_14_TO_17})
        _complete(source, columns["indicator"], "indicator", CHECKS_14_TO_17, set(rows["indicator"]), MEMORY)
    days = {text: parse_day(text) for text in rows["end"].unique()}
    wrong = [text for text, day in days.items() if day is None]
    if wrong or len(days) > 1:
        raise ContractBroken(source.name, f"one day was expected in ACH_DATE; it has {', '.join(sorted(days)[:4])}.")
    rows["end"] = [day.isoformat() for text in rows["end"] if (day := days[text])]
    _values(rows, source.name)
    _once(rows, ["practice_code", "indicator", "part"], source.name)
    _ends_with(rows["end"].max(), month, source.name)
    return rows


def health_checks_by_sub_icb(path: Path, *, month: str = "") -> pd.DataFrame:
    """Sums of practices by sub-ICB, indicator and part.

    Columns: sub_icb_ons_code, sub_icb_code, sub_icb_name, end, indicator, part,
    value (the sum of what is published), hidden (how many practices' figures
    are `*`, each 0 to 4), practices. Raises ContractBroken.
    """
    rows = health_check_rows(path, month=month)
    hidden = rows["value"].isin([HIDDEN, ""])
    rows["hidden"] = hidden
    rows["value"] = pd.to_numeric(rows["value"].mask(hidden)).fillna(0)
    keys = ["sub_icb_ons_code", "sub_icb_code", "sub_icb_name", "end", "indicator", "part"]
    return rows.groupby(keys, as_index=False, observed=True).agg(
        value=("value", "sum"), hidden=("hidden", "sum"), practices=("practice_code", "nunique")
    )


def parse_day(text: str, *, month_first: bool = False) -> date | None:
    """A day as the NHS writes it: 2023-04-01, 01/04/2024, 01-04-2025 or 01/06/24; None when it is none of these."""
    iso = re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]00:00(?::00)?)?", text)
    british = re.fullmatch(r"(\d{1,2})[/-](\d{1,2})[/-](\d{4}|\d{2})", text)
    if iso:
        year, month, day = (int(part) for part in iso.groups())
    elif british:
        day, month, year = (int(part) for part in british.groups())
        day, month = (month, day) if month_first else (day, month)
        year += 2000 if year < 100 else 0
    else:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _with_days(rows: pd.DataFrame, file: str) -> pd.DataFrame:
    """`start` and `end` as ISO days, each pair checked once."""
    pairs = {
        (start, end): _period(start, end)
        for start, end in rows[["start", "end"]].drop_duplicates().itertuples(index=False)
    }
    wrong = [f"{start} to {end}" for (start, end), period in pairs.items() if period is None]
    if wrong:
        raise ContractBroken(
            file, f"these reporting periods are not whole months, quarters or years: {', '.join(wrong[:3])}."
        )
    known = {pair: period for pair, period in pairs.items() if period}
    both = [known[pair] for pair in zip(rows["start"], rows["end"], strict=True)]
    return rows.assign(start=[start for start, _ in both], end=[end for _, end in both])


def _period(start: str, end: str) -> tuple[str, str] | None:
    """The two days of a reporting period, when the start agrees with the end."""
    last = parse_day(end)
    if last is None or last.day != calendar.monthrange(last.year, last.month)[1]:
        return None
    for month_first in (False, True):
        first = parse_day(start, month_first=month_first)
        if first and first.day == 1 and (last.year - first.year) * 12 + last.month - first.month + 1 in _SPANS:
            return first.isoformat(), last.isoformat()
    return None


def _complete(source: LongCsv, heading: str, kind: str, wanted: Sequence[str], found: set[str], memory: str) -> None:
    missing = [item for item in wanted if item not in found]
    if missing:
        known = source.distinct(heading, memory)
        near = difflib.get_close_matches(missing[0], known, n=5, cutoff=0.3) or known[:5]
        raise ContractBroken(
            source.name,
            f"it has no {kind} {', '.join(missing)} (or none for what was asked with it). Nearest: {', '.join(near)}.",
        )


def _values(rows: pd.DataFrame, file: str) -> None:
    """Every value must be a number, `*` or empty: an unknown sign may mean anything."""
    strange = [text for text in rows["value"].unique() if text not in (HIDDEN, "") and not _NUMBER.fullmatch(text)]
    if strange:
        raise ContractBroken(file, f"values are written in an unknown way: {', '.join(strange[:5])}.")


def _once(rows: pd.DataFrame, key: list[str], file: str) -> None:
    twice = rows[rows.duplicated(key)]
    if len(twice):
        raise ContractBroken(
            file,
            "the same figure stands twice:"
            f" {', '.join(str(twice.iloc[0][name]) for name in key if twice.iloc[0][name])}.",
        )


def _ends_with(end: str, month: str, file: str) -> None:
    if month and not end.startswith(month):
        raise ContractBroken(file, f"its last period ends on {end}, where {month} was expected.")
