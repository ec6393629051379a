"""The map of England as a drawing: what the component of the map (static/map/) is told at every change.

The geometry, towns and schools are files in static/, which the browser fetches once. A drawing holds a class for each
authority, indexed by its place among the codes, and what is on top. There is no basemap, and no request to anyone else.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from sendlib import catalogue
from sendlib.answer import MODES, Text
from sendlib.answer.numbers import written
from sendlib.pictures.palette import CHARCOAL, GREEN, HIGHLIGHT, INK, MID_GREY, ORANGE, PAPER, PINK, SHADES, TURQUOISE
from sendlib.pictures.picture import Entry, Picture, Spec
from sendlib.questions.places.districts import District
from sendlib.questions.places.own_points import Point

BLUES = SHADES
"""Five classes from low to high, each also named in the key."""
NOT_AVAILABLE = PAPER
SCHOOL_COLOURS = (ORANGE, PINK, TURQUOISE, CHARCOAL, ORANGE, PINK)
OUT, INTO = PINK, GREEN
"""The second is darker than the palette's turquoise, so that numbers in it can be read on white."""
STATIC = "app/static"
ENGLAND_ENDS = (-6.42, 49.86, 1.77, 55.82)
"""Degrees: west, south, east and north of England."""
_OUTLINES = "Outlines: ONS and OS, Crown copyright 2024"
Ends = tuple[float, float, float, float]
"""West, south, east and north: degrees, or across and up on the plane of hexagons."""


@dataclass(frozen=True)
class MapPicture(Picture):
    """A map: the drawing that the component gets, as JSON. Its spec is empty.

    `held`: what takes the place of a file of the drawing, by its name there, because it is newer than what is shipped.

    `in_degrees`: places on the ground can be drawn on it; a plane of hexagons has none.
    """

    drawing: Spec = field(default_factory=dict)
    held: Mapping[str, Spec] = field(default_factory=dict)
    in_degrees: bool = True


@dataclass(frozen=True)
class Outline:
    """An area with an outline of its own on the map: its code, the name at it, where that stands, the places of its
    authorities among the codes, and its colour."""

    code: str
    name: str
    at: tuple[float, float]
    areas: tuple[int, ...]
    colour: str

    def drawn(self) -> Spec:
        """As the component has it."""
        return {
            "code": self.code,
            "name": self.name,
            "at": [round(end, 4) for end in self.at],
            "areas": list(self.areas),
            "colour": self.colour,
        }


def drawing(
    classes: Sequence[int],
    figures: Sequence[str],
    ends: Ends,
    whole: Ends,
    outlines: Sequence[Outline],
    *,
    named: str,
    back: str,
    heading: str,
    height: int,
    large: bool,
    hexagons: bool,
) -> Spec:
    """A map without anything on top: a class (-1 to 4) and a figure in words for each authority in the order of codes.

    `ends`: what it is fitted to; `whole`: all that there is. `named`: the code of the area; `back`: what the button
    says that leads back to it; `heading`: what the figures are. `height` in pixels; `large`: names for a shared screen.
    """
    files = (
        {"areas": "hexagons"} if hexagons else {"areas": "authorities", "beyond": "beyond", "districts": "districts"}
    )
    if not hexagons:
        files["towns"] = "towns"
    return {
        "plane": hexagons,
        "ends": [round(end, 4) for end in ends],
        "whole": [round(end, 4) for end in whole],
        "height": height,
        "large": large,
        "named": named,
        "heading": heading,
        "shades": list(classes),
        "colours": list(BLUES),
        "missing": NOT_AVAILABLE,
        "figures": list(figures),
        "files": {name: f"{STATIC}/{file}.json" for name, file in files.items()},
        "outlines": [one.drawn() for one in outlines],
        "marked": [],
        "arrows": [],
        "schools": None,
        "points": [],
        "words": {
            "larger": "Zoom in",
            "smaller": "Zoom out",
            "moved": "Map: the arrow keys move it",
            "back": back,
            "failed": "The map could not be drawn, since a part of it was not found. The numbers are below.",
            "credit": f"{_OUTLINES}. {catalogue.load('sources')['towns_geonames']['credit']}.",
            "schools": "Special schools",
            "missing": "not available",
        },
    }


def with_schools(drawn: Spec, said: Mapping[str, object]) -> Spec:
    """The same drawing with schools; `said`: the words around what their file says of them."""
    files = {**drawn["files"], "schools": f"{STATIC}/schools.json"}
    return {**drawn, "files": files, "schools": {"colours": list(SCHOOL_COLOURS), "words": dict(said)}}


def with_own_points(picture: Picture, points: Sequence[Point]) -> Picture:
    """The same map with a reader's own places and their names on it, told in its key; any other picture as it is, and
    hexagons too."""
    if not points or not isinstance(picture, MapPicture) or not picture.in_degrees:
        return picture
    marks = [
        {"at": [round(one.longitude, 5), round(one.latitude, 5)], "name": one.name, "words": in_words(one)}
        for one in points
    ]
    return replace(picture, drawing={**picture.drawing, "points": marks}, legend=(*picture.legend, OWN_POINT))


def credit(picture: MapPicture) -> str:
    """Whose outlines and towns they are; of a map of hexagons nobody's but ours."""
    return str(picture.drawing["words"]["credit"]) if picture.in_degrees else ""


def on_top(picture: MapPicture) -> tuple[str, ...]:
    """The tables of what lies on a map, besides those of its shades."""
    drawn = {"schools": picture.drawing["schools"], "flows": picture.drawing["arrows"]}
    return tuple(name for name, held in drawn.items() if held)


def in_words(point: Point) -> str:
    """A reader's own place as the map says it when it is asked."""
    places = "" if point.places is None else f", {point.places} {'place' if point.places == 1 else 'places'}"
    return f"{point.name}{f', {point.kind}' if point.kind else ''}{places} (your own place)"


OWN_POINT = Entry(
    f'<path d="M9 0L11.3 6L17.8 6L12.7 10.2L14.6 16.6L9 12.8L3.4 16.6L5.3 10.2L0.2 6L6.7 6Z" fill="{INK}"'
    f' stroke="{HIGHLIGHT}" stroke-width="1.5"/>',
    "your own places",
)


def with_district(picture: Picture, district: District | None) -> Picture:
    """The same map with the outline of a district within all of its county, named in the key and in the words for the
    picture; any other picture as it is, and hexagons too: they have no districts."""
    if district is None or not isinstance(picture, MapPicture) or not picture.in_degrees:
        return picture
    shape = district.geometry
    parts = shape["coordinates"] if shape["type"] == "MultiPolygon" else [shape["coordinates"]]
    rings = [ring for part in parts for ring in part]
    drawn = {**picture.drawing, "marked": [{"name": district.name, "rings": rings}]}
    outline = Entry(
        f'<rect x="2" y="2" width="14" height="14" fill="none" stroke="{INK}" stroke-width="2.5"/>', district.said
    )
    told = f"Outlined within its county: {district.said}."
    words = {mode: f"{picture.alt.in_mode(mode)} {told}" for mode in MODES}
    return replace(picture, drawing=drawn, legend=(*picture.legend, outline), alt=Text(**words))


def key(
    limits: Sequence[float], decimals: int, *, with_missing: bool, classes: Sequence[int] = range(len(BLUES))
) -> tuple[Entry, ...]:
    """The key in words: the classes between the limits, and what is not available."""
    edges = [written(value, decimals) for value in limits]
    between = [f"{low} to {high}" for low, high in zip(edges, edges[1:], strict=False)]
    names = [f"under {edges[0]}", *between, f"{edges[-1]} and more"] if edges else ["the same everywhere"]
    entries = [_square(BLUES[one], name) for one, name in zip(classes, names, strict=True)]
    if with_missing:
        entries.append(_hatched("not available"))
    return tuple(entries)


def _square(colour: str, words: str) -> Entry:
    return Entry(_drawn(colour), words)


def _drawn(colour: str) -> str:
    return f'<rect x="1" y="1" width="16" height="16" fill="{colour}" stroke="{MID_GREY}"/>'


def _hatched(words: str) -> Entry:
    """Lines across, as the map has them where it has no figure (static/map/ground.js)."""
    return Entry(f'{_drawn(NOT_AVAILABLE)}<path d="M1 9 9 1M1 17 17 1M9 17 17 9" stroke="{MID_GREY}"/>', words)


_SYMBOLS = (
    '<circle cx="9" cy="9" r="6" fill="{}"/>',
    '<path d="M9 1.5L16.5 9L9 16.5L1.5 9Z" fill="{}"/>',
    '<rect x="3" y="3" width="12" height="12" fill="{}"/>',
    '<path d="M9 2L16 14.5L2 14.5Z" fill="{}"/>',
    '<path d="M9 16L16 3.5L2 3.5Z" fill="{}"/>',
    '<path d="M9 1.5L16.5 7L13.6 15.5L4.4 15.5L1.5 7Z" fill="{}"/>',
)
"""The marks of the kinds of schools in the key, as static/map/symbols.js draws them on the map."""


def key_of_schools(
    kinds: Sequence[str], of_size: str = "size: places (20, 150); hollow: not given"
) -> tuple[Entry, ...]:
    """The key of the schools: a mark for each kind, and what their size is."""
    marks = [
        Entry(symbol.format(colour), kind)
        for symbol, colour, kind in zip(_SYMBOLS, SCHOOL_COLOURS, kinds, strict=False)
    ]
    sizes = (
        f'<circle cx="5" cy="9" r="4.5" fill="{MID_GREY}"/><circle cx="23" cy="9" r="8.5" fill="{MID_GREY}"/>'
        f'<circle cx="42" cy="9" r="5" fill="{PAPER}" stroke="{MID_GREY}" stroke-width="2.5"/>'
    )
    return (*marks, Entry(sizes, of_size, 48))


def key_of_arrows(of_out: str, of_in: str) -> tuple[Entry, ...]:
    """The key of who travels: out and in, and what the numbers at the heads of each are."""
    out = f'<path d="M1 9L22 9" stroke="{OUT}" stroke-width="5"/><path d="M20 2L34 9L20 16Z" fill="{OUT}"/>'
    into = (
        f'<path d="M1 9L22 9" stroke="{INTO}" stroke-width="5" stroke-dasharray="8 3"/>'
        f'<path d="M20 2L34 9L20 16Z" fill="{INTO}"/>'
    )
    return (Entry(out, f"out to school, {of_out}", 36), Entry(into, f"in to school, {of_in}", 36))
