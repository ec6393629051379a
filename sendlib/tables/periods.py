"""Periods, written so that a stock and a flow can not be taken for each other.

- `2025-01`: a stock, counted on a day in January 2025.
- `2024`: a flow, counted over the calendar year 2024.
- `2024/25`: a school year.
- `2024-06`: a mid-year population estimate.
"""

from __future__ import annotations

import re

from sendlib.errors import ContractBroken

_SIX_DIGITS = re.compile(r"^(\d{4})(\d{2})$")


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


def spoken(period: str) -> str:
    """A period as words: `January 2025`, `2024`, `school year 2024/25`, `mid-2024`."""
    if period.endswith("-01"):
        return f"January {period[:4]}"
    if period.endswith("-06"):
        return f"mid-{period[:4]}"
    return f"school year {period}" if "/" in period else period


def _year(time_period: str, file: str) -> int:
    if not re.fullmatch(r"(19|20)\d{2}", time_period):
        raise ContractBroken(file, f"time_period '{time_period}' is not a year.")
    return int(time_period)


def _ending_year(time_period: str, file: str) -> int:
    match = _SIX_DIGITS.match(time_period)
    if not match or (int(match[1]) + 1) % 100 != int(match[2]):
        raise ContractBroken(file, f"time_period '{time_period}' is not an academic year such as 202425.")
    return int(match[1]) + 1
