"""ONS: which boundaries the Open Geography service has, and estimates and projections of residents from Nomis.

Both services hide their failures: the geography service reports errors inside
HTTP 200, Nomis cuts an answer at 25,000 rows and ignores parameters that it
does not know. So rows are counted before and after, and what comes back is
compared with what was asked. Nothing here relies on what the publishers change
from vintage to vintage, such as the number of a kind of area.
"""

from __future__ import annotations

import calendar
import csv
import hashlib
import io
import json
import re
import time
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sendlib.errors import ContractBroken, SourceUnavailable
from sendlib.sources.http import Http, Progress, Refused

ESTIMATES = "NM_2002_1"
PROJECTIONS = "NM_2006_1"
"""Nomis' data sets of single years of age by authority; the second is replaced in place at each new base year."""
NATIONAL_PROJECTIONS = "NM_2009_1"
"""Nomis' data set of the national projections, replaced in place as well. It has no total of both sexes that we know
of, and counts ages from 1 (children under one)."""
MOST_ROWS = 25_000
"""Rows that Nomis sends at once without a key; it says nothing of the rest."""
AGES = "101...126"
"""Nomis' codes of the ages 0 to 25."""
LAST_YEAR = 2040
"""Projections are fetched to this year, where the national ones that the app holds end."""

GENERALISED = ("BUC", "BSC", "BGC")
"""Kinds of boundaries that would do, the coarsest first."""
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_SERVICE = re.compile(
    r"^counties_and_unitary_authorities_([a-z]{3})[a-z]*_(20\d{2})_(?:boundaries_)?(?:uk|gb|ew|en)_(buc|bsc|bgc)(?:_v?(\d+))?$",
    re.I,
)
_PASSING = (429, 500, 502, 503, 504)
_TRIES = 4


@dataclass(frozen=True)
class Fetched:
    """A file put together from a service's answers.

    `release` is its vintage in words (`December 2025`, `mid-2024`,
    `2022-based`); `base_year` is set for projections only.
    """

    path: Path
    url: str
    sha256: str
    size: int
    rows: int
    release: str
    base_year: int | None = None


@dataclass(frozen=True)
class Service:
    """A boundary service of the catalogue: its name, year and month."""

    name: str
    year: int
    month: int

    @property
    def release(self) -> str:
        """The vintage in words: `December 2025`."""
        return f"{calendar.month_name[self.month]} {self.year}"


class Ons:
    """A client of both services. `wait` is the first pause, in seconds, before asking again."""

    def __init__(self, http: Http, *, wait: float = 0.5) -> None:
        self._http = http
        self._wait = wait
        self._geography = http.settings.address("SENDLIB_ONS_GEOGRAPHY")
        self._nomis = f"{http.settings.address('SENDLIB_NOMIS')}/dataset"

    # Boundaries

    def newest_boundaries(self) -> Service:
        """The newest counties-and-unitary-authorities service of the catalogue; of one vintage the coarsest.

        Raises SourceUnavailable, and ContractBroken when none is listed.
        """
        listed = self._ask(self._geography, {}).get("services", [])
        found = []
        for item in listed:
            match = _SERVICE.match(str(item.get("name", "")).rpartition("/")[2])
            if match and item.get("type") == "FeatureServer" and match[1].lower() in _MONTHS:
                month, kind = _MONTHS.index(match[1].lower()) + 1, match[3].upper()
                key = (int(match[2]), month, -GENERALISED.index(kind), int(match[4] or 0))
                found.append((key, Service(str(item["name"]), key[0], month)))
        if not found:
            raise ContractBroken(
                "ONS Open Geography catalogue", "it lists no boundaries of counties and unitary authorities."
            )
        return max(found, key=lambda pair: pair[0])[1]

    def _ask(self, url: str, parameters: Mapping[str, str]) -> dict[str, Any]:
        """An answer of the geography service. An error inside HTTP 200 is an error; a passing one is waited out."""
        for attempt in range(_TRIES):
            answer = self._http.json(url, parameters={"f": "json", **parameters})
            if not isinstance(answer, dict):
                raise ContractBroken(url, "the answer is not an object.")
            error = answer.get("error")
            if error is None:
                return answer
            said = f"{error.get('code')}: {error.get('message')}" if isinstance(error, dict) else str(error)
            if not isinstance(error, dict) or error.get("code") not in _PASSING:
                raise Refused(f"{url} refused ({said}).", 200, json.dumps(answer))
            if attempt < _TRIES - 1:
                time.sleep(self._wait * 2**attempt)
        raise SourceUnavailable(f"{url} is not available now ({said}, asked {_TRIES} times). Try again later.")

    # Residents

    def estimates(
        self, into: Path, known: Mapping[str, str], progress: Progress = lambda done, expected: None
    ) -> Fetched:
        """The newest mid-year estimates, ages 0 to 25: authorities, regions and countries as one CSV file.

        `known` gives the authority (any name for it) of each 9-character code
        that it may go by; all of them must be there. Raises SourceUnavailable
        and ContractBroken.
        """
        rows = self._residents(ESTIMATES, {"date": "latest"}, "date_name", known, progress)
        years = {row[0] for row in rows}
        if len(years) != 1:
            raise ContractBroken(
                ESTIMATES, f"the newest estimates must be of one year; found {', '.join(sorted(years))}."
            )
        return self._kept(into, ESTIMATES, "date_name", rows, f"mid-{years.pop()}")

    def projections(
        self, into: Path, known: Mapping[str, str], progress: Progress = lambda done, expected: None
    ) -> Fetched:
        """The projections from their base year to 2040, ages 0 to 25, as `estimates` does; with their base year.

        A base year that changes while pages are read is SourceUnavailable.
        """
        base = self.base_year()
        rows = self._residents(
            PROJECTIONS, {"projected_year": f"{base}...{LAST_YEAR}"}, "projected_year_name", known, progress
        )
        if self.base_year() != base:
            raise SourceUnavailable("ONS replaced the projections while they were read. Try again later.")
        return self._kept(into, PROJECTIONS, "projected_year_name", rows, f"{base}-based", base)

    def estimates_offered(self) -> tuple[str, str]:
        """The newest mid-year and a mark of England's numbers, by one small request: ("2024", "9f3c...")."""
        return self._england(ESTIMATES, {"date": "latest"}, "date_name")

    def projections_offered(self) -> tuple[str, str]:
        """The base year of the projections and a mark of England's numbers, by one small request."""
        return self._england(PROJECTIONS, {}, "projected_year_name")

    def national_projections_offered(self) -> tuple[str, str]:
        """The base year of the national projections and a mark of England's numbers, by one small request."""
        columns = ["projected_year_name", "gender", "c_age", "obs_value"]
        rows = self._csv(NATIONAL_PROJECTIONS, {**_NATIONAL, "c_age": "1", "select": ",".join(columns)}, columns)
        if not rows or not all(re.fullmatch(r"20\d{2}", row[0]) for row in rows):
            raise ContractBroken(NATIONAL_PROJECTIONS, "it does not say of which years England's numbers are.")
        return min(row[0] for row in rows), mark_of(rows)

    def national_projections(self, into: Path, progress: Progress = lambda done, expected: None) -> Fetched:
        """England's projection of today, every year, both sexes, ages 0 to 19 (in its own codes 1 to 20), as a CSV.

        Raises SourceUnavailable and ContractBroken.
        """
        base, _ = self.national_projections_offered()
        rows = self._rows(
            NATIONAL_PROJECTIONS, {**_NATIONAL, "c_age": "1...20"}, "projected_year_name", progress, measured=False
        )
        if min(row[0] for row in rows) != base:
            raise SourceUnavailable("ONS replaced the projections while they were read. Try again later.")
        return self._kept(
            into, NATIONAL_PROJECTIONS, "projected_year_name", rows, f"{base}-based", int(base), measured=False
        )

    def _england(self, dataset: str, when: Mapping[str, str], year: str) -> tuple[str, str]:
        columns = [year, "c_age", "obs_value"]
        asked = {
            **when,
            "geography": "E92000001",
            "gender": "0",
            "measures": "20100",
            "c_age": AGES,
            "select": ",".join(columns),
        }
        rows = self._csv(dataset, asked, columns)
        if not rows or not all(re.fullmatch(r"20\d{2}", row[0]) for row in rows):
            raise ContractBroken(dataset, "it does not say of which years England's numbers are.")
        return min(row[0] for row in rows), mark_of(rows)

    def base_year(self) -> int:
        """The year that the projections of today start from: the first that they give.

        Nomis' description must not name a newer one (`2022-based`). Raises
        SourceUnavailable and ContractBroken.
        """
        years = [value for value, _ in self._codes(f"{PROJECTIONS}/projected_year")]
        if not years or not all(re.fullmatch(r"20\d{2}", year) for year in years):
            raise ContractBroken(PROJECTIONS, f"the list of projected years holds {years[:3]}.")
        base = min(map(int, years))
        text = json.dumps(self._http.json(f"{self._nomis}/{PROJECTIONS}/def.sdmx.json"))
        named = [int(year) for year in re.findall(r"(20\d{2})[- ]based", text)]
        if named and max(named) != base:
            raise ContractBroken(
                PROJECTIONS, f"the projections begin with {base} but are described as {max(named)}-based."
            )
        return base

    def _residents(
        self, dataset: str, when: Mapping[str, str], year: str, known: Mapping[str, str], progress: Progress
    ) -> list[list[str]]:
        kinds = {description: value for value, description in self._codes(f"{dataset}/geography/TYPE")}
        wider = [kinds[name] for name in ("regions", "countries") if name in kinds]
        if len(wider) != 2:
            raise ContractBroken(dataset, "its kinds of areas have no regions or no countries.")
        pinned = {**when, "gender": "0", "measures": "20100"}
        rows: list[list[str]] = []
        for kind in (self._upper_tier(dataset, kinds, pinned, known, year), *wider):
            rows += self._rows(dataset, {**pinned, "geography": kind, "c_age": AGES}, year, progress)
        return rows

    def _upper_tier(
        self, dataset: str, kinds: Mapping[str, str], pinned: Mapping[str, str], known: Mapping[str, str], year: str
    ) -> str:
        """The kind of area whose codes are today's authorities, each once; the newest is tried first.

        Nomis renumbers its kinds (TYPE464 is of before 2015, and of districts),
        so the codes that come back decide, not the number.
        """
        dated = []
        for description, value in kinds.items():
            match = re.fullmatch(
                r"local authorities: county / unitary \(as of ([A-Za-z]{3})[a-z]* (\d{4})\)", description
            )
            if match:
                dated.append(((int(match[2]), _MONTHS.index(match[1].lower())), value))
        missing: set[str] = set()
        for _, kind in sorted(dated, reverse=True):
            # One year is enough to see the codes: of projections the first.
            once = {name: value.partition("...")[0] for name, value in pinned.items()}
            codes = {row[1] for row in self._rows(dataset, {**once, "geography": kind, "c_age": "101"}, year)}
            found = Counter(known[code] for code in codes if code in known)
            missing = set(known.values()) - set(found)
            if not missing and max(found.values()) == 1:
                return kind
        raise ContractBroken(
            dataset,
            "no kind of area holds each of today's authorities once;"
            f" missing: {', '.join(sorted(missing)[:5]) or 'none of a kind'}.",
        )

    def _rows(
        self,
        dataset: str,
        asked: Mapping[str, str],
        year: str,
        progress: Progress = lambda done, expected: None,
        *,
        measured: bool = True,
    ) -> list[list[str]]:
        """All rows of a query (year, then _COLUMNS, without MEASURES where a data set is not `measured`), page by page.

        As many as Nomis counts beforehand, and nothing that was not asked for.
        """
        columns = [year, *_columns(measured)]
        counted = self._csv(dataset, {**asked, "select": "record_count", "recordlimit": "1"}, ["record_count"])
        if len(counted) != 1 or not counted[0][0].isdigit():
            raise ContractBroken(dataset, "the service does not say how many rows there are.")
        total = int(counted[0][0])
        rows: list[list[str]] = []
        while len(rows) < total:
            page = {**asked, "select": ",".join(columns), "recordlimit": str(MOST_ROWS), "recordoffset": str(len(rows))}
            batch = self._csv(dataset, page, columns)
            if not batch:
                break
            rows += batch
            progress(len(rows), total)
        _check_asked(dataset, columns, rows, asked)
        different = len({tuple(row) for row in rows})
        if len(rows) != total or different != total:
            raise ContractBroken(
                dataset,
                f"the service announced {total:,} rows and sent {len(rows):,}, of which {different:,} are different.",
            )
        return rows

    def _csv(self, dataset: str, asked: Mapping[str, str], columns: Sequence[str]) -> list[list[str]]:
        """The rows of one answer in the order of `columns`. One that ends within a line is asked for again."""
        for attempt in range(_TRIES):
            text = self._http.text(f"{self._nomis}/{dataset}.data.csv", parameters=asked).removeprefix("\ufeff")
            if text.lstrip().lower().startswith(("<!doctype", "<html")):
                raise SourceUnavailable(f"Nomis sent a web page where {dataset} was expected. Try again later.")
            header, *rows = csv.reader(io.StringIO(text)) if text.strip() else [[]]
            names = [name.strip().lower() for name in header]
            if sorted(names) != sorted(columns):
                raise ContractBroken(
                    dataset, f"the columns {', '.join(columns)} were asked for and '{text[:100].strip()}' came."
                )
            if text.endswith("\n") and all(len(row) == len(names) for row in rows):
                order = [names.index(name) for name in columns]
                return [[row[place] for place in order] for row in rows]
            if attempt < _TRIES - 1:
                time.sleep(self._wait * 2**attempt)
        raise SourceUnavailable(f"Nomis broke off while sending {dataset} (asked {_TRIES} times). Try again later.")

    def _codes(self, what: str) -> list[tuple[str, str]]:
        """(value, description) of a code list of Nomis."""
        answer = self._http.json(f"{self._nomis}/{what}.def.sdmx.json")
        try:
            listed = answer["structure"]["codelists"]["codelist"][0]["code"]
            return [(str(item["value"]), str(item["description"]["value"])) for item in listed]
        except (KeyError, IndexError, TypeError) as error:
            raise ContractBroken(what, f"its list of codes is not laid out as agreed ({error!r}).") from error

    def _kept(
        self,
        into: Path,
        dataset: str,
        year: str,
        rows: list[list[str]],
        release: str,
        base_year: int | None = None,
        *,
        measured: bool = True,
    ) -> Fetched:
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow([name.upper() for name in (year, *_columns(measured))])
        writer.writerows(rows)
        return _written(into, text.getvalue().encode(), f"{self._nomis}/{dataset}", len(rows), release, base_year)


def mark_of(rows: Iterable[list[str]]) -> str:
    """A short mark of rows of (year, code of an age, number), whatever their order."""
    return hashlib.sha256(repr(sorted(rows)).encode()).hexdigest()[:16]


_COLUMNS = ("geography_code", "gender", "c_age", "measures", "obs_value")
_NATIONAL = {"geography": "E92000001", "gender": "1...2"}
_PINNED = {"projected_year": "projected_year_name", "gender": "gender", "c_age": "c_age", "measures": "measures"}
"""Parameter of a query -> the column that shows whether it was heeded."""


def _columns(measured: bool) -> tuple[str, ...]:
    return _COLUMNS if measured else tuple(name for name in _COLUMNS if name != "measures")


def _check_asked(dataset: str, columns: Sequence[str], rows: Sequence[Sequence[str]], asked: Mapping[str, str]) -> None:
    """What came must be what was asked for, a code or a range of codes: Nomis ignores what it does not understand."""
    for name, column in _PINNED.items():
        if name not in asked:
            continue
        place = columns.index(column)
        first, _, last = asked[name].partition("...")
        came = {row[place] for row in rows}
        odd = sorted(code for code in came if not code.isdigit() or not int(first) <= int(code) <= int(last or first))
        if odd:
            raise ContractBroken(
                dataset,
                f"'{name}' was asked for as {asked[name]} and came as {', '.join(odd[:3])} too;"
                " the service ignored it.",
            )


def _written(into: Path, content: bytes, url: str, rows: int, release: str, base_year: int | None = None) -> Fetched:
    """Write a file that appears only when it is whole."""
    part = into.with_name(f".{into.name}.part")
    try:
        part.write_bytes(content)
        part.replace(into)
    except OSError as error:
        raise SourceUnavailable(f"{url} could not be written to {into.parent} ({error}).") from error
    finally:
        part.unlink(missing_ok=True)
    return Fetched(into, url, hashlib.sha256(content).hexdigest(), len(content), rows, release, base_year)
