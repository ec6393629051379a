"""Everything that the five source documents name, and what became of each item here: `checklist.toml`.

Each item is in one of four states. A test looks whether what is said of it is true (tests/catalogue).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, get_args

from sendlib.catalogue import load
from sendlib.catalogue.gaps import gaps
from sendlib.catalogue.resources import resources
from sendlib.catalogue.rows import Place, entries, refuse

_FILE = "checklist"

State = Literal["shown", "linked", "refused", "nothing"]
STATES: dict[State, str] = {
    "shown": "Shown",
    "linked": "Linked",
    "refused": "Refused with a reason",
    "nothing": "Nothing to build",
}
"""State -> how it is said."""


@dataclass(frozen=True)
class Item:
    """One of them, by the code of the list.

    Shown: `places` has where. Linked: `resources` has codes of them. Refused: `says` is what the page of `places` says
    of it, word for word, or `gap` the code of the gap that About the data shows. Nothing: `why` there is nothing to
    build. `lacks` says what of a shown or linked item is not there.
    """

    code: str
    name: str
    state: State
    places: tuple[Place, ...] = ()
    resources: tuple[str, ...] = ()
    says: str = ""
    gap: str = ""
    why: str = ""
    lacks: str = ""

    @property
    def said_state(self) -> str:
        """Its state in words."""
        return STATES[self.state]


@cache
def checklist() -> tuple[Item, ...]:
    """All of them in the order of the list. Raises ContractBroken where one breaks a rule."""
    return checked(load(_FILE))


def checked(held: dict[str, Any]) -> tuple[Item, ...]:
    """The items of a file. Raises ContractBroken where one breaks a rule."""
    found = entries(_FILE, Item, ({"code": code, **one} for code, one in held.items()))
    linked, missing = {one.code for one in resources()}, {one.code for one in gaps()}
    for one in found:
        refuse(_FILE, _wrong(one, linked, missing))
    return found


def _wrong(one: Item, linked: set[str], missing: set[str]) -> Iterator[str]:
    needs = {
        "shown": bool(one.places),
        "linked": bool(one.resources),
        "refused": bool(one.gap) != bool(one.says and one.places),
        "nothing": bool(one.why),
    }
    if one.state not in get_args(State):
        yield f"'{one.code}' has the state '{one.state}'."
    elif not needs[one.state]:
        yield f"'{one.code}' is '{one.state}' and does not say where or why."
    if strange := set(one.resources) - linked:
        yield f"'{one.code}' names the resource '{min(strange)}', which is not listed."
    if one.gap and one.gap not in missing:
        yield f"'{one.code}' names the gap '{one.gap}', which is not listed."
