"""Special schools: the register of the day, in place of the copy of June 2021."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from sendlib.provenance import OPEN_GOVERNMENT_LICENCE, Provenance
from sendlib.refresh.source import Source
from sendlib.refresh.work import Look, Work, new_table, part_of
from sendlib.sources.gias import Gias
from sendlib.store import NewTable
from sendlib.tables import school_register, schools
from sendlib.tables.periods import spoken_month

TITLE = "Get Information About Schools"
SITE = "https://get-information-schools.service.gov.uk/"
BREAKS = ("The register tells of the schools of its day: what opened or closed since is not in it.",)


def look(work: Work) -> Look:
    """No request: the register is made anew every day, and one a month is enough. The key is the month."""
    month = work.retrieved[:7]
    return Look(month, spoken_month(month), period=month)


def fetch(work: Work, look: Look) -> list[NewTable]:
    """The newest file of the last days.

    Only open special schools, alternative provision and schools with a unit are ever written to disk.
    """
    into = work.folder / "register.csv"

    work.report(0.0, f"{TITLE}: looking for the newest file of the last days")
    found = Gias(work.http).fetch(into, date.fromisoformat(work.retrieved), part_of(work, 0.0, 0.8, TITLE))
    work.report(0.9, f"{TITLE}: reading")
    table, notes = school_register.read(into.read_bytes(), found.file, work.areas)
    origin = Provenance(
        "Department for Education",
        TITLE,
        f"{found.day.day} {spoken_month(found.day.isoformat()[:7])}",
        found.day.isoformat(),
        work.retrieved,
        SITE,
        OPEN_GOVERNMENT_LICENCE,
        found.original.sha256,
        "Register",
        f"{found.rows:,} open special schools, places of alternative provision and schools with a SEN unit or resourced"
        f" provision of {found.establishments:,} establishments; nothing about persons is kept.",
    )
    made = new_table(schools.TABLE, table, notes, origin, work.store)
    return [replace(made, breaks=BREAKS, sources=(origin,))]


SOURCE = Source(
    name="schools",
    group="gias",
    title=TITLE,
    tables=("schools",),
    look=look,
    fetch=fetch,
    unasked=(
        "The register was not asked: it is made anew every day, and once a month is enough."
        " 'refresh schools' fetches that of the day."
    ),
    older=(
        "This computer's month ({offered}) is before that of the register held ({held}), so nothing was asked."
        " Is its clock right?"
    ),
)
