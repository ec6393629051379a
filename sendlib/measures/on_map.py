"""The map of Places shaded by any measure that another page holds of each authority."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from sendlib import questions
from sendlib.answer import Answer, Asked, Column, Figure, Offered, Table, Text
from sendlib.answer.numbers import capital
from sendlib.areas import ENGLAND, Area
from sendlib.compared import means
from sendlib.compared.comparators import DEFAULT, store_for
from sendlib.measures import asking, picking, registry
from sendlib.measures.registry import Measure
from sendlib.methods.places import class_limits, class_of
from sendlib.questions import places
from sendlib.questions.places import columns
from sendlib.questions.places.choices import MEASURE, SHADE, SHADES
from sendlib.questions.places.map_tables import CLASSES, WHOLE
from sendlib.store import Store, kept_with_store
from sendlib.tables.symbols import NOT_AVAILABLE, VALUE

PAGES = ("my_area", "needs", "getting_help", "doing_well")
"""The questions whose answers hold measures of each authority."""


@dataclass(frozen=True)
class _Figures:
    """A measure in a table with a row of each authority: its numbers, why they can not be right, why one is not given,
    and the inner limits of the fifths of the authorities; all but the limits by code.

    An authority with so few plans that it counts for no mean has no number here and is in no fifth: a map compares.
    """

    numbers: pd.Series
    doubtful: pd.Series
    why: pd.Series
    limits: tuple[float, ...]

    def fifths(self, numbers: pd.Series) -> np.ndarray:
        """The fifth of the authorities that each number lies in, -1 where there is none."""
        return class_of(numbers, self.limits)


@dataclass(frozen=True)
class _Own:
    """The figure of the area that was asked for: NaN where there is none; why it can not be right; and why it is not
    given where its own page may have one."""

    number: float = np.nan
    doubt: str = ""
    why: str = ""


def ask(store: Store, area: Area, versus: str, asked: Asked) -> Answer:
    """The answer of Places, with the measure that was picked as the shade of its map. Raises UnknownChoice, UnknownArea
    and SnapshotDamaged."""
    pages = {name: f"A measure of {title}" for name, title in picking.titles(PAGES).items()}
    shade = picking.page(SHADE, {**SHADES, **pages}, MEASURE, asked, PAGES)
    answer = asking.answer_of(store, places.QUESTION.name, area, versus).choosing(asked)
    if shade.value in SHADES:
        return replace(answer, offered={**answer.offered, SHADE.name: shade})
    held = asking.on_map(store, shade.value)
    measure = picking.one(MEASURE, asked, shade.value, held)
    shaded = _shaded(store, answer, held[measure.value])
    return replace(shaded, offered=_in_their_order(answer, {SHADE.name: shade, MEASURE.name: measure}))


def _in_their_order(answer: Answer, chosen: dict[str, Offered]) -> dict[str, Offered]:
    """What can be chosen, in the order of the question's choices."""
    every = {**answer.offered, **chosen}
    return {choice.name: every[choice.name] for choice in places.QUESTION.choices if choice.name in every}


@kept_with_store(64)
def _of_each(store: Store, measure: Measure) -> _Figures:
    """A measure of each authority and of England, out of the answer for England."""
    answer = asking.of_england(store, measure.question)
    rows = measure.rows(answer.tables[measure.table]).set_index("area_code")
    few = rows.index.isin(list(means.too_small(store)))
    numbers = rows[measure.column].astype(float).mask(few)
    doubts = registry.doubts(rows, measure.column).mask(few, "")
    why = pd.Series(np.where(few, means.TOO_SMALL, ""), index=rows.index)
    limits = class_limits(numbers.reindex(answer.area.parts), CLASSES)
    return _Figures(numbers, doubts, why, tuple(float(one) for one in limits))


def _of_area(store: Store, area: Area, measure: Measure) -> _Own:
    """The figure of an area: of several authorities together out of the answer for them."""
    each = _of_each(store, measure)
    if len(area.parts) == 1:
        code = area.parts[0]
        number = float(each.numbers.get(code, np.nan))
        return _Own(number, str(each.doubtful.get(code, "")), str(each.why.get(code, "")))
    if area.code in means.too_small(store_for(store, area)):
        return _Own(why=means.TOO_SMALL)
    table = asking.answer_of(store, measure.question, area, DEFAULT).tables.get(measure.table)
    if table is None:  # Doing well has no shares of several authorities together
        return _Own()
    row = measure.rows(table).set_index("area_code").reindex([area.code])
    number = float(row[measure.column].iloc[0])
    # The newest figure of several authorities may be older than England's, and is then another measure.
    held = measure.words_in(table)
    if held != measure.words and not np.isnan(number):
        return _Own(why=f"newest on the page {questions.named(measure.question).title}: {held}")
    return _Own(number, str(registry.doubts(row, measure.column).fillna("").iloc[0]))


def _shaded(store: Store, answer: Answer, measure: Measure) -> Answer:
    """The answer with a measure in the table of its map, in its title and first among its figures."""
    other = asking.of_england(store, measure.question)
    held, lead, own = other.tables[measure.table], answer.tables[answer.lead], _of_area(store, answer.area, measure)
    page = questions.named(measure.question).title
    sources = {name: other.sources[name] for name in held.sources if name in other.sources}
    table = replace(
        _with_measure(lead, measure, held.columns[measure.column], _of_each(store, measure), own),
        caption=Text(f"{measure.name}, each authority of England, as on the page {page}"),
        sources=(*sources, *(name for name in lead.sources if name not in sources)),
    )
    figure = _figure(store, answer.area, measure, held, own, next(iter(sources)))
    return replace(
        answer,
        title=Text(_title(answer.area, figure)),
        figures=(figure, *answer.figures),
        tables={**answer.tables, answer.lead: table},
        sources={**sources, **answer.sources},
        # What is said beside the map is said of the page's own shades.
        notes=tuple(
            replace(note, kind="definition", about="") if note.about == answer.lead else note for note in answer.notes
        ),
    )


def _with_measure(lead: Table, measure: Measure, column: Column, each: _Figures, own: _Own) -> Table:
    """The table of the map with the measure of each authority, and of the area as a whole, which is its own figure."""
    data = lead.data
    whole = data["whose"].eq(WHOLE)
    numbers = data["area_code"].map(each.numbers).mask(whole, own.number)
    doubts = data["area_code"].map(each.doubtful).fillna("").mask(whole, own.doubt)
    why = data["area_code"].map(each.why).fillna("").mask(whole, own.why)
    # England is no fifth of its own authorities.
    fifths = np.where(data["area_code"].eq(ENGLAND), -1, each.fifths(numbers))
    described = columns.of_measure(column, measure.words)
    values = dict(zip(described, (numbers, fifths, doubts, why), strict=True))
    # The January is that of the plans, and the map is no longer of them.
    shown, data = data.assign(**values), data.drop(columns="vintage")
    order = [*list(data.columns)[:2], *described, *list(data.columns)[2:]]
    return replace(lead, data=shown[order], columns={name: {**lead.columns, **described}[name] for name in order})


def _title(area: Area, figure: Figure) -> str:
    """The area with its own figure, and England's; a doubtful one, or one of too few, makes no title."""
    if figure.value is None:
        few = f"Too few plans in {area.in_text} to compare"
        return few if figure.instead else f"{capital(area.in_text)}: not available"
    if figure.instead:
        return f"{capital(area.in_text)}: the figure is doubtful"
    beside = f", {figure.comparison.explore}" if figure.comparison else ""
    return f"{capital(area.in_text)} {figure.text}{beside}"


def _figure(store: Store, area: Area, measure: Measure, held: Table, own: _Own, source: str) -> Figure:
    """The area's own figure beside England's."""
    missing, few = bool(np.isnan(own.number)), own.why == means.TOO_SMALL
    page = questions.named(measure.question).title
    told = f"{own.why}; what can be said is on the page {page}" if few else own.why or own.doubt
    column = held.columns[measure.column]
    whole = float(_of_each(store, measure).numbers.get(ENGLAND, np.nan))
    beside = "" if area.code == ENGLAND or np.isnan(whole) else f"England {column.written(whole)}"
    unit = "%" if measure.unit == "%" else f" {measure.unit}"
    return Figure(
        Text(measure.words),
        None if missing else own.number,
        measure.unit,
        Text(f"{beside}{unit}" if beside else ""),
        status=NOT_AVAILABLE if missing else VALUE,
        decimals=column.decimals or 0,
        signed=column.signed,
        instead=Text("Too few plans" if few else "Doubtful" if own.doubt and not missing else ""),
        detail=Text(f"{capital(told)}." if told else ""),
        table=source,
    )
