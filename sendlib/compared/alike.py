"""Our own neighbours: authorities, or boards, that are alike in published features, SEND left out."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sendlib.areas import Area, Areas
from sendlib.compared import means, widened
from sendlib.methods import neighbours
from sendlib.store import Store, kept_with_store
from sendlib.tables.features import FEATURES

NUMBER = 10
LONDON = "E12000007"


@dataclass(frozen=True)
class Alike:
    """Distances between all areas of a kind, and the features that they rest on.

    `features`: one row an area, one column a kept feature, on the scale
    that is compared (logarithms where FEATURES says so); `plain`: all of them as they are read. `dropped`: features
    that say the same as an earlier one. `borrowed`: areas that are, or hold, an authority that began
    after the pupils were counted, with the name of the one that stood there.
    `missing`: areas that lack a feature, with its names: they are in nobody's list, and their own rests on the
    others. `extreme`: areas with features beyond the cap of the distance, which
    makes them look nearer than they are.
    """

    codes: tuple[str, ...]
    features: pd.DataFrame
    plain: pd.DataFrame
    dropped: tuple[str, ...]
    distance: NDArray[np.float64]
    nearest: NDArray[np.int64]
    borrowed: dict[str, str]
    missing: dict[str, list[str]]
    extreme: dict[str, list[str]]


def among(store: Store, area: Area) -> Alike:
    """What an authority, or a board of the NHS, is compared by with all others of its kind."""
    return boards(store, area.current) if area.kind == "board" else alike(store)


@kept_with_store()
def alike(store: Store) -> Alike:
    """Distances and nearest authorities, worked out once for a store."""
    values, borrowed = _of_authorities(store)
    return _compared(values, borrowed, means.too_small(store))


@kept_with_store(of_base=True)
def boards(store: Store, current: bool) -> Alike:
    """The same of the boards of today, or of those that are gone, put together of their authorities."""
    values, borrowed = _of_authorities(store)
    those = [one for one in widened.directory(store).of_kind("board") if one.members and one.current == current]
    together = pd.DataFrame({one.code: _together(values.loc[list(one.members)]) for one in those}).T
    lent = {one.code: borrowed[part] for one in those for part in one.members if part in borrowed}
    return _compared(together[list(values.columns)], lent, ())


def _of_authorities(store: Store) -> tuple[pd.DataFrame, dict[str, str]]:
    """Every feature of every authority as it is read, and whose pupils' features were borrowed from whom."""
    areas = Areas(store.table("areas"), store.table("area_changes"))
    table = store.table("features").astype({"area_code": str, "feature": str})
    wide = table.pivot(index="area_code", columns="feature", values="value")[list(FEATURES)]
    codes = list(areas.authorities)
    values = wide.reindex(codes)
    borrowed = _borrow(values, wide, areas)
    values["london"] = [float(areas.get(code).region_code == LONDON) for code in codes]
    values["county"] = [float(areas.get(code).authority_type == "County") for code in codes]
    return values, borrowed


def _together(parts: pd.DataFrame) -> pd.Series:
    """The features of several authorities as one: residents are added, and their density is that on the added land. The
    pupils of the year are not held for all of them, so a share of pupils counts as much as its area's residents do. One
    part without a figure, and there is none of the whole."""
    people = parts["residents"]
    found = parts.mul(people, axis=0).sum(skipna=False) / people.sum(skipna=False)
    found["residents"] = people.sum(skipna=False)
    found["density"] = found["residents"] / (people / parts["density"]).sum(skipna=False)
    return found


def _compared(plain: pd.DataFrame, borrowed: dict[str, str], small: tuple[str, ...] | frozenset[str]) -> Alike:
    """Distances between areas by their features; `small`: those that stand in nobody's list."""
    values, codes = plain.copy(), list(plain.index)
    for name, feature in FEATURES.items():
        if feature.logarithmic:
            values[name] = np.log(values[name].where(values[name] > 0))
    missing = {
        str(code): [_in_sentence(name) for name in FEATURES if gaps[name]]
        for code, gaps in values.isna().iterrows()
        if gaps.any()
    }
    kept = neighbours.not_collinear(values.to_numpy())
    names = [str(values.columns[place]) for place in kept]
    distance = neighbours.distances(values[names].to_numpy())
    spread = (values[names] - values[names].mean()) / values[names].std(ddof=0)
    # An authority of a handful of children is in nobody's list: what it shows is chance. Nor is one that lacks a
    # feature: it would look near for want of a difference.
    listed = distance.copy()
    unlisted = [code in small or code in missing for code in codes]
    listed[np.isnan(listed)] = np.inf
    listed[:, unlisted] = np.inf
    beyond = spread.abs() > neighbours.CAP + 1
    extreme = {
        str(code): [_in_sentence(name) for name in names if name in FEATURES and beyond.loc[code, name]]
        for code in values.index[beyond[[name for name in names if name in FEATURES]].any(axis=1)]
    }
    return Alike(
        tuple(codes),
        values[names],
        plain,
        tuple(str(name) for name in values.columns if name not in names),
        distance,
        neighbours.nearest(listed, NUMBER),
        borrowed,
        missing,
        extreme,
    )


def _borrow(values: pd.DataFrame, published: pd.DataFrame, areas: Areas) -> dict[str, str]:
    """Fill in, where an authority has none of a feature, what the one that stood there before had; whose it was."""
    borrowed = {}
    for code in values.index[values.isna().any(axis=1)]:
        old_code, old_name, _ = next(iter(areas.predecessors(str(code))), ("", "", ""))
        if old_code not in published.index:
            continue
        # Shares of pupils only: the undivided authority's are the nearest that was published.
        shares = published.loc[old_code].drop([name for name, kind in FEATURES.items() if kind.logarithmic])
        lacking = values.columns[values.loc[code].isna()].intersection(shares.dropna().index)
        if len(lacking):
            values.loc[code, lacking] = shares[lacking]
            borrowed[str(code)] = old_name
    return borrowed


def _in_sentence(name: str) -> str:
    """A feature as it stands in the middle of a sentence."""
    return FEATURES[name].name[0].lower() + FEATURES[name].name[1:]
