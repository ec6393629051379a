"""The numbers behind a picture: a real table, what its columns mean, its download and its sources."""

from __future__ import annotations

from html import escape

import streamlit as st

from sendlib.answer import Answer, Mode, Table
from sendlib.exports.csv import as_csv
from sendlib.view import tables

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
    st.download_button(
        "Download these numbers (CSV)",
        lambda: as_csv(table, answer),
        file_name=f"{answer.question}-{name}-{answer.area.code}.csv",
        mime="text/csv",
        key=f"download_{whose}{name}",
        on_click="ignore",
    )
    source_lines(answer, table.sources)


def _what_the_columns_mean(table: Table, mode: Mode) -> None:
    """The codebook of a table, to be opened without another run of the page."""
    rows = "".join(f"<dt>{escape(heading)}</dt><dd>{escape(meaning)}</dd>" for heading, meaning in table.codebook(mode))
    st.html(f'<details class="codebook"><summary>What the columns mean</summary><dl>{rows}</dl></details>')


def source_lines(answer: Answer, names: tuple[str, ...]) -> None:
    """Sources with dates and links."""
    lines = [f"- [{source.publication}]({source.url}), {source.which()}" for source in answer.citations(names)]
    st.markdown("\n".join(lines))
