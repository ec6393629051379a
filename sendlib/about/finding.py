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
_FEW = 4
"""Entries with all the words below which those with some of them are listed too."""


@dataclass(frozen=True)
class Entry:
    """Something that can be found: `kind` says what it is, `says` is read under its title, `holds` is all that is
    searched beside the title. `part` is the part of About that it stands in, `page` another page that shows it;
    `table` narrows the part to one table. `plain`: what families read under its
    title; without it they do not find it."""

    kind: str
    title: str
    says: str
    holds: str
    part: str = ""
    page: str = ""
    table: str = ""
    plain: str = ""


@dataclass(frozen=True)
class Found:
    """What was found, the best first: `whole` of the entries have every word that was typed, the others some of them.
    `more`: how many are not listed."""

    entries: Sequence[Entry]
    whole: int
    more: int


def find(entries: Iterable[Entry], typed: str) -> Found:
    """The entries that hold what was typed, those with all of it first; those with some of it where these are few.

    A word is found at the beginning of another one (`inspect` in `inspections`), in any of its forms, whatever its
    case. Words of a question such as `how many` count for nothing, unless there are no others.
    """
    words = list(dict.fromkeys(_stem(word) for word in _WORD.findall(typed.casefold())))
    wanted = [word for word in words if word not in _OF_NO_WEIGHT] or words
    if not wanted:
        return Found((), 0, 0)
    marked = [(_mark(one, wanted), one) for one in entries]
    held = sorted((one for one in marked if one[0][0]), key=lambda pair: pair[0], reverse=True)
    whole = sum(mark[0] == len(wanted) for mark, _ in held)
    listed = held[: whole if whole >= _FEW else len(held)]
    return Found(tuple(one for _, one in listed[:MOST]), min(whole, MOST), max(0, len(listed) - MOST))


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
