"""Rows of DfE's API as rows of our tables: whose they are, and what their labels mean.

The rows are those of `sources.ees.Ees.query`: time, level, code, old_code, place, then filters and indicators as text.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pandas as pd

from sendlib.errors import ContractBroken
from sendlib.tables import reading
from sendlib.tables.symbols import HIDDEN, LOW, NOT_APPLICABLE, NOT_AVAILABLE

SYMBOLS = {
    "z": NOT_APPLICABLE,
    "x": NOT_AVAILABLE,
    "c": HIDDEN,
    "low": LOW,
    "k": LOW,
    "u": NOT_AVAILABLE,
    "": NOT_AVAILABLE,
}
"""What the symbols of DfE's open data standard mean in data sets of the API."""


def area_codes(rows: pd.DataFrame, title: str) -> pd.Series:
    """The code of each row's area, and nothing for rows that are no area of ours (joint authorities, half of London).

    Raises ContractBroken for an authority without a 3-digit code.
    """
    code = rows["code"].where(rows["level"].ne("LA"), rows["old_code"]).where(rows["level"].ne("NAT"), reading.ENGLAND)
    known = code.str.fullmatch(r"\d{3}|E12\d{6}|E92000001") & code.ne("702")
    odd = ~known & rows["level"].eq("LA") & ~code.str.fullmatch(reading.NOT_AN_AUTHORITY.pattern)
    if odd.any():
        raise ContractBroken(
            title, f"'{code[odd].iloc[0]}' ({rows.loc[odd, 'place'].iloc[0]}) is not a 3-digit authority code."
        )
    return code.where(known)


def plain(label: str) -> str:
    """A label without what releases write now so, now so: capitals, blanks, a plural."""
    return " ".join(label.casefold().split())


def labels(meta: Mapping[str, object], column: str) -> list[str]:
    """The options that a filter of a data set's metadata has."""
    filters = meta["filters"]
    assert isinstance(filters, Iterable)
    return [str(option["label"]) for item in filters if item["column"] == column for option in item["options"]]


def meant(
    offered: Iterable[str], agreed: Mapping[str, str], left_out: Iterable[str], title: str, what: str
) -> dict[str, str]:
    """Offered label -> our code, for labels that are agreed; those of `left_out` are known and not wanted.

    Raises ContractBroken for a label that is neither: what it would count
    would be missing.
    """
    found, new = {}, []
    for label in offered:
        if plain(label) in agreed:
            found[label] = agreed[plain(label)]
        elif plain(label) not in left_out:
            new.append(label)
    if new:
        raise ContractBroken(title, f"it has a {what} that was not agreed: {', '.join(sorted(new)[:5])}.")
    return found


def once(frame: pd.DataFrame, keys: list[str], title: str) -> pd.DataFrame:
    """The frame, whose every combination of keys stands once. Raises ContractBroken."""
    twice = frame[frame.duplicated(keys)]
    if len(twice):
        row = twice.iloc[0]
        raise ContractBroken(title, f"area {row['area_code']} has two figures for {row['period']}.")
    return frame
