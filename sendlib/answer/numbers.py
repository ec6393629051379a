"""Numbers, lists and counts as they stand in a sentence or a cell."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence


def said(texts: Iterable[str]) -> list[str]:
    """The texts that say something."""
    return [text for text in texts if text]


def written(value: float, decimals: int = 0, signed: bool = False) -> str:
    """A number for reading: `1,234`, `5.0`, `+2.1`, with a true minus sign, never `-0.0`."""
    rounded = round(float(value), decimals) + 0.0
    text = f"{abs(rounded):,.{decimals}f}"
    sign = "−" if rounded < 0 else "+" if signed and rounded > 0 else ""
    return sign + text


def percent(value: float, decimals: int = 1) -> str:
    """`5.3%`, `less than 0.1%` for a share that rounds to zero but is not, or `not available` for a missing one."""
    if math.isnan(value):
        return "not available"
    smallest = 10.0**-decimals
    if rounds_to_nothing(value, decimals):
        return f"less than {smallest:.{decimals}f}%"
    return f"{written(value, decimals)}%"


def listed(names: Sequence[str], last: str = "and") -> str:
    """`A, B and C`; after a "no" or "neither" with `last="or"`: `A, B or C`."""
    if not names:
        return "none"
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} {last} {names[-1]}"


def rounds_to_nothing(value: float, decimals: int) -> bool:
    """Whether a number that is not nought would be written as one."""
    return 0 < abs(float(value)) < 0.5 * 10.0**-decimals


def count_of(number: int, one: str, many: str) -> str:
    """`1 plan`, `26 plans`."""
    return f"{written(number)} {one if number == 1 else many}"


def capital(text: str) -> str:
    """A text as it begins a sentence."""
    return text[:1].upper() + text[1:]


OUT_OF = (100, 1_000, 10_000)
"""Of how many children families are told a share."""


def out_of(*shares: float, apart: bool = False) -> int:
    """Of how many some shares (per cent) are best told together: the smallest number of which none that is not nought
    would be less than one. With `apart` the first two are said to differ, so that they must not read the same."""
    known = [share for share in shares if not math.isnan(share)]
    for many in OUT_OF:
        whole = [round(share * many / 100) for share in known]
        if all(number or not share for number, share in zip(whole, known, strict=True)) and not (
            apart and len(whole) > 1 and whole[0] == whole[1]
        ):
            return many
    return OUT_OF[-1]


def in_so_many(share: float, many: int) -> str:
    """A share (per cent) as a number of so many: `17`; never rounded to none or to all. `not available` where it is
    missing."""
    if math.isnan(share):
        return "not available"
    number = share * many / 100
    if rounds_to_nothing(number, 0):
        return "fewer than 1"
    if number < many and round(number) == many:
        return f"more than {written(many - 1)}"
    return written(number)


def of_every(share: float, many: int = 0) -> str:
    """`17 of every 100`, `3 of every 1,000`: a share (per cent) as families are told it."""
    many = many or out_of(share)
    return "not available" if math.isnan(share) else f"{in_so_many(share, many)} of every {written(many)}"


def more_or_fewer(change: float) -> str:
    """`56% more`, `3% fewer`, `about the same`: a change in per cent as families are told it."""
    whole = round(change)
    return f"{written(abs(whole))}% {'more' if whole > 0 else 'fewer'}" if whole else "about the same"
