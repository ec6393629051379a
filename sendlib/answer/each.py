"""Those compared one by one: the table of their single figures behind a mean, beside the area's own and England's, and
the choice whether they are drawn."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from sendlib.answer.choice import Asked, Choice, Offered
from sendlib.answer.model import EACH, Answer
from sendlib.answer.table import COMPARED, OWN, WHOLE, Column, Table
from sendlib.areas import ENGLAND, Area

TOGETHER, ONE_BY_ONE = "together", "each"
_OPTIONS = {TOGETHER: "Together", ONE_BY_ONE: "Also one by one"}
_BEFORE = "each_"
AREA_COLUMNS = {
    "area_code": Column("Area (code)", "code of the area, three digits of an authority", only_in_files=True),
    "area": Column("Area", "this area, England, or which of those compared"),
    "whose": Column("Whose", "this area, England, or one of those compared", only_in_files=True),
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


@dataclass(frozen=True)
class Listed:
    """Who stands in such a table: the area, England, and those compared (`compared`), each once: code -> name."""

    names: Mapping[str, str]
    compared: frozenset[str]

    @property
    def codes(self) -> list[str]:
        """All of them in their order."""
        return list(self.names)

    def whose(self, code: str) -> str:
        """Whose the row of one of them is."""
        return COMPARED if code in self.compared else WHOLE if code == ENGLAND else OWN

    def among(self, codes: Container[str]) -> Listed:
        """Those of them of whom there is a figure."""
        return replace(self, names={code: name for code, name in self.names.items() if code in codes})

    def of_compared(self, words: np.ndarray) -> np.ndarray:
        """Words on the figures of each (areas by rows), of those compared alone: the others are in no mean."""
        theirs = np.array([code in self.compared for code in self.names], dtype=bool)[:, None]
        found: np.ndarray = np.where(theirs, words, "").astype(object)
        return found


def listed(area: Area, compared: Sequence[str], names: Mapping[str, str]) -> Listed:
    """The area and England before the codes of those compared, whose `names` are given."""
    own = {area.code: area.name, ENGLAND: "England"}
    return Listed({**own, **{code: names[code] for code in compared}}, frozenset(compared))


def of_whom(area: Area, compared: Sequence[str], label: str) -> str:
    """Who stands in such a table, in its caption: `each of the other eight regions, beside London and England`."""
    own, several = area.short_name, "," if " and " in area.short_name else ""
    england = "" if ENGLAND in (area.code, *compared) else f"{several} and England"
    return f"each of {label}, beside {own}{england}"


def of_those_compared(data: pd.DataFrame) -> pd.DataFrame:
    """The rows of such a table of which its mean is made."""
    return data[data["whose"].eq(COMPARED)]


def rows(
    areas: Listed, rows_of_one: pd.DataFrame, columns: Mapping[str, np.ndarray], order: Sequence[str]
) -> pd.DataFrame:
    """Long data: `rows_of_one` (such as its periods) for each of the areas listed, with columns that are given
    as arrays of areas by these rows. Words are categories, of which a table of many areas has few."""
    number = len(rows_of_one)
    whose = [areas.whose(code) for code in areas.codes]
    found = {
        name: pd.Categorical(np.repeat(list(part), number))
        for name, part in (("area_code", areas.codes), ("area", areas.names.values()), ("whose", whose))
    }
    for name in rows_of_one:
        found[str(name)] = pd.Categorical(np.tile(rows_of_one[name].to_numpy(), len(whose)))
    for name, values in columns.items():
        flat = values.ravel()
        found[name] = flat if flat.dtype.kind == "f" else pd.Categorical(flat)
    return pd.DataFrame(found)[list(order)]
