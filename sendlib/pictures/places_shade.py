"""What the map of Places is shaded by: its column, its words, and what is said of the area's own figure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from sendlib.answer import Answer
from sendlib.answer.numbers import capital, written
from sendlib.questions.places.choices import SHADE
from sendlib.questions.places.columns import MEASURE, MEASURE_DOUBTFUL, MEASURE_FIFTH, MEASURE_WHY
from sendlib.questions.places.map_tables import CLASSES, OWN, WHOLE, of_authorities
from sendlib.tables.features import PUPILS_PERIOD
from sendlib.tables.symbols import NOT_AVAILABLE, WORDS

UNITS = {
    "per_1000": "Children and young people with an EHC plan per 1,000 aged 0 to 25",
    "free_school_meals": "Pupils known to be eligible for free school meals, %",
}
"""What the map can be shaded by -> what stands over its key; all are written as whole numbers."""
OF_WHEN = {"free_school_meals": PUPILS_PERIOD}
"""Of when the figures are of what the map's own caption does not date."""
SINGLE = ("free_school_meals",)
"""What is given for single authorities only."""
MORE_DECIMALS = 3
FIFTHS = (
    "the lowest fifth",
    "the second lowest fifth",
    "the middle fifth",
    "the second highest fifth",
    "the highest fifth",
)


@dataclass(frozen=True)
class Shade:
    """What the map is shaded by: its column in the table of the map, what stands over its key, and how its numbers are
    written.

    `said`, `unit` and `signed`: how a sentence writes a number of it. `even`: each fifth of the authorities has a shade
    of its own.
    """

    column: str
    words: str
    decimals: int
    said: str
    unit: str = ""
    even: bool = True
    signed: bool = False

    def written(self, number: float) -> str:
        """A number of it in a sentence."""
        return f"{written(number, self.decimals, signed=self.signed)}{self.unit}"


def of(answer: Answer) -> Shade:
    """What was chosen: a shade of the page's own, or a measure of another page."""
    chosen, table = answer.chosen(SHADE.name), answer.tables["map"]
    if chosen in UNITS:
        words = ", ".join(filter(None, (UNITS[chosen], OF_WHEN.get(chosen, ""))))
        return Shade(chosen, words, 0, UNITS[chosen])
    column, fifths = table.columns[MEASURE], of_authorities(table.data)[MEASURE_FIFTH]
    unit = "%" if column.unit == "%" else "" if column.unit in column.heading else f" {column.unit}"
    even = len(set(fifths[fifths.ge(0)])) == CLASSES
    return Shade(MEASURE, column.titled, column.decimals or 0, column.heading, unit, even, column.signed)


def figures(table: pd.DataFrame, shade: Shade) -> list[str]:
    """The number of each row in words."""
    return [WORDS[NOT_AVAILABLE] if pd.isna(number) else shade.written(number) for number in table[shade.column]]


def decimals(limits: Sequence[float], shade: Shade) -> int:
    """How the key writes the limits of the shades: so that two of them are two."""
    for more in range(MORE_DECIMALS):
        if len({round(limit, shade.decimals + more) for limit in limits}) == len(limits):
            return shade.decimals + more
    return shade.decimals + MORE_DECIMALS


def not_shaded(table: pd.DataFrame, shade: Shade) -> list[str]:
    """Which authorities are not shaded, and whose figure can not be right, by name."""
    lacking = "; ".join(table.loc[table[shade.column].isna(), "area"])
    doubted = "; ".join(table.loc[table[MEASURE_DOUBTFUL].ne(""), "area"])
    return [
        *([f"Not shaded, because there is no figure, or one of too few to compare: {lacking}."] if lacking else []),
        *([f"Doubtful figures, with the reason in the numbers: {doubted}."] if doubted else []),
    ]


def own_row(answer: Answer) -> pd.Series:
    """The row of the area: of it as a whole where it is several authorities."""
    table = answer.tables["map"].data
    return table[table["whose"].isin([WHOLE, OWN])].iloc[0]


def doubt(row: pd.Series, shade: Shade) -> str:
    """Why the number of a row can not be right, as a sentence without its capital and full stop; empty where nothing
    speaks against it."""
    if shade.column == MEASURE and row[MEASURE_DOUBTFUL]:
        return f"that is doubtful: {row[MEASURE_DOUBTFUL]}"
    return "the number of plans is doubtful" if shade.column == "per_1000" and row["doubtful"] else ""


def not_given(row: pd.Series, shade: Shade) -> str:
    """What is said in place of a number that is not in a row, with the reason where there is one."""
    if shade.column == MEASURE and row[MEASURE_WHY]:
        return f"{WORDS[NOT_AVAILABLE]} ({row[MEASURE_WHY]})"
    several = row["whose"] == WHOLE and shade.column in SINGLE
    return f"{WORDS[NOT_AVAILABLE]}{' for several authorities together' if several else ''}"


def own_plainly(answer: Answer, shade: Shade) -> str:
    """The same for families, without what it is a figure of: `29, in the lowest fifth of councils.`"""
    own = own_row(answer)
    if pd.isna(own[shade.column]):
        return f"{not_given(own, shade)}."
    fifth = int(own[f"{shade.column}_class"])
    among = f", in {FIFTHS[fifth]} of councils" if fifth >= 0 and shade.even else ""
    return f"{shade.written(own[shade.column])}{among}.{' This may be wrong.' if doubt(own, shade) else ''}"


def own_figure(answer: Answer, shade: Shade) -> str:
    """The area's own figure of what is shaded, and its fifth."""
    own = own_row(answer)
    if pd.isna(own[shade.column]):
        return f"{shade.said}: {not_given(own, shade)}."
    doubted = f" {capital(why)}." if (why := doubt(own, shade)) else ""
    fifth = int(own[f"{shade.column}_class"])
    among = f", in {FIFTHS[fifth]} of authorities" if fifth >= 0 and shade.even else ""
    return f"{shade.said}: {shade.written(own[shade.column])}{among}.{doubted}"
