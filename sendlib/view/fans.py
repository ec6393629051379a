"""Pictures of what may come: measured years, then named scenarios to 2030."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd

from sendlib.questions.answer import Answer, written
from sendlib.questions.looking_ahead.scenarios import NAMES, OWN, PLAIN_NAMES, PUBLISHED, REFERENCE, column
from sendlib.view import charts
from sendlib.view.charts import DARK_BLUE, GREY, INK, MID_GREY, ORANGE, PINK, TURQUOISE, Spec

BAND, OTHER, NOT_RECOMMENDED, YOURS = "Published rates, low and high", "Other scenarios", "If the past trend continues (not recommended)", "Your own"
_STYLES = {BAND: (DARK_BLUE, [1, 0]), OTHER: (TURQUOISE, [8, 3]), NOT_RECOMMENDED: (MID_GREY, [2, 4]), YOURS: (PINK, [10, 3, 2, 3])}
_PLAIN_GROUPS = {BAND: "Lower and higher share", OTHER: "Another possibility", YOURS: "As you chose"}
_SHORT = {"constant": "As it was", "published-low": "Low rate", "published-high": "High rate", "wales-like": "Wales", "linear": "Trend, line", "percent": "Trend, %", OWN: "Own"}
_PLAIN_SHORT = {"constant": "As it was", "published-low": "Lower", "published-high": "Higher", "wales-like": "As in Wales", OWN: "As chosen"}
_ROOM, _ROOM_NARROW = 17, 26
"""Years' worth of room to the right of the last year, for the words at the ends of the lines; more on a narrow screen."""
_NARROW, _WIDE = 480, 780
"""Pixels of width below and above which the words are short and long."""
_LABEL, _LABEL_SHOWN, _TALL = 0.062, 0.085, 330
"""The height of a line of words as a part of the picture's; larger on a shared screen, where that is of a picture `_TALL` pixels high."""
_LINE_SHOWN = 100
"""Letters in a line under the picture on a shared screen."""
_DARK_TURQUOISE, _DARK_ORANGE = "#1b7169", "#b04310"
"""Words need more contrast than lines: 4.5 to 1 on white."""
_FOR_WORDS = {TURQUOISE: _DARK_TURQUOISE, ORANGE: _DARK_ORANGE}
WORDS_BY_WIDTH = {"expr": f"width > {_WIDE} ? datum.long : width < {_NARROW} ? datum.short : datum.middle"}


def group_of(name: str) -> str:
    """The kind of a scenario, which gives it its line."""
    return BAND if name in PUBLISHED else NOT_RECOMMENDED if name in REFERENCE else YOURS if name == OWN else OTHER


def drawn(answer: Answer, mode: str, chosen: str) -> list[str]:
    """The scenarios that a picture shows: all in Explore, elsewhere the published two and the one that was chosen.

    Families never see a line that is not recommended, whatever the link says,
    nor a path of somebody's own above all that researchers published.
    """
    held = [name for name in NAMES if column(name) in answer.tables["fan"].data]
    if mode == "explore":
        return held
    kept_back = (*REFERENCE, *([OWN] if _own_above_the_published(answer) else [])) if mode == "families" else ()
    return [name for name in held if name in (*PUBLISHED, chosen) and name not in kept_back]


def _own_above_the_published(answer: Answer) -> bool:
    table = answer.tables["fan"].data
    return column(OWN) in table and table[column(OWN)].max() > table[[column(name) for name in PUBLISHED]].iloc[-1].max()


def names_in(mode: str) -> dict[str, str]:
    """What the scenarios are called in a mode."""
    return PLAIN_NAMES if mode == "families" else NAMES


def fan_data(answer: Answer, names: list[str], mode: str = "explore") -> pd.DataFrame:
    """Long rows for the fan: begins, per_10000, line, group, segment, and the words at the end of each line."""
    table = answer.tables["fan"].data
    begins = table["year"].str[:4].astype(int)
    parts = [pd.DataFrame({"begins": begins, "year": table["year"], "per_10000": table["measured"], "line": "measured"}).dropna(), _joined(table)]
    called = names_in(mode)
    for name in names:
        parts.append(pd.DataFrame({"begins": begins, "year": table["year"], "per_10000": table[column(name)], "line": called[name], "group": group_of(name)}))
    rows = pd.concat(parts, ignore_index=True).dropna(subset=["per_10000"])
    return pd.concat([rows, _labels(answer, names, mode, float(rows["per_10000"].max()))], ignore_index=True)


def _joined(table: pd.DataFrame) -> pd.DataFrame:
    """Measured years joined two by two: `run` between years that follow each other, `gap` where nothing was measured between."""
    points = table.loc[table["measured"].notna(), ["year", "measured"]].assign(begins=lambda rows: rows["year"].str[:4].astype(int))
    rows = []
    for (_, one), (_, other) in zip(points.iloc[:-1].iterrows(), points.iloc[1:].iterrows(), strict=True):
        kind = "run" if other["begins"] == one["begins"] + 1 else "gap"
        rows += [{"begins": end["begins"], "year": end["year"], "per_10000": end["measured"], "line": kind, "segment": one["year"]} for end in (one, other)]
    return pd.DataFrame(rows)


def _labels(answer: Answer, names: list[str], mode: str, top: float) -> pd.DataFrame:
    """The words at the ends, moved apart; on a narrow screen a line above them says what the numbers are."""
    table, ends = answer.tables["fan"].data, answer.tables["scenarios"].data.set_index("scenario")
    short, called = _PLAIN_SHORT if mode == "families" else _SHORT, names_in(mode)
    least = (_LABEL_SHOWN * _TALL / _height_shown(answer) if mode == "show" else _LABEL) * top
    heights = spread_apart([float(table[column(name)].iloc[-1]) for name in names], least)
    year = int(table["year"].iloc[-1][:4])
    rows = []
    for name, height in zip(names, heights, strict=True):
        row = ends.loc[NAMES[name]]
        count = "fewer than 10" if math.isnan(row["children"]) else written(row["children"])
        rows.append(
            {
                "long": f"{called[name]}: about {count} children", "middle": f"{short[name]}: about {count} children",
                "short": f"{short[name]}: {count}", "begins": year, "label_at": height, "group": group_of(name), "line": "label",
            }
        )  # fmt: skip
    rows.append({"long": "", "middle": "", "short": "Children:", "begins": year, "label_at": max(heights) + least, "group": "", "line": "label"})
    return pd.DataFrame(rows)


def spread_apart(values: list[float], least: float) -> list[float]:
    """Heights for labels near their values, in the same order, no two nearer than `least`."""
    order = sorted(range(len(values)), key=lambda place: values[place])
    heights = [values[place] for place in order]
    # Labels that touch move apart from their common middle; a few rounds settle any number of them.
    for _ in range(200):
        moved = False
        for i in range(len(heights) - 1):
            short = least - (heights[i + 1] - heights[i])
            if short > 1e-9:
                heights[i] -= short / 2
                heights[i + 1] += short / 2
                moved = True
        if not moved:
            break
    result = [0.0] * len(values)
    for place, height in zip(order, heights, strict=True):
        result[place] = height
    return result


def fan(answer: Answer, mode: str, names: list[str], chosen: str) -> Spec:
    """Measured points, joined by a line or, where nothing was measured between, by a dashed one that says so; a band between the published variants; a line a scenario.

    Data of fan_data.
    """
    table, called = answer.tables["fan"].data, names_in(mode)
    years, measured = table["year"].str[:4].astype(int), table["measured"].dropna()
    first, last_measured, last = int(years.iloc[0]), int(years[measured.index[-1]]), int(years.iloc[-1])
    groups = [group for group in _STYLES if group in {group_of(name) for name in names}]
    colours, dashes = [_STYLES[group][0] for group in groups], [_STYLES[group][1] for group in groups]
    size, width = charts.sizes(mode)[0], 4 if mode == "show" else 2.5
    y = {"field": "per_10000", "type": "quantitative", "scale": {"zero": True}, "axis": {"title": _per_10000(mode), "tickCount": 6}}
    low, high = (f"datum.line === '{called[name]}'" for name in PUBLISHED)
    layers: list[Any] = [
        {
            "transform": [
                {"filter": f"({low}) || ({high})"},
                {"aggregate": [{"op": "min", "field": "per_10000", "as": "from"}, {"op": "max", "field": "per_10000", "as": "to"}], "groupby": ["begins"]},
            ],
            "mark": {"type": "area", "color": "#cfdce8"},
            "encoding": {"y": {**y, "field": "from"}, "y2": {"field": "to"}},
        },
        {"mark": {"type": "rule", "color": GREY, "strokeWidth": 1.5}, "encoding": {"x": {"datum": last_measured}}},
        {
            "transform": [{"filter": "isValid(datum.group) && datum.line !== 'label'"}],
            "mark": {"type": "line", "strokeWidth": width},
            "encoding": {
                "y": y,
                "detail": {"field": "line"},
                "color": {"field": "group", "type": "nominal", "scale": {"domain": groups, "range": colours}, "legend": None},
                "strokeDash": {"field": "group", "type": "nominal", "scale": {"domain": groups, "range": dashes}, "legend": None},
                "size": {"condition": {"test": f"datum.line === '{called.get(chosen, '')}'", "value": 5}, "value": width},
                "tooltip": [{"field": "line", "title": "Scenario"}, {"field": "year", "title": "Year"}, {"field": "per_10000", "title": "In 10,000", "format": ".1f"}],
            },
        },
        *(_joins(kind, dash, y, width) for kind, dash in (("gap", [3, 4]), ("run", [1, 0]))),
        {
            "transform": [{"filter": "datum.line === 'measured'"}],
            "mark": {"type": "point", "filled": True, "opacity": 1, "color": INK, "size": 110 if len(measured) < 6 else 40},
            "encoding": {"y": y, "tooltip": [{"field": "year", "title": "Measured"}, {"field": "per_10000", "title": "In 10,000", "format": ".1f"}]},
        },
        *(_value(float(value), int(years[place]), size, below=place != measured.index[-1]) for place, value in measured.iloc[[0, -1]].items()),
        *_not_measured(answer, size),
        _fixed([{"begins": last_measured, "height": 0.05 * float(measured.iloc[-1]), "words": f"last measured {table['year'][measured.index[-1]]}"}],
               {"align": "right", "dx": -8, "fontSize": size, "color": "#505a5f", "text": {"expr": f"width < {_NARROW} ? '' : datum.words"}}),
        {
            "transform": [{"filter": "datum.line === 'label'"}],
            "mark": {"type": "text", "align": "left", "dx": 8, "fontSize": size, "text": WORDS_BY_WIDTH},
            "encoding": {"y": {"field": "label_at", "type": "quantitative"}, "color": label_colour({group: _STYLES[group][0] for group in groups})},
        },
    ]  # fmt: skip
    height = _height_shown(answer) if mode == "show" else 420
    return {"height": height, "encoding": {"x": years_axis(first, [first, last_measured, last], last, school=True)}, "layer": layers, "config": charts.config(mode)}


def _height_shown(answer: Answer) -> int:
    """On a shared screen the words over and under the picture take their room from it: each note, each line more of a long one, and a sentence on a fitted trend."""
    said = [note.brief for note in answer.notes_about("fan") if note.brief]
    more = sum(len(text) // _LINE_SHOWN for text in said) + ("fitted" in answer.tables)
    return 400 - 45 * len(said) - 26 * more


def _per_10000(mode: str) -> str:
    return "In every 10,000 children and young people" if mode == "families" else "In every 10,000 aged 0 to 19"


def years_axis(first: int, ticks: list[int], last: int, *, school: bool) -> Spec:
    """An axis of years with room for words to its right; the target is called 2030, as the study does."""
    said = "datum.value + '/' + slice(toString(datum.value + 1), 2)" if school else "datum.value"
    return {
        "field": "begins", "type": "quantitative",
        "scale": {"domainMin": first - 1, "domainMax": {"expr": f"width < {_NARROW} ? {last + _ROOM_NARROW} : {last + _ROOM}"}, "nice": False, "zero": False},
        "axis": {"title": None, "values": ticks, "grid": False, "labelOverlap": "greedy", "labelExpr": f"datum.value == {last} && {str(school).lower()} ? '{last + 1}' : {said}"},
    }  # fmt: skip


def _joins(kind: str, dash: list[int], y: Spec, width: float) -> Spec:
    return {
        "transform": [{"filter": f"datum.line === '{kind}'"}],
        "mark": {"type": "line", "color": INK, "strokeWidth": width, "strokeDash": dash},
        "encoding": {"y": y, "detail": {"field": "segment"}},
    }


def _fixed(values: list[dict[str, Any]], mark: Spec) -> Spec:
    """Words with data of their own, or they would be drawn once for every row."""
    return {"data": {"values": values}, "mark": {"type": "text", **mark}, "encoding": {"y": {"field": "height", "type": "quantitative"}}}


def _value(value: float, year: int, size: int, *, below: bool) -> Spec:
    """The number beside a measured point: below and right of the first, above and left of the last."""
    place = {"align": "left", "dx": 10, "dy": 14} if below else {"align": "right", "dx": -8, "dy": -12}
    return _fixed([{"begins": year, "height": value}], {**place, "fontSize": size, "color": INK, "text": f"{value:.1f}"})


def _not_measured(answer: Answer, size: int) -> list[Spec]:
    """`not measured between` along the middle of the longest stretch without measurements, at the slope that the line has on this screen."""
    table = answer.tables["fan"].data
    points = [(int(row.year[:4]), float(row.measured)) for row in table[table["measured"].notna()].itertuples()]
    (begin, low), (end, high) = max(zip(points, points[1:], strict=False), key=lambda pair: pair[1][0] - pair[0][0])
    if end - begin < 2:
        return []
    rise, run = f"(scale('y', {low}) - scale('y', {high}))", f"(scale('x', {end}) - scale('x', {begin}))"
    long = "not measured between"
    words = f"sqrt({rise} * {rise} + {run} * {run}) > {9 * size + 40} ? '{long}' : sqrt({rise} * {rise} + {run} * {run}) > {5.5 * size + 30} ? 'not measured' : ''"
    mark = {"angle": {"expr": f"-atan2({rise}, {run}) * 180 / PI"}, "dy": -9, "fontSize": size, "color": "#505a5f", "text": {"expr": words}}
    return [_fixed([{"begins": (begin + end) / 2, "height": (low + high) / 2}], mark)]


def label_colour(colours: dict[str, str]) -> Spec:
    """The words at the ends in the colour of their line, by tests, since all layers share one colour scale."""
    return {"condition": [{"test": f"datum.group === '{group}'", "value": _FOR_WORDS.get(colour, colour)} for group, colour in colours.items()], "value": INK}


def line_symbol(colour: str, dash: list[int], behind: str = "") -> str:
    """A line for a key, with a drawing behind it."""
    pattern = ",".join(map(str, dash)) if dash[1] else "none"
    return charts.symbol(f'{behind}<line x1="0" y1="9" x2="34" y2="9" stroke="{colour}" stroke-width="3" stroke-dasharray="{pattern}"/>', 34)


def fan_key(names: list[str], mode: str = "explore") -> str:
    """The key of the fan."""
    groups = [group for group in _STYLES if group in {group_of(name) for name in names}]
    entries = [(charts.symbol(f'<circle cx="9" cy="9" r="7" fill="{INK}"/>'), "Measured")]
    for group in groups:
        band = '<rect x="0" y="3" width="34" height="12" fill="#cfdce8"/>' if group == BAND else ""
        entries.append((line_symbol(*_STYLES[group], band), _PLAIN_GROUPS[group] if mode == "families" else group))
    return charts.key(entries)
