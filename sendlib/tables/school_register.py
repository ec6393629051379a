"""The register of schools of a day (Get Information About Schools) as rows of the table `schools`.

What every row needs (REQUIRED of sources/gias) refuses the file where it is not as agreed. Every other
column has figures of its own: where it is missing or says what was not agreed, they alone are kept back,
named in `lacks` and in a note.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from sendlib.areas import Areas
from sendlib.errors import ContractBroken
from sendlib.sources import gias
from sendlib.tables.needs import NEEDS
from sendlib.tables.reading import check_labels, read_csv
from sendlib.tables.symbols import NOT_AVAILABLE, parse

FEWEST_PLACED = 0.95
"""Share of the register's schools, special and mainstream each, that must have a point."""
POST_16_KIND, INDEPENDENT_KIND = "special_post_16", "independent_special"
SPECIAL_KINDS = {
    "7": "maintained_special",
    "12": "maintained_special",
    "33": "special_academy",
    "36": "special_academy",
    "44": "special_academy",
    "8": "non_maintained_special",
    "10": INDEPENDENT_KIND,
    "32": POST_16_KIND,
}
"""Type code of the register -> kind of special school."""
ALTERNATIVE_KINDS = {
    "14": "pupil_referral_unit",
    "38": "alternative_academy",
    "42": "alternative_academy",
    "43": "alternative_academy",
}
"""Type code of the register -> kind of alternative provision, which is no special school."""
MAINSTREAM_KIND = "mainstream_unit"
NOT_SPECIAL = (*dict.fromkeys(ALTERNATIVE_KINDS.values()), MAINSTREAM_KIND)
"""Kinds of schools that nothing that counts special schools may count."""
PROVISION = {
    "resourced provision": "resourced_provision",
    "sen unit": "sen_unit",
    "resourced provision and sen unit": "both",
    "not applicable": "",
    "": "",
}
"""How the register says what stands in a school, in lower case -> what the table calls it."""
NUMBERS = {
    "lowest_age": "StatutoryLowAge",
    "highest_age": "StatutoryHighAge",
    "unit_places": "SenUnitCapacity",
    "unit_pupils": "SenUnitOnRoll",
    "resourced_places": "ResourcedProvisionCapacity",
    "resourced_pupils": "ResourcedProvisionOnRoll",
}
"""Column of the table -> the register's."""
_NO_NEED = {"", "not applicable", "none", "nsa", "not recorded"}
_OUTSIDE_ENGLAND = r"000|66\d|67\d|68[01]|70\d"
"""Codes that the register gives to schools in Wales, on islands and overseas."""
_MOST_NAMED = 10


@dataclass
class _Reading:
    """Rows of a register with what could not be read of them."""

    frame: pd.DataFrame
    file: str
    lacks: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def missing(self, name: str, *columns: str) -> bool:
        """Whether one of the columns of a figure is not there; it is then named as lacking."""
        absent = [column for column in columns if column.lower() not in self.frame]
        if absent:
            self._keep_back(name, f"the register has no column {', '.join(absent)}")
        return bool(absent)

    def _keep_back(self, name: str, why: str) -> None:
        self.lacks.append(name)
        self.notes.append(f"{name.replace('_', ' ').capitalize()}: not available, because {why}.")

    def number(self, name: str, column: str, *, strictly: bool = False) -> pd.Series:
        """A number of each school. An odd cell refuses the file (`strictly`), or is missing alone and told of."""
        if self.missing(name, column):
            return pd.Series(np.nan, index=self.frame.index)
        cells = self.frame[column.lower()]
        if strictly:
            return parse(cells, {"": NOT_AVAILABLE}, self.file)[0]
        value = pd.to_numeric(cells.where(cells.ne("")), errors="coerce").astype(float)
        good = np.isfinite(value) & value.ge(0)
        odd = cells[cells.ne("") & ~good]
        if len(odd):
            self.notes.append(f"{column} is not a number for {len(odd)} schools ('{odd.iloc[0][:20]}').")
        return value.where(good)

    def provision(self) -> pd.Series:
        """`sen_unit`, `resourced_provision`, `both` or nothing."""
        column = "TypeOfResourcedProvision (name)"
        if self.missing("provision", column):
            return pd.Series("", index=self.frame.index)
        labels = self.frame[column.lower()].str.casefold()
        new = sorted(set(labels) - set(PROVISION))
        if new:
            self._keep_back("provision", f"{column} holds '{new[0][:60]}', which was not agreed")
            return pd.Series("", index=self.frame.index)
        return labels.map(PROVISION)

    def needs(self) -> pd.Series:
        """Codes of the needs that a school is approved for, in the order of NEEDS, `;` between."""
        columns = [f"SEN{number} (name)" for number in range(1, 14)]
        if self.missing("needs", *columns):
            return pd.Series("", index=self.frame.index)
        cells = self.frame[[column.lower() for column in columns]]
        codes = cells.apply(lambda column: column.str.split(" - ").str[0].str.strip().str.casefold())
        odd = sorted(set(codes.to_numpy().ravel()) - set(NEEDS) - _NO_NEED)
        if odd:
            touched = int(codes.isin(odd).any(axis=1).sum())
            self.notes.append(
                f"Needs called {', '.join(odd[:5])} are none of the twelve and are left out ({touched} schools)."
            )
        return codes.apply(lambda row: ";".join(need for need in NEEDS if need in set(row)), axis=1)

    def section_41(self) -> pd.Series:
        """Whether a school is approved under section 41."""
        column = "Section41Approved (name)"
        if self.missing("section_41", column):
            return pd.Series(data=False, index=self.frame.index)
        approved = self.frame[column.lower()].str.casefold()
        check_labels(approved, ["approved", "not approved", "not applicable", ""], self.file, column)
        return approved.eq("approved")


def read(content: bytes, file: str, areas: Areas) -> tuple[pd.DataFrame, list[str]]:
    """The table from a file of `Gias.fetch`, and notes on what is kept back and on schools without a point.

    `file` is the publisher's name of it, with its day (edubasealldata20260615.csv).
    Raises ContractBroken, among others for an authority that we do not know.
    """
    day = re.search(r"(20\d{2})([01]\d)[0-3]\d\.csv$", file)
    if not day:
        raise ContractBroken(file, "its name does not end with a day, as in edubasealldata20260615.csv.")
    reading = _Reading(_rows(read_csv(content, file, gias.REQUIRED), file, areas), file)
    frame = reading.frame
    for column in ("opendate", "closedate", "censusdate"):
        for text in frame[column].unique() if column in frame else ():
            gias.day_of(text, file)
    urn = reading.number("urn", "URN", strictly=True)
    if urn.isna().any() or urn.duplicated().any():
        raise ContractBroken(file, "every school must have a URN of its own.")
    type_code = frame[gias.TYPE.lower()]
    kind = type_code.map(SPECIAL_KINDS | ALTERNATIVE_KINDS).fillna(MAINSTREAM_KIND)
    points, lost = _points(reading, kind)
    table = pd.DataFrame(
        {
            "school_id": urn.astype(int),
            "name": frame["establishmentname"],
            "kind": kind,
            "longitude": points["longitude"],
            "latitude": points["latitude"],
            "capacity": reading.number("capacity", "SchoolCapacity", strictly=True),
            "pupils": reading.number("pupils", "NumberOfPupils", strictly=True),
            "in_school_file": False,
            "area_code": frame["la (code)"],
            "section_41": reading.section_41(),
            "vintage": f"{day[1]}-{day[2]}",
            "needs": reading.needs(),
            "provision": reading.provision(),
            **{name: reading.number(name, column) for name, column in NUMBERS.items()},
            "post_16": kind.eq(POST_16_KIND),
        }
    )
    # A mainstream school of which it can not be told what stands in it says nothing.
    table = table[~lost & (kind.ne(MAINSTREAM_KIND) | table["provision"].ne(""))]
    table = table.assign(lacks=";".join(reading.lacks))
    return table.sort_values("school_id", ignore_index=True), reading.notes


def _rows(frame: pd.DataFrame, file: str, areas: Areas) -> pd.DataFrame:
    """Open special schools and alternative provision of England, and open mainstream schools that the register gives a
    unit or provision."""
    kind, status = frame[gias.TYPE.lower()], frame[gias.STATUS.lower()]
    wanted = kind.isin(SPECIAL_KINDS | ALTERNATIVE_KINDS) | gias.has_provision(frame)
    frame = frame[wanted & status.isin(gias.OPEN)]
    frame = frame[~frame["la (code)"].str.fullmatch(_OUTSIDE_ENGLAND)].reset_index(drop=True)
    absent = sorted(set(gias.SPECIAL) - set(frame[gias.TYPE.lower()]), key=int)
    if absent:
        raise ContractBroken(file, f"no open school is a '{gias.SPECIAL[absent[0]]}'; the file may be cut short.")
    unknown = frame[~frame["la (code)"].isin(list(areas.authorities))].drop_duplicates("la (code)")
    if len(unknown):
        code, name = unknown["la (code)"].iloc[0], ""
        if "la (name)" in unknown:
            name = f" The register calls it {listed_names(unknown['la (name)'].tolist())}."
        raise ContractBroken(
            file,
            f"'{code}' is not an authority of today that we know.{name} Where authorities have changed, a newer version"
            " of SEND Explorer knows them; until then the schools held stay.",
        )
    return frame


def listed_names(names: list[str]) -> str:
    """A few names, and how many more there are."""
    more = f" and {len(names) - _MOST_NAMED} more" if len(names) > _MOST_NAMED else ""
    return ", ".join(names[:_MOST_NAMED]) + more


def _points(reading: _Reading, kind: pd.Series) -> tuple[pd.DataFrame, pd.Series]:
    """Longitude and latitude of each school, and which have none; those are told of. Raises ContractBroken."""
    east, north = (reading.number(name, name.capitalize(), strictly=True) for name in ("easting", "northing"))
    # The register writes a point that it does not know as nothing or as 0.
    placed = east.gt(0) & north.gt(0)
    special = ~kind.isin(NOT_SPECIAL)
    for group in (special, ~special):
        if group.any() and placed[group].mean() < FEWEST_PLACED:
            raise ContractBroken(reading.file, f"only {placed[group].sum()} of {group.sum()} schools have a point.")
    points = [gias.degrees(x, y) for x, y in zip(east[placed], north[placed], strict=True)]
    frame = pd.DataFrame(points, index=east.index[placed], columns=["longitude", "latitude"]).reindex(east.index)
    lost = reading.frame[~placed & special]
    reading.notes.extend(
        f"{name} (area {code}) has no point in the register."
        for name, code in zip(lost["establishmentname"], lost["la (code)"], strict=True)
    )
    mainstream = kind.eq(MAINSTREAM_KIND)
    for group, words in (
        (mainstream, "mainstream schools with a unit"),
        (~special & ~mainstream, "places of alternative provision"),
    ):
        if without := int((~placed & group).sum()):
            reading.notes.append(f"{without} {words} have no point in the register.")
    return frame, ~placed
