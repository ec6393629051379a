"""Which NHS areas stand for an authority in a month, and how much of each the other is.

The NHS counts by the integrated care boards (ICBs) of 2022 until March 2026 and by those of April
2026 after it. An area whose board is gone has the waits of the one that took its place from then on.
Two boards are never put into one series: the line of the old one ends and that of the new one begins.
Of a board that was divided it is not known which part went where; that is said and not guessed.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from sendlib.answer.numbers import listed, percent
from sendlib.areas import Area
from sendlib.store import Store, kept_with_store
from sendlib.tables.health_boards import BEGAN, PRESUMED

SLIVER = 2.0
"""An NHS area with a smaller per cent of the authority's children is named in the overlaps and not drawn."""
BEFORE, AFTER = "icb", "icb_2026"
"""Levels of the table `health_areas`: boards of 2022, and boards of April 2026."""
KINDS = {"icb": "integrated care board (ICB)", "sub_icb": "sub-ICB location"}
_SINCE = "April 2026"


@dataclass(frozen=True)
class NhsArea:
    """An NHS area of an authority, with both shares of the overlap in per cent (NaN: not known)."""

    code: str
    name: str
    of_authority: float
    of_health_area: float
    at_least: bool = False
    """Whether more of the authority's children may live in it than is known."""
    since: str = ""
    """The day (ISO) from which this area's figures are its own; earlier ones with its code are another's."""
    until: str = ""
    """The day (ISO) from which it is no more."""
    instead_of: tuple[str, ...] = ()
    """The boards that it took the place of for this authority."""

    @property
    def mine(self) -> str:
        """Its share of the authority's children in words: `98%`, `at least 56%`, `an unknown part`."""
        if math.isnan(self.of_authority):
            return "an unknown part"
        return f"at least {part_of(self.of_authority)}" if self.at_least else part_of(self.of_authority)

    @property
    def its(self) -> str:
        """The authority's share of its own children in words."""
        return "an unknown part" if math.isnan(self.of_health_area) else part_of(self.of_health_area)

    @property
    def successor(self) -> str:
        """A sentence on the boards that it took the place of; empty where it did not."""
        return f"{self.name} took the place of {listed(list(self.instead_of))} in {_SINCE}." if self.instead_of else ""


Span = tuple[str, str, str, str]
"""(code, name, since, until) of an NHS area whose figures are wanted: authorities that lie in the same ones share a
table, worked out once."""


def span(one: NhsArea) -> Span:
    """What is asked of the tables for an NHS area."""
    return one.code, one.name, one.since, one.until


def level_of(period: str) -> str:
    """The boards that a month is counted by: `2026-03-31` is the last of those of 2022."""
    return BEFORE if period < BEGAN else AFTER


@kept_with_store(512)
def areas_of(store: Store, area: Area, level: str) -> list[NhsArea]:
    """The areas of an authority of a level of `health_areas`, largest share of its children first."""
    rows = store.rows("health_areas", area.code)
    rows = rows[rows["level"].eq(level)].sort_values("share_of_authority", ascending=False)
    names = rows["place"] if level == "sub_icb" else rows["name"]
    changes = _changes(store) if level == AFTER else {}
    mine = _taken_over(store, area) if level == AFTER else {}
    gone = _gone(store) if level == BEFORE else set()
    found = []
    for code, name, own, its, known in zip(
        rows["health_code"].astype(str),
        names,
        rows["share_of_authority"],
        rows["share_of_health_area"],
        rows["known"],
        strict=True,
    ):
        change = changes.get(code, "same")
        found.append(
            NhsArea(
                code,
                # The board that was widened has its old code and name, and is not the same area.
                f"{name} (wider since {_SINCE})" if change == "widened" else str(name),
                float(own),
                float(its),
                str(known) == "at_least",
                "" if change == "same" else BEGAN,
                BEGAN if code in gone else "",
                mine.get(code, ()) if change == "successor" else (),
            )
        )
    return found


def drawn(found: Sequence[NhsArea]) -> list[NhsArea]:
    """The NHS areas without slivers; those of which no share is known only where none is known at all."""
    known = [one for one in found if one.of_authority >= SLIVER]
    return known or list(found)


def boards(store: Store, area: Area, month: str) -> list[NhsArea]:
    """The boards that are drawn for a month, largest share of the authority's children first."""
    return drawn(areas_of(store, area, level_of(month)))


def boards_over(store: Store, area: Area, months: Sequence[str]) -> list[NhsArea]:
    """The boards that are drawn for a series of months: those of its last month, then those that are no more."""
    levels = sorted({level_of(month) for month in months}, reverse=True)
    found = [one for level in levels for one in drawn(areas_of(store, area, level))]
    return list({span(one): one for one in found}.values())


@kept_with_store()
def _boards(store: Store) -> pd.DataFrame:
    """Which board took the place of which, as text."""
    return store.table("health_boards").astype(str)


@kept_with_store()
def _changes(store: Store) -> dict[str, str]:
    """Board of today -> same, successor or widened."""
    table = _boards(store).drop_duplicates("board_code")
    return dict(zip(table["board_code"], table["change"], strict=True))


@kept_with_store()
def _gone(store: Store) -> set[str]:
    """Boards of 2022 whose figures end in March 2026."""
    table = _boards(store)
    return set(table.loc[table["change"].ne("same"), "before_code"])


def _taken_over(store: Store, area: Area) -> dict[str, tuple[str, ...]]:
    """Board of today -> the boards of 2022 in its place, of those that the authority lies in (largest first)."""
    own = [(one.code, one.name) for one in drawn(areas_of(store, area, BEFORE))]
    pairs = _boards(store)
    return {
        code: tuple(name for before, name in own if before in set(rows["before_code"]))
        for code, rows in pairs.groupby("board_code")
    }


def became(store: Store, area: Area) -> str:
    """What became of the authority's boards on 1 April 2026, in sentences."""
    pairs = _boards(store)
    told = []
    for one in drawn(areas_of(store, area, BEFORE)):
        rows = pairs[pairs["before_code"].eq(one.code)]
        names = sorted(rows["name"])
        if len(names) > 1:
            told.append(
                f"{one.name} was divided among {listed(names)}; which of them has which part of it is not known here."
            )
        elif rows["change"].iloc[0] == "same":
            told.append(f"{one.name} was not changed.")
        elif rows["change"].iloc[0] == "widened":
            told.append(f"{one.name} goes on, with part of another ICB.")
        else:
            told.append(f"{names[0]} took the place of {one.name}.{_presumed(store, area, one.code)}")
    return " ".join(told)


def _presumed(store: Store, area: Area, icb: str) -> str:
    """What the list leaves open of a board that an authority lies in."""
    own = store.rows("health_areas", area.code).astype({"health_code": str, "icb_code": str, "level": str})
    locations = own[own["level"].eq("sub_icb") & own["icb_code"].eq(icb)]["health_code"]
    return "".join(
        f" {place} is presumably in {board}; the list held does not say."
        for code, (place, board) in PRESUMED.items()
        if code in set(locations)
    )


def part_of(share: float) -> str:
    """A share of an overlap in words: never `100%` of something that is not whole, never `0%` of something."""
    if math.isnan(share):
        return "an unknown part"
    if 99.5 <= share < 100 - 1e-6:
        return "over 99%"
    return percent(share, 0)


def overlap_sentence(area: Area, one: NhsArea) -> str:
    """How much of each the other is."""
    return f"{one.name}: {one.mine} of the children of {area.in_text} live in it; they are {one.its} of its children."
