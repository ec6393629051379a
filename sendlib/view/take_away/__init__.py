"""Take away: what a group brings into a meeting. One part at a time is on the page; the address says which."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import streamlit as st

from sendlib.view import address, frame
from sendlib.view.take_away import board, changes, making, own_figures, pack

PART = "part"
"""What the address has for the part that is on the page."""


@dataclass(frozen=True)
class Part:
    """A part of the page: what its button says, and what draws it."""

    label: str
    draw: Callable[[frame.Shell], None]


PARTS: Mapping[str, Part] = {
    "board": Part("The board", board.draw),
    "pack": Part("Slides, report and pack", pack.draw),
    "table": Part("Make a table", making.draw),
    "own": Part("Our own figures", own_figures.draw),
    "changes": Part("What changed for us", changes.draw),
}


def draw(shell: frame.Shell) -> None:
    """The buttons for the parts, and the part that was chosen."""
    asked = address.asked(PART)
    chosen = asked if asked in PARTS else next(iter(PARTS))
    if shell.view.mode != "show":
        st.title("What do we take into the meeting?")
        _draw_buttons(chosen)
    elif shell.aside:
        with shell.aside:
            _draw_buttons(chosen)
    PARTS[chosen].draw(shell)
    if shell.view.mode != "show":
        frame.footer()


def _draw_buttons(chosen: str) -> None:
    """The buttons; what a reader chooses is written into the address."""
    st.session_state[PART] = chosen
    st.segmented_control(
        "What do you need?",
        list(PARTS),
        key=PART,
        format_func=lambda name: PARTS[name].label,
        on_change=_choose,
        required=True,
    )


def _choose() -> None:
    first = next(iter(PARTS))
    chosen = st.session_state[PART]
    address.put({PART: "" if chosen == first else str(chosen)})
