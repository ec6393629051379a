"""Small made-up files in the publishers' layouts. The numbers mean nothing."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable

CODES = [f"{number}" for number in range(201, 351)]
"""Codes of 150 made-up authorities in two made-up regions."""
REGIONS = {"E12000001": CODES[:70], "E12000002": CODES[70:]}

Row = dict[str, object]


def areas_of_a_release() -> list[Row]:
    """The rows that every DfE file has for each breakdown: England, the regions, the authorities."""
    rows: list[Row] = [{"geographic_level": "National", "old_la_code": "", "region_code": ""}]
    rows += [{"geographic_level": "Regional", "old_la_code": "", "region_code": region} for region in REGIONS]
    rows += [
        {"geographic_level": "Local authority", "old_la_code": code, "region_code": region}
        for region, codes in REGIONS.items()
        for code in codes
    ]
    return rows


def adding_up(row: Row, each: int = 10) -> int:
    """A count that adds up: `each` in an authority, the sum in a region and in England."""
    number = {"National": len(CODES), "Regional": len(REGIONS.get(str(row["region_code"]), []))}
    return each * number.get(str(row["geographic_level"]), 1)


def release(
    breakdowns: list[tuple[str, str]],
    figures: dict[str, Callable[[Row], object]],
    time_period: str = "202425",
    time_identifier: str = "Academic year",
) -> list[Row]:
    """Rows of a DfE file: every area for each (topic, label), with a figure for each column."""
    return [
        {
            "time_period": time_period,
            "time_identifier": time_identifier,
            "country_code": "E92000001",
            "country_name": "England",
            "region_name": "",
            "new_la_code": "",
            "la_name": "",
            **area,
            "breakdown_topic": topic,
            "breakdown": label,
            **{column: figure(area) for column, figure in figures.items()},
        }
        for topic, label in breakdowns
        for area in areas_of_a_release()
    ]


def as_csv(rows: list[Row], bom: bool = True) -> bytes:
    """Rows as the bytes of a CSV file, with the byte-order mark that DfE's files have."""
    text = io.StringIO()
    writer = csv.DictWriter(text, fieldnames=list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return (b"\xef\xbb\xbf" if bom else b"") + text.getvalue().encode()
