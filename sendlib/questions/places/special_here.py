"""Special schools that stand in an area of any kind: how many, and the places and pupils that the register gives."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from sendlib.areas import Area
from sendlib.compared.comparators import known_areas
from sendlib.store import Store, kept_with_store
from sendlib.tables.school_register import MAINSTREAM_KIND


@dataclass(frozen=True)
class Here:
    """Special schools of an area in the register that is held, without special post-16 institutions.

    `places` is the sum of the `given` schools of which the register gives them; NaN where it gives none.
    """

    schools: int
    given: int
    places: float


def here(store: Store, area: Area) -> Here:
    """The special schools here; of a part of a divided county, whose schools nobody has told apart, see `undivided`."""
    rows = schools(store, area)
    rows = rows[~rows["post_16"]]
    return Here(len(rows), int(rows["capacity"].notna().sum()), float(rows["capacity"].sum(min_count=1)))


def schools(store: Store, area: Area) -> pd.DataFrame:
    """The rows of the special schools here, special post-16 institutions among them. Not to be changed."""
    return _special(store)[_special(store)["area_code"].isin(_codes(store, area))]


def undivided(store: Store, area: Area) -> str:
    """The authority that is gone under which the register has the schools of only a part of an area, by its name; empty
    where there is none, so that the schools here are known."""
    beyond = [name for old, name, new in _gone(store) if new & set(area.parts) and not new <= set(area.parts)]
    return beyond[0] if beyond else ""


def _codes(store: Store, area: Area) -> list[str]:
    """Codes that the register may have of an area: its authorities, and one that was divided into some of them."""
    return [*area.parts, *(old for old, _, new in _gone(store) if new <= set(area.parts))]


@kept_with_store(of_base=True)
def _special(store: Store) -> pd.DataFrame:
    table = store.table("schools")
    return table[table["kind"].ne(MAINSTREAM_KIND)].astype({"area_code": str})


@kept_with_store(of_base=True)
def _gone(store: Store) -> tuple[tuple[str, str, frozenset[str]], ...]:
    """Authorities that are gone and that the register still names: code, name, codes of what they became."""
    known = known_areas(store)
    held = set(_special(store)["area_code"]) - set(known.authorities)
    rows = known.changes[known.changes["old_area_code"].isin(held)]
    return tuple(
        (str(old), str(name), frozenset(str(new).split(";")))
        for old, name, new in zip(rows["old_area_code"], rows["old_name"], rows["new_area_codes"], strict=True)
    )
