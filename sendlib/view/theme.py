"""Whether a page is dark, as the reader's system is, and what is drawn on it in the colours of such a page."""

from __future__ import annotations

from typing import TypeVar
from urllib.parse import quote

import streamlit as st

from sendlib.pictures import palette

Drawn = TypeVar("Drawn")


def is_dark() -> bool:
    """Whether the page is dark."""
    return bool(st.context.theme.type == "dark")


def on_page(drawn: Drawn) -> Drawn:
    """A finished spec, drawing or piece of SVG in the colours of the page as the reader has it."""
    return palette.dark(drawn) if is_dark() else drawn


def image(svg: str, attributes: str) -> str:
    """A drawing as an image in HTML, in the colours of the page; of a dark page beside it the one for paper, since a
    style does not reach into an image."""
    if not is_dark():
        return f'<img src="{address(svg)}" {attributes}>'
    shown = f'<img class="on-screen" src="{address(on_page(svg))}" {attributes}>'
    return f'{shown}<img class="on-paper" src="{address(svg)}" {attributes}>'


def address(svg: str) -> str:
    """A drawing as the address of an image."""
    return f"data:image/svg+xml,{quote(svg)}"
