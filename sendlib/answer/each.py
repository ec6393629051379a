"""Those compared one by one: the table of their single figures behind a mean, and the choice whether they are drawn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from sendlib.answer.choice import Asked, Choice, Offered
from sendlib.answer.model import EACH, Answer
from sendlib.answer.table import Column, Table

TOGETHER, ONE_BY_ONE = "together", "each"
_OPTIONS = {TOGETHER: "Together", ONE_BY_ONE: "Also one by one"}
_BEFORE = "each_"
AREA_COLUMNS = {
    "area_code": Column("Area (code)", "code of the area, three digits of an authority", only_in_files=True),
    "area": Column("Area", "which of those compared"),
}
LEFT_OUT = Column("Not drawn, because", "why the figure is not drawn and counts for no mean")


def name_of(table: str) -> str:
    """The name of the table of each of those compared behind a table."""
    return f"{table}{EACH}"


def choice(table: str) -> Choice:
    """Whether the picture of a table draws each of those compared."""
    return Choice(
        f"{_BEFORE}{table}",
        "Those compared",
        "whether each of those compared is drawn as a thin line besides all of them together",
        about=table,
        form="buttons",
    )


def offered(one: Choice, tables: Mapping[str, Table], asked: Asked, default: str = TOGETHER) -> list[Offered]:
    """The choice as it is offered: not where nobody stands one by one. Raises UnknownChoice."""
    return [one.offer(_OPTIONS, default, asked)] if name_of(one.about) in tables else []


def are_drawn(answer: Answer, table: str) -> bool:
    """Whether a reader asked for each of those compared in the picture of a table."""
    return f"{_BEFORE}{table}" in answer.offered and answer.chosen(f"{_BEFORE}{table}") == ONE_BY_ONE


def rows(
    areas: Mapping[str, str], rows_of_one: pd.DataFrame, columns: Mapping[str, np.ndarray], order: Sequence[str]
) -> pd.DataFrame:
    """Long data: `rows_of_one` (such as its periods) for each of some areas (code -> name), with columns that are given
    as arrays of areas by these rows. Words are categories, of which a table of many areas has few."""
    number = len(rows_of_one)
    codes, names = (pd.Categorical(np.repeat(list(part), number)) for part in (areas.keys(), areas.values()))
    found = {"area_code": codes, "area": names}
    for name in rows_of_one:
        found[str(name)] = pd.Categorical(np.tile(rows_of_one[name].to_numpy(), len(areas)))
    for name, values in columns.items():
        flat = values.ravel()
        found[name] = flat if flat.dtype.kind == "f" else pd.Categorical(flat)
    return pd.DataFrame(found)[list(order)]
