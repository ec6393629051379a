"""A store in which cells of the shipped tables are missing, or hold another number, as a next release may have them."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd

from sendlib.store import Store, _Held
from sendlib.tables.symbols import NOT_AVAILABLE


class Spoiled(Store):
    """The shipped tables with some of them changed in memory; whatever was made of the shipped ones is made anew."""

    def __init__(self, shipped: Store, frames: dict[str, pd.DataFrame]) -> None:
        for name in frames:
            shipped.table(name)
        self.__dict__.update(shipped.__dict__)
        self.base = self
        self._made = {}
        self._held = {**shipped._held, **{name: _Held(frame) for name, frame in frames.items()}}


def without(
    store: Store, table: str, value: float = np.nan, status: str = NOT_AVAILABLE, **where: str | Iterable[str]
) -> Spoiled:
    """A store in which some cells have `value` (missing unless said otherwise): those where each column is one of the
    labels given for it. Fails where there is no such cell, so that a test can not pass for want of one."""
    frame = store.table(table).copy()
    chosen = pd.Series(True, index=frame.index)
    for column, labels in where.items():
        chosen &= frame[column].astype(str).isin([labels] if isinstance(labels, str) else list(labels))
    if not chosen.any():
        raise AssertionError(f"the table '{table}' has no cell where {where}")
    frame.loc[chosen, "value"] = value
    frame["status"] = frame["status"].astype(str).mask(chosen, status).astype("category")
    return Spoiled(store, {table: frame})
