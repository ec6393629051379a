"""Children with a life-limiting condition: expected by area, from England's rates and local residents.

A modelled number, never a register: rates of England applied to the children
of an area, scaled so that all authorities together are England. An area that is more than one authority has the sum of
theirs.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from sendlib.answer import MODES, Text
from sendlib.answer.numbers import listed
from sendlib.areas import ENGLAND
from sendlib.compared.comparators import known_areas
from sendlib.methods import intervals, scenarios
from sendlib.methods.scenarios import MissingNumber
from sendlib.questions.looking_ahead import filled_in, place_rates, residents
from sendlib.questions.looking_ahead.places import members
from sendlib.questions.looking_ahead.residents import TARGET
from sendlib.store import Store, kept_with_store
from sendlib.tables.life_limiting import Evidence
from sendlib.tables.life_limiting_reading import AGE_BANDS

DEFAULT_SPREAD = 10
"""Per cent: how much areas may differ for reasons other than age. A judgement, which readers can change."""


@dataclass(frozen=True)
class SharedOut:
    """England's residents aged 0 to 19 in a mid-year, and the part of England's children that each area has.

    `part` knows authorities (a tiny one together with its neighbour), regions, groups and England, which is 1; it is
    NaN for those whose residents are missing. `alone` has each authority by itself, for sums: one that is missing has
    a stand-in.
    """

    residents: float
    part: Mapping[str, float]
    alone: Mapping[str, float]

    def children(self, per_10000: float, code: str = ENGLAND) -> float:
        """Expected children of an area where England's rate is `per_10000`."""
        return per_10000 * self.residents / 10_000 * self.part[code]


@kept_with_store(64)
def shared_out(store: Store, evidence: Evidence, basis: str, period: str, rates: str = place_rates.AGE) -> SharedOut:
    """How England's children are shared out between areas in a mid-year of a projection: between_authorities, with the
    groups that the store has rows of. Raises UnknownChoice."""
    found = between_authorities(store, evidence, basis, period, rates)
    lacking = set(_lacking(store, evidence, basis, period, rates))
    groups = {
        code: math.nan
        if lacking & set(inside := members(store, code))
        else sum(found.alone[member] for member in inside)
        for code in known_areas(store).groups
    }
    return replace(found, part={**groups, **found.part})


def _lacking(store: Store, evidence: Evidence, basis: str, period: str, rates: str) -> list[str]:
    """The authorities of which something is missing that their part rests on."""
    lacking = list(residents.lacking(store, basis, period))
    if rates == place_rates.ETHNICITY:
        ratios = place_rates.ratios(store, evidence)
        lacking += [code for code in ratios.index[ratios.isna()] if code not in lacking]
    return lacking


@kept_with_store(64, of_base=True)
def between_authorities(
    store: Store, evidence: Evidence, basis: str, period: str, rates: str = place_rates.AGE
) -> SharedOut:
    """How England's children are shared out between authorities, and so between regions.

    By one of the ways of place_rates: the published age rates (under 1 and the rest today), or, for the
    authorities whose residents somebody filled in, by ethnicity or deprivation; one rate for everybody; or the older
    rates by ethnic group. Then the
    authorities of a region whose rate is known are scaled to it, and all to
    England. An authority whose residents are missing has no part, and the
    others have what they would have beside it. Raises UnknownChoice.
    """
    people = residents.for_sums(store, basis, period)
    by_authority = _parts(store, evidence, people, rates)
    alone = {str(code): float(share) for code, share in by_authority.items()}
    lacking = set(_lacking(store, evidence, basis, period, rates))
    wider = [code for code in known_areas(store).wider if code != ENGLAND]
    part = {code: sum(alone[member] for member in members(store, code)) for code in [*alone, *wider]}
    # Those of a region are known all the same: its own number stands behind the stand-in.
    part |= {code: math.nan for code in alone if lacking & set(members(store, code))}
    return SharedOut(residents.in_england(store, basis, period), {**part, ENGLAND: 1.0}, alone)


def _parts(store: Store, evidence: Evidence, people: pd.DataFrame, rates: str) -> pd.Series:
    """Parts of England's children by authority, of residents by authority and age band; NaN where nothing can be shared
    out."""
    everybody = people.sum(axis=1, skipna=False)
    if rates == place_rates.AGE:
        by_band, groups = _weights_by_age(store, evidence, people)
        try:
            by_age = pd.Series(scenarios.expected_children(by_band, groups, 1.0), index=people.index)
        except MissingNumber:
            return pd.Series(math.nan, index=people.index)
        shares = _by_groups(store, evidence, by_age, everybody)
    else:
        shares = everybody
        if rates == place_rates.ETHNICITY:
            # One whose pupils are not known counts as England in the sum, so that the others stay what they are.
            shares = everybody * place_rates.ratios(store, evidence).reindex(people.index).fillna(1.0)
        if everybody.isna().any():
            return pd.Series(math.nan, index=people.index)
        shares = shares / shares.sum()
    return _scaled_to_regions(store, evidence, shares, everybody)


def why_unknown(
    store: Store, evidence: Evidence, basis: str, period: str, code: str, rates: str = place_rates.AGE
) -> str:
    """Why the children of an area in a mid-year can not be given, as a sentence ends; empty where they can."""
    shared = shared_out(store, evidence, basis, period, rates)
    if math.isnan(shared.residents):
        return f"the residents of England in mid-{period[:4]} are not available in {residents.projection(basis)}"
    if not math.isnan(shared.part[code]):
        return ""
    inside = set(members(store, code))
    lacking = [code for code in residents.lacking(store, basis, period) if code in inside]
    if lacking:
        names = listed([known_areas(store).authorities[code].in_text for code in lacking])
        when = f"mid-{residents.made_of(store, basis, period)[:4]}"
        return f"the residents of {names} in {when} are not available at every age"
    unknown = [code for code in _lacking(store, evidence, basis, period, rates) if code in inside]
    if unknown:
        names = listed([known_areas(store).authorities[code].in_text for code in unknown])
        return f"the pupils of {names} by ethnic group are not available"
    return f"England's residents by age, by which its children of {period[:4]} are shared out, are not all available"


def _scaled_to_regions(store: Store, evidence: Evidence, shares: pd.Series, people: pd.Series) -> pd.Series:
    """Parts of England's children by authority, in which each region with a measured rate has what that rate gives it.

    The other regions share what is left; where all are measured they are scaled together.
    """
    scaled, known = shares.copy(), np.zeros(len(shares), bool)
    for rate in evidence.of_regions():
        inside = scaled.index.isin(known_areas(store).in_region(rate.area_code))
        england_then = evidence.total_of(rate.year) or evidence.last
        wanted = rate.per_10000 / england_then.per_10000 * people[inside].sum() / people.sum()
        scaled[inside] *= wanted / scaled[inside].sum()
        known |= inside
    left = 1 - scaled[known].sum()
    if left > 0 and not known.all():
        scaled[~known] *= left / scaled[~known].sum()
    return scaled / scaled.sum()


def _by_groups(store: Store, evidence: Evidence, by_age: pd.Series, people: pd.Series) -> pd.Series:
    """Parts of England's children in which the authorities whose groups are known share theirs by these.

    Together they keep what age gives them, so that the others, whose groups are unknown, neither gain nor lose.
    """
    group_type, known = filled_in.chosen(store, evidence)
    if not group_type:
        return by_age
    rates = np.array([evidence.of(group_type)[group].per_10000 for group in known.columns])
    rate = known.to_numpy() @ rates / known.sum(axis=1)
    wanted = rate * people[known.index]
    shares = by_age.copy()
    shares[known.index] = wanted / wanted.sum() * by_age[known.index].sum()
    return shares


def by_age_alone(store: Store, evidence: Evidence) -> bool:
    """Whether age alone shares children out between areas, because nobody filled in residents by another group."""
    return not filled_in.chosen(store, evidence)[0]


def shared_out_by(store: Store, evidence: Evidence) -> str:
    """Which groups share children out between areas: `ethnicity`, `deprivation`, `age bands` or `age under 1 and 1 to
    19`, or two of these where one is not known everywhere."""
    age = "age bands" if set(AGE_BANDS) <= set(evidence.of("age")) else "age under 1 and 1 to 19"
    group_type, known = filled_in.chosen(store, evidence)
    areas = len(known_areas(store).authorities)
    if not group_type:
        return age
    return (
        group_type
        if len(known) == areas
        else f"{group_type} where it is known ({len(known)} of {areas} authorities), elsewhere by {age}"
    )


def _weights_by_age(store: Store, evidence: Evidence, people: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """Rates by age band and residents (areas, bands); `people` has at least the columns of AGE_BANDS."""
    ages = evidence.of("age")
    if set(AGE_BANDS) <= set(ages):
        return np.array([ages[band].per_10000 for band in AGE_BANDS]), people[list(AGE_BANDS)].to_numpy()
    under_1 = ages["<1"].per_10000
    older = people[[band for band in AGE_BANDS if band != "<1"]].sum(axis=1, skipna=False).to_numpy()
    return np.array([under_1, rate_1_to_19(store, evidence)]), np.column_stack([people["<1"].to_numpy(), older])


def rate_1_to_19(store: Store, evidence: Evidence) -> float:
    """Children per 10,000 aged 1 to 19: those counted less those under 1, on ONS' residents of the year."""
    under_1 = evidence.of("age")["<1"]
    total = evidence.total_of(under_1.year) or evidence.last
    then = residents.then(store, under_1.begins)
    children = total.children or total.per_10000 * then["0-19"] / 10_000
    return float(10_000 * (children - under_1.per_10000 * then["<1"] / 10_000) / (then["0-19"] - then["<1"]))


def rate_with_ages_held(store: Store, evidence: Evidence, basis: str) -> float:
    """England's rate in the target year if the rate of each age band stays and only the ages of the residents change.

    Fewer children under 1, whose rate is by far the highest, make it lower than the last measured rate.
    """
    crude = []
    for people in (residents.england(store).loc[basis, TARGET], residents.then(store, evidence.last.begins)):
        rates, groups = _weights_by_age(store, evidence, people.to_frame().T)
        crude.append(float((groups @ rates)[0] / groups.sum()))
    return evidence.last.per_10000 * crude[0] / crude[1]


def limits(
    number: float, spread: float, published: tuple[float, float] | None, rate: float, *, national: bool = False
) -> tuple[float, float]:
    """The range of an expected number, with all that is known to widen it; the number lies inside.

    That is chance (95% Poisson limits), `spread` (the standard deviation between areas, a part of the
    number) and the study's own interval of the rate where it is published, put
    together by the root of the sum of squares. NaN of a number that is not known.
    """
    if math.isnan(number):
        return math.nan, math.nan
    low, high = intervals.poisson_limits(number)
    wide_low, wide_high = (float(side) for side in scenarios.with_spread(number, low, high, spread))
    if published:
        if national:  # the study's interval of England holds chance already
            wide_low = wide_high = number
        wide_low = number - math.hypot(number - wide_low, number * (1 - published[0] / rate))
        wide_high = number + math.hypot(wide_high - number, number * (published[1] / rate - 1))
    return max(wide_low, 0.0), wide_high


def spread_of(store: Store, shared: SharedOut, code: str, spread: float) -> float:
    """The spread of an area that is put together from several: differences of its parts even out; none for England."""
    if code == ENGLAND:
        return 0.0
    codes = members(store, code)
    if len(codes) == 1:
        return spread
    alone = np.array([shared.alone[member] for member in codes])
    return float(spread * np.sqrt((alone**2).sum()) / alone.sum())


_CHANCE = Text("chance")
_BETWEEN = Text("differences between areas", show="area differences", families="differences between places")
_STUDY = Text("the study's published interval", show="the study's interval", families="what researchers were unsure of")


def holds(code: str, spread: float, published: bool) -> Text:
    """What the wider limits of an expected number allow for, in words; empty where there are none to give.

    For England there is the study's own interval and nothing else: chance alone would promise far too much.
    """
    study = [_STUDY] if published else []
    parts = study if code == ENGLAND else [_CHANCE, *([_BETWEEN] if spread else []), *study]
    if not parts:
        return Text("")
    explore, show, families = (listed([part.in_mode(mode) for part in parts]) for mode in MODES)
    return Text(explore, show=show, families=families)


def not_counted(code: str) -> str:
    """What the number of an area is made of, so that nobody takes it for a count."""
    return (
        "worked out from a rate and projected residents, not counted"
        if code == ENGLAND
        else "worked out from England's rate and local residents, not counted"
    )
