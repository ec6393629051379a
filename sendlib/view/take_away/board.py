"""The board: the five or six measures that a group picked."""

from __future__ import annotations

from sendlib.view.frame import Shell


def draw(shell: Shell) -> None:
    """The part on the page."""
