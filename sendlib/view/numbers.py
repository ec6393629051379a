"""The numbers behind a picture: a real table, what its columns mean, its files and its sources."""

from __future__ import annotations

from functools import partial
from html import escape

import streamlit as st

from sendlib.answer import Answer, Mode, Table
from sendlib.exports.formats import FORMATS
from sendlib.exports.numbers import numbers_of, stem
from sendlib.exports.text import to_copy
from sendlib.provenance import Provenance
from sendlib.view import bar, tables

MOST_ROWS = 2000
"""Rows that a page shows: more would make a browser slow, and nobody reads them there."""


def see_the_numbers(answer: Answer, name: str, mode: Mode, whose: str = "") -> None:
    """A table of an answer with all that belongs to it; `whose` tells two of the same name apart."""
    table = answer.tables[name]
    st.markdown(f"{table.caption.in_mode(mode)}.")
    rows = len(table.data)
    if rows > MOST_ROWS:
        st.markdown(f"The first {MOST_ROWS:,} of {rows:,} rows in this order; the file has all of them.")
    # A table that has to be searched begins in order of its first column; of a short one the answer's order is meant.
    begins = next(iter(table.columns_in(mode))) if rows > tables.LONG else ""
    tables.draw_of(table, answer.area, f"{whose}{name}", mode, begins=begins, most=MOST_ROWS)
    _what_the_columns_mean(table, mode)
    _take_away(answer, name, mode, whose)
    source_lines(answer, table.sources)


def _take_away(answer: Answer, name: str, mode: Mode, whose: str) -> None:
    """The numbers as files, and as text to be copied into a paper. A file is made when it is asked for."""
    with st.container(horizontal=True, key=f"take_{whose}{name}"):
        for kind, made in FORMATS.items():
            if mode != "explore" and made.analysts_only:
                continue
            st.download_button(
                f"Download {made.label}",
                partial(_made, kind, answer, name, bar.here()),
                file_name=f"{stem(answer, name)}{made.ending}",
                mime=made.kind,
                key=f"download_{kind}_{whose}{name}",
                on_click="ignore",
            )
        with st.popover("Copy as text", key=f"copy_{whose}{name}"):
            st.code(to_copy(answer, name, mode), language=None, wrap_lines=True)


def _made(kind: str, answer: Answer, name: str, link: str) -> bytes:
    return FORMATS[kind].make(numbers_of(answer, name, link))


def _what_the_columns_mean(table: Table, mode: Mode) -> None:
    """The codebook of a table, to be opened without another run of the page."""
    rows = "".join(f"<dt>{escape(heading)}</dt><dd>{escape(meaning)}</dd>" for heading, meaning in table.codebook(mode))
    st.html(f'<details class="codebook"><summary>What the columns mean</summary><dl>{rows}</dl></details>')


def source_lines(answer: Answer, names: tuple[str, ...]) -> None:
    """Sources with dates and links."""
    st.markdown("\n".join(f"- {_linked(source)}, {source.which()}" for source in answer.citations(names)))


def _linked(source: Provenance) -> str:
    """A publication with its link, where one is known."""
    return f"[{source.publication}]({source.url})" if source.url else source.publication
