"""What a linkage of real lists came to, as far as it can be seen without the truth."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from sendlib.linking import engine, fields
from sendlib.linking.desk.records import Counted, group_column
from sendlib.linking.fields import FIELDS, Way

LOOK_FROM = 0.5
"""Certainty from which a pair that is no link is worth a look."""
FEW = 5
LINK, LOOK = "link", "to look at"
_BANDS = (0.99, 0.95, 0.9, 0.8, 0.5)


@dataclass(frozen=True)
class Chosen:
    """What was chosen for a linkage."""

    engine: engine.Engine
    way: Way
    certainty: float


@dataclass(frozen=True)
class Group:
    """Records of the left list that share what a column says; linked ones and the rate are None of fewer than five."""

    column: str
    name: str
    records: int | None
    linked: int | None

    @property
    def rate(self) -> float | None:
        """Per cent linked."""
        return None if self.records is None or self.linked is None else 100 * self.linked / self.records


@dataclass(frozen=True)
class Quality:
    """All that the report says. `pairs` has the links and the pairs to look at; `agreement`: field -> how far they
    agree -> how many links; `bands`: certainty from which -> how many links; `doubtful`: links that are wrong if the
    certainties are right."""

    left: Counted
    right: Counted
    chosen: Chosen
    pairs: pd.DataFrame
    bands: Mapping[float, int]
    agreement: Mapping[str, Mapping[str, int]]
    doubtful: float
    groups: tuple[Group, ...]
    weights: tuple[tuple[str, str, float], ...]

    @property
    def links(self) -> int:
        """How many links there are."""
        return int(self.pairs["state"].eq(LINK).sum())

    @property
    def to_look_at(self) -> int:
        """How many pairs a person should look at."""
        return len(self.pairs) - self.links


def of(
    lists: tuple[Counted, Counted],
    chosen: Chosen,
    found: pd.DataFrame,
    learnt: Mapping[str, Any],
    left_file: Path,
) -> Quality:
    """What the pairs found come to. `left_file`: the left list as it was prepared."""
    pairs = _judged(found, chosen)
    links = pairs[pairs["state"].eq(LINK)]
    agreement = {
        one.words: {str(words): int(count) for words, count in links[one.name].value_counts().items()} for one in FIELDS
    }
    edges = [edge for edge in _BANDS if edge > chosen.certainty] + [chosen.certainty]
    bands, above = {}, math.inf
    for edge in edges:
        bands[edge] = int((links["certainty"].ge(edge) & links["certainty"].lt(above)).sum())
        above = edge
    doubtful = float((1 - links["certainty"]).sum())
    weights = tuple(_weights(learnt))
    groups = tuple(_groups(lists[0], left_file, set(links["left_id"])))
    return Quality(*lists, chosen, pairs, bands, agreement, doubtful, groups, weights)


def _judged(found: pd.DataFrame, chosen: Chosen) -> pd.DataFrame:
    """Links, and pairs to look at: nearly certain enough, or as good as another of the same record."""
    certain = found["match_probability"]
    link = found["best"].astype(bool) & certain.ge(chosen.certainty)
    linked_left, linked_right = set(found.loc[link, "unique_id_l"]), set(found.loc[link, "unique_id_r"])
    free = ~found["unique_id_l"].isin(linked_left) & ~found["unique_id_r"].isin(linked_right)
    kept = found[link | (free & certain.ge(LOOK_FROM))]
    told = {
        "left_id": kept["unique_id_l"],
        "right_id": kept["unique_id_r"],
        "state": link[kept.index].map({True: LINK, False: LOOK}),
        "certainty": kept["match_probability"].round(6),
        "weight": kept["weight"].round(3),
    }
    for one in FIELDS:
        levels = {
            int(gamma): fields.words_of(one, chosen.way, int(gamma)) for gamma in kept[f"gamma_{one.name}"].unique()
        }
        told[one.name] = kept[f"gamma_{one.name}"].astype(int).map(levels)
    return pd.DataFrame(told).sort_values(["state", "left_id", "right_id"], ignore_index=True)


def _weights(learnt: Mapping[str, Any]) -> Sequence[tuple[str, str, float]]:
    """Field, how far two records agree in it, and the weight that has (log2)."""
    found = []
    for field, held in zip(FIELDS, learnt["comparisons"], strict=True):
        for level in held["comparison_levels"]:
            if not level.get("is_null_level"):
                weight = math.log2(level["m_probability"] / level["u_probability"])
                found.append((field.words, str(level["label_for_charts"]), weight))
    return found


def _groups(left: Counted, file: Path, linked: set[str]) -> Sequence[Group]:
    """The match rate by what the columns say that were named for it."""
    found = []
    for at, column in enumerate(left.groups):
        held = pd.read_parquet(file, columns=["unique_id", group_column(at)])
        is_linked = held["unique_id"].isin(linked)
        for name, rows in is_linked.groupby(held[group_column(at)]):
            few = len(rows) < FEW
            found.append(Group(column, str(name), None if few else len(rows), None if few else int(rows.sum())))
    return found
