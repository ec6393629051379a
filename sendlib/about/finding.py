"""The search of About: words that a reader types, found in what the tables, indicators, terms and methods say."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_WORD = re.compile(r"\w+")
_ENDINGS = ("ing", "ies", "ed", "es", "s", "y")
_OF_NO_WEIGHT = frozenset(
    (  # noqa: SIM905, one word a line would hide the rest
        "a an and are at be by can do does for from has have how i in is it many much my of on or our the their there"
        " to was were what when where which who why with"
    ).split()
)
"""Words of a question that find nothing by themselves."""
MOST = 12
"""Entries that are listed at once."""


@dataclass(frozen=True)
class Entry:
    """Something that can be found: `kind` says what it is, `says` is read under its title, `holds` is all that is
    searched beside the title. `part` is the part of About that it stands in, `page` another page that shows it;
    `table` narrows the part to one table. `plain`: it is said in words
    for families."""

    kind: str
    title: str
    says: str
    holds: str
    part: str = ""
    page: str = ""
    table: str = ""
    plain: bool = False


@dataclass(frozen=True)
class Found:
    """What was found, the best first; `whole`: each has every word that was typed. `others`: how many more."""

    entries: Sequence[Entry]
    whole: bool
    others: int


def find(entries: Iterable[Entry], typed: str) -> Found:
    """The entries that hold what was typed, those with all of it; where there are none, those with any of it.

    A word is found at the beginning of another one (`inspect` in `inspections`), in singular or plural, whatever its
    case. Words of a question such as `how many` count for nothing, unless there are no others.
    """
    words = list(dict.fromkeys(_stem(word) for word in _WORD.findall(typed.casefold())))
    wanted = [word for word in words if word not in _OF_NO_WEIGHT] or words
    if not wanted:
        return Found((), whole=True, others=0)
    marked = [(one, _mark(one, wanted)) for one in entries]
    whole = any(held == len(wanted) for _, (held, _) in marked)
    least = len(wanted) if whole else 1
    kept = [(mark, one) for one, mark in marked if mark[0] >= least]
    kept.sort(key=lambda pair: pair[0], reverse=True)
    return Found(tuple(one for _, one in kept[:MOST]), whole, max(0, len(kept) - MOST))


def _mark(entry: Entry, wanted: Sequence[str]) -> tuple[int, float]:
    """How many of the words an entry holds, and how well: a title counts for more than what is said, most of all a
    title of few other words."""
    title = _WORD.findall(entry.title.casefold())
    said = _WORD.findall(entry.holds.casefold())
    in_title = [word for word in wanted if _begins(word, title)]
    held = [word for word in wanted if word in in_title or _begins(word, said)]
    return len(held), len(in_title) + len(in_title) / (1 + len(title))


def _begins(word: str, others: Sequence[str]) -> bool:
    return any(other.startswith(word) for other in others)


def _stem(word: str) -> str:
    """A word without a common ending, so that it begins its other forms: `wait` for `waiting` and `waits`."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word.removesuffix(ending)
    return word
