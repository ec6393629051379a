"""The parts of a question's page that a reader opens: Look closer, in a row or in groups, and what each part has."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence

import streamlit as st

from sendlib import pictures
from sendlib.answer import Answer, Mode, Note, Offered
from sendlib.answer.text import said_in
from sendlib.pictures.picture import Picture
from sendlib.view import controls, drawing, panels
from sendlib.view.numbers import see_the_numbers

CLOSER: Mode = "explore"
"""The mode that has Look closer."""
_NUMBERS, _ABOUT, DEFINITIONS = "numbers-{}", "about-{}", "definitions"
"""Names in the address of the parts that every page has."""


def draw_groups(
    answer: Answer,
    closer: Sequence[str],
    begin_open: Collection[str],
    own: Mapping[str, Callable[[], None]],
    drawn: list[Picture],
) -> None:
    """The parts of Look closer in their groups, before them those of the lead picture, after them the definitions."""
    numbers, about, lead = _NUMBERS.format(answer.lead), _ABOUT.format(answer.lead), answer.lead

    def fill(name: str) -> None:
        if name == numbers:
            see_all_numbers(answer, lead, CLOSER)
            if answer.beside:
                see_all_numbers(answer.beside, lead, CLOSER, "beside_")
        elif name == about:
            _draw_about_the_lead(answer, own, drawn)
        elif name == DEFINITIONS:
            draw_definitions(answer)
        else:
            _draw_part(answer, name, own.get(name))

    parts = [
        panels.Part(numbers, "See the numbers"),
        panels.Part(about, "About this picture: choices, names and notes", begins_open=_is_chosen(answer, "", lead)),
        *(
            panels.Part(
                name,
                answer.tables[name].heading,
                answer.tables[name].group,
                _is_chosen(answer, name) or name in begin_open,
            )
            for name in closer
            if name in answer.tables
        ),
        panels.Part(DEFINITIONS, "Definitions, breaks and missing figures", answer.groups[-1]),
    ]
    panels.in_groups("Look closer", parts, answer.groups, fill)


def _is_chosen(answer: Answer, *tables: str) -> bool:
    """Whether a reader chose something about some tables."""
    return any(offered.value != offered.default for name in tables for offered in answer.offered_about(name))


def _draw_about_the_lead(answer: Answer, own: Mapping[str, Callable[[], None]], drawn: Sequence[Picture]) -> None:
    """What the lead picture shows, what can be chosen in it, whom it names, and its notes."""
    table = answer.tables[answer.lead]
    st.markdown(f"{table.caption.explore}.")
    if table.how_to_read.explore:
        st.markdown(table.how_to_read.explore)
    controls.draw_choices([*answer.offered_about(""), *about_the_lead(answer)])
    draw_own(own, answer.lead)
    drawing.draw_naming(drawn, CLOSER)
    say(answer.notes_about(answer.lead), CLOSER)


def draw_definitions(answer: Answer) -> None:
    """The notes of the whole answer and of its lead picture."""
    notes = tuple(note.text for note in answer.notes if note.about in ("", answer.lead))
    st.markdown("\n".join(f"- {text}" for text in said_in(CLOSER, notes)))


def draw_closer(
    answer: Answer, closer: Sequence[str], begin_open: Collection[str], own: Mapping[str, Callable[[], None]]
) -> None:
    """The parts of Look closer that the answer has, under the headings of their groups."""
    group = ""
    for name in closer:
        if name not in answer.tables:
            if name in own:
                own[name]()
            continue
        table = answer.tables[name]
        if table.group and table.group != group:
            st.subheader(table.group)
            group = table.group
        opened = panels.panel(name, f"**{table.heading}**", _is_chosen(answer, name) or name in begin_open)
        if opened:
            with opened:
                _draw_part(answer, name, own.get(name))


def _draw_part(answer: Answer, name: str, own: Callable[[], None] | None) -> None:
    """One part of Look closer: caption, cautions, how to read it, controls, picture, notes and numbers."""
    table, mode = answer.tables[name], CLOSER
    drawn = pictures.of(answer, name, mode)
    if not drawn and not own and not answer.notes_about(name):
        if table.how_to_read.explore:
            st.markdown(table.how_to_read.explore)
        see_the_numbers(answer, name, mode)
        return
    st.markdown(f"{table.caption.explore}.")
    say(answer.notes_about(name, "caution"), mode)
    if table.how_to_read.explore:
        st.markdown(table.how_to_read.explore)
    controls.draw_choices(answer.offered_about(name))
    if own:
        own()
    drawing.draw(drawn, mode)
    drawing.draw_naming(drawn, mode)
    say(answer.notes_about(name, "missing", "definition", "break"), mode)
    if panels.switch(f"numbers-{name}", "See the numbers"):
        see_all_numbers(answer, name, mode)


def about_the_lead(answer: Answer) -> list[Offered]:
    """What is chosen beside the lead picture."""
    held = [
        one for one in answer.offered_about(answer.lead) if not one.choice.first and _changes_something(answer, one)
    ]
    # Two areas have two yardsticks, so that some pictures are of one alone; a choice that was made can be undone.
    return [one for one in held if not (answer.beside and one.choice.of_one_area and one.value == one.default)]


def _changes_something(answer: Answer, offered: Offered) -> bool:
    """Whether a choice does anything beside the others that were made."""
    if offered.choice.only_with is None:
        return True
    other, values = offered.choice.only_with
    return answer.chosen(other) in values


def draw_own(own: Mapping[str, Callable[[], None]] | None, part: str) -> None:
    """The controls that a part has besides its choices."""
    if own and part in own:
        own[part]()


def see_all_numbers(answer: Answer, name: str, mode: Mode, whose: str = "") -> None:
    """A table, and the single figures behind its means where there are such."""
    see_the_numbers(answer, name, mode, whose)
    if each := answer.each(name):
        see_the_numbers(answer, each, mode, whose)


def say(notes: Sequence[Note], mode: Mode) -> None:
    """Notes beside a picture; what a reader must be warned of stands out, except on a shared screen."""
    if mode == "show":
        drawing.say(said_in(mode, tuple(note.text for note in notes)), mode)
        return
    for note in notes:
        if words := note.text.in_mode(mode):
            (st.warning if note.kind == "caution" else st.markdown)(words)
