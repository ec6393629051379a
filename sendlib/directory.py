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
from collections.abc import Iterable
from dataclasses import dataclass, replace

import pandas as pd

from sendlib import former, nhs
from sendlib.areas import Area, Areas, Found, Kind, plain
from sendlib.errors import UnknownArea
from sendlib.former import Former
from sendlib.nhs import NO_MORE

MOST_IN_A_NAME = 3
"""Members that a group without a name of its own is called by; of more the first and how many more."""
LONGEST_NAME = 60
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
}
"""Short forms that councils and the people in them use, and that stand in no list of names."""
_OFFICIAL = re.compile(
    r"^(the )?((london|royal|metropolitan|district) )*borough (council )?of "
    r"|^(the )?(city|county|district) (council )?of "
)
_CODES = re.compile(r"([^:,]*:)?\d{3}(,\d{3})*,?(?<!^\d{3})")
"""The code of a group: `878,879`, `Peninsula:878,879`, `879,`; not that of an authority."""
_WAYS = {"north", "east", "south", "west"}
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
        within = _of_counties(areas, districts)
        self._districts = {_said(spelling): code for code, name in within for spelling in (name, code)}
        self.health: dict[str, Area] = nhs.health_areas(areas, health_areas)
        self._fixed: dict[str, Area] = {**areas.authorities, **areas.wider, **self.health}
        self._written: dict[str, Area] = {}
        self._index: dict[str, Area] = {}
        # "London" is the region; "City of London", which would be compared as the same, is found as it is written.
        for area in (*self.health.values(), *areas.authorities.values(), *areas.wider.values()):
            for spelling in _spellings(area):
                self._written[_words(spelling)] = area
                self._index[_said(spelling)] = area
        self._former = self._counties(areas)
        gone = former.districts(areas)
        self._gone = {_said(one.name): one for one in gone}
        self._short = {_said(short): name for short, name in former.short_forms().items()}
        # Where part of a name is looked for before the areas of the NHS: authorities, regions, districts and counties.
        local = [area.name for area in (*areas.authorities.values(), *areas.wider.values())]
        local += [
            *(name for _, name in within),
            *(one.name for one in gone),
            *(one.called for one in self._former.values()),
            *areas.old_names(),
        ]
        self._local = {_said(name): name for name in local}
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
            group = self._group(code) if "," in code or ":" in code else None
            found = group.area if group else None
        if found is None:
            raise UnknownArea(code, [])
        return found

    def _name_of_group(self, name: str) -> str:
        """A name as a group may have it: without the signs that its code is written with, and never that of another
        area, from which it could not be told apart."""
        called = " ".join(name.replace(":", " ").replace(",", " ").split())[:LONGEST_NAME]
        return f"{called} (group)" if called and self._is_taken(called) else called

    def _is_taken(self, name: str) -> bool:
        return _words(name) in self._written or _said(name) in self._index

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

    def _group(self, text: str) -> Located | None:
        """A group by its code, or by names with commas between, with what was said of each; None where that is none.
        Raises UnknownArea for a part that nobody knows, when others are known."""
        name, _, listed = text.rpartition(":")
        parts = [part.strip() for part in re.split(r"[,;+]", listed) if part.strip()]
        found = [self.find(part) for part in parts]
        members = [code for one in found for code in one.area.parts]
        if not members:
            return None
        notes = dict.fromkeys([self.said_of_name(name), *(one.note for one in found)])
        return Located(self.group(members, name), " ".join(note for note in notes if note))

    def find(self, text: str) -> Located:
        """The area that a text stands for.

        A name or code of any kind, of today or of the past, in any case; a district (`Burnley`), with a word on whose
        it is; several with commas between, which are a group; part of a name, or a name with a slip, with a word on how
        it was read. Raises UnknownArea, with the nearest names.
        """
        wanted, words = _said(text), _words(text)
        if _CODES.fullmatch(text.strip()):
            return Located(self.get(text.strip()), self.said_of_name(text.rpartition(":")[0]))
        if words in self._former:
            return self._county(self._former[words])
        exact = self._written.get(words) or self._index.get(wanted)
        if exact and wanted:
            return Located(exact, self._namesake(words))
        if wanted in self._gone:
            gone = self._gone[wanted]
            return Located(self.areas.get(gone.members[0]), gone.note)
        if wanted in self._short:
            return self._read_as(text, self.find(self._short[wanted]))
        known = self.areas.known(text)
        if known:
            return self._of_the_past(text, known)
        if wanted in self._bare:
            return self._read_as(text, Located(self._bare[wanted]))
        group = self._group(text) if re.search(r"[,;+:]", text) else None
        return group or self._nearly(text, wanted)

    def _counties(self, areas: Areas) -> dict[str, Former]:
        """Counties without a council by what they are called; not by the name of an area of today (`West Midlands`)."""
        return {
            _words(spelling): county
            for county in former.counties(areas)
            for spelling in (
                county.name,
                county.called,
                f"{county.name} county",
                f"{county.name} metropolitan county",
                f"county of {county.name}",
            )
            if _words(spelling) not in self._written
        }

    def _county(self, county: Former) -> Located:
        """The authorities of a county without a council; and how to ask for the NHS's board where it has that name."""
        board = self._bare.get(_said(county.name))
        note = f"{county.note} For the NHS's board, type '{board.name}'." if board else county.note
        return Located(self.group(county.members, county.called), note)

    def _namesake(self, words: str) -> str:
        """What to tell somebody who asked for an area of today by a name that is that of a former county as well."""
        county = self._former.get(f"{words} county")
        if county is None:
            return ""
        return f"'{county.name}' was read as the region. For the authorities of the county, type '{county.called}'."

    def _read_as(self, text: str, found: Located) -> Located:
        """The same with a note, where it has none."""
        return replace(found, note=found.note or f"'{text.strip()}' was read as {found.area.name}.")

    def _of_the_past(self, text: str, found: Found) -> Located:
        """Old and district names; an authority that was divided is the group of its parts."""
        district = self._districts.get(_said(text), "")
        if len(found.areas) == 1:
            return Located(found.areas[0], found.note, district)
        name = found.note.split(" was divided")[0]
        together = self.group([area.code for area in found.areas], name)
        return Located(together, f"{found.note} They are shown together.")

    def _nearly(self, text: str, wanted: str) -> Located:
        """What part of a name, or a text with a slip, means, where one area alone is near enough. A code with a slip is
        another code."""
        holding = self._holding(wanted)
        meant = {found.area.code: found for found in holding.values()}
        if len(meant) == 1:
            # Two districts of one county: what is said of one would not be true of the other.
            found = next(iter(meant.values()))
            return self._read_as(text, found if len(holding) == 1 else Located(found.area))
        # Words that stand in several names are no slip: which of them is meant is for the reader to say.
        close = [] if holding or re.search(r"\d", wanted) else self._close(wanted)
        alike: dict[str, Located] = {}
        for name in close:
            found = self._called(name)
            alike.setdefault(found.area.code, found)
        if alike:
            ratios = [difflib.SequenceMatcher(None, wanted, name).ratio() for name in close]
            if len(alike) == 1 or ratios[0] - max(ratios[1:]) > 0.05:
                return self._read_as(text, next(iter(alike.values())))
        names = [self._local[name] if name in self._local else self._index[name].name for name in holding]
        nearest = dict.fromkeys([*names, *self.areas.nearest(text)])
        raise UnknownArea(text, list(nearest)[:12])

    def _close(self, wanted: str) -> list[str]:
        """Names that a text may be a slip of, the likest first. East is no slip of west."""
        ways = _WAYS & set(wanted.split())
        names = [name for name in dict.fromkeys([*self._index, *self._local]) if ways <= set(name.split())]
        return difflib.get_close_matches(wanted, names, n=4, cutoff=CLOSE_ENOUGH)

    def _holding(self, wanted: str) -> dict[str, Located]:
        """Names that hold a text as whole words, and what each means: of authorities, regions and districts; of areas
        of the NHS only where there is none of those."""
        for names in (self._local, self._index):
            found = {name: self._called(name) for name in names if wanted and f" {wanted} " in f" {name} "}
            if found:
                return found
        return {}

    def _called(self, name: str) -> Located:
        """What a name of an area or a district, as names are compared, stands for."""
        return self.find(self._local[name]) if name in self._local else Located(self._index[name])


def _words(text: str) -> str:
    """A text as it was written, but for case, spaces, the sign for `and` and an article before it."""
    return " ".join(text.casefold().replace("&", " and ").split()).removeprefix("the ")


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


def _of_counties(areas: Areas, districts: pd.DataFrame | None) -> list[tuple[str, str]]:
    """Districts within a county of today: code and name."""
    if districts is None:
        return []
    own = {area.ons_code for area in areas.authorities.values()}
    pairs = zip(districts["district_code"].astype(str), districts["name"].astype(str), strict=True)
    return [(code, name) for code, name in pairs if code.startswith("E07") and code not in own]
