"""The tables of Doing well, each with its caption and what its columns mean."""

from __future__ import annotations

import pandas as pd

from sendlib.areas import ENGLAND, Area
from sendlib.questions.answer import Table, count_of
from sendlib.questions.comparators import Comparators
from sendlib.questions.doing_well import closer, five_outcomes, plainly, show_the_sum, stages, stages_over_time
from sendlib.questions.doing_well import not_in_education as sums
from sendlib.questions.doing_well import words as wording
from sendlib.questions.doing_well.not_in_education import Calculation
from sendlib.questions.doing_well.sum_definitions import DEFINITIONS
from sendlib.store import Store
from sendlib.tables import periods
from sendlib.tables.symbols import HIDDEN, NOT_APPLICABLE


def outcome_tables(store: Store, area: Area, others: Comparators | None, gaps: pd.DataFrame, attendance: pd.DataFrame) -> dict[str, Table]:
    """The tables of outcomes, care, destinations and home education; `stages` is the lead picture's."""
    name = area.name
    # "Plymouth, its ten statistical neighbours and England", "the North East and England", "England".
    whom = name if area.code == ENGLAND else f"{name}{f', {others.label}' if others else ''} and England"
    here = wording.place(area)
    in_families = here if area.code == ENGLAND else f"{here}{f', {plainly.average(others)}' if others else ''} and England"
    threshold = f"; wider or narrower: by at least 5% and {stages.LEAST_POINTS} points" if others else ""
    counted = closer.care_year(store)
    every_year = sorted(set(gaps["measured_in"]))
    newest = f"newest year of each ({every_year[0]} to {every_year[-1]})"
    return {
        "stages": Table(
            gaps,
            f"Gap between children with and without SEND at each stage, {whom}, {newest}{threshold}",
            stages.GAP_COLUMNS,
            ("outcomes", "neighbours"),
            f"How far children with SEND are from other children at each stage: {in_families}, {newest}",
        ),
        "over_time": Table(
            stages_over_time.over_time(store, area, others),
            f"Each stage by SEN status and school year, {whom}",
            stages_over_time.TIME_COLUMNS,
            ("outcomes", "neighbours"),
        ),
        "attendance": Table(
            attendance,
            f"Absence, suspensions and exclusions of all pupils by kind of school, {whom}, newest school year of each; not by SEN",
            closer.ATTENDANCE_COLUMNS,
            ("outcomes", "neighbours"),
        ),
        "five_outcomes": Table(
            five_outcomes.table(store, area, others),
            f"Five outcomes that families named, and what is measured nationally of each, {whom}",
            five_outcomes.COLUMNS,
            ("outcomes", "neighbours"),
        ),
        "care": Table(
            closer.care(store, area, others),
            f"Children in need and looked-after children by SEN status, {whom}, 31 March 20{counted[-2:]}, per cent of those found in the school census",
            closer.CARE_COLUMNS,
            ("care", "neighbours"),
        ),
        "care_over_time": Table(
            closer.care_over_time(store, area, others),
            f"Looked-after children and children in need with SEN, {whom}, per cent on 31 March of each school year",
            closer.CARE_TIME_COLUMNS,
            ("outcomes", "neighbours"),
        ),
        "destinations": Table(
            closer.destinations(store),
            f"After key stage 4 by SEN status and primary need, England only, those who finished in school year {closer.destinations_year(store)}, per cent, provisional",
            closer.DESTINATION_COLUMNS,
            ("destinations",),
        ),
        "home_education": Table(
            closer.home_education(store, area, others),
            f"Children with an EHC plan in elective home education each January, {whom}",
            closer.HOME_COLUMNS,
            ("placements", "neighbours"),
        ),
    }


def sum_tables(
    store: Store, area: Area, others: Comparators | None, january: str, definition: str, own: Calculation | None, england: Calculation,
    compared: pd.DataFrame, few: bool,
) -> dict[str, Table]:  # fmt: skip
    """The sum step by step, of England beside it, in every January, and of each of those compared. `few`: the area's own is hidden."""
    what, when = DEFINITIONS[definition].name, periods.spoken(january)
    read = (show_the_sum.source_of(january), "plans")

    def of(calculation: Calculation | None) -> str:
        return f": {sums.in_words(calculation)} of {count_of(int(calculation.plans), 'plan', 'plans')}" if calculation else ""

    # England is not set beside itself.
    beside = {
        "sum_england": Table(show_the_sum.steps(england), f"{what}, step by step, England, {when}{of(england)}", show_the_sum.STEP_COLUMNS, read),
    } if area.code != ENGLAND else {}  # fmt: skip
    return {
        "sum": Table(show_the_sum.steps(own, HIDDEN if few else NOT_APPLICABLE), f"{what}, step by step, {area.name}, {when}{of(own)}", show_the_sum.STEP_COLUMNS, read),
        **beside,
        "sum_by_january": Table(
            show_the_sum.by_january(store, area, definition), f"{what}: the sum in every January, {area.name}", show_the_sum.JANUARY_COLUMNS,
            ("elsewhere", "placements", "plans"),
        ),
        "sum_compared": Table(
            compared, f"{what}: {area.name}, {f'each of {others.label}, ' if others else ''}{'' if area.code == ENGLAND else 'England, '}{when}", show_the_sum.COMPARED_COLUMNS, (*read, "neighbours")
        ),
    }  # fmt: skip
