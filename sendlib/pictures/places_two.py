"""The map with an area beside: both areas outlined and named in their own colours, and all of both in view."""

from __future__ import annotations

import copy
from dataclasses import replace
from itertools import product

import numpy as np
import pandas as pd
import pydeck as pdk

from sendlib.answer import MODES, Answer, Mode, Text
from sendlib.answer.numbers import capital
from sendlib.pictures import places_map, places_shade
from sendlib.pictures.picture import INK, Entry
from sendlib.pictures.places_map import MapPicture, View
from sendlib.pictures.two_areas import BESIDE_IN_WORDS
from sendlib.questions.places.choices import SHOW
from sendlib.questions.places.map_tables import OWN, WHOLE
from sendlib.questions.places.naming import has, place
from sendlib.tables.periods import spoken

_COLOURS = (INK, BESIDE_IN_WORDS)
"""Of outlines and names. The first area's is black as on a map of one: its dark blue is a shade of the map."""
_IN_SHOW = 340
"""Pixels of the map on a shared screen."""
_ABOVE = 0.07
"""Part of the height of both areas that is left free for a name, above and below."""
_HEXAGON = 0.1
"""Degrees for a step of the hexagons' plane."""
_LETTER, _LINE = 9.0, 26.0
"""Pixels of a letter of a name, and of its line."""


def both(answer: Answer, other: Answer, own: MapPicture, beside: MapPicture, mode: Mode) -> MapPicture:
    """The map of the first area with the outline, the lines and the name of the second. `own` and `beside` are the maps
    of each alone."""
    height = _IN_SHOW if mode == "show" else own.height
    pair = (answer, other)
    rows = [places_shade.own_row(one) for one in pair]
    view = _view(rows, height) if own.in_degrees else None
    figures = _figures(pair, rows)
    told = [f"{one.area.short_name} {figure}" for one, figure in zip(pair, figures, strict=True)]
    of_when = _of_when(other, own, rows) if _of_two_januaries(answer, rows) else ""
    alt = f"Map of England by authority, {own.heading}: {', '.join(told)}.{of_when and f' {of_when}'}"
    orange = "" if other.area.kind == "england" else f" {has(other.area)} the orange outline"
    about = f"{capital(place(other.area))}{orange}: {own.heading}: {figures[1]}."
    lines = beside.below[:1] if own.in_degrees and answer.chosen(SHOW.name) in ("lines", "both") else ()
    wholes = [
        pd.DataFrame([row[own.data.columns]])
        for row in rows
        if row["whose"] == WHOLE and (row is rows[0] or not of_when)
    ]
    return replace(
        own,
        data=pd.concat([own.data, *wholes], ignore_index=True),
        alt=Text(*(f"{alt} {answer.title.in_mode(each)}." for each in MODES)),
        legend=(*_entries(pair), *own.legend),
        below=(*own.below, *lines, *([about] if mode != "show" else []), *([of_when] if of_when else [])),
        deck=_deck(pair, own, beside, view, height),
        height=height,
    )


def _of_two_januaries(answer: Answer, rows: list[pd.Series]) -> bool:
    """Whether the figures of the two are of different Januaries: DfE gives some authorities none in a year."""
    return places_shade.of(answer).column == "per_1000" and len({row["vintage"] for row in rows}) > 1


def _of_when(other: Answer, own: MapPicture, rows: list[pd.Series]) -> str:
    """Of which January the shades are, and what the map itself shades the second area by, where it is one authority."""
    shade, name, said = places_shade.of(other), place(other.area), ""
    for figure in own.data.loc[own.data["area_code"].eq(rows[1]["area_code"]), shade.column]:
        missing = pd.isna(figure)
        said = f", for which {name} has no figure" if missing else f", when {name} had {shade.written(figure)}"
    return f"The map is shaded by the figures of {spoken(rows[0]['vintage'])}{said}."


def _figures(pair: tuple[Answer, Answer], rows: list[pd.Series]) -> list[str]:
    """The figure of each, with its January where those differ, and with what speaks against it."""
    shade, dated = places_shade.of(pair[0]), _of_two_januaries(pair[0], rows)
    found = []
    for row in rows:
        when = f" in {spoken(row['vintage'])}" if dated else ""
        doubt = places_shade.doubt(row, shade)
        if pd.isna(row[shade.column]):
            found.append(places_shade.not_given(row, shade))
        else:
            found.append(f"{shade.written(row[shade.column])}{when}{f' ({doubt})' if doubt else ''}")
    return found


def _entries(pair: tuple[Answer, Answer]) -> tuple[Entry, ...]:
    """The outlines in the key; England is the whole map and has none."""
    return tuple(
        Entry(
            f'<rect x="2" y="2" width="14" height="14" fill="none" stroke="{colour}" stroke-width="3.5"/>',
            one.area.name,
        )
        for one, colour in zip(pair, _COLOURS, strict=True)
        if one.area.kind != "england"
    )


def _view(rows: list[pd.Series], height: int) -> View:
    """All of both areas, with room for a name above and below."""
    west, south = (min(float(row[end]) for row in rows) for end in ("west", "south"))
    east, north = (max(float(row[end]) for row in rows) for end in ("east", "north"))
    room = _ABOVE * (north - south)
    return places_map.around(west, south - room, east, north + room, height)


def _deck(
    pair: tuple[Answer, Answer], own: MapPicture, beside: MapPicture, view: View | None, height: int
) -> pdk.Deck | None:
    """The layers of the first map, less its outline; then both outlines, that of more authorities below; the names on
    top."""
    if own.deck is None or beside.deck is None:
        return own.deck
    marked = copy.copy(own.deck)
    ground: list[pdk.Layer] = []
    above: list[pdk.Layer] = []
    for layer in own.deck.layers:
        if not layer.id.startswith(places_map.OUTLINES):
            (ground if layer.id in ("areas", "outlines") else above).append(layer)
    outlines = [
        _outline(one, drawn.deck, colour) for one, drawn, colour in zip(pair, (own, beside), _COLOURS, strict=True)
    ]
    outlines.sort(key=lambda held: -held[0])
    lines = [_renamed(layer, "flows_beside") for layer in beside.deck.layers if layer.id == "flows"]
    if view is not None:
        marked.initial_view_state = places_map.state(view)
    names = _names(pair, in_degrees=own.in_degrees, zoom=float(marked.initial_view_state.zoom))
    marked.layers = [*ground, *(layer for _, layers in outlines for layer in layers), *lines, *above, *names]
    return marked


def _outline(answer: Answer, deck: pdk.Deck, colour: str) -> tuple[int, list[pdk.Layer]]:
    """How many authorities an area has, and its outline in its colour."""
    if answer.area.kind == "england":
        return 0, []
    table = answer.tables["map"].data
    table = table[table["whose"].ne(WHOLE)].sort_values("area_code", ignore_index=True)
    at = [int(place) for place in np.flatnonzero(table["whose"].eq(OWN))]
    # What hides the borders within several authorities together is as it is on their own map.
    within = [layer for layer in deck.layers if layer.id.startswith(places_map.WITHIN)]
    url = next(layer for layer in deck.layers if layer.id == "areas").data
    return len(at), [*places_map.border(url, at, len(table), answer.area.code, colour), *within]


def _renamed(layer: pdk.Layer, name: str) -> pdk.Layer:
    renamed = copy.copy(layer)
    renamed.id = name
    return renamed


def _names(pair: tuple[Answer, Answer], *, in_degrees: bool, zoom: float) -> list[pdk.Layer]:
    """The names of both above or below them, where neither lies on the other."""
    named = [
        (one, colour, _ends(one, in_degrees=in_degrees))
        for one, colour in zip(pair, _COLOURS, strict=True)
        if one.area.kind != "england"
    ]
    ways = list(product((True, False), repeat=len(named)))
    chosen = next(
        (
            way
            for way in ways
            if not _touch([held for *_, held in named], way, [len(one.area.short_name) for one, *_ in named], zoom)
        ),
        ways[0],
    )
    return [
        places_map.name(one.area.code, one.area.short_name, [x, north if above else south], colour, above=above)
        for (one, colour, (x, south, north)), above in zip(named, chosen, strict=True)
    ]


def _ends(answer: Answer, *, in_degrees: bool) -> tuple[float, float, float]:
    """Where an area lies across, and its southern and northern end."""
    row = places_shade.own_row(answer)
    if in_degrees:
        return float(row["longitude"]), float(row["south"]), float(row["north"])
    table = answer.tables["map"].data
    parts = table[table["whose"].eq(OWN)]
    y = parts["hexagon_y"] * _HEXAGON
    half = _HEXAGON / 2
    return float(parts["hexagon_x"].mean()) * _HEXAGON, float(y.min()) - half, float(y.max()) + half


def _touch(ends: list[tuple[float, float, float]], above: tuple[bool, ...], letters: list[int], zoom: float) -> bool:
    """Whether two names lie on each other."""
    if len(ends) < 2:
        return False
    # At zoom 0, 360 degrees fill 512 pixels; in England a degree of latitude is about 1.65 of longitude long.
    pixels = 512 * 2**zoom / 360
    (x, first), (other, second) = ((held[0], held[2] if up else held[1]) for held, up in zip(ends, above, strict=True))
    up = [(1 if one else -1) * _LINE / 2 for one in above]
    apart = abs((first - second) * pixels * 1.65 + up[0] - up[1])
    return apart < _LINE and abs(x - other) * pixels < _LETTER * sum(letters) / 2
