"""What a reader can choose in Doing well, and what is offered of it for an area."""

from __future__ import annotations

from sendlib.answer import Asked, Choice, Offered
from sendlib.areas import ENGLAND as WHOLE_COUNTRY
from sendlib.areas import Area
from sendlib.compared.comparators import Comparators
from sendlib.errors import UnknownChoice
from sendlib.questions.doing_well import not_in_education as sums
from sendlib.questions.doing_well.care import CARE_BY_AREA, SEN_OF_SOCIAL, SOCIAL
from sendlib.questions.doing_well.closer import ATTENDANCE, what_is_measured
from sendlib.questions.doing_well.stages_over_time import OVER_TIME
from sendlib.questions.doing_well.sum_definitions import DEFAULT, DEFINITIONS, OLD_CODES
from sendlib.store import Store
from sendlib.tables.outcomes import MEASURES

DEFINITION = Choice(
    "definition",
    "What is counted",
    "which of three ways to count those with a plan who are not in a setting, not being educated or waiting",
    about="sum",
    figures_change=True,
)
JANUARY = Choice("january", "January", "the January of that sum, such as 2020", about="sum", figures_change=True)
STAGE_OVER_TIME = Choice(
    "stage_over_time", "Stage", "which stage is drawn over time", about="over_time", figures_change=True
)
WHOSE_OVER_TIME = Choice(
    "whose_over_time",
    "Whose",
    "whose figures are drawn over time: the area's, the mean's or England's",
    about="over_time",
)
ATTENDANCE_MEASURE = Choice(
    "attendance_measure", "Measure", "which measure of absence, suspensions or exclusions is drawn", about="attendance"
)
CARE_GROUP = Choice("care_group", "Children", "which children in need or looked after are drawn", about="care")
CARE_TIME_CHILDREN = Choice(
    "care_time_children",
    "Children",
    "which children are drawn over time, looked after or in need",
    about="care_over_time",
)
CARE_TIME_SEN = Choice("care_time_sen", "With", "which SEN status is drawn over time", about="care_over_time")
CHOICES = (
    DEFINITION,
    JANUARY,
    STAGE_OVER_TIME,
    WHOSE_OVER_TIME,
    ATTENDANCE_MEASURE,
    CARE_GROUP,
    CARE_TIME_CHILDREN,
    CARE_TIME_SEN,
)
OWN, MEAN, ENGLAND = "area", "mean", "england"
"""Whose figures: codes of WHOSE_OVER_TIME."""


def definition(asked: Asked) -> Offered:
    """The definition of the sum, also by a code of an earlier address; the bulletin's by default. Raises
    UnknownChoice."""
    text = asked.get(DEFINITION.name, "").strip()
    names = {code: one.name for code, one in DEFINITIONS.items()}
    code = OLD_CODES.get(text.casefold(), text)
    if code and code.casefold() not in (known.casefold() for pair in names.items() for known in pair):
        raise UnknownChoice(f"There is no definition '{text}'. There are: {', '.join(names)}.", DEFINITION.name)
    return DEFINITION.offer(names, DEFAULT, {DEFINITION.name: code})


def january(store: Store, asked: Asked) -> Offered:
    """The January of the sum (`2020`, `2020-01`, `January 2020`); the newest by default. Raises UnknownChoice."""
    years = {period[:4]: period[:4] for period in reversed(sums.januaries(store))}
    text = asked.get(JANUARY.name, "").strip()
    year = text.casefold().removeprefix("january").strip().removesuffix("-01")
    if year and year not in years:
        raise UnknownChoice(f"There is no January '{text}'. There are: {min(years)} to {max(years)}.", JANUARY.name)
    return JANUARY.offer(years, max(years), {JANUARY.name: year})


def of_pictures(area: Area, others: Comparators | None, asked: Asked) -> tuple[Offered, ...]:
    """What only picks what a picture shows. Raises UnknownChoice."""
    stages = {measure: MEASURES[measure].name for measure in OVER_TIME}
    measures = {measure: what_is_measured(measure) for measure in ATTENDANCE}
    return (
        STAGE_OVER_TIME.offer(stages, OVER_TIME[0], asked),
        WHOSE_OVER_TIME.offer(_whose(area, others), OWN, asked),
        ATTENDANCE_MEASURE.offer(measures, ATTENDANCE[0], asked),
        CARE_GROUP.offer(CARE_BY_AREA, next(iter(CARE_BY_AREA)), asked),
        CARE_TIME_CHILDREN.offer(SOCIAL, next(iter(SOCIAL)), asked),
        CARE_TIME_SEN.offer(SEN_OF_SOCIAL, next(iter(SEN_OF_SOCIAL)), asked),
    )


def _whose(area: Area, others: Comparators | None) -> dict[str, str]:
    """Code -> name, as the tables over time have it: the area, the mean and England, as far as there are such."""
    found = {OWN: area.name}
    if others and others.codes:
        found[MEAN] = others.mean_heading
    return found if area.code == WHOLE_COUNTRY else {**found, ENGLAND: "England"}
