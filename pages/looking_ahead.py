"""Looking ahead: how many children may need support by 2030?"""

import streamlit as st

from sendlib.questions.looking_ahead import QUESTION
from sendlib.questions.looking_ahead.choices import DAMPING, GROWTH, SCENARIO, SPREAD
from sendlib.questions.looking_ahead.scenarios import OWN, column
from sendlib.view import address, frame

CLOSER = (
    "fitted",
    "moves",
    "place",
    "scenarios",
    "populations",
    "handover",
    "areas",
    "send",
    "backtest",
    "known",
    "survival",
    "codes",
    "elsewhere",
    "complexity",
)

shell = frame.begin(QUESTION)
answer = frame.ask(shell, QUESTION)


def take_out() -> None:
    """Take the reader's own scenario out of the address, and with it the differences that went with it."""
    gone = {choice.name: "" for choice in (GROWTH, DAMPING, SPREAD)}
    address.put({**gone, SCENARIO.name: ""} if answer.chosen(SCENARIO.name) == OWN else gone)


def draw_own() -> None:
    """What takes a reader's own scenario out again, while there is one."""
    if column(OWN) in answer.tables["fan"].data:
        st.button("Take my own scenario out", on_click=take_out)


frame.draw_page(shell, answer, CLOSER, begin_open=("fitted", "backtest"), own={"scenarios": draw_own})
