"""What the lists behind About the data have in common: where something stands in the app, links, and entries that are
checked when they are read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import MISSING, dataclass, fields
from typing import Any, TypeVar
from urllib.parse import urlsplit

from sendlib.errors import ContractBroken

Entry = TypeVar("Entry")

_HOST = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)*\.(uk|org|com|net|gov|eu)")
_NO_REAL_ADDRESS = ("example", "…", "...", "todo", "placeholder", "localhost", " ")


@dataclass(frozen=True)
class Place:
    """Where in the app: a page by its name, and a table or part of it; `part` is empty for the page as a whole."""

    page: str
    part: str = ""

    def __str__(self) -> str:
        return f"{self.page}.{self.part}" if self.part else self.page


def place(said: str) -> Place:
    """A place as the lists write it: `needs`, `needs.mix`."""
    page, _, part = said.partition(".")
    return Place(page, part)


def entries(file: str, kind: type[Entry], held: Iterable[Mapping[str, Any]]) -> tuple[Entry, ...]:
    """Entries of a file, as dataclasses with a `code`. Raises ContractBroken where one breaks a rule of all lists."""
    found = [_entry(file, kind, one) for one in held]
    codes = [getattr(one, "code") for one in found]  # noqa: B009, every kind has one
    if twice := sorted({code for code in codes if codes.count(code) > 1}):
        raise ContractBroken(f"{file}.toml", f"'{twice[0]}' is listed twice.")
    return tuple(found)


def refuse(file: str, problems: Iterable[str]) -> None:
    """Raises ContractBroken with the first of some problems, if there is one."""
    for problem in problems:
        raise ContractBroken(f"{file}.toml", problem)


def wrong_links(code: str, *links: str) -> Iterator[str]:
    """What is wrong with an entry's links: each is https and goes to a real host, none is a placeholder."""
    for link in links:
        address = urlsplit(link)
        if address.scheme != "https" or not _HOST.fullmatch(address.netloc):
            yield f"'{code}': '{link}' is no address of a website."
        elif any(sign in link.lower() for sign in _NO_REAL_ADDRESS):
            yield f"'{code}': '{link}' is a placeholder."


def _entry(file: str, kind: type[Entry], held: Mapping[str, Any]) -> Entry:
    """One entry: no name that is not known, nothing missing and nothing empty."""
    known = {one.name: one for one in fields(kind)}  # type: ignore[arg-type]
    said = f"'{held.get('code', '?')}'"
    if strange := sorted(set(held) - set(known)):
        raise ContractBroken(f"{file}.toml", f"{said} has '{strange[0]}', which nothing reads.")
    if missing := [name for name, one in known.items() if one.default is MISSING and name not in held]:
        raise ContractBroken(f"{file}.toml", f"{said} lacks '{missing[0]}'.")
    if empty := [name for name, value in held.items() if not value or (isinstance(value, str) and not value.strip())]:
        raise ContractBroken(f"{file}.toml", f"{said} has an empty '{empty[0]}'.")
    return kind(**{name: _value(name, value) for name, value in held.items()})


def _value(name: str, value: Any) -> Any:
    """A value as the dataclasses have it: lists are tuples, places are places."""
    if name == "places":
        return tuple(place(one) for one in value)
    return tuple(value) if isinstance(value, list) else value
