"""A table of the store as it may be shown or handed out.

Totals of authorities are shown as published. In crosses of area, need and
another characteristic, counts of 1 to 4 are hidden, and a second cell where
one alone could be worked out (methods/disclosure.py).
"""

from __future__ import annotations

import pandas as pd

from sendlib.methods.disclosure import hidden_cells
from sendlib.store import Store
from sendlib.tables.ehc_labels import PLACEMENT_GROUP_TOTALS, PLACEMENTS
from sendlib.tables.needs import PLANS
from sendlib.tables.symbols import HIDDEN


def shown(store: Store, name: str, area_code: str | None = None) -> pd.DataFrame:
    """The table, or its rows of one area, with small counts of three-way crosses hidden.

    A copy with plain text columns. Raises NoData and SnapshotDamaged.
    """
    frame = store.table(name) if area_code is None or "area_code" not in store.info(name).columns else store.rows(name, area_code)
    frame = frame.copy()
    for column in frame.columns:
        if isinstance(frame[column].dtype, pd.CategoricalDtype):
            frame[column] = frame[column].astype(str)
    frame = frame.reset_index(drop=True)
    return with_small_counts_hidden(frame) if name == "needs" else frame


def with_small_counts_hidden(needs: pd.DataFrame) -> pd.DataFrame:
    """Rows of the needs table with the small cells of its crosses hidden (value NaN, status hidden)."""
    crosses = needs[needs["characteristic"].ne("total") & needs["need"].ne(PLANS)]
    hide: list[int] = []
    for (_, _, _, characteristic), rows in crosses.groupby(["area_code", "period", "scope", "characteristic"]):
        if characteristic != "placement":
            hide += _hidden_rows(rows)
            continue
        # Groups of placements first; where a group is hidden, so are its parts.
        groups = rows[rows["category"].isin(PLACEMENT_GROUP_TOTALS)]
        parts = rows[~rows["category"].isin(PLACEMENT_GROUP_TOTALS)]
        hidden_groups = set(_hidden_rows(groups))
        dark = {(PLACEMENTS[c].group, n) for c, n in groups.loc[sorted(hidden_groups), ["category", "need"]].to_numpy()}
        of_dark = [
            (PLACEMENTS[category].group, need) in dark
            for category, need in zip(parts["category"], parts["need"], strict=True)
        ]
        hide += [*hidden_groups, *parts.index[pd.Series(of_dark, index=parts.index, dtype=bool) & parts["value"].gt(0)]]
        for _, of_group in parts.groupby(parts["category"].map(lambda category: PLACEMENTS[category].group)):
            hide += _hidden_rows(of_group)
    needs.loc[hide, "value"] = float("nan")
    needs.loc[hide, "status"] = HIDDEN
    return needs


def _hidden_rows(rows: pd.DataFrame) -> list[int]:
    """Index labels of the rows to hide in one matrix of categories by needs."""
    if rows.empty:
        return []
    counts = rows.pivot(index="category", columns="need", values="value")
    labels = rows.assign(label=rows.index).pivot(index="category", columns="need", values="label")
    cells = hidden_cells(counts.to_numpy())
    return [int(label) for label in labels.to_numpy()[cells]]
