"""Community health services: the workbooks of months that are not held yet, beside the months that are.

The page names every month, so one small request tells what is new. A workbook
whose address has changed since it was fetched is fetched again (a revision);
one that can not be understood is left out by name, and the others come in.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

import pandas as pd

from sendlib import store as stores
from sendlib.errors import ContractBroken
from sendlib.refresh.nhs_waits import as_table, client, finished, known_areas, origin
from sendlib.refresh.work import Look, Work, merged, new_table
from sendlib.sources.nhs import COMMUNITY_WAITS, Fetched
from sendlib.sources.nhs_names import Link, spoken
from sendlib.store import NewTable
from sendlib.tables import community_workbook, health, periods, waits_community

NAME = "waits_community"
GROUP = "nhs"
TITLE = "Community health services waiting lists"
TABLES = ("waits_community",)
COLUMNS = ["level", "area_code", "name", "period", "service", "band", "value", "status", "not_submitting"]
STATUS = "Unvalidated management information"
FETCHED = "Organisations in scope that sent nothing, England, months fetched: "
MONTHS_SHIPPED = "Months in it:"
"""How the break begins that lists the months shipped, which no longer holds."""


@dataclass(frozen=True)
class _Offered:
    links: list[Link]
    notes: tuple[str, ...]


def look(work: Work) -> Look:
    """One request: the workbook of each month. The key is the months with a mark of each address."""
    links, notes = client(work, 0, 0, TITLE).community_links()
    return Look(" ".join(_mark(link) for link in links), _said(links[-1].period), _Offered(links, notes))


def _mark(link: Link) -> str:
    return f"{link.period}:{hashlib.sha256(link.url.encode()).hexdigest()[:10]}"


def _said(month: str) -> str:
    name, year = spoken(month)
    return f"to {name.capitalize()} {year}"


def fetch(work: Work, look: Look) -> list[NewTable]:
    """The months that are not held, or whose workbook was replaced since, merged with the others."""
    offered = look.parts
    assert isinstance(offered, _Offered)
    work.told.extend(offered.notes)
    held = work.store.table("waits_community")
    wanted = _wanted(work, offered.links, {period[:7] for period in held["period"].astype(str).unique()})
    frames: list[pd.DataFrame] = []
    taken: list[Fetched] = []
    problems: list[ContractBroken] = []
    failed: set[str] = set()
    areas = known_areas(work.store)
    silent: list[str] = []
    for place, link in enumerate(wanted):
        nhs = client(work, 0.9 * place / len(wanted), 0.9 * (place + 1) / len(wanted), link.name)
        try:
            found = nhs.community_workbook(link)
            frame, said = _read(found, areas)
        except ContractBroken as error:
            problems.append(error)
            failed.add(link.period)
            continue
        frames.append(frame)
        taken.append(found)
        silent.append(said)
    if problems and not frames:
        raise problems[0]
    # A workbook that could not be taken has no mark, so that the next refresh tries it again.
    work.recorded.append(" ".join(f"{link.period}:-" if link.period in failed else _mark(link) for link in offered.links))
    work.told.extend(f"Left out: {error.file}: {error.problem}" for error in problems)
    if not frames:
        return []
    table = as_table(merged(held, pd.concat(frames, ignore_index=True), ["period"]), COLUMNS, waits_community.KEYS)
    newest = taken[-1]
    digest = hashlib.sha256("".join(found.files[0].sha256 for found in taken).encode()).hexdigest() if len(taken) > 1 else newest.files[0].sha256
    address = work.http.settings.address("SENDLIB_NHS_ENGLAND") + COMMUNITY_WAITS
    source = origin(
        work, TITLE, _said(str(table["period"].astype(str).max())[:7]), newest.published, address, digest,
        f"{len(taken)} monthly workbooks, fetched from the publisher. By provider, not by where children live.", STATUS,
    )  # fmt: skip
    before = [text for text in work.store.info("waits_community").notes if not text.startswith(FETCHED)]
    earlier = [text.removeprefix(FETCHED).removesuffix(".") for text in work.store.info("waits_community").notes if text.startswith(FETCHED)]
    notes = [*before, f"{FETCHED}{'; '.join([*earlier, *silent])}."]
    breaks = tuple(text for text in waits_community.BREAKS if not text.startswith(MONTHS_SHIPPED))
    return [finished(work, new_table(waits_community, table, notes, source, work.store), breaks)]


def _wanted(work: Work, links: list[Link], held: set[str]) -> list[Link]:
    seen = dict(mark.split(":") for mark in stores.seen(work.http.settings.cache).get(NAME, "").split())
    return [link for link in links if link.period not in held or _mark(link) != f"{link.period}:{seen.get(link.period, _mark(link).split(':')[1])}"]


def _read(found: Fetched, areas: pd.DataFrame) -> tuple[pd.DataFrame, str]:
    """A month's rows, and how many organisations sent nothing."""
    file = found.files[0].path.name
    content = found.files[0].path.read_bytes()
    frame = waits_community.with_lists(community_workbook.read_workbook(content, file))
    frame = health.with_names(waits_community.with_codes(frame, areas, file), areas)
    england = frame.loc[frame["level"].eq("england"), ["period", "not_submitting"]].iloc[0]
    if not england["period"].startswith(found.period):
        raise ContractBroken(file, f"its sheets are of {england['period']}, where {found.period} was expected.")
    said = f"{england['not_submitting']:.0f} of {community_workbook.read_in_scope(content, file)} on {periods.spoken(england['period'])}"
    found.files[0].path.unlink()  # many months need not lie on the disk at once
    return frame[COLUMNS], said
