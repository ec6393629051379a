"""Naming what a picture does not draw: one sentence a reason, in the words of the five kinds of missing."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from operator import itemgetter

from sendlib.areas import Area
from sendlib.tables.symbols import NOT_APPLICABLE, NOT_AVAILABLE, VALUE, WORDS


def named(whose: str, rows: Iterable[tuple[str, str]], *, in_time: bool = False) -> list[str]:
    """`Not available for Plymouth: 2019/20; 2020/21.`, a sentence for each status of the rows (name, status); those
    with a value are left out.

    With `in_time` the rows are periods in order, and several that follow one another are `2010 to 2018`.
    """
    found: dict[str, list[str]] = {}
    for status, run in groupby(rows, key=itemgetter(1)):
        names = list(dict.fromkeys(name for name, _ in run))
        if status != VALUE:
            found.setdefault(status, []).extend([f"{names[0]} to {names[-1]}"] if in_time and len(names) > 2 else names)
    return [f"{_heading(status, whose)}: {'; '.join(dict.fromkeys(names))}." for status, names in found.items()]


def _heading(status: str, whose: str) -> str:
    words = WORDS[status].capitalize()
    return f"{words} to {whose}" if status == NOT_APPLICABLE else f"{words} for {whose}"


def why(area: Area, day: str, published: object) -> str:
    """Why an area has no figure of a day (ISO date): it did not exist yet, the published status, or not available."""
    if area.valid_from > day:
        return NOT_APPLICABLE
    return published if isinstance(published, str) and published not in (VALUE, "nan") else NOT_AVAILABLE
