"""Our own figures: a template to fill in, and what was read out of it."""

from __future__ import annotations

import streamlit as st

from sendlib.own_figures.model import OwnFigure
from sendlib.view.frame import Shell

_FIGURES = "own_figures"
"""Where the session keeps the figures, by area."""


def held(area_code: str) -> tuple[OwnFigure, ...]:
    """The reader's figures of an area in this session."""
    figures: dict[str, tuple[OwnFigure, ...]] = st.session_state.get(_FIGURES, {})
    return figures.get(area_code, ())


def draw(shell: Shell) -> None:
    """The part on the page."""
