"""The three large numbers of Needs: the needs furthest above and below those compared, and those who stand apart from
the mix (plans without a recorded need, pupils whose need is not assessed); with where each stands among all
authorities."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pandas as pd

from sendlib.answer import DOUBTFUL, FULL, NOT_SHOWN, TOO_FEW, Figure, State, Text
from sendlib.answer.numbers import capital, in_so_many, out_of, percent
from sendlib.answer.standing import Standing
from sendlib.answer.table import FEW, LARGEST_OF_FEW
from sendlib.areas import ENGLAND, Area
from sendlib.compared import mixes as mixing
from sendlib.compared import parts, plainly, standing
from sendlib.compared.cohorts import APART, PLAN_IN_SCHOOLS, WHOLE, Cohort, counts, denominator
from sendlib.compared.comparators import Comparators
from sendlib.compared.rates import middle_half
from sendlib.methods import compare
from sendlib.questions.needs import words
from sendlib.questions.needs.words import WARN_UNKNOWN, extremes, tied
from sendlib.store import Store
from sendlib.tables.symbols import NOT_AVAILABLE, VALUE


def all_of(
    store: Store,
    area: Area,
    others: Comparators,
    cohort: Cohort,
    state: State,
    table: pd.DataFrame,
    halves: Mapping[str, tuple[float, float]],
    unknown: float,
) -> tuple[Figure, ...]:
    """The three. `table`: that of the mix; `halves`: of England the middle half of its authorities by need; `unknown`:
    per cent of those who stand apart from the mix."""
    if cohort.code == PLAN_IN_SCHOOLS:
        held = counts(store, cohort.code).reindex([area.code]).iloc[0]
        return (*_of_needs(store, area, others, cohort, state, table, halves), _number(held))
    return (
        *_of_needs(store, area, others, cohort, state, table, halves),
        replace(
            _not_recorded(store, area, others, cohort, state, unknown),
            standing=_of_unrecorded(store, area, cohort, state),
        ),
    )


def _of_needs(
    store: Store,
    area: Area,
    others: Comparators,
    cohort: Cohort,
    state: State,
    table: pd.DataFrame,
    halves: Mapping[str, tuple[float, float]],
) -> list[Figure]:
    """The needs furthest above and below those compared; of England those that are named most often."""
    if halves and state == FULL:
        return [
            Figure(
                Text(
                    f"{capital(cohort.found)} {'most' if place == 0 else 'second most'} often: {row['name']}",
                    show=f"{'Most' if place == 0 else 'Second most'} often: {words.SHORT[str(row['need'])]}",
                ),
                float(row["share"]),
                "%",
                Text(words.half_of(halves, str(row["need"])), families=_half_plainly(halves[str(row["need"])])),
                out_of=100,
            )
            for place, row in enumerate(words.most_named(table, 2))
        ]
    named = (("Furthest above", "above"), ("Furthest below", "below"))
    return [
        replace(
            _furthest(area, others, cohort, state, table, row, label, side),
            standing=_of_share(store, area, cohort, state, row),
        )
        for row, (label, side) in zip(extremes(table), named, strict=True)
    ]


def _number(held: pd.Series) -> Figure:
    """How many pupils there are, where nobody stands apart from the mix: pupils with a plan always have a need."""
    number = float(held[WHOLE])
    known = not np.isnan(number)
    return Figure(
        Text("Pupils with a plan, in schools here"),
        number if known else None,
        "",
        Text("state-funded schools and non-maintained special schools"),
        status=VALUE if known else NOT_AVAILABLE,
        decimals=0,
    )


def _not_recorded(
    store: Store, area: Area, others: Comparators, cohort: Cohort, state: State, unknown: float
) -> Figure:
    """Those who stand apart from the mix, beside England's; of England beside the spread of its authorities."""
    everywhere = counts(store, cohort.code).reindex([ENGLAND]).iloc[0]
    of_england = float("nan") if area.code == ENGLAND else unrecorded(everywhere)
    known, beside = not np.isnan(unknown), not np.isnan(of_england)
    direction = compare.direction(unknown, of_england) if known and beside and state != TOO_FEW else ""
    many = out_of(unknown, of_england, apart=direction in (compare.HIGHER, compare.LOWER))
    return Figure(
        # Families have no room for it where it is too little to change what the rest says.
        Text(
            cohort.without,
            show=cohort.apart if not cohort.is_plans else "",
            families=None if cohort.is_plans and unknown <= WARN_UNKNOWN else "",
        ),
        unknown if known else None,
        "%",
        Text(
            _spread_of_unrecorded(store, others, cohort)
            if area.code == ENGLAND
            else f"England {percent(of_england) if beside else 'not available'}",
            families=_spread_plainly(store, others, cohort, many)
            if area.code == ENGLAND
            else f"England {in_so_many(of_england, many)}"
            if beside
            else "",
        ),
        direction,
        status=VALUE if known else NOT_AVAILABLE,
        instead=_few(counts(store, cohort.code).reindex([area.code]).iloc[0][APART]),
        out_of=many,
    )


def _few(number: float) -> Text:
    """What Show and Families write in place of a share that would be of one to four children."""
    return Text("", show=FEW, families=FEW) if 1 <= number <= LARGEST_OF_FEW else Text("")


def _spread_of_unrecorded(store: Store, others: Comparators, cohort: Cohort) -> str:
    """Between which parts of those who stand apart half of England's authorities lie."""
    half = _half_of_unrecorded(store, others, cohort)
    return words.half_of({APART: half}, APART) if half else ""


def _spread_plainly(store: Store, others: Comparators, cohort: Cohort, many: int) -> str:
    """The same for families, of so many."""
    half = _half_of_unrecorded(store, others, cohort)
    return _half_plainly(half, many) if half else ""


def _half_of_unrecorded(store: Store, others: Comparators, cohort: Cohort) -> tuple[float, float] | None:
    """The ends of that half; None where others are compared, or it is not known."""
    if others.choice != "england":
        return None
    part = _part_apart(store, cohort).to_frame(APART)
    low, high = middle_half(store, part, others.codes)[:, 0]
    return None if np.isnan(low) else (float(low), float(high))


def _half_plainly(half: tuple[float, float], many: int = 100) -> str:
    """`in half of its councils 28 to 38`."""
    return f"in half of its councils {' to '.join(in_so_many(end, many) for end in half)}"


def _part_apart(store: Store, cohort: Cohort) -> pd.Series:
    """Per cent of a cohort that stands apart from the mix, of every area."""
    held = counts(store, cohort.code)
    return 100 * held[APART] / held[WHOLE]


def _furthest(
    area: Area,
    others: Comparators,
    cohort: Cohort,
    state: State,
    table: pd.DataFrame,
    row: pd.Series | None,
    label: str,
    side: str,
) -> Figure:
    """The need whose share is furthest above or below those compared."""
    none = Text(label, families=f"Need furthest {side} those compared")
    if state == DOUBTFUL:
        return Figure(none, None, "points", Text("the number of plans is doubtful"), status=NOT_AVAILABLE)
    if state == TOO_FEW:
        return Figure(none, None, "points", Text(f"too few {cohort.short} to compare"), status=NOT_AVAILABLE)
    if state == NOT_SHOWN:
        return Figure(none, None, "points", Text("its needs are not available"), status=NOT_AVAILABLE)
    if row is None:
        nobody = table["comparator_mean"].isna().all()
        beside = (
            words.why_nobody(others, int(table["areas_known"].max()))
            if nobody
            else f"no need is {side} {others.the_mean}"
        )
        return Figure(none, None, "points", Text(beside), status=NOT_AVAILABLE)
    more = len(tied(table, row)) - 1
    england = float(row["england"]) if parts.england_stands(area, others) else float("nan")
    in_england = f", England {percent(england)}" if parts.england_stands(area, others) else ""
    name = f"{row['name']}{f' (and {more} more)' if more else ''}"
    share, mean = float(row["share"]), float(row["comparator_mean"])
    many = out_of(share, mean, apart=True)
    plain = plainly.averaging(others, in_so_many(mean, many))
    if not np.isnan(england):
        plain += f", England {in_so_many(england, many)}"
    need = f"{words.in_sentence(str(row['name']))}{f' (and {more} more)' if more else ''}"
    return Figure(
        Text(
            f"{label}: {name}",
            # A shared screen has no room for both: the number and what is under it say which way.
            show=f"{label}: {more + 1} needs" if more else str(row["name"]),
            families=f"Plans that name {need}" if cohort.is_plans else f"{capital(cohort.of)}: {need}",
        ),
        float(row["difference"]),
        "points",
        Text(
            f"{percent(share)} of {cohort.of}; {others.short} {percent(mean)}{in_england}",
            families=plain,
        ),
        compare.HIGHER if row["difference"] > 0 else compare.LOWER,
        signed=True,
        out_of=many,
        share=share,
    )


def unrecorded(held: pd.Series) -> float:
    """Those who stand apart from the mix, per cent of all; NaN where either is missing, or there are none."""
    return 100 * float(held[APART]) / float(held[WHOLE]) if held[WHOLE] > 0 else float("nan")


def _of_share(store: Store, area: Area, cohort: Cohort, state: State, row: pd.Series | None) -> Standing | None:
    """Where the share with a need stands; none where the area's mix is not compared."""
    if row is None or state != FULL:
        return None
    who = cohort.code
    every = 100 * mixing.all_shares(store, who)[str(row["need"])]
    shares = every.drop(index=list(mixing.left_out(store, who)), errors="ignore")
    number = float(denominator(store, who).get(area.code, np.nan))
    return standing.of_share(store, shares, area.code, number, f"Its share{cohort.in_title}")


def _of_unrecorded(store: Store, area: Area, cohort: Cohort, state: State) -> Standing | None:
    """Where the share of those who stand apart stands."""
    if state == DOUBTFUL:
        return None
    part = _part_apart(store, cohort).drop(index=list(mixing.left_out(store, cohort.code)), errors="ignore")
    return standing.of_share(store, part, area.code, float(counts(store, cohort.code)[WHOLE].get(area.code, np.nan)))
