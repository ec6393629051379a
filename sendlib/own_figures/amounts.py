"""What a cell for a number holds: the number, or one of the signs for there being none."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sendlib.own_figures.sheets import Cell
from sendlib.tables.symbols import SHORT, VALUE, WORDS

SIGNS = {sign.strip("[]"): status for status, sign in SHORT.items()}
"""`c`, `low`, `z` and `x`, which may have brackets."""
HOW_TO = ", ".join(f"{sign} ({WORDS[status].removeprefix(sign).strip(' ()')})" for sign, status in SIGNS.items())
_WORDS = {words.casefold(): status for status, words in WORDS.items() if status != VALUE}
_GROUPED = re.compile(r"-?\d{1,3}(?:[, ]\d{3})+(?:\.\d+)?")
_PLAIN = re.compile(r"-?(?:\d+(?:\.\d*)?|\.\d+)")
_GROUPED_WITH_POINTS = re.compile(r"-?\d{1,3}(?:\.\d{3})+,\d+|-?\d{1,3}(?:\.\d{3}){2,}")
_WITH_COMMA = re.compile(r"-?\d*,\d+|-?\d{1,3}(?: \d{3})+(?:,\d+)?")
_EITHER_WAY = re.compile(r"-?[1-9]\d{0,2}[.,]\d{3}")
_LARGEST = 1e12
_MOST_QUOTED = 20


@dataclass(frozen=True)
class Amount:
    """What was read: a number, whether as a percentage, or why there is none; or what is wrong."""

    value: float | None = None
    status: str = VALUE
    per_cent: bool = False
    wrong: str = ""


def read(cell: Cell, *, decimal_comma: bool) -> Amount:
    """The amount in a cell. `decimal_comma`: the file has a comma before decimals."""
    if cell.broken:
        return Amount(wrong="it holds an error or a yes and no of the spreadsheet, no number.")
    if cell.day:
        return Amount(wrong="it holds a date, no number. Give the cell the format of a number.")
    if cell.number is not None:
        return _within(round(cell.number * 100, 9) if cell.per_cent else cell.number, cell.per_cent)
    said = cell.text.casefold().strip()
    if status := SIGNS.get(said.strip("[]")) or _WORDS.get(said):
        return Amount(status=status)
    return _written(cell.text.replace("\N{MINUS SIGN}", "-").strip(), decimal_comma)


def _written(text: str, decimal_comma: bool) -> Amount:
    """A number written in signs."""
    per_cent = text.endswith("%")
    bare = text.removesuffix("%").strip().removeprefix("+")
    if not bare.isascii():
        return _no_number(text)
    if decimal_comma and _EITHER_WAY.fullmatch(bare):
        plain = bare.replace(",", "").replace(".", "")
        return Amount(wrong=f"'{text}' can be read in two ways. Write {plain}, or the decimals with another figure.")
    if decimal_comma and (_GROUPED_WITH_POINTS.fullmatch(bare) or _WITH_COMMA.fullmatch(bare)):
        bare = bare.replace(".", "").replace(" ", "").replace(",", ".")
    elif _GROUPED.fullmatch(bare):
        bare = bare.replace(",", "").replace(" ", "")
    elif re.fullmatch(r"-?\d+,\d{1,2}|-?\d+,\d{4,}", bare):  # 12,5: no thousands are like that
        bare = bare.replace(",", ".")
    if not _PLAIN.fullmatch(bare):
        return _no_number(text)
    return _within(float(bare), per_cent)


def _within(value: float, per_cent: bool) -> Amount:
    if not abs(value) <= _LARGEST:
        return Amount(wrong="the number is larger than any that this can show.")
    return Amount(value, per_cent=per_cent)


def _no_number(text: str) -> Amount:
    quoted = f"'{text}'" if len(text) <= _MOST_QUOTED else "this"
    return Amount(wrong=f"{quoted} is no number. Write digits alone, or a sign where there is none: {HOW_TO}.")
