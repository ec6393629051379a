"""More pictures of what may come, for Look closer: a fitted trend, SEND numbers, and who turns 18."""

from __future__ import annotations

import pandas as pd

from sendlib.questions.answer import Answer, written
from sendlib.questions.looking_ahead import expected_children as children
from sendlib.questions.looking_ahead import send_ahead
from sendlib.questions.looking_ahead.fitted_trend import QUANTILES
from sendlib.view import charts, fans
from sendlib.view.charts import DARK_BLUE, INK, MID_GREY, ORANGE, TURQUOISE, Spec

_SENT = {"Published": (DARK_BLUE, [1, 0]), send_ahead.METHOD_NAMES[send_ahead.CENTRE]: (ORANGE, [8, 3]), "Other ways on": (TURQUOISE, [2, 3])}
_LIGHTER = "#8fa9c4"
_SENT_SHORT = {"flat": "Stays", "half": "Half", "damped": "Dies away", "continued": "Goes on"}


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
    """A series and the engine's ways on, each from the last published point, with words at the ends. Columns: begins, line, group, number, past_low, past_high."""
    table = answer.tables["send"].data
    rows = table[table["series"].eq(send_ahead.SERIES[name])]
    ways = {send_ahead.METHOD_NAMES[method]: method for method in send_ahead.ENGINE}
    rows = rows[rows["line"].isin(["Published", *ways])].dropna(subset=["number"])
    last = rows[rows["line"].eq("Published")].tail(1)
    # Projections begin at the last published point, so that no line hangs in the air.
    data = pd.concat([rows, *(last.assign(line=line) for line in ways)], ignore_index=True)
    data = data.assign(begins=data["period"].str[:4].astype(int), group=data["line"].where(data["line"].isin(list(_SENT)), "Other ways on"))
    ends = data[data["line"].isin(ways)].sort_values("begins").groupby("line").tail(1)
    heights = fans.spread_apart([float(number) for number in ends["number"]], 0.075 * float(data[["number", "past_high"]].max().max()))
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
    """A published line, the engine's ways on by name, and what past projections missed by as a band. Data of send_data."""
    y = {"field": "number", "type": "quantitative", "scale": {"zero": True}, "axis": {"title": y_title, "tickCount": 5}}
    published = data.loc[data["line"].eq("Published"), "begins"]
    first, now, last = int(published.min()), int(published.max()), int(data["begins"].max())
    order, styles = list(_SENT), list(_SENT.values())
    scale = {"domain": order, "range": [colour for colour, _ in styles]}
    return {
        "height": 320,
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


def handover_data(answer: Answer) -> pd.DataFrame:
    """Who could be handed over by year, from the published low to the high. Columns: turning_18, from_, to, words."""
    table = answer.tables["handover"].data
    low = table["handed_over_low"].map(lambda said: _number(said, 0.0))
    high = table["handed_over_high"].map(lambda said: _number(said, float(children.SMALLEST)))
    words = [one if one == other else f"{one} to {other}" for one, other in zip(table["handed_over_low"], table["handed_over_high"], strict=True)]
    words = [text.replace("fewer than 10 to", "up to") for text in words]
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
    return charts.key([(charts.symbol(swatch.format(DARK_BLUE)), "With the published low"), (charts.symbol(swatch.format(_LIGHTER)), "More with the published high")])
