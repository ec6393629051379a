"""Slides, a report, and everything in one file."""

from __future__ import annotations

from sendlib.view.frame import Shell


def draw(shell: Shell) -> None:
    """The part on the page."""
