"""Which sources stand behind what every mode shows of an answer, and how a shared screen names them in a line."""

from __future__ import annotations

from collections.abc import Sequence

from sendlib.answer.model import Answer
from sendlib.answer.numbers import listed


def tables_of_figures(answer: Answer) -> tuple[str, ...]:
    """The tables of the store that the large numbers come from, and with them the sentence on the page, which says the
    same numbers."""
    return tuple(dict.fromkeys(figure.table for figure in answer.figures if figure.table))


def tables_shown(answer: Answer) -> tuple[str, ...]:
    """The tables of the store behind everything that every mode shows: the picture, the sentence and the large
    numbers."""
    return tuple(dict.fromkeys([*answer.tables[answer.lead].sources, *tables_of_figures(answer)]))


def publishers(answer: Answer) -> str:
    """Whose figures a shared screen shows: those of the picture with the first publication, and in short where else
    figures come from.

    Another publisher is named alone, and another publication of a publisher who is named already by its title: the
    first of each table.
    """
    lead = answer.citations(answer.tables[answer.lead].sources[:1])
    named = f"{lead[0].publication}, {lead[0].publisher}" if lead else ""
    known = [lead[0].publisher] if lead else []
    more = [_alone(who, known) for source in lead[1:] if (who := source.publisher.split(",")[0]) not in named]
    for table in tables_of_figures(answer):
        for place, source in enumerate(answer.citations((table,))):
            who = source.publisher.split(",")[0]
            if who not in named:
                more.append(_alone(who, [*known, *more]))
            elif place == 0 and source.publication not in named:
                more.append(source.publication)
    return f"{named}; also from {listed(list(dict.fromkeys(more)))}" if more else named


def names_of_publishers(answer: Answer) -> list[str]:
    """Whose figures every mode shows, without what they are called; those of the picture first."""
    named: list[str] = []
    for source in answer.citations(tables_shown(answer)):
        who = _alone(source.publisher.split(",")[0], named)
        if not any(who in one for one in named):
            named.append(who)
    return named


def _alone(publishers: str, known: Sequence[str]) -> str:
    """Publishers of one publication without the last of them, where that is named already."""
    for one in known:
        publishers = publishers.removesuffix(f" and {one}")
    return publishers
