"""What is known of life-limiting conditions: published rates and facts, checked when they are read.

`life_limiting_rates.csv` is made to be filled in by a person who has the full
report. Its columns: `year` (2017/18), `area_code` (E92000001 or a region's),
`group_type` and `group` (`all`/`all`; `age` with the bands of AGE_BANDS;
`sex`, `ethnicity`, `deprivation`, `diagnosis`, `definition`), `children`,
`population`, `per_10000`, `low` and `high` (95% interval), `source` (a key of
[sources] in life_limiting.toml). Empty cells are unknown. With FEWEST_YEARS
yearly totals of England the Looking ahead page fits a trend to them; with all
age bands of the last year it shares children out by them.

`life_limiting_residents.csv` (`area_code` of an authority, `group_type`
ethnicity or deprivation, `group`, `residents` aged 0 to 19, `source`) says who
lives where. Where it holds every authority, and the rates every group of it,
children are shared out by those groups instead of by age.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from sendlib.catalogue import load
from sendlib.errors import ContractBroken

FILE = "life_limiting_rates.csv"
RESIDENTS_FILE = "life_limiting_residents.csv"
ENGLAND = "E92000001"
AGE_BANDS = ("<1", "1-5", "6-10", "11-15", "16-19")
GROUP_TYPES = ("all", "age", "sex", "ethnicity", "deprivation", "diagnosis", "definition")
FEWEST_YEARS = 8
"""A trend is fitted to no fewer yearly totals."""
_HEADER = ["year", "area_code", "group_type", "group", "children", "population", "per_10000", "low", "high", "source"]
_RESIDENTS_HEADER = ["area_code", "group_type", "group", "residents", "source"]


@dataclass(frozen=True)
class Rate:
    """One published rate: children per 10,000 residents of a group in a year; None where not published."""

    year: str
    area_code: str
    group_type: str
    group: str
    children: float | None
    population: float | None
    per_10000: float
    low: float | None
    high: float | None
    source: str

    @property
    def begins(self) -> int:
        """The calendar year in which the year begins."""
        return int(self.year[:4])


@dataclass(frozen=True, eq=False)
class Evidence:
    """All rates, the facts of life_limiting.toml, and residents by group: group type -> (area code, group) -> number."""

    rates: tuple[Rate, ...]
    facts: Mapping[str, Any]
    residents: Mapping[str, Mapping[tuple[str, str], float]]

    @property
    def totals(self) -> tuple[Rate, ...]:
        """England, all children, by year."""
        found = [rate for rate in self.rates if rate.area_code == ENGLAND and rate.group_type == "all"]
        return tuple(sorted(found, key=lambda rate: rate.begins))

    @property
    def first(self) -> Rate:
        """The first measured year."""
        return self.totals[0]

    @property
    def last(self) -> Rate:
        """The last measured year: the base of every scenario."""
        return self.totals[-1]

    @property
    def yearly(self) -> tuple[Rate, ...]:
        """The totals with a count of children that follow each other year by year up to the last."""
        run: list[Rate] = []
        for rate in reversed(self.totals):
            if rate.children is None or (run and rate.begins != run[-1].begins - 1):
                break
            run.append(rate)
        return tuple(reversed(run))

    @property
    def can_be_fitted(self) -> bool:
        """Whether there are enough yearly totals for a trend."""
        return len(self.yearly) >= FEWEST_YEARS

    def of(self, group_type: str) -> dict[str, Rate]:
        """England's rates by group in the last year that has any of this type."""
        found = [rate for rate in self.rates if rate.area_code == ENGLAND and rate.group_type == group_type]
        newest = max((rate.begins for rate in found), default=0)
        return {rate.group: rate for rate in found if rate.begins == newest}

    def of_regions(self) -> tuple[Rate, ...]:
        """Rates of regions, all children, in the last year that has any."""
        found = [rate for rate in self.rates if rate.area_code != ENGLAND and rate.group_type == "all"]
        newest = max((rate.begins for rate in found), default=0)
        return tuple(rate for rate in found if rate.begins == newest)

    def total_of(self, year: str) -> Rate | None:
        """England's total of a year."""
        return next((rate for rate in self.totals if rate.year == year), None)

    def not_published(self) -> list[str]:
        """What the file does not hold, in words."""
        missing = []
        if not self.can_be_fitted:
            missing.append(f"the years between {self.first.year} and {self.last.year}")
        if not set(AGE_BANDS) <= set(self.of("age")):
            missing.append("age bands other than under 1")
        if not self.of_regions():
            missing.append("regions")
        if not self.of("deprivation"):
            missing.append("deprivation")
        return missing


@cache
def shipped() -> Evidence:
    """The evidence that comes with the app."""
    folder = resources.files("sendlib.catalogue")
    return read(folder.joinpath(FILE).read_text("utf-8"), folder.joinpath(RESIDENTS_FILE).read_text("utf-8"))


def read(rates_text: str, residents_text: str = ",".join(_RESIDENTS_HEADER)) -> Evidence:
    """Evidence from the text of the two CSV files. Raises ContractBroken, which names the line at fault."""
    facts = load("life_limiting")
    rates = [_rate(row, line, facts["sources"]) for line, row in _rows(rates_text, FILE, _HEADER)]
    seen: set[tuple[str, str, str, str]] = set()
    for rate in rates:
        key = (rate.year, rate.area_code, rate.group_type, rate.group)
        if key in seen:
            raise ContractBroken(FILE, f"{' '.join(key)} is there twice.")
        seen.add(key)
    residents: dict[str, dict[tuple[str, str], float]] = {}
    for line, (code, group_type, group, number, source) in _rows(residents_text, RESIDENTS_FILE, _RESIDENTS_HEADER):
        if not re.fullmatch(r"\d{3}", code) or group_type not in ("ethnicity", "deprivation") or not source:
            raise ContractBroken(RESIDENTS_FILE, f"line {line} needs a 3-digit code, ethnicity or deprivation, and a source.")
        if (code, group) in residents.setdefault(group_type, {}):
            raise ContractBroken(RESIDENTS_FILE, f"line {line}: {group} of {code} is there twice.")
        residents[group_type][code, group] = _number(number, "residents", line, RESIDENTS_FILE) or 0.0
    evidence = Evidence(tuple(rates), facts, residents)
    if len(evidence.totals) < 2:
        raise ContractBroken(FILE, "at least two yearly totals of England are needed.")
    target = int(facts["target"]["year"][:4])
    if evidence.last.begins >= target:
        raise ContractBroken(FILE, f"the scenarios end in {facts['target']['year']}; a total of {evidence.last.year} leaves nothing ahead.")
    under_1 = evidence.of("age").get("<1")
    if not under_1 or not evidence.total_of(under_1.year):
        raise ContractBroken(FILE, "the rate of children under 1 and the total of the same year are needed to share children out by age.")
    return evidence


def _rows(text: str, file: str, header: list[str]) -> Iterator[tuple[int, list[str]]]:
    """Line number and stripped cells of each row below the agreed header."""
    rows = csv.reader(io.StringIO(text))
    if next(rows, []) != header:
        raise ContractBroken(file, f"the header must be {','.join(header)}.")
    for line, row in enumerate(rows, start=2):
        if row and len(row) != len(header):
            raise ContractBroken(file, f"line {line} has {len(row)} cells where the header has {len(header)}.")
        if row:
            yield line, [cell.strip() for cell in row]


def _rate(row: list[str], line: int, sources: Mapping[str, Any]) -> Rate:
    cell = dict(zip(_HEADER, row, strict=True))
    year = re.fullmatch(r"(\d{4})/(\d{2})", cell["year"])
    if not year or (int(year[1]) + 1) % 100 != int(year[2]):
        raise ContractBroken(FILE, f"line {line}: '{cell['year']}' is not a year such as 2017/18.")
    if not re.fullmatch(r"E92000001|E12\d{6}", cell["area_code"]):
        raise ContractBroken(FILE, f"line {line}: '{cell['area_code']}' is neither England's code nor a region's.")
    if cell["group_type"] not in GROUP_TYPES:
        raise ContractBroken(FILE, f"line {line}: group_type '{cell['group_type']}' is none of {', '.join(GROUP_TYPES)}.")
    if cell["group_type"] == "all" and cell["group"] != "all":
        raise ContractBroken(FILE, f"line {line}: the group of 'all' must be 'all', not '{cell['group']}'.")
    if cell["group_type"] == "age" and cell["group"] not in AGE_BANDS:
        raise ContractBroken(FILE, f"line {line}: age '{cell['group']}' is none of {', '.join(AGE_BANDS)}.")
    if cell["source"] not in sources:
        raise ContractBroken(FILE, f"line {line}: source '{cell['source']}' is not described in life_limiting.toml.")
    children, population, per_10000, low, high = (
        _number(cell[name], name, line) for name in ("children", "population", "per_10000", "low", "high")
    )
    if per_10000 is None:
        if children is None or population is None:
            raise ContractBroken(FILE, f"line {line} needs per_10000, or children and population.")
        per_10000 = 10_000 * children / population
    elif children is not None and population is not None and abs(10_000 * children / population - per_10000) > 0.06:
        raise ContractBroken(FILE, f"line {line}: {children:,.0f} of {population:,.0f} is not {per_10000} per 10,000.")
    if low is not None and high is not None and not low <= per_10000 <= high:
        raise ContractBroken(FILE, f"line {line}: {per_10000} does not lie between {low} and {high}.")
    return Rate(cell["year"], cell["area_code"], cell["group_type"], cell["group"], children, population, per_10000, low, high, cell["source"])


def _number(text: str, name: str, line: int, file: str = FILE) -> float | None:
    if not text:
        return None
    try:
        number = float(text)
    except ValueError:
        number = -1.0
    if not 0 < number < 1e9:
        raise ContractBroken(file, f"line {line}: {name} '{text}' is not a number above nought.")
    return number
