"""The map of Places as one HTML file, which opens in any browser and asks nobody for anything.

It holds deck.gl as pydeck ships it, outlines, figures and special schools. The page that pydeck itself makes
fetches styles and a basemap's library from elsewhere; this one does not, and its content policy lets no request out.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING, Any

import pandas as pd

from sendlib.answer import Answer
from sendlib.pictures import places_shade
from sendlib.pictures.places_map import BLUES, NOT_AVAILABLE, SCHOOL_COLOURS
from sendlib.pictures.places_shade import Shade
from sendlib.questions.places import register
from sendlib.questions.places.map_tables import OWN, of_authorities
from sendlib.questions.places.own_points import Point
from sendlib.store import Store
from sendlib.tables.schools import one_kind, stand_there
from sendlib.tables.symbols import NOT_AVAILABLE as NO_FIGURE
from sendlib.tables.symbols import WORDS

if TYPE_CHECKING:
    import pydeck as pdk

_PAGE = Path(__file__).with_suffix(".html")
_DECIMALS = 4
"""Of degrees: about ten metres, far less than what the outlines leave out."""
_COLOURS = tuple(dict.fromkeys(SCHOOL_COLOURS))
"""A kind of school each; kinds after these have rings in the same colours."""
_INK, _BESIDE, _WHITE = "#0b0c0c", "#a63d00", "#ffffff"
_LICENCE = "Contains public sector information licensed under the Open Government Licence v3.0."
_POINTS = "Your own places"
Record = dict[str, Any]


def as_html(store: Store, answer: Answer, own: Sequence[Point] = ()) -> bytes:
    """The map of an answer of Places, shaded by what was chosen, with a reader's own places. Raises SnapshotDamaged."""
    shade, table = places_shade.of(answer), answer.tables["map"]
    rows = of_authorities(table.data)
    outlines = _outlines(store, rows["area_code"])
    kinds, schools = _schools(store)
    beside = _codes(answer.beside) if answer.beside else []
    spec = _spec(
        _authorities(rows, outlines, answer, shade),
        [(_around(outlines, codes), ink) for codes, ink in ((_codes(answer), _INK), (beside, _BESIDE)) if codes],
        schools,
        own,
    )
    held = {
        "title": escape(f"{answer.words} {_named(answer)}"),
        "sentence": escape(answer.headline.explore),
        "measure": escape(shade.words),
        "heading": escape(table.columns[shade.column].titled),
        "alt": escape(f"Map of England by authority, {_named(answer)}. {places_shade.own_figure(answer, shade)}"),
        "key": _key(rows, answer, shade, kinds, own),
        "notes": "".join(f"<p>{escape(line)}</p>" for line in _notes(store, answer, shade)),
        "rows": _rows(rows, answer, shade),
        "back": "Back to the area",
        "sources": _sources(answer),
        "library": _library(),
        "ends": _script(_ends(rows, {*_codes(answer), *beside})),
        "spec": spec,
        "tooltip": _script({"text": "{t}", "style": {"whiteSpace": "pre-line", "color": _WHITE, "zIndex": 2}}),
    }
    return Template(_PAGE.read_text("utf-8")).substitute(held).encode("utf-8")


def _named(answer: Answer) -> str:
    """The area, and the one beside it."""
    return f"{answer.area.name} beside {answer.beside.area.name}" if answer.beside else answer.area.name


def _codes(answer: Answer) -> list[str]:
    """The authorities that are outlined: those of the area, and none of England, which is the whole map."""
    if answer.area.kind == "england":
        return []
    table = answer.tables["map"].data
    return [str(code) for code in table.loc[table["whose"].eq(OWN), "area_code"]]


def _outlines(store: Store, codes: pd.Series) -> dict[str, Record]:
    """Code of an authority -> its outline as a GeoJSON geometry."""
    shapes = store.table("shapes")
    shapes = shapes[shapes["kind"].eq("map") & shapes["area_code"].isin(codes)]
    return {
        str(code): _rounded(json.loads(str(text)))
        for code, text in zip(shapes["area_code"], shapes["geometry"], strict=True)
    }


def _rounded(part: Any) -> Any:
    """A geometry with fewer decimals."""
    if isinstance(part, float):
        return round(part, _DECIMALS)
    if isinstance(part, list):
        return [_rounded(one) for one in part]
    return {name: _rounded(one) for name, one in part.items()} if isinstance(part, dict) else part


def _around(outlines: Mapping[str, Record], codes: Sequence[str]) -> Record:
    """The border of one authority, or of several together."""
    from shapely import union_all  # needed by this file alone
    from shapely.geometry import mapping, shape

    whole = union_all([shape(outlines[code]) for code in codes])
    return {"type": "Feature", "properties": {}, "geometry": mapping(whole)}


def _authorities(rows: pd.DataFrame, outlines: Mapping[str, Record], answer: Answer, shade: Shade) -> Record:
    """The authorities with their colour and what a pointer over one of them says."""
    features = [
        {
            "type": "Feature",
            "properties": {"f": _rgb(_colour(row, shade)), "t": f"{row['area']}\n{_figure(row, answer, shade)}"},
            "geometry": outlines[str(row["area_code"])],
        }
        for row in rows.to_dict("records")
    ]
    return {"type": "FeatureCollection", "features": features}


def _colour(row: Mapping[Any, Any], shade: Shade) -> str:
    fifth = int(row[f"{shade.column}_class"])
    return BLUES[fifth] if fifth >= 0 else NOT_AVAILABLE


def _figure(row: Mapping[Any, Any], answer: Answer, shade: Shade) -> str:
    """`Plans per 1,000 aged 0 to 25: 38.2`, with what speaks against it."""
    column, value = answer.tables["map"].columns[shade.column], row[shade.column]
    if pd.isna(value):
        return f"{column.titled}: {WORDS[NO_FIGURE]}"
    doubt = places_shade.doubt(pd.Series(row), shade)
    return f"{column.titled}: {column.written(value)}{f' ({doubt})' if doubt else ''}"


def _schools(store: Store) -> tuple[list[str], list[Record]]:
    """The kinds of schools in words, and each school that stands at its point: where it is, its kind and its words."""
    kinds, table = register.kinds_of_school(store), store.table("schools")
    table = table[stand_there(table) & one_kind(table).isin(list(kinds))]
    places = {kind: place for place, kind in enumerate(kinds)}
    found = []
    for kind, row in zip(one_kind(table), table.to_dict("records"), strict=True):
        numbers = [f"{words}: {row[name]:,.0f}" for name, words in _NUMBERS.items() if row[name] == row[name]]
        point = [round(float(row["longitude"]), _DECIMALS), round(float(row["latitude"]), _DECIMALS)]
        words = "\n".join([str(row["name"]), kinds[kind], *numbers])
        fill, line = _mark(places[kind])
        found.append({"p": point, "f": _rgb(fill), "l": _rgb(line), "t": words})
    return list(kinds.values()), found


_NUMBERS = {"capacity": "places", "pupils": "pupils"}


def _mark(place: int) -> tuple[str, str]:
    """The fill and the line of the point of a kind of school."""
    colour = _COLOURS[place % len(_COLOURS)]
    return (colour, _WHITE) if place < len(_COLOURS) else (_WHITE, colour)


def _spec(
    authorities: Record, borders: Sequence[tuple[Record, str]], schools: list[Record], own: Sequence[Point]
) -> str:
    """The map as the browser draws it, in JSON."""
    import pydeck as pdk

    shared = {"stroked": True, "line_width_units": pdk.types.String("pixels")}
    layers = [
        pdk.Layer(
            "GeoJsonLayer",
            id="areas",
            data=authorities,
            get_fill_color="properties.f",
            get_line_color=_rgb("#6f777b"),
            get_line_width=0.6,
            pickable=True,
            **shared,
        ),
        *(
            pdk.Layer(
                "GeoJsonLayer",
                id=f"border_{place}_{width}",
                data=border,
                filled=False,
                get_line_color=_rgb(colour),
                get_line_width=width,
                line_joint_rounded=True,
                **shared,
            )
            for place, (border, ink) in enumerate(borders)
            for colour, width in ((_WHITE, 7), (ink, 3.5))  # white under it, so that it is seen on every shade
        ),
        _points("schools", schools, 2, 5),
        *([_points("own_places", [_own_point(point) for point in own], 5, 8)] if own else []),
    ]
    view = pdk.View(type="MapView", controller={"scrollZoom": False})
    england = pdk.ViewState(longitude=-1.9, latitude=52.9, zoom=5.4)
    deck = pdk.Deck(layers, views=[view], map_provider=None, initial_view_state=england)
    # pydeck writes a line for each number, which makes a file of many megabytes out of the outlines.
    return _script(json.loads(deck.to_json()))


def _points(name: str, data: list[Record], least: float, most: float) -> pdk.Layer:
    """Points of so many pixels: small where much of England is seen, or they would hide the shades."""
    import pydeck as pdk

    return pdk.Layer(
        "ScatterplotLayer",
        id=name,
        data=data,
        get_position="p",
        get_fill_color="f",
        get_line_color="l",
        get_radius=500,
        radius_min_pixels=least,
        radius_max_pixels=most,
        stroked=True,
        line_width_units=pdk.types.String("pixels"),
        get_line_width=1,
        pickable=True,
    )


def _own_point(point: Point) -> Record:
    words = "\n".join(filter(None, (point.name, point.kind, f"places: {point.places_in_words}", "your own place")))
    return {"p": [point.longitude, point.latitude], "f": _rgb(_INK), "l": _rgb(_WHITE), "t": words}


def _key(rows: pd.DataFrame, answer: Answer, shade: Shade, kinds: Sequence[str], own: Sequence[Point]) -> str:
    """The shades with the figures that they stand for, and the points."""
    column, known = answer.tables["map"].columns[shade.column], rows.dropna(subset=[shade.column])
    entries = []
    for fifth, values in known.groupby(f"{shade.column}_class")[shade.column]:
        ends = dict.fromkeys(column.written(value) for value in (values.min(), values.max()))
        entries.append(_entry("rect", BLUES[int(fifth)], "#6f777b", " to ".join(ends)))
    if len(known) < len(rows):
        entries.append(_entry("rect", NOT_AVAILABLE, "#6f777b", WORDS[NO_FIGURE]))
    entries += [_entry("circle", *_mark(place), kind) for place, kind in enumerate(kinds)]
    return "".join([*entries, *([_entry("circle", _INK, _WHITE, _POINTS)] if own else [])])


def _entry(form: str, fill: str, line: str, words: str) -> str:
    places = 'x="2" y="2" width="14" height="14"' if form == "rect" else 'cx="9" cy="9" r="6"'
    mark = f'<svg width="18" height="18" aria-hidden="true"><{form} {places} fill="{fill}" stroke="{line}"/></svg>'
    return f"<li>{mark}{escape(words)}</li>"


def _notes(store: Store, answer: Answer, shade: Shade) -> list[str]:
    """What the map shows, in sentences."""
    both = [answer, *([answer.beside] if answer.beside else [])]
    return [
        f"{answer.tables['map'].caption.explore}.",
        *(f"{one.area.name}: {places_shade.own_figure(one, shade)}" for one in both),
        register.about_points(register.day(store)),
        *(note.text.explore for note in answer.notes_about("map")),
    ]


def _rows(rows: pd.DataFrame, answer: Answer, shade: Shade) -> str:
    """The figures as rows of a table, for who sees no map."""
    column = answer.tables["map"].columns[shade.column]
    return "".join(
        f'<tr><td>{escape(str(name))}</td><td class="number">'
        f"{WORDS[NO_FIGURE] if pd.isna(value) else column.written(value)}</td></tr>"
        for name, value in zip(rows["area"], rows[shade.column], strict=True)
    )


def _sources(answer: Answer) -> str:
    names = dict.fromkeys([*answer.tables["map"].sources, "schools"])
    lines = dict.fromkeys(source.citation() for source in answer.citations(tuple(names)))
    return "".join(f"<p>{escape(line)}</p>" for line in [*lines, _LICENCE])


def _ends(rows: pd.DataFrame, codes: set[str]) -> list[list[float]]:
    """The corners of what the map is fitted to: the outlined authorities, or all of them."""
    own = rows[rows["area_code"].isin(codes)] if codes else rows
    south_west, north_east = own[["west", "south"]].min(), own[["east", "north"]].max()
    return [[float(end) for end in corner] for corner in (south_west, north_east)]


def _library() -> str:
    """deck.gl as pydeck ships it for pages without a network."""
    import pydeck as pdk

    return (Path(pdk.__file__).parent / "nbextension" / "static" / "index.js").read_text("utf-8")


def _rgb(colour: str) -> list[int]:
    """`#12436D` as [18, 67, 109]."""
    return [int(colour[place : place + 2], 16) for place in (1, 3, 5)]


def _script(value: Any) -> str:
    """JSON that ends no script element."""
    return json.dumps(value, separators=(",", ":"), allow_nan=False).replace("<", "\\u003c")
