"""Tables worked out once for every area, then handed out area by area."""

from __future__ import annotations

from copy import copy

import numpy as np
import pandas as pd

from sendlib.store import stacked


class ByArea:
    """A sorted table of all areas that gives the rows of one without a scan."""

    def __init__(self, frame: pd.DataFrame) -> None:
        codes = frame["area_code"].astype(str)
        self._rows = frame.drop(columns="area_code")
        self._places = codes.groupby(codes).indices

    def under(self, added: ByArea) -> ByArea:
        """The same with the areas of `added` that it does not have."""
        found = copy(self)
        found._rows = stacked([self._rows, added._rows])
        places = {code: rows + len(self._rows) for code, rows in added._places.items()}
        found._places = {**places, **self._places}
        return found

    def of(self, area_code: str) -> pd.DataFrame:
        """The area's rows in the table's order, numbered from 0, without the column area_code."""
        rows = self._rows.take(self._places.get(area_code, np.array([], dtype=int)))
        rows.index = pd.RangeIndex(len(rows))
        return rows


def with_shares(rows: pd.DataFrame, label: str, order: list[str]) -> ByArea:
    """Counts by area, period and category, with each one's share of the period's whole.

    A whole with a part that is missing is not known, so its shares are missing.
    """
    frame = pd.DataFrame(
        {
            "area_code": rows["area_code"].astype(str),
            "period": rows["period"].astype(str),
            label: pd.Categorical(rows["category"].astype(str), categories=order, ordered=True),
            "plans": rows["value"],
            "status": rows["status"].astype("category"),
        }
    )
    keys = [frame["area_code"], frame["period"]]
    whole = frame.groupby(keys)["plans"].transform("sum")
    missing = frame["plans"].isna().groupby(keys).transform("any")
    frame.insert(4, "share", 100 * frame["plans"] / whole.where(~missing & whole.gt(0)))
    return ByArea(frame.sort_values(["period", label], ignore_index=True))
