"""Residents by ethnic group or deprivation that somebody filled in: of which authorities they can be used, and what is
missing."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from sendlib.answer.numbers import listed
from sendlib.compared.comparators import known_areas
from sendlib.store import Store, kept_with_store
from sendlib.tables.life_limiting import Evidence
from sendlib.tables.life_limiting_reading import RESIDENTS_FILE, SHARED_BY

NAMED = 5
"""Authorities that are named in a sentence; the others are counted."""


@kept_with_store(16, of_base=True)
def checked(store: Store, evidence: Evidence) -> Evidence:
    """The evidence, with what is missing of the residents by group, or wrong with their authorities, among its
    problems."""
    found = tuple(text for group_type in SHARED_BY for text in _missing(store, evidence, group_type))
    return replace(evidence, problems=evidence.problems + found) if found else evidence


def chosen(store: Store, evidence: Evidence) -> tuple[str, pd.DataFrame]:
    """What children are shared out by in place of age, and its residents_by; an empty name where nothing can be
    used."""
    known = {group_type: residents_by(store, evidence, group_type) for group_type in SHARED_BY}
    best = max(SHARED_BY, key=lambda group_type: len(known[group_type]))
    return (best, known[best]) if len(known[best]) else ("", known[best])


@kept_with_store(16, of_base=True)
def residents_by(store: Store, evidence: Evidence, group_type: str) -> pd.DataFrame:
    """Residents of the authorities that have a number for every group: authorities by group, without rows where none
    can be used."""
    table = _table(store, evidence, group_type)
    usable = (
        len(table.columns) > 1
        and set(table.columns) <= set(evidence.of(group_type))
        and not _unknown(store, evidence, group_type)
    )
    return table[table.notna().all(axis=1) & table.sum(axis=1).gt(0) & usable]


def _table(store: Store, evidence: Evidence, group_type: str) -> pd.DataFrame:
    """All authorities by group; NaN where unknown."""
    held = evidence.residents.get(group_type, {})
    codes = list(known_areas(store).authorities)
    groups = sorted({group for _, group in held})
    return pd.DataFrame(
        {group: [held.get((code, group)) for code in codes] for group in groups}, index=codes, dtype=float
    )


def _unknown(store: Store, evidence: Evidence, group_type: str) -> list[str]:
    """Codes of the file that no authority has."""
    return sorted({code for code, _ in evidence.residents.get(group_type, {})} - set(known_areas(store).authorities))


def _missing(store: Store, evidence: Evidence, group_type: str) -> list[str]:
    """What is wrong or missing of one group type, in sentences."""
    table = _table(store, evidence, group_type)
    if table.columns.empty:
        return []
    unknown = _unknown(store, evidence, group_type)
    if unknown:
        return [
            f"{RESIDENTS_FILE}: no authority has the code {listed(unknown)},"
            f" so that residents by {group_type} are not used."
        ]
    names = known_areas(store).names
    gaps = [
        f"{names[code]} ({listed(list(row.index[row.isna()])) if row.isna().any() else 'nobody lives there'})"
        for code, row in table.iterrows()
        if row.isna().any() or not row.sum() > 0
    ]
    if not gaps:
        return []
    more = f" and {len(gaps) - NAMED} more" if len(gaps) > NAMED else ""
    return [
        f"{RESIDENTS_FILE}: residents by {group_type} are not known of {', '.join(gaps[:NAMED])}{more};"
        " they get their children by age."
    ]
