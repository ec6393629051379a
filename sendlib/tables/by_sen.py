"""DfE's long files by pupil characteristic, of which the rows by SEN provision are read: absence, exclusions.

Layout, as DfE's data catalogue shows it and public copies keep it: a kind of school, a topic with its label ("SEN
provision", "SEN support"), and one column a measure. Names of these columns differ between releases, and so do labels.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from sendlib.errors import ContractBroken
from sendlib.sources import long_csv
from sendlib.tables import ees_rows, reading
from sendlib.tables.periods import january_of, school_year
from sendlib.tables.symbols import LOW, NOT_APPLICABLE, parse

ALL = "all"
TOPICS = (
    ("breakdown_topic", "breakdown"),
    ("characteristic_group", "characteristic"),
    ("characteristic", "characteristic_breakdown"),
)
"""Columns of the topic and of the label within it, by release."""
PHASE = ("education_phase", "school_type")
PHASES = {
    "total": "all_schools",
    "state-funded primary": "primary_schools",
    "primary": "primary_schools",
    "state-funded secondary": "secondary_schools",
    "secondary": "secondary_schools",
    "state-funded special": "special_schools",
    "state-funded special school": "special_schools",
    "special": "special_schools",
}
"""Labels without capitals -> codes, as in table outcomes."""
GROUPS = {
    "no sen": "no_sen",
    "no identified sen": "no_sen",
    "no sen provision": "no_sen",
    "sen - no sen": "no_sen",
    "sen support": "sen_support",
    "sen support / sen without an ehc plan": "sen_support",
    "sen - sen support": "sen_support",
    "ehc plan": "ehc_plan",
    "ehc plan or statement": "ehc_plan",
    "ehcp or statement": "ehc_plan",
    "statement or ehcp": "ehc_plan",
    "sen - statement or ehcp": "ehc_plan",
    "education, health and care plan": "ehc_plan",
    "education, health and care plans": "ehc_plan",
}
OTHER_GROUPS = (
    "total",
    "all sen",
    "any sen",
    "all sen provision",
    "unclassified",
    "sen - unclassified",
    "unknown",
    "unknown sen provision",
    "missing",
)
"""Known and not read: sums, and pupils of whom it is not recorded."""
SYMBOLS = {**ees_rows.SYMBOLS, ":": NOT_APPLICABLE, "~": LOW}
_LEVELS = {"national": "NAT", "regional": "REG", "local authority": "LA"}
_PLACE = ("time_period", "time_identifier", "geographic_level", "region_code", "old_la_code", "la_name")


def wanted_columns(measures: Mapping[str, str]) -> list[tuple[str, ...]]:
    """Groups of names of which a file must have one each."""
    topics = tuple(topic for topic, _ in TOPICS)
    labels = tuple(label for _, label in TOPICS)
    return [("geographic_level",), ("old_la_code",), PHASE, topics, labels, *((column,) for column in measures)]


def read(path: Path, file: str, measures: Mapping[str, str], first: str) -> tuple[pd.DataFrame, list[str]]:
    """Rows by SEN provision and of all pupils, from the school year `first` (201617) on, one row a measure; and notes.

    `measures`: column -> our measure. Gives area_code, period, phase, group,
    measure, value and status. A kind of school that is not known is left out,
    and a note says so. Raises ContractBroken.
    """
    with long_csv.opened(path) as held:
        topic, label = _pair(held, file)
        columns = held.require({name: [name] for name in _PLACE})
        columns |= held.require({"phase": PHASE, "topic": [topic], "label": [label]})
        columns |= held.require({column: [column] for column in measures})
        years = [year for year in held.distinct(columns["time_period"]) if year >= first]
        topics = [name for name in held.distinct(columns["topic"]) if _is_sen(name) or ees_rows.plain(name) == "total"]
        if not any(_is_sen(name) for name in topics):
            raise ContractBroken(file, f"its column {topic} has no rows by SEN provision.")
        rows = held.select(columns, {columns["time_period"]: years, columns["topic"]: topics})
    rows = _of_places(rows, file)
    unread = sorted(label for label in rows["phase"].unique() if ees_rows.plain(label) not in PHASES)
    rows = rows.assign(
        phase=rows["phase"].map(ees_rows.plain).map(PHASES),
        group=_groups(rows, file),
    ).dropna(subset=["phase", "group"])
    notes = [f"Kinds of school that are not known here are left out: {', '.join(unread)}."] if unread else []
    return _long(rows, measures, file), notes


def _pair(held: long_csv.LongCsv, file: str) -> tuple[str, str]:
    for topic, label in TOPICS:
        if held.column(topic) and held.column(label):
            return topic, label
    raise ContractBroken(file, f"it has none of the agreed pairs of columns, such as {' and '.join(TOPICS[0])}.")


def _is_sen(topic: str) -> bool:
    return ees_rows.plain(topic) in ("sen provision", "sen status", "sen")


def _of_places(rows: pd.DataFrame, file: str) -> pd.DataFrame:
    """Rows of England, regions and authorities, with `area_code` and `period`."""
    level = rows["geographic_level"].map(ees_rows.plain).map(_LEVELS)
    rows = rows.assign(
        level=level,
        code=rows["region_code"].where(level.eq("REG"), ""),
        old_code=rows["old_la_code"],
        place=rows["la_name"],
    )[level.notna()]
    rows = rows.assign(area_code=ees_rows.area_codes(rows, file)).dropna(subset=["area_code"])
    kinds = sorted(set(rows["time_identifier"]))
    if kinds != ["Academic year"]:
        raise ContractBroken(file, f"time_identifier holds {kinds} where only 'Academic year' was agreed.")
    period = {
        year: school_year(int(january_of(year, "Academic year", file)[:4])) for year in rows["time_period"].unique()
    }
    return rows.assign(period=rows["time_period"].map(period)).reset_index(drop=True)


def _groups(rows: pd.DataFrame, file: str) -> pd.Series:
    """The group of each row: by SEN provision, or `all` where the topic is the total."""
    by_sen = rows["topic"].map(_is_sen)
    codes = ees_rows.meant(rows.loc[by_sen, "label"].unique(), GROUPS, OTHER_GROUPS, file, "SEN provision")
    return rows["label"].map(codes).where(by_sen, ALL)


def _long(rows: pd.DataFrame, measures: Mapping[str, str], file: str) -> pd.DataFrame:
    keys = ["area_code", "period", "phase", "group"]
    ees_rows.once(rows, keys, file)
    parts = []
    for column, measure in measures.items():
        value, status = parse(rows[column], SYMBOLS, file)
        parts.append(rows[keys].assign(measure=measure, value=value, status=status))
    long = pd.concat(parts, ignore_index=True)
    for period, own in long.groupby("period"):
        areas = own.loc[own["value"].notna(), "area_code"].unique()
        if reading.ENGLAND not in areas or sum(code.isdigit() for code in areas) < reading.FEWEST_AUTHORITIES:
            raise ContractBroken(file, f"England or more than a few authorities have no figures in {period}.")
        gone = sorted({"no_sen", "sen_support", "ehc_plan"} - set(own["group"]))
        if gone:
            raise ContractBroken(file, f"it has no rows for {', '.join(gone)} in {period}.")
    return long
