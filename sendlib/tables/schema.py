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
MID_YEAR = r"^20\d{2}-06$"


def text(pattern: str | None = None, allowed: list[str] | None = None, nullable: bool = False) -> pa.Column:
    """A text or category column, by pattern or by list of allowed labels."""
    import pandera.pandas as pa

    checks = []
    if pattern:
        checks.append(pa.Check(lambda s: s.astype("str").str.match(pattern), error=f"matches {pattern}"))
    if allowed:
        checks.append(pa.Check(lambda s: s.astype("str").isin(allowed), error=f"is one of {allowed}"))
    return pa.Column(checks=checks, nullable=nullable)


def long_table(dimensions: dict[str, Any], *, at_least: float = 0) -> pa.DataFrameSchema:
    """A long table: area_code, the given dimensions, value and status; the dimensions are its grain.

    `value` is a number exactly where `status` is `value` and missing elsewhere.
    """
    import pandera.pandas as pa

    return pa.DataFrameSchema(
        {
            "area_code": text(AREA_CODE),
            **dimensions,
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
