"""Who crossed a border to go to a special school: pupils of three school years together."""

from __future__ import annotations

import numpy as np
import pandas as pd

from sendlib.areas import ENGLAND
from sendlib.compared.comparators import known_areas
from sendlib.questions.places.columns import FEWEST_A_YEAR
from sendlib.store import Store, kept_with_store
from sendlib.tables.flows import PERIOD, UNKNOWN
from sendlib.tables.symbols import VALUE

_NOT_KNOWN = "Home not known or outside England"
YEARS = 3
"""School years that the flows add up."""
_BEGAN_IN_THE_LAST = ("940", "941")
"""The parts of Northamptonshire, which began between the second and the third of these years."""


def years_of(code: str) -> int:
    """How many of the school years an authority has been there for."""
    return 1 if code in _BEGAN_IN_THE_LAST else YEARS


def when(code: str) -> str:
    """The school years that the flows of an authority are of: `2019/20 to 2021/22`."""
    return PERIOD if years_of(code) == YEARS else PERIOD.rpartition(" ")[2]


@kept_with_store()
def travel_out(store: Store) -> pd.Series:
    """Per cent of the special-school pupils who lived in each authority and went to school in another; England too.

    Missing for an authority with fewer than five such pupils a year.
    """
    table = store.table("flows")
    known = table[table["home_code"].ne(UNKNOWN)]
    away = known[known["home_code"].ne(known["school_code"])]
    whole = known.groupby("home_code")["pupil_years"].sum()
    share = 100 * away.groupby("home_code")["pupil_years"].sum().reindex(whole.index).fillna(0) / whole
    share = share.where(whole >= YEARS * FEWEST_A_YEAR)  # a share of a handful of children would be about them
    share[ENGLAND] = 100 * away["pupil_years"].sum() / known["pupil_years"].sum()
    return share


def flows_of(store: Store, code: str, end: str) -> pd.DataFrame:
    """Flows with the area at one `end` (home_code: out; school_code: in), largest first; small ones together.

    An authority that was divided and its parts are one row, and a typical year is a third of what all of them have in
    the three years: the county covers some of these, its parts the others, and each by itself would count as much as
    both. An area that began in between has pairs of its own years only.
    """
    table = store.table("flows")
    other = "school_code" if end == "home_code" else "home_code"
    rows = table[table[end].eq(code) & table[other].ne(code)]
    parts = _as_divided(store)
    shown = rows[other].map(lambda one: one if code in parts.get(one, "") else parts.get(one, one))
    pupils = rows.groupby(shown)["pupil_years"].sum()
    whole = _lived(store).reindex([code] * len(pupils) if end == "home_code" else pupils.index).to_numpy(dtype=float)
    names = {**known_areas(store).names, UNKNOWN: _NOT_KNOWN, **_names_of_divided(store)}
    frame = pd.DataFrame(
        {
            "area_code": pupils.index,
            "area": np.array([names[one] for one in pupils.index], dtype=object),
            "pupils": pupils.to_numpy() / years_of(code),
            "share": 100 * pupils.to_numpy() / whole,
        }
    ).sort_values("pupils", ascending=False, kind="stable")
    large = frame[frame["pupils"] >= FEWEST_A_YEAR]
    small = frame[frame["pupils"] < FEWEST_A_YEAR]
    held = [part for part in (large, _together(small, with_share=end == "home_code")) if len(part)]
    together = pd.concat(held, ignore_index=True) if held else large
    together["status"] = VALUE
    # Less than one pupil a year is not written as none.
    together["pupils"] = together["pupils"].round(0).clip(lower=1)
    return together.round({"share": 1}).reset_index(drop=True)


def largest(store: Store, flows: pd.DataFrame, number: int) -> list[str]:
    """The authorities of the largest flows as one names them in a sentence; a divided one by its old name."""
    areas, changes = known_areas(store), known_areas(store).changes
    divided = dict(zip(changes["new_area_codes"], changes["old_name"], strict=True))
    codes = [code for code in flows["area_code"] if code not in ("", UNKNOWN)][:number]
    return [areas.get(code).in_text if code in areas.authorities else str(divided[code]) for code in codes]


@kept_with_store()
def _lived(store: Store) -> pd.Series:
    """Special-school pupils who lived in each authority, the years added up; also in a divided one with its parts."""
    table, parts = store.table("flows"), _as_divided(store)
    each = table[table["home_code"].ne(UNKNOWN)].groupby("home_code")["pupil_years"].sum()
    divided = each[each.index.isin(list(parts))]
    return pd.concat([each, divided.groupby(divided.index.map(parts)).sum()])


@kept_with_store()
def _as_divided(store: Store) -> dict[str, str]:
    """Code of an authority that the flows have and that was divided, and of each of its parts -> the codes of the
    parts, as one text: 928, 940 and 941 -> `940;941`."""
    table, changes = store.table("flows"), known_areas(store).changes
    gone = set(table["home_code"]) | set(table["school_code"])
    divided = changes[
        changes["kind"].eq("split") & changes["old_area_code"].isin(gone - set(known_areas(store).authorities))
    ]
    found: dict[str, str] = {}
    for old, new in zip(divided["old_area_code"], divided["new_area_codes"], strict=True):
        found |= dict.fromkeys([str(old), *str(new).split(";")], str(new))
    return found


@kept_with_store()
def _names_of_divided(store: Store) -> dict[str, str]:
    """The parts' codes as one text -> `Northamptonshire (divided in 2021)`."""
    changes = known_areas(store).changes
    split = changes[changes["kind"].eq("split")]
    return {
        str(new): f"{old} (divided in {effective[:4]})"
        for new, old, effective in zip(
            split["new_area_codes"], split["old_name"], split["effective"].astype(str), strict=True
        )
    }


def _together(small: pd.DataFrame, *, with_share: bool) -> pd.DataFrame:
    """The small flows as one row; no row where there are none."""
    row = {
        "area_code": "",
        "area": _others(small["area_code"]),
        "pupils": float(small["pupils"].sum()),
        "share": float(small["share"].sum()) if with_share else np.nan,
    }
    return pd.DataFrame([row] if len(small) else [])


def _others(codes: pd.Series) -> str:
    """Several authorities with few pupils each, as one row is called."""
    number, unknown = int(codes.ne(UNKNOWN).sum()), codes.eq(UNKNOWN).any()
    if not number:
        return f"{_NOT_KNOWN}, fewer than {FEWEST_A_YEAR} a year"
    authorities = "1 other authority" if number == 1 else f"{number} other authorities"
    with_unknown = " and homes not known or outside England" if unknown else ""
    each = " each" if number + unknown > 1 else ""
    return f"{authorities}{with_unknown}, fewer than {FEWEST_A_YEAR} a year{each}"
