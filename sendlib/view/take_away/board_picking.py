"""Which measures stand on the board, and in which order: ticks by page, and buttons that work by keyboard. All of it
stands in the address."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from sendlib import service
from sendlib.answer import Answer
from sendlib.board import CHOICE, MOST, picking
from sendlib.view import address, panels

_TOLD, _WHICH = "board_told", "board_which"
"""Where the session keeps what was said of the last tick, and which measure is to be moved."""


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
    """One list a page, in which a reader types to find a measure."""
    for page, title in picking.pages().items():
        with st.spinner(f"Reading the measures of {title}"):
            offered = service.board_offered(page)
        key = f"board_{page}"
        st.session_state[key] = [code for code in codes if code in offered]
        st.multiselect(
            f"{title} ({len(offered)} measures, type to find one)",
            list(offered),
            key=key,
            format_func=offered.__getitem__,
            on_change=_take,
            args=(page, key),
            placeholder="None yet",
        )


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
        st.button("Take it off the board", key="board_take_off", on_click=_take_off, args=(list(codes),))
        if address.asked(CHOICE.name):
            st.button("Back to the suggestion", key="board_reset", on_click=_put, args=([],))
    place = f"{codes.index(which) + 1} of {len(codes)}"
    st.html(f'<p role="status" class="board-place">It is {place}.</p>')


def _take(page: str, key: str) -> None:
    """A tick was set or taken away."""
    chosen: list[str] = st.session_state[key]
    now = list(picked().codes)
    kept = [code for code in now if code.split(".")[0] != page or code in chosen]
    wanted = kept + [code for code in chosen if code not in kept]
    if len(wanted) > MOST:
        st.session_state[_TOLD] = f"A board has room for {MOST} measures. Take one off first."
        return
    if not wanted:
        st.session_state[_TOLD] = "A board without a measure shows the suggestion again."
    _put(wanted)


def _move(codes: list[str], by: int) -> None:
    """The one that was picked changes its place with the one before or after it."""
    at = codes.index(st.session_state[_WHICH])
    to = at + by
    if 0 <= to < len(codes):
        codes[at], codes[to] = codes[to], codes[at]
        _put(codes)


def _take_off(codes: list[str]) -> None:
    left = [code for code in codes if code != st.session_state[_WHICH]]
    if left:
        _put(left)
    else:
        st.session_state[_TOLD] = "The last measure stays: a board has at least one."


def _put(codes: list[str]) -> None:
    """Write the board into the address; the suggestion is what an address without measures means."""
    suggested = service.board_read("").codes
    address.put({CHOICE.name: "" if tuple(codes) == suggested else ",".join(codes)})
