"""The lead picture of Doing well: two dots and the gap between them, a row a stage, every number printed.

A row has its name over its dots and what the gap is elsewhere under them, so that it reads the same on a phone: the
dots keep the whole width, and their numbers stand on their outer sides, where no other mark is.
"""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from sendlib.answer import Answer, Mode, Text, missing
from sendlib.answer.numbers import said, written
from sendlib.pictures import row_foot, rows
from sendlib.pictures.palette import DARK_BLUE, INK, MID_GREY, PAPER
from sendlib.pictures.picture import Entry, Picture, Spec, config, sizes
from sendlib.questions.doing_well import stages
from sendlib.questions.doing_well.beside import of_means
from sendlib.questions.doing_well.columns import COMPARED
from sendlib.questions.doing_well.words import place, with_
from sendlib.tables.symbols import VALUE, WORDS

WITH, WITHOUT, GAP = "with", "without", "gap"
_ROOM: dict[Mode, int] = {"explore": 42, "show": 54, "families": 42}
"""Pixels left of nought and right of 100, for a number beside a dot there."""
_ON_THE_LINE: dict[Mode, int] = {"explore": 27, "show": 33, "families": 27}
"""Points of a gap from which its number has room on the line between the dots of the narrowest picture."""
_BESIDE_A_NUMBER: dict[Mode, int] = {"explore": 48, "show": 58, "families": 48}
"""Pixels from a dot past its number to that of a gap which has no room on its line."""
HEADINGS: Mapping[Mode, str] = {"explore": "Gap", "show": "Gap in points", "families": "Gap"}
_AXIS: Mapping[Mode, str] = {
    "explore": "% who reach it; at key stage 4 a score",
    "show": "",
    "families": "How many of every 100 (GCSEs: a score)",
}
_KEY = (
    Entry(f'<circle cx="9" cy="9" r="7" fill="{DARK_BLUE}"/>', "With SEND"),
    Entry(f'<circle cx="9" cy="9" r="6" fill="{PAPER}" stroke="{INK}" stroke-width="3"/>', "Others in the same area"),
    Entry(f'<line x1="0" y1="9" x2="34" y2="9" stroke="{MID_GREY}" stroke-width="4"/>', "Gap", 34),
)


def gaps(answer: Answer, mode: Mode) -> list[Picture]:
    """The dots of both groups with SEND side by side, for families those of one."""
    table = answer.tables["stages"].data
    drawn = stages.group_for_families(table) if mode == "families" else ""
    found = []
    for code, group in stages.WITH_SEND.items():
        if not drawn or group == drawn:
            part = table[table["pupils_with"].eq(group)]
            found.append(_of_group(answer, f"stages_{code}", group, part, mode))
    return found


def _of_group(answer: Answer, key: str, group: str, part: pd.DataFrame, mode: Mode) -> Picture:
    heading, below = f"{HEADINGS[mode]}: {group}", _below(answer, part, mode)
    labels = [stages.row_label(stage, year) for stage, year in zip(part["stage"], part["measured_in"], strict=True)]
    data = _data(answer, part, labels, mode)
    if data[WITH].isna().all() and data[WITHOUT].isna().all():
        why = " ".join(missing.named(place(answer.area), zip(labels, part["status"], strict=True)))
        nothing = why or "There is no figure to draw."
        return Picture(key, {}, data, Text(nothing), heading=heading, below=below, nothing=nothing, across=True)
    written_out = {
        label: label if status == VALUE else f"{label} ({WORDS[status]})"
        for label, status in zip(labels, part["status"], strict=True)
    }
    spec = _spec(mode, written_out, dict(zip(labels, data["elsewhere"], strict=True)))
    caption = f"Children with SEND and others at each stage, {answer.area.name}, {group}"
    return Picture(key, spec, data, _alt(caption, data), legend=_KEY, heading=heading, below=below, across=True)


def _data(answer: Answer, part: pd.DataFrame, labels: list[str], mode: Mode) -> pd.DataFrame:
    """A row a stage: both figures, the gap, where the dots of smaller and larger figure are, and what it is
    elsewhere."""
    data = pd.DataFrame(
        {
            "label": labels,
            WITH: part["reached"].to_numpy(dtype=float),
            WITHOUT: part["reached_without"].to_numpy(dtype=float),
            GAP: part["gap"].to_numpy(dtype=float),
        }
    )
    data["middle"] = data[[WITH, WITHOUT]].mean(axis=1, skipna=False)
    data["elsewhere"] = [_elsewhere(answer, row, mode) for _, row in part.iterrows()]
    for name, other in ((WITH, WITHOUT), (WITHOUT, WITH)):
        data[f"{name}_words"] = [_number(value) for value in data[name]]
        least = data[name].lt(data[other]) | data[other].isna() | (data[name].eq(data[other]) & (name == WITH))
        data[f"{name}_side"] = least.map({True: "left", False: "right"})
    narrow = data[GAP].abs().lt(_ON_THE_LINE[mode])
    data["gap_at"] = data["middle"].gt(50).map({True: "left", False: "right"}).where(narrow, "line")
    # On its line a number needs no word: the key has it.
    named = narrow.map({True: "gap ", False: ""})
    data["gap_words"] = [f"{word}{_number(value)}" for word, value in zip(named, data[GAP], strict=True)]
    data["least"], data["most"] = data[[WITH, WITHOUT]].min(axis=1), data[[WITH, WITHOUT]].max(axis=1)
    return data


def _number(value: float) -> str:
    return "" if value != value else written(value, 1)


def _elsewhere(answer: Answer, row: pd.Series, mode: Mode) -> str:
    """`Gap elsewhere: those compared 60.6 to 67.9, England 64.3`, as far as there are such."""
    table = answer.tables["stages"]
    compared = ""
    mean, low, high = (float(row[name]) for name in ("comparator_gap", "comparator_low", "comparator_high"))
    if mode == "families":
        plain = table.columns["comparator_gap"].plain.replace("Average", "average")
        compared = f"{plain} {_number(mean)}" if mean == mean else ""
    elif int(row[COMPARED]) == 1 and mean == mean:
        compared = f"{answer.comparators} {_number(mean)}"
    elif low == low:
        compared = f"those compared {_number(low)} to {_number(high)}"
    england = float(row["england_gap"])
    whole = answer.area.name == "England"
    of_england = f"England {_number(england)}" if england == england and not whole else ""
    words = ", ".join(said([compared, of_england]))
    return f"Gap {'in its parts' if whole else 'elsewhere'}: {words}" if words else ""


def _below(answer: Answer, part: pd.DataFrame, mode: Mode) -> tuple[str, ...]:
    """What is missing, or for families where the other group is."""
    if mode == "show":
        return ()
    if mode == "families":
        other = next(group for group in stages.WITH_SEND.values() if group != part["pupils_with"].iloc[0])
        return (f"With {with_(other)}: see the numbers.",)
    names = list(part["stage"])
    own = missing.named(place(answer.area), zip(names, part["status"], strict=True))
    return (*own, *of_means(answer.comparators, names, part))


def _alt(caption: str, data: pd.DataFrame) -> Text:
    """Every row with its figures; for families each is a sentence."""
    told = []
    for _, row in data.iterrows():
        figures = [
            f"{words} {written(row[name], 1)}"
            for name, words in ((WITH, "with SEND"), (WITHOUT, "others"), (GAP, "gap"))
            if row[name] == row[name]
        ]
        if figures:
            told.append(f"{row['label']}: {', '.join(figures)}")
    return Text(f"{caption}. {'; '.join(told)}.", families=f"{caption}. {'. '.join(told)}.")


def _spec(mode: Mode, written_out: Mapping[str, str], elsewhere: Mapping[str, str]) -> Spec:
    labels, number = list(written_out), len(written_out)
    y, title = rows.rows("label", labels), _AXIS[mode]
    axis = {
        **rows.axis_title(title),
        "values": [0, 20, 40, 60, 80, 100],
        "labelOverlap": "greedy",
        "labelSeparation": 8,
    }
    scale = {"domain": [0, 100], "nice": False, "padding": _ROOM[mode]}
    x: Spec = {"type": "quantitative", "scale": scale, "axis": axis}
    at = row_foot.marks(mode, number)
    layers = [
        *rows.names(mode, "label", written_out),
        {
            "transform": [{"filter": f"isValid(datum.{GAP})"}],
            "mark": {"type": "rule", "color": MID_GREY, "strokeWidth": 4, "yOffset": at},
            "encoding": {"y": y, "x": {**x, "field": "least"}, "x2": {"field": "most"}},
        },
        *_dots(mode, y, x, at),
        *_gap_numbers(mode, y, x, at),
        row_foot.layer(mode, "label", elsewhere),
    ]
    return {
        "height": rows.height(mode, number, title, row_foot.HEIGHT),
        "padding": rows.ROOM | {"right": 8},
        "layer": layers,
        "config": config(mode),
    }


def _dots(mode: Mode, y: Spec, x: Spec, at: Spec) -> list[Spec]:
    """Both dots, each with its number on its outer side."""
    styles: dict[str, Spec] = {
        WITHOUT: {"filled": True, "color": PAPER, "stroke": INK, "strokeWidth": 3, "size": 150},
        WITH: {"filled": True, "color": DARK_BLUE, "size": 210},
    }
    tooltip = [
        {"field": "label", "title": "Stage"},
        {"field": WITH, "title": "With SEND", "format": ".1f"},
        {"field": WITHOUT, "title": "Others", "format": ".1f"},
        {"field": GAP, "title": "Gap, points", "format": ".1f"},
    ]
    found: list[Spec] = []
    for name, style in styles.items():
        where = {"y": y, "x": {**x, "field": name}}
        known = {"filter": f"isValid(datum.{name})"}
        mark = {"type": "point", "shape": "circle", "opacity": 1, "yOffset": at, **style}
        found.append({"transform": [known], "mark": mark, "encoding": {**where, "tooltip": tooltip}})
        for side, align, aside in (("left", "right", -13), ("right", "left", 13)):
            text = {"type": "text", "align": align, "dx": aside, "baseline": "middle", "yOffset": at}
            weight = "bold" if name == WITH else "normal"
            text |= {"fontSize": sizes(mode)[0], "fontWeight": weight, "color": DARK_BLUE if name == WITH else INK}
            found.append(
                {
                    "transform": [known, {"filter": f"datum.{name}_side === '{side}'"}],
                    "mark": text,
                    "encoding": {**where, "text": {"field": f"{name}_words"}},
                }
            )
    return found


def _gap_numbers(mode: Mode, y: Spec, x: Spec, at: Spec) -> list[Spec]:
    """The gap on its line, or, where it is short, past the number of the dot that has more room beside it."""
    aside = _BESIDE_A_NUMBER[mode]
    text: Spec = {"type": "text", "baseline": "middle", "yOffset": at, "fontSize": sizes(mode)[0], "color": INK}
    found: list[Spec] = []
    for where, field, align, moved in (
        ("line", "middle", "center", 0),
        ("left", "least", "right", -aside),
        ("right", "most", "left", aside),
    ):
        one = {
            "transform": [{"filter": f"isValid(datum.{GAP}) && datum.gap_at === '{where}'"}],
            "encoding": {"y": y, "x": {**x, "field": field}, "text": {"field": "gap_words"}},
        }
        halo = {**text, "align": align, "dx": moved, "stroke": PAPER, "strokeWidth": 10, "strokeJoin": "round"}
        if where == "line":
            found.append({**one, "mark": halo})
        found.append({**one, "mark": {**text, "align": align, "dx": moved}})
    return found
