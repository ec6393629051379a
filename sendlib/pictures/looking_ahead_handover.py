"""Who turns 18 by 2030: all years together with their range, and by single year where these are given."""

from __future__ import annotations

import textwrap

import pandas as pd

from sendlib.answer import Answer, Mode, Text
from sendlib.pictures.looking_ahead_ends import pixels, room_right
from sendlib.pictures.palette import DARK_BLUE, INK, SOFT_BLUE
from sendlib.pictures.picture import Picture, Spec, config, nothing_to_draw, sizes, swatch
from sendlib.questions.looking_ahead import handover as turning
from sendlib.questions.looking_ahead.places import SMALLEST
from sendlib.questions.looking_ahead.words import is_known

_NARROW = 260
"""Pixels of the plot below which the words beside a bar stand on two lines."""
_BY_YEAR = "By single year, with the published low or high rate"


def handover(answer: Answer, mode: Mode) -> list[Picture]:
    """A bar a scenario for all years together, and a bar a year where single years are given."""
    table = answer.tables["handover"]
    caption, said = table.caption.explore, table.how_to_read.explore
    if not is_known(table.data.iloc[0]):
        return [nothing_to_draw("handover", said)]
    together = together_data(answer)
    found = [Picture("handover", _together(mode, together), together, Text(f"{caption}. {said}"))]
    years = years_data(answer)
    if years.empty:
        return found
    told = "; ".join(f"{year}: {words}" for year, words in zip(years["turning_18"], years["words"], strict=True))
    legend = (swatch(DARK_BLUE, "With the published low rate"), swatch(SOFT_BLUE, "More with the published high rate"))
    alt = Text(f"{caption}, by single year. {told}.")
    return [*found, Picture("handover_years", _years(mode, years), years, alt, legend=legend, heading=_BY_YEAR)]


def together_data(answer: Answer) -> pd.DataFrame:
    """Who turns 18 in all years together, a row a scenario. Columns: scenario, number, from_, to, words, halves.

    A number that is not given, since it is below ten, is drawn as ten, and a lower limit as nought.
    """
    whole = answer.tables["handover"].data.iloc[0]
    rows = []
    for name, scenario in turning.RATES.items():
        number = _drawn(whole[f"{name}_rate"], SMALLEST)
        low = _drawn(whole.get(f"{name}_rate_from", number), 0)
        high = _drawn(whole.get(f"{name}_rate_to", number), SMALLEST)
        rows.append((scenario, number, low, high, turning.with_range(whole, name)))
    return pd.DataFrame(rows, columns=["scenario", "number", "from_", "to", "words"]).assign(
        halves=lambda held: held["words"].map(_halves)
    )


def _drawn(number: float, few: float) -> float:
    return float(few) if pd.isna(number) else float(number)


def _together(mode: Mode, data: pd.DataFrame) -> Spec:
    """A bar a scenario, a line over its range, and both in words. Data of
    together_data."""
    most, size = float(data["to"].max()), sizes(mode)[0]
    whole, part = pixels(data["words"], size), pixels([_halves(words).split("|")[0] for words in data["words"]], size)
    room = {"expr": f"{most} / (1 - {room_right({f'width < {_NARROW}': part, '': whole})})"}
    x = _across({"domainMin": 0, "domainMax": room, "nice": False})
    limits = {"mark": {"type": "rule", "color": INK, "strokeWidth": 2.5}}
    said = {"expr": f"width < {_NARROW} ? datum.halves : datum.words"}
    words = {"type": "text", "align": "left", "baseline": "middle", "dx": 8, "fontSize": size, "lineBreak": "|"}
    return {
        "height": 40 * len(data) + 50,
        "padding": {"left": 5, "top": 5, "bottom": 5, "right": 18},
        "encoding": {"y": _down("scenario")},
        "layer": [
            {"mark": {"type": "bar", "height": 22, "color": SOFT_BLUE}, "encoding": {"x": {**x, "field": "number"}}},
            {**limits, "encoding": {"x": {**x, "field": "from_"}, "x2": {"field": "to"}}},
            {"mark": {**words, "text": said}, "encoding": {"x": {**x, "field": "to"}}},
        ],
        "config": config(mode),
    }


def _halves(words: str) -> str:
    """Words on two lines, for a phone."""
    return "|".join(textwrap.wrap(words, len(words) // 2 + 4))


def years_data(answer: Answer) -> pd.DataFrame:
    """Who could be handed over by single year, where these are given. Columns: turning_18, from_, to, words."""
    table = answer.tables["handover"].data.iloc[1:]
    return pd.DataFrame(
        {
            "turning_18": table["turning_18"],
            "from_": [_drawn(number, SMALLEST) for number in table["low_rate"]],
            "to": [_drawn(number, SMALLEST) for number in table["high_rate"]],
            "words": [turning.either(row) for _, row in table.iterrows()],
        }
    )


def _years(mode: Mode, data: pd.DataFrame) -> Spec:
    """A bar a year up to the published low, lighter to the high, with the numbers in words. Data of years_data."""
    # Room for the words at the ends of the bars, on a narrow screen as well.
    x = _across({"domain": [0, 1.8 * float(data["to"].max())]})
    words = {"type": "text", "align": "left", "dx": 6, "fontSize": sizes(mode)[0]}

    def bar(colour: str, field: str) -> Spec:
        return {"mark": {"type": "bar", "color": colour, "height": 20}, "encoding": {"x": {**x, "field": field}}}

    return {
        "height": 34 * len(data) + 50,
        "encoding": {"y": _down("turning_18")},
        "layer": [
            bar(SOFT_BLUE, "to"),
            bar(DARK_BLUE, "from_"),
            {"mark": words, "encoding": {"x": {**x, "field": "to"}, "text": {"field": "words"}}},
        ],
        "config": config(mode),
    }


def _across(scale: Spec) -> Spec:
    axis = {"title": "Young people", "tickCount": 3, "labelOverlap": True}
    return {"type": "quantitative", "scale": scale, "axis": axis}


def _down(field: str) -> Spec:
    axis = {"title": None, "tickSize": 0, "labelPadding": 8}
    return {"field": field, "type": "nominal", "sort": None, "axis": axis}
