"""What changed for us since the release before."""

from __future__ import annotations

from sendlib.view.frame import Shell


def draw(shell: Shell) -> None:
    """The part on the page."""
