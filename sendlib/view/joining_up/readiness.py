"""The readiness check: answered in the page, held in the memory of the session for one area each, and nowhere else."""

from __future__ import annotations

import streamlit as st

from sendlib.areas import Area
from sendlib.catalogue import linkage as facts
from sendlib.catalogue.linkage import Linkage, Question
from sendlib.questions.joining_up.readiness import HEADING, Readiness, as_text, placed
from sendlib.view.words import draw_list

_HELD, _PAGE = "readiness", "readiness_page"
"""Where the session keeps the answers, by area, and which of the two pages is open."""
WHERE_THEY_STAY = (
    "Your answers stay in the memory of this visit. They are in no link, and in no file unless you save them or make"
    " the pack. A reload loses them."
)
_PAGES = {"questions": "1. Six questions", "barriers": "2. What stands in the way, what helps"}


def checked(area_code: str) -> Readiness:
    """What was answered about an area in this session."""
    found: Readiness = st.session_state.get(_HELD, {}).get(area_code, Readiness())
    return found


def draw(area: Area) -> None:
    """The two pages, where the answers stand among the 91, and how to take them away."""
    linkage, held = facts.of(), checked(area.code)
    st.markdown(WHERE_THEY_STAY)
    page = st.segmented_control(
        HEADING, list(_PAGES), format_func=lambda one: _PAGES[one], default="questions", key=_PAGE, required=True
    )
    if page == "barriers":
        _draw_barriers(linkage, area.code, held)
    else:
        for question in linkage.questions:
            _draw_question(question, area.code, held)
    held = checked(area.code)
    if not held:
        st.markdown("Nothing is answered yet.")
        return
    _draw_placed(linkage, held)
    with st.container(horizontal=True, key="take_readiness"):
        st.download_button(
            "Save as text",
            as_text(linkage, held, area.name).encode("utf-8-sig"),
            f"readiness-{area.code.replace(',', '-')}.txt",
            "text/plain",
            key="download_readiness",
            on_click="ignore",
        )
        st.button("Take these answers out", key="readiness_clear", on_click=_take_out, args=(area.code,))


def _draw_question(question: Question, area_code: str, held: Readiness) -> None:
    key, words = f"readiness_{question.code}_{area_code}", {one.code: one.words for one in question.answers}
    given = held.given.get(question.code, ())
    st.session_state[key] = (given[0] if given else None) if question.one else list(given)
    st.pills(
        f"{question.number}. {question.words}",
        list(words),
        selection_mode="single" if question.one else "multi",
        format_func=lambda code: words[code],
        key=key,
        on_change=_keep,
        args=(area_code, question.code, key),
    )


def _draw_barriers(linkage: Linkage, area_code: str, held: Readiness) -> None:
    for topic, word, label, given in (
        ("barriers", "barrier", "What stands in your way?", held.barriers),
        ("enablers", "enabler", "What do you have, or could you have?", held.enablers),
    ):
        key = f"readiness_{topic}_{area_code}"
        words = {str(one["code"]): str(one[word]) for one in linkage.lists[topic]}
        st.session_state[key] = list(given)
        st.multiselect(
            label,
            list(words),
            format_func=lambda code, words=words: words[code],  # type: ignore[misc]
            key=key,
            on_change=_keep,
            args=(area_code, topic, key),
        )


def _draw_placed(linkage: Linkage, held: Readiness) -> None:
    """Where the answers stand among the councils that answered."""
    if found := placed(linkage, held):
        st.markdown(f"**Your answers among the {linkage.base} councils of 2023**")
        draw_list([line for one in found for line in one.lines], "explore", set())


def _keep(area_code: str, name: str, key: str) -> None:
    """Hold what was answered, before the page runs again."""
    value = st.session_state.get(key)
    codes = tuple(value) if isinstance(value, list) else ((str(value),) if value else ())
    held = checked(area_code)
    given = {**held.given, name: codes} if name not in ("barriers", "enablers") else held.given
    st.session_state.setdefault(_HELD, {})[area_code] = Readiness(
        given,
        codes if name == "barriers" else held.barriers,
        codes if name == "enablers" else held.enablers,
    )


def _take_out(area_code: str) -> None:
    """Forget the answers on an area."""
    st.session_state.get(_HELD, {}).pop(area_code, None)
