"""One room a question: an area and a few choices in, an Answer out. Nothing else lives here.

A question is a module, or a package with its parts, with a `QUESTION` (answer.question says what that is).
Nothing here knows how an answer is drawn. CONTRIBUTING.md has the recipe for a new one.
"""

from __future__ import annotations

from sendlib.answer import Question
from sendlib.errors import NoData
from sendlib.questions import doing_well, getting_help, joining_up, looking_ahead, my_area, needs, places
from sendlib.questions.places import (
    own_points as own_points,
)  # its reader has always been found under this name as well

QUESTIONS: tuple[Question, ...] = (
    my_area.QUESTION,
    needs.QUESTION,
    places.QUESTION,
    getting_help.QUESTION,
    doing_well.QUESTION,
    looking_ahead.QUESTION,
    joining_up.QUESTION,
)
"""Every question that can be asked, in the order of the pages."""


def names() -> tuple[str, ...]:
    """Their names."""
    return tuple(question.name for question in QUESTIONS)


def named(name: str) -> Question:
    """The question with this name. Raises NoData."""
    for question in QUESTIONS:
        if question.name == name:
            return question
    raise NoData(f"There is no question '{name}'. There are: {', '.join(names())}.")
