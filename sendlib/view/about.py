"""About the data in each mode: three sentences and a calendar first, then a search, then parts that open.

A shared screen has the first alone, and families the parts that are told plainly. What belongs to whoever runs this
copy (fetching, settings) is in Explore.
"""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from sendlib import service, settings
from sendlib.about import About, accessibility, finding, lists
from sendlib.about.finding import Entry
from sendlib.about.parts import Part
from sendlib.answer import Mode
from sendlib.answer.text import said_in
from sendlib.catalogue.indicators import lenses
from sendlib.view import address, bar, controls, frame, lens, panels, refreshing, tables

_TABLE = "table"
"""What the address has for the table that is looked at in detail."""
_NEWER = (
    "The publishers are asked for releases newer than those held. What comes is checked before it is used: its layout,"
    " its rows, its areas and England's totals. If anything is wrong, the figures held before stay."
)
_COPIES = (
    "Most figures were read from files as their publishers released them. Where such a file was not to be had, they"
    " come from a copy or an extract that somebody else keeps: flows between authorities, special schools, needs of"
    " pupils by school and several NHS series. Each table says which. On a shared screen and for families a count of 1"
    " to 4 below the level of an authority is written as fewer than 5. That is courtesy, not protection: the publisher"
    " has the numbers, and Explore, files and the command line show them."
)


def draw(shell: frame.Shell) -> None:
    """The page."""
    mode, shown = shell.view.mode, service.about()
    st.title("Where does it come from, and can I trust it?")
    for message in shown.damaged:
        st.error(message)
    for message in shown.problems:
        st.warning(message)
    with st.container(key="about_at_a_glance"):
        st.markdown("\n".join(f"- {words}" for words in said_in(mode, tuple(shown.sentences))))
        tables.draw_frame("when", shown.calendar.first, "When the sources last changed, and when they are next due")
        if mode != "show":
            st.markdown(shown.calendar.said.in_mode(mode))
    if mode == "show":
        frame.printed(bar.here())
        return
    _search(shown, shell)
    _parts(shown, mode)
    frame.footer()


def _search(shown: About, shell: frame.Shell) -> None:
    """A box, and what was found, each with a way to it."""
    mode = shell.view.mode
    st.header("Find something", anchor=False)
    st.session_state["about_find"] = address.asked(address.FIND)
    typed = st.text_input(
        "Search tables, indicators, words and methods" if mode == "explore" else "What are you looking for?",
        key="about_find",
        on_change=_take,
        placeholder="For example: waiting for a plan",
    )
    if not typed.strip():
        return
    found = finding.find([one for one in shown.entries if mode == "explore" or one.plain], typed)
    with st.container(key="about_found"):
        st.html(f'<p role="status" class="found">{_how_many(found)}</p>')
        for place, entry in enumerate(found.entries):
            with st.container(key=f"found_{place}"):
                _result(entry, shell)


def _how_many(found: finding.Found) -> str:
    if not found.entries:
        return "Nothing here has these words. Try another word, or open the parts below."
    some = len(found.entries) - found.whole
    more = f" {found.more} more: another word narrows them." if found.more else ""
    if not some:
        return f"{found.whole} found.{more}"
    first = f"{found.whole} with all of these words, then" if found.whole else "Nothing has all of these words;"
    return f"{first} {some} with some of them.{more}"


def _result(entry: Entry, shell: frame.Shell) -> None:
    """A link to where it stands, what kind of thing it is, and what it says."""
    query = controls.as_query(shell.view)
    here = {**query, address.FIND: address.asked(address.FIND), address.OPEN: entry.part, _TABLE: entry.table}
    page = entry.page or "about_data"
    target = query if entry.page else {name: value for name, value in here.items() if value}
    st.page_link(frame.page_path(page), label=f"**{entry.title}**", query_params=target)
    st.caption(f"{entry.kind}. {entry.plain if shell.view.mode == 'families' else entry.says}")


def _parts(shown: About, mode: Mode) -> None:
    """The parts of a mode, each made when it is opened."""
    st.header("Look closer", anchor=False)
    if mode == "explore":
        st.markdown(_COPIES)
    _open("newer", "Fetch newer figures" if mode == "explore" else "", lambda: _fetch(shown))
    _open("indicators", _INDICATORS[mode], lambda: _indicators(mode))
    for part in shown.parts:
        _open(part.name, part.heading.in_mode(mode), lambda part=part: _part(part, mode))  # type: ignore[misc]
        if part.name == "releases":
            _open("details", "One table in detail" if mode == "explore" else "", lambda: _details(shown))
    _open("method", "How each number is made" if mode == "explore" else "", lambda: _methods(shown))
    _open("accessibility", "Accessibility", lambda: _accessibility(mode))
    _open("fault", "How to report a fault", lambda: st.markdown(_told(mode)))


_INDICATORS: dict[Mode, str] = {
    "explore": "The 47 indicators of 2018, and where each lives today",
    "families": "What experts asked to be measured in 2018",
    "show": "",
}


def _open(name: str, heading: str, draw_it: Callable[[], object]) -> None:
    """A part with a heading in this mode, drawn when it is open."""
    if heading and (opened := panels.panel(name, heading)):
        with opened:
            draw_it()


def _part(part: Part, mode: Mode) -> None:
    for words in said_in(mode, part.said):
        st.markdown(words)
    if part.listed:
        st.markdown(part.listed[mode])
    if (table := part.table(mode)) is not None:
        tables.draw_frame(part.name, table, part.heading.in_mode(mode))


def _fetch(shown: About) -> None:
    st.markdown(_NEWER)
    refreshing.panel({name: info.title for name, info in shown.tables.items()})
    st.markdown(service.not_brought())


def _details(shown: About) -> None:
    """One table of the store, its sources and what is missing in it."""
    names = list(shown.tables)
    asked = address.asked(_TABLE)
    st.session_state["about_table"] = asked if asked in names else names[0]
    name = st.selectbox(
        "Which table?",
        names,
        key="about_table",
        format_func=lambda one: f"{shown.tables[one].title} ({one})",
        on_change=lambda: address.put({_TABLE: st.session_state["about_table"]}),
    )
    for paragraph in service.about_table(name):
        st.markdown(paragraph)


def _indicators(mode: Mode) -> None:
    """The indicators through a lens, and the statements that they serve."""
    if mode == "explore":
        st.markdown(f"From: {lists.SLIDES}. Each serves statements of its logic model, named by their codes.")
    picked = lens.choose(mode)
    held = lists.indicators_in(picked, mode)
    if len(held):  # else the lens says why it has none
        tables.draw_frame("indicators", held, _INDICATORS[mode])
    if mode == "explore":
        st.markdown("**The statements of the logic model**")
        tables.draw_frame("statements", lists.statements_in(mode), "The statements of the logic model")
        named = "; ".join(f"{one.name}: {one.asks}" for one in lenses())
        st.markdown(f"**The three lenses.** {named}")


def _methods(shown: About) -> None:
    if not shown.methods:
        st.markdown("This copy was installed without its document on methods (docs/method.md).")
    for heading, text in shown.methods.items():
        st.subheader(heading, anchor=False)
        st.markdown(text)


def _accessibility(mode: Mode) -> None:
    """The statement, and whom to tell."""
    for part in accessibility.STATEMENT:
        if said := said_in(mode, tuple(part.texts)):
            st.subheader(part.heading, anchor=False)
            st.markdown("\n\n".join(said))
    st.markdown(_told(mode))


def _told(mode: Mode) -> str:
    """Whom to tell of a fault or a barrier."""
    told = accessibility.TELL_US if settings.read().feedback else accessibility.TELL_WHOM
    return f"{accessibility.WHAT_TO_SAY.in_mode(mode)} {told.in_mode(mode)}"


def _take() -> None:
    """Other words to search for: what was open for the last ones stays as it is."""
    address.put({address.FIND: st.session_state["about_find"].strip()})
