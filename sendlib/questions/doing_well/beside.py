"""The mean of those compared, by the one rule of compared.means, and what is said where there is none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sendlib.answer.numbers import said
from sendlib.areas import Area
from sendlib.compared import means
from sendlib.compared.comparators import Comparators, known_areas
from sendlib.questions.doing_well.columns import COMPARED, KNOWN, WITHOUT
from sendlib.store import Store
from sendlib.tables.symbols import NOT_AVAILABLE, VALUE, WORDS

Floats = NDArray[np.float64]


def is_spread(area: Area, others: Comparators | None) -> bool:
    """Whether those compared are parts of the area, among which it can not stand out: England beside several of its
    authorities or regions, which then show how far they lie apart."""
    return area.kind == "england" and others is not None and len(others.codes) > 1


@dataclass(frozen=True)
class Beside:
    """A figure of those compared for each of several columns, NaN where the rule gives none.

    `known`: how many of the `number` compared have one; `without`: who has none and why, where that is why there is no
    mean of several; else empty.
    """

    values: Floats
    known: NDArray[np.int64]
    number: int
    without: tuple[str, ...]
    low: Floats
    high: Floats
    """The range of those that count, NaN where the rule gives none."""

    @property
    def columns(self) -> dict[str, object]:
        """The columns OF_THE_MEAN of a table with a row for each figure."""
        return {
            "compared_areas": means.counted(self.known, self.number),
            KNOWN: self.known,
            COMPARED: self.number,
            WITHOUT: list(self.without),
        }


NO_MEAN: dict[str, object] = {"compared_areas": "", KNOWN: 0, COMPARED: 0, WITHOUT: ""}
"""The same columns of rows that are of no mean."""


def of_those_compared(
    store: Store, others: Comparators | None, values: Floats, statuses: NDArray[np.object_]
) -> Beside:
    """The mean of each column of `values`, with a row for each of those compared; `statuses`: why a figure is not
    there."""
    codes = others.codes if others else ()
    small = [code in others.too_small for code in codes] if others else []
    found = means.of(values, small)
    names = known_areas(store).names
    without = []
    for place, mean in enumerate(found.mean):
        if not np.isnan(mean) or not found.known[place] or found.number < means.FEWEST:
            without.append("")
            continue
        reasons = {
            names[code]: _why(value, str(status), is_small)
            for code, value, status, is_small in zip(codes, values[:, place], statuses[:, place], small, strict=True)
            if np.isnan(value) or is_small
        }
        without.append(means.lacking(reasons))
    return Beside(found.mean, found.known, found.number, tuple(without), found.low, found.high)


def _why(value: float, status: str, is_small: bool) -> str:
    if is_small:
        return means.TOO_SMALL
    return WORDS[status if np.isnan(value) and status in WORDS and status != VALUE else NOT_AVAILABLE]


def why_none(known: int, number: int) -> str:
    """Why there is no figure of those compared (means.why_none); nothing more is to be said of one area alone."""
    return "" if number == 1 else means.why_none(known, number)


def not_available(known: int, number: int) -> str:
    """`not available (only 2 of 10 have one)`."""
    why = why_none(known, number)
    return f"not available ({why})" if why else "not available"


def of_means(comparators: str, names: Sequence[str], rows: pd.DataFrame, *, in_time: bool = False) -> list[str]:
    """What a picture says of its means: of how many they are where not of all, and where there is none, and why.

    `comparators`: their label in the answer; `names`: of the rows; `rows`: with the columns OF_THE_MEAN. With `in_time`
    the rows are periods in order, and several that follow one another are `2010 to 2018`.
    """
    known = [int(one) for one in rows[KNOWN]]
    number = max((int(one) for one in rows[COMPARED]), default=0)
    blank: dict[tuple[int, str], list[str]] = {}
    every = zip(names, known, rows[WITHOUT], strict=True)
    for (one, without), run in groupby(every, key=itemgetter(1, 2)):
        these = [name for name, _, _ in run]
        if number and (not one or why_none(one, number)):
            told = [f"{these[0]} to {these[-1]}"] if in_time and len(these) > 2 else these
            blank.setdefault((one, without), []).extend(told)
    all_blank = len(blank) == 1 and all(not one or why_none(one, number) for one in known)
    found = [
        _none(comparators, "" if all_blank else f" at {'; '.join(these)}", one, number, without)
        for (one, without), these in blank.items()
    ]
    return said([*found, means.said(names, known, number)])


def _none(comparators: str, where: str, known: int, number: int, without: str) -> str:
    """`The mean of its ten statistical neighbours is not available at A; B: only 2 of 10 have one. Without ...`"""
    if number == 1:
        return f"{comparators} has no figure{where}."
    begins = f"The mean of {comparators} is not available{where}: {why_none(known, number)}."
    return f"{begins} Without a figure: {without}." if without else begins
