"""Needs: which needs do children have, and is that unusual?"""

import streamlit as st

from sendlib.questions import needs
from sendlib.view import charts, frame

shell = frame.begin_page()
answer = frame.answer_for(shell, needs)
mode = shell.view.mode


def picture() -> None:
    st.html(charts.needs_key(answer))
    st.vega_lite_chart(
        charts.needs_data(answer, mode),
        charts.needs(answer, mode),
        theme=None,
        alt=f"{answer.title}. {answer.headline.councillor}",
        key="chart_needs",
    )


def look_closer() -> None:
    frame.see_the_numbers(answer, "comparators", "**Each of those compared**")


frame.draw_page(shell, answer, picture, look_closer)
