"""The numbers behind a picture: a real table, what its columns mean, its download and its sources."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

import pandas as pd
import streamlit as st

from sendlib.answer import Answer, Mode, Table
from sendlib.exports.csv import as_csv
from sendlib.view import address

LONG_TABLE = 30
"""Rows above which a table can be sorted."""
MOST_ROWS = 2000
"""Rows that a page shows: more would make a browser slow, and nobody reads them there."""


def see_the_numbers(answer: Answer, name: str, mode: Mode, whose: str = "") -> None:
    """A table of an answer with all that belongs to it; `whose` tells two of the same name apart."""
    table = answer.tables[name]
    st.markdown(f"{table.caption.in_mode(mode)}.")
    shown = table.readable(mode)
    if len(shown) > LONG_TABLE:
        shown = shown.loc[_in_order(table, f"{whose}{name}", mode)]
    if len(shown) > MOST_ROWS:
        st.markdown(f"The first {MOST_ROWS:,} of {len(shown):,} rows in this order; the file has all of them.")
        shown = shown.iloc[:MOST_ROWS]
    # Without the index: of sorted rows it is an unnamed column of numbers that reads like a rank.
    st.table(shown, hide_index=True)
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


def _in_order(table: Table, name: str, mode: Mode) -> pd.Index:
    """The rows in the order that a reader chose: by the numbers, not by how they are written."""
    columns = {column: described.heading_in(mode) for column, described in table.columns_in(mode).items()}
    values = table.data[order_of(name, columns, f"sort_{name}")]
    return values.sort_values(ascending=values.dtype.kind != "f", na_position="last").index


def order_of(name: str, columns: Mapping[str, str], key: str) -> str:
    """The column that a table is in order of, which a reader chooses and which stands in the address; without a choice
    the first. `columns`: column -> its heading; `key`: of the control."""
    first = next(iter(columns))
    asked = _sorts().get(name, first)
    st.session_state[key] = asked if asked in columns else first
    return str(
        st.selectbox(
            "Sort by",
            list(columns),
            key=key,
            format_func=lambda column: columns[column],
            on_change=_take_sort,
            args=(name, key, first),
        )
    )


def _sorts() -> dict[str, str]:
    """Table -> column, as the address has them: `sort=map:per_1000`."""
    pairs = (part.partition(":") for part in address.asked(address.SORT).split(",") if ":" in part)
    return {table: column for table, _, column in pairs}


def _take_sort(name: str, key: str, first: str) -> None:
    """Write the order of a table that was chosen into the address; nothing where it is as the table begins."""
    chosen = {**_sorts(), name: str(st.session_state[key])}
    kept = [f"{table}:{column}" for table, column in chosen.items() if table != name or column != first]
    address.put({address.SORT: ",".join(kept)})


def _what_the_columns_mean(table: Table, mode: Mode) -> None:
    """The codebook of a table, to be opened without another run of the page."""
    rows = "".join(f"<dt>{escape(heading)}</dt><dd>{escape(meaning)}</dd>" for heading, meaning in table.codebook(mode))
    st.html(f'<details class="codebook"><summary>What the columns mean</summary><dl>{rows}</dl></details>')


def source_lines(answer: Answer, names: tuple[str, ...]) -> None:
    """Sources with dates and links."""
    lines = [f"- [{source.publication}]({source.url}), {source.which()}" for source in answer.citations(names)]
    st.markdown("\n".join(lines))
