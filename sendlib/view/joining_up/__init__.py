"""What Joining up has besides its answer: the readiness check, and the rehearsal of a linkage.

- `readiness`: the survey's questions, answered in the page and held in the memory of the visit;
- `rehearsal`: two made-up lists that are linked before the reader's eyes.
"""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

from sendlib.answer import Answer
from sendlib.view import panels
from sendlib.view.joining_up import readiness

_REHEARSAL = f"{__name__}.rehearsal"


def draw_readiness(answer: Answer) -> None:
    """The readiness check of an area."""
    readiness.draw(answer.area)


def draw_rehearsal() -> None:
    """The rehearsal, opened from its heading; nothing where it is not there."""
    if find_spec(_REHEARSAL) is None:
        return
    if opened := panels.panel("rehearsal", "**A safe rehearsal: link two made-up lists**"):
        with opened:
            import_module(_REHEARSAL).draw()
