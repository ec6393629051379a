"""The large number of Getting help that belongs to the NHS: who waits over 52 weeks for community paediatrics."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from sendlib.answer import Figure, Note, Text
from sendlib.answer.numbers import capital, count_of, in_so_many, listed, of_every, out_of, percent, said, written
from sendlib.areas import ENGLAND, Area
from sendlib.methods import compare
from sendlib.questions.getting_help import health_changes, health_gaps, plainly
from sendlib.questions.getting_help.health_gaps import Doubts
from sendlib.questions.getting_help.health_spread import spread
from sendlib.questions.getting_help.health_waits import MAIN, lists, months_of
from sendlib.questions.getting_help.nhs_areas import (
    AS_IT_WAS,
    NhsArea,
    areas_of,
    boards,
    level_of,
    overlap_sentence,
    part_of,
)
from sendlib.store import Store
from sendlib.tables.symbols import NOT_AVAILABLE

MATTERS = 10.0
"""Of several NHS areas, those with this per cent of the authority's children or more are in the large number; all
are named."""
ELSEWHERE = "A service that is counted in another ICB may serve the children here."
_ELSEWHERE_PLAIN = "A service that is counted in another NHS area may see the children here."
_BRIEF = "Community paediatrics: over 52 weeks"
_PLAIN = "Waiting over a year for a children's doctor"
NEARLY_THE_SAME = 97.0
"""Per cent of each other's children from which an authority and an NHS area are one on a shared screen."""


def figure(store: Store, area: Area) -> Figure:
    """The share of the ICB's community paediatrics list that has waited over 52 weeks, titled as the ICB's.

    Where several ICBs cover the area the number is the range over those that
    matter, never a mean; which they are, and each one's own, stands below it.
    A list that is incomplete or stepped suddenly within the year is called
    neither higher nor lower; of one that collapsed no number is shown. A board's own list is its figure, and England's
    is England's.
    """
    month = months_of(store, area)[-1]
    if area.kind == "england":
        return _of_england(store, month)
    found = boards(store, area, month)
    own = {one.code: newest(store, one, month) for one in found}
    england = float(_row(store, ENGLAND, month)["over_52_share"])
    matter = [one for one in found if not one.of_authority < MATTERS]
    if len(matter) > 1:
        return _several(store, area, matter, found, own, england, month)
    return _one(store, area, found, own, england, month)


def _of_england(store: Store, month: str) -> Figure:
    """England's own list, beside the spread of the boards."""
    row = _row(store, ENGLAND, month)
    share = float(row["over_52_share"])
    beside = spread(store, month).said(out_of(share))
    numbers = f"{written(row['over_52'])} of {count_of(int(row['waiting']), 'child', 'children')}."
    return replace(
        _EMPTY,
        label=_label("England", "England", month),
        value=None if np.isnan(share) else share,
        comparison=Text(
            _joined(beside.explore, numbers),
            show=beside.in_mode("show"),
            families=_joined(beside.in_mode("families"), numbers),
        ),
        status=row["share_status"],
    )


def _label(whose: str, plain: str, month: str) -> Text:
    """What the number is, titled as that of NHS areas (`plain`: whose it is for families); on a shared screen their
    name stands under it."""
    when = health_changes.month_of(month)
    name, year = when.split()
    return Text(
        f"Waiting over 52 weeks for community paediatrics in {whose}, {when}",
        show=f"{_BRIEF}, {name[:3]} {year}",
        families=f"{_PLAIN} in {plain}, {when}",
    )


def overlap_note(store: Store, area: Area) -> list[Note]:
    """What a shared screen says below the page of an authority's one NHS area: how much of each the other is. The other
    modes say it under the number."""
    found = [] if area.kind in ("england", "board", "location") else boards(store, area, months_of(store, area)[-1])
    matter = [one for one in found if not one.of_authority < MATTERS]
    if len(matter) != 1 or matter[0].how != "overlap":
        return []
    one = matter[0]
    if min(one.of_authority, one.of_health_area) >= NEARLY_THE_SAME:
        return []
    told = f"{one.name}: {one.mine} of the children here, {one.its} of its own."
    return [Note("caution", Text("", show=told, families=None))]


_EMPTY = Figure(Text(""), None, "%", Text(""), table="waits_community")


def _one(
    store: Store, area: Area, found: list[NhsArea], own: dict[str, pd.Series], england: float, month: str
) -> Figure:
    first, rest = found[0], found[1:]
    row = own[first.code]
    share, doubts = float(row["over_52_share"]), health_gaps.doubts(store, first)
    # Nor is anything called higher or lower where another NHS area has part of the children, or had the list.
    direction = "" if doubts.any or rest or first.how == "before" else compare.direction(share, england)
    many = out_of(share, england, apart=plainly.differ(direction))
    labelled = replace(
        _EMPTY, label=_label(first.name, first.name, month), detail=_lies_in(store, area, found, own, many)
    )
    named = "" if first.how == "itself" else f"{capital(AS_IT_WAS)}." if first.code == area.code else f"{first.name}."
    beside, others = f"England {percent(england)}.", _others(store, area, found, many)
    if np.isnan(share):
        left = "" if doubts.fell or doubts.short else ELSEWHERE
        told = [_sentence(row["why"]), left, doubts.incomplete, beside]
        brief = _joined(beside, named, f"{capital(_why(doubts))}." if doubts.fell or doubts.short else "")
        whole = _joined(*told, others.explore)
        plain = _joined(
            _why_plainly(doubts, row),
            _ELSEWHERE_PLAIN if left else "",
            f"England {of_every(england, many)}.",
            others.in_mode("families"),
        )
        return replace(labelled, comparison=Text(whole, show=brief, families=plain), status=row["share_status"])
    numbers = f"{written(row['over_52'])} of {count_of(int(row['waiting']), 'child', 'children')}."
    comparison = Text(
        _joined(beside, others.explore, numbers, doubts.told.explore),
        show=_joined(
            beside, named or others.in_mode("show"), f"{capital(_why(doubts))}." if doubts.told.in_mode("show") else ""
        ),
        families=_joined(
            f"England {in_so_many(england, many)}.",
            others.in_mode("families"),
            numbers,
            doubts.told.in_mode("families"),
        ),
    )
    return replace(labelled, value=share, comparison=comparison, direction=direction, out_of=many)


def _lies_in(store: Store, area: Area, found: list[NhsArea], own: dict[str, pd.Series], many: int) -> Text:
    """What the one NHS area that matters is to the area, which others have a part of it, and whose place any took."""
    first, rest = found[0], found[1:]
    also = f"Also, for part of the area: {listed([_said(one, own) for one in rest])}." if rest else ""
    also_plain = [f"Part of the area is in {_said_plainly(store, one, own, many)}" for one in rest]
    new = [one.successor for one in found if one.successor]
    return Text(
        _joined(_lives(area, first), also, *new),
        show=None,
        families=_joined(_lives_plainly(area, first), *also_plain, *new),
    )


def _others(store: Store, area: Area, found: list[NhsArea], many: int) -> Text:
    """How the other boards' lists are spread, of a health area; nothing of any other area, whose the list is not.
    Families are told it as numbers of so `many`."""
    if area.kind not in ("board", "location"):
        return Text("")
    return spread(store, months_of(store, area)[-1], [one.code for one in found]).said(many)


def _several(
    store: Store,
    area: Area,
    matter: list[NhsArea],
    found: list[NhsArea],
    own: dict[str, pd.Series],
    england: float,
    month: str,
) -> Figure:
    """A range over several ICBs: none of them stands for the area."""
    shares = [share for one in matter if not np.isnan(share := float(own[one.code]["over_52_share"]))]
    labelled = replace(_EMPTY, label=_label(*_which(matter, found), month))
    # A range from fewer than one of every 100 is told as up to its upper end.
    many = out_of(max(shares, default=england), england)
    more = _more(store, area, own)
    each, beside = (
        Text(
            f"{listed([_said(one, own) for one in found])}.{more}",
            show=None,
            families=f"{' '.join(_said_plainly(store, one, own, many) for one in found)}{more}",
        ),
        f"England {percent(england)}.",
    )
    doubts, others = health_gaps.of_areas(store, matter), _others(store, area, found, many)
    if not shares:
        return _none_of_several(store, labelled, found, own, matter, england, more)
    of_england = Text(beside, families=f"England {in_so_many(england, many)}.")
    return replace(
        labelled,
        value=min(shares),
        upper=max(shares) if len(shares) > 1 else None,
        comparison=_of_several(matter, doubts, len(matter) - len(shares), of_england, others),
        detail=each,
        out_of=many,
    )


def _none_of_several(
    store: Store,
    labelled: Figure,
    found: list[NhsArea],
    own: dict[str, pd.Series],
    matter: list[NhsArea],
    england: float,
    more: str,
) -> Figure:
    """Where none of several has a share: why, said once where it is the same of all."""
    whys = list(dict.fromkeys(str(own[one.code]["why"]) for one in matter))
    names = listed([one.name for one in found])
    each, plain = listed([_said(one, own) for one in found]), [_said_plainly(store, one, own, 0) for one in found]
    if len(whys) == 1:
        each = listed([f"{one.name} ({told})" if (told := _overlap(one)) else one.name for one in found])
        plain = [f"{names}. {_why_plainly(health_gaps.doubts(store, matter[0]), own[matter[0].code])}"]
    incomplete = [one.incomplete for one in health_gaps.of_areas(store, matter)]
    beside = f"England {percent(england)}."
    return replace(
        labelled,
        comparison=Text(
            _joined(_sentence("; ".join(whys)), ELSEWHERE, beside, *incomplete),
            show=_joined(beside, _brief_areas(matter)),
            families=f"England {of_every(england)}.",
        ),
        detail=Text(f"{each}.{more}", show=None, families=_joined(*plain, _ELSEWHERE_PLAIN, more.strip())),
        status=NOT_AVAILABLE,
    )


def _which(matter: list[NhsArea], found: list[NhsArea]) -> tuple[str, str]:
    """Whose a range over several NHS areas is, for analysts and for families."""
    number, share = len(matter), sum(one.of_authority for one in matter)
    if found[0].how == "before":
        return f"the {number} NHS areas (ICBs) that it took the place of", f"the {number} NHS areas before it"
    if found[0].how == "around":
        return f"the {number} NHS areas (ICBs) that it may be in", f"the {number} NHS areas that it may be in"
    if all(np.isnan(one.of_authority) for one in matter):
        of_which = "of which the area lies in one or more"
        return f"the {number} NHS areas (ICBs) {of_which}", f"{number} NHS areas, {of_which}"
    return (
        f"the {number} NHS areas (ICBs) where {part_of(share)} of the area's children live",
        f"the {number} NHS areas with most children here",
    )


def _more(store: Store, area: Area, own: dict[str, pd.Series]) -> str:
    """How many further ICBs a wide area lies in, which are in the table of overlaps only."""
    if area.kind not in ("region", "group"):
        return ""
    rest = sum(one.code not in own for one in areas_of(store, area, level_of(months_of(store, area)[-1])))
    if not rest:
        return ""
    return f" It lies in {count_of(rest, 'more NHS area', 'more NHS areas')}, with fewer of its children."


def _of_several(matter: list[NhsArea], doubts: list[Doubts], missing: int, england: Text, others: Text) -> Text:
    """What stands beside a range: England, the other boards, how many areas have no figure, and which lists are in
    doubt."""
    none = f"{missing} of them {'has' if missing == 1 else 'have'} no figure. {ELSEWHERE}" if missing else ""
    warned = "Read it with care." if doubts else ""
    return Text(
        _joined(england.explore, none, others.explore, *(one.told.explore for one in doubts)),
        show=_joined(england.in_mode("show"), _brief_areas(matter, missing), warned),
        families=_joined(
            england.in_mode("families"),
            others.in_mode("families"),
            # Why one has no number stands with its name.
            *(one.told.in_mode("families") for one in doubts if not (one.fell or one.short)),
        ),
    )


def _why(one: Doubts) -> str:
    """What is wrong with a list, in two or three words."""
    if one.fell:
        return "its list collapsed"
    return "incomplete list" if one.incomplete else "sudden change" if one.jumps else "list far too short"


def _joined(*texts: str) -> str:
    return " ".join(said(texts))


def _sentence(text: str) -> str:
    return f"{capital(text)}."


def _lives(area: Area, one: NhsArea) -> str:
    """Both halves of the overlap, or what the NHS area is to the area."""
    if one.how == "overlap":
        return f"{one.mine} of the area's children live in it; they are {one.its} of its children."
    return overlap_sentence(area, one).explore


def _overlap(one: NhsArea) -> str:
    """Both halves of the overlap beside a name; nothing of a board that another took the place of."""
    if one.how != "overlap":
        return ""
    return f"{one.mine} of the area's children, who are {one.its} of all its children"


def _brief_areas(matter: list[NhsArea], missing: int = 0) -> str:
    """How many NHS areas a range is of, as short as it can be said; `missing` of them have no figure."""
    told = f"{len(matter)} NHS areas"
    if missing:
        return f"{told}, {missing} without a figure."
    if matter[0].how != "overlap" or all(np.isnan(one.of_authority) for one in matter):
        return f"{told}."
    return f"{told}, {part_of(sum(one.of_authority for one in matter))} of the children here."


def _said(one: NhsArea, own: dict[str, pd.Series]) -> str:
    """`NHS Devon 12.0% (98% of the area's children, who are 31% of all its children)`."""
    share = own[one.code]["over_52_share"]
    told = percent(share) if not np.isnan(share) else f"not available: {own[one.code]['why']}"
    overlap = _overlap(one)
    return f"{one.name} {told}{f' ({overlap})' if overlap else ''}"


def _lives_plainly(area: Area, one: NhsArea) -> str:
    """The same as _lives for families."""
    if one.how != "overlap":
        return overlap_sentence(area, one).in_mode("families")
    here = plainly.children_here(one.of_authority, one.at_least)
    return f"{capital(here)} live in it. Of its own children, {plainly.part(one.of_health_area)} live here."


def _said_plainly(store: Store, one: NhsArea, own: dict[str, pd.Series], many: int) -> str:
    """One of several for families, of so `many`: `NHS Devon: 5.`; how much of each the other is stands in the notes."""
    row = own[one.code]
    share = float(row["over_52_share"])
    if not np.isnan(share):
        return f"{one.name}: {in_so_many(share, many)}."
    return f"{one.name}: no number. {_why_plainly(health_gaps.doubts(store, one), row)}"


def _why_plainly(doubts: Doubts, row: pd.Series) -> str:
    """Why a list has no share, in sentences for families."""
    if doubts.fell:
        return f"{doubts.fell_to} So no share is given."
    if doubts.short:
        return "Its list is far too short for the children there, so no share is given."
    return _sentence(row["why"])


def newest(store: Store, one: NhsArea, month: str) -> pd.Series:
    """The row of `lists` of community paediatrics in a month; without its share, and with the reason in `why`, where
    the list collapsed or is far too short."""
    row = _row(store, one.code, month)
    doubts = health_gaps.doubts(store, one)
    if not (doubts.fell or doubts.short) or np.isnan(row["over_52_share"]):
        return row
    why = (
        f"its list fell {doubts.fell}, so no share is given; of the children left on it, {written(row['over_52'])} had"
        " waited over 52 weeks"
        if doubts.fell
        else f"its list has {doubts.short}, so no share is given: many children may not be counted"
    )
    return pd.Series({**row, "over_52_share": np.nan, "share_status": NOT_AVAILABLE, "why": why})


def _row(store: Store, code: str, month: str) -> pd.Series:
    rows = lists(store, code)
    return rows[rows["service"].eq(MAIN) & rows["period"].eq(month)].iloc[0]
