"""The sentences of Doing well: the headline in three lengths, from the gaps and the sum."""

from __future__ import annotations

import math

import pandas as pd

from sendlib.answer import Text
from sendlib.answer.numbers import capital, count_of, listed, percent, written
from sendlib.areas import Area
from sendlib.compared.comparators import Comparators
from sendlib.questions.doing_well import not_in_education as sums
from sendlib.questions.doing_well import plainly, show_the_sum, stages
from sendlib.questions.doing_well.beside import is_spread
from sendlib.questions.doing_well.calculation import Calculation
from sendlib.questions.doing_well.stages import WITH_SEND
from sendlib.questions.doing_well.sum_definitions import DEFINITIONS
from sendlib.tables import periods

_MOST_SAID = 2
"""Gaps outside the range that a sentence names."""
_SAID_FIRST = ("key_stage_2_standard", "phonics_standard", "level_2", "sustained_destination")
_REACHES = {
    "key_stage_2_standard": (
        "In the school year {year}, at age 11,",
        "reached",
        "the expected standard in reading, writing and mathematics",
    ),
    "phonics_standard": (
        "In the school year {year}, at age 6,",
        "reached",
        "the expected standard in phonics (letters and sounds)",
    ),
    "level_2": ("In the school year {year}, by age 19,", "were", "qualified to level 2 (as five GCSEs)"),
    # The year is the one in which key stage 4 ended; the two terms are in the next.
    "sustained_destination": (
        "Of those who finished key stage 4 (GCSEs) in {year},",
        "stayed",
        "in education, an apprenticeship or work for two terms of the next school year",
    ),
}
"""How a sentence on a stage begins, its verb, and what is reached."""
_PLAINLY = {
    "key_stage_2_standard": (
        "By age 11, children are expected to reach a standard in reading, writing and mathematics.",
        "In {year},",
    ),
    "phonics_standard": (
        "At age 6, children are expected to reach a standard in phonics: reading words by their letters and sounds.",
        "In {year},",
    ),
    "level_2": ("Level 2, counted by age 19, is as much as five GCSEs.", "In {year},"),
    "sustained_destination": (
        "We count who stayed in education, an apprenticeship or work for two terms of the year after their GCSEs.",
        "Of those who finished key stage 4 in {year},",
    ),
}
"""For families: what is reached, and how the sentence on who did so begins."""


def place(area: Area) -> str:
    """An area as it stands in a sentence: `the North East`, `Bristol`, `the area of NHS Devon`."""
    return f"the area of {area.in_text}" if area.kind in ("board", "location") else area.in_text


def headline(
    area: Area,
    gaps: pd.DataFrame,
    others: Comparators | None,
    own: Calculation | None,
    january: str,
    definition: str,
    unsent: dict[str, int],
    few: bool,
    doubted: str = "",
) -> Text:
    """What is reached at one stage, in which school year, with and without SEND, and the sum.

    `gaps`: columns stages.GAP_COLUMNS. `few`: of so few children nothing is said. `unsent`: authorities without
    placements. `doubted`: why the number of plans can not be right, of which then nothing is said.
    """
    name = place(area)
    if few:
        return _of_too_few(name, january, definition)
    missing = doubtful(january, definition) if doubted else _sum(area, own, january, definition, unsent)
    # What is said of every 100 children must not be of 25.
    first = next((measure for measure in _SAID_FIRST if len(_sure(gaps, measure))), None)
    if first is None:
        none = f"How children with SEND in {name} get on is not available."
        return Text(f"{none}{missing.explore}", f"{none}{missing.show}", f"{none}{missing.families}")
    when, many, what = _REACHES[first]
    rows = _sure(gaps, first)
    shares = dict(zip(rows["pupils_with"], rows["reached"], strict=True))
    without, begins = float(rows["reached_without"].iloc[0]), when.format(year=rows["measured_in"].iloc[0])
    said = " and ".join(f"{_rate(value)} with {with_(group)}" for group, value in shares.items())
    (one, share), *rest = shares.items()
    more = f" With {with_(rest[0][0])} it was {_of_100(rest[0][1])}." if rest else ""
    # Families have the sum in its large number alone: a phone has no room for it twice.
    expected, of_year = _PLAINLY[first]
    return Text(
        f"{begins} {said} {many} {what} in {name}, against {_rate(without)} without identified"
        f" SEN.{_beyond(area, gaps, others, first)}{missing.explore}",
        f"{begins} {said} {many} {what} in {name}; without SEND it was {_rate(without)}.{missing.show}",
        f"{expected} {of_year.format(year=rows['measured_in'].iloc[0])} {_of_100(share)} of every 100 with"
        f" {with_(one)} did so in {name}.{more} Without SEND it was {_of_100(without)}.",
    )


def doubtful(january: str, definition: str) -> Text:
    """That nothing is said of the sum, since the number of plans can not be right."""
    counted, when = DEFINITIONS[definition], periods.spoken(january)
    return Text(
        f" How many with a plan {counted.verb.many} in {when} is not said: the number of plans is doubtful.",
        families=f" How many with a plan {counted.plain.many} in {when} is not said: the number of plans is doubtful.",
    )


def _sum(area: Area, own: Calculation | None, january: str, definition: str, unsent: dict[str, int]) -> Text:
    """The sentence on the sum in each mode, or that the area did not exist yet."""
    if own is None and area.valid_from > january:
        none = f" In {periods.spoken(january)} {place(area)} did not exist yet: it began in {area.valid_from[:4]}."
        return Text(none, none, none)
    return Text(
        sum_sentence(own, january, definition, unsent),
        sum_sentence(own, january, definition, unsent, short=True),
        plain_sum(own, january, definition),
    )


def _beyond(area: Area, gaps: pd.DataFrame, others: Comparators | None, first: str) -> str:
    """Which gaps lie outside the whole range of those compared, each with that range; or that none does. Of England,
    between which ends the gap of the stage `first` lies among its parts."""
    if not others or others.alone:
        return ""
    if is_spread(area, others):
        return _among_its_parts(gaps, others, first)
    if stages.widths(gaps).compared < stages.FEWEST:
        return ""
    found = stages.outside(gaps)
    if found.empty:
        return f" No gap is outside the range of {others.label}."
    told = [
        f"{stages.short(row['stage'])} with {with_(row['pupils_with'])}"
        f" ({'wider' if row['outside'] == stages.ABOVE else 'narrower'}: {written(row['gap'], 1)} points, theirs"
        f" {written(row['comparator_low'], 1)} to {written(row['comparator_high'], 1)})"
        for _, row in found.head(_MOST_SAID).iterrows()
    ]
    more = len(found) - _MOST_SAID
    several = listed(told) if more < 1 else f"{', '.join(told)} and {more} more"
    return f" Outside the range of {others.label}: {several}."


def _among_its_parts(gaps: pd.DataFrame, others: Comparators, first: str) -> str:
    rows = _sure(gaps, first)
    row = rows.iloc[0] if len(rows) else None
    if row is None or pd.isna(row["comparator_low"]):
        return ""
    return (
        f" The gap with {with_(row['pupils_with'])} is {written(row['gap'], 1)} points; among {others.label} it runs"
        f" from {written(row['comparator_low'], 1)} to {written(row['comparator_high'], 1)}."
    )


def largest(gaps: pd.DataFrame, others: Comparators) -> Text | None:
    """Where the gap is farthest from those compared; none where nothing is compared."""
    row = stages.largest(gaps)
    if row is None:
        return None
    begins = f"Largest difference: {row['stage']}, with {with_(row['pupils_with'])}:"
    own, theirs = (_fewer(float(row[column])) for column in ("gap", "comparator_gap"))
    same = "" if own != theirs else " as well"
    return Text(
        f"{begins} a gap of {written(row['gap'], 1)} points here, {written(row['comparator_gap'], 1)} {others.among}.",
        families=f"{begins[:-1]}. Here it is {own} of every 100 than of the other children."
        f" {capital(f'in {plainly.average(others)}')} it is {theirs}{same}.",
        show=None,
    )


def _fewer(gap: float) -> str:
    """`about 34 fewer`, or `about 2 more` for a gap below nought."""
    return f"about {written(abs(gap))} {'more' if gap < 0 else 'fewer'}"


def _of_too_few(name: str, january: str, definition: str) -> Text:
    """Nothing of an area with so few children is said, neither of its stages nor of its sum: a share of 17 plans tells
    of a child or two as well."""
    counted, when = DEFINITIONS[definition], periods.spoken(january)
    none, few = (
        f"How children with SEND in {name} get on is not said",
        "they are so few that a figure may be that of a child or two.",
    )
    return Text(
        f"{none}: {few} For the same reason it is not said how many with a plan {counted.verb.many} in {when}.",
        families=f"{none}. {capital(few)} Nor is it said how many with a plan {counted.plain.many} in {when}.",
    )


def _sure(gaps: pd.DataFrame, measure: str) -> pd.DataFrame:
    """The rows of a stage whose gap is known and is of enough children."""
    return gaps[gaps["stage"].eq(stages.STAGES[measure]) & gaps["gap"].notna() & ~gaps["few_in_year"]]


def with_(group: str) -> str:
    """`an EHC plan`, `SEN support`."""
    return "an EHC plan" if group == WITH_SEND["ehc_plan"] else group


def _rate(value: float) -> str:
    return percent(value, 0 if float(value).is_integer() else 1)


def _of_100(value: float) -> str:
    if 0 < value < 0.5:
        return "fewer than 1"
    return written(value) if float(value).is_integer() else f"about {written(value)}"


def sum_sentence(
    own: Calculation | None,
    january: str,
    definition: str,
    unsent: dict[str, int],
    *,
    short: bool = False,
    whose: str = "",
) -> str:
    """` In January 2020, 21,372 (5.48%) of those with a plan were not in an education setting.`, or that it is not
    known. `whose` follows "a plan": ` from Devon, Plymouth and Torbay`."""
    names = listed(list(unsent))
    when, verb = periods.spoken(january), DEFINITIONS[definition].verb
    if own is None or show_the_sum.says_nothing(own):
        why = f": the placements of {names} are not available" if unsent and whose else ""
        return f" How many with a plan{whose} {verb.many} in {when} is not known{why}."
    if own.total == 0:
        plans = f"the {written(own.plans)}" if math.isfinite(own.plans) else "those"
        return f" In {when}, none of {plans} with a plan{whose} {verb.none}."
    number = show_the_sum.counted(own) if short else sums.in_words(own)
    clause = f" (the placements of {names} are missing)" if unsent else ""
    return f" In {when}, {number} of those with a plan{whose} {verb.one if own.total == 1 else verb.many}{clause}."


def plain_sum(own: Calculation | None, january: str, definition: str, *, whose: str = "") -> str:
    """The same for families."""
    when, counted = periods.spoken(january), DEFINITIONS[definition]
    if own is None or own.low is None or show_the_sum.says_nothing(own):
        return f" How many with a plan {counted.plain.many} in {when} is not known. The national figures do not say it."
    known = math.isfinite(own.plans)
    people = count_of(int(own.plans), "child or young person", "children and young people") if known else ""
    there = f" {people} had a plan{whose} in {when}. Of these," if known else f" In {when},"
    those = "" if known else f" of those with a plan{whose}"
    if own.total == 0:
        return f"{there} none{those} {counted.plain.none}."
    verb = counted.plain.one if own.total == 1 else counted.plain.many
    return f"{there} {show_the_sum.counted(own)}{those} {verb}."
