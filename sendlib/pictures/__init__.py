"""Pictures of answers: an `Answer` in, specs with their data and words out. Nothing here knows Streamlit.

One module a question has its pictures, by the table of the answer that each is drawn from (`PICTURES`); what they
share is in `picture` (colours, fonts, keys), `rows` (marks and bars in rows) and `lines`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from sendlib.answer import MODES, TOO_FEW, Answer, Mode, Text, each
from sendlib.answer.choice import NONE
from sendlib.answer.numbers import listed
from sendlib.pictures import board, doing_well, getting_help, joining_up, looking_ahead, my_area, needs, places
from sendlib.pictures.picture import About, Picture, Pictures
from sendlib.pictures.places_map import MapPicture, on_top
from sendlib.provenance import cited_together

_PICTURES: Mapping[str, Pictures] = {
    "my_area": my_area.PICTURES,
    "needs": needs.PICTURES,
    "places": places.PICTURES,
    "getting_help": getting_help.PICTURES,
    "doing_well": doing_well.PICTURES,
    "looking_ahead": looking_ahead.PICTURES,
    "joining_up": joining_up.PICTURES,
    "board": board.PICTURES,
}
"""Question -> its pictures."""


def of(answer: Answer, table: str, mode: Mode) -> list[Picture]:
    """The pictures of one table of an answer; none for a table that is only read."""
    if table not in _PICTURES.get(answer.question, {}):
        return []
    if answer.beside is None or table != answer.lead:
        return _drawn(answer, table, mode)
    if _draws_both(answer, answer.beside, table):
        return _drawn(answer, table, mode)
    own, other = _drawn(replace(answer, beside=None), table, mode), _drawn(answer.beside, table, mode)
    return _one_alone(answer, own, other) or _one_beside_the_other(answer, own, other)


def _drawn(answer: Answer, table: str, mode: Mode) -> list[Picture]:
    """The pictures of a table, each with what is said of it when it leaves the page."""
    held = answer.tables[table]
    title = answer.title.in_mode(mode) if table == answer.lead else held.heading
    areas = [one.area for one in (answer, answer.beside) if one]
    caption = f"{held.caption.in_mode(mode)}."
    # What is the same for every area is of none of them.
    of_none = table == answer.lead and answer.same_everywhere
    unnamed = [] if of_none else [area.name for area in areas if area.name not in f"{title} {caption}"]
    about = About(
        f"{answer.question}-{'-'.join(area.code for area in areas)}",
        title,
        f"{listed(unnamed)}: {caption}" if unnamed else caption,
        (),
        answer.compared_in(mode),
    )
    drawn = _PICTURES[answer.question][table](answer, mode)
    return [
        replace(
            one,
            about=replace(
                about,
                name=f"{about.name}-{one.key}",
                sources=_sources(answer, held.sources, one),
                chosen=_chosen(answer, table, " ".join((title, one.heading, *(entry.words for entry in one.legend)))),
            ),
        )
        for one in drawn
    ]


def _chosen(answer: Answer, table: str, said: str) -> str:
    """What was chosen beside a picture, as far as its title and key have not `said` it: on its page the controls do.
    Of a lead its caption says it."""
    found = [
        f"{one.choice.label}: {one.words}."
        for one in answer.offered_about(table)
        if table != answer.lead and one.choice.most == 1 and one.value in one.options and one.value != NONE
        if one.choice.name != each.choice(table).name and one.words.casefold() not in said.casefold()
    ]
    return " ".join(found)


def _sources(answer: Answer, names: tuple[str, ...], picture: Picture) -> tuple[str, ...]:
    """Where a picture's figures come from, those of what lies on a map too; each once, though several files are."""
    more = on_top(picture) if isinstance(picture, MapPicture) else ()
    return cited_together(answer.citations((*names, *more)))


_DRAWS_BOTH = frozenset(
    {
        ("my_area", "hundred"),
        ("needs", "mix"),
        ("getting_help", "on_time"),
        ("getting_help", "waits"),
        ("doing_well", "stages"),
        ("doing_well", "sum_by_january"),
        ("looking_ahead", "fan"),
        ("places", "map"),
        ("joining_up", "squares"),
    }
)
"""(Question, table) whose picture itself has the marks of an area that is set beside."""
_NOT_OF_TOO_FEW = frozenset({("needs", "mix"), ("getting_help", "on_time")})
"""Of these, one area with too few children has a picture of its own, which says so."""
_OF_ONE_LEAD = frozenset({("getting_help", "waits")})
"""Of these, two areas are in one picture only where it leads for both."""


def _draws_both(answer: Answer, other: Answer, table: str) -> bool:
    """Whether the picture of a table has the marks of both areas."""
    asked = answer.question, table
    if asked in _OF_ONE_LEAD and table != other.lead:
        return False
    if asked in _NOT_OF_TOO_FEW and TOO_FEW in (answer.state, other.state):
        return False
    return asked in _DRAWS_BOTH and table in other.tables


def _one_alone(answer: Answer, own: list[Picture], other: list[Picture]) -> list[Picture]:
    """The pictures of one of two areas, where there is nothing to draw of the other, with a sentence why; none where
    both have pictures, or neither."""
    names = answer.area.name, answer.beside.area.name if answer.beside else ""
    empty = [[picture for picture in held if picture.nothing] for held in (own, other)]
    if bool(empty[0]) == bool(empty[1]):
        return []
    (drawn, name), (without, why) = (
        ((other, names[1]), (names[0], empty[0])) if empty[0] else ((own, names[0]), (names[1], empty[1]))
    )
    told = tuple(f"{without}: {picture.nothing}" for picture in why)
    headed = [replace(one, heading=f"{name}: {one.heading}" if one.heading else name) for one in drawn]
    last = headed[-1]
    alt = Text(*(" ".join((last.alt.in_mode(each), *told)) for each in MODES))
    return [*headed[:-1], replace(last, alt=alt, below=(*last.below, *told))]


def _one_beside_the_other(answer: Answer, own: list[Picture], other: list[Picture]) -> list[Picture]:
    """The pictures of two areas side by side, each under the name of its area; each is drawn on its own scale."""
    names = answer.area.name, answer.beside.area.name if answer.beside else ""
    found: list[Picture] = []
    for place in range(max(len(own), len(other))):
        for name, held, key in ((names[0], own, ""), (names[1], other, "beside_")):
            if place < len(held):
                one = held[place]
                heading = f"{name}: {one.heading}" if one.heading and one.heading != name else name
                found.append(replace(one, key=f"{key}{one.key}", heading=heading, across=True))
    return found
