"""EHC plans: the data files of DfE's newest release, from the catalogue of Explore Education Statistics.

They are not on the API, and their ids change with every release, so the files
are found by name in the publication's latest release.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from sendlib.errors import ContractBroken
from sendlib.provenance import OPEN_GOVERNMENT_LICENCE, Provenance
from sendlib.refresh.work import Look, Work, merged, new_table
from sendlib.sources.ees import Ees, File
from sendlib.sources.http import Downloaded
from sendlib.store import NewTable
from sendlib.tables import needs, placements, plans, process, reading

NAME = "ehc_plans"
GROUP = "ees"
TITLE = "Education, health and care plans"
TABLES = ("plans", "needs", "placements", "process")
PUBLICATION = "88312cc0-fe1d-4ab5-81df-33fd708185cb"
FILES = {
    "caseload": ("caseload",),
    "needs": ("sen_needs_all_plans", "sen_needs_caseload"),
    "new_needs": ("sen_need_newplans", "sen_needs_newplans", "sen_needs_new_plans"),
    **{name: (name,) for name in process.FILES},
}
"""What we call a file -> the names that releases have given it."""
NEEDED = {"plans": ("caseload",), "placements": ("caseload",), "needs": ("needs", "new_needs"), "process": tuple(process.FILES)}
"""Table -> the files that it is made of."""


@dataclass(frozen=True)
class _Release:
    files: dict[str, File]
    broken: dict[str, ContractBroken]
    """Role -> why its file can not be used; only the tables that need it are left out."""


def look(work: Work) -> Look:
    """One small request: the files of the latest release. Raises ContractBroken where that of the caseload is missing or there twice."""
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
    key = hashlib.sha256("|".join(sorted(f"{file.id} {file.release_id} {file.published}" for file in files.values())).encode()).hexdigest()
    year = re.search(r"20\d\d", release) if files["caseload"].release else None
    return Look(key, release, _Release(files, broken), f"{year[0]}-01" if year else "", files["caseload"].published)


def _named(listed: list[File], names: tuple[str, ...]) -> File:
    found = [file for file in listed if Path(file.filename).stem.casefold().replace("-", "_") in names]
    if len(found) != 1:
        raise ContractBroken(TITLE, f"{len(found)} files of the latest release are called {' or '.join(names)}; there must be exactly one.")
    return found[0]


def fetch(work: Work, look: Look) -> list[NewTable]:
    """Download the files of the tables wanted and make these, with earlier years from what is held.

    A table whose files are missing or not as agreed is left out, and the reason
    is in `work.refused`.
    """
    release = look.parts
    assert isinstance(release, _Release)
    names = [name for name in TABLES if work.wants(name)]
    files = {role: file for role, file in release.files.items() if any(role in NEEDED[name] for name in names)}
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
        note=f"{len(paths)} data files of the release, fetched from Explore Education Statistics. Not suppressed or rounded by DfE.",
    )
    tables = []
    for place, name in enumerate(names):
        work.report(0.7 + 0.25 * place / len(names), f"{TITLE}: reading {name}")
        try:
            for role in broken.keys() & set(NEEDED[name]):
                raise broken[role]
            tables.append(_MADE[name](work, paths, origin))
        except ContractBroken as error:
            work.refused[name] = str(error)
    return tables


def _downloaded(work: Work, files: dict[str, File], broken: dict[str, ContractBroken]) -> tuple[dict[str, Path], str]:
    """The files' paths by role, and one hash over all. Four are fetched at once; none is held in memory.

    A file with fewer rows than the catalogue says is added to `broken`.
    """
    ees = Ees(work.http, _cache(work))
    parts = dict.fromkeys(files, 0.0)

    def one(role: str) -> tuple[str, Downloaded]:
        file = files[role]

        def progress(done: int, expected: int | None) -> None:
            parts[role] = min(done / expected, 1.0) if expected else 0.5
            work.report(0.7 * sum(parts.values()) / len(parts), f"{TITLE}: {file.filename}, {done / 1e6:.1f} MB")

        found = ees.fetch(file, work.folder / f"{role}.csv", progress)
        parts[role] = 1.0
        rows = _lines_below_header(found.path)
        if file.rows is not None and rows < file.rows:
            broken[role] = ContractBroken(file.filename, f"the catalogue says {file.rows:,} rows, the file has {rows:,}.")
        return role, found

    with ThreadPoolExecutor(max_workers=4) as pool:
        results = dict(pool.map(one, files))
    digest = hashlib.sha256("".join(results[role].sha256 for role in sorted(results)).encode()).hexdigest()
    return {role: found.path for role, found in results.items()}, digest


def _lines_below_header(path: Path) -> int:
    """Lines with something on them, less one."""
    with path.open("rb") as file:
        return sum(not line.isspace() for line in file) - 1


def _plans(work: Work, paths: dict[str, Path], origin: Provenance) -> NewTable:
    recent = plans.read_caseload(paths["caseload"].read_bytes(), "caseload.csv")
    found = pd.concat([recent, plans.age_bands(recent)], ignore_index=True)[[*plans.KEYS, "value", "status"]]
    held = work.store.table("plans")
    frame = merged(held, _as_fine(found, held), ["period", "measure", "characteristic"])
    return new_table(plans, _sorted(frame, plans.KEYS), (), origin, work.store)


def _needs(work: Work, paths: dict[str, Path], origin: Provenance) -> NewTable:
    # Each file is read, made small and let go before the next: the two are the largest of the release.
    content = paths["needs"].read_bytes()
    regions = needs.regions_of(content, "caseload by need")
    stock, notes = needs.with_sums_of_authorities(needs.read(content, "caseload by need", "all"), regions)
    del content
    flow, more = needs.with_sums_of_authorities(needs.read(paths["new_needs"].read_bytes(), "new plans by need", "new"), regions)
    held = work.store.table("needs")
    frame = merged(held, _as_fine(pd.concat([stock, flow], ignore_index=True), held), ["period", "scope", "characteristic"])
    return new_table(needs, _sorted(frame, needs.KEYS), [*notes, *more], origin, work.store)


def _placements(work: Work, paths: dict[str, Path], origin: Provenance) -> NewTable:
    frame = merged(work.store.table("placements"), placements.read(paths["caseload"].read_bytes(), "caseload.csv"), ["period"])
    return new_table(placements, _sorted(frame, placements.KEYS), (), origin, work.store)


def _process(work: Work, paths: dict[str, Path], origin: Provenance) -> NewTable:
    parts, notes = [], []
    for name, (kind, columns) in process.FILES.items():
        part, found = process.read_2025(paths[name].read_bytes(), f"{name}.csv", kind, columns)
        parts.append(part)
        notes += found
    held = work.store.table("process").astype({"area_code": str, "period": str, "measure": str, "status": str})
    # The tribunal's figures come in a report of their own, and stay as they are held.
    frame = process.newest_with_a_figure(pd.concat(parts, ignore_index=True), held)
    rest = merged(held, frame, ["period", "measure"])
    return new_table(process, _sorted(rest, process.KEYS), list(dict.fromkeys([*work.store.info("process").notes, *notes])), origin, work.store)


_MADE: dict[str, Callable[[Work, dict[str, Path], Provenance], NewTable]] = {
    "plans": _plans, "needs": _needs, "placements": _placements, "process": _process,
}  # fmt: skip


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
