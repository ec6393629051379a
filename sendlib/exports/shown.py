"""A table of the store as it may be shown or handed out.

Totals of authorities are shown as published. In crosses of area, need and
another characteristic, small counts are hidden (methods/disclosure.py). Ages
and placements are put together as the pages put them together, so that a
table can not be set against a page to work out what is hidden; an authority
with few plans has no crosses at all. Small lists of a health provider and
deaths below five are hidden too.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from sendlib.compared import mixes
from sendlib.compared.crosses import groups_of
from sendlib.methods.disclosure import hidden_cells
from sendlib.questions.getting_help.process_tables import FEWEST_DEATHS
from sendlib.store import Store
from sendlib.tables.ehc_labels import TOTAL
from sendlib.tables.needs import PLANS
from sendlib.tables.symbols import HIDDEN, NOT_AVAILABLE, VALUE


def shown(store: Store, name: str, area_code: str | None = None) -> pd.DataFrame:
    """The table, or its rows of one area, with small counts of three-way crosses hidden.

    A copy with plain text columns. Raises NoData and SnapshotDamaged.
    """
    whole = area_code is None or "area_code" not in store.info(name).columns
    frame = (store.table(name) if whole else store.rows(name, str(area_code))).copy()
    for column in frame.columns:
        if isinstance(frame[column].dtype, pd.CategoricalDtype):
            frame[column] = frame[column].astype(str)
    frame = frame.reset_index(drop=True)
    if name == "needs":
        plans = mixes.counts(store)[PLANS]
        return crosses_hidden(frame, set(plans.index[plans < mixes.SMALL]))
    if name == "school_needs":
        return _hide(frame, ["area_code", "period"], "phase")
    if name == "process":
        return deaths_hidden(frame)
    if name == "waits_community":
        return providers_hidden(frame)
    return frame


def deaths_hidden(process: pd.DataFrame) -> pd.DataFrame:
    """Rows of the process table without deaths below five; the other reasons go with them, or the total would tell."""
    frame = process.copy()
    keys = ["area_code", "period"]
    few = frame[frame["measure"].eq("ceased_deceased") & frame["value"].lt(FEWEST_DEATHS)]
    both = frame["measure"].isin(["ceased_deceased", "ceased_other"])
    here = pd.MultiIndex.from_frame(frame[keys]).isin(pd.MultiIndex.from_frame(few[keys]))
    frame.loc[both & here, ["value", "status"]] = [np.nan, HIDDEN]
    return frame


def providers_hidden(lists: pd.DataFrame) -> pd.DataFrame:
    """Waiting lists without the counts of 1 to 4 of a provider.

    Where the hidden bands of a list could be worked out from its total, the
    smallest band that is left goes with them.
    """
    frame = lists.reset_index(drop=True)
    keys = ["area_code", "period", "service"]
    provider = frame["level"].eq("provider")
    small = provider & frame["value"].between(1, 4)
    bands = frame[provider & frame["band"].ne("total")]
    hidden = bands[small.loc[bands.index]].groupby(keys)["value"].agg(["size", "sum"])
    solvable = hidden[
        hidden["size"].eq(1) | hidden["sum"].eq(hidden["size"]) | hidden["sum"].eq(4 * hidden["size"])
    ].index
    left = bands[bands["value"].ge(5) & pd.MultiIndex.from_frame(bands[keys]).isin(solvable)]
    second = left.sort_values("value", kind="stable").drop_duplicates(keys).index
    hide = small | frame.index.isin(second)
    frame.loc[hide, ["value", "status"]] = [np.nan, HIDDEN]
    return frame


def crosses_hidden(needs: pd.DataFrame, few: set[str]) -> pd.DataFrame:
    """Rows of the needs table, crosses grouped as on the pages, with their small cells hidden.

    `few`: codes of areas with so few plans that all cells of their crosses are hidden.
    """
    crosses = needs[needs["characteristic"].ne(TOTAL)]
    keys = ["area_code", "period", "scope", "characteristic", "category", "need"]
    parts = [needs[needs["characteristic"].eq(TOTAL)]]
    for characteristic, rows in crosses.groupby("characteristic"):
        names = groups_of(str(characteristic))
        if names is not None:
            rows = rows.assign(category=rows["category"].map(names)).dropna(subset=["category"])
            summed = rows.groupby(keys, sort=False)["value"].agg(["sum", "count", "size"]).reset_index()
            complete = summed["count"].eq(summed["size"])
            rows = summed[keys].assign(
                value=summed["sum"].where(complete), status=np.where(complete, VALUE, NOT_AVAILABLE)
            )
        totals = rows["need"].eq(PLANS)
        cells = _hide(rows[~totals].reset_index(drop=True), keys[:4], "category")
        tiny = cells["area_code"].isin(few) & cells["status"].eq(VALUE)
        cells.loc[tiny, ["value", "status"]] = [np.nan, HIDDEN]
        parts += [rows[totals], cells]
    return pd.concat(parts, ignore_index=True).sort_values(keys, kind="stable", ignore_index=True)[
        [*keys, "value", "status"]
    ]


def _hide(frame: pd.DataFrame, table_keys: list[str], rows: str) -> pd.DataFrame:
    """Hide small cells of each matrix of `rows` by need; a combination without a row is a zero."""
    frame = frame.copy()
    hide: list[int] = []
    for _, part in frame.groupby(table_keys):
        counts = part.pivot(index=rows, columns="need", values="value")
        labels = part.assign(label=part.index).pivot(index=rows, columns="need", values="label")
        absent = labels.isna().to_numpy()
        cells = hidden_cells(np.where(absent, 0.0, counts.to_numpy()))
        hide += [int(label) for label in labels.to_numpy()[cells & ~absent]]
    frame.loc[hide, "value"] = np.nan
    frame.loc[hide, "status"] = HIDDEN
    return frame
