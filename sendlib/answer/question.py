"""What a question is: the interface between the questions and all that asks them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sendlib.answer.choice import Asked, Choice
from sendlib.answer.glance import Glance
from sendlib.answer.model import Answer
from sendlib.answer.text import MODES, Mode
from sendlib.areas import Area
from sendlib.store import Store


def _never_another() -> str:
    """The edition of a question that rests on nothing but the store."""
    return ""


@dataclass(frozen=True)
class Question:
    """One question, asked of an area: pages, command line, downloads and tests ask it through this.

    `name` is its address, its file in pages/ and its name on the command line; `title` its name in the
    navigation; `words` the question itself. `ask(store, area, comparators, asked)` answers it;
    `comparators` is as in compared.comparators, `asked` what was chosen. It raises UnknownChoice, UnknownArea and
    SnapshotDamaged. `choices` is everything that a reader can choose. `of_health_areas`: it
    has something to say of a health area in which no authority's children mostly live. `otherwise` is the code of the
    area that it shows before one is chosen, if any.
    `compared_in`: the modes in which those compared change something that is shown.
    `edition` changes when something that the answer rests on has changed outside the store. `ask_the_room` is what a
    facilitator can ask people who look at it together. `glance` takes out of an answer what Start shows of it.
    """

    name: str
    title: str
    words: str
    ask: Callable[[Store, Area, str, Asked], Answer]
    choices: tuple[Choice, ...] = ()
    of_health_areas: bool = False
    otherwise: str = ""
    compared_in: tuple[Mode, ...] = tuple(MODES)
    edition: Callable[[], str] = _never_another
    ask_the_room: str = ""
    glance: Callable[[Answer], Glance] | None = None

    def figures_change(self, asked: Asked) -> dict[str, str]:
        """What was asked for that makes another answer: the rest only picks what a picture shows."""
        return {
            choice.name: asked[choice.name]
            for choice in self.choices
            if choice.figures_change and asked.get(choice.name)
        }
