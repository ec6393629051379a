"""What others publish and who helps, as the source documents name it: each with its state today and a way to it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, get_args

from sendlib.catalogue import load
from sendlib.catalogue.rows import entries, refuse, wrong_links

_FILE = "resources"

State = Literal["live", "replaced", "closed", "document", "not_checked"]
STATES: dict[State, str] = {
    "live": "Published today",
    "replaced": "Replaced",
    "closed": "Closed",
    "document": "A document, as it was then",
    "not_checked": "Not checked",
}
"""State -> how it is said."""

Group = Literal["national", "published", "help", "document", "reference"]
GROUPS: dict[Group, str] = {
    "national": "National resources, as the slides of 2018 list them",
    "published": "Other figures that are published",
    "help": "Who helps",
    "document": "Documents",
    "reference": "What the brief of 2023 refers to",
}
"""Group -> its heading, in their order."""


@dataclass(frozen=True)
class Resource:
    """One of them.

    `code` is that of the list of what the documents name, with a letter where it names several. `link` leads to the
    thing itself, or where no address of it is known to the publisher's site, and then `search` is what to search for
    there. `note` says what replaced it, or why its state is not known.
    """

    code: str
    group: Group
    organisation: str
    name: str
    what: str
    families: str
    state: State
    link: str
    search: str = ""
    note: str = ""

    @property
    def said_group(self) -> str:
        """Its group in words."""
        return GROUPS[self.group]

    @property
    def said_state(self) -> str:
        """Its state in words."""
        return STATES[self.state]


@cache
def resources() -> tuple[Resource, ...]:
    """All of them, group by group. Raises ContractBroken where one breaks a rule."""
    return checked(load(_FILE))


def checked(held: dict[str, Any]) -> tuple[Resource, ...]:
    """The resources of a file. Raises ContractBroken where one breaks a rule."""
    found = entries(_FILE, Resource, held["resource"])
    for one in found:
        refuse(_FILE, _wrong(one))
    return found


def _wrong(one: Resource) -> Iterator[str]:
    if one.state not in get_args(State):
        yield f"'{one.code}' has the state '{one.state}'."
    if one.group not in get_args(Group):
        yield f"'{one.code}' is of the group '{one.group}'."
    if one.state in ("replaced", "closed", "not_checked") and not one.note:
        yield f"'{one.code}' does not say what became of it."
    yield from wrong_links(one.code, one.link)
