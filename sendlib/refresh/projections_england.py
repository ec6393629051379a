"""England's projection of children and young people, from Nomis: a newer base beside those that are held."""

from __future__ import annotations

import re

from sendlib.errors import ContractBroken
from sendlib.refresh import residents
from sendlib.refresh.source import Source
from sendlib.refresh.work import Look, Work, new_table
from sendlib.sources.ons import Ons
from sendlib.store import NewTable, TableInfo
from sendlib.tables import population_england

TITLE = "National population projections"


def look(work: Work) -> Look:
    """One small request: England's children under one in every projected year; the first year is the base."""
    work.report(0.0, f"{TITLE}: asking Nomis which it has")
    base, mark = Ons(work.http).national_projections_offered()
    return Look(f"{base}-based {mark}", f"{base}-based", period=base)


def held_period(info: TableInfo) -> str:
    """The newest base year that is held."""
    named = [year for source in info.sources for year in re.findall(r"(20\d\d)-based", source.release)]
    return max(named, default="")


def fetch(work: Work, look: Look) -> list[NewTable]:
    """The projection of today beside those that are held: two bases are never mixed."""
    into = work.folder / "national_projections.csv"
    work.report(0.0, f"{TITLE}: asking Nomis how many rows there are")
    found = Ons(work.http).national_projections(
        into, lambda done, expected: work.report(0.8 * done / (expected or done), f"{TITLE}: {done:,} rows")
    )
    if found.release != look.release:
        raise ContractBroken(TITLE, f"it began as {look.release} and came as {found.release}.")
    file = f"the {found.release} national projection"
    come = population_england.read_nomis(into.read_bytes(), file, f"ons-{found.base_year}", first_age=1)
    frame = population_england.with_projection(work.store.table("population_england"), come, file)
    note = (
        "Nomis does not name the variant; it is taken to be the principal projection, with which it agrees as far as"
        " that is held. ONS: projections are not forecasts."
    )
    origin = residents.origin(work, TITLE, found, "the national projection", note)
    notes = work.store.info("population_england").notes
    return [new_table(population_england.TABLE, frame, notes, origin, work.store)]


SOURCE = Source(
    name="projections_england",
    group="ons",
    title=TITLE,
    tables=("population_england",),
    look=look,
    fetch=fetch,
    held_period=held_period,
)
