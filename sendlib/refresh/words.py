"""The words for what a new release changes, and for what of it is kept back."""

from __future__ import annotations

import pandas as pd

from sendlib.refresh.figures import PLACE
from sendlib.refresh.nature import Nature
from sendlib.store import NewTable
from sendlib.tables.periods import spoken

MOST_MOVED = 3
"""Figures of England named in a note on a breakdown that was counted anew: those that moved most."""
WHOLE = "the whole table"


def kept_back(unit: str, labels: pd.DataFrame, nature: Nature) -> str:
    """What is kept back, in words: a breakdown, or a part with all of its breakdowns."""
    part = str(labels.loc[labels["unit"].eq(unit), "part"].iloc[0])
    label = unit.rpartition("|")[2]
    whole = not nature.totals or label == next(iter(nature.totals.values()))
    return part or WHOLE if whole else ", ".join(filter(None, [part, nature.words.get(label, label)]))


def recounted(unit: str, rows: pd.DataFrame, nature: Nature, table: NewTable) -> str:
    """How far a breakdown moved that the publisher counted anew: England's figures that moved most, by period."""
    label = unit.rpartition("|")[2]
    rows = rows[rows["value_old"].notna() & rows["value_new"].notna() & rows["value_old"].ne(rows["value_new"])]
    rows = rows.assign(change=(rows["value_new"] - rows["value_old"]).abs())
    publisher, said = table.sources[0].publisher.partition(",")[0], []
    for period, moved in rows.groupby("period"):
        england = moved[moved["kind"].eq("england")].sort_values("change", ascending=False)
        most = [
            f"'{_category(row.measure, nature)}' from {row.value_old:,.0f} to {row.value_new:,.0f}"
            for row in england.head(MOST_MOVED).itertuples()
        ]
        more = f" and {len(england) - len(most)} more" if len(england) > len(most) else ""
        others = moved.loc[moved["kind"].eq("authority"), "area"].nunique()
        said.append(
            f"{publisher} recounted {nature.words.get(label, label)} for {spoken(str(period))}: in England"
            f" {', '.join(most) or 'nothing'}{more}{f'; in {others} authorities' if others else ''}."
        )
    return " ".join(said)


def _category(measure: str, nature: Nature) -> str:
    label = measure.rpartition(", ")[2]
    return nature.words.get(label, label)


def england_revised(held: pd.DataFrame, come: pd.DataFrame) -> tuple[int, float]:
    """How many of England's figures were revised, and by up to how much."""
    both = held[held["kind"].eq("england") & held["value"].notna()].merge(
        come[come["kind"].eq("england") & come["value"].notna()], on=PLACE, suffixes=("_old", "_new")
    )
    change = both["value_new"].sub(both["value_old"]).abs()
    return int(change.gt(0).sum()), float(change.max()) if len(change) else 0.0


def revisions(revised: list[tuple[int, float]]) -> str:
    """A note on how many of England's figures were revised."""
    number = sum(count for count, _ in revised)
    most = max((change for count, change in revised if count), default=0.0)
    figures_of = "figure of England was" if number == 1 else "figures of England were"
    return f"{number:,} {figures_of} revised, by up to {most:,.1f}." if number else ""
