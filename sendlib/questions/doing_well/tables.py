"""The tables of Doing well, each with its caption, its heading and what its columns mean."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import pandas as pd

from sendlib.answer import Column, Table, Text
from sendlib.answer.numbers import count_of
from sendlib.areas import ENGLAND, Area
from sendlib.compared.comparators import Comparators
from sendlib.questions.doing_well import (
    care,
    closer,
    each_compared,
    five_outcomes,
    show_the_sum,
    stages,
    stages_over_time,
)
from sendlib.questions.doing_well import not_in_education as sums
from sendlib.questions.doing_well.beside import is_spread
from sendlib.questions.doing_well.calculation import Calculation
from sendlib.questions.doing_well.columns import under_its_name
from sendlib.questions.doing_well.outcome_cube import put_together
from sendlib.questions.doing_well.sum_definitions import DEFINITIONS
from sendlib.store import Store
from sendlib.tables import periods
from sendlib.tables.symbols import NOT_APPLICABLE

_OUTCOMES = ("outcomes", "neighbours")
OF_LAIT = ("stages", "over_time", "attendance", "care_over_time", "comparators")
"""Tables of shares that are published without their numbers, which an area put together of several has none of."""
_OF_FEW_STAGES = ("reached", "reached_without", "gap")
"""What Show and Families do not have of an authority with a handful of children, as they have no picture of it."""
_OF_A_FEW_PLANS = ("sum_low", "sum_high", "share_low", "share_high")
_DESTINATIONS = (
    "England only. These figures must not be set against those of the stages above, which were worked out again later"
    " without authorities' own tracking. Young people with a primary need are counted among those with SEN as well."
)


def outcome_tables(
    store: Store, area: Area, others: Comparators | None, gaps: pd.DataFrame, attendance: pd.DataFrame, few: bool
) -> dict[str, Table]:
    """The tables of outcomes, care, destinations and home education; `stages` is the lead picture's."""
    # "Plymouth, its ten statistical neighbours and England", "Isles of Scilly and England", "England and its ...".
    beside = f", {others.label}" if others else ""
    whom = f"{area.name}{beside} and England"
    each = f"{area.name}, {f'{others.label}, each by itself, ' if others else ''}and England"
    if area.code == ENGLAND:
        whom = f"England and {others.label}" if others else area.name
        each = f"England and {others.label}, each by itself" if others else area.name
    found = {
        "stages": replace(_stages(area, others, gaps, whom), of_few=_OF_FEW_STAGES if few else (), closed=few),
        "over_time": Table(
            stages_over_time.over_time(store, area, others),
            Text(f"Each stage by SEN status and school year, {whom}"),
            stages_over_time.TIME_COLUMNS,
            _OUTCOMES,
            "Level 2 and 3 by 19, and every other stage, over time",
        ),
        "attendance": Table(
            attendance,
            Text(
                f"Absence, suspensions and exclusions of all pupils by kind of school, {whom}, newest school year of"
                " each; not by SEN"
            ),
            _named(closer.ATTENDANCE_COLUMNS, others),
            _OUTCOMES,
            "Absence, suspensions and exclusions by kind of school",
        ),
        "five_outcomes": Table(
            five_outcomes.table(store, area, others),
            Text(f"Five outcomes that families named, and what is measured nationally of each, {whom}"),
            _named(five_outcomes.COLUMNS, others),
            _OUTCOMES,
            "Happy, healthy, ambitious, independent, heard",
        ),
        **_care_tables(store, area, others, whom),
        "destinations": Table(
            closer.destinations(store),
            Text(
                "After key stage 4 by SEN status and primary need, England only, those who finished in school year"
                f" {closer.destinations_year(store)}, per cent, provisional"
            ),
            closer.DESTINATION_COLUMNS,
            ("destinations",),
            "What young people did after key stage 4, by need (England)",
            how_to_read=Text(_DESTINATIONS),
        ),
        "home_education": Table(
            closer.home_education(store, area, others),
            Text(f"Children with an EHC plan in elective home education each January, {whom}"),
            closer.HOME_COLUMNS,
            ("placements", "neighbours"),
            "Home education",
        ),
        "comparators": Table(
            each_compared.each(store, area, others),
            Text(f"What children with SEND reach at each stage, and the gaps, newest year of each: {each}"),
            each_compared.COLUMNS,
            _OUTCOMES,
            "Each of those compared",
        ),
    }
    return {name: table for name, table in found.items() if not put_together(area) or name not in OF_LAIT}


def _stages(area: Area, others: Comparators | None, gaps: pd.DataFrame, whom: str) -> Table:
    """The lead table."""
    threshold = f"; wider or narrower: by at least 5% and {stages.LEAST_POINTS} points" if others else ""
    if others and is_spread(area, others):
        threshold = ""
    every_year = sorted(set(gaps["measured_in"]))
    newest = f"newest year of each ({every_year[0]} to {every_year[-1]})"
    caption = Text(
        f"Gap between children with and without SEND at each stage, {whom}, {newest}{threshold}",
        show=f"Gap between children with and without SEND at each stage, {newest}",
        families=f"How far children with SEND are behind other children, {every_year[0]} to {every_year[-1]}",
    )
    return Table(gaps, caption, stages.gap_columns(others), _OUTCOMES, "The gaps at each stage")


def _care_tables(store: Store, area: Area, others: Comparators | None, whom: str) -> dict[str, Table]:
    counted = care.care_year(store)
    return {
        "care": Table(
            care.care(store, area, others),
            Text(
                f"Children in need and looked-after children by SEN status, {whom}, 31 March 20{counted[-2:]}, numbers"
                " and per cent of those found in the school census"
            ),
            _named(care.CARE_COLUMNS, others),
            ("care", "neighbours"),
            "Looked-after children and children in need with SEN",
            of_few=("children", "reached"),
        ),
        "care_over_time": Table(
            care.care_over_time(store, area, others),
            Text(
                f"Looked-after children and children in need with SEN, {whom}, per cent on 31 March of each school year"
            ),
            care.CARE_TIME_COLUMNS,
            _OUTCOMES,
            "Looked after and in need, over time",
        ),
    }


def _named(columns: dict[str, Column], others: Comparators | None) -> dict[str, Column]:
    """Columns with the name of those compared."""
    return {**columns, "comparator_reached": under_its_name(columns["comparator_reached"], others)}


@dataclass(frozen=True)
class Sums:
    """The sum of an area by one definition in one January, with England's and that of each of those compared.

    `few`: of a handful of children, of which no sentence is made. `own` is None where the area has no plans then.
    """

    january: str
    definition: str
    own: Calculation | None
    england: Calculation
    compared: pd.DataFrame
    few: bool
    doubted: str = ""
    """Why the number of plans that the sum is a share of can not be right; empty where nothing speaks against it."""


def sum_tables(store: Store, area: Area, others: Comparators | None, found: Sums) -> dict[str, Table]:
    """The sum step by step, of England beside it, in every January, and of each of those compared."""
    definition = DEFINITIONS[found.definition]
    what, when = definition.name, periods.spoken(found.january)
    read = (show_the_sum.source_of(found.january), "plans")
    reasons = (definition.words, *(found.own.says if found.own else ()))
    sum_of = f"{what}, step by step, {area.short_name}, {when}"
    own = Table(
        show_the_sum.steps(found.own, NOT_APPLICABLE),
        Text(f"{sum_of}{_result(found.own)}", *((sum_of, sum_of) if found.few else ("", ""))),
        show_the_sum.STEP_COLUMNS,
        read,
        "Show the sum: who is not in a setting, step by step",
        how_to_read=Text("\n".join(f"- {text}" for text in reasons)),
    )
    england = Table(
        show_the_sum.steps(found.england),
        Text(f"{what}, step by step, England, {when}{_result(found.england)}"),
        show_the_sum.STEP_COLUMNS,
        read,
        "The sum of England, step by step",
    )
    each = f"each of {others.label}, " if others else ""
    if others and others.alone:
        each = f"{others.label}, "
    if put_together(area):
        each = f"each of its authorities, {each}"
    whom = f"{area.name}, {each}{'' if area.code == ENGLAND else 'England, '}{when}"
    return {
        "sum": own,
        # England is not set beside itself.
        **({} if area.code == ENGLAND else {"sum_england": england}),
        "sum_by_january": Table(
            show_the_sum.by_january(store, area, found.definition),
            Text(
                f"{what}: the sum in every January, {area.name}",
                show=f"{what}: the sum in every January",
                families=f"{definition.plain_figure}, of every 100 with a plan, each January",
            ),
            show_the_sum.JANUARY_COLUMNS,
            ("elsewhere", "placements", "plans"),
            "The sum in every January",
            # Of several authorities it leads, in every mode.
            of_few=_OF_A_FEW_PLANS if found.few and put_together(area) else (),
            closed=found.few and put_together(area),
        ),
        "sum_compared": Table(
            found.compared,
            Text(f"{what}: {whom}"),
            show_the_sum.COMPARED_COLUMNS,
            (*read, "neighbours"),
            "The sum of each of those compared",
        ),
    }


def _result(calculation: Calculation | None) -> str:
    """`: 21,372 (5.48%) of 390,109 plans`."""
    if calculation is None:
        return ""
    if math.isnan(calculation.plans):
        return f": {sums.in_words(calculation)}"
    return f": {sums.in_words(calculation)} of {count_of(int(calculation.plans), 'plan', 'plans')}"
