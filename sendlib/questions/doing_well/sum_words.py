"""The sum in words: the result as a phrase, and what each January's collection can and cannot give."""

from __future__ import annotations

import math
from collections.abc import Set

import pandas as pd

from sendlib.answer.numbers import listed, percent, written
from sendlib.compared.comparators import known_areas
from sendlib.questions.doing_well.calculation import Calculation
from sendlib.questions.doing_well.outcome_cube import put_together
from sendlib.questions.doing_well.sum_definitions import (
    AT_LEAST,
    EXACT,
    NO_PLACEMENT_STEP,
    NOT_IN_SETTING,
    RANGE,
    UNKNOWN,
    WAITING,
)
from sendlib.questions.doing_well.sum_steps import NEET_FROM_2023, OTHER_SETTINGS
from sendlib.store import Store, kept_with_store
from sendlib.tables import periods
from sendlib.tables.elsewhere import IN_EDUCATION
from sendlib.tables.symbols import HIDDEN

_NEET_IN_WORDS = {
    "neet": "not in education, employment or training (NEET)",
    "neet_ntci": "not in education with notice that the plan is to end",
    "neet_other_csa": "children of compulsory school age who are in no education",
    "neet_other": "other ages who are in no education",
}


def says(
    store: Store, area_code: str, period: str, definition: str, steps: pd.DataFrame, certainty: str
) -> tuple[str, ...]:
    """What this January can and cannot give, in plain sentences."""
    january = periods.spoken(period)
    asked = _asked_in_totals(store, period)
    said = _of_totals(january, asked, definition) if asked else _of_plans(store, area_code, period, steps, definition)
    if certainty == UNKNOWN and definition == WAITING:
        said = [f"How many awaited provision in {january} is not known.", *said]
    elif certainty == UNKNOWN and asked and "neet" not in asked:
        said = [f"How many were not being educated in {january} is not known.", *said]
    elif certainty == UNKNOWN:
        why = f"The area's placements are not available for {january}: it sent a total only, or no usable placements."
        if put_together(known_areas(store).get(area_code)):
            why = f"Placements of one of its authorities or more are not available for {january}."
        said = [why, *said]
    elif certainty == AT_LEAST:
        said = ["A part of the sum is not known, so it is at least the number shown.", *said]
    return tuple(said)


@kept_with_store(64, of_base=True)
def _asked_in_totals(store: Store, period: str) -> frozenset[str]:
    """What authorities were asked to send as totals in a January; nothing where DfE collected each plan."""
    totals = store.table("elsewhere")
    return frozenset(totals.loc[totals["period"].eq(period), "placement"].astype(str))


def of_base(own: float | None, plans: float, period: str) -> str:
    """What the share is a share of, where that is not plain: the total of the sum's own file, or of another one; empty
    otherwise.

    `own`: the total of the file that the sum comes from, None where the table does not hold it.
    """
    january = periods.spoken(period)
    if own is not None and own != plans:
        return (
            f"The share is of {written(own)} plans: the file that the sum comes from has so many in all for {january}."
            f" The file of plans by age has {written(plans)}."
        )
    # From January 2019 on the two files have the same total, for every area (checked against the originals).
    if own is None and period < "2019":
        return (
            "The share is of all plans as the file of plans by age counts them. The file that the sum comes from has a"
            " total of its own,"
            " which is not held here; in January 2016 and January 2018 the two are not quite the same."
        )
    return ""


def _of_totals(january: str, asked: Set[str], definition: str) -> list[str]:
    said = []
    if definition == NOT_IN_SETTING and "elective_home_education" not in asked:
        said.append("Elective home education was not asked for apart: it is within arrangements by parents.")
    if "neet" not in asked:
        said.append("Statements of SEN, which EHC plans replaced by 2018, are counted with plans.")
        if definition != WAITING:
            said.append(
                "Young people not in education, employment or training and other placements were first collected in"
                " January 2019,"
                " so that part of the sum is not known."
            )
    if not asked & set(IN_EDUCATION):
        said.append("Awaiting provision is one total: how many of them were in education meanwhile was not collected.")
    elif "awaiting_below_age" not in asked:
        said.append("Children below compulsory school age who awaited provision were not asked for apart.")
    if not said:
        said.append(f"Every part of the sum was collected for {january}.")
    return said


def _of_plans(store: Store, area_code: str, period: str, steps: pd.DataFrame, definition: str) -> list[str]:
    said = [
        "From January 2023 DfE collects each plan by itself and the columns changed: do not compare with January 2022"
        " and before.",
        "Permanently excluded and awaiting provision are no longer given. DfE counts those who await provision among"
        " other placements,"
        " with those out of provision, plans that name no setting and settings not listed elsewhere; those who attend"
        " a setting"
        " while they wait are counted there.",
    ]
    if definition == WAITING:
        return said
    counts = steps.set_index("step")["count"]
    if counts[list(NEET_FROM_2023)].notna().all():
        parts = [f"{_NEET_IN_WORDS[step]} {written(counts[step])}" for step in NEET_FROM_2023]
        said.append(f"Four columns have those not in education, and all four are in the sum: {listed(parts)}.")
    uncertain = [
        ("other", "is in another placement", "are in other placements"),
        (NO_PLACEMENT_STEP, "has no recorded placement", "have no recorded placement"),
    ]
    parts = [
        f"{written(counts[step])} {one if counts[step] == 1 else many}"
        for step, one, many in uncertain
        if counts[step] > 0
    ]
    if parts:
        # Where one of them is missing there is no upper end; that the sum is "at least" a number is said before.
        so = ", so the sum is a range" if all(counts[step] >= 0 for step, *_ in uncertain) else ""
        said.append(f"Of all plans, {listed(parts)}. Whether they are in education is not known{so}.")
    return [*said, *_left_out(store, area_code, period)] if definition == NOT_IN_SETTING else [*said, _NARROW]


_NARROW = "Children educated at home or by arrangement of the authority or of parents are not counted here."


def _left_out(store: Store, area_code: str, period: str) -> list[str]:
    """Settings that DfE counts as educated elsewhere and the sum does not."""
    rows = store.rows("placements", area_code)
    rows = rows[rows["period"].eq(period) & rows["placement"].isin(OTHER_SETTINGS)]
    number = rows["value"].sum(min_count=1)
    if not number > 0:
        return []
    verb, at_least = "is" if number == 1 else "are", "At least " if rows["value"].isna().any() else ""
    return [
        f"{at_least}{written(number)} with a Welsh or other school or an online provider {verb} left out: those are"
        " settings."
    ]


def count_in_words(certainty: str, low: float | None, high: float | None) -> str:
    """`21,372`, `between 283 and 334`, `1 or 2`, `up to 62`, `at least 60` or `not known`."""
    if certainty == EXACT:
        return _number(low)
    if certainty == RANGE:
        return range_of(low or 0, high or 0)
    return f"at least {_number(low)}" if certainty == AT_LEAST else "not known"


def result_in_words(
    certainty: str, low: float | None, high: float | None, share_low: float | None, share_high: float | None
) -> str:
    """The same with its share: `21,372 (5.48%)`, `between 45,005 and 68,389 (7.05% to 10.71%)`, `up to 62 (up to
    1.20%)`, `at least 13,547 (2.62%)` or `not known`."""
    count = count_in_words(certainty, low, high)
    if share_low is None or math.isnan(share_low):
        return count  # also where the number of all plans is not known
    if certainty == RANGE:
        last = _percent(share_high)
        return f"{count} ({f'{_percent(share_low)} to' if low else 'up to'} {last})"
    return f"{count} ({_percent(share_low)})" if certainty in (EXACT, AT_LEAST) else count


def why_unknown(calculation: Calculation | None, definition: str) -> str:
    """Why there is no share, in a few words."""
    if calculation is None:
        return "no plans of its own then"
    if math.isnan(calculation.plans):
        return "the number of all plans is not available"
    if calculation.certainty == AT_LEAST:
        return "only a part of it is known, and that is none"
    if calculation.status == HIDDEN:
        return "a part of it is hidden to protect children's privacy"
    collected_by_plan = calculation.period >= "2023"
    if definition == WAITING and collected_by_plan:
        return "from January 2023 those who wait are not given apart"
    if not collected_by_plan and calculation.period < "2019":
        return "not collected before January 2019"
    return "its placements are not available"


def range_of(low: float, high: float) -> str:
    """Two counts as a phrase: `between 283 and 334`, `1 or 2`, or `up to 62` where it may be none."""
    if low == 0:
        return f"up to {written(high)}"
    if high - low == 1:
        return f"{written(low)} or {written(high)}"
    return f"between {written(low)} and {written(high)}"


def ends(low: float, high: float) -> str:
    """Two per cents as a phrase: `5.5%`, `7.0% to 10.7%`, or `up to 1.2%`."""
    first, last = percent(low), percent(high)
    if low == 0 and high > 0:
        return f"up to {last}"
    return first if first == last else f"{first} to {last}"


def _number(value: float | None) -> str:
    return "not known" if value is None else written(value)


def _percent(value: float | None) -> str:
    return "not known" if value is None else f"{written(value, 2)}%"
