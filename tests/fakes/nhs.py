"""A stand-in for NHS England's two sites, on the loopback address.

`with StandIn(made_up()) as stand_in:` serves the publication feed, series
pages, publications' pages with links to files under random paths, and the
waiting lists' page of england.nhs.uk with its workbooks. Pages hold the
publishers' own addresses, as the real ones do. `stand_in.settings`
point there, `stand_in.log` lists what was asked, `stand_in.spoil(kind, fault)`
switches a fault on.

`made_up()` has invented figures; `real(originals)` has the publishers' files
where we hold them (4WW, autism waits, workbooks) and invented ones where we do not (their names say so in `INVENTED`).
"""

from __future__ import annotations

import calendar
import contextlib
import csv
import gzip
import hashlib
import html
import io
import threading
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, quote, unquote, urlsplit

import openpyxl

from sendlib import settings

TODAY = date(2024, 12, 1)
BASE = "/data-and-information/publications/statistical/"
ENGLAND = "/statistics/statistical-work-areas/community-health-services-waiting-lists/"
UPLOADS = "/statistics/wp-content/uploads/sites/2/"
KINDS = ("feed", "series", "page", "file", "england", "workbook")
FAULTS = ("404", "429", "503", "html", "cut short", "redirect", "huge")
INVENTED = ("MHSDS Data_", "learning-disabilities-")
"""Beginnings of names of files that are invented even in `real` (4WW files apart)."""
HUGE = 64_000_000
LONG = [
    "REPORTING_PERIOD_START",
    "REPORTING_PERIOD_END",
    "STATUS",
    "BREAKDOWN",
    "PRIMARY_LEVEL",
    "PRIMARY_LEVEL_DESCRIPTION",
    "SECONDARY_LEVEL",
    "SECONDARY_LEVEL_DESCRIPTION",
    "MEASURE_ID",
    "MEASURE_NAME",
    "MEASURE_VALUE",
]
CHECKS = [
    "QUALITY_SERVICE",
    "PRACTICE_CODE",
    "PRACTICE_NAME",
    "PCN_ODS_CODE",
    "PCN_NAME",
    "ONS_SUB_ICB_LOC_CODE",
    "SUB_ICB_LOC_CODE",
    "SUB_ICB_LOC_NAME",
    "ONS_ICB_CODE",
    "ICB_CODE",
    "ICB_NAME",
    "ONS_COMM_REGION_CODE",
    "COMM_REGION_CODE",
    "COMM_REGION_NAME",
    "ACH_DATE",
    "IND_CODE",
    "MEASURE",
    "VALUE",
]
WAITS = (
    "MRS08",
    "MRS08a",
    "MRS08b",
    "MRS09",
    "MRS09a",
    "MRS09c",
    "MRS09e",
    "MRS10",
    "MRS10a",
    "MRS10b",
    "MRS11",
    "MRS12",
    "MRS13",
)
AUTISM = ("ASD12a", "ASD16b", "ASD16c", "ASD18c", "ASD18e", "ASD18f", "ASD19c", "ASD19e", "ASD19f")


@dataclass
class Page:
    """A publication of a series: its slug, title, day (an ISO day, or "Mar 2025" as coming ones show), files."""

    series: str
    slug: str
    title: str
    published: str
    files: dict[str, bytes] = field(default_factory=dict)
    in_feed: bool = True
    data_page: bool = False
    """Whether the files are linked from `.../datasets` beneath the page."""

    @property
    def path(self) -> str:
        return f"{BASE}{self.series}/{self.slug}"


@dataclass
class Content:
    """Everything that the stand-in serves."""

    pages: list[Page]
    workbooks: dict[str, bytes]
    """Path beneath the uploads folder (2025/12/name.xlsx) -> workbook."""

    def page(self, series: str, slug: str = "") -> Page:
        return next(page for page in self.pages if page.series == series and (not slug or page.slug == slug))


@dataclass
class Asked:
    kind: str
    path: str
    query: dict[str, list[str]]
    agent: str
    fault: str = ""


class StandIn:
    """See the module. One at a time per `with`; several readers may ask at once."""

    def __init__(self, content: Content) -> None:
        self.content = content
        self.log: list[Asked] = []
        self._faults: dict[str, tuple[str, int | None]] = {}
        self._lock = threading.Lock()

    def __enter__(self) -> StandIn:
        handler = type("Handler", (_Handler,), {"owner": self})
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self._server.daemon_threads = True
        self.address = f"http://127.0.0.1:{self._server.server_address[1]}"
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(timeout=5)

    @property
    def settings(self) -> settings.Settings:
        places = {"DIGITAL": "", "FILES": "/files", "ENGLAND": "/england"}
        given = {f"SENDLIB_NHS_{name}": self.address + place for name, place in places.items()}
        return settings.read(given, Path("no-such-file"))

    def spoil(self, kind: str, fault: str, times: int | None = None) -> None:
        """Spoil the next `times` answers of a kind (all of them when None)."""
        assert kind in KINDS and fault in FAULTS, (kind, fault)
        self._faults[kind] = (fault, times)

    def mend(self) -> None:
        self._faults.clear()

    def asked(self, kind: str) -> int:
        return sum(line.kind == kind for line in self.log)

    def strike(self, kind: str) -> str:
        with self._lock:
            fault, left = self._faults.get(kind, ("", None))
            if left == 0:
                return ""
            if left is not None:
                self._faults[kind] = (fault, left - 1)
            return fault

    def answer(self, path: str) -> tuple[str, bytes, str] | None:
        """(kind, body, content type) of an address, None for one that there is not."""
        content, page_type = self.content, "text/html; charset=utf-8"
        if path == "/feed/pubfeed.xml":
            return "feed", feed(content.pages), "application/rss+xml"
        if path == f"/england{ENGLAND}":
            return "england", waiting_lists_page(content.workbooks), page_type
        if path.startswith(f"/england{UPLOADS}"):
            book = content.workbooks.get(path.removeprefix(f"/england{UPLOADS}"))
            return ("workbook", book, "application/vnd.openxmlformats") if book is not None else None
        for page in content.pages:
            if path == f"{BASE}{page.series}":
                return "series", series_page(page.series, content.pages), page_type
            if path in (page.path, f"{page.path}/datasets"):
                return "page", publication_page(page, below=path != page.path), page_type
            for name, body in page.files.items():
                if path == f"/files/{random_path(page, name)}/{name}":
                    return "file", body, "application/octet-stream"
        return None


class _Handler(BaseHTTPRequestHandler):
    owner: StandIn
    protocol_version = "HTTP/1.1"
    timeout = 20

    def do_GET(self) -> None:  # noqa: N802 - the name that http.server calls
        address = urlsplit(self.path)
        path = unquote(address.path)
        found = self.owner.answer(path)
        kind = found[0] if found else _kind_of(path)
        fault = self.owner.strike(kind)
        self.owner.log.append(Asked(kind, path, parse_qs(address.query), self.headers.get("User-Agent", ""), fault))
        with contextlib.suppress(ConnectionError, TimeoutError):
            if fault:
                self._spoilt(fault, found)
            elif found is None:
                self._send(404, b"<!DOCTYPE html><title>Page not found</title>", "text/html")
            else:
                self._send(200, found[1], found[2])

    def log_message(self, *words: object) -> None:
        """Nothing on the terminal."""

    def _spoilt(self, fault: str, found: tuple[str, bytes, str] | None) -> None:
        body = found[1] if found else b""
        if fault == "404":
            self._send(404, b"<!DOCTYPE html><title>Page not found</title>", "text/html")
        elif fault in ("429", "503"):
            self._send(int(fault), b"", "text/plain", {"Retry-After": "0"})
        elif fault == "html":
            self._send(
                200,
                b"<!DOCTYPE html><html><title>Sign in</title><p>This network asks you to sign in.</p></html>",
                "text/html",
            )
        elif fault == "redirect":
            self._send(302, b"", "text/plain", {"Location": "http://elsewhere.invalid/file.csv"})
        elif fault == "cut short":
            self.close_connection = True
            self._start(200, found[2] if found else "text/csv", len(body))
            self.wfile.write(body[: len(body) // 2])
        elif fault == "huge":
            self.close_connection = True
            self._start(200, "text/csv", None)
            for _ in range(HUGE // 100_000):
                self.wfile.write(b"1,2,3,4\n" * 12_500)

    def _send(self, status: int, body: bytes, content_type: str, more: dict[str, str] | None = None) -> None:
        self._start(status, content_type, len(body), more)
        self.wfile.write(body)

    def _start(self, status: int, content_type: str, length: int | None, more: dict[str, str] | None = None) -> None:
        self.send_response(status)
        self.send_header("Content-Type", content_type)
        self.send_header("Connection", "close") if length is None else self.send_header("Content-Length", str(length))
        for name, value in (more or {}).items():
            self.send_header(name, value)
        self.end_headers()


def _kind_of(path: str) -> str:
    return "file" if path.startswith("/files/") else "workbook" if path.startswith("/england/") else "page"


# Pages, as the sites' templates write them


def random_path(page: Page, name: str) -> str:
    """The two parts that nobody can guess in the address of a file."""
    digest = hashlib.sha256(f"{page.path} {name}".encode()).hexdigest().upper()
    return f"{digest[:2]}/{digest[2:8]}"


def feed(pages: Iterable[Page]) -> bytes:
    items = []
    for page in pages:
        if page.in_feed and page.published[:4].isdigit():
            day = format_datetime(datetime.fromisoformat(page.published).replace(hour=9, minute=30, tzinfo=UTC))
            items.append(
                f"<item><title>{html.escape(page.title)}</title><link>https://digital.nhs.uk{page.path}</link><pubDate>{day}</pubDate></item>"
            )
    items.append(
        "<item><title>Something"
        " else</title><link>https://digital.nhs.uk/data-and-information/publications/statistical/other/march-2024</link></item>"
    )
    channel = f"<channel><title>NHS</title>{''.join(items)}</channel>"
    return f'<?xml version="1.0" encoding="UTF-8"?><rss version="2.0">{channel}</rss>'.encode()


def series_page(series: str, pages: Iterable[Page]) -> bytes:
    own = [page for page in pages if page.series == series]
    lines = "".join(
        f'<li><a class="cta__button" href="{page.path}" itemprop="url">{html.escape(page.title)}</a></li>'
        for page in own
    )
    return (
        f'<!DOCTYPE html><html><body><h1 data-uipath="ps.document.title">{series}</h1>'
        f'<ul class="list" data-uipath="ps.series.publications-list.latest">{lines}</ul>'
        f'<a href="{BASE}{series}/supporting-information">Supporting information</a></body></html>'
    ).encode()


def publication_page(page: Page, below: bool = False) -> bytes:
    shown = (
        date.fromisoformat(page.published).strftime("%d %b %Y").lstrip("0")
        if page.published[:4].isdigit()
        else page.published
    )
    links = "".join(
        f'<div data-uipath="ps.publication.resources-attachment"><a class="block-link" itemprop="contentUrl"'
        f' href="https://files.digital.nhs.uk/{random_path(page, name)}/{quote(name)}">{html.escape(name)}</a></div>'
        for name in page.files
    )
    if page.data_page and not below:
        links = f'<a href="{page.path}/datasets">Data sets</a>'
    return (
        '<!DOCTYPE html><html><head><link rel="stylesheet" href="/static/site.css"></head><body>'
        f'<h1 id="top">{html.escape(page.title)}</h1><dt>Publication date:</dt>'
        f'<dd data-uipath="ps.publication.nominal-publication-date">\n  {shown}\n</dd>'
        f'<a href="https://digital.nhs.uk{BASE}{page.series}">Part of</a>'
        f'<div data-uipath="ps.publication.resources-attachments">{links}</div></body></html>'
    ).encode()


def waiting_lists_page(workbooks: Iterable[str]) -> bytes:
    lines = "".join(
        f'<li><a href="https://www.england.nhs.uk{UPLOADS}{path}">{Path(path).stem}</a></li>' for path in workbooks
    )
    return (
        "<!DOCTYPE html><html><body><h1>Community health services waiting lists</h1>"
        f'<ul>{lines}</ul><a href="https://www.england.nhs.uk{UPLOADS}2024/01/Pre-release-list.pdf">'
        "Pre-release list</a></body></html>"
    ).encode()


# Content


def made_up() -> Content:
    """Small invented files in the publishers' layouts. The figures mean nothing."""
    mhsds, autism, checks = (
        "mental-health-services-monthly-statistics",
        "autism-statistics",
        "learning-disabilities-health-check-scheme",
    )
    pages = [
        Page(
            mhsds,
            "performance-october-2024",
            "Mental Health Services Monthly Statistics, Performance October 2024",
            "2024-12-12",
        ),
        Page(
            mhsds,
            "performance-november-2024",
            "Mental Health Services Monthly Statistics, Performance November 2024",
            "Jan 2025",
        ),
        Page(
            mhsds,
            "performance-september-2024",
            "Mental Health Services Monthly Statistics, Performance September 2024",
            "2024-11-14",
            {
                "MHSDS Data_4WW_SepPerf_2024.csv": invented_waits("2024-09", 9),
                "MHSDS Data_4WW_SepPerf_2024_v2.zip": zipped(
                    {"MHSDS Data_4WW_SepPerf_2024_v2.csv": invented_waits("2024-09", 7)}
                ),
                "MHSDS Data_SepPerf_2024.zip": zipped(
                    {"MHSDS Data_SepPerf_2024/MHSDS Data_SepPerf_2024.csv": invented_contacts("2024-09")}
                ),
                "MHSDS Data_Rstr_SepPerf_2024.csv": b"A,B\n1,2\n",
                "MHSDS_MetaData.xlsx": b"not read",
            },
        ),
        Page(
            mhsds,
            "performance-august-2024",
            "Mental Health Services Monthly Statistics, Performance August 2024",
            "2024-10-10",
            {
                "MHSDS Data_4WW_AugPerf_2024.csv": invented_waits("2024-08", 5),
                "MHSDS Data_AugPerf_2024.zip": zipped({"MHSDS Data_AugPerf_2024.csv": invented_contacts("2024-08")}),
            },
        ),
        Page(
            autism,
            "october-2023-to-september-2024",
            "Autism Statistics, October 2023 to September 2024",
            "2024-11-28",
            {
                name: zipped(invented_autism(name))
                for name in ("AutismStats_Apr2022_Mar2023.zip", "AutismStats_Apr2023_Mar2024.zip")
            }
            | {"AutismStatsDQ_Apr2023_Mar2024.zip": b"not read"},
            data_page=True,
        ),
        Page(
            checks,
            "england-september-2024",
            "Learning Disabilities Health Check Scheme, England, September 2024",
            "2024-11-07",
            {"learning-disabilities-health-check-scheme-eng-Sep-2024.csv": invented_checks("30/09/2024")},
        ),
    ]
    workbooks = {
        "2024/10/Community-health-services-waiting-lists-2024-25-August.xlsx": invented_workbook(
            "August 2024", "10/10/2024"
        ),
        "2024/11/Community-health-services-waiting-lists-2024-25-September-1.xlsx": invented_workbook(
            "September 2024", "14/11/2024", 7
        ),
        "2024/11/Community-health-services-waiting-lists-2024-25-September.xlsx": invented_workbook(
            "September 2024", "14/11/2024"
        ),
        "2025/03/Community-health-services-waiting-lists-2024-25-January-revised.xlsx": invented_workbook(
            "January 2025", "13/03/2025"
        ),
    }
    return Content(pages, workbooks)


def real(originals) -> Content:
    """The publishers' own files where they are beside the project, in the places where the sites would have them."""
    content = made_up()
    folder = originals.folder / "nhs"
    for month, slug in (("Sep", "performance-september-2024"), ("Aug", "performance-august-2024")):
        page = content.page("mental-health-services-monthly-statistics", slug)
        own = gzip.decompress((folder / "mhsds_4ww" / f"MHSDS_Data_4WW_{month}Perf_2024.csv.gz").read_bytes())
        kept = {name: body for name, body in page.files.items() if "4WW" not in name}
        page.files = {**kept, f"MHSDS Data_4WW_{month}Perf_2024.csv": own}
    autism = content.page("autism-statistics")
    autism.files = _autism_archives(gzip.decompress((folder / "autism_waits_sub_icb_2019_2023.csv.gz").read_bytes()))
    books = sorted((folder / "community_waits").glob("Community-*.xlsx"))
    content.workbooks = {f"{2025 if '2025' in book.name else 2024}/01/{book.name}": book.read_bytes() for book in books}
    return content


def zipped(files: dict[str, bytes]) -> bytes:
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in files.items():
            archive.writestr(name, body)
    return into.getvalue()


def as_csv(header: list[str], rows: Iterable[Iterable[object]]) -> bytes:
    into = io.StringIO()
    writer = csv.writer(into, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return into.getvalue().encode()


def invented_waits(month: str, each: int, measures: Iterable[str] = WAITS) -> bytes:
    """A 4WW file: England, two ICBs and a provider, one value hidden."""
    start, end = f"01/{month[5:]}/{month[:4]}", f"{_last_day(month):02d}/{month[5:]}/{month[:4]}"
    places = [
        ("England", "England", "England"),
        ("ICB of GP Practice or Residence", "QE1", "MADE UP ICB ONE"),
        ("ICB of GP Practice or Residence", "QF7", "MADE UP ICB TWO"),
        ("Provider", "RXX", "MADE UP, PROVIDER"),
    ]
    rows = [
        (
            start,
            end,
            "Performance ",
            breakdown,
            code,
            name,
            "NONE",
            "NONE",
            measure,
            f"Made up {measure}",
            "*" if code == "RXX" else each * 5,
        )
        for measure in measures
        for breakdown, code, name in places
    ]
    return as_csv(LONG, rows)


def invented_contacts(month: str) -> bytes:
    """A main file with MHS95 and other measures, and the lone 0xA0 bytes of the files of 2023."""
    year_before = f"{int(month[:4]) - 1}-{int(month[5:]) + 1:02d}-01"
    rows: list[tuple[object, ...]] = []
    places = (
        ("England", "England"),
        ("Sub ICB - GP Practice or Residence", "84H"),
        ("Sub ICB - GP Practice or Residence", "00L"),
    )
    for breakdown, code in places:
        rows += [
            (
                year_before,
                f"{month}-{_last_day(month)}",
                "Performance",
                breakdown,
                code,
                "MADE UP~PLACE",
                "NONE",
                "NONE",
                "MHS95",
                "Made up",
                4430,
            )
        ]
        rows += [
            (
                f"{month}-01",
                f"{month}-{_last_day(month)}",
                "Performance",
                breakdown,
                code,
                "MADE UP",
                "NONE",
                "NONE",
                "MHS01",
                "Made up",
                12,
            )
        ] * 3
    return as_csv(LONG, rows).replace(b"~", b"\xa0")


def invented_autism(archive: str) -> dict[str, bytes]:
    years = archive.removesuffix(".zip")
    year = int(years[-4:])
    header = [*LONG[:8], "METRIC", "METRIC_NAME", "METRIC_VALUE"]
    breakdown = "CCG or Sub ICB Location - GP Practice or Residence; Age Group"
    rows = [
        (
            f"{year}-03-01",
            f"{year}-03-31",
            "Latest Available Data",
            breakdown,
            "00L",
            "MADE UP - 00L",
            age,
            "NONE",
            metric,
            f"Made up {metric}",
            12,
        )
        for metric in AUTISM
        for age in ("Under 10", "10 to 17")
    ]
    return {
        f"{years}_{place}.csv": as_csv(header, rows) for place in ("England", "Region", "ICB", "SubICB", "Provider")
    }


def invented_checks(day: str) -> bytes:
    rows = []
    for number in range(6):
        sub = ("E38000001", "84H") if number < 4 else ("E38000002", "00L")
        before = (
            "LDHC",
            f"A8{number:04d}",
            "MADE UP SURGERY",
            "U1",
            "MADE UP PCN",
            *sub,
            f"MADE UP {sub[1]}",
            "E54000001",
            "QHM",
            "MADE UP",
            "E40000001",
            "Y63",
            "MADE UP",
            day,
        )
        rows += [(*before, "LDHCMI034", "Numerator", 3), (*before, "LDHCMI034", "Denominator", 5)]
        rows += [(*before, "LD_REG_1417", "Count", "*" if number == 5 else 6), (*before, "LDHCMI035", "Numerator", 30)]
    return as_csv(CHECKS, rows)


def invented_workbook(month: str, published: str, each: int = 3) -> bytes:
    book = openpyxl.Workbook()
    cover = book.active
    cover.title = "Cover page"
    for line in (
        ("Title:", "Community Health Services Waiting Times (made up)"),
        ("Published:", published),
        ("Revised:", "-"),
    ):
        cover.append(line)
    table = book.create_sheet("Table 4")
    table.append([f"Total waiting list by service, {month}"])
    table.append(["Organisation Type", "Organisation Code", "Organisation Name", "(CYP) Audiology"])
    table.append(["ICB", "QHL", "MADE UP", each])
    into = io.BytesIO()
    book.save(into)
    return into.getvalue()


def _autism_archives(content: bytes) -> dict[str, bytes]:
    """The real rows, divided again into the archives and files that they came from."""
    rows = list(csv.reader(io.StringIO(content.decode())))
    header, place = rows[0][:11], rows[0].index("source")
    files: dict[str, list[list[str]]] = {}
    for row in rows[1:]:
        files.setdefault(row[place], []).append(row[:11])
    archives: dict[str, dict[str, bytes]] = {}
    for name, own in files.items():
        archives.setdefault(f"{name.rpartition('_')[0]}.zip", {})[name] = as_csv(header, own)
    return {name: zipped(members) for name, members in archives.items()}


def _last_day(month: str) -> int:
    return calendar.monthrange(int(month[:4]), int(month[5:]))[1]
