"""Whose children a number is of: which authorities an area is made of, what it is called, how finely it is rounded."""

from __future__ import annotations

import math

from sendlib.answer.numbers import written
from sendlib.areas import Area
from sendlib.compared.comparators import known_areas
from sendlib.store import Store

SMALLEST = 10
FEW = f"fewer than {SMALLEST}"
"""What is said in place of a number below that."""
COARSE, FINE = 100, 5
"""What numbers of children are rounded to: of England, its regions and groups as large, and of all other areas."""
AS_LARGE_AS_A_REGION = 10
"""Authorities in a group from which its numbers are rounded as those of a region."""
GROUPED = {"201": ("204", "Hackney and the City of London"), "420": ("908", "Cornwall and the Isles of Scilly")}
"""Authorities of so few children that a number for them alone says nothing: the neighbour they are taken with, and
their name together."""


def members(store: Store, code: str) -> list[str]:
    """The authorities that make up an area: a tiny one by itself is taken with its neighbour."""
    parts = known_areas(store).get(code).parts
    return [parts[0], GROUPED[parts[0]][0]] if len(parts) == 1 and parts[0] in GROUPED else list(parts)


def taken_together(area: Area) -> str:
    """The name of a tiny authority and the neighbour that it is taken with; empty for any other area."""
    return GROUPED[area.parts[0]][1] if len(area.parts) == 1 and area.parts[0] in GROUPED else ""


def together(area: Area) -> str:
    """An area as one says it: `Bristol`, `the North East`, `the area of NHS Devon`, or a tiny one and its neighbour
    together."""
    name = taken_together(area) or area.in_text
    return f"the area of {name}" if area.kind in ("board", "location") else name


def within(area: Area) -> str:
    """Where its children live: `in Bristol`, `on the Isle of Wight`, `across Devon, Plymouth and Torbay`."""
    name = together(area)
    if area.kind == "group" and len(area.parts) > 1:
        return f"across {name}"
    return f"{'on' if name.startswith('the Isle of ') else 'in'} {name}"


def step_of(area: Area) -> int:
    """What its numbers of children are rounded to."""
    wide = area.kind in ("england", "region") or len(area.parts) >= AS_LARGE_AS_A_REGION
    return COARSE if wide else FINE


def rounded(number: float, step: int) -> float:
    """To the nearest step (step_of); not a number below 10, which is said as `fewer than 10`."""
    return step * round(number / step) if number >= SMALLEST else math.nan


def said(number: float, step: int) -> str:
    """`390`, `86,600` or `fewer than 10`."""
    value = rounded(number, step)
    return FEW if math.isnan(value) else written(value)
