"""Two lists of MADE-UP children: those whom education has with SEND, and all whom health has; and who is who."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from sendlib.linking.made_up import children
from sendlib.linking.made_up.children import SIBLING, Families
from sendlib.linking.made_up.slips import slipped

NOT_IN_HEALTH = 0.005
"""The part of education's children whom the health list does not have at all."""
_FIELDS = ("forename", "surname", "dob", "postcode")


@dataclass(frozen=True)
class Lists:
    """The two lists, and the truth about them.

    `education` and `health` have `unique_id`, forename, surname, dob (as written in England) and postcode. `truth` has
    a row for each of education's children: `unique_id`, `health_id` (empty where health does not have the child),
    `kind` of name, and `slips`, the kinds of slip with spaces between.
    """

    education: pd.DataFrame
    health: pd.DataFrame
    truth: pd.DataFrame


def made(number: int, seed: int, *, others: float = 2.0) -> Lists:
    """Lists with so many children of education; `others`: how many more health has, as a multiple."""
    draw = np.random.default_rng([seed, number])
    everybody = children.made(Families(int(number * (1 + others)), draw))
    everybody.insert(0, "child", range(len(everybody)))
    chosen = np.sort(draw.choice(len(everybody), number, replace=False))
    known = everybody.iloc[chosen]
    absent = set(known["child"][draw.random(number) < NOT_IN_HEALTH])
    numbers = draw.permutation(len(everybody))
    records, truth = [], []
    for at, (child, kind, *held) in enumerate(known.itertuples(index=False, name=None)):
        record, slips = slipped(dict(zip((*_FIELDS, SIBLING), held, strict=True)), kind, draw)
        own = f"E{at:06d}"
        records.append({"unique_id": own, **record})
        health_id = "" if child in absent else f"H{numbers[child]:06d}"
        truth.append({"unique_id": own, "health_id": health_id, "kind": kind, "slips": " ".join(slips)})
    health = everybody[~everybody["child"].isin(absent)]
    ids = [f"H{numbers[child]:06d}" for child in health["child"]]
    held_by_health = health[list(_FIELDS)].assign(unique_id=ids).sort_values("unique_id", ignore_index=True)
    return Lists(_as_written(pd.DataFrame(records)), _as_written(held_by_health), pd.DataFrame(truth))


def _as_written(records: pd.DataFrame) -> pd.DataFrame:
    """The columns in their order, with dates as they are written in England."""
    days = [f"{day[8:]}/{day[5:7]}/{day[:4]}" for day in records["dob"]]
    return records.assign(dob=days)[["unique_id", *_FIELDS]]
