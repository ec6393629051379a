"""Getting help in the words of families: shares as so many of every 100, those compared as similar areas."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd

from sendlib.answer.numbers import capital, in_so_many, of_every, said
from sendlib.areas import Area
from sendlib.compared import plainly
from sendlib.compared.comparators import Comparators
from sendlib.methods import compare

_ALL = 100 - 1e-4
"""Per cent from which a part is the whole: shares are held to six decimals."""


def of_100(share: float) -> str:
    """A share (per cent) of plans in a sentence: `about 46`, `none`, `fewer than 1`."""
    if np.isnan(share):
        return "a number that is not available"
    if share == 0:
        return "none"
    if share == 100:
        return "all"
    number = in_so_many(share, 100)
    return f"about {number}" if number.isdigit() else number


def ready(share: float, year: str) -> str:
    """`about 46 of every 100 new plans in 2024 were ready`."""
    if share == 100:
        return f"all new plans in {year} were ready"
    if share == 0:
        return f"no new plan in {year} was ready"
    return f"{of_100(share)} of every 100 new plans in {year} were ready"


def on_time(share: float, year: str) -> str:
    """A title: `46 of every 100 plans were on time in 2024`."""
    if share in (0, 100):
        return f"{'All plans were' if share else 'No plan was'} on time in {year}"
    return capital(f"{of_every(share)} plans were on time in {year}")


def than(others: Comparators) -> str:
    """What a title sets beside, after `more often than`: `in similar areas`, `on average`, `in Barnsley`."""
    if others.short == "all authorities":
        return "on average"
    return f"in {others.label if others.alone else plainly.shortly(others)}"


def half_of_councils(low: float, high: float, many: int = 100) -> str:
    """Between what half of England's councils are, as numbers of so many."""
    return f"In half of its councils it was between {in_so_many(low, many)} and {in_so_many(high, many)}."


def not_usual(year: pd.Series, low: float, high: float, since: str) -> str:
    """That a year (period, share) lies outside the range of all before it."""
    return (
        f"{year['period']} was not a usual year here: {of_100(year['share'])} of every 100 new plans were ready in"
        f" time. In each year before it since {since}, it was {in_so_many(low, 100)} to {in_so_many(high, 100)}."
    )


def beside(others: Comparators, number: str, england: str) -> str:
    """What stands under a large number: `similar areas 48 on average, England 46`; what is empty is left out."""
    told = said([plainly.averaging(others, number) if number else "", f"England {england}" if england else ""])
    return ", ".join(told)


def differ(direction: str) -> bool:
    """Whether two numbers are said to differ, so that they must not read the same."""
    return direction in (compare.HIGHER, compare.LOWER)


def part(share: float, at_least: bool = False) -> str:
    """A part of some children: `all`, `more than 99 of every 100`, `at least 56 of every 100`, `an unknown number`."""
    if math.isnan(share):
        return "an unknown number"
    if share >= _ALL:
        return "all"
    if share <= 0:
        return "none"
    return f"{'at least ' if at_least else ''}{of_every(share, 100)}"


def children_here(share: float, at_least: bool = False) -> str:
    """The children of an area who live in an NHS area, before a verb: `all children here`, `98 of every 100 children
    here`, `an unknown number of the children here`."""
    told = part(share, at_least)
    return f"{told}{'' if told == 'all' or told[-1].isdigit() else ' of the'} children here"


def councils(area: Area) -> str:
    """Whose the figures of councils are that an NHS area is shown beside: `its council`, `its 3 councils`."""
    return "its council" if len(area.parts) == 1 else f"its {len(area.parts)} councils"
