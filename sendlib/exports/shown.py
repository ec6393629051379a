"""A table of the store as it is handed out: as its publisher has it, with a mark where a figure is doubtful.

DfE hides nothing in these tables, so nothing is hidden here, and what a publisher hid stays hidden. One thing is ours:
deaths below five are not handed out, nor the other reasons that would give them away.
"""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
import pandas as pd

from sendlib.compared import doubtful, widened
from sendlib.made.building import JUDGED
from sendlib.made.query import DEATHS, WITH_DEATHS
from sendlib.questions.getting_help.process_tables import FEWEST_DEATHS
from sendlib.store import Store
from sendlib.tables.ehc_labels import TOTAL
from sendlib.tables.symbols import HIDDEN


def shown(store: Store, name: str, area_code: str | None = None) -> pd.DataFrame:
    """The table, or its rows of one area: a copy with plain text columns. Raises NoData and SnapshotDamaged.

    Tables in which figures are judged (compared.doubtful) have a column `doubtful` more: why a figure can not be
    right, empty where nothing speaks against it.
    """
    whole = area_code is None or "area_code" not in store.info(name).columns
    frame = (store.table(name) if whole else store.rows(name, str(area_code))).copy()
    for column in frame.columns:
        if isinstance(frame[column].dtype, pd.CategoricalDtype):
            frame[column] = frame[column].astype(str)
    frame = frame.reset_index(drop=True)
    if name in JUDGED:
        frame["doubtful"] = _doubts(store, frame, JUDGED[name])
    if name != "process":
        return frame
    return deaths_hidden(frame, [] if whole else _years_of_few_deaths(store, str(area_code)))


def _years_of_few_deaths(store: Store, area_code: str) -> list[str]:
    """Years in which one authority of several together had fewer deaths than are handed out: those of the others could
    be taken from the sum."""
    area = widened.directory(store).get(area_code)
    if area.kind in ("region", "england"):
        return []
    rows = [store.rows("process", code) for code in area.parts]
    few = [part.loc[part["measure"].eq(DEATHS) & part["value"].lt(FEWEST_DEATHS), "period"] for part in rows]
    return sorted({str(period) for part in few for period in part})


def _doubts(store: Store, frame: pd.DataFrame, column: str) -> list[str]:
    """For each row why its figure is doubtful, or nothing."""
    found = {
        (code, measure, doubt.period): doubt.why
        for (code, measure), doubts in doubtful.all_of(store).items()
        for doubt in doubts
    }
    measures = frame[column]
    if "characteristic" in frame:  # of the plans only the totals are judged
        measures = measures.where(frame["characteristic"].eq(TOTAL), "")
    return [
        found.get(key, "")
        for key in zip(frame["area_code"].astype(str), measures, frame["period"].astype(str), strict=True)
    ]


def deaths_hidden(process: pd.DataFrame, years: Collection[str] = ()) -> pd.DataFrame:
    """Rows of the process table without deaths below five, and without any of some years; the other reasons go with
    them, or the total would tell."""
    frame = process.copy()
    keys = ["area_code", "period"]
    few = frame[frame["measure"].eq(DEATHS) & frame["value"].lt(FEWEST_DEATHS)]
    both = frame["measure"].isin(WITH_DEATHS)
    here = pd.MultiIndex.from_frame(frame[keys]).isin(pd.MultiIndex.from_frame(few[keys]))
    here |= frame["period"].isin(list(years))
    frame.loc[both & here, ["value", "status"]] = [np.nan, HIDDEN]
    return frame
