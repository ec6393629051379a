"""Reading the two CSV files of life-limiting conditions that a person can fill in, and saying what is wrong with them.

Every refusal names the file and the line. What spreadsheets add is accepted: a
byte-order mark, empty rows, thousands separators in quotes.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sendlib.errors import ContractBroken

FILE = "life_limiting_rates.csv"
RESIDENTS_FILE = "life_limiting_residents.csv"
ENGLAND = "E92000001"
REGIONS = tuple(f"E1200000{number}" for number in range(1, 10))
AGE_BANDS = ("<1", "1-5", "6-10", "11-15", "16-19")
_YEARS_OF_AGE = {"<1": 1, "1-5": 5, "6-10": 5, "11-15": 5, "16-19": 4}
SHARED_BY = ("ethnicity", "deprivation")
"""What children can be shared out by in place of age."""
GROUP_TYPES = ("all", "age", "sex", "ethnicity", "deprivation", "diagnosis", "definition")
HEADER = ["year", "area_code", "group_type", "group", "children", "population", "per_10000", "low", "high", "source"]
RESIDENTS_HEADER = ["area_code", "group_type", "group", "residents", "source"]
FIRST_YEAR = 1990
"""No English study of this is older; an earlier year is a slip. None lies beyond next year either: what was measured is
past."""
HIGHEST = 1_000
"""Per 10,000: four times the highest published rate, that of children under 1. More is a slip of the decimal point."""
ENGLANDS_RESIDENTS = (10e6, 16e6)
"""England's residents aged 0 to 19, between which all years since 2001 and all projections lie: a count over a rate
must agree."""
ROUNDING = 0.06
"""How far a rate in print may lie from children over population: rates are published to one decimal."""
APART_WEIGHTED = 0.03
"""How far, as a part of the total, the mean of all parts may lie from it where each stands for its own residents:
studies and ONS differ by 1%, and rates are rounded."""
APART_UNWEIGHTED = 0.1
"""The same where residents are not given: regions then count alike (they differ in size by four times, in rate by far
less), and age bands by the years of age in them (a year with many births moves the mean by 2 to 3%). A rate that was
typed into another's line is farther off."""


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
    line: int = field(default=0, compare=False)
    """Where it stands in the file."""

    @property
    def begins(self) -> int:
        """The calendar year in which the year begins."""
        return int(self.year[:4])


def decoded(content: bytes, file: str) -> str:
    """The text of a file. Raises ContractBroken where it is not UTF-8."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise ContractBroken(file, f"line {line} is not UTF-8 text. Save it as 'CSV UTF-8'.") from error


def rates(text: str, sources: Mapping[str, Any], today: date) -> tuple[Rate, ...]:
    """The rates of the file, each checked by itself and with those it must agree with. Raises ContractBroken."""
    found: list[Rate] = []
    seen: set[tuple[str, str, str, str]] = set()
    spelt: dict[tuple[str, str], str] = {}
    for line, row in _rows(text, FILE, HEADER):
        rate = _rate(row, line, sources, today)
        key = (rate.year, rate.area_code, rate.group_type, rate.group.casefold())
        if key in seen:
            raise ContractBroken(
                FILE, f"line {line}: {rate.year} {rate.area_code} {rate.group_type} {rate.group} is there twice."
            )
        seen.add(key)
        same = spelt.setdefault((rate.group_type, rate.group.casefold()), rate.group)
        if same != rate.group:
            raise ContractBroken(FILE, f"line {line}: '{rate.group}' is spelt '{same}' before; write both alike.")
        found.append(rate)
    _check_together(found)
    return tuple(found)


def residents(
    text: str, groups: Mapping[str, Collection[str]] | None
) -> dict[str, dict[tuple[str, str], float | None]]:
    """Residents by group type, then (area code, group); an empty cell is None, which is unknown and not nought.

    `groups` has the groups of each type that rates are known for: residents of
    another can not be used, and a name that is spelt otherwise is one. None
    where the rates themselves can not be used. Raises ContractBroken.
    """
    found: dict[str, dict[tuple[str, str], float | None]] = {}
    for line, (code, group_type, group, number, source) in _rows(text, RESIDENTS_FILE, RESIDENTS_HEADER):
        if not re.fullmatch(r"\d{3}", code) or group_type not in SHARED_BY or not source:
            raise ContractBroken(
                RESIDENTS_FILE, f"line {line} needs a 3-digit code, ethnicity or deprivation, and a source."
            )
        if groups is not None and group not in groups.get(group_type, ()):
            raise ContractBroken(
                RESIDENTS_FILE, f"line {line}: {FILE} has no rate of {group_type} '{group}' in its last year."
            )
        if (code, group) in found.setdefault(group_type, {}):
            raise ContractBroken(RESIDENTS_FILE, f"line {line}: {group} of {code} is there twice.")
        found[group_type][code, group] = _number(number, "residents", line, RESIDENTS_FILE, nought=True)
    return found


def _rows(text: str, file: str, header: list[str]) -> Iterator[tuple[int, list[str]]]:
    """Line number and stripped cells of each row below the agreed header; rows without anything in them are passed
    over."""
    reader = csv.reader(io.StringIO(text.removeprefix("\ufeff")))
    try:
        if [cell.strip() for cell in next(reader, [])] != header:
            raise ContractBroken(file, f"the header must be {','.join(header)}.")
        for row in reader:
            cells = [cell.strip() for cell in row]
            if not any(cells):
                continue
            if len(cells) != len(header):
                raise ContractBroken(
                    file, f"line {reader.line_num} has {len(cells)} cells where the header has {len(header)}."
                )
            yield reader.line_num, cells
    except csv.Error as error:
        raise ContractBroken(file, f"line {reader.line_num}: {error}.") from error


def _rate(row: list[str], line: int, sources: Mapping[str, Any], today: date) -> Rate:
    cell = dict(zip(HEADER, row, strict=True))
    _check_labels(cell, line, sources, today)
    children, population, per_10000, low, high = (
        _number(cell[name], name, line) for name in ("children", "population", "per_10000", "low", "high")
    )
    if per_10000 is None:
        if children is None or population is None:
            raise ContractBroken(FILE, f"line {line} needs per_10000, or children and population.")
        per_10000 = 10_000 * children / population
    rate = Rate(
        cell["year"],
        cell["area_code"],
        cell["group_type"],
        cell["group"],
        children,
        population,
        per_10000,
        low,
        high,
        cell["source"],
        line,
    )
    _check_numbers(rate, line)
    return rate


def _check_labels(cell: Mapping[str, str], line: int, sources: Mapping[str, Any], today: date) -> None:
    year = re.fullmatch(r"(\d{4})/(\d{2})", cell["year"])
    if not year or (int(year[1]) + 1) % 100 != int(year[2]):
        raise ContractBroken(FILE, f"line {line}: '{cell['year']}' is not a year such as 2017/18.")
    if not FIRST_YEAR <= int(year[1]) <= today.year + 1:
        raise ContractBroken(
            FILE,
            f"line {line}: {cell['year']} can not have been measured;"
            f" years from {FIRST_YEAR} to {today.year + 1} are taken.",
        )
    if cell["area_code"] not in (ENGLAND, *REGIONS):
        raise ContractBroken(
            FILE,
            f"line {line}: '{cell['area_code']}' is neither England's code nor a region's"
            f" ({REGIONS[0]} to {REGIONS[-1]}).",
        )
    if cell["group_type"] not in GROUP_TYPES:
        raise ContractBroken(
            FILE, f"line {line}: group_type '{cell['group_type']}' is none of {', '.join(GROUP_TYPES)}."
        )
    if not cell["group"]:
        raise ContractBroken(FILE, f"line {line} needs a group.")
    if cell["group_type"] == "all" and cell["group"] != "all":
        raise ContractBroken(FILE, f"line {line}: the group of 'all' must be 'all', not '{cell['group']}'.")
    if cell["group_type"] == "age" and cell["group"] not in AGE_BANDS:
        raise ContractBroken(FILE, f"line {line}: age '{cell['group']}' is none of {', '.join(AGE_BANDS)}.")
    if cell["source"] not in sources:
        raise ContractBroken(FILE, f"line {line}: source '{cell['source']}' is not described in life_limiting.toml.")


def _check_numbers(rate: Rate, line: int) -> None:
    most = max(rate.per_10000, rate.high or 0.0)
    if most > HIGHEST:
        raise ContractBroken(
            FILE, f"line {line}: {most:,.1f} in every 10,000 can not be; the most that is taken is {HIGHEST:,}."
        )
    if (
        rate.children is not None
        and rate.population is not None
        and abs(10_000 * rate.children / rate.population - rate.per_10000) > ROUNDING
    ):
        raise ContractBroken(
            FILE, f"line {line}: {rate.children:,.0f} of {rate.population:,.0f} is not {rate.per_10000} per 10,000."
        )
    if rate.area_code == ENGLAND and rate.group_type == "all":
        implied = rate.population or (10_000 * rate.children / rate.per_10000 if rate.children else None)
        if implied is not None and not ENGLANDS_RESIDENTS[0] <= implied <= ENGLANDS_RESIDENTS[1]:
            raise ContractBroken(
                FILE,
                f"line {line}: that is {implied:,.0f} residents; England has {ENGLANDS_RESIDENTS[0] / 1e6:.0f} to"
                f" {ENGLANDS_RESIDENTS[1] / 1e6:.0f} million aged 0 to 19.",
            )
    if rate.low is not None and rate.low > rate.per_10000 or rate.high is not None and rate.high < rate.per_10000:
        raise ContractBroken(
            FILE,
            f"line {line}: {rate.per_10000:g} does not lie between low '{_as_typed(rate.low)}' and high"
            f" '{_as_typed(rate.high)}'.",
        )


def _check_together(found: list[Rate]) -> None:
    """All nine regions, or all age bands, of a year must have a mean near England's total of that year."""
    for total in (rate for rate in found if rate.area_code == ENGLAND and rate.group_type == "all"):
        same_year = [rate for rate in found if rate.year == total.year]
        regions = [rate for rate in same_year if rate.group_type == "all" and rate.area_code != ENGLAND]
        bands = [rate for rate in same_year if rate.group_type == "age" and rate.area_code == ENGLAND]
        if len(regions) == len(REGIONS):
            _check_mean(regions, [1.0] * len(regions), total, "the nine regions")
        if len(bands) == len(AGE_BANDS):
            _check_mean(bands, [float(_YEARS_OF_AGE[rate.group]) for rate in bands], total, "the age bands")


def _check_mean(parts: list[Rate], otherwise: list[float], total: Rate, called: str) -> None:
    """The mean of the parts, weighted by their residents where all are known, else by `otherwise`, against the
    total."""
    known = [rate.population or (10_000 * rate.children / rate.per_10000 if rate.children else 0.0) for rate in parts]
    weights, apart = (known, APART_WEIGHTED) if all(known) else (otherwise, APART_UNWEIGHTED)
    mean = sum(weight * rate.per_10000 for weight, rate in zip(weights, parts, strict=True)) / sum(weights)
    if abs(mean / total.per_10000 - 1) > apart:
        lines = ", ".join(str(rate.line) for rate in parts)
        raise ContractBroken(
            FILE,
            f"lines {lines}: {called} of {total.year} have a mean of {mean:.1f},"
            f" too far from the {total.per_10000:g} of all children in line {total.line}.",
        )


def _as_typed(limit: float | None) -> str:
    return "" if limit is None else f"{limit:g}"


def _number(text: str, name: str, line: int, file: str = FILE, *, nought: bool = False) -> float | None:
    """A number as it is typed, None for an empty cell. It must be above nought, or with `nought` not below it."""
    if not text:
        return None
    plain = text.replace(",", "") if re.fullmatch(r"\d{1,3}(,\d{3})+(\.\d+)?", text) else text
    try:
        number = float(plain)
    except ValueError:
        number = -1.0
    if not 0 <= number < 1e9 or (number == 0 and not nought):
        raise ContractBroken(
            file, f"line {line}: {name} '{text}' is not a number {'of nought or more' if nought else 'above nought'}."
        )
    return number
