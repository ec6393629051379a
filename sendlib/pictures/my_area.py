"""Pictures of My area: a hundred small figures, and lines and bars over the years."""

from __future__ import annotations

import pandas as pd

from sendlib.answer import Answer, Mode, Text
from sendlib.answer.numbers import capital, listed
from sendlib.pictures import lines, rows
from sendlib.pictures.lines import Axes, Break, Lines
from sendlib.pictures.palette import DARK_BLUE, MID_GREY, ORANGE, PAPER
from sendlib.pictures.people import PERSON
from sendlib.pictures.picture import SHOWN, Draw, Picture, Pictures, Spec, config, nothing_to_draw, swatch
from sendlib.questions.my_area.choices import ANY_MEASURE, MEASURE
from sendlib.tables.periods import spoken

_A_ROW = 10
MOST_NAMED = 3
"""Points without a figure that are named one by one."""
_A_DAY = len("2023-01-31")
_JANUARY = Axes("January", "Share of plans, %", every_year=True)


def _hundred(answer: Answer, mode: Mode) -> list[Picture]:
    """A hundred small figures for the area, and a hundred for those compared, side by side; with an area beside, a
    hundred for each of the two."""
    if answer.beside is not None and answer.lead == "hundred":
        return _of_two(answer, answer.beside, mode)
    table = answer.tables["hundred"].data
    return [
        _of_group(table[table["group"].eq(group)], called(answer, str(group), mode), f"hundred_{place}", mode)
        for place, group in enumerate(dict.fromkeys(table["group"]))
    ]


def called(answer: Answer, group: str, mode: Mode) -> str:
    """Whose hundred figures they are: for families a mean is an average of those that they know by plain words."""
    mean = mode == "families" and group.startswith("Mean of ")
    return f"Average of {answer.compared_in(mode)}" if mean else group


def _of_two(answer: Answer, other: Answer, mode: Mode) -> list[Picture]:
    """A hundred small figures for each of two areas, with the school year at the names where it is not the same."""
    tables = [one.tables["hundred"].data.iloc[:3] for one in (answer, other)]
    years = [str(table["vintage"].iloc[0]) for table in tables]
    names = [
        one.area.name if years[0] == years[1] else f"{one.area.name}, {year}"
        for one, year in zip((answer, other), years, strict=True)
    ]
    return [
        _of_group(table, name, f"hundred_{place}", mode)
        for place, (table, name) in enumerate(zip(tables, names, strict=True))
    ]


def _of_group(table: pd.DataFrame, group: str, key: str, mode: Mode) -> Picture:
    """Ten rows of ten figures: plans first, then SEN support, then neither."""
    if table["figures"].isna().any():
        why = str(table["why"].iloc[0])
        nothing = f"Not available{f': {why}' if why and mode != 'families' else ''}."
        return Picture(key, {}, pd.DataFrame(), Text(nothing), heading=group, nothing=nothing, across=True)
    plans, support, neither = (int(number) for number in table["figures"])
    kinds = [kind for kind, number in zip(table["kind"], table["figures"], strict=True) for _ in range(int(number))]
    data = pd.DataFrame(
        {"x": [i % _A_ROW for i in range(len(kinds))], "y": [i // _A_ROW for i in range(len(kinds))], "kind": kinds}
    )
    return Picture(
        key,
        _spec(mode),
        data,
        Text(
            f"{group}: of 100 pupils, {plans} {'has' if plans == 1 else 'have'} an EHC plan, {support}"
            f" {'has' if support == 1 else 'have'} SEN support and {neither} neither."
        ),
        legend=(
            swatch(DARK_BLUE, f"{plans} with an EHC plan"),
            swatch(ORANGE, f"{support} with SEN support"),
            swatch(PAPER, f"{neither} neither", MID_GREY),
        ),
        heading=group,
        across=True,
    )


def _spec(mode: Mode) -> Spec:
    """A hundred small figures; data: x, y, kind."""
    kinds, large = ["EHC plan", "SEN support", "Neither"], mode == "show"
    # As tall as rows allow, and no wider than columns do.
    size: object = {"expr": "pow(min(0.88 * height / 10.4, 1.4 * width / 10.4), 2)"} if large else 350

    def coloured(colours: list[str]) -> Spec:
        return {"field": "kind", "type": "nominal", "legend": None, "scale": {"domain": kinds, "range": colours}}

    mark = {"type": "point", "shape": PERSON, "filled": True, "opacity": 1, "strokeWidth": 1.2}
    return {
        "height": SHOWN if large else 310,
        "mark": {**mark, "size": size},
        "encoding": {
            "x": {"field": "x", "type": "quantitative", "axis": None, "scale": {"domain": [-0.7, 9.7]}},
            "y": {"field": "y", "type": "quantitative", "axis": None, "scale": {"domain": [9.7, -0.7]}},
            "fill": coloured([DARK_BLUE, ORANGE, PAPER]),
            "stroke": coloured([DARK_BLUE, ORANGE, MID_GREY]),
            "tooltip": {"field": "kind", "type": "nominal", "title": "Pupil"},
        },
        "config": config(mode),
    }


def _not_available(answer: Answer) -> str:
    return f"Not available for {answer.area.name}."


def _stock(answer: Answer, mode: Mode) -> list[Picture]:
    held = Lines(answer.tables["stock"].data, "period", "area", "plans")
    axes = Axes("January", "Plans in place", every_year=True)
    return [_drawn(answer, mode, "stock", held, axes)]


def _flow(answer: Answer, mode: Mode) -> list[Picture]:
    held = Lines(answer.tables["flow"].data, "period", "measure", "plans")
    return [_drawn(answer, mode, "flow", held, Axes("Calendar year", "Plans in the year"))]


def _drawn(answer: Answer, mode: Mode, name: str, held: Lines, axes: Axes) -> Picture:
    return lines.picture(name, mode, held, axes, answer.tables[name].caption.explore, nothing=_not_available(answer))


def _pupils(answer: Answer, mode: Mode) -> list[Picture]:
    table = answer.tables["pupils_over_time"].data
    shown = table[table["kind"].eq(answer.offered["pupils_kind"].words)]
    return [
        _drawn(
            answer, mode, "pupils_over_time", Lines(shown, "period", "group", "share"), Axes("School year", "Pupils, %")
        )
    ]


def _breakdown(name: str, by: str) -> Draw:
    """Shares over time of the lines that were chosen."""

    def draw(answer: Answer, mode: Mode) -> list[Picture]:
        offered, table = answer.offered[f"{name}_lines"], answer.tables[name].data
        order = [words for code, words in offered.options.items() if code in offered.values]
        if not order and offered.options:
            return []
        shown = table[table[by].astype(str).isin(order)]
        return [_drawn(answer, mode, name, Lines(shown, "period", by, "share", order), _JANUARY)]

    return draw


def _rates(answer: Answer, mode: Mode) -> list[Picture]:
    """The rate of all ages, which is the first in the table; the others are in its numbers."""
    table = answer.tables["rates"].data
    shown = table[table["rate"].eq(table["rate"].iloc[0])]
    title, caption = "Plans per 1,000 residents aged 0 to 25", answer.tables["rates"].caption.explore
    return [rows.bars("rates", mode, shown, "group", "value", title, caption, nothing=_not_available(answer))]


def _any_measure(answer: Answer, mode: Mode) -> list[Picture]:
    """The lines of a measure of any page, with the breaks of its series; what is not drawn is named with the reason."""
    table = answer.tables[ANY_MEASURE]
    if MEASURE.name not in answer.offered:
        return [nothing_to_draw(ANY_MEASURE, "No measure is picked yet.")]
    data = table.data.assign(number=table.data["number"].where(table.data["left_out"].eq("")))
    held = sorted(data["period"].unique())
    axes = Axes(
        table.columns["period"].heading,
        capital(str(data["unit"].iloc[0])) if len(data) else "",
        months=any(len(one) == _A_DAY for one in held),
        every_year=all(one.endswith("-01") for one in held),
    )
    broken = answer.tables[f"{ANY_MEASURE}_breaks"].data if f"{ANY_MEASURE}_breaks" in answer.tables else pd.DataFrame()
    breaks = [Break(str(row["period"]), str(row["what"])) for _, row in broken.iterrows()]
    drawn = Lines(data, "period", "whose", "number")
    below, nothing = tuple(_not_drawn(table.data)), f"Not available for {answer.area.name}."
    caption = table.caption.explore
    return [lines.picture(ANY_MEASURE, mode, drawn, axes, caption, breaks=breaks, below=below, nothing=nothing)]


def _not_drawn(data: pd.DataFrame) -> list[str]:
    """Which points are not drawn, and why: `Plymouth, no point in 2014: not available.`"""
    told = []
    for whose, rows_of_it in data.groupby("whose", sort=False):
        reasons = rows_of_it["left_out"].where(rows_of_it["left_out"].ne(""), rows_of_it["why"])
        for reason, run in reasons[reasons.ne("")].groupby(reasons, sort=False):
            when = [spoken(str(period)) for period in rows_of_it.loc[run.index, "period"]]
            ends = f"{len(when)} periods from {when[0]} to {when[-1]}" if len(when) > MOST_NAMED else listed(when)
            told.append(f"{whose}, no point in {ends}: {reason}.")
    return told


PICTURES: Pictures = {
    "hundred": _hundred,
    "stock": _stock,
    "flow": _flow,
    "rates": _rates,
    "pupils_over_time": _pupils,
    "age": _breakdown("age", "age"),
    "sex": _breakdown("sex", "sex"),
    "placement": _breakdown("placement", "group"),
    ANY_MEASURE: _any_measure,
}
