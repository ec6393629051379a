"""The lead picture of Needs: how far each need of an area is from those compared, or the figures themselves.

Rows are sorted by that distance (needs_rows). Needs that few children have stand below on a scale of their own, so that
no row is a clump (needs_parts). What is drawn of the figures, and its words, is worked out here; needs_away_spec draws
it. Two areas have two yardsticks, and are drawn by needs_mix.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import NamedTuple

import pandas as pd

from sendlib.answer import TOO_FEW, Answer, Mode, Text
from sendlib.answer.numbers import capital, in_so_many, written
from sendlib.pictures import needs_away_spec, needs_measure, needs_mix, needs_names, needs_parts, needs_rows, pinned
from sendlib.pictures.needs_away_spec import Drawing
from sendlib.pictures.needs_measure import Plain
from sendlib.pictures.needs_rows import Row, Rows
from sendlib.pictures.palette import DARK_BLUE, INK, LIGHT_GREY, MID_GREY, PAPER
from sendlib.pictures.picture import Entry, Picture, dot, nothing_to_draw

_RANGE = f'<rect x="0" y="4" width="18" height="10" fill="{LIGHT_GREY}"/>'
_HOLLOW = f'<circle cx="9" cy="9" r="6.5" fill="{PAPER}" stroke="{DARK_BLUE}" stroke-width="3"/>'
_INTERVAL = f'<rect x="0" y="8" width="18" height="2.5" fill="{DARK_BLUE}"/>'
_UPRIGHT = '<rect x="{}" y="0" width="3" height="18" fill="' + INK + '"/>'


class Mark(NamedTuple):
    """A mark of the picture, and a row of its data: whose it is (`series`: own, mean, england, each or range), its
    figure, where it stands on the axis (`x`; `x_low` and `x_high` of the interval and of the range), whether the area's
    figure is outside the range (`yes`, `no`), and what it says under the pointer."""

    need: str
    series: str
    who: str
    area_code: str
    value: float
    x: float
    x_low: float
    x_high: float
    outside: str
    told: str


def axis(rows: needs_rows.Rows, *, alone: bool) -> str:
    """What the head of the rows says: `Points from the mean of those compared`."""
    measure = rows.measure
    if not rows.away:
        return measure.axis
    if isinstance(measure, Plain):
        whom = "children" if measure.whom.startswith("children") else measure.whom
        return f"Of {written(measure.many)} {whom}, fewer or more than {rows.than if alone else 'average'}"
    # There is room for so much on a shared screen, and "mean" stands over its line.
    than = "the mean" if measure.is_rate and rows.than.startswith("the mean") else rows.than
    return f"{measure.apart}{',' if measure.is_rate else ''} from {than}"


def draw(answer: Answer, mode: Mode) -> list[Picture]:
    """Each need of the area beside those compared; of two areas, their figures (needs_mix)."""
    if answer.state == TOO_FEW:
        shares = "Their shares are" if mode == "families" else "Their shares, with intervals, are"
        more = "" if mode == "show" else f" {shares} in the table."
        few = f"No picture is drawn of so few {needs_measure.whose(answer)}."
        return [nothing_to_draw("mix", f"{few}{more}")]
    if answer.beside is not None and answer.beside.state != TOO_FEW:
        return needs_mix.draw(answer, answer.beside, mode)
    rows = needs_rows.of(answer, mode)
    measure = rows.measure
    if not any(row.extent for row in rows.rows) and not measure.is_rate:
        return [nothing_to_draw("mix", f"Not available for {answer.area.name}.")]
    if measure.is_rate and all(math.isnan(row.own) for row in rows.rows):
        return [nothing_to_draw("mix", f"How many there are for every 1,000 is not known for {answer.area.name}.")]
    parts = needs_parts.split({row.name: row.extent for row in rows.rows if row.extent})
    marks = [mark for row in rows.rows for mark in _marks(answer, mode, rows, row, parts.times(row.name))]
    data = pd.DataFrame(marks, columns=list(Mark._fields))
    who = pinned.who_of(data[data["series"].eq("each")].rename(columns={"who": "area"}))
    pins = pinned.of(answer, who)
    drawing = Drawing(
        order=[row.name for row in rows.rows],
        parts=parts,
        printed={row.name: measure.printed(row.own, row.difference) for row in rows.rows},
        bold=[row.name for row in rows.rows if row.outside],
        axis=axis(rows, alone=needs_measure.is_one(answer)),
        zero=_zero(answer, mode) if rows.away else "",
        of_several=measure.several,
        pins=pins,
        series=frozenset(data["series"]),
    )
    if isinstance(measure, Plain):
        told = f"{answer.headline.in_mode(mode)} {_plainly(answer, rows, measure)}"
    else:
        told = f"{answer.headline.in_mode('show')} {_in_words(rows)}"
    alt = f"{answer.title.in_mode(mode)}. {told}"
    return [
        Picture(
            "mix",
            needs_away_spec.spec(mode, drawing),
            needs_names.with_names(data, pins, *parts.domain, "x"),
            Text(f"{alt}{pinned.in_words(pins)}"),
            (*_key(answer, mode, rows), *(pin.entry for pin in pins)),
            who=who,
        )
    ]


def _marks(answer: Answer, mode: Mode, rows: Rows, row: Row, times: float) -> Iterator[Mark]:
    """The marks of a row that is drawn so many times as wide."""
    if math.isnan(row.zero):
        return
    outside, measure = "no" if row.outside is False else "yes", rows.measure

    def at(value: float) -> float:
        return (value - row.zero) * times

    def mark(series: str, who: str, value: float, within: str = "", code: str = "") -> Mark:
        away = math.nan if series == "mean" else value - row.mean
        more = "" if math.isnan(away) else f", {measure.difference(away, rows.than)}"
        told = f"{who}: {measure.told(value)}{within}{more}"
        return Mark(row.name, series, who, code, value, at(value), math.nan, math.nan, outside, told)

    if not math.isnan(row.least):
        told = f"from {measure.value(row.least)} to {measure.told(row.most)}"
        those = mark("range", capital(answer.compared_in(mode)), row.least)
        told = f"{those.who}: {told}"
        yield those._replace(x=math.nan, x_low=at(row.least), x_high=at(row.most), told=told)
    for one in row.each:
        yield mark("each", one.who, one.value, code=one.code)
    if not math.isnan(row.own):
        within = f" (95% interval {measure.value(row.low)} to {measure.value(row.high)})"
        silent = math.isnan(row.low) or mode == "families"
        own = mark("own", answer.area.name, row.own, "" if silent else within)
        yield own._replace(x_low=at(row.low), x_high=at(row.high))
    if not math.isnan(row.england):
        yield mark("england", "England", row.england)
    if not math.isnan(row.mean) and not rows.away:
        yield mark("mean", needs_measure.mean(answer, mode), row.mean)


def _zero(answer: Answer, mode: Mode) -> str:
    """The word at the nought of an axis of differences; a name that is too long for it stands in the title alone."""
    if not needs_measure.is_one(answer):
        return "average" if mode == "families" else "mean"
    return answer.comparators if len(answer.comparators) <= _SHORT else "0"


_SHORT = 10
"""Letters of a word that stands among the numbers of an axis."""


def _in_words(rows: Rows) -> str:
    """The rows in words: each need's figure, how far it is from the mean, and whether outside the range."""
    measure, told = rows.measure, []
    for row in rows.rows:
        parts = [f"{row.name}: {'not available' if math.isnan(row.own) else measure.value(row.own)}"]
        if not math.isnan(row.difference):
            parts.append(measure.difference(row.difference, rows.than))
        if row.outside is not None:
            where = "outside" if row.outside else "within"
            parts.append(f"{where} the range from {measure.value(row.least)} to {measure.value(row.most)}")
        told.append(", ".join(parts))
    what = measure.axis if measure.is_rate else f"Shares {measure.of}"
    return f"{what}, row by row: {'; '.join(told)}."


def _plainly(answer: Answer, rows: Rows, measure: Plain) -> str:
    """The same for families, in short sentences: `Autism: 39 of every 100 plans. Ten similar areas: 30 on average,
    from 18 to 52.`"""
    one, those = needs_measure.is_one(answer), capital(answer.compared_in("families"))
    told = []
    for row in rows.rows:
        if math.isnan(row.own):
            told.append(f"{row.name}: not available.")
            continue
        beside = [] if math.isnan(row.difference) else [row.mean]
        ends = [] if row.outside is None else [row.least, row.most]
        # Where it is beyond an end, the two must not read the same.
        beyond = [row.most if row.own > row.most else row.least] if row.outside else []
        many = measure.of_so_many(row.own, *beyond, *beside, apart=bool(beyond))

        def so_many(value: float, many: int = many) -> str:
            return in_so_many(measure.share(value), many)

        told.append(f"{row.name}: {so_many(row.own)} of every {written(many)} {measure.whom}.")
        if beside:
            between = f", from {so_many(row.least)} to {so_many(row.most)}" if ends else ""
            told.append(f"{those}: {so_many(row.mean)}{'' if one else ' on average'}{between}.")
        if row.outside:
            told.append(f"That is {'above' if row.own > row.most else 'below'} all of them.")
    return " ".join(told)


def _key(answer: Answer, mode: Mode, rows: Rows) -> tuple[Entry, ...]:
    """Of what is drawn."""
    name = answer.area.name
    far, near, chance = f"{name}, outside the range", "within the range", "95% interval"
    if mode == "families":
        far, near, chance = f"{name}, above or below all", "in between", "chance could move it this far"
    said = {row.outside for row in rows.rows if not math.isnan(row.own)}
    marked = not rows.away and any(not math.isnan(row.mean) for row in rows.rows)
    ranged = any(not math.isnan(row.least) for row in rows.rows)
    entries = [
        (True in said, dot(DARK_BLUE, far)),
        (False in said, Entry(_HOLLOW, _SHORTLY.get(near, near) if True in said else f"{name}, {near}")),
        (None in said, dot(DARK_BLUE, name)),
        (any(not math.isnan(row.low) for row in rows.rows), Entry(_INTERVAL, chance)),
        (marked and not ranged, Entry(_UPRIGHT.format(8), needs_measure.mean(answer, mode))),
        (any(not math.isnan(row.england) for row in rows.rows), Entry(needs_mix.DIAMOND, "England")),
        (any(row.each for row in rows.rows), _entry_of_each(answer, mode, ranged, marked)),
    ]
    return tuple(entry for shown, entry in entries if shown)


_SHORTLY = {"within the range": "within it"}
"""Words of the key where the range has been named before."""


def _entry_of_each(answer: Answer, mode: Mode, ranged: bool, marked: bool) -> Entry:
    """Of the dots of those compared, with their range behind them, and the mean where it has a mark of its own."""
    plainly = mode == "families"
    those = capital(answer.compared_in(mode)) if plainly else f"Each of {answer.comparators}"
    one = f'<circle cx="5" cy="9" r="3" fill="{MID_GREY}"/>'
    if not ranged:
        return Entry(one, those)
    if not marked:
        return Entry(_RANGE + one, f"{those}, {'lowest to highest' if plainly else 'and their range'}")
    within = "lowest to highest, and average" if plainly else "their range and mean"
    return Entry(_RANGE + one + _UPRIGHT.format(12), f"{those}, {within}")
