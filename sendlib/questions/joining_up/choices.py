"""What a reader can choose in Joining up."""

from __future__ import annotations

from sendlib.answer import Asked, Choice, Limits, Offered
from sendlib.questions.joining_up.match import Children

CARE, HEALTH = "care", "health"
LINKED = Choice(
    "joined",
    "Which records",
    "which two kinds of records the councils were asked about",
    about="squares",
    figures_change=True,
    form="buttons",
    first=True,
)
WITH = {CARE: "School and social care", HEALTH: "Council and health"}
RATE = Choice(
    "match",
    "Found, of every 100 children",
    "how many of every 100 children on one list are found on the other; Bedford began with 85",
    about="match",
    figures_change=True,
    number=Limits(60.0, 100.0, 0.5, 1),
)
WHOSE = Choice("match_of", "Of which children", "whose number the match is reckoned with", "match", figures_change=True)
LISTED = Choice(
    "listed",
    "The list says, of every 100 found",
    "how many of every 100 children found have something, such as a social worker",
    about="match_effect",
    figures_change=True,
    number=Limits(0.0, 100.0, 1.0, 0),
)
_LISTED = "33"
"""Where nothing is chosen: Bedford found that over a third of its children in need have SEND."""
CHOICES = (LINKED, RATE, WHOSE, LISTED)


def of(children: dict[str, Children], first: float, asked: Asked) -> dict[str, Offered]:
    """What is offered, by the choice's name. Raises UnknownChoice. `children`: whose numbers are known for the area, by
    code; `first`: the match that stands where none is chosen."""
    whose = {code: one.label for code, one in children.items()}
    found = [
        LINKED.offer(WITH, CARE, asked),
        RATE.offer({}, f"{first:g}", asked),
        WHOSE.offer(whose, next(iter(whose), ""), asked if whose else {}),
        LISTED.offer({}, _LISTED, asked),
    ]
    return {one.choice.name: one for one in found}
