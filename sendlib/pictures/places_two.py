"""The map with an area beside: both areas outlined and named in their own colours, and all of both in view."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

import pandas as pd

from sendlib.answer import MODES, Answer, Mode, Text
from sendlib.answer.numbers import capital
from sendlib.pictures import places_shade
from sendlib.pictures.palette import INK
from sendlib.pictures.picture import Entry, Spec
from sendlib.pictures.places_map import MapPicture
from sendlib.pictures.two_areas import BESIDE_IN_WORDS
from sendlib.questions.places.choices import SHOW
from sendlib.questions.places.map_tables import WHOLE
from sendlib.questions.places.naming import has, place
from sendlib.tables.periods import spoken

_COLOURS = (INK, BESIDE_IN_WORDS)
"""Of outlines and names. The first area's is black as on a map of one: its dark blue is a shade of the map."""


_BY: dict[Mode, str] = {"explore": "authority", "show": "authority", "families": "council"}


def both(answer: Answer, other: Answer, own: MapPicture, beside: MapPicture, mode: Mode) -> MapPicture:
    """The map of the first area with the outline, the lines and the name of the second. `own` and `beside` are the maps
    of each alone."""
    pair = (answer, other)
    rows = [places_shade.own_row(one) for one in pair]
    figures = _figures(pair, rows)
    told = [f"{one.area.short_name} {figure}" for one, figure in zip(pair, figures, strict=True)]
    of_when = _of_when(other, own, rows) if _of_two_januaries(answer, rows) else ""
    shaded = places_shade.of(answer).words
    alt = f"{shaded}: {', '.join(told)}.{of_when and f' {of_when}'}"
    orange = "" if other.area.kind == "england" else f" {has(other.area)} the orange outline"
    about = f"{capital(place(other.area))}{orange}: {shaded}: {figures[1]}."
    if mode == "families":
        about = f"{'England' if other.area.kind == 'england' else 'Orange outline'}: {figures[1]}."
    lines = beside.below[:1] if own.in_degrees and answer.chosen(SHOW.name) in ("lines", "both") else ()
    wholes = [
        pd.DataFrame([row[own.data.columns]])
        for row in rows
        if row["whose"] == WHOLE and (row is rows[0] or not of_when)
    ]
    return replace(
        own,
        data=pd.concat([own.data, *wholes], ignore_index=True),
        alt=Text(*(f"Map of England by {_BY[each]}, {alt} {answer.title.in_mode(each)}." for each in MODES)),
        legend=(*_entries(pair), *own.legend),
        below=(*own.below, *lines, *([about] if mode != "show" else []), *([of_when] if of_when else [])),
        drawing=_drawn(own.drawing, beside.drawing, _drawn_twice(answer, other)),
    )


def _drawn(own: Spec, beside: Spec, twice: Collection[str]) -> Spec:
    """The first drawing with the outline and arrows of the second, fitted to both; the larger outline lies below."""
    west, south = (min(one["ends"][end] for one in (own, beside)) for end in (0, 1))
    east, north = (max(one["ends"][end] for one in (own, beside)) for end in (2, 3))
    coloured = [
        {**outline, "colour": colour}
        for drawn, colour in zip((own, beside), _COLOURS, strict=True)
        for outline in drawn["outlines"]
    ]
    return {
        **own,
        "ends": [west, south, east, north],
        "outlines": sorted(coloured, key=lambda outline: -len(outline["areas"])),
        "arrows": [*own["arrows"], *(one for one in beside["arrows"] if one["code"] not in twice)],
        "words": {**own["words"], "back": "Back to both"},
    }


def _drawn_twice(answer: Answer, other: Answer) -> frozenset[str]:
    """The authorities between which and the second area an arrow of the first area says the same: those of the first,
    where the two have none in common."""
    parts = frozenset(answer.area.parts)
    return frozenset() if parts & set(other.area.parts) else parts


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
