"""The chapter for analysts: what all questions say of an area, on at most eight pages of A4."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from sendlib import questions
from sendlib.answer import Answer, Mode
from sendlib.answer.model import Kind as NoteKind
from sendlib.answer.text import said_in
from sendlib.exports.report import drawn
from sendlib.exports.report.parts import (
    LICENCE,
    Extras,
    areas_of,
    beside_the_questions,
    block,
    cards,
    compared,
    filled,
    listing,
    named,
    newest,
    page,
    paragraphs,
    sources_of,
    table,
    terms_in,
    thoughts,
    words,
)
from sendlib.provenance import Provenance, spoken_date

_MODE: Mode = "explore"
_WIDTH = 640
"""Pixels of a picture, which paper draws smaller: its letters are then of 8 points."""
_MOST_FIGURES = 4
_IN_THE_PICTURE = frozenset({"hundred", "fan", "squares"})
"""Lead tables of which the picture itself writes the numbers."""


def of(answers: Sequence[Answer], extras: Extras) -> str:
    """The whole chapter as HTML."""
    title = f"Children and young people with SEND in {named(answers[0])}"
    sections = [_section(answer) for answer in answers]
    sources = sources_of([*answers, *(one for one in (extras.board, extras.changes) if one)])
    body = filled(
        "chapter.html",
        title=words(title),
        about=paragraphs(_about(answers, extras, sources)),
        contents=_contents(answers, extras),
        summary=_summary(answers, extras),
        extras=_extras(extras),
        sections="".join(sections),
        definitions=_definitions(answers),
        cannot_tell="".join(
            block(_title(one), listing(said_in(_MODE, one.cannot_tell)), "question") for one in answers
        ),
        sources=_sources(sources),
        licence=words(LICENCE),
    )
    return page(title, ["chapter.css"], body)


def _title(answer: Answer) -> str:
    """The short name of a question: `Needs`."""
    return questions.named(answer.question).title


def _about(answers: Sequence[Answer], extras: Extras, sources: Sequence[Provenance]) -> list[str]:
    """What stands under the title: who is compared, how new the figures are, and where the view is."""
    others, day = compared(answers, _MODE), newest(sources)
    return [
        f"Compared with {others}." if others else "",
        f"Published figures, the newest of {day}; every number with its source." if day else "",
        f"The same view online: {extras.link}" if extras.opens_elsewhere else "",
    ]


def _contents(answers: Sequence[Answer], extras: Extras) -> str:
    """Links to all parts, in their order."""
    parts = [("summary", "Summary")]
    parts += [("thoughts", "What the group thinks")] if thoughts(extras.thoughts) else []
    parts += [(one.question, one.words) for one in (extras.board, extras.changes) if one]
    parts += [(answer.question, answer.words) for answer in answers]
    parts += [("definitions", "Definitions"), ("cannot-tell", "What cannot be told"), ("sources", "Sources")]
    return "".join(f'<li><a href="#{name}">{words(heading)}</a></li>' for name, heading in parts)


def _summary(answers: Sequence[Answer], extras: Extras) -> str:
    """The headline of each question, with the way to its section; and why a question has none."""
    items = "".join(
        f'<dt><a href="#{one.question}">{words(_title(one))}</a></dt><dd>{words(one.headline.in_mode(_MODE))}</dd>'
        for one in answers
    )
    return f"<dl>{items}</dl>{paragraphs(extras.unanswered)}"


def _extras(extras: Extras) -> str:
    """What a group adds of its own: its thoughts, its board, and what changed."""
    own = thoughts(extras.thoughts)
    section = f'<section id="thoughts"><h2>What the group thinks</h2>{own}</section>' if own else ""
    return f"{section}{beside_the_questions(extras.board, _MODE)}{beside_the_questions(extras.changes, _MODE)}"


def _section(answer: Answer) -> str:
    """One question: its numbers, its sentence, its picture, what the tests say, its table and what warns of it."""
    lead = answer.tables[answer.lead]
    said = said_in(_MODE, (lead.how_to_read,))
    sentences = "" if answer.beside else answer.headline.in_mode(_MODE)  # those of two areas are long: see the summary
    return filled(
        "question.html",
        name=answer.question,
        words=words(answer.words),
        cards=cards(answer, _MODE, _MOST_FIGURES),
        headline=paragraphs([sentences], "sentence"),
        title=words(answer.title.in_mode(_MODE)),
        # Of what is the same for every area the numbers will do: paper has eight pages.
        caption="" if answer.same_everywhere else paragraphs([f"{lead.caption.in_mode(_MODE)}.", *said], "caption"),
        picture="" if answer.same_everywhere else drawn.lead(answer, _MODE, _WIDTH),
        verdicts=_verdicts(answer),
        table=_table(answer),
        care=block("Read with care", listing(_notes(answer)), "care"),
    )


def _table(answer: Answer) -> str:
    """The lead table where its picture leaves numbers to be read; for those of two areas paper has no room."""
    if answer.lead in _IN_THE_PICTURE or answer.beside:
        return ""
    return table(answer.tables[answer.lead], _MODE)


def _verdicts(answer: Answer) -> str:
    """What the tests say, each with its rule; a rule that holds for several is said once, after the last of them."""
    held = [(one, each) for one in areas_of(answer) for each in one.verdicts if each.words.in_mode(_MODE)]
    by_rule: dict[str, list[str]] = {}
    for one, verdict in held:
        whose = f"{one.area.short_name}: " if answer.beside else ""
        by_rule.setdefault(verdict.rule.in_mode(_MODE), []).append(f"{whose}{verdict.words.in_mode(_MODE)}")
    items = "".join(
        f'<li>{"<br>".join(map(words, said))} <span class="rule">Rule: {words(rule)}</span></li>'
        for rule, said in by_rule.items()
    )
    return block("Is that unusual?", f"<ul>{items}</ul>" if items else "", "verdicts")


_OF_ALL: tuple[NoteKind, ...] = ("caution", "missing")
"""Kinds of notes that are told of a whole answer; of its lead picture all are."""


def _notes(answer: Answer) -> Iterable[str]:
    """What a reader must know beside the numbers and the picture."""
    notes = [*answer.notes_about("", *_OF_ALL), *answer.notes_about(answer.lead)]
    return said_in(_MODE, tuple(note.text for note in notes))


def _definitions(answers: Sequence[Answer]) -> str:
    """The words of the field that the chapter uses."""
    texts = [text for answer in answers for text in _told(answer)]
    return "".join(f"<dt>{words(term.name)}</dt><dd>{words(term.meaning)}</dd>" for term in terms_in(texts))


def _told(answer: Answer) -> Iterable[str]:
    """The texts of a section."""
    figures = [text for figure in answer.figures for text in (figure.label, figure.comparison, figure.detail)]
    held = answer.tables[answer.lead]
    return said_in(
        _MODE, (answer.title, answer.headline, held.caption, held.how_to_read, *figures, *answer.cannot_tell)
    )


def _sources(sources: Sequence[Provenance]) -> str:
    """Every publication with its publisher, its licence, and its releases with their days."""
    by_publication: dict[tuple[str, str, str], list[Provenance]] = {}
    for source in sources:
        by_publication.setdefault((source.publication, source.publisher, source.licence), []).append(source)
    return "".join(
        f"<li>{_linked(held[0])}, {words(publisher)}, {words(licence)}: {words('; '.join(map(_release, held)))}.</li>"
        for (publication, publisher, licence), held in by_publication.items()
    )


def _linked(source: Provenance) -> str:
    """A publication with its link, where one is known."""
    name = words(source.publication)
    return f'<a href="{escape(source.url)}">{name}</a>' if source.url else name


def _release(source: Provenance) -> str:
    day = f", published {spoken_date(source.published)}" if source.published else ""
    return f"{source.release}{day}"
