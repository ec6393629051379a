"""Pictures of a sum: step by step, and over the Januaries as numbers, ranges or lower bounds."""

from __future__ import annotations

import pandas as pd

from sendlib.answer import TOO_FEW, Answer, Mode, Text, missing
from sendlib.answer.numbers import percent
from sendlib.pictures import rows
from sendlib.pictures.palette import DARK_BLUE, INK, LIGHT_BLUE, MID_GREY, ORANGE
from sendlib.pictures.picture import SHOWN, Entry, Picture, Spec, config, nothing_to_draw, sizes
from sendlib.questions.doing_well import sum_plainly
from sendlib.questions.doing_well.notes import NO_PICTURE
from sendlib.questions.doing_well.show_the_sum import ADDED, MAY_COUNT, NOT_KNOWN, RESULT, SO_FAR, TAKEN_OFF
from sendlib.questions.doing_well.sum_definitions import AT_LEAST, EXACT, RANGE, UNKNOWN
from sendlib.questions.doing_well.words import place
from sendlib.tables.symbols import NOT_APPLICABLE

COLLECTION_CHANGED = ("2019", "2023")
"""A line stands before each of these Januaries: what was collected is not the same on its two sides."""
NO_MARK = "does not apply"
_FILL = {ADDED: DARK_BLUE, TAKEN_OFF: ORANGE, MAY_COUNT: LIGHT_BLUE, SO_FAR: MID_GREY, RESULT: INK}
_WORDS = {
    ADDED: "added",
    TAKEN_OFF: "taken off",
    MAY_COUNT: "may or may not count",
    SO_FAR: "added up so far",
    RESULT: "the result",
}
_ROOM_A_LETTER = 0.04
"""The axis is so much longer than the longest bar for each letter of the longest number, which stands beside its
bar."""


def draw_steps(answer: Answer, mode: Mode) -> list[Picture]:
    """The sum of the area step by step, and England's below it."""
    found = []
    for name, whose in {"sum": answer.area.name, "sum_england": "England"}.items():
        if name not in answer.tables:
            continue
        table = answer.tables[name]
        if name == "sum" and answer.state == TOO_FEW:
            found.append(nothing_to_draw(name, NO_PICTURE))
            continue
        data = steps_data(table.data)
        found.append(
            Picture(
                name,
                steps(mode, data),
                data,
                Text(_steps_in_words(table.caption.in_mode(mode), data)),
                legend=steps_key(data),
                heading=f"{whose}. {data['label'].iloc[-1]}",
            )
        )
    return found


def _steps_in_words(caption: str, data: pd.DataFrame) -> str:
    told = "; ".join(f"{row}: {words}" for row, words in zip(data["row"], data["words"], strict=True))
    return f"{caption}. {told}."


def draw_januaries(answer: Answer, mode: Mode) -> list[Picture]:
    """The sum in every January as a share of all plans; what is not known is named below."""
    if answer.state == TOO_FEW and answer.lead == "sum_by_january":
        return [nothing_to_draw("sum_by_january", NO_PICTURE)]
    table = answer.tables["sum_by_january"]
    # On a shared screen the picture itself says where a January is not known.
    told = table.data[table.data["status"].eq(NOT_APPLICABLE)] if mode == "show" else table.data
    years = zip(told["period"].str[:4], told["status"], strict=True)
    blank = tuple(missing.named(place(answer.area), years, in_time=True))
    data = januaries_data(table.data)
    if not data["low"].notna().any():
        return [nothing_to_draw("sum_by_january", " ".join(blank) or "No January is known.")]
    caption = table.caption.in_mode(mode)
    alt = Text(
        f"{caption}. {januaries_in_words(data)}.", families=f"{caption}. {januaries_in_plain_words(table.data, data)}."
    )
    return [Picture("sum_by_january", januaries(mode, data), data, alt, legend=januaries_key(data), below=blank)]


def januaries_in_words(data: pd.DataFrame) -> str:
    """`% of all EHC plans: 2018: at least 1.5%; 2020: 5.5%; 2025: 7.1% to 10.7%`."""
    told = []
    for year, low, high, kind in data[["year", "low", "high", "kind"]].itertuples(index=False):
        words = {
            EXACT: percent(low) if low == low else "",
            RANGE: f"{percent(low)} to {percent(high)}" if low == low else "",
            AT_LEAST: f"at least {percent(low)}" if low == low else "",
            UNKNOWN: "not known",
        }
        told.append(f"{year}: {words.get(str(kind), NO_MARK)}")
    return f"Per cent of all EHC plans in January, {'; '.join(told)}"


def januaries_in_plain_words(table: pd.DataFrame, data: pd.DataFrame) -> str:
    """The same for families, a sentence a January: `Of every 100 with a plan in January. 2025: 7 to 11`."""
    told = [
        f"{year}: {'not known' if kind == UNKNOWN else sum_plainly.share(row, _OF_SO_MANY)}"
        for (year, kind), (_, row) in zip(data[["year", "kind"]].to_numpy(), table.iterrows(), strict=True)
        if kind != NO_MARK
    ]
    return f"Of every {_OF_SO_MANY} with a plan in January. {'. '.join(told)}"


_OF_SO_MANY = 100


def steps_data(table: pd.DataFrame) -> pd.DataFrame:
    """The rows of `show_the_sum.steps` for the step-by-step bar; those without a number have no bar, and why stands
    after their name."""
    words = table["step_name"].where(
        table["counts_as"].ne(NOT_KNOWN), table["step_name"] + " (" + table["written_out"] + ")"
    )
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


def steps(mode: Mode, data: pd.DataFrame) -> Spec:
    """Bars that each begin where the last one ended, each with its name over it; data of steps_data."""
    known = data[data["kind"].ne(NOT_KNOWN)]
    highest = float(known["words_at"].max()) if len(known) else 0.0
    room = 1 + _ROOM_A_LETTER * max([len(words) for words in known["words"]], default=0)
    kinds, title, low = list(_FILL), "Children and young people with an EHC plan", rows.off_middle(0.25, len(data))
    y = rows.rows("row", list(data["row"]))
    x = {
        "type": "quantitative",
        "scale": {"domain": [0, max(highest, 1.0) * room], "nice": False},
        "axis": {
            **rows.axis_title(title),
            "tickCount": 4,
            "tickMinStep": 1,
            "format": ",.0f",
            "labelOverlap": "greedy",
            "labelSeparation": 8,
        },
    }
    has_number = [{"filter": f"datum.kind !== '{NOT_KNOWN}'"}]
    return {
        "height": rows.height(mode, len(data), title),
        "padding": {"left": 5, "top": 5, "bottom": 5, "right": 18},
        "layer": [
            *rows.names(mode, "row", dict(zip(data["row"], data["name"], strict=True))),
            {
                "transform": has_number,
                "mark": {"type": "bar", "height": 18, "yOffset": low},
                "encoding": {
                    "y": y,
                    "x": {**x, "field": "begins"},
                    "x2": {"field": "ends"},
                    "color": {
                        "field": "kind",
                        "type": "nominal",
                        "scale": {"domain": kinds, "range": list(_FILL.values())},
                        "legend": None,
                    },
                    "stroke": {
                        "condition": {"test": f"datum.kind === '{MAY_COUNT}'", "value": DARK_BLUE},
                        "value": None,
                    },
                    "strokeDash": {
                        "condition": {"test": f"datum.kind === '{MAY_COUNT}'", "value": [4, 3]},
                        "value": [1, 0],
                    },
                    "tooltip": [{"field": "label", "title": "Step"}, {"field": "words", "title": "Number"}],
                },
            },
            {
                "transform": has_number,
                "mark": {
                    "type": "text",
                    "align": "left",
                    "baseline": "middle",
                    "dx": 6,
                    "yOffset": low,
                    "fontSize": sizes(mode)[0],
                    "color": INK,
                },
                "encoding": {"y": y, "x": {**x, "field": "words_at"}, "text": {"field": "words"}},
            },
        ],
        "config": config(mode),
    }


def steps_key(data: pd.DataFrame) -> tuple[Entry, ...]:
    """The key of the step-by-step bar: only what is in it."""
    entries = []
    for kind in (kind for kind in _FILL if kind in set(data["kind"])):
        edge = f' stroke="{DARK_BLUE}" stroke-dasharray="4,3"' if kind == MAY_COUNT else ""
        entries.append(
            Entry(f'<rect x="1" y="3" width="32" height="12" fill="{_FILL[kind]}"{edge}/>', _WORDS[kind], 34)
        )
    return tuple(entries)


def januaries_data(table: pd.DataFrame) -> pd.DataFrame:
    """The rows of `show_the_sum.by_january`: year, low, high (the low where there is no upper end), kind, whether the
    collection changed.

    A January that is not known has a word and no mark ("at least nought" is not known); one that
    does not apply has neither.
    """
    kind = table["certainty"].where(table["sum_low"].notna(), UNKNOWN)
    kind = kind.mask(kind.eq(AT_LEAST) & table["sum_low"].eq(0), UNKNOWN)
    kind = kind.mask(table["status"].eq(NOT_APPLICABLE), NO_MARK)
    marked = ~kind.isin([UNKNOWN, NO_MARK])
    return pd.DataFrame(
        {
            "year": table["period"].str[:4],
            "low": table["share_low"].where(marked),
            "high": table["share_high"].fillna(table["share_low"]).where(marked),
            "kind": kind,
            "changed": table["period"].str[:4].isin(COLLECTION_CHANGED),
        }
    )


def januaries(mode: Mode, data: pd.DataFrame) -> Spec:
    """A dot for a number, a bar with a dot at each end for a range (a narrow one would not be seen as a bar), an arrow
    up for a lower bound, a word for what is not known; data of januaries_data."""
    x = {
        "field": "year",
        "type": "ordinal",
        "scale": {"domain": list(data["year"])},
        "axis": {"title": "January", "labelAngle": 0, "labelOverlap": True},
    }
    top = data["high"].max()
    y: Spec = {
        "type": "quantitative",
        "axis": {"title": "Of every 100 with a plan" if mode == "families" else "% of all EHC plans", "tickCount": 5},
        "scale": {"domain": [0, float(top) * 1.15 if pd.notna(top) and top > 0 else 1.0]},
    }

    def marks(kind: str, mark: Spec, field: str = "low", *, ends: bool = False) -> Spec:
        second = {"y2": {"field": "high"}} if ends else {}
        return {
            "transform": [{"filter": f"datum.kind === '{kind}'"}],
            "mark": mark,
            "encoding": {"x": x, "y": {**y, "field": field}, **second},
        }

    return {
        "height": SHOWN if mode == "show" else 280,
        "layer": [
            {
                "transform": [{"filter": "datum.changed"}],
                "mark": {"type": "rule", "color": INK, "strokeDash": [2, 3]},
                "encoding": {"x": {**x, "bandPosition": 0}},
            },
            marks(
                RANGE,
                {"type": "bar", "width": 16, "color": LIGHT_BLUE, "stroke": DARK_BLUE, "strokeDash": [4, 3]},
                ends=True,
            ),
            *(
                marks(RANGE, {"type": "point", "filled": True, "size": 45, "color": DARK_BLUE, "opacity": 1}, field)
                for field in ("low", "high")
            ),
            marks(EXACT, {"type": "point", "filled": True, "size": 110, "color": DARK_BLUE, "opacity": 1}),
            marks(
                AT_LEAST,
                {"type": "point", "shape": "triangle-up", "filled": True, "size": 120, "color": ORANGE, "opacity": 1},
            ),
            {
                "transform": [{"filter": f"datum.kind === '{UNKNOWN}'"}],
                "mark": {"type": "text", "text": "?", "dy": -8, "fontSize": sizes(mode)[1], "color": INK},
                "encoding": {"x": x, "y": {**y, "datum": 0}},
            },
        ],
        "config": config(mode),
    }


def januaries_key(data: pd.DataFrame) -> tuple[Entry, ...]:
    """The key of the Januaries: only what is in it."""
    ends = "".join(f'<circle cx="9" cy="{y}" r="2" fill="{DARK_BLUE}"/>' for y in (2, 16))
    bar = f'<rect x="3" y="1" width="12" height="16" fill="{LIGHT_BLUE}" stroke="{DARK_BLUE}" stroke-dasharray="4,3"/>'
    mark = f'<text x="9" y="15" text-anchor="middle" font-size="16" fill="{INK}">?</text>'
    entries = {
        EXACT: Entry(f'<circle cx="9" cy="9" r="6" fill="{DARK_BLUE}"/>', "known"),
        RANGE: Entry(f"{bar}{ends}", "somewhere in this range"),
        AT_LEAST: Entry(f'<path d="M9,2L16,16L2,16Z" fill="{ORANGE}"/>', "this or more"),
        UNKNOWN: Entry(mark, "not known"),
    }
    held = set(data["kind"])
    return tuple(entry for kind, entry in entries.items() if kind in held)
