"""Naming areas in pictures: who is named stands in the address, and a click on a dot or a line is a shortcut."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import streamlit as st

from sendlib.answer.model import MOST_PINNED
from sendlib.view import address

PIN = "pin"
_CLICKS = "clicks_on_pictures"
"""Where the session counts the clicks on each picture."""


def of_address() -> tuple[str, ...]:
    """Codes of the areas to be named, as the address has them: the last few of them."""
    codes = (part.strip() for part in address.asked(PIN).split(","))
    return tuple(dict.fromkeys(code for code in codes if code))[-MOST_PINNED:]


def _put(codes: Iterable[str]) -> None:
    """Write who is to be named; one too many takes the place of the first."""
    address.put({PIN: ",".join(list(codes)[-MOST_PINNED:])})


def draw(who: Mapping[str, str], name: str) -> None:
    """The control that names areas of a picture, for every way of using a page; a click does the same."""
    key = f"choose_{PIN}_{name}"
    st.session_state[key] = [code for code in of_address() if code in who]
    st.multiselect(
        "Name in the picture",
        list(who),
        max_selections=MOST_PINNED,
        key=key,
        format_func=lambda code: who.get(code, code),
        placeholder=f"Nobody, or choose up to {MOST_PINNED}",
        help="A click on a dot or a line names its area as well, and a second click takes the name away. Names stay"
        " from page to page; one too many takes the place of the first.",
        on_change=_take,
        args=(key, tuple(who)),
    )


def _take(key: str, offered: tuple[str, ...]) -> None:
    """Write the choice of a control; who is named but not offered by it stays."""
    chosen = list(st.session_state[key])
    before = of_address()
    kept = [code for code in before if code in chosen or code not in offered]
    _put([*kept, *(code for code in chosen if code not in kept)])


def key_of(picture: str) -> str:
    """The key of a picture that can be clicked: another one after each click.

    A chart keeps what was selected in it, and nothing can take that away but another chart: so every click is heard
    once, and a second one on the same mark is heard as well.
    """
    number = _clicks().get(picture, 0)
    return f"{picture}_{number}" if number else picture


def take_click(picture: str, key: str) -> None:
    """A click on an area of a picture names it, or takes its name away.

    A reader who does something else at once sends the click along once more, of a chart that is drawn no longer: it
    was heard the first time.
    """
    if key != key_of(picture):
        return
    chosen = [rows for rows in st.session_state[key].selection.values() if rows]
    if not chosen:
        return
    code = str(chosen[0][0]["area_code"])
    before = of_address()
    _clicks()[picture] = _clicks().get(picture, 0) + 1
    _put([one for one in before if one != code] if code in before else [*before, code])


def _clicks() -> dict[str, int]:
    found: dict[str, int] = st.session_state.setdefault(_CLICKS, {})
    return found
