"""From early years to 19: how far children with SEND are from those without, stage by stage.

A gap is the figure of the children without SEND less that of the children with SEND of the same
area and school year, so it is above zero where children with SEND reach the standard less often.
Early years have no series of children without SEND: there, all children stand in their place,
who include those with SEND, so that the gap looks smaller than it is.

Source: the table `outcomes` (DfE's LAIT, which gives rates and no numbers of children).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pandas as pd

from sendlib.areas import ENGLAND, Area
from sendlib.methods import compare
from sendlib.questions.comparators import Comparators, known_areas
from sendlib.questions.mixes import SMALL, counts
from sendlib.store import Store
from sendlib.tables.needs import PLANS
from sendlib.tables.outcomes import GROUPS, MEASURES, YEARS_WITHOUT_TESTS
from sendlib.tables.symbols import NOT_AVAILABLE, VALUE

STAGES = {
    "good_level_of_development": "Early years, age 5",
    "phonics_standard": "Phonics, age 6",
    "key_stage_2_standard": "Key stage 2, age 11",
    "attainment_8": "Key stage 4 score, age 16",
    "sustained_destination": "After key stage 4, age 16 to 17",
    "level_2": "Level 2, by age 19",
    "level_3": "Level 3, by age 19",
}
"""The measure of each stage -> its name in the picture, in the order of age."""
WITH_SEND = {"ehc_plan": "EHC plan", "sen_support": "SEN support"}
FEWEST = 4
"""Fewer gaps than these that can be compared say nothing of the area as a whole."""
LEAST_POINTS = 2
"""A gap that differs by fewer points from those compared is about the same as theirs, whatever part of theirs that is."""
OVER_TIME = ("level_2", "level_3", "level_2_english_maths", *(name for name in STAGES if not name.startswith("level")))
"""Measures that can be seen over time, the qualifications first."""

GAP_COLUMNS = {
    "stage": "stage, in the order of age",
    "what": "what is measured",
    "pupils_with": "children with an EHC plan, or with SEN support",
    "measured_in": "school year; for destinations the one in which key stage 4 ended",
    "compared_group": "whom they are set against: no identified SEN, or all children where no such series exists",
    "reached": "the figure of children with SEND here, per cent (key stage 4: score)",
    "reached_without": "the figure of those they are set against here",
    "gap": "the second less the first, points",
    "comparator_gap": "mean of the same gaps among those compared",
    "compared_areas": "how many of those compared have a gap",
    "england_gap": "the same gap in England",
    "gap_is": "wider or narrower than among those compared, by at least 5% and 2 points, or about the same",
    "status": "value, or why there is no gap",
}
TIME_COLUMNS = {
    "what": "what is measured",
    "group": "whose children",
    "pupils_with": "with which SEN status",
    "year": "school year",
    "reached": "per cent (key stage 4: score)",
    "status": "value, or why there is none",
}
_WORDS = {compare.HIGHER: "wider", compare.LOWER: "narrower", compare.SAME: compare.SAME}


@dataclass(frozen=True)
class Widths:
    """How many gaps are wider, narrower and about the same as among those compared; `known` of the area's own, compared or not."""

    wider: int
    narrower: int
    same: int
    known: int

    @property
    def compared(self) -> int:
        """Gaps that have something to be compared with."""
        return self.wider + self.narrower + self.same


def without(measure: str) -> str:
    """The group that children with SEND are set against."""
    return "no_sen" if "no_sen" in MEASURES[measure].series else "all"


@dataclass(frozen=True)
class Cube:
    """The table `outcomes` as arrays, since every answer reads hundreds of its cells: a row an area, a column a (measure, group, school year)."""

    rows: Mapping[str, int]
    columns: Mapping[tuple[str, str, str], int]
    values: np.ndarray
    statuses: np.ndarray

    def own(self, area_code: str, columns: list[int]) -> tuple[np.ndarray, list[str]]:
        """The figures of an area and why each is there or not."""
        row = self.rows.get(area_code)
        if row is None:
            return np.full(len(columns), np.nan), [NOT_AVAILABLE] * len(columns)
        return self.values[row, columns], list(self.statuses[row, columns])

    def mean(self, codes: Sequence[str], columns: list[int]) -> np.ndarray:
        """The plain mean of areas for each column, those without a figure left out; missing where none has one."""
        rows = [self.rows[code] for code in codes if code in self.rows]
        return mean_of(self.values[np.ix_(rows, columns)])


def mean_of(values: np.ndarray) -> np.ndarray:
    """The mean of each column without its missing values; missing where all are."""
    held = ~np.isnan(values)
    count = held.sum(axis=0)
    found: np.ndarray = np.where(count > 0, np.where(held, values, 0.0).sum(axis=0) / np.maximum(count, 1), np.nan)
    return found


@lru_cache(maxsize=8)
def cube(store: Store) -> Cube:
    """The outcomes as arrays."""
    table = store.table("outcomes").astype(dict.fromkeys(("area_code", "measure", "group", "period", "status"), str))
    wide = table.pivot(index="area_code", columns=["measure", "group", "period"], values=["value", "status"])
    values, statuses = wide["value"], wide["status"].fillna(NOT_AVAILABLE)
    statuses = statuses[values.columns]
    return Cube(
        {str(code): number for number, code in enumerate(values.index)},
        {(str(m), str(g), str(p)): number for number, (m, g, p) in enumerate(values.columns)},
        values.to_numpy(dtype=float),
        statuses.to_numpy(dtype=object),
    )


@lru_cache(maxsize=64)
def years(store: Store, measure: str) -> tuple[str, ...]:
    """Every school year of a measure, those without a figure included, oldest first."""
    return tuple(sorted({year for name, _, year in cube(store).columns if name == measure}))


@lru_cache(maxsize=64)
def newest(store: Store, measure: str, *groups: str) -> str:
    """The newest school year in which England has a figure of all these groups."""
    held = cube(store)
    england = held.values[held.rows[ENGLAND]]
    columns = {year: [held.columns.get((measure, group, year)) for group in groups] for year in years(store, measure)}
    return max(year for year, places in columns.items() if all(place is not None and not np.isnan(england[place]) for place in places))


@lru_cache(maxsize=8)
def _gap_columns(store: Store) -> tuple[list[int], list[int], list[dict[str, str]]]:
    """For each stage and group: the column with SEND, the column without, and what the rows of all areas share."""
    held = cube(store).columns
    with_send, beside, words = [], [], []
    for measure, stage in STAGES.items():
        for group, name in WITH_SEND.items():
            year = newest(store, measure, group, without(measure))
            with_send.append(held[measure, group, year])
            beside.append(held[measure, without(measure), year])
            words.append(
                {"stage": stage, "what": MEASURES[measure].name, "pupils_with": name, "measured_in": year, "compared_group": GROUPS[without(measure)]}
            )
    return with_send, beside, words


def gaps(store: Store, area: Area, others: Comparators | None) -> pd.DataFrame:
    """Every stage and both groups with SEND; columns GAP_COLUMNS."""
    held = cube(store)
    with_send, beside, words = _gap_columns(store)
    own, why = held.own(area.code, with_send)
    set_against, why_beside = held.own(area.code, beside)
    gap = (set_against - own).round(5)
    every = (held.values[:, beside] - held.values[:, with_send]).round(5)
    theirs = every[[held.rows[code] for code in (others.codes if others else ()) if code in held.rows]]
    mean, few = mean_of(theirs), too_few(store, area)
    frame = pd.DataFrame(words).assign(
        reached=own, reached_without=set_against, gap=gap, comparator_gap=mean, compared_areas=(~np.isnan(theirs)).sum(axis=0), england_gap=every[held.rows[ENGLAND]],
        gap_is=["not compared" if few or np.isnan(one) or np.isnan(other) else _width(one, other) for one, other in zip(gap, mean, strict=True)],
        status=[VALUE if not np.isnan(one) else first if first != VALUE else second for one, first, second in zip(gap, why, why_beside, strict=True)],
    )  # fmt: skip
    return frame[list(GAP_COLUMNS)]


def _width(own: float, other: float) -> str:
    """Whether a gap is wider or narrower than another, by at least a twentieth of it and LEAST_POINTS, or about the same."""
    if abs(own - other) < LEAST_POINTS:
        return compare.SAME
    return _WORDS[compare.direction(own, other)]


def too_few(store: Store, area: Area) -> bool:
    """Whether an authority has so few plans that a rate of one stage is that of a child or two."""
    plans = counts(store)[PLANS]
    return bool(plans.get(area.code, SMALL) < SMALL)


def widths(table: pd.DataFrame) -> Widths:
    """Counts of a table of gaps."""
    counts = table["gap_is"].value_counts()
    return Widths(int(counts.get("wider", 0)), int(counts.get("narrower", 0)), int(counts.get(compare.SAME, 0)), int(table["gap"].notna().sum()))


@lru_cache(maxsize=8)
def _time_columns(store: Store) -> tuple[list[int], pd.DataFrame]:
    """Columns of the cube for every measure of OVER_TIME, SEN status and year, and their words."""
    places, rows = [], []
    for measure in OVER_TIME:
        for sen in ("ehc_plan", "sen_support", without(measure)):
            for year in years(store, measure):
                if (measure, sen, year) not in cube(store).columns:
                    continue
                places.append(cube(store).columns[measure, sen, year])
                rows.append((MEASURES[measure].name, GROUPS[sen], year))
    return places, pd.DataFrame(rows, columns=["what", "pupils_with", "year"])


def over_time(store: Store, area: Area, others: Comparators | None) -> pd.DataFrame:
    """Every measure of OVER_TIME by year and SEN status: the area, the mean of those compared, England; columns TIME_COLUMNS."""
    places, words = _time_columns(store)
    parts = [
        words.assign(group=group, reached=values, status=status) for group, values, status in of_groups(store, area, others, places)
    ]
    whole = pd.concat(parts, ignore_index=True)
    order = whole["what"].map({MEASURES[name].name: number for number, name in enumerate(OVER_TIME)})
    return whole.iloc[order.argsort(kind="stable")].reset_index(drop=True)[list(TIME_COLUMNS)]


def of_groups(store: Store, area: Area, others: Comparators | None, columns: list[int]) -> list[tuple[str, np.ndarray, list[str]]]:
    """(name, figures, statuses) of the area, of the mean of those compared and of England, as far as there are such."""
    held = cube(store)
    found = [(area.name, *held.own(area.code, columns))]
    _, of_england = held.own(ENGLAND, columns)
    if others and others.codes:
        mean = held.mean(others.codes, columns)
        # Where nobody has a figure the reason is England's: a year without tests.
        why = [VALUE if not np.isnan(value) else reason if reason != VALUE else NOT_AVAILABLE for value, reason in zip(mean, of_england, strict=True)]
        found.append((f"Mean of {others.label}", mean, why))
    if area.code != ENGLAND:
        found.append(("England", *held.own(ENGLAND, columns)))
    return found


def years_without_tests() -> str:
    """Which years have no tests, and of which stages."""
    tested = [STAGES[name].split(",")[0].lower() for name in STAGES if MEASURES[name].assessed]
    return (
        f"There were no tests in the school years {' and '.join(YEARS_WITHOUT_TESTS)} at {', '.join(tested[:-1])} and {tested[-1]}, because of"
        " coronavirus: those years have no figure and no gap. Grades of key stage 4 were set by teachers in both."
    )


def provisional(store: Store) -> list[str]:
    """A sentence for each stage whose newest school year LAIT calls provisional, as the notes of the table have it."""
    notes = [note for note in store.info("outcomes").notes if note.endswith("provisional.")]
    found = []
    for measure, stage in STAGES.items():
        year = newest(store, measure, "ehc_plan", without(measure))
        if any(note.startswith(f"{MEASURES[measure].name}:") and year in note for note in notes):
            found.append(f"{stage}: the figures of the school year {year} are provisional.")
    return found


def title(table: pd.DataFrame, beside: str) -> str:
    """Whether gaps are wider or narrower than among those compared (`beside`: `among its neighbours`), in ten words or fewer."""
    found = widths(table)
    if not found.known:
        return "No gap between children can be shown here"
    if not found.compared:
        return f"{found.known} {'gap' if found.known == 1 else 'gaps'} known, with nobody to compare with"
    if found.compared < FEWEST:
        return "Too few gaps are known to compare"
    for number, word in ((found.wider, "wider than"), (found.narrower, "narrower than"), (found.same, "about as wide as")):
        if number > found.compared / 2:
            return f"Gaps mostly {word} {beside}"
    if found.wider and found.narrower:
        return f"{found.wider} {'gap' if found.wider == 1 else 'gaps'} wider, {found.narrower} narrower, than {beside}"
    return f"Some gaps {'wider' if found.wider else 'narrower'} than {beside}, none {'narrower' if found.wider else 'wider'}"


def title_of_wider(table: pd.DataFrame) -> str:
    """The title for England or a region, which are compared with nobody."""
    behind, known = int(table["gap"].gt(0).sum()), int(table["gap"].notna().sum())
    if known and behind == known:
        return "Children with SEND reach less at every stage"
    return f"Children with SEND reach less in {behind} of {known} gaps"


def before(store: Store, area: Area) -> str:
    """What to know where the authority began after a year that is shown; empty otherwise."""
    old = known_areas(store).predecessors(area.code)
    if not old:
        return ""
    names = " and ".join(name for _, name, _ in old)
    return f"{area.name} began in {area.valid_from[:4]}: what was measured before is that of {names} and is not shown as its own."
