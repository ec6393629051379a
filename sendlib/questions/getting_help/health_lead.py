"""What leads Getting help for a health area: its own figure of the NHS, with a title and a sentence.

For a board it is its list of community paediatrics over time, beside England's. A sub-ICB location has no list of its
own, because NHS England counts these by board: there the children with a mental health contact lead, which are counted
for it. Figures of the authorities follow and are titled as theirs.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from sendlib.answer import DOUBTFUL, FULL, NOT_SHOWN, Figure, State, Table, Text
from sendlib.answer.numbers import capital, count_of, in_so_many, listed, of_every, out_of, percent, said, written
from sendlib.areas import ENGLAND, Area
from sendlib.compared.comparators import known_areas
from sendlib.methods import compare
from sendlib.questions.getting_help import columns, health_gaps, health_people, health_spread, health_waits
from sendlib.questions.getting_help.few import FEW
from sendlib.questions.getting_help.health_changes import month_of
from sendlib.questions.getting_help.health_figure import newest
from sendlib.questions.getting_help.nhs_areas import NhsArea, boards, boards_over
from sendlib.store import Store
from sendlib.tables.community_workbook import SERVICES
from sendlib.tables.periods import spoken

WAITS = "waits"
"""The lead table of a board."""
MOST_NAMED = 3


def lead_of(area: Area) -> str:
    """The name of the table that leads for a health area."""
    return "contacts" if area.kind == "location" else WAITS


def table(store: Store, area: Area) -> dict[str, Table]:
    """The lead table of a board: its list of community paediatrics, or those of the boards that it took the place of,
    and England's, month by month, with how those of all other boards are spread."""
    if area.kind != "board":
        return {}
    every = health_waits.community_over_time(store, area)
    rows = every[every["service"].eq(SERVICES[health_waits.MAIN])].drop(columns="service").reset_index(drop=True)
    held = health_waits.months_of(store, area)
    others = health_spread.by_month(store, held, [one.code for one in boards_over(store, area, held)])
    rows = rows.join(others, on="period")
    whose = listed([one.name for one in boards(store, area, held[-1])])
    caption = (
        f"Waiting over 52 weeks for community paediatrics, per cent of the children on the list, {whose} and England,"
        f" months of {spoken(held[0])} to {spoken(held[-1])}"
    )
    list_of = "children waiting for a children's doctor (community paediatrics)"
    plain = f"Of every 100 {list_of}, how many have waited over a year"
    names = {name: column for name, column in columns.LISTS_OVER_TIME.items() if name != "service"}
    return {
        WAITS: Table(
            rows,
            Text(caption, f"% of the children on the list who waited over 52 weeks, {spoken(held[0])} on", plain),
            {**names, **health_spread.COLUMNS},
            ("waits_community",),
            heading="Waiting over 52 weeks for community paediatrics",
        )
    }


def state(store: Store, area: Area) -> State:
    """What can be said of the health area's own figure."""
    if area.kind == "location":
        return FULL if not np.isnan(_contacts(store, area)["with_contact"]) else NOT_SHOWN
    found, row = _newest(store, area)
    if found[0].how == "before" or np.isnan(row["over_52_share"]):
        return NOT_SHOWN
    return DOUBTFUL if health_gaps.doubts(store, found[0]).any else FULL


def title(store: Store, area: Area) -> Text:
    """At most ten words, true for the health area."""
    if area.kind == "location":
        number = _contacts(store, area)["with_contact"]
        if np.isnan(number):
            return Text("No number of children with a mental health contact")
        return Text(f"About {count_of(int(number), 'child', 'children')} had an NHS mental health contact")
    found, row = _newest(store, area)
    if found[0].how == "before":
        return Text("No waiting list of its own yet")
    share, england = float(row["over_52_share"]), _england(store, area)
    if np.isnan(share):
        return Text("No share of long waits can be given here")
    if health_gaps.doubts(store, found[0]).any:
        return Text(
            f"{percent(share)} waited over 52 weeks, on a doubtful list",
            families=f"{of_every(share)} waited over a year (doubtful list)",
        )
    word = compare.direction(share, england)
    if word == compare.SAME:
        same = "about the same share as in England"
        return Text(f"Over 52 weeks: {same}", families=f"Over a year: {same}")
    begins = f"A {'larger' if word == compare.HIGHER else 'smaller'} share waited over"
    return Text(f"{begins} 52 weeks than in England", families=f"{begins} a year than in England")


def headline(store: Store, area: Area, plans: pd.Series | None) -> Text:
    """The sentence in three lengths, after it what came in time of the plans of its authorities (`plans`: the newest
    row of plans on time; None where it has no authority)."""
    own = _of_location(store, area) if area.kind == "location" else _of_board(store, area)
    whole = _of_plans(store, area, plans)
    return Text(
        " ".join(said([own.explore, whole])),
        show=" ".join(said([own.in_mode("show"), whole])),
        # Plans on time stand among the large numbers.
        families=own.in_mode("families"),
    )


def _of_board(store: Store, area: Area) -> Text:
    found, row = _newest(store, area)
    when, england = month_of(row["period"]), _england(store, area)
    if found[0].how == "before":
        names = listed([one.name for one in found])
        begun = "was widened in April 2026" if found[0].code == area.code else f"took the place of {names}"
        told = (
            f"{area.name} has no waiting list of its own yet: the newest held is of {when}, before it {begun}"
            f"{'' if found[0].code == area.code else ' in April 2026'}."
        )
        plain = (
            f"{area.name} has no waiting list of its own yet. It {'grew' if found[0].code == area.code else 'began'} in"
            f" April 2026, and the newest list is from {when}."
        )
        return Text(told, families=plain)
    name, share = found[0].name, float(row["over_52_share"])
    others = health_spread.spread(store, row["period"], [one.code for one in found]).in_short
    if np.isnan(share):
        told = (
            f"No share of the children waiting over 52 weeks for community paediatrics in {name} can be given for"
            f" {when}: {_why(store, found[0], row)}. England {percent(england)}."
        )
        return Text(
            " ".join(said([told, others])),
            show=told,
            families=f"How many children in {name} waited over a year for a children's doctor can not be said. In"
            f" England it was {of_every(england)} in {when}.",
        )
    doubted = health_gaps.doubts(store, found[0]).any
    waiting, long = count_of(int(row["waiting"]), "child", "children"), written(row["over_52"])
    beside = (
        f" England {percent(england)}. The list is to be read with care."
        if doubted
        else f" That is {percent(share)}, against {percent(england)} in England: {compare.direction(share, england)}."
    )
    many = out_of(share, england)
    told = f"In {name}, {long} of {waiting} on the list of community paediatrics in {when} had waited over 52 weeks"
    return Text(
        " ".join(said([f"{told}{f' ({percent(share)})' if doubted else ''}.{beside}", others])),
        show=f"In {name}, {percent(share)} of {waiting} on the list of community paediatrics in {when} had waited over"
        f" 52 weeks (England {percent(england)}).",
        families=f"In {when}, {waiting} in {name} waited for a children's doctor (community paediatrics). Of these,"
        f" {long} had waited over a year: {of_every(share, many)}. In England it was {in_so_many(england, many)}.",
    )


def _why(store: Store, one: NhsArea, row: pd.Series) -> str:
    """Why there is no share of a list."""
    doubts = health_gaps.doubts(store, one)
    if doubts.fell:
        return f"its list fell {doubts.fell}"
    return f"its list has {doubts.short}" if doubts.short else str(row["why"])


def _of_location(store: Store, area: Area) -> Text:
    row = _contacts(store, area)
    found, lists = _newest(store, area)
    number, to = row["with_contact"], month_of(row["period"])
    counted = (
        f"About {count_of(int(number), 'child', 'children')} under 18 in {area.name} had an NHS mental health contact"
        f" in the twelve months to {to}, the newest held."
        if not np.isnan(number)
        else f"How many children in {area.name} had an NHS mental health contact is not available for {to}."
    )
    counted_plainly = (
        f"About {count_of(int(number), 'child', 'children')} under 18 here had contact with an NHS mental health"
        f" service in the twelve months to {to}, the newest held."
        if not np.isnan(number)
        else f"How many children here had contact with an NHS mental health service is not available for {to}."
    )
    if len(found) > 1:
        return Text(counted, families=counted_plainly)
    share = float(lists["over_52_share"])
    board = f"Waiting lists are counted by board and not by location: in {found[0].name}, its board,"
    plain_board = f"Waiting lists are counted for a larger NHS area, {found[0].name}."
    told = (
        f"{percent(share)} of the children on the list of community paediatrics had waited over 52 weeks in"
        f" {month_of(lists['period'])} (England {percent(_england(store, area))})."
        if not np.isnan(share)
        else f"no share over 52 weeks can be given for {month_of(lists['period'])}."
    )
    return Text(f"{counted} {board} {told}", families=f"{counted_plainly} {plain_board}")


def _of_plans(store: Store, area: Area, plans: pd.Series | None) -> str:
    """Plans on time of the authorities, in a sentence; nothing where their share says too little."""
    if plans is None or np.isnan(plans["share"]) or plans["left_out"] or plans["issued"] < FEW:
        return ""
    year, own = plans["period"], float(plans["share"])
    counted = f"{written(plans['issued'])} plans" if not np.isnan(plans["issued"]) else "plans"
    return (
        f"Of the {counted} issued in {year} by {whose(store, area)}, {percent(own)} came within 20 weeks (England"
        f" {percent(plans['england'])})."
    )


def whose(store: Store, area: Area) -> str:
    """The authorities of a health area in a sentence."""
    names = [known_areas(store).get(code).in_text for code in area.parts]
    return (
        listed(names) if len(names) <= MOST_NAMED else f"the {len(names)} authorities whose children mostly live in it"
    )


def contacts_figure(store: Store, area: Area) -> Figure:
    """A location's children with a mental health contact, as a large number."""
    row = _contacts(store, area)
    number, to = float(row["with_contact"]), month_of(row["period"])
    return Figure(
        Text(
            f"Children under 18 with an NHS mental health contact, {area.name}, twelve months to {to}",
            show="Children with an NHS mental health contact",
            families=f"Children with a mental health appointment or contact in the twelve months to {to}",
        ),
        None if np.isnan(number) else number,
        "children",
        Text(
            "to the nearest 5" if not np.isnan(number) else capital(str(row["why"])),
            show=f"twelve months to {to}, to the nearest 5" if not np.isnan(number) else "",
        ),
        status=str(row["status"]),
        decimals=0,
        detail=Text(str(row["changed"]), show=None),
        table="waits_mental_health",
    )


def _newest(store: Store, area: Area) -> tuple[list[NhsArea], pd.Series]:
    """The boards whose lists are shown, and the newest row of the first."""
    month = health_waits.months_of(store, area)[-1]
    found = boards(store, area, month)
    return found, newest(store, found[0], month)


def _england(store: Store, area: Area) -> float:
    """England's share in the same month."""
    rows = health_waits.lists(store, ENGLAND)
    here = rows["service"].eq(health_waits.MAIN) & rows["period"].eq(health_waits.months_of(store, area)[-1])
    return float(rows.loc[here, "over_52_share"].iloc[0])


def _contacts(store: Store, area: Area) -> pd.Series:
    """The newest row of a location's children with a mental health contact."""
    return health_people.contacts(store, area).iloc[-1]
