"""Newer releases of DfE's EHC plans in the folder of originals, under whatever names they have.

The shipped tables are made of the releases that the project names (2025 and 2022). Any other zip archive or CSV
file directly in `ehcp/` is looked through here: its files are known by their columns (ehc_files.role_of), and what
is newer than the tables so far takes its place in them; years that it does not hold stay as they were. Files with
`excerpt` in their name are left aside, for they are no whole release.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

import pandas as pd

from sendlib.errors import ContractBroken
from sendlib.sources.originals import Originals
from sendlib.tables import designated_officers, ehc_files, needs, placements, plans, process, reading

KNOWN = ("education-health-and-care-plans_2022.zip", "education-health-and-care-plans_2025.zip")
"""The releases that the tables name themselves."""
Found = tuple[pd.DataFrame, list[str]]


@dataclass(frozen=True)
class ReleaseFile:
    """One file of a newer release: its name in the folder of originals, its role and its newest `time_period`."""

    name: str
    role: str
    newest: str


def newer_files(originals: Originals) -> list[ReleaseFile]:
    """Every file of EHC plans beside the known releases, oldest first.

    Raises ContractBroken for an archive that can not be opened.
    """
    found = []
    for name in originals.names("ehcp", (".zip", ".csv")):
        short = name.rpartition("/")[2]
        if short in KNOWN or "excerpt" in short.casefold():
            continue
        members = [f"{name}::{member}" for member in originals.members(name)] if short.endswith(".zip") else [name]
        found += [one for member in members if member.endswith(".csv") and (one := _known(originals, member))]
    return sorted(found, key=lambda file: (file.newest, file.name))


def _known(originals: Originals, name: str) -> ReleaseFile | None:
    rows = csv.DictReader(io.StringIO(reading.decoded(originals.read(name), name)))
    columns = {column.strip().lower(): column for column in rows.fieldnames or ()}
    if not {"time_period", "time_identifier"} <= set(columns):
        return None
    pairs = {(row[columns["time_period"]], row[columns["time_identifier"]]) for row in rows}
    role = ehc_files.role_of(columns, [identifier for _, identifier in pairs if identifier])
    return ReleaseFile(name, role, max(period or "" for period, _ in pairs)) if role and pairs else None


def with_newer(
    name: str, frame: pd.DataFrame, notes: list[str], originals: Originals, files: Iterable[ReleaseFile]
) -> tuple[Found, list[ReleaseFile]]:
    """A shipped table and its notes with what newer files of EHC plans add, and the files that were used.

    Raises ContractBroken for a file that is not as agreed.
    """
    notes, used = list(notes), []
    for file in files:
        read = _READERS.get(name, {}).get(file.role)
        if read is None:
            continue
        found, said = read(originals.read(file.name), file.name)
        keys = _KEYS[name]
        of_same = frame[_same_kind(frame, found, keys)]
        if len(of_same) and found["period"].max() < of_same["period"].astype(str).max():
            continue
        frame = _merged(frame, found, keys)
        notes += said
        used.append(file)
    if used:
        columns = _SORTED[name]
        frame = reading.as_categories(frame, columns)
        frame = frame.astype({column: "category" for column in ("status", "answer") if column in frame})
    return (frame, notes), used


def _same_kind(frame: pd.DataFrame, found: pd.DataFrame, keys: list[str]) -> pd.Series:
    """Rows of the table of the measures or scope that a file holds."""
    kind = next((key for key in ("scope", "measure") if key in keys), None)
    return frame[kind].astype(str).isin(found[kind].unique()) if kind else pd.Series(True, index=frame.index)


def _merged(frame: pd.DataFrame, found: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    """`found`, and the rows of the table whose keys it has not."""
    held = frame.astype({column: str for column in frame.columns if column != "value"})
    replaced = pd.MultiIndex.from_frame(held[keys]).isin(pd.MultiIndex.from_frame(found[keys].drop_duplicates()))
    return pd.concat([held[~replaced], found[held.columns]], ignore_index=True)


def _plans(content: bytes, file: str) -> Found:
    recent = plans.read_caseload(content, file)
    return pd.concat([recent, plans.age_bands(recent)], ignore_index=True)[[*plans.KEYS, "value", "status"]], []


def _needs(scope: str) -> Callable[[bytes, str], Found]:
    def read(content: bytes, file: str) -> Found:
        return needs.with_sums_of_authorities(needs.read(content, file, scope), needs.regions_of(content, file))

    return read


def _process(role: str) -> Callable[[bytes, str], Found]:
    def read(content: bytes, file: str) -> Found:
        frame, notes = process.read_2025(content, file, *process.FILES[role])
        has = frame["status"].eq("value").groupby([frame["measure"], frame["period"]]).transform("any")
        return frame[has].reset_index(drop=True), notes

    return read


_READERS: Mapping[str, Mapping[str, Callable[[bytes, str], Found]]] = {
    "plans": {ehc_files.CASELOAD: _plans},
    "placements": {ehc_files.CASELOAD: lambda content, file: (placements.read(content, file), [])},
    "needs": {ehc_files.NEEDS: _needs("all"), ehc_files.NEW_NEEDS: _needs("new")},
    "process": {role: _process(role) for role in process.FILES},
    "designated_officers": {ehc_files.OFFICERS: lambda content, file: (designated_officers.read(content, file), [])},
}
_KEYS = {
    "plans": ["period", "measure", "characteristic"],
    "placements": ["period"],
    "needs": ["period", "scope", "characteristic"],
    "process": ["period", "measure"],
    "designated_officers": ["period"],
}
_SORTED = {
    "plans": plans.KEYS,
    "placements": placements.KEYS,
    "needs": needs.KEYS,
    "process": process.KEYS,
    "designated_officers": designated_officers.KEYS,
}


def reporting_year(files: Iterable[ReleaseFile]) -> str:
    """The year that DfE calls a release by: that of its newest January, one after its newest calendar year."""
    years = []
    for file in files:
        if not re.fullmatch(r"\d{4}(\d{2})?", file.newest):
            raise ContractBroken(file.name, f"time_period '{file.newest}' is not a year.")
        stock = len(file.newest) == 6
        years.append(int(file.newest[:4]) + 1 if stock or file.role != ehc_files.OFFICERS else int(file.newest))
    return str(max(years))
