"""Small made-up files in the publishers' layouts. The numbers mean nothing."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import replace
from types import ModuleType

import pandas as pd

from sendlib.refresh.work import new_table
from sendlib.store import NewTable, Store
from sendlib.tables import reading, school_sen

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


def _made_up_rates() -> str:
    """A yearly series of life-limiting conditions that nobody ever measured, through the two published ends."""
    lines = ["year,area_code,group_type,group,children,population,per_10000,low,high,source"]
    for year in range(2001, 2018):
        population = 12_350_000 + 43_500 * (year - 2001)
        rate = 26.7 + (66.4 - 26.7) * ((year - 2001) / 16) ** 0.8
        children = round(rate * population / 10_000)
        called = f"{year}/{(year + 1) % 100:02d}"
        lines.append(f"{called},E92000001,all,all,{children},{population},,,,make_every_child_count")
    lines.append("2017/18,E92000001,age,<1,,,226.5,,,make_every_child_count")
    return "\n".join(lines) + "\n"


MADE_UP_RATES = _made_up_rates()
"""Made up, for tests only."""


def newer_pupils(store: Store, source: ModuleType) -> NewTable:
    """A live release of school_sen with a made-up year after the last one held."""
    words = dict.fromkeys(["area_code", "period", "phase", "measure", "status"], str)
    frame = store.table("school_sen").astype(words)
    later = frame[frame["period"].eq("2024/25")].assign(period="2025/26")
    both = pd.concat([frame, later], ignore_index=True)
    table = reading.as_categories(both, school_sen.KEYS).astype({"status": "category"})
    origin = replace(store.info("school_sen").sources[0], publication=source.TITLE, release="made up")
    return new_table(school_sen.TABLE, table, (), origin, store)
