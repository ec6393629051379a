"""The parts of Look closer in their order, each under the heading of its group."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from sendlib.answer import Table

GROUPS: Mapping[str, tuple[str, ...]] = {
    "At each stage": ("stages", "over_time", "progress", "comparators"),
    "At school": ("attendance_by_sen", "attendance", "absence_over_time"),
    "After 16": ("neet", "neet_over_time", "next_steps", "destinations"),
    "In no school, or in other provision": (
        "sum",
        "sum_by_january",
        "sum_compared",
        "alternative",
        "alternative_plans",
        "home_education",
    ),
    "In need and looked after": ("care", "care_over_time"),
    "Money": ("money",),
    "What matters to families, and what nobody measures": ("five_outcomes", "not_measured"),
}
"""Heading -> the tables under it."""
CLOSER = tuple(name for names in GROUPS.values() for name in names)
_GROUP_OF = {name: heading for heading, names in GROUPS.items() for name in names}


def under_headings(tables: Mapping[str, Table]) -> dict[str, Table]:
    """The tables, each with its group."""
    return {name: replace(table, group=_GROUP_OF.get(name, "")) for name, table in tables.items()}
