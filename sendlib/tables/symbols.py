"""Five kinds of missing, never one.

A published cell is a number or a symbol, and the symbols mean different things
in different files (x and z have swapped between DfE releases), so each reader
passes its own dictionary from symbol to status.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

import numpy as np
import pandas as pd

from sendlib.errors import ContractBroken

VALUE = "value"
HIDDEN = "hidden"
NOT_APPLICABLE = "not_applicable"
NOT_AVAILABLE = "not_available"
LOW = "low"

STATUSES = (VALUE, HIDDEN, NOT_APPLICABLE, NOT_AVAILABLE, LOW)

WORDS = {
    VALUE: "published",
    HIDDEN: "hidden to protect children's privacy",
    NOT_APPLICABLE: "does not apply",
    NOT_AVAILABLE: "not available",
    LOW: "low (rounds to zero)",
}
"""What a reader sees instead of the status."""
SHORT = {HIDDEN: "[c]", LOW: "[low]", NOT_APPLICABLE: "[z]", NOT_AVAILABLE: "[x]"}
"""What stands in a cell of a file where there is no number: the Government Statistical Service's shorthand."""


_NUMBER = re.compile(r"-?(?:\d{1,3}(?:,\d{3})+|\d+)?(?:\.\d+)?%?")
"""Digits in a row or in well-formed groups of three, with or without decimals and a percent sign."""
_WRITTEN_OUT = re.compile(r"-?\d(?:\.\d+)?[eE][+-]?\d{1,2}")


def parse(
    cells: pd.Series, symbols: Mapping[str, str], file: str, exponents: bool = False
) -> tuple[pd.Series, pd.Series]:
    """Published text cells as numbers (NaN where missing) and statuses.

    Thousands separators and percent signs are taken off. A cell that is
    neither a plain number nor one of the file's symbols (in any case) breaks
    the contract: it is never turned into a blank, and a decimal comma (`12,5`),
    an exponent (`1e5`), `inf` or `nan` never into a number. `exponents`: the
    file's numbers were written out by a program, as `1.005E-2`.
    """
    codes, distinct = pd.factorize(cells.astype("str").str.strip(), use_na_sentinel=False)
    folded = {symbol.casefold(): status for symbol, status in symbols.items()}
    numbers, statuses, unknown = [], [], []
    for cell in distinct:
        status = symbols.get(cell, folded.get(cell.casefold()))
        number = float("nan") if status else _number(cell, exponents)
        if not status and number is None:
            unknown.append(cell)
        numbers.append(number)
        statuses.append(status or VALUE)
    if unknown:
        shown = ", ".join(repr(cell) for cell in sorted(unknown)[:5])
        raise ContractBroken(
            file,
            f"column '{cells.name}' holds {shown}, which is neither a number nor a known symbol."
            " Numbers are written as 1234, 1,234 or 12.5; if the publisher has a new symbol, its meaning must be agreed"
            " first.",
        )
    value = pd.Series(np.array(numbers, dtype=float)[codes], index=cells.index, name=cells.name)
    return value, pd.Series(np.array(statuses, dtype=object)[codes], index=cells.index, name=cells.name)


def _number(cell: str, exponents: bool) -> float | None:
    if exponents and _WRITTEN_OUT.fullmatch(cell):
        return float(cell)
    if not any(character.isdigit() for character in cell) or not cell.isascii() or not _NUMBER.fullmatch(cell):
        return None
    return float(cell.replace(",", "").removesuffix("%"))
