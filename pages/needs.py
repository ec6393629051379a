"""Needs: which needs do children have, and is that unusual?"""

import streamlit as st

from sendlib.questions.needs import QUESTION, recording
from sendlib.view import address, frame

CLOSER = (
    "divergence",
    "recording",
    "funnel",
    "new_plans",
    "log_ratio",
    "features",
    "comparators",
    "age",
    "sex",
    "placement",
    "ethnicity",
    "ethnic_groups",
    "started",
    "in_place",
    "schools",
    "in_need",
)

shell = frame.begin(QUESTION)
answer = frame.ask(shell, QUESTION)
needs = answer.offered["funnel_need"].options


def keep_move(changed: str) -> None:
    """Write the what-if into the address; the number box and the slider follow each other."""
    state = st.session_state
    part = state["move_slider"] if changed == "slider" else state["move_number"]
    source, target = state["move_from"], state["move_to"]
    if source == target:
        target = next(need for need in needs if need != source)
    address.put({"move": f"{source}:{target}:{part}"})


def draw_move() -> None:
    """One what-if has four controls: from which need, to which, and how much by dragging or by typing."""
    move = recording.parse(answer.chosen("move"))
    state = st.session_state
    state["move_from"], state["move_to"], state["move_slider"], state["move_number"] = (
        move.source,
        move.target,
        move.percent,
        move.percent,
    )
    left, right = st.columns(2)
    left.selectbox("From", list(needs), key="move_from", format_func=needs.get, on_change=keep_move, args=("from",))
    others = [need for need in needs if need != move.source]
    right.selectbox("To", others, key="move_to", format_func=needs.get, on_change=keep_move, args=("to",))
    left.slider("Part to move, %", 0, 100, key="move_slider", on_change=keep_move, args=("slider",))
    right.number_input(
        "Part to move, % (type it)", 0, 100, step=1, key="move_number", on_change=keep_move, args=("number",)
    )


frame.draw_page(shell, answer, CLOSER, own={"recording": draw_move})
