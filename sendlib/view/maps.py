"""The map of England: outlines that travel once, colours that travel each time.

The geometry is in static/ and is fetched once by the browser. A page sends a
list of colours, indexed by the property `i` of each authority. There is no
basemap, and no request to anyone else.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

import pandas as pd
import pydeck as pdk

from sendlib.view import charts

BLUES = ["#d9ebf7", "#a3cdea", "#6BACE6", "#2073BC", "#12436D"]
"""Five classes from low to high; every class is also named in the key."""
NOT_AVAILABLE = "#ffffff"
SCHOOL_COLOURS = ["#F46A25", "#801650", "#28A197"]
OUT, INTO = "#801650", "#28A197"
STATIC = "app/static"
PIXELS = pdk.types.String("pixels")
"""A word for the map component; a plain string would be taken for an expression."""


@dataclass(frozen=True)
class View:
    """Where the map looks: degrees and zoom."""

    longitude: float
    latitude: float
    zoom: float


ALL_OF_ENGLAND = View(-1.9, 52.9, 5.4)


def rgb(colour: str) -> list[int]:
    """`#12436D` as [18, 67, 109]."""
    return [int(colour[place : place + 2], 16) for place in (1, 3, 5)]


def looking_at(points: pd.DataFrame) -> View:
    """A view that holds some points (columns longitude, latitude), with room around them."""
    middle_x = (points["longitude"].min() + points["longitude"].max()) / 2
    middle_y = (points["latitude"].min() + points["latitude"].max()) / 2
    spread = max(points["longitude"].max() - points["longitude"].min(), 1.6 * (points["latitude"].max() - points["latitude"].min()), 0.6)
    # 360 degrees fill 512 pixels at zoom 0; the picture is about 900 pixels wide, a third of it margin.
    zoom = 0.0
    while 512 * 2**zoom * spread / 360 < 480 and zoom < 9:
        zoom += 0.25
    return View(round(float(middle_x), 3), round(float(middle_y), 3), zoom)


def whole(points: pd.DataFrame, height: int) -> View:
    """A view that holds all of some points (columns longitude, latitude), small enough for the height in pixels."""
    x, y = points["longitude"], points["latitude"]
    spread = (y.max() - y.min()) * 1.12 + 1e-6
    zoom = 0.0
    while 512 * 2 ** (zoom + 0.1) * spread / 360 < height and zoom < 12:
        zoom += 0.1
    return View(round(float((x.min() + x.max()) / 2), 3), round(float((y.min() + y.max()) / 2), 3), round(zoom, 1))


def deck(
    classes: list[int], own: int, view: View, *, missing: list[list[float]], hexagons: bool, schools: bool, lines: list[dict[str, object]], own_points: list[dict[str, object]]
) -> pdk.Deck:
    """The map: a class (-1 to 4) for each authority in the order of codes, the place of the own one, what to draw on top.

    `missing`: a point in each authority without a figure, which says so in words.
    """
    url = f"{STATIC}/{'hexagons' if hexagons else 'authorities'}.json"
    colours = ",".join(str(rgb(BLUES[c] if c >= 0 else NOT_AVAILABLE)).replace(" ", "") for c in classes)
    layers = [
        pdk.Layer(
            "GeoJsonLayer", id="areas", data=url, stroked=False, filled=True, pickable=True, auto_highlight=False,
            get_fill_color=f"([{colours}])[properties.i]", update_triggers={"getFillColor": [str(hash(tuple(classes)))]},
        ),
        pdk.Layer(
            "GeoJsonLayer", id="outlines", data=url, stroked=True, filled=False, pickable=False, line_width_units=PIXELS,
            get_line_color=f"properties.i=={own}?[11,12,12]:[111,119,123]", get_line_width=f"properties.i=={own}?3.5:0.6",
            update_triggers={"getLineColor": [own], "getLineWidth": [own]},
        ),
    ]  # fmt: skip
    if schools and not hexagons:
        kinds = ":".join(f"k=={kind}?{str(rgb(colour)).replace(' ', '')}" for kind, colour in enumerate(SCHOOL_COLOURS))
        layers.append(
            pdk.Layer(
                "ScatterplotLayer", id="schools", data=f"{STATIC}/schools.json", get_position="[x,y]", pickable=False,
                get_fill_color=f"{kinds}:[0,0,0]", get_radius="r", radius_min_pixels=2.5, radius_max_pixels=12,
                stroked=True, get_line_color=[255, 255, 255], line_width_min_pixels=1,
            )
        )  # fmt: skip
    if lines:
        layers.append(
            pdk.Layer(
                "LineLayer", id="flows", data=lines, get_source_position="s", get_target_position="t", get_color="c",
                get_width="w", width_units=PIXELS, pickable=False,
            )
        )  # fmt: skip
    if own_points and not hexagons:
        layers.append(
            pdk.Layer(
                "ScatterplotLayer", id="own_points", data=own_points, get_position="[x,y]", get_fill_color=[11, 12, 12],
                get_radius=600, radius_min_pixels=6, pickable=False, stroked=True, get_line_color=[255, 255, 255], line_width_min_pixels=2,
            )
        )  # fmt: skip
    layers.append(
        pdk.Layer(
            "TextLayer", id="missing", data=[{"p": point, "t": "not available"} for point in missing], get_position="p",
            get_text="t", get_size=13, get_color=[11, 12, 12], pickable=False,
        )
    )  # fmt: skip
    start = pdk.ViewState(longitude=view.longitude, latitude=view.latitude, zoom=view.zoom, min_zoom=4, max_zoom=11)
    # map_style is left alone on purpose: setting it, even to None, would fetch tiles.
    return pdk.Deck(layers, map_provider=None, initial_view_state=start, tooltip={"text": "{n}"})


def key(limits: list[float], decimals: int, unit: str, *, schools: list[str], with_missing: bool) -> str:
    """The key in words: classes, symbols of schools, lines."""
    edges = [f"{value:,.{decimals}f}" for value in limits]
    names = [f"under {edges[0]}", *(f"{low} to {high}" for low, high in zip(edges, edges[1:], strict=False)), f"{edges[-1]} and more"]
    square = '<rect x="1" y="1" width="16" height="16" fill="{}" stroke="#6f777b"/>'
    entries = [(charts.symbol(square.format(colour)), name) for colour, name in zip(BLUES, names, strict=True)]
    if with_missing:
        entries.append((charts.symbol(square.format(NOT_AVAILABLE)), "not available (said on the map)"))
    entries += [(charts.symbol(f'<circle cx="9" cy="9" r="6" fill="{colour}"/>'), name) for colour, name in zip(SCHOOL_COLOURS, schools, strict=False)]
    return f'<p class="group">{escape(unit)}</p>{charts.key(entries)}'
