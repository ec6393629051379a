"""process: how requests, assessments, plans and reviews go.

Grain: area_code x period x measure.

- `period`: a calendar-year flow (`2014` to `2024`), or a January stock for personal budgets and
  residential placements (`2019-01` to `2025-01`): the two are never joined by label.
- `measure`: MEASURES gives each its plain name, unit (`children`, `percent`, `appeals`,
  `decisions`) and step.
- `value`: in that unit. Percentages are the publisher's own, except `appeal_rate`, which is
  published too but worked out again (see `tribunal`).

Of a measure and year that two releases hold, the newest release with any figure is used.

Sources: DfE "Education, health and care plans", release 2025 and release 2022 (2014 to 2018, and
single measures that the newer release no longer gives); SEND tribunal appeal rates by HM Courts
and Tribunals Service and DfE (supporting file of release 2025).
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from sendlib.areas import Areas
from sendlib.errors import ContractBroken, UnknownArea
from sendlib.sources.originals import Originals
from sendlib.tables import ehc_labels, periods, reading, schema
from sendlib.tables.plans import CASELOAD, read_caseload
from sendlib.tables.symbols import HIDDEN, NOT_AVAILABLE, VALUE

if TYPE_CHECKING:
    import pandera.pandas as pa

NAME = "process"
TITLE = "From request to review"
GRAIN = "one row an area, period and measure"
KEYS = ["area_code", "period", "measure"]
_2025 = "ehcp/education-health-and-care-plans_2025.zip::"
_2022 = "ehcp/education-health-and-care-plans_2022.zip::data/sen2_mi.csv"
TRIBUNAL = _2025 + "supporting-files/SEND Tribunals and appeal rate 2014-2024.csv"
BREAKS = (
    "From the calendar year 2022 (plans in place: January 2023) DfE collects each request, assessment and plan by itself;"
    " before, authorities sent totals.",
    "During part of 2020 the law on time limits was changed because of coronavirus.",
    "2024: Dorset and City of London classed all new plans as permitted exceptions to the 20-week limit.",
    "2022: new plans of the authorities of Yorkshire and The Humber are not available, because the release shows the"
    " region's total for each of them; Wakefield sent totals only.",
    "2023: Leicester, Isle of Wight and Hackney have no figures for requests, assessments or timeliness.",
    "Appeal rate 2024: Central Bedfordshire and Cambridgeshire are not available, because the file gives each the other's"
    " appealable decisions.",
)


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
            "issued_in_20_to_52_weeks_without_exceptions": "Plans issued after 20 and up to 52 weeks, exceptions left out",
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
    **_children(
        "annual reviews",
        {
            "reviews_due": "Plans with an annual review expected in the year",
            "reviews_not_due": "Plans without an annual review expected in the year",
            "review_meetings_held": "Plans with a review meeting held",
            "review_meetings_not_held": "Plans with no review meeting held",
            "review_outcome_amend": "Reviews that ended in a changed plan",
            "review_outcome_cease": "Reviews that ended the plan",
            "review_outcome_maintain": "Reviews that kept the plan as it was",
            "review_no_outcome": "Reviews without an outcome",
            "review_decisions_in_4_weeks": "Review decisions within 4 weeks of the meeting",
            "review_decisions_later": "Review decisions later than 4 weeks",
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
            "ceased_not_recorded": "Ceased: reason not recorded",
            "ceased_other": "Ceased: other reason",
        },
    ),
    **_children(
        "personal budgets",
        {
            "personal_budgets": "Plans with a personal budget",
            "personal_budgets_arranged": "Personal budgets with organised arrangements",
            "direct_payments_education": "Direct payments for education",
            "direct_payments_social_care": "Direct payments for social care",
            "direct_payments_health": "Direct payments for health",
            "direct_payments_integrated": "Integrated direct payments",
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
}

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
        },
    ),
    "annual_reviews": (
        "flow",
        {
            "review_expected": "reviews_due",
            "review_not_expected": "reviews_not_due",
            "total_review_meeting": "review_meetings_held",
            "no_review_meeting": "review_meetings_not_held",
            "outcome_amend": "review_outcome_amend",
            "outcome_cease": "review_outcome_cease",
            "outcome_maintan": "review_outcome_maintain",
            "no_outcome": "review_no_outcome",
            "number_decsion_4weeks": "review_decisions_in_4_weeks",
            "number_decision_gt_4weeks": "review_decisions_later",
            "pc_decsion_4weeks": "review_decisions_in_4_weeks_percent",
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
            "not_rec": "ceased_not_recorded",
            "other": "ceased_other",
        },
    ),
    "personal_budgets": (
        "stock",
        {
            "personal_budget": "personal_budgets",
            "org_arrangments": "personal_budgets_arranged",
            "pb_education": "direct_payments_education",
            "pb_social": "direct_payments_social_care",
            "pb_health": "direct_payments_health",
            "pb_integrated": "direct_payments_integrated",
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
ORIGINALS = {
    **{f"{_2025}data/{name}.csv": "ehc_plans_2025" for name in FILES},
    TRIBUNAL: "tribunal_2025",
    _2022: "ehc_plans_2022",
}

# columns of release 2022 (calendar years 2014 to 2021) -> measure
_COLUMNS_2022 = {
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


def expected() -> pa.DataFrameSchema:
    return schema.long_table(
        {"period": schema.text(r"^20\d{2}(-01)?$"), "measure": schema.text(allowed=list(MEASURES))}
    )


def build(originals: Originals, areas: Areas) -> tuple[pd.DataFrame, list[str]]:
    """The process table and notes on figures that were left out. Raises ContractBroken."""
    notes: list[str] = []
    newest = []
    for name, (kind, columns) in FILES.items():
        file = f"{_2025}data/{name}.csv"
        frame, found = read_2025(originals.read(file), file, kind, columns)
        newest.append(frame)
        notes += found
    recent = pd.concat(newest, ignore_index=True)
    older = read_2022(originals.read(_2022), _2022)
    tribunal, found = read_tribunal(
        originals.read(TRIBUNAL), TRIBUNAL, areas, read_caseload(originals.read(CASELOAD), CASELOAD)
    )
    frame = pd.concat([newest_with_a_figure(recent, older), tribunal], ignore_index=True)
    return reading.as_categories(frame, KEYS).astype({"status": "category"}), notes + found


def read_2025(content: bytes, file: str, kind: str, columns: dict[str, str]) -> tuple[pd.DataFrame, list[str]]:
    """The total rows of one file of release 2025; characteristics are left in the original."""
    frame = reading.read_csv(content, file, [*reading.EES_AREA_COLUMNS, "breakdown_topic", "breakdown", *columns])
    topic = frame.breakdown_topic.str.strip().str.casefold()
    totals = topic.str.startswith("all ") | topic.eq("new ehc plans")
    if topic[totals].nunique() != 1:
        found = sorted(topic[totals].unique())
        raise ContractBroken(file, f"exactly one topic must hold the totals; found {found or 'none'}.")
    frame = reading.with_area_codes(frame[totals].reset_index(drop=True), file)
    dated = periods.january_of if kind == "stock" else periods.calendar_year
    frame["period"] = [
        dated(period, identifier, file)
        for period, identifier in zip(frame.time_period, frame.time_identifier, strict=True)
    ]
    reading.check_totals(frame, file)
    long = reading.melt(frame, ["area_code", "level", "region_code", "period"], columns, "measure", ehc_labels.MISSING, file)
    long, below_zero = without_negative_counts(long, file)
    long, region_totals = without_region_totals(long, file)
    return long[[*KEYS, "value", "status"]], below_zero + region_totals


def without_negative_counts(long: pd.DataFrame, file: str) -> tuple[pd.DataFrame, list[str]]:
    """A published count below zero is a slip of the publisher's subtraction: not available."""
    wrong = long.value.lt(0)
    notes = [
        f"{file.rpartition('/')[2]}, {row.period}: area {row.area_code} has {row.value:.0f} as"
        f" '{MEASURES[row.measure].name}'; a count can not be below zero, so it is not available."
        for row in long[wrong].itertuples()
    ]
    long.loc[wrong, ["value", "status"]] = [float("nan"), NOT_AVAILABLE]
    return long, notes


def without_region_totals(long: pd.DataFrame, file: str) -> tuple[pd.DataFrame, list[str]]:
    """Authorities that carry their region's total become not available.

    In release 2025, every authority of Yorkshire and The Humber has the
    region's 6,078 new plans of 2022. Two authorities of a region with exactly
    the region's own (non-zero) figure can not both be right.
    """
    whole = long[long.level.eq("regional")].set_index(["area_code", "period", "measure"]).value
    counts_only = long.measure.map(lambda measure: MEASURES[measure].unit == "children")
    rows = long.level.eq("local authority") & long.value.gt(0) & counts_only
    keys = pd.MultiIndex.from_frame(long.loc[rows, ["region_code", "period", "measure"]])
    same = pd.Series(whole.reindex(keys).to_numpy() == long.loc[rows, "value"].to_numpy(), index=long.index[rows])
    wrong = long.loc[same.index[same]]
    counts = wrong.groupby(["region_code", "period", "measure"]).size()
    notes = []
    for (region, period, measure), number in counts[counts > 1].items():
        hit = wrong.index[wrong.region_code.eq(region) & wrong.period.eq(period) & wrong.measure.eq(measure)]
        long.loc[hit, ["value", "status"]] = [float("nan"), NOT_AVAILABLE]
        notes.append(
            f"{file.rpartition('/')[2]}, {period}: {number} authorities of {region} carry the region's own total as"
            f" '{MEASURES[measure].name}'; theirs are not available."
        )
    return long, notes


def read_2022(content: bytes, file: str) -> pd.DataFrame:
    """Release 2022: one row an area and calendar year, 2014 to 2021, no breakdowns."""
    frame = reading.read_csv(content, file, [*reading.EES_AREA_COLUMNS, *_COLUMNS_2022])
    frame = reading.with_area_codes(frame, file)
    frame["period"] = [
        periods.calendar_year(period, kind, file)
        for period, kind in zip(frame.time_period, frame.time_identifier, strict=True)
    ]
    reading.check_totals(frame, file, counted="totincexcehc")
    return reading.melt(frame, ["area_code", "period"], _COLUMNS_2022, "measure", ehc_labels.MISSING, file)


def newest_with_a_figure(recent: pd.DataFrame, older: pd.DataFrame) -> pd.DataFrame:
    """For each measure and period the newest release that holds any figure; never both."""
    held = recent[recent.status.eq(VALUE)].groupby(["measure", "period"]).size().index
    of_older = pd.MultiIndex.from_frame(older[["measure", "period"]])
    useful = older[older.status.eq(VALUE)].groupby(["measure", "period"]).size().index.difference(held)
    of_recent = pd.MultiIndex.from_frame(recent[["measure", "period"]])
    return pd.concat([recent[~of_recent.isin(useful)], older[of_older.isin(useful)]], ignore_index=True)


def read_tribunal(
    content: bytes, file: str, areas: Areas, plans: pd.DataFrame
) -> tuple[pd.DataFrame, list[str]]:
    """The tribunal's report layout: three columns a year under a heading row.

    Authorities are found by name: the file's own codes of six authorities
    belong to others. Where name and code disagree and the decisions could not
    be this authority's (they include every plan in place the January after, so
    they can not be fewer, nor half as many again), decisions and rate are not
    available. The rate is appeals / decisions x 100, unrounded.
    """
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    start = next((i for i, row in enumerate(rows) if row and row[0].strip() == "Local Authority"), None)
    if start is None:
        raise ContractBroken(file, "there is no row that begins with 'Local Authority'.")
    years = {cell.strip(): place for place, cell in enumerate(rows[start]) if cell.strip().isdigit()}
    stock = plans[plans.characteristic.eq(ehc_labels.TOTAL)].set_index(["area_code", "period"]).value.to_dict()
    records, notes = [], []
    for row in rows[start + 2 :]:
        code = _tribunal_area(row[0], areas)
        if code is None:
            continue
        for year, place in years.items():
            appeals, decisions = (cell.strip() for cell in row[place : place + 2])
            file_code = row[1].strip()
            held = stock.get((code, f"{int(year) + 1}-01"))
            number = decisions.replace(",", "")
            if file_code != code and held and number.isdigit() and not held <= int(number) <= 1.5 * held:
                notes.append(
                    f"{file.rpartition('/')[2]}, {year}: {row[0]} has {decisions} appealable decisions under code"
                    f" {file_code} but {held:,.0f} plans; its decisions and appeal rate are not available."
                )
                decisions = ".."
            records.append((code, year, appeals, decisions))
    table = pd.DataFrame(records, columns=["area_code", "period", "appeals", "appealable_decisions"])
    missing = {"..": NOT_AVAILABLE, "": NOT_AVAILABLE, "~": HIDDEN, "x": NOT_AVAILABLE}
    table["appeals"] = table.appeals.replace("-", "0")  # "-" stands beside a rate of 0.00%
    columns = {name: name for name in ("appeals", "appealable_decisions")}
    long = reading.melt(table, ["area_code", "period"], columns, "measure", missing, file)
    wide = long.pivot(index=["area_code", "period"], columns="measure", values="value")
    rate = (100 * wide.appeals / wide.appealable_decisions).where(wide.appealable_decisions > 0)
    rates = rate.rename("value").reset_index().assign(measure="appeal_rate")
    rates["status"] = rates.value.notna().map({True: VALUE, False: NOT_AVAILABLE})
    return pd.concat([long, rates[long.columns]], ignore_index=True), notes


def _tribunal_area(cell: str, areas: Areas) -> str | None:
    """The code of a row of the tribunal's report; None for headings, notes and sources."""
    name = cell.strip().rstrip("0123456789,")
    if name in ("England Total",):
        return reading.ENGLAND
    gone = areas.table[areas.table["level"].eq("abolished")]
    if name in set(gone["name"]) - {area.name for area in areas.authorities.values()}:
        return str(gone.loc[gone["name"].eq(name), "area_code"].iloc[0])
    try:
        found = areas.find(name) if name and len(name) < 45 and not name.isupper() else None
    except UnknownArea:
        return None
    return found.areas[0].code if found and len(found.areas) == 1 else None

