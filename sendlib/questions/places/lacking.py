"""What a sum over the authorities of an area lacks: who has no figure."""

from __future__ import annotations

from collections.abc import Sequence

from sendlib.answer.numbers import listed
from sendlib.areas import Area
from sendlib.compared import latest, widened
from sendlib.questions.places.naming import names_of
from sendlib.store import Store


def who(store: Store, table: str, area: Area, **pinned: Sequence[str]) -> dict[str, str]:
    """Period -> the authorities without which an area has no figure in some rows of a table, as one names them.

    `pinned`: column -> its values in these rows. Nothing of one authority, whose own status says why.
    """
    found = widened.lacking(store, table, area.code)
    for column, values in pinned.items() if len(found) else ():
        found = found[found[column].isin(list(values))]
    if found.empty:
        return {}
    codes = found["without"].str.split(",").groupby(found["period"].astype(str)).sum()
    return {period: listed(names_of(store, dict.fromkeys(these))) for period, these in codes.items()}


def said(of: dict[str, str]) -> list[str]:
    """`Missing from the sum: Lewisham (January 2025 and January 2026).`; nothing where no part lacks."""
    periods: dict[str, list[str]] = {}
    for period, names in sorted(of.items()):
        periods.setdefault(names, []).append(latest.said(period))
    told = [f"{names} ({listed(days)})" for names, days in periods.items()]
    return [f"Missing from the sum: {'; '.join(told)}."] if told else []
