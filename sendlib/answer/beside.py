"""Two areas side by side: the answer for one with the answer for another set beside it."""

from __future__ import annotations

from dataclasses import replace

from sendlib.answer.model import Answer, Figure, Note
from sendlib.answer.table import Table
from sendlib.answer.text import MODES, Mode, Text
from sendlib.tables.periods import spoken

_SAID_OF_EACH = ("caution", "missing", "break")
"""Kinds of notes that are said of each of the two areas; what a thing means is said once."""
_NOT_DRAWN = ("stages", "map")
"""Lead tables whose picture has none of the figures."""
_IN_SENTENCES = (*_NOT_DRAWN, "sum_by_january", "fan")
"""Lead tables with the sentences as title: the first figure is not what the picture is about."""
_MOST_IN_A_TITLE = 150
"""Letters of such a title, above which a shorter one out of the first figure is taken, where there is one."""


def with_beside(own: Answer, other: Answer) -> Answer:
    """The answer for one area with that for another beside it, to the same question.

    Both names stand in the title and in the sentences. Figures, tables and pictures of the other stay in
    `Answer.beside`; what is said of one of them is said under its name.
    """
    same = own.lead == other.lead
    own = _led_by_both(own, other)
    once = {note.text for note in own.notes} & {note.text for note in other.notes}

    def of_one(note: Note) -> bool:
        """Whether a note is said of one of the two."""
        return note.about in ("", own.lead) and note.kind in _SAID_OF_EACH and note.text not in once

    mine = tuple(replace(note, text=_of(own, note.text)) if of_one(note) else note for note in own.notes)
    added = tuple(replace(note, text=_of(other, note.text)) for note in other.notes if of_one(note))
    lead = own.tables[own.lead]
    title, headline = _words(own, other, same=same)
    return replace(
        own,
        beside=other,
        title=title,
        headline=headline,
        tables={
            **own.tables,
            own.lead: lead if own.same_everywhere else replace(lead, caption=_with(lead.caption, own, other)),
        },
        notes=tuple(_briefly(note, own.lead) for note in (*mine, *added)),
    )


def _with(caption: Text, own: Answer, other: Answer) -> Text:
    """A caption with the name of the second area."""
    return _both(caption, Text(f"(beside it {_dated(own, other)})"))


def _dated(own: Answer, other: Answer) -> str:
    """The name of the second area, with the time of its figures where those of the first are of another."""
    first, second = (_vintage(one.tables.get(own.lead)) for one in (own, other))
    return other.area.name if first == second or not second else f"{other.area.name}, {spoken(second)}"


def _vintage(table: Table | None) -> str:
    """Of when all figures of a table are, where it has a column that says so."""
    return str(table.data["vintage"].iloc[0]) if table and "vintage" in table.columns else ""


def _briefly(note: Note, lead: str) -> Note:
    """A note as two areas have room for it: why a point of the lead picture is missing is not said on a shared
    screen."""
    if note.kind != "missing" or note.about != lead:
        return note
    return replace(note, text=Text(note.text.explore, None, note.text.families))


def _words(own: Answer, other: Answer, *, same: bool) -> tuple[Text, Text]:
    """Title and headline of both. `same`: their own titles are of the same thing, so that they can stand one after the
    other; else, and where the first figure is what the picture is about, it is the title."""
    sentences = _both(_sentence(own), _sentence(other))
    both = _both(*(_of(one, one.headline) for one in (own, other)), on_a_wall=False)
    if own.same_everywhere:
        return own.title, _both(*(_of(one, one.headline) for one in (own, other)))
    figure = _first_figure(own, other) if same else _same_figure(own, other)
    if figure and same and own.lead not in _IN_SENTENCES:
        return figure, sentences
    if figure and (not same or len(figure.explore) < _MOST_IN_A_TITLE < len(sentences.explore)):
        return figure, both
    return Text(*(sentences.in_mode(mode).removesuffix(".") for mode in MODES)), both


def _led_by_both(own: Answer, other: Answer) -> Answer:
    """The first area's answer, led by a table that both have: of several authorities together another one may lead."""
    if own.lead not in other.tables and other.lead in own.tables:
        return replace(own, lead=other.lead)
    return own


def pairs(answer: Answer) -> list[tuple[Figure, Figure | None]]:
    """Each figure with that of the area beside: of the same label, else of the same thing (of_the_same), else the next
    that is of nothing here; those that are of no single area alone."""
    if answer.same_everywhere:
        return [(figure, None) for figure in answer.figures]
    left = list(answer.beside.figures) if answer.beside else []
    found: dict[int, Figure] = {}
    for fits in (_of_one_label, of_the_same, lambda figure, other: True):
        for place, figure in enumerate(answer.figures):
            other = None if place in found else next((one for one in left if fits(figure, one)), None)
            if other is not None:
                found[place] = other
                left.remove(other)
    return [(figure, found.get(place)) for place, figure in enumerate(answer.figures)]


def _of_one_label(figure: Figure, other: Figure) -> bool:
    return figure.label == other.label


def alike(answer: Answer) -> list[tuple[Figure | None, Figure | None]]:
    """Each figure of both areas once: with the other's of the same thing, or by itself."""
    held = [(figure, other if other and of_the_same(figure, other) else None) for figure, other in pairs(answer)]
    said = [other for _, other in held if other]
    theirs = answer.beside.figures if answer.beside and not answer.same_everywhere else ()
    left = [other for other in theirs if other not in said]
    return [*held, *((None, other) for other in left)]


def of_the_same(figure: Figure, other: Figure) -> bool:
    """Whether two figures are of the same thing, or of the same kind and in the same unit, out of one table (`Furthest
    above: Autism`)."""
    return _of_one_label(figure, other) or (figure.table == other.table and figure.unit == other.unit)


def _first_figure(own: Answer, other: Answer) -> Text | None:
    """The first figure of both, with both names, where it is of the same thing; None where it is not, or one area lacks
    it, or the picture does not draw it, or it is a difference from those that each is compared with: two yardsticks
    are no scale."""
    mine, theirs = own.figures[0], other.figures[0]
    if mine.value is None or theirs.value is None or mine.instead or theirs.instead or mine.label != theirs.label:
        return None
    if mine.signed and mine.unit == "points":
        return None
    return None if own.lead in _NOT_DRAWN else _compared(mine, theirs, own, other)


def _same_figure(own: Answer, other: Answer) -> Text | None:
    """The first figure that both have, where their own titles are of different things; None where they share none. What
    the lead table is made of comes before the rest: the picture is of it."""
    drawn = own.tables[own.lead].sources[:1]
    for mine in own.figures:
        theirs = next((one for one in other.figures if one.table == mine.table and one.table in drawn), None)
        if theirs:
            return _compared(mine, theirs, own, other)
    same = {figure.label: figure for figure in other.figures}
    first = next((figure for figure in own.figures if figure.label in same), None)
    return _compared(first, same[first.label], own, other) if first else None


def _compared(mine: Figure, theirs: Figure, own: Answer, other: Answer) -> Text:
    """`Pupils with an EHC plan: 5.0% in Plymouth, 6.5% in Devon`; what is missing is said in place of its number."""

    def said(figure: Figure, mode: Mode) -> str:
        text = figure.text_in(mode)
        return text[:1].lower() + text[1:]

    # A health area's says that it is of its authorities; beside that of an authority the name says it.
    label = min(mine.label, theirs.label, key=lambda one: len(one.explore))
    return Text(
        *(
            f"{label.in_mode(mode)}: {said(mine, mode)} in {own.area.in_text},"
            f" {said(theirs, mode)} in {other.area.in_text}"
            for mode in MODES
        )
    )


def _sentence(answer: Answer) -> Text:
    """The title as a sentence with the area's name in it."""
    named = _of(answer, answer.title)
    return Text(*(f"{named.in_mode(mode)}." for mode in MODES))


def _both(first: Text, second: Text, *, on_a_wall: bool = True) -> Text:
    """One after the other; on a shared screen nothing where there is no room for two."""
    explore, show, families = (f"{first.in_mode(mode)} {second.in_mode(mode)}".strip() for mode in MODES)
    return Text(explore, show if on_a_wall else None, families)


def _of(answer: Answer, text: Text) -> Text:
    """A text under the name of the area that it is of, where it does not name it."""
    name = answer.area.short_name
    explore, show, families = (
        words if not words or name in words else f"{name}: {words}" for words in (text.in_mode(mode) for mode in MODES)
    )
    return Text(explore, show or None, families or None)  # what says nothing in a mode says nothing with a name either
