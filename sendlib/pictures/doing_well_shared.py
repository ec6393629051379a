"""What pictures of Doing well share: whose figures are drawn, dots of them in rows, and what a picture leaves out."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from sendlib.answer import Answer, Mode, missing
from sendlib.pictures import lines, rows
from sendlib.pictures.picture import Picture
from sendlib.questions.doing_well.beside import of_means
from sendlib.questions.doing_well.columns import COMPARED, KNOWN
from sendlib.questions.doing_well.words import place
from sendlib.tables.symbols import VALUE

FIGURES = ("reached", "comparator_reached", "england_reached")
"""Columns of the area's figures, the mean and England's in most tables."""


def series(answer: Answer, name: str, columns: tuple[str, str, str], mode: Mode) -> dict[str, str]:
    """The area, those compared and England, as far as there are such: name in the key -> column of a table."""
    own, mean, england = columns
    table = answer.tables[name].data
    number = int(table[COMPARED].max()) if table[mean].notna().any() else 0
    found = {answer.area.name: own}
    if number and mode == "families":
        found[answer.tables[name].columns[mean].plain] = mean
    elif number:
        found[answer.comparators if number == 1 else f"Mean of {answer.comparators}"] = mean
    return found if answer.area.name == lines.ENGLAND else {**found, lines.ENGLAND: england}


def left_out(answer: Answer, table: pd.DataFrame, names: Sequence[str]) -> list[str]:
    """Rows without a mark of the area, and what is to be said of the means."""
    own = missing.named(place(answer.area), zip(names, table["status"], strict=True))
    return [*own, *of_means(answer.comparators, names, table)]


def why_nothing(answer: Answer, table: pd.DataFrame, names: Sequence[str]) -> str:
    """Why there is no figure of some rows, by their names."""
    return " ".join(missing.named(place(answer.area), zip(names, table["status"], strict=True)))


def of_means_over_time(answer: Answer, table: pd.DataFrame, when: str, by: tuple[str, ...] = ()) -> list[str]:
    """What is to be said of the means of each line; the years in which nobody has a figure are named by their
    reason."""
    held = table[table[KNOWN].gt(0)]
    parts = held.groupby(list(by), sort=False) if by else [("", held)]
    found: list[str] = []
    for name, part in parts:
        named = [f"{', '.join(name)} {year}" if by else str(year) for year in part[when]]
        found += of_means(answer.comparators, named, part, in_time=True)
    return found


def dots(key: str, answer: Answer, mode: Mode, table: pd.DataFrame, label: str, axis: str, caption: str) -> Picture:
    """Marks of the figures of several kinds of school or of SEN, and what they leave out."""
    labels = [str(name) for name in table[label]]
    return rows.marks(
        key,
        mode,
        table,
        labels,
        series(answer, key, FIGURES, mode),
        axis,
        caption,
        statuses=list(table["status"]),
        below_it=tuple(left_out(answer, table, labels)),
        nothing="There is no figure to draw.",
    )


def by_group(table: pd.DataFrame, when: str) -> list[str]:
    """What the lines of several groups leave out and why; a mean of too few is told of beside the means."""
    held = table[~(table[COMPARED].gt(0) & table[KNOWN].gt(0) & table["status"].ne(VALUE))]
    return [
        text
        for group, part in held.groupby("group", sort=False)
        for text in missing.named(str(group), zip(part[when], part["status"], strict=True), in_time=True)
    ]
