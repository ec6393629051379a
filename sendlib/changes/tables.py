"""The tables of the answer: what moved, what of it is unusual, what differs between releases, what is missing."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence

import pandas as pd

from sendlib import questions
from sendlib.answer import Column, Table, Text
from sendlib.answer.numbers import capital, count_of
from sendlib.areas import ENGLAND, Area
from sendlib.changes.moves import Move
from sendlib.changes.revised import Difference
from sendlib.changes.series import Series
from sendlib.measures import asking, figures
from sendlib.store import Store
from sendlib.tables.symbols import NOT_AVAILABLE, VALUE

FIRST, MOVED, REVISED, MISSING = "first", "moved", "revised", "missing"
_MEASURE = {
    "measure": Column("Measure", "what is measured, as the page that holds it says"),
    "page": Column("Page", "page of this site that holds it"),
}
_CODES = {
    "page_code": Column("Page (code)", "the page in an address", only_in_files=True),
    "code": Column("Measure (code)", "the measure in an address", only_in_files=True),
}
MOVED_COLUMNS = {
    **_MEASURE,
    "period_before": Column("From", "the newest but one period with a figure", period=True),
    "before": Column("Figure then", "the figure of that period, as its page writes it"),
    "period": Column("To", "the newest period with a figure", period=True),
    "now": Column("Figure now", "the figure of the newest period, as its page writes it"),
    "change": Column("Change", "points of a share, the difference of a score, per cent of anything counted"),
    "usual": Column("Changes before", "the smallest and the largest change between earlier periods as far apart"),
    "more": Column("More than usual?", "whether the change is larger, up or down, than each one before"),
    "release": Column("Since the release before", "whether the newest figure is new or another number since then"),
    "number_before": Column("Number then", "the figure of the earlier period", decimals=2, only_in_files=True),
    "number": Column("Number now", "the figure of the newest period", decimals=2, only_in_files=True),
    "changed_by": Column("Change as a number", "the change, in points or per cent", decimals=2, only_in_files=True),
    "earlier": Column("Earlier changes", "how many changes it is held against", decimals=0, only_in_files=True),
    "unit": Column("In", "what the figures are in", only_in_files=True),
    **_CODES,
    "status": Column("Status", "value, as each row has its figures", only_in_files=True),
}
FIRST_COLUMNS = {
    **MOVED_COLUMNS,
    "england": Column("England meanwhile", "England's change between the same two periods"),
}
REVISED_COLUMNS = {
    "what": Column("What", "new, another number, or no longer there"),
    **_MEASURE,
    "period": Column("Period", "what the figure is of", period=True),
    "before": Column("Release before", "the figure in the release before, as its page writes it"),
    "now": Column("Release now", "the figure in the release that is shown"),
    "number_before": Column("Number before", "the figure in the release before", decimals=2, only_in_files=True),
    "number": Column("Number now", "the figure in the release shown", decimals=2, only_in_files=True),
    **_CODES,
    "status": Column("Status", "whether the release shown has the figure", only_in_files=True),
}
MISSING_COLUMNS = {
    **_MEASURE,
    "period": Column("No figure of", "the newest period that the page names", period=True),
    "why": Column("Why", "why there is none, in words"),
    "last": Column("Last figure of", "the newest period with a figure", period=True),
    **_CODES,
}
KINDS = {"new": "New", "revised": "Another number", "gone": "No longer there"}


def moved(area: Area, moves: Sequence[Move], kinds: Mapping[tuple[str, str], str]) -> Table:
    """Every measure with figures of two periods, the most unusual change first.

    `kinds`: (measure, period) -> what became of the figure since the release before.
    """
    data = pd.DataFrame([_row(move, kinds) for move in moves], columns=list(MOVED_COLUMNS))
    caption = Text(f"How each figure over time of {area.name} moved between its two newest periods")
    return Table(data, caption, MOVED_COLUMNS, _sources(move.series for move in moves))


def first(store: Store, area: Area, moves: Sequence[Move], kinds: Mapping[tuple[str, str], str]) -> Table:
    """The moves that a reader should see first, with England's beside."""
    rows = [{**_row(move, kinds), "england": of_england(store, area, move)} for move in moves]
    caption = Text(
        f"What moved more than usual in {area.name}, the most unusual of each part of a page",
        f"{area.name}: what moved more than usual",
        f"What changed more than usual in {area.short_name}",
    )
    data = pd.DataFrame(rows, columns=list(FIRST_COLUMNS))
    return Table(data, caption, FIRST_COLUMNS, _sources(move.series for move in moves))


def of_england(store: Store, area: Area, move: Move) -> str:
    """England's change between the same periods in words; empty where it has no figure of both, or was asked about."""
    if area.code == ENGLAND:
        return ""
    measure = move.series.measure
    answer = asking.of_england(store, measure.question)
    found = figures.of(answer, measure, "")
    numbers = found[found["whose"].eq(answer.area.name)].drop_duplicates("period", keep="last").set_index("period")
    before, now = (float(numbers["number"].get(point.period, math.nan)) for point in (move.before, move.now))
    if math.isnan(before) or math.isnan(now) or (not before and not move.series.is_share):
        return ""
    return move.series.written_change(move.series.change(before, now))


def revised(area: Area, found: Sequence[Difference], sources: tuple[str, ...]) -> Table:
    """The figures over time that differ between the release before and the one shown."""
    rows = [
        {
            "what": KINDS[one.kind],
            **_named(one.series),
            "period": one.period,
            "before": _written(one.series, one.before),
            "now": _written(one.series, one.now),
            "number_before": one.before,
            "number": one.now,
            "status": NOT_AVAILABLE if math.isnan(one.now) else VALUE,
        }
        for one in found
    ]
    data = pd.DataFrame(rows, columns=list(REVISED_COLUMNS)).astype({"number": float, "number_before": float})
    caption = Text(f"Figures over time of {area.name} that differ from the release before")
    return Table(data, caption, REVISED_COLUMNS, sources)


def missing(area: Area, series: Sequence[Series]) -> Table:
    """The measures that had a figure once and have none of their newest period."""
    rows = []
    for one in series:
        known = [point.period for point in one.points if not math.isnan(point.number)]
        newest = one.points[-1]
        if known and math.isnan(newest.number):
            rows.append({**_named(one), "period": newest.period, "why": capital(newest.why), "last": known[-1]})
    caption = Text(f"Measures without a figure of {area.name} for their newest period")
    data = pd.DataFrame(rows, columns=list(MISSING_COLUMNS))
    return Table(data, caption, MISSING_COLUMNS, _sources(series))


def _row(move: Move, kinds: Mapping[tuple[str, str], str]) -> dict[str, object]:
    series, judged = move.series, move.judged
    usual = ""
    if judged.low is not None and judged.high is not None:
        usual = f"{series.written_change(judged.low)} to {series.written_change(judged.high)}"
    kind = kinds.get((series.measure.code, move.now.period), "")
    return {
        **_named(series),
        "period_before": move.before.period,
        "before": series.written(move.before.number),
        "period": move.now.period,
        "now": series.written(move.now.number),
        "change": series.written_change(move.change),
        "usual": usual,
        "more": _more(move),
        "release": KINDS.get(kind, ""),
        "number_before": move.before.number,
        "number": move.now.number,
        "changed_by": move.change,
        "earlier": judged.earlier,
        "unit": series.unit,
        "status": VALUE,
    }


def _more(move: Move) -> str:
    if move.withheld:
        return f"Not judged: {move.withheld}"
    if not move.judged.is_judged:
        return f"Not judged: {count_of(move.judged.earlier, 'earlier change', 'earlier changes')} only"
    return "Yes" if move.unusual else "No"


def _named(series: Series) -> dict[str, object]:
    measure = series.measure
    page = questions.named(measure.question).title
    return {"measure": measure.words, "page": page, "page_code": measure.question, "code": measure.code}


def _written(series: Series, number: float) -> str:
    return "Not available" if math.isnan(number) else series.written(number)


def _sources(series: Iterable[Series]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for one in series for name in one.sources))
