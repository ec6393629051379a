"""More pictures of what may come, for Look closer: a fitted trend, SEND numbers, and who turns 18."""

from __future__ import annotations

import pandas as pd

from sendlib.questions.answer import Answer, written
from sendlib.questions.looking_ahead import expected_children as children
from sendlib.questions.looking_ahead import send_ahead
from sendlib.questions.looking_ahead import tables as ahead_tables
from sendlib.questions.looking_ahead.fitted_trend import QUANTILES
from sendlib.view import charts, fans
from sendlib.view.charts import DARK_BLUE, INK, MID_GREY, ORANGE, TURQUOISE, Spec

_SENT = {"Published": (DARK_BLUE, [1, 0]), send_ahead.METHOD_NAMES[send_ahead.CENTRE]: (ORANGE, [8, 3]), "Other ways on": (TURQUOISE, [2, 3])}
_LIGHTER = "#8fa9c4"
_SENT_SHORT = {
    "flat": "Stays", "half": "Half", "damped": "Dies away", "continued": "Goes on", "half_drift": "Half, all years", "linear": "Line, all years",
    "log_linear": "%, all years",
}  # fmt: skip
_TESTED_NAME, _TESTED_SQUARE = 22, 42
"""Pixels of the name of a method and of the squares below it."""
_PHONE = 480
"""Pixels of width below which words are short."""
_SMALL_ERROR, _LARGE_ERROR = "#eef3f7", "#8fa9c4"
"""Dark words keep a contrast of 7 to 1 on either."""


def quantiles_data(answer: Answer) -> pd.DataFrame:
    """Measured years, then the percentiles of a fitted trend from the last of them on, with the area's children at the ends."""
    history, fitted = answer.tables["fan"].data, answer.tables["fitted"].data
    measured = history.loc[history["measured"].notna(), ["year", "measured"]]
    last = float(measured["measured"].iloc[-1])
    start = pd.DataFrame({"year": [measured["year"].iloc[-1]], **{f"rate_{name}": [last] for name in QUANTILES}})
    rates = [column for column in fitted if column.startswith("rate_")]
    end = fitted.iloc[-1]
    shown = ("p10", "p50", "p90")
    heights = fans.spread_apart([float(end[f"rate_{name}"]) for name in shown], 0.07 * float(end["rate_p90"]))
    labels = pd.DataFrame(
        {
            "year": end["year"], "label_at": heights,
            "words": [f"{children.said(end[f'children_{name}'], answer.area.code)}{' children' if name == 'p50' else ''}" for name in shown],
        }
    )  # fmt: skip
    rows = pd.concat([measured, start, fitted[["year", *rates]], labels], ignore_index=True)
    return rows.assign(begins=rows["year"].str[:4].astype(int))


def quantiles(answer: Answer, mode: str) -> Spec:
    """A fitted trend after its history: the middle line, and bands for 5 and 8 in 10. Data of quantiles_data."""
    data = quantiles_data(answer)
    measured = data.dropna(subset=["measured"])
    first, last_measured, last = int(measured["begins"].min()), int(measured["begins"].max()), int(data["begins"].max())
    y = {"type": "quantitative", "scale": {"zero": True}, "axis": {"title": "In every 10,000 aged 0 to 19", "tickCount": 5}}
    bands = [("rate_p10", "rate_p90", "#e3eaf1"), ("rate_p25", "rate_p75", "#bfcfde")]
    return {
        "height": 320,
        "encoding": {"x": fans.years_axis(first, [first, last_measured, last], last, school=True)},
        "layer": [
            *(
                {"transform": [{"filter": f"isValid(datum.{low})"}], "mark": {"type": "area", "color": colour}, "encoding": {"y": {**y, "field": low}, "y2": {"field": high}}}
                for low, high, colour in bands
            ),
            {"transform": [{"filter": "isValid(datum.rate_p50)"}], "mark": {"type": "line", "color": DARK_BLUE, "strokeWidth": 2.5}, "encoding": {"y": {**y, "field": "rate_p50"}}},
            {"transform": [{"filter": "isValid(datum.measured)"}], "mark": {"type": "point", "filled": True, "opacity": 1, "color": INK, "size": 40}, "encoding": {"y": {**y, "field": "measured"}}},
            {"mark": {"type": "rule", "color": MID_GREY, "strokeDash": [4, 4]}, "encoding": {"x": None, "y": {"datum": float(measured["measured"].iloc[-1])}}},
            {
                "transform": [{"filter": "isValid(datum.label_at)"}],
                "mark": {"type": "text", "align": "left", "dx": 8, "fontSize": charts.sizes(mode)[0], "color": DARK_BLUE},
                "encoding": {"y": {"field": "label_at", "type": "quantitative"}, "text": {"field": "words"}},
            },
        ],
        "config": charts.config(mode),
    }


def send_data(answer: Answer, name: str) -> pd.DataFrame:
    """A series and every method's way on, each from the last published point, with words at the ends. Columns: begins, line, group, number, past_low, past_high."""
    table = answer.tables["send"].data
    rows = table[table["series"].eq(send_ahead.SERIES[name])]
    ways = {called: method for method, called in send_ahead.METHOD_NAMES.items()}
    rows = rows[rows["line"].isin(["Published", *ways])].dropna(subset=["number"])
    last = rows[rows["line"].eq("Published")].tail(1)
    # Projections begin at the last published point, so that no line hangs in the air.
    data = pd.concat([rows, *(last.assign(line=line) for line in ways)], ignore_index=True)
    data = data.assign(begins=data["period"].str[:4].astype(int), group=data["line"].where(data["line"].isin(list(_SENT)), "Other ways on"))
    ends = data[data["line"].isin(ways)].sort_values("begins").groupby("line").tail(1)
    heights = fans.spread_apart([float(number) for number in ends["number"]], 0.062 * float(data[["number", "past_high"]].max().max()))
    decimals = 0 if name == "plans" else 1
    labels = ends.assign(
        label_at=heights, past_low=None, past_high=None, number=None,
        long=[f"{row.line}: {_ended(row.number, decimals)}" for row in ends.itertuples()],
        short=[f"{_SENT_SHORT[ways[row.line]]}: {_ended(row.number, decimals)}" for row in ends.itertuples()],
    ).assign(line="label")  # fmt: skip
    labels = labels.assign(middle=labels["short"])
    return pd.concat([data, labels], ignore_index=True).sort_values(["line", "begins"], kind="stable")


def _ended(number: float, decimals: int) -> str:
    """As in the sentence: without false precision."""
    return written(number, 1) if decimals else written(round(number, -3 if number >= 30_000 else -1))


def send(mode: str, data: pd.DataFrame, y_title: str, *, school: bool) -> Spec:
    """A published line, every method's way on by name, and what past projections missed by as a band. Data of send_data."""
    y = {"field": "number", "type": "quantitative", "scale": {"zero": True}, "axis": {"title": y_title, "tickCount": 5}}
    published = data.loc[data["line"].eq("Published"), "begins"]
    first, now, last = int(published.min()), int(published.max()), int(data["begins"].max())
    order, styles = list(_SENT), list(_SENT.values())
    scale = {"domain": order, "range": [colour for colour, _ in styles]}
    return {
        "height": 380,
        "encoding": {"x": fans.years_axis(first, [first, now, last], last, school=school)},
        "layer": [
            {
                "transform": [{"filter": "isValid(datum.past_low)"}], "mark": {"type": "area", "color": "#fbd9c8"},
                "encoding": {"y": {**y, "field": "past_low"}, "y2": {"field": "past_high"}},
            },
            {
                "transform": [{"filter": "datum.line !== 'label'"}], "mark": {"type": "line", "strokeWidth": 2.5},
                "encoding": {
                    "y": y, "detail": {"field": "line"}, "color": {"field": "group", "type": "nominal", "scale": scale, "legend": None},
                    "strokeDash": {"field": "group", "type": "nominal", "scale": {"domain": order, "range": [dash for _, dash in styles]}, "legend": None},
                    "tooltip": [{"field": "period", "title": "When"}, {"field": "line", "title": "Line"}, {"field": "number", "title": y_title, "format": ",.1f"}],
                },
            },
            {
                "transform": [{"filter": "datum.line === 'label'"}],
                "mark": {"type": "text", "align": "left", "dx": 8, "fontSize": charts.sizes(mode)[0], "text": fans.WORDS_BY_WIDTH},
                "encoding": {"y": {"field": "label_at", "type": "quantitative"}, "color": fans.label_colour({group: colour for group, (colour, _) in _SENT.items()})},
            },
        ],
        "config": charts.config(mode),
    }  # fmt: skip


def send_key() -> str:
    """The key of the picture of SEND numbers."""
    return charts.key([(fans.line_symbol(*style), name) for name, style in _SENT.items()])


def tested_data(answer: Answer, name: str) -> pd.DataFrame:
    """The back-test of a series by method and years ahead: error, and the words of a square. Columns: years_ahead, method, error, middle, held, held_short."""
    table = answer.tables["backtest"].data
    rows = table[table["series"].eq(send_ahead.SERIES[name])]
    held = [written(coverage) for coverage in rows["coverage"]]
    return pd.DataFrame(
        {
            "years_ahead": rows["years_ahead"], "method": rows["method"], "error": rows["error"], "middle": [f"{written(error)}%" for error in rows["error"]],
            "held": [f"{number} in 100" for number in held], "held_short": held,
        }
    )  # fmt: skip


def tested(mode: str, data: pd.DataFrame) -> Spec:
    """A square for each method and year ahead, darker for a larger error, with the error and what the 80% range held in figures. Data of tested_data."""
    order, size = list(dict.fromkeys(data["method"])), charts.sizes(mode)[0]
    y = charts.rows("method", order)
    x = {"field": "years_ahead", "type": "ordinal", "axis": {"title": "Years ahead", "labelAngle": 0, "orient": "top", "tickSize": 0, "domain": False}}
    shade = {"field": "error", "type": "quantitative", "scale": {"domain": [0, float(data["error"].max())], "range": [_SMALL_ERROR, _LARGE_ERROR]}, "legend": None}
    # The name of a method stands over its squares, and a phone has the bare number, or neither would have room.
    middle, down = _TESTED_NAME / 2, 10
    return {
        "height": (_TESTED_NAME + _TESTED_SQUARE) * len(order) + 62,
        "layer": [
            *charts.row_names(mode, "method", {name: name for name in order}, _TESTED_NAME + _TESTED_SQUARE),
            {"mark": {"type": "rect", "stroke": "white", "strokeWidth": 2, "height": _TESTED_SQUARE, "yOffset": middle}, "encoding": {"x": x, "y": y, "color": shade}},
            {
                "mark": {"type": "text", "color": INK, "yOffset": middle - down, "fontSize": size + 2, "fontWeight": "bold"},
                "encoding": {"x": x, "y": y, "text": {"field": "middle"}},
            },
            {
                "mark": {"type": "text", "color": INK, "yOffset": middle + down, "fontSize": size, "text": {"expr": f"width < {_PHONE} ? datum.held_short : datum.held"}},
                "encoding": {"x": x, "y": y},
            },
        ],
        "config": charts.config(mode),
    }  # fmt: skip


TESTED_KEY = (
    "In each square: how far out the method was in the middle case, and below it how much of 100 that came lay inside its range, which was meant to"
    " hold 80."
)


def known_panels(answer: Answer, mode: str) -> list[tuple[str, pd.DataFrame, Spec]]:
    """The published rates as two pictures on one scale, since rates of some kinds are of the group and others of everybody: words, data and picture."""
    table = answer.tables["known"].data
    panels = []
    for out_of, words in {
        ahead_tables.OF_THE_GROUP: "How many of a group have a life-limiting condition",
        ahead_tables.OF_ALL: "How many of all children and young people have a condition of this kind, or by this definition",
    }.items():
        rows = table.loc[table["out_of"].eq(out_of), ["who", "per_10000"]]
        if rows.empty:
            continue
        spec = charts.bars(mode, "who", "per_10000", list(rows["who"]), f"In every 10,000 of {out_of}")
        # A point that nobody sees gives both pictures the scale of the longer bars.
        longest = {"data": {"values": [{"most": float(table["per_10000"].max())}]}, "mark": {"type": "point", "opacity": 0}}
        spec["layer"].append({**longest, "encoding": {"x": {"field": "most", "type": "quantitative"}, "y": {"value": 0}}})
        panels.append((words, rows, spec))
    return panels


def together_data(answer: Answer) -> pd.DataFrame:
    """Who turns 18 in all years together, a row a scenario. Columns: scenario, number, from_, to, words."""
    whole = answer.tables["handover"].data.iloc[0]
    rows = []
    for name in ("low", "high"):
        said, limits = whole[f"with_the_{name}_rate"], whole[f"chance_with_the_{name}_rate"]
        low, _, high = limits.partition(" to ")
        few = float(children.SMALLEST)
        number = _number(said, few)
        rows.append((f"Published {name} rate", number, _number(low, 0.0) if limits else number, _number(high, few) if limits else number, f"{said} ({limits})" if limits else said))
    return pd.DataFrame(rows, columns=["scenario", "number", "from_", "to", "words"])


def together(mode: str, data: pd.DataFrame) -> Spec:
    """A bar a scenario, a line from the lower to the upper limit of chance, and both in words. Data of together_data."""
    most = float(data["to"].max())
    room = {"expr": f"width < {_PHONE} ? {2.8 * most} : {1.8 * most}"}
    x = {"type": "quantitative", "scale": {"domainMin": 0, "domainMax": room, "nice": False}, "axis": {"title": "Young people", "tickCount": 3, "labelOverlap": True}}
    return {
        "height": 40 * len(data) + 50,
        "encoding": {"y": {"field": "scenario", "type": "nominal", "sort": None, "axis": {"title": None, "tickSize": 0, "labelPadding": 8}}},
        "layer": [
            {"mark": {"type": "bar", "height": 22, "color": _LIGHTER}, "encoding": {"x": {**x, "field": "number"}}},
            {"mark": {"type": "rule", "color": INK, "strokeWidth": 2.5}, "encoding": {"x": {**x, "field": "from_"}, "x2": {"field": "to"}}},
            {"mark": {"type": "text", "align": "left", "dx": 8, "fontSize": charts.sizes(mode)[0]}, "encoding": {"x": {**x, "field": "to"}, "text": {"field": "words"}}},
        ],
        "config": charts.config(mode),
    }


def handover_data(answer: Answer) -> pd.DataFrame:
    """Who could be handed over by single year, where these are given. Columns: turning_18, from_, to, words."""
    table = answer.tables["handover"].data.iloc[1:]
    low, high = (table[f"with_the_{name}_rate"].map(lambda said: _number(said, float(children.SMALLEST))) for name in ("low", "high"))
    words = [one if one == other else f"{one} to {other}" for one, other in zip(table["with_the_low_rate"], table["with_the_high_rate"], strict=True)]
    return pd.DataFrame({"turning_18": table["turning_18"], "from_": low, "to": high, "words": words})


def _number(said: str, few: float) -> float:
    """A number as it is said; `few` for `fewer than 10`."""
    return float(said.replace(",", "")) if said[0].isdigit() else few


def handover(mode: str, data: pd.DataFrame) -> Spec:
    """A bar a year up to the published low, lighter to the high, with the numbers in words. Data of handover_data."""
    # Room for the words at the ends of the bars, on a narrow screen as well.
    x = {"type": "quantitative", "scale": {"domain": [0, 1.8 * float(data["to"].max())]}, "axis": {"title": "Young people", "tickCount": 3, "labelOverlap": True}}
    return {
        "height": 34 * len(data) + 50,
        "encoding": {"y": {"field": "turning_18", "type": "nominal", "sort": None, "axis": {"title": None, "tickSize": 0, "labelPadding": 8}}},
        "layer": [
            {"mark": {"type": "bar", "color": _LIGHTER, "height": 20}, "encoding": {"x": {**x, "field": "to"}}},
            {"mark": {"type": "bar", "color": DARK_BLUE, "height": 20}, "encoding": {"x": {**x, "field": "from_"}}},
            {"mark": {"type": "text", "align": "left", "dx": 6, "fontSize": charts.sizes(mode)[0]}, "encoding": {"x": {**x, "field": "to"}, "text": {"field": "words"}}},
        ],
        "config": charts.config(mode),
    }


def handover_key() -> str:
    """The key of the picture of those who turn 18."""
    swatch = '<rect x="2" y="2" width="14" height="14" fill="{}"/>'
    return charts.key([(charts.symbol(swatch.format(DARK_BLUE)), "With the published low rate"), (charts.symbol(swatch.format(_LIGHTER)), "More with the published high rate")])
