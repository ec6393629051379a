"""What is known of life-limiting conditions: published rates and facts, checked when they are read.

`life_limiting_rates.csv` is made to be filled in by a person who has the full
report. Its columns: `year` (2017/18), `area_code` (E92000001 or a region's),
`group_type` and `group` (`all`/`all`; `age` with the bands of AGE_BANDS;
`sex`, `ethnicity`, `deprivation`, `diagnosis`, `definition`), `children`,
`population`, `per_10000`, `low` and `high` (95% interval), `source` (a key of
[sources] in life_limiting.toml). Empty cells are unknown. With FEWEST_YEARS
yearly totals of England that follow each other the Looking ahead page fits a
trend to them: a rate is enough, since the residents of ONS stand in where
neither children nor population is given. With all age bands of the last year
it shares children out by them, and rates of regions scale their authorities.
Rates of all nine regions, or of all age bands, must agree with the total of their year.

`life_limiting_residents.csv` (`area_code` of an authority, `group_type`
ethnicity or deprivation, `group`, `residents` aged 0 to 19, `source`) says who
lives where. An authority that has a number for every group is given its
children by those groups instead of by age. A number may be 0; an empty cell is
unknown, and leaves its authority to age (questions/looking_ahead/filled_in.py).

A file that can not be used takes nothing down: the published facts that came
with the app (`life_limiting_published.csv`, which nobody needs to touch) stand
in for it, and `Evidence.problems` says what is wrong. An edit shows the next
time that a page is opened.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import Any

import pandas as pd

from sendlib.catalogue import load
from sendlib.errors import ContractBroken
from sendlib.tables import life_limiting_reading as reading
from sendlib.tables.life_limiting_reading import AGE_BANDS, ENGLAND, FILE, RESIDENTS_FILE, Rate

PUBLISHED_FILE = "life_limiting_published.csv"
ELSEWHERE_FILE = "life_limiting_elsewhere.csv"
DEATHS = "Deaths"
"""The topic of that file which is for analysts alone."""
FEWEST_YEARS = 8
"""A trend is fitted to no fewer yearly totals."""
_NO_RESIDENTS = ",".join(reading.RESIDENTS_HEADER)


@dataclass(frozen=True, eq=False)
class Evidence:
    """All rates, the facts of life_limiting.toml, and residents by group: group type -> (area code, group) -> number,
    or None where unknown.

    `problems` says which file, or what of it, could not be used, and why.
    """

    rates: tuple[Rate, ...]
    facts: Mapping[str, Any]
    residents: Mapping[str, Mapping[tuple[str, str], float | None]]
    problems: tuple[str, ...] = ()

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
        """The totals that follow each other year by year up to the last."""
        run: list[Rate] = []
        for rate in reversed(self.totals):
            if run and rate.begins != run[-1].begins - 1:
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

    def variant(self, name: str) -> Mapping[str, Any]:
        """A published variant for the target year."""
        found: Mapping[str, Any] = next(variant for variant in self.facts["variants"] if variant["name"] == name)
        return found

    def not_published(self) -> list[str]:
        """What the file does not hold, in words."""
        missing = self._years_missing()
        if not set(AGE_BANDS) <= set(self.of("age")):
            missing.append("age bands other than under 1" if set(self.of("age")) == {"<1"} else "some age bands")
        if not self.of_regions():
            missing.append("regions")
        if not self.of("deprivation"):
            missing.append("deprivation")
        return missing

    def _years_missing(self) -> list[str]:
        held = {rate.begins for rate in self.totals}
        missing = [year for year in range(self.first.begins, self.last.begins) if year not in held]
        if not missing:
            return []
        if len(held) == 2:
            return [f"the years between {self.first.year} and {self.last.year}"]
        return [f"{len(missing)} of the years between {self.first.year} and {self.last.year}"]


@lru_cache(maxsize=1)
def elsewhere() -> pd.DataFrame:
    """What is published beside England's rates of today (ELSEWHERE_FILE): other nations, other studies, deaths. Columns
    `topic`, `place`, `period`, `ages`, `what`, `value`, `unit`, `source` (a key of [sources]), `remark`. Read-only."""
    return pd.read_csv(_file(ELSEWHERE_FILE), keep_default_na=False).astype({"value": float})


def shipped() -> Evidence:
    """The evidence that comes with the app, as its files are now; with the published facts alone where a file that
    somebody filled in can not be used."""
    return _of_files(edition())


def edition() -> str:
    """What changes when a file that a person can fill in is edited, taken away or put back."""
    return " ".join(_stamp(_file(name)) for name in (FILE, RESIDENTS_FILE))


@lru_cache(maxsize=4)
def _of_files(_edition: str) -> Evidence:
    """The evidence in the files, read once for each edition of them."""
    return usable(_content(FILE), _content(RESIDENTS_FILE), _file(PUBLISHED_FILE).read_bytes())


def _file(name: str) -> Path:
    return Path(str(resources.files("sendlib.catalogue").joinpath(name)))


def _stamp(path: Path) -> str:
    try:
        found = path.stat()
    except OSError:
        return "none"
    return f"{found.st_mtime_ns}-{found.st_size}"


def _content(name: str) -> bytes | None:
    """What a file holds, or None where it is missing or can not be opened."""
    try:
        return _file(name).read_bytes()
    except OSError:
        return None


def usable(rates: bytes | None, residents: bytes | None, published: bytes) -> Evidence:
    """Evidence from the contents of the files (None: a file that could not be opened); what is wrong with the first two
    is in `problems`."""
    problems: list[str] = []
    known = read(reading.decoded(published, PUBLISHED_FILE))
    try:
        known = read(_text(rates, FILE))
    except ContractBroken as error:
        problems.append(f"{error.file}: {error.problem} The rates that came with the app stand in for it.")
    try:
        found = reading.residents(_text(residents, RESIDENTS_FILE), None if problems else _groups(known))
    except ContractBroken as error:
        problems.append(f"{error.file}: {error.problem} Children are shared out by age.")
        found = {}
    return replace(known, residents=found, problems=tuple(problems))


def _text(content: bytes | None, file: str) -> str:
    if content is None:
        raise ContractBroken(file, "it is missing or can not be opened.")
    return reading.decoded(content, file)


def _groups(evidence: Evidence) -> dict[str, list[str]]:
    """The groups that children can be shared out by, as far as their rates are known."""
    return {group_type: list(evidence.of(group_type)) for group_type in reading.SHARED_BY}


def read(rates_text: str, residents_text: str = _NO_RESIDENTS, today: date | None = None) -> Evidence:
    """Evidence from the text of the two CSV files. Raises ContractBroken, which names the line at fault."""
    facts = load("life_limiting")
    evidence = Evidence(reading.rates(rates_text, facts["sources"], today or date.today()), facts, {})
    if len(evidence.totals) < 2:
        raise ContractBroken(FILE, "at least two yearly totals of England are needed.")
    target = int(facts["target"]["year"][:4])
    if evidence.last.begins >= target:
        raise ContractBroken(
            FILE,
            f"the scenarios end in {facts['target']['year']}; a total of {evidence.last.year} leaves nothing ahead.",
        )
    under_1 = evidence.of("age").get("<1")
    if not under_1 or not evidence.total_of(under_1.year):
        raise ContractBroken(
            FILE, "the rate of children under 1 and the total of the same year are needed to share children out by age."
        )
    return replace(evidence, residents=reading.residents(residents_text, _groups(evidence)))
