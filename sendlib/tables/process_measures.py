"""What the process table counts, and the columns of DfE's files that it is read from."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Measure:
    """What a measure is called, counted in, and which step it belongs to."""

    name: str
    unit: str
    step: str


def _children(step: str, names: dict[str, str]) -> dict[str, Measure]:
    return {code: Measure(name, "children", step) for code, name in names.items()}


def _percent(step: str, names: dict[str, str]) -> dict[str, Measure]:
    return {code: Measure(name, "percent", step) for code, name in names.items()}


MEASURES: dict[str, Measure] = {
    **_children(
        "requests",
        {
            "requests_received": "Requests for an EHC needs assessment",
            "requests_youth_custody": "Requests for children in relevant youth accommodation",
            "requests_agreed": "Requests where the authority decided to assess",
            "requests_refused": "Requests where the authority decided not to assess",
            "requests_awaiting_decision": "Requests without a decision at the end of the year",
            "requests_withdrawn": "Requests withdrawn",
            "requests_decided_in_6_weeks": "Requests decided within 6 weeks",
            "requests_decided_later": "Requests decided after 6 weeks",
            "requests_to_mediation": "Requests that went to mediation",
            "requests_to_tribunal": "Requests that went to the tribunal",
            "requests_to_tribunal_after_mediation": "Requests that went to the tribunal after mediation",
        },
    ),
    **_percent(
        "requests",
        {
            "requests_refused_percent": "Requests where the authority decided not to assess, % of requests",
            "requests_agreed_percent": "Requests where the authority decided to assess, % of requests",
            "requests_decided_in_6_weeks_percent": "Requests decided within 6 weeks, %",
        },
    ),
    **_children(
        "assessments",
        {
            "assessments": "EHC needs assessments",
            "assessments_plan_issued": "Assessments after which a plan was issued",
            "assessments_no_plan": "Assessments after which no plan was issued",
            "assessments_awaiting_decision": "Assessments without a decision at the end of the year",
            "assessments_withdrawn": "Assessments withdrawn",
            "assessments_to_mediation": "Assessment decisions that went to mediation",
            "assessments_to_tribunal": "Assessment decisions that went to the tribunal",
            "assessments_to_tribunal_after_mediation": "Assessment decisions that went to the tribunal after mediation",
            "other_to_mediation": "Mediations after an assessment, for other reasons",
            "other_to_tribunal": "Tribunal cases after an assessment, for other reasons",
            "other_to_tribunal_after_mediation": "Tribunal cases after mediation, for other reasons",
        },
    ),
    **_children("new plans", {"new_plans": "Plans that started in the year"}),
    **_children(
        "20 weeks",
        {
            "issued": "Plans issued, exceptions included",
            "issued_in_20_weeks": "Plans issued within 20 weeks, exceptions included",
            "issued_in_20_to_52_weeks": "Plans issued after 20 and up to 52 weeks, exceptions included",
            "issued_after_52_weeks": "Plans issued after 52 weeks, exceptions included",
            "issued_without_exceptions": "Plans issued, exceptions left out",
            "issued_in_20_weeks_without_exceptions": "Plans issued within 20 weeks, exceptions left out",
            "issued_in_20_to_52_weeks_without_exceptions": (
                "Plans issued after 20 and up to 52 weeks, exceptions left out"
            ),
            "issued_after_52_weeks_without_exceptions": "Plans issued after 52 weeks, exceptions left out",
        },
    ),
    **_percent(
        "20 weeks",
        {
            "issued_in_20_weeks_percent": "Plans issued within 20 weeks, exceptions included, %",
            "issued_in_20_weeks_without_exceptions_percent": "Plans issued within 20 weeks, exceptions left out, %",
            "issued_after_52_weeks_percent": "Plans issued after 52 weeks, exceptions included, %",
        },
    ),
    "average_weeks": Measure("Average weeks to issue a plan, exceptions included", "weeks", "20 weeks"),
    "average_weeks_without_exceptions": Measure(
        "Average weeks to issue a plan, exceptions left out", "weeks", "20 weeks"
    ),
    **_children(
        "annual reviews",
        {
            "reviews_due": "Plans with an annual review expected in the year",
            "reviews_not_due": "Plans without an annual review expected in the year",
            "review_meetings_held": "Plans with a review meeting on record, whenever it was",
            "review_meetings_in_year": "Plans with a review meeting in the year",
            "review_meetings_before": "Plans whose last review meeting was before the year",
            "review_meetings_after": "Plans with a review meeting after the year only",
            "review_meetings_not_held": "Plans with no review meeting on record",
            "review_outcome_amend": "Reviews that ended in a changed plan",
            "review_outcome_cease": "Reviews that ended the plan",
            "review_outcome_maintain": "Reviews that kept the plan as it was",
            "review_no_outcome": "Reviews without an outcome",
            "review_decisions_in_4_weeks": "Review decisions within 4 weeks of the meeting",
            "review_decisions_later": "Review decisions later than 4 weeks",
            "review_decisions_not_due": "Review meetings whose decision is not due yet",
            "review_decisions_outstanding": "Review meetings whose decision is outstanding",
            "reviews_completed_in_year": "Plans with a review completed in the year",
            "reviews_completed_before": "Plans whose last review was completed before the year",
            "reviews_not_completed": "Plans with no review on record as completed",
            "completed_review_amend": "Reviews completed in the year that changed the plan",
            "completed_review_cease": "Reviews completed in the year that ended the plan",
            "completed_review_maintain": "Reviews completed in the year that kept the plan as it was",
            "completed_review_no_outcome": "Reviews completed in the year without an outcome on record",
            "completed_reviews_in_4_weeks": "Reviews completed in the year with a decision within 4 weeks",
            "completed_reviews_later": "Reviews completed in the year with a decision later than 4 weeks",
        },
    ),
    **_percent("annual reviews", {"review_decisions_in_4_weeks_percent": "Review decisions within 4 weeks, %"}),
    **_children(
        "ceased plans",
        {
            "ceased": "Plans that ceased",
            "ceased_max_age": "Ceased: reached the maximum age",
            "ceased_needs_met": "Ceased: needs met without a plan",
            "ceased_higher_education": "Ceased: moved to higher education",
            "ceased_employment": "Ceased: moved to paid employment",
            "ceased_transferred": "Ceased: moved to another authority",
            "ceased_no_engagement": "Ceased: young person no longer wished to engage",
            "ceased_left_england": "Ceased: moved outside England",
            "ceased_deceased": "Ceased: child or young person died",
            # Two columns until the release of 2025, one from that of 2026 (process.OTHER_REASONS).
            "ceased_other_or_not_recorded": "Ceased: other reason or not recorded",
        },
    ),
    **_children(
        "personal budgets",
        {
            "personal_budgets": "Plans with a personal budget",
            "personal_budgets_arranged": "Personal budgets with organised arrangements",
            "personal_budgets_education": "Personal budgets for education only",
            "personal_budgets_social_care": "Personal budgets for social care only",
            "personal_budgets_health": "Personal budgets for health only",
            "personal_budgets_combined": "Personal budgets for any combination of education, health and social care",
        },
    ),
    **_children(
        "residential placements",
        {
            "residential_38_to_51_weeks": "Residential placements of 38 to 51 weeks",
            "residential_52_weeks": "Residential placements of 52 weeks",
            "residential": "Residential placements",
        },
    ),
    "appeals": Measure("Appeals registered with the SEND tribunal", "appeals", "tribunal"),
    "appealable_decisions": Measure("Decisions that can be appealed", "decisions", "tribunal"),
    "appeal_rate": Measure("Appeals per 100 decisions that can be appealed", "percent", "tribunal"),
    "decisions_in_development": Measure("Decisions that can be appealed, newer count", "decisions", "tribunal"),
    "appeal_rate_in_development": Measure(
        "Appeals per 100 decisions that can be appealed, newer count", "percent", "tribunal"
    ),
}

COMPLETED_REVIEWS = {
    "review_completed": "reviews_completed_in_year",
    "review_completed_prior": "reviews_completed_before",
    "review_not_completed": "reviews_not_completed",
    "outcome_amended": "completed_review_amend",
    "outcome_ceased": "completed_review_cease",
    "outcome_maintained": "completed_review_maintain",
    "no_outcome_recorded": "completed_review_no_outcome",
    "decision_4_weeks": "completed_reviews_in_4_weeks",
    "decision_over_4_weeks": "completed_reviews_later",
}
"""The columns of annual reviews from the release of 2026 on, without the years in their names (reviews.py)."""
MEETINGS = (
    "total_review_meeting",
    "review_meeting_in_year",
    "review_meeting_before",
    "review_meeting_after",
    "no_review_meeting",
    "outcome_amend",
    "outcome_cease",
    "outcome_maintan",
    "no_outcome",
    "number_decsion_4weeks",
    "number_decision_gt_4weeks",
    "review_decision_not_due",
    "review_decision_outstanding",
    "pc_decsion_4weeks",
)
"""Those of the release of 2025, which counted review meetings."""
ADDED_IN_2026 = ("avg_weeks_issue_plan", "avg_weeks_issue_plan_exc")
"""Columns that the release of 2025 did not have."""

# file of the releases from 2025 on -> (how its periods are read, its first figure column, column -> measure)
FILES: dict[str, tuple[str, dict[str, str]]] = {
    "requests": (
        "flow",
        {
            "requests_received_in_year": "requests_received",
            "requests_rya": "requests_youth_custody",
            "requests_decided_to_assess": "requests_agreed",
            "requests_decided_not_to_assess": "requests_refused",
            "requests_decision_not_made": "requests_awaiting_decision",
            "requests_withdrawn": "requests_withdrawn",
            "request_not_assess_pc": "requests_refused_percent",
            "request_assess_pc": "requests_agreed_percent",
            "request_outcome_six_weeks": "requests_decided_in_6_weeks",
            "request_outcome_over_6_weeks": "requests_decided_later",
            "request_outcome_six_weeks_pc": "requests_decided_in_6_weeks_percent",
            "mediation_related_request": "requests_to_mediation",
            "tribunal_related_request": "requests_to_tribunal",
            "tribunal_after_mediation_request": "requests_to_tribunal_after_mediation",
        },
    ),
    "assessments": (
        "flow",
        {
            "assess_in_year": "assessments",
            "assess_issued": "assessments_plan_issued",
            "assess_not_issued": "assessments_no_plan",
            "assess_not_made": "assessments_awaiting_decision",
            "assess_withdrawn": "assessments_withdrawn",
            "number_assess_mediation": "assessments_to_mediation",
            "number_assess_tribunal": "assessments_to_tribunal",
            "number_asssess_mediation_tribunal": "assessments_to_tribunal_after_mediation",
            "number_other_mediation": "other_to_mediation",
            "number_other_tribunal": "other_to_tribunal",
            "number_other_mediation_tribunal": "other_to_tribunal_after_mediation",
        },
    ),
    "newplans": ("flow", {"new_ehc_plans": "new_plans"}),
    "timeliness_20_week": (
        "flow",
        {
            "plans_issued_den": "issued",
            "plans_issued_within_20_weeks": "issued_in_20_weeks",
            "plans_issued_gt20weeks_ltyear": "issued_in_20_to_52_weeks",
            "plans_issued_gt_1_year": "issued_after_52_weeks",
            "plans_issued_den_ex": "issued_without_exceptions",
            "plans_issued_20_weeks_ex": "issued_in_20_weeks_without_exceptions",
            "plans_issued_gt20weeks_ltyear_ex": "issued_in_20_to_52_weeks_without_exceptions",
            "plans_issued_gt_1_year_ex": "issued_after_52_weeks_without_exceptions",
            "pc_plans_issued_within_20_weeks": "issued_in_20_weeks_percent",
            "pc_plans_issued_20_weeks_ex": "issued_in_20_weeks_without_exceptions_percent",
            "pc_plans_issued_gt_1_year": "issued_after_52_weeks_percent",
            "avg_weeks_issue_plan": "average_weeks",
            "avg_weeks_issue_plan_exc": "average_weeks_without_exceptions",
        },
    ),
    "annual_reviews": (
        "flow",
        {
            "review_expected": "reviews_due",
            "review_not_expected": "reviews_not_due",
            "total_review_meeting": "review_meetings_held",
            "review_meeting_in_year": "review_meetings_in_year",
            "review_meeting_before": "review_meetings_before",
            "review_meeting_after": "review_meetings_after",
            "no_review_meeting": "review_meetings_not_held",
            "outcome_amend": "review_outcome_amend",
            "outcome_cease": "review_outcome_cease",
            "outcome_maintan": "review_outcome_maintain",
            "no_outcome": "review_no_outcome",
            "number_decsion_4weeks": "review_decisions_in_4_weeks",
            "number_decision_gt_4weeks": "review_decisions_later",
            "review_decision_not_due": "review_decisions_not_due",
            "review_decision_outstanding": "review_decisions_outstanding",
            "pc_decsion_4weeks": "review_decisions_in_4_weeks_percent",
            **COMPLETED_REVIEWS,
        },
    ),
    "ceased_plans": (
        "flow",
        {
            "total_ceased": "ceased",
            "max_age": "ceased_max_age",
            "needs_met": "ceased_needs_met",
            "he": "ceased_higher_education",
            "employ": "ceased_employment",
            "transfer": "ceased_transferred",
            "no_engage": "ceased_no_engagement",
            "moved_outside_eng": "ceased_left_england",
            "deceased": "ceased_deceased",
            "other_or_not_recorded": "ceased_other_or_not_recorded",
        },
    ),
    "personal_budgets": (
        "stock",
        {
            "personal_budget": "personal_budgets",
            "org_arrangments": "personal_budgets_arranged",
            "pb_education": "personal_budgets_education",
            "pb_social": "personal_budgets_social_care",
            "pb_health": "personal_budgets_health",
            "pb_integrated": "personal_budgets_combined",
        },
    ),
    "residential_settings": (
        "stock",
        {
            "res_3851": "residential_38_to_51_weeks",
            "res_52": "residential_52_weeks",
            "res_tot": "residential",
        },
    ),
}

# columns of release 2022 (calendar years 2014 to 2021) -> measure
COLUMNS_2022 = {
    "inreqehc": "requests_received",
    "inreqryaehc": "requests_youth_custody",
    "assrefusedehc": "requests_refused",
    "assrefusedehc_pc": "requests_refused_percent",
    "newallehc": "assessments_plan_issued",
    "assnoneehc": "assessments_no_plan",
    "assnodecisionehc": "assessments_awaiting_decision",
    "totincexcehc": "issued",
    "incexc20weekehc": "issued_in_20_weeks",
    "incexc20weekrate": "issued_in_20_weeks_percent",
    "totnoexcehc": "issued_without_exceptions",
    "noexc20weekehc": "issued_in_20_weeks_without_exceptions",
    "noexc20weekrate": "issued_in_20_weeks_without_exceptions_percent",
}
