"""What nobody measures, or what is not held here, and who would know: `gaps.toml`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, get_args

from sendlib.catalogue import load
from sendlib.catalogue.rows import Place, entries, refuse

_FILE = "gaps"

Kind = Literal["not_measured", "local", "not_held", "talk"]
KINDS: dict[Kind, str] = {
    "not_measured": "Nobody measures it",
    "local": "Only local services know it",
    "not_held": "Published or kept elsewhere, and not held here",
    "talk": "For people to talk about: no number answers it",
}
"""Kind -> how it is said."""


@dataclass(frozen=True)
class Gap:
    """Something that the documents ask for and this app has no figure of.

    `what` it is, `why` there is none, `who` would know; `families` and `families_who` say it plainly. `items` are the
    codes of the list of what the documents name. `places` is where the same is said, where the nearest figure is, or
    where a group can bring its own.
    """

    code: str
    kind: Kind
    what: str
    why: str
    who: str
    families: str
    families_who: str
    items: tuple[str, ...]
    places: tuple[Place, ...] = ()

    @property
    def said_kind(self) -> str:
        """Its kind in words."""
        return KINDS[self.kind]


@cache
def gaps() -> tuple[Gap, ...]:
    """All of them, those that nobody measures first. Raises ContractBroken where one breaks a rule."""
    return checked(load(_FILE))


def checked(held: dict[str, Any]) -> tuple[Gap, ...]:
    """The gaps of a file. Raises ContractBroken where one breaks a rule."""
    found = entries(_FILE, Gap, held["gap"])
    for one in found:
        refuse(_FILE, _wrong(one))
    return found


def _wrong(one: Gap) -> Iterator[str]:
    if one.kind not in get_args(Kind):
        yield f"'{one.code}' is of the kind '{one.kind}'."
