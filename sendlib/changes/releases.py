"""Which tables a refresh has brought anew, and what of an area's rows in them is new, another or gone."""

from __future__ import annotations

import pandas as pd

from sendlib.answer import Column, Table, Text
from sendlib.areas import Area
from sendlib.compared import widened
from sendlib.errors import SendlibError
from sendlib.store import Before, Store

TABLE = "releases"
COLUMNS = {
    "what": Column("Table", "table of figures that a refresh has brought"),
    "release_before": Column("Release before", "release that was held before it"),
    "release_now": Column("Release now", "release that is shown now"),
    "last_before": Column("Newest then", "newest period of the release before", period=True),
    "last_now": Column("Newest now", "newest period of the release now", period=True),
    "new": Column("New", "figures of the area that the release before does not have", "figures", 0),
    "revised": Column("Another number", "figures of the area that are another number in both releases", "figures", 0),
    "gone": Column("No longer there", "figures of the area that only the release before has", "figures", 0),
}


def table(store: Store, before: Before, area: Area) -> Table:
    """The tables with another release than before, each with what is new, revised and gone of the area's rows; counts
    are missing where a table is not by area."""
    found = [_row(store, before, area, name) for name in sorted(before.before)]
    data = pd.DataFrame(found, columns=list(COLUMNS)).astype({"new": float, "revised": float, "gone": float})
    caption = Text(f"Releases that a refresh has brought, with the figures of {area.name} that changed")
    return Table(data, caption, COLUMNS, tuple(sorted(before.before)))


def _row(store: Store, before: Before, area: Area, name: str) -> tuple[object, ...]:
    then, now = before.info(name), store.info(name)
    told = [info.sources[0].release if info.sources else "" for info in (then, now)]
    return (now.title, *told, then.last_period, now.last_period, *_counts(store, before, area, name))


def _counts(store: Store, before: Before, area: Area, name: str) -> tuple[float, float, float]:
    """How many rows of the area are new, have another number, and are gone."""
    missing = (float("nan"),) * 3
    if "area_code" not in store.info(name).columns:
        return missing
    try:
        old, new = (widened.with_rows_of(held, area).rows(name, area.code) for held in (before, store))
    except SendlibError:
        return missing
    keys = [column for column in new.columns if column != "status" and not pd.api.types.is_float_dtype(new[column])]
    numbers = [column for column in new.columns if pd.api.types.is_float_dtype(new[column])]
    if not set(keys) <= set(old.columns) or not set(numbers) <= set(old.columns):
        return missing
    both = _by_key(old, keys, numbers).merge(_by_key(new, keys, numbers), "outer", on=keys, suffixes=("", "_now"))
    was, is_now = both[numbers], both[[f"{one}_now" for one in numbers]].set_axis(numbers, axis=1)
    held_then, held_now = was.notna().any(axis=1), is_now.notna().any(axis=1)
    another = ((was - is_now).abs() > SAME).any(axis=1)
    return tuple(  # type: ignore[return-value]
        float(rows.sum()) for rows in (held_now & ~held_then, another & held_then & held_now, held_then & ~held_now)
    )


SAME = 1e-9
"""Numbers nearer than this are the same: they differ by how a computer holds them."""


def _by_key(rows: pd.DataFrame, keys: list[str], numbers: list[str]) -> pd.DataFrame:
    return rows[[*keys, *numbers]].astype(dict.fromkeys(keys, str)).drop_duplicates(keys)
