"""Children with a life-limiting condition: expected by area, from England's rates and local residents.

A modelled number, never a register: rates of England applied to the children
of an area, scaled so that all areas together are England.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from sendlib.answer import MODES, Text
from sendlib.answer.numbers import listed, written
from sendlib.areas import ENGLAND, Area
from sendlib.compared.comparators import known_areas, the_region
from sendlib.errors import UnknownChoice
from sendlib.methods import intervals, scenarios
from sendlib.methods.scenarios import MissingNumber
from sendlib.questions.looking_ahead import filled_in, stand_ins
from sendlib.store import Store, kept_with_store
from sendlib.tables.life_limiting import Evidence
from sendlib.tables.life_limiting_reading import AGE_BANDS
from sendlib.tables.population_england import BANDS, ESTIMATE, base_year, name_of

TARGET = "2030-06"
LOCAL = "population_local"
"""The table of projections by authority, which only a refresh brings."""
LATER = "estimate"
"""In place of a projection: residents as ONS estimated them for the same day, once it had."""
DEFAULT_SPREAD = 10
"""Per cent: how much areas may differ for reasons other than age. A judgement, which readers can change."""
SMALLEST = 10
FEW = f"fewer than {SMALLEST}"
"""What is said in place of a number below that."""
GROUPED = {"201": ("204", "Hackney and the City of London"), "420": ("908", "Cornwall and the Isles of Scilly")}
"""Areas of so few children that a number for them alone says nothing: the neighbour they are taken with, and their name
together."""


@kept_with_store()
def estimated(store: Store) -> str:
    """The newest mid-year (`2024-06`) for which residents of authorities are held by single year of age: what `now`
    means."""
    table = store.table("population")
    single = table["age"].astype(str).isin(["0", "19"]) & table["area_code"].astype(str).str.fullmatch(r"\d{3}")
    single &= table["value"].notna()
    return str(table.loc[single, "period"].astype(str).max())


def now(store: Store) -> str:
    """The same as one says it: `mid-2024`."""
    return f"mid-{estimated(store)[:4]}"


def _by_band(rows: pd.DataFrame, index: list[str]) -> pd.DataFrame:
    """Residents by age band of rows by single year of age; a band that lacks an age is missing, never the sum of the
    others."""
    ages = rows.astype({"area_code": str}).assign(age=rows["age"].astype(str).astype(int))
    wide = ages.pivot(index=index, columns="age", values="value")
    bands = {name: range(first, last + 1) for name, (first, last) in BANDS.items() if name != "0-19"}
    return pd.DataFrame({name: wide.reindex(columns=ages).sum(axis=1, skipna=False) for name, ages in bands.items()})


@kept_with_store()
def _estimates(store: Store) -> pd.DataFrame:
    """Residents aged 0 to 19 at the newest mid-year, as estimated: authorities, regions and England by age band."""
    table = store.table("population")
    rows = table[table["period"].astype(str).eq(estimated(store)) & table["age"].astype(str).str.fullmatch(r"\d+")]
    return _by_band(rows, ["area_code"])


def residents(store: Store) -> pd.DataFrame:
    """Residents aged 0 to 19 at the newest mid-year: authorities by age band, NaN where an age of it is missing."""
    return _estimates(store).reindex(sorted(known_areas(store).authorities))


@kept_with_store()
def england(store: Store) -> pd.Series:
    """England's residents by basis, mid-year and age band."""
    table = store.table("population_england").astype({"basis": str, "period": str, "age": str})
    return table.set_index(["basis", "period", "age"])["value"].sort_index()


@kept_with_store()
def projections(store: Store) -> dict[str, str]:
    """The projections that reach from the newest estimates to the target: what each is called, the newest first.

    A refresh may have brought a newer one than those that are shipped.
    """
    held = england(store).index
    reach = [
        name
        for name in held.get_level_values("basis").unique()
        if name != ESTIMATE and all((name, period, "0-19") in held for period in (estimated(store), TARGET))
    ]
    return {name: name_of(name) for name in sorted(reach, key=lambda name: (-base_year(name), name))}


def newest_projection(store: Store) -> str:
    """The one that is used unless a reader chooses another: the newest principal projection."""
    return next(name for name in projections(store) if name.count("-") == 1)


def local_basis(store: Store, basis: str) -> str:
    """The projection by authority that goes with a national one (`ons-2022-local` with `ons-2022`), or "" where none is
    held.

    Only a refresh brings projections by authority; one of another base year is not mixed in.
    """
    return f"{basis}-local" if held_local(store) == f"{basis}-local" else ""


@kept_with_store()
def held_local(store: Store) -> str:
    """The basis of the projection by authority that is held, or ""."""
    return str(store.table(LOCAL)["basis"].iloc[0]) if LOCAL in store.tables else ""


@kept_with_store()
def _projected_locally(store: Store) -> pd.DataFrame:
    """Residents of authorities, regions and England by mid-year (rows) and age band, as projected for each."""
    return _by_band(store.table(LOCAL).astype({"period": str}), ["period", "area_code"])


def _made_of(store: Store, basis: str, period: str) -> str:
    """The mid-year of the residents by area that those of a projection are made of: its own where it is projected for
    each authority, else the newest estimated."""
    local = local_basis(store, basis) and period in _projected_locally(store).index.get_level_values("period")
    return period if local else estimated(store)


def _held_for(store: Store, basis: str, period: str) -> pd.DataFrame:
    """These residents, by area and age band. Raises UnknownChoice."""
    if basis != LATER and basis not in projections(store):
        raise UnknownChoice(f"There is no population '{basis}'. There are: {', '.join(projections(store))}.")
    if basis != LATER and local_basis(store, basis) and _made_of(store, basis, period) == period:
        projected: pd.DataFrame = _projected_locally(store).loc[period]
        return projected
    return _estimates(store)


@kept_with_store(16)
def _for_sums(store: Store, basis: str, period: str) -> pd.DataFrame:
    """The same as residents_in with stand-ins for those that are missing, so that sums are right and no other authority
    changes."""
    held, areas = _held_for(store, basis, period), known_areas(store)
    regions = {code: areas.in_region(code) for code in areas.names if code.startswith("E12")}
    wider = held.reindex([*regions, ENGLAND])
    people = stand_ins.filled(held.reindex(sorted(areas.authorities)), wider, regions)
    if basis == LATER:
        return people
    return people * (england(store).loc[basis, period].reindex(people.columns) / people.sum(skipna=False))


def residents_in(store: Store, basis: str, period: str) -> pd.DataFrame:
    """Residents by authority and age band in a mid-year of a projection.

    The projection by authority of the same base, where a refresh has brought
    it; else those last estimated with England's growth of the band. Either is
    scaled so that all authorities together are the national projection. With
    LATER they are as estimated. NaN where residents of an age are missing, or
    where the projection lacks the band. Raises UnknownChoice.
    """
    held = _held_for(store, basis, period)
    people = _for_sums(store, basis, period)
    return people.where(held.reindex(people.index).notna())


def residents_of(store: Store, basis: str, period: str, code: str) -> float:
    """Residents of an area aged 0 to 19 in a mid-year of a projection; NaN where they are not known."""
    if code == ENGLAND:
        return in_england(store, basis, period)
    inside = members(store, code)
    if not code.startswith("E12") and set(inside) & set(lacking_residents(store, basis, period)):
        return math.nan
    return float(_for_sums(store, basis, period).loc[inside].to_numpy().sum())


def in_england(store: Store, basis: str, period: str) -> float:
    """Residents of England aged 0 to 19 in a mid-year of a projection, or with LATER as estimated; NaN where they are
    not held."""
    summed = float(_for_sums(store, basis, period).to_numpy().sum())
    if summed == summed:
        return summed
    own = _estimates(store).reindex([ENGLAND]).to_numpy().sum()
    return float(own if basis == LATER else england(store).loc[basis, period, "0-19"])


def projection_name(basis: str) -> str:
    """A projection in a caption: `ONS 2018-based projection of a low population`."""
    variant = basis.partition("-")[2].partition("-")[2]
    return f"ONS {base_year(basis)}-based projection{f' of a {variant} population' if variant else ''}"


def projection(basis: str) -> str:
    """The same within a sentence: `the ONS 2018-based projection of a low population`."""
    return f"the {projection_name(basis)}"


def residents_words(store: Store, basis: str) -> str:
    """Where the residents of areas in 2030 come from, in a sentence."""
    if local_basis(store, basis):
        return (
            f"Residents in 2030 are those that ONS projects for each authority ({said_local(store)}),"
            f" scaled so that all authorities together are England in {projection(basis)}."
        )
    why = (
        f"the one held is {said_local(store)}, of another base"
        if held_local(store)
        else "local projections are not held"
    )
    return f"Residents in 2030 are those of {now(store)} with England's growth of their age band: {why}."


def said_local(store: Store) -> str:
    """The projection by authority that is held, as one says it: `ONS 2022-based projection by authority`."""
    return f"ONS {held_local(store)[4:8]}-based projection by authority"


@dataclass(frozen=True)
class SharedOut:
    """England's residents aged 0 to 19 in a mid-year, and the part of England's children that each area has.

    `part` knows authorities (a tiny one together with its neighbour), regions and England, which is 1; it is NaN for
    those whose residents are missing. `alone` has each authority by itself, for sums: one that is missing has a
    stand-in.
    """

    residents: float
    part: Mapping[str, float]
    alone: Mapping[str, float]

    def children(self, per_10000: float, code: str = ENGLAND) -> float:
        """Expected children of an area where England's rate is `per_10000`."""
        return per_10000 * self.residents / 10_000 * self.part[code]


@kept_with_store(64)
def shared_out(store: Store, evidence: Evidence, basis: str, period: str) -> SharedOut:
    """How England's children are shared out between areas in a mid-year of a projection.

    By the published age rates (under 1 and the rest today), or, for the
    authorities whose residents somebody filled in, by ethnicity or deprivation; then the
    authorities of a region whose rate is known are scaled to it, and all to
    England. An authority whose residents are missing has no part, and the
    others have what they would have beside it. Raises UnknownChoice.
    """
    people = _for_sums(store, basis, period)
    rates, groups = _weights_by_age(store, evidence, people)
    try:
        by_age = pd.Series(scenarios.expected_children(rates, groups, 1.0), index=people.index)
    except MissingNumber:
        by_authority = pd.Series(math.nan, index=people.index)
    else:
        shares = _by_groups(store, evidence, by_age, people.sum(axis=1))
        by_authority = _scaled_to_regions(store, evidence, shares, people.sum(axis=1))
    alone = {str(code): float(share) for code, share in by_authority.items()}
    lacking = set(lacking_residents(store, basis, period))
    wider = [code for code in known_areas(store).names if code.startswith("E12")]
    part = {code: sum(alone[member] for member in members(store, code)) for code in [*alone, *wider]}
    # Those of a region are known all the same: its own number stands behind the stand-in.
    part |= {code: math.nan for code in alone if lacking & set(members(store, code))}
    return SharedOut(in_england(store, basis, period), {**part, ENGLAND: 1.0}, alone)


@kept_with_store(16)
def lacking_residents(store: Store, basis: str, period: str) -> tuple[str, ...]:
    """The authorities of which an age of the residents is missing that those of a mid-year are made of."""
    held = _held_for(store, basis, period).reindex(sorted(known_areas(store).authorities))
    return tuple(str(code) for code in held.index[held.isna().any(axis=1)])


def why_unknown(store: Store, evidence: Evidence, basis: str, period: str, code: str) -> str:
    """Why the children of an area in a mid-year can not be given, as a sentence ends; empty where they can."""
    shared = shared_out(store, evidence, basis, period)
    if math.isnan(shared.residents):
        return f"the residents of England in mid-{period[:4]} are not available in {projection(basis)}"
    if not math.isnan(shared.part[code]):
        return ""
    inside = set(members(store, code))
    lacking = [code for code in lacking_residents(store, basis, period) if code in inside]
    if lacking:
        names = listed([known_areas(store).authorities[code].in_text for code in lacking])
        return f"the residents of {names} in mid-{_made_of(store, basis, period)[:4]} are not available at every age"
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


@kept_with_store(64)
def residents_then(store: Store, year: int) -> pd.Series:
    """England's residents by age band in a mid-year: estimated, or projected (the newest) once estimates end.

    A mid-year that is not held (2016, 2021), or not of a band, lies on the line between those beside it; NaN where a
    band has none at all.
    """
    held = england(store)
    estimates, projected = (held.loc[basis].unstack("age") for basis in (ESTIMATE, newest_projection(store)))
    known = pd.concat([estimates, projected[projected.index > estimates.index.max()]]).sort_index()
    return pd.Series({band: _between(known[band].dropna(), year) for band in BANDS})


def _between(known: pd.Series, year: int) -> float:
    """A yearly series in a mid-year, on the line between those beside it; NaN for a series of none."""
    return float(np.interp(year, known.index.str[:4].astype(int), known)) if len(known) else math.nan


def rate_1_to_19(store: Store, evidence: Evidence) -> float:
    """Children per 10,000 aged 1 to 19: those counted less those under 1, on ONS' residents of the year."""
    under_1 = evidence.of("age")["<1"]
    total = evidence.total_of(under_1.year) or evidence.last
    then = residents_then(store, under_1.begins)
    children = total.children or total.per_10000 * then["0-19"] / 10_000
    return float(10_000 * (children - under_1.per_10000 * then["<1"] / 10_000) / (then["0-19"] - then["<1"]))


def rate_with_ages_held(store: Store, evidence: Evidence, basis: str) -> float:
    """England's rate in the target year if the rate of each age band stays and only the ages of the residents change.

    Fewer children under 1, whose rate is by far the highest, make it lower than the last measured rate.
    """
    crude = []
    for people in (england(store).loc[basis, TARGET], residents_then(store, evidence.last.begins)):
        rates, groups = _weights_by_age(store, evidence, people.to_frame().T)
        crude.append(float((groups @ rates)[0] / groups.sum()))
    return evidence.last.per_10000 * crude[0] / crude[1]


def members(store: Store, code: str) -> list[str]:
    """The authorities that make up an area."""
    areas = known_areas(store)
    if code == ENGLAND:
        return list(areas.authorities)
    if code in GROUPED:
        return [code, GROUPED[code][0]]
    return [code] if code in areas.authorities else areas.in_region(code)


def together(area: Area) -> str:
    """An area as one says it: `Bristol`, `the North East`, or a tiny one and its neighbour together."""
    if area.code in GROUPED:
        return GROUPED[area.code][1]
    return the_region(area.name) if area.code.startswith("E12") else area.in_text


def within(area: Area) -> str:
    """Where its children live: `in Bristol`, `on the Isle of Wight`."""
    name = together(area)
    return f"{'on' if name.startswith('the Isle of ') else 'in'} {name}"


def rounded(number: float, code: str) -> float:
    """To 100 for England and its regions, to 5 for authorities; not a number below 10, which is said as `fewer than
    10`."""
    step = 100 if code.startswith("E") else 5
    return step * round(number / step) if number >= SMALLEST else float("nan")


def said(number: float, code: str) -> str:
    """`390`, `86,600` or `fewer than 10`."""
    value = rounded(number, code)
    return FEW if np.isnan(value) else written(value)


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
