"""Words that Families has in place of those of the trade, for those compared and for the sentences beside a number."""

from __future__ import annotations

import math

from sendlib.answer.numbers import OUT_OF, capital, in_so_many, said, written
from sendlib.compared import means
from sendlib.compared.comparators import Comparators
from sendlib.compared.plainly import wholly
from sendlib.questions.doing_well import beside


def similar(others: Comparators) -> str:
    """Those compared: `ten similar areas`, `the other 35 NHS areas`; none of them by what they would be."""
    if others.short == "neighbours" and not others.codes:
        return "similar areas (none are listed)"
    return wholly(others)


def than_any(others: Comparators) -> str:
    """Every one of those compared, in a title."""
    return "similar areas" if others.short == "neighbours" else others.than_any


def average(others: Comparators, known: int | None = None) -> str:
    """`the average of ten similar areas`, with how many have a figure where not all do; one area alone by its name."""
    if others.alone:
        return others.label
    return f"the average of {parts(others, len(others.codes) if known is None else known)}"


def parts(others: Comparators, known: int) -> str:
    """`its 153 councils (149 of 153 have a figure)`."""
    number = len(others.codes)
    return f"{similar(others)}{f' ({known} of {number} have a figure)' if known < number else ''}"


def not_available(known: int, number: int) -> str:
    """`not available (only 2 of 10 have one)`, in the words of families."""
    if 1 < number < means.FEWEST:
        return f"not available (an average needs {means.FEWEST} areas)"
    return beside.not_available(known, number)


def average_heading(others: Comparators) -> str:
    """The same in a key: `Average of ten similar areas`."""
    return others.label if others.alone else f"Average of {similar(others)}"


def ends(low: float, high: float, many: int) -> str:
    """Two shares (per cent) as numbers of so many, both outwards: `7 to 11`, or `up to 2`; one where they are the
    same."""
    if low == high:
        return in_so_many(low, many)
    first, last = _outwards(low, high, many)
    return f"{written(first)} to {written(last)}" if first else f"up to {written(last)}"


def from_to(low: float, high: float, many: int) -> str:
    """The ends of a range as `fewer than 1 to 32`, after "from"."""
    return f"{in_so_many(low, many)} to {in_so_many(high, many)}"


def out_of_ends(own: tuple[float, float], theirs: tuple[float, float] | None = None) -> int:
    """Of how many a range of shares is best told: the smallest number of which its lower end is one or more, or none.
    Where it lies wholly above or below `theirs`, it does so in these numbers too."""
    for many in OUT_OF:
        low, high = _outwards(*own, many)
        if own[0] and not low:
            continue
        if theirs is None:
            return many
        lowest, highest = _outwards(*theirs, many)
        if high < lowest or low > highest:
            return many
    return OUT_OF[-1]


def _outwards(low: float, high: float, many: int) -> tuple[int, int]:
    first, last = (round(share * many / 100, 6) for share in (low, high))
    return (round(first), round(last)) if low == high else (math.floor(first), math.ceil(last))


def sentences(*parts: str, after: str = "") -> str:
    """Phrases as sentences, each with a capital letter; empty ones are left out.

    The first goes on with what stands before it (`after`: `higher`), where something does.
    """
    return " ".join(f"{part if after and place == 0 else capital(part)}." for place, part in enumerate(said(parts)))
