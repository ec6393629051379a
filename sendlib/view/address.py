"""The address of a page: the one truth of what a reader has chosen.

Everything that can be chosen stands in it, except what is the default anyway. It is written only when a reader
chooses something, in one step, so that opening a link makes no second entry in the browser's history.
"""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from sendlib import questions

OF_EVERY_PAGE = ("area", "vs", "mode", "beside", "pin")
OPEN, SORT, FIND = "open", "sort", "find"
"""Which parts of a page are open, by what its long tables are sorted, and what is looked for on it: on About in all
that it knows, elsewhere in the names of parts."""
_PAGES = "choices_of_pages"
_WRONG = "wrong_in_address"


def asked(name: str) -> str:
    """What the address has for a choice; empty where it has nothing."""
    return str(st.query_params.get(name, ""))


def put(changes: Mapping[str, str]) -> None:
    """Write choices into the address in one step; an empty one is taken out, and so is what was wrong in it.

    Another area takes those choices out that belong to an area.
    """
    query = {name: value for name, value in st.query_params.to_dict().items() if name not in _wrong()}
    if changes.get("area", query.get("area")) != query.get("area"):
        query = {name: value for name, value in query.items() if name not in _of_area()}
        _forget_of_area()
    query = {name: value for name, value in {**query, **changes}.items() if value}
    st.session_state[_WRONG] = []
    if query != st.query_params.to_dict():
        st.query_params.from_dict(query)


def is_wrong(name: str) -> None:
    """Note that what the address has for a choice was told of as wrong: it goes when the address is next written."""
    _wrong().append(name)


def _wrong() -> list[str]:
    found: list[str] = st.session_state.setdefault(_WRONG, [])
    return found


def remember(page: str) -> None:
    """Keep what a page has in its address of its own, so that a link back to it in this visit brings it again."""
    own = {name: value for name, value in st.query_params.to_dict().items() if name not in OF_EVERY_PAGE}
    st.session_state.setdefault(_PAGES, {})[page] = own


def remembered(page: str) -> dict[str, str]:
    """What a page had in its address of its own when it was last seen in this visit."""
    found: dict[str, str] = st.session_state.get(_PAGES, {}).get(page, {})
    return found


def _of_area() -> set[str]:
    """Names of the choices that belong to an area."""
    return {choice.name for question in questions.QUESTIONS for choice in question.choices if choice.of_area}


def _forget_of_area() -> None:
    pages: dict[str, dict[str, str]] = st.session_state.get(_PAGES, {})
    for page, own in pages.items():
        pages[page] = {name: value for name, value in own.items() if name not in _of_area()}
