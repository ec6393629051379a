"""The answer to one question for one area, complete."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from sendlib.answer.card import Card
from sendlib.answer.choice import Asked, Offered
from sendlib.answer.glance import Glance
from sendlib.answer.numbers import more_or_fewer, of_every, out_of, percent, rounds_to_nothing, written
from sendlib.answer.standing import Standing
from sendlib.answer.table import Table
from sendlib.answer.text import Mode, Text
from sendlib.areas import Area
from sendlib.provenance import Provenance
from sendlib.tables.symbols import NOT_AVAILABLE, VALUE, WORDS

MOST_FIGURES = 4
MOST_PINNED = 3
EACH = "_each"
"""What the name of a table ends with that has the single figures of those compared behind the means of another."""
State = Literal["full", "too_few", "nobody", "doubtful", "not_available"]
FULL: State = "full"
TOO_FEW: State = "too_few"
NOBODY: State = "nobody"
DOUBTFUL: State = "doubtful"
NOT_SHOWN: State = "not_available"
"""What an answer could say: all of it; little, of so few children; nothing beside others, since nobody is compared or
too few are for a mean; nothing in a headline, since the area's own figure can not be right; or nothing of this
area."""
Kind = Literal["missing", "definition", "break", "caution"]


@dataclass(frozen=True)
class Figure:
    """A number that stands large on the page.

    `value` is None where `status` is not `value`. `unit` is `%`, `points`,
    `children`, ... `decimals` says how it is written. `comparison` is a
    phrase ("England 5.3%"); `direction` is higher, lower, about the same or empty.
    Where only a range is known `value` is its lower end and `upper` the other one;
    with `at_least` there is a lower end only. `instead` is written in place of a
    value that rests on too few ("1 of 1") or can not be right. `detail` is a sentence of its own under
    the comparison. `table` names the table of the store that the value comes from. `standing` is
    its place among all authorities, where it has one. Families are told a share as `17 of every 100`: of `out_of`, or
    where that is nought of as many as it needs; and `share` (per cent) in place of a value in points that is how far it
    is from another. `england`: England's value of the same, where something draws it beside.
    """

    label: Text
    value: float | None
    unit: str
    comparison: Text
    direction: str = ""
    status: str = VALUE
    decimals: int = 1
    signed: bool = False
    upper: float | None = None
    at_least: bool = False
    instead: Text = Text("")
    detail: Text = Text("")
    table: str = ""
    standing: Standing | None = None
    out_of: int = 0
    share: float | None = None
    england: float | None = None

    @property
    def text(self) -> str:
        """The value as it is written, or the words for what is missing."""
        return self.text_in("explore")

    def text_in(self, mode: Mode) -> str:
        """The same in a mode."""
        if words := self.instead.in_mode(mode):
            return words
        if self.value is None or math.isnan(self.value):
            return WORDS[self.status if self.status != VALUE else NOT_AVAILABLE].capitalize()
        if mode == "families" and (self.unit == "%" or self.share is not None):
            return self._plainly(self.value)
        if self.unit == "%" and self.upper is None and rounds_to_nothing(self.value, self.decimals):
            return percent(self.value, self.decimals)
        number = written(self.value, self.decimals, signed=self.signed)
        if self.upper is not None and written(self.upper, self.decimals) != number:
            # A range from nought says only what it can be at most; a range of per cents has the sign twice.
            first, last = (f"{number}%" if self.unit == "%" else number), written(self.upper, self.decimals)
            number = f"{first} to {last}" if self.value else f"up to {last}"
        if self.at_least:
            number = f"at least {number}"
        return f"{number}%" if self.unit == "%" else f"{number} {self.unit}".strip()

    @property
    def out_of_so_many(self) -> int:
        """Of how many children Families are told the share; nought where it is none, or there is no number."""
        share = self.value if self.unit == "%" and not self.signed else self.share
        if share is None or self.value is None or math.isnan(share) or self.instead.in_mode("families"):
            return 0
        return self.out_of or out_of(share, *([] if self.upper is None else [self.upper]), apart=self.upper is not None)

    def _plainly(self, value: float) -> str:
        """A share, a range of shares or a change in per cent for families."""
        if self.signed and self.share is None:
            return more_or_fewer(value)
        share, many = value if self.share is None else self.share, self.out_of_so_many
        if self.upper is None and not self.at_least:
            return of_every(share, many)
        # Both ends outwards, so that what is said holds.
        low = math.floor(round(share * many / 100, 6))
        if self.upper is None:
            return f"at least {written(low)} of every {written(many)}"
        high = math.ceil(round(self.upper * many / 100, 6))
        return f"{f'{written(low)} to' if low else 'up to'} {written(high)} of every {written(many)}"


@dataclass(frozen=True)
class Note:
    """Something a reader should know.

    `about` names the table of the answer that it stands beside; without it the note is about the whole answer.
    `of` is a value of a choice about that table: the note is then shown only while that value is in force.
    """

    kind: Kind
    text: Text
    about: str = ""
    of: str = ""


@dataclass(frozen=True)
class Verdict:
    """One judgement in plain words, and the rule that it was made by."""

    words: Text
    rule: Text


@dataclass(frozen=True)
class Answer:
    """The answer to one question for one area, complete: all that a page shows is in it.

    `title` is the active title of the lead picture; `lead` names the table
    that it draws. `state` says what could be answered. Most answers have three figures; getting_help has four,
    because parents asked that exactly these four are always shown, good or bad,
    and a shared screen has room for no more. `sources` maps a table of the store to where it comes from.
    `offered` is what a reader can choose, by the choice's name, with what is in force. `newer` says of a table of the
    store that a newer release than the one shown is out, or due. `beside` is the answer for a second area that a reader
    set beside it (answer.beside). `pinned`: codes of the areas that a reader asked to be named in pictures, at most
    MOST_PINNED; one that a picture does not draw changes nothing there. `verdicts`: what the page's tests say, each
    with its rule. `glance`: what Start shows of it. `plain_comparators`: those compared in the words of families, where
    they differ. `cards` stand by themselves, with links. `groups`: the groups of the parts of Look closer in their
    order, where the page has them under their names with a search, and its first screen leads to them.
    `same_everywhere`: its lead and large numbers are of no single area and the same for each, so that two areas beside
    each other have them once.
    """

    question: str
    words: str
    area: Area
    comparators: str
    state: State
    title: Text
    headline: Text
    figures: tuple[Figure, ...]
    lead: str
    tables: Mapping[str, Table]
    cannot_tell: tuple[Text, ...]
    could_change: tuple[Text, ...]
    sources: Mapping[str, tuple[Provenance, ...]]
    notes: tuple[Note, ...]
    offered: Mapping[str, Offered] = field(default_factory=dict)
    newer: Mapping[str, tuple[Text, ...]] = field(default_factory=dict)
    beside: Answer | None = None
    pinned: tuple[str, ...] = ()
    verdicts: tuple[Verdict, ...] = ()
    glance: Glance | None = None
    plain_comparators: str = ""
    cards: tuple[Card, ...] = ()
    groups: tuple[str, ...] = ()
    same_everywhere: bool = False

    def __post_init__(self) -> None:
        if len(self.figures) > MOST_FIGURES:
            raise ValueError(f"a page has room for {MOST_FIGURES} figures")
        if self.lead not in self.tables:
            raise ValueError(f"the lead table '{self.lead}' is not among the tables")
        if self.groups and (stray := {table.group for table in self.tables.values()} - {"", *self.groups}):
            raise ValueError(f"tables stand in groups that there are not: {sorted(stray)}")
        for note in self.notes:
            if note.about and note.about not in self.tables:
                raise ValueError(f"a note is about '{note.about}', which is not among the tables")
        for offered in self.offered.values():
            if offered.choice.about and offered.choice.about not in self.tables:
                raise ValueError(f"the choice '{offered.choice.name}' is about a table that there is not")

    def compared_in(self, mode: Mode) -> str:
        """Those compared, as a mode calls them: `its ten statistical neighbours`, `ten similar areas`."""
        return (self.plain_comparators if mode == "families" else "") or self.comparators

    def notes_about(self, table: str, *kinds: Kind) -> list[Note]:
        """The notes that stand beside one table now, of some kinds or all: those of a value that is not in force are
        left out."""
        in_force = {value for offered in self.offered_about(table) for value in (offered.value, *offered.values)}
        return [
            note
            for note in self.notes
            if note.about == table and (not kinds or note.kind in kinds) and (not note.of or note.of in in_force)
        ]

    def offered_about(self, table: str) -> list[Offered]:
        """What a reader can choose in the part of the page that holds a table; beside the lead picture for an empty
        name."""
        return [offered for offered in self.offered.values() if offered.choice.about == table]

    def each(self, table: str) -> str:
        """The table of each of those compared behind the means of a table; empty where there is none."""
        name = f"{table}{EACH}"
        return name if name in self.tables else ""

    def pinning(self, codes: Iterable[str]) -> Answer:
        """The same answer with other areas named in its pictures, and in those of the area beside."""
        pinned = tuple(dict.fromkeys(codes))[-MOST_PINNED:]
        return replace(self, pinned=pinned, beside=replace(self.beside, pinned=pinned) if self.beside else None)

    def chosen(self, name: str) -> str:
        """The value in force of a choice."""
        return self.offered[name].value

    def choosing(self, asked: Asked) -> Answer:
        """The same answer with other choices of what its pictures show. Raises UnknownChoice."""
        taken = {
            name: offered if offered.choice.figures_change else offered.taking(asked.get(name, ""))
            for name, offered in self.offered.items()
        }
        return replace(self, offered=taken, beside=self.beside.choosing(asked) if self.beside else None)

    def newer_than(self, tables: Iterable[str]) -> tuple[Text, ...]:
        """What is newer than some of its tables of the store, each line once."""
        return tuple(dict.fromkeys(line for name in tables for line in self.newer.get(name, ())))

    def citations(self, tables: tuple[str, ...]) -> list[Provenance]:
        """The origins of some of its tables of the store, each once."""
        return list(dict.fromkeys(source for name in tables for source in self.sources.get(name, ())))
