"""Start: what can be asked here, and of which area."""

import streamlit as st

from sendlib import questions
from sendlib.view import controls, frame

shell = frame.begin_page("start")
area = shell.view.area

st.title("SEND Explorer")
st.markdown(
    "Published figures about children and young people with special educational needs and disabilities (SEND), for each"
    " local authority in England, beside the authorities most like it. Every figure has its source and its date."
)
if area is None:
    st.markdown("**Choose an area above to begin**, or look at one of these:")
    frame.examples()
st.header(f"Questions about {area.name}" if area else "Questions")
asked = {question.name: question.words for question in questions.QUESTIONS}
for name, words in {**asked, "about_data": "Where does it come from, and can I trust it?"}.items():
    st.page_link(
        frame.page_path(name), label=f"**{frame.PAGES[name]}**: {words}", query_params=controls.as_query(shell.view)
    )
st.header("Three ways to look")
st.markdown(
    "- **Explore** shows everything: for analysts and commissioners.\n"
    "- **Show** is for a shared screen: one picture, three figures, large type.\n"
    "- **Families** has the same numbers in fewer and plainer words.\n\n"
    "The address of a page holds what you chose: a link that you paste opens the same view."
)
frame.footer()
