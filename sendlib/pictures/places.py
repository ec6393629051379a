"""Pictures of Places: the map, bars of who crosses a border, lines of placements, and marks of needs."""

from __future__ import annotations

from functools import partial
from typing import cast

import numpy as np
import pandas as pd

from sendlib.answer import Answer, Mode, Text
from sendlib.answer.numbers import capital, count_of
from sendlib.pictures import lines, places_against, places_map, places_shade, places_two, rows
from sendlib.pictures.lines import Axes, Lines
from sendlib.pictures.picture import Picture, Pictures, nothing_to_draw
from sendlib.pictures.places_map import MapPicture, View
from sendlib.pictures.places_shade import Shade
from sendlib.questions.places import register
from sendlib.questions.places.choices import FROM, LAYOUT, PLACEMENT_KIND, SHOW
from sendlib.questions.places.columns import FEWEST_A_YEAR, MEASURE
from sendlib.questions.places.map_tables import COMPARED, OWN, WHOLE
from sendlib.questions.places.naming import has, place
from sendlib.questions.places.tables import ALL_LENGTHS
from sendlib.tables.flows import PERIOD

MOST_LINES = 15
"""Lines of who travels, each way."""
MOST_BARS = 12
_IN_SHOW, _HEIGHT = 235, 540
"""Pixels of the map on a shared screen and else."""
_LEAST_LABELLED = 0.05
"""Degrees from west to east: words in a narrower authority, the City of London, would stand over its neighbours."""
_STEP = 0.1
"""Degrees for a step of the hexagons' plane, as in the file that the browser fetches."""
_MOST_AROUND = 40
"""Above so many authorities compared the map shows all of England."""
_ASIDE = 0.012
"""Degrees: in and out between the same two authorities lie side by side."""


# The map


def _map(answer: Answer, mode: Mode) -> list[Picture]:
    """The map in the fifths of what was chosen, with what was chosen on top."""
    table = _authorities(answer)
    shade, hexagons = places_shade.of(answer), answer.chosen(LAYOUT.name) == "hexagons"
    known = table[shade.column].dropna()
    if known.empty:
        return [nothing_to_draw("map", f"{shade.words}: not available for any authority.")]
    on_top, height = answer.chosen(SHOW.name), _IN_SHOW if mode == "show" else _HEIGHT
    with_schools = on_top in ("schools", "both") and not hexagons
    with_lines = on_top in ("lines", "both") and not hexagons
    flows = _flow_lines(answer, table) if with_lines else []
    fifths = table[f"{shade.column}_class"].astype(int)
    # Where many authorities have one figure, such as nought, some fifths are empty.
    classes = sorted(set(fifths[known.index]))
    wide = (table["east"] - table["west"]).ge(_LEAST_LABELLED)
    limits = [float(known[fifths[known.index].ge(step)].min()) for step in classes[1:]]
    drawn = places_map.deck(
        list(fifths),
        # England is the whole map.
        [] if answer.area.kind == "england" else [int(at) for at in np.flatnonzero(table["whose"].eq(OWN))],
        _view(answer, table, height, hexagons=hexagons),
        named=answer.area.code,
        missing=_points(table[table[shade.column].isna() & (wide | hexagons)], hexagons=hexagons),
        hexagons=hexagons,
        schools=with_schools,
        lines=flows,
        held=_held_schools(answer) if with_schools else [],
    )
    return [
        MapPicture(
            "map",
            {},
            table[["area_code", "area", shade.column]],
            _alt(answer, shade),
            legend=places_map.key(
                limits,
                places_shade.decimals(limits, shade),
                classes=classes,
                schools=_kinds_of_school(answer) if with_schools else [],
                with_missing=len(known) < len(table),
            ),
            heading=shade.words,
            below=(
                *([_about_lines(answer, drawn_any=bool(flows))] if with_lines else []),
                *([_about_map(answer, shade, hexagons=hexagons)] if mode != "show" else []),
                *(places_shade.not_shaded(table, shade) if shade.column == MEASURE and mode != "show" else []),
            ),
            deck=drawn,
            height=height,
            in_degrees=not hexagons,
        )
    ]


def _one_map(answer: Answer, mode: Mode) -> list[Picture]:
    """The map; with an area beside, one map of both."""
    drawn = _map(answer, mode)
    if answer.beside is None:
        return drawn
    (own,), (other,) = drawn, _map(answer.beside, mode)
    if not isinstance(own, MapPicture) or not isinstance(other, MapPicture):
        return drawn
    return [places_two.both(answer, answer.beside, own, other, mode)]


def _authorities(answer: Answer) -> pd.DataFrame:
    """The authorities in the order of their codes, as in the files that the browser fetches."""
    table = answer.tables["map"].data
    return table[table["whose"].ne(WHOLE)].sort_values("area_code", ignore_index=True)


def _view(answer: Answer, table: pd.DataFrame, height: int, *, hexagons: bool) -> View:
    """All hexagons; all of an area of several authorities; or the own authority with the nearest of those compared, so
    that the map is not always England."""
    if hexagons:
        plane = {"longitude": table["hexagon_x"] * _STEP, "latitude": table["hexagon_y"] * _STEP}
        return places_map.whole(pd.DataFrame(plane), height)
    whole = places_shade.own_row(answer)
    if whole["whose"] == WHOLE:
        west, south, east, north = (float(whole[end]) for end in ("west", "south", "east", "north"))
        return places_map.around(west, south, east, north, height)
    around = table[table["whose"].isin([OWN, COMPARED])]
    if len(around) < 2 or len(around) > _MOST_AROUND:
        return places_map.ALL_OF_ENGLAND
    own = around[around["whose"].eq(OWN)].iloc[0]
    away = ((around["longitude"] - own["longitude"]) * 0.6) ** 2 + (around["latitude"] - own["latitude"]) ** 2
    return places_map.looking_at(around.loc[away.sort_values().index[: max(4, len(around) // 3)]])


def _points(table: pd.DataFrame, *, hexagons: bool) -> list[list[float]]:
    """A point in each of some authorities."""
    across, up, step = ("hexagon_x", "hexagon_y", _STEP) if hexagons else ("longitude", "latitude", 1.0)
    return [
        [round(float(x) * step, 4), round(float(y) * step, 4)] for x, y in zip(table[across], table[up], strict=True)
    ]


def _threshold(answer: Answer) -> int:
    """From how many pupils in a typical year a line is drawn."""
    return int(answer.chosen(FROM.name))


def _flow_lines(answer: Answer, table: pd.DataFrame) -> list[dict[str, object]]:
    """The largest flows out and in, as lines between points inside the authorities."""
    centres = table.set_index("area_code")[["longitude", "latitude"]]
    here_x, here_y = places_shade.own_row(answer)[["longitude", "latitude"]]
    drawn: list[dict[str, object]] = []

    def on_map(code: str) -> bool:
        return set(code.split(";")) <= set(centres.index)

    for name, colour, aside in (("flows_out", places_map.OUT, 0.0), ("flows_in", places_map.INTO, _ASIDE)):
        if name not in answer.tables:
            continue
        flows = answer.tables[name].data
        drawable = np.array([on_map(code) for code in flows["area_code"]], dtype=bool)
        flows = flows[flows["pupils"].ge(_threshold(answer)) & drawable].head(MOST_LINES)
        for code, pupils in zip(flows["area_code"], flows["pupils"], strict=True):
            # An authority that was divided lies between its parts.
            there_x, there_y = centres.loc[code.split(";")].mean()
            drawn.append(
                {
                    "s": [round(here_x + aside, 4), round(here_y + aside, 4)],
                    "t": [round(there_x + aside, 4), round(there_y + aside, 4)],
                    "w": round(min(2 + pupils / 8, 14), 1),
                    "c": places_map.rgb(colour),
                }
            )
    return drawn


def _kinds_of_school(answer: Answer) -> list[str]:
    """The kinds of schools that the map tells apart, in the order of its colours."""
    return [str(kind) for kind in answer.tables["provision"].data["kind"]]


def _held_schools(answer: Answer) -> list[dict[str, object]]:
    """The schools of a register that a refresh has brought; none of the register shipped, which the browser fetches."""
    if "schools" not in answer.tables:
        return []
    table, kinds = answer.tables["schools"].data, _kinds_of_school(answer)
    points = {
        "n": table["school"],
        "x": table["longitude"],
        "y": table["latitude"],
        "k": table["kind"].map(kinds.index),
        "r": table["radius"],
    }
    return cast("list[dict[str, object]]", pd.DataFrame(points).to_dict("records"))


def _about_points(answer: Answer) -> str:
    if "schools" not in answer.tables:
        return register.about_points(register.SHIPPED)
    return register.about_points(str(answer.tables["schools"].data["vintage"].iloc[0]))


def _about_lines(answer: Answer, *, drawn_any: bool) -> str:
    name, least = place(answer.area), _threshold(answer)
    if "flows_out" not in answer.tables:
        return f"No lines: who crossed the border of {name} is not known."
    if not drawn_any:
        return (
            f"No flow across the border of {name} had {least} or more pupils in a typical year, or none was published."
        )
    return (
        f"Lines: pupils of state special schools who crossed the border of {name} in {PERIOD}, {least} or more in a"
        " typical year, the fifteen largest each way; purple out, turquoise in. Their numbers are under Look closer."
    )


def _about_map(answer: Answer, shade: Shade, *, hexagons: bool) -> str:
    area = answer.area
    outlined = "" if area.kind == "england" else f" {has(area)} the thick outline"
    own = f"{place(area)}{outlined}: {places_shade.own_figure(answer, shade)}"
    if hexagons:
        return f"Each authority has one hexagon of the same size; {own}"
    return f"{capital(own)} A click on an authority selects it; the picker above does the same. {_about_points(answer)}"


def _alt(answer: Answer, shade: Shade) -> Text:
    """The map in words; a shared screen has no table below."""
    told = f"Map of England by authority. {places_shade.own_figure(answer, shade)}"
    below = "The same numbers are in the table below."
    said = answer.headline
    return Text(
        f"{told} {said.in_mode('show')} {below}",
        show=f"{told} {said.in_mode('show')}",
        families=f"{told} {said.in_mode('families')} {below}",
    )


# Look closer


def _flows(name: str, answer: Answer, mode: Mode) -> list[Picture]:
    """Who crosses the border one way, the largest."""
    table = answer.tables[name]
    alone = table.data[table.data["area_code"].ne("")].dropna(subset=["pupils"])
    left = len(alone) - MOST_BARS
    below = [f"Not drawn: the {count_of(left, 'smaller flow', 'smaller flows')} after these (see the numbers)."]
    together = table.data.loc[table.data["area_code"].eq(""), "area"]
    none = f"No flow of {FEWEST_A_YEAR} or more pupils a year"
    drawn = rows.bars(
        name,
        mode,
        alone.head(MOST_BARS),
        "area",
        "pupils",
        "Pupils in a typical year",
        table.caption.in_mode(mode),
        decimals=0,
        below_it=(*(below if left > 0 else []), *(f"Not drawn: {words}." for words in together)),
        nothing=f"{none}." if len(together) else f"{none}, or not available for {place(answer.area)}.",
    )
    return [drawn]


def _placement(answer: Answer, mode: Mode) -> list[Picture]:
    """The kind of placement that was chosen, over the Januaries."""
    table, kind = answer.tables["placement"], answer.chosen(PLACEMENT_KIND.name)
    rows_of_kind = table.data[table.data["kind"].eq(kind)]
    drawn = Lines(rows_of_kind, "period", "group", "share")
    caption = f"{table.caption.in_mode(mode)}: {kind}"
    nothing = f"Not available for {place(answer.area)}."
    return [lines.picture("placement", mode, drawn, Axes("January", "% of all plans"), caption, nothing=nothing)]


def _residential(answer: Answer, mode: Mode) -> list[Picture]:
    """All residential placements of 38 weeks or more over the Januaries."""
    table = answer.tables["residential"]
    whole = table.data[table.data["kind"].eq(ALL_LENGTHS)].assign(kind="All residential placements")
    drawn = Lines(whole, "period", "kind", "plans")
    axes, nothing = Axes("January", "Placements"), f"Not available for {place(answer.area)}."
    return [lines.picture("residential", mode, drawn, axes, table.caption.in_mode(mode), nothing=nothing)]


def _needs(answer: Answer, mode: Mode) -> list[Picture]:
    """Needs of pupils in the special schools here beside those of plans from here, the largest share first."""
    table, name = answer.tables["need_here"], place(answer.area)
    if table.data["pupils_share"].isna().all():
        return [
            nothing_to_draw(
                "need_here",
                f"Not available for {name}: there is no state special school, or too few pupils for shares.",
            )
        ]
    largest = table.data[["pupils_share", "plans_share"]].max(axis=1).sort_values(ascending=False, kind="stable")
    ordered = table.data.loc[largest.index]
    without = ordered.loc[ordered["plans_share"].isna(), "name"]
    below = f"No line of plans from {name}, because it is not available: {'; '.join(without)}."
    return [
        rows.marks(
            "need_here",
            mode,
            ordered,
            list(ordered["name"]),
            {"Pupils in state special schools here": "pupils_share", f"Plans from {name}": "plans_share"},
            "%",
            table.caption.in_mode(mode),
            statuses=list(ordered["status"].astype(str)),
            below_it=(below,) if len(without) else (),
        )
    ]


PICTURES: Pictures = {
    "map": _one_map,
    "flows_out": partial(_flows, "flows_out"),
    "flows_in": partial(_flows, "flows_in"),
    "placement": _placement,
    "residential": _residential,
    "need_here": _needs,
    **places_against.PICTURES,
}
