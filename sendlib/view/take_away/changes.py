"""What changed for us since the release before: a short list first, the rest as tables, and what is due next."""

from __future__ import annotations

from html import escape

import streamlit as st

from sendlib import service
from sendlib.answer import Answer, Mode
from sendlib.answer.text import said_in
from sendlib.compared.comparators import DEFAULT
from sendlib.errors import SendlibError
from sendlib.view import controls, frame, panels
from sendlib.view.frame import Shell
from sendlib.view.numbers import see_the_numbers
from sendlib.view.words import as_html

MOST_IN_THE_ROOM = 8
"""Lines of the list for which a shared screen has room."""
_PARTS = {
    "first": "See the numbers",
    "moved": "All figures over time, and how each moved",
    "revised": "Figures that differ from the release before",
    "releases": "Releases that a refresh has brought",
    "missing": "Measures without a figure of the newest period",
    "due": "What is out already, and what is due next",
}
"""The tables under the list, in their order, with what opens each."""
_OF_EVERYBODY = ("first", "due")
"""Those that families have: the others are long and full of the field's words, or divide an authority's children."""


def draw(shell: Shell) -> None:
    """The part on the page."""
    view, mode = shell.view, shell.view.mode
    if view.area is None:
        st.markdown("**Choose an area above to see what changed for it**, or look at one of these:")
        frame.examples()
        return
    try:
        # Whom the area is compared with changes nothing here: only its own figures are looked at.
        with st.spinner("Setting the newest figures beside those before them"):
            answer = service.changes(view.area.code, DEFAULT)
    except SendlibError as error:
        st.error(str(error))
        return
    if mode == "show":
        _draw_show(answer, shell)
        return
    st.header(answer.title.in_mode(mode))
    st.html(f'<p class="sentence">{as_html(answer.headline.in_mode(mode), mode)}</p>')
    _draw_lines(answer, shell)
    _draw_said(answer, mode)
    for name, heading in _PARTS.items():
        if _has(answer, name, mode) and (
            opened := panels.panel(f"changes-{name}", heading, begins_open=name == "due" and mode == "explore")
        ):
            with opened:
                see_the_numbers(answer, name, mode)
    frame.draw_lists(answer, mode)


def _draw_said(answer: Answer, mode: Mode) -> None:
    """The rule, and what is held to compare with."""
    if answer.verdicts:
        st.markdown(answer.verdicts[0].rule.in_mode(mode))
    for note in answer.notes_about(""):
        (st.warning if note.kind == "caution" else st.info)(note.text.in_mode(mode))


def _draw_lines(answer: Answer, shell: Shell, most: int | None = None) -> None:
    """The short list: each line leads to the page that holds the figure."""
    mode, query = shell.view.mode, controls.as_query(shell.view)
    pages = list(answer.tables["first"].data["page_code"])
    with st.container(key="moves"):
        for verdict, page in list(zip(answer.verdicts, pages, strict=True))[:most]:
            st.page_link(frame.page_path(page), label=verdict.words.in_mode(mode), query_params=query, width="stretch")


def _has(answer: Answer, name: str, mode: Mode) -> bool:
    """Whether a mode has a table, and there is anything in it."""
    return not answer.tables[name].data.empty and (mode == "explore" or name in _OF_EVERYBODY)


def _draw_show(answer: Answer, shell: Shell) -> None:
    """For a shared screen: the statement, the lines and a line of sources, without scrolling."""
    st.title(answer.title.in_mode("show"))
    st.html(f'<p class="sentence">{escape(answer.headline.in_mode("show"))}</p>')
    _draw_lines(answer, shell, MOST_IN_THE_ROOM)
    notes = " ".join(said_in("show", tuple(note.text for note in answer.notes_about(""))))
    rule = f"More than usual: {answer.verdicts[0].rule.in_mode('show').lower()}. " if answer.verdicts else ""
    named = dict.fromkeys(source.publication for source in answer.citations(answer.tables["first"].sources))
    source = f" Source: {'; '.join(named)}." if named else ""
    st.html(f'<p class="source">{escape(f"{rule}{notes}{source}")}</p>')
    frame.say_more(answer)
