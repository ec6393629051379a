"""The steps of the sum for every area and January, read from the tables `elsewhere` (to January 2022) and `placements`
(from 2023).

What a January did not collect is missing and never nought. A step that may or may not count
(`certain` is false) belongs to the upper end of a range only.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

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


@dataclass(frozen=True)
class _January:
    """One January of a table: counts and statuses of the areas (in one order) by placement; a placement that was not
    asked for is not among them."""

    period: str
    areas: NDArray[np.object_]
    values: dict[str, NDArray[np.float64]]
    statuses: dict[str, NDArray[np.object_]]


@dataclass(frozen=True)
class _Step:
    """One step of all areas in a January."""

    code: str
    count: NDArray[np.float64]
    status: NDArray[np.object_]
    certain: bool = True
    label: str = ""


@kept_with_store(16, area_by_area=True)
def steps(store: Store, definition: str) -> pd.DataFrame:
    """All steps of all areas and Januaries, in order.

    Columns: area_code, period, step, label, count, status, certain, running_total, and `unknown`:
    whether the count should be there and is not.
    """
    old = [(one, _from_totals(one, definition)) for one in _januaries(store, "elsewhere")]
    new = [(one, _from_plans(one, definition)) for one in _januaries(store, "placements")]
    before = {one.period for one, _ in old}
    found = _under_one_another([*old, *(pair for pair in new if pair[0].period not in before)])
    found["unknown"] = found["count"].isna() & found["status"].ne(NOT_APPLICABLE)
    keys = [found["area_code"], found["period"]]
    lost = found["unknown"].groupby(keys).cummax()
    found["running_total"] = found["count"].fillna(0).groupby(keys).cumsum().where(~lost)
    return found


def _under_one_another(januaries: Sequence[tuple[_January, Sequence[_Step]]]) -> pd.DataFrame:
    """The steps of several Januaries as one frame: a few hundred small frames would take far longer."""
    each = [(one, step) for one, steps in januaries for step in steps]
    repeated = [len(one.areas) for one, _ in each]
    return pd.DataFrame(
        {
            "area_code": np.concatenate([one.areas for one, _ in each]),
            "period": np.repeat([one.period for one, _ in each], repeated).astype(object),
            "step": np.repeat([step.code for _, step in each], repeated).astype(object),
            "label": np.repeat([step.label or LABELS[step.code] for _, step in each], repeated).astype(object),
            "count": np.concatenate([step.count for _, step in each]),
            "status": np.concatenate([step.status for _, step in each]),
            "certain": np.repeat([step.certain for _, step in each], repeated),
        }
    )


@kept_with_store()
def _januaries(store: Store, name: str) -> list[_January]:
    """Each January of a table, oldest first."""
    table = store.table(name).astype({"area_code": str, "period": str, "placement": str, "status": str})
    found = []
    for period, rows in table.groupby("period", sort=True):
        area, areas = pd.factorize(rows["area_code"].to_numpy(dtype=object), sort=True)
        values, statuses = {}, {}
        for placement, places in rows.groupby("placement").indices.items():
            number, status = np.full(len(areas), np.nan), np.full(len(areas), NOT_AVAILABLE, dtype=object)
            number[area[places]] = rows["value"].to_numpy(dtype=float)[places]
            status[area[places]] = rows["status"].to_numpy(dtype=object)[places]
            values[str(placement)], statuses[str(placement)] = number, status
        found.append(_January(str(period), areas, values, statuses))
    return found


def _from_totals(january: _January, definition: str) -> list[_Step]:
    """Steps of a January in which authorities sent totals (to 2022)."""
    asked = set(january.values)

    def step(code: str, *, certain: bool = True) -> _Step:
        if code in asked:
            return _step(january, code, code, certain=certain)
        # Home education was within arrangements by parents; everything else was not collected.
        return _missing_step(january, code, NOT_APPLICABLE if code == "elective_home_education" else NOT_AVAILABLE)

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
        return [*found, _missing_step(january, IN_EDUCATION_STEP, NOT_AVAILABLE)]
    count = -np.sum([january.values[code] for code in codes], axis=0)
    return [*found, _Step(IN_EDUCATION_STEP, count, _worst([january.statuses[code] for code in codes]))]


def _from_plans(january: _January, definition: str) -> list[_Step]:
    """Steps of a January in which DfE collected each plan by itself (from 2023)."""
    if definition == WAITING:
        return [_missing_step(january, "awaiting", NOT_AVAILABLE)]
    values = january.values
    found = [_step(january, step, _FROM_2023[step]) for step in _CERTAIN_FROM_2023[definition]]
    found.append(_step(january, "other", _FROM_2023["other"], certain=False, label=_OTHER_FROM_2023))
    # Plans whose placement is not recorded, or of which only a total was sent: all that is left. A setting that was
    # asked for and is missing makes that unknown; one that nobody was asked for (before 2025) is within `other`.
    asked = [code for code in OTHER_SETTINGS if not np.isnan(values[code]).all()]
    settings = np.sum([values[code] for code in (*_SETTINGS, *asked)], axis=0)
    counted = np.sum([values[code] for code in _FROM_2023.values()], axis=0)
    rest = values[ALL_PLACEMENTS] - settings - counted
    status = np.where(np.isnan(rest), NOT_AVAILABLE, VALUE).astype(object)
    return [*found, _Step(NO_PLACEMENT_STEP, rest, status, certain=False)]


def _step(january: _January, code: str, placement: str, *, certain: bool = True, label: str = "") -> _Step:
    return _Step(code, january.values[placement], january.statuses[placement], certain, label)


def _missing_step(january: _January, code: str, status: str) -> _Step:
    number = len(january.areas)
    return _Step(code, np.full(number, np.nan), np.full(number, status, dtype=object))


def _worst(statuses: Sequence[NDArray[np.object_]]) -> NDArray[np.object_]:
    """The status of a sum of parts, area by area."""
    told = np.array(statuses)
    hidden, missing = ((told == status).any(axis=0) for status in (HIDDEN, NOT_AVAILABLE))
    return np.where(hidden, HIDDEN, np.where(missing, NOT_AVAILABLE, VALUE)).astype(object)
