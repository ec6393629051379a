"""The answers that measures are taken from, each asked once."""

from __future__ import annotations

from sendlib import questions
from sendlib.answer import NOTHING_ASKED, Answer, Asked, Question
from sendlib.areas import ENGLAND, Area
from sendlib.compared import comparators, widened
from sendlib.compared.comparators import DEFAULT
from sendlib.measures import registry
from sendlib.measures.registry import Measure
from sendlib.store import Store, kept_with_store


def plainly(store: Store, question: Question, area: Area, versus: str, asked: Asked) -> Answer:
    """The answer of a question as it is, out of a store that need not have rows of the area yet."""
    return question.ask(comparators.store_for(store, area, versus=versus), area, versus, asked)


@kept_with_store(64)
def answer_of(store: Store, name: str, area: Area, versus: str) -> Answer:
    """The answer of the question of this name with nothing chosen."""
    return plainly(store, questions.named(name), area, versus, NOTHING_ASKED)


def of_england(store: Store, name: str) -> Answer:
    """The same for England beside its authorities, which holds every measure that there is, and every authority."""
    return answer_of(store, name, widened.directory(store).get(ENGLAND), DEFAULT)


@kept_with_store()
def over_time(store: Store, name: str) -> dict[str, Measure]:
    """The measures over time of a question, by code."""
    return registry.over_time(of_england(store, name))


@kept_with_store()
def on_map(store: Store, name: str) -> dict[str, Measure]:
    """The measures of a question that a map can shade, by code."""
    return registry.on_map(of_england(store, name))
