"""Schools of Places: how many there are of each kind, and which kinds the map tells apart."""

from __future__ import annotations

from sendlib.answer import Answer, Mode
from sendlib.answer.numbers import count_of
from sendlib.pictures import rows
from sendlib.pictures.picture import Picture
from sendlib.questions.places.naming import place
from sendlib.tables import schools


def kinds_on_map(answer: Answer) -> list[str]:
    """The kinds of schools that the map tells apart, in the order of its colours: those of the register that a refresh
    has brought, else those of the register shipped, which the browser fetches."""
    if "schools" not in answer.tables:
        return list(schools.SHIPPED_WORDS.values())
    held = answer.tables["schools"].data
    return [str(words) for words in held.drop_duplicates("kind").sort_values("kind")["kind_words"]]


def by_kind(answer: Answer, mode: Mode) -> list[Picture]:
    """A bar of schools for each kind of which there is a figure."""
    table = answer.tables["provision"]
    held = table.data.dropna(subset=["schools"])
    without = len(table.data) - len(held)
    told = f"Not available for {count_of(without, 'other kind', 'other kinds')} (see the numbers)."
    return [
        rows.bars(
            "provision",
            mode,
            held,
            "kind",
            "schools",
            "Schools",
            table.caption.in_mode(mode),
            decimals=0,
            below_it=(told,) if without else (),
            nothing=f"Not available for {place(answer.area)}.",
        )
    ]
