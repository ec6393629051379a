"""NHS England's waits, contacts, health checks and the Mental Health Bulletin: fetching what is newer.

Each method finds the newest file, downloads it into the folder unless it is
held, looks whether it is what its name says, and tells what was found. Reading
is nhs_long's; the workbooks' sheets are read where their table is made.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from zipfile import BadZipFile, ZipFile

import openpyxl

from sendlib.errors import ContractBroken, SourceUnavailable
from sendlib.sources import nhs_long, nhs_names
from sendlib.sources.http import Downloaded, Http, Progress
from sendlib.sources.long_csv import opened
from sendlib.sources.nhs_discovery import Finder, Publication
from sendlib.sources.nhs_names import Link
from sendlib.sources.nhs_series import AUTISM, BULLETIN, HEALTH_CHECKS, MHSDS, Series

COMMUNITY_WAITS = "/statistics/statistical-work-areas/community-health-services-waiting-lists/"
LARGEST = 400_000_000
"""Bytes of one file; the largest known is 175 MB."""
LARGEST_WORKBOOK = 30_000_000
_BULLETIN_FILE = re.compile(r"(?:mhb|mental[ _-]*health[ _-]*bulletin).*\.(?:csv|zip)", re.IGNORECASE)
_NOT_ITS_DATA = re.compile(r"meta|dq|quality|ref[ _-]*table|reference|time[ _-]*series", re.IGNORECASE)


@dataclass(frozen=True)
class Fetched:
    """What was found and downloaded: `status` is Final, Performance or empty, `published` an ISO day or None."""

    series: str
    title: str
    page: str
    period: str
    published: str | None
    status: str
    files: tuple[Downloaded, ...]
    notes: tuple[str, ...] = ()


class Nhs:
    """A client of both NHS sites that downloads into a folder. `today` and `largest` are for tests.

    `held` is what need not be fetched again: addresses of files, or months
    (2025-10) where the address is not known. Methods return None, or an empty
    list, when nothing is newer. All raise SourceUnavailable and ContractBroken.
    """

    def __init__(self, http: Http, folder: Path, *, today: date | None = None, largest: int = LARGEST, progress: Progress = lambda done, expected: None) -> None:
        self.finder = Finder(http, today)
        self._http = http
        self._folder = folder
        self._largest = largest
        self._progress = progress

    def community_waits(self, held: Collection[str] = ()) -> list[Fetched]:
        """Workbooks of community health services waiting lists, those of months not yet held, oldest first."""
        links, notes = self.community_links()
        return [self.community_workbook(link, notes) for link in links if not _is_held(link, held)]

    def community_links(self) -> tuple[list[Link], tuple[str, ...]]:
        """The best workbook of each month that the page links to, oldest first, and notes of links not understood. One request."""
        page = self._http.settings.address("SENDLIB_NHS_ENGLAND") + COMMUNITY_WAITS
        links = self.finder.links(self._http.text(page), page)
        workbooks = [found for found in map(nhs_names.workbook, links) if found]
        if not workbooks:
            raise ContractBroken(page, f"no workbook of waiting lists is linked there; files: {nhs_names.names([link for link in links if '.xls' in link])}.")
        unknown = [link for link in links if "waiting-list" in link.lower() and ".xls" in link.lower() and not nhs_names.workbook(link)]
        notes = (f"Not understood and left out: {nhs_names.names(unknown)}.",) if unknown else ()
        return nhs_names.best_of_each(workbooks, page), notes

    def community_workbook(self, link: Link, notes: tuple[str, ...] = ()) -> Fetched:
        """One month's workbook, downloaded and looked at."""
        page = self._http.settings.address("SENDLIB_NHS_ENGLAND") + COMMUNITY_WAITS
        file = self._download(link, LARGEST_WORKBOOK)
        name, year = nhs_names.spoken(link.period)
        with _kept_when_good(file.path):
            cover = workbook_cover(file.path)
            if cover.month and cover.month != f"{name} {year}":
                raise ContractBroken(link.name, f"Table 4 is of {cover.month}, where {name} {year} was expected.")
        title = f"Community health services waiting lists, {name.title()} {year}"
        return Fetched("community waits", title, page, link.period, cover.published, "", (file,), notes)

    def mhsds_waits(self, held: Collection[str] = (), month: str = "") -> Fetched | None:
        """Children's waits (MRS08 to MRS14) in the 4WW file of the monthly mental health statistics."""
        return self._mhsds("mhsds 4ww", held, month)

    def mhsds_main(self, held: Collection[str] = (), month: str = "") -> Fetched | None:
        """The main monthly file, which has children with a contact in 12 months (MHS95); 175 MB unzipped."""
        return self._mhsds("mhsds main", held, month)

    def _mhsds(self, kind: str, held: Collection[str], month: str) -> Fetched | None:
        publication = self.finder.of_month(MHSDS, month) if month else self.finder.newest(MHSDS)
        if publication is None:
            raise SourceUnavailable(f"{MHSDS.title} of {' '.join(map(str, nhs_names.spoken(month)))} has no page, or is not out yet.")
        own = [link for link in _of_kind(publication, kind) if link.period == publication.period]
        link = nhs_names.best(own, publication.url)
        if link is None:
            raise _no_file(publication, kind)
        return self._one(publication, link, held)

    def newest_of(self, series: Series, *kinds: str) -> tuple[Publication, dict[str, list[Link]]]:
        """The newest publication of a series and its files by kind, the best of each month, oldest first. No file is downloaded."""
        publication = self.finder.newest(series)
        return publication, {kind: self.files_of(publication, kind) for kind in kinds}

    def files_of(self, publication: Publication, kind: str) -> list[Link]:
        """The best file of each month that a publication links to, oldest first."""
        return nhs_names.best_of_each(_of_kind(publication, kind), publication.url)

    def long_file(self, publication: Publication, link: Link, member: str = "") -> Fetched:
        """A long file of a publication, downloaded, with the header that was agreed."""
        return _fetched(publication, link, (self._long_csv(link, member),))

    def autism_waits(self, held: Collection[str] = ()) -> Fetched | None:
        """Autism waiting times: the archives of all years on the newest publication's page, oldest first.

        History is revised with every publication, so all are fetched when one
        is new. Each archive has a file for England, Region, ICB, SubICB and
        Provider; `autism_member` is the pattern for one of them.
        """
        publication, found = self.newest_of(AUTISM, "autism")
        links = found["autism"]
        if not links:
            raise _no_file(publication, "autism")
        if publication.period in held or all(link.url in held for link in links):
            return None
        files = tuple(self._long_csv(link, autism_member("SubICB")) for link in links)
        return replace(_fetched(publication, links[-1], files), period=publication.period)

    def health_checks(self, held: Collection[str] = ()) -> Fetched | None:
        """Learning disability health checks by GP practice."""
        publication = self.finder.newest(HEALTH_CHECKS)
        link = nhs_names.best(_of_kind(publication, "health checks"), publication.url)
        if link is None:
            raise _no_file(publication, "health checks")
        if _is_held(link, held):
            return None
        file = self._download(link, self._largest)
        with _kept_when_good(file.path), opened(file.path) as source:
            source.require(nhs_long.HEALTH_CHECKS)
        return _fetched(publication, link, (file,))

    def mental_health_bulletin(self, held: Collection[str] = ()) -> Fetched | None:
        """The Mental Health Bulletin's data file, which has metrics 17a and 9a by authority.

        What the file is called is not known for sure: the only CSV or zip file
        named after the bulletin that is not about its quality or layout.
        """
        publication = self.finder.newest(BULLETIN)
        urls = [url for url in publication.files if _BULLETIN_FILE.fullmatch(nhs_names.file_name(url))]
        links = [Link(url, nhs_names.file_name(url), publication.period) for url in urls if not _NOT_ITS_DATA.search(nhs_names.file_name(url))]
        if not links:
            raise _no_file(publication, "bulletin")
        link = nhs_names.best(links, publication.url)
        return self._one(publication, link, held) if link else None

    def _one(self, publication: Publication, link: Link, held: Collection[str]) -> Fetched | None:
        return None if _is_held(link, held) else _fetched(publication, link, (self._long_csv(link),))

    def _long_csv(self, link: Link, member: str = "") -> Downloaded:
        """Download a long file and look at its header, which is its contract."""
        file = self._download(link, self._largest)
        with _kept_when_good(file.path), opened(file.path, member) as source:
            source.require(nhs_long.COLUMNS)
        return file

    def _download(self, link: Link, largest: int) -> Downloaded:
        self._folder.mkdir(parents=True, exist_ok=True)
        into = self._folder / nhs_names.safe_name(link.name)
        return self._http.download(link.url, into, largest=largest, progress=self._progress)


@dataclass(frozen=True)
class Cover:
    """What a workbook says of itself: the day of publication, and Table 4's month ("october 2025") or "" (one has none)."""

    published: str | None
    month: str


LARGEST_UNPACKED = 300_000_000
"""Bytes unpacked."""


def workbook_cover(path: Path) -> Cover:
    """The cover page and Table 4's title of a community waiting lists workbook. Raises ContractBroken.

    Sheets announce a size of one cell, so their dimensions are reset before
    they are read.
    """
    try:
        with ZipFile(path) as archive:
            unpacked = sum(part.file_size for part in archive.infolist())
        if unpacked > LARGEST_UNPACKED:
            raise ContractBroken(path.name, f"it unpacks to {unpacked:,} bytes; a workbook of waiting lists has a few million.")
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    except (BadZipFile, KeyError, ValueError, OSError) as error:
        raise ContractBroken(path.name, f"this is not a complete workbook ({error}).") from error
    try:
        if "Table 4" not in book.sheetnames:
            raise ContractBroken(path.name, f"it has no sheet 'Table 4'; its sheets are {', '.join(book.sheetnames)}.")
        title = " ".join(str(cell) for row in _top(book["Table 4"], 3) for cell in row if cell is not None)
        month = re.search(rf"\b({'|'.join(nhs_names.MONTHS)})\s+(\d{{4}})\b", title, re.IGNORECASE)
        lines = _top(book["Cover page"], 40) if "Cover page" in book.sheetnames else []
    except (BadZipFile, EOFError, ValueError, SyntaxError) as error:
        raise ContractBroken(path.name, f"its sheets can not be read ({error}).") from error
    finally:
        book.close()
    days = [cell for row in lines if any(str(cell).strip() == "Published:" for cell in row) for cell in row]
    published = next((day for day in map(_cover_day, days) if day), None)
    return Cover(published, f"{month[1]} {month[2]}".lower() if month else "")


def autism_member(geography: str) -> str:
    """The pattern of one geography's file in an autism archive: England, Region, ICB, SubICB or Provider."""
    return rf"^AutismStats_.*_{re.escape(geography)}\.csv$"


def _top(sheet: openpyxl.worksheet._read_only.ReadOnlyWorksheet, rows: int) -> list[tuple[object, ...]]:
    sheet.reset_dimensions()
    return list(sheet.iter_rows(max_row=rows, values_only=True))


def _cover_day(cell: object) -> str | None:
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    day = nhs_long.parse_day(str(cell).strip())
    return day.isoformat() if day else None


@contextmanager
def _kept_when_good(path: Path) -> Iterator[None]:
    """Takes a download away again when it turns out not to be what was agreed."""
    try:
        yield
    except ContractBroken:
        path.unlink(missing_ok=True)
        raise


def _of_kind(publication: Publication, kind: str) -> list[Link]:
    return [link for link in (nhs_names.named(url, kind) for url in publication.files) if link]


def _is_held(link: Link, held: Collection[str]) -> bool:
    return link.url in held or link.period in held


def _no_file(publication: Publication, kind: str) -> ContractBroken:
    return ContractBroken(publication.url, f"no file of {kind} is linked there; files: {nhs_names.names(publication.files)}.")


def _fetched(publication: Publication, link: Link, files: tuple[Downloaded, ...]) -> Fetched:
    return Fetched(
        publication.series, publication.title, publication.url, link.period or publication.period, publication.published, link.status, files, publication.notes
    )
