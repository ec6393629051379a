"""Projections of children and young people by authority, from Nomis. Live only: none is shipped."""

from __future__ import annotations

from sendlib.errors import ContractBroken
from sendlib.refresh import residents
from sendlib.refresh.source import Source
from sendlib.refresh.work import Look, Work, new_table
from sendlib.sources.ons import Ons
from sendlib.store import NewTable, TableInfo
from sendlib.tables import nomis, population_local

TITLE = "Subnational population projections"


def look(work: Work) -> Look:
    """One small request: England's numbers of every projected year; the first of them is the base."""
    work.report(0.0, f"{TITLE}: asking Nomis which it has")
    base, mark = Ons(work.http).projections_offered()
    return Look(f"{base}-based {mark}", f"{base}-based", period=base)


def held_period(info: TableInfo) -> str:
    """The base year of the projection held, which tells which is newer; all end in the same year."""
    return info.sources[0].release[:4]


def fetch(work: Work, look: Look) -> list[NewTable]:
    """The projection of today, in place of one that is held: two bases are never mixed."""
    into = work.folder / "projections.csv"
    work.report(0.0, f"{TITLE}: asking Nomis how many rows there are")
    found = Ons(work.http).projections(
        into,
        nomis.codes_of_authorities(work.areas),
        lambda done, expected: work.report(0.8 * done / (expected or done), f"{TITLE}: {done:,} rows"),
    )
    if found.base_year is None or found.release != look.release:
        raise ContractBroken(TITLE, f"it began as {look.release} and came as {found.release}.")
    work.report(0.9, f"{TITLE}: reading")
    table = population_local.read_nomis(
        into.read_bytes(), f"the {found.release} projections", work.areas, found.base_year
    )
    note = "ONS: projections are not forecasts; they say what would follow if recent trends went on."
    return [
        new_table(
            population_local.TABLE, table, (), residents.origin(work, TITLE, found, "projections", note), work.store
        )
    ]


SOURCE = Source(
    name="projections",
    group="ons",
    title=TITLE,
    tables=("population_local",),
    look=look,
    fetch=fetch,
    replaces=True,
    held_period=held_period,
)
