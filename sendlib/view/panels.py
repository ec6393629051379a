"""Parts of a page that a reader opens: made only then, and held in the address."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from sendlib.view import address

ALL, NONE = "all", "none"
_SEEN = "panels_of_page"
"""Where the session keeps the parts of this run and whether each begins open."""
_STAY, _PAGE = "panels_that_stay_open", "page_of_panels"
"""Parts that began open because of what was chosen in them: they stay so when the choice is taken back, or they would
close under the reader's hand."""


_FIND = "find_in_panels"


@dataclass(frozen=True)
class Part:
    """A part of a page that opens: its name in the address, its heading, the group that it stands in, and whether it
    begins open."""

    name: str
    heading: str
    group: str = ""
    begins_open: bool = False


def begin(page: str) -> None:
    """Forget the parts of the run before, and those of another page altogether."""
    st.session_state[_SEEN] = {}
    if st.session_state.get(_PAGE) != page:
        st.session_state[_PAGE], st.session_state[_STAY] = page, set()


def panel(name: str, heading: str, begins_open: bool = False) -> DeltaGenerator | None:
    """A part with its heading; what it is to be filled into, or None while it is closed."""
    key = f"open_{name}"
    st.session_state[key] = _is_open(name, begins_open)
    opened = st.expander(heading, key=key, on_change=_changed, args=(name, key))
    return opened if opened.open else None


def switch(name: str, label: str) -> bool:
    """A switch within a part, such as the one for its numbers: whether it is on."""
    key = f"open_{name}"
    st.session_state[key] = _is_open(name, False)
    return st.toggle(label, key=key, on_change=_changed, args=(name, key))


def in_groups(heading: str, parts: Sequence[Part], groups: Sequence[str], draw: Callable[[str], None]) -> None:
    """Parts under the headings of their groups, with a search over their names beside the heading over all of them;
    `draw` fills one that is open. Those without a group stand first."""
    with st.container(horizontal=True, vertical_alignment="center", key="over_groups"):
        st.header(heading)
        find(len(parts))
    found = [part for part in parts if is_found(part)]
    for part in parts:
        if part not in found:  # what a part begins as is known though it is not shown
            _is_open(part.name, part.begins_open)
    if not found:
        st.markdown(f"No part is called “{address.asked(address.FIND)}”.")
    for group in ("", *groups):
        held = [part for part in found if part.group == group]
        if held and group:
            st.subheader(group)
        for part in held:
            if opened := panel(part.name, f"**{part.heading}**" if group else part.heading, part.begins_open):
                with opened:
                    draw(part.name)


def find(number: int) -> None:
    """The search over the names of parts, which the address holds."""
    st.session_state[_FIND] = address.asked(address.FIND)
    st.text_input(
        "Find a part",
        key=_FIND,
        placeholder=f"Find one of {number} parts: a word, then Enter",
        label_visibility="collapsed",
        on_change=_look,
    )


def _look() -> None:
    address.put({address.FIND: str(st.session_state[_FIND]).strip()})


def is_found(part: Part) -> bool:
    """Whether each word that is looked for is in the heading of a part, or of its group."""
    held = f"{part.heading} {part.group}".casefold()
    return all(word in held for word in address.asked(address.FIND).casefold().split())


def _is_open(name: str, begins_open: bool) -> bool:
    stay: set[str] = st.session_state.setdefault(_STAY, set())
    if begins_open:
        stay.add(name)
    begins_open = name in stay
    st.session_state.setdefault(_SEEN, {})[name] = begins_open
    asked = address.asked(address.OPEN)
    return begins_open if not asked else asked == ALL or name in asked.split(",")


def _changed(name: str, key: str) -> None:
    """Write what is open into the address; nothing where it is as the page begins."""
    st.session_state[_STAY].discard(name)
    seen: dict[str, bool] = st.session_state[_SEEN]
    begin_open = {part for part, begins_open in seen.items() if begins_open}
    asked = address.asked(address.OPEN)
    now = begin_open if not asked else set(seen) if asked == ALL else set(asked.split(",")) - {NONE}
    now = now | {name} if st.session_state[key] else now - {name}
    order = [part for part in seen if part in now] + sorted(now - set(seen))
    address.put({address.OPEN: "" if now == begin_open else ",".join(order) or NONE})
