"""Children's waits for community services against the standards that there are, newest month.

The standards are facts of catalogue/waits.toml. They are of care that is given; a list counts those who still wait, so
a share of a list is set beside a standard and never called its result.
"""

from __future__ import annotations

import pandas as pd

from sendlib import catalogue
from sendlib.answer import Column, Note, Table, Text
from sendlib.answer.numbers import listed
from sendlib.areas import ENGLAND, Area
from sendlib.questions.getting_help import columns, health_waits
from sendlib.questions.getting_help.nhs_areas import boards
from sendlib.store import Store
from sendlib.tables.community_workbook import SECRET, SERVICES
from sendlib.tables.periods import spoken

NAME = "standards"
_NO_STANDARD = "no standard found"
COLUMNS = {
    "health_area": columns.LISTS["health_area"],
    "service": columns.LISTS["service"],
    "period": columns.LISTS["period"],
    "standard": Column("Standard", "what the NHS is asked for, where there is a standard; the source stands below"),
    "waiting": columns.LISTS["waiting"],
    "over_18": Column("Over 18 weeks", "children on the list who have waited over 18 weeks", "children", 0),
    "over_18_share": Column("Over 18 weeks", "share of the children on the list who have waited over 18 weeks", "%", 1),
    "over_52": columns.LISTS["over_52"],
    "over_52_share": columns.LISTS["over_52_share"],
    "not_submitting": columns.LISTS["not_submitting"],
    "status": columns.status_of("a list"),
    "why": Column("Why there is no share", "why there is no share of long waits, in words"),
}


def standards(of: str) -> list[dict[str, str]]:
    """The standards of a kind of service, as the catalogue has them."""
    return [one for one in catalogue.load("waits")["standard"] if one["of"] == of]


def in_short(of: str) -> str:
    """`18 weeks; 52 weeks`: the weeks of the standards of a kind of service."""
    return "; ".join(f"{one['weeks']} weeks" for one in standards(of)) or _NO_STANDARD


def table(store: Store, area: Area, group: str) -> dict[str, Table]:
    """The part of Look closer: the boards that are drawn, then England, each service that is published by band."""
    month = health_waits.months_of(store, area)[-1]
    found = [(one.code, one.name) for one in boards(store, area, month)]
    parts = []
    for code, name in (*found, (ENGLAND, health_waits.ENGLAND_NAME)):
        held = health_waits.lists(store, code)
        held = held[held["period"].eq(month) & ~held["service"].isin(SECRET)]
        parts.append(held.assign(health_area=name))
    rows = pd.concat(parts, ignore_index=True)
    england = rows[rows["health_area"].eq(health_waits.ENGLAND_NAME)].set_index("service")["waiting"]
    rows = rows.assign(order=rows["service"].map(england)).sort_values("order", ascending=False, kind="stable")
    rows = rows.assign(
        service=rows["service"].map(SERVICES),
        standard=in_short("community"),
        why=health_waits.with_kind(rows["share_status"], rows["why"]),
    )
    where = listed([*(name for _, name in found), "England"])
    return {
        NAME: Table(
            rows[list(COLUMNS)].reset_index(drop=True),
            Text(
                f"Children waiting over 18 and over 52 weeks for community health services run in {where},"
                f" {spoken(month)}, beside the standards of the NHS"
            ),
            COLUMNS,
            ("waits_community", "health_areas"),
            heading="Waits against the standards: 18 weeks, 52 weeks, and 13 for autism",
            group=group,
            how_to_read=Text(_in_words()),
        )
    }


def _in_words() -> str:
    """The standards with their sources as a list, and what has none."""
    named = {"community": "Community services", "autism": "Suspected autism"}
    lines = [f"- {named[one['of']]}: {one['words']} ({one['from']})." for of in named for one in standards(of)]
    return "\n".join(
        [
            *lines,
            "- Mental health: no standard for children's waits is held here; NHS England publishes how many had help"
            " within 4 weeks (see Mental health: waits).",
        ]
    )


def notes(area: Area) -> list[Note]:
    """That a list is no result of a standard, and where autism's standard is."""
    run = f" Lists are counted where the service is run: not the children of {area.in_text}."
    told = (
        "A standard is of care that is given, a list of children who still wait: the share of a list is not the share"
        f" that was seen in time.{'' if area.kind == 'england' else run}"
    )
    autism = (
        "How many children with suspected autism were seen within 13 weeks (ASD19c) is not in the files held; what they"
        " have of those who waited longer is under Autism."
    )
    return [Note("definition", Text(told), NAME), Note("missing", Text(autism), NAME)]
