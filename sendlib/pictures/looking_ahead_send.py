"""SEND numbers ahead: a trend, the residents alone and the range of all ways on, and how far each method was out when
tried on the past."""

from __future__ import annotations

import pandas as pd

from sendlib.answer import Answer, Mode, Text
from sendlib.answer.numbers import written
from sendlib.pictures import rows
from sendlib.pictures.looking_ahead_ends import NARROW, label_colour, pixels, room_right, spread_apart, years_axis
from sendlib.pictures.palette import DARK_BLUE, INK, LIGHT_ORANGE, LIGHTER_BLUE, ORANGE, PAPER, SOFT_BLUE, TURQUOISE
from sendlib.pictures.picture import Picture, Spec, config, is_series, line, nothing_to_draw, sizes, swatch
from sendlib.questions.looking_ahead import send_ahead, send_past
from sendlib.questions.looking_ahead.send_ahead import IF_SHARES_HELD
from sendlib.questions.looking_ahead.send_past import CENTRE, HELD, METHOD_NAMES
from sendlib.tables.periods import spoken

_TREND = METHOD_NAMES[CENTRE]
_STYLES: dict[str, tuple[str, list[int]]] = {
    HELD: (DARK_BLUE, [1, 0]),
    _TREND: (ORANGE, [8, 3]),
    IF_SHARES_HELD: (TURQUOISE, [2, 3]),
}
_SHORT = {_TREND: "Trend", IF_SHARES_HELD: "Shares held"}
"""The lines on from what was published: the recent rise dying away, and the residents alone."""
_RANGE = "All ways on"
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
    if _called(answer, name) in send_ahead.too_short(table.data):
        return [nothing_to_draw("send", answer.notes_about("send")[0].text.explore)]
    data = send_data(answer, name)
    drawn = set(data["line"])
    lines = tuple(
        line(colour, dash, f"Trend: {called[:1].lower()}{called[1:]}" if called == _TREND else called)
        for called, (colour, dash) in _STYLES.items()
        if called in drawn
    )
    alt = Text(f"{table.caption.explore}. {_in_words(answer, data, name)}")
    return [Picture("send", _send_spec(mode, data, name), data, alt, legend=(*lines, swatch(_SHADE, _RANGE)))]


def _called(answer: Answer, name: str) -> str:
    """What a series is called."""
    return str(answer.offered["send_series"].options[name])


def send_data(answer: Answer, name: str) -> pd.DataFrame:
    """A series, its trend and the line of the residents alone, each from the last published point, with words at the
    ends; the range of all ways on stands beside the trend.

    Columns: begins, line, group, number, lowest, highest.
    """
    table = answer.tables["send"].data
    own = table["series"].eq(_called(answer, name)) & table["line"].isin(list(_STYLES))
    held = table[own].dropna(subset=["number"])
    last = held[held["line"].eq(HELD)].tail(1)
    # Projections begin at the last published point, so that no line hangs in the air.
    starts = [last.assign(line=way) for way in _SHORT if held["line"].eq(way).any()]
    # So does the range, which stands beside the first of them.
    starts[0] = starts[0].assign(lowest=last["number"], highest=last["number"])
    data = pd.concat([held, *starts], ignore_index=True)
    data = data.assign(begins=data["period"].str[:4].astype(int), group=data["line"])
    ends = _ends(data)
    least = 0.062 * float(data[["number", "highest"]].max().max())
    heights = spread_apart([float(number) for number in ends["number"]], least)
    said = [_ended(float(number), name) for number in ends["number"]]
    labels = ends.assign(
        label_at=heights,
        lowest=None,
        highest=None,
        number=None,
        short=said,
        words=[f"{_SHORT[way]}: {number}" for way, number in zip(ends["line"], said, strict=True)],
        line="label",
    )
    return pd.concat([data, labels], ignore_index=True).sort_values(["line", "begins"], kind="stable")


def _ends(data: pd.DataFrame) -> pd.DataFrame:
    """The last year of the trend and of the residents alone."""
    ways = data[data["line"].isin(list(_SHORT))]
    return ways.sort_values("begins").groupby("line").tail(1)


def _ended(number: float, name: str) -> str:
    """A projected number as in the sentence: plans without false precision, per cents with one decimal."""
    return written(number, 1) if send_past.is_share(name) else send_ahead.about(number)


def _in_words(answer: Answer, data: pd.DataFrame, name: str) -> str:
    """From which published number to which, where each way on leads, and between which all of them do."""
    held, ends = data[data["line"].eq(HELD)].sort_values("begins"), _ends(data)
    decimals = 1 if send_past.is_share(name) else 0
    first, last = (
        f"{written(row['number'], decimals)} in {spoken(row['period'])}" for row in (held.iloc[0], held.iloc[-1])
    )
    ways = "; ".join(
        f"{way} {_ended(float(number), name)}" for way, number in zip(ends["line"], ends["number"], strict=True)
    )
    end = data.dropna(subset=["highest"]).sort_values("begins").iloc[-1]
    low, high = (_ended(float(end[side]), name) for side in ("lowest", "highest"))
    return (
        f"{_called(answer, name)}: {HELD.lower()} {first} to {last}. In {spoken(ends['period'].iloc[-1])}: {ways};"
        f" all ways on, {low} to {high}."
    )


def _counted(name: str) -> str:
    """What the upright axis counts."""
    return (
        "% of pupils"
        if send_past.is_share(name)
        else "Pupils"
        if name.startswith(send_past.NEED)
        else "Plans in January"
    )


def _send_spec(mode: Mode, data: pd.DataFrame, name: str) -> Spec:
    """A published line, its trend and the residents alone, and the lowest to the highest of all ways on as a band. Data
    of send_data."""
    title = _counted(name)
    y = {
        "field": "number",
        "type": "quantitative",
        "scale": {"zero": True},
        "axis": {"title": title, "tickCount": 5},
    }
    held = data.loc[data["line"].eq(HELD), "begins"]
    first, now, last = int(held.min()), int(held.max()), int(data["begins"].max())
    # A phone has room for the numbers alone; their colours are in the key.
    narrow, size = f"width < {NARROW}", sizes(mode)[0]
    room = room_right({narrow: pixels(data["short"].dropna(), size), "": pixels(data["words"].dropna(), size)})

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
        "mark": {
            "type": "text",
            "align": "left",
            "dx": 8,
            "fontSize": size,
            "text": {"expr": f"{narrow} ? datum.short : datum.words"},
        },
        "encoding": {
            "y": {"field": "label_at", "type": "quantitative"},
            "color": label_colour({group: colour for group, (colour, _) in _STYLES.items()}),
        },
    }
    return {
        "height": 380,
        "encoding": {"x": years_axis(first, [first, now, last], last, room, school="/" in str(data["period"].iloc[0]))},
        "layer": [shade, ways, labels],
        "config": config(mode),
    }


def backtest(answer: Answer, mode: Mode) -> list[Picture]:
    """The series that was chosen: a square for each method and year ahead."""
    name = answer.chosen("tested_series")
    data = tested_data(answer, name)
    if data.empty:
        return [nothing_to_draw("backtest", send_past.too_few_years(_tried(answer, name)))]
    caption = answer.tables["backtest"].caption.explore
    farthest = data[data["years_ahead"].eq(data["years_ahead"].max())]
    told = "; ".join(f"{row.method} {row.middle} out, {row.missed}%" for row in farthest.itertuples(index=False))
    alt = f"{caption}. {_tried(answer, name)}, {int(farthest['years_ahead'].iloc[0])} years ahead: {told}."
    return [Picture("backtest", tested_spec(mode, data), data, Text(alt), below=(HOW_TO_READ_SQUARES,))]


def _tried(answer: Answer, name: str) -> str:
    """What a series that is tried on is called."""
    return str(answer.offered["tested_series"].options[name])


def tested_data(answer: Answer, name: str) -> pd.DataFrame:
    """The back-test of a series by method and years ahead: error, and the words of a square.

    Columns: years_ahead, method, error, middle, missed.
    """
    table = answer.tables["backtest"].data
    tested = table[table["series"].eq(_tried(answer, name))]
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
