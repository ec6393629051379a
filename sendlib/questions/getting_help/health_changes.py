"""Sudden steps and breaks in NHS series: what a reader must know before a line is read on.

A list *jumps* when, from one month held to the next, a list of JUMP_FROM or
more more than doubles or falls by more than half, or when the share over 52
weeks moves by SHARE_JUMP points or more within NEAR months. Children in contact
with mental health services are counted over twelve months, so neighbouring
figures share eleven of them: there a change by CONTACTS_JUMP per cent is a
jump. The thresholds are choices of ours; of all steps held, 1% of shares of
lists and 1% of contacts are jumps.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from sendlib.answer import Text
from sendlib.answer.numbers import percent, written
from sendlib.tables.community_workbook import SERVICES

JUMP_FROM = 100
SHARE_JUMP = 20.0
NEAR = 3
CONTACTS_JUMP = 10.0
RECENT = 12
"""Months before the newest in which a jump is still told of beside the large number."""
_DOUBT = "This may be a change in how it is counted or sent"
_BOARDS = Text(
    "NHS areas (ICBs) of April 2026 from here, those of 2022 before", families="the NHS areas of April 2026 from here"
)
COLLECTED = Text("from 2022 each request and plan is collected by itself")


@dataclass(frozen=True)
class Break:
    """A period from which a series can not be read on as before, and why.

    `about` is the table of the answer, `service` one of it or empty; `label` is its name over the plot,
    where it has one: on a shared screen and for families.
    """

    about: str
    period: str
    words: Text
    service: str = ""
    label: Text = Text("")


BREAKS = (
    Break(
        "on_time",
        "2020",
        Text(
            "during part of 2020 the law on time limits was changed because of coronavirus",
            families="in part of 2020 the time limits were changed because of coronavirus",
        ),
        label=Text("Law eased"),
    ),
    Break(
        "on_time",
        "2022",
        Text(
            "from 2022 DfE collects each plan by itself; before, authorities sent totals",
            families="from 2022 plans are counted in a new way",
        ),
        label=Text("New collection", families="New count"),
    ),
    Break("demand", "2022", COLLECTED),
    Break(
        "tribunal",
        "2023",
        Text("the publisher asks for caution: decisions from 2023 come from a new collection"),
    ),
    Break("budgets", "2023-01", Text("from January 2023 each plan is collected by itself")),
    Break("community_over_time", "2024-02-29", Text("13 more providers", families="13 more organisations are counted")),
    Break(
        "community_over_time",
        "2024-12-31",
        Text("Over 104 weeks is counted apart", families="the longest waits are counted apart"),
    ),
    Break(
        "community_over_time",
        "2025-01-31",
        Text(
            "Birmingham's neurodevelopmental pathway is added there and in England",
            families="a service in Birmingham is added there and in England",
        ),
        SERVICES["community_paediatrics"],
    ),
    Break("community_over_time", "2026-04-30", _BOARDS),
    Break("four_weeks", "2026-04-30", _BOARDS),
    Break(
        "contacts",
        "2022-04-30",
        Text("First figures from here, final ones before", families="first numbers from here, final ones before"),
    ),
    Break(
        "contacts",
        "2022-07-31",
        Text(
            "From clinical commissioning groups to sub-ICB locations with the same codes",
            families="the NHS changed what its areas are called",
        ),
    ),
    Break(
        "contacts",
        "2022-08-31",
        Text(
            "A cyber incident affects what was sent, to March 2023",
            families="a cyber incident affects numbers to March 2023",
        ),
    ),
)
"""The breaks that the pictures draw."""


def breaks() -> pd.DataFrame:
    """BREAKS as a table: about, service, period, what."""
    rows = [(one.about, one.service, one.period, one.words.explore) for one in BREAKS]
    return pd.DataFrame(rows, columns=["about", "service", "period", "what"])


def of_lists(frame: pd.DataFrame) -> list[str]:
    """For each row of lists of NHS areas, what stepped suddenly since the month held before it; else nothing.

    `frame`: health_area, service, period, waiting, over_52_share.
    """
    found = dict.fromkeys(frame.index, "")
    known = frame.dropna(subset=["waiting"]).sort_values(["health_area", "service", "period"])
    before = known.groupby(["health_area", "service"], sort=False)[["period", "waiting", "over_52_share"]].shift()
    first, second = before["waiting"], known["waiting"]
    jumped = ~second.mul(2).between(first, 4 * first) | known["over_52_share"].sub(before["over_52_share"]).abs().ge(
        SHARE_JUMP
    )
    large = first.notna() & np.maximum(first, second).ge(JUMP_FROM)
    for place in known.index[jumped & large]:
        found[place] = _list_step(before.loc[place], known.loc[place])
    return list(found.values())


def _list_step(before: pd.Series, after: pd.Series) -> str:
    """A step that counts as a jump, in words; else nothing."""
    step = f"between {month_of(before['period'])} and {month_of(after['period'])}"
    name, first, second = after["health_area"], before["waiting"], after["waiting"]
    if not first <= 2 * second <= 4 * first:
        return f"The list of {name} went from {written(first)} to {written(second)} {step}. {_DOUBT}."
    if months_between(before["period"], after["period"]) > NEAR:
        return ""
    shares = f"from {percent(before['over_52_share'])} to {percent(after['over_52_share'])}"
    return (
        f"The share over 52 weeks in {name} went {shares} {step}, while its list went from {written(first)} to"
        f" {written(second)}. {_DOUBT}."
    )


def of_contacts(frame: pd.DataFrame) -> list[str]:
    """For each row of contacts (health_area, period, with_contact), what stepped suddenly since the month before it;
    else nothing."""
    found = dict.fromkeys(frame.index, "")
    for name, rows in frame.dropna(subset=["with_contact"]).groupby("health_area", sort=False):
        own = rows.sort_values("period")
        for before, after in zip(own.index[:-1], own.index[1:], strict=True):
            first, second = own.at[before, "with_contact"], own.at[after, "with_contact"]
            if max(first, second) >= JUMP_FROM and abs(second - first) >= CONTACTS_JUMP / 100 * first:
                step = (
                    f"twelve months to {month_of(own.at[before, 'period'])} to those to"
                    f" {month_of(own.at[after, 'period'])}"
                )
                found[after] = (
                    f"{name} went from {written(first)} to {written(second)} children from the {step}. {_DOUBT}."
                )
    return list(found.values())


def recent(rows: pd.DataFrame) -> list[tuple[str, str]]:
    """The jumps of the RECENT months before the newest of `rows` (period, waiting, changed), oldest first: between
    which months, and the sentence."""
    newest = rows["period"].max()
    known = rows.dropna(subset=["waiting"]).sort_values("period")
    steps = zip(known["period"].shift(), known["period"], known["changed"], strict=True)
    return [
        (f"between {month_of(before)} and {month_of(period)}", text)
        for before, period, text in steps
        if text and months_between(period, newest) <= RECENT
    ]


def months_between(earlier: str, later: str) -> int:
    """`2025-01-31` and `2025-10-31` are 9 months apart."""
    first, last = pd.Timestamp(earlier), pd.Timestamp(later)
    return int((last.year - first.year) * 12 + last.month - first.month)


def month_of(period: str) -> str:
    """`2025-10-31` as `October 2025`."""
    return f"{pd.Timestamp(period):%B %Y}"
