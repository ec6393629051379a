"""What SEND numbers would be if today's shares held: only the residents change, and no part of them changes its share.

Of plans the share of each age band is held; of other counts that of those aged 5 to 19; a share of pupils stays as it
is. Residents move as England's of their age band do in the newest projection that has all ages to 25.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from sendlib.methods.backtest import Floats
from sendlib.questions.looking_ahead import residents
from sendlib.questions.looking_ahead.send_past import PLANS, is_share
from sendlib.store import Store, kept_with_store
from sendlib.tables.population_england import OF_PLANS, name_of

BANDS = {"Under 5": "0-4", "5 to 10": "5-10", "11 to 15": "11-15", "16 to 19": "16-19", "20 to 25": "20-25"}
"""Age band of plans -> the same of residents."""
_OF_SCHOOL_AGE = ("5 to 10", "11 to 15", "16 to 19")


def way(store: Store, code: str, name: str, last: float, coming: list[str]) -> Floats:
    """The number in each coming January or school year; NaN where it can not be worked out."""
    if is_share(name):
        return np.full(len(coming), last)
    summers = tuple(f"{_summer(period)}-06" for period in coming)
    before = f"{int(summers[0][:4]) - 1}-06"
    growth = _growth(store, before, summers)
    weights = _plans_by_age(store, code) if name == PLANS else _of_school_age(store, before)
    if growth is None or weights.isna().any() or not weights.sum() > 0:
        return np.full(len(coming), np.nan)
    held: Floats = last * (growth[list(weights.index)].to_numpy() @ weights.to_numpy()) / weights.sum()
    return held if not np.isnan(held).any() else np.full(len(coming), np.nan)


def _summer(period: str) -> int:
    """The mid-year before a January, which residents of the same age are counted at."""
    return int(period[:4]) if "/" in period else int(period[:4]) - 1


@kept_with_store(of_base=True)
def basis(store: Store) -> str:
    """The newest projection that has all the bands of plans, or "" where none has."""
    held = residents.england(store).index
    known = set(zip(held.get_level_values("basis"), held.get_level_values("age"), strict=True))
    found = [one for one in residents.projections(store) if all((one, band) in known for band in OF_PLANS)]
    return found[0] if found else ""


@kept_with_store(16, of_base=True)
def _growth(store: Store, before: str, summers: tuple[str, ...]) -> pd.DataFrame | None:
    """Residents of England in each summer over those before, by age band of plans (columns)."""
    if not basis(store):
        return None
    people = residents.england(store).loc[basis(store)].unstack("age")[list(BANDS.values())]
    people.columns = pd.Index(list(BANDS))
    return people.reindex(list(summers)) / people.reindex([before]).iloc[0]


@kept_with_store(16, of_base=True)
def _of_school_age(store: Store, before: str) -> pd.Series:
    """England's residents of each band of school age, which stand for those who could have the number."""
    people = residents.england(store).loc[basis(store), before]
    return pd.Series({band: float(people.get(BANDS[band], np.nan)) for band in _OF_SCHOOL_AGE})


@kept_with_store(area_by_area=True)
def _plans_of_all(store: Store) -> pd.DataFrame:
    """Plans by area and age band in the newest January that has them."""
    plans = store.table("plans").astype({"area_code": str, "period": str, "category": str})
    rows = plans[plans["measure"].eq(PLANS) & plans["characteristic"].eq("age_band")]
    newest = rows[rows["period"].eq(rows["period"].max())]
    wide = newest.pivot(index="area_code", columns="category", values="value").reindex(columns=list(BANDS))
    # A band without a row has no plans; of an area of which a number is missing, nothing is known.
    return wide.fillna(0.0).drop(index=list(newest.loc[newest["value"].isna(), "area_code"].unique()))


def _plans_by_age(store: Store, code: str) -> pd.Series:
    held = _plans_of_all(store)
    return held.loc[code] if code in held.index else pd.Series(np.nan, index=list(BANDS))


def in_words(store: Store, name: str) -> str:
    """What the line rests on, in a sentence."""
    if is_share(name):
        return "If today's shares held, a share stays as it is, whatever happens to the number of pupils."
    if not basis(store):
        return "What would follow if today's shares held is not available: no projection held has all ages to 25."
    whose = "each age band" if name == PLANS else "residents aged 5 to 19"
    return (
        f"If today's shares held, only the number of residents would change it: the share of {whose} stays, and"
        f" residents move as England's of their age do in the {name_of(basis(store))}."
    )
