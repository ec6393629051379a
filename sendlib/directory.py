"""Every area that can be asked about, found by whatever a person calls it.

Authorities, regions and England; the NHS's boards and sub-ICB locations, as the authorities whose children mostly live
in them; and groups of authorities that a reader picks and names. `Areas` is strict, because readers of files use it;
this forgives a slip, and says how it read it.

A group is written as the codes of its members with commas between, after its name and a colon where it has one:
`878,879,880` or `Peninsula:878,879,880`; one alone ends with a comma. That is its code everywhere: in an address, in a
table, in a file.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pandas as pd

from sendlib.areas import Area, Areas, Kind, plain
from sendlib.errors import UnknownArea

MOSTLY = 50.0
"""Per cent of an authority's children above which they mostly live in a health area."""
MOST_IN_A_NAME = 3
"""Members that a group without a name of its own is called by; of more the first and how many more."""
LONGEST_NAME = 60
_KINDS: dict[str, Kind] = {"icb": "board", "icb_2026": "board", "sub_icb": "location"}
_AS_PEOPLE_SAY = {
    "B&NES": "800",
    "BANES": "800",
    "BCP": "839",
    "CWAC": "896",
    "H&F": "205",
    "LBHF": "205",
    "NELC": "812",
    "NE Lincs": "812",
    "North East Lincs": "812",
    "N Lincs": "813",
    "North Lincs": "813",
    "RBKC": "207",
    "RBWM": "868",
    "Stoke": "861",
    "Brighton": "846",
    "Hull": "810",
    "Newcastle": "391",
}
"""Short forms that councils and the people in them use, and that stand in no list of names."""
_OFFICIAL = re.compile(
    r"^(the )?((london|royal|metropolitan|district) )*borough (council )?of "
    r"|^(the )?(city|county|district) (council )?of "
)
NO_MORE = " (until March 2026)"
"""What is added to the name of a board that is gone."""
_CODES = re.compile(r"([^:,]*:)?\d{3}(,\d{3})*,?(?<!^\d{3})")
"""The code of a group: `878,879`, `Peninsula:878,879`, `879,`; not that of an authority."""
CLOSE_ENOUGH = 0.85
"""Likeness (difflib's ratio) from which a name with a slip is taken for the one that it is nearest to."""


@dataclass(frozen=True)
class Located:
    """What a text stands for: an area, and what a person should know of how it was read.

    `district`: the code of the district that was asked for, where it lies in a county.
    """

    area: Area
    note: str = ""
    district: str = ""


class Directory:
    """Every area by code and by name. Built of the tables `health_areas` and `districts`."""

    def __init__(
        self,
        areas: Areas,
        health_areas: pd.DataFrame | None = None,
        districts: pd.DataFrame | None = None,
    ) -> None:
        self.areas = areas
        self._districts = _district_codes(areas, districts)
        self.health: dict[str, Area] = _health(areas, health_areas)
        self._fixed: dict[str, Area] = {**areas.authorities, **areas.wider, **self.health}
        self._written: dict[str, Area] = {}
        self._index: dict[str, Area] = {}
        # "London" is the region; "City of London", which would be compared as the same, is found as it is written.
        for area in (*self.health.values(), *areas.authorities.values(), *areas.wider.values()):
            for spelling in _spellings(area):
                self._written[spelling.casefold()] = area
                self._index[_said(spelling)] = area
        self._bare = {_said(area.name.removeprefix("NHS ")): area for area in self.health.values()}
        self._index |= {
            _said(short): areas.authorities[code] for short, code in _AS_PEOPLE_SAY.items() if code in areas.authorities
        }

    def of_kind(self, *kinds: Kind) -> list[Area]:
        """The areas of some kinds that have a code of their own, by name."""
        return sorted((area for area in self._fixed.values() if area.kind in kinds), key=lambda area: area.name)

    def get(self, code: str) -> Area:
        """The area of a code; a group by the codes of its members. Raises UnknownArea."""
        found = self._fixed.get(code)
        if found is None:
            found = self._group(code) if "," in code or ":" in code else None
        if found is None:
            raise UnknownArea(code, [])
        return found

    def _name_of_group(self, name: str) -> str:
        """A name as a group may have it: without the signs that its code is written with, and never that of another
        area, from which it could not be told apart."""
        called = " ".join(name.replace(":", " ").replace(",", " ").split())[:LONGEST_NAME]
        return f"{called} (group)" if called and self._is_taken(called) else called

    def _is_taken(self, name: str) -> bool:
        return name.casefold() in self._written or _said(name) in self._index

    def said_of_name(self, name: str) -> str:
        """What to tell somebody who gave a group the name of another area; nothing of any other name."""
        if not name.strip() or not self._is_taken(name.strip()):
            return ""
        return f"'{name.strip()}' is the name of another area, so this group is called '{self._name_of_group(name)}'."

    def group(self, members: Iterable[str], name: str = "") -> Area:
        """A group of authorities (codes), in the order of their names, each once. Raises UnknownArea."""
        codes = sorted(dict.fromkeys(members), key=lambda code: self.areas.get(code).name)
        called = self._name_of_group(name)
        within = [self.areas.get(code) for code in codes]
        written = ",".join(codes) + ("," if len(codes) == 1 else "")
        code = f"{called}:{written}" if called else written
        regions = {one.region_code for one in within}
        region = self.areas.wider.get(next(iter(regions))) if len(regions) == 1 else None
        return Area(
            code,
            called or _named_after([one.short_name for one in within]),
            "",
            region.code if region else "",
            region.name if region else "",
            "Group",
            within[0].valid_from if len(codes) == 1 else "",
            "group",
            tuple(codes),
            spoken="" if called else _named_after([one.in_text for one in within]),
        )

    def _group(self, text: str) -> Area | None:
        """A group by its code, or by names with commas between; None where that is none. Raises UnknownArea for a
        part that nobody knows, when others are known."""
        name, _, listed = text.rpartition(":")
        parts = [part.strip() for part in re.split(r"[,;+]", listed) if part.strip()]
        if not parts:
            return None
        members: list[str] = []
        for part in parts:
            members += self.find(part).area.parts
        return self.group(members, name) if members else None

    def find(self, text: str) -> Located:
        """The area that a text stands for.

        A name or code of any kind, of today or of the past, in any case; a district (`Burnley`), with a word on whose
        it is; several with commas between, which are a group; a name with a slip. Raises UnknownArea, with the nearest
        names.
        """
        wanted = _said(text)
        if _CODES.fullmatch(text.strip()):
            return Located(self.get(text.strip()), self.said_of_name(text.rpartition(":")[0]))
        exact = self._written.get(" ".join(text.casefold().split())) or self._index.get(wanted)
        if exact and wanted:
            return Located(exact)
        try:
            return self._of_the_past(text)
        except UnknownArea as error:
            unknown = error
        if wanted in self._bare:
            return Located(self._bare[wanted])
        if re.search(r"[,;+:]", text):
            group = self._group(text)
            if group:
                return Located(group, self.said_of_name(text.rpartition(":")[0]))
        return self._nearly(text, wanted, unknown)

    def _of_the_past(self, text: str) -> Located:
        """Old and district names, and parts of a name; an authority that was divided is the group of its parts."""
        found = self.areas.find(text)
        district = self._districts.get(_said(text), "")
        if len(found.areas) == 1:
            return Located(found.areas[0], found.note, district)
        name = found.note.split(" was divided")[0]
        together = self.group([area.code for area in found.areas], name)
        return Located(together, f"{found.note} They are shown together.")

    def _nearly(self, text: str, wanted: str, unknown: UnknownArea) -> Located:
        """What a text with a slip means, where one name alone is near enough. A code with a slip is another code."""
        words = f" {wanted} "
        holding = {
            area.code: area for name, area in self._index.items() if wanted and words in f" {name} " and area.parts
        }
        if len(holding) == 1:
            return Located(next(iter(holding.values())))
        names = [] if re.search(r"\d", wanted) else [*self._index, *self._districts]
        close = difflib.get_close_matches(wanted, names, n=4, cutoff=CLOSE_ENOUGH)
        meant: dict[str, Located] = {}
        for name in close:
            one = self._index.get(name)
            found = Located(one) if one else self._of_the_past(self._districts[name])
            meant.setdefault(found.area.code, found)
        if len(meant) >= 1:
            first = next(iter(meant.values()))
            alike = [difflib.SequenceMatcher(None, wanted, name).ratio() for name in close]
            if len(meant) == 1 or alike[0] - max(alike[1:]) > 0.05:
                note = first.note or f"'{text.strip()}' was read as {first.area.name}."
                return Located(first.area, note, first.district)
        nearest = dict.fromkeys([*unknown.nearest, *(area.name for area in holding.values())])
        raise UnknownArea(text, list(nearest)[:12]) from None


def _said(text: str) -> str:
    """A name as it is compared: without case, punctuation and the words of its office."""
    return plain(_OFFICIAL.sub("", " ".join(text.casefold().split())))


def _spellings(area: Area) -> list[str]:
    """What an area is called and coded."""
    found = [area.code, area.name, area.short_name, *([area.ons_code] if area.ons_code else [])]
    if area.kind == "region":
        found.append(f"{area.name} region")
    if area.kind in ("board", "location"):
        bare = area.name.removeprefix("NHS ").removesuffix(NO_MORE)
        found.append(area.name.removesuffix(NO_MORE))
        found += [f"{bare} ICB", f"NHS {bare} ICB", f"NHS {bare} Integrated Care Board"]
    return found


def _named_after(names: list[str]) -> str:
    """`Devon, Plymouth and Torbay`; of many the first and how many more."""
    if len(names) <= MOST_IN_A_NAME:
        return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
    return f"{', '.join(names[: MOST_IN_A_NAME - 1])} and {len(names) - MOST_IN_A_NAME + 1} others"


def _health(areas: Areas, table: pd.DataFrame | None) -> dict[str, Area]:
    """Boards of today, those of 2022 that are gone, and sub-ICB locations, with the authorities whose children mostly
    live there."""
    if table is None:
        return {}
    rows = table.astype({"area_code": str, "level": str, "health_code": str})
    mostly = rows[rows["share_of_authority"].gt(MOSTLY)]
    members: dict[tuple[str, str], list[str]] = {}
    for level, code, authority in zip(mostly["level"], mostly["health_code"], mostly["area_code"], strict=True):
        members.setdefault((level, code), []).append(authority)
    found: dict[str, Area] = {}
    # Boards of today come last: one that goes on has the code that it had in 2022.
    today = set(rows.loc[rows["level"].eq("icb_2026"), "health_code"])
    for level in ("sub_icb", "icb", "icb_2026"):
        named = rows[rows["level"].eq(level)].drop_duplicates("health_code")
        for code, ons_code, name, place in zip(
            named["health_code"], named["health_ons_code"], named["name"], named["place"], strict=True
        ):
            within = sorted(
                (one for one in members.get((level, code), []) if one in areas.authorities),
                key=lambda one: areas.authorities[one].name,
            )
            called = f"{place} ({name.removeprefix('NHS ')})" if level == "sub_icb" else str(name)
            called += NO_MORE if level == "icb" and code not in today else ""
            found[code] = Area(
                code,
                called,
                str(ons_code),
                "",
                "",
                "Health area",
                "",
                _KINDS[level],
                tuple(within),
                level != "icb" or code in today,
            )
    return found


def _district_codes(areas: Areas, districts: pd.DataFrame | None) -> dict[str, str]:
    """District within a county, by name and code as they are compared -> its code."""
    if districts is None:
        return {}
    text = districts.astype({"district_code": str, "name": str, "area_code": str})
    own: Mapping[str, str] = {area.ons_code: code for code, area in areas.authorities.items()}
    return {
        _said(spelling): code
        for code, name in zip(text["district_code"], text["name"], strict=True)
        if code.startswith("E07") and code not in own
        for spelling in (name, code)
    }
