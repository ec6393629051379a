"""The lead picture of Places: the map in the fifths of what was chosen, with what was chosen on top."""

from __future__ import annotations

import numpy as np
import pandas as pd

from sendlib.answer import Answer, Mode, Text
from sendlib.answer.numbers import capital
from sendlib.pictures import places_arrows, places_map, places_schools, places_shade, places_two
from sendlib.pictures.palette import INK
from sendlib.pictures.picture import Picture, nothing_to_draw
from sendlib.pictures.places_arrows import MOST, MOST_IN_SHOW, Arrow
from sendlib.pictures.places_map import ENGLAND_ENDS, Ends, MapPicture, Outline
from sendlib.pictures.places_shade import Shade
from sendlib.questions.places.choices import FIT, LAYOUT, SHADE_AT_FIRST, SHOW
from sendlib.questions.places.columns import MEASURE
from sendlib.questions.places.map_tables import OWN, of_authorities
from sendlib.questions.places.naming import has, place

IN_SHOW, HEIGHT = 440, 560
"""Pixels of the map on a shared screen and else, where the screen is not low."""
_TO_DO = "A click on an authority selects it; the picker above does the same."
_SHORT = 24
"""Letters of a name that a button has room for."""
_HEXAGONS_AROUND = 4.3
"""Steps of the plane around an area's hexagons that its map of hexagons shows: so many that names can be read."""


def pictures_of(answer: Answer, mode: Mode) -> list[Picture]:
    """The map; with an area beside, one map of both."""
    drawn = _map(answer, mode)
    if answer.beside is None:
        return drawn
    (own,), (other,) = drawn, _map(answer.beside, mode)
    if not isinstance(own, MapPicture) or not isinstance(other, MapPicture):
        return drawn
    return [places_two.both(answer, answer.beside, own, other, mode)]


def _map(answer: Answer, mode: Mode) -> list[Picture]:
    table = _authorities(answer)
    shade, hexagons = places_shade.of(answer), answer.chosen(LAYOUT.name) == "hexagons"
    known = table[shade.column].dropna()
    if known.empty:
        return [nothing_to_draw("map", f"{shade.words}: not available for any authority.")]
    fifths = table[f"{shade.column}_class"].astype(int)
    # Where many authorities have one figure, such as nought, some fifths are empty.
    classes = sorted(set(fifths[known.index]))
    limits = [float(known[fifths[known.index].ge(step)].min()) for step in classes[1:]]
    on_top = "nothing" if hexagons else answer.chosen(SHOW.name)
    arrows = [] if hexagons else places_arrows.of(answer, table, MOST_IN_SHOW if mode == "show" else MOST)
    drawn = places_map.drawing(
        list(fifths),
        places_shade.figures(table, shade),
        _ends(answer, table, arrows, hexagons=hexagons),
        _all_hexagons(table) if hexagons else ENGLAND_ENDS,
        _outlines(answer, table, hexagons=hexagons),
        named=answer.area.code,
        back=f"Back to {answer.area.in_text if len(answer.area.in_text) <= _SHORT else 'the area'}",
        heading=shade.said,
        height=IN_SHOW if mode == "show" else HEIGHT,
        large=mode == "show",
        hexagons=hexagons,
    )
    legend = places_map.key(
        limits, places_shade.decimals(limits, shade), classes=classes, with_missing=len(known) < len(table)
    )
    below: tuple[str, ...] = ()
    with_schools = on_top in ("schools", "both")
    if with_schools:
        drawn = places_schools.added(drawn, answer, mode)
        legend = (*legend, *places_schools.key(answer, mode))
    if on_top in ("lines", "both"):
        drawn = {**drawn, "arrows": [arrow.drawn() for arrow in arrows]}
        legend = (*legend, *places_arrows.key(answer, arrows))
        # A shared screen has no room for more than why there are none: the key and the sentence above say the rest.
        below = () if arrows and mode == "show" else (places_arrows.about(answer, arrows, mode),)
    about_map = _about_plainly if mode == "families" else _about_map
    about = (about_map(answer, shade, hexagons=hexagons, with_schools=with_schools),)
    lacking = places_shade.not_shaded(table, shade) if shade.column == MEASURE else []
    return [
        MapPicture(
            "map",
            {},
            table[["area_code", "area", shade.column]],
            _alt(answer, shade),
            legend=legend,
            # For families the words over the map say what it is shaded by at first.
            heading="" if mode == "families" and shade.column == SHADE_AT_FIRST else shade.words,
            below=below if mode == "show" else (*below, *about, *lacking),
            to_do=_TO_DO if mode == "explore" and not hexagons else "",
            drawing=drawn,
            held=places_schools.held(answer) if with_schools else {},
            in_degrees=not hexagons,
        )
    ]


def _authorities(answer: Answer) -> pd.DataFrame:
    """The authorities in the order of their codes, as in the files that the browser fetches."""
    return of_authorities(answer.tables["map"].data).sort_values("area_code", ignore_index=True)


def _outlines(answer: Answer, table: pd.DataFrame, *, hexagons: bool) -> list[Outline]:
    """The area with its outline and name; none of England, which is the whole map."""
    if answer.area.kind == "england":
        return []
    own = table["whose"].eq(OWN)
    across, up = ("hexagon_x", "hexagon_y") if hexagons else ("longitude", "latitude")
    at = (float(table.loc[own, across].mean()), float(table.loc[own, up].mean()))
    places = tuple(int(one) for one in np.flatnonzero(own))
    return [Outline(answer.area.code, answer.area.short_name, at, places, INK)]


def _ends(answer: Answer, table: pd.DataFrame, arrows: list[Arrow], *, hexagons: bool) -> Ends:
    """What the map is fitted to: all of the area, the area with those that it exchanges pupils with, or England."""
    fit = answer.chosen(FIT.name)
    if answer.area.kind == "england" or fit == "england":
        return _all_hexagons(table) if hexagons else ENGLAND_ENDS
    if hexagons:
        own = table[table["whose"].eq(OWN)]
        return _around(own["hexagon_x"], own["hexagon_y"], _HEXAGONS_AROUND)
    own = places_shade.own_row(answer)
    west, south, east, north = (float(own[end]) for end in ("west", "south", "east", "north"))
    # Of those with whom pupils are exchanged, the points at which arrows begin and end.
    points = [arrow.start for arrow in arrows] + [arrow.end for arrow in arrows] if fit == "travel" else []
    across, up = [x for x, _ in points], [y for _, y in points]
    return min([west, *across]), min([south, *up]), max([east, *across]), max([north, *up])


def _all_hexagons(table: pd.DataFrame) -> Ends:
    return _around(table["hexagon_x"], table["hexagon_y"], 1.0)


def _around(x: pd.Series, y: pd.Series, room: float) -> Ends:
    """The ends of some points of the plane with room around them."""
    return float(x.min()) - room, float(y.min()) - room, float(x.max()) + room, float(y.max()) + room


def _about_map(answer: Answer, shade: Shade, *, hexagons: bool, with_schools: bool) -> str:
    area = answer.area
    outlined = "" if area.kind == "england" else f" {has(area)} the thick outline"
    own = f"{place(area)}{outlined}: {places_shade.own_figure(answer, shade)}"
    if hexagons:
        without = " No schools and no travel are drawn on hexagons." if answer.chosen(SHOW.name) != "nothing" else ""
        return f"Each authority has one hexagon of the same size; {own}{without}"
    schools = f" {places_schools.about(answer)}" if with_schools else ""
    return f"{capital(own)}{schools}"


def _about_plainly(answer: Answer, shade: Shade, *, hexagons: bool, with_schools: bool) -> str:
    """The same for families: what is counted stands over the map."""
    outlined = "England" if answer.area.kind == "england" else "Thick outline"
    own = f"{outlined}: {places_shade.own_plainly(answer, shade)}"
    if hexagons:
        return f"{own} Each council has one hexagon of the same size."
    schools = f" {places_schools.about_plainly(answer)}" if with_schools else ""
    return f"{own}{schools}"


def _alt(answer: Answer, shade: Shade) -> Text:
    """The map in words; a shared screen has no table below."""
    told = f"Map of England by authority. {places_shade.own_figure(answer, shade)}"
    below = "The same numbers are in the table below."
    said = answer.headline
    return Text(
        f"{told} {said.in_mode('show')} {below}",
        show=f"{told} {said.in_mode('show')}",
        families=f"Map of England by council: {shade.words}. Here: {places_shade.own_plainly(answer, shade)}"
        f" {said.in_mode('families')} {below}",
    )
