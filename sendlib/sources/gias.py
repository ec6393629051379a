"""Get Information About Schools: DfE's register of schools, as the file of a day.

The file holds every establishment, open and closed, with names and telephone
numbers of the people who lead them. Only the columns of COLUMNS are let through
while the file arrives, and only open schools of the types SPECIAL and ALTERNATIVE or
with a SEN unit or resourced provision: nothing else of it is ever written to disk.

The publisher writes cp1252 and comma-separated cells; today's file may not be
there yet, so up to eight days back are asked for.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from sendlib.errors import ContractBroken, SourceUnavailable
from sendlib.provenance import spoken_date
from sendlib.sources.http import Downloaded, Http, Progress, Refused

if TYPE_CHECKING:
    import pandas as pd
    from pyproj import Transformer

DAYS_BACK = 8
LARGEST = 200_000_000
"""Bytes; the file of 2026 has about 60 million."""
FEWEST = 40_000
"""Establishments, closed ones included; the register of 2026 has about 65,000, and none is ever taken out."""

SPECIAL = {
    "7": "Community special school",
    "8": "Non-maintained special school",
    "10": "Other independent special school",
    "12": "Foundation special school",
    "32": "Special post 16 institution",
    "33": "Academy special sponsor led",
    "36": "Free schools special",
    "44": "Academy special converter",
}
"""Type codes of special schools. The group "Special schools" lacks academies and free schools, so it is not used."""
ALTERNATIVE = {
    "14": "Pupil referral unit",
    "38": "Free schools alternative provision",
    "42": "Academy alternative provision converter",
    "43": "Academy alternative provision sponsor led",
}
"""Type codes of alternative provision."""
OPEN = ("Open", "Open, but proposed to close")
STATUSES = (*OPEN, "Closed", "Proposed to open")
TYPE, STATUS = "TypeOfEstablishment (code)", "EstablishmentStatus (name)"
REQUIRED = ("URN", "LA (code)", "EstablishmentName", TYPE, STATUS, "Easting", "Northing")
"""Columns that every row needs; all of them must be there, in any order and any case."""
PROVISION = "TypeOfResourcedProvision (name)"
OPTIONAL = (
    "LA (name)",
    "OpenDate",
    "CloseDate",
    "StatutoryLowAge",
    "StatutoryHighAge",
    "SchoolCapacity",
    "NumberOfPupils",
    "CensusDate",
    "Section41Approved (name)",
    *(f"SEN{number} (name)" for number in range(1, 14)),
    PROVISION,
    "ResourcedProvisionOnRoll",
    "ResourcedProvisionCapacity",
    "SenUnitOnRoll",
    "SenUnitCapacity",
)
"""Columns with figures of their own: one that is missing keeps back its own figures and no others."""
COLUMNS = (*REQUIRED, *OPTIONAL)
"""The only columns that are kept."""


def has_provision(frame: pd.DataFrame) -> pd.Series:
    """Which rows of a register (columns in lower case) have a unit or resourced provision, whatever it is called."""
    import pandas as pd

    if PROVISION.lower() not in frame:
        return pd.Series(data=False, index=frame.index)
    return ~frame[PROVISION.lower()].str.casefold().isin(_NO_PROVISION)


_NO_PROVISION = ("", "not applicable")


@dataclass(frozen=True)
class Register:
    """The kept part of a day's register: where it lies, the day, and the publisher's file that it is taken from."""

    path: Path
    day: date
    file: str
    original: Downloaded
    rows: int
    establishments: int


class Gias:
    """A client of the register's daily files."""

    def __init__(self, http: Http, *, fewest: int = FEWEST) -> None:
        self._http = http
        self._fewest = fewest
        self._address = http.settings.address("SENDLIB_GIAS")

    def fetch(self, into: Path, today: date, progress: Progress = lambda done, expected: None) -> Register:
        """The newest register of the last days, as CSV in UTF-8: open special schools, alternative provision and
        schools with a unit.

        Raises SourceUnavailable when no day has a file, and ContractBroken for
        a file without a required column or with too few establishments.
        """
        for back in range(DAYS_BACK + 1):
            day = today - timedelta(days=back)
            name = f"edubasealldata{day:%Y%m%d}.csv"
            door = Door(name, self._fewest)
            try:
                found = self._http.download(
                    f"{self._address}/{name}", into, largest=LARGEST, progress=progress, keep=door
                )
            except Refused as refusal:
                if refusal.status != 404:
                    raise
                continue
            return Register(into, day, name, found, door.kept, door.seen)
        raise SourceUnavailable(
            f"{self._address} has no register of the {DAYS_BACK + 1} days to {spoken_date(today.isoformat())}."
            " Try again later."
        )


class Door:
    """Lets the agreed columns of wanted rows through, as bytes arrive.

    `seen` and `kept` count rows of the last pass.
    """

    def __init__(self, file: str, fewest: int) -> None:
        self._file = file
        self._fewest = fewest
        self.seen = 0
        self.kept = 0

    def __call__(self, arriving: Iterator[bytes]) -> Iterator[bytes]:
        """CSV in UTF-8 with those of COLUMNS that are there. Raises ContractBroken."""
        self.seen = self.kept = 0
        rows = csv.reader(_lines(arriving, self._file))
        header = [name.strip().casefold() for name in next(rows, [])]
        if header and header[0].lstrip().startswith(("<!doctype", "<html")):
            raise ContractBroken(self._file, "this is a web page, not the register.")
        columns = [*REQUIRED, *(name for name in OPTIONAL if header.count(name.casefold()) == 1)]
        places = [self._place(header, name) for name in columns]
        wanted = SPECIAL.keys() | ALTERNATIVE.keys()
        kind, status = (places[columns.index(name)] for name in (TYPE, STATUS))
        unit = places[columns.index(PROVISION)] if PROVISION in columns else None
        yield _row(columns)
        for row in rows:
            if not row:
                continue
            self.seen += 1
            if len(row) != len(header):
                raise ContractBroken(
                    self._file,
                    f"row {self.seen} has {len(row)} cells where the header has {len(header)};"
                    " the file may be cut short.",
                )
            if row[status].strip() not in STATUSES:
                raise ContractBroken(
                    self._file, f"'{row[status][:60]}' is not a status of an establishment that was agreed."
                )
            with_unit = unit is not None and row[unit].strip().casefold() not in _NO_PROVISION
            if (row[kind].strip() in wanted or with_unit) and row[status].strip() in OPEN:
                self.kept += 1
                yield _row([row[place].strip() for place in places])
        if self.seen < self._fewest:
            raise ContractBroken(self._file, f"only {self.seen:,} establishments; the file may be cut short.")

    def _place(self, header: list[str], name: str) -> int:
        found = [place for place, column in enumerate(header) if column == name.casefold()]
        if len(found) != 1:
            raise ContractBroken(self._file, f"exactly one column must be called '{name}'; found {len(found)}.")
        return found[0]


def day_of(text: str, file: str) -> str:
    """A date of the register (DD-MM-YYYY or DD/MM/YYYY) in ISO form; empty stays empty. Raises ContractBroken."""
    plain = text.strip().replace("/", "-")
    try:
        return datetime.strptime(plain, "%d-%m-%Y").date().isoformat() if plain else ""
    except ValueError as error:
        raise ContractBroken(file, f"'{text}' is not a date such as 31-08-2024.") from error


def degrees(easting: float, northing: float) -> tuple[float, float]:
    """Longitude and latitude (EPSG:4326) of a point of the British National Grid (EPSG:27700), good to a few metres."""
    longitude, latitude = _grid().transform(easting, northing)
    return float(longitude), float(latitude)


@lru_cache(maxsize=1)
def _grid() -> Transformer:
    from pyproj import Transformer

    return Transformer.from_crs(27700, 4326, always_xy=True)


def _lines(arriving: Iterator[bytes], file: str) -> Iterator[str]:
    """Lines with their ends, however the bytes were cut into pieces."""
    rest = b""
    for piece in arriving:
        *lines, rest = (rest + piece).split(b"\n")
        for line in lines:
            yield _text(line + b"\n", file)
    if rest:
        yield _text(rest, file)


def _text(line: bytes, file: str) -> str:
    # A line of cp1252 with a letter outside ASCII is not UTF-8 by accident, so a change of the publisher's does no
    # harm.
    try:
        return line.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    try:
        return line.decode("cp1252")
    except UnicodeDecodeError as error:
        raise ContractBroken(file, f"a line is neither cp1252 nor UTF-8 ({error.reason}).") from error


def _row(cells: tuple[str, ...] | list[str]) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerow(cells)
    return text.getvalue().encode()
