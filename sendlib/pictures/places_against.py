"""Pictures of residence and provision: needs in two columns of bars side by side, and shares beside those compared."""

from __future__ import annotations

import textwrap

import pandas as pd

from sendlib.answer import Answer, Mode, Table, Text
from sendlib.answer.numbers import capital
from sendlib.pictures import rows
from sendlib.pictures.palette import DARK_BLUE, INK, TURQUOISE
from sendlib.pictures.picture import Picture, Pictures, Spec, config, nothing_to_draw, sizes
from sendlib.questions.places import against_tables, residence
from sendlib.questions.places.naming import place
from sendlib.tables.needs import UNKNOWN

_STARTS = (0.0, 0.53)
"""Where the two columns of bars begin, as parts of the width."""
_LONGEST = 0.33
"""The longest bar, as a part of the width: a number must fit behind it."""
_LETTERS, _IN_SHOW = 19, 40
"""Of a line of a column's heading, so that it fits on a narrow screen; a shared screen has more room."""
_COLOURS = (DARK_BLUE, TURQUOISE)


def _against(answer: Answer, mode: Mode) -> list[Picture]:
    """Plans of residents by need, and beside them places, or pupils, of the schools here: two columns on one scale."""
    table = answer.tables[against_tables.BY_NEED]
    known = "places" in table.data and table.data["places"].notna().any()
    columns = ("plans", "places" if known else "pupils")
    drawn = _cells(table, columns, mode)
    if drawn["value"].isna().all():
        return [nothing_to_draw(against_tables.BY_NEED, f"Not available for {place(answer.area)}.")]
    caption = table.caption.in_mode(mode)
    below = f"Both columns have one scale. {_PLANS_ARE} {_PLACES_ARE if known else _PUPILS_ARE}"
    headings = [table.columns[name].heading for name in columns]
    return [
        Picture(
            against_tables.BY_NEED,
            _spec(mode, drawn, headings),
            drawn,
            Text(f"{caption}. {_in_words(drawn)}"),
            below=(below,),
        )
    ]


_PLANS_ARE = "Plans are of those who live here, wherever they learn."
_PUPILS_ARE = "Pupils are those of the schools here, wherever they live."
_PLACES_ARE = "A school approved for several needs counts for each of them: places do not add up."


def _cells(table: Table, columns: tuple[str, str], mode: Mode) -> pd.DataFrame:
    """One row a need and column: what it is, its number, how it is written, and where its bar begins and ends."""
    ordered = table.data[table.data["need"].ne(UNKNOWN)].sort_values("plans", ascending=False, kind="stable")
    shown, written = table.data_in(mode).loc[ordered.index], table.readable(mode).loc[ordered.index]
    longest = float(shown[list(columns)].max(axis=None))
    parts = []
    for name, start in zip(columns, _STARTS, strict=True):
        column = table.columns[name]
        width = (shown[name] / longest if longest > 0 else shown[name] * 0.0).fillna(0.0)
        parts.append(
            pd.DataFrame(
                {
                    "need": shown["name"],
                    "what": column.heading,
                    "value": shown[name],
                    "words": written[column.heading_in(mode)],
                    "from": start,
                    "to": start + _LONGEST * width,
                }
            )
        )
    return pd.concat(parts, ignore_index=True)


def _in_words(drawn: pd.DataFrame) -> str:
    """`Autism: plans of residents 586, pupils in state special schools here 148; ...`"""
    told = []
    for need, held in drawn.groupby("need", sort=False):
        cells = zip(held["what"], held["words"], strict=True)
        told.append(f"{need}: " + ", ".join(f"{what[:1].lower()}{what[1:]} {words}" for what, words in cells))
    return f"{'; '.join(told)}."


def _spec(mode: Mode, drawn: pd.DataFrame, headings: list[str]) -> Spec:
    """Bars of two columns under their headings, each need's name over its two bars."""
    needs = list(dict.fromkeys(drawn["need"]))
    order, low = ["", *needs], rows.HEIGHT / 4
    y = rows.rows("need", order)
    scale = {"domain": [0, 1], "nice": False}
    x = {"field": "from", "type": "quantitative", "scale": scale, "axis": None}
    end = {**x, "field": "to"}
    top = [
        {"need": "", "from": start, "words": "|".join(textwrap.wrap(heading, _IN_SHOW if mode == "show" else _LETTERS))}
        for heading, start in zip(headings, _STARTS, strict=True)
    ]
    head = {
        "type": "text",
        "align": "left",
        "baseline": "top",
        "yOffset": 2 - rows.HEIGHT / 2,
        "lineBreak": "|",
        "fontWeight": "bold",
        "color": INK,
        "fontSize": sizes(mode)[0] - 1,
        "lineHeight": sizes(mode)[0],
    }
    number = {
        "type": "text",
        "align": "left",
        "baseline": "middle",
        "dx": 5,
        "yOffset": low,
        "fontSize": sizes(mode)[0],
    }
    colour = {
        "field": "what",
        "type": "nominal",
        "scale": {"domain": headings, "range": list(_COLOURS)},
        "legend": None,
    }
    tooltip = [
        {"field": "need", "title": "Need"},
        {"field": "what", "title": "What"},
        {"field": "words", "title": "Number"},
    ]
    return {
        "height": rows.HEIGHT * len(order) + 8,
        "padding": {**rows.ROOM, "right": 12},
        "layer": [
            *rows.names(mode, "need", {"": "", **{need: need for need in needs}}),
            {
                "data": {"values": top},
                "mark": head,
                "encoding": {"y": y, "x": x, "text": {"field": "words"}},
            },
            {
                "mark": {"type": "bar", "height": 14, "yOffset": low},
                "encoding": {"y": y, "x": x, "x2": {"field": "to"}, "color": colour, "tooltip": tooltip},
            },
            {"mark": number, "encoding": {"y": y, "x": end, "text": {"field": "words"}}},
        ],
        "config": config(mode),
    }


def _residence(answer: Answer, mode: Mode) -> list[Picture]:
    """The measures that are per cents, beside those compared and England; numbers and rates are in the table."""
    table = answer.tables[residence.NAME]
    data = table.data[table.data["rate_is"].str.startswith("%")].drop_duplicates("measure")
    series = {capital(place(answer.area)): "rate"}
    if "mean" in data:
        series[table.columns["mean"].heading] = "mean"
    if "england_rate" in data:
        series["England"] = "england_rate"
    return [
        rows.marks(
            residence.NAME,
            mode,
            data.reset_index(drop=True),
            list(data["measure"]),
            series,
            "%",
            table.caption.in_mode(mode),
            statuses=list(data["status"].astype(str)),
            nothing=f"Not available for {place(answer.area)}.",
        )
    ]


PICTURES: Pictures = {against_tables.BY_NEED: _against, residence.NAME: _residence}
