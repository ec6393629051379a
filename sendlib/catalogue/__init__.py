"""Facts kept as data (TOML): sources, glossary, corrections of the source documents."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def load(name: str) -> dict[str, Any]:
    """The facts in `name`.toml, as the file holds them. Read-only."""
    return tomllib.loads(files(__package__).joinpath(f"{name}.toml").read_text("utf-8"))


@dataclass(frozen=True)
class HelpLine:
    """Somebody who helps families: the name, the address of their page and what they give."""

    name: str
    address: str
    gives: str


def help_lines() -> tuple[HelpLine, ...]:
    """Who helps families, in the order in which pages name them."""
    return tuple(HelpLine(**one) for one in load("help")["help"])


@dataclass(frozen=True)
class HelpStep:
    """Something that a family can do: in the words of analysts, plainly, and whom to turn to."""

    words: str
    plain: str
    links: tuple[HelpLine, ...]


def help_steps() -> tuple[HelpStep, ...]:
    """What a family can do when a plan is late or refused, in its order."""
    facts = load("help")
    named = {one["name"]: HelpLine(**one) for one in (*facts["help"], *facts["page"])}
    return tuple(
        HelpStep(one["words"], one["plain"], tuple(named[name] for name in one["links"])) for one in facts["step"]
    )
