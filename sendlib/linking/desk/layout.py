"""Which column of a list holds what: by its heading, by an option, or by a small TOML file."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from sendlib.errors import SendlibError, UnknownChoice

FIELDS: Mapping[str, tuple[str, ...]] = {
    "id": (
        "id", "unique id", "identifier", "record id", "person id", "pupil id", "child id", "client id", "upn",
        "unique pupil number", "nhs number", "nhs no", "local patient id",
    ),
    "forename": ("forename", "first name", "given name", "forenames", "legal forename", "preferred forename"),
    "surname": ("surname", "last name", "family name", "legal surname", "preferred surname"),
    "dob": ("dob", "date of birth", "birth date", "birthdate", "person birth date"),
    "postcode": ("postcode", "post code", "home postcode", "postal code", "postcode of usual address"),
}  # fmt: skip
"""A field of a list -> headings that it is known by."""
NEEDED = ("id", "forename", "surname", "dob")
SIDES = ("left", "right")


class ListRefused(SendlibError):
    """A list that can not be linked as it is. The message names rows and columns, never what a cell says."""


@dataclass(frozen=True)
class Layout:
    """Field -> the heading that was named for it; and headings of columns by which the match rate is told."""

    columns: Mapping[str, str]
    groups: tuple[str, ...] = ()


def of_options(pairs: Sequence[str], groups: Sequence[str] = ()) -> Layout:
    """The layout of options such as `surname=Legal surname`. Raises UnknownChoice."""
    columns = {}
    for pair in pairs:
        field, equals, heading = pair.partition("=")
        if not equals or field.strip() not in FIELDS or not heading.strip():
            raise UnknownChoice(f"'{pair}' names no column. Write {' or '.join(FIELDS)}, an equals sign and a heading.")
        columns[field.strip()] = heading.strip()
    return Layout(columns, tuple(groups))


def of_file(file: Path) -> dict[str, Layout]:
    """The layouts in a TOML file with the tables [left] and [right]. Raises UnknownChoice and ListRefused."""
    try:
        held = tomllib.loads(file.read_text("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ListRefused(f"{file.name} is no TOML file ({error}).") from error
    found = {}
    for side, table in held.items():
        if side not in SIDES or not isinstance(table, dict):
            raise UnknownChoice(f"{file.name}: '{side}' is not one of the tables [left] and [right].")
        groups = table.pop("groups", [])
        found[side] = of_options([f"{field}={heading}" for field, heading in table.items()], groups)
    return found


def places(headings: Sequence[str], layout: Layout, named: str) -> dict[str, int]:
    """Field, and `group:HEADING`, -> the place of its column. Raises ListRefused where one is not there, or twice."""
    known = [plain(heading) for heading in headings]
    found: dict[str, int] = {}
    for field, spelt in FIELDS.items():
        asked = layout.columns.get(field)
        at = [place for place, heading in enumerate(known) if heading in ([plain(asked)] if asked else spelt)]
        if asked and not at:
            raise ListRefused(f"{named} has no column '{asked}'. {_there_are(headings)}")
        if len(at) > 1:
            both = " and ".join(f"'{headings[place]}'" for place in at[:2])
            raise ListRefused(f"{named}: the columns {both} could both be the {field}. Name one: {field}=HEADING.")
        if at:
            found[field] = at[0]
    if missing := [field for field in NEEDED if field not in found]:
        raise ListRefused(
            f"{named}: no column was found for {' and '.join(missing)}. Name it: {missing[0]}=HEADING."
            f" {_there_are(headings)}"
        )
    for group in layout.groups:
        if plain(group) not in known:
            raise ListRefused(f"{named} has no column '{group}' to group by. {_there_are(headings)}")
        found[f"group:{group}"] = known.index(plain(group))
    return found


def how_many_known(headings: Sequence[str], layout: Layout) -> int:
    """How many cells of a first row are headings that a list has."""
    spelt = {one for headings_of in FIELDS.values() for one in headings_of}
    spelt |= {plain(one) for one in (*layout.columns.values(), *layout.groups)}
    return sum(plain(heading) in spelt for heading in headings)


def plain(heading: str) -> str:
    """A heading as it is compared: `Date_of_Birth` is `date of birth`."""
    return " ".join(re.sub(r"[_\-.\ufeff]+", " ", heading).casefold().split())


def _there_are(headings: Sequence[str]) -> str:
    return f"Its columns are: {', '.join(f'{heading!r}' for heading in headings[:30])}."
