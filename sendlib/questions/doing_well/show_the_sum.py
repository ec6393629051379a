"""The sum of those in no setting, not being educated or waiting as it is shown: step by step, for every January, beside
others.

not_in_education.py works the sum out; here its steps get their places in a step-by-step bar. A
part that is not known has no bar, a part that may or may not count is told apart from one that
does, and what is added up on the way stands between the steps.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from sendlib.answer import Column
from sendlib.answer.numbers import percent, written
from sendlib.areas import ENGLAND, Area
from sendlib.compared import doubtful, doubts
from sendlib.compared.comparators import Comparators, known_areas
from sendlib.errors import NoData
from sendlib.questions.doing_well import not_in_education as sums
from sendlib.questions.doing_well.calculation import Calculation
from sendlib.questions.doing_well.columns import STATUS
from sendlib.questions.doing_well.outcome_cube import put_together
from sendlib.questions.doing_well.sum_definitions import (
    AT_LEAST,
    EXACT,
    IN_EDUCATION_STEP,
    NOT_IN_SETTING,
    UNKNOWN,
)
from sendlib.questions.doing_well.sum_words import count_in_words, ends
from sendlib.store import Store, kept_with_store
from sendlib.tables.symbols import HIDDEN, NOT_APPLICABLE, NOT_AVAILABLE, VALUE, WORDS

ADDED, TAKEN_OFF, MAY_COUNT, NOT_KNOWN, SO_FAR, RESULT = (
    "added",
    "taken off",
    "may count",
    "not known",
    "so far",
    "result",
)

_SHORT = {
    "arrangements_by_authority": "Arrangements by the authority",
    "arrangements_by_parents": "Arrangements by parents",
    "neet": "Not in education, work or training (NEET)",
    "neet_ntci": "No education: plan is to end",
    "neet_other_csa": "No education: of school age",
    "neet_other": "No education: other ages",
    "other": "Other",
    "no_placement": "No placement recorded",
    "awaiting_in_education": "Awaiting, but in education",
    "awaiting_below_age": "Awaiting, below school age",
    "awaiting_compulsory_age": "Awaiting, school age",
    "awaiting_above_age": "Awaiting, above school age",
    "awaiting_below_age_in_education": "In education, below school age",
    "awaiting_compulsory_age_in_education": "In education, school age",
    "awaiting_above_age_in_education": "In education, above school age",
}
"""Steps as a narrow axis can hold them; the table has the full words."""
_UNCERTAIN_OTHER = "Other, some of them waiting"
"""Other placements from January 2023, among which DfE counts those who await provision."""
_WITHIN = {"elective_home_education": "within arrangements by parents"}
"""Where a step that does not apply is counted instead."""
_SUBTOTALS = {"awaiting": "Educated elsewhere", "other": "All of these"}

STEP_COLUMNS = {
    "step_name": Column("Step", "what is added, taken off, or reached so far, in short"),
    "label": Column("In full", "what is added, taken off, or reached so far, in full"),
    "number_of_plans": Column(
        "Number of plans",
        "children and young people with a plan; below zero where they are taken off; missing where not known",
        "plans",
        0,
    ),
    "begins": Column(
        "Bar begins", "where the bar begins: at the end of the last step, or at nought for what is added up", "plans", 0
    ),
    "ends": Column("Bar ends", "where the bar ends: what is added up with this step", "plans", 0),
    "counts_as": Column("Counts as", "added, taken off, may count, not known, so far or result"),
    "written_out": Column("As written", "the number as it stands beside the bar, or why there is none"),
    "status": STATUS,
}
_SUM_COLUMNS = {
    "certainty": Column("How sure", "exact, a range, at least (a part is not known) or unknown"),
    "sum_low": Column(
        "The sum, or at least", "children and young people with a plan in the sum, or the fewest it can be", "plans", 0
    ),
    "sum_high": Column(
        "The sum, or at most",
        "children and young people with a plan in the sum, or the most it can be; missing where no most is known",
        "plans",
        0,
    ),
    "all_plans": Column("All plans", "all EHC plans of the same file (with statements of SEN to 2018)", "plans", 0),
    "share_low": Column("Share of plans, at least", "the sum, or the least it can be, out of all plans", "%", 2),
    "share_high": Column(
        "Share of plans, at most",
        "the sum, or the most it can be, out of all plans; missing where no most is known",
        "%",
        2,
    ),
    "status": STATUS,
}
_OF_A_JANUARY = {"period": Column("When", "January in which the plans were counted", period=True), **_SUM_COLUMNS}
_DOUBTFUL = {"doubtful": Column("Doubtful?", "why the number of plans can not be right; it counts for no mean")}
JANUARY_COLUMNS = {
    **_OF_A_JANUARY,
    "share_low": replace(
        _SUM_COLUMNS["share_low"], measure="Not in an education setting, share of plans: what it is, or at least"
    ),
    "share_high": replace(
        _SUM_COLUMNS["share_high"], measure="Not in an education setting, share of plans: what it is, or at most"
    ),
    **_DOUBTFUL,
}
COMPARED_COLUMNS = {
    "area": Column("Area", "the area, one of those compared, or England"),
    **_SUM_COLUMNS,
    **_DOUBTFUL,
}


def found(store: Store, area_code: str, january: str, definition: str) -> Calculation | None:
    """The sum, or None where the area has no plans in that January, as before it began."""
    try:
        return sums.calculate(store, area_code, january, definition)
    except NoData:
        return None


def steps(calculation: Calculation | None, why: str = NOT_APPLICABLE) -> pd.DataFrame:
    """The rows of a step-by-step bar; columns STEP_COLUMNS. One row with the status `why` and no number where there is
    no sum."""
    if calculation is None:
        row = ("Result", "The result", np.nan, np.nan, np.nan, NOT_KNOWN, WORDS[why], why)
        return pd.DataFrame([row], columns=list(STEP_COLUMNS))
    rows: list[tuple[object, ...]] = []
    position, known = 0.0, True
    table = calculation.steps
    pair = table.set_index("step")["count"]
    # Those who wait count only where those of them in education can be taken off, and the other way round.
    pair_known = IN_EDUCATION_STEP not in pair or bool(pair[[IN_EDUCATION_STEP, "awaiting"]].notna().all())
    for step, label, count, status, certain in table[["step", "label", "count", "status", "certain"]].itertuples(
        index=False
    ):
        name = _UNCERTAIN_OTHER if step == "other" and not certain else _SHORT.get(step, label)
        if math.isnan(count):
            does_not_apply = status == NOT_APPLICABLE
            known &= does_not_apply
            why = (
                _WITHIN.get(step, WORDS[NOT_APPLICABLE])
                if does_not_apply
                else "hidden"
                if status == HIDDEN
                else "not known"
            )
            rows.append((name, label, np.nan, np.nan, np.nan, NOT_KNOWN, why, status))
            continue
        sure = certain and (pair_known or step not in ("awaiting", IN_EDUCATION_STEP))
        kind = MAY_COUNT if not sure else TAKEN_OFF if count < 0 else ADDED
        rows.append((name, label, count, position, position + count, kind, written(count, signed=True), status))
        position += count
        if (
            known
            and certain
            and step in _SUBTOTALS
            and calculation.definition == NOT_IN_SETTING
            and _more_follows(table, step)
        ):
            name = _SUBTOTALS[step]
            rows.append((name, f"{name}, added up", position, 0.0, position, SO_FAR, f"= {written(position)}", VALUE))
    rows += _result(calculation)
    return pd.DataFrame(rows, columns=list(STEP_COLUMNS))


def _more_follows(table: pd.DataFrame, step: str) -> bool:
    return str(table["step"].iloc[-1]) != step


def _result(calculation: Calculation) -> list[tuple[object, ...]]:
    """The last row: one bar for a number, from nought to its lower end and on to its upper end for a range."""
    label = f"The result: {sums.in_words(calculation)}"
    if calculation.certainty == UNKNOWN:
        return [("Result", label, np.nan, np.nan, np.nan, NOT_KNOWN, "not known", calculation.status)]
    low = float(calculation.low or 0)
    if calculation.certainty == EXACT:
        return [("Result", label, low, 0.0, low, RESULT, f"= {written(low)}", VALUE)]
    if calculation.certainty == AT_LEAST:
        return [("Result: at least", label, low, 0.0, low, RESULT, f"{written(low)} or more", calculation.status)]
    high = float(calculation.high or 0)
    return [
        ("Result: from", label, low, 0.0, low, RESULT, f"{written(low)}", VALUE),
        ("Result: up to", label, high, low, high, MAY_COUNT, f"{written(high)}", VALUE),
    ]


@kept_with_store(16, area_by_area=True)
def _shown(store: Store, definition: str) -> pd.DataFrame:
    """Every area and January in the columns that are shown, sorted."""
    frame = sums.every(store, definition)
    status = frame["status"].where(frame["certainty"].eq(UNKNOWN), VALUE)
    columns = {"low": "sum_low", "high": "sum_high", "plans": "all_plans"}
    return frame.assign(status=status).rename(columns=columns).sort_values(["area_code", "period"], ignore_index=True)


@kept_with_store(16)
def _places(store: Store, definition: str) -> dict[str, np.ndarray]:
    return {str(code): places for code, places in _shown(store, definition).groupby("area_code").indices.items()}


def by_january(store: Store, area: Area, definition: str) -> pd.DataFrame:
    """The area's sum in every January held, also before it began, where there is none; columns JANUARY_COLUMNS."""
    rows = _shown(store, definition).take(_places(store, definition).get(area.code, np.array([], dtype=int)))
    rows = rows.set_index("period").reindex(sums.januaries(store)).rename_axis("period").reset_index()
    rows["certainty"] = rows["certainty"].fillna(UNKNOWN)
    before = rows["status"].isna() & (area.valid_from > rows["period"])
    rows["status"] = rows["status"].mask(before, NOT_APPLICABLE).fillna(NOT_AVAILABLE)
    reasons = doubts.reasons(store, area, doubtful.PLANS)
    rows["doubtful"] = [reasons.get(str(period), "") for period in rows["period"]]
    return rows[list(JANUARY_COLUMNS)]


def compared(store: Store, area: Area, others: Comparators | None, january: str, definition: str) -> pd.DataFrame:
    """The sum of the area, of its authorities where it is a group, of each of those compared and of England; columns
    COMPARED_COLUMNS."""
    inside = area.parts if put_together(area) else ()
    codes = list(dict.fromkeys([area.code, *inside, *(others.codes if others else ()), ENGLAND]))
    return sums_of(store, codes, january, definition).reset_index(drop=True)


def sums_of(store: Store, codes: Sequence[str], january: str, definition: str) -> pd.DataFrame:
    """The sum of each of several areas (codes, each once), by code; columns COMPARED_COLUMNS."""
    areas = known_areas(store)
    rows = _shown(store, definition)
    rows = rows[rows["period"].eq(january)].set_index("area_code").reindex(codes)
    rows["certainty"] = rows["certainty"].fillna(UNKNOWN)
    rows["status"] = rows["status"].fillna(NOT_APPLICABLE)
    rows.insert(0, "area", [areas.names.get(code, code) for code in codes])
    rows["doubtful"] = [doubts.reasons(store, areas.get(code), doubtful.PLANS).get(january, "") for code in codes]
    return rows[list(COMPARED_COLUMNS)]


def without_placements(store: Store, area: Area, january: str) -> dict[str, int]:
    """Authorities of England, a region or a group whose placements are all missing in a January, with their plans;
    none for an authority."""
    areas = known_areas(store)
    if len(area.parts) == 1:
        return {}
    rows = sums.every(store, NOT_IN_SETTING)
    rows = rows[rows["period"].eq(january) & rows["certainty"].eq(UNKNOWN) & rows["plans"].gt(0)]
    inside = areas.table[areas.table["level"].ne("region") & areas.table["level"].ne("england")]
    if put_together(area):
        inside = inside[inside["area_code"].isin(area.parts)]
    elif area.code != ENGLAND:
        inside = inside[inside["region_code"].eq(area.code)]
    rows = rows[rows["area_code"].isin(inside["area_code"])]
    return dict(
        sorted((areas.names[code], int(plans)) for code, plans in zip(rows["area_code"], rows["plans"], strict=True))
    )


def source_of(january: str) -> str:
    """The table of the store that the sum of a January is read from."""
    return "elsewhere" if january < "2023" else "placements"


def says_nothing(calculation: Calculation | None) -> bool:
    """Whether nothing is known: no sum, or "at least nought"."""
    return (
        calculation is None or calculation.low is None or (calculation.certainty == AT_LEAST and calculation.low == 0)
    )


def counted(calculation: Calculation) -> str:
    """The result without its share: `21,372`, `between 283 and 334`, `up to 62`, `at least 60` or `not known`."""
    return count_in_words(calculation.certainty, calculation.low, calculation.high)


def share_of(calculation: Calculation) -> str:
    """The share of a sum: as share_in_words."""
    none = float("nan")
    low, high = (none if part is None else part for part in (calculation.share_low, calculation.share_high))
    return share_in_words(pd.Series({"certainty": calculation.certainty, "share_low": low, "share_high": high}))


def share_in_words(row: pd.Series) -> str:
    """`5.5%`, `7.1% to 10.7%`, `up to 1.2%`, `at least 2.6%` or `not known` of a row of `compared`."""
    if row["certainty"] == UNKNOWN or pd.isna(row["share_low"]):
        return "not known"
    if pd.isna(row["share_high"]):
        return f"at least {percent(row['share_low'])}"
    return ends(row["share_low"], row["share_high"])
