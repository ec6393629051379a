"""MADE-UP names: of syllables, so that they sound like names and are nobody's. What is alike in them is meant."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

_FIRST = (
    "Bram Cali Dor Elwi Fenna Gal Hesk Isol Jor Kesti Lum Mirri Nol Orla Pell Quen Rosk Silva Tam Ulli Vor Wenn Yari"
    " Zeb"
).split()
_LAST = "beth da dric fin ka lan lo mi nan ra ric rin sa son tan va vin wyn".split()
_BEGINNING = (
    "Alder Birch Brindle Cobble Copper Dapple Elder Fallow Ferny Goose Hazel Heron Juniper Kettle Larch Linnet Mallow"
    " Nettle Otter Pebble Quill Rowan Sedge Thistle Umber Velvet Willow Yarrow"
).split()
_END = "beck by combe croft dale field ford garth hurst ley mere more ness shaw stow thorpe tree well wick worth".split()
_FIRST_OF_SEVERAL = "Aasa Baami Daari Fiiza Haani Jaami Kaari Laami Naadi Raahi Saabi Taari Yaasi Zaahi".split()
_LAST_OF_SEVERAL = "aan een iyya maan oor raan saan yaan".split()
_SURNAMES_OF_SEVERAL = (
    "Aalmeen Baashour Daareem Faazeel Haamoud Jaareen Kaasoum Laateef Naasoor Qaareem Raasheel Saameed Taaloub Waarees"
    " Yaasouf Zaakeer"
).split()


def forenames() -> Sequence[str]:
    """Forenames that are spelt in one way."""
    return [f"{first}{last}" for first in _FIRST for last in _LAST]


def forenames_spelt_in_several_ways() -> Sequence[str]:
    """Forenames of which several spellings are about."""
    return [f"{first}{last}" for first in _FIRST_OF_SEVERAL for last in _LAST_OF_SEVERAL]


def surnames() -> Sequence[str]:
    """Surnames that are spelt in one way."""
    return [f"{beginning}{end}" for end in _END for beginning in _BEGINNING]


def surnames_spelt_in_several_ways() -> Sequence[str]:
    """Surnames of which several spellings are about."""
    return [f"{name}{end}" for end in ("", "i", "an") for name in _SURNAMES_OF_SEVERAL]


def short_form(forename: str) -> str:
    """What such a child is called at home: `Bramdric` is `Bramdy`."""
    first = next(first for first in _FIRST if forename.startswith(first))
    return f"{first}{forename[len(first)]}y"


def short_forms() -> Mapping[str, str]:
    """A short form -> the forename that it stands for, in small letters. As with real ones, some stand for several names,
    and a table of them has one."""
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
