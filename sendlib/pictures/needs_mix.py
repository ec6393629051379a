"""The lead picture of Needs: every need on one axis, the area's share on the spread of those compared."""

from __future__ import annotations

import pandas as pd

from sendlib.answer import COMPARED, TOO_FEW, Answer, Mode, Text
from sendlib.answer.numbers import capital, written
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
    if answer.beside is None or answer.beside.state == TOO_FEW:
        return [Picture("mix", _mix_spec(mode, order, series), data, Text(alt), legend=_key(series, data))]
    other = answer.beside.tables["mix"].data
    name = answer.beside.area.name
    name = f"{name} (beside)" if name in series else name
    points = pd.DataFrame({"need": other["name"], "series": name, "who": name, "share": other["share"].astype(float)})
    points["label"] = [on_two_lines(str(need), mode) for need in points["need"]]
    both = pd.concat([data, points.dropna(subset=["share"])], ignore_index=True)
    key = _key(series, data, grey=True)
    key = (key[0], Entry(_SQUARE, name), *key[1:])
    return [
        Picture(
            "mix", _mix_spec(mode, order, series, name), both, Text(f"{alt} {_in_words(both, series[0], name)}"), key
        )
    ]


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
    return [answer.area.name, mean(answer), ENGLAND, f"Each of {answer.comparators}"]


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
        pd.DataFrame({"need": each["name"], "series": series[3], "who": each["area"], "share": each["share"]}),
        *(
            pd.DataFrame({"need": mix["name"], "series": name, "who": name, "share": mix[column]})
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


def _mix_spec(mode: Mode, order: list[str], series: list[str], beside: str = "") -> Spec:
    axis = {"title": None, "grid": True, "tickSize": 0, "labelPadding": 12, **TWO_LINES}
    y = {"field": "label", "type": "nominal", "sort": order, "axis": axis}
    x = {
        "field": "share",
        "type": "quantitative",
        "scale": {"zero": True, "nice": True},
        "axis": {"title": "% of plans", "tickCount": 5, "labelOverlap": "greedy"},
    }
    shapes, colours = ["circle", UPRIGHT, "diamond", "circle"], [DARK_BLUE, INK, ORANGE, MID_GREY]
    if beside:
        series = [*series, beside]
        shapes, colours = [*shapes, "square"], [DARK_BLUE, MID_GREY, MID_GREY, MID_GREY, ORANGE]
    tooltip = [
        {"field": "need", "title": "Need"},
        {"field": "who", "title": "Who"},
        {"field": "share", "title": "Per cent of plans", "format": ".1f"},
    ]
    large = 1.7 if mode == "show" else 1.0

    def points(number: int, size: int, **style: object) -> Spec:
        shape = {"scale": {"domain": series, "range": shapes}, "legend": None}
        colour = {"scale": {"domain": series, "range": colours}, "legend": None}
        return {
            "transform": [{"filter": is_series(series[number])}],
            "mark": {"type": "point", "filled": True, "opacity": 1, "size": int(size * large), **style},
            "encoding": {
                "y": y,
                "x": x,
                "shape": {"field": "series", "type": "nominal", **shape},
                "color": {"field": "series", "type": "nominal", **colour},
                "tooltip": tooltip,
            },
        }

    spread = {
        "transform": [{"filter": "isValid(datum.low)"}],
        "mark": {"type": "bar", "height": 12, "color": _RANGE},
        "encoding": {"y": y, "x": {**x, "field": "low"}, "x2": {"field": "high"}},
    }
    # On top, with a white edge: a rare need has all marks in one place.
    own, others = (
        [points(0, 210)],
        [
            points(1, 420, stroke="white", strokeWidth=1),
            points(2, 80, stroke="white", strokeWidth=1.2),
        ],
    )
    if beside:
        others, own = [points(1, 260), points(2, 50)], [points(0, 210), points(4, 130, stroke="white", strokeWidth=1.2)]
    return {
        "height": len(order) * (28 if mode == "show" else 36) + 60,
        "layer": [spread, points(3, 28), *(others + own if beside else own + others)],
        "config": config(mode),
    }


def _key(series: list[str], data: pd.DataFrame, grey: bool = False) -> tuple[Entry, ...]:
    """Of what is drawn: without a mean there is no range, and with nobody compared neither of them."""
    own, mean, england, each = series
    one, behind = f'<circle cx="9" cy="9" r="3" fill="{MID_GREY}"/>', ""
    if data["low"].notna().any():
        behind = f'<rect x="0" y="5" width="18" height="8" fill="{_RANGE}"/>'
    entries = {
        own: dot(DARK_BLUE, own),
        mean: Entry(f'<rect x="8" y="0" width="3" height="18" fill="{MID_GREY if grey else INK}"/>', mean),
        england: Entry(DIAMOND.replace(ORANGE, MID_GREY) if grey else DIAMOND, england),
        each: Entry(behind + one, f"{each}, and their range" if behind else each),
    }
    return tuple(entry for name, entry in entries.items() if data["series"].eq(name).any())
