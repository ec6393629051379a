"""The indicators that the Council for Disabled Children's slides of 2018 list for a local multi-agency SEND data set,
the statements of its logic model that they serve, and the three lenses through which the slides look.

All are in `indicators.toml`, in our own words.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, get_args

from sendlib.catalogue import load
from sendlib.catalogue.rows import Place, entries, refuse, wrong_links

_FILE = "indicators"

State = Literal["shown", "linked", "gone"]
"""In the app; elsewhere, where a link leads; no longer published anywhere that is known."""


@dataclass(frozen=True)
class Statement:
    """A statement of the logic model: `O1` to `O6` are outcomes of working together, `I1` to `I6` what they lead to."""

    code: str
    words: str
    families: str

    @property
    def impact(self) -> bool:
        """Whether it is an impact; the others are outcomes of integration."""
        return self.code.startswith("I")


@dataclass(frozen=True)
class Lens:
    """A way to look at the figures: its name, what it asks, and the pages, or tables of a page, that belong to it.

    `families_name` and `families` are name and question plainly; `note` is what else to know.
    """

    code: str
    name: str
    asks: str
    families_name: str
    families: str
    places: tuple[Place, ...]
    note: str = ""
    families_note: str = ""

    def has(self, page: str) -> bool:
        """Whether a page as a whole belongs to this lens."""
        return Place(page) in self.places


@dataclass(frozen=True)
class Indicator:
    """One of the 47.

    `block` is the source under which the slides list it. `statements` and `lens` are codes. `today` says where the
    same thing is published now, with `link` where an address is known. `places` is where the app shows it. `note`
    says how what is shown differs, or why nothing is; `families` is `words` plainly, `families_note` the note.
    """

    code: str
    block: str
    words: str
    families: str
    statements: tuple[str, ...]
    lens: str
    state: State
    today: str
    link: str = ""
    places: tuple[Place, ...] = ()
    note: str = ""
    families_note: str = ""


@cache
def statements() -> tuple[Statement, ...]:
    """The statements of the logic model, outcomes first. Raises ContractBroken."""
    return entries(_FILE, Statement, load(_FILE)["statement"])


@cache
def lenses() -> tuple[Lens, ...]:
    """The three lenses in the order of the slides. Raises ContractBroken."""
    return entries(_FILE, Lens, load(_FILE)["lens"])


@cache
def indicators() -> tuple[Indicator, ...]:
    """All of them in the order of the slides. Raises ContractBroken where one breaks a rule."""
    return checked(load(_FILE))


def checked(held: dict[str, Any]) -> tuple[Indicator, ...]:
    """The indicators of a file. Raises ContractBroken where one breaks a rule."""
    known = {one["code"] for one in held["statement"]}
    seen = {one["code"] for one in held["lens"]}
    blocks = [{**one, **held["block"][one["block"]]} for one in held["indicator"]]
    found = entries(_FILE, Indicator, blocks)
    for one in found:
        refuse(_FILE, _wrong(one, known, seen))
    return found


def source() -> str:
    """Where they are listed."""
    return str(load(_FILE)["source"])


def _wrong(one: Indicator, known: set[str], seen: set[str]) -> Iterator[str]:
    if not one.statements or not set(one.statements) <= known:
        yield f"'{one.code}' serves no statement of the logic model."
    if one.lens not in seen:
        yield f"'{one.code}' belongs to no lens."
    if one.state not in get_args(State):
        yield f"'{one.code}' has the state '{one.state}'."
    if (one.state == "shown") != bool(one.places):
        yield f"'{one.code}' is shown somewhere, or it is not."
    if one.state == "linked" and not one.link:
        yield f"'{one.code}' is linked and has no link."
    if one.state == "gone" and not one.note:
        yield f"'{one.code}' is gone and does not say why."
    if bool(one.note) != bool(one.families_note):
        yield f"'{one.code}' has a note for some readers only."
    if one.link:
        yield from wrong_links(one.code, one.link)
