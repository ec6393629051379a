"""A reader's own places, such as short breaks and respite: checked row by row, kept in memory only."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sendlib.answer.numbers import listed
from sendlib.questions.places import own_file
from sendlib.questions.places.own_file import Unreadable

COLUMNS = ("name", "lat", "lon", "type", "places")
MOST_ROWS = 500
MOST_PLACES = 9_999
_SPELT = {
    "name": ("name", "place name", "name of place", "place", "site", "setting", "provider"),
    "lat": ("lat", "latitude"),
    "lon": ("lon", "long", "lng", "longitude"),
    "type": ("type", "kind", "category", "type of place", "type of provision"),
    "places": ("places", "number of places", "capacity"),
}
"""What else a column may be called."""
_COLUMN = {spelt: name for name, spellings in _SPELT.items() for spelt in spellings}
_IN_WORDS = {"lat": "latitude", "lon": "longitude"}
_POSTCODE, _GRID = ("postcode", "post code"), ("easting", "northing", "eastings", "northings")
_DEGREES = re.compile(r"[+-]?([0-9]{1,3}(\.[0-9]{0,20})?|\.[0-9]{1,20})")
_AMOUNT = re.compile(r"[0-9]{1,4}")
_MOST_SAID = 40
"""Characters of a cell in a message."""


@dataclass(frozen=True)
class Point:
    """A place: latitude and longitude in degrees (EPSG:4326); `places` is None where it was left empty."""

    name: str
    latitude: float
    longitude: float
    kind: str
    places: int | None

    @property
    def places_in_words(self) -> str:
        """How many places it has, as a table says it."""
        return "not given" if self.places is None else str(self.places)


def read(content: bytes) -> tuple[list[Point], list[str]]:
    """The good rows of a file, and messages: how it was read where that is worth a word, and what is wrong with a row,
    by its line, or with the file."""
    try:
        held = own_file.rows_of(content, _names_known)
        header, *rows = held.rows or (own_file.Row(1),)
        columns, messages = _columns(header), [*filter(None, (held.read_as, _not_read(header.cells)))]
    except Unreadable as error:
        return [], [str(error)]
    if not rows:
        return [], [*messages, "There is no row under the names of the columns."]
    points: list[Point] = []
    for row in rows:
        if len(points) >= MOST_ROWS:
            messages.append(f"Line {row.line} and what follows were left out: up to {MOST_ROWS} rows are read.")
            break
        found = row.problem or _row(row.cells, columns, len(header.cells), with_comma=held.separator != ",")
        if isinstance(found, Point):
            points.append(found)
        else:
            messages.append(f"Line {row.line}: {found}")
    return points, messages


def _plain(name: str) -> str:
    """The name of a column as it is looked for: `Place_Name (short)` is `place name`."""
    return " ".join(re.sub(r"\(.*?\)|[_\-.]", " ", name.casefold().strip("\ufeff")).split())


def _names_known(cells: Sequence[str]) -> int:
    return sum(_plain(cell) in _COLUMN for cell in cells)


def _columns(header: own_file.Row) -> dict[str, int]:
    """Column -> its place in a row. Raises Unreadable where one is missing or there twice."""
    if header.problem:
        raise Unreadable(f"Line {header.line}: {header.problem}")
    found: dict[str, int] = {}
    for place, cell in enumerate(header.cells):
        name = _COLUMN.get(_plain(cell))
        if name in found:
            both = f"'{_short(header.cells[found[name]])}' and '{_short(cell)}'"
            raise Unreadable(f"Two columns are the {_IN_WORDS.get(name, name)} ({both}). Leave one of them.")
        if name:
            found[name] = place
    missing = [name for name in ("name", "lat", "lon") if name not in found]
    if missing:
        raise Unreadable(
            f"The first line must name the columns {', '.join(COLUMNS)}; missing: {', '.join(missing)}."
            f"{_instead(header.cells)}"
        )
    return found


def _instead(cells: Sequence[str]) -> str:
    """What to do with a file that says in another way where its places are."""
    held = {_plain(cell) for cell in cells}
    if held & set(_GRID):
        return " Eastings and northings are not read: give the latitude and longitude in degrees."
    if held & set(_POSTCODE):
        return " A postcode is not read: give the latitude and longitude in degrees."
    return ""


def _not_read(cells: Sequence[str]) -> str:
    """Which columns were left aside; empty where none was."""
    aside = [f"'{_short(cell)}'" for cell in cells if cell and _plain(cell) not in _COLUMN]
    if not aside:
        return ""
    more = f" and {len(aside) - 5} others" if len(aside) > 6 else ""
    named = f"{', '.join(aside[:5])}{more}" if more else listed(aside)
    return f"Not read: the column{'s' if len(aside) > 1 else ''} {named}."


def _row(cells: Sequence[str], columns: Mapping[str, int], wide: int, *, with_comma: bool) -> Point | str:
    """A point, or what is wrong with the row. `with_comma`: a decimal comma is one."""
    if any(cells[wide:]):
        return (
            f"it has {len(cells)} cells, and the first line {wide}. A comma or another separator within a cell needs"
            " quotation marks around the cell."
        )
    row = {name: cells[place] if place < len(cells) else "" for name, place in columns.items()}
    if not row["name"]:
        return "there is no name."
    degrees = [_degrees(row[name], with_comma=with_comma) for name in ("lat", "lon")]
    latitude, longitude = degrees
    if latitude is None or longitude is None:
        return f"'{_short(row['lat'])}' and '{_short(row['lon'])}' are not a latitude and a longitude in degrees."
    if not _in_england(latitude, longitude):
        return _elsewhere(row, latitude, longitude)
    amount = row.get("places", "")
    if amount and not _AMOUNT.fullmatch(amount):
        return f"'{_short(amount)}' is not a number of places: digits alone, up to {MOST_PLACES:,}."
    places = int(amount) if amount else None
    name, kind = (" ".join(row.get(column, "").split()) for column in ("name", "type"))  # a cell may have lines
    return Point(name[:100], latitude, longitude, kind[:60], places)


def _degrees(text: str, *, with_comma: bool) -> float | None:
    """A number of degrees; None of a text that is none. A true minus sign is one."""
    plain = text.replace("\N{MINUS SIGN}", "-")
    if with_comma:
        plain = plain.replace(",", ".")
    return float(plain) if _DEGREES.fullmatch(plain) else None


def _in_england(latitude: float, longitude: float) -> bool:
    """Whether a point is in the box around England."""
    return 49 <= latitude <= 56 and -7 <= longitude <= 2.5


def _elsewhere(row: Mapping[str, str], latitude: float, longitude: float) -> str:
    """What is said of a point outside the box around England."""
    given = f"'{_short(row['lat'])}' and '{_short(row['lon'])}'"
    said = f"{given} are not in England (latitude 49 to 56, longitude -7 to 2.5)."
    if _in_england(longitude, latitude):
        return f"{said} Latitude and longitude seem to be the wrong way round."
    if _in_england(latitude, -longitude):
        return f"{said} West of Greenwich a longitude has a minus sign."
    return said


def _short(cell: str) -> str:
    """The beginning of a cell, for a message."""
    return cell if len(cell) <= _MOST_SAID else f"{cell[:_MOST_SAID]}..."
