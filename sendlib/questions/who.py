"""Who has which need: the mix by age, sex and placement, of new plans, and in local schools.

Crosses of area, need and another characteristic have their small counts
hidden, and a second one where one alone could be worked out.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sendlib.methods.disclosure import hidden_cells
from sendlib.store import Store
from sendlib.tables.ehc_labels import AGE_BANDS, NOT_RECORDED, PLACEMENT_GROUP_TOTALS
from sendlib.tables.needs import NEEDS, PLANS, UNKNOWN
from sendlib.tables.school_needs import PHASES, UNASSESSED
from sendlib.tables.symbols import HIDDEN, NOT_AVAILABLE, VALUE

COLUMNS = {
    "category": "age, sex, placement, all or new plans, or kind of school",
    "need": "primary need (code)",
    "name": "primary need",
    "count": "children and young people",
    "share": "per cent of the category, those without a recorded need included",
    "status": "value, or why there is none",
}
_NAMES = {**NEEDS, UNKNOWN: "Not recorded"}
_SCHOOL_NAMES = {**NEEDS, UNASSESSED: "SEN support, type of need not assessed"}


@lru_cache(maxsize=16)
def _cube(store: Store, characteristic: str) -> tuple[dict[str, int], list[str], NDArray[np.float64]]:
    """Counts of all plans by area, category and need (the known needs, then unknown); NaN where not available."""
    table = store.table("needs")
    rows = table[table["scope"].eq("all") & table["characteristic"].eq(characteristic) & table["need"].ne(PLANS)]
    rows = rows.astype({"area_code": str, "category": str, "need": str})
    groups, order = _groups(characteristic)
    rows = rows.assign(category=rows["category"].map(groups)).dropna(subset=["category"])
    summed = rows.groupby(["area_code", "category", "need"])["value"].agg(lambda values: values.sum(min_count=1) if values.notna().all() else np.nan)
    areas = sorted(rows["area_code"].unique())
    index = pd.MultiIndex.from_product([areas, order, list(_NAMES)])
    missing = set(rows.loc[rows["value"].isna(), "area_code"])
    filled = summed.reindex(index)
    # A combination without a row is one without children; an area whose figures are not available stays so.
    known = ~filled.index.get_level_values(0).isin(missing)
    filled = filled.where(~(filled.isna() & known), 0.0)
    return {code: place for place, code in enumerate(areas)}, order, filled.to_numpy().reshape(len(areas), len(order), len(_NAMES))


def _groups(characteristic: str) -> tuple[dict[str, str], list[str]]:
    """How the published categories are put together, and in which order they are shown."""
    if characteristic == "age":
        bands = {"Under 3": "Under 5"} | {
            str(age): band for band, (first, last) in AGE_BANDS.items() for age in range(first, last + 1)
        }
        return bands, list(AGE_BANDS)
    if characteristic == "sex":
        return {name: name for name in ("Female", "Male", NOT_RECORDED)}, ["Female", "Male"]
    return dict(PLACEMENT_GROUP_TOTALS), list(PLACEMENT_GROUP_TOTALS.values())


def by(store: Store, characteristic: str, area_code: str) -> pd.DataFrame:
    """The mix of all plans by age band, sex or group of placements; small counts hidden."""
    places, order, cube = _cube(store, characteristic)
    counts = cube[places[area_code]] if area_code in places else np.full((len(order), len(_NAMES)), np.nan)
    return _shown(order, _NAMES, counts, hide=True)


def new_and_all(store: Store, area_code: str) -> pd.DataFrame:
    """The mix of all plans in January 2025 beside that of the plans that started in 2024; totals, as published."""
    table = store.rows("needs", area_code)
    rows = table[table["characteristic"].eq("total") & table["need"].ne(PLANS)].astype({"scope": str, "need": str})
    wide = rows.pivot(index="scope", columns="need", values="value").reindex(index=["all", "new"], columns=list(_NAMES))
    return _shown(["All plans, January 2025", "New plans, 2024"], _NAMES, wide.to_numpy(), hide=False)


def in_schools(store: Store, area_code: str) -> pd.DataFrame:
    """Pupils with SEN in the schools of the area by phase and need, 2022/23; small counts hidden."""
    rows = store.rows("school_needs", area_code).astype({"phase": str, "need": str})
    if rows.empty:
        return _shown(["All schools"], _SCHOOL_NAMES, np.full((1, len(_SCHOOL_NAMES)), np.nan), hide=False)
    wide = rows.pivot(index="phase", columns="need", values="value")
    wide = wide.reindex(index=[phase for phase in PHASES if phase in wide.index], columns=list(_SCHOOL_NAMES)).fillna(0)
    phases = _shown([PHASES[phase] for phase in wide.index], _SCHOOL_NAMES, wide.to_numpy(), hide=True)
    whole = _shown(["All schools"], _SCHOOL_NAMES, wide.sum().to_numpy()[None, :], hide=False)
    return pd.concat([whole, phases], ignore_index=True)


def _shown(categories: list[str], names: dict[str, str], counts: NDArray[np.float64], *, hide: bool) -> pd.DataFrame:
    """Categories by needs as long rows with shares of the category, those without a recorded need included.

    (Shares that left these out would give away a hidden count together with the published whole.)
    """
    hidden = hidden_cells(counts) if hide else np.zeros(counts.shape, dtype=bool)
    whole = counts.sum(axis=1, keepdims=True)
    with np.errstate(divide="ignore", invalid="ignore"):
        share = np.where(whole > 0, 100 * counts / whole, np.nan)
    status = np.where(hidden, HIDDEN, np.where(np.isnan(counts), NOT_AVAILABLE, VALUE))
    number = len(names)
    return pd.DataFrame(
        {
            "category": np.repeat(categories, number),
            "need": np.tile(list(names), len(categories)),
            "name": np.tile(list(names.values()), len(categories)),
            "count": np.where(hidden, np.nan, counts).ravel(),
            "share": np.where(hidden, np.nan, share).ravel(),
            "status": status.ravel(),
        }
    )
