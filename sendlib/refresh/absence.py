"""Absence by SEN and kind of school, full school years, from DfE's catalogue of files. Live only: none is shipped."""

from __future__ import annotations

from sendlib.refresh import ees_files
from sendlib.refresh.source import Source
from sendlib.refresh.work import Look, Work, merged, new_table
from sendlib.store import NewTable
from sendlib.tables import absence_by_school, by_sen, reading

TITLE = "Pupil absence in schools in England"
PUBLICATION = "cbbd299f-8297-44bc-92ac-558bcf51f8ad"
ADDRESS = "find-statistics/pupil-absence-in-schools-in-england"
WANTED = ees_files.Wanted(
    columns=by_sen.wanted_columns(absence_by_school.COLUMNS), likely=r"absence.*pupil characteristics?\s*$"
)


def look(work: Work) -> Look:
    """The file by pupil characteristics for full years; those of single terms have the same columns."""
    work.report(0.0, f"{TITLE}: asking DfE's catalogue for the files of the latest release")
    return ees_files.looked(ees_files.by_columns(work, PUBLICATION, TITLE, WANTED))


def fetch(work: Work, look: Look) -> list[NewTable]:
    """Every year of the file; years before it stay as they are held."""
    found = look.parts
    assert isinstance(found, ees_files.FoundFile)
    path, digest = ees_files.fetched(work, found, TITLE, "absence.csv")
    work.report(0.75, f"{TITLE}: reading")
    frame, notes = absence_by_school.read(path, found.file.filename)
    path.unlink(missing_ok=True)
    name = absence_by_school.TABLE.name
    if name in work.store.tables:
        come = frame.astype({column: str for column in frame if column != "value"})
        together = merged(work.store.table(name), come, ["period"])
        frame = reading.as_categories(together, absence_by_school.KEYS).astype({"status": "category"})[frame.columns]
    note = "By where the school is. Fetched from Explore Education Statistics."
    origin = ees_files.origin(work, look, TITLE, ADDRESS, digest, note)
    return [new_table(absence_by_school.TABLE, frame, notes, origin, work.store)]


SOURCE = Source(
    name="absence",
    group="ees",
    title=TITLE,
    tables=("absence_by_school",),
    look=look,
    fetch=fetch,
)
