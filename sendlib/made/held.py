"""What a store holds of a table that a reader makes a table of: its areas, periods, values that go together, decimals.

DuckDB reads the table's Parquet file; each call has a database of its own in memory, which nobody shares.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from sendlib.compared import widened
from sendlib.errors import NoData, SnapshotDamaged
from sendlib.made.described import FACTS, PERIOD, Described
from sendlib.made.offered import tables
from sendlib.store import Store, TableInfo, kept_with_store

if TYPE_CHECKING:
    import duckdb

MEMORY = "256MB"
"""What DuckDB may use for one selection; the whole snapshot is 2 MB of Parquet."""
_MOST_DECIMALS, _WORKED_OUT = 3, 1
"""Decimals looked for in published figures, and those of figures that were worked out and have more."""
_NEARLY_ALL = 0.99
KINDS = {
    "authorities": "Every authority",
    "regions": "Every region",
    "england": "England",
    "boards": "Every integrated care board (ICB)",
    "locations": "Every sub-ICB location",
    "nhs_regions": "Every NHS region",
    "providers": "Every provider",
    "former": "Authorities that are gone",
    "others": "Where the area is not known",
}
"""Kinds of area that a table can have, as a reader picks all of one kind."""
_OF_LEVEL = {
    "england": "england",
    "region": "nhs_regions",
    "icb": "boards",
    "sub_icb": "locations",
    "provider": "providers",
}
_OF_KIND = {"authority": "authorities", "region": "regions", "england": "england"}


@dataclass(frozen=True)
class AreaHeld:
    """An area of a table: its name, and its kind (KINDS)."""

    name: str
    kind: str


@dataclass(frozen=True)
class Held:
    """A table as a store holds it.

    `areas` by code, by kind and name. `periods` oldest first; none where the table has none. `combinations` has a row
    for each combination of values of the dimensions that there is. `decimals` by column of figures and by the value
    that says the unit (empty where all have one).
    """

    info: TableInfo
    described: Described
    path: Path
    areas: Mapping[str, AreaHeld]
    periods: tuple[str, ...]
    combinations: pd.DataFrame
    decimals: Mapping[tuple[str, str], int]

    def of_kind(self, kind: str) -> list[str]:
        """Codes of the areas of a kind, by name."""
        return [code for code, area in self.areas.items() if area.kind == kind]


def quoted(column: str) -> str:
    """The name of a column, which may be a word of SQL's own, as SQL writes it."""
    return '"' + column.replace('"', '""') + '"'


@contextmanager
def database(name: str) -> Iterator[duckdb.DuckDBPyConnection]:
    """A database in memory that keeps to its limit and fetches nothing from anywhere. Raises NoData where a selection
    needs more memory, and SnapshotDamaged where the file of the table is gone meanwhile."""
    import duckdb  # imported where it is used: no other page needs it  # noqa: PLC0415

    settings = {
        "memory_limit": MEMORY,
        "threads": 2,
        "temp_directory": "",  # nothing is written beside the app
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
    }
    connection = duckdb.connect(":memory:", config=settings)
    try:
        connection.execute("SET enable_progress_bar = false")
        yield connection
    except duckdb.OutOfMemoryException as error:
        raise NoData(
            f"This selection of the table '{name}' needs more memory than one may have ({MEMORY}). Pick fewer areas,"
            " periods or parts."
        ) from error
    except duckdb.IOException as error:
        raise SnapshotDamaged(
            f"The file of table '{name}' can not be read: a refresh may just have replaced it. Load the page again."
        ) from error
    finally:
        connection.close()


def held(store: Store, name: str) -> Held:
    """A table by its name. Raises NoData where no table can be made of it, and SnapshotDamaged."""
    offered = tables(store)
    if name not in offered:
        raise NoData(f"No table can be made of '{name}'. There are: {', '.join(offered)}.")
    return _held(store.base, name)


@kept_with_store(64)
def _held(store: Store, name: str) -> Held:
    described, info, path = tables(store)[name], store.info(name), store.path(name)
    with database(name) as found:
        return Held(
            info,
            described,
            path,
            _areas(store, described, info, path, found),
            _periods(info, path, found),
            _combinations(described, path, found),
            _decimals(described, path, found),
        )


def _areas(
    store: Store, described: Described, info: TableInfo, path: Path, found: duckdb.DuckDBPyConnection
) -> dict[str, AreaHeld]:
    """The areas of all columns that name one, with the table's own word for those that only it knows."""
    facts = [name for name in FACTS if name in info.columns and name not in described.dimensions]
    newest = f"max_by({{}}, {PERIOD})" if PERIOD in info.columns else "max({})"
    own = ", ".join(newest.format(fact) for fact in facts)
    areas: dict[str, AreaHeld] = {}
    for column in described.areas:
        rows = found.execute(
            f"SELECT {quoted(column)}{', ' + own if own else ''} FROM read_parquet($file) GROUP BY {quoted(column)}",
            {"file": str(path)},
        ).fetchall()
        areas |= {str(code): _area(store, str(code), dict(zip(facts, more, strict=True))) for code, *more in rows}
    order = list(KINDS)
    by = sorted(areas.items(), key=lambda one: (order.index(one[1].kind), one[1].name, one[0]))
    return dict(by)


def _area(store: Store, code: str, facts: Mapping[str, str]) -> AreaHeld:
    known = widened.directory(store)
    area = known.areas.authorities.get(code) or known.areas.wider.get(code)
    if area is None and facts:
        named = known.health[code].name if code in known.health else facts["name"]
        return AreaHeld(named, _OF_LEVEL.get(facts["level"], "others"))
    if area is not None:
        return AreaHeld(area.name, _OF_KIND[area.kind])
    if code in known.areas.names:
        return AreaHeld(known.areas.names[code], "former")
    return AreaHeld("Not known, or outside England" if not code.isdigit() else code, "others")


def _periods(info: TableInfo, path: Path, found: duckdb.DuckDBPyConnection) -> tuple[str, ...]:
    if PERIOD not in info.columns:
        return ()
    rows = found.execute(
        f"SELECT DISTINCT {PERIOD} FROM read_parquet($file) ORDER BY 1", {"file": str(path)}
    ).fetchall()
    return tuple(str(period) for (period,) in rows)


def _combinations(described: Described, path: Path, found: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    names = list(described.dimensions)
    if not names:
        return pd.DataFrame(index=[0])
    columns = ", ".join(map(quoted, names))
    rows = found.execute(f"SELECT DISTINCT {columns} FROM read_parquet($file)", {"file": str(path)}).fetchall()
    return pd.DataFrame(rows, columns=names, dtype=object)


def _decimals(described: Described, path: Path, found: duckdb.DuckDBPyConnection) -> dict[tuple[str, str], int]:
    """How many decimals the figures of each unit, or of each value that has a unit of its own, are published with."""
    decimals: dict[tuple[str, str], int] = {}
    by = quoted(described.unit_by) if described.unit_by else "''"
    for column, figures in described.figures.items():
        if figures.words:
            continue
        steps = "".join(
            f" WHEN abs({column} - round({column}, {places})) < 1e-9 THEN {places}"
            for places in range(_MOST_DECIMALS + 1)
        )
        rows = found.execute(
            f"SELECT {by}, CASE {steps} ELSE {_MOST_DECIMALS + 1} END AS places, count(*) FROM read_parquet($file)"
            f" WHERE {column} IS NOT NULL GROUP BY ALL",
            {"file": str(path)},
        ).fetchall()
        counts: dict[str, dict[int, int]] = {}
        for value, places, count in rows:
            counts.setdefault(str(value), {})[places] = count
        decimals |= {(column, value): _most(of_value) for value, of_value in counts.items()}
    return decimals


def _most(counts: Mapping[int, int]) -> int:
    """The decimals with which nearly all figures are published. Where some were worked out and have more, those of
    half of them, and one at least."""
    if (found := _covering(counts, _NEARLY_ALL)) is not None:
        return found
    return max(_covering(counts, 0.5) or 0, _WORKED_OUT)


def _covering(counts: Mapping[int, int], part: float) -> int | None:
    """The fewest decimals that are enough for a part of the figures; None where those looked for are not."""
    enough = 0
    for places in range(_MOST_DECIMALS + 1):
        enough += counts.get(places, 0)
        if enough >= part * sum(counts.values()):
            return places
    return None
