"""What the NHS' file names and addresses say: the month, Final or Performance, the version.

Names are compared with underscores, plus signs and repeated blanks as one
blank, because the publisher writes them in all of these ways.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from sendlib.errors import ContractBroken

MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
FINAL, PERFORMANCE, NO_STATUS = "Final", "Performance", ""
_RANK = {NO_STATUS: 0, PERFORMANCE: 1, FINAL: 2}
_VERSION = r"(?: ?[-(]? ?v ?(?P<version>\d+)\)?)?"
_MONTH = r"(?P<month>[a-z]{3,9}?)"

RULES: dict[str, tuple[str, ...]] = {
    "mhsds main": (
        rf"mhsds data {_MONTH} ?(?P<status>prf|perf|final) (?P<year>\d{{4}}){_VERSION}\.(?:zip|csv)",
        rf"mhsds monthly (?P<status>performance|final) {_MONTH} (?P<year>\d{{4}})"
        rf" mhsds data file{_VERSION}\.(?:zip|csv)",
    ),
    "mhsds 4ww": (
        rf"mhsds data 4ww {_MONTH} ?(?P<status>prf|perf|final) (?P<year>\d{{4}}){_VERSION}\.(?:zip|csv)",
        rf"mhsds monthly (?P<status>performance|final) {_MONTH} (?P<year>\d{{4}})"
        rf" 4ww(?: mhsds)?(?: data)?(?: file)?{_VERSION}\.(?:zip|csv)",
    ),
    "autism": (rf"autismstats (?P<first>[a-z]{{3}}\d{{4}}) {_MONTH} ?(?P<year>\d{{4}}){_VERSION}\.zip",),
    "health checks": (
        rf"learning-disabilities-health-check-scheme-eng-{_MONTH}-(?P<year>\d{{4}}){_VERSION}\.(?:csv|zip)",
    ),
}
"""Kind of file -> how its names look. The 4WW long form was not seen; it follows the main file's."""
_WORKBOOK = re.compile(
    r"community-health-services-waiting-lists-(?P<first>\d{4})-(?P<second>\d{2})-(?P<month>[a-z]{3,9})"
    r"(?P<suffix>(?:[-_ .]*(?:revised|revision|rev|updated|update|corrected|final|v?\d+))*)\.xlsx",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Link:
    """A file that a page links to, with what its name says.

    `period` is the data's month (2024-09) or "" when unknown.
    """

    url: str
    name: str
    period: str = ""
    status: str = NO_STATUS
    version: int = 1

    @property
    def rank(self) -> tuple[str, int, int]:
        """Newer months first, then Final before Performance, then the higher version."""
        return self.period, _RANK[self.status], self.version


def file_name(url: str) -> str:
    """The name of the file at an address, decoded."""
    return unquote(urlsplit(url).path.rpartition("/")[2])


def safe_name(name: str) -> str:
    """A file name that is harmless on any disk."""
    return re.sub(r"[^\w .()-]", "_", name).lstrip(". ") or "file"


def named(url: str, kind: str) -> Link | None:
    """The file at an address, read by the rules of its kind; None when it is another kind of file."""
    name = file_name(url)
    plain = " ".join(re.sub(r"[_+\s]+", " ", name).split()).lower()
    for rule in RULES[kind]:
        match = re.fullmatch(rule, plain)
        month = month_number(match["month"]) if match else 0
        if match and month:
            said = match.groupdict().get("status") or ""
            status = FINAL if said == "final" else PERFORMANCE if said else NO_STATUS
            return Link(url, name, f"{match['year']}-{month:02d}", status, int(match["version"] or 1))
    return None


def workbook(url: str) -> Link | None:
    """A workbook of community waiting lists by its address; the month of its financial year is the data's month.

    The version puts a later upload folder, then the number or word at the
    end of the name, above what it replaces.
    """
    name = file_name(url)
    match = _WORKBOOK.fullmatch(name)
    month = month_number(match["month"]) if match else 0
    if match is None or not month or (int(match["first"]) + 1) % 100 != int(match["second"]):
        return None
    year = int(match["first"]) + (month < 4)
    folder = re.search(r"/(\d{4})/(\d{2})/[^/]*$", urlsplit(url).path)
    uploaded = int(folder[1] + folder[2]) if folder else 0
    suffix = match["suffix"].lower()
    numbers = [int(number) for number in re.findall(r"\d+", suffix)]
    version = uploaded * 1000 + (500 if re.search(r"[a-z]{3}", suffix) else 0) + sum(numbers)
    return Link(url, name, f"{year}-{month:02d}", NO_STATUS, version)


def best(links: Iterable[Link], page: str) -> Link | None:
    """The newest month's file, Final before Performance before version number.

    Raises ContractBroken when two different files claim the same place.
    """
    ranked = sorted({link.url: link for link in links}.values(), key=lambda link: link.rank, reverse=True)
    if not ranked:
        return None
    rivals = [link.name for link in ranked if link.rank == ranked[0].rank]
    if len(rivals) > 1:
        raise ContractBroken(page, f"several files claim to be the newest ({', '.join(rivals)}).")
    return ranked[0]


def best_of_each(links: Iterable[Link], page: str) -> list[Link]:
    """The best file of each month, oldest month first."""
    links = list(links)
    found = [
        best([link for link in links if link.period == period], page)
        for period in sorted({link.period for link in links})
    ]
    return [link for link in found if link is not None]


def month_number(word: str) -> int:
    """1 to 12 for a month's name or its beginning of three letters or more (Sept too), else 0."""
    matches = [
        number for number, month in enumerate(MONTHS, start=1) if len(word) >= 3 and month.startswith(word.lower())
    ]
    return matches[0] if len(matches) == 1 else 0


def months_before(month: str, number: int) -> list[str]:
    """A month (2025-01) and those before it, newest first."""
    year, last = (int(part) for part in month.split("-"))
    counted = range(year * 12 + last - 1, year * 12 + last - 1 - number, -1)
    return [f"{count // 12}-{count % 12 + 1:02d}" for count in counted]


def spoken(month: str) -> tuple[str, int]:
    """2025-01 as ("january", 2025)."""
    year, number = (int(part) for part in month.split("-"))
    return MONTHS[number - 1], year


def names(links: Sequence[str]) -> str:
    """File names for a message."""
    return ", ".join(file_name(link) for link in links[:12]) or "none"
