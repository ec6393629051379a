"""Pictures of Needs: every need beside those compared (needs_away), a funnel, and mixes side by side."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

import pandas as pd

from sendlib.answer import Answer, Column, Mode, Text
from sendlib.answer.numbers import listed, written
from sendlib.pictures import (
    needs_away,
    needs_further,
    needs_measure,
    needs_mix,
    needs_over_time,
    needs_recording,
    pinned,
    rows,
)
from sendlib.pictures.palette import DARK_BLUE, GREY, INK, MID_GREY, ORANGE
from sendlib.pictures.picture import (
    Draw,
    Entry,
    Picture,
    Pictures,
    Spec,
    config,
    dot,
    line,
    nothing_to_draw,
    on_two_lines,
    two_lines,
)
from sendlib.pictures.pinned import Pin
from sendlib.tables.needs import UNKNOWN

_SOLID, _DASHED = [1, 0], [5, 4]
_MOST_NAMED = 10
_TITLE = 22
"""Letters of a line of an axis' title beside long names of rows."""
_MISSING = "Not shown (fewer than 5 children), or not available"


def _cross(name: str, choice: str, beside: str) -> Draw:
    """One group of a cross, chosen by the reader, beside all plans; the largest share first."""

    def draw(answer: Answer, mode: Mode) -> list[Picture]:
        table, group = answer.tables[name].data_in(mode), answer.offered[choice]
        if not group.options or table["count"].isna().all():
            return [nothing_to_draw(name, _why_none(answer, name))]
        chosen = table[table["category"].eq(group.words)].set_index("need")
        everyone = answer.tables["everyone"].data.set_index("need")
        # A row that only one of the two has, such as plans without a recorded need, has one mark.
        together = chosen.reindex(chosen.index.union(everyone.index, sort=False)).assign(beside=everyone["share"])
        together["name"] = together["name"].fillna(everyone["name"])
        series = {group.words: "share", beside: "beside"}
        if "england" in together:
            series[f"{needs_mix.ENGLAND}, the same group"] = "england"
        return [_marks(answer, mode, name, together, series)]

    return draw


def _why_none(answer: Answer, name: str) -> str:
    """Why a cross has no group that can be shown."""
    if answer.tables[name].closed and answer.offered["age_group"].options:
        return "With so few plans every number here would be about somebody, so none is shown."
    return f"Not available for {answer.area.name}: its needs were published as totals only."


def _new_plans(answer: Answer, mode: Mode) -> list[Picture]:
    """The plans that started in the year before, beside all plans."""
    table = answer.tables["new_plans"].data
    names = dict(zip(table["scope"], table["category"], strict=True))
    needs = table.drop_duplicates("need").set_index("need")[["name"]]
    together = needs.join(table.pivot(index="need", columns="scope", values="share"))
    return [_marks(answer, mode, "new_plans", together, {str(names[scope]): scope for scope in ("new", "all")})]


def _cohorts(answer: Answer, mode: Mode) -> list[Picture]:
    """The two mixes of the area side by side: of plans, and of pupils in its schools."""
    table = answer.tables["cohorts"]
    if table.data[["plans", "pupils"]].isna().all().any():
        return [nothing_to_draw("cohorts", f"One of the two mixes is not available for {answer.area.name}.")]
    series = {table.columns[name].heading: name for name in ("plans", "pupils")}
    return [
        rows.marks(
            "cohorts",
            mode,
            table.data,
            [str(name) for name in table.data["name"]],
            series,
            "% of each",
            table.caption.explore,
        )
    ]


def _marks(answer: Answer, mode: Mode, name: str, table: pd.DataFrame, series: dict[str, str]) -> Picture:
    """Needs in the order of the first series; a need of which that is missing is named below."""
    first = next(iter(series.values()))
    ordered = table.sort_values(first, ascending=False, kind="stable", na_position="last")
    missing = [str(row["name"]) for need, row in ordered.iterrows() if pd.isna(row[first]) and need != UNKNOWN]
    drawn = ordered[ordered[list(series.values())].notna().any(axis=1)]
    nothing = f"Not available for {answer.area.name}."
    if drawn[first].isna().all():
        return nothing_to_draw(name, nothing)
    return rows.marks(
        name,
        mode,
        drawn,
        [str(one) for one in drawn["name"]],
        series,
        "% of plans",
        answer.tables[name].caption.explore,
        below_it=(f"{_MISSING}: {', '.join(missing)}.",) if missing else (),
        nothing=nothing,
    )


_OF_AUTHORITIES = ["other", "compared", "own area"]
"""Whose marks are drawn in the funnel: the row of several together has no limits."""


def _funnel(answer: Answer, mode: Mode) -> list[Picture]:
    """The share of one need by the number of plans for every authority, with limits."""
    need = answer.offered["funnel_need"]
    table = answer.tables["funnel"].data
    every = table[table["need"].eq(need.value) & table["group"].isin(_OF_AUTHORITIES)].sort_values("plans")
    held = every[every["share"].notna()]
    outside = int(((held["share"] < held["low_998"]) | (held["share"] > held["high_998"])).sum())
    own = held[held["group"].eq("own area")]
    share = _own_in_words(answer, own)
    gone = [str(name) for name in every.loc[every["share"].isna(), "area"]]
    lacking = listed(gone) if len(gone) <= _MOST_NAMED else f"{len(gone)} authorities"
    below = (
        "Authorities differ by more than chance, so the limits allow for the usual spread between them as well: about 1"
        " in 20 would lie outside the inner limits, and 1 in 500 outside the outer ones, if all were alike in that"
        f" sense. {outside} of {len(held)} lie outside the outer limits here."
        f"{f' Not drawn, as it is not available: {lacking}.' if gone else ''}"
    )
    if held.empty:
        return [nothing_to_draw("funnel", f"{need.words}: not available for any authority.")]
    alt = (
        f"{answer.tables['funnel'].caption.explore}: {need.words}.{share} {outside} of {len(held)} lie outside the"
        " outer limits."
    )
    who = pinned.who_of(held, *held.loc[held["group"].eq("own area"), "area_code"])
    pins = pinned.of(answer, who)
    names = {pin.code: pinned.on_rows(pin.name) for pin in pins}
    data = held.drop(columns=["need", "z"]).assign(label_at=[names.get(code, "") for code in held["area_code"]])
    return [
        Picture(
            "funnel",
            _funnel_spec(mode, pins, float(held["plans"].max()), answer.tables["funnel"].columns["plans"]),
            data,
            Text(f"{alt}{pinned.in_words(pins)}"),
            legend=(*_funnel_key(answer, set(held["group"])), *(pin.entry for pin in pins)),
            below=(below,),
            who=who,
        )
    ]


def _funnel_spec(mode: Mode, pins: Sequence[Pin], most: float, counted: Column) -> Spec:
    """`counted`: the column of those of whom the share is."""
    number, share = counted.heading, f"% of {counted.unit}"
    x = {
        "field": "plans",
        "type": "quantitative",
        "axis": {"title": number, "tickCount": 6},
        "scale": {"zero": True},
    }
    y = {"type": "quantitative", "axis": {"title": share, "tickCount": 6}, "scale": {"zero": True}}

    def limit(field: str, dash: list[int]) -> Spec:
        mark = {"type": "line", "color": MID_GREY, "strokeDash": dash, "strokeWidth": 1.5, "interpolate": "monotone"}
        return {"mark": mark, "encoding": {"x": x, "y": {**y, "field": field}}}

    def by_group(marks: list[object]) -> Spec:
        return {
            "field": "group",
            "type": "nominal",
            "scale": {"domain": _OF_AUTHORITIES, "range": marks},
            "legend": None,
        }

    points: Spec = {
        "params": pinned.clicks(),
        "mark": {"type": "point", "filled": True, "opacity": 1},
        "encoding": {
            "x": x,
            "y": {**y, "field": "share"},
            "color": by_group([GREY, ORANGE, DARK_BLUE]),
            "shape": by_group(["circle", "diamond", "circle"]),
            "size": by_group([40, 110, 240]),
            "stroke": pinned.over(0, INK, None),
            "tooltip": [
                {"field": "area", "title": "Authority"},
                {"field": "plans", "title": number, "format": ","},
                {"field": "share", "title": share, "format": ".1f"},
            ],
        },
    }
    outer = [limit(field, _SOLID) for field in ("low_998", "high_998")]
    inner = [limit(field, _DASHED) for field in ("low_95", "high_95")]
    where: Spec = {"x": x, "y": {**y, "field": "share"}}
    marks: list[Spec] = [
        {
            "params": pinned.clicks(number)[:1],
            "transform": [{"filter": pin.is_its}],
            "mark": {"type": "point", "filled": True, "opacity": 1, "size": 160, "shape": pin.shape},
            "encoding": {**where, "color": {"value": pinned.COLOUR}, "tooltip": points["encoding"]["tooltip"]},
        }
        for number, pin in enumerate(pins, start=1)
    ]
    sides = (("left", 12, "<="), ("right", -12, ">"))
    names = [
        layer
        for align, away, test in sides
        for layer in pinned.labels(
            mode,
            where,
            f"datum.label_at !== '' && datum.plans {test} {most / 2}",
            align=align,
            dx=away,
            baseline="middle",
        )
    ]
    return {
        "height": 380,
        "layer": [*outer, *inner, points, *marks, *(names if pins else [])],
        "config": config(mode),
    }


def _own_in_words(answer: Answer, own: pd.DataFrame) -> str:
    """The share of the area, or of each of the few authorities that it is made of."""
    if not 0 < len(own) <= _MOST_NAMED:
        return ""
    by_name = own.sort_values("area")
    told = [f"{name} {written(share, 1)}%" for name, share in zip(by_name["area"], by_name["share"], strict=True)]
    if answer.area.is_authority:
        return f" {answer.area.name}: {written(float(own['share'].iloc[0]), 1)}%."
    return f" Of {answer.area.name}: {listed(told)}."


def _funnel_key(answer: Answer, groups: set[str]) -> tuple[Entry, ...]:
    """Of the groups that are drawn: of an area that is several authorities, they are its dots."""
    own = answer.area.name if len(answer.area.parts) == 1 else f"authorities of {answer.area.in_text}"
    other = f'<circle cx="9" cy="9" r="4" fill="{GREY}" stroke="{MID_GREY}"/>'
    dots = {
        "own area": dot(DARK_BLUE, own),
        "compared": Entry(needs_mix.DIAMOND, needs_measure.those(answer)),
        "other": Entry(other, "authorities" if groups == {"other"} else "other authorities"),
    }
    drawn = [entry for group, entry in dots.items() if group in groups or answer.area.is_authority]
    return (*drawn, line(MID_GREY, _DASHED, "95% limits"), line(MID_GREY, _SOLID, "99.8% limits"))


def _log_ratio(answer: Answer, mode: Mode) -> list[Picture]:
    """Bars to the right (more common, blue) and to the left (less common, orange) of nought."""
    table = answer.tables["log_ratio"].data.dropna(subset=["difference"])
    if table.empty:
        gap = bool(answer.tables["log_ratio"].data["own"].isna().any())
        why = f"Not available for {answer.area.name}: it lacks a need." if gap else "There is no mean to compare with."
        return [nothing_to_draw("log_ratio", why)]
    data = table.assign(label=[on_two_lines(str(name)) for name in table["name"]])[["label", "difference"]]
    told = listed(
        [
            f"{name} {written(value, 2, signed=True)}"
            for name, value in zip(table["name"], table["difference"], strict=True)
        ]
    )
    alt = Text(f"{answer.tables['log_ratio'].caption.explore}: {told}.")
    return [Picture("log_ratio", _two_sided(mode, list(data["label"]), needs_measure.those(answer)), data, alt)]


def _two_sided(mode: Mode, order: list[str], against: str) -> Spec:
    axis = {"title": None, "tickSize": 0, "labelPadding": 12, **two_lines(mode)}
    less = {"condition": {"test": "datum.difference < 0", "value": ORANGE}, "value": DARK_BLUE}
    return {
        "height": 36 * len(order) + 50,
        "encoding": {
            "y": {"field": "label", "type": "nominal", "sort": order, "axis": axis},
            "x": {
                "field": "difference",
                "type": "quantitative",
                "axis": {"title": textwrap.wrap(f"Doublings against {against}", _TITLE), "tickCount": 7},
            },
        },
        "layer": [
            {"mark": {"type": "bar", "height": 18}, "encoding": {"color": less}},
            {"mark": {"type": "rule", "color": INK}, "encoding": {"x": {"datum": 0}, "y": None}},
        ],
        "config": config(mode),
    }


PICTURES: Pictures = {
    "mix": needs_away.draw,
    "recording": needs_recording.draw,
    "funnel": _funnel,
    "new_plans": _new_plans,
    "age": _cross("age", "age_group", "All ages"),
    "sex": _cross("sex", "sex_group", "All plans"),
    "placement": _cross("placement", "placement_group", "All plans"),
    "ethnicity": _cross("ethnicity", "ethnic_group", "All plans"),
    "log_ratio": _log_ratio,
    "cohorts": _cohorts,
    "needs_over_time": needs_over_time.draw,
    **needs_further.PICTURES,
}
