"""The lead picture of Needs: every need on one axis, the area's share on the spread of those compared."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from sendlib.answer import COMPARED, TOO_FEW, Answer, Mode, Text
from sendlib.answer.numbers import capital, written
from sendlib.pictures import pinned
from sendlib.pictures.picture import (
    DARK_BLUE,
    INK,
    MID_GREY,
    ORANGE,
    TWO_LINES,
    UPRIGHT,
    Entry,
    Picture,
    Spec,
    config,
    dot,
    is_series,
    nothing_to_draw,
    on_two_lines,
)
from sendlib.pictures.pinned import Pin
from sendlib.pictures.two_areas import BESIDE_IN_WORDS

DIAMOND = f'<path d="M9,2L15,9L9,16L3,9Z" fill="{ORANGE}"/>'
_SQUARE = f'<rect x="3" y="3" width="12" height="12" fill="{ORANGE}"/>'
_RANGE = "#e0e0e0"
ENGLAND = "England"


def draw(answer: Answer, mode: Mode) -> list[Picture]:
    """Every need on one axis: own dot, each comparator, their range and mean, England; and the dot of an area that is
    set beside, before which all but the two steps back."""
    if answer.state == TOO_FEW:
        more = "" if mode == "show" else " Their shares, with intervals, are under See the numbers."
        return [nothing_to_draw("mix", f"No picture is drawn of so few plans.{more}")]
    series = _series(answer)
    mix = answer.tables["mix"].data
    order = [on_two_lines(str(name), mode) for name in mix["name"]]
    alt = f"{answer.title.in_mode(mode)}. {answer.headline.in_mode('show')}"
    data = _mix_data(answer, mode, series)
    key = _key(series, data)
    name = ""
    if answer.beside is not None and answer.beside.state != TOO_FEW:
        name = answer.beside.area.name
        # England, or the one area that is compared, has one mark, that of the area beside.
        data = data[data["series"].ne(name)]
        key = _key(series, data, grey=True)
        data = _with_points(data, answer.beside.tables["mix"].data, name, mode)
        key = (key[0], Entry(_SQUARE, name), *key[1:])
        alt = f"{alt} {_in_words(data, series[0], name)}"
    each = data[data["area_code"].ne("")].rename(columns={"who": "area"})
    who = pinned.who_of(each, *([answer.beside.area.code] if answer.beside else []))
    pins = pinned.of(answer, who)
    return [
        Picture(
            "mix",
            _mix_spec(mode, order, series, name, pins),
            _with_both_names(_with_names(data, pins), series[0], name),
            Text(f"{alt}{pinned.in_words(pins)}"),
            (*key, *(pin.entry for pin in pins)),
            who=who,
        )
    ]


def _with_points(data: pd.DataFrame, other: pd.DataFrame, name: str, mode: Mode) -> pd.DataFrame:
    """The data with the shares of an area that is set beside."""
    points = pd.DataFrame({"need": other["name"], "series": name, "who": name, "share": other["share"].astype(float)})
    points["label"] = [on_two_lines(str(need), mode) for need in points["need"]]
    return pd.concat([data, points.dropna(subset=["share"]).assign(area_code="")], ignore_index=True)


_ROOM, _LITTLE = 0.3, 0.12
"""Parts of the axis: what a name takes up at most, on a screen of middling width, and what is too little for one."""


def _with_names(data: pd.DataFrame, pins: Sequence[Pin]) -> pd.DataFrame:
    """`label_at`: the name of each pinned area at one of its dots, that with the most room beside it, and `label_side`
    where it stands: to the right of the dot, to its left in the right half of the axis, or over it where no dot has
    room enough."""
    found = data.assign(label_at="", label_side="")
    end, taken = float(data["share"].max()), set()
    for pin in pins:
        best, most, free = None, -1.0, 0.0
        for row, need, share in data.loc[data["area_code"].eq(pin.code), ["need", "share"]].itertuples():
            side = "left" if share > end / 2 else "right"
            others = data.loc[data["need"].eq(need) & data["area_code"].ne(pin.code), "share"]
            apart = float((others - share).abs().min()) / end
            beyond = share - others if side == "left" else others - share
            room = min([*beyond[beyond >= 0], share if side == "left" else end - share]) / end
            here = min(room, _ROOM) + min(apart, 0.05) - (need in taken)
            if here > most:
                best, most, free = (row, need, side), here, room
        if best:
            over = free < _LITTLE
            label = [pin.name, "over"] if over else [pinned.on_rows(pin.name), best[2]]
            found.loc[best[0], ["label_at", "label_side"]] = label
            taken.add(best[1])
    return found


def _with_both_names(data: pd.DataFrame, own: str, other: str) -> pd.DataFrame:
    """`two_side`: where the names of two areas stand, in the row in which they are furthest apart: each on the outer
    side of its mark, or over it where there is no room."""
    found = data.assign(two_side="")
    if not other:
        return found
    wide = data[data["series"].isin([own, other])].pivot(index="need", columns="series", values="share").dropna()
    if wide.empty:
        return found
    need, end = (wide[own] - wide[other]).abs().idxmax(), float(data["share"].max())
    lower, higher = sorted((own, other), key=lambda name: float(wide.at[need, name]))
    left, right = float(wide.at[need, lower]), float(wide.at[need, higher])
    between = right - left > 2 * _ROOM * end
    sides = {
        lower: "left" if left > _ROOM * end else "right" if between else "over",
        higher: "right" if end - right > _ROOM * end / 2 else "left" if between else "over",
    }
    for name, side in sides.items():
        here = data["need"].eq(need) & data["series"].eq(name)
        found.loc[here, ["label_at", "two_side"]] = [name if side == "over" else pinned.on_rows(name), side]
    return found


def _in_words(data: pd.DataFrame, own: str, other: str) -> str:
    """The shares of two areas, need by need."""
    wide = data[data["series"].isin([own, other])].pivot(index="need", columns="series", values="share")
    wide = wide.reindex(columns=[own, other]).reindex(list(dict.fromkeys(data["need"])))
    told = [
        f"{need}: {own} {written(mine, 1)}, {other} {written(theirs, 1)}"
        for need, mine, theirs in zip(wide.index, wide[own], wide[other], strict=True)
        if mine == mine and theirs == theirs
    ]
    return f"{'; '.join(told)}."


def _series(answer: Answer) -> list[str]:
    """Names of the four series, in the order of the key: the area, the mean of those compared, England and each of
    those compared. England has none of its own where it is the area, or the one that is compared."""
    # With an area beside, which has others that it is compared with, the key says whose these are.
    whose = f" ({answer.area.short_name})" if answer.beside and not _is_one(answer) else ""
    return [answer.area.name, f"{mean(answer)}{whose}", ENGLAND, f"Each of {answer.comparators}{whose}"]


def _is_one(answer: Answer) -> bool:
    """Whether one area alone is compared: its figures stand under its own name, and are not drawn a second time."""
    return int(_each(answer)["area_code"].nunique()) == 1


def _each(answer: Answer) -> pd.DataFrame:
    """The shares of each of those compared."""
    table = answer.tables["comparators"].data
    return table[table["whose"].eq(COMPARED)]


def those(answer: Answer) -> str:
    """Those compared, as a key names them all together."""
    return answer.comparators if _is_one(answer) else "those compared"


def mean(answer: Answer) -> str:
    """The mean of those compared, as a key names it."""
    return capital(answer.comparators) if _is_one(answer) else f"Mean of {answer.comparators}"


def _mix_data(answer: Answer, mode: Mode, series: list[str]) -> pd.DataFrame:
    """Long data: one row a need, series and authority; `label` is the need on the axis.

    `low` and `high`, the range of those compared, stand with the mean: the range is of those who count for it.
    """
    mix, each = answer.tables["mix"].data, _each(answer)
    # Those who count for no mean would set the range that the eye sees.
    each = each[each["left_out"].eq("")] if not _is_one(answer) else each
    if _is_one(answer):
        each = each.iloc[:0]
    known = [(series[1], "comparator_mean"), (series[0], "share")]
    if ENGLAND not in (series[0], series[1]):
        known.insert(1, (series[2], "england"))
    parts = [
        pd.DataFrame(
            {
                "need": each["name"],
                "series": series[3],
                "who": each["area"],
                "share": each["share"],
                "area_code": each["area_code"],
            }
        ),
        *(
            pd.DataFrame({"need": mix["name"], "series": name, "who": name, "share": mix[column], "area_code": ""})
            for name, column in known
        ),
    ]
    data = pd.concat([part.astype({"share": float}) for part in parts], ignore_index=True).dropna(subset=["share"])
    held = mix.set_index("name")
    spread = data["series"].eq(series[1]) & (not _is_one(answer))
    ends = {
        end: data["need"].map(held[column]).where(spread)
        for end, column in (("low", "comparator_min"), ("high", "comparator_max"))
    }
    return data.assign(label=[on_two_lines(str(name), mode) for name in data["need"]], **ends)


def _mix_spec(mode: Mode, order: list[str], series: list[str], beside: str = "", pins: Sequence[Pin] = ()) -> Spec:
    axis = {"title": None, "grid": True, "tickSize": 0, "labelPadding": 12, **TWO_LINES}
    y = {"field": "label", "type": "nominal", "sort": order, "axis": axis}
    x = {
        "field": "share",
        "type": "quantitative",
        "scale": {"zero": True, "nice": True},
        "axis": {"title": "% of plans", "tickCount": 5, "labelOverlap": "greedy"},
    }
    tooltip = [
        {"field": "need", "title": "Need"},
        {"field": "who", "title": "Who"},
        {"field": "share", "title": "Per cent of plans", "format": ".1f"},
    ]
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
        "mark": {"type": "bar", "height": 12, "color": _RANGE},
        "encoding": {"y": y, "x": {**x, "field": "low"}, "x2": {"field": "high"}},
    }
    own, mean, england, every = series
    # On top, with a white edge: a rare need has all marks in one place.
    own_marks = [points(own, "circle", DARK_BLUE, 210)]
    others = [points(mean, UPRIGHT, INK, 420, stroke="white", strokeWidth=1)]
    of_england = [points(england, "diamond", ORANGE, 80, stroke="white", strokeWidth=1.2)]
    if beside:
        others, of_england = [points(mean, UPRIGHT, MID_GREY, 260)], [points(england, "diamond", MID_GREY, 50)]
        own_marks.append(points(beside, "square", ORANGE, 130, stroke="white", strokeWidth=1.2))
    others = [] if mean == beside else others
    if england not in (own, mean, beside):  # it is drawn as that already
        others += of_england
    each = points(every, "circle", MID_GREY, 28)
    each["params"] = pinned.clicks()
    each["encoding"] |= {
        "size": pinned.over(0, int(90 * large), int(28 * large)),
        "color": pinned.over(0, INK, MID_GREY),
    }
    return {
        "height": len(order) * (25 if mode == "show" else 36) + 60,
        # So that a mark at the end of the axis is whole.
        "padding": {"left": 5, "top": 5, "bottom": 5, "right": 14},
        # The area's own mark lies over those that are named, and names over all.
        "layer": [
            spread,
            each,
            *_named({"x": x, "y": y, "tooltip": tooltip}, pins, large),
            *(others + own_marks if beside else own_marks + others),
            *(_names(mode, {"x": x, "y": y}) if pins else []),
            *(_both_names(mode, {"x": x, "y": y}, own, beside) if beside else []),
        ],
        "config": config(mode),
    }


def _named(encoding: Spec, pins: Sequence[Pin], large: float) -> list[Spec]:
    """Marks of the areas that are named, each in its shape, which can be clicked again."""
    style = {"filled": True, "opacity": 1, "color": pinned.COLOUR, "stroke": "white", "strokeWidth": 1}
    return [
        {
            "params": pinned.clicks(number)[:1],
            "transform": [{"filter": pin.is_its}],
            "mark": {"type": "point", "size": int(120 * large), "shape": pin.shape, **style},
            "encoding": encoding,
        }
        for number, pin in enumerate(pins, start=1)
    ]


_SIDES: dict[str, Spec] = {
    "left": {"align": "right", "dx": -12, "baseline": "middle"},
    "right": {"align": "left", "dx": 12, "baseline": "middle"},
    "over": {"align": "center", "dy": -9, "baseline": "bottom"},
}
"""Where a name stands beside its dot."""


def _names(mode: Mode, encoding: Spec) -> list[Spec]:
    """The names, each at one mark of its area."""
    sides = [pinned.labels(mode, encoding, is_series(side, "label_side"), **style) for side, style in _SIDES.items()]
    return [layer for layers in sides for layer in layers]


def _both_names(mode: Mode, encoding: Spec, own: str, beside: str) -> list[Spec]:
    """The names of two areas, each at one of its marks in its colour (_with_both_names)."""
    return [
        layer
        for name, colour in ((own, DARK_BLUE), (beside, BESIDE_IN_WORDS))
        for side, style in _SIDES.items()
        for layer in pinned.labels(
            mode,
            encoding,
            f"{is_series(side, 'two_side')} && {is_series(name)}",
            colour=colour,
            fontWeight="bold",
            **style,
        )
    ]


def _key(series: list[str], data: pd.DataFrame, grey: bool = False) -> tuple[Entry, ...]:
    """Of what is drawn: without a mean there is no range, and with nobody compared neither of them."""
    own, mean, england, each = series
    one, behind = f'<circle cx="9" cy="9" r="3" fill="{MID_GREY}"/>', ""
    if data["low"].notna().any():
        behind = f'<rect x="0" y="5" width="18" height="8" fill="{_RANGE}"/>'
    bar = f'<rect x="8" y="0" width="3" height="18" fill="{MID_GREY if grey else INK}"/>'
    marks = (
        (own, dot(DARK_BLUE, own)),
        (mean, Entry(bar, mean)),
        (england, Entry(DIAMOND.replace(ORANGE, MID_GREY) if grey else DIAMOND, england)),
        (each, Entry(behind + one, f"{each}, and their range" if behind else each)),
    )
    # England has no mark of its own where it is the area, or the one that is compared.
    entries = dict(reversed(marks))
    return tuple(entries[name] for name in dict.fromkeys(series) if data["series"].eq(name).any())
