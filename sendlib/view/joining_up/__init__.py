"""What Joining up has besides its answer: the readiness check, and the rehearsal of a linkage.

- `readiness`: the survey's questions, answered in the page and held in the memory of the visit;
- `rehearsal`: two made-up lists that are linked before the reader's eyes.
"""

from __future__ import annotations

from sendlib.answer import Answer
from sendlib.view import panels
from sendlib.view.joining_up import readiness, rehearsal


def draw_readiness(answer: Answer) -> None:
    """The readiness check of an area."""
    readiness.draw(answer.area)


def draw_rehearsal() -> None:
    """The rehearsal, opened from its heading."""
    if opened := panels.panel("rehearsal", "**A safe rehearsal: link two made-up lists**"):
        with opened:
            rehearsal.draw()
