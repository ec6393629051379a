"""Further tables of the store as arrays, and the rows of a panel made of them: the area's figures, the mean of those
compared and England's, newest or over the years.

Of an authority with so few plans that a rate is that of a child or two nothing is compared, as in outcome_cube.py.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from sendlib.answer import Column, missing
from sendlib.areas import ENGLAND, Area
from sendlib.compared import means
from sendlib.compared.comparators import Comparators, known_areas
from sendlib.questions.doing_well.beside import NO_MEAN, Beside, of_those_compared
from sendlib.questions.doing_well.columns import AREA_OR_MEAN, OF_THE_MEAN, STATUS
from sendlib.questions.doing_well.outcome_cube import Cube, Floats, Key, codes_of_few
from sendlib.store import Store, kept_with_store
from sendlib.tables.symbols import HIDDEN, NOT_AVAILABLE, VALUE


@kept_with_store(24)
def cube(store: Store, name: str, keys: tuple[str, ...], only: tuple[tuple[str, str], ...] = ()) -> Cube:
    """A table by area and `keys` (its columns); `only`: columns with the one value that is read. Empty where the store
    does not hold it. A group of one authority has that one's figures."""
    found = _of_publisher(store, name, keys, only)
    groups = known_areas(store).groups
    alone = {code: found.rows.get(area.parts[0]) for code, area in groups.items() if len(area.parts) == 1}
    rows = {**found.rows, **{code: row for code, row in alone.items() if row is not None}}
    return Cube(rows, found.columns, found.by_sen, found.values, found.comparable, found.statuses)


@kept_with_store(24, of_base=True)
def _of_publisher(store: Store, name: str, keys: tuple[str, ...], only: tuple[tuple[str, str], ...]) -> Cube:
    if name not in store.tables:
        none = np.zeros((0, 0))
        return Cube({}, {}, np.zeros(0, dtype=bool), none, none, none.astype(object))
    return as_cube(store, store.table(name), keys, only)


def as_cube(store: Store, table: pd.DataFrame, keys: Sequence[str], only: Sequence[tuple[str, str]] = ()) -> Cube:
    """Rows of a table as arrays."""
    for column, value in only:
        table = table[table[column].astype(str).eq(value)]
    table = table.astype(dict.fromkeys(["area_code", *keys, "status"], str))
    wide = table.set_index(["area_code", *keys])[["value", "status"]].unstack(list(keys))
    values, statuses = wide["value"], wide["status"].fillna(NOT_AVAILABLE)
    columns = {tuple(str(part) for part in _as_tuple(key)): place for place, key in enumerate(values.columns)}
    rows = {str(code): place for place, code in enumerate(values.index)}
    figures = values.to_numpy(dtype=float)
    few = np.array([code in codes_of_few(store) for code in rows], dtype=bool)
    comparable = np.where(few[:, None], np.nan, figures) if len(rows) else figures
    by_sen = np.ones(figures.shape[1], dtype=bool)
    return Cube(rows, columns, by_sen, figures, comparable, statuses[values.columns].to_numpy(dtype=object))


def _as_tuple(key: object) -> tuple[object, ...]:
    return key if isinstance(key, tuple) else (key,)


def newest_of(held: Cube, begins: Sequence[str]) -> str:
    """The newest period (the last part of a key) in which England has a figure of a key that begins so; empty where
    there is none."""
    row = held.rows.get(ENGLAND)
    if row is None:
        return ""
    wanted = tuple(begins)
    known = [
        key[-1]
        for key, place in held.columns.items()
        if key[: len(wanted)] == wanted and not np.isnan(held.values[row, place])
    ]
    return max(known, default="")


def years(held: Cube, begins: Sequence[str] = ()) -> list[str]:
    """Every period of the keys that begin so, oldest first."""
    return sorted({key[-1] for key in held.columns if key[: len(begins)] == tuple(begins)})


def side_by_side(
    store: Store, area: Area, others: Comparators | None, held: Cube, keys: Sequence[Key], words: pd.DataFrame
) -> pd.DataFrame:
    """A row a key, with the words of that row: `reached` here, the mean of those compared with its range, and
    England's. A key that the table does not have is not available anywhere."""
    own, status = _own(held, area.code, keys)
    beside = _mean(store, others, held, keys)
    return _frame(
        words,
        reached=own,
        comparator_reached=beside.values,
        comparator_low=beside.low,
        comparator_high=beside.high,
        **beside.columns,
        england_reached=_own(held, ENGLAND, keys)[0],
        status=_why_own(area, own, status, keys),
    )


def over_time(
    store: Store, area: Area, others: Comparators | None, held: Cube, keys: Sequence[Key], words: pd.DataFrame
) -> pd.DataFrame:
    """A row a key and each of the area, the mean of those compared and England (`group`), as far as there are such."""
    parts = []
    own, status = _own(held, area.code, keys)
    parts.append(_rows(words, area.name, own, _why_own(area, own, status, keys), NO_MEAN))
    of_england, england_status = _own(held, ENGLAND, keys)
    england = means.statuses(of_england, england_status, NOT_AVAILABLE)
    if others and others.codes:
        beside = _mean(store, others, held, keys)
        why: list[str] = means.statuses(beside.values, england, NOT_AVAILABLE)
        if others.alone:
            why = means.statuses(beside.values, list(_each(held, others.codes, keys)[1][0]), HIDDEN)
        why = [
            NOT_AVAILABLE if np.isnan(mean) and one == VALUE else one
            for mean, one in zip(beside.values, why, strict=True)
        ]
        parts.append(_rows(words, others.mean_heading, beside.values, why, beside.columns))
    if area.code != ENGLAND:
        parts.append(_rows(words, "England", of_england, england, NO_MEAN))
    return pd.concat(parts, ignore_index=True)


def _why_own(area: Area, values: Floats, statuses: Sequence[str], keys: Sequence[Key]) -> list[str]:
    """Why each figure of the area is there or not: a year before it began does not apply to it."""
    return [
        VALUE if not np.isnan(value) else missing.why(area, _day(key[-1]), status)
        for value, status, key in zip(values, statuses, keys, strict=True)
    ]


def _day(period: str) -> str:
    """The last of January in a period, as a day; after all days where there is no period."""
    if "/" in period or (len(period) == 7 and period[5:] != "01"):
        return f"20{period[-2:]}-01-31"
    return f"{period[:4]}-01-31" if period else "9999"


def _rows(
    words: pd.DataFrame, group: str, values: Floats, why: Sequence[str], of: Mapping[str, object]
) -> pd.DataFrame:
    return _frame(words, group=group, reached=values, **of, status=list(why))


def _frame(words: pd.DataFrame, **columns: object) -> pd.DataFrame:
    """Words and columns beside them, made at once: column by column it takes many times as long."""
    return pd.DataFrame({**{name: words[name].to_numpy() for name in words}, **columns}, index=range(len(words)))


def _own(held: Cube, code: str, keys: Sequence[Key]) -> tuple[Floats, list[str]]:
    values, statuses = _each(held, [code], keys, published=True)
    return values[0], list(statuses[0])


def _mean(store: Store, others: Comparators | None, held: Cube, keys: Sequence[Key]) -> Beside:
    return of_those_compared(store, others, *_each(held, others.codes if others else (), keys))


def _each(
    held: Cube, codes: Sequence[str], keys: Sequence[Key], *, published: bool = False
) -> tuple[Floats, np.ndarray[tuple[int, ...], np.dtype[np.object_]]]:
    """Figures and why each is there or not: a row an area, a column a key, known here or not."""
    found = np.full((len(codes), len(keys)), np.nan)
    why = np.full(found.shape, NOT_AVAILABLE, dtype=object)
    places = [held.columns.get(tuple(key), -1) for key in keys]
    there = [number for number, place in enumerate(places) if place >= 0]
    columns = [places[number] for number in there]
    source = held.values if published else held.comparable
    for row, code in enumerate(codes):
        if code in held.rows and columns:
            found[row, there] = source[held.rows[code], columns]
            why[row, there] = held.statuses[held.rows[code], columns]
    return found, why


def columns_beside(whose: str, unit: str, decimals: int = 1) -> dict[str, Column]:
    """The columns of `side_by_side` after its words: `whose` is what the figure is, such as `the share of these
    pupils`."""
    return {
        "reached": Column("Here", f"{whose} here", unit, decimals),
        "comparator_reached": Column(
            "Mean of those compared",
            "plain mean of the same figure among those compared; missing where fewer than half or fewer than three have"
            " one",
            unit,
            decimals,
        ),
        "comparator_low": Column(
            "Lowest of those compared",
            "lowest of the same figures of those compared",
            unit,
            decimals,
            analysts_only=True,
        ),
        "comparator_high": Column(
            "Highest of those compared",
            "highest of the same figures of those compared",
            unit,
            decimals,
            analysts_only=True,
        ),
        **OF_THE_MEAN,
        "england_reached": Column("England", "the same figure in England", unit, decimals),
        "status": STATUS,
    }


def columns_over_time(value: Column) -> dict[str, Column]:
    """The columns of `over_time` after its words; `value` describes the figure."""
    return {"group": AREA_OR_MEAN, "reached": value, **OF_THE_MEAN, "status": STATUS}
