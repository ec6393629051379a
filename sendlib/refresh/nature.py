"""How the figures of a table hang together: which of them stand and fall with which others."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

import pandas as pd

from sendlib.refresh.figures import NOT_MEASURES, Coded


@dataclass(frozen=True)
class Nature:
    """How the figures of a table hang together, so that what is wrong with some keeps back no others.

    `part`: a column that parts the table into figures of their own, and what
    each of its labels belongs to (process: measure -> step); without it the
    table is one part. `totals`: column -> the label of its total; a figure is a
    total when it has all of them, and without any every figure is one. `words`
    says in words what the labels of the first of these columns break down;
    `units` puts labels together that are of one count.
    `derived`: labels of figures that the reader works out itself, and that may
    come and go. `may_end`: a measure may end from one release to the next, for its reader
    knows the columns that were agreed and refuses a file that lacks one.
    """

    part: str = ""
    part_names: Mapping[str, str] = field(default_factory=dict)
    totals: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)
    units: Mapping[str, str] = field(default_factory=dict)
    derived: Collection[str] = ()
    may_end: bool = False


def labels_of(old: Coded, new: Coded, nature: Nature) -> pd.DataFrame:
    """Of each measure of a table its part, whether it is a total, and the unit that is kept back as a whole.

    A unit is a breakdown (all ages, all placements of a kind): its figures must be of one count.
    """
    first = next(iter(nature.totals), "")
    each = pd.concat(
        [
            table.frame.iloc[table.first][[name for name in table.frame if name not in NOT_MEASURES]]
            .astype(str)
            .set_axis(table.words, axis="index")
            for table in (old, new)
        ]
    )
    each = each[~each.index.duplicated()]
    part = each[nature.part].map(nature.part_names).fillna(each[nature.part]) if nature.part else ""
    total = pd.Series(True, index=each.index)
    for column, label in nature.totals.items():
        total &= each[column].eq(label)
    found = pd.DataFrame({"part": part, "total": total}, index=each.index)
    found["unit"] = (
        found["part"] + "|" + (each[first].map(lambda label: nature.units.get(label, label)) if first else "")
    )
    return found
