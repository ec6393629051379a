"""A card: a few lines that stand by themselves, with links; what was found of an area, or what a reader can do."""

from __future__ import annotations

from dataclasses import dataclass

from sendlib.answer.text import Text


@dataclass(frozen=True)
class Link:
    """A way to somebody else's page: its words and its address; `gives` says what is there."""

    words: str
    address: str
    gives: Text = Text("")


@dataclass(frozen=True)
class Card:
    """What stands on a card: a heading, lines of words, and links.

    `lines` are said one below the other. `state` is a word for what there is (`inspected`, `not_found`), so that
    nobody reads it out of the words. `of_area`: whether it is about the area, so that two areas have one each.
    """

    heading: Text
    lines: tuple[Text, ...]
    links: tuple[Link, ...] = ()
    state: str = ""
    of_area: bool = True
