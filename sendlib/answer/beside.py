"""Two areas side by side: the answer for one with the answer for another set beside it."""

from __future__ import annotations

from dataclasses import replace

from sendlib.answer.model import Answer, Figure
from sendlib.answer.text import MODES, Text


def with_beside(own: Answer, other: Answer) -> Answer:
    """The answer for one area with that for another beside it, to the same question.

    Both names stand in the title and in the sentences. Figures, tables and pictures of the other stay in
    `Answer.beside`; what is said of one of them is said under its name.
    """
    known = {note.text for note in own.notes}
    added = tuple(
        replace(note, text=_of(other, note.text))
        for note in other.notes
        if not note.about and note.kind in ("caution", "missing") and note.text not in known
    )
    lead = own.tables[own.lead]
    titles = _both(_sentence(own), _sentence(other))
    title = _first_figure(own, other)
    return replace(
        own,
        beside=other,
        title=title or Text(*(titles.in_mode(mode).removesuffix(".") for mode in MODES)),
        headline=titles if title else _both(own.headline, other.headline, on_a_wall=False),
        tables={
            **own.tables,
            own.lead: replace(lead, caption=_both(lead.caption, Text(f"(beside it {other.area.name})"))),
        },
        notes=(*own.notes, *added),
    )


def pairs(answer: Answer) -> list[tuple[Figure, Figure | None]]:
    """Each figure with the one of the same place of the area beside, where both are of the same thing."""
    if answer.beside is None:
        return [(figure, None) for figure in answer.figures]
    return list(zip(answer.figures, answer.beside.figures, strict=False))


def _first_figure(own: Answer, other: Answer) -> Text | None:
    """The first figure of both, with both names, where it is of the same thing; None where it is not, or one lacks
    it."""
    mine, theirs = own.figures[0], other.figures[0]
    if mine.value is None or theirs.value is None or mine.instead or theirs.instead or mine.label != theirs.label:
        return None
    return Text(
        *(
            f"{mine.label.in_mode(mode)}: {mine.text_in(mode)} in {own.area.in_text},"
            f" {theirs.text_in(mode)} in {other.area.in_text}"
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
    return Text(
        *(
            words if not words or name in words else f"{name}: {words}"
            for words in (text.in_mode(mode) for mode in MODES)
        )
    )
