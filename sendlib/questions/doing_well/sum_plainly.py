"""The sum for families: shares as numbers of so many with a plan, beside those compared and England."""

from __future__ import annotations

import math

import pandas as pd

from sendlib.answer.numbers import said, written
from sendlib.areas import ENGLAND, Area
from sendlib.compared.comparators import Comparators
from sendlib.methods import compare
from sendlib.questions.doing_well import plainly
from sendlib.questions.doing_well.beside import Beside, is_spread
from sendlib.questions.doing_well.calculation import Calculation
from sendlib.questions.doing_well.sum_definitions import UNKNOWN


def share(row: pd.Series, many: int = 0) -> str:
    """`12 to 13`, `at least 2` or `not known` of so many, of a row of show_the_sum.compared; without `many`
    `12 to 13 of every 100`."""
    low, high = float(row["share_low"]), float(row["share_high"])
    if row["certainty"] == UNKNOWN or math.isnan(low):
        return "not known"
    at_least = math.isnan(high)
    of = many or plainly.out_of_ends((low, 100.0 if at_least else high))
    number = f"at least {written(math.floor(low * of / 100))}" if at_least else plainly.ends(low, high, of)
    return number if many else f"{number} of every {written(of)}"


def out_of(calculation: Calculation | None, mean: tuple[float, float], towards: str) -> int:
    """Of how many with a plan the sum is told, so that a direction can be read in the numbers."""
    if calculation is None or calculation.share_low is None:
        return plainly.out_of_ends((0.0, 0.0))
    high = 100.0 if calculation.share_high is None else calculation.share_high
    apart = mean if towards in (compare.HIGHER, compare.LOWER) else None
    return plainly.out_of_ends((calculation.share_low, high), apart)


def beside(area: Area, others: Comparators | None, found: Beside, england: pd.Series, many: int, *, alone: bool) -> str:
    """`the average of ten similar areas is 7 to 10, England 7 to 11`; `found`: the means of the lower and the upper
    ends of those compared. Where it stands `alone`, without a number of the area, it says of how many it is."""
    phrases = [_of_those_compared(area, others, found, many)]
    if area.code != ENGLAND:
        number = share(england, many)
        phrases.append((f"England {number}", number != "not known"))
    last = max((place for place, (_, is_number) in enumerate(phrases) if is_number), default=-1)
    told = [
        f"{text} of every {written(many)}" if alone and place == last else text
        for place, (text, _) in enumerate(phrases)
    ]
    return ", ".join(said(told))


def _of_those_compared(area: Area, others: Comparators | None, found: Beside, many: int) -> tuple[str, bool]:
    """Their average, or of parts of England the ends between which they lie, and whether there is such a number."""
    known = int(found.known.min())
    if others is None or not found.number:
        return "", False
    if any(math.isnan(value) for value in found.values):
        return f"{plainly.average(others)} is {plainly.not_available(known, found.number)}", False
    if is_spread(area, others):
        low, high = float(found.low[0]), float(found.high[1])
        return f"in {plainly.parts(others, known)} it runs from {plainly.from_to(low, high, many)}", True
    low, high = (float(value) for value in found.values)
    return f"{plainly.average(others, known)} is {plainly.ends(low, high, many)}", True
