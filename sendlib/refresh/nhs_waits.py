"""What the three sources of NHS waits share: the client, names of NHS areas, filtered files as the tables read them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pandas as pd

from sendlib.provenance import OPEN_GOVERNMENT_LICENCE, Provenance
from sendlib.refresh.work import Work, part_of
from sendlib.sources.nhs import Nhs
from sendlib.sources.nhs_long import filter_long_csv
from sendlib.store import NewTable, Store, read_manifest
from sendlib.tables import reading

PUBLISHER = TITLE = "NHS England"
_HEALTH_TABLES = ("waits_autism", "waits_mental_health", "waits_community")


def client(work: Work, begin: float, end: float, words: str) -> Nhs:
    """A client that downloads into the folder of the work and tells of its progress between two parts of the source."""
    progress = part_of(work, begin, end, words)
    return Nhs(
        work.http,
        work.folder,
        today=date.fromisoformat(work.retrieved),
        progress=progress,
        saying=lambda asked: work.report(begin, f"{TITLE}: {asked}"),
    )


def known_areas(store: Store) -> pd.DataFrame:
    """NHS regions, ICBs (those of April 2026 too) and sub-ICB locations that are held: level, area_code, name."""
    boards = store.table("health_boards").astype(str).drop_duplicates("board_code")
    boards = boards.rename(columns={"board_code": "area_code"})[["area_code", "name"]].assign(level="icb")
    parts = [store.table(name)[["level", "area_code", "name"]].astype(str) for name in _HEALTH_TABLES]
    areas = pd.concat(
        [*(part[part["level"].isin(["region", "icb", "sub_icb"])].drop_duplicates() for part in parts), boards],
        ignore_index=True,
    )
    return areas.drop_duplicates("area_code", ignore_index=True)


def filtered(
    path: Path,
    measures: Iterable[str],
    spelt: Mapping[str, Sequence[str]],
    labels: Mapping[str, str],
    *,
    member: str = "",
    heading: str = "measure",
) -> tuple[bytes, str]:
    """Rows of a long file in the layout that the tables read (a small CSV file), and the last day in it.

    Only the measures and breakdowns wanted leave DuckDB. `spelt` is level ->
    spellings, of which one level at least must be there each; `labels` gives
    each spelling the one that the tables know. Raises ContractBroken.
    """
    rows = filter_long_csv(path, list(measures), spelt, member=member)
    layout = {
        "REPORTING_PERIOD_START": rows["start"],
        "REPORTING_PERIOD_END": rows["end"],
        "STATUS": rows["status"],
        "BREAKDOWN": rows["breakdown"].map(labels),
        "PRIMARY_LEVEL": rows["primary_level"],
        "PRIMARY_LEVEL_DESCRIPTION": rows["primary_description"],
        "SECONDARY_LEVEL": rows["secondary_level"],
        f"{heading}_ID".upper() if heading == "measure" else heading.upper(): rows["measure"],
        f"{heading}_NAME".upper(): rows["measure_name"],
        f"{heading}_VALUE".upper(): rows["value"],
    }
    return pd.DataFrame(layout).to_csv(index=False, lineterminator="\n").encode(), str(rows["end"].max())


def as_table(frame: pd.DataFrame, columns: Sequence[str], keys: Sequence[str]) -> pd.DataFrame:
    """Columns in their order, sorted by the keys, text as categories."""
    text = [column for column in columns if column not in ("value", "not_submitting")]
    frame = frame.astype(dict.fromkeys(text, str))[list(columns)].sort_values(list(keys), ignore_index=True)
    return reading.as_categories(frame, list(keys)).astype(dict.fromkeys(text, "category"))


def key_of(addresses: Iterable[str]) -> str:
    """One key for some addresses of files: the publisher gives a corrected file an address of its own."""
    return hashlib.sha256("|".join(sorted(addresses)).encode()).hexdigest()


def origin(
    work: Work,
    publication: str,
    release: str,
    published: str | None,
    url: str,
    sha256: str,
    note: str,
    status: str = "Official statistics",
) -> Provenance:
    """Where a table comes from."""
    return Provenance(
        PUBLISHER, publication, release, published, work.retrieved, url, OPEN_GOVERNMENT_LICENCE, sha256, status, note
    )


def finished(work: Work, table: NewTable, breaks: Sequence[str]) -> NewTable:
    """The table with the breaks that hold for it, and of its origins the newest and those shipped.

    So months do not pile up.
    """
    shipped = read_manifest(work.store.folder)[table.name].sources
    return replace(table, breaks=tuple(breaks), sources=(table.sources[0], *shipped))
