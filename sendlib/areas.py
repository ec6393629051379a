"""What an area is, authorities by any name or code, and what became of the old ones.

`Area` is the one type for all kinds of area that can be asked about; `Areas` knows the authorities, regions and
England, as readers of files need them. Health areas are in nhs.py; groups, and a finder that forgives a slip, in
directory.py.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass
from typing import Literal

import pandas as pd

from sendlib.errors import UnknownArea
from sendlib.provenance import spoken_date

ENGLAND = "E92000001"

# Words that people leave out or add when they write an authority's name.
_FILLERS = {"the", "city", "county", "council", "borough", "royal", "metropolitan", "district", "unitary", "authority"}

_WITH_ARTICLE = ("Isles of Scilly", "City of London", "Isle of Wight")
_ISLANDS = ("Isles of Scilly",)


Kind = Literal["authority", "region", "england", "board", "location", "group"]
"""Kinds of area: `board` is an integrated care board (ICB) of the NHS, `location` a sub-ICB location, `group` any
authorities that a reader picked."""
_NOUNS: dict[Kind, str] = {
    "authority": "authority",
    "region": "region",
    "england": "country",
    "board": "integrated care board",
    "location": "sub-ICB location",
    "group": "group",
}


@dataclass(frozen=True)
class Area:
    """What somebody is responsible for: a local authority of today, a region, England, a health area or a group.

    `code` is DfE's 3-digit code of an authority, the ONS code of a region or England, the NHS's code of a health area,
    and of a group the codes of its members (directory.py); `ons_code` the 9-character one. `valid_from`
    is the ISO date on which an authority came into being. `members`: of an area that is more than one authority, the
    codes of those that it is made of, in the order of their names; empty for an authority itself. `current` is false of
    a board of the NHS that is no more. `spoken` is the name within a sentence, where that is put together of others.
    """

    code: str
    name: str
    ons_code: str
    region_code: str
    region_name: str
    authority_type: str
    valid_from: str
    kind: Kind = "authority"
    members: tuple[str, ...] = ()
    current: bool = True
    spoken: str = ""

    @property
    def short_name(self) -> str:
        """The name as one says it: `Bristol` for `Bristol, City of`."""
        return re.sub(r", (City|County) of$", "", self.name)

    @property
    def in_text(self) -> str:
        """The name within a sentence: `the Isles of Scilly`, `Bristol`, `the South West`."""
        if self.kind == "region":
            return the_region(self.name)
        if self.spoken:
            return self.spoken
        return f"the {self.short_name}" if self.short_name in _WITH_ARTICLE else self.short_name

    def verb(self, of_one: str, of_several: str) -> str:
        """The verb after its name: that of several after `the Isles of Scilly` and a group's names in a row."""
        in_a_row = self.kind == "group" and len(self.parts) > 1 and " and " in self.name
        islands = self.kind in ("authority", "group") and self.short_name in _ISLANDS
        return of_several if in_a_row or islands else of_one

    @property
    def parts(self) -> tuple[str, ...]:
        """Codes of the authorities that it is made of: its own where it is one."""
        return self.members or (self.code,) if self.kind == "authority" else self.members

    @property
    def noun(self) -> str:
        """What it is, in a word: `authority`, `region`, `group`."""
        return _NOUNS[self.kind]

    @property
    def is_authority(self) -> bool:
        """Whether it is one local authority, with duties of its own."""
        return self.kind == "authority"


def the_region(region: str) -> str:
    """A region as one says it: `the North East`, `London`."""
    return region if region in ("London", "Yorkshire and The Humber") else f"the {region}"


@dataclass(frozen=True)
class Found:
    """What a name or code stands for: one authority, or the parts of one that was split."""

    areas: tuple[Area, ...]
    note: str = ""


class Areas:
    """Every area that the tables know, with lookup by name and code, old and new.

    Built from the `areas` and `area_changes` tables, and `districts` where places are looked for.
    """

    def __init__(self, table: pd.DataFrame, changes: pd.DataFrame, districts: pd.DataFrame | None = None) -> None:
        """`districts`: the table of that name, where a district's name shall lead to its county."""
        self.table = table
        self.changes = changes
        today = table[table["level"].eq("authority")].sort_values("name")
        fields = ["area_code", "name", "ons_code", "region_code", "region_name", "authority_type", "valid_from"]
        self.authorities: dict[str, Area] = {
            record[0]: Area(*record) for record in today[fields].itertuples(index=False, name=None)
        }
        wider = table[table["level"].isin(["region", "england"])]
        self.wider: dict[str, Area] = {
            code: Area(
                code,
                name,
                code,
                "" if code == ENGLAND else code,
                "" if code == ENGLAND else name,
                level.capitalize(),
                "",
                "england" if code == ENGLAND else "region",
                tuple(area.code for area in self.authorities.values() if code in (ENGLAND, area.region_code)),
            )
            for code, name, level in zip(wider["area_code"], wider["name"], wider["level"], strict=True)
        }
        self.groups: dict[str, Area] = {}
        """Health areas and groups that a reader asks about, by code (with_groups)."""
        self.names: dict[str, str] = dict(zip(table["area_code"], table["name"], strict=True))
        self._predecessors: dict[str, list[tuple[str, str, str]]] = {}
        for change in changes[changes["kind"].ne("recode")].itertuples():
            for code in str(change.new_area_codes).split(";"):
                if change.old_area_code in self.authorities:
                    continue  # Cornwall kept its code when the Isles of Scilly were parted from it
                before = (str(change.old_area_code), str(change.old_name), str(change.kind))
                self._predecessors.setdefault(code, []).append(before)
        self._index: dict[str, Found] = {}
        if districts is not None:
            self._add_districts(districts)
        self._add_old(changes)
        self._add_today(today)

    def _add_districts(self, districts: pd.DataFrame) -> None:
        """Districts by name and code. A name that an authority has, or had, means the authority (added after this)."""
        for code, name, area_code in zip(
            districts["district_code"].astype(str),
            districts["name"].astype(str),
            districts["area_code"].astype(str),
            strict=True,
        ):
            authority = self.authorities.get(area_code)
            if authority is None or code == authority.ons_code or not code.startswith("E07"):
                continue
            note = f"{name} is a district of {authority.in_text}, whose council has the duties for children with SEND."
            found = Found((authority,), note)
            for spelling in (name, code):
                self._index.setdefault(plain(spelling), found)

    def _add_old(self, changes: pd.DataFrame) -> None:
        for change in changes.sort_values("effective").to_dict("records"):
            successors = tuple(
                self.authorities[code] for code in change["new_area_codes"].split(";") if code in self.authorities
            )
            names = " and ".join(area.name for area in successors)
            day = spoken_date(str(change["effective"])[:10])
            what = {"split": "was divided", "merge": "was merged", "recode": "has a new code"}[change["kind"]]
            note = f"{change['old_name']} {what} on {day}: it is now {names}."
            if change["kind"] == "recode":
                note = f"{change['old_name']} has had a new code, {change['new_codes']}, since {day}."
            found = Found(successors, note)
            self._index[plain(change["old_code"])] = found
            if change["kind"] != "recode":
                # A code or name that is still in use means today's authority (added after this).
                self._index[plain(change["old_area_code"])] = found
                self._index[plain(change["old_name"])] = found

    def _add_today(self, today: pd.DataFrame) -> None:
        spelt = zip(today["area_code"], today["name"], today["other_names"], today["ons_code"], strict=True)
        for code, name, others, ons_code in spelt:
            found = Found((self.authorities[code],))
            for spelling in [code, ons_code, name, self.authorities[code].short_name, *filter(None, others.split(";"))]:
                self._index[plain(spelling)] = found

    def find(self, text: str) -> Found:
        """The authority or authorities that a name or code stands for.

        Any case; 3-digit and 9-character codes, today's and abolished ones; a
        district of a county (`Exeter`), with a note; a word that only one name
        contains (`Hull`). Raises UnknownArea with the nearest names.
        """
        wanted = plain(text)
        known = self.known(text)
        if known:
            return known
        holding = [area for area in self.authorities.values() if f" {wanted} " in f" {plain(area.name)} "]
        if len(holding) == 1 and not wanted.isdigit() and not self._is_wider(text):
            return Found((holding[0],))
        raise UnknownArea(text, self.nearest(text))

    def known(self, text: str) -> Found | None:
        """What a whole name or a code stands for, of today, of the past or of a district; None where it is none."""
        # "London" is a region, not the City of London.
        return None if self._is_wider(text) else self._index.get(plain(text))

    def old_names(self) -> list[str]:
        """Names of the authorities that are gone."""
        return sorted({name for before in self._predecessors.values() for _, name, _ in before})

    def nearest(self, text: str) -> list[str]:
        """Names of the authorities that hold a text, or else of those most like it."""
        wanted = plain(text)
        holding = sorted(area.name for area in self.authorities.values() if f" {wanted} " in f" {plain(area.name)} ")
        if holding or not wanted:
            # All of them: one who types "North" is looking for one of seven, and five would leave it out.
            return holding if wanted else []
        by_plain = {plain(area.name): area.name for area in self.authorities.values()}
        close = difflib.get_close_matches(wanted, by_plain, n=5, cutoff=0.6)
        close = close or [name for name in by_plain if name.startswith(wanted[:4])][:5]
        return [by_plain[name] for name in close]

    def _is_wider(self, text: str) -> bool:
        return text.strip().casefold() in {area.name.casefold() for area in self.wider.values()}

    def get(self, code: str) -> Area:
        """The authority with this 3-digit code of today, the region or England with its 9-character one, or a group.

        Raises UnknownArea.
        """
        for known in (self.authorities, self.wider, self.groups):
            if code in known:
                return known[code]
        raise UnknownArea(code, [])

    def with_groups(self, groups: Sequence[Area]) -> Areas:
        """The same with further areas, which `get` and `names` then know."""
        found = copy(self)
        found.groups = {**self.groups, **{group.code: group for group in groups}}
        found.names = {**self.names, **{group.code: group.name for group in groups}}
        return found

    def in_region(self, region_code: str) -> list[str]:
        """Codes of the authorities of a region, in the order of their names."""
        return [area.code for area in self.authorities.values() if area.region_code == region_code]

    def of_type(self, authority_type: str) -> list[str]:
        """Codes of the authorities of a type (London borough, county, ...), in the order of their names."""
        return [area.code for area in self.authorities.values() if area.authority_type == authority_type]

    def predecessors(self, code: str) -> list[tuple[str, str, str]]:
        """What stood here before under a code that is gone: (old 3-digit code, old name, kind of change).

        Of several authorities together only what reached beyond them: the rest is part of their own history.
        """
        members = self.groups[code].members if code in self.groups else (code,)
        found = [one for member in members for one in self._predecessors.get(member, [])]
        if len(members) < 2:
            return found
        return [one for one in dict.fromkeys(found) if not self.became(one[0]) <= set(members)]

    def became(self, old_code: str) -> set[str]:
        """Codes of the authorities that an old one became part of."""
        return {code for code, before in self._predecessors.items() if any(one[0] == old_code for one in before)}


def plain(text: str) -> str:
    """A name or code without case, punctuation and words such as `council`, for comparison."""
    words = re.sub(r"[^a-z0-9 ]+", " ", text.casefold().replace("&", " and ").replace("saint ", "st ")).split()
    kept = [word for word in words if word not in _FILLERS]
    # "City of London" and "Bristol, City of": the small words left at either end say nothing.
    while kept and kept[-1] in ("of", "and"):
        kept.pop()
    while kept and kept[0] in ("of", "and"):
        kept.pop(0)
    return " ".join(kept)
