"""Pieces that the tables' pandera schemas share.

pandera is imported inside the functions: it is needed when a table is
written, not when a page reads one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sendlib.tables.symbols import STATUSES, VALUE

if TYPE_CHECKING:
    import pandera.pandas as pa

AREA_CODE = r"^(\d{3}|E\d{8})$"
JANUARY = r"^20\d{2}-01$"
SCHOOL_YEAR = r"^20\d{2}/\d{2}$"
FINANCIAL_YEAR = r"^20(1[2-9]|[2-9]\d)-(1[3-9]|[2-9]\d)$"
MID_YEAR = r"^20\d{2}-06$"
MONTH_END = r"^20\d{2}-(0[1-9]|1[0-2])-(28|29|30|31)$"
HEALTH_CODE = r"^(E92000001|(?=.*[A-Z])[A-Z0-9]{3,5})$"
"""England, or an area or organisation of the NHS by its ODS code: `Y60`, `QHL`, `84H`, `D9Y0V`; never an authority's
digits."""


def text(pattern: str | None = None, allowed: list[str] | None = None, nullable: bool = False) -> pa.Column:
    """A text or category column, by pattern or by list of allowed labels."""
    import pandera.pandas as pa

    checks = []
    if pattern:
        checks.append(pa.Check(lambda s: s.astype("str").str.match(pattern), error=f"matches {pattern}"))
    if allowed:
        checks.append(pa.Check(lambda s: s.astype("str").isin(allowed), error=f"is one of {allowed}"))
    return pa.Column(checks=checks, nullable=nullable)


def long_table(
    dimensions: dict[str, Any],
    *,
    at_least: float = 0,
    area_code: str = AREA_CODE,
    facts: dict[str, Any] | None = None,
) -> pa.DataFrameSchema:
    """A long table: area_code, the given dimensions, value and status; the dimensions are its grain.

    `value` is a number exactly where `status` is `value` and missing elsewhere.
    `area_code` is the pattern of its codes; `facts` are columns that say more
    of a row without being part of the grain, such as a name.
    """
    import pandera.pandas as pa

    return pa.DataFrameSchema(
        {
            "area_code": text(area_code),
            **dimensions,
            **(facts or {}),
            "value": pa.Column(float, checks=pa.Check.ge(at_least), nullable=True),
            "status": text(allowed=list(STATUSES)),
        },
        checks=pa.Check(
            lambda frame: frame["value"].notna() == frame["status"].astype("str").eq(VALUE),
            error="a value is there exactly where the status says so",
        ),
        unique=["area_code", *dimensions],
        strict=True,
    )
