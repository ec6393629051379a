"""Periods, written so that a stock and a flow can not be taken for each other.

- `2025-01`: a stock, counted on a day in January 2025.
- `2024`: a flow, counted over the calendar year 2024.
- `2024/25`: a school year.
- `2024-06`: a mid-year population estimate.
- `2024-25`: a financial year, April 2024 to March 2025, from 2012-13 on (an earlier one, `2005-06`, could be taken
  for a month).
- `2023-01-31`: the last day of a month, in the tables of the NHS: counted on that day, or over the
  month or months that end with it (the table says which). Never `2023-01`, which is a January stock.
"""

from __future__ import annotations

import calendar
import re
from datetime import date, datetime

from sendlib.errors import ContractBroken

_SIX_DIGITS = re.compile(r"^(\d{4})(\d{2})$")
_FINANCIAL = re.compile(r"^(20(?:1[2-9]|[2-9]\d))-(\d{2})$")
_DAY = re.compile(r"^(\d{4})-(\d{2})-(\d{2})$")
DAY_FIRST = ("%d/%m/%Y", "%Y-%m-%d", "%d-%m-%Y", "%d/%m/%y")
"""How NHS files write a day. None of them can turn the end of a month into another day: 31/08 has no other reading."""


def january_of(time_period: str, time_identifier: str, file: str) -> str:
    """The January stock that a DfE file dates `202425, Academic year` or `2022, Calendar year`."""
    year = _ending_year(time_period, file) if time_identifier == "Academic year" else _year(time_period, file)
    return f"{year}-01"


def calendar_year(time_period: str, time_identifier: str, file: str) -> str:
    """The calendar year of a flow; an academic year here would be another measure."""
    if time_identifier != "Calendar year":
        raise ContractBroken(file, f"time_identifier is '{time_identifier}' where 'Calendar year' was agreed.")
    return str(_year(time_period, file))


def school_year(ending: int) -> str:
    """The school year that ends in the given year: 2025 is `2024/25`."""
    return f"{ending - 1}/{ending % 100:02d}"


def financial_year(text: str, file: str) -> str:
    """The financial year that a file writes as `2024-25` or `202425`. Raises ContractBroken."""
    match = _FINANCIAL.match(text) or _FINANCIAL.match(f"{text[:4]}-{text[4:]}")
    if not match or (int(match[1]) + 1) % 100 != int(match[2]):
        raise ContractBroken(file, f"'{text}' is not a financial year such as 2024-25.")
    return f"{match[1]}-{match[2]}"


def end_of_month(year: int, month: int) -> str:
    """The last day of a month: 2024 and 2 are `2024-02-29`."""
    return date(year, month, calendar.monthrange(year, month)[1]).isoformat()


def month_end(text: str, file: str) -> str:
    """The last day of a month that an NHS file writes as `31/08/2023`, `2023-08-31`, `31-08-2023` or `31/08/23`."""
    for form in DAY_FIRST:
        try:
            day = datetime.strptime(text, form)
        except ValueError:
            continue
        if day.date().isoformat() == end_of_month(day.year, day.month):
            return day.date().isoformat()
    raise ContractBroken(file, f"'{text}' is not the last day of a month.")


def first_day(end: str, months: int) -> date:
    """The first day of the given number of months that end with the day `end`.

    `2023-08-31` and 12 are 1 September 2022.
    """
    last = date.fromisoformat(end)
    month = last.year * 12 + last.month - months
    return date(month // 12, month % 12 + 1, 1)


def spoken(period: str) -> str:
    """A period as words: `January 2025`, `2024`, `school year 2024/25`, `mid-2024`, `31 January 2023`,
    `financial year 2024-25`."""
    if day := _DAY.match(period):
        return f"{int(day[3])} {calendar.month_name[int(day[2])]} {day[1]}"
    if _FINANCIAL.match(period) and int(period[5:]) > 12:
        return f"financial year {period}"
    if period.endswith("-01"):
        return f"January {period[:4]}"
    if period.endswith("-06"):
        return f"mid-{period[:4]}"
    return f"school year {period}" if "/" in period else period


def spoken_month(month: str) -> str:
    """`2026-06` as `June 2026`."""
    return f"{calendar.month_name[int(month[5:7])]} {month[:4]}"


def _year(time_period: str, file: str) -> int:
    if not re.fullmatch(r"(19|20)\d{2}", time_period):
        raise ContractBroken(file, f"time_period '{time_period}' is not a year.")
    return int(time_period)


def _ending_year(time_period: str, file: str) -> int:
    match = _SIX_DIGITS.match(time_period)
    if not match or (int(match[1]) + 1) % 100 != int(match[2]):
        raise ContractBroken(file, f"time_period '{time_period}' is not an academic year such as 202425.")
    return int(match[1]) + 1
