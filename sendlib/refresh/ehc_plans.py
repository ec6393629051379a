"""EHC plans: the data files of DfE's newest release, from the catalogue of Explore Education Statistics.

They are not on the API, and their ids change with every release, so the files
are found by name in the publication's latest release. The supporting file of
designated officers is not in the catalogue either, but in the release's zip.
"""

from __future__ import annotations

import hashlib
import queue
import re
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from sendlib.areas import Areas
from sendlib.errors import ContractBroken, SourceUnavailable
from sendlib.provenance import OPEN_GOVERNMENT_LICENCE, Provenance
from sendlib.refresh.source import Source
from sendlib.refresh.work import Look, Stopped, Work, merged, new_table, part_of
from sendlib.sources import long_csv
from sendlib.sources.ees import Ees, File
from sendlib.sources.http import Downloaded
from sendlib.store import NewTable
from sendlib.tables import designated_officers, needs, placements, plans, process, reading

TITLE = "Education, health and care plans"
TABLES = ("plans", "needs", "placements", "process", "designated_officers")
PUBLICATION = "88312cc0-fe1d-4ab5-81df-33fd708185cb"
FILES = {
    "caseload": ("caseload",),
    "needs": ("sen_needs_all_plans", "sen_needs_caseload"),
    "new_needs": ("sen_need_newplans", "sen_needs_newplans", "sen_needs_new_plans"),
    **{name: (name,) for name in process.FILES},
}
"""What we call a file -> the names that releases have given it."""
NEEDED = {
    "plans": ("caseload",),
    "placements": ("caseload",),
    "needs": ("needs", "new_needs"),
    "process": tuple(process.FILES),
}
"""Table -> the files of the catalogue that it is made of."""
OFFICERS = r"dmo.*dco"
"""How the file of designated officers is called in the release's zip."""
LARGEST_SUPPORTING_FILE = 20_000_000
"""Bytes, unpacked; that of 2025 has 0.1 million."""
AT_ONCE, PATIENCE = 4, 0.5
"""Downloads at once, and seconds after which a stop is noticed while all of them wait."""


@dataclass(frozen=True)
class _Release:
    files: dict[str, File]
    broken: dict[str, ContractBroken]
    """Role -> why its file can not be used; only the tables that need it are left out."""


def look(work: Work) -> Look:
    """One small request: the files of the latest release.

    Raises ContractBroken where that of the caseload is missing or there twice.
    """
    work.report(0.0, f"{TITLE}: asking DfE's catalogue for the files of the latest release")
    listed = Ees(work.http, _cache(work)).files(PUBLICATION)
    files: dict[str, File] = {}
    broken: dict[str, ContractBroken] = {}
    for role, names in FILES.items():
        try:
            files[role] = _named(listed, names)
        except ContractBroken as error:
            if role == "caseload":
                raise
            broken[role] = error
    release = files["caseload"].release or f"published {files['caseload'].published}"
    key = hashlib.sha256(
        "|".join(sorted(f"{file.id} {file.release_id} {file.published}" for file in files.values())).encode()
    ).hexdigest()
    year = re.search(r"20\d\d", release) if files["caseload"].release else None
    return Look(key, release, _Release(files, broken), f"{year[0]}-01" if year else "", files["caseload"].published)


def _named(listed: list[File], names: tuple[str, ...]) -> File:
    found = [file for file in listed if Path(file.filename).stem.casefold().replace("-", "_") in names]
    if len(found) != 1:
        raise ContractBroken(
            TITLE,
            f"{len(found)} files of the latest release are called {' or '.join(names)}; there must be exactly one.",
        )
    return found[0]


def fetch(work: Work, look: Look) -> list[NewTable]:
    """Download the files of the tables wanted and make these, with earlier years from what is held.

    A table whose files are missing or not as agreed is left out, and the reason
    is in `work.refused`.
    """
    release = look.parts
    assert isinstance(release, _Release)
    names = [name for name in TABLES if work.wants(name)]
    files = {role: file for role, file in release.files.items() if any(role in NEEDED.get(name, ()) for name in names)}
    broken = dict(release.broken)
    paths, digest = _downloaded(work, files, broken)
    origin = Provenance(
        publisher="Department for Education",
        publication=TITLE,
        release=look.release,
        published=release.files["caseload"].published or None,
        retrieved=work.retrieved,
        url=f"{work.http.settings.address('SENDLIB_EES_SITE')}/find-statistics/education-health-and-care-plans",
        licence=OPEN_GOVERNMENT_LICENCE,
        sha256=digest,
        status="Official statistics",
        note=(
            f"{len(paths)} data files of the release, fetched from Explore Education Statistics."
            " Not suppressed or rounded by DfE."
        ),
    )
    tables = []
    for place, name in enumerate(names):
        work.report(0.7 + 0.25 * place / len(names), f"{TITLE}: reading {name}")
        try:
            for role in broken.keys() & set(NEEDED.get(name, ())):
                raise broken[role]
            tables += _made(name, work, release, paths, origin)
        except ContractBroken as error:
            work.refused[name] = str(error)
    return tables


def _made(name: str, work: Work, release: _Release, paths: dict[str, Path], origin: Provenance) -> list[NewTable]:
    if name == designated_officers.TABLE.name:
        return _designated_officers(work, release, origin)
    return [_MADE[name](work, paths, origin)]


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
        rows = _lines_below_header(found.path)
        if file.rows is not None and rows < file.rows:
            broken[role] = ContractBroken(
                file.filename, f"the catalogue says {file.rows:,} rows, the file has {rows:,}."
            )
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


def _lines_below_header(path: Path) -> int:
    """Lines with something on them, less one."""
    with path.open("rb") as file:
        return sum(not line.isspace() for line in file) - 1


def _plans(work: Work, paths: dict[str, Path], origin: Provenance) -> NewTable:
    recent = plans.read_caseload(paths["caseload"].read_bytes(), "caseload.csv")
    found = pd.concat([recent, plans.age_bands(recent)], ignore_index=True)[[*plans.KEYS, "value", "status"]]
    held = work.store.table("plans")
    frame = merged(held, _as_fine(found, held), ["period", "measure", "characteristic"])
    return new_table(plans.TABLE, _sorted(frame, plans.KEYS), (), origin, work.store)


def _needs(work: Work, paths: dict[str, Path], origin: Provenance) -> NewTable:
    # Each file is read, made small and let go before the next: the two are the largest of the release.
    content = paths["needs"].read_bytes()
    regions = needs.regions_of(content, "caseload by need")
    stock, notes = needs.with_sums_of_authorities(needs.read(content, "caseload by need", "all"), regions)
    del content
    flow, more = needs.with_sums_of_authorities(
        needs.read(paths["new_needs"].read_bytes(), "new plans by need", "new"), regions
    )
    held = work.store.table("needs")
    frame = merged(
        held, _as_fine(pd.concat([stock, flow], ignore_index=True), held), ["period", "scope", "characteristic"]
    )
    return new_table(needs.TABLE, _sorted(frame, needs.KEYS), [*notes, *more], origin, work.store)


def _placements(work: Work, paths: dict[str, Path], origin: Provenance) -> NewTable:
    frame = merged(
        work.store.table("placements"), placements.read(paths["caseload"].read_bytes(), "caseload.csv"), ["period"]
    )
    return new_table(placements.TABLE, _sorted(frame, placements.KEYS), (), origin, work.store)


def _process(work: Work, paths: dict[str, Path], origin: Provenance) -> NewTable:
    parts, notes, earlier = [], [], list(work.store.info("process").notes)
    for name, (kind, columns) in process.FILES.items():
        part, found = process.read_2025(paths[name].read_bytes(), f"{name}.csv", kind, columns)
        parts.append(part)
        earlier = _of_other_periods(earlier, f"{name}.csv", part["period"].unique())
        notes += [_with_names(note, work.areas) for note in found]
    held = work.store.table("process").astype({"area_code": str, "period": str, "measure": str, "status": str})
    # The tribunal's figures come in a report of their own, and stay as they are held.
    frame = process.newest_with_a_figure(pd.concat(parts, ignore_index=True), held)
    rest = merged(held, frame, ["period", "measure"])
    return new_table(process.TABLE, _sorted(rest, process.KEYS), [*earlier, *notes], origin, work.store)


def _of_other_periods(notes: Sequence[str], file: str, periods: Sequence[str]) -> list[str]:
    """Notes without those on periods of a file that its new release replaces."""
    return [note for note in notes if not note.startswith(tuple(f"{file}, {period}:" for period in periods))]


def _with_names(note: str, areas: Areas) -> str:
    """A note with names in place of the codes that a reader of a file gives."""
    return re.sub(r"area (\d{3}|E\d{8})|\bE12\d{6}\b", lambda code: areas.names.get(code[1] or code[0], code[0]), note)


def _designated_officers(work: Work, release: _Release, origin: Provenance) -> list[NewTable]:
    """The supporting file out of the release's zip; no table where the release has no such file."""
    packed = work.folder / "release.zip"
    part = part_of(work, 0.9, 0.95, f"{TITLE}: all files of the release")
    try:
        found = Ees(work.http, _cache(work)).fetch_release(release.files["caseload"].release_id, packed, part)
        content = _supporting_file(packed)
    except SourceUnavailable as error:  # the other tables need not wait for it
        raise ContractBroken("the release's zip", str(error)) from error
    finally:
        packed.unlink(missing_ok=True)
    if content is None:
        work.absent[designated_officers.TABLE.name] = "the newest release has no supporting file of them"
        return []
    frame = merged(
        work.store.table(designated_officers.TABLE.name),
        designated_officers.read(content, "sen2_dmo_dco.csv"),
        ["period"],
    )
    frame = reading.as_categories(frame, designated_officers.KEYS).astype({"answer": "category", "status": "category"})
    own = replace(origin, sha256=found.sha256, note="A supporting file of the release, from its zip.")
    return [new_table(designated_officers.TABLE, frame, (), own, work.store)]


def _supporting_file(packed: Path) -> bytes | None:
    """The file of designated officers in a release's zip, if it has one.

    Raises ContractBroken and SourceUnavailable.
    """
    if not any(re.search(OFFICERS, name, re.IGNORECASE) for name in long_csv.members(packed)):
        return None
    plain = packed.with_name("officers.csv")
    try:
        long_csv.unzip(packed, OFFICERS, plain, LARGEST_SUPPORTING_FILE)
        return plain.read_bytes()
    finally:
        plain.unlink(missing_ok=True)


_MADE: dict[str, Callable[[Work, dict[str, Path], Provenance], NewTable]] = {
    "plans": _plans,
    "needs": _needs,
    "placements": _placements,
    "process": _process,
}


def _as_fine(found: pd.DataFrame, held: pd.DataFrame) -> pd.DataFrame:
    """`found` without years in place of periods that are held in more detail.

    The release of 2026 has "1 or less" where that of 2025 tells less than a year
    from one year; what it repeats of earlier years must not take the detail away.
    """
    years = held[held["characteristic"].astype(str).eq("years_in_place")]
    finer = set(years.loc[years["category"].astype(str).eq("Less than 1"), "period"].astype(str))
    own = found["characteristic"].astype(str).eq("years_in_place")
    coarser = set(found.loc[own & found["category"].astype(str).eq("1 or less"), "period"].astype(str))
    return found[~(own & found["period"].astype(str).isin(finer & coarser))].reset_index(drop=True)


def _sorted(frame: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    return reading.as_categories(frame[[*keys, "value", "status"]], keys).astype({"status": "category"})


def _cache(work: Work) -> Path:
    return work.kept or work.folder


SOURCE = Source(
    name="ehc_plans",
    group="ees",
    title=TITLE,
    tables=TABLES,
    look=look,
    fetch=fetch,
)
