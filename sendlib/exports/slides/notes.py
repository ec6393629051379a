"""The notes below a slide: what whoever speaks to it needs, and a slide has no room for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from sendlib import questions
from sendlib.answer import Answer, Figure, Mode, Note, Question
from sendlib.answer.citing import tables_shown
from sendlib.answer.glossary import Term, parted
from sendlib.answer.numbers import capital, said
from sendlib.answer.text import said_in
from sendlib.pictures.picture import Picture


def notes_of(answer: Answer, mode: Mode, drawn: Sequence[Picture], slide: Iterable[str], link: str) -> list[str]:
    """Paragraphs: the question for the room, the answer and its figures in full, what must be known of them, the words
    used, what cannot be told, where the figures come from, and the address of the view.

    `slide`: what the slide itself says, of which the terms are explained.
    """
    question = question_of(answer)
    asked = question.ask_the_room if question else ""
    both = [one for one in (answer, answer.beside) if one]
    parts: list[tuple[str, list[str]]] = [
        ("Ask the room", [asked] if asked else []),
        ("The question", [answer.words]),
        ("In full", said([one.headline.in_mode(mode) for one in both])),
        ("Figures", [line for one in both for line in _figures(one, mode, named=bool(answer.beside))]),
        ("To know", _to_know(answer, mode, drawn)),
        ("Words", [f"{term.name}: {_meaning(term, mode)}" for term in terms_in(slide)]),
        ("What this cannot tell you", said_in(mode, answer.cannot_tell)),
        ("Sources", _sources(answer)),
        ("This view", [link] if link else []),
    ]
    return [line for heading, lines in parts if lines for line in (f"{heading}:", *lines)]


def question_of(answer: Answer) -> Question | None:
    """The question that is answered; None of one that has no page of its own."""
    return next((one for one in questions.QUESTIONS if one.name == answer.question), None)


def terms_in(words: Iterable[str]) -> list[Term]:
    """The terms of the glossary that some words use, each once."""
    return list(dict.fromkeys(term for text in words for _, term in parted(text) if term))


def _meaning(term: Term, mode: Mode) -> str:
    return term.plain if mode == "families" and term.plain else term.meaning


def _figures(answer: Answer, mode: Mode, *, named: bool) -> list[str]:
    told = [_figure(figure, mode) for figure in answer.figures if figure.label.in_mode(mode)]
    return [f"{answer.area.name}: {line}" for line in told] if named else told


def _figure(figure: Figure, mode: Mode) -> str:
    more = [text.in_mode(mode) for text in (figure.comparison, figure.detail)]
    parts = [f"{figure.label.in_mode(mode)}: {figure.text_in(mode)}", *map(capital, said(more))]
    return " ".join(f"{part.rstrip('.')}." for part in parts)


def _to_know(answer: Answer, mode: Mode, drawn: Sequence[Picture]) -> list[str]:
    """Cautions first, then what is missing, breaks and definitions, and what belongs to the pictures."""
    order = ("caution", "missing", "break", "definition")
    notes = sorted(
        (note for note in answer.notes if note.about in ("", answer.lead)), key=lambda note: order.index(note.kind)
    )
    told = said([_note(note, mode) for note in notes])
    told += [words for picture in drawn for words in (*picture.below, *picture.more)]
    told += [picture.alt.in_mode(mode) for picture in drawn[1:]]
    return list(dict.fromkeys(told))


def _note(note: Note, mode: Mode) -> str:
    """A note in the words of a mode; where a shared screen has no room for it, in those of Explore."""
    return note.text.in_mode(mode) or (note.text.explore if mode == "show" else "")


def _sources(answer: Answer) -> list[str]:
    held = [source for one in (answer, answer.beside) if one for source in one.citations(tables_shown(one))]
    return [f"{source.citation()}{f' {source.url}' if source.url else ''}" for source in dict.fromkeys(held)]


_OF_A_PAGE = re.compile(r"\b(tiles|below|this page)\b")
"""Words that point at something on a page, which is not on a slide."""


def cannot_tell_first(answers: Sequence[Answer], mode: Mode) -> list[str]:
    """The first thing that each answer cannot tell, under the name of its question."""
    found = []
    for answer in answers:
        question, told = question_of(answer), said_in(mode, answer.cannot_tell)
        first = next((words for words in told if not _OF_A_PAGE.search(words)), "")
        if first:
            found.append(f"{question.title if question else answer.words}: {first}")
    return found
