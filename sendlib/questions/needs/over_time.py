"""Needs over time: every need by year, beside those compared and England. Its sentences are in over_time_words.py.

How a change is told from chance, and what is called faster, is in compared/needs_over_time.py.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from sendlib.answer import Asked, Choice, Column, Offered, Table, Text, each
from sendlib.areas import ENGLAND, Area
from sendlib.compared import mixes, needs_over_time, parts
from sendlib.compared.cohorts import Cohort
from sendlib.compared.comparators import Comparators, known_areas
from sendlib.compared.needs_over_time import Course
from sendlib.questions.needs import over_time_words as words
from sendlib.questions.needs.over_time_words import OVER_TIME
from sendlib.store import Store
from sendlib.tables.needs import DOWN_SYNDROME
from sendlib.tables.symbols import NOT_AVAILABLE, VALUE

SHARE, COUNT = "share", "count"
TREND_OF = Choice(
    "trend_of",
    "Lines of",
    "whether the lines over time are shares, or numbers of children",
    about=OVER_TIME,
    form="buttons",
)
EACH = each.choice(OVER_TIME)
CHOICES = (TREND_OF, EACH)
_FEW_LINES = 15
"""Areas compared up to which each is drawn from the start: more would hide the area's own line."""


def tables(store: Store, area: Area, others: Comparators, cohort: Cohort) -> dict[str, Table]:
    """Every need by period: the area with those compared and England, and each of those compared, if several are."""
    course = words.course(store, area, others, cohort)
    span = words.span(course)
    found = {
        OVER_TIME: Table(
            _rows(store, area, others, cohort, course),
            Text(f"Primary needs of {cohort.of}, {area.short_name}, {span}: numbers, and shares of {cohort.whole}"),
            _columns(area, others, cohort, len(course.periods) > 1),
            (cohort.table,),
            "Is it rising here faster than elsewhere?",
            how_to_read=Text(words.how_to_read(store, area, cohort, course)),
        )
    }
    if len(others.codes) > 1 and len(course.periods) > 1:
        of_whom = each.of_whom(area, others.codes, others.label)
        found[each.name_of(OVER_TIME)] = Table(
            _single_rows(store, area, others, cohort, course),
            Text(f"Primary needs of {cohort.of}, {of_whom}, {span}: shares of {cohort.whole}"),
            _single_columns(cohort),
            (cohort.table, *(("neighbours",) if area.is_authority else ())),
            "Each of those compared over time",
        )
    return found


def offered(held: Mapping[str, Table], asked: Asked) -> dict[str, Offered]:
    """Whether shares or counts are drawn, and each of those compared; nothing of one year, of which no line is drawn.
    Raises UnknownChoice."""
    if held[OVER_TIME].data["period"].nunique() < 2:
        return {}
    found = {TREND_OF.name: TREND_OF.offer({SHARE: "Shares", COUNT: "Numbers of children"}, SHARE, asked)}
    single = held.get(each.name_of(OVER_TIME))
    few = single is not None and each.of_those_compared(single.data)["area_code"].nunique() <= _FEW_LINES
    drawn = each.offered(EACH, held, asked, each.ONE_BY_ONE if few else each.TOGETHER)
    return found | {one.choice.name: one for one in drawn}


def _rows(store: Store, area: Area, others: Comparators, cohort: Cohort, course: Course) -> pd.DataFrame:
    """One row a need and period in which it is told apart, the needs in the order of the mix."""
    names = needs_over_time.needs(store, cohort.code)
    england = needs_over_time.cube(store, cohort.code, [ENGLAND], course.periods)[0]
    later = np.arange(len(course.periods)) > course.first[:, None]
    chance = np.where(course.rose | course.fell, "yes", "no")
    cells = {
        "count": course.counts,
        "share": course.shares,
        "comparator_mean": course.mean,
        "areas_known": course.known,
        "england": england,
        "change": np.where(later, course.change, np.nan),
        "comparator_change": np.where(later, course.mean_change, np.nan),
        "beyond_chance": np.where(np.isnan(course.low), "", chance),
        "status": np.where(np.isnan(course.shares), NOT_AVAILABLE, VALUE),
    }
    number = len(course.periods)
    frame = pd.DataFrame(
        {
            "need": np.repeat(course.needs, number),
            "name": np.repeat([names[need] for need in course.needs], number),
            "period": np.tile(np.array(course.periods, dtype=object), len(course.needs)),
            **{name: values.ravel() for name, values in cells.items()},
        }
    )
    if not parts.england_stands(area, others):
        frame = frame.drop(columns="england")
    order = np.concatenate([np.arange(number) + place * number for place in _order(area, others, course)])
    frame = frame.take(order.astype(np.int64))
    return frame[_told_apart(store, cohort, frame)].reset_index(drop=True)


def _order(area: Area, others: Comparators, course: Course) -> list[int]:
    """Needs by how far the newest share is above the mean of those compared, or by the share where there is none; one
    without a figure comes last."""
    if not course.periods:
        return list(range(len(course.needs)))
    share, mean = course.shares[:, -1], course.mean[:, -1]
    by_share = np.isnan(mean).all() or parts.of_itself(area, others)
    return [int(place) for place in np.argsort(-(share if by_share else share - mean), kind="stable")]


def _told_apart(store: Store, cohort: Cohort, frame: pd.DataFrame) -> pd.Series:
    """Whether a period tells the need of a row apart."""
    first = needs_over_time.told_apart_from(store, cohort.code)
    return frame["need"].ne(DOWN_SYNDROME) | frame["period"].ge(first)


def _single_rows(store: Store, area: Area, others: Comparators, cohort: Cohort, course: Course) -> pd.DataFrame:
    """The area, England and each of those compared: the share of every need and period in which it is told apart, and
    why one compared counts for no mean."""
    names = needs_over_time.needs(store, cohort.code)
    areas = each.listed(area, others.codes, known_areas(store).names)
    shares = needs_over_time.cube(store, cohort.code, areas.codes, course.periods)
    number = len(course.periods)
    of_one = pd.DataFrame(
        {
            "need": np.repeat(course.needs, number),
            "name": np.repeat([names[need] for need in course.needs], number),
            "period": np.tile(np.array(course.periods, dtype=object), len(course.needs)),
        }
    )
    kept = _told_apart(store, cohort, of_one).to_numpy()
    values = shares.reshape(len(areas.codes), -1)[:, kept]
    out = [mixes.left_out(store, cohort.code, period) for period in course.periods]
    why = np.array([[reasons.get(code, "") for reasons in out] for code in areas.codes], dtype=object)
    reasons_of_each = areas.of_compared(np.tile(why, len(course.needs))[:, kept])
    return each.rows(
        areas,
        of_one[kept],
        {
            "share": values,
            "left_out": np.where(np.isnan(values), "", reasons_of_each).astype(object),
            "status": np.where(np.isnan(values), NOT_AVAILABLE, VALUE).astype(object),
        },
        [*each.AREA_COLUMNS, *of_one.columns, "share", "left_out", "status"],
    )


_CODE = Column("Need (code)", "code of the primary need", only_in_files=True)
_NEED = Column("Need", "primary need, the one that was recorded first for the child")
_STATUS = Column("Status", "value, or why there is no number", only_in_files=True)
_NONE_YET = "–"
"""What stands for a change in the first year."""


def _period(cohort: Cohort) -> Column:
    when = "January in which they were counted" if cohort.is_plans else "school year of the census"
    return Column("January" if cohort.is_plans else "School year", when, period=True)


def _share(cohort: Cohort) -> Column:
    return Column("Share", f"part of {cohort.whole}", "%", 1)


def _columns(area: Area, others: Comparators, cohort: Cohort, several: bool) -> dict[str, Column]:
    """The needs over time. England's own stands where it is neither the area nor the one compared; of one year alone
    (not `several`) there is no change to show."""
    of_them = "plain mean of the shares of those compared that count"
    mean = others.mean_heading if others.alone else "Mean of those compared"
    change = "points of change since the first year in which the area has a figure of the need"
    columns = {
        "need": _CODE,
        "name": _NEED,
        "period": _period(cohort),
        "count": Column(f"{cohort.one.capitalize()}s", f"{cohort.that_name('it')}", f"{cohort.one}s", 0),
        "share": _share(cohort),
        "comparator_mean": Column(mean, f"the same share of {others.label}" if others.alone else of_them, "%", 1),
        "areas_known": Column(
            "Areas in the mean",
            "how many of those compared have a figure that counts",
            "areas",
            0,
            analysts_only=True,
            only_in_files=others.alone,
        ),
        "england": Column("England", "the same share of England", "%", 1),
        "change": Column("Change", change, "points", 1, signed=True, otherwise=_NONE_YET, only_in_files=not several),
        "comparator_change": Column(
            f"Change, {mean[:1].lower()}{mean[1:]}" if not others.alone else f"Change, {mean}",
            "the same of those compared that have a figure in both years",
            "points",
            1,
            signed=True,
            otherwise=_NONE_YET,
            only_in_files=not several,
        ),
        "beyond_chance": Column(
            "Change beyond chance?",
            "whether the interval of the change (Newcombe, 95% over all needs together) leaves nought out",
            analysts_only=True,
            only_in_files=not several,
        ),
        "status": _STATUS,
    }
    return columns if parts.england_stands(area, others) else {k: v for k, v in columns.items() if k != "england"}


def _single_columns(cohort: Cohort) -> dict[str, Column]:
    return {
        **each.AREA_COLUMNS,
        "need": _CODE,
        "name": _NEED,
        "period": _period(cohort),
        "share": _share(cohort),
        "left_out": each.LEFT_OUT,
        "status": _STATUS,
    }
