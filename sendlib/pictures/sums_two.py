"""The sum of two areas side by side, over the Januaries: what is known of both on one axis."""

from __future__ import annotations

import pandas as pd

from sendlib.answer import TOO_FEW, Answer, Mode, Text, missing
from sendlib.pictures import sums, two_areas
from sendlib.pictures.looking_ahead_ends import spread_apart
from sendlib.pictures.palette import DARK_BLUE, INK, LIGHT_BLUE, LIGHT_GREY, LIGHT_ORANGE, MID_GREY, ORANGE
from sendlib.pictures.picture import LEAST_SHOWN, SHOWN, Entry, Picture, Spec, config, is_series, nothing_to_draw, sizes
from sendlib.questions.doing_well.notes import NO_PICTURE
from sendlib.questions.doing_well.sum_definitions import AT_LEAST, EXACT, RANGE, UNKNOWN
from sendlib.questions.doing_well.words import place
from sendlib.tables.symbols import NOT_AVAILABLE

_LOOKS = (("circle", DARK_BLUE, LIGHT_BLUE, -8), ("square", ORANGE, LIGHT_ORANGE, 8))
"""Of the two areas: the shape and colour of a mark, that of a range, and pixels aside, so that both are seen."""
_HEIGHT = 335
"""Pixels of the picture where nobody shares a screen."""
_LETTERS = 16
"""Longest name that stands at the last January; a longer one is in the key only."""


def januaries(answer: Answer, other: Answer, mode: Mode) -> list[Picture]:
    """The sum in every January as a share of all plans, of two areas; what is not known is named below."""
    names, found, below = two_areas.names(answer), [], []
    for name, one in zip(names, (answer, other), strict=True):
        if one.state == TOO_FEW:
            below.append(f"{name}: {NO_PICTURE}")
            continue
        table = one.tables["sum_by_january"].data
        years = zip(table["period"].str[:4], table["status"], strict=True)
        below += missing.named(place(one.area), years, in_time=True)
        found.append(sums.januaries_data(table).assign(whose=name))
    data = pd.concat(found, ignore_index=True) if found else pd.DataFrame({"low": []})
    if not data["low"].notna().any():
        return [nothing_to_draw("sum_by_january", " ".join(below) or f"{NOT_AVAILABLE}.")]
    told = "; ".join(f"{name}: {sums.januaries_in_words(part)}" for name, part in data.groupby("whose", sort=False))
    caption = answer.tables["sum_by_january"].caption.in_mode(mode)
    alt = Text(" ".join((f"{caption}. {told}.", *below)))
    return [
        Picture("sum_by_january", _spec(mode, data, names), data, alt, legend=_key(data, names), below=tuple(below))
    ]


def _spec(mode: Mode, data: pd.DataFrame, names: tuple[str, str]) -> Spec:
    """Marks of sums.januaries, of each area in its colour and shape, a little aside from the other's."""
    years = list(dict.fromkeys(data["year"]))
    axis = {"title": "January", "labelAngle": 0, "labelOverlap": True}
    x = {"field": "year", "type": "ordinal", "scale": {"domain": years}, "axis": axis}
    top = float(data["high"].max())
    y: Spec = {
        "type": "quantitative",
        "axis": {"title": "% of all EHC plans", "tickCount": 5},
        "scale": {"domain": [0, top * 1.15 if top > 0 else 1.0]},
    }

    def marks(name: str, kind: str, mark: Spec, field: str = "low", *, ends: bool = False) -> Spec:
        second = {"y2": {"field": "high"}} if ends else {}
        test = f"{is_series(name, 'whose')} && datum.kind === '{kind}'"
        return {
            "transform": [{"filter": test}],
            "mark": mark,
            "encoding": {"x": x, "y": {**y, "field": field}, **second},
        }

    layers: list[Spec] = [
        {
            "transform": [{"filter": "datum.changed"}],
            "mark": {"type": "rule", "color": INK, "strokeDash": [2, 3]},
            "encoding": {"x": {**x, "bandPosition": 0}},
        }
    ]
    for name, (shape, colour, light, aside) in zip(names, _LOOKS, strict=True):
        point = {"type": "point", "filled": True, "opacity": 1, "color": colour, "xOffset": aside}
        word = {"type": "text", "text": "?", "dy": -8, "fontSize": sizes(mode)[1], "xOffset": aside, "color": colour}
        layers += [
            marks(name, RANGE, {"type": "bar", "width": 12, "color": light, "xOffset": aside}, ends=True),
            *(marks(name, RANGE, {**point, "shape": shape, "size": 60}, field) for field in ("low", "high")),
            marks(name, EXACT, {**point, "shape": shape, "size": 110}),
            marks(name, AT_LEAST, {**point, "shape": "triangle-up", "size": 110}),
            {
                "transform": [{"filter": f"{is_series(name, 'whose')} && datum.kind === '{UNKNOWN}'"}],
                "mark": word,
                "encoding": {"x": x, "y": {**y, "datum": 0}},
            },
        ]
    at_the_end = _names_at_the_end(data, names, top, sizes(mode)[0])
    room = max((len(str(one["words"])) for one in at_the_end), default=0) * sizes(mode)[0] * 0.55
    return {
        "height": SHOWN if mode == "show" else _HEIGHT,
        "padding": {"left": 5, "top": 5, "bottom": 5, "right": 5 + int(room)},
        "layer": [*layers, *(_word(one, x, y, sizes(mode)[0]) for one in at_the_end)],
        "config": config(mode),
    }


def _word(one: dict[str, object], x: Spec, y: Spec, size: int) -> Spec:
    mark = {"type": "text", "align": "left", "baseline": "middle", "dx": 20, "fontSize": size, "fontWeight": "bold"}
    return {
        "data": {"values": [one]},
        "mark": {**mark, "color": one["colour"]},
        "encoding": {"x": x, "y": {**y, "field": "at"}, "text": {"field": "words"}},
    }


def _names_at_the_end(data: pd.DataFrame, names: tuple[str, str], top: float, size: int) -> list[dict[str, object]]:
    """The names right of the last January, moved apart; none where one of them is long or has no mark there."""
    last = data[data["year"].eq(data["year"].iloc[-1]) & data["low"].notna()].set_index("whose")
    if not set(names) <= set(last.index) or max(map(len, names)) > _LETTERS:
        return []
    middle = [float(last.loc[name, ["low", "high"]].mean()) for name in names]
    heights = spread_apart(middle, top * 1.4 * size / LEAST_SHOWN)
    colours = (DARK_BLUE, two_areas.BESIDE_IN_WORDS)
    return [
        {"year": data["year"].iloc[-1], "at": height, "words": name, "colour": colour}
        for name, height, colour in zip(names, heights, colours, strict=True)
    ]


def _key(data: pd.DataFrame, names: tuple[str, str]) -> tuple[Entry, ...]:
    """Whose a colour is, then what a mark says, in grey."""
    drawings = (f'<circle cx="9" cy="9" r="7" fill="{DARK_BLUE}"/>', two_areas.BESIDE_DRAWING)
    whose = [
        Entry(drawing, name)
        for name, drawing in zip(names, drawings, strict=True)
        if data.loc[data["whose"].eq(name), "low"].notna().any()
    ]
    ends = "".join(f'<circle cx="9" cy="{y}" r="2.5" fill="{MID_GREY}"/>' for y in (3, 15))
    bar = f'<rect x="4" y="2" width="10" height="14" fill="{LIGHT_GREY}"/>{ends}'
    unknown = f'<text x="9" y="15" text-anchor="middle" font-size="16" fill="{INK}">?</text>'
    kinds = {
        RANGE: Entry(bar, "somewhere in this range"),
        AT_LEAST: Entry(f'<path d="M9,2L16,16L2,16Z" fill="{MID_GREY}"/>', "this or more"),
        UNKNOWN: Entry(unknown, "not known"),
    }
    return (*whose, *(entry for kind, entry in kinds.items() if kind in set(data["kind"])))
