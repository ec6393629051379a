"""The stages over the school years, with the breaks of each series, and how many plans there are at the age of each
stage."""

from __future__ import annotations

import numpy as np
import pandas as pd

from sendlib.answer import Column, Note, Text, missing
from sendlib.answer.numbers import capital, listed, written
from sendlib.areas import ENGLAND, Area
from sendlib.compared import latest
from sendlib.compared.comparators import Comparators
from sendlib.compared.mixes import SMALL
from sendlib.questions.doing_well.columns import (
    AREA_OR_MEAN,
    COMPARED,
    KNOWN,
    OF_THE_MEAN,
    REACHED,
    STATUS,
    YEAR_OF_REACHED,
)
from sendlib.questions.doing_well.outcome_cube import cube, of_groups, years
from sendlib.questions.doing_well.stages import SHORT, STAGES, without
from sendlib.store import Store, kept_with_store
from sendlib.tables.outcomes import GROUPS, MEASURES, YEARS_WITHOUT_TESTS
from sendlib.tables.periods import spoken
from sendlib.tables.symbols import NOT_APPLICABLE, VALUE

OVER_TIME = ("level_2", "level_3", "level_2_english_maths", *(name for name in STAGES if not name.startswith("level")))
"""Measures that can be seen over time, the qualifications first."""
TIME_COLUMNS = {
    "what": Column("What is measured", REACHED),
    "group": AREA_OR_MEAN,
    "pupils_with": Column(
        "SEN status", "which children: with an EHC plan, with SEN support, or whom to set beside them"
    ),
    "year": Column("School year", YEAR_OF_REACHED, period=True),
    "reached": Column(
        "Per cent or score",
        "per cent of these children who reach it; at key stage 4 their mean score",
        decimals=1,
        measure="{what}: {pupils_with}",
    ),
    **OF_THE_MEAN,
    "status": STATUS,
}
_MANY_NAMES = 3
"""From so many stages on a shared screen counts them and does not name them."""
BREAKS = {
    "good_level_of_development": (("2021/22", "a new profile: do not compare with the years before"),),
    "key_stage_2_standard": (("2017/18", "writing was assessed in another way: do not compare with the years before"),),
    "attainment_8": (
        ("2016/17", "the score could reach 87, in the year before 80"),
        ("2017/18", "the score can reach 90"),
        ("2019/20", "grades set by teachers, in the year after as well"),
        ("2021/22", "grades by examination again"),
    ),
}
"""Measure -> the first school year after each break and what changed, as tables.outcomes.BREAKS tells them."""
_AGES = {
    "good_level_of_development": (4, 5),
    "phonics_standard": (5, 6),
    "key_stage_2_standard": (10, 11),
    "attainment_8": (15, 16),
    "sustained_destination": (16, 17),
    "level_2": (18, 19),
    "level_3": (18, 19),
}
"""The two ages of a school year's children in January."""


@kept_with_store()
def _columns(store: Store) -> tuple[list[int], pd.DataFrame]:
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
    """Every measure of OVER_TIME by year and SEN status: the area, the mean of those compared, England; columns
    TIME_COLUMNS."""
    places, words = _columns(store)
    parts = [
        words.assign(group=line.name, reached=line.values, status=line.statuses, **line.of)
        for line in of_groups(store, area, others, places)
    ]
    whole = pd.concat(parts, ignore_index=True)
    order = whole["what"].map({MEASURES[name].name: number for number, name in enumerate(OVER_TIME)})
    return whole.iloc[order.argsort(kind="stable")].reset_index(drop=True)[list(TIME_COLUMNS)]


def columns_of(store: Store, measure: str) -> tuple[list[int], pd.DataFrame]:
    """The columns of the cube for one measure of OVER_TIME, and their words: pupils_with and year."""
    places, words = _columns(store)
    wanted = np.flatnonzero(words["what"].eq(MEASURES[measure].name))
    return [places[place] for place in wanted], words.loc[wanted, ["pupils_with", "year"]]


def year_in_words(measure: str) -> str:
    """What the school year of a measure is the year of."""
    return "School year in which key stage 4 ended" if measure == "sustained_destination" else "School year"


def unit(measure: str) -> str:
    """What the figures of a measure are, over their axis."""
    return "Score" if measure == "attainment_8" else "%"


def not_drawn(rows: pd.DataFrame, measure: str) -> list[str]:
    """What the lines of one measure and group leave out and why; rows of over_time, by `pupils_with`."""
    group, assessed = str(rows["group"].iloc[0]), MEASURES[measure].assessed
    # A mean of too few is told of beside the means (beside.of_means), with who has no figure.
    gone = rows[rows["status"].ne(VALUE) & ~(rows[COMPARED].gt(0) & rows[KNOWN].gt(0))]
    untested = gone["status"].eq(NOT_APPLICABLE) & gone["year"].isin(YEARS_WITHOUT_TESTS) & assessed
    said = [f"No tests in {listed(sorted(set(gone.loc[untested, 'year'])))}."] if untested.any() else []
    rest = gone[~untested]
    for status, part in rest.groupby("status", sort=False):
        if status == NOT_APPLICABLE:
            said.append(f"{group} did not exist yet in {listed(sorted(set(part['year'])))}.")
            continue
        for sen, lines in part.groupby("pupils_with", sort=False):
            said += missing.named(f"{group}, {sen}", zip(lines["year"], lines["status"], strict=True), in_time=True)
    return said


def _january_with_ages(store: Store) -> str:
    """The newest January with plans by single year of age."""
    return latest.newest(store, "plans", measure="plans", characteristic="age")


@kept_with_store(area_by_area=True)
def _by_age(store: Store) -> pd.DataFrame:
    """The plans of that January: areas by single year of age."""
    january = _january_with_ages(store)
    table = store.table("plans").astype({"area_code": str, "category": str})
    rows = table[table["measure"].eq("plans") & table["characteristic"].eq("age") & table["period"].eq(january)]
    return rows.pivot(index="area_code", columns="category", values="value")


def plans_at_stages(store: Store, area_code: str) -> dict[str, float]:
    """Measure of a stage -> plans of one school year at about that age: the mean of two single years of age, newest
    January; stages without both are left out."""
    table = _by_age(store)
    if area_code not in table.index:
        return {}
    found = {measure: table.loc[area_code, [str(age) for age in ages]] for measure, ages in _AGES.items()}
    return {measure: float(plans.sum()) / len(plans) for measure, plans in found.items() if plans.notna().all()}


def stages_of_few(store: Store, area_code: str) -> frozenset[str]:
    """Measures of the stages at whose age fewer than SMALL have a plan here."""
    return frozenset(measure for measure, number in plans_at_stages(store, area_code).items() if number < SMALL)


def few_at_an_age(store: Store, area: Area, gaps: pd.DataFrame) -> Note | None:
    """A caution where fewer than SMALL plans of a year group stand behind a gap that is shown; else none."""
    known = set(gaps.loc[gaps["gap"].notna() & gaps["pupils_with"].eq("EHC plan"), "stage"])
    small = {
        measure: number
        for measure, number in plans_at_stages(store, area.code).items()
        if number < SMALL and STAGES[measure] in known
    }
    if area.code == ENGLAND or not small:
        return None
    numbers = sorted(round(number) for number in small.values())
    about = f"about {written(numbers[0])}" + (f" to {written(numbers[-1])}" if numbers[0] < numbers[-1] else "")
    where = "" if len(small) == len(known) else f" ({listed([capital(SHORT[measure]) for measure in small])})"
    # A shared screen has no room for the names of many stages.
    at = where if len(small) < _MANY_NAMES or not where else f" (at {len(small)} of {len(known)} stages)"
    least = written(100 / max(small.values()))
    begins = (
        f"Read the gaps with an EHC plan with care: a year group here{where} had {about} plans in"
        f" {spoken(_january_with_ages(store))}, and one child more or less"
    )
    words = Text(
        f"{begins} moves such a figure by {least} points or more.",
        show=f"With an EHC plan a year group here{at} is {about}: read with care.",
        families=f"{'At some ages only' if where else 'Only'} {about} children of a year group here have a plan. One"
        f" child changes a figure by {least} or more of every 100.",
    )
    return Note("caution", words)
