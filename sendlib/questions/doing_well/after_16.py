"""After 16: young people of 16 and 17 who are not in education, employment or training, by SEND, and where young
people went at 16 and at 18, by SEN."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from sendlib.answer import Asked, Choice, Column, Note, Offered, Table, Text
from sendlib.areas import Area
from sendlib.compared.comparators import Comparators
from sendlib.questions.doing_well import held
from sendlib.questions.doing_well.outcome_cube import Cube
from sendlib.store import Store
from sendlib.tables import neet, next_steps

NEET, NEET_OVER_TIME, NEXT_STEPS = "neet", "neet_over_time", "next_steps"
_NOT_IN = "neet_or_not_known"
_STATUS = "the SEND that the authority's own tracking has for these young people, or all of them"
NEET_COLUMNS = {
    "pupils_with": Column("Young people", _STATUS),
    "measured_in": Column("School year", "school year of the December, January and February of the average"),
    **held.columns_beside("share of these young people not in education, employment or training, or not known,", "%"),
}
NEET_TIME_COLUMNS = {
    "pupils_with": Column("Young people", _STATUS),
    "year": Column("School year", "school year of the December, January and February of the average", period=True),
    **held.columns_over_time(
        Column(
            "Share of these young people",
            "share who are not in education, employment or training, or whose activity is not known",
            "%",
            1,
            measure="Not in education, employment or training at 16 and 17, or not known: {pupils_with}",
        )
    ),
}
STEPS_COLUMNS = {
    "stage": Column("When", "after key stage 4 at 16, or after 16 to 18 study"),
    "pupils_with": Column(
        "Young people", "the SEN status of these young people; of colleges, whether they have a learning difficulty"
    ),
    "went": Column("Where they went", "where they were for two terms of the school year after it"),
    "measured_in": Column("School year", "school year in which they finished; they were followed in the next"),
    "young_people": Column("Young people here", "how many finished here in that year", "young people", 0),
    **held.columns_beside("share of these young people who went there,", "%"),
}
_GROUPS = {"16": ("no_sen", "sen_support", "ehc_plan"), "18": ("no_sen", "any_sen", "no_lldd", "lldd")}
_AT_18 = {"no_sen": "School sixth form, no identified SEN", "any_sen": "School sixth form, any SEN"}
_WENT = {
    "16": ("overall", "education", "apprenticeship", "work", "not_stayed", "unknown"),
    "18": ("overall", "he", "fe", "other_education", "apprenticeship", "work", "not_stayed", "unknown"),
}
WHOSE = Choice("neet_sen", "Young people", "whose share is drawn over time, by SEND", about=NEET_OVER_TIME)
STAGE = Choice("next_stage", "When", "whether after key stage 4 or after 16 to 18 study is drawn", about=NEXT_STEPS)
WENT = Choice("next_step", "Where they went", "which destination is drawn", about=NEXT_STEPS)
CHOICES = (WHOSE, STAGE, WENT)


def tables(store: Store, area: Area, others: Comparators | None, whom: str) -> dict[str, Table]:
    """The newest year and all years of those not in education, employment or training; and where others went."""
    cube = _neet(store)
    return {
        NEET: Table(
            _newest(store, area, others, cube),
            Text(
                "Not in education, employment or training, or not known, at 16 and 17, by SEND,"
                f" {whom}, average of December to February of school year {_year(cube)}"
            ),
            NEET_COLUMNS,
            ("neet",),
            "Not in education, employment or training at 16 and 17, by SEND",
        ),
        NEET_OVER_TIME: Table(
            _over_time(store, area, others, cube),
            Text(
                "Not in education, employment or training, or not known, at 16 and 17, by SEND,"
                f" {whom}, average of December to February of each school year"
            ),
            NEET_TIME_COLUMNS,
            ("neet",),
            "Not in education, employment or training by SEND, over time",
        ),
        NEXT_STEPS: Table(
            _next_steps(store, area, others),
            Text(
                f"Where young people went at 16 and at 18, by SEN, {whom}, those who finished in the newest year held"
            ),
            STEPS_COLUMNS,
            ("next_steps",),
            "Where young people went at 16 and at 18, by SEN",
        ),
    }


def _neet(store: Store) -> Cube:
    return held.cube(store, "neet", ("group", "measure", "period"))


def _year(cube: Cube) -> str:
    return held.newest_of(cube, ("ehc_plan", _NOT_IN))


def _newest(store: Store, area: Area, others: Comparators | None, cube: Cube) -> pd.DataFrame:
    year = _year(cube)
    words = pd.DataFrame({"pupils_with": list(neet.GROUPS.values()), "measured_in": year})
    keys = [(group, _NOT_IN, year) for group in neet.GROUPS]
    return held.side_by_side(store, area, others, cube, keys, words)[list(NEET_COLUMNS)]


def _over_time(store: Store, area: Area, others: Comparators | None, cube: Cube) -> pd.DataFrame:
    pairs = [(group, year) for group in neet.GROUPS for year in held.years(cube)]
    words = pd.DataFrame([(neet.GROUPS[group], year) for group, year in pairs], columns=["pupils_with", "year"])
    keys = [(group, _NOT_IN, year) for group, year in pairs]
    return held.over_time(store, area, others, cube, keys, words)[list(NEET_TIME_COLUMNS)]


def _next_steps(store: Store, area: Area, others: Comparators | None) -> pd.DataFrame:
    cube = held.cube(store, "next_steps", ("stage", "group", "destination", "period"))
    keys, cohorts, rows = [], [], []
    for stage, groups in _GROUPS.items():
        year = held.newest_of(cube, (stage, groups[0], "overall"))
        for group in groups:
            for went in _WENT[stage]:
                keys.append((stage, group, went, year))
                cohorts.append((stage, group, "cohort", year))
                rows.append((next_steps.STAGES[stage], _name(stage, group), next_steps.DESTINATIONS[went], year))
    words = pd.DataFrame(rows, columns=["stage", "pupils_with", "went", "measured_in"])
    counted = held.side_by_side(store, area, None, cube, cohorts, words)["reached"]
    return held.side_by_side(store, area, others, cube, keys, words.assign(young_people=counted))[list(STEPS_COLUMNS)]


def _name(stage: str, group: str) -> str:
    return _AT_18.get(group, next_steps.GROUPS[group]) if stage == "18" else next_steps.GROUPS[group]


def offered(asked: Asked) -> tuple[Offered, ...]:
    """What can be chosen in the pictures. Raises UnknownChoice."""
    stage = STAGE.offer(next_steps.STAGES, "16", asked)
    every = {code: next_steps.DESTINATIONS[code] for code in dict.fromkeys((*_WENT["16"], *_WENT["18"]))}
    return (WHOSE.offer(neet.GROUPS, "ehc_plan", asked), stage, WENT.offer(every, "overall", asked))


_NOTES = (
    Note(
        "definition",
        Text(
            "Those whose activity is not known are counted with those who are not in education, employment or training:"
            " DfE gives the two apart for all young people only. SEND is as the authority's own tracking has it, not"
            " the school census."
        ),
        NEET,
    ),
    Note(
        "missing",
        Text("The file of 2021 (school year 2020/21) has no figure by SEND of any authority."),
        NEET_OVER_TIME,
    ),
    Note(
        "definition",
        Text(
            "At 18, school sixth forms count SEN and colleges count learning difficulties and disabilities (LLDD): two"
            " ways to count, which can not be added. Special schools and colleges are in neither. DfE prepared these"
            " tables for its SEND and alternative provision dashboard (February 2024), and others keep them. They are"
            " older than the stage 'After key stage 4' above, which was worked out again later."
        ),
        NEXT_STEPS,
    ),
)


def notes() -> Sequence[Note]:
    """What is counted, and what is not there."""
    return [*_NOTES, *(Note("break", Text(text), NEXT_STEPS) for text in next_steps.BREAKS[:2])]
