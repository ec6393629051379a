"""Answers that a slide tells in lines: the board of a group, and what changed. They have no lead picture of one
measure."""

from __future__ import annotations

from sendlib import board
from sendlib.answer import Answer, Mode
from sendlib.answer.text import said_in


def lines_of(answer: Answer, mode: Mode) -> list[str]:
    """The sentence of an answer, then a line for each measure of a board, or for each figure that moved."""
    if answer.question == board.NAME:
        return [answer.headline.in_mode(mode), *_of_board(answer, mode)]
    return [answer.headline.in_mode(mode), *said_in(mode, tuple(one.words for one in answer.verdicts))]


def _of_board(answer: Answer, mode: Mode) -> list[str]:
    """`Plans issued within 20 weeks: 26.7%. England 45.9%. Fell from ...`, marked where a group brought it itself."""
    lines = []
    told = board.told_in(answer, mode)
    for row in told.tables[told.lead].data.to_dict("records"):
        measure, figure, *more = (str(row[name]).rstrip(".") for name in ("measure", "figure", "beside", "change"))
        ours = " (our own figure)" if row["ours"] else ""
        lines.append(f"{'. '.join([f'{measure}{ours}: {figure}', *filter(None, more)])}.")
    return lines
