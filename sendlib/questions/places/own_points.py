"""A reader's own places, such as short breaks and respite: checked row by row, kept in memory only."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass

COLUMNS = ("name", "lat", "lon", "type", "places")
MOST_ROWS = 500
LARGEST = 200_000
"""Bytes of an uploaded file; five hundred rows need far less."""


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
    """The good rows of a CSV file, and a message for each bad one or for a file that can not be read."""
    if len(content) > LARGEST:
        return [], [f"The file has {len(content):,} bytes; up to {LARGEST:,} are read."]
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return [], ["The file is not text in UTF-8. Save it as CSV UTF-8 and try again."]
    rows = list(csv.reader(io.StringIO(text)))
    header = [name.strip().casefold() for name in rows[0]] if rows else []
    missing = [name for name in ("name", "lat", "lon") if name not in header]
    if missing:
        return [], [f"The first line must name the columns {', '.join(COLUMNS)}; missing: {', '.join(missing)}."]
    points: list[Point] = []
    messages: list[str] = []
    for number, cells in enumerate(rows[1:], start=2):
        if not any(cell.strip() for cell in cells):
            continue
        if len(points) >= MOST_ROWS:
            messages.append(f"Line {number} and what follows were left out: up to {MOST_ROWS} rows are read.")
            break
        row = dict(zip(header, (cell.strip() for cell in cells), strict=False))
        found = _point(row)
        if isinstance(found, Point):
            points.append(found)
        else:
            messages.append(f"Line {number}: {found}")
    return points, messages


def _point(row: dict[str, str]) -> Point | str:
    """A point, or what is wrong with the row."""
    if not row.get("name"):
        return "there is no name."
    try:
        latitude, longitude = float(row.get("lat", "")), float(row.get("lon", ""))
    except ValueError:
        return f"'{row.get('lat', '')}' and '{row.get('lon', '')}' are not a latitude and a longitude in degrees."
    if not (49 <= latitude <= 56 and -7 <= longitude <= 2.5):
        return (
            f"{latitude}, {longitude} is not in England (latitude 49 to 56, longitude -7 to 2.5; are they the wrong way"
            " round?)."
        )
    amount = row.get("places", "")
    if amount and not (amount.isascii() and amount.isdecimal()):
        return f"'{amount}' is not a number of places."
    return Point(row["name"][:100], latitude, longitude, row.get("type", "")[:60], int(amount) if amount else None)
