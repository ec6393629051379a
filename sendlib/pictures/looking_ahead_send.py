"""SEND numbers ahead: every method's way on from what was published, and how far each was out when tried on the
past."""

from __future__ import annotations

import pandas as pd

from sendlib.answer import Answer, Mode, Text
from sendlib.answer.numbers import written
from sendlib.pictures import rows
from sendlib.pictures.looking_ahead_ends import NARROW, WORDS_BY_WIDTH, at_ends, label_colour, spread_apart, years_axis
from sendlib.pictures.palette import DARK_BLUE, INK, LIGHT_ORANGE, LIGHTER_BLUE, ORANGE, PAPER, SOFT_BLUE, TURQUOISE
from sendlib.pictures.picture import Picture, Spec, config, is_series, line, nothing_to_draw, sizes
from sendlib.questions.looking_ahead import send_ahead, send_past
from sendlib.questions.looking_ahead.send_past import CENTRE, HELD, METHOD_NAMES, SERIES
from sendlib.tables.periods import spoken

_OTHERS = "Other ways on"
_STYLES: dict[str, tuple[str, list[int]]] = {
    HELD: (DARK_BLUE, [1, 0]),
    METHOD_NAMES[CENTRE]: (ORANGE, [8, 3]),
    _OTHERS: (TURQUOISE, [2, 3]),
}
_SHORT = {
    "flat": "Stays",
    "half": "Half",
    "damped": "Dies away",
    "continued": "Goes on",
    "half_drift": "Half, all years",
    "linear": "Line, all years",
    "log_linear": "%, all years",
}
_METHOD_OF = {called: method for method, called in METHOD_NAMES.items()}
_NAME, _SQUARE = 22, 42
"""Pixels of the name of a method and of the squares below it."""
_SMALL_ERROR, _LARGE_ERROR = LIGHTER_BLUE, SOFT_BLUE
"""Dark words keep a contrast of 7 to 1 on either."""
_SHADE = LIGHT_ORANGE
HOW_TO_READ_SQUARES = (
    "In each square: how far out the method was in the middle case, and below it from which miss to which, a tenth of"
    " the tries at either end left out; below nought is too low."
)


def send(answer: Answer, mode: Mode) -> list[Picture]:
    """The series that was chosen, with every method's way on."""
    name, table = answer.chosen("send_series"), answer.tables["send"]
    if SERIES[name] in send_ahead.too_short(table.data):
        return [nothing_to_draw("send", answer.notes_about("send")[0].text.explore)]
    data = send_data(answer, name)
    legend = tuple(line(colour, dash, called) for called, (colour, dash) in _STYLES.items())
    alt = Text(f"{table.caption.explore}. {_in_words(data, name)}")
    return [Picture("send", _send_spec(mode, data, name), data, alt, legend=legend)]


def send_data(answer: Answer, name: str) -> pd.DataFrame:
    """A series and every method's way on, each from the last published point, with words at the ends.

    Columns: begins, line, group, number, lowest, highest.
    """
    table = answer.tables["send"].data
    held = table[table["series"].eq(SERIES[name]) & table["line"].isin([HELD, *_METHOD_OF])].dropna(subset=["number"])
    last = held[held["line"].eq(HELD)].tail(1)
    # Projections begin at the last published point, so that no line hangs in the air.
    data = pd.concat([held, *(last.assign(line=way) for way in _METHOD_OF)], ignore_index=True)
    data = data.assign(
        begins=data["period"].str[:4].astype(int),
        group=data["line"].where(data["line"].isin(list(_STYLES)), _OTHERS),
    )
    ends = _ends(data)
    least = 0.062 * float(data[["number", "highest"]].max().max())
    heights = spread_apart([float(number) for number in ends["number"]], least)
    said = [_ended(float(number), name) for number in ends["number"]]
    short = [f"{_SHORT[_METHOD_OF[way]]}: {number}" for way, number in zip(ends["line"], said, strict=True)]
    labels = ends.assign(
        label_at=heights,
        lowest=None,
        highest=None,
        number=None,
        long=[f"{way}: {number}" for way, number in zip(ends["line"], said, strict=True)],
        middle=short,
        short=short,
        line="label",
    )
    return pd.concat([data, labels], ignore_index=True).sort_values(["line", "begins"], kind="stable")


def _ends(data: pd.DataFrame) -> pd.DataFrame:
    """The last year of every method's way on."""
    ways = data[data["line"].isin(list(_METHOD_OF))]
    return ways.sort_values("begins").groupby("line").tail(1)


def _ended(number: float, name: str) -> str:
    """A projected number as in the sentence: plans without false precision, per cents with one decimal."""
    return send_ahead.about(number) if name == "plans" else written(number, 1)


def _in_words(data: pd.DataFrame, name: str) -> str:
    """From which published number to which, and where each method leads."""
    held, ends = data[data["line"].eq(HELD)].sort_values("begins"), _ends(data)
    decimals = 0 if name == "plans" else 1
    first, last = (
        f"{written(row['number'], decimals)} in {spoken(row['period'])}" for row in (held.iloc[0], held.iloc[-1])
    )
    ways = "; ".join(
        f"{way} {_ended(float(number), name)}" for way, number in zip(ends["line"], ends["number"], strict=True)
    )
    return f"{SERIES[name]}: {HELD.lower()} {first} to {last}. In {spoken(ends['period'].iloc[-1])}: {ways}."


def _send_spec(mode: Mode, data: pd.DataFrame, name: str) -> Spec:
    """A published line, every method's way on by name, and the lowest to the highest of them as a band. Data of
    send_data."""
    title = "Plans in January" if name == "plans" else "% of pupils"
    y = {
        "field": "number",
        "type": "quantitative",
        "scale": {"zero": True},
        "axis": {"title": title, "tickCount": 5},
    }
    held = data.loc[data["line"].eq(HELD), "begins"]
    first, now, last = int(held.min()), int(held.max()), int(data["begins"].max())
    room = at_ends(data[data["line"].eq("label")], sizes(mode)[0])

    def by_group(marks: list[object]) -> Spec:
        scale = {"domain": list(_STYLES), "range": marks}
        return {"field": "group", "type": "nominal", "scale": scale, "legend": None}

    shade = {
        "transform": [{"filter": "isValid(datum.lowest)"}],
        "mark": {"type": "area", "color": _SHADE},
        "encoding": {"y": {**y, "field": "lowest"}, "y2": {"field": "highest"}},
    }
    ways = {
        "transform": [{"filter": "datum.line !== 'label'"}],
        "mark": {"type": "line", "strokeWidth": 2.5},
        "encoding": {
            "y": y,
            "detail": {"field": "line"},
            "color": by_group([colour for colour, _ in _STYLES.values()]),
            "strokeDash": by_group([dash for _, dash in _STYLES.values()]),
            "tooltip": [
                {"field": "period", "title": "When"},
                {"field": "line", "title": "Line"},
                {"field": "number", "title": title, "format": ",.1f"},
            ],
        },
    }
    labels = {
        "transform": [{"filter": is_series("label", "line")}],
        "mark": {"type": "text", "align": "left", "dx": 8, "fontSize": sizes(mode)[0], "text": WORDS_BY_WIDTH},
        "encoding": {
            "y": {"field": "label_at", "type": "quantitative"},
            "color": label_colour({group: colour for group, (colour, _) in _STYLES.items()}),
        },
    }
    return {
        "height": 380,
        "encoding": {"x": years_axis(first, [first, now, last], last, room, school=name != "plans")},
        "layer": [shade, ways, labels],
        "config": config(mode),
    }


def backtest(answer: Answer, mode: Mode) -> list[Picture]:
    """The series that was chosen: a square for each method and year ahead."""
    name = answer.chosen("tested_series")
    data = tested_data(answer, name)
    if data.empty:
        return [nothing_to_draw("backtest", send_past.too_few_years(name))]
    caption = answer.tables["backtest"].caption.explore
    farthest = data[data["years_ahead"].eq(data["years_ahead"].max())]
    told = "; ".join(f"{row.method} {row.middle} out, {row.missed}%" for row in farthest.itertuples(index=False))
    alt = f"{caption}. {SERIES[name]}, {int(farthest['years_ahead'].iloc[0])} years ahead: {told}."
    return [Picture("backtest", tested_spec(mode, data), data, Text(alt), below=(HOW_TO_READ_SQUARES,))]


def tested_data(answer: Answer, name: str) -> pd.DataFrame:
    """The back-test of a series by method and years ahead: error, and the words of a square.

    Columns: years_ahead, method, error, middle, missed.
    """
    table = answer.tables["backtest"].data
    tested = table[table["series"].eq(SERIES[name])]
    ends = zip(tested["missed_from"], tested["missed_to"], strict=True)
    return tested[["years_ahead", "method", "error"]].assign(
        middle=[f"{written(error)}%" for error in tested["error"]],
        missed=[" to ".join(written(miss, 0, signed=True) for miss in both) for both in ends],
    )


def tested_spec(mode: Mode, data: pd.DataFrame) -> Spec:
    """A square for each method and year ahead, darker for a larger error, with the error and the ends of the misses in
    figures. Data of tested_data."""
    order, size = list(dict.fromkeys(data["method"])), sizes(mode)[0]
    y = rows.rows("method", order)
    axis = {"title": "Years ahead", "labelAngle": 0, "orient": "top", "tickSize": 0, "domain": False}
    x = {"field": "years_ahead", "type": "ordinal", "axis": axis}
    shades = {"domain": [0, float(data["error"].max())], "range": [_SMALL_ERROR, _LARGE_ERROR]}
    shade = {"field": "error", "type": "quantitative", "scale": shades, "legend": None}
    # The name of a method stands over its squares, or neither would have room.
    middle, down = _NAME / 2, 10
    square = {"type": "rect", "stroke": PAPER, "strokeWidth": 2, "height": _SQUARE, "yOffset": middle}
    words: Spec = {"type": "text", "color": INK}
    above = {**words, "yOffset": middle - down, "fontSize": size + 2, "fontWeight": "bold"}
    # A phone has room for the middle error only; the ends are in the table.
    by_width = {"expr": f"width < {NARROW} ? '' : datum.missed"}
    return {
        "height": (_NAME + _SQUARE) * len(order) + 62,
        "layer": [
            *rows.names(mode, "method", {name: name for name in order}),
            {"mark": square, "encoding": {"x": x, "y": y, "color": shade}},
            {"mark": above, "encoding": {"x": x, "y": y, "text": {"field": "middle"}}},
            {
                "mark": {**words, "yOffset": middle + down, "fontSize": size, "text": by_width},
                "encoding": {"x": x, "y": y},
            },
        ],
        "config": config(mode),
    }
