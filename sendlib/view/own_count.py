"""A reader's own count of placements out of area: a form, and the count in the memory of the session, by area."""

from __future__ import annotations

import streamlit as st

from sendlib.answer import Answer
from sendlib.questions.places import own_count
from sendlib.questions.places.own_count import Count

_COUNTS, _PROBLEM = "own_counts", "own_count_problem"
"""Where the session keeps the counts, by area, and what was wrong with what was typed last."""
_FIELDS = {
    "out": ("Placed out of area", ""),
    "of": ("Of how many plans (optional)", ""),
    "when": ("When (optional)", "2025 or 2024/25"),
}


def draw(answer: Answer) -> None:
    """The count in words with the button that takes it out, or the form."""
    st.markdown(
        "Your count goes to the computer that runs this app and stays in its memory for this visit only; a reload or"
        " closing the page loses it. It is in no link and in no download."
    )
    code = answer.area.code
    count = _counts().get(code)
    if count is None:
        _draw_form(answer)
        return
    all_numbers = count.small and st.checkbox(
        "Write numbers of 1 to 4 as they are: they could point to a child", key=f"own_count_all_{code}"
    )
    st.info(own_count.said(answer, count, all_numbers=all_numbers))
    st.button("Take this count out", key="take_count_out", on_click=_take_out, args=(code,))


def _counts() -> dict[str, Count]:
    found: dict[str, Count] = st.session_state.setdefault(_COUNTS, {})
    return found


def _key(field: str, code: str) -> str:
    return f"own_count_{field}_{code}"


def _draw_form(answer: Answer) -> None:
    code = answer.area.code
    if problem := st.session_state.pop(_PROBLEM, ""):
        st.warning(problem)
    with st.form("own_count", border=False):
        for column, (field, (label, example)) in zip(st.columns(len(_FIELDS)), _FIELDS.items(), strict=True):
            column.text_input(label, key=_key(field, code), placeholder=example or None, max_chars=40)
        st.form_submit_button("Set it beside DfE's number", on_click=_take, args=(answer,))


def _take(answer: Answer) -> None:
    """Keep what was typed, or say what is wrong with it."""
    code = answer.area.code
    found = own_count.entered(answer, *(str(st.session_state[_key(field, code)]) for field in _FIELDS))
    if isinstance(found, Count):
        _counts()[code] = found
    else:
        st.session_state[_PROBLEM] = found


def _take_out(code: str) -> None:
    """Forget the count of an area, and what was typed for it."""
    _counts().pop(code, None)
    for field in (*_FIELDS, "all"):
        st.session_state.pop(_key(field, code), None)
