"""The register of schools that is held: the one shipped, of June 2021, or a newer one that a refresh has brought."""

from __future__ import annotations

from sendlib.store import Store
from sendlib.tables.periods import spoken_month

SHIPPED = "2021-06"
KINDS = {
    "special": "Special school not under section 41 (register, June 2021)",
    "mostly_plans": "Academy or other school where most have a plan",
    "section_41": "Approved under section 41 (list, March 2022)",
}
"""Kinds of schools in the register shipped, of which a school is exactly one. The register of today, when it is
fetched, has types instead of the second."""


def day(store: Store) -> str:
    """The month of the register of schools that is held: 2021-06, as shipped, or later."""
    return str(store.table("schools")["vintage"].iloc[0])


def is_shipped(store: Store) -> bool:
    """Whether the schools are those of 2021, found by name."""
    return day(store) == SHIPPED


def kinds_of_school(store: Store) -> dict[str, str]:
    """The kinds of schools that the register held tells apart, in the order of the map's colours."""
    if is_shipped(store):
        return KINDS
    month = spoken_month(day(store))
    if "section_41" in str(store.table("schools")["lacks"].iloc[0]).split(";"):
        return {"special": f"Special school (register, {month}; which are under section 41 is not available)"}
    return {
        "special": f"Special school not under section 41 (register, {month})",
        "section_41": f"Approved under section 41 (register, {month})",
    }


def about_points(month: str) -> str:
    """What to say of the points on the map, by the month of the register."""
    if month == SHIPPED:
        return "Points are special schools of June 2021: approximate and dated."
    return f"Points are special schools of the register of {spoken_month(month)}."
