"""Mental health: the 4-week-wait files of months not held yet, and contacts (MHS95) of the newest monthly file.

The monthly file has 175 MB; it is streamed to disk and filtered there, and
only the newest is fetched (each counts twelve months). Of 4-week-wait files,
which are small, the months of the past year that are not held are fetched too.
A file that can not be understood is left out by name; the other comes in, and
is not fetched again while only the first is tried anew.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

import pandas as pd

from sendlib.errors import ContractBroken
from sendlib.refresh.nhs_waits import as_table, client, filtered, finished, key_of, known_areas, origin
from sendlib.refresh.source import Source
from sendlib.refresh.work import PARTLY, Look, Work, merged, new_table
from sendlib.sources.nhs import Fetched
from sendlib.sources.nhs_discovery import Publication
from sendlib.sources.nhs_long import LEVELS
from sendlib.sources.nhs_names import Link, months_before, spoken
from sendlib.store import NewTable
from sendlib.tables import health, waits_mental_health

NAME = waits_mental_health.TABLE.name
TITLE = "Mental Health Services Monthly Statistics"
WAITS, CONTACTS = "mhsds 4ww", "mhsds main"
NEWEST_OF = {WAITS: "MRS13", CONTACTS: "MHS95"}
"""Kind of file -> a measure that every one of them has."""
MONTHS_BACK = 12
COLUMNS = ["level", "area_code", "name", "period", "measure", "value", "status"]
SHIPPED_ONLY = (waits_mental_health.WAITS_HELD, waits_mental_health.CONTACTS_HELD)
"""How the breaks begin that describe the months shipped, and not those fetched."""
LABELS = {
    **dict.fromkeys(LEVELS["England"], "England"),
    **dict.fromkeys(LEVELS["region"], "Commissioning Region"),
    **dict.fromkeys(LEVELS["ICB"], "ICB of GP Practice or Residence"),
    **dict.fromkeys(LEVELS["sub-ICB"], "Sub ICB - GP Practice or Residence"),
}
"""Spelling of a breakdown -> the one that the table knows."""


@dataclass(frozen=True)
class _Offered:
    publication: Publication
    links: dict[str, Link]


def look(work: Work) -> Look:
    """The feed and the newest publication's page (a few more where one that is still to come is passed over)."""
    publication, own = client(work, 0, 0, TITLE).mental_health()
    name, year = spoken(publication.period)
    more = any(_last_held(work, kind) < publication.period for kind in own)
    key = key_of(link.url for link in own.values())
    return Look(
        key,
        f"{name.capitalize()} {year}",
        _Offered(publication, own),
        publication.period,
        publication.published or "",
        more,
    )


def _last_held(work: Work, kind: str) -> str:
    """The last month that is held of what a kind of file has."""
    held = work.store.table(NAME)
    own = held[held["measure"].astype(str).eq(NEWEST_OF[kind])]
    return str(own["period"].astype(str).max())[:7] if len(own) else ""


def fetch(work: Work, look: Look) -> list[NewTable]:
    """The newest waits and contacts, and waits of months in between, merged with what is held."""
    offered = look.parts
    assert isinstance(offered, _Offered)
    frames, taken = _read_all(work, offered)
    if not frames:
        return []
    fresh = health.with_names(pd.concat(frames, ignore_index=True), known_areas(work.store))
    table = as_table(merged(work.store.table(NAME), fresh, ["period", "measure"]), COLUMNS, waits_mental_health.KEYS)
    digest = hashlib.sha256("".join(file.sha256 for found in taken for file in found.files).encode()).hexdigest()
    source = origin(
        work,
        TITLE,
        look.release,
        offered.publication.published,
        offered.publication.url,
        digest,
        f"{len(taken)} files, fetched from the publisher."
        " Counts below 5 are hidden and others rounded to 5 below England.",
        f"{taken[0].status or 'Official'} figures",
    )
    breaks = tuple(text for text in waits_mental_health.BREAKS if text not in SHIPPED_ONLY)
    gap = (
        "Months between those shipped (waits to September 2024,"
        " contacts to August 2023) and the first fetched may be missing."
    )
    return [
        finished(
            work,
            new_table(waits_mental_health.TABLE, table, work.store.info(NAME).notes, source, work.store),
            (*breaks, gap),
        )
    ]


def _read_all(work: Work, offered: _Offered) -> tuple[list[pd.DataFrame], list[Fetched]]:
    """The rows of each file that can be understood; the others are told of. Raises ContractBroken where none can."""
    frames: list[pd.DataFrame] = []
    taken: list[Fetched] = []
    problems: list[ContractBroken] = []
    good = [kind for kind in offered.links if _is_taken(work, offered, kind)]
    absent: list[str] = []
    jobs = [(kind, "") for kind in (CONTACTS, WAITS) if kind in offered.links and not _is_taken(work, offered, kind)]
    jobs += (
        [(WAITS, month) for month in _months_between(work, offered.publication.period)]
        if WAITS in offered.links
        else []
    )
    for place, (kind, month) in enumerate(jobs):
        try:
            found = _download(work, offered, kind, month, 0.95 * place / len(jobs), 0.95 * (place + 1) / len(jobs))
            if found is None:
                absent.append(month)
                continue
            frames.append(_read(found, kind))
            taken.append(found)
            good += [kind] if not month else []
        except ContractBroken as error:
            problems.append(error)
    if problems and not frames:
        raise problems[0]
    if problems:  # what could not be read is tried again, and only that
        work.recorded.append(" ".join([PARTLY, *(_mark(offered.links[kind]) for kind in good)]))
    _tell(work, offered, problems, absent)
    return frames, taken


def _mark(link: Link) -> str:
    return hashlib.sha256(link.url.encode()).hexdigest()[:10]


def _is_taken(work: Work, offered: _Offered, kind: str) -> bool:
    """Whether what is held has come from this very file, at a refresh that could not take the other.

    It is not fetched again, because the main file has 175 MB.
    """
    return _mark(offered.links[kind]) in work.seen.split() and _last_held(work, kind) == offered.publication.period


def _tell(work: Work, offered: _Offered, problems: list[ContractBroken], absent: list[str]) -> None:
    if absent:
        work.told.append(f"No 4-week-wait file was found of {', '.join(absent)}.")
    work.told.extend(f"Left out: {error.file}: {error.problem}" for error in problems)
    work.told.extend(
        f"The publication links to no file of {kind}." for kind in (WAITS, CONTACTS) if kind not in offered.links
    )


def _months_between(work: Work, newest: str) -> list[str]:
    held = work.store.table(NAME)
    months = {period[:7] for period in held.loc[held["measure"].eq("MRS13"), "period"].astype(str).unique()}
    return [month for month in months_before(newest, MONTHS_BACK)[1:] if month not in months and month > max(months)]


def _download(work: Work, offered: _Offered, kind: str, month: str, begin: float, end: float) -> Fetched | None:
    """The newest file of a kind, or that of a month (None where the publisher has none)."""
    nhs = client(work, begin, end, f"{TITLE}: {month or offered.links[kind].name}")
    return nhs.mental_health_waits(month) if month else nhs.long_file(offered.publication, offered.links[kind])


def _read(found: Fetched, kind: str) -> pd.DataFrame:
    path = found.files[0].path
    if kind == WAITS:
        measures, spelt = waits_mental_health.WAITS, {"England": LEVELS["England"], "ICB": LEVELS["ICB"]}
    else:
        # Regions are missing in some months, so they are not asked for by themselves.
        measures, spelt = (
            waits_mental_health.CHILDREN,
            {"England": LEVELS["England"], "sub-ICB": (*LEVELS["sub-ICB"], *LEVELS["region"])},
        )
    try:
        content, last = filtered(path, measures, spelt, LABELS)
        if not last.startswith(found.period):
            raise ContractBroken(path.name, f"its last period ends on {last}, where {found.period} was expected.")
        return waits_mental_health.read(content, path.name, measures)
    finally:
        path.unlink(missing_ok=True)


SOURCE = Source(
    name="waits_mental_health",
    group="nhs",
    title=TITLE,
    tables=(NAME,),
    look=look,
    fetch=fetch,
)
