"""Releases made up of the shipped figures, in which a few known cells of the table of plans are others."""

from dataclasses import replace
from pathlib import Path

import pandas as pd

from sendlib import store as stores
from sendlib.store import NewTable, Store

PLYMOUTH, BARNSLEY = "879", "370"
REVISED, GONE, NEW = "2024-01", "2015-01", "2027-01"
"""Januaries whose number of Plymouth's plans is another, is missing, and is new; the last for every authority."""
MORE, TIMES = 7, 1.5
"""Plymouth has so many more plans in REVISED, and in NEW so many times those of 2026; all others stay as they are."""


def as_release(store: Store, name: str, frame: pd.DataFrame, release: str = "made up") -> NewTable:
    """A frame as a release of a table."""
    info = store.info(name)
    kinds = {column: "category" for column in frame.columns if column != "value"}
    sources = (replace(info.sources[0], release=release), *info.sources[1:])
    return NewTable(name, frame.astype(kinds), info.title, info.grain, info.breaks, info.notes, sources)


def plans(store: Store) -> pd.DataFrame:
    """The table of plans as text and numbers."""
    frame = store.table("plans")
    return frame.astype({column: str for column in frame.columns if column != "value"})


def second(store: Store) -> NewTable:
    """The release with known cells revised, gone and new."""
    frame = plans(store)
    own = frame["area_code"].eq(PLYMOUTH) & frame["characteristic"].eq("total") & frame["measure"].eq("plans")
    frame.loc[own & frame["period"].eq(REVISED), "value"] += MORE
    later = frame[frame["period"].eq("2026-01")].assign(period=NEW)
    later.loc[later["area_code"].eq(PLYMOUTH), "value"] *= TIMES
    kept = frame[~(own & frame["period"].eq(GONE))]
    return as_release(store, "plans", pd.concat([kept, later], ignore_index=True))


def live(folder: Path, *releases: NewTable) -> Store:
    """The store after refreshes that brought these releases one after the other."""
    for number, release in enumerate(releases):
        stores.add_releases(folder, [release], "made up", str(number))
    return Store(live=folder)
