"""Pictures of who has which need, further: groups beside those compared, and bars in parts by age and by years."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from sendlib.answer import Answer, Mode, Text
from sendlib.answer.numbers import count_of, written
from sendlib.pictures import needs_measure, rows
from sendlib.pictures.lines import ENGLAND
from sendlib.pictures.palette import DARK_BLUE, FOURTH_BLUE, INK, MID_GREY, PAPER, SECOND_BLUE, THIRD_BLUE
from sendlib.pictures.picture import Draw, Entry, Picture, Pictures, Spec, config, nothing_to_draw, sizes, swatch
from sendlib.questions.needs.further_words import FEWEST_TOLD
from sendlib.tables.needs import PLANS, UNKNOWN
from sendlib.tables.school_needs import UNASSESSED
from sendlib.tables.symbols import HIDDEN, VALUE

_APART = (UNASSESSED, UNKNOWN)
"""Needs that are none: they come last, whatever their share."""
_PARTS = (DARK_BLUE, SECOND_BLUE, THIRD_BLUE, FOURTH_BLUE)
"""From the youngest, or the shortest, to the oldest: darker blues are earlier."""
_ON_DARK = 2
"""The first so many of them have white numbers."""
_ROOM = 7
"""Per cent below which a part of a bar is too short for its number."""
_ROW = 50
"""Pixels of a row: its name, its bar and the mark below it."""
_FEW = "Not shown, as it is of fewer than 5 children"


def _groups(name: str, choice: str, per: str) -> Draw:
    """One group, chosen by the reader: its shares here, the mean and range of the same group elsewhere, and England."""

    def draw(answer: Answer, mode: Mode) -> list[Picture]:
        table, group = answer.tables[name], answer.offered[choice]
        if not group.options:
            return [nothing_to_draw(name, _why_none(answer, name))]
        data = _chosen(answer, table.data_in(mode), group.words)
        last = data["need"].isin(_APART)
        data = data.assign(last=last).sort_values(["last", "share"], ascending=[True, False], kind="stable")
        series = {answer.area.name: "share", needs_measure.mean(answer): "comparator_mean"}
        if "england" in data:
            series[ENGLAND] = "england"
        # A need that is nought wherever it is known says nothing.
        data = data[data[list(series.values())].fillna(0).gt(0).any(axis=1) | data["status"].ne(VALUE)]
        few = [str(need) for need in data.loc[data["share"].isna() & data["status"].eq(VALUE), "name"]]
        alone = needs_measure.those(answer) != "those compared"
        picture = rows.marks(
            name,
            mode,
            data,
            [str(need) for need in data["name"]],
            series,
            per,
            f"{table.caption.in_mode(mode)}. {group.words}",
            statuses=[str(status) for status in data["status"]],
            below_it=(f"{_FEW}: {', '.join(few)}.",) if few else (),
            nothing=f"Not available for {answer.area.name}.",
            spread=("", "") if alone else ("comparator_min", "comparator_max"),
        )
        return [_with_what_is_drawn(picture, list(series))]

    return draw


def _with_what_is_drawn(picture: Picture, series: list[str]) -> Picture:
    """The picture with a key of those alone who have a mark: with nobody compared there is no mean."""
    gone = set(series) - set(picture.data.get("series", ()))
    return replace(picture, legend=tuple(entry for entry in picture.legend if entry.words not in gone))


def _chosen(answer: Answer, data: pd.DataFrame, group: str) -> pd.DataFrame:
    """The rows of a group; where the census tells SEN support from plans, of that which the reader chose."""
    rows_of = data[data["category"].eq(group)]
    provision = answer.offered.get("school_provision")
    if "provision" in rows_of and provision is not None and provision.options:
        rows_of = rows_of[rows_of["provision"].eq(provision.words)]
    return rows_of


def _why_none(answer: Answer, name: str) -> str:
    if name == "schools":
        began = "it began" if answer.area.is_authority else "a part of it began"
        return f"Not available for {answer.area.name}: these pupils were counted before {began}."
    if answer.tables[name].data["status"].eq(HIDDEN).any():
        return f"Hidden for {answer.area.name}, to protect children's privacy."
    return f"Not available for {answer.area.name}."


def _bars(name: str, first: str) -> Draw:
    """A bar of 100 for each need in parts from early to late: all plans first, then the needs by their first part, and
    last those with so few plans that it says little; `first`: what the first part is, in words."""

    def draw(answer: Answer, mode: Mode) -> list[Picture]:
        table = answer.tables[name]
        data = table.data_in(mode)
        whole = table.data.groupby("need", sort=False)["count"].sum(min_count=1)
        known = data[data["share"].notna() & data["need"].map(whole).gt(0)]
        if known.empty:
            return [nothing_to_draw(name, _why_no_bars(answer))]
        parts = list(dict.fromkeys(data["band"]))
        early = known[known["band"].eq(parts[0])].set_index("need")["share"].reindex(list(dict.fromkeys(known["need"])))
        order = sorted(
            early.index, key=lambda need: (need != PLANS, whole[need] < FEWEST_TOLD, -early.fillna(-1)[need])
        )
        label = {
            need: f"{known.loc[known['need'].eq(need), 'name'].iloc[0]} ({count_of(int(whole[need]), 'plan', 'plans')})"
            for need in order
        }
        drawn = known.assign(label=known["need"].map(label), place=known["band"].map(parts.index))
        drawn = drawn.assign(middle=_starts(drawn) + drawn["share"] / 2, start=_starts(drawn))
        drawn["mean_end"] = drawn["comparator_mean"].where(drawn["place"].eq(0))
        columns = ["label", "band", "place", "start", "share", "middle", "mean_end"]
        entries = tuple(swatch(colour, part, MID_GREY) for colour, part in zip(_PARTS, parts, strict=True))
        if drawn["mean_end"].notna().any():
            mark = f'<path d="M9,4L15,15L3,15Z" fill="{INK}"/>'
            entries = (*entries, Entry(mark, f"{needs_measure.mean(answer)}: {parts[0].lower()}"))
        names = table.data.drop_duplicates("need").set_index("need")["name"]
        none, gone = list(names[whole.eq(0)]), list(names[whole.isna()])
        below = (f"No plan: {', '.join(none)}.",) if none else ()
        if gone:
            below = (*below, f"Not available for {answer.area.name}: {', '.join(gone)}.")
        told = "; ".join(
            f"{label[need]}: {written(early[need], 1)}% {first}" for need in order if pd.notna(early[need])
        )
        return [
            Picture(
                name,
                _bars_spec(mode, [label[need] for need in order], parts),
                drawn[columns],
                Text(f"{table.caption.in_mode(mode)}. {told}."),
                legend=entries,
                below=below,
            )
        ]

    return draw


def _starts(drawn: pd.DataFrame) -> pd.Series:
    """Where each part of a bar begins: after all parts before it, whether they are drawn or not."""
    return drawn.groupby("label", sort=False)["share"].cumsum() - drawn["share"]


def _why_no_bars(answer: Answer) -> str:
    if answer.tables["started"].closed and answer.offered["age_group"].options:
        return "With so few plans every number here would be about somebody, so none is shown."
    return f"Not available for {answer.area.name}: its needs were published as totals only."


def _bars_spec(mode: Mode, labels: list[str], parts: list[str]) -> Spec:
    # The bar leaves room below it for the mark of the mean.
    y, low, size = rows.rows("label", labels), _ROW / 4 - 4, sizes(mode)[0]
    axis = {**rows.axis_title("% of the plans that name the need"), "tickCount": 5}
    x: Spec = {"field": "start", "type": "quantitative", "scale": {"domain": [0, 100]}, "axis": axis}
    colours = {"domain": parts, "range": list(_PARTS)}
    bar = {
        "mark": {"type": "bar", "height": 18, "yOffset": low, "stroke": PAPER, "strokeWidth": 1},
        "transform": [{"calculate": "datum.start + datum.share", "as": "end"}],
        "encoding": {
            "y": y,
            "x": x,
            "x2": {"field": "end"},
            "color": {"field": "band", "type": "nominal", "scale": colours, "legend": None},
            "tooltip": [
                {"field": "label", "title": "Need"},
                {"field": "band", "title": "Part"},
                {"field": "share", "title": "% of its plans", "format": ".1f"},
            ],
        },
    }
    number: Spec = {"type": "text", "baseline": "middle", "yOffset": low, "fontSize": size}
    text = {"field": "share", "type": "quantitative", "format": ".0f"}
    at: Spec = {"y": y, "x": {**x, "field": "middle"}, "text": text}
    numbers: list[Spec] = [
        {
            "transform": [{"filter": f"datum.share >= {_ROOM} && datum.place {test} {_ON_DARK}"}],
            "mark": {**number, "color": colour},
            "encoding": at,
        }
        for test, colour in (("<", PAPER), (">=", INK))
    ]
    triangle = {"type": "point", "shape": "triangle-up", "filled": True, "opacity": 1, "size": 70, "color": INK}
    means = {
        "transform": [{"filter": "isValid(datum.mean_end)"}],
        "mark": {**triangle, "yOffset": low + 11},
        "encoding": {"y": y, "x": {**x, "field": "mean_end"}},
    }
    return {
        "height": _ROW * len(labels) + rows.below("%"),
        "padding": {**rows.ROOM, "right": 22},
        "layer": [*rows.names(mode, "label", {label: label for label in labels}), bar, means, *numbers],
        "config": config(mode),
    }


PICTURES: Pictures = {
    "schools": _groups("schools", "school_kind", "% of pupils with SEN in that kind of school"),
    "in_need": _groups("in_need", "in_need_group", "% of these children with SEN"),
    "started": _bars("started", "under 5"),
    "in_place": _bars("in_place", "under 2 years"),
}
