"""Our own figures: a template to fill in, and what was read out of it."""

from __future__ import annotations

from sendlib.view.frame import Shell


def draw(shell: Shell) -> None:
    """The part on the page."""
