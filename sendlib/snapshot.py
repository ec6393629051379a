"""Building the snapshot: original releases -> checked tables -> the store."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from types import ModuleType

import pandas as pd
from pandera.errors import SchemaError

from sendlib import catalogue, store
from sendlib.areas import Areas
from sendlib.errors import ContractBroken
from sendlib.methods.places import school_points
from sendlib.provenance import OPEN_GOVERNMENT_LICENCE, Provenance
from sendlib.sources.originals import Originals
from sendlib.tables import (
    area_changes,
    areas,
    care,
    designated_officers,
    destinations,
    elsewhere,
    features,
    flows,
    health_areas,
    needs,
    neighbours,
    outcomes,
    placements,
    places,
    plans,
    population,
    population_england,
    process,
    school_needs,
    school_sen,
    schools,
    shapes,
    waits_autism,
    waits_community,
    waits_mental_health,
)

WITHOUT_AREAS: tuple[ModuleType, ...] = (
    plans, needs, placements, elsewhere, destinations, population_england, waits_community, waits_mental_health, waits_autism,
    designated_officers,
)  # fmt: skip
WITH_AREAS: tuple[ModuleType, ...] = (
    process, school_sen, outcomes, care, school_needs, population, neighbours, features, flows, schools, places, shapes,
    health_areas,
)  # fmt: skip
"""Table modules; the second kind needs to know the areas to read its originals."""


STATIC = store.SNAPSHOT.parent.parent / "static"
HEXAGON_STEP = 0.1
"""Degrees for one step of the hexagons' plane, so that the map component can draw it near the equator."""


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
    area_table, _ = areas.build(originals)
    change_table, _ = area_changes.build(originals)
    known = Areas(area_table, change_table)
    tables = [
        _checked(areas, area_table, [], originals, known),
        _checked(area_changes, change_table, [], originals, known),
    ]
    for module in (*WITHOUT_AREAS, *WITH_AREAS):
        frame, notes = module.build(originals, known) if module in WITH_AREAS else module.build(originals)
        tables.append(_checked(module, frame, notes, originals, known))
        report(f"{module.NAME}: {len(frame):,} rows")
    size = store.write(into, tables)
    if static:
        frames = {table.name: table.frame for table in tables}
        for name, content in static_files(frames["shapes"], frames["schools"], known).items():
            (static / name).write_text(content, "utf-8")
    return size


def static_files(shape_table: pd.DataFrame, school_table: pd.DataFrame, known: Areas) -> dict[str, str]:
    """Files for the browser, by name: outlines, hexagons and points, with the places of authorities in colour lists.

    The colour of authority `i` is the i-th of the list that a page sends; `i`
    counts the authorities in the order of their codes. The radius `r` of a
    school is in metres and grows with the square root of its pupils.
    """
    order = {code: place for place, code in enumerate(sorted(known.authorities))}
    files = {}
    for kind, name in (("map", "authorities.json"), ("hexagon", "hexagons.json")):
        features = []
        for row in shape_table[shape_table["kind"].eq(kind)].itertuples():
            geometry = json.loads(str(row.geometry))
            if kind == "hexagon":
                rings = [[[round(c * HEXAGON_STEP, 5) for c in point] for point in ring] for ring in geometry["coordinates"]]
                geometry = {"type": "Polygon", "coordinates": rings}
            code = str(row.area_code)
            properties = {"i": order[code], "c": code, "n": known.names[code]}
            features.append({"type": "Feature", "properties": properties, "geometry": geometry})
        files[name] = json.dumps({"type": "FeatureCollection", "features": features}, separators=(",", ":"), ensure_ascii=False)
    points = school_points(school_table, ["special", "mostly_plans", "section_41"])
    files["schools.json"] = json.dumps(points, separators=(",", ":"), ensure_ascii=False)
    return files


def _checked(
    module: ModuleType, frame: pd.DataFrame, notes: list[str], originals: Originals, known: Areas
) -> store.NewTable:
    files: dict[str, str] = module.ORIGINALS
    try:
        module.expected().validate(frame)
    except SchemaError as error:
        raise ContractBroken(", ".join(files), f"table '{module.NAME}' does not fit its schema: {error}.") from error
    held: dict[str, dict[str, str]] = {}
    for file, source in files.items():
        path = file.partition("::")[0]
        held.setdefault(source, {})[path] = originals.sha256(path)
    return store.NewTable(
        name=module.NAME,
        frame=frame,
        title=module.TITLE,
        grain=module.GRAIN,
        breaks=tuple(module.BREAKS),
        notes=tuple(_with_names(note, known) for note in notes),
        sources=tuple(provenance(source, one_hash(hashes)) for source, hashes in held.items()),
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
    )


def _with_names(note: str, known: Areas) -> str:
    """A note with areas by name instead of by code."""
    return re.sub(
        r"(?:area )?\b(E\d{8})\b|area (\d{3})\b",
        lambda match: known.names.get(match[1] or match[2], match[0]),
        note,
    )
