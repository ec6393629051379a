"""The map of Places shaded by any measure that another page holds of each authority."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from sendlib import questions
from sendlib.answer import Answer, Asked, Column, Figure, Offered, Table, Text
from sendlib.answer.numbers import capital
from sendlib.areas import ENGLAND, Area
from sendlib.compared.comparators import DEFAULT
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
    """A measure in a table with a row of each authority: its numbers, why they can not be right, and the inner limits
    of the fifths of the authorities; numbers and doubts by code."""

    numbers: pd.Series
    doubtful: pd.Series
    limits: tuple[float, ...]

    def fifths(self, numbers: pd.Series) -> np.ndarray:
        """The fifth of the authorities that each number lies in, -1 where there is none."""
        return class_of(numbers, self.limits)


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
    numbers = rows[measure.column].astype(float)
    limits = class_limits(numbers.reindex(answer.area.parts), CLASSES)
    return _Figures(numbers, registry.doubts(rows, measure.column), tuple(float(one) for one in limits))


def _of_area(store: Store, area: Area, measure: Measure) -> tuple[float, str]:
    """The figure of an area, and why it can not be right: of several authorities together out of the answer for
    them."""
    each = _of_each(store, measure)
    if len(area.parts) == 1:
        code = area.parts[0]
        return float(each.numbers.get(code, np.nan)), str(each.doubtful.get(code, ""))
    table = asking.answer_of(store, measure.question, area, DEFAULT).tables.get(measure.table)
    if table is None:  # Doing well has no shares of several authorities together
        return np.nan, ""
    rows = measure.rows(table).set_index("area_code").reindex([area.code])
    return float(rows[measure.column].iloc[0]), str(registry.doubts(rows, measure.column).fillna("").iloc[0])


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


def _with_measure(lead: Table, measure: Measure, column: Column, each: _Figures, own: tuple[float, str]) -> Table:
    """The table of the map with the measure of each authority, and of the area as a whole, which is its own figure."""
    data = lead.data
    whole = data["whose"].eq(WHOLE)
    numbers = data["area_code"].map(each.numbers).mask(whole, own[0])
    doubts = data["area_code"].map(each.doubtful).fillna("").mask(whole, own[1])
    # England is no fifth of its own authorities.
    fifths = np.where(data["area_code"].eq(ENGLAND), -1, each.fifths(numbers))
    described = columns.of_measure(column, measure.words)
    values = dict(zip(described, (numbers, fifths, doubts), strict=True))
    # The January is that of the plans, and the map is no longer of them.
    shown, data = data.assign(**values), data.drop(columns="vintage")
    order = [*list(data.columns)[:2], *described, *list(data.columns)[2:]]
    return replace(lead, data=shown[order], columns={name: {**lead.columns, **described}[name] for name in order})


def _title(area: Area, figure: Figure) -> str:
    """The area with its own figure, and England's; a doubtful one makes no title."""
    if figure.value is None or figure.instead:
        return f"{capital(area.in_text)}: {'not available' if figure.value is None else 'the figure is doubtful'}"
    beside = f", {figure.comparison.explore}" if figure.comparison else ""
    return f"{capital(area.in_text)} {figure.text}{beside}"


def _figure(store: Store, area: Area, measure: Measure, held: Table, own: tuple[float, str], source: str) -> Figure:
    """The area's own figure beside England's."""
    number, doubt = own
    column = held.columns[measure.column]
    whole = float(_of_each(store, measure).numbers.get(ENGLAND, np.nan))
    beside = "" if area.code == ENGLAND or np.isnan(whole) else f"England {column.written(whole)}"
    unit = "%" if measure.unit == "%" else f" {measure.unit}"
    return Figure(
        Text(measure.words),
        None if np.isnan(number) else number,
        measure.unit,
        Text(f"{beside}{unit}" if beside else ""),
        status=NOT_AVAILABLE if np.isnan(number) else VALUE,
        decimals=column.decimals or 0,
        instead=Text("Doubtful") if doubt else Text(""),
        detail=Text(f"{capital(doubt)}." if doubt else ""),
        table=source,
    )
