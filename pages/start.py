"""Start: an area at a glance, or where to begin."""

import streamlit as st

from sendlib import portrait as portraits
from sendlib.view import controls, frame, lens, portrait

WAYS = {
    "explore": "shows everything, for analysts and commissioners.",
    "show": "is for a shared screen, with one picture and large type.",
    "families": "has the same numbers in fewer and plainer words.",
}


def welcome() -> None:
    """What this is, two areas to try, and the three ways to look; the box for an area stands above."""
    st.title("What is known about SEND where you live or work?")
    st.markdown(
        "Published figures about children and young people with special educational needs and disabilities (SEND)."
        " **Type your council, district, postcode or NHS area in the box above**, or try one of these:"
    )
    frame.examples(2)
    st.header("Three ways to look")
    st.markdown("\n".join(f"- **{controls.MODES[mode]}** {words}" for mode, words in WAYS.items()))
    st.markdown("Every figure has its source and its date. The address of a page holds what you chose.")


def at_a_glance() -> None:
    """The six statements first, each as soon as it is there; then what is newest, missing and next."""
    view, query = shell.view, controls.as_query(shell.view)
    beside = f" beside {view.beside.short_name}" if view.beside else ""
    st.title(f"{view.area.short_name}{beside} at a glance")
    cards = {}
    with st.container(key="glances"):
        for question in lens.pages():
            whole = st.empty()
            with whole.container(key=f"glance_{question.name}"):
                st.page_link(
                    frame.page_path(question.name), label=f"**{question.title}**", query_params=query, width="stretch"
                )
                cards[question] = portrait.Card(whole, st.empty())
    answers = portrait.draw(view, cards)
    if key := portrait.key(answers):
        st.html(key)
    if view.mode != "show":  # below, so that the first screen is the cards'
        lens.choose(view.mode)
    more = portraits.of(answers)
    portrait.say_more(more, view.mode, answered=len(answers) == len(cards))
    if view.mode == "show" or not more.onward:
        return
    st.header("Look next")
    with st.container(key="onward"):
        for onward in more.onward:
            words = onward.words.in_mode(view.mode)
            st.page_link(frame.page_path(onward.page), label=words, query_params={**query, **onward.query})


shell = frame.begin_page("start", compared_in=())
if shell.view.area is None:
    with st.container(key="welcome"):
        welcome()
else:
    at_a_glance()
if shell.view.mode != "show":
    frame.footer()
