"""Rates that fit the place: by which of England's rates its children are shared out between areas.

Each way is an alternative by name and none is mixed with another. By ethnic group the rates are older ones of another
definition, so only their ratio to England's own mean of the same rates is used; pupils stand in for residents.
"""

from __future__ import annotations

import math

import pandas as pd

from sendlib.areas import ENGLAND
from sendlib.compared.comparators import known_areas
from sendlib.store import Store, kept_with_store
from sendlib.tables.life_limiting import Evidence

AGE, FLAT, ETHNICITY = "age", "flat", "ethnicity"
WAYS = {
    AGE: "England's rates by age",
    FLAT: "One rate for all ages",
    ETHNICITY: "Older rates by ethnic group",
}
"""The ways by name; the first is used unless a reader chooses another."""
IN_WORDS = {
    FLAT: "England's rate applied to its residents, one rate for all ages",
    ETHNICITY: "England's rate applied to its residents, times the ratio of older rates by the ethnic group of its"
    " pupils to England's",
}
"""The same in a sentence, for the ways that a reader has to choose."""
TABLE = "pupil_ethnicity"


@kept_with_store(4, of_base=True)
def ratios(store: Store, evidence: Evidence) -> pd.Series:
    """By authority, the mean of the older rates by the ethnic group of its pupils over England's mean of the same; NaN
    where its pupils are not known. Pupils whose group is not recorded are left out."""
    codes = sorted(known_areas(store).authorities)
    if TABLE not in store.tables:
        return pd.Series(math.nan, index=codes)
    held = store.table(TABLE).astype({"area_code": str, "group": str})
    # A group without a row has no pupils; of an area of which a number is missing, nothing is known.
    unknown = held.loc[held["value"].isna(), "area_code"].unique()
    pupils = held.pivot(index="area_code", columns="group", values="value").fillna(0.0).drop(index=list(unknown))
    rates = evidence.facts["ethnic_groups"]["rates"]
    wide = pd.DataFrame({rate["name"]: pupils.reindex(columns=rate["pupils"]).sum(axis=1) for rate in rates})
    mean = wide @ pd.Series({rate["name"]: rate["per_10000"] for rate in rates}) / wide.sum(axis=1)
    before = {code: _stood_here(store, code) for code in codes if code not in mean.index}
    own = pd.Series({code: float(mean.get(before.get(code, code), math.nan)) for code in codes})
    return own / float(mean.get(ENGLAND, math.nan))


def _stood_here(store: Store, code: str) -> str:
    """The authority that stood here when pupils were counted, for one that is newer."""
    return next((old for old, _, _ in known_areas(store).predecessors(code)), code)


@kept_with_store(of_base=True)
def _counted(store: Store) -> frozenset[str]:
    """The areas whose pupils are held."""
    return frozenset(store.table(TABLE)["area_code"].astype(str)) if TABLE in store.tables else frozenset()


def borrowed(store: Store, codes: list[str]) -> list[str]:
    """Names of the authorities that are gone whose pupils stand for those of some of these areas."""
    held = _counted(store)
    found = [
        (old, name)
        for code in codes
        if code not in held
        for old, name, _ in known_areas(store).predecessors(code)[:1]
        if old in held
    ]
    return [name for _, name in dict.fromkeys(found)]
