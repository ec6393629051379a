"""Building the snapshot: original releases -> checked tables -> the store."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from sendlib import catalogue, store
from sendlib.areas import Areas
from sendlib.provenance import OPEN_GOVERNMENT_LICENCE, Following, Provenance
from sendlib.sources.originals import Originals
from sendlib.static_files import static_files
from sendlib.tables import (
    absence,
    adhd,
    alternative_provision,
    area_changes,
    areas,
    care,
    deprivation,
    designated_officers,
    destinations,
    district_figures,
    districts,
    ehc_releases,
    elsewhere,
    features,
    flows,
    health_areas,
    health_boards,
    inspections,
    life_limiting_codes,
    money,
    needs,
    neet,
    neighbours,
    next_steps,
    outcomes,
    phase_transfers,
    placements,
    places,
    plans,
    population,
    population_england,
    process,
    progress,
    pupil_ethnicity,
    school_needs,
    school_pupils,
    school_sen,
    school_units,
    schools,
    shapes,
    waits_autism,
    waits_community,
    waits_mental_health,
)
from sendlib.tables.definition import TableDefinition
from sendlib.tables.ehc_releases import ReleaseFile

TABLES = (
    areas.TABLE,
    area_changes.TABLE,
    districts.TABLE,
    plans.TABLE,
    phase_transfers.TABLE,
    needs.TABLE,
    placements.TABLE,
    elsewhere.TABLE,
    destinations.TABLE,
    population_england.TABLE,
    waits_community.TABLE,
    waits_mental_health.TABLE,
    waits_autism.TABLE,
    adhd.TABLE,
    designated_officers.TABLE,
    process.TABLE,
    school_sen.TABLE,
    school_pupils.TABLE,
    outcomes.TABLE,
    neet.TABLE,
    absence.TABLE,
    progress.TABLE,
    next_steps.TABLE,
    alternative_provision.TABLE,
    inspections.TABLE,
    deprivation.TABLE,
    district_figures.TABLE,
    school_units.TABLE,
    money.TABLE,
    care.TABLE,
    school_needs.TABLE,
    population.TABLE,
    neighbours.TABLE,
    features.TABLE,
    pupil_ethnicity.TABLE,
    life_limiting_codes.TABLE,
    flows.TABLE,
    schools.TABLE,
    places.TABLE,
    shapes.TABLE,
    health_areas.TABLE,
    health_boards.TABLE,
)
"""The tables that are shipped, in the order in which they are built and told of."""


def build(
    folder: Path | str,
    into: Path | str = store.SNAPSHOT,
    report: Callable[[str], None] = lambda line: None,
    static: Path | None = None,
) -> int:
    """Read the original releases in `folder` and write the snapshot; its size in bytes.

    With `static`, also write there what the browser fetches once for the maps.

    Nothing is written unless every table was read and checked. Raises
    SourceUnavailable or ContractBroken, which name the file at fault.
    """
    originals = Originals(folder)
    known = Areas(areas.read(originals), area_changes.read(originals))
    tables = []
    newer = ehc_releases.newer_files(originals)
    for definition in TABLES:
        tables.append(_built(definition, originals, known, newer))
        report(f"{definition.name}: {len(tables[-1].frame):,} rows")
    size = store.write(into, tables)
    if static:
        frames = {table.name: table.frame for table in tables}
        for name, content in static_files(frames, known).items():
            (static / name).write_text(content, "utf-8")
    return size


def _built(
    definition: TableDefinition, originals: Originals, known: Areas, newer: Sequence[ReleaseFile] = ()
) -> store.NewTable:
    """A table of the originals, checked, with where it comes from and areas by name in its notes.

    `newer`: files of EHC plans that the tables do not name (ehc_releases.py).
    """
    if definition.build is None:
        raise ValueError(f"table '{definition.name}' has no build, so it can not be shipped")
    (frame, notes), used = ehc_releases.with_newer(
        definition.name, *definition.build(originals, known), originals, newer
    )
    held: dict[str, dict[str, str]] = {}
    for file, source in definition.originals.items():
        path = file.partition("::")[0]
        held.setdefault(source, {})[path] = originals.sha256(path)
    sources = [provenance(source, one_hash(hashes)) for source, hashes in held.items()]
    if used:
        sources.insert(0, _of_newer_release(used, originals))
    return definition.new(frame, [_with_names(note, known) for note in notes], sources, ", ".join(definition.originals))


def _of_newer_release(used: Sequence[ReleaseFile], originals: Originals) -> Provenance:
    """The origin of figures from files that catalogue/sources.toml does not know."""
    paths = sorted({file.name.partition("::")[0] for file in used})
    year = ehc_releases.reporting_year(used)
    known = provenance("ehc_plans_2025", one_hash({path: originals.sha256(path) for path in paths}))
    return replace(
        known,
        release=f"Reporting year {year}",
        published=None,
        retrieved=None,
        note=f"Read from {', '.join(paths)} in the folder of originals; its files were known by their columns.",
    )


def one_hash(hashes: Mapping[str, str]) -> str:
    """The hash that vouches for a release, from the hashes of its files by name.

    Of one file its own; of several the SHA-256 of a list of them, sorted, one
    line `hash  name` each, as the program sha256sum prints it.
    """
    if len(hashes) == 1:
        return next(iter(hashes.values()))
    lines = "".join(f"{hashes[name]}  {name}\n" for name in sorted(hashes))
    return hashlib.sha256(lines.encode()).hexdigest()


def provenance(source: str, sha256: str) -> Provenance:
    """The origin that catalogue/sources.toml gives for a source, with the hash of the file used."""
    facts = catalogue.load("sources")[source]
    return Provenance(
        publisher=facts["publisher"],
        publication=facts["publication"],
        release=facts["release"],
        published=facts.get("published"),
        retrieved=facts.get("retrieved"),
        url=facts["url"],
        licence=facts.get("licence", OPEN_GOVERNMENT_LICENCE),
        sha256=sha256,
        status=facts["status"],
        note=facts["note"],
        shows=facts.get("shows", ""),
        following=Following(**facts["following"]) if "following" in facts else None,
    )


def _with_names(note: str, known: Areas) -> str:
    """A note with areas by name instead of by code."""
    return re.sub(
        r"(?:area )?\b(E\d{8})\b|area (\d{3})\b",
        lambda match: known.names.get(match[1] or match[2], match[0]),
        note,
    )
