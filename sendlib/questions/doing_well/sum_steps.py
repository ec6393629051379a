"""The steps of the sum for every area and January, read from the tables `elsewhere` (to January 2022) and `placements`
(from 2023).

What a January did not collect is missing and never nought. A step that may or may not count
(`certain` is false) belongs to the upper end of a range only.
"""

from __future__ import annotations

import math

import pandas as pd

from sendlib.questions.doing_well.sum_definitions import (
    IN_EDUCATION_STEP,
    NO_PLACEMENT_STEP,
    NOT_BEING_EDUCATED,
    NOT_IN_SETTING,
    WAITING,
)
from sendlib.store import Store, kept_with_store
from sendlib.tables.ehc_labels import PLACEMENTS
from sendlib.tables.elsewhere import AWAITING, IN_EDUCATION
from sendlib.tables.elsewhere import PLACEMENTS as ELSEWHERE
from sendlib.tables.placements import ALL_PLACEMENTS
from sendlib.tables.symbols import HIDDEN, NOT_APPLICABLE, NOT_AVAILABLE, VALUE

NOT_IN_EDUCATION = tuple(code for code in AWAITING if code not in IN_EDUCATION)
"""Awaiting provision and not in education, by age."""
_EDUCATED_ELSEWHERE = (
    "permanently_excluded",
    "arrangements_by_authority",
    "elective_home_education",
    "arrangements_by_parents",
    "awaiting",
)
_FROM_2023 = {
    "arrangements_by_authority": "other_arrangements_la",
    "elective_home_education": "elective_home_education",
    "arrangements_by_parents": "other_arrangements_parents",
    "neet": "neet",
    "neet_ntci": "neet_ntci",
    "neet_other_csa": "neet_other_csa",
    "neet_other": "neet_other",
    "other": "other_placement_settings",
}
"""Step -> column of the table `placements`."""
NEET_FROM_2023 = ("neet", "neet_ntci", "neet_other_csa", "neet_other")
_CERTAIN_FROM_2023 = {
    NOT_IN_SETTING: tuple(step for step in _FROM_2023 if step != "other"),
    NOT_BEING_EDUCATED: NEET_FROM_2023,
}
_SETTINGS = ("mainstream_total", "special_total", "ap_pru_total", "fe_total", "nm_early_years")
OTHER_SETTINGS = ("w_settings", "other_schools", "online_provider")
"""Settings that DfE counts as educated elsewhere; within `other` before January 2025."""

LABELS = {
    **ELSEWHERE,
    IN_EDUCATION_STEP: "Less: awaiting provision but in education",
    **{step: PLACEMENTS[step].name for step in ("neet_ntci", "neet_other_csa", "neet_other")},
    NO_PLACEMENT_STEP: "Placement not recorded",
}
_OTHER_FROM_2023 = "Other placements: awaiting or out of provision, no setting named, or a setting not listed elsewhere"


@kept_with_store(16, area_by_area=True)
def steps(store: Store, definition: str) -> pd.DataFrame:
    """All steps of all areas and Januaries, in order.

    Columns: area_code, period, step, label, count, status, certain, running_total, and `unknown`:
    whether the count should be there and is not.
    """
    parts = []
    for period, values, statuses in _by_january(store, "elsewhere"):
        parts += _from_totals(period, values, statuses, definition)
    old = {part["period"].iloc[0] for part in parts}
    for period, values, statuses in _by_january(store, "placements"):
        if period not in old:
            parts += _from_plans(period, values, statuses, definition)
    found = pd.concat(parts, ignore_index=True)
    found["unknown"] = found["count"].isna() & found["status"].ne(NOT_APPLICABLE)
    keys = [found["area_code"], found["period"]]
    lost = found["unknown"].groupby(keys).cummax()
    found["running_total"] = found["count"].fillna(0).groupby(keys).cumsum().where(~lost)
    return found


def _by_january(store: Store, name: str) -> list[tuple[str, pd.DataFrame, pd.DataFrame]]:
    """For each January of a table: values and statuses, areas x placements; a placement that was not asked for has no
    column."""
    table = store.table(name).astype({"area_code": str, "period": str, "placement": str, "status": str})
    found = []
    for period, rows in table.groupby("period", sort=True):
        wide = rows.pivot(index="area_code", columns="placement", values=["value", "status"])
        found.append((str(period), wide["value"].astype(float), wide["status"].fillna(NOT_AVAILABLE)))
    return found


def _from_totals(period: str, values: pd.DataFrame, statuses: pd.DataFrame, definition: str) -> list[pd.DataFrame]:
    """Steps of a January in which authorities sent totals (to 2022)."""
    asked = set(values.columns)

    def step(code: str, *, certain: bool = True) -> pd.DataFrame:
        if code in asked:
            return _step(period, code, values[code], statuses[code], certain=certain)
        # Home education was within arrangements by parents; everything else was not collected.
        return _missing_step(
            period, code, values.index, NOT_APPLICABLE if code == "elective_home_education" else NOT_AVAILABLE
        )

    if definition == WAITING:
        return [step(code) for code in AWAITING if code in asked] or [step("awaiting")]
    if definition == NOT_BEING_EDUCATED:
        # Where those who wait are one total, any part of them may have been in education meanwhile.
        waiting = (
            [step(code) for code in NOT_IN_EDUCATION]
            if asked & set(IN_EDUCATION)
            else [step("awaiting", certain=False)]
        )
        return [*waiting, step("neet")]
    found = [step(code) for code in (*_EDUCATED_ELSEWHERE, "neet", "other")]
    codes = [code for code in IN_EDUCATION if code in asked]
    if not codes:
        return [*found, _missing_step(period, IN_EDUCATION_STEP, values.index, NOT_AVAILABLE)]
    count = -values[codes].sum(axis=1, min_count=len(codes))
    return [*found, _step(period, IN_EDUCATION_STEP, count, _worst(statuses[codes]))]


def _from_plans(period: str, values: pd.DataFrame, statuses: pd.DataFrame, definition: str) -> list[pd.DataFrame]:
    """Steps of a January in which DfE collected each plan by itself (from 2023)."""
    if definition == WAITING:
        return [_missing_step(period, "awaiting", values.index, NOT_AVAILABLE)]
    found = [
        _step(period, step, values[_FROM_2023[step]], statuses[_FROM_2023[step]])
        for step in _CERTAIN_FROM_2023[definition]
    ]
    other = values[_FROM_2023["other"]]
    found.append(_step(period, "other", other, statuses[_FROM_2023["other"]], certain=False, label=_OTHER_FROM_2023))
    # Plans whose placement is not recorded, or of which only a total was sent: all that is left. A setting that was
    # asked for and is missing makes that unknown; one that nobody was asked for (before 2025) is within `other`.
    asked = [code for code in OTHER_SETTINGS if values[code].notna().any()]
    in_settings = values[[*_SETTINGS, *asked]].sum(axis=1, skipna=False)
    counted = values[list(_FROM_2023.values())].sum(axis=1, min_count=len(_FROM_2023))
    rest = values[ALL_PLACEMENTS] - in_settings - counted
    status = rest.notna().map({True: VALUE, False: NOT_AVAILABLE})
    return [*found, _step(period, NO_PLACEMENT_STEP, rest, status, certain=False)]


def _step(
    period: str, code: str, count: pd.Series, status: pd.Series, *, certain: bool = True, label: str | None = None
) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "area_code": count.index,
            "period": period,
            "step": code,
            "label": label or LABELS[code],
            "count": count.to_numpy(dtype=float),
            "status": status.to_numpy(),
            "certain": certain,
        }
    )


def _missing_step(period: str, code: str, index: pd.Index, status: str) -> pd.DataFrame:
    return _step(period, code, pd.Series(math.nan, index=index), pd.Series(status, index=index))


def _worst(statuses: pd.DataFrame) -> pd.Series:
    """The status of a sum of parts, area by area."""
    hidden, missing = (statuses.eq(status).any(axis=1) for status in (HIDDEN, NOT_AVAILABLE))
    return pd.Series(VALUE, index=statuses.index).mask(missing, NOT_AVAILABLE).mask(hidden, HIDDEN)
