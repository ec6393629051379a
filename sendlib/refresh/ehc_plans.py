"""EHC plans: the data files of DfE's newest release, from the catalogue of Explore Education Statistics.

They are not on the API, and their ids change with every release, so the files
are found by name in the publication's latest release.
"""

from __future__ import annotations

import hashlib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from sendlib.errors import ContractBroken
from sendlib.provenance import OPEN_GOVERNMENT_LICENCE, Provenance
from sendlib.refresh.work import Look, Work, merged, new_table
from sendlib.sources.ees import Ees, File
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


@dataclass(frozen=True)
class _Release:
    files: dict[str, File]


def look(work: Work) -> Look:
    """One small request: the files of the latest release. Raises ContractBroken where one is missing or there twice."""
    listed = Ees(work.http, _cache(work)).files(PUBLICATION)
    files = {role: _named(listed, names) for role, names in FILES.items()}
    release = files["caseload"].release or f"published {files['caseload'].published}"
    key = hashlib.sha256("|".join(sorted(f"{file.id} {file.release_id} {file.published}" for file in files.values())).encode()).hexdigest()
    return Look(key, release, _Release(files))


def _named(listed: list[File], names: tuple[str, ...]) -> File:
    found = [file for file in listed if Path(file.filename).stem.casefold().replace("-", "_") in names]
    if len(found) != 1:
        raise ContractBroken(TITLE, f"{len(found)} files of the latest release are called {' or '.join(names)}; there must be exactly one.")
    return found[0]


def fetch(work: Work, look: Look) -> list[NewTable]:
    """Download the files and make the four tables, with earlier years from what is held."""
    release = look.parts
    assert isinstance(release, _Release)
    contents, digest = _downloaded(work, release.files)
    work.report(0.7, f"{TITLE}: reading")
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
        note=f"{len(contents)} data files of the release, fetched from Explore Education Statistics. Not suppressed or rounded by DfE.",
    )
    return [
        _plans(work, contents["caseload"], origin),
        _needs(work, contents, origin),
        _placements(work, contents["caseload"], origin),
        _process(work, contents, origin),
    ]


def _downloaded(work: Work, files: dict[str, File]) -> tuple[dict[str, bytes], str]:
    """The files' bytes by role, and one hash over all. Four are fetched at once."""
    ees = Ees(work.http, _cache(work))
    done = 0

    def one(role: str) -> tuple[str, bytes, str]:
        nonlocal done
        found = ees.fetch(files[role], work.folder / f"{role}.csv")
        done += 1
        work.report(0.7 * done / len(files), f"{TITLE}: {files[role].filename}, {found.size / 1e6:.1f} MB")
        content = found.path.read_bytes()
        expected, rows = files[role].rows, content.strip().count(b"\n")
        if expected is not None and rows < expected:
            raise ContractBroken(files[role].filename, f"the catalogue says {expected:,} rows, the file has {rows:,}.")
        return role, content, found.sha256

    with ThreadPoolExecutor(max_workers=4) as pool:
        results = list(pool.map(one, files))
    digest = hashlib.sha256("".join(sha for _, _, sha in sorted(results)).encode()).hexdigest()
    return {role: content for role, content, _ in results}, digest


def _plans(work: Work, content: bytes, origin: Provenance) -> NewTable:
    recent = plans.read_caseload(content, "caseload.csv")
    found = pd.concat([recent, plans.age_bands(recent)], ignore_index=True)[[*plans.KEYS, "value", "status"]]
    frame = merged(work.store.table("plans"), found, ["period", "measure", "characteristic"])
    return new_table(plans, _sorted(frame, plans.KEYS), (), origin, work.store)


def _needs(work: Work, contents: dict[str, bytes], origin: Provenance) -> NewTable:
    regions = needs.regions_of(contents["needs"], "caseload by need")
    stock, notes = needs.with_sums_of_authorities(needs.read(contents["needs"], "caseload by need", "all"), regions)
    flow, more = needs.with_sums_of_authorities(needs.read(contents["new_needs"], "new plans by need", "new"), regions)
    frame = merged(work.store.table("needs"), pd.concat([stock, flow], ignore_index=True), ["period", "scope"])
    return new_table(needs, _sorted(frame, needs.KEYS), [*notes, *more], origin, work.store)


def _placements(work: Work, content: bytes, origin: Provenance) -> NewTable:
    frame = merged(work.store.table("placements"), placements.read(content, "caseload.csv"), ["period"])
    return new_table(placements, _sorted(frame, placements.KEYS), (), origin, work.store)


def _process(work: Work, contents: dict[str, bytes], origin: Provenance) -> NewTable:
    parts, notes = [], []
    for name, (kind, columns) in process.FILES.items():
        part, found = process.read_2025(contents[name], f"{name}.csv", kind, columns)
        parts.append(part)
        notes += found
    held = work.store.table("process").astype({"area_code": str, "period": str, "measure": str, "status": str})
    # The tribunal's figures come in a report of their own, and stay as they are held.
    frame = process.newest_with_a_figure(pd.concat(parts, ignore_index=True), held)
    rest = merged(held, frame, ["period", "measure"])
    return new_table(process, _sorted(rest, process.KEYS), [*work.store.info("process").notes, *notes], origin, work.store)


def _sorted(frame: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    return reading.as_categories(frame[[*keys, "value", "status"]], keys).astype({"status": "category"})


def _cache(work: Work) -> Path:
    return work.http.settings.cache / "ees"

