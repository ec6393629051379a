"""The sheet for families: how an area compares, in plain words, on one page of A4."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from urllib.parse import urlsplit

from sendlib import catalogue, pictures
from sendlib.answer import Answer, Mode
from sendlib.answer.beside import pairs
from sendlib.answer.text import said_in
from sendlib.exports.report import drawn
from sendlib.exports.report.parts import (
    LICENCE,
    Extras,
    beside_the_questions,
    cards,
    compared,
    filled,
    listing,
    named,
    newest,
    page,
    paragraphs,
    sources_of,
    terms_in,
    thoughts,
    words,
)

_MODE: Mode = "families"
_WIDTH = 420
"""Pixels of the picture."""
_MOST = 6
"""Numbers on the sheet."""
_WITHOUT = "Some questions have no numbers for this area."
_PICTURED = "my_area"
"""The question whose picture is on the sheet: so many of a hundred children."""


def of(answers: Sequence[Answer], extras: Extras) -> str:
    """The whole sheet as HTML. How an area compares is not told by what is the same for every area."""
    answers = [one for one in answers if not one.same_everywhere] or answers
    title = f"Children with SEND in {named(answers[0])}: how do we compare?"
    told = list(_told(answers))
    body = filled(
        "sheet.html",
        title=words(title),
        about=paragraphs(_about(answers)),
        picture=_picture(answers),
        cards="".join(cards(answer, _MODE, _of_each(answers)) for answer in answers),
        care=listing([*_cautions(answers), _WITHOUT if extras.unanswered else ""], "care"),
        cannot_tell=listing(_cannot_tell(answers)),
        words="".join(f"<div><dt>{words(term.name)}</dt><dd>{words(term.plain)}</dd></div>" for term in terms_in(told)),
        help=_help(),
        code=_code(extras),
        sources=words(_sources(answers)),
        licence=words(LICENCE),
        extras=_extras(extras),
    )
    return page(title, ["sheet.css"], body)


def _of_each(answers: Sequence[Answer]) -> int:
    """How many numbers of each question there is room for."""
    return max(1, _MOST // len(answers))


def _about(answers: Sequence[Answer]) -> list[str]:
    """Beside whom the area stands."""
    others = compared(answers, _MODE)
    england = "" if answers[0].area.kind == "england" or others == "England" else " and England"
    return [f"Beside {others}{england}. Published numbers, in plain words." if others else ""]


def _picture(answers: Sequence[Answer]) -> str:
    """So many of a hundred children, with those compared beside; nothing where that is not known, or two areas need the
    room for their numbers."""
    answer = next((one for one in answers if one.question == _PICTURED), None)
    if answer is None or answer.beside or any(one.nothing for one in pictures.of(answer, answer.lead, _MODE)):
        return ""
    caption = f"{answer.tables[answer.lead].caption.in_mode(_MODE)}."
    return f"<figure><figcaption><h2>{words(answer.title.in_mode(_MODE))}</h2>{paragraphs([caption])}</figcaption>" + (
        f"{drawn.lead(answer, _MODE, _WIDTH)}</figure>"
    )


def _cautions(answers: Sequence[Answer]) -> list[str]:
    """What families must be warned of."""
    return said_in(_MODE, tuple(note.text for one in answers for note in one.notes_about("", "caution")))


def _cannot_tell(answers: Sequence[Answer]) -> Iterable[str]:
    """Of each question the first thing that its numbers can not tell."""
    return (said[0] for one in answers if (said := said_in(_MODE, one.cannot_tell)))


def _told(answers: Sequence[Answer]) -> Iterable[str]:
    """All that the sheet says of the area."""
    for answer in answers:
        for figure, other in [pair for pair in pairs(answer) if pair[0].label.in_mode(_MODE)][: _of_each(answers)]:
            for one in filter(None, (figure, other)):
                yield from said_in(_MODE, (one.label, one.comparison, one.detail))
    yield from _cautions(answers)
    yield from _cannot_tell(answers)


def _help() -> str:
    """Who helps families: on paper the name of the site can be typed."""
    return "".join(
        f'<li><a href="{escape(one.address)}">{words(one.name)}</a>: {words(one.gives)}.'
        f" <span>{words(str(urlsplit(one.address).hostname).removeprefix('www.'))}</span></li>"
        for one in catalogue.help_lines()
    )


def _code(extras: Extras) -> str:
    """The code that opens the view on a phone; nothing where its address is of this machine alone."""
    if not extras.opens_elsewhere:
        return ""
    import segno  # noqa: PLC0415

    drawing = str(segno.make(extras.link, error="m").svg_inline(scale=3, border=2))
    svg = drawing.replace("<svg ", '<svg role="img" aria-label="QR code of the link to these numbers" ', 1)
    link = f'<a href="{escape(extras.link)}">these numbers online</a>'
    return f'<div class="code">{svg}<p>Point a phone at it to see {link}.</p></div>'


def _sources(answers: Sequence[Answer]) -> str:
    """Whose figures they are, and of when."""
    sources = sources_of(answers)
    who = "; ".join(dict.fromkeys(source.publisher for source in sources))
    day = newest(sources)
    return f"Figures of: {who}.{f' The newest were published on {day}.' if day else ''}"


def _extras(extras: Extras) -> str:
    """What a group adds of its own, on a page behind the sheet."""
    own = thoughts(extras.thoughts)
    section = f'<section id="thoughts"><h2>What we think</h2>{own}</section>' if own else ""
    made = f"{section}{beside_the_questions(extras.board, _MODE)}{beside_the_questions(extras.changes, _MODE)}"
    return f'<div class="extras">{made}</div>' if made else ""
