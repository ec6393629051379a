"""EHC plans: the data files of DfE's newest release, from the catalogue of Explore Education Statistics.

They are not on the API, and their ids change with every release, so the files
are found in the publication's latest release: by the names that releases have
used so far, and where a name is not known by their columns, which the catalogue
tells without a download. Supporting files (designated officers, appeals) are not
in the catalogue but in the release's zip.

A file that is missing or not as agreed keeps back the figures that are made of
it and no others: they stay as they are held, and are tried again.
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
from sendlib.provenance import Provenance
from sendlib.refresh import ees_files
from sendlib.refresh.ehc_pieces import by_period, totals
from sendlib.refresh.nature import Nature
from sendlib.refresh.source import Source
from sendlib.refresh.work import Look, Stopped, Work, give_back_memory, merged, new_table, part_of, small, stacked
from sendlib.sources import long_csv
from sendlib.sources.ees import Ees, File
from sendlib.sources.ees_catalogue import described
from sendlib.sources.http import Downloaded
from sendlib.store import NewTable
from sendlib.tables import (
    designated_officers,
    ehc_files,
    ehc_labels,
    needs,
    phase_transfers,
    placements,
    plans,
    process,
    process_measures,
    reading,
    tribunal,
)
from sendlib.tables.ehc_labels import TOTAL

TITLE = "Education, health and care plans"
OFFICERS = designated_officers.TABLE.name
TRANSFERS = phase_transfers.TABLE.name
TABLES = ("needs", "plans", "placements", "process", OFFICERS, TRANSFERS)
"""Needs first: they tell how new the whole release held is, for of January 2026 totals of plans are shipped alone."""
ADDRESS = "find-statistics/education-health-and-care-plans"
PUBLICATION = "88312cc0-fe1d-4ab5-81df-33fd708185cb"
FILES = {
    ehc_files.CASELOAD: ("caseload",),
    ehc_files.NEEDS: ("sen_needs_all_plans", "sen_needs_caseload"),
    ehc_files.NEW_NEEDS: ("sen_need_newplans", "sen_needs_newplans", "sen_needs_new_plans"),
    **{name: (name,) for name in process.FILES},
    ehc_files.PHASE_TRANSFERS: ("phase_transfers",),
}
"""What we call a file -> the names that releases have given it so far: the fast path to it."""
NEEDED = {
    "plans": (ehc_files.CASELOAD,),
    "placements": (ehc_files.CASELOAD,),
    "needs": (ehc_files.NEEDS, ehc_files.NEW_NEEDS),
    "process": tuple(process.FILES),
    TRANSFERS: (ehc_files.PHASE_TRANSFERS,),
}
"""Table -> the files of the catalogue that it is made of."""
OFFICERS_FILE, APPEALS_FILE = r"dmo.*dco", r"(appealable|tribunal)[^/]*\.csv$"
"""How the files of designated officers and of appeals are called in the release's zip."""
_APPEALS = "appeals"
_SCOPES = {"all": "needs of all plans", "new": "needs of new plans"}
_STEP_OF_FILE = {
    name: process_measures.MEASURES[next(iter(columns.values()))].step for name, (_, columns) in process.FILES.items()
}
"""File -> what it tells of, as one says it: twenty-week figures, annual reviews."""
NATURES = {
    "plans": Nature(totals={"characteristic": TOTAL}, words=ehc_labels.WORDS, may_end=True),
    "needs": Nature(
        "scope",
        _SCOPES,
        {"characteristic": TOTAL, "need": needs.PLANS},
        ehc_labels.WORDS,
        derived=(needs.OWN_ROW,),
        may_end=True,
    ),
    "placements": Nature(
        totals={"placement": placements.ALL_PLACEMENTS},
        words={"placement": "placements", **{code: one.name for code, one in ehc_labels.PLACEMENTS.items()}},
        units=dict.fromkeys(ehc_labels.PLACEMENTS, "placement"),
        may_end=True,
    ),
    "process": Nature("measure", {code: one.step for code, one in process_measures.MEASURES.items()}, may_end=True),
}
"""Which figures of a table stand and fall together."""
LARGEST_SUPPORTING_FILE = 20_000_000
"""Bytes, unpacked; that of 2025 has 0.1 million."""
AT_ONCE, PATIENCE = 4, 0.5
"""Downloads at once, and seconds after which a stop is noticed while all of them wait."""


@dataclass(frozen=True)
class _Release:
    listed: list[File]
    files: dict[str, File]
    """Role -> the one file of that name; the others are looked for by their columns when they are wanted."""

    @property
    def key(self) -> str:
        """Changes with every file of the release."""
        parts = sorted(f"{file.id} {file.release_id} {file.published}" for file in self.listed)
        return hashlib.sha256("|".join(parts).encode()).hexdigest()


def look(work: Work) -> Look:
    """One small request: the files of the latest release. Raises ContractBroken where it has none."""
    work.report(0.0, f"{TITLE}: asking DfE's catalogue for the files of the latest release")
    release = _listed(work)
    one = release.listed[0]
    title = one.release or f"published {one.published}"
    year = re.search(r"20\d\d", title) if one.release else None
    return Look(release.key, title, release, f"{year[0]}-01" if year else "", one.published)


def _listed(work: Work) -> _Release:
    listed = Ees(work.http, _cache(work)).files(PUBLICATION)
    if not listed:
        raise ContractBroken(TITLE, "the latest release has no files in DfE's catalogue.")
    named: dict[str, File] = {}
    for role, names in FILES.items():
        found = [file for file in listed if Path(file.filename).stem.casefold().replace("-", "_") in names]
        if len(found) == 1:
            named[role] = found[0]
    return _Release(listed, named)


def fetch(work: Work, look: Look) -> list[NewTable]:
    """Download the files of the tables wanted and make these, with earlier years from what is held.

    What is made of a file that is missing or not as agreed stays as it is held; the reason is in `work.partly`, or in
    `work.refused` where nothing of a table could be made.
    """
    release = look.parts
    assert isinstance(release, _Release)
    names = [name for name in TABLES if work.wants(name)]
    files = _Files(work, release, [role for name in names for role in NEEDED.get(name, ())])
    digest = files.download()
    if _listed(work).key != look.key:
        raise SourceUnavailable(
            "DfE changed the release while it was being fetched. Nothing of it was taken, and the figures held before"
            " are unchanged. Refresh again to take it whole."
        )
    note = (
        f"{len(files.paths)} data files of the release, fetched from Explore Education Statistics."
        " Not suppressed or rounded by DfE."
    )
    origin = ees_files.origin(work, look, TITLE, ADDRESS, digest, note)
    tables = []
    for place, name in enumerate(names):
        work.report(0.7 + 0.25 * place / len(names), f"{TITLE}: reading {name}")
        try:
            tables += _MADE[name](work, files, origin)
        except ContractBroken as error:
            work.refused[name] = str(error)
        give_back_memory()
    return tables


class _Files:
    """The files of a release by role: found, downloaded, and each read or refused by itself."""

    def __init__(self, work: Work, release: _Release, roles: Sequence[str]) -> None:
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


def _plans(work: Work, files: _Files, origin: Provenance) -> list[NewTable]:
    parts = []
    for piece in by_period(files.whole(ehc_files.CASELOAD)):
        recent = plans.read_caseload(piece, "caseload.csv")
        bands = [plans.age_bands(recent)] if recent["characteristic"].eq("age").any() else []
        parts += [small(part[[*plans.KEYS, "value", "status"]]) for part in (recent, *bands)]
    found = stacked(parts)
    held = work.store.table("plans")
    frame = merged(held, _as_fine(found, held), ["period", "measure", "characteristic"])
    return [new_table(plans.TABLE, _sorted(frame, plans.KEYS), (), origin, work.store)]


def _needs(work: Work, files: _Files, origin: Provenance) -> list[NewTable]:
    held = work.store.table("needs")
    parts: list[pd.DataFrame] = []
    notes = list(work.store.info("needs").notes)
    regions: dict[str, str] = {}
    # Each file is read, made small and let go before the next: the two are the largest of the release.
    for scope, role, file in (
        ("all", ehc_files.NEEDS, "caseload by need"),
        ("new", ehc_files.NEW_NEEDS, "new plans by need"),
    ):
        try:
            own, found = [], []
            for piece in by_period(files.whole(role)):
                regions = regions or needs.regions_of(piece, file)
                part, more = needs.with_sums_of_authorities(needs.read(piece, file, scope), regions)
                own.append(small(part))
                found += more
        except ContractBroken as error:
            work.partly.setdefault("needs", {})[_SCOPES[scope]] = str(error)
            continue
        part = stacked(own)
        parts.append(_as_fine(part, held))
        replaced = part["period"].unique()
        del own, part
        notes = [*(note for note in notes if not any(f", {period}: " in note for period in replaced)), *found]
    if not parts:
        raise ContractBroken(TITLE, " ".join(work.partly.pop("needs").values()))
    come = stacked(parts)
    parts.clear()
    frame = _sorted(merged(held, come, ["period", "scope", "characteristic"]), needs.KEYS)
    del come
    give_back_memory()
    return [new_table(needs.TABLE, frame, notes, origin, work.store)]


def _placements(work: Work, files: _Files, origin: Provenance) -> list[NewTable]:
    parts = [small(placements.read(piece, "caseload.csv")) for piece in by_period(files.whole(ehc_files.CASELOAD))]
    frame = merged(work.store.table("placements"), stacked(parts), ["period"])
    return [new_table(placements.TABLE, _sorted(frame, placements.KEYS), (), origin, work.store)]


def _process(work: Work, files: _Files, origin: Provenance) -> list[NewTable]:
    parts, notes, earlier = [], [], list(work.store.info("process").notes)
    for name, (kind, columns) in process.FILES.items():
        try:
            part, found = process.read_2025(totals(files.whole(name)), f"{name}.csv", kind, columns)
        except ContractBroken as error:
            work.partly.setdefault("process", {})[_STEP_OF_FILE[name]] = str(error)
            continue
        parts.append(part)
        earlier = _of_other_periods(earlier, f"{name}.csv", part["period"].unique())
        notes += [_with_names(note, work.areas) for note in found]
    if not parts:
        raise ContractBroken(TITLE, " ".join(work.partly.pop("process").values()))
    held = work.store.table("process").astype({"area_code": str, "period": str, "measure": str, "status": str})
    frame = process.newest_with_a_figure(pd.concat(parts, ignore_index=True), held)
    rest = merged(held, frame, ["period", "measure"])
    try:
        if appeals := _appeals(work, files):
            rest = merged(rest, appeals[0], ["period", "measure"])
            notes += appeals[1]
    except ContractBroken as error:
        work.partly.setdefault("process", {})[_APPEALS] = str(error)
    return [new_table(process.TABLE, _sorted(rest, process.KEYS), [*earlier, *notes], origin, work.store)]


def _of_other_periods(notes: Sequence[str], file: str, periods: Sequence[str]) -> list[str]:
    """Notes without those on periods of a file that its new release replaces."""
    return [note for note in notes if not note.startswith(tuple(f"{file}, {period}:" for period in periods))]


def _with_names(note: str, areas: Areas) -> str:
    """A note with names in place of the codes that a reader of a file gives."""
    return re.sub(r"area (\d{3}|E\d{8})|\bE12\d{6}\b", lambda code: areas.names.get(code[1] or code[0], code[0]), note)


def _appeals(work: Work, files: _Files) -> tuple[pd.DataFrame, list[str]] | None:
    """Appeals to the tribunal out of the release's zip, with notes; nothing where it has no such file, or an older
    report than the one held."""
    found = files.supporting(APPEALS_FILE)
    if found is None:
        return None
    held = work.store.table("plans").astype({"area_code": str, "period": str, "characteristic": str})
    frame, notes = tribunal.read_any(found[0], "the tribunal's file of the release", work.areas, held)
    process_held = work.store.table("process")
    newest = process_held.loc[process_held["measure"].eq("appeals"), "period"].astype(str).max()
    if frame["period"].max() < newest:
        return None
    return frame, [_with_names(note, work.areas) for note in notes]


def _phase_transfers(work: Work, files: _Files, origin: Provenance) -> list[NewTable]:
    """Moves to another phase; no table where the release has no such file, as until 2025."""
    if ehc_files.PHASE_TRANSFERS not in files.paths:
        work.absent[TRANSFERS] = "the newest release has no file of them"
        return []
    found = phase_transfers.read(files.whole(ehc_files.PHASE_TRANSFERS).read_bytes(), "phase_transfers.csv")
    frame = merged(work.store.table(TRANSFERS), found.astype(dict.fromkeys(phase_transfers.KEYS, str)), ["period"])
    return [new_table(phase_transfers.TABLE, _sorted(frame, phase_transfers.KEYS), (), origin, work.store)]


def _designated_officers(work: Work, files: _Files, origin: Provenance) -> list[NewTable]:
    """The supporting file out of the release's zip; no table where the release has no such file."""
    found = files.supporting(OFFICERS_FILE)
    if found is None:
        work.absent[OFFICERS] = "the newest release has no supporting file of them"
        return []
    content, sha256 = found
    frame = merged(work.store.table(OFFICERS), designated_officers.read(content, "sen2_dmo_dco.csv"), ["period"])
    frame = reading.as_categories(frame, designated_officers.KEYS).astype({"answer": "category", "status": "category"})
    own = replace(origin, sha256=sha256, note="A supporting file of the release, from its zip.")
    return [new_table(designated_officers.TABLE, frame, (), own, work.store)]


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


_MADE: dict[str, Callable[[Work, _Files, Provenance], list[NewTable]]] = {
    "plans": _plans,
    "needs": _needs,
    "placements": _placements,
    "process": _process,
    OFFICERS: _designated_officers,
    TRANSFERS: _phase_transfers,
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
    """Rows in the order of their keys, text as categories in order (reading.as_categories, without making text)."""
    frame = small(frame[[*keys, "value", "status"]])
    labels = {name: sorted(frame[name].unique()) for name in (*keys, "status")}
    frame = frame.astype({name: pd.CategoricalDtype(known) for name, known in labels.items()})
    return frame.sort_values(keys, kind="stable", ignore_index=True)


def _cache(work: Work) -> Path:
    return work.kept or work.folder


SOURCE = Source(
    name="ehc_plans",
    group="ees",
    title=TITLE,
    tables=TABLES,
    look=look,
    fetch=fetch,
    natures=NATURES,
)
