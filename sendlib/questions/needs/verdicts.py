"""Is that unusual? What each test says of a mix, in a line, with the rule that it was made by (docs/method.md)."""

from __future__ import annotations

import math

import pandas as pd

from sendlib.answer import FULL, State, Text, Verdict
from sendlib.answer.numbers import listed
from sendlib.areas import Area
from sendlib.compared import parts
from sendlib.compared.cohorts import Cohort
from sendlib.compared.comparators import Comparators
from sendlib.compared.mixes import Mixes
from sendlib.questions.needs import judging, plainly, words

OF_THE_RANGE = (
    "A share lies outside the whole range where, to one decimal, it is above the highest or below the lowest of those"
    " compared that count."
)
STRICT = (
    "A share passes the strict test where it lies outside the range in which one more area like those compared would be"
    " expected (a prediction interval on logit shares), with false alarms held below one in twenty of all such calls."
    " Only what passes it is called unusual."
)
OF_THE_WHOLE = (
    "How far a whole mix is from the mean of those compared is its Jensen-Shannon divergence, placed among all areas of"
    " its kind, each against its own. A mix among the tenth furthest out is called far from others'."
)
"""The rules as a reader sees them; docs/method.md has the same sentences, and a test holds them together."""


def of(
    area: Area,
    others: Comparators,
    cohort: Cohort,
    state: State,
    mixes: Mixes,
    table: pd.DataFrame,
    further_than: float,
) -> tuple[Verdict, ...]:
    """Up to three verdicts, of every need and of the mix as a whole; none where the mix is not compared."""
    if state != FULL or parts.of_itself(area, others):
        return ()
    found = [
        (
            _range(table, others),
            Text(
                f"{OF_THE_RANGE} {judging.by_chance(others, len(table))}",
                families=f"{plainly.OF_THE_RANGE} {plainly.by_chance(others, len(table))}",
            ),
        ),
        (
            Text(judging.strict_sentence(table, mixes), show=_strict(table), families=plainly.strictly(table)),
            Text(STRICT, families=plainly.STRICT),
        ),
        (_whole(cohort, mixes, further_than), Text(OF_THE_WHOLE, families=plainly.OF_THE_WHOLE)),
    ]
    return tuple(Verdict(told, rule) for told, rule in found if told)


def _range(table: pd.DataFrame, others: Comparators) -> Text:
    """The first test in the words of each mode; nothing where there is no range."""
    told = judging.range_sentence(table, others)
    if not told:
        return Text("")
    return Text(told, show=_outside(table), families=plainly.of_the_range(table, others))


def _outside(table: pd.DataFrame) -> str:
    """The first test as short as a shared screen needs it."""
    names = [words.SHORT[str(need)] for need in table.loc[table["outside"].isin(["above", "below"]), "need"]]
    if not names:
        return "Every need is within the range."
    told = listed(names) if len(names) < 2 else f"{len(names)} of {len(table)} needs"
    return f"Outside the range: {told}."


def _strict(table: pd.DataFrame) -> str:
    if table["q_value"].isna().all():
        return "The strict test can not be made here."
    names = [words.SHORT[str(need)] for need in table.loc[table["unusual"].eq("yes"), "need"]]
    return f"Unusual beyond chance: {listed(names) if names else 'no need'}."


def _whole(cohort: Cohort, mixes: Mixes, further_than: float) -> Text:
    """How unusual the mix as a whole is."""
    if math.isnan(further_than):
        return Text("")
    briefly = judging.how_far_briefly(further_than, mixes.among)
    return Text(
        f"The mix of {cohort.of} as a whole: {judging.how_far(further_than, mixes.among)}.",
        show=f"Whole mix: {briefly}.",
        families=plainly.of_the_whole(mixes, further_than) or None,
    )
