"""What DuckDB is asked of a table: how many rows a selection makes, and the rows, in an order, as many as are wanted.

All that comes from a reader is bound, never written into the SQL; names of columns are those that the table's
description lists. Each value of a column travels as its place in the list of those that were picked, which is its rank
in the order of the rows as well; words are put in afterwards.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import pandas as pd

from sendlib.made.described import AREA, PERIOD, STATUS, VALUE
from sendlib.made.held import Held, database, quoted
from sendlib.made.selection import Picked, natural, said
from sendlib.questions.getting_help.process_tables import FEWEST_DEATHS
from sendlib.tables.symbols import HIDDEN, STATUSES

DEATHS, WITH_DEATHS = "ceased_deceased", ("ceased_deceased", "ceased_other_or_not_recorded")
"""Measures of the table `process`: deaths, and those that go with them, or the total would tell."""
_FEW = (
    f"few AS (SELECT DISTINCT {AREA}, {PERIOD} FROM held WHERE measure = $deaths AND {VALUE} < $fewest),"
    f" shown AS (SELECT held.* REPLACE (CASE WHEN hide THEN NULL ELSE {VALUE} END AS {VALUE},"
    f" CASE WHEN hide THEN $hidden ELSE {STATUS} END AS {STATUS})"
    f" FROM (SELECT held.*, few.{AREA} IS NOT NULL AND list_contains($with_deaths, measure) AS hide"
    f" FROM held LEFT JOIN few USING ({AREA}, {PERIOD})) AS held)"
)
_FIGURES, _TOTAL = "figures_", "count(*) OVER () AS total"
OF = "of_"
"""What a column of a turned table is called, before the value that it is of."""
NO_ROW = len(STATUSES)
"""In place of a status: the table has no row of it."""


@dataclass(frozen=True)
class Asking:
    """A selection as it is asked: the columns that rows are told apart by, with the values of each in their order."""

    picked: Picked
    keys: Mapping[str, tuple[str, ...]]
    order: str = ""
    parameters: dict[str, object] = field(default_factory=dict)

    @property
    def table(self) -> Held:
        return self.picked.held

    @property
    def rows(self) -> tuple[str, ...]:
        """The columns that stand in the rows: all, but what stands across the top."""
        return tuple(name for name in self.keys if name != self.picked.across)

    @cached_property
    def nothing(self) -> bool:
        """Whether nothing can be found, because of a column no value was picked."""
        return any(not values for values in self.keys.values())


@dataclass(frozen=True)
class Found:
    """Rows: the places of the values of each column, the figures, and the places of their statuses.

    Of a table that was turned a column of figures is named after the place of its value across the top, as text.
    """

    total: int
    places: pd.DataFrame
    figures: pd.DataFrame
    statuses: pd.DataFrame
    across: tuple[str, ...] = ()


def asking(picked: Picked) -> Asking:
    """A selection, with the columns in the order in which they stand."""
    table = picked.held
    keys: dict[str, tuple[str, ...]] = {}
    for place, name in enumerate(table.described.areas):
        keys[name] = picked.codes if place == 0 else tuple(table.areas)
    keys |= picked.values
    if table.periods:
        keys[PERIOD] = picked.periods
    first = picked.selection.first
    if first in keys:
        keys = {first: keys[first], **keys}
    column = picked.selection.order.removeprefix("-")
    if column in keys:
        by_words = sorted(
            keys[column], key=lambda value: natural(value if column == PERIOD else said(table, column, value))
        )
        keys = {**keys, column: tuple(by_words)}
    return Asking(picked, keys, picked.selection.order)


def count(picked: Picked) -> int:
    """How many rows a selection makes."""
    asked = asking(picked)
    if asked.nothing:
        return 0
    found, parameters = _chosen(asked)
    keys = ", ".join(_place(name) for name in asked.rows)
    counted = f"SELECT DISTINCT {keys} FROM chosen" if picked.across else "SELECT 1 FROM chosen"
    with database(asked.table.info.name) as connection:
        return int(connection.execute(f"{found} SELECT count(*) FROM ({counted})", parameters).fetchall()[0][0])


def rows(picked: Picked, most: int | None = None) -> Found:
    """The rows of a selection, the first of them in its order where there are more than `most`. Raises
    SnapshotDamaged."""
    asked = asking(picked)
    if asked.nothing:
        nothing = pd.DataFrame()
        return Found(0, pd.DataFrame(columns=list(asked.rows)), nothing, nothing)
    return _turned(asked, most) if picked.across else _list(asked, most)


def _place(name: str) -> str:
    return f"place_{name}"


def _chosen(asked: Asking) -> tuple[str, dict[str, object]]:
    """The SQL of the rows that were picked, as places, with what is bound in it."""
    table, figures = asked.table, asked.table.described.figures
    parameters: dict[str, object] = {"file": str(table.path)}
    with_deaths = table.info.name == "process"
    if with_deaths:
        parameters |= {"deaths": DEATHS, "fewest": FEWEST_DEATHS, "hidden": HIDDEN, "with_deaths": list(WITH_DEATHS)}
    steps = ["held AS (SELECT * FROM read_parquet($file))", _FEW if with_deaths else "shown AS (SELECT * FROM held)"]
    joins = []
    for name, values in asked.keys.items():
        parameters[f"of_{name}"] = list(values)
        joins.append(
            f"JOIN (SELECT unnest($of_{name}) AS code, unnest(range(len($of_{name}))) AS place) AS of_{name}"
            f" ON shown.{quoted(name)} = of_{name}.code"
        )
    if asked.picked.newest and PERIOD in asked.keys:
        steps.append(_newest(asked))
        same = " AND ".join(f"shown.{quoted(name)} = newest.{quoted(name)}" for name in (*asked.picked.values, PERIOD))
        joins.append(f"JOIN newest ON {same}")
    places = [f"of_{name}.place AS {_place(name)}" for name in asked.keys]
    numbers = [f"shown.{name} AS {_FIGURES}{name}" for name in figures]
    if STATUS in table.info.columns:
        parameters["statuses"] = list(STATUSES)
        numbers.append(f"list_position($statuses, shown.{STATUS}) - 1 AS status")
    else:
        numbers.append("0 AS status")
    where = _where(asked, parameters)
    steps.append(f"chosen AS (SELECT {', '.join([*places, *numbers])} FROM shown {' '.join(joins)}{where})")
    return f"WITH {', '.join(steps)}", parameters


def _newest(asked: Asking) -> str:
    """The newest period of each combination of values: that of which any area has a figure, else that of any row."""
    names = list(map(quoted, asked.picked.values))
    held_any = f"FILTER ({STATUS} = 'value')" if STATUS in asked.table.info.columns else ""
    newest = f"coalesce(max({PERIOD}) {held_any}, max({PERIOD})) AS {PERIOD}"
    by = f" GROUP BY {', '.join(names)}" if names else ""
    return f"newest AS (SELECT {', '.join([*names, newest])} FROM held{by})"


def _where(asked: Asking, parameters: dict[str, object]) -> str:
    """Rows that have all words of a reader in what stands in their cells."""
    tests = []
    for place, word in enumerate(asked.picked.selection.find.casefold().split()):
        any_of = []
        for name, values in asked.keys.items():
            parameters[f"word_{place}_{name}"] = [
                at for at, value in enumerate(values) if word in said(asked.table, name, value).casefold()
            ]
            any_of.append(f"list_contains($word_{place}_{name}, of_{name}.place)")
        tests.append(f"({' OR '.join(any_of)})")
    return f" WHERE {' AND '.join(tests)}" if tests else ""


def _order(asked: Asking, figures: Sequence[str]) -> str:
    """The order of the rows: by the column that was picked, numbers from the largest, else as the columns stand."""
    column, turned = asked.order.removeprefix("-"), asked.order.startswith("-")
    first = []
    if column in asked.rows:
        first = [f"{_place(column)} {'DESC' if turned else 'ASC'}"]
    elif column in figures:
        name = f"{_FIGURES}{figures.index(column) if asked.picked.across else column}"
        first = [f"{name} {'ASC' if turned else 'DESC'} NULLS LAST"]
    return f" ORDER BY {', '.join([*first, *(_place(name) for name in asked.rows)])}"


def _list(asked: Asking, most: int | None) -> Found:
    """A row a figure."""
    chosen, parameters = _chosen(asked)
    figures = list(asked.table.described.figures)
    with database(asked.table.info.name) as connection:
        arrays = connection.execute(
            f"{chosen} SELECT *, {_TOTAL} FROM chosen{_order(asked, figures)}{_limit(most)}", parameters
        ).fetchnumpy()
    return Found(
        _total(arrays),
        pd.DataFrame({name: arrays[_place(name)] for name in asked.rows}),
        pd.DataFrame({name: _plain(arrays[f"{_FIGURES}{name}"]) for name in figures}),
        pd.DataFrame(dict.fromkeys(figures, arrays["status"])),
    )


def _turned(asked: Asking, most: int | None) -> Found:
    """A row for what is not across the top, and a column for each value across it that any row has."""
    chosen, parameters = _chosen(asked)
    across, keys = _place(asked.picked.across), ", ".join(_place(name) for name in asked.rows)
    with database(asked.table.info.name) as connection:
        found = connection.execute(f"{chosen} SELECT DISTINCT {across} FROM chosen ORDER BY 1", parameters).fetchall()
        tops = [int(place) for (place,) in found]
        values = tuple(asked.keys[asked.picked.across][top] for top in tops)
        cells = "".join(
            f", max({_FIGURES}{VALUE}) FILTER ({across} = {top}) AS {_FIGURES}{at},"
            f" coalesce(max(status) FILTER ({across} = {top}), {NO_ROW}) AS status_{at}"
            for at, top in enumerate(tops)
        )
        order = _order(asked, [f"{OF}{value}" for value in values])
        arrays = connection.execute(
            f"{chosen} SELECT *, {_TOTAL} FROM (SELECT {keys}{cells} FROM chosen GROUP BY {keys}){order}{_limit(most)}",
            parameters,
        ).fetchnumpy()
    return Found(
        _total(arrays),
        pd.DataFrame({name: arrays[_place(name)] for name in asked.rows}),
        pd.DataFrame({value: _plain(arrays[f"{_FIGURES}{at}"]) for at, value in enumerate(values)}),
        pd.DataFrame({value: arrays[f"status_{at}"] for at, value in enumerate(values)}),
        values,
    )


def _limit(most: int | None) -> str:
    return "" if most is None else f" LIMIT {int(most)}"


def _total(arrays: Mapping[str, np.ndarray]) -> int:
    """How many rows there are, of which these are the first."""
    return int(arrays["total"][0]) if len(arrays["total"]) else 0


def _plain(values: np.ndarray) -> np.ndarray:
    """Figures as numbers with NaN for none; words as they are."""
    filled: np.ndarray = (
        np.ma.filled(values.astype(float), np.nan) if values.dtype.kind in "fiu" else np.ma.filled(values, "")
    )
    return filled
