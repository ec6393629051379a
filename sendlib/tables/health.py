"""What the tables of the NHS share: its areas, their names, and how its files mark small counts.

The NHS counts by its own areas: England, seven NHS regions (`Y60`), integrated care boards (ICBs,
`QHL`), sub-ICB locations (`84H`) and providers (`RXQ`), all by ODS code. None of them is a local
authority; table `health_areas` says how they overlap.

An NHS count below 5 is written `*`, a true nought included, and so is a rate that rests on such a
count: `hidden` stands for 0 to 4, both included, never for 1 to 4 and never for nought alone. Other
counts below England are rounded to the nearest 5.
"""

from __future__ import annotations

import re

import pandas as pd

from sendlib.errors import ContractBroken
from sendlib.tables.reading import read_csv
from sendlib.tables.symbols import HIDDEN

LEVELS = {
    "england": "England",
    "region": "NHS region",
    "icb": "ICB",
    "sub_icb": "Sub-ICB location",
    "provider": "Provider",
}
"""Level of an NHS area, and what one calls it."""
LOOKUP = "nhs/geography/SICBL22_ICB22_NHSER22_lookup.csv"
SYMBOLS = {"*": HIDDEN}

_CAPITALS = {"NHS", "ICB", "CIC", "C.I.C", "CSH", "GP", "HCRG", "MSK", "UK"}
_SMALL = {"and", "for", "formerly", "in", "of", "on", "the", "upon", "with"}


def read_areas(content: bytes, file: str) -> pd.DataFrame:
    """NHS regions, ICBs and sub-ICB locations of 2022.

    Columns: level, area_code (ODS), ons_code, name, icb_code (of a sub-ICB).
    """
    columns = {
        "region": ("nhser22cdh", "nhser22cd", "nhser22nm"),
        "icb": ("icb22cdh", "icb22cd", "icb22nm"),
        "sub_icb": ("sicbl22cdh", "sicbl22cd", "sicbl22nm"),
    }
    frame = read_csv(content, file, [name for names in columns.values() for name in names])
    parts = []
    for level, (code, ons_code, name) in columns.items():
        parts.append(
            pd.DataFrame(
                {
                    "level": level,
                    "area_code": frame[code],
                    "ons_code": frame[ons_code],
                    "name": frame[name].map(cleaned),
                    "icb_code": frame["icb22cdh"] if level == "sub_icb" else "",
                }
            ).drop_duplicates()
        )
    areas = pd.concat(parts, ignore_index=True)
    twice = areas[areas["area_code"].duplicated() | areas["ons_code"].duplicated()]
    if len(twice):
        raise ContractBroken(file, f"{twice['area_code'].iloc[0]} stands for two areas.")
    if areas["level"].value_counts().to_dict() != {"sub_icb": 106, "icb": 42, "region": 7}:
        raise ContractBroken(
            file, "England of 2022 has 106 sub-ICB locations, 42 ICBs and 7 NHS regions; the file does not."
        )
    return areas


def with_names(frame: pd.DataFrame, areas: pd.DataFrame) -> pd.DataFrame:
    """`frame` with its column `name` as `areas` spells it, and made readable for any other area."""
    known = {"E92000001": "England", **dict(zip(areas["area_code"], areas["name"], strict=True))}
    spelt = {name: readable(name) for name in frame["name"].unique()}
    return frame.assign(name=frame["area_code"].map(known).fillna(frame["name"].map(spelt)))


def cleaned(name: str) -> str:
    """The name of an NHS area without the words that all have: `NHS Devon` for `NHS Devon Integrated Care Board`."""
    return re.sub(r" Integrated Care Board$", "", name.strip(), flags=re.IGNORECASE)


def readable(name: str) -> str:
    """A name in capitals as one writes it: `ALDER HEY CHILDREN'S NHS TRUST` is `Alder Hey Children's NHS Trust`."""
    plain = cleaned(name)
    if plain != plain.upper():
        return plain
    return re.sub(r"[A-Z][A-Z'’.]*", lambda match: _word(match[0], first=match.start() == 0), plain)


def _word(word: str, *, first: bool) -> str:
    if word in _CAPITALS:
        return word
    return word.lower() if word.lower() in _SMALL and not first else word.capitalize()
