"""Special schools that stand in an area of any kind: how many, and the places and pupils that the register gives."""

from __future__ import annotations

from dataclasses import dataclass

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
