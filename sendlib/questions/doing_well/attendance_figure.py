"""Absence and suspensions of special schools, whose pupils nearly all have a plan, as large numbers."""

from __future__ import annotations

import pandas as pd

from sendlib.answer import MODES, Figure, Text
from sendlib.answer.numbers import in_so_many, out_of, percent, said, written
from sendlib.areas import ENGLAND, Area
from sendlib.compared.comparators import Comparators
from sendlib.compared.means import of_how_many
from sendlib.methods import compare
from sendlib.methods.doubtful import PART
from sendlib.questions.doing_well import plainly
from sendlib.questions.doing_well.beside import is_spread, not_available
from sendlib.questions.doing_well.closer import what_is_measured
from sendlib.questions.doing_well.columns import COMPARED, KNOWN
from sendlib.tables.outcomes import GROUPS, MEASURES
from sendlib.tables.symbols import VALUE

_LABELS = {
    "absence": Text(
        "Half days missed, all pupils of special schools, {year}",
        "Half days missed, special schools, {year}",
        families="Half days of school missed by pupils of special schools, {year}",
    ),
    "suspensions": Text(
        "Suspensions per 100 pupils of special schools, {year}",
        "Suspensions per 100, special schools, {year}",
        families="Suspensions for every 100 pupils of special schools, {year}",
    ),
}


def attendance_figure(area: Area, table: pd.DataFrame, measure: str, others: Comparators | None) -> Figure:
    """Special schools; all schools are named beside. `table`: closer.attendance."""
    rows = table[table["what"].eq(what_is_measured(measure))].set_index("pupils_of")
    row, whole = rows.loc[GROUPS["special_schools"]], rows.loc[GROUPS["all_schools"]]
    is_rate = MEASURES[measure].unit == "%"
    here = "" if area.code == ENGLAND else "here "
    england = f"England {_number(row['england_reached'], is_rate)}" if here else ""
    all_schools = _number(whole["reached"], is_rate)
    known = not pd.isna(row["reached"])
    # So far below others (and a nought) a rate may be an incomplete return: no verdict is made of it.
    judged = known and _has_mean(row) and not is_spread(area, others)
    short = judged and row["reached"] < row["comparator_reached"] / PART
    compared = judged and not short
    direction = compare.direction(row["reached"], row["comparator_reached"]) if compared else ""
    many = _out_of(row, whole, is_rate, direction)
    plain = _plainly(area, row, whole, others, many, direction)
    of_others = _of_parts(area, row, others, is_rate) or _of_mean(row, others, is_rate)
    beside = said([of_others, england, f"all schools {here}{all_schools}"])
    year, label = row["measured_in"], _LABELS[measure]
    return Figure(
        Text(*(label.in_mode(mode).format(year=year) for mode in MODES)),
        float(row["reached"]) if known else None,
        "%" if is_rate else "",
        Text(", ".join(beside), show=", ".join([*beside, *(["perhaps incomplete"] if short else [])]), families=plain),
        direction,
        VALUE if known else str(row["status"]),
        detail=Text(
            "So far below others that it may be incomplete; no verdict is made of it." if short else "", show=None
        ),
        table="outcomes",
        out_of=many,
    )


def _out_of(row: pd.Series, whole: pd.Series, is_rate: bool, direction: str) -> int:
    """Of how many half days families are told a share; nought of suspensions, which are none."""
    if not is_rate:
        return 0
    shares = (row["reached"], row["comparator_reached"], row["england_reached"], whole["reached"])
    return out_of(*shares, apart=direction in (compare.HIGHER, compare.LOWER))


def _plainly(
    area: Area, row: pd.Series, whole: pd.Series, others: Comparators | None, many: int, direction: str
) -> str:
    """The comparison for families. "Higher" is against the mean, so the mean follows it, and all schools have a
    sentence of their own."""
    here = "" if area.code == ENGLAND else "here "
    england = f"England {_plain_number(row['england_reached'], many)}" if here else ""
    return plainly.sentences(
        ", ".join(said([_plainly_of_parts(area, row, others, many) or _plainly_of_mean(row, others, many), england])),
        f"in all schools {here}it is {_plain_number(whole['reached'], many)}",
        after=direction,
    )


def _plain_number(value: float, many: int) -> str:
    """A rate as families are told it: of so many half days, or where that is nought as it is written."""
    return in_so_many(value, many) if many and not pd.isna(value) else _number(value, is_rate=False)


def _number(value: float, is_rate: bool) -> str:
    if pd.isna(value):
        return "not available"
    return percent(value) if is_rate else written(value, 1)


def _has_mean(row: pd.Series) -> bool:
    return not pd.isna(row["comparator_reached"])


def _of_parts(area: Area, row: pd.Series, others: Comparators | None, is_rate: bool) -> str:
    """`its 153 authorities (149 of 153) 8.1% to 17.3%`, from the lowest to the highest; empty of all but England."""
    if others is None or not is_spread(area, others) or not _has_mean(row):
        return ""
    low, high = (_number(row[f"comparator_{end}"], is_rate) for end in ("low", "high"))
    return f"{others.label}{of_how_many(int(row[KNOWN]), int(row[COMPARED]))} {low} to {high}"


def _of_mean(row: pd.Series, others: Comparators | None, is_rate: bool) -> str:
    """`neighbours (9 of 10) 12.3%`, or that there is no mean; empty where nobody is compared."""
    if others is None or not others.codes:
        return ""
    known, number = int(row[KNOWN]), int(row[COMPARED])
    if not _has_mean(row):
        return f"{others.short} {not_available(known, number)}"
    return f"{others.short}{of_how_many(known, number)} {_number(row['comparator_reached'], is_rate)}"


def _plainly_of_parts(area: Area, row: pd.Series, others: Comparators | None, many: int) -> str:
    """`in its 153 councils (149 of 153 have a figure) it runs from 8 to 17`; empty of all but England."""
    if others is None or not is_spread(area, others) or not _has_mean(row):
        return ""
    low, high = (_plain_number(row[f"comparator_{end}"], many) for end in ("low", "high"))
    return f"in {plainly.parts(others, int(row[KNOWN]))} it runs from {low} to {high}"


def _plainly_of_mean(row: pd.Series, others: Comparators | None, many: int) -> str:
    if others is None or not others.codes:
        return ""
    known, number = int(row[KNOWN]), int(row[COMPARED])
    if not _has_mean(row):
        return f"{plainly.average(others)} is {plainly.not_available(known, number)}"
    return f"{plainly.average(others, known)} is {_plain_number(row['comparator_reached'], many)}"
