"""Who crosses a border to go to a special school: pupils of three school years together, few of them never alone."""

from __future__ import annotations

import numpy as np
import pandas as pd

from sendlib.areas import ENGLAND
from sendlib.compared.comparators import known_areas
from sendlib.questions.places.columns import FEWEST_A_YEAR
from sendlib.store import Store, kept_with_store
from sendlib.tables.flows import UNKNOWN
from sendlib.tables.symbols import HIDDEN, VALUE

YEARS = {"928": 2, "940": 1, "941": 1}
"""School years out of the three pooled ones in which an authority existed, where not all three."""


@kept_with_store()
def travel_out(store: Store) -> pd.Series:
    """Per cent of the special-school pupils who live in each authority and go to school in another; England too.

    Missing for an authority with fewer than five such pupils a year.
    """
    table = store.table("flows")
    known = table[table["home_code"].ne(UNKNOWN)]
    away = known[known["home_code"].ne(known["school_code"])]
    whole = known.groupby("home_code")["pupil_years"].sum()
    share = 100 * away.groupby("home_code")["pupil_years"].sum().reindex(whole.index).fillna(0) / whole
    share = share.where(whole >= 3 * FEWEST_A_YEAR)  # a share of a handful of children would be about them
    share[ENGLAND] = 100 * away["pupil_years"].sum() / known["pupil_years"].sum()
    return share


def flows_of(store: Store, code: str, end: str) -> pd.DataFrame:
    """Flows with the area at one `end` (home_code: out; school_code: in), largest first; small ones together."""
    table = store.table("flows")
    other = "school_code" if end == "home_code" else "home_code"
    rows = table[table[end].eq(code) & table[other].ne(code)]
    names = known_areas(store).names | {UNKNOWN: "Home not known or outside England"}
    ends = zip(rows["home_code"], rows["school_code"], strict=True)
    years = np.array([min(YEARS.get(home, 3), YEARS.get(school, 3)) for home, school in ends], dtype=float)
    frame = pd.DataFrame(
        {
            "area_code": rows[other].to_numpy(),
            "area": np.array([names[code] for code in rows[other]], dtype=object),
            "pupils": rows["pupil_years"].to_numpy() / years,
            "share": rows["share"].to_numpy(),
        }
    )
    large = frame[frame["pupils"] >= FEWEST_A_YEAR].sort_values("pupils", ascending=False).assign(status=VALUE)
    small = frame[frame["pupils"] < FEWEST_A_YEAR]
    parts = [part for part in (large, _together(small, with_share=end == "home_code")) if len(part)]
    shown = pd.concat(parts, ignore_index=True) if parts else large
    return shown.round({"pupils": 0, "share": 1}).reset_index(drop=True)


def _together(small: pd.DataFrame, *, with_share: bool) -> pd.DataFrame:
    """The small flows as one row, hidden where even together they are few; no row where there are none."""
    total = float(small["pupils"].sum())
    hide = total < FEWEST_A_YEAR
    row = {
        "area_code": "",
        "area": _others(len(small)),
        "pupils": np.nan if hide else total,
        "share": np.nan if hide or not with_share else float(small["share"].sum()),
        "status": HIDDEN if hide else VALUE,
    }
    return pd.DataFrame([row] if len(small) else [])


def _others(number: int) -> str:
    """Several authorities with few pupils each, as one row is called."""
    if number == 1:
        return f"1 other authority, fewer than {FEWEST_A_YEAR} a year"
    return f"{number} other authorities, fewer than {FEWEST_A_YEAR} a year each"
