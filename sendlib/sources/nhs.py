"""NHS England's waits, contacts and health checks: fetching what is newer.

Some methods tell what there is (a publication and its links), others download
one file of it into the folder, look whether it is what its name says, and tell
what was found. Reading is nhs_long's; the workbooks' sheets are read where
their table is made.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import BadZipFile, ZipFile

from sendlib.errors import ContractBroken
from sendlib.sources import nhs_long, nhs_names
from sendlib.sources.http import Downloaded, Http, Progress
from sendlib.sources.long_csv import opened
from sendlib.sources.nhs_discovery import Finder, Publication
from sendlib.sources.nhs_names import Link
from sendlib.sources.nhs_series import AUTISM, HEALTH_CHECKS, MHSDS, Series

if TYPE_CHECKING:
    from openpyxl.worksheet._read_only import ReadOnlyWorksheet  # openpyxl is imported where it is used

COMMUNITY_WAITS = "/statistics/statistical-work-areas/community-health-services-waiting-lists/"
LARGEST = 400_000_000
"""Bytes of one file; the largest known is 175 MB."""
LARGEST_WORKBOOK = 30_000_000


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

    `saying` is told what is being asked, in words. All methods raise
    SourceUnavailable and ContractBroken.
    """

    def __init__(
        self,
        http: Http,
        folder: Path,
        *,
        today: date | None = None,
        largest: int = LARGEST,
        progress: Progress = lambda done, expected: None,
        saying: Callable[[str], None] = lambda words: None,
    ) -> None:
        self.finder = Finder(http, today, saying)
        self._http = http
        self._folder = folder
        self._largest = largest
        self._progress = progress
        self._saying = saying

    def community_links(self) -> tuple[list[Link], tuple[str, ...]]:
        """The best workbook of each month that the page links to, oldest first, and notes of links not understood.

        One request.
        """
        page = self._http.settings.address("SENDLIB_NHS_ENGLAND") + COMMUNITY_WAITS
        self._saying("asking for the page of community waiting lists")
        links = self.finder.links(self._http.text(page), page)
        workbooks = [found for found in map(nhs_names.workbook, links) if found]
        if not workbooks:
            raise ContractBroken(
                page,
                "no workbook of waiting lists is linked there; files:"
                f" {nhs_names.names([link for link in links if '.xls' in link])}.",
            )
        unknown = [
            link
            for link in links
            if "waiting-list" in link.lower() and ".xls" in link.lower() and not nhs_names.workbook(link)
        ]
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

    def mental_health(self) -> tuple[Publication, dict[str, Link]]:
        """The newest publication of the monthly mental health statistics, and its files of that month by kind.

        Kinds: `mhsds 4ww` (children's waits, MRS08 to MRS14) and `mhsds main`
        (which has children with a contact in 12 months, MHS95; 175 MB
        unzipped). One may be absent, not both.
        """
        publication, found = self.newest_of(MHSDS, "mhsds 4ww", "mhsds main")
        own = {kind: links[-1] for kind, links in found.items() if links and links[-1].period == publication.period}
        if not own:
            raise ContractBroken(
                publication.url,
                "neither a 4-week-wait file nor the monthly file is linked there;"
                f" files: {nhs_names.names(publication.files)}.",
            )
        return publication, own

    def mental_health_waits(self, month: str) -> Fetched | None:
        """The 4-week-wait file of a month (2024-09), downloaded; None where the publisher has none."""
        publication = self.finder.of_month(MHSDS, month)
        links = (
            [link for link in self.files_of(publication, "mhsds 4ww") if link.period == month] if publication else []
        )
        return self.long_file(publication, links[-1]) if publication and links else None

    def autism(self) -> tuple[Publication, list[Link]]:
        """The newest publication of autism waiting times, and the archives of all years on its page, oldest first.

        History is revised with every publication, so all are wanted when one
        is new. Each archive has a file for England, Region, ICB, SubICB and
        Provider; `autism_member` is the pattern for one of them.
        """
        publication, found = self.newest_of(AUTISM, "autism")
        if not found["autism"]:
            raise _no_file(publication, "autism")
        return publication, found["autism"]

    def newest_of(self, series: Series, *kinds: str) -> tuple[Publication, dict[str, list[Link]]]:
        """The newest publication of a series and its files by kind, the best of each month, oldest first.

        No file is downloaded.
        """
        publication = self.finder.newest(series)
        return publication, {kind: self.files_of(publication, kind) for kind in kinds}

    def files_of(self, publication: Publication, kind: str) -> list[Link]:
        """The best file of each month that a publication links to, oldest first."""
        return nhs_names.best_of_each(_of_kind(publication, kind), publication.url)

    def long_file(self, publication: Publication, link: Link, member: str = "") -> Fetched:
        """A long file of a publication, downloaded, with the header that was agreed."""
        return _fetched(publication, link, (self._long_csv(link, member),))

    def health_checks(self) -> Fetched:
        """Learning disability health checks by GP practice."""
        publication = self.finder.newest(HEALTH_CHECKS)
        link = nhs_names.best(_of_kind(publication, "health checks"), publication.url)
        if link is None:
            raise _no_file(publication, "health checks")
        file = self._download(link, self._largest)
        with _kept_when_good(file.path), opened(file.path) as source:
            source.require(nhs_long.HEALTH_CHECKS)
        return _fetched(publication, link, (file,))

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
    """What a workbook says of itself.

    The day of publication, and Table 4's month ("october 2025") or "" (one has none).
    """

    published: str | None
    month: str


LARGEST_UNPACKED = 300_000_000
"""Bytes unpacked."""


def workbook_cover(path: Path) -> Cover:
    """The cover page and Table 4's title of a community waiting lists workbook. Raises ContractBroken.

    Sheets announce a size of one cell, so their dimensions are reset before
    they are read.
    """
    import openpyxl

    try:
        with ZipFile(path) as archive:
            unpacked = sum(part.file_size for part in archive.infolist())
        if unpacked > LARGEST_UNPACKED:
            raise ContractBroken(
                path.name, f"it unpacks to {unpacked:,} bytes; a workbook of waiting lists has a few million."
            )
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


def _top(sheet: ReadOnlyWorksheet, rows: int) -> list[tuple[object, ...]]:
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


def _no_file(publication: Publication, kind: str) -> ContractBroken:
    return ContractBroken(
        publication.url, f"no file of {kind} is linked there; files: {nhs_names.names(publication.files)}."
    )


def _fetched(publication: Publication, link: Link, files: tuple[Downloaded, ...]) -> Fetched:
    return Fetched(
        publication.series,
        publication.title,
        publication.url,
        link.period or publication.period,
        publication.published,
        link.status,
        files,
        publication.notes,
    )
