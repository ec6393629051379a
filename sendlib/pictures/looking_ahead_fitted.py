"""A trend fitted to yearly totals: what was measured, then the middle and two bands to 2030."""

from __future__ import annotations

import pandas as pd

from sendlib.answer import Answer, Mode, Text
from sendlib.pictures.looking_ahead_ends import pixels, room_right, spread_apart, years_axis
from sendlib.pictures.palette import DARK_BLUE, INK, LIGHTER_BLUE, MID_GREY, SOFT_BLUE
from sendlib.pictures.picture import Picture, Spec, config, sizes
from sendlib.questions.looking_ahead import places
from sendlib.questions.looking_ahead.fitted_trend import QUANTILES

HOW_TO_READ = (
    "Dots: measured. Dark: 5 in 10 simulations, the middle ones; light: 8 in 10. Dashed: the rate last measured."
)
_LABELLED = ("p10", "p50", "p90")
_BANDS = (("rate_p10", "rate_p90", LIGHTER_BLUE), ("rate_p25", "rate_p75", SOFT_BLUE))


def fitted(answer: Answer, mode: Mode) -> list[Picture]:
    """The trend with the area's children at its end."""
    table, data = answer.tables["fitted"], fitted_data(answer)
    alt = Text(f"{table.caption.explore}. {table.how_to_read.explore}")
    return [Picture("fitted", _spec(mode, data), data, alt, below=(HOW_TO_READ,))]


def fitted_data(answer: Answer) -> pd.DataFrame:
    """Measured years, then the percentiles of a fitted trend from the last of them on, with the area's children at the
    ends."""
    history, trend = answer.tables["fan"].data, answer.tables["fitted"].data
    measured = history.loc[history["measured"].notna(), ["year", "measured"]]
    last = float(measured["measured"].iloc[-1])
    start = pd.DataFrame({"year": [measured["year"].iloc[-1]], **{f"rate_{name}": [last] for name in QUANTILES}})
    rates = [f"rate_{name}" for name in QUANTILES]
    end = trend.iloc[-1]
    least = 0.07 * float(end["rate_p90"])
    heights = spread_apart([float(end[f"rate_{name}"]) for name in _LABELLED], least)
    words = [places.said(end[f"children_{name}"], places.step_of(answer.area)) for name in _LABELLED]
    called = [f"{said} children" if name == "p50" else said for name, said in zip(_LABELLED, words, strict=True)]
    labels = pd.DataFrame({"year": end["year"], "label_at": heights, "words": called})
    rows = pd.concat([measured, start, trend[["year", *rates]], labels], ignore_index=True)
    return rows.assign(begins=rows["year"].str[:4].astype(int))


def _spec(mode: Mode, data: pd.DataFrame) -> Spec:
    """A fitted trend after its history: the middle line, and bands for 5 and 8 in 10. Data of fitted_data."""
    measured = data.dropna(subset=["measured"])
    first, last_measured, last = (
        int(number) for number in (measured["begins"].min(), measured["begins"].max(), data["begins"].max())
    )
    y = {
        "type": "quantitative",
        "scale": {"zero": True},
        "axis": {"title": "In every 10,000 aged 0 to 19", "tickCount": 5},
    }

    def layer(field: str, mark: Spec, **encoding: object) -> Spec:
        return {
            "transform": [{"filter": f"isValid(datum.{field})"}],
            "mark": mark,
            "encoding": {"y": {**y, "field": field}, **encoding},
        }

    words = {"type": "text", "align": "left", "dx": 8, "fontSize": sizes(mode)[0], "color": DARK_BLUE}
    room = room_right({"": pixels(data["words"].dropna(), sizes(mode)[0])})
    level = {"datum": float(measured["measured"].iloc[-1])}
    return {
        "height": 320,
        "encoding": {"x": years_axis(first, [first, last_measured, last], last, room, school=True)},
        "layer": [
            *(layer(low, {"type": "area", "color": colour}, y2={"field": high}) for low, high, colour in _BANDS),
            layer("rate_p50", {"type": "line", "color": DARK_BLUE, "strokeWidth": 2.5}),
            layer("measured", {"type": "point", "filled": True, "opacity": 1, "color": INK, "size": 40}),
            {
                "mark": {"type": "rule", "color": MID_GREY, "strokeDash": [4, 4]},
                "encoding": {"x": None, "y": level},
            },
            {
                "transform": [{"filter": "isValid(datum.label_at)"}],
                "mark": words,
                "encoding": {"y": {"field": "label_at", "type": "quantitative"}, "text": {"field": "words"}},
            },
        ],
        "config": config(mode),
    }
