"""Fingertips (OHID): indicators of public health as CSV, found by name.

The service has ids for everything and changes them: an area type gets a new id
with each change of boundaries (asking with an old one silently gives older
figures), and the contract trusts few ids of indicators. So both are looked up
by name each time, and a name that has changed is an error.
"""

from __future__ import annotations

import csv
import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from sendlib.errors import ContractBroken
from sendlib.sources import nhs_names
from sendlib.sources.http import Downloaded, Http, Progress
from sendlib.sources.long_csv import MEMORY, opened

MOST_IDS = 100
"""Indicators in one request."""
LARGEST = 300_000_000
AUTHORITIES = r"upper[- ]tier local authorit|counties (?:&|and) (?:uas|unitary)"
ENGLAND = r"england"
"""Patterns of area types, matched against the beginning of the name and short name."""
COLUMNS: dict[str, tuple[str, ...]] = {
    "indicator_id": ("Indicator ID",),
    "indicator": ("Indicator Name",),
    "parent_code": ("Parent Code",),
    "area_code": ("Area Code",),
    "area": ("Area Name",),
    "area_type": ("Area Type",),
    "sex": ("Sex",),
    "age": ("Age",),
    "category": ("Category",),
    "period": ("Time period",),
    "value": ("Value",),
    "low": ("Lower CI 95.0 limit",),
    "high": ("Upper CI 95.0 limit",),
    "count": ("Count",),
    "denominator": ("Denominator",),
    "note": ("Value note",),
}
"""Our column -> heading. The comparisons are not taken: the heading of one changes with the parent area."""
PERIOD_RANGE = "Time period range"
"""1y, 3y or 5y; files of 2020 do not have it."""
_NUMBERS = ("value", "low", "high", "count", "denominator")


@dataclass(frozen=True)
class AreaType:
    """A kind of area: the service's id and names, and from when its boundaries are (2023-04), "" when it does not say."""

    id: int
    name: str
    short: str
    since: str


@dataclass(frozen=True)
class FetchedIndicators:
    """Downloaded files (one for each hundred indicators), the id of each indicator, and the area types that were used."""

    files: tuple[Downloaded, ...]
    ids: Mapping[str, int]
    child: AreaType
    parent: AreaType


class Fingertips:
    """A client that downloads into a folder. All methods raise SourceUnavailable and ContractBroken."""

    def __init__(self, http: Http, folder: Path, *, largest: int = LARGEST, progress: Progress = lambda done, expected: None) -> None:
        self._http = http
        self._folder = folder
        self._largest = largest
        self._progress = progress
        self._api = http.settings.address("SENDLIB_FINGERTIPS")

    def area_type(self, pattern: str) -> AreaType:
        """The newest area type whose name begins like the pattern."""
        address = f"{self._api}/area_types"
        answer = self._http.json(address)
        if not isinstance(answer, list) or not all(isinstance(item, dict) and "Id" in item and "Name" in item for item in answer):
            raise ContractBroken(address, "the list of area types is not as agreed (Id and Name).")
        known = [AreaType(int(item["Id"]), str(item["Name"]), str(item.get("Short") or ""), _since(f"{item['Name']} {item.get('Short') or ''}")) for item in answer]
        begins = re.compile(rf"\s*(?:{pattern})", re.IGNORECASE)
        found = sorted((kind for kind in known if begins.match(kind.name) or begins.match(kind.short)), key=lambda kind: kind.since)
        if not found:
            raise ContractBroken(address, f"no area type is called anything like '{pattern}'; it has {', '.join(kind.name for kind in known[:8])}.")
        if len(found) > 1 and found[-1].since == found[-2].since:
            raise ContractBroken(address, f"several area types could be meant: {', '.join(f'{kind.name} ({kind.id})' for kind in found)}.")
        return found[-1]

    def ids(self, wanted: Mapping[str, int | None]) -> dict[str, int]:
        """The ids of indicators by name; an id that is given must still have that name.

        Raises ContractBroken for a name that nobody or more than one indicator has.
        """
        address = f"{self._api}/indicator_metadata/csv/all"
        file = self._download(address, {}, "indicator_metadata.csv")
        by_name: dict[str, set[int]] = {}
        names: dict[int, str] = {}
        for number, name in _named_ids(file.path, address):
            by_name.setdefault(_plain(name), set()).add(number)
            names[number] = name
        return {name: _only(name, pinned, by_name, names, address) for name, pinned in wanted.items()}

    def fetch(self, wanted: Mapping[str, int | None], child: str = AUTHORITIES, parent: str = ENGLAND) -> FetchedIndicators:
        """Download indicators by name (with the id that each had, or None) for all areas of a type, all periods."""
        if not wanted:
            raise ValueError("name the indicators that are wanted")
        ids, child_type, parent_type = self.ids(wanted), self.area_type(child), self.area_type(parent)
        numbers = sorted(set(ids.values()))
        files = []
        for batch in (numbers[start : start + MOST_IDS] for start in range(0, len(numbers), MOST_IDS)):
            parameters = {
                "indicator_ids": ",".join(map(str, batch)), "child_area_type_id": str(child_type.id), "parent_area_type_id": str(parent_type.id)
            }  # fmt: skip
            name = f"indicators_{batch[0]}_{batch[-1]}_{child_type.id}.csv"
            file = self._download(f"{self._api}/all_data/csv/by_indicator_id", parameters, name)
            files.append(file)
            try:
                with opened(file.path) as source:
                    source.require(COLUMNS)
            except ContractBroken:
                file.path.unlink()
                raise
        return FetchedIndicators(tuple(files), ids, child_type, parent_type)

    def _download(self, url: str, parameters: Mapping[str, str], name: str) -> Downloaded:
        self._folder.mkdir(parents=True, exist_ok=True)
        return self._http.download(url, self._folder / name, largest=self._largest, parameters=parameters, progress=self._progress)


def read(path: Path, ids: Mapping[str, int], *, memory: str = MEMORY) -> pd.DataFrame:
    """The figures of some indicators of a downloaded file, a row an area, sex, age and period.

    Columns of COLUMNS without `category` (rows of deprivation deciles and the
    like are left out), and `period_range`. Numbers are floats; an empty one
    was not published, and `note` says why. Strata are never added: each sex
    and age stands by itself. England, which comes once for each area type,
    is kept once. Raises ContractBroken.
    """
    with opened(path) as source:
        columns = source.require(COLUMNS)
        ranged = source.column(PERIOD_RANGE)
        columns |= {"period_range": ranged} if ranged else {}
        where: dict[str, Sequence[str]] = {columns["indicator_id"]: [str(number) for number in ids.values()], columns["category"]: [""]}
        rows = source.select(columns, where, memory).drop(columns="category")
    if not ranged:
        rows["period_range"] = ""
    for name, number in ids.items():
        own = rows[rows["indicator_id"] == str(number)]
        if own.empty:
            raise ContractBroken(path.name, f"it has no figures of '{name}' ({number}).")
        others = [other for other in own["indicator"].unique() if _plain(other) != _plain(name)]
        if others:
            raise ContractBroken(path.name, f"indicator {number} is called '{others[0]}', where '{name}' was expected.")
    for column in _NUMBERS:
        rows[column] = _numbers(rows[column], column, path.name)
    key = ["indicator_id", "area_code", "sex", "age", "period", "period_range"]
    rows = rows.drop_duplicates([*key, *_NUMBERS], ignore_index=True)
    twice = rows[rows.duplicated(key)]
    if len(twice):
        raise ContractBroken(path.name, f"different figures stand for the same thing: {', '.join(str(part) for part in twice.iloc[0][key])}.")
    return rows


def _named_ids(path: Path, address: str) -> Iterator[tuple[int, str]]:
    """(id, name) of every indicator, row by row; definitions are people's prose, so quotation marks are read leniently."""
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
        rows = csv.reader(file)
        header = next(rows, [])
        if "Indicator ID" not in header or "Indicator" not in header:
            raise ContractBroken(address, f"it has no columns Indicator ID and Indicator; it begins with '{','.join(header)[:80]}'.")
        number, name = header.index("Indicator ID"), header.index("Indicator")
        for row in rows:
            if len(row) <= max(number, name) or not row[number].isdigit():
                raise ContractBroken(address, f"this row does not fit the header: '{','.join(row)[:80]}'.")
            yield int(row[number]), row[name]


def _numbers(texts: pd.Series, column: str, file: str) -> pd.Series:
    numbers = pd.to_numeric(texts.mask(texts == ""), errors="coerce").astype(float)
    strange = texts[numbers.isna() & (texts != "")]
    if len(strange):
        raise ContractBroken(file, f"'{strange.iloc[0]}' in {column} is not a number.")
    return numbers


def _only(name: str, pinned: int | None, by_name: Mapping[str, set[int]], names: Mapping[int, str], address: str) -> int:
    found = by_name.get(_plain(name), set())
    if pinned is not None and pinned in names and _plain(names[pinned]) != _plain(name):
        raise ContractBroken(address, f"indicator {pinned} is now called '{names[pinned]}', where '{name}' was expected.")
    if pinned is not None and pinned in found:
        return pinned
    if len(found) == 1 and pinned is None:
        return next(iter(found))
    if not found:
        near = difflib.get_close_matches(name, list(names.values()), n=3, cutoff=0.4)
        raise ContractBroken(address, f"no indicator is called '{name}'; its name may have changed. Nearest: {', '.join(near) or 'none'}.")
    raise ContractBroken(address, f"'{name}' is indicator {', '.join(map(str, sorted(found)))}, where {pinned or 'one only'} was expected.")


def _plain(name: str) -> str:
    """A name without differences of case and blanks."""
    return " ".join(name.split()).casefold()


def _since(name: str) -> str:
    """From when an area type's boundaries are: "(post 4/23)" and "(from Apr 2023)" are both 2023-04."""
    short = re.search(r"(?:post|from)\s+(\d{1,2})/(\d{2})\b", name, re.IGNORECASE)
    if short:
        return f"20{short[2]}-{int(short[1]):02d}"
    spelt = re.search(r"(?:post|from)\s+([a-z]{3,9})\s+(\d{4})\b", name, re.IGNORECASE)
    return f"{spelt[2]}-{nhs_names.month_number(spelt[1]):02d}" if spelt else ""
