"""MADE-UP children: who they are, in families, with brothers, sisters and twins."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from sendlib.linking.made_up import names

SINGLE, DOUBLE, SEVERAL = "one surname", "a double surname", "a name spelt in several ways"
SIBLING = "sibling_dob"
KINDS = {SINGLE: 0.71, DOUBLE: 0.16, SEVERAL: 0.13}
"""Kinds of name -> the share of families that have one."""
_FIRST_BIRTH, _DAYS = np.datetime64("2005-09-01"), 15 * 365
_SIZES, _OF_SIZE = (1, 2, 3), (0.72, 0.22, 0.06)
"""How many children a family has in the lists, and how often."""
_TWINS = 0.06
"""Of families with two or more."""
_IN_A_POSTCODE = 12
"""Families."""


@dataclass(frozen=True)
class Families:
    """Numbers that decide which children there are."""

    children: int
    draw: np.random.Generator


def made(families: Families) -> pd.DataFrame:
    """So many children, a row each: kind of name, forename, surname, date of birth (ISO), postcode,
    and the date of birth of a brother or sister, empty where there is none."""
    draw, wanted = families.draw, families.children
    sizes = draw.choice(_SIZES, wanted, p=_OF_SIZE)
    family = np.repeat(np.arange(wanted), sizes)[:wanted]
    kinds = draw.choice(list(KINDS), wanted, p=list(KINDS.values()))[family]
    births = _births(family, draw)
    return pd.DataFrame(
        {
            "kind": kinds,
            "forename": _forenames(kinds, draw),
            "surname": _surnames(kinds, family, draw),
            "dob": births,
            "postcode": [postcode(number) for number in draw.permutation(wanted)[family] // _IN_A_POSTCODE],
            SIBLING: _of_siblings(births, family),
        }
    )


def postcode(number: int) -> str:
    """A MADE-UP postcode: no area is called XX."""
    letters = "ABDEFGHJLN"
    place, rest = divmod(number, 100)
    return f"XX{place % 90 + 1} {rest % 10}{letters[rest // 10]}{letters[place // 90 % 10]}"


def _forenames(kinds: np.ndarray, draw: np.random.Generator) -> list[str]:
    usual = names.drawn(names.forenames(), len(kinds), draw)
    several = names.drawn(names.forenames("several"), len(kinds), draw)
    return [other if kind == SEVERAL else one for kind, one, other in zip(kinds, usual, several, strict=True)]


def _surnames(kinds: np.ndarray, family: np.ndarray, draw: np.random.Generator) -> list[str]:
    """One a family."""
    number = len(kinds)
    first, second = (names.drawn(names.surnames(), number, draw) for _ in range(2))
    several = names.drawn(names.surnames("several"), number, draw)
    found = []
    for kind, of in zip(kinds, family, strict=True):
        if kind == SEVERAL:
            found.append(several[of])
        else:
            found.append(f"{first[of]}-{second[of]}" if kind == DOUBLE else first[of])
    return found


def _births(family: np.ndarray, draw: np.random.Generator) -> list[str]:
    """Brothers and sisters have birthdays of their own, twins the same one."""
    days = draw.integers(0, _DAYS, len(family))
    twins = draw.random(len(family)) < _TWINS
    for at in range(1, len(family)):
        if family[at] == family[at - 1] and twins[family[at]]:
            days[at] = days[at - 1]
    return [str(_FIRST_BIRTH + int(day)) for day in days]


def _of_siblings(births: list[str], family: np.ndarray) -> list[str]:
    """For each child the date of birth of the child before or after in the family."""
    found = []
    for at in range(len(births)):
        near = [other for other in (at - 1, at + 1) if 0 <= other < len(births) and family[other] == family[at]]
        found.append(births[near[0]] if near else "")
    return found
