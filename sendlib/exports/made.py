"""A table that a reader made, ready for every kind of file."""

from __future__ import annotations

import numpy as np
import pandas as pd

from sendlib.answer import Column
from sendlib.exports.numbers import Numbers
from sendlib.made.building import Made
from sendlib.made.selection import Picked
from sendlib.tables.symbols import NOT_AVAILABLE, SHORT, VALUE

MOST_ROWS_OF_A_SHEET, MOST_COLUMNS_OF_A_SHEET = 1_048_575, 16_384
"""What a sheet of Excel holds under its headings, and beside one another."""


def numbers_of(made: Made, link: str = "") -> Numbers:
    """The table as every kind of file has it; `made` with all of its rows. `link` is the address of the view."""
    names = [made.picked.held.areas[code].name for code in made.picked.codes]
    return Numbers(
        stem=stem(made.picked),
        caption=made.caption,
        area=", ".join(names),
        compared="",
        columns=dict(made.columns),
        frame=pd.DataFrame({name: _rounded(made, name, column) for name, column in made.columns.items()}),
        instead=pd.DataFrame({name: _instead(made, name, column) for name, column in made.columns.items()}),
        sources=made.sources,
        notes=(*made.cautions, *made.notes),
        link=link,
    )


def stem(picked: Picked) -> str:
    """What a file of the table is called, without its ending."""
    return f"made-{picked.held.info.name}".replace("_", "-")


def fits_a_sheet(made: Made) -> bool:
    """Whether Excel can hold the table."""
    return made.total <= MOST_ROWS_OF_A_SHEET and len(made.columns) <= MOST_COLUMNS_OF_A_SHEET


def _rounded(made: Made, name: str, column: Column) -> pd.Series:
    """Numbers as the page writes them, each with the decimals of its unit; whole ones are whole."""
    values = made.frame[name]
    if column.decimals is None:
        return values.astype(str)
    if column.decimals == 0:
        return values.astype("float64").round().astype("Int64")
    numbers, decimals = values.to_numpy(dtype=float), made.decimals[name]
    rounded = np.full(len(numbers), np.nan)
    for places in np.unique(decimals):
        rounded[decimals == places] = np.round(numbers[decimals == places], int(places))
    return pd.Series(rounded, index=values.index)


def _instead(made: Made, name: str, column: Column) -> pd.Series:
    """What stands in place of each number that is missing."""
    if column.decimals is None:
        return pd.Series("", index=made.frame.index)
    absent = made.picked.held.described.absent
    signs = {**SHORT, VALUE: SHORT[NOT_AVAILABLE], "": absent}
    return made.statuses[name].map(signs)
