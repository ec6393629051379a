"""Lines over time: at most four, from zero, with a point at each figure and a gap where there is none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

import pandas as pd

from sendlib.answer import Mode, Text
from sendlib.pictures import behind as single
from sendlib.pictures import ends, in_words
from sendlib.pictures.behind import Behind
from sendlib.pictures.palette import DARK_BLUE, INK, MID_GREY, ORANGE, PINK, TURQUOISE
from sendlib.pictures.picture import LEAST_SHOWN, SHOWN, Entry, Picture, Spec, config, line, nothing_to_draw, sizes

MOST = 4
COLOURS = (DARK_BLUE, ORANGE, TURQUOISE, PINK)
DASHES = ([1, 0], [8, 3], [2, 3], [10, 3, 2, 3])
ENGLAND, _STYLE_OF_ENGLAND = "England", 2
_PLOT = 0.75
"""The part of a picture's height that its plot has, over the axis and below the labels of breaks."""
_NEAR = 0.08
"""The part of the axis within which two numbers of breaks would run into one another on a narrow screen."""
_SHORT_LABEL = 2
"""Letters: a break's number; a longer label needs room of its own."""


@dataclass(frozen=True)
class Break:
    """A period from which a series can not be read on as before; `label` stands over the plot, `words` are said below
    it.

    Without a label it is numbered in the order of the breaks drawn.
    """

    period: str
    words: str
    label: str = ""


@dataclass(frozen=True)
class Axes:
    """What the axes of lines are: their titles, the kind of their periods, and the upper end of the upright one, where
    it is fixed.

    `x` is the title of the axis of periods. `months`: periods are last days of months, on an axis of time.
    `every_year`:
    each January between the first and the last has a place, so that a year without figures is a visible gap. `number`:
    how a number is written under the pointer.
    """

    x: str
    y: str
    months: bool = False
    every_year: bool = False
    top: float | None = None
    height: int = 280
    number: str = ",.1f"


Look = tuple[str, Sequence[int]]
"""Colour and dash of a line."""


@dataclass(frozen=True)
class Lines:
    """Long data for lines: the columns of `data` that hold period, line and number, and the lines in their order.

    `every` holds all lines that the picture could have, so that one without figures gives its colour to no other.
    `looks`: colour and dash of lines that have their own, in place of those in turn. `at_ends`: lines whose name stands
    at their end, with the colour of the words. `behind`: single lines behind these. `most`: how many there is room for.
    """

    data: pd.DataFrame
    period: str
    series: str
    value: str
    every: Sequence[str] = field(default_factory=list)
    looks: Mapping[str, Look] = field(default_factory=dict)
    at_ends: Mapping[str, str] = field(default_factory=dict)
    behind: Behind | None = None
    most: int = MOST

    @property
    def named(self) -> list[str]:
        """All lines, in their order."""
        return list(dict.fromkeys(self.every or self.data[self.series].astype(str)))

    @property
    def known(self) -> list[str]:
        """The lines that are drawn: the first `most` that have a figure."""
        held = set(self.data.dropna(subset=[self.value])[self.series].astype(str))
        return [name for name in self.named if name in held][: self.most]

    @property
    def left_over(self) -> list[str]:
        """Lines with figures for which there is no room."""
        held = set(self.data.dropna(subset=[self.value])[self.series].astype(str))
        return [name for name in self.named if name in held][self.most :]


def picture(
    key: str,
    mode: Mode,
    lines: Lines,
    axes: Axes,
    caption: str,
    *,
    breaks: Sequence[Break] = (),
    heading: str = "",
    below: tuple[str, ...] = (),
    nothing: str = "",
) -> Picture:
    """Lines with an upright dashed line at each break. Where no line has a figure nothing is drawn, and `nothing` says
    so.

    Breaks outside the periods drawn are left out. Below stand the breaks in words, lines for which there was no room,
    and `below`.
    """
    order = lines.known
    if not order:
        return nothing_to_draw(key, nothing, heading=heading, below=below)
    periods = _periods(lines, order, axes)
    inside = [one for one in breaks if periods[0] <= one.period <= periods[-1]]
    labelled = [(one, one.label or str(number)) for number, one in enumerate(inside, start=1)]
    data = _every_period(lines, order, periods)
    looks = _looks(lines, order)
    spec = _spec(
        mode,
        axes,
        looks,
        [_on_axis(one, axes) for one in periods],
        [(_on_axis(one.period, axes), label) for one, label in labelled],
    )
    words, entries = in_words.lines(caption, data, axes.y, mode), legend(looks)
    if mode == "show":
        at_ends = lines.at_ends or ends.of_last(data, {name: colour for name, (colour, _) in looks.items()})
        lines = replace(lines, at_ends=at_ends)
        entries = tuple(replace(entry, named=entry.words in at_ends) for entry in entries)
    behind = lines.behind if lines.behind and not lines.behind.drawn.empty else None
    if behind or lines.at_ends:
        data = ends.with_single(data, behind, periods)
        data = ends.with_names(
            data, lines.at_ends, behind.pins if behind else (), axes.top, _least_height(axes, mode), mode
        )
        _with_single(mode, spec, replace(lines, behind=behind), looks)
    if behind:
        words, entries = f"{words}{in_words.single(data, behind)}", (*entries, *behind.entries)
    shown = data.assign(period=[_on_axis(period, axes) for period in data["period"]])
    return Picture(
        key,
        spec,
        shown,
        Text(words),
        legend=entries,
        heading=heading,
        below=(*_told(labelled, axes), *_no_room(lines), *below),
        who=lines.behind.who if lines.behind else {},
    )


def _least_height(axes: Axes, mode: Mode) -> int:
    """Pixels of the plot, by which the room between names at the ends of lines is reckoned."""
    return LEAST_SHOWN if mode == "show" else round(_PLOT * axes.height)


def _with_single(mode: Mode, spec: Spec, lines: Lines, looks: Mapping[str, Look]) -> None:
    """Put single lines behind the lines of a spec, and names at the ends of lines over them."""
    *before, main = spec["layer"]
    main["transform"] = [{"filter": "datum.area_code === ''"}]
    place = {"x": main["encoding"]["x"], "y": main["encoding"]["y"]}
    when, _, number = main["encoding"]["tooltip"]
    tooltip = [{"field": "area", "title": "Who"}, when, number]
    first, over = [], []
    if lines.behind:
        first = single.layers(lines.behind, place, tooltip, {name: colour for name, (colour, _) in looks.items()})
        over = single.named(lines.behind, place, tooltip)
    spec["layer"] = [*first, *before, main, *over, *ends.layers(mode, place, lines.at_ends)]
    spec["padding"] = ends.PADDING


def _looks(lines: Lines, order: Sequence[str]) -> dict[str, Look]:
    """Colour and dash of each line that is drawn."""
    in_turn = [name for name in order if name not in lines.looks]
    styles = styles_of([name for name in lines.named if name not in lines.looks], in_turn)
    found = {name: (COLOURS[place], DASHES[place]) for name, place in zip(in_turn, styles, strict=True)}
    return {name: lines.looks.get(name) or found[name] for name in order}


def styles_of(every: Sequence[str], order: Sequence[str]) -> list[int]:
    """The place of the colour and dash of each line of `order`, by what it is: England has the third everywhere, the
    others the rest in turn."""
    others = [name for name in dict.fromkeys(every) if name != ENGLAND]
    free = [place for place in range(len(COLOURS)) if place != _STYLE_OF_ENGLAND or ENGLAND not in every]
    if len(others) > len(free):
        others = [name for name in order if name != ENGLAND]
        free = [place for place in range(len(COLOURS)) if place != _STYLE_OF_ENGLAND or ENGLAND not in order]
    styles = {ENGLAND: _STYLE_OF_ENGLAND, **dict(zip(others, free, strict=False))}
    return [styles[name] for name in order]


def legend(looks: Mapping[str, Look]) -> tuple[Entry, ...]:
    """The key of lines."""
    return tuple(line(colour, dash, name, dotted=True) for name, (colour, dash) in looks.items())


def all_months(periods: Sequence[str]) -> list[str]:
    """The last day of every month from the first to the last of the periods."""
    return [day.date().isoformat() for day in pd.date_range(min(periods), max(periods), freq="ME")]


def _periods(lines: Lines, order: Sequence[str], axes: Axes) -> list[str]:
    """The periods that have a place on the axis: from the first to the last in which a line that is drawn has a
    figure."""
    drawn = lines.data[lines.data[lines.series].astype(str).isin(order)]
    held = sorted(drawn.dropna(subset=[lines.value])[lines.period].astype(str).unique())
    if axes.months:
        return all_months(held)
    if axes.every_year:
        return [f"{year}-01" for year in range(int(held[0][:4]), int(held[-1][:4]) + 1)]
    return sorted(period for period in lines.data[lines.period].astype(str).unique() if held[0] <= period <= held[-1])


def _every_period(lines: Lines, order: Sequence[str], periods: Sequence[str]) -> pd.DataFrame:
    """Columns period, line and number with a row for every period and line; no number where there is none."""
    grid = pd.MultiIndex.from_product([periods, order], names=["period", "line"])
    keys = {"period": lines.data[lines.period].astype(str), "line": lines.data[lines.series].astype(str)}
    values = lines.data[[lines.value]].assign(**keys).set_index(["period", "line"])[lines.value]
    return values.reindex(grid).rename("number").reset_index()


def _on_axis(period: str, axes: Axes) -> str:
    """A period as an axis writes it: a January stock by its year, under a title that says January."""
    return period if axes.months else period.removesuffix("-01")


def _spec(
    mode: Mode,
    axes: Axes,
    looks: Mapping[str, Look],
    periods: Sequence[str],
    breaks: Sequence[tuple[str, str]],
) -> Spec:
    across = _across(axes, periods)
    y_scale = {"zero": True} if axes.top is None else {"domain": [0, axes.top]}
    scale = {"domain": list(looks)}
    encoding = {
        "x": across,
        "y": {"field": "number", "type": "quantitative", "axis": {"title": axes.y, "tickCount": 5}, "scale": y_scale},
        "color": {
            "field": "line",
            "type": "nominal",
            "scale": {**scale, "range": [colour for colour, _ in looks.values()]},
            "legend": None,
        },
        "strokeDash": {
            "field": "line",
            "type": "nominal",
            "scale": {**scale, "range": [dash for _, dash in looks.values()]},
            "legend": None,
        },
        "tooltip": [
            {"field": "period", "title": axes.x, **({"type": "temporal", "format": "%B %Y"} if axes.months else {})},
            {"field": "line", "title": "Line"},
            {"field": "number", "title": axes.y, "format": axes.number},
        ],
    }
    mark = {
        "type": "line",
        "point": {"size": 60, "filled": True},
        "strokeWidth": 4 if mode == "show" else 2.5,
        "invalid": "break-paths-show-path-domains",
    }
    layers = [*_break_layers(mode, across, breaks, periods), {"mark": mark, "encoding": encoding}]
    return {"height": SHOWN if mode == "show" else axes.height, "layer": layers, "config": config(mode)}


def _across(axes: Axes, periods: Sequence[str]) -> Spec:
    """The axis of periods. Its ends are given, since a break is drawn from data of its own, whose period would come
    first."""
    axis = {"title": axes.x, "labelAngle": 0, "labelOverlap": True}
    if not axes.months:
        return {"field": "period", "type": "ordinal", "axis": axis, "scale": {"domain": list(periods)}}
    ends = [{"year": int(day[:4]), "month": int(day[5:7])} for day in (periods[0], periods[-1])]
    return {
        "field": "period",
        "type": "temporal",
        "timeUnit": "yearmonth",
        "bandPosition": 0,
        "axis": {**axis, "format": "%b %Y", "tickCount": 6},
        "scale": {"domain": ends},
    }


def _break_layers(mode: Mode, across: Spec, breaks: Sequence[tuple[str, str]], periods: Sequence[str]) -> list[Spec]:
    if not breaks:
        return []
    # Labels of words, and numbers near one another, stand in two rows by turns: on a narrow screen they would run into
    # one another in one.
    words = len(breaks) > 1 and any(len(label) > _SHORT_LABEL for _, label in breaks)
    places = sorted(sum(one < period for one in periods) for period, _ in breaks)
    near = any(later - one < _NEAR * len(periods) for one, later in pairwise(places))
    rows = 2 if words or near else 1
    data = {"values": [{"period": period, "label": label} for period, label in breaks]}
    rule = {"type": "rule", "color": MID_GREY, "strokeDash": [4, 4], "strokeWidth": 1.5}
    return [
        {"data": data, "mark": rule, "encoding": {"x": across}},
        *(_labels(mode, across, list(breaks)[row::rows], row) for row in range(rows)),
    ]


def _labels(mode: Mode, across: Spec, breaks: Sequence[tuple[str, str]], row: int) -> Spec:
    """Labels of breaks above the plot, in its first row or a second one above that."""
    size = sizes(mode)[0]
    mark = {"type": "text", "align": "center", "dy": -6 - row * (size + 2), "baseline": "bottom"}
    return {
        "data": {"values": [{"period": period, "label": label} for period, label in breaks]},
        "mark": {**mark, "color": INK, "fontSize": size},
        "encoding": {"x": across, "y": {"value": 0}, "text": {"field": "label", "type": "nominal"}},
    }


def _told(labelled: Sequence[tuple[Break, str]], axes: Axes) -> list[str]:
    """The numbered breaks in words."""
    told = [
        f"{label}: {one.words}{f' ({pd.Timestamp(one.period):%B %Y})' if axes.months else ''}."
        for one, label in labelled
        if one.words and not one.label
    ]
    return [f"Breaks: {' '.join(told)}"] if told else []


def _no_room(lines: Lines) -> list[str]:
    if not lines.left_over:
        return []
    names = "; ".join(lines.left_over)
    return [f"Not drawn, because a picture has room for four lines (see the numbers): {names}."]
