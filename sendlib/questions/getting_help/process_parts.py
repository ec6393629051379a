"""The parts of Look closer from the authority's own returns: their measures, what each is a share of, and columns."""

from __future__ import annotations

from dataclasses import replace

from sendlib.answer import Column
from sendlib.answer.numbers import capital
from sendlib.areas import Area
from sendlib.compared.comparators import Comparators
from sendlib.questions.getting_help.columns import JANUARY, YEAR, status_of
from sendlib.questions.getting_help.few import FEW
from sendlib.tables.process_measures import MEASURES

PARTS: dict[str, dict[str, str | None]] = {
    "decisions": {
        "requests_received": None,
        "requests_agreed": "requests_received",
        "requests_refused": "requests_received",
        "requests_awaiting_decision": "requests_received",
        "requests_withdrawn": "requests_received",
        "requests_decided_in_6_weeks": "requests decided",
        "requests_decided_later": "requests decided",
    },
    "late": {
        "issued": None,
        "issued_in_20_weeks": "issued",
        "issued_in_20_to_52_weeks": "issued",
        "issued_after_52_weeks": "issued",
        "issued_without_exceptions": None,
        "issued_in_20_weeks_without_exceptions": "issued_without_exceptions",
        "issued_in_20_to_52_weeks_without_exceptions": "issued_without_exceptions",
        "issued_after_52_weeks_without_exceptions": "issued_without_exceptions",
    },
    "tribunal": {
        "appealable_decisions": None,
        "appeals": "appealable_decisions",
        "requests_to_mediation": "requests_received",
        "requests_to_tribunal": "requests_received",
        "requests_to_tribunal_after_mediation": None,
        "assessments_to_mediation": "assessments",
        "assessments_to_tribunal": "assessments",
        "assessments_to_tribunal_after_mediation": None,
        "other_to_mediation": None,
        "other_to_tribunal": None,
        "other_to_tribunal_after_mediation": None,
        "decisions_in_development": None,
    },
    "demand": {"requests_received": None, "assessments": None, "issued": None},
    "assessments": {
        "assessments": None,
        "assessments_plan_issued": "assessments",
        "assessments_no_plan": "assessments",
        "assessments_awaiting_decision": None,
        "assessments_withdrawn": "assessments",
    },
    "ceased": {"ceased": None, **{code: "ceased" for code in MEASURES if code.startswith("ceased_")}},
    "reviews": {
        "reviews_due": None,
        "review_meetings_in_year": "reviews_due",
        "review_meetings_before": "reviews_due",
        "review_meetings_after": "reviews_due",
        "review_meetings_not_held": "reviews_due",
        "review_meetings_held": None,
        "review_decisions_in_4_weeks": "review decisions",
        "review_decisions_later": "review decisions",
        "review_decisions_outstanding": "review_meetings_held",
        "review_decisions_not_due": "review_meetings_held",
        "review_outcome_maintain": "review_meetings_held",
        "review_outcome_amend": "review_meetings_held",
        "review_outcome_cease": "review_meetings_held",
        "review_no_outcome": "review_meetings_held",
        # From 2025 on; a copy of older years has none of them.
        "reviews_completed_in_year": "reviews_due",
        "reviews_completed_before": "reviews_due",
        "reviews_not_completed": "reviews_due",
        "completed_reviews_in_4_weeks": "reviews_completed_in_year",
        "completed_reviews_later": "reviews_completed_in_year",
        "completed_review_maintain": "reviews_completed_in_year",
        "completed_review_amend": "reviews_completed_in_year",
        "completed_review_cease": "reviews_completed_in_year",
        "completed_review_no_outcome": "reviews_completed_in_year",
    },
    "budgets": {
        "personal_budgets": None,
        **dict.fromkeys(
            (
                "personal_budgets_arranged",
                "personal_budgets_education",
                "personal_budgets_social_care",
                "personal_budgets_health",
                "personal_budgets_combined",
            ),
            "personal_budgets",
        ),
    },
}
"""Parts of Look closer -> their measures and what each is a share of."""
SHORT = {
    "requests_agreed": "Decided to assess",
    "requests_refused": "Turned down",
    "requests_awaiting_decision": "No decision by the year's end",
    "requests_withdrawn": "Withdrawn",
    "requests_decided_in_6_weeks": "Decided within 6 weeks",
    "requests_decided_later": "Decided after 6 weeks",
    "issued_in_20_weeks": "Within 20 weeks, exceptions in",
    "issued_in_20_to_52_weeks": "20 to 52 weeks, exceptions in",
    "issued_after_52_weeks": "Over 52 weeks, exceptions in",
    "issued_in_20_weeks_without_exceptions": "Within 20 weeks, exceptions out",
    "issued_in_20_to_52_weeks_without_exceptions": "20 to 52 weeks, exceptions out",
    "issued_after_52_weeks_without_exceptions": "Over 52 weeks, exceptions out",
    "ceased_other_or_not_recorded": "Other reason or not recorded",
    "assessments_plan_issued": "A plan was issued",
    "assessments_no_plan": "No plan was issued",
    "assessments_withdrawn": "Withdrawn",
    "review_meetings_in_year": "Due: met in the year",
    "review_meetings_before": "Due: last met before the year",
    "review_meetings_after": "Due: met after the year",
    "review_meetings_not_held": "Due: no meeting on record",
    "review_decisions_in_4_weeks": "Decision within 4 weeks",
    "review_decisions_later": "Decision later than 4 weeks",
    "review_decisions_outstanding": "Met: decision outstanding",
    "review_decisions_not_due": "Met: decision not due yet",
    "review_outcome_maintain": "Met: plan kept as it was",
    "review_outcome_amend": "Met: plan changed",
    "review_outcome_cease": "Met: plan ended",
    "review_no_outcome": "Met: no outcome on record",
    "reviews_completed_in_year": "Due: completed in the year",
    "reviews_completed_before": "Due: last completed before the year",
    "reviews_not_completed": "Due: none completed",
    "completed_reviews_in_4_weeks": "Completed: decision within 4 weeks",
    "completed_reviews_later": "Completed: decision later than 4 weeks",
    "completed_review_maintain": "Completed: plan kept as it was",
    "completed_review_amend": "Completed: plan changed",
    "completed_review_cease": "Completed: plan ended",
    "completed_review_no_outcome": "Completed: no outcome on record",
}
"""Names for the axis of a picture, where the full ones are long."""
NO_SHARE = "No share: a total"
_MEAN = Column(
    "Mean share of those compared",
    "plain mean of the same share in the areas compared, without shares of fewer than"
    f" {FEW}; none where too few have one",
    "%",
    1,
    whose="mean",
)
COLUMNS = {
    "period": YEAR,
    "measure": Column("What is counted", "requests, assessments, plans, reviews, decisions or cases of one kind"),
    "counted": Column("Number here", "how many there were here, as published", decimals=0, measure="{measure}"),
    "share": Column(
        "Share here",
        "the number here, out of those that 'Share of what' names",
        "%",
        1,
        measure="{measure} (share of: {share_of})",
    ),
    "comparator_mean": _MEAN,
    "england": Column("Share in England", "the same share in England as a whole", "%", 1, whose="england"),
    "share_of": Column("Share of what", "what the three shares are shares of; a total is a share of nothing"),
    "status": status_of("a number here"),
    "doubtful": Column("Doubtful?", "why the number here, or what its share is of, is compared with nothing"),
    "why": Column("Why there is none here", "why there is no number or no share here, in words"),
    "why_no_mean": Column(
        "Why there is no mean",
        f"why there is no mean, and who of those compared has no share of {FEW} or more, in words",
    ),
}
"""The columns of every part, in their order; `columns_of` says for each part what a period of it is."""


def columns_of(name: str, area: Area, others: Comparators) -> dict[str, Column]:
    """The columns of a part: plans with a personal budget are counted in a January, all else over a calendar year."""
    beside = of_those_compared(_MEAN, others, f"the same share in {others.label}, unless it is one of fewer than {FEW}")
    period = JANUARY if name == "budgets" else YEAR
    found = {**COLUMNS, "period": period, "comparator_mean": beside}
    if area.kind == "england":  # beside itself it would stand twice
        del found["england"]
    return found


def of_those_compared(column: Column, others: Comparators, meaning: str) -> Column:
    """The column of a mean; where one area alone is compared it has that area's name and `meaning`."""
    return replace(column, heading=others.mean_heading, meaning=meaning) if others.alone else column


def short(name: str) -> str:
    """A measure's name for the axis of a picture."""
    code = next((code for code, measure in MEASURES.items() if measure.name == name), "")
    plain = name.removeprefix("Ceased: ")
    return SHORT.get(code, capital(plain))
