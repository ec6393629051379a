"""A list that a reader looks through: found by words, over a real table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from sendlib.answer import Answer, Mode
from sendlib.answer.numbers import count_of, written
from sendlib.view import address, tables
from sendlib.view.ordering import plain

MOST_ROWS = 100
"""Rows of the list that are shown at once; the file has all of them."""


@dataclass(frozen=True)
class Listing:
    """How a table is listed: what one row is called and several, what the box for the words says, by which of its
    columns a row is found, and by which the list is in order when it begins."""

    one: str
    several: str
    find: str
    found_by: Sequence[str]
    begins: str


def draw(answer: Answer, name: str, listing: Listing, mode: Mode) -> None:
    """The box, how many were found, and the rows."""
    table = answer.tables[name]
    if table.data.empty:
        st.markdown(f"There is no {listing.one} in this list.")
        return
    shown = table.readable(mode)
    headings = {column: described.heading_in(mode) for column, described in table.columns_in(mode).items()}
    text = _words(name, listing.find)
    found_by = [headings[by] for by in listing.found_by if by in headings]
    rows = shown.index[matching(shown[found_by], text)]
    st.markdown(_how_many(len(rows), len(shown), listing, text))
    if len(rows):
        tables.draw_of(table, answer.area, name, mode, rows=rows, begins=listing.begins, most=MOST_ROWS)


def matching(shown: pd.DataFrame, text: str) -> pd.Series:
    """Which rows have all words of a text in their cells, whatever their case and accents."""
    cells = shown.agg(" ".join, axis=1).map(plain)
    found = pd.Series(True, index=shown.index)
    for word in plain(text).split():
        found &= cells.str.contains(word, regex=False)
    return found


def _how_many(found: int, held: int, listing: Listing, text: str) -> str:
    """`12 of 34 schools`, and that not all of them are shown."""
    said = f"**{count_of(held, listing.one, listing.several)}**"
    if text.strip():
        said = f"**{written(found, 0)} of {count_of(held, listing.one, listing.several)}** found"
    return f"{said}; the first {MOST_ROWS} in this order are shown." if found > MOST_ROWS else f"{said}."


def _words(name: str, label: str) -> str:
    """The box for words to be found by; what it holds stands in the address."""
    key, parameter = f"find_{name}", f"find_{name}"
    st.session_state[key] = address.asked(parameter)
    return st.text_input(label, key=key, on_change=_take_words, args=(parameter, key))


def _take_words(parameter: str, key: str) -> None:
    address.put({parameter: str(st.session_state[key]).strip()})
