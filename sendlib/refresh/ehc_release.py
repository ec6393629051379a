"""A release of EHC plans in DfE's catalogue: which files it has, and fetching those that are wanted.

The files are not on the API, and their ids change with every release, so they
are found in the publication's latest release: by the names that releases have
used so far, and where a name is not known by their columns, which the catalogue
tells without a download. Supporting files (designated officers, appeals) are not
in the catalogue but in the release's zip.
"""

from __future__ import annotations

import hashlib
import queue
import re
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from sendlib.errors import ContractBroken, SourceUnavailable
from sendlib.refresh import ees_files
from sendlib.refresh.work import Look, Stopped, Work, part_of
from sendlib.sources import long_csv
from sendlib.sources.ees import Ees, File
from sendlib.sources.ees_catalogue import described
from sendlib.sources.http import Downloaded
from sendlib.tables import ehc_files, process

TITLE = "Education, health and care plans"
PUBLICATION = "88312cc0-fe1d-4ab5-81df-33fd708185cb"
FILES = {
    ehc_files.CASELOAD: ("caseload",),
    ehc_files.NEEDS: ("sen_needs_all_plans", "sen_needs_caseload"),
    ehc_files.NEW_NEEDS: ("sen_need_newplans", "sen_needs_newplans", "sen_needs_new_plans"),
    **{name: (name,) for name in process.FILES},
    ehc_files.PHASE_TRANSFERS: ("phase_transfers",),
}
"""What we call a file -> the names that releases have given it so far: the fast path to it."""
LARGEST_SUPPORTING_FILE = 20_000_000
"""Bytes, unpacked; that of 2025 has 0.1 million."""
AT_ONCE, PATIENCE = 4, 0.5
"""Downloads at once, and seconds after which a stop is noticed while all of them wait."""


@dataclass(frozen=True)
class Release:
    """The files of a release, and the authorities that are known to whom reads it."""

    listed: list[File]
    files: dict[str, File]
    """Role -> the one file of that name; the others are looked for by their columns when they are wanted."""
    authorities: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """Changes with every file of the release, and when more authorities are known: rows of one that was not were
        left out, and are then fetched."""
        parts = [*sorted(f"{file.id} {file.release_id} {file.published}" for file in self.listed), *self.authorities]
        return hashlib.sha256("|".join(parts).encode()).hexdigest()


def look(work: Work) -> Look:
    """One small request: the files of the latest release. Raises ContractBroken where it has none."""
    work.report(0.0, f"{TITLE}: asking DfE's catalogue for the files of the latest release")
    release = listed_now(work)
    one = release.listed[0]
    title = one.release or f"published {one.published}"
    year = re.search(r"20\d\d", title) if one.release else None
    return Look(release.key, title, release, f"{year[0]}-01" if year else "", one.published)


def listed_now(work: Work) -> Release:
    """The release as the catalogue has it at this moment. Raises ContractBroken where it has no files."""
    listed = Ees(work.http, _cache(work)).files(PUBLICATION)
    if not listed:
        raise ContractBroken(TITLE, "the latest release has no files in DfE's catalogue.")
    named: dict[str, File] = {}
    for role, names in FILES.items():
        found = [file for file in listed if Path(file.filename).stem.casefold().replace("-", "_") in names]
        if len(found) == 1:
            named[role] = found[0]
    return Release(listed, named, tuple(sorted(work.areas.authorities)))


class Files:
    """The files of a release by role: found, downloaded, and each read or refused by itself."""

    def __init__(self, work: Work, release: Release, roles: Sequence[str]) -> None:
        self._work = work
        self._release = release
        self._ees = Ees(work.http, _cache(work))
        self._zip: Path | ContractBroken | None = None
        self._zip_sha256 = ""
        self.broken: dict[str, ContractBroken] = {}
        self.paths: dict[str, Path] = {}
        self.files = {role: release.files[role] for role in roles if role in release.files}
        missing = [role for role in roles if role not in self.files]
        if missing:
            self._find_by_columns(missing)

    def _find_by_columns(self, roles: Sequence[str]) -> None:
        """Give each role the one file that has its columns; none or several is told of where it is read."""
        found: dict[str, list[File]] = {}
        for file in self._release.listed:
            if file in self.files.values():
                continue
            told = described(self._work.http, file)
            role = ehc_files.role_of(told.columns, (told.first, told.last))
            if role:
                found.setdefault(role, []).append(file)
        for role in roles:
            if len(found.get(role, [])) == 1:
                self.files[role] = found[role][0]
            else:
                self.broken[role] = ContractBroken(
                    TITLE,
                    f"{len(found.get(role, []))} files of the latest release are called {' or '.join(FILES[role])} or"
                    " have its columns; there must be exactly one.",
                )

    def download(self) -> str:
        """Fetch every file, and return one hash over all."""
        self.paths, digest = _downloaded(self._work, self.files, self.broken)
        return digest

    def whole(self, role: str) -> Path:
        """Where a file is. Raises ContractBroken where it is missing, cut short, or another file than it is called."""
        if role in self.broken:
            raise self.broken[role]
        with self.paths[role].open("rb") as file:
            columns, periods = ehc_files.marks_of(file.read(ehc_files.MARKS_WITHIN))
        really = ehc_files.role_of(columns, periods)
        if really not in (role, None):
            raise ContractBroken(
                self.files[role].filename, f"it has the columns of another file of the release ({really})."
            )
        return self.paths[role]

    def supporting(self, pattern: str) -> tuple[bytes, str] | None:
        """A supporting file of the release's zip by a pattern of its name, and the zip's hash; None where it has none.

        The zip is fetched once. Raises ContractBroken.
        """
        if self._zip is None:
            self._zip = self._fetched_zip()
        if isinstance(self._zip, ContractBroken):
            raise self._zip
        content = _member(self._zip, pattern)
        return None if content is None else (content, self._zip_sha256)

    def _fetched_zip(self) -> Path | ContractBroken:
        packed = self._work.folder / "release.zip"
        part = part_of(self._work, 0.65, 0.7, f"{TITLE}: all files of the release")
        try:
            found = self._ees.fetch_release(self._release.listed[0].release_id, packed, part)
        except SourceUnavailable as error:  # the other figures need not wait for it
            return ContractBroken("the release's zip", str(error))
        self._zip_sha256 = found.sha256
        return packed


def _downloaded(work: Work, files: dict[str, File], broken: dict[str, ContractBroken]) -> tuple[dict[str, Path], str]:
    """The files' paths by role, and one hash over all; none is held in memory.

    A file with fewer rows than the catalogue says is added to `broken`.
    """
    ees = Ees(work.http, _cache(work))
    parts = dict.fromkeys(files, 0.0)
    stop = threading.Event()

    def one(role: str) -> Downloaded:
        file = files[role]

        def progress(done: int, expected: int | None) -> None:
            if stop.is_set():
                raise Stopped("Another download failed, or the refresh was stopped.")
            parts[role] = min(done / expected, 1.0) if expected else 0.5
            work.report(0.7 * sum(parts.values()) / len(parts), f"{TITLE}: {file.filename}, {done / 1e6:.1f} MB")

        found = ees.fetch(file, work.folder / f"{role}.csv", progress)
        parts[role] = 1.0
        if problem := ees_files.too_short(file, found.path):
            broken[role] = problem
        return found

    def waiting() -> None:
        work.report(0.7 * sum(parts.values()) / max(len(parts), 1), f"{TITLE}: waiting for DfE's files")

    results = _side_by_side(list(files), one, stop, waiting)
    digest = hashlib.sha256("".join(results[role].sha256 for role in sorted(results)).encode()).hexdigest()
    return {role: found.path for role, found in results.items()}, digest


def _side_by_side(
    roles: Sequence[str], fetch: Callable[[str], Downloaded], stop: threading.Event, waiting: Callable[[], None]
) -> dict[str, Downloaded]:
    """What `fetch` gives for each role, four at a time; the first that fails, or a stop from `waiting`, ends all.

    The threads are daemons, which a pool's are not: a download that drips may
    take an hour to notice that it is not wanted, and must not hold a program
    whose user pressed Ctrl-C.
    """
    todo: queue.SimpleQueue[str] = queue.SimpleQueue()
    done: queue.SimpleQueue[tuple[str, Downloaded | BaseException]] = queue.SimpleQueue()
    for role in roles:
        todo.put(role)

    def work_off() -> None:
        while not stop.is_set():
            try:
                role = todo.get_nowait()
            except queue.Empty:
                return
            try:
                done.put((role, fetch(role)))
            except BaseException as error:  # noqa: BLE001 - raised again in the thread that waits
                done.put((role, error))

    results: dict[str, Downloaded] = {}
    try:
        for number in range(min(AT_ONCE, len(roles))):
            threading.Thread(target=work_off, name=f"download {number}", daemon=True).start()
        while len(results) < len(roles):
            try:
                role, found = done.get(timeout=PATIENCE)
            except queue.Empty:
                waiting()
                continue
            if isinstance(found, BaseException):
                raise found
            results[role] = found
    finally:
        stop.set()
    return results


def _member(packed: Path, pattern: str) -> bytes | None:
    """A file of a zip by a pattern of its name, if it has one. Raises ContractBroken and SourceUnavailable."""
    if not any(re.search(pattern, name, re.IGNORECASE) for name in long_csv.members(packed)):
        return None
    plain = packed.with_name("supporting.csv")
    try:
        long_csv.unzip(packed, pattern, plain, LARGEST_SUPPORTING_FILE)
        return plain.read_bytes()
    finally:
        plain.unlink(missing_ok=True)


def _cache(work: Work) -> Path:
    return work.kept or work.folder
