"""Which measures stand on the board, and in which order: ticks by page, and buttons that work by keyboard. All of it
stands in the address."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from sendlib import service
from sendlib.answer import Answer
from sendlib.board import CHOICE, MOST, picking
from sendlib.view import address, panels

_TOLD, _WHICH, _PAGE = "board_told", "board_which", "board_page"
"""Where the session keeps what was said of the last tick, which measure is to be moved, and whose page's measures are
seen."""
_LISTED = 14
"""Measures with a tick at once; of a longer list the words find the rest."""


def picked() -> picking.Picked:
    """The measures of the address, and what is wrong in it. Raises SnapshotDamaged."""
    return service.board_read(address.asked(CHOICE.name))


def draw(answer: Answer, codes: Sequence[str]) -> None:
    """The part that changes the board."""
    opened = panels.panel("board_measures", "**Choose the measures and their order**")
    if opened is None:
        return
    with opened:
        st.markdown(
            f"Up to {MOST} measures of any page. What you choose stands in the address: a link brings the same board."
        )
        with st.container():  # always there, so that nothing under it moves and loses the focus
            if told := st.session_state.pop(_TOLD, ""):
                st.warning(told)
        _draw_ticks(codes)
        _draw_order(answer, codes)


def _draw_ticks(codes: Sequence[str]) -> None:
    """The measures of one page, each with a box to tick; a reader types to find one in a long list."""
    pages = picking.pages()
    held = st.session_state.get(_PAGE)
    st.session_state[_PAGE] = held if held in pages else next(iter(pages))
    page = st.radio("Measures of which page?", list(pages), key=_PAGE, format_func=pages.__getitem__, horizontal=True)
    with st.spinner(f"Reading the measures of {pages[page]}"):
        offered = service.board_offered(page)
    typed = st.text_input("Find a measure by a word", key=f"board_find_{page}", placeholder="For example: absence")
    found = picking.found(offered, typed)
    # Those on the board come first, or a tick could not be taken away where there are many.
    shown = sorted(found, key=lambda code: code not in codes)[:_LISTED]
    for code in shown:
        key = f"board_tick_{code}"
        st.session_state[key] = code in codes
        st.checkbox(offered[code], key=key, on_change=_tick, args=(code, key))
    st.html(f'<p role="status" class="board-place">{_how_many(len(shown), len(found), len(offered))}</p>')


def _how_many(shown: int, found: int, offered: int) -> str:
    """How many of a page's measures are seen, and how to come to the others."""
    if not found:
        return f"None of the {offered} measures has this word. Try another or look at another page."
    if shown < found:
        return f"{shown} of {found} measures. Type a word to find the others."
    return f"{shown} of {offered} measures." if found < offered else f"All {offered} measures."


def _draw_order(answer: Answer, codes: Sequence[str]) -> None:
    """Pick one, then move it: the buttons stay where they are, so that a key can be pressed again and again."""
    names = dict(zip(codes, answer.tables["board"].data["measure_room"].astype(str), strict=False))
    held = st.session_state.get(_WHICH)
    st.session_state[_WHICH] = held if held in codes else codes[0]
    which = st.radio(
        "Which one shall move?",
        list(codes),
        key=_WHICH,
        format_func=lambda code: f"{codes.index(code) + 1}. {names[code]}",
    )
    with st.container(horizontal=True, key="board_moves"):
        for label, by in (("Move up", -1), ("Move down", 1)):
            st.button(label, key=f"board_move_{by}", on_click=_move, args=(list(codes), by))
        st.button("Take it off the board", key="board_take_off", on_click=_put_off, args=(list(codes), which))
        if address.asked(CHOICE.name):
            st.button("Back to the suggestion", key="board_reset", on_click=_put, args=([],))
    place = f"{codes.index(which) + 1} of {len(codes)}"
    st.html(f'<p role="status" class="board-place">It is {place}.</p>')


def _tick(code: str, key: str) -> None:
    """A tick was set or taken away."""
    now = list(picked().codes)
    if not st.session_state[key]:
        _put_off(now, code)
    elif len(now) >= MOST:
        st.session_state[_TOLD] = f"A board has room for {MOST} measures. Take one off first."
    elif code not in now:
        _put([*now, code])


def _move(codes: list[str], by: int) -> None:
    """The one that was picked changes its place with the one before or after it."""
    at = codes.index(st.session_state[_WHICH])
    to = at + by
    if 0 <= to < len(codes):
        codes[at], codes[to] = codes[to], codes[at]
        _put(codes)


def _put_off(codes: list[str], code: str) -> None:
    """Take a measure off the board, of which at least one stays."""
    left = [one for one in codes if one != code]
    if left:
        _put(left)
    else:
        st.session_state[_TOLD] = "The last measure stays: a board has at least one."


def _put(codes: list[str]) -> None:
    """Write the board into the address; the suggestion is what an address without measures means."""
    suggested = service.board_read("").codes
    address.put({CHOICE.name: "" if tuple(codes) == suggested else ",".join(codes)})
