"""The large number of Getting help that belongs to the NHS: who waits over 52 weeks for community paediatrics."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from sendlib.areas import ENGLAND, Area
from sendlib.methods import compare
from sendlib.questions.answer import Figure, count_of, listed, percent, written
from sendlib.questions.getting_help import health_changes
from sendlib.questions.getting_help.health_waits import (
    MAIN,
    NhsArea,
    areas_of,
    community_over_time,
    drawn,
    lists,
    months,
    part_of,
)
from sendlib.store import Store
from sendlib.tables.community_workbook import SERVICES
from sendlib.tables.symbols import NOT_AVAILABLE

MATTERS = 10.0
"""Of several NHS areas, those with this per cent of the authority's children or more are in the large number; all are named."""
ELSEWHERE = "A service that is counted in another ICB may serve the children here."
_BRIEF = "Over 52 weeks for community paediatrics"
_PLAIN = "Waiting over a year for a children's doctor (community paediatrics)"


def figure(store: Store, area: Area) -> Figure:
    """The share of the ICB's community paediatrics list that has waited over 52 weeks, titled as the ICB's.

    Where several ICBs cover the area the number is the range over those that
    matter, never a mean; which they are, and each one's own, stands below it.
    """
    found = drawn(areas_of(store, area, "icb"))
    month = months(store)[-1]
    own = {one.code: newest(store, one.code, month) for one in found}
    england = float(newest(store, ENGLAND, month)["over_52_share"])
    matter = [one for one in found if one.of_authority >= MATTERS]
    if len(matter) > 1:
        return _several(found, matter, own, england, health_changes.month_of(month))
    return _one(store, area, found, own, england, health_changes.month_of(month))


def _titled(whose: str, brief: str, when: str) -> Figure:
    """A figure without its value, titled as that of NHS areas."""
    return Figure(
        f"Waiting over 52 weeks for community paediatrics in {whose}, {when}", None, "%", "",
        brief_label=f"{_BRIEF}, {brief}, {when}", plain_label=f"{_PLAIN} in {whose}, {when}", table="waits_community",
    )  # fmt: skip


def _one(store: Store, area: Area, found: list[NhsArea], own: dict[str, pd.Series], england: float, when: str) -> Figure:
    first, rest = found[0], found[1:]
    row = own[first.code]
    also = f" Also, for part of the area: {listed([_said(one, own) for one in rest])}." if rest else ""
    detail = f"{part_of(first.of_authority)} of the area's children live in it; they are {part_of(first.of_health_area)} of its children.{also}"
    titled = replace(_titled(first.name, first.name, when), detail=detail)
    beside, share = f"England {percent(england)}.", float(row["over_52_share"])
    if np.isnan(share):
        return replace(titled, comparison=f"{_sentence(row['why'])} {ELSEWHERE} {beside}", brief=f"{beside}\n{_lives(first)}", status=row["share_status"])
    rows = community_over_time(store, area)
    rows = rows[rows["service"].eq(SERVICES[MAIN]) & rows["health_area"].eq(first.name)]
    jumps, sudden = health_changes.recent(rows), bool(rows["changed"].iloc[-1])
    warned = f" Read it with care. {jumps[-1]}" if jumps else ""
    numbers = f"{written(row['over_52'])} of {count_of(int(row['waiting']), 'child', 'children')}."
    return replace(
        titled, value=share, comparison=f"{beside} {numbers}{warned}", brief=f"{beside}{' The list here has just changed suddenly.' if sudden else ''}\n{_lives(first)}",
        # Of a list that has just jumped nothing is called higher or lower, nor where another NHS area has part of the children.
        direction="" if sudden or rest else compare.direction(share, england),
    )  # fmt: skip


def _several(found: list[NhsArea], matter: list[NhsArea], own: dict[str, pd.Series], england: float, when: str) -> Figure:
    """A range over several ICBs: none of them stands for the authority."""
    shares = [share for one in matter if not np.isnan(share := float(own[one.code]["over_52_share"]))]
    covered = part_of(sum(one.of_authority for one in matter))
    which = f"the {len(matter)} NHS areas (ICBs) where {covered} of the area's children live"
    titled = replace(_titled(which, f"{len(matter)} NHS areas", when), detail=f"{listed([_said(one, own) for one in found])}.")
    beside = f"England {percent(england)}."
    if not shares:
        whys = list(dict.fromkeys(str(own[one.code]["why"]) for one in matter))
        why = "; ".join(whys)
        if len(whys) == 1:  # said once is enough
            areas = [f"{one.name} ({part_of(one.of_authority)} of the area's children)" for one in found]
            titled = replace(titled, detail=f"{listed(areas)}.")
        return replace(titled, comparison=f"{_sentence(why)} {ELSEWHERE} {beside}", brief=beside, status=NOT_AVAILABLE)
    missing = len(matter) - len(shares)
    less = f" {missing} of them {'has' if missing == 1 else 'have'} no figure. {ELSEWHERE}" if missing else ""
    short = f"{beside} {missing} of the areas without a figure." if missing else beside
    return replace(titled, value=min(shares), upper=max(shares) if len(shares) > 1 else None, comparison=f"{beside}{less}", brief=short)


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."


def _lives(one: NhsArea) -> str:
    """The overlap as short as it can be said."""
    return f"{part_of(one.of_authority)} of the area's children live in it."


def _said(one: NhsArea, own: dict[str, pd.Series]) -> str:
    """`NHS Devon 12.0% (98% of the area's children live in it)`."""
    share = own[one.code]["over_52_share"]
    told = percent(share) if not np.isnan(share) else f"not available: {own[one.code]['why']}"
    return f"{one.name} {told} ({part_of(one.of_authority)} of the area's children)"


def newest(store: Store, code: str, month: str) -> pd.Series:
    """The row of `lists` of community paediatrics in a month."""
    rows = lists(store, code)
    return rows[rows["service"].eq(MAIN) & rows["period"].eq(month)].iloc[0]
