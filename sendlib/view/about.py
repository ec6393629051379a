"""About the data in each mode: one calm screen for a room, plain and short for families, everything in Explore."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from sendlib import about_words, service, settings
from sendlib.about import About
from sendlib.about_words import Part
from sendlib.answer import Mode
from sendlib.answer.text import said_in
from sendlib.view import bar, frame, panels, refreshing, tables


def _say(parts: Sequence[Part], mode: Mode, level: Callable[[str], object]) -> None:
    """Headings, each with its sentences."""
    for part in parts:
        if said := said_in(mode, tuple(part.texts)):
            level(part.heading)
            st.markdown("\n\n".join(said))


def _at_a_glance(about: About, mode: Mode) -> None:
    """What it is, where from, how new and what is missing, beside each other where there is room."""
    for first in range(0, len(about.glance), 2):
        for column, part in zip(st.columns(2, gap="large"), about.glance[first : first + 2], strict=False):
            with column:
                _say([part], mode, st.header)


def _accessibility(mode: Mode) -> None:
    """The statement, and whom to tell."""
    _say(about_words.ACCESSIBILITY, mode, st.subheader)
    told = about_words.TELL_US if settings.read().feedback else about_words.TELL_WHOM
    st.markdown(told.in_mode(mode))


def _newer(about: About) -> None:
    """The buttons that fetch what is newer."""
    st.header("Newer figures")
    st.markdown(
        "The publishers are asked for releases newer than those held. What comes is checked before it is used: its"
        " layout, its rows, its areas and England's totals. If anything is wrong, the figures held before stay."
    )
    refreshing.panel(about.titles)


def _for_families(about: About) -> None:
    """Plain and short: the rest is in Explore."""
    st.header("When a number is missing")
    st.markdown("You may read one of these in place of a number.")
    tables.draw_frame("missing", about.missing_for_families, "When a number is missing")
    if opened := panels.panel("accessibility", "Accessibility"):
        with opened:
            _accessibility("families")
    if opened := panels.panel("words", "What words mean"):
        with opened:
            tables.draw_frame("words", about.words, "What words mean")
    if opened := panels.panel("releases", "All tables, and how new each is"):
        with opened:
            tables.draw_frame("releases", about.releases, "All tables, and how new each is")
    if opened := panels.panel("newer", "Fetch newer figures"):
        with opened:
            _newer(about)


def _for_analysts(about: About) -> None:
    """Every table, its sources, what is missing in it, and what the documents of others say wrongly."""
    st.markdown(
        "Most figures were read from files as their publishers released them. Where such a file was not to be had, they"
        " come from a copy or an extract that somebody else keeps: flows between authorities, special schools, needs of"
        " pupils by school and several NHS series. Each table below says which. All were checked and are kept with"
        " their source. The shipped figures need no network; newer ones can be fetched below. On a shared screen and"
        " for families a count of 1 to 4 below the level of an authority is written as fewer than 5. That is courtesy,"
        " not protection: the publisher has the numbers, and Explore, files and the command line show them."
    )
    _newer(about)
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
        "Five public documents ask the questions that this tool answers. Some of their numbers do not add up; these"
        " are used instead."
    )
    tables.draw_frame("corrections", about.corrections, "Corrections")
    st.header("Accessibility")
    _accessibility("explore")


def draw(mode: Mode) -> None:
    """The page."""
    shown = service.about()
    st.title("Where does it come from, and can I trust it?")
    for message in shown.damaged:
        st.error(message)
    for message in shown.problems:
        st.warning(message)
    with st.container(key="about_at_a_glance"):
        _at_a_glance(shown, mode)
    if mode == "show":
        frame.printed(bar.here())
        return
    (_for_families if mode == "families" else _for_analysts)(shown)
    frame.footer()
