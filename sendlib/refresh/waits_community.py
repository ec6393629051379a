"""Community health services: the workbooks of months that are not held yet, beside the months that are.

The page names every month, so one small request tells what is new. A workbook
whose address has changed since it was fetched is fetched again (a revision),
and so is one of a month shipped that seems to have been revised since; one
that can not be understood is left out by name, and the others come in.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

import pandas as pd

from sendlib.errors import ContractBroken
from sendlib.provenance import Provenance
from sendlib.refresh.nhs_waits import as_table, client, finished, known_areas, origin
from sendlib.refresh.source import Source
from sendlib.refresh.work import Look, Work, merged, new_table
from sendlib.sources.nhs import COMMUNITY_WAITS, Fetched
from sendlib.sources.nhs_names import Link, spoken
from sendlib.store import NewTable, read_manifest
from sendlib.tables import community_workbook, health, periods, waits_community

NAME = waits_community.TABLE.name
TITLE = "Community health services waiting lists"
COLUMNS = ["level", "area_code", "name", "period", "service", "band", "value", "status", "not_submitting"]
STATUS = "Unvalidated management information"
FETCHED = "Organisations in scope that sent nothing, England, months fetched: "
"""How the break begins that lists the months shipped, which no longer holds."""


@dataclass(frozen=True)
class _Offered:
    links: list[Link]
    notes: tuple[str, ...]


def look(work: Work) -> Look:
    """One request: the workbook of each month. The key is the months with a mark of each address."""
    links, notes = client(work, 0, 0, TITLE).community_links()
    more = bool(_wanted(work, links))
    return Look(
        " ".join(_mark(link) for link in links),
        _said(links[-1].period),
        _Offered(links, notes),
        links[-1].period,
        more=more,
    )


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
    frames, taken, silent = _read_all(work, offered.links)
    if not frames:
        return []
    held = work.store.table(NAME)
    table = as_table(merged(held, pd.concat(frames, ignore_index=True), ["period"]), COLUMNS, waits_community.KEYS)
    breaks = tuple(text for text in waits_community.BREAKS if text != waits_community.MONTHS_HELD)
    return [
        finished(
            work,
            new_table(waits_community.TABLE, table, _notes(work, silent), _origin(work, table, taken), work.store),
            breaks,
        )
    ]


def _read_all(work: Work, links: list[Link]) -> tuple[list[pd.DataFrame], list[Fetched], list[str]]:
    """The rows of each workbook wanted that can be understood; the others are told of.

    Raises ContractBroken where none can.
    """
    wanted, areas = _wanted(work, links), known_areas(work.store)
    frames: list[pd.DataFrame] = []
    taken: list[Fetched] = []
    silent: list[str] = []
    problems: dict[str, ContractBroken] = {}
    for place, link in enumerate(wanted):
        nhs = client(work, 0.9 * place / len(wanted), 0.9 * (place + 1) / len(wanted), link.name)
        try:
            found = nhs.community_workbook(link)
            frame, said = _read(found, areas)
        except ContractBroken as error:
            problems[link.period] = error
            continue
        frames.append(frame)
        taken.append(found)
        silent.append(said)
    if problems and not frames:
        raise next(iter(problems.values()))
    # A workbook that could not be taken has no mark, so that the next refresh tries it again.
    work.recorded.append(" ".join(f"{link.period}:-" if link.period in problems else _mark(link) for link in links))
    work.told.extend(f"Left out: {error.file}: {error.problem}" for error in problems.values())
    return frames, taken, silent


def _origin(work: Work, table: pd.DataFrame, taken: list[Fetched]) -> Provenance:
    newest = taken[-1]
    digest = (
        hashlib.sha256("".join(found.files[0].sha256 for found in taken).encode()).hexdigest()
        if len(taken) > 1
        else newest.files[0].sha256
    )
    address = work.http.settings.address("SENDLIB_NHS_ENGLAND") + COMMUNITY_WAITS
    return origin(
        work,
        TITLE,
        _said(str(table["period"].astype(str).max())[:7]),
        newest.published,
        address,
        digest,
        f"{len(taken)} monthly workbooks, fetched from the publisher. By provider, not by where children live.",
        STATUS,
    )


def _notes(work: Work, silent: list[str]) -> list[str]:
    """The notes held, with the organisations that sent nothing in one line for all months fetched."""
    held = work.store.info(NAME).notes
    earlier = [text.removeprefix(FETCHED).removesuffix(".") for text in held if text.startswith(FETCHED)]
    return [*(text for text in held if not text.startswith(FETCHED)), f"{FETCHED}{'; '.join([*earlier, *silent])}."]


def _wanted(work: Work, links: list[Link]) -> list[Link]:
    """Workbooks of months that are not held, and those that were replaced since they came in or could not be taken."""
    held = {str(period)[:7] for period in work.store.table(NAME)["period"].unique()}
    seen = dict(mark.split(":") for mark in work.seen.split() if ":" in mark)
    shipped = read_manifest(work.store.folder)[NAME].sources[0].published or ""

    def replaced(link: Link) -> bool:
        if link.period in seen:
            return _mark(link) != f"{link.period}:{seen[link.period]}"
        return revised_since(link, shipped)  # the snapshot does not know the addresses of its workbooks

    return [link for link in links if link.period not in held or replaced(link)]


def revised_since(link: Link, published: str) -> bool:
    """Whether a workbook of a month shipped was replaced since.

    It is called revised, or was uploaded in a month after that of the publication
    shipped.
    """
    uploaded, number = divmod(
        link.version, 1000
    )  # nhs_names.workbook puts the upload folder and the ending of the name together
    return bool(number) or uploaded > int(published[:7].replace("-", "") or 999999)


def _read(found: Fetched, areas: pd.DataFrame) -> tuple[pd.DataFrame, str]:
    """A month's rows, and how many organisations sent nothing."""
    file = found.files[0].path.name
    content = found.files[0].path.read_bytes()
    frame = waits_community.with_lists(community_workbook.read_workbook(content, file))
    frame = health.with_names(waits_community.with_codes(frame, areas, file), areas)
    england = frame.loc[frame["level"].eq("england"), ["period", "not_submitting"]].iloc[0]
    if not england["period"].startswith(found.period):
        raise ContractBroken(file, f"its sheets are of {england['period']}, where {found.period} was expected.")
    said = (
        f"{england['not_submitting']:.0f} of {community_workbook.read_in_scope(content, file)} on"
        f" {periods.spoken(england['period'])}"
    )
    found.files[0].path.unlink()  # many months need not lie on the disk at once
    return frame[COLUMNS], said


SOURCE = Source(
    name="waits_community",
    group="nhs",
    title=TITLE,
    tables=(NAME,),
    look=look,
    fetch=fetch,
)
