"""MADE-UP names: of syllables, so that they sound like names and are nobody's. What is alike in them is meant."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

import numpy as np

_FILE = Path(__file__).with_name("names.toml")


@cache
def _held(kind: str, field: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Beginnings and ends of names."""
    beginnings, ends = tomllib.loads(_FILE.read_text("utf-8"))[kind][field]
    return tuple(beginnings.split()), tuple(ends.split())


@cache
def forenames(kind: str = "usual") -> Sequence[str]:
    """Forenames: `usual` ones, or such of which `several` spellings are about."""
    beginnings, ends = _held(kind, "forename")
    return [f"{beginning}{end}" for beginning in beginnings for end in ends]


@cache
def surnames(kind: str = "usual") -> Sequence[str]:
    """Surnames, of the same two kinds."""
    beginnings, ends = _held(kind, "surname")
    return [f"{beginning}{end}" for end in ends for beginning in beginnings]


def short_form(forename: str) -> str:
    """What such a child is called at home: `Bramdric` is `Bramdy`."""
    first = next(first for first in _held("usual", "forename")[0] if forename.startswith(first))
    return f"{first}{forename[len(first)]}y"


def short_forms() -> Mapping[str, str]:
    """A short form -> the forename that it stands for, in small letters. As with real ones, some stand for several
    names, and a table of them has one."""
    return {short_form(name).casefold(): name.casefold() for name in reversed(forenames())}


def spelt_otherwise(name: str, draw: np.random.Generator) -> str:
    """Another spelling of a name that has several."""
    found = name
    for one, other in (("aa", "a"), ("Aa", "A"), ("ee", "i"), ("ou", "u"), ("oo", "u"), ("iy", "y")):
        if one in found and draw.random() < 0.6:
            found = found.replace(one, other, 1)
    return found if found != name else name.replace("aa", "a", 1).replace("Aa", "A", 1)


def drawn(names: Sequence[str], number: int, draw: np.random.Generator) -> list[str]:
    """So many of some names; as in life a few are common and many are rare."""
    weights = 1 / np.arange(8, len(names) + 8)
    return [names[at] for at in draw.choice(len(names), number, p=weights / weights.sum())]
