"""Answers as words and as tables that people read."""

from __future__ import annotations

import pandas as pd

from sendlib.provenance import Provenance
from sendlib.questions.answer import Answer, Headline, Table, written
from sendlib.tables import periods
from sendlib.tables.symbols import VALUE, WORDS

MODES = {"explore": "Explore", "show": "Show", "families": "Families"}
"""Code in the URL -> name; the first is what a link without a mode means."""

NOTHING = "–"
"""What stands in a cell of words where there is nothing to say."""


def sentence(headline: Headline, mode: str) -> str:
    """The headline in the length that the mode calls for."""
    return {"families": headline.families, "show": headline.councillor}.get(mode, headline.analyst)


def headings(table: Table, mode: str = "explore") -> dict[str, str]:
    """Column -> heading, for the columns that are shown; Families has the plain ones only."""
    return {name: column.heading_in(mode) for name, column in table.columns_in(mode).items()}


def readable(table: Table, mode: str = "explore") -> pd.DataFrame:
    """A table for reading: headings in words, numbers written, missing values as words, codes left out."""
    data = table.data
    missing = (
        data["status"].astype(str).map(WORDS).str.capitalize()
        if "status" in data
        else pd.Series("Not available", index=data.index)
    )
    missing = missing.where(missing.ne(WORDS[VALUE].capitalize()), "Not available")
    shown = {}
    for name, column in table.columns_in(mode).items():
        values = data[name]
        if column.decimals is not None:
            text = values.map(lambda value, d=column.decimals: "" if pd.isna(value) else written(value, d))
            written_out = text.where(values.notna(), column.otherwise or missing)
        elif column.period:
            written_out = values.astype(str).map(periods.spoken).str.capitalize()
        else:
            # No cell is empty: a reader, or one who hears the page, could not tell nothing from something lost.
            written_out = values.astype(str).replace("", NOTHING)
        shown[column.heading_in(mode)] = written_out
    return pd.DataFrame(shown)


def codebook(table: Table, mode: str = "explore") -> list[tuple[str, str]]:
    """(heading, what it means and in which unit) of every column that is shown."""
    return [
        (column.heading_in(mode), f"{column.meaning}{f' ({column.unit})' if column.unit and column.unit not in column.meaning else ''}")
        for column in table.columns_in(mode).values()
    ]


def csv(table: Table, answer: Answer) -> bytes:
    """The table's rows, unrounded, under their headings, with what they are and where they come from in the last columns."""
    sources = dict.fromkeys(source.citation() for name in table.sources for source in answer.sources.get(name, ()))
    frame = table.data.rename(columns={name: column.titled for name, column in table.columns.items()})
    text: str = frame.assign(Table=table.caption, Source=" | ".join(sources)).to_csv(index=False, lineterminator="\n")
    return text.encode("utf-8-sig")


def citations(answer: Answer, names: tuple[str, ...]) -> list[Provenance]:
    """The origins of some of an answer's tables, each once."""
    return list(dict.fromkeys(source for name in names for source in answer.sources.get(name, ())))
