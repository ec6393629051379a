"""Finding a file of a publication's newest release by its columns, and fetching it: titles and ids change each time."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sendlib.errors import ContractBroken
from sendlib.provenance import OPEN_GOVERNMENT_LICENCE, Provenance
from sendlib.refresh import ees_discovery
from sendlib.refresh.work import Look, Work, part_of
from sendlib.sources import kept
from sendlib.sources.ees import File
from sendlib.sources.ees_catalogue import Described, described

MOST_DESCRIBED = 200
"""How many files have kept what they are; those written longest ago go."""
SCHOOL_YEAR = r"20\d\d/\d\d"


@dataclass(frozen=True)
class Wanted:
    """What a file must have.

    `columns`: of each group of names one. `levels`: the labels of geographic
    levels. `periods`: how the label of its first and last period is written.
    `likely` is how its title goes as a rule: those files are looked at first.
    `without` are columns that tell it from a file that has all of these too.
    """

    columns: Sequence[Sequence[str]]
    levels: Sequence[str] = ("National", "Local authority")
    periods: str = SCHOOL_YEAR
    likely: str = ""
    without: Sequence[str] = ()


@dataclass(frozen=True)
class FoundFile:
    """A file of the catalogue and what it has."""

    file: File
    described: Described


def by_columns(work: Work, publication: str, title: str, wanted: Wanted) -> FoundFile:
    """The one file of a publication's newest release that has what is wanted.

    One request for the list, and one for each file that is looked at for the
    first time. Raises ContractBroken where none has it, or several.
    """
    listed = ees_discovery.client(work).files(publication)
    likely = [file for file in listed if re.search(wanted.likely, file.title, re.IGNORECASE)]
    rest = [file for file in listed if file not in likely]
    for files in (likely, rest):
        found = [one for file in files if _has(one := FoundFile(file, _described(work, file)), wanted)]
        if len(found) > 1:
            names = " and ".join(f"'{one.file.title}'" for one in found[:3])
            raise ContractBroken(title, f"several files of the newest release could be the one that is read: {names}.")
        if found:
            return found[0]
    release = next((file.release for file in listed if file.release), "the newest release")
    missing = ", ".join(names[0] for names in wanted.columns)
    raise ContractBroken(
        title, f"none of the {len(listed)} files of {release} has the columns {missing} by school year and authority."
    )


def _described(work: Work, file: File) -> Described:
    """What a file has, kept by its id: DfE gives an amended file another one."""
    path = (work.kept or work.folder) / "described" / f"{re.sub(r'[^0-9A-Za-z-]', '_', file.id)}.json"
    held = kept.read_json(path)
    if isinstance(held, dict) and set(held) == {"columns", "levels", "first", "last"}:
        return Described(tuple(held["columns"]), tuple(held["levels"]), held["first"], held["last"])
    found = described(work.http, file)
    kept.write_json(path, {**vars(found), "columns": list(found.columns), "levels": list(found.levels)})
    kept.keep_newest(path.parent, MOST_DESCRIBED)
    return found


def _has(one: FoundFile, wanted: Wanted) -> bool:
    return (
        all(set(names) & set(one.described.columns) for names in wanted.columns)
        and not set(wanted.without) & set(one.described.columns)
        and set(wanted.levels) <= set(one.described.levels)
        and all(re.fullmatch(wanted.periods, label) for label in (one.described.first, one.described.last))
    )


def looked(found: FoundFile) -> Look:
    """What a source with one file answers to a look."""
    file = found.file
    return Look(
        f"{file.id} {file.release_id} {file.published}",
        f"{file.release or 'published ' + file.published}, {found.described.first} to {found.described.last}",
        found,
        period=found.described.last,
        published=file.published,
    )


def fetched(work: Work, found: FoundFile, title: str, name: str) -> tuple[Path, str]:
    """The file on disk and its hash. Raises ContractBroken where it has fewer rows than the catalogue says."""
    path = work.folder / name
    part = part_of(work, 0.05, 0.7, f"{title}: {found.file.filename}")
    downloaded = ees_discovery.client(work).fetch(found.file, path, part)
    if problem := too_short(found.file, path):
        raise problem
    return path, downloaded.sha256


def too_short(file: File, path: Path) -> ContractBroken | None:
    """What is wrong with a file on disk that has fewer lines below its header than the catalogue says, or None."""
    with path.open("rb") as lines:
        rows = sum(not line.isspace() for line in lines) - 1
    if file.rows is None or rows >= file.rows:
        return None
    return ContractBroken(file.filename, f"the catalogue says {file.rows:,} rows, the file has {rows:,}.")


def origin(work: Work, look: Look, publication: str, address: str, digest: str, note: str) -> Provenance:
    """Where a table made of one file of the catalogue is from."""
    return Provenance(
        publisher="Department for Education",
        publication=publication,
        release=look.release,
        published=look.published or None,
        retrieved=work.retrieved,
        url=f"{work.http.settings.address('SENDLIB_EES_SITE')}/{address}",
        licence=OPEN_GOVERNMENT_LICENCE,
        sha256=digest,
        status="Official statistics",
        note=note,
    )
