"""What the line of plans on time tells: the law as a rule, those compared as a band, the largest change at its point;
and those who waited longer as people."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from sendlib.answer import Answer, Mode, Text
from sendlib.answer.numbers import in_so_many, written
from sendlib.pictures import pinned
from sendlib.pictures.palette import DARK_BLUE, INK, LIGHT_GREY, ORANGE, PAPER
from sendlib.pictures.people import PERSON
from sendlib.pictures.picture import Entry, Picture, Spec, config, nothing_to_draw, swatch
from sendlib.questions.getting_help import plans_on_time, waited_longer
from sendlib.questions.getting_help.health_changes import BREAKS

TOP = 112.0
"""Upper end of the axis of per cents: the words on the rule at 100 have room below it."""
_ALL = 100
_LAW = "By law: within 20 weeks"
_BAND = f'<rect x="0" y="3" width="34" height="12" fill="{LIGHT_GREY}"/>'
_LOW, _HIGH = 40, 70
"""Per cent below which words stand over their point, and above which they stand under it, whichever way it went."""
_PART = 0.3
"""The part of the years from an end within which words beside a point turn inwards."""


def with_law(picture: Picture, mode: Mode) -> Picture:
    """The rule of the law over the lines of a picture whose axis ends at TOP."""
    if picture.nothing:
        return picture
    data = {"values": [{"law": _ALL, "label_at": _LAW}]}
    across = {"x": {"value": 0}, "x2": {"value": "width"}}
    y = {**_axes_of(picture)["y"], "field": "law"}
    rule = {"mark": {"type": "rule", "color": INK, "strokeWidth": 1.5}, "encoding": {"y": y, **across}}
    words = pinned.labels(
        mode, {"y": y, "x": {"value": 2}}, "true", align="left", baseline="bottom", dy=-3, fontWeight="bold"
    )
    told = f"A rule at {_ALL}: the law asks for a plan within 20 weeks, with few exceptions."
    layers = [{"data": data, "layer": [rule, *words]}]
    return _with(picture, mode, over=layers, alt=told)


def with_range(picture: Picture, answer: Answer, mode: Mode) -> Picture:
    """The range of those compared as a band behind the lines, in the years in which their rule gives one."""
    data = answer.tables["on_time"].data
    if picture.nothing or "others_lowest" not in data or data["others_lowest"].isna().all():
        return picture
    held = data[["period", "others_lowest", "others_highest"]]
    values = held.astype(object).where(held.notna(), None).to_dict("records")
    axes = _axes_of(picture)
    band: Spec = {
        "data": {"values": values},
        "mark": {"type": "area", "color": LIGHT_GREY, "opacity": 0.6, "invalid": "break-paths-filter-domains"},
        "encoding": {
            "x": axes["x"],
            "y": {**axes["y"], "field": "others_lowest"},
            "y2": {"field": "others_highest"},
        },
    }
    last = held.dropna().iloc[-1]
    who = answer.compared_in(mode)
    low, high = (float(last[name]) for name in ("others_lowest", "others_highest"))
    ends = (
        f"{in_so_many(low, 100)} to {in_so_many(high, 100)} of every 100"
        if mode == "families"
        else f"{written(low, 1)}% to {written(high, 1)}%"
    )
    told = f"Lowest to highest of {who} in {last['period']}: {ends}."
    entry = Entry(_BAND, f"Lowest to highest of {who}")
    return _with(picture, mode, under=[band], alt=told, legend=(entry,))


def with_change(picture: Picture, answer: Answer, mode: Mode) -> Picture:
    """The largest change from one year to the next, in words at the point that it leads to."""
    data = answer.tables["on_time"].data
    row = plans_on_time.largest_change(data)
    if picture.nothing or row is None or not round(abs(row["change"])):
        return picture
    years = list(data["period"].astype(str))
    place = years.index(str(row["period"])) / max(1, len(years) - 1)
    above = row["share"] < _LOW or (row["change"] > 0 and row["share"] < _HIGH)
    label = f"{_points(row, mode)}|in {row['period']}{' (break)' if _broken(row, mode) else ''}"
    align = "left" if place < _PART else "right" if place > 1 - _PART else "center"
    values = [{"period": str(row["period"]), "at": float(row["share"]), "label_at": label}]
    axes = _axes_of(picture)
    where = {"x": axes["x"], "y": {**axes["y"], "field": "at"}}
    style: dict[str, object] = {"align": align, "baseline": "line-bottom" if above else "line-top"}
    style |= {"dy": -_above(mode) if above else 10, "dx": {"left": 6, "right": -6}.get(align, 0)}
    ring: Spec = {
        "mark": {"type": "point", "size": 190, "color": DARK_BLUE, "strokeWidth": 2, "filled": False},
        "encoding": where,
    }
    words = pinned.labels(mode, where, "true", colour=INK, fontWeight="bold", **style)
    told = f"The largest change from one year to the next: {told_of(row, mode)}{_broken(row, mode)}."
    return _with(picture, mode, over=[{"data": {"values": values}, "layer": [ring, *words]}], alt=told)


def _points(row: pd.Series, mode: Mode) -> str:
    """`+38 points`; for families `38 more of every 100`."""
    if mode != "families":
        return f"{written(row['change'], signed=True)} points"
    return f"{written(abs(row['change']))} {'more' if row['change'] > 0 else 'fewer'} of every 100"


def _broken(row: pd.Series, mode: Mode) -> str:
    """What changed in the law or in the counting that year, in brackets; empty where nothing did."""
    words = [one.words.in_mode(mode) for one in BREAKS if one.about == "on_time" and one.period == str(row["period"])]
    return f" ({'; '.join(words)})" if words else ""


def told_of(row: pd.Series, mode: Mode) -> str:
    """`39.2 points down, in 2020`; for families `39 fewer of every 100, in 2020`."""
    if mode == "families":
        return f"{_points(row, mode)}, in {row['period']}"
    points = written(abs(row["change"]), 1)
    return f"{points} points {'up' if row['change'] > 0 else 'down'}, in {row['period']}"


def _above(mode: Mode) -> int:
    """Pixels by which words of two lines over a point keep clear of it."""
    return 32 if mode == "show" else 26


def _axes_of(picture: Picture) -> Spec:
    """The encoding of the lines of a picture, whose axes the layers over and under them share."""
    return next(layer["encoding"] for layer in picture.spec["layer"] if "color" in layer.get("encoding", {}))


def _with(
    picture: Picture,
    mode: Mode,
    *,
    under: list[Spec] | None = None,
    over: list[Spec] | None = None,
    alt: str = "",
    legend: tuple[Entry, ...] = (),
) -> Picture:
    """A picture with layers under and over its own, more words and more of a key."""
    spec = {**picture.spec, "layer": [*(under or []), *picture.spec["layer"], *(over or [])]}
    words = Text(f"{picture.alt.in_mode(mode)} {alt}")
    # In the key single areas that are named stand last.
    place = sum(entry.words in set(picture.data["line"]) for entry in picture.legend)
    key = (*picture.legend[:place], *legend, *picture.legend[place:])
    return replace(picture, spec=spec, alt=words, legend=key)


# Those who waited longer, as people

_A_ROW, _ROWS_HIGH = 25, 132
"""Small figures in a row, so that a hundred have room on a phone, and pixels of their four rows."""
LATE, READY = "Waited longer than 20 weeks", "Had the plan within 20 weeks"


def people(answer: Answer, mode: Mode) -> list[Picture]:
    """A hundred small figures: of every hundred families with a new plan in the newest year, who waited longer."""
    found = answer.tables[waited_longer.NAME].data
    row, told = found.iloc[0], waited_longer.in_words(found, mode)
    if np.isnan(row["longer_share"]) or waited_longer.is_few(found, mode):
        return [nothing_to_draw(waited_longer.NAME, told)]
    ready = _whole(100 - float(row["longer_share"]))
    kinds = [LATE] * (_ALL - ready) + [READY] * ready
    data = pd.DataFrame(
        {"x": [i % _A_ROW for i in range(_ALL)], "y": [i // _A_ROW for i in range(_ALL)], "kind": kinds}
    )
    each = f"of every 100, {_ALL - ready} waited longer and {ready} did not"
    return [
        Picture(
            waited_longer.NAME,
            _people_spec(mode),
            data,
            Text(f"{told} That is, {each}."),
            legend=(
                swatch(ORANGE, f"{_ALL - ready} of every 100 waited longer"),
                swatch(DARK_BLUE, f"{ready} did not"),
            ),
            heading=told.removesuffix("."),
            below=("Each small figure is one in a hundred of them.",),
        )
    ]


def _whole(share: float) -> int:
    """A share as figures of a hundred: never none or all where there are some of both."""
    return round(share) if share in (0, _ALL) else min(_ALL - 1, max(1, round(share)))


def _people_spec(mode: Mode) -> Spec:
    """Four rows of small figures; data: x, y, kind."""
    colour = {"domain": [LATE, READY], "range": [ORANGE, DARK_BLUE]}
    size = {"expr": f"pow(min(0.88 * height / 4.4, 1.5 * width / {_A_ROW}), 2)"}
    mark = {"type": "point", "shape": PERSON, "filled": True, "opacity": 1, "size": size, "stroke": PAPER}
    return {
        "height": _ROWS_HIGH,
        "mark": {**mark, "strokeWidth": 0.5},
        "encoding": {
            "x": {"field": "x", "type": "quantitative", "axis": None, "scale": {"domain": [-0.7, _A_ROW - 0.3]}},
            "y": {"field": "y", "type": "quantitative", "axis": None, "scale": {"domain": [3.6, -0.6]}},
            "fill": {"field": "kind", "type": "nominal", "legend": None, "scale": colour},
            "tooltip": {"field": "kind", "type": "nominal", "title": "Family"},
        },
        "config": config(mode),
    }
