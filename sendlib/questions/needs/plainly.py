"""Needs in the words of families: shares as `39 of every 100 plans`, short sentences, and no test by its name.

The bar over the page names the area, so that a sentence says `here`.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import pandas as pd

from sendlib.answer.numbers import OUT_OF, capital, in_so_many, listed, out_of, written
from sendlib.areas import Area
from sendlib.compared import plainly
from sendlib.compared.cohorts import Cohort
from sendlib.compared.comparators import Comparators
from sendlib.compared.mixes import Mixes
from sendlib.methods import compare
from sendlib.questions.needs import judging
from sendlib.questions.needs.words import SHORT, in_sentence, is_or_are, most_often, tied

_MOST_NAMED = 2
"""Needs with long names that one sentence has room for."""


def headline(table: pd.DataFrame, others: Comparators, cohort: Cohort, shown: Sequence[pd.Series], when: str) -> str:
    """The need furthest from those compared, for every 1,000 children too, and the need that is named most often; a
    second one, which stands large beside it, where its share and its number of children do not point the same way.
    `shown`: their rows; `when` they were counted."""
    first, *rest = shown
    told = [_first(table, others, cohort, first, when), rate(table, first, others, cohort)]
    for row in rest:
        if (but := rate(table, row, others, cohort)).startswith("But"):
            told += [_further(table, others, cohort, row), but]
    return " ".join(one for one in (*told, largest(cohort, table, told_of=first)) if one)


def _first(table: pd.DataFrame, others: Comparators, cohort: Cohort, row: pd.Series, when: str) -> str:
    needs = tied(table, row)
    if len(needs) > 1:
        return f"In {when}, {_tied(others, row, needs)}"
    many = _of_so_many(row)
    here, there = (_about(row[name], many) for name in ("share", "comparator_mean"))
    return (
        f"In {when}, {needs[0]} {_was(row)} {cohort.found_in} {here} of every {written(many)} {cohort.of} here."
        f" {capital(plainly.on_average(others))} it was {there}."
    )


def _further(table: pd.DataFrame, others: Comparators, cohort: Cohort, row: pd.Series) -> str:
    needs = tied(table, row)
    if len(needs) > 1:
        return capital(_tied(others, row, needs))
    many = _of_so_many(row)
    here, there = (_about(row[name], many) for name in ("share", "comparator_mean"))
    where = f"in {others.label}" if others.alone else "on average"
    return (
        f"{capital(needs[0])} {_was(row)} {cohort.found_in} {here} of every {written(many)}, against {there} {where}."
    )


def _tied(others: Comparators, row: pd.Series, needs: Sequence[str]) -> str:
    """Needs that are equally far from those compared: the first, and how many more."""
    side = "above" if row["difference"] > 0 else "below"
    whose = others.label if others.alone else f"the average of {plainly.wholly(others)}"
    return f"furthest {side} {whose}: {needs[0]} (and {len(needs) - 1} more)."


def _of_so_many(row: pd.Series) -> int:
    return out_of(row["share"], row["comparator_mean"], apart=True)


def _about(share: float, many: int) -> str:
    told = in_so_many(share, many)
    return told if told.startswith(("fewer", "more")) else f"about {told}"


def _was(row: pd.Series) -> str:
    return "were" if is_or_are(str(row["name"])) == "are" else "was"


def rate(table: pd.DataFrame, row: pd.Series, others: Comparators, cohort: Cohort) -> str:
    """What a share is for every 1,000 children, beside those compared: it begins with But where that points the other
    way than the share."""
    if len(tied(table, row)) > 1 or math.isnan(row["rate"]) or math.isnan(row["comparator_rate"]):
        return ""
    word = compare.direction(row["rate"], row["comparator_rate"])
    shares = row["rate"] / 10, row["comparator_rate"] / 10
    many = max(out_of(*shares, apart=word != compare.SAME), OUT_OF[1])
    here, there = (_about(share, many) for share in shares)
    of_share = compare.HIGHER if row["difference"] > 0 else compare.LOWER
    sure = _is_sure(row, word)
    begins = "But of" if sure and word not in (compare.SAME, of_share) else "Of"
    whom = "children and young people aged 0 to 25" if cohort.is_plans else "pupils"
    need = f"{in_sentence(str(row['name']))}{'' if cohort.is_plans else ' as the main need'}"
    told = f"{begins} every {written(many)} {whom}, {here} {cohort.having} {need}."
    among = plainly.on_average(others)
    if not sure:
        why = "Which is more can not be said, as independent schools report no needs."
        return f"{told} {capital(among)} it was {there}. {why}"
    than = {compare.HIGHER: "more than", compare.LOWER: "fewer than", compare.SAME: "about as many as"}[word]
    return f"{told} That is {than} {among if others.alone else 'there on average'} ({there})."


def _is_sure(row: pd.Series, word: str) -> bool:
    """Whether the two rates stand to each other in the same way whether or not independent schools count."""
    alike, theirs = row["rate_alike"], row["comparator_rate_alike"]
    return not (math.isnan(alike) or math.isnan(theirs)) and word == compare.direction(alike, theirs)


def largest(cohort: Cohort, table: pd.DataFrame, told_of: pd.Series | None = None) -> str:
    """The need that is named most often; of those with a figure, where one that has none may be named as often.

    `told_of`: the row of a need whose share has been told, so that it is not told again."""
    share = table["share"].round(1)
    if share.isna().all():
        return ""
    of_known = " of the needs with a figure" if share.isna().any() else ""
    most = [in_sentence(str(need)) for need in table.loc[share.eq(share.max()), "name"]]
    if told_of is not None and most == [in_sentence(str(told_of["name"]))]:
        return f"{most_often(cohort)}{of_known}: {most[0]}."
    each = " each" if len(most) > 1 else ""
    part = f"{_about(float(share.max()), 100)} of every 100 {cohort.of}"
    return f"{most_often(cohort)}{of_known}: {listed(most)}, {cohort.into} {part}{each}."


def most_named(area: Area, cohort: Cohort, rows: Sequence[pd.Series], when: str) -> str:
    """The needs that are named most often in England."""
    names = [in_sentence(str(row["name"])) for row in rows]
    first, *rest = [_about(float(row["share"]), 100) for row in rows]
    then = [f"{name} ({share})" for name, share in zip(names[1:], rest, strict=True)]
    told = (
        f"{most_often(cohort)} {cohort.where} {area.in_text} in {when}: {names[0]}, {cohort.into} {first} of every 100"
    )
    return f"{told} {cohort.of}.{f' Then came {listed(then)}.' if then else ''}"


def nearly_the_same(others: Comparators, table: pd.DataFrame, cohort: Cohort) -> str:
    """That no need differs; of those with a figure, where one has none."""
    which = "The needs with a figure are" if table["share"].isna().any() else "Each need is"
    same = f"{which} {cohort.found} here about as often as {plainly.on_average(others)}."
    return f"{same} {largest(cohort, table)}"


def caption(area: Area, cohort: Cohort, when: str) -> str:
    """Of whom the picture is."""
    whose = "EHC plans" if cohort.is_plans else capital(cohort.of)
    where = area.short_name if cohort.is_plans else f"schools in {area.in_text}"
    return f"{whose} by main need, {where}, {when}"


# Is that unusual?

OF_THE_RANGE = "The highest and the lowest of those compared are looked at, to one decimal."
STRICT = (
    "This test allows for chance, and for looking at so many needs. It asks whether one more area like those compared"
    " could well have such a share. At most one in twenty of its calls should be false. Only what passes it is called"
    " unusual."
)
OF_THE_WHOLE = (
    "All needs are taken together: how far are they from the average of those compared? This is set beside the same of"
    " all areas of its kind. The tenth that are furthest out are called far from others."
)
_KINDS = {
    "authorities": "councils",
    "integrated care boards": "NHS areas",
    "sub-ICB locations": "NHS areas",
}


def of_the_range(table: pd.DataFrame, others: Comparators) -> str:
    """Which shares lie above or below those of all that are compared."""
    sides = {
        side: [SHORT[str(need)] for need in table.loc[table["outside"].eq(side), "need"]] for side in ("above", "below")
    }
    those = plainly.wholly(others)
    above, below = (_few(names) for names in sides.values())
    if sides["above"]:
        return f"Above all of {those}: {above}{f'; below all: {below}' if sides['below'] else ''}."
    if sides["below"]:
        return f"Below all of {those}: {below}."
    every = "Every need with a figure" if table["outside"].eq("not tested").any() else "Every need"
    return f"{every} lies between the lowest and the highest of {those}."


def _few(names: Sequence[str]) -> str:
    """Names of needs, the first two of more."""
    more = len(names) - _MOST_NAMED
    return listed(names) if more <= 0 else f"{', '.join(names[:_MOST_NAMED])} and {more} more"


def by_chance(others: Comparators, needs: int) -> str:
    """How many needs would lie outside by chance alone."""
    number = judging.expected_outside(others, needs)
    told = f"about {written(number)}" if number >= 1 else "fewer than one"
    return f"By chance alone, {told} of {needs} needs would be above or below all."


def strictly(table: pd.DataFrame) -> str:
    """What passes the strict test."""
    if table["q_value"].isna().all():
        return "Whether a need is unusual beyond chance can not be tested here."
    names = [SHORT[str(need)] for need in table.loc[table["unusual"].eq("yes"), "need"]]
    return f"Unusual beyond chance: {listed(names) if names else 'none'}."


def of_the_whole(mixes: Mixes, further_than: float) -> str:
    """Where the mix as a whole stands among all areas of its kind, where it is far from others."""
    if further_than < judging.FAR_FROM_OTHERS:
        return ""
    return f"The mix as a whole: {judging.how_far_briefly(further_than, _KINDS.get(mixes.among, mixes.among))}."
