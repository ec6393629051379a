"""Pictures of Getting help that are about NHS areas: lists, contacts and waits, and two parts of a whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from sendlib.answer import Answer, Mode, Text
from sendlib.answer.numbers import in_so_many, listed, said, written
from sendlib.pictures import getting_help_beside, getting_help_providers, lines, rows
from sendlib.pictures.getting_help_series import NOTHING, Drawn, breaks, with_breaks, without
from sendlib.pictures.lines import Axes
from sendlib.pictures.palette import DARK_BLUE, INK, LIGHT_GREY, MID_GREY, PAPER
from sendlib.pictures.picture import (
    Picture,
    Pictures,
    Spec,
    config,
    line,
    nothing_to_draw,
    on_two_lines,
    sizes,
    swatch,
    two_lines,
)
from sendlib.questions.getting_help import choices, health_providers, health_standards
from sendlib.questions.getting_help.health_people import AUTISM_BARS
from sendlib.tables.community_workbook import SERVICES
from sendlib.tables.periods import spoken

_OVER_52 = Text("Over 52 weeks, % of the list", "Over 52 weeks, %", "Over a year, of every 100")
"""Of the upright axis of a board's own list."""
_NARROW, _WIDE = 7, 12
"""Pixels across a bar of a month: a narrow screen has eight for each, a shared one more."""
_ACROSS = "M-1,-0.2L1,-0.2L1,0.2L-1,0.2Z"
"""A mark that is a level line, as a path around nought."""
MOST_BARS = 6
"""NHS areas with bars of two ages each: as many as any authority lies in."""
_ROOM = 20
"""Above this many per cent a number has room inside its bar."""


def short_service(service: str) -> str:
    """A service's name for the row of a picture."""
    return _SHORT.get(service, service)


_SHORT = {
    SERVICES["screening"]: "Screening and immunisation",
    SERVICES["community_nursing"]: "Community nursing services",
    SERVICES["long_term_conditions"]: "Long-term conditions: nursing and therapy",
    SERVICES["dietetics"]: "Dietetics",
    SERVICES["occupational_therapy"]: "Occupational therapy",
    SERVICES["orthotics"]: "Orthotics",
    SERVICES["physiotherapy"]: "Physiotherapy",
    SERVICES["speech_and_language"]: "Speech and language",
}


def _nhs_area(answer: Answer, choice: str, table: str) -> str:
    """The NHS area that was chosen; the one that there is, where there is no choice."""
    offered = answer.offered.get(choice)
    return offered.words if offered else str(answer.tables[table].data["health_area"].iloc[0])


def _beside_england(
    answer: Answer, mode: Mode, table: str, whose: str, data: pd.DataFrame, label: str, value: str, x_title: str
) -> Picture:
    """Marks of one NHS area and of England, a row a `label`; rows without either are named below."""
    names = list(dict.fromkeys([whose, lines.ENGLAND]))
    wide = data.pivot_table(value, label, "health_area", aggfunc="first", sort=False, dropna=False)
    wide = wide.reindex(index=list(dict.fromkeys(data[label])), columns=names)
    drawn = wide[wide.notna().any(axis=1)]
    below = [
        sentence
        for name in names
        for sentence in without(f"No mark of {name}", data[data["health_area"].eq(name)], label, value)
    ]
    caption = answer.tables[table].caption.in_mode(mode)
    return rows.marks(
        table,
        mode,
        drawn,
        [str(one) for one in drawn.index],
        {name: name for name in names},
        x_title,
        caption,
        below_it=tuple(below),
        nothing=NOTHING,
    )


def _community(answer: Answer, mode: Mode) -> list[Picture]:
    whose, data = _nhs_area(answer, choices.COMMUNITY_AREA.name, "community"), answer.tables["community"].data
    data = data[data["health_area"].isin([whose, lines.ENGLAND])]
    data = data.assign(service=data["service"].map(short_service))
    x_title = "Waiting over 52 weeks, % of the list"
    return [_beside_england(answer, mode, "community", whose, data, "service", "over_52_share", x_title)]


def _standards(answer: Answer, mode: Mode) -> list[Picture]:
    """The share of each list over 18 weeks in an NHS area and in England."""
    name = health_standards.NAME
    whose, data = _nhs_area(answer, choices.STANDARDS_AREA.name, name), answer.tables[name].data
    data = data[data["health_area"].isin([whose, lines.ENGLAND])]
    data = data.assign(service=data["service"].map(short_service))
    x_title = "Waiting over 18 weeks, % of the list"
    return [_beside_england(answer, mode, name, whose, data, "service", "over_18_share", x_title)]


def _bands(answer: Answer, mode: Mode) -> list[Picture]:
    whose, data = _nhs_area(answer, choices.BANDS_AREA.name, "bands"), answer.tables["bands"].data
    service = answer.offered[choices.BANDS_SERVICE.name].words
    data = data[data["service"].eq(service) & data["health_area"].isin([whose, lines.ENGLAND])]
    return [_beside_england(answer, mode, "bands", whose, data, "waited", "share", "% of the list")]


def _over_time(answer: Answer, mode: Mode) -> list[Picture]:
    """Numbers of children are drawn without England, which would press the others flat."""
    name, data = "community_over_time", answer.tables["community_over_time"].data
    service, kind = (answer.offered[choice.name] for choice in (choices.OVER_TIME_SERVICE, choices.OVER_TIME_KIND))
    data = data[data["service"].eq(service.words)]
    column, y_title = kind.value, kind.words
    if kind.value == choices.SHARE:
        column, y_title = "over_52_share", "Over 52 weeks, % of the list"
    else:
        data = _without_england(data)
    axes = Axes("Month", y_title, months=True)
    changed = tuple(said(data["changed"]))
    return [with_breaks(answer, mode, Drawn(name, data, "health_area", column, axes, service.words, changed))]


def _without_england(data: pd.DataFrame) -> pd.DataFrame:
    """Rows without England's, where there are others."""
    others = data[data["health_area"].ne(lines.ENGLAND)]
    return data if others.empty else others


def _waits(answer: Answer, mode: Mode) -> list[Picture]:
    """A board's list of community paediatrics, which leads: its share over 52 weeks beside England's, over the middle
    half of the other boards in each month; with a board beside, the shares of both before the rest in grey."""
    own, about = answer.tables["waits"].data, "community_over_time"
    other = answer.beside if answer.beside is not None and answer.beside.lead == "waits" else None
    data = own if other is None else getting_help_beside.waits(answer, other)
    looks, at_ends = ({}, {}) if other is None else getting_help_beside.looks_of_two(list(data["health_area"].unique()))
    axes = Axes(
        "Month",
        _OVER_52.in_mode(mode),
        months=True,
        top=_top(data[["over_52_share", "others_high"]].max().max()),
        height=280 if mode == "explore" else 240,
    )
    drawn = Drawn(
        "waits",
        data,
        "health_area",
        "over_52_share",
        axes,
        below=_changed(data, mode),
        looks=looks,
        at_ends=at_ends,
    )
    marked = breaks(about, mode, SERVICES["community_paediatrics"])
    picture = _with_room(with_breaks(answer, mode, drawn, marked), data, mode)
    return [_over_the_others(picture, own, mode)]


def _changed(data: pd.DataFrame, mode: Mode) -> tuple[str, ...]:
    """Which lines went up or down at a stroke: each time in a sentence, for families in which years."""
    stepped = data[data["changed"].ne("")]
    if mode != "families":
        return tuple(stepped["changed"])
    years = stepped.assign(year=stepped["period"].str[:4]).groupby("health_area", sort=False)["year"].unique()
    told = [f"{who} changed suddenly in {listed(list(when))}." for who, when in years.items()]
    return (f"{' '.join(told)} It may be counted in another way since.",) if told else ()


def _with_room(picture: Picture, data: pd.DataFrame, mode: Mode) -> Picture:
    """Except in Explore, the breaks and steps of a lead picture are told on request, and beside it that there are."""
    if mode == "explore" or not picture.below:
        return picture
    steps = _changed(data, mode)
    told = said(
        [
            "At each dashed line the counting changed." if set(picture.below) - set(steps) else "",
            "Some lines changed suddenly." if steps else "",
        ]
    )
    return replace(picture, below=(" ".join(told),), more=picture.below)


def _top(highest: float) -> float | None:
    """The upper end of an axis of per cents on which the lines and the bars behind them have room."""
    return None if np.isnan(highest) else 10 * (float(highest) // 10 + 1)


def _over_the_others(picture: Picture, data: pd.DataFrame, mode: Mode) -> Picture:
    """The lines of a picture over bars of the middle half of the other boards: a bar a month, because between two
    months nothing was counted."""
    others = data.drop_duplicates("period").dropna(subset=["others_middle"]).sort_values("period")
    if picture.nothing or others.empty:
        return picture
    *_, lines_drawn = picture.spec["layer"]
    x, wide = lines_drawn["encoding"]["x"], _WIDE if mode == "show" else _NARROW
    y = {"field": "others_low", "type": "quantitative"}
    shown = others[["period", "others_low", "others_middle", "others_high", "others_known"]]
    tooltip = [
        {"field": "period", "title": "Month", "type": "temporal", "format": "%B %Y"},
        {"field": "others_known", "title": "Other NHS areas with a share"},
        {"field": "others_low", "title": "Middle half from, %", "format": ".1f"},
        {"field": "others_middle", "title": "The middle one, %", "format": ".1f"},
        {"field": "others_high", "title": "Middle half to, %", "format": ".1f"},
    ]
    bars: Spec = {
        "data": {"values": shown.to_dict("records")},
        "encoding": {"x": x, "tooltip": tooltip},
        "layer": [
            {
                "mark": {"type": "bar", "size": wide, "color": LIGHT_GREY},
                "encoding": {"y": y, "y2": {"field": "others_high"}},
            },
            {
                "mark": {
                    "type": "point",
                    "shape": _ACROSS,
                    "size": wide**2,
                    "filled": True,
                    "opacity": 1,
                    "color": MID_GREY,
                },
                "encoding": {"y": {**y, "field": "others_middle"}},
            },
        ],
    }
    last = others.iloc[-1]
    number, when = int(last["others_known"]), spoken(str(last["period"]))
    low, middle, high = (float(last[name]) for name in ("others_low", "others_middle", "others_high"))
    told = (
        f"In {when}, half of the {number} other NHS areas were between {in_so_many(low, 100)} and"
        f" {in_so_many(high, 100)}; the middle one was {in_so_many(middle, 100)}."
        if mode == "families"
        else f"The middle half of the {number} other NHS areas with a share in {when}: {written(low)}% to"
        f" {written(high)}%; the middle one: {written(middle)}%."
    )
    half = "Half of the other NHS areas" if mode == "families" else "Middle half of the other NHS areas (ICBs)"
    behind = f'<rect x="0" y="0" width="34" height="18" fill="{LIGHT_GREY}"/>'
    return replace(
        picture,
        spec={**picture.spec, "layer": [bars, *picture.spec["layer"]]},
        alt=Text(f"{picture.alt.in_mode(mode)} {told}"),
        legend=(*picture.legend, line(MID_GREY, (1, 0), f"{half}, and the middle one", behind=behind)),
    )


def _contacts(answer: Answer, mode: Mode) -> list[Picture]:
    data = answer.tables["contacts"].data
    axes = Axes("Twelve months to", "Children with a contact", months=True)
    drawn = Drawn("contacts", data, "health_area", "with_contact", axes, below=_changed(data, mode))
    return [_with_room(with_breaks(answer, mode, drawn), data, mode)]


_UNITS = {"percent": "%", "days": "Days", "referrals": "Referrals"}


def _four_weeks(answer: Answer, mode: Mode) -> list[Picture]:
    """Numbers of referrals are drawn without England, which would press the others flat."""
    data = answer.tables["four_weeks"].data
    data = data[data["published_as"].eq(answer.chosen(choices.WAITS_MEASURE.name))]
    unit, months = data["unit"].iloc[0], data["months"].iloc[0]
    if unit == "referrals":
        data = _without_england(data)
    axes = Axes("At the end of" if months == "1" else "Three months to", _UNITS[unit], months=True)
    return [with_breaks(answer, mode, Drawn("four_weeks", data, "health_area", "figure", axes))]


def _autism(answer: Answer, mode: Mode) -> list[Picture]:
    """Bars of 100 in two parts; an NHS area's that the publisher corrected later is marked so."""
    table = answer.tables["autism"]
    newest = table.data[table.data["period"].eq(table.data["period"].max())]
    known_areas = [name for name in dict.fromkeys(newest["health_area"]) if name != lines.ENGLAND]
    left_over = known_areas[MOST_BARS:]
    newest = newest[~newest["health_area"].isin(left_over)]
    newest = newest.assign(who=newest["health_area"] + ", " + newest["age"])
    below = tuple(without("No bar", newest, "who", "seen_late"))
    if left_over:
        below = (*below, f"Not drawn, but in the table: {listed(left_over)}.")
    known = newest.dropna(subset=["seen_late"])
    if known.empty:
        return [nothing_to_draw("autism", NOTHING, below=below)]
    marked = known["who"] + np.where(known["corrected"].eq("no"), " (area not corrected)", "")
    known = known.assign(who=[on_two_lines(name) for name in marked])
    parts = zip(AUTISM_BARS, ("seen_late", "seen_early_or_not_seen"), strict=True)
    pieces = [known.assign(part=part, place=place, share=known[column]) for place, (part, column) in enumerate(parts)]
    data = pd.concat(pieces, ignore_index=True)[["who", "part", "place", "share"]]
    told = "; ".join(
        f"{name}: {written(late)}% after more than 13 weeks"
        for name, late in zip(marked, known["seen_late"], strict=True)
    )
    alt = Text(f"{table.caption.in_mode(mode)}. {told}; the rest within 13 weeks or not yet.")
    legend = tuple(
        swatch(colour, part, MID_GREY) for colour, part in zip((DARK_BLUE, LIGHT_GREY), AUTISM_BARS, strict=True)
    )
    return [Picture("autism", _two_parts(mode, list(known["who"])), data, alt, legend=legend, below=below)]


def _two_parts(mode: Mode, order: Sequence[str]) -> Spec:
    """Bars of 100 in two parts, each with the number of the first."""
    number = {"type": "text", "align": "left", "baseline": "middle", "fontSize": sizes(mode)[0], "dx": 6}
    text = {"field": "share", "type": "quantitative", "format": ".0f"}
    x = {"field": "share", "type": "quantitative", "scale": {"domain": [0, 100]}}
    who = {"title": None, "tickSize": 0, "labelPadding": 8, **two_lines(mode)}
    colours = {"domain": list(AUTISM_BARS), "range": [DARK_BLUE, LIGHT_GREY]}
    tooltip = [
        {"field": "who", "title": "Whose"},
        {"field": "part", "title": "Part"},
        {"field": "share", "title": "%", "format": ".0f"},
    ]
    return {
        "height": 56 * len(order) + 50,
        "encoding": {
            "y": {"field": "who", "type": "nominal", "sort": list(order), "axis": who},
            "order": {"field": "place", "type": "quantitative"},
            "tooltip": tooltip,
        },
        "layer": [
            {
                "mark": {"type": "bar", "height": 26, "stroke": PAPER},
                "encoding": {
                    "x": {**x, "stack": "zero", "axis": {"title": "%", "tickCount": 5}},
                    "color": {"field": "part", "type": "nominal", "scale": colours, "legend": None},
                },
            },
            {
                "transform": [{"filter": f"datum.place === 0 && datum.share >= {_ROOM}"}],
                "mark": {**number, "color": PAPER},
                "encoding": {"x": {"value": 0}, "text": text},
            },
            # A short part has its number beside it, in ink on the light one.
            {
                "transform": [{"filter": f"datum.place === 0 && datum.share < {_ROOM}"}],
                "mark": {**number, "color": INK},
                "encoding": {"x": {**x, "stack": None}, "text": text},
            },
        ],
        "config": config(mode),
    }


PICTURES: Pictures = {
    "waits": _waits,
    health_standards.NAME: _standards,
    health_providers.NAME: getting_help_providers.providers,
    "community": _community,
    "community_over_time": _over_time,
    "bands": _bands,
    "contacts": _contacts,
    "four_weeks": _four_weeks,
    "autism": _autism,
}
