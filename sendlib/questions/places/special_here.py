"""Special schools that stand in an area of any kind: how many, and the places and pupils that the register gives.

Beside them, to see whether the register has them: the pupils of state special schools in the school census.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from sendlib.areas import Area
from sendlib.questions.places import register
from sendlib.store import Store, kept_with_store
from sendlib.tables.schools import is_special, own_places


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
    rows = rows[~rows["post_16"].astype(bool)]
    return Here(len(rows), int(rows["places"].notna().sum()), float(rows["places"].sum(min_count=1)))


@kept_with_store(area_by_area=True)
def census(store: Store) -> pd.DataFrame:
    """Pupils with SEN of state special schools by area (rows) and January of the school census. Not to be changed."""
    rows = store.table("places").astype({"area_code": str, "period": str})
    rows = rows[rows["kind"].eq("state_special") & rows["measure"].eq("pupils") & rows["period"].str.contains("/")]
    wide = rows.pivot(index="area_code", columns="period", values="value")
    return wide.rename(columns=lambda year: f"20{year[-2:]}-01")


def has_too_few(store: Store, area: Area) -> bool:
    """Whether the schools found by name here can not be most of them: they have places for fewer than half of the
    pupils that state special schools here had in the census. Of a register that a refresh has brought it is not so."""
    if not register.is_shipped(store) or undivided(store, area):
        return False
    places = here(store, area).places
    return (0 if np.isnan(places) else places) < _pupils(store, area) / 2


def _pupils(store: Store, area: Area) -> float:
    held = census(store)
    return float(held[max(held.columns)].get(area.code, np.nan))


def schools(store: Store, area: Area) -> pd.DataFrame:
    """The rows of the special schools here, special post-16 institutions among them, with the `places` and `pupils`
    that the register gives. Not to be changed."""
    return _special(store)[_special(store)["area_code"].isin(register.codes_of(store, area))]


def undivided(store: Store, area: Area) -> str:
    """The authority that is gone under which the register has the schools of only a part of an area, by its name; empty
    where there is none, so that the schools here are known."""
    return next(iter(register.divided(store, area).values()), "")


@kept_with_store(of_base=True)
def _special(store: Store) -> pd.DataFrame:
    table = store.table("schools")
    given = own_places(table)
    return table.assign(places=given["places"], pupils=given["pupils"])[is_special(table)].astype({"area_code": str})
