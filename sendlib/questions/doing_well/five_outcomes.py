"""Five outcomes that families named, and what is measured of each: happy, healthy, ambitious, independent, heard.

They are the outcomes of the parent-carer forum of Bedford Borough (Data Bulletin 2 of the Council
for Disabled Children, 2020), which asks families about them every year. For one of the five
we know of no national measure, and the tile says so; for two there is one that is not held here, and the tile says
which and where. For two there is a figure that
comes near, and the tile says how near: a place after 16 is not ambition, and being in education or
training at 16 and 17 is not independence. A forum can set its own survey beside them:
`Result` holds one line of it, which a page keeps in the memory of the session and writes nowhere.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from sendlib.answer import Column, Mode
from sendlib.answer.numbers import of_every, percent, written
from sendlib.areas import ENGLAND, Area
from sendlib.compared.comparators import Comparators
from sendlib.questions.doing_well import outcome_cube as outcomes
from sendlib.questions.doing_well.columns import STATUS
from sendlib.store import Store
from sendlib.tables.symbols import HIDDEN, NOT_APPLICABLE, NOT_AVAILABLE, VALUE, WORDS

NOTHING = "No figure is held here."


@dataclass(frozen=True)
class Outcome:
    """An outcome's name; the measure and group of the table `outcomes` that comes near it, or why nothing does.

    `words` follow "37.5%"; `missing` stands where there is no such figure here; both name the `{year}`
    themselves, as a school year is not of the same thing in each. `only` says how far the figure goes.
    """

    name: str
    measure: str = ""
    group: str = ""
    beside: str = ""
    words: str = ""
    missing: str = ""
    only: str = ""
    why_nothing: str = ""


OUTCOMES = {
    "happy": Outcome("Happy", why_nothing="We know of no national measure of how happy children with SEND are."),
    "healthy": Outcome(
        "Healthy",
        why_nothing=(
            "The NHS counts who had an annual health check among people aged 14 and over with a learning disability."
            " It counts only those on their GP's register, by GP practice and area. That says that they were seen, not"
            " how well they are."
        ),
    ),
    "ambitious": Outcome(
        "Ambitious",
        "sustained_destination",
        "ehc_plan",
        "no_sen",
        # LAIT's year is the one in which key stage 4 ended; the two terms are in the school year after it.
        "of young people with a plan who finished their GCSEs (key stage 4) in {year} stayed in education or work for"
        " two terms",
        "How many young people with a plan who finished their GCSEs (key stage 4) in {year} stayed in education or work"
        " for two terms",
        "Apprenticeships count too, and the terms are those of the next school year. This is only where they went. It"
        " does not say what they hoped for.",
    ),
    "independent": Outcome(
        "Independent",
        "in_education_or_training",
        "send",
        "all",
        "of young people aged 16 and 17 with SEND were in education or training on 31 March (school year {year})",
        "How many young people aged 16 and 17 with SEND were in education or training on 31 March (school year {year})",
        "This is only taking part at 16 and 17, as councils track it, which misses some. It does not say how"
        " independent they are.",
    ),
    "heard": Outcome(
        "Heard",
        why_nothing=(
            "DfE asked parents and young people with an EHC plan once, in 2016, whether their views were taken into"
            " account. The report is Experiences of education, health and care plans, 2017, with figures by authority."
            " It has not been asked since, so nothing is known of today."
        ),
    ),
}

COLUMNS = {
    "outcome": Column("Outcome", "what families want for children"),
    "measured_by": Column("What is measured", "the national figure that comes nearest, or why there is none"),
    "measured_in": Column(
        "School year",
        "school year, or not measured; for what follows key stage 4 the one in which it ended",
        analysts_only=True,
    ),
    "reached": Column(
        "Here", "share of young people with SEND here: of those with a plan, or of all, as the row says", "%", 1
    ),
    "reached_without": Column(
        "Here, those without SEN or all young people",
        "the same share of the young people set beside them here: after key stage 4 of those without SEN,"
        " at 16 and 17 of all young people, those with SEND among them",
        "%",
        1,
    ),
    "comparator_reached": Column(
        "Mean of those compared",
        "plain mean of the share of young people with SEND among those compared;"
        " missing where fewer than half or fewer than three have one",
        "%",
        1,
    ),
    "england_reached": Column(
        "England", "share of young people with SEND in England; missing where the area is England", "%", 1
    ),
    "in_words": Column("In words", "the figure and how far it goes, or that nothing is measured", only_in_files=True),
    "status": STATUS,
}


def table(store: Store, area: Area, others: Comparators | None) -> pd.DataFrame:
    """One row an outcome; columns COLUMNS."""
    rows = []
    for outcome in OUTCOMES.values():
        if not outcome.measure:
            rows.append(
                (
                    outcome.name,
                    f"{NOTHING} {outcome.why_nothing}",
                    "not measured",
                    np.nan,
                    np.nan,
                    np.nan,
                    np.nan,
                    NOT_AVAILABLE,
                )
            )
            continue
        year = outcomes.newest(store, outcome.measure, outcome.group)
        held = outcomes.cube(store)
        columns = [held.columns[outcome.measure, group, year] for group in (outcome.group, outcome.beside)]
        (own, beside), (status, _) = outcomes.in_a_tile(store, area, columns)
        england = np.nan if area.code == ENGLAND else held.own(ENGLAND, columns)[0][0]
        mean = outcomes.mean(store, others, columns).values[0]
        words = f"{outcome.missing.format(year=year)}, per cent. {outcome.only}"
        rows.append((outcome.name, words, year, own, beside, mean, england, status))
    named = [name for name in COLUMNS if name != "in_words"]
    found = pd.DataFrame(rows, columns=named)
    in_words = [sentence(outcome, row) for outcome, (_, row) in zip(OUTCOMES.values(), found.iterrows(), strict=True)]
    return found.assign(in_words=in_words)[list(COLUMNS)]


def number(row: pd.Series, mode: Mode = "explore") -> str:
    """The large number of a tile, empty where there is none; `row` of the table."""
    return "" if pd.isna(row["reached"]) else _share(float(row["reached"]), mode)


def _share(value: float, mode: Mode) -> str:
    return of_every(value) if mode == "families" else percent(value)


def sentence(outcome: Outcome, row: pd.Series, mode: Mode = "explore") -> str:
    """What a tile says under its name and number; `row` of the table."""
    if not outcome.measure:
        return str(row["measured_by"])
    year = row["measured_in"]
    england = "" if pd.isna(row["england_reached"]) else _share(row["england_reached"], mode)
    if pd.isna(row["reached"]):
        why = "this council did not exist in that year" if row["status"] == NOT_APPLICABLE else WORDS[row["status"]]
        beside = f" In England it was {england}." if england else ""
        return f"{outcome.missing.format(year=year)}: {why}.{beside} {outcome.only}"
    here = " here" if england else ""
    without = (
        f"all young people{here}, those with SEND among them"
        if outcome.beside == "all"
        else f"those without SEND{here}"
    )
    of = "" if mode == "families" else "of "
    among = _share(row["reached_without"], mode)
    beside = "" if pd.isna(row["reached_without"]) else f" It was {among} {of}{without}."
    words = outcome.words.format(year=year)
    words = words.removeprefix("of ") if mode == "families" else words  # after "38 of every 100"
    return f"{words}.{beside}{f' England: {england}.' if england else ''} {outcome.only}"


@dataclass(frozen=True)
class Result:
    """One line of a forum's own survey: how many answered, and how many of them said yes."""

    answered: int
    yes: int

    @property
    def problem(self) -> str:
        """Why the line can not be right; empty where it can."""
        return "More said yes than answered." if self.yes > self.answered else ""

    @property
    def small(self) -> bool:
        """Whether 1 to 4 answered, said yes or said no, which could point to a child."""
        return any(1 <= number < FEWEST for number in (self.answered, self.yes, self.answered - self.yes))

    @property
    def text(self) -> str:
        """`34 of 52 said yes (65%)`, with small counts hidden."""
        if self.answered < FEWEST:
            return "fewer than 5 answered: hidden to protect children's privacy"
        if self.small:
            return f"{written(self.answered)} answered; how many said yes is hidden to protect children's privacy"
        return f"{written(self.yes)} of {written(self.answered)} said yes ({written(100 * self.yes / self.answered)}%)"


FEWEST = 5
MOST = 100_000


def export(results: Mapping[str, Result]) -> bytes:
    """A forum's own results as CSV, small counts hidden; by outcome, those that nobody answered left out."""
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(["outcome", "answered", "said_yes", "status", "source"])
    for code, outcome in OUTCOMES.items():
        result = results.get(code)
        if result is None or not result.answered or result.problem:
            continue
        answered = result.answered if result.answered >= FEWEST else ""
        yes = "" if result.small else result.yes
        rows.writerow([outcome.name, answered, yes, HIDDEN if result.small else VALUE, "our own survey"])
    return text.getvalue().encode("utf-8-sig")
