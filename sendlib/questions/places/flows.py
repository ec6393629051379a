"""Who crossed a border to go to a special school: pupils of three school years together."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sendlib.answer.numbers import listed
from sendlib.areas import ENGLAND, Area
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


def years_of(area: Area) -> int:
    """How many of the school years an area has been there for."""
    return 1 if len(area.parts) == 1 and area.parts[0] in _BEGAN_IN_THE_LAST else YEARS


def when(area: Area) -> str:
    """The school years that the flows of an area are of: `2019/20 to 2021/22`."""
    return PERIOD if years_of(area) == YEARS else PERIOD.rpartition(" ")[2]


def before(store: Store, area: Area) -> list[tuple[str, str, str]]:
    """What stood where an authority stands now: old code, old name, kind of change. Nothing of several together, which
    have what stood before in them."""
    return known_areas(store).predecessors(area.parts[0]) if len(area.parts) == 1 else []


def began_after(store: Store, area: Area, january: str) -> bool:
    """Whether an authority of today was still part of another in a January."""
    return bool(before(store, area)) and area.valid_from > f"{january}-31"


def why_none(store: Store, area: Area) -> str:
    """Why the flows say nothing of an area, as part of a sentence: `counted for Cumbria, before it was divided`."""
    if divided := parted(store, area):
        return f"counted for {listed(list(divided))}, before it was divided"
    if old := [name for _, name, kind in before(store, area) if kind == "split"]:
        return f"counted for {listed(old)}, before it was divided"
    return f"fewer than {FEWEST_A_YEAR} such pupils a year"


@kept_with_store(of_base=True)
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


def pupils_a_year(store: Store, area: Area) -> float:
    """Special-school pupils who lived in an area, in a year; NaN where they are not known."""
    lived = _lived(store).reindex(list(area.parts))
    return float(lived.sum(min_count=len(lived))) / years_of(area)


def has_border(store: Store, area: Area) -> bool:
    """Whether schools on both sides of an area's border are held: not of England, nor of all its authorities
    together."""
    return len(area.parts) < len(known_areas(store).authorities)


def parted(store: Store, area: Area) -> dict[str, list[str]]:
    """Of several authorities together: those that were divided and of which only some parts belong to the area, so that
    nobody can say who crossed its border: old name -> codes of these parts."""
    if len(area.parts) < 2:
        return {}
    changes, parts = known_areas(store).changes, _as_divided(store)
    divided = dict(zip(changes["new_area_codes"], changes["old_name"], strict=True))
    found: dict[str, list[str]] = {}
    for code in area.parts:
        if code in parts and not set(parts[code].split(";")) <= set(area.parts):
            found.setdefault(str(divided[parts[code]]), []).append(code)
    return found


@kept_with_store(256, of_base=True)
def inside_of(store: Store, area: Area) -> frozenset[str]:
    """Codes that the flows have of an area: its authorities, and one that was divided where all of its parts belong to
    it. None where only some of them do: nobody knows in which part the pupils lived."""
    if parted(store, area):
        return frozenset()
    gone = {
        code
        for code, parts in _as_divided(store).items()
        if len(area.parts) > 1 and set(parts.split(";")) <= set(area.parts)
    }
    return frozenset(area.parts) | gone


@kept_with_store(16)
def flows_of(store: Store, area: Area, end: str) -> pd.DataFrame:
    """Flows across an area's border with the area at one `end` (home_code: out; school_code: in), largest first; small
    ones together, and those whose home is not known by themselves.

    `share` is of those who lived at the home end; of the flows in there is also `share_here`, of those at school in the
    area whose home is known. Of fewer than FEWEST_A_YEAR there is none: it would be about a child or two.
    """
    table, inside = store.base.table("flows"), inside_of(store, area)
    pupils = unrounded(store, area, end)
    of_the_end = table[table[end].isin(inside) & table["home_code"].ne(UNKNOWN)]
    at_the_end = float(of_the_end["pupil_years"].sum()) / years_of(area)
    names = names_of_ends(store)
    lived = np.full(len(pupils), at_the_end) if end == "home_code" else _lived_a_year(store, pupils.index)
    frame = pd.DataFrame(
        {
            "area_code": pupils.index,
            "area": np.array([names[one] for one in pupils.index], dtype=object),
            "pupils": pupils.to_numpy(),
            "share": 100 * pupils.to_numpy() / np.where(lived >= FEWEST_A_YEAR, lived, np.nan),
        }
    )
    if end == "school_code":
        known = frame["area_code"].ne(UNKNOWN) & (at_the_end >= FEWEST_A_YEAR)
        frame["share_here"] = (100 * frame["pupils"] / at_the_end).where(known)
    frame = frame.sort_values("pupils", ascending=False, kind="stable")
    large, unknown = frame["pupils"].ge(FEWEST_A_YEAR), frame["area_code"].eq(UNKNOWN)
    few = frame[unknown & ~large].assign(area_code="", area=f"{_NOT_KNOWN}, fewer than {FEWEST_A_YEAR} a year")
    held = [part for part in (frame[large], _together(frame[~large & ~unknown], end), few) if len(part)]
    together = pd.concat(held, ignore_index=True) if held else frame
    together["status"] = VALUE
    # Less than one pupil a year is not written as none.
    together["pupils"] = together["pupils"].round(0).clip(lower=1)
    return together.round({"share": 1, "share_here": 1}).reset_index(drop=True)


@kept_with_store(32)
def unrounded(store: Store, area: Area, end: str) -> pd.Series:
    """Pupils in a typical year who crossed an area's border, the area at one `end`, by the code at the other.

    An authority that was divided and its parts are one, and a typical year is a third of what all of them have in the
    three years: the county covers some of these, its parts the others, and each by itself would count as much as both.
    An area that began in between has pairs of its own years only.
    """
    table, inside = store.base.table("flows"), inside_of(store, area)
    other = "school_code" if end == "home_code" else "home_code"
    rows = table[table[end].isin(inside) & ~table[other].isin(inside)]
    parts, own = _as_divided(store), set(area.parts)
    shown = rows[other].map(lambda one: one if own & set(parts.get(one, "").split(";")) else parts.get(one, one))
    return rows.groupby(shown)["pupil_years"].sum() / years_of(area)


def names_of_ends(store: Store) -> dict[str, str]:
    """What `unrounded` has pupils of -> its name."""
    return {**known_areas(store).names, UNKNOWN: _NOT_KNOWN, **_names_of_divided(store)}


def home_not_known(store: Store) -> float:
    """Pupils in a typical year whose home is not known, or is outside England."""
    table = store.base.table("flows")
    return float(table.loc[table["home_code"].eq(UNKNOWN), "pupil_years"].sum()) / YEARS


@kept_with_store(of_base=True)
def _lived(store: Store) -> pd.Series:
    """Special-school pupils who lived in each authority, the years added up; also in a divided one with its parts."""
    table, parts = store.table("flows"), _as_divided(store)
    each = table[table["home_code"].ne(UNKNOWN)].groupby("home_code")["pupil_years"].sum()
    divided = each[each.index.isin(list(parts))]
    return pd.concat([each, divided.groupby(divided.index.map(parts)).sum()])


def _lived_a_year(store: Store, codes: pd.Index) -> NDArray[np.float64]:
    """Special-school pupils who lived in each authority in a typical year; in a part of a divided one, in its own."""
    years = np.where(codes.isin(_BEGAN_IN_THE_LAST), 1, YEARS)
    lived: NDArray[np.float64] = _lived(store).reindex(codes).to_numpy(dtype=float) / years
    return lived


@kept_with_store(of_base=True)
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


@kept_with_store(of_base=True)
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


def _together(small: pd.DataFrame, end: str) -> pd.DataFrame:
    """The small flows as one row; no row where there are none. Those in have no share of those who lived there."""
    number = len(small)
    if not number:
        return small
    authorities = "1 other authority" if number == 1 else f"{number} other authorities"
    shares = ["share" if end == "home_code" else "share_here"]
    row = {
        "area_code": "",
        "area": f"{authorities}, fewer than {FEWEST_A_YEAR} a year{' each' if number > 1 else ''}",
        **{name: float(small[name].sum(min_count=1)) for name in ["pupils", *shares]},
    }
    return pd.DataFrame([row], columns=small.columns)
