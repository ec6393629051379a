"""Make a table."""

from __future__ import annotations

from sendlib.view.frame import Shell


def draw(shell: Shell) -> None:
    """The part on the page."""
