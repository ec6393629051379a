"""The three lenses of the slides of 2018 as a filter: which pages, and which indicators, belong to a question that a
group has. The address holds the one that is chosen."""

from __future__ import annotations

import streamlit as st

from sendlib import questions
from sendlib.answer import Mode, Question
from sendlib.catalogue.indicators import Lens, lenses
from sendlib.view import address

LENS = "lens"
"""What the address has for the lens."""
_ALL = ""


def pages() -> list[Question]:
    """The questions that belong to the lens of the address, in their order; all of them without one."""
    held = chosen()
    return [one for one in questions.QUESTIONS if held is None or held.has(one.name)]


def chosen() -> Lens | None:
    """The lens of the address; None without one, or with one that there is not."""
    return next((one for one in lenses() if one.code == address.asked(LENS)), None)


def choose(mode: Mode) -> str:
    """The control; the code of the lens that is chosen, or nothing for all of them."""
    known = {one.code: one for one in lenses()}
    held = chosen()
    key = "lens_choice"
    st.session_state[key] = held.code if held else _ALL

    def name(code: str) -> str:
        if code == _ALL:
            return "All"
        return known[code].families_name if mode == "families" else known[code].name

    picked = st.segmented_control(
        "Look at" if mode == "families" else "Lens",
        [_ALL, *known],
        key=key,
        format_func=name,
        required=True,
        on_change=lambda: address.put({LENS: st.session_state[key] or _ALL}),
    )
    if held:
        said = (held.families, held.families_note) if mode == "families" else (held.asks, held.note)
        st.markdown(" ".join(filter(None, said)))
    return picked or _ALL
