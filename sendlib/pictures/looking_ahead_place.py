"""How much the rates that are taken for a place move its number, and what moves it most."""

from __future__ import annotations

import pandas as pd

from sendlib.answer import Answer, Mode, Text
from sendlib.answer.numbers import written
from sendlib.pictures import rows
from sendlib.pictures.looking_ahead_ends import pixels, room_right
from sendlib.pictures.palette import DARK_BLUE, SOFT_BLUE
from sendlib.pictures.picture import Picture, Spec, config, nothing_to_draw, sizes, swatch
from sendlib.questions.looking_ahead.places import FEW
from sendlib.tables.symbols import VALUE

_BAR = 20


def place(answer: Answer, mode: Mode) -> list[Picture]:
    """A bar a way up to the number with the published low rate, lighter to that with the high one."""
    table, data = answer.tables["place"], place_data(answer)
    if data.empty:
        return [nothing_to_draw("place", table.how_to_read.explore)]
    told = "; ".join(f"{way}: {words}" for way, words in zip(data["way"], data["words"], strict=True))
    legend = (swatch(DARK_BLUE, "With the published low rate"), swatch(SOFT_BLUE, "More with the published high rate"))
    alt = Text(f"{table.caption.explore}. {told}.")
    return [Picture("place", _spec(mode, data), data, alt, legend=legend)]


def place_data(answer: Answer) -> pd.DataFrame:
    """The ways that have numbers. Columns: way, low, high, words; a number below ten is drawn as nought."""
    held = answer.tables["place"].data
    held = held[held["status"].eq(VALUE)]
    words = [
        " or ".join(dict.fromkeys(FEW if pd.isna(number) else written(number) for number in (row.low, row.high)))
        for row in held.itertuples(index=False)
    ]
    return held[["way", "low", "high"]].fillna({"low": 0.0, "high": 0.0}).assign(words=words)


def _spec(mode: Mode, data: pd.DataFrame) -> Spec:
    order, size = list(data["way"]), sizes(mode)[0]
    room = room_right({"": pixels(data["words"], size)})
    domain = {"domainMin": 0, "domainMax": {"expr": f"{max(float(data['high'].max()), 1)} / (1 - {room})"}}
    y, low = rows.rows("way", order), rows.off_middle(0.25, len(order))
    axis = {**rows.axis_title("Children"), "tickCount": 3, "labelOverlap": "greedy"}
    x = {"type": "quantitative", "scale": {**domain, "nice": False}, "axis": axis}

    def bar(colour: str, field: str) -> Spec:
        mark = {"type": "bar", "color": colour, "height": _BAR, "yOffset": low}
        return {"mark": mark, "encoding": {"y": y, "x": {**x, "field": field}}}

    words = {"type": "text", "align": "left", "baseline": "middle", "dx": 6, "yOffset": low, "fontSize": size}
    return {
        "height": rows.height(mode, len(order), "Children"),
        "padding": rows.ROOM,
        "layer": [
            *rows.names(mode, "way", {way: way for way in order}),
            bar(SOFT_BLUE, "high"),
            bar(DARK_BLUE, "low"),
            {"mark": words, "encoding": {"y": y, "x": {**x, "field": "high"}, "text": {"field": "words"}}},
        ],
        "config": config(mode),
    }


def moves(answer: Answer, mode: Mode) -> list[Picture]:
    """A bar an assumption, that which moves most first."""
    table = answer.tables["moves"]
    return [
        rows.bars(
            "moves",
            mode,
            table.data,
            "what",
            "change",
            "% by which the higher number of children lies above the lower",
            table.caption.explore,
            decimals=0,
        )
    ]
