"""How the waits of the NHS's boards are spread: what a board's own list, or England's, is set beside.

Lists count as they were published, also those that are doubtful: the middle half is little moved by them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from sendlib.answer import Column, Text
from sendlib.answer.numbers import in_so_many, percent
from sendlib.questions.getting_help.health_waits import MAIN
from sendlib.store import Store, kept_with_store
from sendlib.tables.community_workbook import BANDS

FEWEST = 8
"""Boards with a share that it takes to speak of the middle half of them."""
COLUMNS = {
    "others_low": Column(
        "Other ICBs: lower end of the middle half",
        "share over 52 weeks that a quarter of the other NHS areas (ICBs) with a share do not exceed",
        "%",
        1,
        plain="Other NHS areas: a quarter are at or below, %",
    ),
    "others_middle": Column(
        "Other ICBs: the middle one",
        "share over 52 weeks of the one in their middle",
        "%",
        1,
        plain="Other NHS areas: the middle one, %",
    ),
    "others_high": Column(
        "Other ICBs: upper end of the middle half",
        "share over 52 weeks that a quarter of the other NHS areas (ICBs) with a share reach or exceed",
        "%",
        1,
        plain="Other NHS areas: a quarter are at or above, %",
    ),
    "others_known": Column(
        "Other ICBs with a share",
        "NHS areas (ICBs) that are not named in this table and have a share",
        "ICBs",
        0,
        plain="Other NHS areas with a share",
    ),
}
"""Of each month, what a board's own list stands beside."""
DEFINITION = Text(
    "The middle half of the other NHS areas (ICBs): a quarter of those with a share over 52 weeks in a month are at or"
    " below its lower end, a quarter at or above its upper end; the middle one is the median. They are shares as"
    " published, each counting once, also of lists that are doubtful; NHS areas with a line of their own are not among"
    " them. England's share is that of all children on the lists together, so long lists count for more in it.",
    families="Half of the other NHS areas: a quarter of them are below the first number, a quarter above the second.",
)


@dataclass(frozen=True)
class Spread:
    """Shares over 52 weeks of boards in a month, per cent: the ends of the middle half, the middle, and of how many
    boards. `others`: whether a board is left out beside which they stand."""

    low: float
    middle: float
    high: float
    number: int
    others: bool

    @property
    def known(self) -> bool:
        """Whether there are enough boards to say it."""
        return self.number >= FEWEST

    def said(self, many: int = 100) -> Text:
        """In a sentence, for families as numbers of so `many`; nothing where there are too few boards."""
        if not self.known:
            return Text("")
        other = "other " if self.others else ""
        ends = f"{in_so_many(self.low, many)} to {in_so_many(self.high, many)}"
        return Text(
            f"The middle half of {self._which} with a share: {percent(self.low)} to {percent(self.high)}; the middle"
            f" one: {percent(self.middle)}.",
            show=f"Half of the {other}NHS areas: {percent(self.low)} to {percent(self.high)}.",
            families=f"Half of the {other}NHS areas: {ends}.",
        )

    @property
    def in_short(self) -> str:
        """The middle one alone; nothing where there are too few boards."""
        return f"The middle one of {self._which} with a share: {percent(self.middle)}." if self.known else ""

    @property
    def _which(self) -> str:
        return f"the {self.number} other NHS areas (ICBs)" if self.others else f"{self.number} NHS areas (ICBs)"


def spread(store: Store, month: str, without: Sequence[str] = ()) -> Spread:
    """The spread of all boards in a month, but for those `without` (codes)."""
    shares = _shares(store)[month].dropna()
    shares = shares[~shares.index.isin(list(without))]
    low, middle, high = (float(shares.quantile(part)) for part in (0.25, 0.5, 0.75))
    return Spread(low, middle, high, len(shares), bool(without))


def by_month(store: Store, months: Sequence[str], without: Sequence[str]) -> pd.DataFrame:
    """COLUMNS for each month: the index. Where there are too few boards only their number."""
    found = {month: spread(store, month, without) for month in months}
    rows = [
        (one.low, one.middle, one.high, one.number) if one.known else (None, None, None, one.number)
        for one in found.values()
    ]
    return pd.DataFrame(rows, index=list(found), columns=list(COLUMNS), dtype=float)


@kept_with_store(of_base=True)
def _shares(store: Store) -> pd.DataFrame:
    """Share over 52 weeks of community paediatrics, per cent, as published: one row a board, one column a month."""
    table = store.table("waits_community")
    rows = table[table["level"].eq("icb") & table["service"].eq(MAIN)].astype(
        {"area_code": str, "band": str, "period": str}
    )
    wide = rows.pivot(index=["area_code", "period"], columns="band", values="value").reindex(columns=list(BANDS))
    over_52 = wide["over-52"].fillna(wide["52-104"] + wide["over-104"])
    share = 100 * over_52 / wide["total"].where(wide["total"].gt(0))
    return share.where(share.le(100)).unstack("period")
