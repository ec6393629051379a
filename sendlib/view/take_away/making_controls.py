"""The choices of a table that is made: few at a time, each with a sensible beginning, all held in the address."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from sendlib import service
from sendlib.answer.numbers import capital
from sendlib.areas import Area, the_region
from sendlib.errors import SendlibError
from sendlib.made.described import PERIOD
from sendlib.made.held import KINDS
from sendlib.made.selection import (
    ACROSS,
    ALL,
    AREAS,
    BY,
    EVERY,
    FIND,
    FIRST,
    HERE,
    LIST,
    NEAR,
    NEWEST,
    PERIODS,
    REGION,
    TABLE,
    TO,
    Picked,
    begin_with,
    can_turn,
    columns_of,
    heading,
    joined,
    said,
)
from sendlib.view import address

RANGE = "range"
"""The choice of periods from one to another, which are then picked."""
IN_A_ROW = 3


def draw(picked: Picked, area: Area | None, versus: str) -> None:
    """The table, whose figures, when, what of it, and how it is laid out."""
    _pick_table(picked)
    _pick_areas(picked, area, versus)
    _pick_periods(picked)
    _pick_values(picked)
    _lay_out(picked)


def _pick_table(picked: Picked) -> None:
    offered = service.tables_to_make()
    name = picked.held.info.name
    st.session_state[TABLE] = name
    st.selectbox(
        "Table",
        list(offered),
        key=TABLE,
        format_func=lambda one: f"{offered[one][1].topic}: {offered[one][0]}",
        on_change=_take_table,
        help="Type to find one.",
    )
    figures = picked.held.described.figures
    counted = " ".join(f"{capital(one.meaning)}." for one in figures.values())
    st.markdown(f"{counted} {picked.held.info.rows:,} rows are held.")


def _take_table() -> None:
    """Another table begins anew: what was picked of the one before goes, but the areas stay."""
    gone = [name for name in st.query_params if name.startswith(BY) or name in (PERIODS, ACROSS, FIRST, FIND)]
    address.put({**dict.fromkeys(gone, ""), address.SORT: "", TABLE: str(st.session_state[TABLE])})


def _pick_areas(picked: Picked, area: Area | None, versus: str) -> None:
    """Kinds of area, those of the page, and single ones."""
    words = {**_of_page(picked, area, versus)}
    held = picked.held
    words |= {kind: label for kind, label in KINDS.items() if held.of_kind(kind)}
    words |= {code: one.name for code, one in held.areas.items() if one.kind != "england"}
    begin = begin_with(held, area)
    asked = [word for word in picked.selection.areas if word in words]
    st.session_state[AREAS] = asked or list(begin)
    st.multiselect(
        "Areas",
        list(words),
        key=AREAS,
        format_func=lambda word: words.get(word, word),
        on_change=_take_several,
        args=(AREAS, begin),
        help="Each area has rows of its own. Nothing is added up here.",
    )


def _of_page(picked: Picked, area: Area | None, versus: str) -> dict[str, str]:
    """The area of the page, those compared with it and its region, as far as there is one."""
    if area is None:
        return {}
    words = {HERE: area.name}
    try:
        near = service.compared_with(area, versus)
        words[NEAR] = f"Those compared: {near}"
    except SendlibError:
        pass
    if area.region_code and picked.held.of_kind("authorities") and area.kind != "region":
        words[REGION] = f"Authorities of {the_region(area.region_name)}"
    return words


def _pick_periods(picked: Picked) -> None:
    """The newest, all, or from one to another."""
    held = picked.held
    if len(held.periods) < 2:
        return
    words = {NEWEST: "The newest of each figure", ALL: "All periods", RANGE: "From one to another"}
    now = NEWEST if picked.newest else ALL if picked.selection.periods == ALL else RANGE
    columns = st.columns(3 if now == RANGE else 1)
    st.session_state[PERIODS] = now
    columns[0].selectbox(
        "Periods",
        list(words),
        key=PERIODS,
        format_func=lambda one: words[one],
        on_change=_take_periods,
        args=(held.periods,),
    )
    if now != RANGE:
        return
    for place, key, label, at in ((1, "make_from", "From", 0), (2, "make_to", "To", -1)):
        st.session_state[key] = picked.periods[at]
        columns[place].selectbox(
            label,
            list(held.periods),
            key=key,
            format_func=lambda period: said(held, PERIOD, period),
            on_change=_take_range,
        )


def _take_periods(held: Sequence[str]) -> None:
    now = st.session_state[PERIODS]
    beginning = f"{held[max(len(held) - 5, 0)]}{TO}{held[-1]}"
    address.put({PERIODS: {NEWEST: "", ALL: ALL}.get(now, beginning)})


def _take_range() -> None:
    first, last = sorted((str(st.session_state["make_from"]), str(st.session_state["make_to"])))
    address.put({PERIODS: f"{first}{TO}{last}"})


def _pick_values(picked: Picked) -> None:
    """Each dimension of which there is something to choose; what is offered of one goes with those before it."""
    names = [name for name, offered in picked.offered.items() if len(offered) > 1]
    for start in range(0, len(names), IN_A_ROW):
        row = names[start : start + IN_A_ROW]
        for column, name in zip(st.columns(len(row)), row, strict=True):
            with column:
                _pick_of(picked, name)


def _pick_of(picked: Picked, name: str) -> None:
    dimension, offered, key = picked.held.described.dimensions[name], picked.offered[name], f"{BY}{name}"
    total = dimension.total if dimension.total in offered else ""
    everything = {EVERY: f"All {len(offered)} of them"} if total else {}
    asked = picked.selection.values.get(name, ())
    st.session_state[key] = [value for value in asked if value in offered or value in everything]
    st.multiselect(
        dimension.heading,
        [*everything, *offered],
        key=key,
        format_func=lambda value: everything.get(value) or dimension.said(value),
        placeholder=f"All {len(offered)}" if picked.values[name] == offered else dimension.said(picked.values[name][0]),
        on_change=_take_several,
        args=(key,),
    )


def _take_several(name: str, begin: Sequence[str] = ()) -> None:
    picked = st.session_state[name]
    address.put({name: "" if list(picked) == list(begin) else joined(picked)})


def _lay_out(picked: Picked) -> None:
    """What stands across the top, what stands first, and words that a row must have."""
    held, columns = picked.held, columns_of(picked.held)
    *left, middle, right = st.columns(3 if can_turn(held) else 2)
    if left:
        st.session_state[ACROSS] = picked.across or LIST
        left[0].selectbox(
            "Across the top",
            [LIST, *_periods_first(columns)],
            key=ACROSS,
            format_func=lambda one: "Nothing: a row for each figure" if one == LIST else heading(held, one),
            on_change=_take_one,
            args=(ACROSS, ""),
        )
    rows = [name for name in columns if name != picked.across]
    st.session_state[FIRST] = picked.selection.first if picked.selection.first in rows else rows[0]
    middle.selectbox(
        "First column",
        rows,
        key=FIRST,
        format_func=lambda one: heading(held, one),
        on_change=_take_one,
        args=(FIRST, rows[0]),
    )
    st.session_state[FIND] = picked.selection.find
    right.text_input("Only rows with these words", key=FIND, on_change=_take_one, args=(FIND, ""))


def _periods_first(columns: Sequence[str]) -> list[str]:
    return sorted(columns, key=lambda name: name != PERIOD)


def _take_one(name: str, default: str) -> None:
    text = " ".join(str(st.session_state[name]).split())
    address.put({name: "" if text == default else text})
