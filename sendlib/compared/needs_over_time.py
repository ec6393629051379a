"""Shares of needs over time: of a cohort, every need of every area in every period that is held.

Plans are counted each January, pupils in the school census of each school year (compared.cohorts). A change is the
share in the last period less that in the first; chance is what two samples of that many children would show
(methods.intervals.difference), a need at a time and allowing for how many needs are looked at.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sendlib.compared import cohorts, means, mixes
from sendlib.methods import intervals
from sendlib.store import Store, kept_with_store
from sendlib.tables.needs import DOWN_SYNDROME, NEEDS

Floats = NDArray[np.float64]
Places = NDArray[np.int64]
Tests = NDArray[np.bool_]
MOST_FALSE = 0.05
"""How often chance alone may make any one of an area's needs change beyond what is called chance."""
FASTER = 1.0
"""Points by which a change must be further than the mean change of those compared to be called faster or slower: a
choice of ours."""


@kept_with_store(of_base=True)
def needs(store: Store, who: str) -> dict[str, str]:
    """Every need that any period of a cohort tells apart, code -> name."""
    found = dict(NEEDS)
    for period in cohorts.periods(store, who):
        found |= cohorts.needs(store, who, period)
    return found


@kept_with_store(of_base=True)
def told_apart_from(store: Store, who: str) -> str:
    """The period from which Down syndrome is a need of its own; empty where it is none, or is one in every period."""
    held = cohorts.periods(store, who)
    first = next((one for one in held if DOWN_SYNDROME in cohorts.needs(store, who, one)), "")
    return "" if first in held[:1] else first


@kept_with_store(area_by_area=True)
def counts(store: Store, who: str) -> pd.DataFrame:
    """Children of a cohort with each need: one row an area, one column a need and period, in their orders. NaN where
    there is no figure, or where the period does not tell the need apart."""
    held = {period: cohorts.counts(store, who, period) for period in cohorts.periods(store.base, who)}
    names = list(needs(store, who))
    wide = {period: table.reindex(columns=names) for period, table in held.items()}
    return _by_need(wide, names)


@kept_with_store(area_by_area=True)
def totals(store: Store, who: str) -> pd.DataFrame:
    """Of how many children the shares are: one row an area, one column a period."""
    held = {period: cohorts.denominator(store, who, period) for period in cohorts.periods(store.base, who)}
    return pd.DataFrame(held, dtype=float)


@kept_with_store()
def shares(store: Store, who: str) -> pd.DataFrame:
    """The same as `counts` in per cent of `totals`."""
    table, whole = counts(store, who), totals(store, who)
    of = whole.reindex(table.index)[table.columns.get_level_values("period")].to_numpy(dtype=float)
    with np.errstate(divide="ignore", invalid="ignore"):
        return 100 * table / np.where(of > 0, of, np.nan)


def _by_need(held: dict[str, pd.DataFrame], names: list[str]) -> pd.DataFrame:
    """Frames of areas by needs, one a period, as one with columns of needs and periods."""
    columns = pd.MultiIndex.from_product([names, list(held)], names=["need", "period"])
    if not held:
        return pd.DataFrame(columns=columns, dtype=float)
    return pd.concat(held, axis=1).swaplevel(axis=1).reindex(columns=columns)


def of_area(store: Store, who: str, code: str) -> tuple[str, ...]:
    """The periods of an area: from the first in which it has a figure to the newest that is held; none where it has
    no figure at all."""
    held, cubes = cohorts.periods(store, who), _cubes(store, who)
    known = np.flatnonzero(cubes.totals[cubes.places([code])[0]] > 0)
    return held[known[0] :] if len(known) else ()


@dataclass(frozen=True)
class _Cubes:
    """Counts and shares (per cent) as arrays of areas by needs by periods, totals as one of areas by periods; in the
    last place of each stands an area that nobody knows, without a figure."""

    place: Mapping[str, int]
    counts: Floats
    shares: Floats
    totals: Floats

    def places(self, codes: Sequence[str]) -> list[int]:
        """Where areas stand."""
        return [self.place.get(code, -1) for code in codes]


@kept_with_store()
def _cubes(store: Store, who: str) -> _Cubes:
    held, table = len(cohorts.periods(store, who)), counts(store, who)
    codes = [*table.index, ""]
    shape = (len(codes), len(needs(store, who)), held)
    count, share = (frame.reindex(codes).to_numpy(dtype=float).reshape(shape) for frame in (table, shares(store, who)))
    total = totals(store, who).reindex(codes).to_numpy(dtype=float).reshape(len(codes), held)
    return _Cubes({code: place for place, code in enumerate(table.index)}, count, share, total)


def _columns(store: Store, who: str, periods: Sequence[str]) -> list[int]:
    held = cohorts.periods(store, who)
    return [held.index(period) for period in periods]


def cube(store: Store, who: str, codes: Sequence[str], periods: Sequence[str]) -> Floats:
    """Shares of areas by needs and periods, per cent, NaN where one has no figure."""
    cubes = _cubes(store, who)
    return np.asarray(cubes.shares[cubes.places(codes)][:, :, _columns(store, who, periods)])


def counted(store: Store, who: str, codes: Sequence[str], periods: Sequence[str]) -> Floats:
    """The same, NaN also where an area counts for no mean. One area alone counts always: its own figure stands under
    its own name."""
    found = cube(store, who, codes, periods)
    if len(codes) > 1:
        for place, period in enumerate(periods):
            reasons = mixes.left_out(store, who, period)
            found[[code in reasons for code in codes], :, place] = np.nan
    return found


@dataclass(frozen=True)
class Course:
    """The needs of an area over its periods: arrays of needs by periods, but `totals`, one a period, and `first`.

    `counts` and `shares` (per cent) of the area; `mean` of those compared, and of how many it is (`known`). What
    follows is of the change since `first`, the place of the first period in which the area has a figure of the need:
    `low` and `high`, between which points chance leaves the change; `mean_before` and `mean_after`, of those compared
    that count in both periods (NaN where the rule for several areas gives none), who are `in_both`; and `as_much`, how
    many of these rose by as much or more.
    """

    needs: tuple[str, ...]
    periods: tuple[str, ...]
    counts: Floats
    totals: Floats
    shares: Floats
    mean: Floats
    known: Places
    first: Places
    low: Floats
    high: Floats
    mean_before: Floats
    mean_after: Floats
    in_both: Places
    as_much: Places

    @property
    def change(self) -> Floats:
        """Points of change of the area."""
        return self.shares - _at(self.shares, self.first)

    @property
    def mean_change(self) -> Floats:
        """The mean change of those compared."""
        return self.mean_after - self.mean_before

    @property
    def rose(self) -> Tests:
        """Whether a share rose by more than chance."""
        return np.asarray(self.low > 0)

    @property
    def fell(self) -> Tests:
        """Whether it fell by more than chance."""
        return np.asarray(self.high < 0)

    @property
    def faster(self) -> Tests:
        """Whether it rose by more than chance, and by more than chance and FASTER points more than the mean did."""
        return np.asarray(self.rose & (self.low > self.mean_change) & (self.change - self.mean_change >= FASTER))

    @property
    def slower(self) -> Tests:
        """Whether the mean rose by more than chance and FASTER points more."""
        return np.asarray((self.high < self.mean_change) & (self.mean_change - self.change >= FASTER))


@kept_with_store()
def course(store: Store, who: str, code: str, codes: tuple[str, ...], periods: tuple[str, ...]) -> Course:
    """The needs of an area over some periods beside those of others."""
    cubes, columns = _cubes(store, who), _columns(store, who, periods)
    (row,) = cubes.places([code])
    count, share, total = cubes.counts[row][:, columns], cubes.shares[row][:, columns], cubes.totals[row][columns]
    first = np.argmax(~np.isnan(share), axis=1) if periods else np.zeros(len(share), dtype=np.int64)
    began = total[first][:, None] if periods else total
    low, high = intervals.difference(_at(count, first), began, count, total, _deviate(share))
    later = np.arange(len(periods)) > first[:, None]
    theirs = counted(store, who, codes, periods)
    before = np.where(np.isnan(theirs), np.nan, _at(theirs, first))
    after = np.where(np.isnan(before), np.nan, theirs)
    mean, mean_before, mean_after = (_mean(values) for values in (theirs, before, after))
    change = share - _at(share, first)
    return Course(
        needs=tuple(needs(store, who)),
        periods=periods,
        counts=count,
        totals=total,
        shares=share,
        mean=mean[0],
        known=mean[1],
        first=first,
        low=np.where(later, 100 * low, np.nan),
        high=np.where(later, 100 * high, np.nan),
        mean_before=mean_before[0],
        mean_after=mean_after[0],
        in_both=mean_after[1],
        as_much=(after - before >= change).sum(axis=0),
    )


def _at(values: Floats, first: Places) -> Floats:
    """The values of each need at a place of its own, to be set against those of every period."""
    if not values.shape[-1]:
        return values
    return np.asarray(values[..., np.arange(len(first)), first][..., None])


def _mean(values: Floats) -> tuple[Floats, Places]:
    """The mean of areas for every need and period, and of how many it is."""
    shape = values.shape[1:]
    found = means.of(values.reshape(len(values), int(np.prod(shape))), [False] * len(values))
    return found.mean.reshape(shape), found.known.reshape(shape)


def _deviate(share: Floats) -> float:
    """The normal deviate for one need of as many as are looked at (Bonferroni)."""
    looked_at = max(int((~np.isnan(share)).any(axis=1).sum()), 1)
    return NormalDist().inv_cdf(1 - MOST_FALSE / (2 * looked_at))
