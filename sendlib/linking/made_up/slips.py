"""The slips that real lists have, made in a copy of a MADE-UP child's record. Each kind has a name and a rate."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from sendlib.linking.made_up import names
from sendlib.linking.made_up.children import DOUBLE, SEVERAL, SIBLING, SINGLE, postcode

Record = dict[str, str]


@dataclass(frozen=True)
class Slip:
    """A kind of slip: what it is called, how often it happens to a child, by kind of name where that matters."""

    words: str
    rate: float
    kinds: tuple[str, ...] = (SINGLE, DOUBLE, SEVERAL)


MOVED = "moved"
SLIPS: Mapping[str, Slip] = {
    "double": Slip("double surname written otherwise", 0.61, (DOUBLE,)),
    "spelling": Slip("name spelt otherwise", 0.36, (SEVERAL,)),
    "short": Slip("called by a short form", 0.04, (SINGLE, DOUBLE)),
    "swapped": Slip("day and month swapped", 0.03),
    "figure": Slip("a figure of the date wrong", 0.008),
    "typing": Slip("a letter of the surname wrong", 0.015),
    "surname": Slip("another surname altogether", 0.006),
    "mixed": Slip("a brother's or sister's date of birth", 0.012),
    MOVED: Slip("moved house", 0.08),
}
"""Kinds of slip and how often they happen. The rates are made so that linking shows what Bedford saw; they are measured
nowhere."""
_DOUBLE_WRITTEN = ("space", "first", "second", "joined", "turned")


def slipped(record: Record, kind: str, draw: np.random.Generator) -> tuple[Record, list[str]]:
    """A child's record as the other list has it, and which slips are in it."""
    found, made = dict(record), []
    for name, slip in SLIPS.items():
        if draw.random() < slip.rate and kind in slip.kinds:
            before = dict(found)
            _MAKE[name](found, draw)
            made += [name] if found != before else []
    return found, made


def _double(record: Record, draw: np.random.Generator) -> None:
    first, _, second = record["surname"].partition("-")
    written = {
        "space": f"{first} {second}",
        "first": first,
        "second": second,
        "joined": f"{first}{second.casefold()}",
        "turned": f"{second}-{first}",
    }
    record["surname"] = written[_DOUBLE_WRITTEN[draw.choice(5, p=(0.3, 0.3, 0.25, 0.1, 0.05))]]


def _spelling(record: Record, draw: np.random.Generator) -> None:
    field = "forename" if draw.random() < 0.5 else "surname"
    record[field] = names.spelt_otherwise(record[field], draw)


def _short(record: Record, draw: np.random.Generator) -> None:
    record["forename"] = names.short_form(record["forename"])


def _swapped(record: Record, draw: np.random.Generator) -> None:
    year, month, day = record["dob"].split("-")
    if day <= "12":
        record["dob"] = f"{year}-{day}-{month}"


def _figure(record: Record, draw: np.random.Generator) -> None:
    year, month, day = record["dob"].split("-")
    record["dob"] = f"{int(year) + (1 if draw.random() < 0.5 else -1)}-{month}-{day if day != '29' else '28'}"


def _typing(record: Record, draw: np.random.Generator) -> None:
    """A letter left out, doubled, or changed places with the next."""
    name = record["surname"]
    at = int(draw.integers(1, len(name) - 2))
    ways = (
        name[:at] + name[at + 1 :],
        name[: at + 1] + name[at:],
        name[:at] + name[at + 1] + name[at] + name[at + 2 :],
    )
    record["surname"] = ways[int(draw.integers(0, len(ways)))]


def _surname(record: Record, draw: np.random.Generator) -> None:
    record["surname"] = names.drawn(names.surnames(), 1, draw)[0]


def _mixed(record: Record, draw: np.random.Generator) -> None:
    record["dob"] = record[SIBLING] or record["dob"]


def _moved(record: Record, draw: np.random.Generator) -> None:
    record["postcode"] = postcode(int(draw.integers(50_000, 60_000)))


_MAKE = {
    "double": _double,
    "spelling": _spelling,
    "short": _short,
    "swapped": _swapped,
    "figure": _figure,
    "typing": _typing,
    "surname": _surname,
    "mixed": _mixed,
    MOVED: _moved,
}
