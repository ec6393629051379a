"""Means of those compared, with how many of them have a figure: a mean of fewer than half of them is not given."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sendlib.questions.answer import listed
from sendlib.tables.symbols import VALUE

Floats = NDArray[np.float64]


def of_few(values: Floats) -> tuple[Floats, NDArray[np.int64]]:
    """The mean of each column without its missing values, and how many there are.

    `values`: areas by columns, NaN where an area has no figure. NaN where fewer than half of the
    areas have one: it would be called the mean of all of them and be that of a few.
    """
    held = ~np.isnan(values)
    count = held.sum(axis=0)
    total = np.where(held, values, 0.0).sum(axis=0)
    found: Floats = np.where((count > 0) & (2 * count >= len(values)), total / np.maximum(count, 1), np.nan)
    return found, count


def of_how_many(known: int, number: int) -> str:
    """` (9 of 10)` where some have no figure, else nothing."""
    return f" ({known} of {number})" if known < number else ""


def counted(known: NDArray[np.int64], number: int) -> list[str]:
    """`9 of 10` for each mean; empty where there is nobody to compare with."""
    return [f"{count} of {number}" if number else "" for count in known]


def sentence(names: list[str], of: list[str]) -> str:
    """`The mean is of 9 of 10 at A, of 8 of 10 at B and C.`, without the rows where all have a figure or the mean is not given; else nothing."""
    parts: dict[str, list[str]] = {}
    for name, text in zip(names, of, strict=True):
        known, _, number = text.partition(" of ")
        if text and known != number and 2 * int(known) >= int(number) and int(known):
            parts.setdefault(text, []).append(name)
    return f"The mean is of {'; of '.join(f'{text}: {listed(rows)}' for text, rows in parts.items())}." if parts else ""


def statuses(values: Floats, why: list[str], otherwise: str) -> list[str]:
    """Why each figure is there or not: `value`, the reason in `why`, or `otherwise` where that names none."""
    return [VALUE if not np.isnan(value) else reason if reason and reason != VALUE else otherwise for value, reason in zip(values, why, strict=True)]
