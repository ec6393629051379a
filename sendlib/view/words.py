"""Sentences as HTML, in the way that a mode draws them."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from zlib import crc32

import streamlit as st

from sendlib.answer import Mode
from sendlib.answer.glossary import Term, parted


def as_html(text: str, mode: Mode, seen: set[str] | None = None) -> str:
    """A sentence, safe within a page. In Families each term can be opened where it first stands.

    `seen` holds the terms that the page has marked already, and takes those of this text. What comes out may stand
    within a paragraph, a list or a cell, but in no heading, link or button.
    """
    if mode != "families":
        return escape(text)
    marked = set() if seen is None else seen
    made = []
    for words, term in parted(text):
        if term is None or term.name in marked:
            made.append(escape(words))
            continue
        marked.add(term.name)
        made.append(_opening(words, term, f"{term.code}-{crc32(text.encode()):08x}"))
    return "".join(made)


def _opening(words: str, term: Term, name: str) -> str:
    """A term as a button, with its plain words in a box that the browser lays over the page; `name` is its id.

    A popover may stand in a paragraph, which `details` may not; the browser itself opens and closes it by mouse, touch
    and keys, at most one at a time, and tells a screen reader so.
    """
    return (
        f'<button type="button" class="term" popovertarget="{name}">{escape(words)}</button>'
        f'<span id="{name}" class="meaning" popover><strong>{escape(term.name)}</strong> {escape(term.plain)}</span>'
    )


def draw_list(lines: Iterable[str], mode: Mode, seen: set[str] | None = None) -> None:
    """Sentences one below the other; `seen` is as in as_html."""
    st.html(_as_list(lines, mode, seen))


def draw_folded(heading: str, lines: Iterable[str], mode: Mode, seen: set[str] | None = None) -> None:
    """The same under a heading that opens them on a phone, where they are long (styles/families.css)."""
    st.html(
        f'<details class="fold"><summary><h3>{escape(heading)}</h3></summary>{_as_list(lines, mode, seen)}</details>'
    )


def _as_list(lines: Iterable[str], mode: Mode, seen: set[str] | None) -> str:
    return f"<ul>{''.join(f'<li>{as_html(line, mode, seen)}</li>' for line in lines)}</ul>"
