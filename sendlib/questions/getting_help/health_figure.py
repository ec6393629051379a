"""The large number of Getting help that belongs to the NHS: who waits over 52 weeks for community paediatrics."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from sendlib.answer import Figure, Text
from sendlib.answer.numbers import capital, count_of, listed, percent, said, written
from sendlib.areas import ENGLAND, Area
from sendlib.methods import compare
from sendlib.questions.getting_help import health_changes, health_gaps
from sendlib.questions.getting_help.health_gaps import Doubts
from sendlib.questions.getting_help.health_spread import spread
from sendlib.questions.getting_help.health_waits import MAIN, lists, months_of
from sendlib.questions.getting_help.nhs_areas import NhsArea, areas_of, boards, level_of, overlap_sentence, part_of
from sendlib.store import Store
from sendlib.tables.symbols import NOT_AVAILABLE

MATTERS = 10.0
"""Of several NHS areas, those with this per cent of the authority's children or more are in the large number; all
are named."""
ELSEWHERE = "A service that is counted in another ICB may serve the children here."
_BRIEF = "Over 52 weeks for community paediatrics"
_PLAIN = "Waiting over a year for a children's doctor (community paediatrics)"


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
        return _several(store, area, matter, found, own, england, health_changes.month_of(month))
    return _one(store, area, found, own, england, health_changes.month_of(month))


def _of_england(store: Store, month: str) -> Figure:
    """England's own list, beside the spread of the boards."""
    row = _row(store, ENGLAND, month)
    beside = spread(store, month).said
    numbers = f"{written(row['over_52'])} of {count_of(int(row['waiting']), 'child', 'children')}."
    share = float(row["over_52_share"])
    return replace(
        _EMPTY,
        label=_label("England", "England", health_changes.month_of(month)),
        value=None if np.isnan(share) else share,
        comparison=Text(
            _joined(beside.explore, numbers),
            show=beside.in_mode("show"),
            families=_joined(beside.in_mode("families"), numbers),
        ),
        status=row["share_status"],
    )


def _label(whose: str, brief: str, when: str) -> Text:
    """What the number is, titled as that of NHS areas."""
    return Text(
        f"Waiting over 52 weeks for community paediatrics in {whose}, {when}",
        show=f"{_BRIEF}, {brief}, {when}",
        families=f"{_PLAIN} in {whose}, {when}",
    )


_EMPTY = Figure(Text(""), None, "%", Text(""), table="waits_community")


def _one(
    store: Store, area: Area, found: list[NhsArea], own: dict[str, pd.Series], england: float, when: str
) -> Figure:
    first, rest = found[0], found[1:]
    lives = _lives(area, first)
    row = own[first.code]
    also = f" Also, for part of the area: {listed([_said(one, own) for one in rest])}." if rest else ""
    also += "".join(f" {one.successor}" for one in found if one.successor)
    labelled = replace(
        _EMPTY, label=_label(first.name, first.name, when), detail=Text(f"{lives}{also}".strip(), show=None)
    )
    beside, share = f"England {percent(england)}.", float(row["over_52_share"])
    others = _others(store, area, found)
    doubts = health_gaps.doubts(store, first)
    if np.isnan(share):
        left = "" if doubts.fell or doubts.short else ELSEWHERE
        told = [_sentence(row["why"]), left, doubts.incomplete, beside]
        short = "Its list is far too short for the children there." if doubts.short else ""
        brief = f"{_joined(beside, others.in_mode('show'), doubts.fell_to or short)}\n{lives}".strip()
        whole, plain = (_joined(*told, others.in_mode(mode)) for mode in ("explore", "families"))
        return replace(labelled, comparison=Text(whole, show=brief, families=plain), status=row["share_status"])
    numbers = f"{written(row['over_52'])} of {count_of(int(row['waiting']), 'child', 'children')}."
    comparison = Text(
        _joined(beside, others.explore, numbers, doubts.told.explore),
        show=f"{_joined(beside, others.in_mode('show'), doubts.told.in_mode('show'))}\n{lives}".strip(),
        families=_joined(beside, others.in_mode("families"), numbers, doubts.told.in_mode("families")),
    )
    # Nor is anything called higher or lower where another NHS area has part of the children, or had the list.
    direction = "" if doubts.any or rest or first.how == "before" else compare.direction(share, england)
    return replace(labelled, value=share, comparison=comparison, direction=direction)


def _others(store: Store, area: Area, found: list[NhsArea]) -> Text:
    """How the other boards' lists are spread, of a health area; nothing of any other area, whose the list is not."""
    if area.kind not in ("board", "location"):
        return Text("")
    return spread(store, months_of(store, area)[-1], [one.code for one in found]).said


def _several(
    store: Store,
    area: Area,
    matter: list[NhsArea],
    found: list[NhsArea],
    own: dict[str, pd.Series],
    england: float,
    when: str,
) -> Figure:
    """A range over several ICBs: none of them stands for the area."""
    shares = [share for one in matter if not np.isnan(share := float(own[one.code]["over_52_share"]))]
    covered = part_of(sum(one.of_authority for one in matter))
    which = (
        f"the {len(matter)} NHS areas (ICBs) that it took the place of"
        if found[0].how == "before"
        else f"the {len(matter)} NHS areas (ICBs) that it may be in"
        if found[0].how == "around"
        else f"the {len(matter)} NHS areas (ICBs) of which the area lies in one or more"
        if all(np.isnan(one.of_authority) for one in matter)
        else f"the {len(matter)} NHS areas (ICBs) where {covered} of the area's children live"
    )
    labelled = replace(_EMPTY, label=_label(which, f"{len(matter)} NHS areas", when))
    more = _more(store, area, own)
    each, beside = (
        Text(f"{listed([_said(one, own) for one in found])}.{more}", show=None),
        f"England {percent(england)}.",
    )
    doubts, others = health_gaps.of_areas(store, matter), _others(store, area, found)
    if not shares:
        whys = list(dict.fromkeys(str(own[one.code]["why"]) for one in matter))
        if len(whys) == 1:  # said once is enough
            named = [f"{one.name} ({told})" if (told := _overlap(one)) else one.name for one in found]
            each = Text(f"{listed(named)}.{more}", show=None)
        told = _joined(_sentence("; ".join(whys)), ELSEWHERE, beside, *(one.incomplete for one in doubts))
        brief = f"{beside}\n{_brief_overlaps(matter)}"
        return replace(labelled, comparison=Text(told, show=brief), detail=each, status=NOT_AVAILABLE)
    return replace(
        labelled,
        value=min(shares),
        upper=max(shares) if len(shares) > 1 else None,
        comparison=_of_several(matter, doubts, len(matter) - len(shares), beside, others),
        detail=each,
    )


def _more(store: Store, area: Area, own: dict[str, pd.Series]) -> str:
    """How many further ICBs a wide area lies in, which are in the table of overlaps only."""
    if area.kind not in ("region", "group"):
        return ""
    rest = sum(one.code not in own for one in areas_of(store, area, level_of(months_of(store, area)[-1])))
    if not rest:
        return ""
    return f" It lies in {count_of(rest, 'more NHS area', 'more NHS areas')}, with fewer of its children."


def _of_several(matter: list[NhsArea], doubts: list[Doubts], missing: int, beside: str, others: Text) -> Text:
    """What stands beside a range: England, the other boards, how many areas have no figure, and which lists are in
    doubt."""
    less = f"{missing} of them {'has' if missing == 1 else 'have'} no figure. {ELSEWHERE}" if missing else ""
    short = f"{missing} of the areas without a figure." if missing else ""
    each = [f"{_short(one.name)} ({_why(one)})" for one in doubts]
    warned = f"Read it with care: {listed(each)}." if each else ""
    return Text(
        _joined(beside, less, others.explore, *(one.told.explore for one in doubts)),
        show=f"{_joined(beside, short, others.in_mode('show'), warned)}\n{_brief_overlaps(matter)}",
        families=_joined(beside, less, others.in_mode("families"), *(one.told.in_mode("families") for one in doubts)),
    )


def _why(one: Doubts) -> str:
    """What is wrong with a list, in two or three words."""
    return "incomplete list" if one.incomplete else "sudden change" if one.jumps or one.fell else "list far too short"


def _joined(*texts: str) -> str:
    return " ".join(said(texts))


def _sentence(text: str) -> str:
    return f"{capital(text)}."


def _short(name: str) -> str:
    return name.removeprefix("NHS ")


def _lives(area: Area, one: NhsArea) -> str:
    """Both halves of the overlap, or what the NHS area is to the area."""
    if one.how == "overlap":
        return f"{one.mine} of the area's children live in it; they are {one.its} of its children."
    return overlap_sentence(area, one)


def _overlap(one: NhsArea) -> str:
    """Both halves of the overlap beside a name; nothing of a board that another took the place of."""
    if one.how != "overlap":
        return ""
    return f"{one.mine} of the area's children, who are {one.its} of all its children"


def _brief_overlaps(matter: list[NhsArea]) -> str:
    """Both halves of each overlap as short as they can be said."""
    if matter[0].how != "overlap":
        return f"{listed([_short(one.name) for one in matter])}."
    each = [f"{_short(one.name)} {one.mine}, {one.its}" for one in matter]
    return f"Part of the area's children, and of its own: {'; '.join(each)}."


def _said(one: NhsArea, own: dict[str, pd.Series]) -> str:
    """`NHS Devon 12.0% (98% of the area's children, who are 31% of all its children)`."""
    share = own[one.code]["over_52_share"]
    told = percent(share) if not np.isnan(share) else f"not available: {own[one.code]['why']}"
    overlap = _overlap(one)
    return f"{one.name} {told}{f' ({overlap})' if overlap else ''}"


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
