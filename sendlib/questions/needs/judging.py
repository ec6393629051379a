"""How a mix stands to those compared, in words: outside the range of a need or not, unusual or not, and how far as a
whole. The rules are in docs/method.md."""

from __future__ import annotations

import math

import pandas as pd

from sendlib.answer.numbers import capital, listed, written
from sendlib.areas import Area
from sendlib.compared.comparators import Comparators
from sendlib.compared.mixes import Mixes, middle_of_all
from sendlib.questions.needs.words import in_sentence

FAR_FROM_OTHERS = 0.9
"""The part of the other authorities that a mix must be further out than, to be called far from those compared."""


_MOST_NAMED = 3


_ONE_OF = {
    "integrated care boards": "integrated care board",
    "sub-ICB locations": "sub-ICB location",
    "councils": "council",
    "NHS areas": "NHS area",
}


def how_far(further_than: float, among: str = "authorities") -> str:
    """A place among all authorities (or all of another kind, `among`) in words; empty where there is none.
    `further_than` is a part of the others (0..1) that are nearer to those they are compared with."""
    if math.isnan(further_than):
        return ""
    side, to, than = _placed(further_than, among)
    own = "its own" if than.startswith("almost") else "theirs"
    return f"{side} {to} the mean of those compared than {than} {to} {own}"


def how_far_briefly(further_than: float, among: str = "authorities") -> str:
    """The same as short as a shared screen needs it: `further out than 80 in 100 authorities`."""
    if math.isnan(further_than):
        return ""
    side, _, than = _placed(further_than, among)
    return f"{'further out' if side == 'further' else 'less far out'} than {than}"


def _placed(further_than: float, among: str) -> tuple[str, str, str]:
    """On which side of the others a mix is (`further`, `from`) and of how many of them."""
    if further_than >= 0.99:
        return "further", "from", f"almost every other {_ONE_OF.get(among, 'authority')}"
    if further_than >= 0.95:
        return "further", "from", f"95 in 100 {among}"
    if further_than >= 0.5:
        return "further", "from", f"{10 * math.floor(10 * further_than)} in 100 {among}"
    nearer = 10 * math.floor(10 * (1 - further_than)) if further_than > 0.05 else 95
    return "nearer", "to", f"{nearer} in 100 {among}"


def of_the_whole(
    area: Area, others: Comparators, mixes: Mixes, divergence: float, further_than: float, drivers: list[str]
) -> str:
    """How far the whole mix is from those compared, and which needs make it so."""
    place, whose = (
        how_far(further_than, mixes.among),
        f"that of {others.label}" if others.alone else "the mean of those compared",
    )
    text = (
        f"As a whole, the mix of {area.in_text} has a Jensen-Shannon divergence of {written(divergence, 3)} from"
        f" {whose}{middle_of_all(mixes)}.{f' It is {place}.' if place else ''}"
    )
    if not drivers:
        return text
    half = len(drivers) < 3
    begins = "Half of it or more comes from" if half else "The largest parts of it come from"
    most = f"{begins} {listed(drivers)}."
    return f"{text} {most}"


def range_sentence(table: pd.DataFrame, others: Comparators) -> str:
    """The first test: which shares lie outside the whole range of those compared."""
    if others.alone or table["comparator_min"].isna().all():
        return ""
    where = "the whole range of those compared"
    if table["outside"].eq("not tested").all():
        return ""
    outside = table[table["outside"].isin(["above", "below"])]
    if outside.empty:
        every = "Every need with a figure" if table["outside"].eq("not tested").any() else "Every need"
        return f"{every} lies within {where}."
    ordered = outside.loc[outside["difference"].abs().sort_values(ascending=False, kind="stable").index]
    names = [
        f"{in_sentence(str(name))} ({side})" for name, side in zip(ordered["name"], ordered["outside"], strict=True)
    ]
    more = len(names) - _MOST_NAMED
    told = listed(names) if more <= 1 else f"{', '.join(names[:_MOST_NAMED])} and {more} more"
    return f"Outside {where}: {told}."


def expected_outside(others: Comparators, needs: int) -> float:
    """How many needs would lie outside the range of those compared by chance alone."""
    return 2 * needs / (len(others.codes) + 1)


def by_chance(others: Comparators, needs: int) -> str:
    """How many needs would lie outside the range of those compared by chance alone: of k compared and one more alike,
    the one is the highest or the lowest in 2 of k + 1 cases."""
    compared, number = len(others.codes), expected_outside(others, needs)
    told = f"about {written(number)}" if number >= 1 else "fewer than one"
    lie = "lies" if told in ("about 1", "fewer than one") else "lie"
    return f"With {compared} compared and {needs} needs, {told} {lie} outside by chance alone."


def strict_sentence(table: pd.DataFrame, mixes: Mixes) -> str:
    """The second test: which needs are unusual even when one allows for looking at so many."""
    if table["q_value"].isna().all():
        return "The strict test, which allows for looking at so many needs, can not be made here."
    so_many = f"so many needs{f' and {mixes.among}' if mixes.of_many else ''}"
    some = " with a figure" if table["q_value"].isna().any() else ""
    names = [in_sentence(name) for name in table.loc[table["unusual"].eq("yes"), "name"]]
    if not names:
        return f"No need{some} passes the strict test, which allows for looking at {so_many}."
    passes = "passes" if len(names) == 1 else "pass"
    told = f"{capital(listed(names))} {passes} the strict test as well, which allows for looking at {so_many}"
    return f"{told}: that is unusual."
