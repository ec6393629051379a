"""A presentation that is being made, slide by slide."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.util import Inches

from sendlib import pictures
from sendlib.answer import Answer, Mode
from sendlib.answer.beside import of_the_same, pairs
from sendlib.answer.citing import names_of_publishers, tables_shown
from sendlib.answer.numbers import listed
from sendlib.answer.text import said_in
from sendlib.exports import picture as drawings
from sendlib.exports.slides import drawing, fitting, native, notes, pictured, planning, template, words
from sendlib.exports.slides.planning import LARGE, Box, Plan, Shown
from sendlib.exports.slides.words import Run
from sendlib.pictures.palette import DARK_BLUE, QUIET
from sendlib.pictures.picture import Picture
from sendlib.provenance import spoken_date
from sendlib.store import Store

_TITLES, _TITLES_ON_TWO = (32, 30, 28), (30, 28, 26, LARGE)
_FIRST_TITLES = (44, 40, 36, 32, 28, LARGE)
"""Sizes of titles: on one line, else on two; and of the first slide."""
_OF_TWO_SENTENCES: tuple[Mode, ...] = ("families",)
"""Modes whose sentences are short, so that a slide has two of them where there is room."""
_SENTENCE_ENDS = re.compile(r"(?<!\bSt\.)(?<=\.) (?=[A-Z])")
_BETWEEN = 0.08
"""Inches between two paragraphs to read."""
_ONE_LINE_LESS = 0.45
"""Inches by which a title of one line is lower than one of two."""
_SMALLEST_ROOM = (6.0, 3.2)
"""Inches that a template's place for content is wide and high at least, or the slide's whole is taken."""


class Deck:
    """The slides of a presentation. `ours`: it has our own look, and not a council's."""

    def __init__(self, deck: Any, mode: Mode, *, ours: bool) -> None:
        self._deck, self._mode, self._ours = deck, mode, ours
        self._layout = template.layout_for(deck)
        self._wider = 1.0 if ours else template.wider(deck)

    def saved(self, title: str, day: str) -> bytes:
        """The file, which says when its figures are from, and nothing of who made the template."""
        about = self._deck.core_properties
        about.title, about.author, about.last_modified_by = title, "SEND Explorer", "SEND Explorer"
        about.subject, about.keywords, about.comments, about.category = "", "", "", ""
        about.language, about.revision = words.LANGUAGE, 1
        about.created = about.modified = datetime.fromisoformat(day)
        for holder in template.holders(self._deck):
            words.speak(holder.element)
        words.speak(self._deck.notes_master.element)
        words.speak(self._deck.part._element)
        held = io.BytesIO()
        self._deck.save(held)
        return held.getvalue()

    def begin(self, title: str, lines: Sequence[str]) -> None:
        """The title slide."""
        layout = template.title_layout_for(self._deck) or self._layout
        slide = self._deck.slides.add_slide(layout)
        self._head(slide, layout, title)
        content = template.content_of(slide)
        if content is not None:
            words.write(content.text_frame, [[Run(line, LARGE, colour=self._in(QUIET))] for line in lines], after=6)
        _finish(slide, [*lines, "Made with SEND Explorer from published figures."])

    def read(self, heading: str, paragraphs: Sequence[str], size: float, below: Sequence[str] = ()) -> None:
        """Paragraphs to read, on as many slides as they need; none where there is nothing to read. `below`: the notes
        of each."""
        room = self._room(self._one_line(heading))
        across = (room.width - 2 * planning.INSET) / self._wider
        pages = fitting.pages(paragraphs, size, (across, room.height), _BETWEEN)
        for number, page in enumerate(pages, start=1):
            slide = self._deck.slides.add_slide(self._layout)
            # A title of its own for each, by which a reader who hears them tells them apart.
            self._head(slide, self._layout, f"{heading} ({number} of {len(pages)})" if len(pages) > 1 else heading)
            content = template.content_of(slide)
            words.put(content, room)
            words.write(content.text_frame, [[Run(line, size)] for line in page], after=_BETWEEN * fitting.POINTS)
            _finish(slide, below)

    def answer(self, store: Store, answer: Answer, link: str) -> None:
        """The slide of a question: its title, a sentence, the figures, the lead picture and the sources, in the order
        in which they are read out."""
        slide, title = self._deck.slides.add_slide(self._layout), answer.title.in_mode(self._mode)
        drawn = pictures.of(answer, answer.lead, self._mode)
        figures, feet = shown_figures(answer, self._mode), feet_of(answer, self._mode, drawn)
        sentences = sentences_of(answer.headline.in_mode(self._mode), self._mode)
        made = planning.plan(self._room(self._one_line(title)), sentences, figures, feet, self._wider)
        self._head(slide, self._layout, title)
        content = template.content_of(slide)
        content.name = "Answer"
        words.put(content, made.said)
        words.write(content.text_frame, [[Run(made.sentence, made.size)]])
        self._figures(slide, figures, made)
        measure = self._draw(slide, store, answer, drawn, made.drawn)
        words.write(words.box(slide, "Source", made.below), [[Run(made.foot, made.foot_size, colour=self._in(QUIET))]])
        said = [title, made.sentence, measure, *(f"{one.label} {one.comparison}" for one in figures)]
        _finish(slide, notes.notes_of(answer, self._mode, drawn, said, link))

    def _figures(self, slide: Any, figures: Sequence[Shown], made: Plan) -> None:
        """The figures below one another, each with its label and what it is compared with."""
        lines, between = [], planning.spacing()
        for one in figures:
            number = Run(one.value, made.size + planning.VALUE_MORE, bold=True, colour=self._in(DARK_BLUE))
            beside = made.compared and one.comparison
            lines.append(([number, Run(f" {one.label}", made.size)], 0 if beside else between))
            if beside:
                lines.append(([Run(one.comparison, made.size, colour=self._in(QUIET))], between))
        if lines:
            frame = words.box(slide, "Figures", made.figures)
            words.write(frame, [runs for runs, _ in lines], [after for _, after in lines])

    def _draw(self, slide: Any, store: Store, answer: Answer, drawn: Sequence[Picture], place: Box) -> str:
        """The lead picture as a chart, else as it is drawn, else why there is none; its measure in words."""
        empty = [one.nothing for one in drawn if one.nothing]
        if empty and len(empty) == len(drawn):
            words.write(words.box(slide, "Why no picture", place), [[Run(" ".join(empty), LARGE)]])
            return ""
        if chart := native.of(answer, self._mode):
            drawing.add_chart(slide, chart, place)
            return f"{chart.what} {' '.join(one.name for one in chart.series)}"
        held = [one for one in drawn if drawings.can_be_drawn(one)]
        for one, part in zip(held, _side_by_side(place, len(held)), strict=True):
            png = pictured.as_png(one, part)
            drawing.add_picture(slide, png, one.alt.in_mode(self._mode), part, f"Picture {one.key}")
        return ""

    def _head(self, slide: Any, layout: Any, title: str) -> None:
        """The title in at most two lines, in the letters of the template."""
        head, of_layout = template.title_of(slide), template.title_of(layout)
        across = (_inches(of_layout.width) - 0.25) / self._wider
        words.write_title(head.text_frame, Run(title, _title_size(title, across, layout is not self._layout)))

    def _one_line(self, title: str) -> bool:
        """Whether a title has one line in our own look, so that what is below can begin higher."""
        across = _inches(template.title_of(self._layout).width) - 0.25
        return self._ours and len(fitting.wrapped(title, _title_size(title, across), across, bold=True)) == 1

    def _room(self, one_line: bool) -> Box:
        """The layout's place for content, or all below the title where that is too small for what a slide says."""
        content, title = template.content_of(self._layout), template.title_of(self._layout)
        left, top, width, height = (_inches(one) for one in (content.left, content.top, content.width, content.height))
        if width < _SMALLEST_ROOM[0] or height < _SMALLEST_ROOM[1]:
            top = _inches(title.top + title.height) + 0.1
            left, width = 0.5, _inches(self._deck.slide_width) - 1
            height = _inches(self._deck.slide_height) - top - 0.4
        higher = _ONE_LINE_LESS if one_line else 0.0
        return Box(left, top - higher, width, height + higher)

    def _in(self, colour: str) -> str:
        """A colour of ours in our own look; in a council's its own, which may be light letters on a dark ground."""
        return colour if self._ours else ""


def sentences_of(headline: str, mode: Mode) -> list[str]:
    """What a slide can say of a headline, the best first: its first sentence (for families the first two), and the
    first part of that."""
    every = _SENTENCE_ENDS.split(headline.strip())
    found = [" ".join(every[:2])] if mode in _OF_TWO_SENTENCES else []
    found += [every[0], f"{every[0].split('; ')[0].rstrip('.')}."]
    return list(dict.fromkeys(found))


def shown_figures(answer: Answer, mode: Mode) -> list[Shown]:
    """The figures that a mode shows; with an area beside, of both where they are of the same thing."""
    found = []
    for figure, other in pairs(answer):
        label = figure.label.in_mode(mode)
        if not label:
            continue
        value, comparison = figure.text_in(mode), figure.comparison.in_mode(mode)
        if answer.beside and other and of_the_same(figure, other) and figure.label == other.label:
            comparison = f"{answer.beside.area.short_name} {other.text_in(mode)}"
        found.append(Shown(value, label, comparison))
    return found


def feet_of(answer: Answer, mode: Mode, drawn: Sequence[Picture]) -> list[list[str]]:
    """What can stand at the foot of a slide: whose figures they are, all of them or the first alone, and where there is
    room the cautions before it. The notes say both in full."""
    cautions = said_in(mode, tuple(note.text for note in answer.notes if note.kind == "caution" and not note.about))
    days = [source.published for source in answer.citations(tables_shown(answer)) if source.published]
    when = f" (to {spoken_date(max(days)[:7])})" if days else ""
    who = names_of_publishers(answer)
    more = " See the notes."
    below = more if any(one.below or one.more for one in drawn) else ""
    whole = f"Source: {listed(who)}{when}."
    short = f"Source: {who[0]} and others{when}.{more}" if len(who) > 1 else f"{whole}{below}"
    if not cautions:
        return [[f"{whole}{below}", short]]
    return [[" ".join([*cautions, short])], [f"{whole}{more}", short if len(who) > 1 else f"{whole}{more}"]]


def _title_size(title: str, across: float, first: bool = False) -> float:
    """The size of a title: the largest in which it has one line, else two."""
    if first:
        return fitting.largest(title, _FIRST_TITLES, across, 2, bold=True)
    size = fitting.largest(title, _TITLES, across, 1, bold=True)
    if len(fitting.wrapped(title, size, across, bold=True)) == 1:
        return size
    return fitting.largest(title, _TITLES_ON_TWO, across, 2, bold=True)


def _side_by_side(place: Box, number: int) -> list[Box]:
    """A place divided into so many beside one another."""
    wide = place.width / max(number, 1)
    return [replace(place, left=place.left + at * wide, width=wide - 0.1) for at in range(number)]


def _inches(length: Any) -> float:
    return float(length / Inches(1))


def _finish(slide: Any, lines: Sequence[str]) -> None:
    """The notes of a slide, its language, and no placeholder that nothing stands in."""
    for shape in list(slide.placeholders):
        if shape.has_text_frame and not shape.text_frame.text.strip():
            shape._element.getparent().remove(shape._element)
    if lines:
        page = slide.notes_slide
        page.notes_text_frame.text = "\n".join(lines)
        words.tell(page.notes_text_frame)
        for shape in list(page.placeholders):
            if shape.placeholder_format.type == PP_PLACEHOLDER.SLIDE_NUMBER:
                shape._element.getparent().remove(shape._element)
        words.speak(page._element)
    words.speak(slide._element)
