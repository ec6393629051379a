"""The further parts of Look closer: their tables, choices, notes and sources, gathered so that the room asks once."""

from __future__ import annotations

from dataclasses import replace

from sendlib.answer import Asked, Note, Offered, Table
from sendlib.areas import ENGLAND, Area
from sendlib.compared.comparators import Comparators
from sendlib.questions.doing_well import after_16, alternative, at_school, money_beside, not_measured, progress_scores
from sendlib.questions.doing_well.outcome_cube import put_together, too_few
from sendlib.store import Store

CHOICES = (
    *at_school.CHOICES,
    *progress_scores.CHOICES,
    *after_16.CHOICES,
    *alternative.CHOICES,
    *money_beside.CHOICES,
)
SOURCES = (
    "absence",
    "absence_by_school",
    "exclusions",
    "progress",
    "neet",
    "next_steps",
    "alternative_provision",
    "money",
    "school_sen",
)
"""Tables of the store that these parts draw on, as far as they are held."""


def tables(store: Store, area: Area, others: Comparators | None, few: bool) -> dict[str, Table]:
    """What is held of an area; of several authorities together only what is counted, as no share of them is published.

    `few`: so few children have a plan that Show and Families have none of the figures by SEN.
    """
    whom, money = _whom(area, others), {}
    found = alternative.tables(store, area, others, whom)
    if not put_together(area):
        found |= at_school.tables(store, area, others, whom) | progress_scores.tables(store, area, others, whom)
        found |= after_16.tables(store, area, others, whom)
        money = money_beside.tables(store, area, others, whom)
    if few:
        found = {name: replace(one, of_few=one.of_few or ("reached",), closed=True) for name, one in found.items()}
    return found | money | not_measured.tables()


def _whom(area: Area, others: Comparators | None) -> str:
    if area.code == ENGLAND:
        return f"England and {others.label}" if others else area.name
    return f"{area.name}{f', {others.label}' if others else ''} and England"


def offered(asked: Asked) -> tuple[Offered, ...]:
    """Every choice of these parts. Raises UnknownChoice."""
    return (
        *at_school.offered(asked),
        *progress_scores.offered(asked),
        *after_16.offered(asked),
        *alternative.offered(asked),
        *money_beside.offered(asked),
    )


def notes(store: Store, area: Area) -> tuple[Note, ...]:
    """The notes of the parts that an area has."""
    found = list(alternative.notes())
    if not put_together(area):
        found += [
            *at_school.notes(store),
            *progress_scores.notes(),
            *after_16.notes(),
            *money_beside.notes(too_few(store, area)),
        ]
    return tuple(found)
