"""An answer as plain lists, texts and numbers: what `ask --json` prints."""

from __future__ import annotations

from dataclasses import asdict, replace
from math import isnan

import pandas as pd

from sendlib.answer import Answer, Offered, Table, Text
from sendlib.answer.glance import Glance


def as_record(answer: Answer) -> dict[str, object]:
    """Everything in an answer; missing values are null."""
    return {
        "question": answer.question,
        "words": answer.words,
        "area": asdict(answer.area),
        "comparators": answer.comparators,
        "state": answer.state,
        "title": asdict(answer.title),
        "headline": asdict(answer.headline),
        "figures": [{**asdict(figure), "text": figure.text} for figure in answer.figures],
        "glance": _glance(answer.glance) if answer.glance else None,
        "cards": [asdict(card) for card in answer.cards],
        "verdicts": [asdict(verdict) for verdict in answer.verdicts],
        "lead": answer.lead,
        "tables": {name: rows(table.data) for name, table in answer.tables.items()},
        "headings": {name: table.heading for name, table in answer.tables.items()},
        "captions": {name: asdict(table.caption) for name, table in answer.tables.items()},
        "how_to_read": {name: asdict(table.how_to_read) for name, table in answer.tables.items() if table.how_to_read},
        "columns": {name: _columns(table) for name, table in answer.tables.items()},
        "cannot_tell": _texts(answer.cannot_tell),
        "could_change": _texts(answer.could_change),
        "sources": {name: [source.to_dict() for source in sources] for name, sources in answer.sources.items()},
        "newer": {name: _texts(lines) for name, lines in answer.newer.items()},
        "notes": [asdict(note) for note in answer.notes],
        "choices": {name: _offered(offered) for name, offered in answer.offered.items()},
        **({"beside": as_record(answer.beside)} if answer.beside else {}),
    }


def rows(frame: pd.DataFrame) -> list[dict[str, object]]:
    """The rows of a table; missing values are None."""
    plain = frame.astype(object).where(frame.notna(), None)
    return [{str(key): value for key, value in row.items()} for row in plain.to_dict("records")]


def _glance(glance: Glance) -> dict[str, object]:
    """The statement on Start; England's number of a period is null where there is none."""
    points = glance.line.points if glance.line else ()
    line = [{**asdict(point), "england": None if isnan(point.england) else point.england} for point in points]
    what = asdict(glance.line.what) if glance.line else None
    return {**asdict(replace(glance, line=None)), "line": {"what": what, "points": line} if line else None}


def _columns(table: Table) -> dict[str, dict[str, object]]:
    """What each column is, and the heading that a page writes over it."""
    return {name: {**asdict(column), "titled": column.titled} for name, column in table.columns.items()}


def _texts(texts: tuple[Text, ...]) -> list[dict[str, str | None]]:
    return [asdict(text) for text in texts]


def _offered(offered: Offered) -> dict[str, object]:
    choice = offered.choice
    return {
        "label": choice.label,
        "help": choice.help,
        "about": choice.about,
        "offered": dict(offered.options),
        "default": offered.default,
        "value": offered.value,
    }
