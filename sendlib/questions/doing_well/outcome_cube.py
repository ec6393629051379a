"""The table `outcomes` as arrays, since every answer of Doing well reads hundreds of its cells.

Two rules stand here so that every picture and table keeps to them: an authority with so few plans
that a rate is that of a child or two has its figures by SEN hidden everywhere, and a nought of
exclusions is not believed where a kind of school does not exist.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sendlib.areas import ENGLAND, Area
from sendlib.compared import means
from sendlib.compared.cohorts import WHOLE, counts
from sendlib.compared.comparators import Comparators, known_areas
from sendlib.compared.mixes import SMALL
from sendlib.questions.doing_well.beside import NO_MEAN, Beside, of_those_compared
from sendlib.store import Store, kept_with_store
from sendlib.tables.outcomes import SCHOOLS
from sendlib.tables.symbols import HIDDEN, NOT_AVAILABLE, VALUE

Floats = NDArray[np.float64]
Key = tuple[str, ...]
_BY_SEN = ("ehc_plan", "sen_support", "send")
_EXCLUSIONS = ("suspensions", "pupils_suspended", "permanent_exclusions")


@dataclass(frozen=True)
class Cube:
    """A row an area, a column a (measure, group, school year).

    `comparable`: the values without the figures by SEN of areas with too few children, which must not
    be read from a mean of one or two areas either. `by_sen`: which columns are of children with SEND.
    """

    rows: Mapping[str, int]
    columns: Mapping[Key, int]
    by_sen: NDArray[np.bool_]
    values: Floats
    comparable: Floats
    statuses: NDArray[np.object_]

    def own(self, area_code: str, columns: list[int]) -> tuple[Floats, list[str]]:
        """The published figures of an area and why each is there or not."""
        row = self.rows.get(area_code)
        if row is None:
            return np.full(len(columns), np.nan), [NOT_AVAILABLE] * len(columns)
        return self.values[row, columns], list(self.statuses[row, columns])

    def each(self, codes: Sequence[str], columns: list[int]) -> tuple[Floats, NDArray[np.object_]]:
        """The figures of areas that may be compared, and why each is there or not: a row an area, known here or not."""
        values = np.full((len(codes), len(columns)), np.nan)
        statuses = np.full(values.shape, NOT_AVAILABLE, dtype=object)
        for place, code in enumerate(codes):
            if code in self.rows:
                values[place] = self.comparable[self.rows[code], columns]
                statuses[place] = self.statuses[self.rows[code], columns]
        return values, statuses


@kept_with_store()
def cube(store: Store) -> Cube:
    """The outcomes as arrays. A group or health area of one authority has that one's; of several there are none, as
    LAIT publishes shares without the numbers of children that they are shares of."""
    found, groups = _of_publisher(store), known_areas(store).groups
    alone = {code: found.rows.get(area.parts[0]) for code, area in groups.items() if len(area.parts) == 1}
    return replace(found, rows={**found.rows, **{code: row for code, row in alone.items() if row is not None}})


@kept_with_store(of_base=True)
def _of_publisher(store: Store) -> Cube:
    table = store.table("outcomes").astype(dict.fromkeys(("area_code", "measure", "group", "period", "status"), str))
    wide = table.pivot(index="area_code", columns=["measure", "group", "period"], values=["value", "status"])
    values, statuses = wide["value"], wide["status"].fillna(NOT_AVAILABLE)
    statuses = statuses[values.columns]
    columns: dict[Key, int] = {(str(m), str(g), str(p)): number for number, (m, g, p) in enumerate(values.columns)}
    rows = {str(code): number for number, code in enumerate(values.index)}
    by_sen = np.array([group in _BY_SEN for _, group, _ in columns])
    figures, why = values.to_numpy(dtype=float).copy(), statuses.to_numpy(dtype=object).copy()
    _without_noughts_of_no_school(columns, figures, why)
    few = [rows[code] for code in codes_of_few(store) if code in rows]
    comparable = figures.copy()
    comparable[np.ix_(np.array(few, dtype=int), np.flatnonzero(by_sen))] = np.nan
    return Cube(rows, columns, by_sen, figures, comparable, why)


def _without_noughts_of_no_school(columns: Mapping[Key, int], values: Floats, statuses: NDArray[np.object_]) -> None:
    """A nought of exclusions is not available where the area has no absence of that kind of school in any year.

    LAIT gives Rutland 0 suspensions per 100 pupils of special schools in every year and `-` as
    their absence: the nought is that of pupils who are not there.
    """
    for school in SCHOOLS:
        absence = [place for (measure, group, _), place in columns.items() if measure == "absence" and group == school]
        places = [place for (measure, group, _), place in columns.items() if measure in _EXCLUSIONS and group == school]
        nobody = np.isnan(values[:, absence]).all(axis=1)
        for place in places:
            doubtful = nobody & (values[:, place] == 0)
            values[doubtful, place] = np.nan
            statuses[doubtful, place] = NOT_AVAILABLE


@kept_with_store()
def codes_of_few(store: Store) -> frozenset[str]:
    """Authorities with so few plans that a rate by SEN is that of a child or two."""
    plans = counts(store)[WHOLE]
    # One whose number is missing is judged by the last that there is: it is not shown for want of a number.
    unknown = [code for code in means.too_small(store) if pd.isna(plans.get(code))]
    return frozenset([*plans.index[plans < SMALL], *unknown])


def put_together(area: Area) -> bool:
    """Whether an area is several authorities whose outcomes nobody publishes together: a group or a health area."""
    return area.kind not in ("region", "england") and len(area.parts) > 1


def too_few(store: Store, area: Area) -> bool:
    """Whether an authority is one of codes_of_few."""
    return area.code in codes_of_few(store)


def in_a_tile(store: Store, area: Area, columns: list[int]) -> tuple[Floats, list[str]]:
    """The figures of an area as they stand large and alone, in every mode, and why each is there or not: those by SEN
    are left out where there are too few children. (Tables have them as published.)"""
    held = cube(store)
    values, statuses = held.own(area.code, columns)
    if not too_few(store, area):
        return values, statuses
    hide = held.by_sen[columns] & ~np.isnan(values)
    return np.where(hide, np.nan, values), [
        HIDDEN if hidden else status for hidden, status in zip(hide, statuses, strict=True)
    ]


@dataclass(frozen=True)
class Line:
    """Figures of the area, of the mean of those compared or of England.

    `of`: the columns columns.OF_THE_MEAN, which say something of the mean only.
    """

    name: str
    values: Floats
    statuses: list[str]
    of: Mapping[str, object]


def mean(store: Store, others: Comparators | None, columns: list[int]) -> Beside:
    """The mean of those compared for each column."""
    return of_those_compared(store, others, *cube(store).each(others.codes if others else (), columns))


def of_groups(store: Store, area: Area, others: Comparators | None, columns: list[int]) -> list[Line]:
    """The area, the mean of those compared and England, as far as there are such."""
    found = [Line(area.name, *cube(store).own(area.code, columns), NO_MEAN)]
    of_england = Line("England", *cube(store).own(ENGLAND, columns), NO_MEAN)
    if others and others.codes:
        beside = mean(store, others, columns)
        found.append(Line(others.mean_heading, beside.values, _why(store, others, columns, beside), beside.columns))
    return found if area.code == ENGLAND else [*found, of_england]


def _why(store: Store, others: Comparators, columns: list[int], beside: Beside) -> list[str]:
    """Why each mean is there or not. Where nobody has a figure the reason is England's: a year without tests; that of
    one area alone is its own."""
    if others.alone:
        return means.statuses(beside.values, list(cube(store).each(others.codes, columns)[1][0]), HIDDEN)
    england = means.statuses(beside.values, cube(store).own(ENGLAND, columns)[1], NOT_AVAILABLE)
    return [NOT_AVAILABLE if of and why != VALUE else why for of, why in zip(beside.known, england, strict=True)]


@kept_with_store(128)
def years(store: Store, measure: str) -> list[str]:
    """Every school year of a measure, oldest first."""
    return sorted({year for name, _, year in cube(store).columns if name == measure})


@kept_with_store(128)
def newest(store: Store, measure: str, *groups: str) -> str:
    """The newest school year in which England has a figure of all these groups."""
    held = cube(store)
    england = held.values[held.rows[ENGLAND]] if ENGLAND in held.rows else np.full(len(held.columns), np.nan)
    columns = {year: [held.columns.get((measure, group, year)) for group in groups] for year in years(store, measure)}
    whole = {year: [place for place in places if place is not None] for year, places in columns.items()}
    whole = {year: places for year, places in whole.items() if len(places) == len(groups)}
    known = [year for year, places in whole.items() if not np.isnan(england[places]).any()]
    # Without England's figure in any year: the newest in which anybody has these figures.
    others = [year for year, places in whole.items() if not np.isnan(held.values[:, places]).any(axis=1).all()]
    return max(known or others or years(store, measure))
