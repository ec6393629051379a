"""What the lead picture of Needs draws: shares of the children counted, or how many for every 1,000, and its words."""

from __future__ import annotations

from dataclasses import dataclass, fields

import pandas as pd

from sendlib.answer import COMPARED, Answer, Mode
from sendlib.answer.numbers import OUT_OF, capital, in_so_many, of_every, out_of, percent, rounds_to_nothing, written

RATE = "rate"


@dataclass(frozen=True)
class Measure:
    """The columns of the table `mix` that are drawn, and how their values are said.

    `own` is also the column of each of those compared. `of`: what follows a value (`of plans`, `plans per 1,000
    residents`); `per`: of whom a rate is (`Per 1,000 residents`).
    """

    own: str
    low: str
    high: str
    mean: str
    least: str
    most: str
    england: str
    of: str
    per: str = ""

    @property
    def is_rate(self) -> bool:
        """Whether it counts children for every 1,000, and not their share."""
        return self.own == RATE

    @property
    def several(self) -> str:
        """The values of several needs."""
        return "rates" if self.is_rate else "shares"

    @property
    def axis(self) -> str:
        """The values on an axis."""
        return capital(self.of) if self.is_rate else f"% {self.of}"

    @property
    def apart(self) -> str:
        """What a difference between two values is counted in, on an axis."""
        return self.per or "Points"

    def value(self, value: float) -> str:
        """A value in a sentence, without what it is of: `19.8%`, `6.2`."""
        if self.is_rate:
            return "less than 0.1" if rounds_to_nothing(value, 1) else written(value, 1)
        return percent(value)

    def told(self, value: float) -> str:
        """A value in a sentence: `19.8% of plans`, `6.2 plans per 1,000 residents`."""
        return f"{self.value(value)} {self.of}"

    def difference(self, value: float, than: str) -> str:
        """A difference in a sentence: `3.1 points more than the mean of those compared`."""
        size = written(abs(value), 1)
        if size == "0.0":
            return f"about the same as {than}"
        less = "fewer" if self.is_rate else "less"
        return f"{size}{'' if self.is_rate else ' points'} {'more' if value > 0 else less} than {than}"

    def printed(self, value: float, difference: float) -> str:
        """A value beside its row, with the difference from the mean where there is one: `27.5%, +7.7`."""
        if pd.isna(value):
            return "not available"
        short = f"{'<0.1' if rounds_to_nothing(value, 1) else written(value, 1)}{'' if self.is_rate else '%'}"
        return short if pd.isna(difference) else f"{short}, {written(difference, 1, signed=True)}"


@dataclass(frozen=True)
class Plain(Measure):
    """The same in the words of families: so many of every 100 of `whom`, and more or fewer without points."""

    whom: str = ""

    @property
    def many(self) -> int:
        """Of how many a figure is told, where that is not nought."""
        return OUT_OF[1] if self.is_rate else OUT_OF[0]

    @property
    def several(self) -> str:
        return "numbers"

    @property
    def axis(self) -> str:
        return f"Of every {written(self.many)} {self.whom}"

    def share(self, value: float) -> float:
        """A figure in per cent."""
        return value / 10 if self.is_rate else value

    def of_so_many(self, *values: float, apart: bool = False) -> int:
        """Of how many some figures are best told together (numbers.out_of)."""
        return max(out_of(*(self.share(value) for value in values), apart=apart), self.many)

    def value(self, value: float) -> str:
        return of_every(self.share(value), self.of_so_many(value))

    def told(self, value: float) -> str:
        return f"{self.value(value)} {self.whom}"

    def difference(self, value: float, than: str) -> str:
        if written(abs(value), 1) == "0.0":
            return f"about the same as {than}"
        return f"{'more' if value > 0 else 'fewer'} than {than}"

    def printed(self, value: float, difference: float) -> str:
        if pd.isna(value):
            return "not available"
        many = self.of_so_many(value)
        return f"{in_so_many(self.share(value), many)} of {written(many)}"


def whose(answer: Answer) -> str:
    """What a share is of: `plans`."""
    return answer.tables["mix"].columns["count"].unit


def measure(answer: Answer, mode: Mode = "explore") -> Measure:
    """The measure that was chosen, in the words of a mode."""
    chosen = _chosen(answer)
    if mode != "families":
        return chosen
    children = "children and young people" if whose(answer) == "plans" else "pupils"
    columns = {each.name: getattr(chosen, each.name) for each in fields(chosen)}
    return Plain(**columns, whom=children if chosen.is_rate else whose(answer))


def _chosen(answer: Answer) -> Measure:
    if answer.chosen("per") == RATE:
        per = answer.tables["mix"].columns[RATE].heading
        of = f"{whose(answer)} {per[:1].lower()}{per[1:]}"
        return Measure(
            RATE,
            "rate_low",
            "rate_high",
            "comparator_rate",
            "comparator_rate_min",
            "comparator_rate_max",
            "england_rate",
            of,
            per,
        )
    ends = ("comparator_min", "comparator_max")
    return Measure("share", "low", "high", "comparator_mean", *ends, "england", f"of {whose(answer)}")


def each(answer: Answer) -> pd.DataFrame:
    """The figures of each of those compared."""
    table = answer.tables["comparators"].data
    return table[table["whose"].eq(COMPARED)]


def is_one(answer: Answer) -> bool:
    """Whether one area alone is compared: its figures stand under its own name, and are not drawn a second time."""
    return int(each(answer)["area_code"].nunique()) == 1


def those(answer: Answer) -> str:
    """Those compared, as a key names them all together."""
    return answer.comparators if is_one(answer) else "those compared"


def mean(answer: Answer, mode: Mode = "explore") -> str:
    """The mean of those compared, as a key names it."""
    if is_one(answer):
        return capital(answer.comparators)
    return f"{'Average' if mode == 'families' else 'Mean'} of {answer.compared_in(mode)}"
