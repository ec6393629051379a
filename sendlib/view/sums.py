"""Pictures of a sum: step by step, and over the Januaries as numbers, ranges or lower bounds."""

from __future__ import annotations

from typing import Any

import pandas as pd

from sendlib.questions.doing_well.show_the_sum import ADDED, MAY_COUNT, NOT_KNOWN, RESULT, SO_FAR, TAKEN_OFF
from sendlib.tables.symbols import NOT_APPLICABLE
from sendlib.view import charts
from sendlib.view.charts import DARK_BLUE, INK, MID_GREY, ORANGE, Spec

COLLECTION_CHANGED = ("2019", "2023")
"""A line stands before each of these Januaries: what was collected is not the same on its two sides."""
NO_MARK = "does not apply"
_LIGHT = "#cfdce8"
_FILL = {ADDED: DARK_BLUE, TAKEN_OFF: ORANGE, MAY_COUNT: _LIGHT, SO_FAR: MID_GREY, RESULT: INK}
_WORDS = {
    ADDED: "added", TAKEN_OFF: "taken off", MAY_COUNT: "may or may not count", SO_FAR: "added up so far", RESULT: "the result",
}  # fmt: skip
_ROOM_A_LETTER = 0.04
"""The axis is so much longer than the longest bar for each letter of the longest number, which stands beside its bar."""


def steps_data(table: pd.DataFrame) -> pd.DataFrame:
    """The rows of `show_the_sum.steps` for the step-by-step bar; those without a number have no bar, and why stands after their name."""
    words = table["step_name"].where(table["counts_as"].ne(NOT_KNOWN), table["step_name"] + " (" + table["written_out"] + ")")
    return pd.DataFrame(
        {
            "row": table["step_name"],
            "name": words,
            "label": table["label"],
            "begins": table["begins"],
            "ends": table["ends"],
            "kind": table["counts_as"],
            "words_at": table[["begins", "ends"]].max(axis=1),
            "words": table["written_out"],
        }
    )


def steps(mode: str, data: pd.DataFrame) -> Spec:
    """Bars that each begin where the last one ended, each with its name over it; data of steps_data."""
    known = data[data["kind"].ne(NOT_KNOWN)]
    highest = float(known["words_at"].max()) if len(known) else 0.0
    room = 1 + _ROOM_A_LETTER * max([len(words) for words in known["words"]], default=0)
    kinds, title, low = list(_FILL), "Children and young people with an EHC plan", charts.ROW / 4
    y = charts.rows("row", list(data["row"]))
    x = {
        "type": "quantitative", "scale": {"domain": [0, max(highest, 1.0) * room], "nice": False},
        "axis": {**charts.axis_title(title), "tickCount": 4, "tickMinStep": 1, "format": ",.0f", "labelOverlap": "greedy", "labelSeparation": 8},
    }  # fmt: skip
    has_number = [{"filter": f"datum.kind !== '{NOT_KNOWN}'"}]
    return {
        "height": charts.ROW * len(data) + charts.below_rows(title),
        "padding": {"left": 5, "top": 5, "bottom": 5, "right": 18},
        "layer": [
            *charts.row_names(mode, "row", dict(zip(data["row"], data["name"], strict=True))),
            {
                "transform": has_number,
                "mark": {"type": "bar", "height": 18, "yOffset": low},
                "encoding": {
                    "y": y,
                    "x": {**x, "field": "begins"},
                    "x2": {"field": "ends"},
                    "color": {"field": "kind", "type": "nominal", "scale": {"domain": kinds, "range": list(_FILL.values())}, "legend": None},
                    "stroke": {"condition": {"test": f"datum.kind === '{MAY_COUNT}'", "value": DARK_BLUE}, "value": None},
                    "strokeDash": {"condition": {"test": f"datum.kind === '{MAY_COUNT}'", "value": [4, 3]}, "value": [1, 0]},
                    "tooltip": [{"field": "label", "title": "Step"}, {"field": "words", "title": "Number"}],
                },
            },
            {
                "transform": has_number,
                "mark": {"type": "text", "align": "left", "baseline": "middle", "dx": 6, "yOffset": low, "fontSize": charts.sizes(mode)[0], "color": INK},
                "encoding": {"y": y, "x": {**x, "field": "words_at"}, "text": {"field": "words"}},
            },
        ],
        "config": charts.config(mode),
    }  # fmt: skip


def steps_key(data: pd.DataFrame) -> str:
    """The key of the step-by-step bar: only what is in it."""
    held = [kind for kind in _FILL if kind in set(data["kind"])]
    entries = []
    for kind in held:
        edge = f' stroke="{DARK_BLUE}" stroke-dasharray="4,3"' if kind == MAY_COUNT else ""
        entries.append((charts.symbol(f'<rect x="1" y="3" width="32" height="12" fill="{_FILL[kind]}"{edge}/>', 34), _WORDS[kind]))
    return charts.key(entries)


def januaries_data(table: pd.DataFrame) -> pd.DataFrame:
    """The rows of `show_the_sum.by_january`: year, low, high (the low where there is no upper end), kind, whether the collection changed.

    A January that is not known has a word and no mark ("at least nought" is not known); one that
    does not apply has neither.
    """
    kind = table["certainty"].where(table["sum_low"].notna(), "unknown")
    kind = kind.mask(kind.eq("at least") & table["sum_low"].eq(0), "unknown").mask(table["status"].eq(NOT_APPLICABLE), NO_MARK)
    marked = ~kind.isin(["unknown", NO_MARK])
    return pd.DataFrame(
        {
            "year": table["period"].str[:4],
            "low": table["share_low"].where(marked),
            "high": table["share_high"].fillna(table["share_low"]).where(marked),
            "kind": kind,
            "changed": table["period"].str[:4].isin(COLLECTION_CHANGED),
        }
    )


def januaries(mode: str, data: pd.DataFrame) -> Spec:
    """A dot for a number, a bar with a dot at each end for a range (a narrow one would not be seen as a bar), an arrow up for a lower bound, a word for what is not known; data of januaries_data."""
    x = {"field": "year", "type": "ordinal", "scale": {"domain": list(data["year"])}, "axis": {"title": "January", "labelAngle": 0, "labelOverlap": True}}
    top = data["high"].max()
    y: dict[str, Any] = {
        "type": "quantitative", "axis": {"title": "% of all EHC plans", "tickCount": 5},
        "scale": {"domain": [0, float(top) * 1.15 if pd.notna(top) and top > 0 else 1.0]},
    }  # fmt: skip

    def marks(kind: str, mark: Spec, field: str = "low", *, ends: bool = False) -> Spec:
        second = {"y2": {"field": "high"}} if ends else {}
        return {"transform": [{"filter": f"datum.kind === '{kind}'"}], "mark": mark, "encoding": {"x": x, "y": {**y, "field": field}, **second}}

    return {
        "height": 280,
        "layer": [
            {
                "transform": [{"filter": "datum.changed"}],
                "mark": {"type": "rule", "color": INK, "strokeDash": [2, 3]},
                "encoding": {"x": {**x, "bandPosition": 0}},
            },
            marks("range", {"type": "bar", "width": 16, "color": _LIGHT, "stroke": DARK_BLUE, "strokeDash": [4, 3]}, ends=True),
            *(marks("range", {"type": "point", "filled": True, "size": 45, "color": DARK_BLUE, "opacity": 1}, field) for field in ("low", "high")),
            marks("exact", {"type": "point", "filled": True, "size": 110, "color": DARK_BLUE, "opacity": 1}),
            marks("at least", {"type": "point", "shape": "triangle-up", "filled": True, "size": 120, "color": ORANGE, "opacity": 1}),
            {
                "transform": [{"filter": "datum.kind === 'unknown'"}],
                "mark": {"type": "text", "text": "?", "dy": -8, "fontSize": charts.sizes(mode)[1], "color": INK},
                "encoding": {"x": x, "y": {**y, "datum": 0}},
            },
        ],
        "config": charts.config(mode),
    }


def januaries_key(data: pd.DataFrame) -> str:
    """The key of the Januaries: only what is in it."""
    drawings = {
        "exact": (f'<circle cx="9" cy="9" r="6" fill="{DARK_BLUE}"/>', "known"),
        "range": (f'<rect x="3" y="1" width="12" height="16" fill="{_LIGHT}" stroke="{DARK_BLUE}" stroke-dasharray="4,3"/><circle cx="9" cy="2" r="2" fill="{DARK_BLUE}"/><circle cx="9" cy="16" r="2" fill="{DARK_BLUE}"/>', "somewhere in this range"),
        "at least": (f'<path d="M9,2L16,16L2,16Z" fill="{ORANGE}"/>', "this or more"),
        "unknown": (f'<text x="9" y="15" text-anchor="middle" font-size="16" fill="{INK}">?</text>', "not known"),
    }
    held = set(data["kind"])
    return charts.key([(charts.symbol(drawing), words) for kind, (drawing, words) in drawings.items() if kind in held])
