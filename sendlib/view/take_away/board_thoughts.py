"""A group's hypothesis and questions: typed here, held in the memory of the session for one area each, and nowhere
else."""

from __future__ import annotations

import streamlit as st

from sendlib.board import MOST_SIGNS, Thoughts
from sendlib.view import panels

_HELD = "thoughts"
"""Where the session keeps them, by area."""
WHERE_THEY_STAY = (
    "What you write goes to the computer that runs this app. It stays in its memory for this visit only; a reload or"
    " closing the page loses it. It is in no link, and in no file unless you make the pack, slides or report."
)
_BOXES = {
    "hypothesis": "What do we think is going on?",
    "questions": "What do we want to find out?",
}


def thoughts(area_code: str) -> Thoughts:
    """What was written about an area in this session."""
    found: Thoughts = st.session_state.get(_HELD, {}).get(area_code, Thoughts())
    return found


def draw(area_code: str) -> None:
    """The two boxes, with where the words stay."""
    opened = panels.panel("board_thoughts", "**What do we think, and what do we ask?**", bool(thoughts(area_code)))
    if opened is None:
        return
    with opened:
        st.markdown(WHERE_THEY_STAY)
        st.markdown("**Write no names of children, and nothing that points to a child.**")
        held = thoughts(area_code)
        for name, label in _BOXES.items():
            key = f"thoughts_{name}_{area_code}"
            st.session_state[key] = getattr(held, name)
            st.text_area(
                f"{label} (up to {MOST_SIGNS:,} signs)",
                key=key,
                max_chars=MOST_SIGNS,
                height=120,
                on_change=_keep,
                args=(area_code,),
            )
        if held:
            st.button("Take these words out", key="thoughts_out", on_click=_take_out, args=(area_code,))


def _keep(area_code: str) -> None:
    typed = {name: str(st.session_state.get(f"thoughts_{name}_{area_code}") or "")[:MOST_SIGNS] for name in _BOXES}
    st.session_state.setdefault(_HELD, {})[area_code] = Thoughts(**typed)


def _take_out(area_code: str) -> None:
    """Forget the words on an area."""
    st.session_state.get(_HELD, {}).pop(area_code, None)
