"""Make a table: any rows of any table that is held, in words, with how many rows before it is made."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from html import escape

import pandas as pd
import streamlit as st

from sendlib import service
from sendlib.answer import Mode
from sendlib.answer.numbers import written
from sendlib.areas import ENGLAND, Area
from sendlib.errors import SendlibError
from sendlib.exports import made as files
from sendlib.exports.formats import FORMATS, Format
from sendlib.made.building import Made, said_of_rows
from sendlib.made.described import PERIOD
from sendlib.made.query import OF
from sendlib.made.selection import Picked
from sendlib.view import address, bar, tables
from sendlib.view.controls import FIRST_MODE
from sendlib.view.frame import Shell
from sendlib.view.ordering import order_of
from sendlib.view.take_away import making_controls

MOST_ROWS, MOST_COLUMNS = 1000, 30
"""Rows and columns that the page shows; the files have all of them."""
MANY_CELLS = 100_000
"""Cells from which a file takes so long to make that a reader is shown that it is at work."""
_MARKS = re.compile(r"[\\`*_{}\[\]()#!|<>~$:]")
"""Signs with a meaning in Markdown: what a message repeats of an address is text."""
NAME = "made"
"""What the table is called in the address (its order there)."""
_ONLY_IN_EXPLORE: Mapping[Mode, tuple[str, str]] = {
    "families": (
        "Here you can make your own table from all the numbers. It has many choices and technical words. So it is in"
        " the Explore view.",
        "Open it in Explore",
    ),
    "show": ("A table is made in Explore, where its choices are.", "Open it in Explore"),
}


def draw(shell: Shell) -> None:
    """The part on the page."""
    if shell.view.mode != FIRST_MODE:
        _send_to_explore(shell.view.mode)
        return
    st.subheader("Make a table")
    st.markdown(
        "Pick a table, the areas and the periods. What is made stands in the address, so a link to it makes the same."
    )
    try:
        chosen, told = service.selection_of(dict(st.query_params.to_dict()))
        picked = service.picked(chosen, shell.view.area, shell.view.versus)
    except SendlibError as error:
        st.error(str(error))
        return
    for name, right in picked.wrong.items():
        if not right:  # else the rest of it would go as well
            address.is_wrong(name)
    picked = _in_order(picked)
    with st.container(key="making"):
        making_controls.draw(picked, shell.view.area, shell.view.versus)
    if messages := (*told, *picked.told):
        st.info("\n\n".join(_MARKS.sub(r"\\\g<0>", message) for message in messages))
    _draw_made(picked, shell.view.area)


def _send_to_explore(mode: Mode) -> None:
    words, label = _ONLY_IN_EXPLORE[mode]
    st.subheader("Make a table")
    st.markdown(words)
    st.button(label, key="make_in_explore", on_click=address.put, args=({"mode": ""},))


def _in_order(picked: Picked) -> Picked:
    """The selection with the order that the address has for the table, as far as it has that column."""
    across = picked.across
    tops = picked.periods if across == PERIOD else picked.codes if across in picked.held.described.areas else ()
    tops = tops or picked.values.get(across, ())
    columns = [*picked.held.described.areas, PERIOD, *picked.values, *picked.held.described.figures]
    order = order_of(NAME, [*columns, *(f"{OF}{top}" for top in tops)])
    text = f"{'-' if order.turned else ''}{order.column}"
    return replace(picked, selection=replace(picked.selection, order=text))


def _draw_made(picked: Picked, area: Area | None) -> None:
    """How many rows it makes; the table, what its columns mean, its files and where it comes from."""
    try:
        number = service.rows_made(picked)
        st.markdown(f"**{said_of_rows(number)}**")
        if not number:
            st.markdown("Nothing fits all that was picked. Pick other areas, periods or parts, or take out the words.")
            return
        made = service.make_table(picked, MOST_ROWS)
    except SendlibError as error:
        st.error(str(error))
        return
    st.markdown(f"{made.caption}.")
    for caution in made.cautions:
        st.markdown(caution if caution.endswith(".") else f"{caution}.")
    _draw_rows(made, area)
    lines = "".join(f"<dt>{escape(title)}</dt><dd>{escape(meaning)}</dd>" for title, meaning in made.codebook())
    st.html(f'<details class="codebook"><summary>What the columns mean</summary><dl>{lines}</dl></details>')
    _files(made)
    if made.notes:
        notes = "".join(f"<li>{escape(note)}</li>" for note in made.notes)
        st.html(f'<details class="codebook"><summary>What to know of these figures</summary><ul>{notes}</ul></details>')
    st.markdown(
        "The same data at the publisher\n"
        + "\n".join(f"- [{one.publication}]({one.url}), {one.which()}" for one in made.sources)
    )


def _draw_rows(made: Made, area: Area | None) -> None:
    """The rows as a table; that it shows only the first of them is said."""
    columns = made.on_page
    left = max(len(columns) - MOST_COLUMNS, 0)
    said = []
    if made.total > len(made.frame):
        said.append(f"the first {written(len(made.frame))} of {written(made.total)} rows in this order")
    if left:
        said.append(f"the first {MOST_COLUMNS} of {len(columns)} columns")
    if said:
        st.markdown(f"Here are {' and '.join(said)}; the files have all of them.")
    names = list(columns)[:MOST_COLUMNS]
    shown = made.readable()[names].set_axis([columns[name].titled for name in names], axis=1)
    values = made.frame[names]
    tables.draw(NAME, shown, values, made.caption, marks=_marks(made, area))


def _marks(made: Made, area: Area | None) -> pd.Series:
    """Which rows are the area's own and which England's, where there are others."""
    code = f"code_of_{made.picked.held.described.area}"
    nothing = pd.Series("", index=made.frame.index)
    if code not in made.frame:
        return nothing
    own = area.parts if area and area.code not in set(made.frame[code]) else (area.code if area else "",)
    marks = made.frame[code].map({ENGLAND: "england", **dict.fromkeys(own, "own")}).fillna("")
    return marks if marks.nunique() > 1 else nothing


def _files(made: Made) -> None:
    """The table as files, with all rows, made when they are asked for; a large one shows that it is at work."""
    fits = files.fits_a_sheet(made)
    if not fits:
        st.markdown(
            f"Excel holds {written(files.MOST_ROWS_OF_A_SHEET)} rows under their headings: take CSV or Parquet."
        )
    formats = {kind: form for kind, form in FORMATS.items() if fits or kind != "xlsx"}
    wanted = ""
    with st.container(horizontal=True, key="take_made"):
        for kind, form in formats.items():
            if made.total * len(made.columns) <= MANY_CELLS:
                _download(kind, form, made.picked, partial(_file, kind, made.picked, bar.here()))
            elif st.button(f"Make {form.label}", key=f"make_{kind}"):
                wanted = kind
    if wanted:
        form = formats[wanted]
        with st.status(f"Making {form.label} of {written(made.total)} rows", expanded=False) as status:
            content = _file(wanted, made.picked, bar.here())
            status.update(label=f"{form.label} is made", state="complete")
        _download(wanted, form, made.picked, content)


def _download(kind: str, form: Format, picked: Picked, content: bytes | Callable[[], bytes]) -> None:
    st.download_button(
        f"Download {form.label}",
        content,
        file_name=f"{files.stem(picked)}{form.ending}",
        mime=form.kind,
        key=f"download_made_{kind}",
        on_click="ignore",
    )


def _file(kind: str, picked: Picked, link: str) -> bytes:
    return FORMATS[kind].make(files.numbers_of(service.make_table(picked), link))
