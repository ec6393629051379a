"""Need mixes of all authorities beside their comparators, worked out together.

Everything is arrays of authorities by needs, so that all authorities take no
longer than a few; an answer takes its row.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sendlib.areas import ENGLAND, Area
from sendlib.compared import cohorts, doubtful, latest, means, parts
from sendlib.compared.alike import boards
from sendlib.compared.cohorts import ALL_SEN, COHORTS, PLAN_IN_SCHOOLS, PLANS, SEN_SUPPORT, Cohort, counts, denominator
from sendlib.compared.comparators import BOARDS_ALIKE, CHOICES, Comparators, choose, known_areas
from sendlib.compared.rates import residents
from sendlib.methods import intervals, mix
from sendlib.store import Store, kept_with_store
from sendlib.tables.needs import NEEDS, OWN_ROW

Floats = NDArray[np.float64]
SMALL = means.FEWEST_PLANS
"""Fewer plans than this, and one child more or less moves the mix visibly: no comparison is drawn."""
UNUSUAL = 0.05
"""A need is called unusual below this q-value: at most one in twenty such calls is a false alarm."""
FEWEST_OTHERS = 20
"""Areas with a divergence of their own, below which a place among them says nothing."""
FUNNEL_95, FUNNEL_998 = 1.959963984540054, 3.090232306167813


@dataclass(frozen=True)
class Mixes:
    """Authorities (and other areas asked about) by the needs of a cohort: counts, shares, and each area beside its
    comparators.

    A count that is missing is NaN, and is left out of everything that is made of several; `recorded` is of how many
    children of each authority the shares are (cohorts.denominator), `whole` the mix of needs, which adds up to 1
    (the shares themselves where nobody stands apart). `known`: how many of its comparators have a figure that
    counts, by need. `mean`, `median`, `low`, `high`: of the comparators' shares, NaN where the
    rule for several areas gives none (compared.means). `q`: false-discovery q-values over all authorities and needs.
    `whole_mean`: the mean mix of those comparators that have every need; `divergence`: from that, NaN where a need
    is missing; `parts`: what each need adds to it. `further_than`: the part (0..1) of the other authorities whose
    divergence from their own comparators is smaller; NaN where it says nothing, and for those left out of means.
    `among`: whom these parts and q-values are of, where everybody of a kind is compared (`of_many`), and not one area
    alone. `row_of`: areas that have the row of another, since they are that authority alone.
    """

    cohort: Cohort
    needs: tuple[str, ...]
    codes: tuple[str, ...]
    counts: Floats
    recorded: Floats
    shares: Floats
    whole: Floats
    known: NDArray[np.int64]
    mean: Floats
    whole_mean: Floats
    median: Floats
    low: Floats
    high: Floats
    q: Floats
    divergence: Floats
    parts: Floats
    further_than: Floats
    among: str = "authorities"
    of_many: bool = False
    row_of: Mapping[str, str] = field(default_factory=dict)

    def row(self, code: str) -> int:
        """The place of an area in every array."""
        return self.codes.index(self.row_of.get(code, code))


@kept_with_store()
def missing(store: Store, who: str = PLANS) -> dict[str, tuple[str, ...]]:
    """Authorities and other areas asked about that lack a figure of some needs: code -> the needs (codes), in the
    order of cohorts.needs."""
    areas, needs = known_areas(store), list(cohorts.needs(store, who))
    table = counts(store, who).reindex([*areas.authorities, *areas.groups])[needs]
    gaps = table.isna()
    gaps = gaps[gaps.any(axis=1)]
    return {str(code): tuple(need for need in needs if gaps.at[code, need]) for code in gaps.index}


@kept_with_store(16, of_base=True)
def published_of(store: Store, code: str) -> pd.Series:
    """What the release says of England or a region in a row of its own, for the needs in which that is not the sum of
    its authorities: need -> plans; empty where they agree."""
    table = store.table("needs")
    now = latest.needs_period(store, "all")
    rows = table[table["scope"].eq("all") & table["characteristic"].eq(OWN_ROW) & table["period"].eq(now)]
    rows = rows[rows["area_code"].eq(code)].astype({"need": str})
    return rows[rows["need"].isin(list(NEEDS))].set_index("need")["value"]


@kept_with_store()
def all_shares(store: Store, who: str = PLANS) -> pd.DataFrame:
    """Shares (0..1) of the needs in every area's children of a cohort (cohorts.denominator); NaN where a figure is
    missing."""
    table, needs = counts(store, who), list(cohorts.needs(store, who))
    shares = mix.shares(table[needs].to_numpy(), denominator(store, who).to_numpy(dtype=float))
    return pd.DataFrame(shares, index=table.index, columns=needs)


@kept_with_store()
def england(store: Store, who: str = PLANS) -> Floats:
    """England's shares of the needs (0..1); NaN where a figure of England is missing."""
    return np.asarray(all_shares(store, who).reindex([ENGLAND]).to_numpy(dtype=float)[0])


@kept_with_store(64)
def left_out(store: Store, who: str = PLANS, period: str = "") -> dict[str, str]:
    """Areas whose mix counts for no mean, no range and no test in a period (the newest without one), and why: code ->
    reason."""
    found = dict.fromkeys(means.too_small(store), means.TOO_SMALL)
    if who == PLANS:
        doubted = doubtful.areas_in_doubt(store, doubtful.PLANS, period or latest.needs_period(store, "all"))
        found |= dict.fromkeys(doubted, "doubtful number of plans")
    else:
        whole = denominator(store, who, period)
        few = f"fewer than {SMALL} {COHORTS[who].of}"
        found |= {str(code): few for code in whole.index[whole.lt(SMALL)] if code not in found}
    return and_groups_of_one(store, found)


def and_groups_of_one(store: Store, found: dict[str, str]) -> dict[str, str]:
    """Who is left out, with the groups and boards that are one authority alone, which go as the authority does."""
    single = {code: parts.one_of(area) for code, area in known_areas(store).groups.items()}
    return found | {code: found[one] for code, one in single.items() if one in found}


@kept_with_store()
def base_of_rates(store: Store, who: str = PLANS) -> pd.Series:
    """Of how many people the rates of a cohort are, by area: residents aged 0 to 25 of the summer before the plans; or
    pupils of all schools located there in the year of the census. NaN where that is not held."""
    if who == PLANS:
        return residents(store, latest.needs_period(store, "all"))
    table = store.table("school_pupils")
    held = table["measure"].eq("pupils") & table["period"].eq(cohorts.newest(store, who))
    pupils = table[held].astype({"area_code": str}).set_index("area_code")["value"].astype(float)
    base = store.base.table("school_pupils")
    if ENGLAND not in pupils.index and held.any():
        every = base[base["measure"].eq("pupils") & base["period"].eq(cohorts.newest(store, who))]
        pupils[ENGLAND] = float(every["value"].sum(skipna=False))
    return pupils


@kept_with_store()
def rates(store: Store, who: str = PLANS) -> pd.DataFrame:
    """Children of a cohort with each need for every 1,000 of those of `base_of_rates`: one row an area, one column a
    need. NaN where these are not known."""
    table = counts(store, who)[list(cohorts.needs(store, who))]
    return 1000 * table.div(base_of_rates(store, who).reindex(table.index), axis=0)


@kept_with_store()
def rates_if_alike(store: Store, who: str = PLANS) -> pd.DataFrame:
    """The rates of pupils as they would be if the pupils with SEN of schools that report no needs (independent ones),
    who are in the denominator, had them in the same shares. Of plans the rates themselves."""
    if who == PLANS:
        return rates(store, who)
    table = store.table("school_pupils")
    held = table["measure"].isin(_IN_ALL_SCHOOLS[who]) & table["period"].eq(cohorts.newest(store, who))
    rows = table[held].astype({"area_code": str})
    of_area = rows.groupby("area_code")["value"]
    everywhere = of_area.sum()[of_area.count().eq(len(_IN_ALL_SCHOOLS[who]))]
    covered = (denominator(store, who) / everywhere.reindex(counts(store, who).index)).clip(upper=1)
    return rates(store, who).div(covered, axis=0)


_IN_ALL_SCHOOLS = {SEN_SUPPORT: ("sen_support",), PLAN_IN_SCHOOLS: ("ehc_plan",), ALL_SEN: ("sen_support", "ehc_plan")}
"""Measures of the table school_pupils that are the pupils of a cohort in all schools."""


@kept_with_store(64, of_base=True)
def of_choice(store: Store, choice: str, who: str = PLANS) -> Mixes:
    """Every authority beside its comparators of a named choice."""
    areas = known_areas(store)
    every = {code: choose(store, area, choice).codes for code, area in areas.authorities.items()}
    return replace(beside(store, every, who), of_many=True)


def of(store: Store, area: Area, others: Comparators, who: str = PLANS) -> Mixes:
    """The mixes of a cohort that hold an area beside its comparators: everybody's of its kind, or its own alone where
    nobody else is compared in the same way (a picked set, several authorities together)."""
    one = parts.one_of(area)
    if others.choice in CHOICES and one in known_areas(store).authorities:
        found = of_choice(store, others.choice, who)
        return found if one == area.code else replace(found, row_of={area.code: one})
    if others.choice in _PEERS and len(others.codes) >= FEWEST_OTHERS:
        return _of_peers(store, others.choice, tuple(sorted((area.code, *others.codes))), who)
    if others.choice == BOARDS_ALIKE and len(codes := boards(store, area.current).codes) >= FEWEST_OTHERS:
        return _of_boards_alike(store, codes, who)
    return beside(store, {area.code: others.codes}, who)


_PEERS = {"boards": "integrated care boards", "locations": "sub-ICB locations"}
"""Choices in which each of a kind is beside all others of it, and what they are."""


@kept_with_store(16)
def _of_peers(store: Store, choice: str, codes: tuple[str, ...], who: str) -> Mixes:
    """Each of some areas beside all the others."""
    found = beside(store, {code: tuple(one for one in codes if one != code) for code in codes}, who)
    return replace(found, among=_PEERS[choice], of_many=True)


@kept_with_store(16)
def _of_boards_alike(store: Store, codes: tuple[str, ...], who: str) -> Mixes:
    """Each board beside the ten that are most like it."""
    known = known_areas(store)
    found = beside(store, {code: choose(store, known.get(code), BOARDS_ALIKE).codes for code in codes}, who)
    return replace(found, among=_PEERS["boards"], of_many=True)


def beside(store: Store, comparators: dict[str, tuple[str, ...]], who: str = PLANS) -> Mixes:
    """All authorities and any other area in `comparators`, those in it beside theirs."""
    further = {code for area, others in comparators.items() for code in (area, *others)}
    codes = tuple(dict.fromkeys([*known_areas(store).authorities, *sorted(further)]))
    place = {code: number for number, code in enumerate(codes)}
    small = np.array([code in left_out(store, who) for code in codes])
    members = np.zeros((len(codes), len(codes)), dtype=bool)
    needs = tuple(cohorts.needs(store, who))
    table = counts(store, who).reindex(list(codes))[list(needs)].to_numpy(dtype=float)
    totals = denominator(store, who).reindex(list(codes)).to_numpy(dtype=float)
    shares = mix.shares(table, totals)
    # A mix that lacks a need is no mix: it counts for the means of its other needs, and not for the mean mix. Those who
    # stand apart from the mix are in the denominator of a share of pupils, so the mix is made whole again.
    whole = mix.shares(shares)
    mean, median, low, high, whole_mean = (np.full_like(shares, np.nan) for _ in range(5))
    known = np.zeros(shares.shape, dtype=np.int64)
    for code, others in comparators.items():
        row, theirs = place[code], [place[other] for other in others]
        found = means.of(shares[theirs], small[theirs])
        mean[row], median[row], low[row], high[row] = found.mean, found.median, found.low, found.high
        known[row], whole_mean[row] = found.known, means.of(whole[theirs], small[theirs]).mean
        members[row, [other for other in theirs if not small[other]]] = True
    logits = mix.logit_shares(table, totals)
    tested = ~small
    # No test where the rule for several areas gives no range either.
    p = np.where(tested[:, None] & ~np.isnan(mean), mix.prediction_p_values(logits, members), np.nan)
    added = mix.divergence_parts(whole, whole_mean)
    divergence = added.sum(axis=1)
    return Mixes(
        COHORTS[who],
        needs,
        codes,
        table,
        totals,
        shares,
        whole,
        known,
        mean,
        whole_mean,
        median,
        low,
        high,
        mix.false_discovery(p),
        divergence,
        added,
        _further_than(np.where(tested, divergence, np.nan)),
    )


def _further_than(divergence: Floats) -> Floats:
    """For each value the part of the others that are smaller; NaN where there are hardly any others."""
    known = ~np.isnan(divergence)
    if known.sum() < FEWEST_OTHERS:
        return np.full_like(divergence, np.nan)
    smaller = (divergence[None, known] < divergence[:, None]).sum(axis=1) / (known.sum() - 1)
    return np.asarray(np.where(known, smaller, np.nan))


def middle_of_all(mixes: Mixes) -> str:
    """`; the middle of all authorities is 0.020`, or nothing where others are not known."""
    known = mixes.divergence[~np.isnan(mixes.divergence)]
    return f"; the middle of all {mixes.among} is {np.median(known):.3f}" if known.size >= FEWEST_OTHERS else ""


@kept_with_store(of_base=True)
def funnels(store: Store, who: str = PLANS) -> pd.DataFrame:
    """A funnel for every need of a cohort: one row a need and authority.

    Columns: need, area_code, plans (of how many children the share is), share, z, low_95,
    high_95, low_998, high_998 (per cent; limits at that number). NaN where an authority lacks the figure.
    """
    codes, needs = tuple(known_areas(store).authorities), list(cohorts.needs(store, who))
    table = counts(store, who).reindex(list(codes))[needs].to_numpy(dtype=float)
    totals = denominator(store, who).reindex(list(codes)).to_numpy(dtype=float)
    funnels = []
    for column, need in enumerate(needs):
        z, errors, centre, _ = mix.funnel(table[:, column], totals)
        low_95, high_95 = mix.funnel_limits(centre, errors, FUNNEL_95)
        low_998, high_998 = mix.funnel_limits(centre, errors, FUNNEL_998)
        funnels.append(
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
    return pd.concat(funnels, ignore_index=True)


def wilson_percent(count: Floats, total: float) -> tuple[Floats, Floats]:
    """Wilson limits of counts as shares of a total, per cent; NaN where a count or the total is missing."""
    low, high = intervals.wilson(count, total)
    return 100 * low, 100 * high
