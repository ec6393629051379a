"""Health checks, inpatients and personal health budgets: what is held of them, and else where to find them.

The facts of where are in catalogue/waits.toml. Health checks come with a refresh and are no part of the snapshot.
"""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from sendlib import catalogue
from sendlib.answer import Column, Note, Table, Text
from sendlib.answer.numbers import percent, written
from sendlib.areas import ENGLAND, Area
from sendlib.questions.getting_help.nhs_areas import locations
from sendlib.store import Store
from sendlib.tables.health_checks import LARGEST_HIDDEN
from sendlib.tables.periods import spoken

NAME = "health_elsewhere"
CHECKS = "health_checks"
COLUMNS = {
    "what": Column("What", "what a family or an area may look for"),
    "held": Column("Held here", "the newest figure held, of an NHS area, or that none is"),
    "who": Column("Who publishes it", "publisher, publication, how often and for which areas"),
    "address": Column("Where", "address of the publication"),
    "local": Column("Who knows locally", "who has figures of one area"),
}


def holds_checks(store: Store) -> bool:
    """Whether a refresh has brought health checks."""
    return CHECKS in store.tables


def table(store: Store, area: Area, group: str) -> dict[str, Table]:
    """The part of Look closer, the same for every area but for what is held."""
    facts = catalogue.load("waits")["elsewhere"]
    held = {CHECKS: _checks(store, area) if holds_checks(store) else ""}
    rows = pd.DataFrame(
        [
            (one["what"], held.get(one["held"]) or one["instead"], one["who"], one["address"], one["local"])
            for one in facts
        ],
        columns=list(COLUMNS),
    )
    return {
        NAME: Table(
            rows,
            Text("Health checks, inpatients and personal health budgets: what is held, and who publishes the rest"),
            COLUMNS,
            (CHECKS,) if holds_checks(store) else (),
            heading="Health checks, inpatients and personal health budgets",
            group=group,
            how_to_read=Text("\n".join(_line(row) for row in rows.to_dict("records"))),
        )
    }


def notes() -> list[Note]:
    """That nothing is made up for what is not held."""
    return [Note("missing", Text("Where no figure is held none is shown: nothing here is estimated."), NAME)]


def _line(row: Mapping[str, str]) -> str:
    who = f"[{row['who']}]({row['address']})"
    return f"- **{row['what']}**: {row['held']}. Published by {who}. Locally, ask {row['local']}."


def _checks(store: Store, area: Area) -> str:
    """Checks of the newest month held, of the NHS areas of an area and of England: those checked of those counted."""
    found = [(one.code, one.name) for one in locations(store, area)] if area.kind != "england" else []
    told = [words for code, name in (*found, (ENGLAND, "England")) if (words := _of_one(store, code, name))]
    return "; ".join(told)


def _of_one(store: Store, code: str, name: str) -> str:
    """`Devon, March 2026: 1,020 of 1,400 checked, 72.9%`; with a range, and no share, where practices' numbers are
    hidden."""
    rows = store.rows(CHECKS, code)
    if rows.empty:
        return ""
    month = str(rows["period"].astype(str).max())
    wide = rows[rows["period"].astype(str).eq(month)].assign(measure=rows["measure"].astype(str))
    held = wide.set_index("measure")["value"]
    checked, counted = (_ranged(held, measure) for measure in ("checked", "counted"))
    hidden = held["checked_hidden"] + held["counted_hidden"]
    share = f", {percent(100 * held['checked'] / held['counted'])}" if held["counted"] and not hidden else ""
    return f"{name}, {spoken(month)}: {checked} of {counted} checked{share}"


def _ranged(held: pd.Series, measure: str) -> str:
    """A number of people, as a range where practices' numbers are hidden."""
    least, hidden = held[measure], held[f"{measure}_hidden"]
    return f"{written(least)} to {written(least + LARGEST_HIDDEN * hidden)}" if hidden else written(least)
