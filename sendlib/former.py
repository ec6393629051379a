"""Names in no list of today: counties without a council, districts that are gone, and short forms of counties.

All are facts of catalogue/former_areas.toml, with the law that each goes back to. They help to find an area.
"""

from __future__ import annotations

from dataclasses import dataclass

from sendlib.areas import Area, Areas, plain
from sendlib.catalogue import load
from sendlib.provenance import spoken_date

FILE = "former_areas"


@dataclass(frozen=True)
class Former:
    """A county or a district that is gone: the authorities (codes) that are there now, and what to say of it.

    `called`: the name of the authorities of a county together; the name of a district.
    """

    name: str
    called: str
    members: tuple[str, ...]
    note: str


def counties(areas: Areas) -> list[Former]:
    """Counties whose council is gone, whose authorities are all known."""
    known = _by_name(areas)
    found = []
    for row in load(FILE)["counties"]:
        within = [known[name] for name in map(plain, row["members"]) if name in known]
        if len(within) < len(row["members"]):
            continue
        note = (
            f"{row['name']} has had no county council since {spoken_date(row['ended'].isoformat())}:"
            f" its authorities, {', '.join(area.in_text for area in within)}, are shown together."
        )
        called = row.get("called", row["name"])
        found.append(Former(row["name"], called, tuple(area.code for area in within), note))
    return found


def districts(areas: Areas) -> list[Former]:
    """Districts that became part of another authority since 2019, where that is known."""
    known = _by_name(areas)
    found = []
    for row in load(FILE)["districts"]:
        authority = known.get(plain(row["authority"]))
        if authority is None:
            continue
        day = spoken_date(row["ended"].isoformat())
        for name in row["names"]:
            note = (
                f"{name} was a district until {day}: it lies in {authority.in_text}, whose council has the duties for"
                " children with SEND."
            )
            found.append(Former(name, name, (authority.code,), note))
    return found


def short_forms() -> dict[str, str]:
    """How people shorten a county -> its name."""
    return dict(load(FILE)["short"])


def _by_name(areas: Areas) -> dict[str, Area]:
    """Authorities of today by their name as it is compared."""
    return {plain(area.short_name): area for area in areas.authorities.values()}
