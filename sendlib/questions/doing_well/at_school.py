"""Absence, suspensions and exclusions by SEN, beside those by kind of school (closer.py).

Absence is shipped; persistent and severe absence, suspensions and exclusions by SEN are in no file that could be
shipped, so they are there where a refresh has brought them, and else said not to be, with who publishes them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from sendlib.answer import Asked, Choice, Column, Note, Offered, Table, Text
from sendlib.areas import Area
from sendlib.compared.comparators import Comparators
from sendlib.questions.doing_well import held
from sendlib.questions.doing_well.closer import what_is_measured
from sendlib.questions.doing_well.outcome_cube import Cube
from sendlib.store import Store
from sendlib.tables.absence import BREAKS

BY_SEN, OVER_TIME = "attendance_by_sen", "absence_over_time"
SEN = {"no_sen": "No identified SEN", "sen_support": "SEN support", "ehc_plan": "EHC plan or statement"}
_ALL_SCHOOLS = (("phase", "all_schools"),)


@dataclass(frozen=True)
class _Where:
    """Which table of the store holds a measure by SEN, and what it is called there."""

    table: str
    measure: str

    def cube(self, store: Store) -> Cube:
        """That table by measure, SEN status and school year; empty where it is not held."""
        if self.table == "absence":
            return held.cube(store, self.table, ("kind", "group", "period"))
        return held.cube(store, self.table, ("measure", "group", "period"), _ALL_SCHOOLS)


_WHERE = {
    "absence": _Where("absence", "overall"),
    "persistent_absence": _Where("absence_by_school", "persistent"),
    "severe_absence": _Where("absence_by_school", "severe"),
    "suspensions": _Where("exclusions", "suspensions_per_100"),
    "pupils_suspended": _Where("exclusions", "pupils_suspended_percent"),
    "permanent_exclusions": _Where("exclusions", "permanent_exclusions_per_100"),
}
"""Measure of table outcomes -> where it is held by SEN."""
_NOT_COLLECTED = "2019/20"
"""A year without figures, which is a gap in a line and no way across."""
BREAK = ("2020/21", "2020/21 does not compare with other years: the pandemic")
KINDS = {
    "overall": "Half days missed",
    "authorised": "Half days missed with leave",
    "unauthorised": "Half days missed without leave",
}
BY_SEN_COLUMNS = {
    "what": Column("What is measured", "what is measured of the pupils, and whether in per cent or per 100 pupils"),
    "pupils_with": Column("SEN status", "the SEN status of these pupils, as their school recorded it"),
    "measured_in": Column("School year", "newest school year that is held by SEN; empty where none is"),
    **held.columns_beside("the figure of these pupils of all state-funded schools", ""),
}
TIME_COLUMNS = {
    "what": Column("What is measured", "all half days missed, those missed with leave, or those missed without"),
    "pupils_with": Column("SEN status", "the SEN status of these pupils, as their school recorded it"),
    "year": Column("School year", "school year of the absence", period=True),
    **held.columns_over_time(
        Column(
            "Share of half days",
            "half days that these pupils missed, out of those possible",
            "%",
            1,
            measure="{what}: {pupils_with}",
        )
    ),
}
MEASURE = Choice(
    "attendance_sen_measure",
    "Measure",
    "which measure of absence, suspensions or exclusions by SEN is drawn",
    about=BY_SEN,
)
KIND = Choice("absence_kind", "Absence", "which kind of absence by SEN is drawn over time", about=OVER_TIME)
WITH = Choice("absence_sen", "With", "whose absence is drawn over time, by SEN status", about=OVER_TIME)
CHOICES = (MEASURE, KIND, WITH)


def tables(store: Store, area: Area, others: Comparators | None, whom: str) -> dict[str, Table]:
    """Each measure by SEN in its newest year, and absence over the years."""
    return {
        BY_SEN: Table(
            _by_sen(store, area, others),
            Text(
                f"Absence, suspensions and exclusions by SEN, pupils of all state-funded schools, {whom}, newest school"
                " year of each that is held by SEN"
            ),
            BY_SEN_COLUMNS,
            tuple(dict.fromkeys(where.table for where in _WHERE.values() if where.table in store.tables)),
            "Absence, suspensions and exclusions by SEN",
        ),
        OVER_TIME: Table(
            _over_time(store, area, others),
            Text(f"Half days missed at school by SEN, {whom}, per cent of those possible in each school year"),
            TIME_COLUMNS,
            ("absence",),
            "Absence by SEN, over time",
        ),
    }


def _by_sen(store: Store, area: Area, others: Comparators | None) -> pd.DataFrame:
    parts = []
    for measure, where in _WHERE.items():
        cube = where.cube(store)
        year = held.newest_of(cube, (where.measure, "ehc_plan"))
        keys = [(where.measure, sen, year) for sen in SEN]
        words = pd.DataFrame(
            {"what": what_is_measured(measure), "pupils_with": list(SEN.values()), "measured_in": year}
        )
        parts.append(held.side_by_side(store, area, others, cube, keys, words))
    return pd.concat(parts, ignore_index=True)[list(BY_SEN_COLUMNS)]


def _over_time(store: Store, area: Area, others: Comparators | None) -> pd.DataFrame:
    cube = _WHERE["absence"].cube(store)
    years = sorted({*held.years(cube), _NOT_COLLECTED})
    keys = [(kind, sen, year) for kind in KINDS for sen in SEN for year in years]
    words = pd.DataFrame(
        [(KINDS[kind], SEN[sen], year) for kind, sen, year in keys], columns=["what", "pupils_with", "year"]
    )
    return held.over_time(store, area, others, cube, keys, words)[list(TIME_COLUMNS)]


def offered(asked: Asked) -> tuple[Offered, ...]:
    """What can be chosen in the two pictures. Raises UnknownChoice."""
    return (
        MEASURE.offer({measure: what_is_measured(measure) for measure in _WHERE}, "absence", asked),
        KIND.offer(KINDS, "overall", asked),
        WITH.offer(SEN, "ehc_plan", asked),
    )


_PUBLISHED = {
    "absence_by_school": ("persistent and severe absence", "'Pupil absence in schools in England'"),
    "exclusions": ("suspensions and permanent exclusions", "'Suspensions and permanent exclusions in England'"),
}


def notes(store: Store) -> Sequence[Note]:
    """What is not held by SEN and who publishes it, and how to read what is."""
    lacking = [name for name in _PUBLISHED if name not in store.tables]
    found = [Note("missing", Text(_not_held(name)), BY_SEN) for name in lacking]
    said = Text(
        "The table of absence by SEN was prepared by DfE for its SEND and alternative provision dashboard (February"
        " 2024), and is kept by others. It has per cent only, and no numbers of pupils. Pupils with a plan are those of"
        " all state-funded schools, special schools among them."
    )
    found.append(Note("definition", said, BY_SEN))
    return [*found, *(Note("break", Text(text), OVER_TIME) for text in BREAKS)]


def _not_held(name: str) -> str:
    what, where = _PUBLISHED[name]
    return (
        f"By SEN, {what} are not available in this snapshot: no file of them by authority and SEN could be had. DfE"
        f" publishes them each year in {where}, by pupil characteristic; 'Fetch what is newer' on About the data brings"
        " them."
    )
