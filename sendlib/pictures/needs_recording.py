"""The picture of the what-if of Needs: each need that moves, as published and after, on the range of those compared."""

from __future__ import annotations

import pandas as pd

from sendlib.answer import TOO_FEW, Answer, Mode, Text
from sendlib.answer.numbers import percent, written
from sendlib.pictures import needs_measure, rows
from sendlib.pictures.palette import DARK_BLUE, INK, LIGHT_GREY, PAPER
from sendlib.pictures.picture import UPRIGHT, Entry, Picture, Spec, config, dot, nothing_to_draw

_LINE = 48
"""Pixels of a row, with room for a name over its marks."""
_BEFORE = f'<circle cx="9" cy="9" r="7" fill="{PAPER}" stroke="{DARK_BLUE}" stroke-width="3"/>'
_BAND = f'<rect x="0" y="3" width="18" height="12" fill="{LIGHT_GREY}"/>'
_MEAN = f'<rect x="8" y="0" width="3" height="18" fill="{INK}"/>'


def draw(answer: Answer, mode: Mode) -> list[Picture]:
    """The needs that move, in their order; the others are in the table."""
    table = answer.tables["recording"]
    unit = table.columns["count"].unit
    if answer.state == TOO_FEW:
        return [nothing_to_draw("recording", f"No picture is drawn of so few {unit}.")]
    columns = ["share", "share_moved", "comparator_mean", "comparator_min", "comparator_max"]
    moving = table.data[table.data["part"].ne("")].dropna(subset=["share", "share_moved"])
    if moving.empty:
        return [nothing_to_draw("recording", f"Not available for {answer.area.name}.")]
    data = moving[["name", *columns]].astype(dict.fromkeys(columns, float)).reset_index(drop=True)
    alt = Text(f"{table.caption.explore}. {'; '.join(_in_words(row) for _, row in data.iterrows())}.")
    return [
        Picture(
            "recording",
            _spec(mode, data, f"% of {unit}"),
            data,
            alt,
            _key(answer, data),
            below=("Needs that are not drawn stay as published.",) if mode != "show" else (),
        )
    ]


def _in_words(row: pd.Series) -> str:
    """`Autism: published 21.5%, after the move 19.8%; those compared 9.8% to 19.8%, mean 14.1%`."""
    told = f"{row['name']}: as published {percent(row['share'])}, after the move {percent(row['share_moved'])}"
    if pd.notna(row["comparator_min"]):
        told += f", range of those compared {written(row['comparator_min'], 1)} to {percent(row['comparator_max'])}"
    return f"{told}, mean {percent(row['comparator_mean'])}" if pd.notna(row["comparator_mean"]) else told


def _key(answer: Answer, data: pd.DataFrame) -> tuple[Entry, ...]:
    entries = [Entry(_BEFORE, "As published"), *([dot(DARK_BLUE, "After the move")] if _moves(data) else [])]
    if data["comparator_min"].notna().any():
        entries.append(Entry(_BAND, "Range of those compared"))
    if data["comparator_mean"].notna().any():
        entries.append(Entry(_MEAN, needs_measure.mean(answer)))
    return tuple(entries)


def _named(row: pd.Series) -> str:
    """`Autism: 21.5% → 19.8%`; one share where nothing moves."""
    before, after = percent(row["share"]), percent(row["share_moved"])
    return f"{row['name']}: {before}" if before == after else f"{row['name']}: {before} → {after}"


def _moves(data: pd.DataFrame) -> bool:
    """Whether anything moves: a part of nought is a place to begin from."""
    return bool(data["share"].ne(data["share_moved"]).any())


def _spec(mode: Mode, data: pd.DataFrame, title: str) -> Spec:
    """A row a need: its name with both shares; below it the band, the mean, and an arrow from the one dot to the
    other."""
    y = rows.rows("name", list(data["name"]))
    axis = {**rows.axis_title(title), "tickCount": 5, "labelOverlap": "greedy", "labelSeparation": 8}
    x = {"type": "quantitative", "scale": {"zero": True}, "axis": axis}
    low = rows.off_middle(0.25, len(data))
    words = {row["name"]: _named(row) for _, row in data.iterrows()}
    tooltip = [
        {"field": "name", "title": "Need"},
        {"field": "share", "title": "As published, %", "format": ".1f"},
        {"field": "share_moved", "title": "After the move, %", "format": ".1f"},
        {"field": "comparator_mean", "title": "Mean of those compared, %", "format": ".1f"},
        {"field": "comparator_min", "title": "Lowest of those compared, %", "format": ".1f"},
        {"field": "comparator_max", "title": "Highest of those compared, %", "format": ".1f"},
    ]

    def layer(field: str, to: str = "", **mark: object) -> Spec:
        where: Spec = {"y": y, "x": {**x, "field": field}, "tooltip": tooltip}
        if to:
            where["x2"] = {"field": to}
        known = {"filter": f"isValid(datum.{field})"}
        return {"transform": [known], "mark": {"yOffset": low, "opacity": 1, **mark}, "encoding": where}

    after = layer("share_moved", type="point", filled=True, color=DARK_BLUE, size=230)
    return {
        "height": rows.height(mode, len(data), title, _LINE),
        "padding": {**rows.ROOM, "right": 22},
        "layer": [
            *rows.names(mode, "name", words),
            layer("comparator_min", "comparator_max", type="bar", height=16, color=LIGHT_GREY),
            layer("comparator_mean", type="point", filled=True, shape=UPRIGHT, size=340, color=INK),
            layer("share", "share_moved", type="rule", color=DARK_BLUE, strokeWidth=4),
            layer("share", type="point", filled=True, fill=PAPER, stroke=DARK_BLUE, strokeWidth=3, size=170),
            *([after] if _moves(data) else []),
        ],
        "config": config(mode),
    }
