"""How far pupils came between key stages beside others who began alike, by SEN, and why that is measured no longer."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from sendlib.answer import Asked, Choice, Column, Note, Offered, Table, Text
from sendlib.areas import Area
from sendlib.compared.comparators import Comparators
from sendlib.questions.doing_well import held
from sendlib.questions.doing_well.outcome_cube import Cube
from sendlib.store import Store
from sendlib.tables.progress import BREAKS, GROUPS, MEASURES

PROGRESS = "progress"
COLUMNS = {
    "what": Column("What is measured", "progress in a subject from age 7 to 11, or in eight subjects from 11 to 16"),
    "pupils_with": Column("SEN status", "the SEN status of these pupils"),
    "year": Column("School year", "school year in which the later key stage ended", period=True),
    "last": Column("Last year?", "whether it is the last school year that was measured", only_in_files=True),
    **held.columns_beside(
        "mean score of these pupils; nought is what others who began alike reached in England,", "points", 2
    ),
}
LAST = "last"
MEASURE = Choice("progress_measure", "Progress", "in which subject or key stage progress is drawn", about=PROGRESS)
CHOICES = (MEASURE,)


def tables(store: Store, area: Area, others: Comparators | None, whom: str) -> dict[str, Table]:
    """Every measure, SEN status and school year, the newest year first."""
    return {
        PROGRESS: Table(
            _scores(store, area, others),
            Text(f"Progress by SEN, {whom}, key stage 2 to 2022/23 and Progress 8 to 2023/24, mean scores"),
            COLUMNS,
            ("progress",),
            "Progress by SEN, until it was measured no longer",
        )
    }


def _cube(store: Store) -> Cube:
    return held.cube(store, "progress", ("measure", "group", "period"))


def _scores(store: Store, area: Area, others: Comparators | None) -> pd.DataFrame:
    cube = _cube(store)
    keys, rows = [], []
    for measure, name in MEASURES.items():
        last = held.newest_of(cube, (measure, "ehc_plan"))
        for year in reversed(held.years(cube, (measure,))):
            for group, whose in GROUPS.items():
                keys.append((measure, group, year))
                rows.append((name, whose, year, LAST if year == last else ""))
    words = pd.DataFrame(rows, columns=["what", "pupils_with", "year", "last"])
    return held.side_by_side(store, area, others, cube, keys, words)[list(COLUMNS)]


def offered(asked: Asked) -> tuple[Offered, ...]:
    """Which measure is drawn. Raises UnknownChoice."""
    return (MEASURE.offer(MEASURES, "reading", asked),)


_READ = (
    "A score below nought is not that pupils made no progress: they came less far than others of England with the same"
    " results before. All pupils of England together have about nought."
)


def notes() -> Sequence[Note]:
    """How to read a score, and why there are no newer ones."""
    return [Note("definition", Text(_READ), PROGRESS), *(Note("break", Text(text), PROGRESS) for text in BREAKS)]
