"""Sentences as HTML, in the way that a mode draws them."""

from __future__ import annotations

from html import escape

from sendlib.answer import Mode


def as_html(text: str, mode: Mode) -> str:
    """A sentence, safe within a page."""
    return escape(text)
