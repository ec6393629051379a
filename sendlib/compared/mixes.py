"""Need mixes of all authorities beside their comparators, worked out together.

Everything is arrays of authorities by needs, so that all authorities take no
longer than a few; an answer takes its row.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sendlib.areas import ENGLAND
from sendlib.compared import doubtful, latest, means
from sendlib.compared.comparators import CHOICES, Comparators, choose, known_areas
from sendlib.compared.rates import residents
from sendlib.methods import intervals, mix
from sendlib.store import Store, kept_with_store
from sendlib.tables.needs import NEEDS, OWN_ROW, PLANS, UNKNOWN

Floats = NDArray[np.float64]
SMALL = means.FEWEST_PLANS
"""Fewer plans than this, and one child more or less moves the mix visibly: no comparison is drawn."""
UNUSUAL = 0.05
"""A need is called unusual below this q-value: at most one in twenty such calls is a false alarm."""
FUNNEL_95, FUNNEL_998 = 1.959963984540054, 3.090232306167813


@dataclass(frozen=True)
class Mixes:
    """Authorities by needs: counts, shares, and each authority beside its comparators.

    `mean`, `median`, `low`, `high`: of the comparators' shares, NaN where the
    rule for several areas gives none (compared.means). `q`: false-discovery q-values over all authorities and needs.
    `divergence`: from the comparators' mean; `parts`: what each need adds to
    it. `further_than`: the part (0..1) of the other authorities whose
    divergence from their own comparators is smaller; NaN where it says nothing, and for those left out of means.
    """

    codes: tuple[str, ...]
    counts: Floats
    shares: Floats
    mean: Floats
    median: Floats
    low: Floats
    high: Floats
    q: Floats
    divergence: Floats
    parts: Floats
    further_than: Floats

    def row(self, code: str) -> int:
        """The place of an authority in every array."""
        return self.codes.index(code)


@kept_with_store()
def counts(store: Store) -> pd.DataFrame:
    """All plans by need: one row an area (England too), one column a need, `unknown` and `plans`."""
    table = store.table("needs")
    now = latest.needs_period(store, "all")
    rows = table[table["scope"].eq("all") & table["characteristic"].eq("total") & table["period"].eq(now)]
    wide = rows.pivot(index="area_code", columns="need", values="value")
    columns = [*NEEDS, UNKNOWN, PLANS]
    return pd.DataFrame(wide[columns].to_numpy(), index=wide.index.astype(str), columns=columns)


@kept_with_store()
def published_england(store: Store) -> pd.Series:
    """What the release says of England in a row of its own, for the needs in which that is not the sum of its
    authorities: need -> plans; empty where they agree."""
    table = store.table("needs")
    now = latest.needs_period(store, "all")
    rows = table[table["scope"].eq("all") & table["characteristic"].eq(OWN_ROW) & table["period"].eq(now)]
    rows = rows[rows["area_code"].eq(ENGLAND)].astype({"need": str})
    return rows[rows["need"].isin(list(NEEDS))].set_index("need")["value"]


@kept_with_store()
def all_shares(store: Store) -> pd.DataFrame:
    """Shares (0..1) of the needs in every area's plans with a recorded need."""
    table = counts(store)
    return pd.DataFrame(mix.shares(table[list(NEEDS)].to_numpy()), index=table.index, columns=list(NEEDS))


@kept_with_store()
def england(store: Store) -> Floats:
    """England's shares of the needs (0..1)."""
    return np.asarray(all_shares(store).loc[ENGLAND].to_numpy(dtype=float))


@kept_with_store()
def left_out(store: Store) -> dict[str, str]:
    """Authorities whose mix counts for no mean, no range and no test, and why: code -> reason."""
    doubted = doubtful.areas_in_doubt(store, doubtful.PLANS, latest.needs_period(store, "all"))
    return {
        **dict.fromkeys(means.too_small(store), means.TOO_SMALL),
        **dict.fromkeys(doubted, "doubtful number of plans"),
    }


@kept_with_store()
def rates(store: Store) -> pd.DataFrame:
    """Plans that name each need for every 1,000 residents aged 0 to 25: one row an area, one column a need.

    NaN where the residents of the summer before are not known.
    """
    people = residents(store, latest.needs_period(store, "all"))
    table = counts(store)[list(NEEDS)]
    return 1000 * table.div(people.reindex(table.index), axis=0)


@kept_with_store(32)
def of_choice(store: Store, choice: str) -> Mixes:
    """Every authority beside its comparators of a named choice."""
    areas = known_areas(store)
    return beside(store, {code: choose(store, area, choice).codes for code, area in areas.authorities.items()})


def of(store: Store, code: str, others: Comparators) -> Mixes:
    """The mixes that hold an authority beside its comparators: everybody's, or its own alone for a picked set."""
    return of_choice(store, others.choice) if others.choice in CHOICES else beside(store, {code: others.codes})


def beside(store: Store, comparators: dict[str, tuple[str, ...]]) -> Mixes:
    """All authorities, those in `comparators` beside theirs."""
    codes = tuple(known_areas(store).authorities)
    place = {code: number for number, code in enumerate(codes)}
    small = np.array([code in left_out(store) for code in codes])
    members = np.zeros((len(codes), len(codes)), dtype=bool)
    table = counts(store).reindex(list(codes))[list(NEEDS)].to_numpy(dtype=float)
    shares = mix.shares(table)
    mean, median, low, high = (np.full_like(shares, np.nan) for _ in range(4))
    for code, others in comparators.items():
        row, theirs = place[code], [place[other] for other in others]
        found = means.of(shares[theirs], small[theirs])
        mean[row], median[row], low[row], high[row] = found.mean, found.median, found.low, found.high
        members[row, [other for other in theirs if not small[other]]] = True
    logits = mix.logit_shares(table)
    tested = ~small
    p = np.where(tested[:, None], mix.prediction_p_values(logits, members), np.nan)
    parts = mix.divergence_parts(shares, mean)
    divergence = parts.sum(axis=1)
    return Mixes(
        codes,
        table,
        shares,
        mean,
        median,
        low,
        high,
        mix.false_discovery(p),
        divergence,
        parts,
        _further_than(np.where(tested, divergence, np.nan)),
    )


def _further_than(divergence: Floats) -> Floats:
    """For each value the part of the others that are smaller; NaN where there are hardly any others."""
    known = ~np.isnan(divergence)
    if known.sum() < 20:
        return np.full_like(divergence, np.nan)
    smaller = (divergence[None, known] < divergence[:, None]).sum(axis=1) / (known.sum() - 1)
    return np.asarray(np.where(known, smaller, np.nan))


def middle_of_all(mixes: Mixes) -> str:
    """`; the middle of all authorities is 0.020`, or nothing where others are not known."""
    known = mixes.divergence[~np.isnan(mixes.divergence)]
    return f"; the middle of all authorities is {np.median(known):.3f}" if known.size >= 20 else ""


@kept_with_store()
def funnels(store: Store) -> pd.DataFrame:
    """A funnel for every need: one row a need and authority.

    Columns: need, area_code, plans (with a recorded need), share, z, low_95,
    high_95, low_998, high_998 (per cent; limits at that number of plans).
    """
    codes = tuple(known_areas(store).authorities)
    table = counts(store).reindex(list(codes))[list(NEEDS)].to_numpy(dtype=float)
    totals = table.sum(axis=1)
    parts = []
    for column, need in enumerate(NEEDS):
        z, errors, centre, _ = mix.funnel(table[:, column], totals)
        low_95, high_95 = mix.funnel_limits(centre, errors, FUNNEL_95)
        low_998, high_998 = mix.funnel_limits(centre, errors, FUNNEL_998)
        parts.append(
            pd.DataFrame(
                {
                    "need": need,
                    "area_code": codes,
                    "plans": totals,
                    "share": 100 * table[:, column] / totals,
                    "z": z,
                    "low_95": 100 * low_95,
                    "high_95": 100 * high_95,
                    "low_998": 100 * low_998,
                    "high_998": 100 * high_998,
                }
            )
        )
    return pd.concat(parts, ignore_index=True)


def wilson_percent(count: Floats) -> tuple[Floats, Floats]:
    """Wilson limits of the shares of a row of counts, per cent."""
    low, high = intervals.wilson(count, count.sum())
    return 100 * low, 100 * high
