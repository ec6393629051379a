"""Autism waiting times: the archives of all years, because every publication revises the past.

Each archive has a file for England, NHS regions and sub-ICB locations; they
are filtered on disk. A revision of England by any amount is taken and told of.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

import pandas as pd

from sendlib.errors import ContractBroken
from sendlib.refresh.nhs_waits import as_table, client, filtered, finished, key_of, known_areas, origin
from sendlib.refresh.source import Source
from sendlib.refresh.work import Look, Work, merged, new_table
from sendlib.sources.nhs import Fetched, autism_member
from sendlib.sources.nhs_discovery import Publication
from sendlib.sources.nhs_long import AUTISM_LEVELS
from sendlib.sources.nhs_names import Link, spoken
from sendlib.store import NewTable
from sendlib.tables import health, reading, waits_autism

TITLE = "Autism statistics"
COLUMNS = ["level", "area_code", "name", "period", "age", "measure", "value", "status"]
GEOGRAPHIES = {"England": "England", "Region": "region", "SubICB": "sub-ICB"}
LABELS = {
    **dict.fromkeys(AUTISM_LEVELS["England"], "Age Group"),
    **dict.fromkeys(AUTISM_LEVELS["region"], "Commissioning Region - GP Practice or Residence; Age Group"),
    **dict.fromkeys(AUTISM_LEVELS["sub-ICB"], "CCG or Sub ICB Location - GP Practice or Residence; Age Group"),
}
"""Spelling of a breakdown -> the one that the table knows."""
FETCHED = (
    waits_autism.alone("table"),
    "The years fetched are as NHS England revised them; years that it no longer offers are as shipped."
    " A change of method in September 2023 revised history.",
)


@dataclass(frozen=True)
class _Offered:
    publication: Publication
    links: list[Link]


def look(work: Work) -> Look:
    """The feed and the newest publication's page, with its page of data where it has one."""
    publication, links = client(work, 0, 0, TITLE).autism()
    name, year = spoken(publication.period)
    return Look(
        key_of(link.url for link in links),
        f"to {name.capitalize()} {year}",
        _Offered(publication, links),
        publication.period,
        publication.published or "",
    )


def fetch(work: Work, look: Look) -> list[NewTable]:
    """Every archive, filtered and put together; months that no archive has stay as they are held."""
    offered = look.parts
    assert isinstance(offered, _Offered)
    frames, digests = [], []
    for place, link in enumerate(offered.links):
        nhs = client(
            work, 0.95 * place / len(offered.links), 0.95 * (place + 1) / len(offered.links), f"{TITLE}: {link.name}"
        )
        found = nhs.long_file(offered.publication, link, autism_member("SubICB"))
        digests.append(found.files[0].sha256)
        frames.append(_read(found))
        found.files[0].path.unlink()
    fresh = pd.concat(frames, ignore_index=True)
    if fresh.duplicated(waits_autism.KEYS).any():
        raise ContractBroken(TITLE, "two archives have figures for the same month.")
    areas = _with_new(work, known_areas(work.store), fresh)
    fresh = health.with_names(waits_autism.with_missing(fresh, areas, TITLE), areas)
    table = as_table(merged(work.store.table(waits_autism.TABLE.name), fresh, ["period"]), COLUMNS, waits_autism.KEYS)
    source = origin(
        work,
        TITLE,
        look.release,
        offered.publication.published,
        offered.publication.url,
        hashlib.sha256("".join(digests).encode()).hexdigest(),
        f"{len(digests)} archives, fetched from the publisher."
        " Without ASD19c and ASD19f, which are needed to read it rightly.",
    )
    return [finished(work, new_table(waits_autism.TABLE, table, _notes(table), source, work.store), FETCHED)]


def _read(found: Fetched) -> pd.DataFrame:
    """One archive: its three geographies in the layout that the table reads, with the table's age groups only."""
    path = found.files[0].path
    parts = []
    for geography, level in GEOGRAPHIES.items():
        content, _ = filtered(
            path,
            waits_autism.MEASURES,
            {level: AUTISM_LEVELS[level]},
            LABELS,
            member=autism_member(geography),
            heading="metric",
        )
        frame = reading.read_csv(content, path.name, ["primary_level", "secondary_level"])
        group = frame["primary_level"] if level == "England" else frame["secondary_level"]
        parts.append(frame[group.isin(waits_autism.AGES)])
    rows = pd.concat(parts, ignore_index=True)
    rows = rows[~rows["primary_level"].str.upper().isin(["UNKNOWN", "INVALID"])]
    return waits_autism.read(rows.to_csv(index=False, lineterminator="\n").encode(), path.name)


def _with_new(work: Work, areas: pd.DataFrame, fresh: pd.DataFrame) -> pd.DataFrame:
    """The NHS areas that are known, and sub-ICB locations that the files have and nobody knew, by their own names."""
    own = fresh.loc[fresh["level"].eq("sub_icb"), ["level", "area_code", "name"]].drop_duplicates("area_code")
    new = own[~own["area_code"].isin(areas["area_code"])]
    if len(new):
        work.told.append(f"New sub-ICB locations: {', '.join(new['area_code'])}.")
    return pd.concat([areas, new.assign(name=new["name"].map(health.readable))], ignore_index=True)


def _notes(table: pd.DataFrame) -> list[str]:
    locations = table[table["level"].eq("sub_icb")]
    counts = locations.groupby(locations["name"].astype(str))["value"].count()
    return [
        "Rows of providers are left out.",
        f"Sub-ICB locations without any figure: {', '.join(sorted(counts[counts.eq(0)].index))}.",
    ]


SOURCE = Source(
    name="waits_autism",
    group="nhs",
    title=TITLE,
    tables=("waits_autism",),
    look=look,
    fetch=fetch,
    revises=True,
)
