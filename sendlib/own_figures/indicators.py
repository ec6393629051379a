"""What the slides of 2018 list for collecting locally: the indicators of the template."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from sendlib.catalogue import load

_FILE = "local_indicators"


@dataclass(frozen=True)
class Indicator:
    """One of them.

    `lens` is its column on the slide. `counts` says what is counted, in the slide's words or that it does not say;
    `unit` is empty where it does not. `published` is the code of the app's measure of the same subject, or empty, and
    `beside` what to know before the two are read together.
    """

    code: str
    name: str
    lens: str
    counts: str
    unit: str
    note: str
    published: str
    beside: str


@cache
def all_of_them() -> tuple[Indicator, ...]:
    """All of them in the order of the slide."""
    held = load(_FILE)
    return tuple(
        Indicator(
            code=one["code"],
            name=one["name"],
            lens=one["lens"],
            counts=one.get("counts", held["as_you_count"]),
            unit=one.get("unit", ""),
            note=one.get("note", ""),
            published=one.get("published", ""),
            beside=one.get("beside", ""),
        )
        for one in held["indicator"]
    )


def named(name: str) -> Indicator | None:
    """The indicator of a name, in any case; None of one of the group's own."""
    return _by_name().get(plain(name))


def source() -> str:
    """Where they are listed."""
    return str(load(_FILE)["source"])


def counts_children(unit: str) -> bool:
    """Whether a number in this unit may count children; of one that is not known it is taken that it does."""
    said = plain(unit)
    return said not in load(_FILE)["no_children"] and not said.startswith(("per ", "£"))


def plain(text: str) -> str:
    """Words as they are compared: in one case, one space between them."""
    return " ".join(text.casefold().split())


@cache
def _by_name() -> dict[str, Indicator]:
    return {plain(one.name): one for one in all_of_them()}
