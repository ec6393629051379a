"""Suspensions and permanent exclusions by SEN, from DfE's catalogue of files. Live only: none is shipped."""

from __future__ import annotations

from sendlib.refresh import ees_files
from sendlib.refresh.source import Source
from sendlib.refresh.work import Look, Work, new_table
from sendlib.store import NewTable
from sendlib.tables import by_sen, exclusions

TITLE = "Suspensions and permanent exclusions in England"
PUBLICATION = "bf2b4284-6b84-46b0-aaaa-a2e0a23be2a9"
ADDRESS = "find-statistics/suspensions-and-permanent-exclusions-in-england"
WANTED = ees_files.Wanted(
    columns=by_sen.wanted_columns(exclusions.MEASURES),
    likely=r"full year.*characteristic|characteristic.*full year",
)


def look(work: Work) -> Look:
    """The file by characteristic for full years among those of the newest release, which may be of a term."""
    work.report(0.0, f"{TITLE}: asking DfE's catalogue for the files of the latest release")
    return ees_files.looked(ees_files.by_columns(work, PUBLICATION, TITLE, WANTED))


def fetch(work: Work, look: Look) -> list[NewTable]:
    """Every year of the file, in place of what was held: DfE revises earlier ones."""
    found = look.parts
    assert isinstance(found, ees_files.FoundFile)
    path, digest = ees_files.fetched(work, found, TITLE, "exclusions.csv")
    work.report(0.75, f"{TITLE}: reading")
    frame, notes = exclusions.read(path, found.file.filename)
    path.unlink(missing_ok=True)
    note = "By where the school is. Fetched from Explore Education Statistics."
    return [
        new_table(
            exclusions.TABLE, frame, notes, ees_files.origin(work, look, TITLE, ADDRESS, digest, note), work.store
        )
    ]


SOURCE = Source(
    name="exclusions",
    group="ees",
    title=TITLE,
    tables=("exclusions",),
    look=look,
    fetch=fetch,
)
