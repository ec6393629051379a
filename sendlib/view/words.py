"""Sentences as HTML, in the way that a mode draws them."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

import streamlit as st

from sendlib.answer import Mode


def as_html(text: str, mode: Mode) -> str:
    """A sentence, safe within a page."""
    return escape(text)


def draw_list(lines: Iterable[str], mode: Mode) -> None:
    """Sentences one below the other."""
    st.html(f"<ul>{''.join(f'<li>{as_html(line, mode)}</li>' for line in lines)}</ul>")
