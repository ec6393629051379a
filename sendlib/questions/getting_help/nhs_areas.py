"""Which NHS areas stand for an area in a month, and how much of each the other is.

An authority, a region and a group lie in NHS areas, each of which is another area than they are. A board has figures of
its own, and until March 2026, if it began after that, those of the boards that it took the place of; a sub-ICB location
has its own and, where only boards are counted, those of its board. England has its own and lies in none.

The NHS counts by the integrated care boards (ICBs) of 2022 until March 2026 and by those of April
2026 after it. An area whose board is gone has the waits of the one that took its place from then on.
Two boards are never put into one series: the line of the old one ends and that of the new one begins.
Of a board that was divided it is not known which part went where; that is said and not guessed.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import pandas as pd

from sendlib.answer import Text
from sendlib.answer.numbers import capital, listed, percent
from sendlib.areas import Area
from sendlib.nhs import NO_MORE
from sendlib.questions.getting_help import plainly
from sendlib.store import Store, kept_with_store
from sendlib.tables.health_boards import BEGAN, PRESUMED

SLIVER = 2.0
"""An NHS area with a smaller per cent of the area's children is named in the overlaps and not drawn."""
MOST_BOARDS, MOST_LOCATIONS = 3, 6
"""As many as any authority lies in: of a wider area no more are drawn, those with most of its children, and how many
more there are is said."""
BEFORE, AFTER = "icb", "icb_2026"
"""Levels of the table `health_areas`: boards of 2022, and boards of April 2026."""
KINDS = {"icb": "integrated care board (ICB)", "sub_icb": "sub-ICB location"}
_SINCE = "April 2026"
WIDER, AS_IT_WAS = f"wider since {_SINCE}", "as it was until March 2026"


How = Literal["overlap", "itself", "within", "around", "before"]
"""What an NHS area is to the area that is asked about: one that it lies in; itself; of a board one of its sub-ICB
locations, or one that it took the place of (`before`); of a sub-ICB location the board `around` it."""


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
    how: How = "overlap"

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


def ends(area: Area) -> str:
    """The day (ISO) from which an area has no figures of the NHS any more; empty where it goes on."""
    return BEGAN if area.kind == "board" and not area.current else ""


@kept_with_store(512)
def areas_of(store: Store, area: Area, level: str) -> list[NhsArea]:
    """The NHS areas of an area of a level of `health_areas`, largest share of its children first; none of England."""
    if area.kind == "england":
        return []
    if area.kind in ("board", "location"):
        return _of_health_area(store, area, level)
    return overlapping(store, area, level)


def overlapping(store: Store, area: Area, level: str) -> list[NhsArea]:
    """Every NHS area that an area lies in, by the shares of the table `health_areas`."""
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
                f"{name} ({WIDER})" if change == "widened" else str(name),
                float(own),
                float(its),
                str(known) == "at_least",
                "" if change == "same" else BEGAN,
                BEGAN if code in gone else "",
                mine.get(code, ()) if change == "successor" else (),
            )
        )
    return found


_ALL = 100.0
_UNKNOWN = math.nan


def _of_health_area(store: Store, area: Area, level: str) -> list[NhsArea]:
    """The NHS areas of a board or a sub-ICB location: itself, what it is made of, or what it is part of."""
    if area.kind == "location":
        return _of_location(store, area, level)
    if level == "sub_icb":
        return _locations(store, area)
    if level == AFTER:
        change = _changes(store).get(area.code, "same")
        if not area.current:
            return []
        name = f"{area.name} ({WIDER})" if change == "widened" else area.name
        since = "" if change == "same" else BEGAN
        return [NhsArea(area.code, name, _ALL, _ALL, since=since, how="itself")]
    if not area.current or _changes(store).get(area.code, "same") == "same":
        return [NhsArea(area.code, area.name.removesuffix(NO_MORE), _ALL, _ALL, until=ends(area), how="itself")]
    pairs = _boards(store)
    return [
        NhsArea(
            before,
            # A board that was widened kept its name, and is another area than it was.
            f"{name} ({AS_IT_WAS})" if before == area.code else name,
            _UNKNOWN,
            _ALL if part == "whole" else _UNKNOWN,
            until=BEGAN,
            how="before",
        )
        for before, name, part in pairs.loc[
            pairs["board_code"].eq(area.code), ["before_code", "before_name", "part"]
        ].itertuples(index=False, name=None)
        if part != "divided"
    ]


def _of_location(store: Store, area: Area, level: str) -> list[NhsArea]:
    """A sub-ICB location itself, or the board that it is part of."""
    here = _children(store).loc[area.code]
    name = str(here["place"])
    if level == "sub_icb":
        return [NhsArea(area.code, name, _ALL, _ALL, how="itself")]
    icb, pairs = str(here["icb_code"]), _boards(store)
    successors = pairs[pairs["before_code"].eq(icb)]
    if level == BEFORE:
        every = _children(store)
        its = 100 * here["children"] / every.loc[every["icb_code"].eq(icb), "children"].sum()
        gone = BEGAN if icb in _gone(store) else ""
        return [NhsArea(icb, str(successors["before_name"].iloc[0]), _ALL, float(its), until=gone, how="around")]
    # Of a board that was divided it is not known which part went where.
    sure = len(successors) == 1 and area.code not in PRESUMED
    share = _ALL if sure else _UNKNOWN
    return [
        NhsArea(
            code,
            f"{board} ({WIDER})" if change == "widened" else board,
            share,
            _UNKNOWN,
            since="" if change == "same" else BEGAN,
            how="around",
        )
        for code, board, change in successors[["board_code", "name", "change"]].itertuples(index=False, name=None)
    ]


def _locations(store: Store, area: Area) -> list[NhsArea]:
    """The sub-ICB locations of a board, largest first: of one of April 2026 those of the boards that it took the place
    of, without those of which it is not known whether they went to it."""
    boards = [one.code for one in _of_health_area(store, area, BEFORE)]
    every = _children(store)
    own = every[every["icb_code"].isin(boards)]
    if area.current and boards != [area.code]:
        own = own.drop(index=[code for code in PRESUMED if code in own.index])
    whole = own["children"].sum()
    return [
        NhsArea(str(code), str(place), 100 * children / whole, _ALL, how="within")
        for code, place, children in own.sort_values("children", ascending=False)[["place", "children"]].itertuples(
            name=None
        )
    ]


@kept_with_store(of_base=True)
def _children(store: Store) -> pd.DataFrame:
    """Sub-ICB locations by code: place, icb_code and children."""
    table = store.table("health_areas")
    rows = table[table["level"].eq("sub_icb")].astype({"health_code": str, "icb_code": str, "place": str})
    return rows.groupby("health_code").agg(
        place=("place", "first"), icb_code=("icb_code", "first"), children=("children", "sum")
    )


def drawn(found: Sequence[NhsArea], most: int = MOST_BOARDS) -> list[NhsArea]:
    """The NHS areas without slivers, the `most` largest; those of which no share is known only where none is known at
    all."""
    known = [one for one in found if one.of_authority >= SLIVER]
    return (known or list(found))[:most]


def boards(store: Store, area: Area, month: str) -> list[NhsArea]:
    """The boards that are drawn for a month, largest share of the area's children first."""
    return drawn(areas_of(store, area, level_of(month)))


def locations(store: Store, area: Area) -> list[NhsArea]:
    """The sub-ICB locations that are drawn; all of a board's own."""
    found = areas_of(store, area, "sub_icb")
    return found if area.kind == "board" else drawn(found, MOST_LOCATIONS)


def beyond(found: Sequence[NhsArea], most: int) -> int:
    """How many NHS areas that are no slivers are not drawn."""
    return max(0, sum(one.of_authority >= SLIVER for one in found) - most)


def boards_over(store: Store, area: Area, months: Sequence[str]) -> list[NhsArea]:
    """The boards that are drawn for a series of months: those of its last month, then those that are no more."""
    levels = sorted({level_of(month) for month in months}, reverse=True)
    found = [one for level in levels for one in drawn(areas_of(store, area, level))]
    return list({span(one): one for one in found}.values())


@kept_with_store(of_base=True)
def _boards(store: Store) -> pd.DataFrame:
    """Which board took the place of which, as text."""
    return store.table("health_boards").astype(str)


@kept_with_store(of_base=True)
def _changes(store: Store) -> dict[str, str]:
    """Board of today -> same, successor or widened."""
    table = _boards(store).drop_duplicates("board_code")
    return dict(zip(table["board_code"], table["change"], strict=True))


@kept_with_store(of_base=True)
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
    """What became of the area's boards on 1 April 2026, in sentences; of a board that began then, what it took the
    place of."""
    if area.kind == "board" and area.current and _changes(store).get(area.code, "same") != "same":
        return _began(store, area)
    pairs = _boards(store)
    told = []
    for one in drawn(areas_of(store, area, BEFORE)):
        rows = pairs[pairs["before_code"].eq(one.code)]
        names, name = sorted(rows["name"]), one.name.removesuffix(NO_MORE)
        if len(names) > 1:
            told.append(
                f"{name} was divided among {listed(names)}; which of them has which part of it is not known here."
            )
        elif rows["change"].iloc[0] == "same":
            told.append(f"{name} was not changed.")
        elif rows["change"].iloc[0] == "widened":
            told.append(f"{name} goes on, with part of another ICB.")
        else:
            told.append(f"{names[0]} took the place of {name}.{_presumed(store, area, one.code)}")
    return " ".join(told)


_PART = {"whole": "", "nearly_whole": " (nearly all of it)", "divided": " (part of it)"}


def _began(store: Store, area: Area) -> str:
    """What a board that began in April 2026, or was widened then, is made of."""
    pairs = _boards(store)
    rows = pairs[pairs["board_code"].eq(area.code)]
    each = [
        f"{name}{_PART[part]}"
        for code, name, part in rows[["before_code", "before_name", "part"]].itertuples(index=False, name=None)
        if code != area.code
    ]
    presumed = "".join(
        f" {place} is presumably in it; the list held does not say."
        for place, board in PRESUMED.values()
        if board == area.name
    )
    if rows["change"].iloc[0] == "widened":
        return f"{area.name} was widened in {_SINCE} by {listed(each)}.{presumed}"
    return f"{area.name} began in {_SINCE}, in place of {listed(each)}.{presumed}"


def _presumed(store: Store, area: Area, icb: str) -> str:
    """What the list leaves open of a board that an area lies in."""
    every = _children(store)
    own = {one.code for one in areas_of(store, area, "sub_icb")} & set(every.index[every["icb_code"].eq(icb)])
    return "".join(
        f" {place} is presumably in {board}; the list held does not say."
        for code, (place, board) in PRESUMED.items()
        if code in own
    )


def part_of(share: float) -> str:
    """A share of an overlap in words: never `100%` of something that is not whole, never `0%` of something."""
    if math.isnan(share):
        return "an unknown part"
    if 99.5 <= share < 100 - 1e-6:
        return "over 99%"
    return percent(share, 0)


def overlap_sentence(area: Area, one: NhsArea) -> Text:
    """What an NHS area is to an area: how much of each the other is, or that one is part of the other; nothing where
    they are the same."""
    if one.how == "itself":
        return Text("")
    if one.how == "within":
        if one.of_authority > _ALL - 1e-4:
            return Text(f"{one.name} is all of {area.in_text}.")
        return Text(
            f"{one.name} is part of {area.in_text}, with {one.mine} of its children.",
            families=f"{capital(plainly.part(one.of_authority))} children here live in {one.name}.",
        )
    if one.how == "around":
        if math.isnan(one.of_authority):
            return Text(f"{capital(area.in_text)} may be in {one.name} since {_SINCE}; it is not known here.")
        if one.of_health_area > _ALL - 1e-4:
            return Text(
                f"{capital(area.in_text)} is all of {one.name}.", families=f"All children of {one.name} live here."
            )
        return Text(
            f"{capital(area.in_text)} is part of {one.name}, with {one.its} of its children.",
            families=f"Of the children of {one.name}, {plainly.part(one.of_health_area)} live here.",
        )
    if one.how == "before":
        if one.code == area.code:
            return Text(
                f"{capital(area.in_text)} was widened in {_SINCE}: figures from before are of the board as it was."
            )
        whole = "all" if one.of_health_area == _ALL else "most"
        return Text(f"{capital(area.in_text)} took in {whole} of {one.name} in {_SINCE}.")
    return Text(
        f"{one.name}: {one.mine} of the children of {area.in_text} live in it; they are {one.its} of its children.",
        families=f"{capital(plainly.children_here(one.of_authority, one.at_least))} live in {one.name}."
        f" Of its own children, {plainly.part(one.of_health_area)} live here.",
    )
