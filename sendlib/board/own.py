"""A group's own figures on its board: a row an indicator, marked as their own, after the measures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from sendlib.answer import FULL, MODES, Answer, Text
from sendlib.answer.numbers import count_of
from sendlib.own_figures.model import OwnFigure
from sendlib.tables.symbols import HIDDEN, VALUE

OURS = "our own figure"
TABLE = "board"


def with_own(answer: Answer, own: Sequence[OwnFigure]) -> Answer:
    """The board with a reader's own figures after its measures; those that tell of 1 to 4 children are not written."""
    if not own:
        return answer
    table = answer.tables[TABLE]
    by_indicator: dict[str, list[OwnFigure]] = {}
    for figure in own:
        by_indicator.setdefault(figure.named, []).append(figure)
    rows = pd.DataFrame([_row(name, figures, list(table.columns)) for name, figures in by_indicator.items()])
    data = pd.concat([table.data, rows.astype(table.data.dtypes.to_dict())], ignore_index=True)
    more = f" and {count_of(len(rows), 'of our own figures', 'of our own figures')}"
    told = Text(*(f"{answer.title.in_mode(mode)}{more}" for mode in MODES))
    state = FULL if any(figure.shown for figure in own) else answer.state
    return replace(answer, title=told, state=state, tables={**answer.tables, TABLE: replace(table, data=data)})


def _row(name: str, figures: Sequence[OwnFigure], columns: Sequence[str]) -> dict[str, object]:
    """The last figure of an indicator in the order of its file, with the others named beside it."""
    last = figures[-1]
    told = last.text(all_numbers=False)
    known = last.value is not None and not last.small
    also = "; ".join(f"{one.text(all_numbers=False)} ({one.period})" for one in figures[:-1])
    of_many = last.of_how_many(all_numbers=False)
    mind = [
        f"Our own figure{f', from {last.comes_from}' if last.comes_from else ''}: nobody else has checked it.",
        f"Out of {of_many}." if of_many else "",
        f"Also: {also}." if also else "",
        last.note,
    ]
    held: dict[str, object] = {
        "code": "",
        "ours": OURS,
        "unit": last.unit,
        "whose": last.area,
        "period": last.period,
        "number": last.value if known else float("nan"),
        "status": last.status if last.value is None else VALUE if known else HIDDEN,
        "source": f"Our own figure{f': {last.comes_from}' if last.comes_from else ''}",
        **dict.fromkeys(("mean", "in_the_mean", "england", "first"), float("nan")),
    }
    for start, words in (("measure", name), ("figure", told), ("mind", " ".join(part for part in mind if part))):
        held |= dict.fromkeys((start, f"{start}_room", f"{start}_plainly"), words)
    return {column: held.get(column, "") for column in columns}
