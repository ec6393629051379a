"""A rehearsal: two lists of MADE-UP children are linked in three ways, and each link is held against the truth."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from sendlib.linking import engine, fields, preparing
from sendlib.linking.fields import WAYS, Way
from sendlib.linking.made_up import lists, names
from sendlib.linking.made_up.lists import Lists

SIZES = (1_000, 2_000, 5_000)
DRAWS = (1, 2, 3, 4, 5)
"""Which made-up children: each is another draw of the same rates."""
CERTAINTIES = (0.5, 0.9, 0.95, 0.99)
USUAL = 0.9
"""How certain a pair must be to count as a link, as a probability of Splink."""

Progress = Callable[[float, str], None]


@dataclass(frozen=True)
class Rehearsed:
    """Two made-up lists, and for each way of reading them the pairs found and what Splink learnt."""

    lists: Lists
    pairs: Mapping[Way, pd.DataFrame]
    learnt: Mapping[Way, Mapping[str, Any]]

    def links(self, way: Way, certainty: float) -> pd.DataFrame:
        """The pairs that count as links, each with `right`: whether both records are of one child."""
        found = self.pairs[way]
        kept = found[found["best"] & found["match_probability"].ge(certainty)].copy()
        truth = dict(zip(self.lists.truth["unique_id"], self.lists.truth["health_id"], strict=True))
        kept["right"] = kept["unique_id_l"].map(truth).eq(kept["unique_id_r"])
        return kept


@dataclass(frozen=True)
class Found:
    """How a linkage of some children went: how many they are, how many of them health has, links right and wrong."""

    children: int
    in_both: int
    right: int
    wrong: int

    @property
    def linked(self) -> int:
        """Children of education who were linked, rightly or not."""
        return self.right + self.wrong

    @property
    def rate(self) -> float:
        """The match rate, per cent: of education's children those who were linked. It is all that a real linkage can
        see."""
        return _part(self.linked, self.children)

    @property
    def precision(self) -> float:
        """Of the links those that are right, per cent."""
        return _part(self.right, self.linked)

    @property
    def recall(self) -> float:
        """Of the children in both lists those who were rightly linked, per cent."""
        return _part(self.right, self.in_both)


def _part(some: int, whole: int) -> float:
    return 100 * some / whole if whole else math.nan


def rehearse(number: int, seed: int, progress: Progress | None = None) -> Rehearsed:
    """Make the lists and link them in each way. The same choices give the same links. Raises LinkingUnavailable."""
    engine.need()
    say = progress or (lambda part, words: None)
    say(0.0, "Making up two lists of children")
    made = lists.made(number, seed)
    prepared = [prepared_of(held) for held in (made.education, made.health)]
    pairs, learnt = {}, {}
    for at, (way, words) in enumerate(WAYS.items()):
        say((1 + 3 * at) / 10, f"Linking: {words[0].lower()}{words[1:]}")
        with engine.lists_in_memory(*prepared) as database:
            learnt[way] = engine.learnt(database, way)
            pairs[way] = engine.pairs(learnt[way], database)
    say(1.0, "Linked")
    return Rehearsed(made, pairs, learnt)


def prepared_of(made: pd.DataFrame) -> pd.DataFrame:
    """A made-up list ready to be compared; its short forms of names are made up as well."""
    return preparing.prepared({str(name): made[name] for name in made.columns}, names.short_forms())


def found(rehearsed: Rehearsed, way: Way, certainty: float, children: pd.Series | None = None) -> Found:
    """How the linkage went for some of education's children (`children`: true for those in the truth's rows) or all."""
    truth = rehearsed.lists.truth if children is None else rehearsed.lists.truth[children]
    links = rehearsed.links(way, certainty)
    links = links[links["unique_id_l"].isin(truth["unique_id"])]
    right = int(links["right"].sum())
    return Found(len(truth), int(truth["health_id"].ne("").sum()), right, len(links) - right)


@dataclass(frozen=True)
class Step:
    """What one field of a pair says: both records' cells, how far they agree, and the weight of that (log2)."""

    words: str
    education: str
    health: str
    agreement: str
    weight: float


def steps(rehearsed: Rehearsed, way: Way, pair: pd.Series) -> list[Step]:
    """How the weight of a pair comes about: what is known before anything is compared, then field by field."""
    records = [
        held.set_index("unique_id").loc[pair[f"unique_id_{side}"]]
        for held, side in ((rehearsed.lists.education, "l"), (rehearsed.lists.health, "r"))
    ]
    chance = float(rehearsed.learnt[way]["probability_two_random_records_match"])
    told = [Step("Before comparing", "", "", "any two records", math.log2(chance / (1 - chance)))]
    for field in fields.FIELDS:
        agreement = fields.words_of(field, way, int(pair[f"gamma_{field.name}"]))
        weight = math.log2(float(pair[f"bf_{field.name}"]))
        told.append(Step(field.words, records[0][field.name], records[1][field.name], agreement, weight))
    return told
