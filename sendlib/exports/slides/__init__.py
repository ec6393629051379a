"""Answers as one PowerPoint presentation: a slide a question, with a chart that can be changed, to bring to a meeting.

- `deck`: the slides, one after the other;
- `native`: which lead pictures are charts of PowerPoint, with values out of the answer;
- `planning` and `fitting`: where things stand, and how large;
- `drawing` and `words`: charts, pictures and words on a slide;
- `reading`: answers that are told in lines;
- `notes`: what stands below a slide;
- `template`: a council's own presentation, or ours;
- `same_bytes`: the same answers are the same file.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sendlib.answer import Answer, Mode
from sendlib.answer.citing import names_of_publishers, tables_shown
from sendlib.answer.numbers import listed
from sendlib.board import Thoughts
from sendlib.exports.slides import notes, reading
from sendlib.exports.slides import template as templates
from sendlib.exports.slides.deck import Deck
from sendlib.exports.slides.planning import LARGE
from sendlib.exports.slides.same_bytes import without_time
from sendlib.provenance import OPEN_GOVERNMENT_LICENCE, Provenance, spoken_date
from sendlib.store import Store

KIND = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
"""What a browser calls such a file."""
_NO_DAY = "1980-01-01"
_LICENCE = f"Contains public sector information licensed under the {OPEN_GOVERNMENT_LICENCE}."


def as_pptx(
    store: Store,
    answers: Sequence[Answer],
    thoughts: Thoughts | None = None,
    template: bytes | None = None,
    link: Callable[[Answer], str] | None = None,
    mode: Mode = "show",
    also: Sequence[Answer] = (),
) -> bytes:
    """A title slide, what the group thinks, a slide for each answer, what cannot be told, and the sources.

    `also`: answers that are told in lines, such as a group's board.
    `template`: a council's own .pptx. `link`: the address of the view of an answer. `mode` is `show` or `families`.
    Raises ValueError without an answer, TemplateRefused and SnapshotDamaged.
    """
    if not answers:
        raise ValueError("there are no answers to make slides of")
    title, day = _title(answers), newest(answers)
    deck = Deck(templates.ours() if template is None else templates.opened(template), mode, ours=template is None)
    deck.begin(title, _about(answers, day, mode))
    if thoughts:
        deck.read("What do we think is going on?", _paragraphs(thoughts.hypothesis), LARGE)
        deck.read("What do we want to find out?", _paragraphs(thoughts.questions), LARGE)
    for answer in answers:
        deck.answer(store, answer, link(answer) if link else "")
    for answer in also:
        deck.read(answer.title.in_mode(mode), reading.lines_of(answer, mode), LARGE)
    deck.read("What these figures cannot tell", notes.cannot_tell_first(answers, mode), LARGE)
    shown = [*answers, *also]
    deck.read("Sources and licence", _whose(shown), LARGE, _sources(shown))
    return without_time(deck.saved(title, day or _NO_DAY), day or _NO_DAY)


def newest(answers: Sequence[Answer]) -> str:
    """The day on which the newest figures shown were published, as an ISO date; empty where none is known."""
    days = [source.published for answer in answers for source in answer.citations(tables_shown(answer))]
    # A month or a year stands for its first day.
    return max((f"{day}-01-01"[:10] if len(day) < 7 else f"{day}-01"[:10] for day in days if day), default="")


def _title(answers: Sequence[Answer]) -> str:
    first = answers[0]
    beside = f" beside {first.beside.area.in_text}" if first.beside else ""
    return f"Special educational needs and disabilities in {first.area.in_text}{beside}"


def _about(answers: Sequence[Answer], day: str, mode: Mode) -> list[str]:
    """What stands under the title: beside whom, and how new the newest figures are."""
    compared = list(dict.fromkeys(one.compared_in(mode) for one in answers if one.comparators))
    return [
        *([f"Compared with {listed(compared)}"] if compared else []),
        *([f"Newest figures published {spoken_date(day)}"] if day else []),
    ]


def _paragraphs(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _whose(answers: Sequence[Answer]) -> list[str]:
    """What the slide of the sources says: whose figures they are, and under which licence."""
    named = dict.fromkeys(who for answer in answers for who in names_of_publishers(answer))
    return [
        f"Figures of: {listed(list(named))}.",
        _LICENCE,
        "The notes below this slide name every source, with any other licence. Those below each slide name its own.",
    ]


def _sources(answers: Sequence[Answer]) -> list[str]:
    """Every source of what is shown, once, and the licence."""
    shown = [one for answer in answers for one in (answer, answer.beside) if one]
    lines = dict.fromkeys(_cited(source) for one in shown for source in one.citations(tables_shown(one)))
    return ["Sources:", f"Where no other licence is named: {OPEN_GOVERNMENT_LICENCE}.", *lines]


def _cited(source: Provenance) -> str:
    """A source on a line, with its licence where it is not that of nearly all."""
    other = "" if source.licence == OPEN_GOVERNMENT_LICENCE else f", {source.licence}"
    return f"{source.publication}, {source.release}. {source.publisher}{source.when()}{other}."
