"""The sum as the third large number, beside the mean of those compared and England."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sendlib.answer import Figure, Text
from sendlib.answer.numbers import said, written
from sendlib.areas import ENGLAND, Area
from sendlib.compared.comparators import Comparators
from sendlib.compared.means import of_how_many
from sendlib.methods import compare
from sendlib.questions.doing_well import plainly, sum_plainly
from sendlib.questions.doing_well.beside import Beside, is_spread, not_available, of_those_compared
from sendlib.questions.doing_well.calculation import Calculation
from sendlib.questions.doing_well.show_the_sum import counted, says_nothing, share_in_words, source_of, sums_of
from sendlib.questions.doing_well.sum_definitions import AT_LEAST, DEFINITIONS, EXACT, RANGE
from sendlib.questions.doing_well.sum_words import ends, why_unknown
from sendlib.store import Store
from sendlib.tables import periods
from sendlib.tables.symbols import NOT_APPLICABLE, NOT_AVAILABLE, VALUE


@dataclass(frozen=True)
class _Means:
    """The mean of the lower ends to the mean of the upper ends; `known`: of how many both are known."""

    low: float
    high: float
    known: int
    number: int

    @property
    def given(self) -> bool:
        return not np.isnan(self.low) and not np.isnan(self.high)


def means_of(store: Store, others: Comparators | None, january: str, definition: str) -> Beside:
    """The means of the lower and of the upper ends of those compared, with the range of each."""
    rows = sums_of(store, others.codes if others else (), january, definition)
    values = rows[["share_low", "share_high"]].to_numpy(dtype=float, copy=True)
    values[rows["doubtful"].ne("").to_numpy(dtype=bool)] = np.nan
    # A range has no status of its own: what is not known is not available.
    status = (
        rows["status"].where(rows["share_low"].isna(), NOT_AVAILABLE).where(lambda why: why.ne(VALUE), NOT_AVAILABLE)
    )
    return of_those_compared(store, others, values, np.column_stack([status, status]).astype(object))


def figure(
    store: Store,
    area: Area,
    calculation: Calculation | None,
    others: Comparators | None,
    january: str,
    definition: str,
    *,
    few: bool = False,
    doubted: str = "",
) -> Figure:
    """The sum as per cent of all plans: a number, a range, at least a number, or why there is none.

    Without `others` (too few children) nothing but England stands beside it; beside England stand the ends of its
    parts. `few`: it is numbers
    and no per cent, and in Show and Families nothing.
    """
    named, when = DEFINITIONS[definition], periods.spoken(january)
    label = Text(f"{named.figure}, {when}", f"{named.brief_figure}, {when}", f"{named.plain_figure}, {when}")
    found = means_of(store, others, january, definition)
    mean = _Means(float(found.values[0]), float(found.values[1]), int(found.known.min()), found.number)
    of_england = sums_of(store, [ENGLAND], january, definition).iloc[0]
    england = f"England {share_in_words(of_england)}" if area.code != ENGLAND else ""
    if others and is_spread(area, others):
        beside = _ends_of_parts(others, found, mean)
    else:
        beside = ", ".join(said([_of_mean(others, mean), england]))
    known = calculation is not None and not says_nothing(calculation)
    towards = "" if is_spread(area, others) or calculation is None else _direction(calculation, mean)
    alone = few or bool(doubted) or not known
    many = sum_plainly.out_of(None if alone else calculation, (mean.low, mean.high), towards)
    plain_beside = sum_plainly.beside(area, others, found, of_england, many, alone=alone)
    source = source_of(january)
    if calculation is None or calculation.share_low is None or says_nothing(calculation):
        why = why_unknown(calculation, definition)
        return Figure(
            label,
            None,
            "%",
            Text(
                "; ".join(said([why, beside])),
                show="; ".join(said([why, england])),
                families=plainly.sentences(why, plain_beside),
            ),
            status=NOT_APPLICABLE if calculation is None else NOT_AVAILABLE,
            table=source,
        )
    if few:
        numbers = f"{counted(calculation)} of {written(calculation.plans)}"  # a share is known, so all plans are
        brief = f"Too few children. {england}"
        return Figure(
            label,
            calculation.share_low,
            "%",
            Text(f"Too few to compare. {england}", brief, plainly.sentences("too few children", plain_beside)),
            instead=Text(numbers, "Not shown", "Not shown"),
            table=source,
        )
    if doubted:
        return Figure(
            label,
            calculation.share_low,
            "%",
            Text(beside, families=plainly.sentences(plain_beside)),
            instead=Text("Doubtful"),
            detail=Text(doubted, show=None, families="The number of plans can not be right."),
            table=source,
        )
    whole, here = written(calculation.plans), "here that is" if england else "that is"
    of_all = "none of the" if calculation.total == 0 else f"{counted(calculation)} of"
    # The direction stands first and is that of the share against the mean, so the mean follows it and the count comes
    # last; on a shared screen the sentence above has the count.
    return Figure(
        label,
        calculation.share_low,
        "%",
        Text(
            "; ".join(said([beside, f"{of_all} {whole} plans"])),
            show=beside,
            families=plainly.sentences(plain_beside, f"{here} {of_all} {whole} with a plan", after=towards),
        ),
        towards,
        upper=calculation.share_high if calculation.certainty == RANGE else None,
        at_least=calculation.certainty == AT_LEAST,
        detail=Text("", families=named.aside) if calculation.total != 0 else Text(""),
        table=source,
        out_of=many,
    )


def _ends_of_parts(others: Comparators, found: Beside, mean: _Means) -> str:
    """`its 153 authorities (148 of 153) 1.2% to 30.4%`: from the lowest to the highest."""
    if not mean.given:
        return f"{others.label} {not_available(mean.known, mean.number)}"
    return f"{others.label}{of_how_many(mean.known, mean.number)} {ends(float(found.low[0]), float(found.high[1]))}"


def _of_mean(others: Comparators | None, mean: _Means) -> str:
    """`neighbours (9 of 10) 5.4%`, or that there is no mean."""
    if others is None or not mean.number:
        return ""
    if not mean.given:
        return f"{others.short} {not_available(mean.known, mean.number)}"
    return f"{others.short}{of_how_many(mean.known, mean.number)} {ends(mean.low, mean.high)}"


def _direction(calculation: Calculation, mean: _Means) -> str:
    """Higher or lower than the mean where all of a range is; empty where that is not known."""
    if not mean.given or calculation.share_high is None or calculation.share_low is None:
        return ""
    if calculation.certainty == EXACT and mean.low == mean.high:
        return compare.direction(calculation.share_low, mean.low)
    if calculation.share_low > mean.high:
        return compare.HIGHER
    return compare.LOWER if calculation.share_high < mean.low else ""
