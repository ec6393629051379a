"""The figures of one measure over time, whose they are, and why one is missing: the same columns for every measure."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from sendlib.answer import TOO_FEW, Answer, Column, Table
from sendlib.areas import ENGLAND
from sendlib.measures.registry import Measure, doubts, period_of
from sendlib.questions import doing_well
from sendlib.questions.doing_well import stages_over_time
from sendlib.tables.outcomes import MEASURES
from sendlib.tables.symbols import NOT_AVAILABLE, VALUE, WORDS

COLUMNS = {
    "period": Column("When", "when the figures are of", period=True),
    "whose": Column("Whose", "the area's, the mean of those compared, England's, or whose else the figure is"),
    "number": Column("Number", "what was picked", decimals=1),
    "unit": Column("In", "what the number is in"),
    "doubtful": Column("Doubtful?", "why the number can not be right; a rule finds it"),
    "left_out": Column("Not drawn, because", "why there is no point of it in the picture"),
    "why": Column("Why there is none", "why there is no figure, in words"),
    "status": Column("Status", "value where there is a figure, else why there is none", only_in_files=True),
}
_SO_FEW = "a figure of so few children"
_SO_MANY = "a number of all England, beside which the other lines would lie flat"


def of(answer: Answer, measure: Measure, mean: str) -> pd.DataFrame:
    """The rows of a measure in an answer, columns COLUMNS; none where the answer has no such table or rows.

    `mean`: what the mean of those compared is called.
    """
    table = answer.tables.get(measure.table)
    if table is None or measure.column not in table.columns:
        return _rows([])
    found = _rows(_series(answer, table, measure, mean))
    if measure.unit and not measure.is_for_size:
        found = _without_a_giant(found)
    few = answer.state == TOO_FEW and answer.question == doing_well.QUESTION.name
    # Doing well draws nothing of an area with so few children, and so nothing is drawn of it elsewhere.
    return found.assign(left_out=found["left_out"].mask(found["whose"].eq(answer.area.name), _SO_FEW)) if few else found


def _without_a_giant(found: pd.DataFrame) -> pd.DataFrame:
    """Numbers of children or plans, of which England's are not drawn beside those of any part of it."""
    whole = found["whose"].eq("England")
    if not found.loc[~whole, "number"].notna().any():
        return found
    return found.assign(left_out=found["left_out"].mask(whole & found["number"].notna(), _SO_MANY))


def lacks_england(answer: Answer, measure: Measure, found: pd.DataFrame) -> bool:
    """Whether England's figures can stand beside those found, and do not yet: those of another size would flatten the
    lines."""
    return measure.is_for_size and answer.area.code != ENGLAND and not found["whose"].eq("England").any()


def _rows(parts: Iterator[pd.DataFrame] | list[pd.DataFrame]) -> pd.DataFrame:
    empty = pd.DataFrame({name: pd.Series(dtype=float if name == "number" else object) for name in COLUMNS})
    held = [part for part in parts if len(part)]
    return pd.concat(held, ignore_index=True)[list(COLUMNS)] if held else empty


def _series(answer: Answer, table: Table, measure: Measure, mean: str) -> Iterator[pd.DataFrame]:
    """The figures of the column itself, and those that stand beside it in other columns."""
    rows = measure.rows(table)
    unit = unit_of(table, rows, measure)
    yield _of_the_column(answer, table, rows, measure.column).assign(unit=unit)
    for beside, words, reasons in (("mean", mean, ("why_no_mean",)), ("england", "England", ()), ("before", "", ())):
        for name, column in table.columns.items():
            if column.whose == beside and column.unit == measure.unit:
                named = rows[f"{name}_name"] if beside == "before" else pd.Series(words, index=rows.index)
                yield _part(table, rows, name, named, reasons, own=False).assign(unit=unit)


def own(answer: Answer, name: str, column: str) -> pd.DataFrame:
    """The area's own figures in a column of a table, of all its measures together: COLUMNS without the unit, by the
    index of the table's rows."""
    table = answer.tables[name]
    found = _of_the_column(answer, table, table.data, column)
    return found[found["whose"].eq(answer.area.name)]


def _of_the_column(answer: Answer, table: Table, rows: pd.DataFrame, column: str) -> pd.DataFrame:
    """The figures of the column itself, with whose they are where the rows say so."""
    said_by = next((name for name, one in table.columns.items() if one.whose == "row"), "")
    whose = rows[said_by].astype(str) if said_by else pd.Series(answer.area.name, index=rows.index)
    return _part(table, rows, column, whose, ("why", "areas_without"), own=True)


def unit_of(table: Table, rows: pd.DataFrame, measure: Measure) -> str:
    """What the numbers of a measure are in: its unit, or what the rows say, or the heading of its column."""
    if "unit" in rows and len(rows):
        return str(rows["unit"].iloc[0])
    if (measure.question, measure.table) == (doing_well.QUESTION.name, "over_time"):
        words = {text for _, text in measure.divided}
        return next(stages_over_time.unit(code) for code in stages_over_time.OVER_TIME if MEASURES[code].name in words)
    return measure.unit or table.columns[measure.column].heading


def _part(
    table: Table, rows: pd.DataFrame, number: str, whose: pd.Series, reasons: tuple[str, ...], *, own: bool
) -> pd.DataFrame:
    """One column of figures; the first of `reasons` that the table has says why there is none, or else the status."""

    def words(name: str) -> pd.Series:
        return rows[name].astype(str) if name in rows else pd.Series("", index=rows.index)

    known = rows[number].notna()
    status = words("status") if own and "status" in rows else pd.Series(NOT_AVAILABLE, index=rows.index)
    status = status.where(~known & status.ne(VALUE), NOT_AVAILABLE).mask(known, VALUE)
    told = words(next((name for name in reasons if name in rows), ""))
    return pd.DataFrame(
        {
            "period": rows[period_of(table)].astype(str),
            "whose": whose,
            "number": rows[number].astype(float),
            "doubtful": doubts(rows, number) if own else "",
            "left_out": words("left_out") if own else "",
            "why": told.where(told.ne(""), status.map(WORDS)).mask(known, ""),
            "status": status,
        }
    )
