"""Absence by SEN, full school years, from DfE's catalogue of files: by kind of school, and all schools together.

One file makes both tables. That of all schools is shipped to 2022/23, the other is live only.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from sendlib.provenance import Provenance
from sendlib.refresh import ees_files
from sendlib.refresh.nature import Nature
from sendlib.refresh.source import Source
from sendlib.refresh.work import Look, Work, merged, new_table
from sendlib.sources import long_csv
from sendlib.store import NewTable
from sendlib.tables import absence, absence_by_school, by_sen, reading
from sendlib.tables.definition import TableDefinition

TITLE = "Pupil absence in schools in England"
PUBLICATION = "cbbd299f-8297-44bc-92ac-558bcf51f8ad"
ADDRESS = "find-statistics/pupil-absence-in-schools-in-england"
WANTED = ees_files.Wanted(
    columns=by_sen.wanted_columns(absence_by_school.COLUMNS), likely=r"absence.*pupil characteristics?\s*$"
)
WITHOUT_HALF_DAYS = (
    "The newest release does not count half days, so SEN support and EHC plans together are told of earlier years only."
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
    half_days = _half_days(path, found.file.filename)
    path.unlink(missing_ok=True)
    note = "By where the school is. Fetched from Explore Education Statistics."
    origin = ees_files.origin(work, look, TITLE, ADDRESS, digest, note)
    tables = [_with_held(work, absence_by_school.TABLE, frame, ["period"], notes, origin)]
    if work.wants(absence.TABLE.name):
        together = absence.of_release(frame, half_days, found.file.filename)
        without = [] if half_days is not None else [WITHOUT_HALF_DAYS]
        notes = [*(note for note in work.store.info(absence.TABLE.name).notes if note not in without), *without]
        tables.append(_with_held(work, absence.TABLE, together, ["period", "group"], notes, origin))
    return tables


def _half_days(path: Path, file: str) -> pd.DataFrame | None:
    """The half days that a file counts, or nothing where it has percentages only."""
    with long_csv.opened(path) as held:
        if not all(held.column(name) for name in absence.HALF_DAYS):
            return None
    return by_sen.read(path, file, absence.HALF_DAYS, absence_by_school.FIRST)[0]


def _with_held(
    work: Work, table: TableDefinition, come: pd.DataFrame, by: list[str], notes: list[str], origin: Provenance
) -> NewTable:
    """A table of the file, with what is held of years that it does not have."""
    come = come.astype({column: str for column in come if column != "value"})
    frame = merged(work.store.table(table.name), come, by) if table.name in work.store.tables else come
    keys = [name for name in come if name not in ("value", "status")]
    frame = reading.as_categories(frame, keys).astype({"status": "category"})[come.columns]
    return new_table(table, frame, notes, origin, work.store)


SOURCE = Source(
    name="absence",
    group="ees",
    title=TITLE,
    tables=("absence_by_school", "absence"),
    look=look,
    fetch=fetch,
    natures={"absence": Nature(may_end=True)},
)
