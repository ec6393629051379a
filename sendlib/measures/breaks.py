"""Where the series of a measure breaks, as the page that holds it says."""

from __future__ import annotations

import pandas as pd

from sendlib.answer import Answer, Column, Table, Text
from sendlib.measures.registry import Measure
from sendlib.questions import doing_well, getting_help, places
from sendlib.questions.doing_well import at_school
from sendlib.questions.doing_well.closer import HOME_BREAK
from sendlib.questions.doing_well.stages_over_time import BREAKS
from sendlib.questions.places.placements import EACH_PLAN
from sendlib.tables.outcomes import MEASURES

TABLE = "any_measure_breaks"
_EACH_PLAN_FROM = "2023-01"
_COLUMNS = {
    "period": Column("From", "first period after the break", period=True),
    "what": Column("What changes", "what is not as it was before, in words"),
}


def of(answer: Answer, measure: Measure) -> Table | None:
    """The breaks of a measure as a table; None where there are none."""
    words = {text for _, text in measure.divided}
    found: list[tuple[str, str]] = []
    if answer.question == getting_help.QUESTION.name:
        held = answer.tables["breaks"].data
        held = held[held["about"].eq(measure.table) & held["service"].isin(["", *words])]
        found = list(zip(held["period"].astype(str), held["what"].astype(str), strict=True))
    if answer.question == doing_well.QUESTION.name:
        found = _of_doing_well(measure, words)
    if answer.question == places.QUESTION.name and measure.table == "placement":
        found = [(_EACH_PLAN_FROM, EACH_PLAN.rstrip("."))]
    if not found:
        return None
    data = pd.DataFrame(found, columns=list(_COLUMNS))
    return Table(data, Text(f"Breaks in the series: {measure.name}"), _COLUMNS, ())


def _of_doing_well(measure: Measure, words: set[str]) -> list[tuple[str, str]]:
    if measure.table == "sum_by_january":
        return [("2019-01", "what is counted changes"), (_EACH_PLAN_FROM, "what is counted changes")]
    if measure.table in ("home_education", "alternative_plans"):
        return [HOME_BREAK]
    if measure.table == at_school.OVER_TIME:
        return [at_school.BREAK]
    if measure.table != "over_time":
        return []
    codes = [code for code, one in MEASURES.items() if one.name in words]
    return [(year, f"from {year}, {changed}") for code in codes for year, changed in BREAKS.get(code, ())]
