"""How many families waited longer than the 20 weeks that the law gives: numbers of plans, year by year.

A plan is one child's, so a family that waited for two is counted twice. Years of too few plans, or of a return that can
not be right, have no share (`left_out`, as in plans on time).
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from sendlib.answer import Column, Mode, Note, Table, Text
from sendlib.answer.numbers import capital, percent, written
from sendlib.answer.table import LARGEST_OF_FEW
from sendlib.questions.getting_help.columns import YEAR, status_of
from sendlib.questions.getting_help.few import NEARLY_ALL
from sendlib.tables.symbols import NOT_AVAILABLE, VALUE

NAME = "longer"
COLUMNS = {
    "period": YEAR,
    "longer": Column(
        "Waited longer than 20 weeks",
        "plans issued in the year later than 20 weeks after the request, exceptions included: one for each child",
        "plans",
        0,
        measure="Plans that took longer than 20 weeks",
    ),
    "in_20_weeks": Column("Within 20 weeks", "plans issued in the year within 20 weeks of the request", "plans", 0),
    "issued": Column("Plans issued", "plans issued in the year, exceptions included", "plans", 0),
    "longer_share": Column(
        "Waited longer", "plans that took longer than 20 weeks, out of the plans issued in the year", "%", 1
    ),
    "coverage": Column("Coverage", "plans counted for the 20 weeks, out of the plans that started in the year", "%", 0),
    "left_out": Column("No share, because", "why the year has no share here and is not drawn"),
    "status": status_of("a number"),
}


def rows(lead: pd.DataFrame) -> pd.DataFrame:
    """One row a year, newest first, out of plans on time (plans_on_time.on_time)."""
    held = lead[["period", "issued", "in_20_weeks", "coverage", "left_out", "status"]].copy()
    longer = (held["issued"] - held["in_20_weeks"]).where(held["in_20_weeks"].le(held["issued"]))
    held["longer"] = longer
    held["longer_share"] = (100 * longer / held["issued"].where(held["issued"].gt(0))).where(held["left_out"].eq(""))
    held["status"] = np.where(longer.notna(), VALUE, held["status"].where(held["status"].ne(VALUE), NOT_AVAILABLE))
    return held[list(COLUMNS)].iloc[::-1].reset_index(drop=True)


def table(lead: pd.DataFrame, whose: str, group: str) -> dict[str, Table]:
    """The part of Look closer; `whose` says whose figures they are."""
    found = rows(lead)
    first, last = found["period"].iloc[-1], found["period"].iloc[0]
    return {
        NAME: Table(
            found,
            Text(f"Plans that took longer than 20 weeks, exceptions included, {whose}, {first} to {last}"),
            COLUMNS,
            ("process",),
            heading="How many families waited longer",
            group=group,
        )
    }


def is_few(found: pd.DataFrame, mode: Mode) -> bool:
    """Whether people in a room may recognise who waited longer in the newest year."""
    return mode != "explore" and 1 <= float(found["longer"].iloc[0]) <= LARGEST_OF_FEW


def in_words(found: pd.DataFrame, mode: Mode = "explore") -> str:
    """`In 2024, 1,422 of 1,720 families waited longer than 20 weeks for a new plan.`; or why there is no number."""
    row = found.iloc[0]
    if np.isnan(row["longer"]):
        return f"How many waited longer in {row['period']} is not available."
    if row["left_out"]:
        return f"{capital(_counted(row))} plans took longer than 20 weeks in {row['period']}: {row['left_out']}."
    counted = f"fewer than 5 of {written(row['issued'])}" if is_few(found, mode) else _counted(row)
    told = f"In {row['period']}, {counted} families waited longer than 20 weeks for a new plan."
    if not row["coverage"] < NEARLY_ALL:
        return told
    return f"{told} That counts {percent(row['coverage'], 0)} of the plans that started."


def _counted(row: pd.Series) -> str:
    return f"{written(row['longer'])} of {written(row['issued'])}"


def of_row(row: pd.Series) -> str:
    """`1,422 of 1,720`, `fewer than 5 of 60` as families read it of a row of plans on time; empty where either is
    missing, or nobody waited longer."""
    longer = row["issued"] - row["in_20_weeks"]
    if not longer > 0:
        return ""
    number = "fewer than 5" if longer <= LARGEST_OF_FEW else written(longer)
    return capital(f"{number} of {written(row['issued'])}")


def notes() -> list[Note]:
    """What is counted as a family, and that exceptions are in."""
    counted = (
        "One plan is counted as one family: a family that waited for two plans is counted twice. Plans that the law"
        " allows to be later, the exceptions, are counted with the rest. A family that still waits is not in it: only"
        " plans that were issued are counted."
    )
    return [Note("definition", Text(counted), NAME)]
