"""The fan of scenarios: measured years of England, then each scenario to 2030, with an area's children at the ends."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from sendlib.answer import Answer, Mode, Text
from sendlib.areas import Area
from sendlib.pictures.looking_ahead_axis import COUNTED, local_axis, said_by_axis, upright, what_it_counts
from sendlib.pictures.looking_ahead_ends import NARROW, label_colour, pixels, room_right, spread_apart, years_axis
from sendlib.pictures.looking_ahead_two import children
from sendlib.pictures.palette import DARK_BLUE, GREY, INK, LIGHT_BLUE, LIGHT_GREY, MID_GREY, PINK, QUIET, TURQUOISE
from sendlib.pictures.picture import LEAST_SHOWN, SHOWN, Entry, Picture, Spec, config, dot, is_series, line, sizes
from sendlib.questions.looking_ahead import places
from sendlib.questions.looking_ahead.scenarios import NAMES, OWN, PLAIN_NAMES, PUBLISHED, REFERENCE, column
from sendlib.tables.symbols import VALUE

BAND, OTHER, YOURS = "Published rates, low and high", "Other scenarios", "Your own"
NOT_RECOMMENDED = "If the past trend continues (not recommended)"
_STYLES: dict[str, tuple[str, list[int]]] = {
    BAND: (DARK_BLUE, [1, 0]),
    OTHER: (TURQUOISE, [8, 3]),
    NOT_RECOMMENDED: (MID_GREY, [2, 4]),
    YOURS: (PINK, [10, 3, 2, 3]),
}
_STEPPED_BACK = {
    **_STYLES,
    BAND: (INK, [1, 0]),
    OTHER: (MID_GREY, [8, 3]),
    YOURS: (INK, [10, 3, 2, 3]),
}
"""The same where the colours are those of two areas."""
_RATE_OF_BOTH = "England's rate, used for both"
_PLAIN_GROUPS = {BAND: "Lower and higher share", OTHER: "Another possibility", YOURS: "As you chose"}
_SHORT = {
    "constant": "As it was",
    "published-low": "Low rate",
    "published-high": "High rate",
    "wales-like": "Wales",
    "linear": "Trend, line",
    "percent": "Trend, %",
    OWN: "Own",
}
_PLAIN_SHORT = {
    "constant": "As it was",
    "published-low": "Lower",
    "published-high": "Higher",
    "wales-like": "As in Wales",
    OWN: "As chosen",
}
_LABEL, _LABEL_SHOWN = 0.062, 28 / LEAST_SHOWN
"""The height of a line of words as a part of the picture's; larger on a shared screen."""
_BETWEEN, _BETWEEN_GREY = LIGHT_BLUE, LIGHT_GREY
"""Colours of the band between the published rates, also where it steps back, and of words that only explain."""
_FEW_POINTS = 6
"""Measured years of which each has a large dot."""


def fan(answer: Answer, mode: Mode) -> list[Picture]:
    """The lead picture: each scenario that the mode shows, the one that was chosen thicker. With an area beside, the
    rate, which is England's, steps back, and the children of both stand beside it."""
    names, beside = drawn(answer, mode), answer.beside
    alt = Text(f"{answer.title.in_mode(mode)}. {answer.headline.in_mode(mode)}")
    legend = key(names, mode, _styles(answer))
    picture = Picture("fan", fan_spec(answer, mode, names), fan_data(answer, names, mode), alt, legend=legend)
    if beside is None:
        return [picture]
    return [replace(picture, heading=_RATE_OF_BOTH, across=True), children(answer, beside, mode, names)]


def _styles(answer: Answer) -> dict[str, tuple[str, list[int]]]:
    """Colour and dash of each kind of scenario."""
    return _STYLES if answer.beside is None else _STEPPED_BACK


def group_of(name: str) -> str:
    """The kind of a scenario, which gives it its line."""
    return BAND if name in PUBLISHED else NOT_RECOMMENDED if name in REFERENCE else YOURS if name == OWN else OTHER


def drawn(answer: Answer, mode: Mode) -> list[str]:
    """The scenarios that a picture shows: all in Explore, elsewhere the published two and the one that was chosen.

    Families never see a line that is not recommended, whatever the link says,
    nor a path of somebody's own above all that researchers published.
    """
    held = [name for name in NAMES if column(name) in answer.tables["fan"].data]
    if mode == "explore":
        return held
    kept_back = (*REFERENCE, *([OWN] if _own_above_the_published(answer) else [])) if mode == "families" else ()
    return [name for name in held if name in (*PUBLISHED, answer.chosen("scenario")) and name not in kept_back]


def _own_above_the_published(answer: Answer) -> bool:
    table = answer.tables["fan"].data
    if column(OWN) not in table:
        return False
    published = table[[column(name) for name in PUBLISHED]]
    return bool(table[column(OWN)].max() > published.iloc[-1].max())


def _names_in(mode: Mode) -> dict[str, str]:
    """What the scenarios are called in a mode."""
    return PLAIN_NAMES if mode == "families" else NAMES


def _begins(years: pd.Series) -> pd.Series:
    """The calendar years in which years such as 2017/18 begin."""
    return years.str[:4].astype(int)


def fan_data(answer: Answer, names: list[str], mode: Mode = "explore") -> pd.DataFrame:
    """Long rows for the fan: begins, per_10000, line, group, segment, and the words at the end of each line."""
    table = answer.tables["fan"].data
    at = pd.DataFrame({"begins": _begins(table["year"]), "year": table["year"]})
    parts = [at.assign(per_10000=table["measured"], line="measured").dropna(), _joined(table)]
    for name in names:
        parts.append(at.assign(per_10000=table[column(name)], line=_names_in(mode)[name], group=group_of(name)))
    rows = pd.concat(parts, ignore_index=True).dropna(subset=["per_10000"])
    return pd.concat([rows, _labels(answer, names, mode, float(rows["per_10000"].max()))], ignore_index=True)


def _joined(table: pd.DataFrame) -> pd.DataFrame:
    """Measured years joined two by two: `run` between years that follow each other, `gap` where nothing was measured
    between."""
    held = table.loc[table["measured"].notna(), ["year", "measured"]]
    points = held.assign(begins=_begins(held["year"]))
    rows = []
    for (_, one), (_, other) in zip(points.iloc[:-1].iterrows(), points.iloc[1:].iterrows(), strict=True):
        kind = "run" if other["begins"] == one["begins"] + 1 else "gap"
        for end in (one, other):
            rows.append(
                {
                    "begins": end["begins"],
                    "year": end["year"],
                    "per_10000": end["measured"],
                    "line": kind,
                    "segment": one["year"],
                }
            )
    return pd.DataFrame(rows)


def _labels(answer: Answer, names: list[str], mode: Mode, top: float) -> pd.DataFrame:
    """The words at the ends, moved apart; a line above them says what their numbers are."""
    table, ends = answer.tables["fan"].data, answer.tables["scenarios"].data.set_index("scenario")
    short = _PLAIN_SHORT if mode == "families" else _SHORT
    least = (_LABEL_SHOWN if mode == "show" else _LABEL) * top
    heights = spread_apart([float(table[column(name)].iloc[-1]) for name in names], least)
    rows = []
    for name, height in zip(names, heights, strict=True):
        number = _at_the_end(ends.loc[NAMES[name]], answer.area) if answer.beside is None else ""
        rows.append({"words": f"{short[name]}{number}", "label_at": height, "group": group_of(name)})
    if answer.beside is None and ends["status"].eq(VALUE).all():
        rows.append({"words": COUNTED, "label_at": max(heights) + least, "group": ""})
    return pd.DataFrame(rows).assign(begins=int(_begins(table["year"]).iloc[-1]), line="label")


def _at_the_end(end: pd.Series, area: Area) -> str:
    """A scenario's children after its name; nothing where they are not known."""
    return f": {places.said(float(end['children']), places.step_of(area))}" if end["status"] == VALUE else ""


def fan_spec(answer: Answer, mode: Mode, names: list[str]) -> Spec:
    """Measured points, joined by a line or, where nothing was measured between, by a dashed one that says so; a band
    between the published variants; a line a scenario. Data of fan_data."""
    table = answer.tables["fan"].data
    years, measured = _begins(table["year"]), table["measured"].dropna()
    first, last_measured, last = int(years.iloc[0]), int(years[measured.index[-1]]), int(years.iloc[-1])
    groups, size = _groups(names), sizes(mode)[0]
    room = room_right({"": pixels(_labels(answer, names, mode, 1.0)["words"], size)})
    rate = {"field": "per_10000", "type": "quantitative", "scale": {"zero": True}}
    y, local = {**rate, "axis": None}, local_axis(answer, names)
    width = 4 if mode == "show" else 2.5
    ends = [
        _value(float(value), int(years[place]), size, below=place != measured.index[-1])
        for place, value in measured.iloc[[0, -1]].items()
    ]
    layers = [
        upright(rate, {"title": per_10000(mode), "tickCount": 6}),
        *([upright(rate, local), what_it_counts(size)] if local else []),
        _band(mode, y, _BETWEEN if answer.beside is None else _BETWEEN_GREY),
        {
            "mark": {"type": "rule", "color": GREY, "strokeWidth": 1.5},
            "encoding": {"x": {"datum": last_measured}},
        },
        _ways(answer, mode, groups, y, width),
        _joins("gap", [3, 4], y, width),
        _joins("run", [1, 0], y, width),
        _points(y, 110 if len(measured) < _FEW_POINTS else 40),
        *ends,
        *_not_measured(answer, size),
        _last_measured(last_measured, float(measured.iloc[-1]), str(table["year"][measured.index[-1]]), size),
        {
            "transform": [{"filter": is_series("label", "line")}],
            "mark": {"type": "text", "align": "left", "dx": 8, "fontSize": size},
            "encoding": {
                "y": {"field": "label_at", "type": "quantitative", "axis": None},
                "text": {"condition": {"test": said_by_axis(local), "value": ""}, "field": "words"},
                "color": label_colour({group: _styles(answer)[group][0] for group in groups}),
            },
        },
    ]
    return {
        "height": SHOWN if mode == "show" else 420,
        "encoding": {"x": years_axis(first, [first, last_measured, last], last, room, school=True)},
        "layer": layers,
        "resolve": {"axis": {"y": "independent"}},
        "config": config(mode),
    }


def _groups(names: list[str]) -> list[str]:
    """The kinds of the scenarios drawn, in the order of the key."""
    held = {group_of(name) for name in names}
    return [group for group in _STYLES if group in held]


def per_10000(mode: Mode) -> str:
    """What the upright axis counts."""
    return "In every 10,000 children and young people" if mode == "families" else "In every 10,000 aged 0 to 19"


def _band(mode: Mode, y: Spec, colour: str) -> Spec:
    """The band between the two published variants."""
    low, high = (is_series(_names_in(mode)[name], "line") for name in PUBLISHED)
    ends = [{"op": "min", "field": "per_10000", "as": "from"}, {"op": "max", "field": "per_10000", "as": "to"}]
    return {
        "transform": [{"filter": f"({low}) || ({high})"}, {"aggregate": ends, "groupby": ["begins"]}],
        "mark": {"type": "area", "color": colour},
        "encoding": {"y": {**y, "field": "from"}, "y2": {"field": "to"}},
    }


def _ways(answer: Answer, mode: Mode, groups: list[str], y: Spec, width: float) -> Spec:
    """A line a scenario, in the colour and dash of its kind."""
    chosen, styles = _names_in(mode).get(answer.chosen("scenario"), ""), _styles(answer)

    def by_group(marks: list[object]) -> Spec:
        return {"field": "group", "type": "nominal", "scale": {"domain": groups, "range": marks}, "legend": None}

    return {
        "transform": [{"filter": "isValid(datum.group) && datum.line !== 'label'"}],
        "mark": {"type": "line", "strokeWidth": width},
        "encoding": {
            "y": y,
            "detail": {"field": "line"},
            "color": by_group([styles[group][0] for group in groups]),
            "strokeDash": by_group([styles[group][1] for group in groups]),
            "size": {"condition": {"test": is_series(chosen, "line"), "value": 5}, "value": width},
            "tooltip": [
                {"field": "line", "title": "Scenario"},
                {"field": "year", "title": "Year"},
                {"field": "per_10000", "title": "In 10,000", "format": ".1f"},
            ],
        },
    }


def _points(y: Spec, size: int) -> Spec:
    """The measured years."""
    return {
        "transform": [{"filter": is_series("measured", "line")}],
        "mark": {"type": "point", "filled": True, "opacity": 1, "color": INK, "size": size},
        "encoding": {
            "y": y,
            "tooltip": [
                {"field": "year", "title": "Measured"},
                {"field": "per_10000", "title": "In 10,000", "format": ".1f"},
            ],
        },
    }


def _joins(kind: str, dash: list[int], y: Spec, width: float) -> Spec:
    return {
        "transform": [{"filter": is_series(kind, "line")}],
        "mark": {"type": "line", "color": INK, "strokeWidth": width, "strokeDash": dash},
        "encoding": {"y": y, "detail": {"field": "segment"}},
    }


def _fixed(values: list[dict[str, object]], mark: Spec) -> Spec:
    """Words with data of their own, or they would be drawn once for every row."""
    return {
        "data": {"values": values},
        "mark": {"type": "text", **mark},
        "encoding": {"y": {"field": "height", "type": "quantitative", "axis": None}},
    }


def _value(value: float, year: int, size: int, *, below: bool) -> Spec:
    """The number beside a measured point: below and right of the first, above and left of the last."""
    place = {"align": "left", "dx": 10, "dy": 14} if below else {"align": "right", "dx": -8, "dy": -12}
    mark = {**place, "fontSize": size, "color": INK, "text": f"{value:.1f}"}
    return _fixed([{"begins": year, "height": value}], mark)


def _last_measured(begins: int, value: float, year: str, size: int) -> Spec:
    """What the upright line at the last measured year is; a narrow screen has no room for it."""
    text = {"expr": f"width < {NARROW} ? '' : datum.words"}
    mark = {"align": "right", "dx": -8, "fontSize": size, "color": QUIET, "text": text}
    return _fixed([{"begins": begins, "height": 0.05 * value, "words": f"last measured {year}"}], mark)


def _not_measured(answer: Answer, size: int) -> list[Spec]:
    """`not measured between` along the middle of the longest stretch without measurements, at the slope that the line
    has on this screen."""
    table = answer.tables["fan"].data
    held = table[table["measured"].notna()]
    points = list(zip(_begins(held["year"]), held["measured"].astype(float), strict=True))
    (begin, low), (end, high) = max(zip(points, points[1:], strict=False), key=lambda pair: pair[1][0] - pair[0][0])
    if end - begin < 2:
        return []
    rise, run = f"(scale('y', {low}) - scale('y', {high}))", f"(scale('x', {end}) - scale('x', {begin}))"
    length, long = f"sqrt({rise} * {rise} + {run} * {run})", "not measured between"
    words = f"{length} > {9 * size + 40} ? '{long}' : {length} > {5.5 * size + 30} ? 'not measured' : ''"
    angle = {"expr": f"-atan2({rise}, {run}) * 180 / PI"}
    mark = {"angle": angle, "dy": -9, "fontSize": size, "color": QUIET, "text": {"expr": words}}
    return [_fixed([{"begins": (begin + end) / 2, "height": (low + high) / 2}], mark)]


def key(names: list[str], mode: Mode, styles: dict[str, tuple[str, list[int]]]) -> tuple[Entry, ...]:
    """The key of the fan."""
    between = _BETWEEN if styles is _STYLES else _BETWEEN_GREY
    entries = [dot(INK, "Measured", 7)]
    for group in _groups(names):
        band = f'<rect x="0" y="3" width="34" height="12" fill="{between}"/>' if group == BAND else ""
        colour, dash = styles[group]
        entries.append(line(colour, dash, _PLAIN_GROUPS[group] if mode == "families" else group, behind=band))
    return tuple(entries)
