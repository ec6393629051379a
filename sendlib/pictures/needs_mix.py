"""The lead picture of Needs for two areas: the figures of both on one axis, and those that the first is compared with.

Each of the two has others that it is compared with, so it is the figures themselves that stand together.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from sendlib.answer import Answer, Mode, Text
from sendlib.pictures import needs_measure, needs_names, pinned
from sendlib.pictures.needs_measure import Measure, Plain
from sendlib.pictures.palette import DARK_BLUE, INK, LIGHT_GREY, MID_GREY, ORANGE, PAPER
from sendlib.pictures.picture import (
    SHOWN,
    UPRIGHT,
    Entry,
    Picture,
    Spec,
    config,
    dot,
    is_series,
    on_two_lines,
    two_lines,
)
from sendlib.pictures.pinned import Pin
from sendlib.pictures.two_areas import BESIDE_IN_WORDS

_DIAMOND = '<path d="M9,2L15,9L9,16L3,9Z" fill="{}"/>'
DIAMOND = _DIAMOND.format(ORANGE)
_SQUARE = f'<rect x="3" y="3" width="12" height="12" fill="{ORANGE}"/>'
ENGLAND = "England"
_LONGEST_NAME = 16
"""Letters of a name that stands at a mark."""


def draw(answer: Answer, other: Answer, mode: Mode) -> list[Picture]:
    """Every need on one axis: the dots of both areas, before which each of those compared, their range and mean, and
    England step back."""
    measure, series, name = needs_measure.measure(answer, mode), _series(answer, mode), other.area.name
    order = [on_two_lines(str(need)) for need in answer.tables["mix"].data["name"]]
    data = _mix_data(answer, measure, series)
    # England, or the one area that is compared, has one mark, that of the area beside.
    data = data[data["series"].ne(name)]
    own, *rest = _key(series, data)
    data = _with_points(data, other.tables["mix"].data, name, measure)
    data = data.assign(label=[on_two_lines(str(need)) for need in data["need"]])
    data["told"] = [f"{who}: {measure.told(share)}" for who, share in zip(data["who"], data["share"], strict=True)]
    each = data[data["area_code"].ne("")].rename(columns={"who": "area"})
    who = pinned.who_of(each, other.area.code)
    pins = pinned.of(answer, who)
    named = needs_names.with_names(data, pins, 0.0, float(data["share"].max()), "share")
    headline = answer.headline.in_mode("families" if mode == "families" else "show")
    alt = f"{answer.title.in_mode(mode)}. {headline} {_in_words(data, series[0], name, measure)}"
    return [
        Picture(
            "mix",
            _mix_spec(mode, order, series, name, pins, measure.axis),
            _with_both_names(named, series[0], name),
            Text(f"{alt}{pinned.in_words(pins)}"),
            (own, Entry(_SQUARE, name), *rest, *(pin.entry for pin in pins)),
            below=(_WHY,) if mode == "explore" and answer.chosen("drawn") != "shares" else (),
            who=who,
        )
    ]


_WHY = "Two areas are drawn by their figures and not by differences, because each has others that it is compared with."


def _with_points(data: pd.DataFrame, other: pd.DataFrame, name: str, measure: Measure) -> pd.DataFrame:
    """The data with the figures of an area that is set beside."""
    share = other[measure.own].astype(float)
    points = pd.DataFrame({"need": other["name"], "series": name, "who": name, "share": share})
    return pd.concat([data, points.dropna(subset=["share"]).assign(area_code="")], ignore_index=True)


def _with_both_names(data: pd.DataFrame, own: str, other: str) -> pd.DataFrame:
    """`two_side`: where the names of two areas stand, in the row in which they are furthest apart: each on the outer
    side of its mark, or over it where there is no room. Where one of them is long, the key alone has both."""
    found = data.assign(two_side="")
    wide = data[data["series"].isin([own, other])].pivot(index="need", columns="series", values="share").dropna()
    if wide.empty or max(len(own), len(other)) > _LONGEST_NAME:
        return found
    need, end = (wide[own] - wide[other]).abs().idxmax(), float(data["share"].max())
    lower, higher = sorted((own, other), key=lambda name: float(wide.at[need, name]))
    left, right = float(wide.at[need, lower]), float(wide.at[need, higher])
    between = right - left > 2 * needs_names.ROOM * end
    sides = {
        lower: "left" if left > needs_names.ROOM * end else "right" if between else "over",
        higher: "right" if end - right > needs_names.ROOM * end / 2 else "left" if between else "over",
    }
    for name, side in sides.items():
        here = data["need"].eq(need) & data["series"].eq(name)
        found.loc[here, ["label_at", "two_side"]] = [name if side == "over" else pinned.on_rows(name), side]
    return found


def _in_words(data: pd.DataFrame, own: str, other: str, measure: Measure) -> str:
    """The figures of two areas, need by need."""
    wide = data[data["series"].isin([own, other])].pivot(index="need", columns="series", values="share")
    wide = wide.reindex(columns=[own, other]).reindex(list(dict.fromkeys(data["need"])))
    told = [
        f"{need}: {own} {measure.value(mine)}, {other} {measure.value(theirs)}"
        for need, mine, theirs in zip(wide.index, wide[own], wide[other], strict=True)
        if mine == mine and theirs == theirs
    ]
    return f"{('. ' if isinstance(measure, Plain) else '; ').join(told)}."


def _series(answer: Answer, mode: Mode) -> list[str]:
    """Names of the four series, in the order of the key: the area, the mean of those compared, England and each of
    those compared. England has none of its own where it is the area, or the one that is compared."""
    # The area beside has others that it is compared with, so the key says whose these are.
    whose = "" if needs_measure.is_one(answer) else f" ({answer.area.short_name})"
    return [
        answer.area.name,
        f"{needs_measure.mean(answer, mode)}{whose}",
        ENGLAND,
        f"Each of {answer.compared_in(mode)}{whose}",
    ]


def _mix_data(answer: Answer, measure: Measure, series: list[str]) -> pd.DataFrame:
    """Long data: one row a need, series and authority.

    `low` and `high`, the range of those compared, stand with the mean: the range is of those who count for it.
    """
    mix, each = answer.tables["mix"].data, needs_measure.each(answer)
    alone = needs_measure.is_one(answer)
    # Those who count for no mean would set the range that the eye sees.
    each = each.iloc[:0] if alone else each[each["left_out"].eq("")]
    known = [(series[1], measure.mean), (series[0], measure.own)]
    if ENGLAND not in (series[0], series[1]):
        known.insert(1, (series[2], measure.england))
    singles = {"need": each["name"], "series": series[3], "who": each["area"], "share": each[measure.own]}
    parts = [
        pd.DataFrame({**singles, "area_code": each["area_code"]}),
        *(
            pd.DataFrame({"need": mix["name"], "series": name, "who": name, "share": mix.get(column), "area_code": ""})
            for name, column in known
        ),
    ]
    data = pd.concat([part.astype({"share": float}) for part in parts], ignore_index=True).dropna(subset=["share"])
    held = mix.set_index("name").reindex(columns=[measure.least, measure.most])
    spread = data["series"].eq(series[1]) & (not alone)
    ends = {"low": held[measure.least], "high": held[measure.most]}
    return data.assign(**{end: data["need"].map(values).where(spread) for end, values in ends.items()})


def _mix_spec(mode: Mode, order: list[str], series: list[str], beside: str, pins: Sequence[Pin], title: str) -> Spec:
    axis = {"title": None, "grid": True, "tickSize": 0, "labelPadding": 12, **two_lines(mode)}
    y = {"field": "label", "type": "nominal", "sort": order, "axis": axis}
    x = {
        "field": "share",
        "type": "quantitative",
        "scale": {"zero": True, "nice": True},
        "axis": {"title": title, "tickCount": 5, "labelOverlap": "greedy"},
    }
    tooltip = {"field": "told", "type": "nominal"}
    large = 1.7 if mode == "show" else 1.0

    def points(name: str, shape: str, colour: str, size: int, **style: object) -> Spec:
        look = {"filled": True, "opacity": 1, "size": int(size * large), "shape": shape, "color": colour, **style}
        return {
            "transform": [{"filter": is_series(name)}],
            "mark": {"type": "point", **look},
            "encoding": {"y": y, "x": x, "tooltip": tooltip},
        }

    spread = {
        "transform": [{"filter": "isValid(datum.low)"}],
        "mark": {"type": "bar", "height": 12, "color": LIGHT_GREY},
        "encoding": {"y": y, "x": {**x, "field": "low"}, "x2": {"field": "high"}},
    }
    own, mean, england, every = series
    others = [] if mean == beside else [points(mean, UPRIGHT, MID_GREY, 260)]
    if england not in (own, mean, beside):  # it is drawn as that already
        others.append(points(england, "diamond", MID_GREY, 50))
    both = [
        points(own, "circle", DARK_BLUE, 210),
        points(beside, "square", ORANGE, 130, stroke=PAPER, strokeWidth=1.2),
    ]
    each = points(every, "circle", MID_GREY, 28)
    each["params"] = pinned.clicks()
    each["encoding"] |= {
        "size": pinned.over(0, int(90 * large), int(28 * large)),
        "color": pinned.over(0, INK, MID_GREY),
    }
    return {
        "height": SHOWN if mode == "show" else len(order) * 36 + 60,
        # So that a mark at the end of the axis is whole.
        "padding": {"left": 5, "top": 5, "bottom": 5, "right": 14},
        # The area's own mark lies over those that are named, and names over all.
        "layer": [
            spread,
            each,
            *_named({"x": x, "y": y, "tooltip": tooltip}, pins, large),
            *others,
            *both,
            *(needs_names.layers(mode, {"x": x, "y": y}) if pins else []),
            *_both_names(mode, {"x": x, "y": y}, own, beside),
        ],
        "config": config(mode),
    }


def _named(encoding: Spec, pins: Sequence[Pin], large: float) -> list[Spec]:
    """Marks of the areas that are named, each in its shape, which can be clicked again."""
    style = {"filled": True, "opacity": 1, "color": pinned.COLOUR, "stroke": PAPER, "strokeWidth": 1}
    return [
        {
            "params": pinned.clicks(number)[:1],
            "transform": [{"filter": pin.is_its}],
            "mark": {"type": "point", "size": int(120 * large), "shape": pin.shape, **style},
            "encoding": encoding,
        }
        for number, pin in enumerate(pins, start=1)
    ]


def _both_names(mode: Mode, encoding: Spec, own: str, beside: str) -> list[Spec]:
    """The names of two areas, each at one of its marks in its colour (_with_both_names)."""
    return [
        layer
        for name, colour in ((own, DARK_BLUE), (beside, BESIDE_IN_WORDS))
        for side, style in needs_names.SIDES.items()
        for layer in pinned.labels(
            mode,
            encoding,
            f"{is_series(side, 'two_side')} && {is_series(name)}",
            colour=colour,
            fontWeight="bold",
            # A phone's picture has no room beside its marks; there the key names both.
            text={"expr": "width < 220 ? '' : datum.label_at"},
            **style,
        )
    ]


def _key(series: list[str], data: pd.DataFrame) -> tuple[Entry, ...]:
    """Of what is drawn: without a mean there is no range, and with nobody compared neither of them."""
    own, mean, england, each = series
    one, behind = f'<circle cx="9" cy="9" r="3" fill="{MID_GREY}"/>', ""
    if data["low"].notna().any():
        behind = f'<rect x="0" y="5" width="18" height="8" fill="{LIGHT_GREY}"/>'
    bar = f'<rect x="8" y="0" width="3" height="18" fill="{MID_GREY}"/>'
    marks = (
        (own, dot(DARK_BLUE, own)),
        (mean, Entry(bar, mean)),
        (england, Entry(_DIAMOND.format(MID_GREY), england)),
        (each, Entry(behind + one, f"{each}, and their range" if behind else each)),
    )
    # England has no mark of its own where it is the area, or the one that is compared.
    entries = dict(reversed(marks))
    return tuple(entries[name] for name in dict.fromkeys(series) if data["series"].eq(name).any())
