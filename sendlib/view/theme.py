"""Whether a page is dark, as the reader's system is, and what is drawn on it in the colours of such a page."""

from __future__ import annotations

from typing import TypeVar

import streamlit as st

from sendlib.pictures import palette

Drawn = TypeVar("Drawn")


def is_dark() -> bool:
    """Whether the page is dark."""
    return bool(st.context.theme.type == "dark")


def on_page(drawn: Drawn) -> Drawn:
    """A finished spec, drawing or piece of SVG in the colours of the page as the reader has it."""
    return palette.dark(drawn) if is_dark() else drawn
