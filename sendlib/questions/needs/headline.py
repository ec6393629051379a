"""The sentence or few over the picture of Needs, by mode."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import pandas as pd

from sendlib.answer import NOBODY, NOT_SHOWN, TOO_FEW, State, Text
from sendlib.answer.numbers import capital, count_of, listed, percent, said, written
from sendlib.areas import Area
from sendlib.compared import parts
from sendlib.compared.cohorts import Cohort
from sendlib.compared.comparators import Comparators
from sendlib.compared.doubtful import Doubt
from sendlib.compared.plainly import wholly as those_plainly
from sendlib.methods import compare
from sendlib.questions.needs import plainly
from sendlib.questions.needs.words import (
    extremes,
    half_of,
    in_sentence,
    is_or_are,
    most_named,
    most_often,
    named,
    tied,
    whole_of,
    why_nobody,
)

_BUT = "But of"


def of(
    area: Area,
    others: Comparators,
    cohort: Cohort,
    state: State,
    own: pd.Series,
    table: pd.DataFrame,
    halves: Mapping[str, tuple[float, float]],
    doubt: Doubt | None,
    when: str,
    *,
    told_apart: bool,
) -> Text:
    """The needs furthest above and below those compared, and what they are for every 1,000 children.

    `halves`: between which shares the middle half of those compared lie, by need; `when` they were counted;
    `told_apart`: whether what is held tells the cohort apart.
    """
    name = area.in_text
    if state == TOO_FEW:
        number = int(whole_of(own))
        few = (
            f"Only {count_of(number, 'child', 'children')} had an EHC plan from {name}"
            if cohort.is_plans
            else f"Only {written(number)} {cohort.of} were in schools in {name}"
        )
        chance = "one child more or less moves every share"
        return Text(
            explore=f"{few}: {chance}. Shares are shown with their intervals and should not be compared.",
            show=f"{few}: {chance}, so no comparison is drawn.",
            families=f"{few}. With so few, {chance}, so the share of each need says little.",
        )
    largest, plain = _largest(cohort, table), plainly.largest(cohort, table)
    if doubt is not None:
        beside = "The shares of needs are of these plans, and are not set beside others in words."
        return Text(f"{doubt.said} {beside} {largest}", f"{doubt.said} {beside}", f"{doubt.plainly} {beside} {plain}")
    if state == NOT_SHOWN:
        return Text(_not_available(area, cohort, when, told_apart=told_apart))
    if state == NOBODY:
        if not others.codes:
            nobody = f"There is nobody to compare {name} with."
            return Text(f"{largest} {nobody}", families=f"{plain} {nobody}")
        if others.alone:
            none = f"{capital(cohort.of)} by need are not available for {others.label}."
            return Text(f"{largest} {none}", families=f"{plain} {none}")
        why = why_nobody(others, int(table["areas_known"].max()))
        return Text(
            f"{largest} A mean of {others.label} is not available: {why}.",
            families=f"{plain} There is no average of {those_plainly(others)}.",
        )
    if parts.of_itself(area, others):
        return _of_england(area, cohort, table, halves, when)
    apart = [row for row in extremes(table) if row is not None]
    if not apart and table["share"].isna().any():
        return Text(
            f"No need with a figure in {name} differs by 0.1 points or more from {others.the_mean}. {largest}",
            families=plainly.nearly_the_same(others, table, cohort),
        )
    if not apart:
        same = f"In {name} the mix of needs is about the same as {_in(others)}."
        return Text(
            f"{same} No need differs by 0.1 points or more. {largest}",
            f"{same} {largest}",
            plainly.nearly_the_same(others, table, cohort),
        )
    first = named(table) if not others.alone else None
    shown = apart if first is None else [first, *(row for row in apart if row["need"] != first["need"])][:2]
    # The rate of the need named first; of the other too where it points the other way than its share.
    per_resident = [rate_sentence(table, row, others, cohort) for row in shown]
    beside_rate = _joined(per_resident[0], *(told for told in per_resident[1:] if told.startswith(_BUT)))
    told = "; ".join(_for_councillors(table, others, cohort, row, first) for first, row in _numbered(shown))
    return Text(
        explore=_joined(
            *(_for_analysts(others, cohort, row) for row in shown),
            beside_rate,
        ),
        show=_joined(f"In {name} in {when}, {told}.", per_resident[0]),
        families=plainly.headline(table, others, cohort, shown, when),
    )


def _not_available(area: Area, cohort: Cohort, when: str, *, told_apart: bool) -> str:
    """That a cohort has no needs here: not in what the publisher counted, or not told apart in what is held."""
    if not told_apart and not cohort.is_plans:
        return (
            f"The school census that is held here, of {when}, has pupils with SEN support and with a plan together."
            " About the data fetches newer ones, which tell them apart; until then all pupils with SEN can be chosen."
        )
    if cohort.is_plans:
        return f"How many plans in {area.in_text} name each need is not available for {when}."
    return f"The needs of {cohort.of} in schools in {area.in_text} are not available for {when}."


def _of_england(
    area: Area, cohort: Cohort, table: pd.DataFrame, halves: Mapping[str, tuple[float, float]], when: str
) -> Text:
    """The needs that are named most often in England, and how far its authorities spread."""
    rows = most_named(table)
    if not rows:
        return Text(_not_available(area, cohort, when, told_apart=True))
    shares = [f"{in_sentence(str(row['name']))} {cohort.into} {percent(row['share'])}" for row in rows]
    spread = [f"{told} ({half_of(halves, str(row['need']))})" for told, row in zip(shares, rows, strict=True)]
    begins = (
        f"Of the plans in {area.in_text} in {when} with a recorded need, these were named most often"
        if cohort.is_plans
        else f"Of the {cohort.of} in schools in {area.in_text} in {when}, these needs were recorded most often"
    )
    return Text(
        explore=f"{begins}: {'; '.join(spread)}.",
        show=f"{begins}: {listed(shares)}.",
        families=plainly.most_named(area, cohort, rows, when),
    )


def _largest(cohort: Cohort, table: pd.DataFrame) -> str:
    """The need that is named most often; of those that have a figure, where one that has none may be named as often."""
    share = table["share"].round(1)
    if share.isna().all():
        return ""
    of_known = " of the needs with a figure" if share.isna().any() else ""
    most = [in_sentence(str(need)) for need in table.loc[share.eq(share.max()), "name"]]
    each = " each" if len(most) > 1 else ""
    share_of = f"{percent(float(share.max()))} of {cohort.of}"
    return f"{most_often(cohort)}{of_known}: {listed(most)}, {cohort.into} {share_of}{each}."


def _joined(*sentences: str) -> str:
    return " ".join(said(sentences))


def rate_sentence(table: pd.DataFrame, row: pd.Series, others: Comparators, cohort: Cohort) -> str:
    """What a share of a cohort is for every 1,000 children, beside those compared: a larger share need not be more
    children."""
    if len(tied(table, row)) > 1 or math.isnan(row["rate"]) or math.isnan(row["comparator_rate"]):
        return ""
    here, there = row["rate"], row["comparator_rate"]
    word = compare.direction(here, there)
    had = cohort.with_need(in_sentence(str(row["name"])))
    alike, theirs = row["rate_alike"], row["comparator_rate_alike"]
    if math.isnan(alike) or math.isnan(theirs) or word != compare.direction(alike, theirs):
        return (
            f"Of every 1,000 {cohort.per}, {written(here, 1)} {had}; {_in(others)} {written(there, 1)}. Which is more"
            " can not be said, as independent schools report no needs."
        )
    of_share = compare.HIGHER if row["difference"] > 0 else compare.LOWER
    but = _BUT if word not in (compare.SAME, of_share) else "Of"
    told = {compare.HIGHER: "more", compare.LOWER: "fewer", compare.SAME: "about as many"}[word]
    beside = f"{told} {'as' if word == compare.SAME else 'than'} {_in(others)} ({written(there, 1)})"
    return f"{but} every 1,000 {cohort.per}, {written(here, 1)} {had}: {beside}."


def _in(others: Comparators) -> str:
    """Where those compared are: `among its ten statistical neighbours`, `in Barnsley`."""
    return f"in {others.label}" if others.alone else f"among {others.label}"


def _often(row: pd.Series) -> str:
    return "larger" if row["difference"] > 0 else "smaller"


def _numbered(rows: Sequence[pd.Series]) -> list[tuple[bool, pd.Series]]:
    """Whether each row is the first, and the row."""
    return [(place == 0, row) for place, row in enumerate(rows)]


def _for_councillors(table: pd.DataFrame, others: Comparators, cohort: Cohort, row: pd.Series, first: bool) -> str:
    """As short as a shared screen needs it: those compared are named with the first need only."""
    needs = listed(tied(table, row))
    if len(tied(table, row)) > 1:
        return (
            f"{needs} were {cohort.found_in} a {_often(row)} share of {cohort.of} than {others.the_average}"
            f" (by {written(abs(row['difference']), 1)} points each)"
        )
    beside = f"{percent(row['share'])} of {cohort.of}, against {percent(row['comparator_mean'])}"
    if first:
        return f"{needs} {_is(table, row)} {cohort.found_in} {beside} {others.on_average}"
    return f"{needs} {cohort.into} {beside}"


def _for_analysts(others: Comparators, cohort: Cohort, row: pd.Series) -> str:
    share = (
        f"{row['name']}: {percent(row['share'])} of {cohort.of} (95% interval {percent(row['low'])} to"
        f" {percent(row['high'])})"
    )
    points = f"{written(row['difference'], 1, signed=True)} points."
    if others.alone:
        return f"{share} against {percent(row['comparator_mean'])} in {others.label}; {points}"
    return (
        f"{share} against a mean of {percent(row['comparator_mean'])} and a range of {percent(row['comparator_min'])}"
        f" to {percent(row['comparator_max'])} among {others.label}; {points}"
    )


def _is(table: pd.DataFrame, row: pd.Series) -> str:
    return "were" if len(tied(table, row)) > 1 or is_or_are(str(row["name"])) == "are" else "was"
