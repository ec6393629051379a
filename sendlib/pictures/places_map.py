"""The map of England: outlines that travel once, colours that travel each time.

The geometry is in static/ and is fetched once by the browser. A picture holds a
list of colours, indexed by the property `i` of each authority. There is no
basemap, and no request to anyone else.
"""

from __future__ import annotations

import copy
import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import pandas as pd
import pydeck as pdk

from sendlib.answer import MODES, Text
from sendlib.answer.numbers import written
from sendlib.pictures.picture import Entry, Picture
from sendlib.questions.places.districts import District
from sendlib.questions.places.own_points import Point

BLUES = ("#d9ebf7", "#a3cdea", "#6BACE6", "#2073BC", "#12436D")
"""Five classes from low to high; every class is also named in the key."""
NOT_AVAILABLE = "#ffffff"
SCHOOL_COLOURS = ("#F46A25", "#801650", "#28A197")
OUT, INTO = "#801650", "#28A197"
STATIC = "app/static"
PIXELS = pdk.types.String("pixels")
"""A word for the map component; a plain string would be taken for an expression."""
_FONT = pdk.types.String("Source Sans, Helvetica, Arial, sans-serif")
_INK, _WHITE = [11, 12, 12], [255, 255, 255]
_SCHOOLS, _MISSING, _OWN, _BORDER, WITHIN = "schools", "missing", "own_outline_", "own_border_", "own_within_"
_NAME = "name_"
OUTLINES = (_OWN, _BORDER, WITHIN)
"""What the names of the layers begin with that outline an area; the third hides the borders within it."""
_ACROSS, _ROOM = 640, 0.9
"""Pixels of a map's breadth that is there on every screen, and the part of a map that an area of several authorities
fills."""


@dataclass(frozen=True)
class MapPicture(Picture):
    """A map: the layers, and the height in pixels at which it is drawn. Its spec is empty.

    `in_degrees`: places on the ground can be drawn on it; a plane of hexagons has none.
    """

    deck: pdk.Deck | None = None
    height: int = 0
    in_degrees: bool = True


@dataclass(frozen=True)
class View:
    """Where the map looks: degrees and zoom."""

    longitude: float
    latitude: float
    zoom: float


FURTHEST = 3.8
"""The smallest zoom: all of England on the low map of a shared screen."""
ALL_OF_ENGLAND = View(-1.9, 52.9, 5.4)


def rgb(colour: str) -> list[int]:
    """`#12436D` as [18, 67, 109]."""
    return [int(colour[place : place + 2], 16) for place in (1, 3, 5)]


def looking_at(points: pd.DataFrame) -> View:
    """A view that holds some points (columns longitude, latitude), with room around them."""
    x, y = points["longitude"], points["latitude"]
    spread = max(x.max() - x.min(), 1.6 * (y.max() - y.min()), 0.6)
    # 360 degrees fill 512 pixels at zoom 0; the picture is about 900 pixels wide, a third of it margin.
    zoom = 0.0
    while 512 * 2**zoom * spread / 360 < 480 and zoom < 9:
        zoom += 0.25
    return View(round(float((x.min() + x.max()) / 2), 3), round(float((y.min() + y.max()) / 2), 3), zoom)


def around(west: float, south: float, east: float, north: float, height: int) -> View:
    """A view that holds all between some ends (degrees) in a picture of that height in pixels."""
    # At zoom 0, 360 degrees of longitude fill 512 pixels; a degree of latitude is longer the further north.
    across = 360 * _ROOM * _ACROSS / (512 * max(east - west, 0.01))
    up = 360 * _ROOM * height * math.cos(math.radians((south + north) / 2)) / (512 * max(north - south, 0.01))
    zoom = min(math.log2(min(across, up)), 9)
    return View(round((west + east) / 2, 3), round((south + north) / 2, 3), math.floor(zoom * 10) / 10)


def whole(points: pd.DataFrame, height: int) -> View:
    """A view that holds all of some points (columns longitude, latitude), small enough for the height in pixels."""
    x, y = points["longitude"], points["latitude"]
    spread = (y.max() - y.min()) * 1.12 + 1e-6
    zoom = 0.0
    while 512 * 2 ** (zoom + 0.1) * spread / 360 < height and zoom < 12:
        zoom += 0.1
    return View(round(float((x.min() + x.max()) / 2), 3), round(float((y.min() + y.max()) / 2), 3), round(zoom, 1))


def deck(
    classes: Sequence[int],
    own: Sequence[int],
    view: View,
    *,
    named: str,
    missing: Sequence[Sequence[float]],
    hexagons: bool,
    schools: bool,
    lines: Sequence[dict[str, object]],
    held: Sequence[dict[str, object]] = (),
) -> pdk.Deck:
    """The map: a class (-1 to 4) for each authority in the order of codes, the places of the own ones, what is on top.

    `named`: the code of the own area, another one for each. `missing`: a point in each authority without a figure,
    which says so in words. `held`: the schools of a register that the browser can not fetch by itself.
    """
    url = f"{STATIC}/{'hexagons' if hexagons else 'authorities'}.json"
    layers = _areas(url, classes, own, named)
    if schools and not hexagons:
        layers.append(_schools(list(held) or f"{STATIC}/schools.json"))
    if lines:
        layers.append(_flows(lines))
    layers.append(_words(missing))
    # map_style is left alone on purpose: setting it, even to None, would fetch tiles.
    return pdk.Deck(layers, map_provider=None, initial_view_state=state(view), tooltip={"text": "{n}"})


def state(view: View) -> pdk.ViewState:
    """Where a map looks first, and how far it can be zoomed."""
    return pdk.ViewState(
        longitude=view.longitude, latitude=view.latitude, zoom=view.zoom, min_zoom=FURTHEST, max_zoom=11
    )


def _areas(url: str, classes: Sequence[int], own: Sequence[int], named: str) -> list[pdk.Layer]:
    """The shaded authorities and their outlines, that of the own area thick."""
    shades = [_written(rgb(BLUES[one] if one >= 0 else NOT_AVAILABLE)) for one in classes]
    return [
        pdk.Layer(
            "GeoJsonLayer",
            id="areas",
            data=url,
            stroked=False,
            filled=True,
            pickable=True,
            auto_highlight=False,
            get_fill_color=f"([{','.join(shades)}])[properties.i]",
            update_triggers={"getFillColor": [str(hash(tuple(classes)))]},
        ),
        _outlines("outlines", url, [111, 119, 123], 0.6),
        *(_one(url, own[0], named) if len(own) == 1 else _several(url, shades, own, named) if own else []),
    ]


def _one(url: str, own: int, named: str) -> list[pdk.Layer]:
    """The outline of one authority.

    A layer of its own, named after the area: where a map can be clicked Streamlit (1.67) keeps no update trigger of an
    outline (only that of the fill), so a layer of the same name would keep the old outline for as long as the page is
    open. Under a new name it is drawn anew; the browser has the file.
    """
    return [_outlines(f"{_OWN}{named}", url, _INK, f"properties.i=={own}?{_THICK}:0")]


def _several(url: str, shades: Sequence[str], own: Sequence[int], named: str) -> list[pdk.Layer]:
    """The border of several authorities together, and thin outlines within it.

    All of their outlines are drawn twice as thick as the border shall be; their areas, filled once more, then hide the
    inner half of each, and with it every border between two of them.
    """
    mine = set(own)
    filled = ",".join(f"{shade[:-1]},255]" if at in mine else "[0,0,0,0]" for at, shade in enumerate(shades))
    widths = {width: ",".join(str(width if at in mine else 0) for at in range(len(shades))) for width in _WIDTHS}
    border, within = (f"([{widths[width]}])[properties.i]" for width in _WIDTHS)
    return [
        _outlines(f"{_BORDER}{named}", url, _INK, border, rounded=True),
        pdk.Layer(
            "GeoJsonLayer",
            id=f"{WITHIN}{named}",
            data=url,
            stroked=False,
            filled=True,
            pickable=False,
            get_fill_color=f"([{filled}])[properties.i]",
            update_triggers={"getFillColor": [filled]},
        ),
        _outlines(f"{_OWN}{named}", url, _INK, within),
    ]


_THICK = 3.5
_WIDTHS = (2 * _THICK, 1.2)
"""Pixels: of the outlines whose outer half is the border of several authorities, and of those within it."""


def _outlines(
    name: str, shapes: str | list[dict[str, object]], colour: list[int], width: float | str, *, rounded: bool = False
) -> pdk.Layer:
    """`shapes`: where the browser fetches them, or the features themselves. `rounded`: without the spikes that a thick
    line has where a coast turns back on itself."""
    return pdk.Layer(
        "GeoJsonLayer",
        id=name,
        data=shapes,
        stroked=True,
        filled=False,
        pickable=False,
        line_width_units=PIXELS,
        get_line_color=colour,
        get_line_width=width,
        line_joint_rounded=rounded,
    )


def border(url: str, own: Sequence[int], every: int, named: str, colour: str) -> list[pdk.Layer]:
    """The border in its colour of one of two areas, the places of whose authorities among all are `own`, with a white
    edge so that it is seen on every shade. Of several authorities its inner half is to be hidden."""
    mine, wide = set(own), 2 * _THICK if len(own) > 1 else _THICK
    layers = []
    for part, width, painted in (("under", wide + 4, _WHITE), ("line", wide, rgb(colour))):
        widths = ",".join(str(width if at in mine else 0) for at in range(every))
        name = f"{_BORDER}{named}_{part}"
        layers.append(_outlines(name, url, painted, f"([{widths}])[properties.i]", rounded=True))
    return layers


def name(code: str, words: str, at: list[float], colour: str, *, above: bool) -> pdk.Layer:
    """The name of an area above or below a point of it."""
    return pdk.Layer(
        "TextLayer",
        id=f"{_NAME}{code}",
        data=[{"p": [round(end, 4) for end in at], "t": words}],
        get_position="p",
        get_text="t",
        get_size=18,
        font_family=_FONT,
        font_weight=700,
        get_color=rgb(colour),
        get_text_anchor=pdk.types.String("middle"),
        get_alignment_baseline=pdk.types.String("bottom" if above else "top"),
        get_pixel_offset=[0, -4 if above else 4],
        background=True,
        get_background_color=[255, 255, 255, 225],
        background_padding=[4, 1],
        pickable=False,
    )


def _written(colour: Sequence[int]) -> str:
    """A colour in an expression: `[18,67,109]`."""
    return f"[{','.join(map(str, colour))}]"


def _schools(data: str | list[dict[str, object]]) -> pdk.Layer:
    kinds = ":".join(f"k=={kind}?{_written(rgb(colour))}" for kind, colour in enumerate(SCHOOL_COLOURS))
    return pdk.Layer(
        "ScatterplotLayer",
        id=_SCHOOLS,
        data=data,
        get_position="[x,y]",
        pickable=False,
        get_fill_color=f"{kinds}:[0,0,0]",
        get_radius="r",
        radius_min_pixels=2.5,
        radius_max_pixels=12,
        stroked=True,
        get_line_color=_WHITE,
        line_width_min_pixels=1,
    )


def _flows(lines: Sequence[dict[str, object]]) -> pdk.Layer:
    return pdk.Layer(
        "LineLayer",
        id="flows",
        data=list(lines),
        get_source_position="s",
        get_target_position="t",
        get_color="c",
        get_width="w",
        width_units=PIXELS,
        pickable=False,
    )


def _words(missing: Sequence[Sequence[float]]) -> pdk.Layer:
    return pdk.Layer(
        "TextLayer",
        id=_MISSING,
        data=[{"p": list(point), "t": "not available"} for point in missing],
        get_position="p",
        get_text="t",
        get_size=13,
        get_color=_INK,
        pickable=False,
    )


def with_own_points(picture: Picture, points: Sequence[Point]) -> Picture:
    """The same map with a reader's own places on it, under the words; any other picture as it is, and hexagons too."""
    if not points:
        return picture
    layer = pdk.Layer(
        "ScatterplotLayer",
        id="own_points",
        data=[{"x": point.longitude, "y": point.latitude, "n": point.name} for point in points],
        get_position="[x,y]",
        get_fill_color=_INK,
        get_radius=600,
        radius_min_pixels=6,
        pickable=False,
        stroked=True,
        get_line_color=_WHITE,
        line_width_min_pixels=2,
    )
    return _with_layers(picture, [layer])


def with_district(picture: Picture, district: District | None) -> Picture:
    """The same map with the outline of a district within all of its county, named in the key and in the words for the
    picture; any other picture as it is, and hexagons too: they have no districts."""
    if district is None:
        return picture
    feature: dict[str, object] = {"type": "Feature", "properties": {}, "geometry": district.geometry}
    layers = [
        _outlines(f"district_{part}_{district.code}", [feature], colour, width)
        # A white line under the black one, so that it is seen on every shade.
        for part, colour, width in (("under", _WHITE, 6), ("line", _INK, 2.5))
    ]
    marked = _with_layers(picture, layers)
    if not isinstance(marked, MapPicture) or marked.deck is None or marked is picture:
        return picture
    # A map of two areas keeps both in view.
    if not any(layer.id.startswith(_NAME) for layer in marked.deck.layers):
        marked.deck.initial_view_state = state(around(*district.ends, marked.height))
    outline = Entry(
        '<rect x="2" y="2" width="14" height="14" fill="none" stroke="#0b0c0c" stroke-width="2.5"/>', district.said
    )
    told = f"Outlined within its county: {district.said}."
    words = {mode: f"{picture.alt.in_mode(mode)} {told}" for mode in MODES}
    return replace(marked, legend=(*marked.legend, outline), alt=Text(**words))


def _with_layers(picture: Picture, layers: Sequence[pdk.Layer]) -> Picture:
    """A map on the ground with more layers under its words; any other picture, the very same."""
    if not isinstance(picture, MapPicture) or picture.deck is None or not picture.in_degrees:
        return picture
    marked = copy.copy(picture.deck)
    marked.layers = [*picture.deck.layers[:-1], *layers, picture.deck.layers[-1]]
    return replace(picture, deck=marked)


def key(
    limits: Sequence[float],
    decimals: int,
    *,
    schools: Sequence[str],
    with_missing: bool,
    classes: Sequence[int] = range(len(BLUES)),
) -> tuple[Entry, ...]:
    """The key in words: the classes between the limits, what is not available, symbols of schools."""
    edges = [written(value, decimals) for value in limits]
    between = [f"{low} to {high}" for low, high in zip(edges, edges[1:], strict=False)]
    names = [f"under {edges[0]}", *between, f"{edges[-1]} and more"] if edges else ["the same everywhere"]
    entries = [_square(BLUES[one], name) for one, name in zip(classes, names, strict=True)]
    if with_missing:
        entries.append(_square(NOT_AVAILABLE, "not available"))
    points = [
        Entry(f'<circle cx="9" cy="9" r="6" fill="{colour}"/>', name)
        for colour, name in zip(SCHOOL_COLOURS, schools, strict=False)
    ]
    return (*entries, *points)


def _square(colour: str, words: str) -> Entry:
    return Entry(f'<rect x="1" y="1" width="16" height="16" fill="{colour}" stroke="#6f777b"/>', words)
