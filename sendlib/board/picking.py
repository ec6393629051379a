"""Which measures stand on a board, and in which order: read out of an address, with what is wrong in it told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sendlib import catalogue
from sendlib.answer import Choice, Text
from sendlib.answer.numbers import listed
from sendlib.errors import UnknownChoice
from sendlib.measures import asking, over_time, picking
from sendlib.measures.registry import Measure
from sendlib.store import Store

MOST = 6
"""Measures that a shared screen has room for."""
CHOICE = Choice(
    "measures",
    "Measures on the board",
    f"one to {MOST} measures over time by their codes, with commas between, in the order in which they stand; a"
    " suggestion without it",
    most=MOST,
)


@dataclass(frozen=True)
class Picked:
    """The codes of a board in their order, and what was wrong with what was asked for, in sentences."""

    codes: tuple[str, ...]
    told: tuple[str, ...] = ()


def suggested(store: Store) -> tuple[str, ...]:
    """The measures of a board that nobody has picked yet: those of the catalogue that the store holds."""
    return tuple(code for code in _words() if _of(store, code))


def words(measure: Measure) -> Text:
    """What a measure is called on a board; those of the suggestion have shorter and plainer words as well."""
    short = _words().get(measure.code)
    return Text(measure.words, short.show, short.families) if short else Text(measure.words)


def pages() -> dict[str, str]:
    """The pages that hold measures over time, by the question's name -> what each is called."""
    return picking.titles(over_time.PAGES)


def offered(store: Store, page: str) -> dict[str, str]:
    """The measures of a page: code -> words, with the unit."""
    return {code: measure.name for code, measure in asking.over_time(store, page).items()}


def found(offered: Mapping[str, str], words: str) -> list[str]:
    """The codes of measures whose words hold every word typed, or a part of a word; all of them where none is typed."""
    typed = words.casefold().split()
    return [code for code, said in offered.items() if all(word in said.casefold() for word in typed)]


def read(store: Store, text: str) -> Picked:
    """The measures that a text names, with commas between; unknown ones and those too many are told and left out.

    Nothing that can be used, or an empty text, is the suggestion.
    """
    asked = list(dict.fromkeys(part.strip().casefold() for part in text.split(",") if part.strip()))
    known = [code for code in asked if _of(store, code)]
    told = []
    if unknown := [code for code in asked if code not in known]:
        named = listed([f"'{code}'" for code in unknown[:3]] + (["others"] if len(unknown) > 3 else []))
        told.append(f"The board has no measure {named}. It is left out.")
    if len(known) > MOST:
        told.append(f"A board has room for six measures. These are the first six of {len(known)}.")
    return Picked(tuple(known[:MOST]) or suggested(store), tuple(told))


def of_codes(store: Store, codes: Sequence[str]) -> list[Measure]:
    """The measures of some codes, in their order. Raises UnknownChoice for one that there is not, none, or too many."""
    if not 1 <= len(codes) <= MOST:
        raise UnknownChoice(f"Pick one to six measures for the board, not {len(codes)}.", CHOICE.name)
    found = []
    for code in codes:
        measure = _of(store, code)
        if measure is None:
            raise UnknownChoice(
                f"There is no measure '{code}' for the board. A measure begins with its page: {', '.join(pages())}.",
                CHOICE.name,
            )
        found.append(measure)
    return found


def standard(measure: Measure) -> Text:
    """What the law or an agreed standard says of a measure; empty of most."""
    for one in catalogue.load("board")["standard"]:
        if measure.code.startswith(tuple(one["of"])):
            return Text(one["explore"], one["show"], one["families"])
    return Text("")


def _of(store: Store, code: str) -> Measure | None:
    page = code.split(".")[0]
    return asking.over_time(store, page).get(code) if page in over_time.PAGES else None


def _words() -> dict[str, Text]:
    """The suggested measures by code, in the words of a shared screen and of families."""
    held = catalogue.load("board")["suggested"]
    return {one["code"]: Text(one["show"], one["show"], one["families"]) for one in held}
