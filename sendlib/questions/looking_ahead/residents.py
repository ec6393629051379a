"""Residents aged 0 to 19 of authorities, regions, groups and England: as ONS estimated and as it projects them.

What stands in for residents that are missing is in stand_ins.py.
"""

from __future__ import annotations

import math

import numpy as np
import pandas as pd

from sendlib.areas import ENGLAND
from sendlib.compared.comparators import known_areas
from sendlib.errors import UnknownChoice
from sendlib.questions.looking_ahead import stand_ins
from sendlib.questions.looking_ahead.places import members
from sendlib.store import Store, kept_with_store
from sendlib.tables.population_england import BANDS, ESTIMATE, base_year, name_of

TARGET = "2030-06"
LOCAL = "population_local"
"""The table of projections by authority, which only a refresh brings."""
LATER = "estimate"
"""In place of a projection: residents as ONS estimated them for the same day, once it had."""


@kept_with_store(of_base=True)
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


@kept_with_store(of_base=True)
def _estimates(store: Store) -> pd.DataFrame:
    """Residents aged 0 to 19 at the newest mid-year, as estimated: authorities, regions and England by age band."""
    table = store.table("population")
    rows = table[table["period"].astype(str).eq(estimated(store)) & table["age"].astype(str).str.fullmatch(r"\d+")]
    return _by_band(rows, ["area_code"])


@kept_with_store(of_base=True)
def england(store: Store) -> pd.Series:
    """England's residents by basis, mid-year and age band."""
    table = store.table("population_england").astype({"basis": str, "period": str, "age": str})
    return table.set_index(["basis", "period", "age"])["value"].sort_index()


@kept_with_store(of_base=True)
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


@kept_with_store(of_base=True)
def held_local(store: Store) -> str:
    """The basis of the projection by authority that is held, or ""."""
    return str(store.table(LOCAL)["basis"].iloc[0]) if LOCAL in store.tables else ""


@kept_with_store(of_base=True)
def _projected_locally(store: Store) -> pd.DataFrame:
    """Residents of authorities, regions and England by mid-year (rows) and age band, as projected for each."""
    return _by_band(store.table(LOCAL).astype({"period": str}), ["period", "area_code"])


def made_of(store: Store, basis: str, period: str) -> str:
    """The mid-year of the residents by area that those of a projection are made of: its own where it is projected for
    each authority, else the newest estimated."""
    local = local_basis(store, basis) and period in _projected_locally(store).index.get_level_values("period")
    return period if local else estimated(store)


def _held_for(store: Store, basis: str, period: str) -> pd.DataFrame:
    """These residents, by area and age band. Raises UnknownChoice."""
    if basis != LATER and basis not in projections(store):
        raise UnknownChoice(f"There is no population '{basis}'. There are: {', '.join(projections(store))}.")
    if basis != LATER and local_basis(store, basis) and made_of(store, basis, period) == period:
        projected: pd.DataFrame = _projected_locally(store).loc[period]
        return projected
    return _estimates(store)


@kept_with_store(16, of_base=True)
def for_sums(store: Store, basis: str, period: str) -> pd.DataFrame:
    """The same as by_authority with stand-ins for those that are missing, so that sums are right and no other authority
    changes."""
    held, areas = _held_for(store, basis, period), known_areas(store)
    regions = {code: areas.in_region(code) for code in areas.wider if code != ENGLAND}
    wider = held.reindex([*regions, ENGLAND])
    people = stand_ins.filled(held.reindex(sorted(areas.authorities)), wider, regions)
    if basis == LATER:
        return people
    return people * (england(store).loc[basis, period].reindex(people.columns) / people.sum(skipna=False))


def by_authority(store: Store, basis: str, period: str) -> pd.DataFrame:
    """Residents by authority and age band in a mid-year of a projection.

    The projection by authority of the same base, where a refresh has brought
    it; else those last estimated with England's growth of the band. Either is
    scaled so that all authorities together are the national projection. With
    LATER they are as estimated. NaN where residents of an age are missing, or
    where the projection lacks the band. Raises UnknownChoice.
    """
    held = _held_for(store, basis, period)
    people = for_sums(store, basis, period)
    return people.where(held.reindex(people.index).notna())


def of_area(store: Store, basis: str, period: str, code: str) -> float:
    """Residents of an area aged 0 to 19 in a mid-year of a projection; NaN where they are not known."""
    if code == ENGLAND:
        return in_england(store, basis, period)
    inside = members(store, code)
    if code not in known_areas(store).wider and set(inside) & set(lacking(store, basis, period)):
        return math.nan
    return float(_of_each(store, basis, period)[inside].sum())


@kept_with_store(16, of_base=True)
def _of_each(store: Store, basis: str, period: str) -> pd.Series:
    return for_sums(store, basis, period).sum(axis=1, skipna=False)


def in_england(store: Store, basis: str, period: str) -> float:
    """Residents of England aged 0 to 19 in a mid-year of a projection, or with LATER as estimated; NaN where they are
    not held."""
    summed = float(for_sums(store, basis, period).to_numpy().sum())
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


def in_words(store: Store, basis: str) -> str:
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


@kept_with_store(16, of_base=True)
def lacking(store: Store, basis: str, period: str) -> tuple[str, ...]:
    """The authorities of which an age of the residents is missing that those of a mid-year are made of."""
    held = _held_for(store, basis, period).reindex(sorted(known_areas(store).authorities))
    return tuple(str(code) for code in held.index[held.isna().any(axis=1)])


@kept_with_store(64, of_base=True)
def then(store: Store, year: int) -> pd.Series:
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
