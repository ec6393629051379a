"""Which publication of an NHS England Digital series is the newest, and which files it links to.

There is no interface for programs. The publication feed is asked first, then
the series page, then the addresses that the next publications would have.
Pages differ between generations of the site, so only `href` and the day of
publication are read from them. A page that answers before its day is passed
over: the site shows coming publications with a day to come, or with a month
only.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urljoin, urlsplit
from xml.etree import ElementTree

from sendlib.errors import ContractBroken, SourceUnavailable
from sendlib.settings import ADDRESSES
from sendlib.sources import nhs_names
from sendlib.sources.http import Http, Refused
from sendlib.sources.nhs_series import Series

_SETTINGS = ("SENDLIB_NHS_FILES", "SENDLIB_NHS_DIGITAL", "SENDLIB_NHS_ENGLAND")
_HREF = re.compile(r"""\bhref\s*=\s*(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE)
_HEADING = re.compile(r"<h1\b[^>]*>(.*?)</h1>", re.IGNORECASE | re.DOTALL)
_DAYS = tuple(
    re.compile(pattern, re.IGNORECASE | re.DOTALL)
    for pattern in (
        r"""<[^>]*itemprop=["']datePublished["'][^>]*(?:content|datetime)=["']([^"']+)["']""",
        r"""<[^>]*(?:content|datetime)=["']([^"']+)["'][^>]*itemprop=["']datePublished["']""",
        r'''"datePublished"\s*:\s*"([^"]+)"''',
        r"""nominal-publication-date["'][^>]*>\s*(?:<[^>]+>\s*)*([^<]+)<""",
        r"""(?<!next )Publication date:?\s*(?:<[^>]+>\s*)*([^<]+)<""",
    )
)
_FILES = (".csv", ".zip", ".xlsx", ".xls")


@dataclass(frozen=True)
class Publication:
    """A released publication: where it is, its period and day, and every file it links to."""

    series: str
    title: str
    url: str
    period: str
    published: str | None
    files: tuple[str, ...]
    notes: tuple[str, ...] = ()


class Finder:
    """Finds publications as of a day; `today` is for tests. `saying` is told what is being asked."""

    def __init__(
        self, http: Http, today: date | None = None, saying: Callable[[str], None] = lambda words: None
    ) -> None:
        self._http = http
        self._saying = saying
        self._today = today
        self._site = http.settings.address("SENDLIB_NHS_DIGITAL")

    @property
    def today(self) -> date:
        """The day against which days of publication are held, by universal time (never ahead of London)."""
        return self._today or datetime.now(UTC).date()

    def newest(self, series: Series) -> Publication:
        """The newest publication of a series that is out.

        Raises SourceUnavailable when no way leads to one, with what each way
        said, and ContractBroken for a page that can not be understood.
        """
        said: list[str] = []
        ways = {
            "publication feed": self._from_feed,
            "series page": self._from_series_page,
            "usual addresses": self._guessed,
        }
        for name, way in ways.items():
            self._saying(f"asking for the {name} of {series.title}")
            try:
                candidates = way(series)
            except (SourceUnavailable, ContractBroken) as error:
                said.append(f"The {name}: {error}")
                continue
            try:
                found = self._first_released(series, candidates)
            except SourceUnavailable as error:
                # A publication's own page that fails is an error: an older one would pass for the newest.
                said.append(f"The {name}: {error}")
                break
            if found:
                return replace(found, notes=tuple(said))
            said.append(f"The {name}: no publication that is out.")
        raise SourceUnavailable(
            f"No publication of {series.title} could be read. What was tried, in turn: {' '.join(dict.fromkeys(said))}"
        )

    def of_month(self, series: Series, month: str) -> Publication | None:
        """The publication of one month by its usual address; None when there is none or it is not out yet."""
        return self._first_released(series, ((self._address(series, slug), "") for slug in series.slugs(month)))

    def _first_released(self, series: Series, candidates: Iterator[tuple[str, str]]) -> Publication | None:
        for url, day in candidates:
            try:
                self._saying(f"asking for {url.rpartition('/')[2]} of {series.title}")
                found = self.page(series, url, day)
            except Refused as error:
                if error.status not in (404, 410):
                    raise
                continue
            if found:
                return found
        return None

    def page(self, series: Series, url: str, day: str = "") -> Publication | None:
        """A publication's page and its data pages, or None when it is not out yet. `day` is what the feed said."""
        text = self._http.text(url)
        shown = published_on(text)
        if len(shown) == 7 or max(shown, day) > self.today.isoformat():
            return None
        files = self._files(text, url)
        if not shown and not day and not files:
            raise ContractBroken(
                url, "this page shows neither a day of publication nor any file; the site may have changed."
            )
        heading = _HEADING.search(text)
        title = " ".join(html.unescape(re.sub(r"<[^>]+>", " ", heading[1])).split()) if heading else series.title
        slug = urlsplit(url).path.rstrip("/").rpartition("/")[2]
        return Publication(series.key, title, url, series.period(slug), shown or day or None, tuple(files))

    def links(self, text: str, url: str) -> list[str]:
        """Every address that a page links to, at the address that the settings give its publisher."""
        found = (html.unescape(double or single).strip() for double, single in _HREF.findall(text))
        return list(dict.fromkeys(self.at_settings(urljoin(url, href).partition("#")[0]) for href in found if href))

    def at_settings(self, url: str) -> str:
        """A publisher's own address, moved to where the settings say that this publisher is."""
        for name in _SETTINGS:
            secure = ADDRESSES[name]
            for own in (secure, secure.replace("https:", "http:")):
                if url == own or url.startswith(f"{own}/"):
                    return self._http.settings.address(name) + url.removeprefix(own)
        return url

    def _files(self, text: str, url: str) -> list[str]:
        """Files of a page and of the data pages right beneath it (`.../datasets`)."""
        found = self.links(text, url)
        for below in [
            link for link in found if re.fullmatch(rf"{re.escape(url.rstrip('/'))}/data-?sets?[\w-]*/?", link)
        ][:3]:
            found += self.links(self._http.text(below), below)
        return list(dict.fromkeys(link for link in found if urlsplit(link).path.lower().endswith(_FILES)))

    def _from_feed(self, series: Series) -> Iterator[tuple[str, str]]:
        items = read_feed(self._http.text(f"{self._site}/feed/pubfeed.xml"))
        placed = [(self.at_settings(link), day) for link, day in items]
        return self._newest_first(series, placed)

    def _from_series_page(self, series: Series) -> Iterator[tuple[str, str]]:
        url = self._site + series.path
        return self._newest_first(series, [(link, "") for link in self.links(self._http.text(url), url)])

    def _guessed(self, series: Series) -> Iterator[tuple[str, str]]:
        for month in nhs_names.months_before(self.today.isoformat()[:7], series.back):
            for slug in series.slugs(month):
                yield self._address(series, slug), ""

    def _newest_first(self, series: Series, links: list[tuple[str, str]]) -> Iterator[tuple[str, str]]:
        """Addresses right beneath the series page whose slug names a period, the newest period first."""
        beneath = self._site + series.path + "/"
        days = {link.partition("?")[0].rstrip("/"): day for link, day in links if link.startswith(beneath)}
        periods = {
            link: series.period(link.removeprefix(beneath)) for link in days if "/" not in link.removeprefix(beneath)
        }
        yield from (
            (link, days[link])
            for link in sorted(periods, key=lambda link: periods[link], reverse=True)
            if periods[link]
        )

    def _address(self, series: Series, slug: str) -> str:
        return f"{self._site}{series.path}/{slug}"


def read_feed(text: str) -> list[tuple[str, str]]:
    """(link, day of publication or "") of a feed's items. Raises ContractBroken.

    A feed has no use for a document type, and without one there are no
    entities that could grow.
    """
    name = "the NHS' publication feed"
    if re.search(r"<!(?:doctype|entity)", text, re.IGNORECASE):
        raise ContractBroken(name, "it declares a document type, which a feed does not (it may be a web page).")
    try:
        root = ElementTree.fromstring(text.lstrip("\ufeff").encode())  # noqa: S314 - no document type, so no entities
    except ElementTree.ParseError as error:
        raise ContractBroken(name, f"it is not XML ({error}).") from error
    items = [(item.findtext("link") or "", item.findtext("pubDate") or "") for item in root.iter("item")]
    if not items:
        raise ContractBroken(name, "it has no items.")
    return [(link.strip().partition("#")[0], _feed_day(day)) for link, day in items if link.strip()]


def published_on(text: str) -> str:
    """The day of publication that a page shows (2026-03-12), its month when it shows no day (2026-03), else ""."""
    for pattern in _DAYS:
        for shown in pattern.findall(text):
            day = _day(html.unescape(shown))
            if day:
                return day
    return ""


def _day(text: str) -> str:
    plain = " ".join(text.replace("Sept ", "Sep ").split())
    iso = re.match(r"\d{4}-\d{2}-\d{2}", plain)
    if iso:
        return iso[0]
    for form, length in (("%d %B %Y", 10), ("%d %b %Y", 10), ("%B %Y", 7), ("%b %Y", 7)):
        try:
            return datetime.strptime(plain, form).date().isoformat()[:length]  # noqa: DTZ007 - a day, without a time
        except ValueError:
            continue
    return ""


def _feed_day(text: str) -> str:
    try:
        return parsedate_to_datetime(text).date().isoformat()
    except ValueError:
        return ""
