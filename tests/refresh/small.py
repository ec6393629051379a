"""A small snapshot, so that a refresh takes a moment: some tables of the shipped one, cut down."""

from functools import partial

from sendlib import store as stores
from sendlib.refresh import core
from sendlib.store import NewTable, Store


def snapshot(store, folder, **cut):
    """Write tables of a store, each cut by a function of its frame; areas are always there."""
    tables = []
    for name, smaller in {"areas": None, "area_changes": None, "health_boards": None, **cut}.items():
        info = store.info(name)
        frame = smaller(store.table(name)) if smaller else store.table(name)
        for column in frame.columns[[dtype.name == "category" for dtype in frame.dtypes]]:
            frame = frame.assign(**{column: frame[column].cat.remove_unused_categories()})
        tables.append(
            NewTable(name, frame.reset_index(drop=True), info.title, info.grain, info.breaks, info.notes, info.sources)
        )
    stores.write(folder, tables)
    return folder


def used(monkeypatch, folder):
    """Refreshes of this test start from the small snapshot; the store that a reader opens."""
    monkeypatch.setattr(core, "Store", partial(Store, folder))
    return partial(Store, folder)
