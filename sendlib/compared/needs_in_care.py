"""Primary needs of children in need, on a protection plan and looked after, beside those of the areas compared.

What the publisher hid stays hidden: no number here is what is left of a total.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sendlib.compared import crosses
from sendlib.compared.crosses_further import Shares, Words, beside, left_out, shares_of, words
from sendlib.store import Store, kept_with_store
from sendlib.tables.care import ALL, GROUPS, NEED_NAMES
from sendlib.tables.needs import DOWN_SYNDROME
from sendlib.tables.symbols import HIDDEN, NOT_APPLICABLE, NOT_AVAILABLE, STATUSES, VALUE

Floats = NDArray[np.float64]
BY_AREA = {code: GROUPS[code] for code in ("in_need", "protection_plan", "looked_after_12_months")}
"""Groups of which there are figures of every area."""
_ANY = "any_sen"
_HIDDEN, _STATUSES = STATUSES.index(HIDDEN), np.array(STATUSES, dtype=object)


@dataclass(frozen=True)
class _Held:
    """Of an area, by group and need: children, their part of those of the group with SEN (`whole`), per cent,
    and why there is none (place in STATUSES)."""

    count: Floats
    whole: Floats
    share: Floats
    status: NDArray[np.int64]


@kept_with_store(of_base=True)
def year(store: Store) -> str:
    """The newest school year with needs of these children by area."""
    return str(_rows(store)["period"].astype(str).max())


@kept_with_store(of_base=True)
def needs(store: Store) -> dict[str, str]:
    """Needs that the newest year tells apart: code -> name."""
    rows = _rows(store)
    held = set(rows.loc[rows["period"].eq(year(store)), "need"].astype(str))
    return {need: name for need, name in {**NEED_NAMES, DOWN_SYNDROME: "Down syndrome"}.items() if need in held}


def _rows(store: Store) -> pd.DataFrame:
    """Children with any SEN by need, of the groups that every area has."""
    table = store.table("care")
    return table[table["sen"].eq(_ANY) & table["group"].isin(list(BY_AREA)) & table["need"].ne(ALL)]


@kept_with_store(area_by_area=True)
def _held(store: Store) -> dict[str, _Held]:
    table, order = store.table("care"), [ALL, *needs(store.base)]
    wanted = (
        table["sen"].eq(_ANY)
        & table["group"].isin(list(BY_AREA))
        & table["period"].eq(year(store.base))
        & table["need"].isin(order)
        & table["unit"].isin(["children", "percent"])
    )
    rows = table[wanted]
    areas = sorted({str(code) for code in rows["area_code"].unique()})
    axes = {"area_code": areas, "unit": ["children", "percent"], "group": list(BY_AREA), "need": order}
    where = tuple(
        crosses.places_of(rows[name], {label: place for place, label in enumerate(labels)})
        for name, labels in axes.items()
    )
    values = np.full([len(labels) for labels in axes.values()], np.nan)
    values[where] = rows["value"]
    statuses = np.full(values.shape, STATUSES.index(NOT_AVAILABLE), dtype=np.int64)
    statuses[where] = crosses.places_of(rows["status"], {label: place for place, label in enumerate(STATUSES)})
    return {code: _of_area(*values[place], *statuses[place]) for place, code in enumerate(areas)}


def _of_area(counts: Floats, shares: Floats, of_counts: NDArray[np.int64], of_shares: NDArray[np.int64]) -> _Held:
    """Shares as published; of several authorities together, of which none is, out of their children added up."""
    places = list(STATUSES)
    added = np.isnan(shares) & (of_shares == places.index(NOT_AVAILABLE))
    whole = counts[:, :1]
    with np.errstate(divide="ignore", invalid="ignore"):
        share = np.where(added, np.where(whole > 0, 100 * counts / whole, np.nan), shares)
    status = np.where(added, of_counts, of_shares)
    unknown = np.isnan(share) & (status == places.index(VALUE))
    status = np.where(unknown, places.index(NOT_APPLICABLE), status)
    return _Held(counts[:, 1:], whole, share[:, 1:], status[:, 1:])


@kept_with_store(area_by_area=True)
def _shares(store: Store) -> dict[str, Shares]:
    return {code: shares_of(held.share, held.whole) for code, held in _held(store).items()}


@kept_with_store(of_base=True)
def _words(store: Store) -> Words:
    names, groups = needs(store), list(BY_AREA.values())
    return words(
        category=np.repeat(groups, len(names)).tolist(),
        need=list(names) * len(groups),
        name=list(names.values()) * len(groups),
    )


def by_group(store: Store, area_code: str, codes: Sequence[str]) -> pd.DataFrame:
    """Children of each group with SEN by primary need in the newest year, beside those compared and England.

    What is hidden is mostly small, so it can not be left out as if nothing were known of it: where one of those
    compared has a hidden figure, no mean and no range is given.
    """
    told, held = _words(store), _held(store)
    nothing = np.full(len(told["name"]), np.nan)
    own = held.get(area_code)
    found = beside(_shares(store), codes, len(nothing), left_out(store, "in_need"))
    hidden = np.zeros(len(told["name"]))
    for code in codes:
        if code in held:
            hidden += held[code].status.ravel() == _HIDDEN
    columns = found.columns()
    for name in ("comparator_mean", "comparator_min", "comparator_max"):
        columns[name] = np.where(hidden > 0, np.nan, columns[name])
    return pd.DataFrame(
        {
            **told,
            "count": nothing if own is None else own.count.ravel(),
            "share": nothing if own is None else own.share.ravel(),
            **columns,
            "areas_hidden": hidden,
            "status": NOT_AVAILABLE if own is None else _STATUSES[own.status.ravel()],
        }
    )


def unavailable(store: Store, codes: Sequence[str]) -> tuple[str, ...]:
    """Those of some areas that have no figure of any of these children in the newest year; a hidden one is a
    figure that there is."""
    held, gone = _held(store), STATUSES.index(NOT_AVAILABLE)
    return tuple(code for code in codes if code not in held or bool((held[code].status == gone).any()))
