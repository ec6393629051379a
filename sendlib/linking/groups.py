"""What the MADE-UP children of a rehearsal are told apart by, so that one sees who is missed."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import pandas as pd

from sendlib.linking.made_up.children import KINDS
from sendlib.linking.made_up.slips import MOVED, SLIPS


def of(truth: pd.DataFrame) -> Iterator[tuple[str, str, pd.Series]]:
    """What a group is told apart by, its name, and which rows of the truth are in it; empty ones are left out."""
    for grouped, name, rows in _all(truth):
        if rows.any():
            yield grouped, f"{name[0].upper()}{name[1:]}", rows.astype(bool)


def _all(truth: pd.DataFrame) -> Iterator[tuple[str, str, pd.Series]]:
    slips = truth["slips"].str.split()
    for kind in KINDS:
        yield "Name", kind, truth["kind"].eq(kind)
    moved = slips.map(partial(_holds, MOVED))
    yield "Home", "moved house between the lists", moved
    yield "Home", "same home in both lists", ~moved.astype(bool)
    for name, slip in SLIPS.items():
        if name != MOVED:
            yield "Slip", slip.words, slips.map(partial(_holds, name))
    yield "Slip", "no slip at all", slips.map(len).eq(0)


def _holds(slip: str, held: list[str]) -> bool:
    return slip in held
