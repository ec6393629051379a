"""Pictures of Getting help: lines with the breaks of their series, and two parts of a whole.

Data of a line hold a row for every period, so that a month that nobody
published is a gap; a figure that is hidden or missing is a gap as well.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from sendlib.questions.answer import Answer, written
from sendlib.questions.getting_help.health_people import AUTISM_BARS
from sendlib.tables.community_workbook import SERVICES
from sendlib.tables.periods import spoken
from sendlib.view import charts
from sendlib.view.charts import INK, LINE_COLOURS, LINE_DASHES, MID_GREY, Spec

MOST_LINES = 4
ENGLAND_LINE, ENGLAND_STYLE = "England", 2
_LIGHT = "#d9d9d9"


def every_period(data: pd.DataFrame, x: str, series: str, y: str, periods: Sequence[str]) -> pd.DataFrame:
    """Columns x, series and y with a row for every period and line; no figure where `data` has none."""
    order = list(dict.fromkeys(data[series].astype(str)))
    grid = pd.MultiIndex.from_product([periods, order], names=[x, series])
    values = data.assign(**{x: data[x].astype(str), series: data[series].astype(str)}).set_index([x, series])[y]
    return values.reindex(grid).reset_index()


def all_months(periods: Sequence[str]) -> list[str]:
    """The last day of every month from the first to the last of the periods."""
    return [day.date().isoformat() for day in pd.date_range(min(periods), max(periods), freq="ME")]


def lines(
    mode: str, x: str, y: str, series: str, order: list[str], x_title: str, y_title: str,
    breaks: Sequence[tuple[str, str]] = (), top: float | None = None, months: bool = False, height: int = 280, span: tuple[str, str] | None = None,
    styles: Sequence[int] | None = None,
) -> Spec:
    """Lines from zero, at most four, with an upright dashed line at each break: (period, its label, which stands above the plot).

    `styles` gives each line its colour and dash by their place (line_styles); without it they follow the order.
    `top` fixes the upper end; `months` are last days of months, on an axis of time,
    which ends with the months of `span` and not with the one after.
    """  # fmt: skip
    y_scale = {"zero": True} if top is None else {"domain": [0, top]}
    axis = {"title": x_title, "labelAngle": 0, "labelOverlap": True}
    across = {"field": x, "type": "temporal", "timeUnit": "yearmonth", "bandPosition": 0, "axis": {**axis, "format": "%b %Y", "tickCount": 6}} if months else {"field": x, "type": "ordinal", "axis": axis}
    if span:
        across = {**across, "scale": {"domain": [{"year": int(day[:4]), "month": int(day[5:7])} for day in span]}}
    scale = {"domain": order}
    places = list(range(min(len(order), len(LINE_COLOURS)))) if styles is None else styles
    encoding = {
        "x": across,
        "y": {"field": y, "type": "quantitative", "axis": {"title": y_title, "tickCount": 5}, "scale": y_scale},
        "color": {"field": series, "type": "nominal", "scale": {**scale, "range": [LINE_COLOURS[place] for place in places]}, "legend": None},
        "strokeDash": {"field": series, "type": "nominal", "scale": {**scale, "range": [LINE_DASHES[place] for place in places]}, "legend": None},
        "tooltip": [
            {"field": x, "title": x_title, **({"type": "temporal", "format": "%B %Y"} if months else {})},
            {"field": series, "title": "Line"},
            {"field": y, "title": y_title, "format": ",.1f"},
        ],
    }
    width = 4 if mode == "show" else 2.5
    layers: list[Spec] = []
    if breaks:
        # Labels of words stand in two rows by turns: on a narrow screen they would run into one another in one.
        rows = 2 if len(breaks) > 1 and any(len(label) > _SHORT_LABEL for _, label in breaks) else 1
        at = {"data": {"values": [{x: period, "label": label} for period, label in breaks]}}
        layers = [
            {**at, "mark": {"type": "rule", "color": MID_GREY, "strokeDash": [4, 4], "strokeWidth": 1.5}, "encoding": {"x": across}},
            *(_labels(mode, x, across, list(breaks)[row::rows], row) for row in range(rows)),
        ]
    layers.append({"mark": {"type": "line", "point": {"size": 60, "filled": True}, "strokeWidth": width, "invalid": "break-paths-show-path-domains"}, "encoding": encoding})
    return {"height": height, "layer": layers, "config": charts.config(mode)}


_SHORT_LABEL = 2
"""Letters: a break's number; a longer label needs room of its own."""


def _labels(mode: str, x: str, across: Spec, breaks: list[tuple[str, str]], row: int) -> Spec:
    """Labels of breaks above the plot, in its first row or a second one above that."""
    size = charts.sizes(mode)[0]
    return {
        "data": {"values": [{x: period, "label": label} for period, label in breaks]},
        "mark": {"type": "text", "align": "center", "dy": -6 - row * (size + 2), "baseline": "bottom", "color": INK, "fontSize": size},
        "encoding": {"x": across, "y": {"value": 0}, "text": {"field": "label", "type": "nominal"}},
    }


def line_styles(every: Sequence[str], order: Sequence[str]) -> list[int]:
    """The place of the colour and dash of each line of `order`, by what it is.

    `every` holds all lines that the picture could have, so that one without figures gives its
    colour to no other; England has the third everywhere, and the others the rest in turn.
    """
    others = [line for line in dict.fromkeys(every) if line != ENGLAND_LINE]
    free = [place for place in range(len(LINE_COLOURS)) if place != ENGLAND_STYLE or ENGLAND_LINE not in every]
    if len(others) > len(free):
        others = [line for line in order if line != ENGLAND_LINE]
    styles = {ENGLAND_LINE: ENGLAND_STYLE, **dict(zip(others, free, strict=False))}
    return [styles[line] for line in order]


# Above this many per cent a number has room inside its bar.
_ROOM = 20


def two_parts(mode: str, order: list[str], parts: tuple[str, str]) -> Spec:
    """Bars of 100 in two parts, each with the number of the first. Data of autism_bars; rows without a figure are left out of the data."""
    label = charts.sizes(mode)[0]
    number = {"type": "text", "align": "left", "baseline": "middle", "fontSize": label, "dx": 6}
    text = {"field": "share", "type": "quantitative", "format": ".0f"}
    first = "datum.place === 0"
    return {
        "height": 56 * len(order) + 50,
        "encoding": {
            "y": {"field": "who", "type": "nominal", "sort": order, "axis": {"title": None, "tickSize": 0, "labelPadding": 8, **charts.TWO_LINES}},
            "order": {"field": "place", "type": "quantitative"},
            "tooltip": [{"field": "who", "title": "Whose"}, {"field": "part", "title": "Part"}, {"field": "share", "title": "%", "format": ".0f"}],
        },
        "layer": [
            {
                "mark": {"type": "bar", "height": 26, "stroke": "white"},
                "encoding": {
                    "x": {"field": "share", "type": "quantitative", "stack": "zero", "scale": {"domain": [0, 100]}, "axis": {"title": "%", "tickCount": 5}},
                    "color": {"field": "part", "type": "nominal", "scale": {"domain": list(parts), "range": [charts.DARK_BLUE, _LIGHT]}, "legend": None},
                },
            },
            {
                "transform": [{"filter": f"{first} && datum.share >= {_ROOM}"}],
                "mark": {**number, "color": "white"},
                "encoding": {"x": {"value": 0}, "text": text},
            },
            # A short part has its number beside it, in ink on the light one.
            {
                "transform": [{"filter": f"{first} && datum.share < {_ROOM}"}],
                "mark": {**number, "color": INK},
                "encoding": {"x": {"field": "share", "type": "quantitative", "stack": None, "scale": {"domain": [0, 100]}}, "text": text},
            },
        ],
        "config": charts.config(mode),
    }


def two_parts_key(parts: tuple[str, str]) -> str:
    """The key of two_parts."""
    swatch = '<rect x="2" y="2" width="14" height="14" fill="{}" stroke="{}" stroke-width="1"/>'
    return charts.key([(charts.symbol(swatch.format(colour, MID_GREY)), part) for colour, part in zip((charts.DARK_BLUE, _LIGHT), parts, strict=True)])


def autism_bars(rows: pd.DataFrame, mode: str) -> tuple[pd.DataFrame, list[str]]:
    """Data of two_parts from one month of the autism table, and the order of its bars; what was not corrected is marked so."""
    known = rows.dropna(subset=["seen_late"])
    marked = np.where(known["corrected"].eq("no"), " (area not corrected)", "")
    who = (known["health_area"] + ", " + known["age"] + marked).map(lambda name: charts.label_of(name, mode))
    pieces = [known.assign(who=who, part=part, place=place, share=known[column]) for place, (part, column) in enumerate(zip(AUTISM_BARS, ("seen_late", "seen_early_or_not_seen"), strict=True))]
    return pd.concat(pieces, ignore_index=True)[["who", "part", "place", "share"]], list(who)


def short_service(service: str) -> str:
    """A service's name for the axis of a picture: at most two lines."""
    name = service.removeprefix("Therapy interventions: ").split(" (")[0]
    return {SERVICES["screening"]: "Screening and immunisation", SERVICES["long_term_conditions"]: "Long-term conditions: nursing and therapy"}.get(service, name)


def on_time_lines(answer: Answer, mode: str) -> list[str]:
    """Every line that the lead picture can have: own, the mean, England, and who was here before."""
    table = answer.tables["on_time"].data
    before = [str(table["before_name"].iloc[0])] if "before" in table else []
    return [answer.area.name, f"{'Average' if mode == 'families' else 'Mean'} of {answer.comparators}", ENGLAND_LINE, *before]


def on_time(answer: Answer, mode: str) -> tuple[pd.DataFrame, list[str]]:
    """Data of the lead picture (period, whose, share) and its lines: own, the mean, England, and who was here before.

    A share of too few plans (`left_out`) is a gap.
    """
    table = answer.tables["on_time"].data
    columns = dict(zip(("share", "comparator_mean", "england", "before"), on_time_lines(answer, mode), strict=False))
    wide = table.assign(share=table["share"].where(table["left_out"].eq(""))).rename(columns=columns)
    long = wide.melt("period", list(columns.values()), var_name="whose", value_name="share")
    order = [line for line in columns.values() if long.loc[long["whose"].eq(line), "share"].notna().any()]
    return every_period(long[long["whose"].isin(order)], "period", "whose", "share", list(table["period"])), order


def known_lines(data: pd.DataFrame, x: str, series: str, y: str, months: bool) -> tuple[pd.DataFrame, list[str]]:
    """Data of up to MOST_LINES lines that have a figure, and their order; the axis ends with the last period that any of them has."""
    known = data.dropna(subset=[y])
    order = [line for line in dict.fromkeys(data[series]) if known[series].eq(line).any()][:MOST_LINES]
    if not order:
        return data.iloc[:0], []
    held = sorted(known.loc[known[series].isin(order), x].unique())
    periods = all_months(held) if months else sorted(period for period in data[x].unique() if held[0] <= period <= held[-1])
    return every_period(data[data[series].isin(order)], x, series, y, periods), order


def on_axis(period: str, months: bool) -> str:
    """A period as an axis writes it: a January stock by its year, under a title that says January."""
    return period if months else period.removesuffix("-01")


def month_in_brackets(period: str, months: bool) -> str:
    """` (March 2023)` after the words of a break on an axis of months."""
    return f" ({pd.Timestamp(period):%B %Y})" if months else ""


def alt_lines(start: str, data: pd.DataFrame, x: str, series: str, y: str, unit: str) -> str:
    """A picture of lines in words: where each begins and ends."""
    told = []
    for line, rows in data.dropna(subset=[y]).groupby(series, sort=False):
        first, last = rows.iloc[0], rows.iloc[-1]
        decimals = 0 if rows[y].mod(1).eq(0).all() else 1
        span = f"{written(first[y], decimals)} in {spoken(first[x])}" + (f" to {written(last[y], decimals)} in {spoken(last[x])}" if len(rows) > 1 else "")
        told.append(f"{line}: {span}")
    return f"{start}. Lines, {unit}: {'; '.join(told)}."


def alt_marks(start: str, data: pd.DataFrame, series: list[str]) -> str:
    """A picture of marks in words: each row with its figures. Data of charts.dots_data."""
    told = []
    for need, rows in data.groupby("need", sort=False):
        shares = dict(zip(rows["series"], rows["share"], strict=True))
        told.append(f"{need}: " + ", ".join(f"{name} {written(shares[name], 1)}" for name in series if name in shares))
    return f"{start}. {'; '.join(told)}."


def alt_bars(start: str, rows: pd.DataFrame) -> str:
    """The autism bars in words."""
    told = [f"{row['health_area']}, {row['age']}: {written(row['seen_late'])}% after more than 13 weeks" for _, row in rows.dropna(subset=["seen_late"]).iterrows()]
    return f"{start}. {'; '.join(told)}; the rest within 13 weeks or not yet."
