"""One row of the board: a measure of an area with all that stands on its card."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from math import isnan

import pandas as pd

from sendlib import questions
from sendlib.answer import COMPARED, MODES, Text
from sendlib.answer.numbers import capital, listed, out_of
from sendlib.answer.text import said_in
from sendlib.areas import ENGLAND, Area
from sendlib.board import change, picking, series
from sendlib.board.series import Scale
from sendlib.compared import plainly
from sendlib.compared.comparators import Comparators
from sendlib.measures import figures, registry
from sendlib.measures.over_time import Measured
from sendlib.provenance import Provenance, spoken_date
from sendlib.tables.symbols import NOT_AVAILABLE, VALUE, WORDS

FEW = "Fewer than 5"
DOUBTFUL = "Doubtful"
"""What a wall and families read in place of a number that can not be right, as on the pages."""
NOT_SHOWN_OF_FEW = "Not shown: fewer than 5 children"
_MOST_NAMED = 3
"""Periods without a figure that are named; of more the first and the last."""
_OF_ONE_TABLE = {"SEND tribunal appeal rates": "tribunal"}
"""Publications that stand in a table of the store with another, and the one part of a page that they are of."""


@dataclass(frozen=True)
class Row:
    """What the tables of the board hold of one measure: the values of its row by column, its lines and its breaks."""

    values: dict[str, object]
    lines: pd.DataFrame
    breaks: pd.DataFrame


def of(area: Area, others: Comparators, found: Measured, *, tiny: bool = False) -> Row:
    """The row of a measure of an area; a `tiny` one has so few plans that a change of its own figures says nothing."""
    scale, few = series.scale_of(found), _of_few(area, found)
    data = series.rows_of(found, area.name, few)
    data["number"] = data["number"].map(scale.rounded)
    whose = series.owners(data, area.name, found.mean)
    own = data[data["whose"].isin(whose[:1])]
    held = series.shown(own) if len(whose) < 2 else own.head(0)
    broken = found.broken.data if found.broken else pd.DataFrame(columns=["period", "what"])
    somewhere = not len(broken) and any(note.kind == "break" for note in found.notes)
    moved = change.sentence(own, scale, [str(one) for one in broken["period"]], breaks_somewhere=somewhere)
    if tiny and whose == [area.name]:
        moved = change.of_so_few()
    newest = held.iloc[-1] if len(held) else None
    period = str(newest["period"]) if newest is not None else _newest_of_others(data, found, area)
    page = questions.named(found.measure.question).title
    values = {
        **_measure(found, scale),
        "whose": "; ".join(whose) or area.name,
        "period": period,
        **_own_figure(scale, newest, own, several=len(whose) > 1),
        **_beside(data, found, area, others, scale, period),
        "first_period": str(held["period"].iloc[0]) if len(held) else "",
        "first": float(held["number"].iloc[0]) if len(held) else float("nan"),
        **_in_modes("change", moved if newest is not None else Text("")),
        **_in_modes("standard", picking.standard(found.measure)),
        **_in_modes("mind", _joined(_to_mind(area, own, newest, whose, data, scale, page))),
        "next": _next(found),
        "source": _source(found),
    }
    told = data.assign(code=found.measure.code, measure=found.measure.words)
    return Row(values, told, broken.assign(code=found.measure.code, measure=found.measure.words))


def lacking(area: Area, measure: registry.Measure, why: str) -> Row:
    """The row of a measure whose page says nothing of the area at all."""
    values: dict[str, object] = {
        "code": measure.code,
        **_in_modes("measure", picking.words(measure)),
        "ours": "",
        "unit": measure.unit,
        "whose": area.name,
        "period": "",
        **_in_modes("figure", Text("Not available")),
        "number": float("nan"),
        "status": NOT_AVAILABLE,
        "doubtful": "",
        **_in_modes("beside", Text("")),
        **dict.fromkeys(("mean", "in_the_mean", "england", "first"), float("nan")),
        "first_period": "",
        **_in_modes("change", Text("")),
        **_in_modes("standard", picking.standard(measure)),
        **_in_modes("mind", Text(why)),
        "next": "",
        "source": "",
    }
    return Row(values, pd.DataFrame(), pd.DataFrame())


def _in_modes(name: str, text: Text) -> dict[str, object]:
    """A text as three columns, one a mode."""
    return {
        name: text.explore,
        f"{name}_room": text.in_mode("show"),
        f"{name}_plainly": text.in_mode("families"),
    }


def _measure(found: Measured, scale: Scale) -> dict[str, object]:
    return {
        "code": found.measure.code,
        **_in_modes("measure", picking.words(found.measure)),
        "ours": "",
        "unit": scale.unit,
    }


def _of_few(area: Area, found: Measured) -> set[str]:
    """Periods whose own figure Show and Families have none of, because it rests on one to four children."""
    table = found.source.tables.get(found.measure.table)
    if table is None or not (table.of_few or table.also_few):
        return set()
    tables = {**found.source.tables, found.measure.table: replace(table, data=table.data_in("families"))}
    left = figures.of(replace(found.source, tables=tables), found.measure, found.mean)
    every = figures.of(found.source, found.measure, found.mean)
    gone = every["number"].notna() & left["number"].isna() & every["whose"].eq(area.name)
    return set(every.loc[gone, "period"])


def _own_figure(scale: Scale, newest: pd.Series | None, own: pd.DataFrame, *, several: bool) -> dict[str, object]:
    """The large number, in each mode, or what stands in its place. `several`: it lies in several NHS areas, of which
    each has a figure and none stands for it."""
    if newest is None:
        status = str(own["status"].iloc[-1]) if len(own) else NOT_AVAILABLE
        not_drawn = len(own) and own["left_out"].ne("").any()
        said = "Several areas" if several else "Not shown" if not_drawn else "Not available"
        missing = {"number": float("nan"), "status": NOT_AVAILABLE if status == VALUE else status, "doubtful": ""}
        return {**_in_modes("figure", Text(said)), **missing}
    number = float(newest["number"])
    said, plain = scale.said(number), capital(scale.plainly(number))
    text = Text(said, families=plain)
    if newest["doubtful"]:
        text = Text(said, DOUBTFUL, DOUBTFUL)
    if newest["few"]:
        instead = FEW if scale.unit != "%" else NOT_SHOWN_OF_FEW
        text = Text(said, instead, instead)
    return {**_in_modes("figure", text), "number": number, "status": VALUE, "doubtful": str(newest["doubtful"])}


def _newest_of_others(data: pd.DataFrame, found: Measured, area: Area) -> str:
    """The newest period in which there is a figure to set beside the one that there is not."""
    held = data[data["number"].notna() & data["whose"].isin({"England", found.mean} - {area.name})]
    return str(held["period"].max()) if len(held) else ""


def _beside(
    data: pd.DataFrame, found: Measured, area: Area, others: Comparators, scale: Scale, period: str
) -> dict[str, object]:
    """The mean of those compared and England's figure of the same period, and both in words."""
    mean = series.at(data, found.mean, period) if found.mean else float("nan")
    england = series.at(data, "England", period) if area.code != ENGLAND else float("nan")
    number = _how_many(found, period) if not isnan(mean) else None
    many = out_of(*(one for one in (mean, england) if not isnan(one))) if scale.unit == "%" else 0
    with_mean = [] if isnan(mean) else [_mean_said(others, number, scale, mean, many)]
    with_england = (
        []
        if isnan(england)
        else [Text(f"England {scale.said(england)}", families=f"England {scale.plainly(england, many)}")]
    )
    both = [*with_mean, *with_england]
    return {
        **_in_modes("beside", Text(*("; ".join(one.in_mode(mode) for one in both) for mode in MODES))),
        "mean": mean,
        "in_the_mean": float("nan") if number is None else float(number),
        "england": england,
    }


def _mean_said(others: Comparators, number: int | None, scale: Scale, mean: float, many: int) -> Text:
    """`Mean of 9 of those compared 48.1%`: with how many there are in it, where that is known."""
    heading = others.mean_heading
    if number is not None and number < len(others.codes) and not others.alone:
        heading = f"Mean of {number} of {len(others.codes)} compared"
    short = others.short if others.alone else f"{capital(others.short)}, mean"
    return Text(
        f"{heading} {scale.said(mean)}",
        f"{short} {scale.said(mean)}",
        capital(plainly.averaging(others, scale.plainly(mean, many))),
    )


def _how_many(found: Measured, period: str) -> int | None:
    """How many of those compared are in the mean, where its page holds the single figures behind it."""
    name = found.source.each(found.measure.table)
    if not name:
        return None
    table = found.source.tables[name]
    when, column = registry.period_of(table), found.measure.column
    if column not in table.columns or any(by not in table.columns for by, _ in found.measure.divided):
        return None
    data = table.data
    for by, words in found.measure.divided:
        data = data[data[by].astype(str).eq(words)]
    held = data["whose"].astype(str).eq(COMPARED) & data[when].astype(str).eq(period) & data[column].notna()
    return int((held & data["left_out"].astype(str).eq("")).sum())


def _joined(texts: Iterable[Text]) -> Text:
    """Sentences one after the other, in each mode."""
    held = list(texts)
    return Text(*(" ".join(said_in(mode, tuple(held))) for mode in MODES))


def _to_mind(
    area: Area,
    own: pd.DataFrame,
    newest: pd.Series | None,
    whose: list[str],
    data: pd.DataFrame,
    scale: Scale,
    page: str,
) -> Iterator[Text]:
    """What a reader must know of the figure: whose it is, that it can not be right, and what is newer and missing."""
    if len(whose) > 1:
        yield from _of_several(area, whose, data, scale)
        return
    if whose and whose != [area.name]:
        yield Text(f"The figure of {whose[0]}, not of {area.in_text}.")
    if newest is not None and newest["doubtful"]:
        briefly = "This number can not be right."
        yield Text(f"This figure can not be right: {newest['doubtful']}.", briefly, briefly)
    if own.empty:
        yield Text(f"Its page, {page}, has no figure of {area.in_text}.")
    after = own if newest is None else own[own["period"].gt(newest["period"])]
    if after.empty:
        return
    last = after.iloc[-1]
    when = [series.when(str(one)) for one in (after["period"].iloc[-1:] if newest is None else after["period"])]
    told = f"{when[0]} to {when[-1]}" if len(when) > _MOST_NAMED else listed(when)
    why = str(last["left_out"] or last["why"] or WORDS[NOT_AVAILABLE])
    plain = str(last["left_out"]) or WORDS[NOT_AVAILABLE if last["status"] == VALUE else str(last["status"])]
    yield Text(f"{capital(told)}: {why}.", f"{capital(told)}: {plain}.", f"{capital(told)}: {plain}.")


def _of_several(area: Area, whose: list[str], data: pd.DataFrame, scale: Scale) -> Iterator[Text]:
    """The newest figures of the areas that a page gives a measure by, where it has none of the area itself."""
    yield Text(f"Its page gives this by other areas, and has no figure of {area.in_text} itself.")
    held = {name: rows for name in whose if len(rows := series.shown(data[data["whose"].eq(name)]))}
    for name, rows in list(held.items())[:_MOST_NAMED]:
        last = rows.iloc[-1]
        number, when = float(last["number"]), series.when(str(last["period"]))
        yield Text(f"{name}: {scale.said(number)} ({when}).", None, f"{name}: {scale.plainly(number)} ({when}).")
    if len(held) > _MOST_NAMED:
        yield Text(f"And {len(held) - _MOST_NAMED} more, which its page shows.", None)


def _publications(found: Measured) -> list[Provenance]:
    """The newest release of each publication behind a measure: those of the first table that it is made from, which is
    the one of its figures."""
    newest: dict[str, Provenance] = {}
    other = {name for name, table in _OF_ONE_TABLE.items() if table != found.measure.table}
    for source in found.sources.get(found.table.sources[0], ()) if found.table.sources else ():
        newest.setdefault(source.publication, source)
    return [source for name, source in newest.items() if name not in other]


def _next(found: Measured) -> str:
    """What comes after the release that is shown, as far as its publisher's calendar says so."""
    told = []
    for source in _publications(found):
        after = source.following
        if after is None:
            continue
        what = after.what.rstrip(",")
        if after.published:
            since = f"out since {spoken_date(after.on)}" if after.on else "out"
            told.append(f"{source.publication}: {what}, {since}, not in this copy")
        elif after.on:  # in words that hold on any day, also once it is past: a file outlives it
            told.append(f"{source.publication}: {what}, announced for {spoken_date(after.on)}")
    return " ".join(f"{one}." for one in told) or "The day is not known here."


def _source(found: Measured) -> str:
    return "; ".join(f"{source.publication}, {source.release}" for source in _publications(found))
