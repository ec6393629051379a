"""The controls of the what-if of Needs: which part of which need is recorded as another, several at once."""

from __future__ import annotations

import streamlit as st

from sendlib.answer import Answer
from sendlib.questions.needs import recording
from sendlib.questions.needs.recording import Move
from sendlib.view import address


def draw(answer: Answer) -> None:
    """A row of controls for each move, and a button for another; all are written into the address."""
    moves = recording.parse(answer.chosen("move"))
    table = answer.tables["recording"].data
    needs = dict(zip(table["need"], table["name"], strict=True))
    in_order = {need: needs[need] for need in answer.offered["funnel_need"].options}
    for row, move in enumerate(moves):
        _draw_row(answer, in_order, row, move, several=len(moves) > 1)
    if len(moves) < recording.MOST_MOVES:
        st.button("Add a move", key="move_add", on_click=_add, args=(answer,))


def _draw_row(answer: Answer, needs: dict[str, str], row: int, move: Move, *, several: bool) -> None:
    """One move has four controls: from which need, to which, and how much by dragging or by typing."""
    shown = {"from": move.source, "to": move.target, "slider": move.percent, "number": move.percent}
    for part, value in shown.items():
        st.session_state[f"move_{part}_{row}"] = value
    which = f" ({row + 1})" if several else ""
    others = [need for need in needs if need != move.source]
    left, right = st.columns(2)
    for column, part, label, offered in ((left, "from", "From", list(needs)), (right, "to", "To", others)):
        column.selectbox(
            f"{label}{which}",
            offered,
            key=f"move_{part}_{row}",
            format_func=lambda need: needs[need],
            on_change=_change,
            args=(answer, needs, row, "number"),
        )
    dragged, typed, *removed = st.columns([2, 1, 1] if several else 2, vertical_alignment="bottom")
    dragged.slider(
        f"Part to move{which}, %",
        0,
        100,
        key=f"move_slider_{row}",
        on_change=_change,
        args=(answer, needs, row, "slider"),
    )
    typed.number_input(
        f"Part to move{which}, % (type it)",
        0,
        100,
        step=1,
        key=f"move_number_{row}",
        on_change=_change,
        args=(answer, needs, row, "number"),
    )
    for column in removed:
        column.button(f"Remove move {row + 1}", key=f"move_remove_{row}", on_click=_remove, args=(answer, row))


def _change(answer: Answer, needs: dict[str, str], row: int, by: str) -> None:
    """Take what was changed in a row; the number box and the slider follow each other (`by` which it was)."""
    source, target, percent = (st.session_state[f"move_{part}_{row}"] for part in ("from", "to", by))
    moves = list(recording.parse(answer.chosen("move")))
    moves[row] = Move(source, target, int(percent))
    _keep(answer, recording.mended(moves, row, list(needs)))


def _remove(answer: Answer, row: int) -> None:
    moves = recording.parse(answer.chosen("move"))
    _keep(answer, moves[:row] + moves[row + 1 :])


def _add(answer: Answer) -> None:
    moves = recording.parse(answer.chosen("move"))
    _keep(answer, (*moves, recording.another(answer.tables["mix"].data, moves)))


def _keep(answer: Answer, moves: recording.Moves) -> None:
    """Write the what-if into the address; nothing where it is the one that the page opens with."""
    text = recording.written_out(moves)
    address.put({"move": "" if text == answer.offered["move"].default else text})
