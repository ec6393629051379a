"""The board: the five or six measures that a group picked."""

from __future__ import annotations

from html import escape

import streamlit as st

from sendlib import pictures, service
from sendlib.answer import Answer, Mode
from sendlib.answer.numbers import count_of
from sendlib.answer.text import said_in
from sendlib.board import WORDS, picking, told_in
from sendlib.compared.comparators import DEFAULT
from sendlib.errors import SendlibError
from sendlib.view import address, bar, controls, drawing, frame, panels
from sendlib.view.frame import Shell
from sendlib.view.numbers import see_the_numbers, source_lines
from sendlib.view.take_away import board_cards, board_picking, board_thoughts
from sendlib.view.take_away.board_thoughts import thoughts
from sendlib.view.take_away.own_figures import held
from sendlib.view.words import draw_list

__all__ = ["draw", "thoughts"]
_LANDSCAPE = "<style>@media print { @page { size: A4 landscape; margin: 8mm; } }</style>"
_SUGGESTED = (
    "These six are a suggestion, from the pages of this site, and no verdict on what matters. Choose your own below."
)


def draw(shell: Shell) -> None:
    """The part on the page."""
    mode, area = shell.view.mode, shell.view.area
    if area is None:
        (st.title if mode == "show" else st.subheader)(WORDS)
        st.markdown("**Choose an area above to begin**, or look at one of these:")
        frame.examples()
        return
    try:
        with st.spinner("Reading the measures of the pages"):
            picked = board_picking.picked()
        with st.spinner(f"Putting the board of {area.in_text} together"):
            answer = service.board(area.code, _versus(shell), picked.codes, held(area.code))
    except SendlibError as error:
        st.error(str(error))
        return
    st.html(_LANDSCAPE)
    if mode == "show":
        _draw_show(shell, answer, picked)
    else:
        _draw_page(answer, picked, mode)


def _versus(shell: Shell) -> str:
    return DEFAULT if shell.view.versus == controls.PICKED else shell.view.versus


def _draw_show(shell: Shell, answer: Answer, picked: picking.Picked) -> None:
    """The board of a shared screen, all of it above the fold."""
    st.title(answer.title.in_mode("show"))
    st.html(board_cards.as_cards(answer, "show"))
    every = answer.citations(tuple(answer.sources))
    publishers = dict.fromkeys(source.publisher.partition(",")[0] for source in every)
    more = len(answer.tables["board"].data) - picking.MOST
    lacking = [f"Explore has {count_of(more, 'more card', 'more cards')}."] if more > 0 else []
    words = " ".join([*picked.told, *lacking])
    told = f"<strong>{escape(words)}</strong> " if words else ""
    st.html(f'<p class="source">{told}Source: {escape("; ".join(publishers))}.</p>')
    frame.say_more(answer)
    frame.printed(bar.here())
    if shell.aside:
        with shell.aside:
            board_picking.draw(answer, picked.codes)


def _draw_page(answer: Answer, picked: picking.Picked, mode: Mode) -> None:
    st.subheader(WORDS)
    compared = f", compared with {others}" if (others := answer.compared_in(mode)) else ""
    st.markdown(f"**{answer.area.name}**{compared}. {answer.headline.in_mode(mode)}")
    # In a place that is always there: what comes and goes would move the rest, and take the focus from a button.
    with st.container():
        for words in picked.told:
            st.warning(words)
        if not address.asked(picking.CHOICE.name):
            st.html(f'<p class="sources">{_SUGGESTED}</p>')
    st.html(board_cards.as_cards(answer, mode))
    board_picking.draw(answer, picked.codes)
    board_thoughts.draw(answer.area.code)
    if opened := panels.panel("board_pictures", "**The lines in large**"):
        with opened:
            drawing.draw(pictures.of(answer, "board", mode), mode)
    if opened := panels.panel("board_notes", "**What to keep in mind of these measures**"):
        with opened:
            draw_list(said_in(mode, tuple(note.text for note in answer.notes)), mode)
    if opened := panels.panel("board_numbers", "**See the numbers**"):
        with opened:
            for name in ("board", "board_lines") if mode == "explore" else ("board",):
                see_the_numbers(told_in(answer, mode), name, mode)
    if opened := panels.panel("board_tell", "**What this cannot tell you, and what it could change**"):
        with opened:
            draw_list(said_in(mode, (*answer.cannot_tell, *answer.could_change)), mode)
    if mode == "families" and (opened := panels.panel("board_sources", "Where these figures come from")):
        with opened:
            source_lines(answer, tuple(answer.sources))
