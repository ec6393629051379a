"""Words that Families has in place of those of the trade, for those compared and for the sentences beside a number."""

from __future__ import annotations

from sendlib.answer.numbers import capital, said
from sendlib.compared.comparators import Comparators

_NUMBERS = {9: "nine", 10: "ten"}


def similar(others: Comparators) -> str:
    """Those compared: `ten similar areas` for statistical neighbours; others by their label."""
    if others.short != "neighbours":
        return others.label
    number = len(others.codes)
    return f"{_NUMBERS.get(number, str(number))} similar areas" if number else "similar areas (none are listed)"


def average(others: Comparators, known: int | None = None) -> str:
    """`the average of ten similar areas`, with how many have a figure where not all do; one area alone by its name."""
    if others.alone:
        return others.label
    number = len(others.codes)
    of = f" ({known} of {number} have a figure)" if known is not None and known < number else ""
    return f"the average of {similar(others)}{of}"


def average_heading(others: Comparators) -> str:
    """The same in a key: `Average of ten similar areas`."""
    return others.label if others.alone else f"Average of {similar(others)}"


def sentences(*parts: str, after: str = "") -> str:
    """Phrases as sentences, each with a capital letter; empty ones are left out.

    The first goes on with what stands before it (`after`: `higher`), where something does.
    """
    return " ".join(f"{part if after and place == 0 else capital(part)}." for place, part in enumerate(said(parts)))
