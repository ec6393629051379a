"""About the data: where does it come from, and can I trust it?"""

import streamlit as st

from sendlib import service
from sendlib.view import frame, panels, refreshing, tables

shell = frame.begin_page("about_data")
about = service.about()

st.title("Where does it come from, and can I trust it?")
st.markdown(
    "Most figures were read from files as their publishers released them. Where such a file was not to be had, they"
    " come from a copy or an extract that somebody else keeps: flows between authorities, special schools, needs of"
    " pupils by school and several NHS series. Each table below says which. All were checked and are kept with their"
    " source. The shipped figures need no network; newer ones can be fetched below. What a source does not hold is not"
    " available here either: nothing is estimated to fill a gap. On a shared screen and for families a count of 1 to 4"
    " below the level of an authority is written as fewer than 5. That is courtesy, not protection: the publisher has"
    " the numbers, and Explore, files and the command line show them."
)
for message in about.damaged:
    st.error(message)
for message in about.problems:
    st.warning(message)

st.header("Newer figures")
st.markdown(
    "The publishers are asked for releases newer than those held. What comes is checked before it is used: its layout,"
    " its"
    " rows, its areas and England's totals. If anything is wrong, the figures held before stay."
)
refreshing.panel(about.titles)
st.markdown(service.not_brought())

st.header("The tables, and the release of each")
tables.draw_frame("releases", about.releases, "The tables, and the release of each")

st.header("Each table in detail")
for name, heading, paragraphs in about.details:
    if opened := panels.panel(name, heading):
        for paragraph in paragraphs:
            opened.markdown(paragraph)

st.header("When the sources change")
tables.draw_frame("calendar", about.calendar, "When the sources change")

st.header("Not fetched yet")
st.markdown("What publishers have that belongs here, and that no refresh brings yet.")
tables.draw_frame("not_fetched", about.not_fetched, "Not fetched yet")

st.header("Five kinds of missing")
st.markdown("A missing figure is never drawn as a zero. It is one of these:")
tables.draw_frame("missing", about.missing, "Five kinds of missing")

st.header("Words")
tables.draw_frame("words", about.words, "Words")

st.header("Corrections of the documents that this tool answers")
st.markdown(
    "Five public documents ask the questions that this tool answers. Some of their numbers do not add up; these are"
    " used"
    " instead."
)
tables.draw_frame("corrections", about.corrections, "Corrections")
frame.footer()
