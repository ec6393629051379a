"""Answers as words and as tables that people read."""

from __future__ import annotations

import pandas as pd

from sendlib.provenance import Provenance
from sendlib.questions.answer import Answer, Headline, Table, written
from sendlib.tables import periods
from sendlib.tables.features import FEATURES
from sendlib.tables.symbols import VALUE, WORDS

MODES = {"explore": "Explore", "show": "Show", "families": "Families"}
"""Code in the URL -> name; the first is what a link without a mode means."""

_HEADINGS = {
    "name": "Need", "count": "Plans", "share": "Share, %", "low": "Interval from, %", "high": "Interval to, %",
    "comparator_mean": "Mean of those compared, %", "comparator_median": "Median, %", "comparator_min": "Lowest, %",
    "comparator_max": "Highest, %", "england": "England, %", "difference": "Difference, points", "ratio": "Ratio",
    "group": "Group", "kind": "Kind", "figures": "Out of 100", "period": "When", "area": "Area", "plans": "Plans",
    "measure": "Measure", "age": "Age", "sex": "Sex", "rate": "Rate", "per_1000": "Plans per 1,000 aged 0 to 25", "value": "Per 1,000", "closeness": "Closeness",
    "ehc_plan": "Pupils with an EHC plan, %", "sen_support": "Pupils with SEN support, %",
    "change": "Change since 2020, %", "collection": "Collected as", "divergence_part": "Part of the divergence",
    "unusual": "Unusual?", "q_value": "q-value", "category": "Whose plans", "own": "Own log-ratio", "z": "z-score",
    "low_95": "Lower 95% limit", "high_95": "Upper 95% limit", "low_998": "Lower 99.8% limit", "high_998": "Upper 99.8% limit",
    "moved": "Plans after the move", "share_moved": "Share after the move, %", "compared_with": "Compared with",
    "divergence": "Divergence", "more_unusual_than": "More unusual than, % of authorities", "driven_by": "Driven by",
    "distance": "Distance", "london": "In London", "county": "County", "pupils": "Pupils", "placed": "Placed in state special schools", "pupils_here": "State special-school pupils here",
    "balance": "Balance", "schools": "Schools", "capacity": "Places", "plans_share": "Plans, %", "pupils_share": "Pupils, %",
    "year": "Year", "measured": "Measured", "constant": "Rate stays as it was", "published_low": "Published low", "published_high": "Published high",
    "wales_like": "Growth as in Wales", "linear": "Straight line (not recommended)", "percent": "Percentage (not recommended)",
    "scenario": "Scenario", "growth_a_year": "Growth a year, %", "damping": "Damping", "per_10000": "In every 10,000",
    "england_children": "Children in England", "children": "Children here", "chance_from": "Chance alone, from", "chance_to": "Chance alone, to",
    "range_from": "Range, from", "range_to": "Range, to", "rate_from": "Published interval, from", "rate_to": "Published interval, to", "like_for_like_change": "On one footing, change, %", "advice": "Advice",
    "population": "Projection", "residents": "Residents", "residents_change": "Residents, change since 2017, %", "children_change": "Children, change since 2017/18, %",
    "by": "By", "who": "Who", "from_": "Interval from", "to": "Interval to", "source": "Document", "children_now": "Children now", "number": "Number", "series": "Series", "method": "Method",
    "years_ahead": "Years ahead", "projections": "Projections tested", "error": "Middle error, %", "bias": "Too high (+) or too low (−), %",
    "coverage": "Inside the 80% range, %", "line": "Line", "past_low": "8 in 10 past cases, from", "past_high": "8 in 10 past cases, to",
    "issued": "Plans issued", "in_20_weeks": "Of these within 20 weeks", "in_the_mean": "Authorities in the mean",
    "counted": "Number counted", "share_of": "Share of what", "on_time": "Plans issued within 20 weeks, %", "refused": "Requests turned down, %",
    "appeals_per_100": "Appeals per 100 decisions that can be appealed", "role": "Officer", "in_post": "In post", "health_level": "Kind of NHS area",
    "health_area": "NHS area", "share_of_authority": "Of the authority's children, %", "share_of_health_area": "Of the NHS area's children, %",
    "nearly_the_same": "Nearly the same (both 98% or more)", "service": "Service", "waiting": "Children waiting", "over_52": "Over 52 weeks",
    "over_104": "Over 104 weeks", "over_52_share": "Over 52 weeks, %", "not_submitting": "Organisations that sent nothing", "waited": "Weeks waited",
    "with_contact": "Children with a contact", "figure": "Figure", "unit": "Unit", "published_as": "Published as",
    "seen_late": "First appointment after more than 13 weeks, % (ASD19e)", "seen_in_13_weeks": "First appointment within 13 weeks, % (ASD19c)",
    "not_seen_yet": "No appointment yet, % (ASD19f)", "seen_early_or_not_seen": "The last two together, %",
    "range_holds": "What the widest range allows for", "published_from": "Published interval, children, from", "published_to": "Published interval, children, to",
    "residents_since": "Residents, change, %", "children_since": "Children, change, %", "starting_years": "Starting years",
    "turning_18": "Turns 18 in", "stage": "Stage", "what": "What is measured", "pupils_with": "Whose", "measured_in": "School year", "compared_group": "Set against",
    "reached": "Here", "reached_without": "Here, those set against", "gap": "Gap, points", "comparator_gap": "Gap, mean of those compared", "compared_areas": "Of how many areas",
    "england_gap": "Gap, England", "gap_is": "Gap against those compared", "comparator_reached": "Mean of those compared", "england_reached": "England", "pupils_of": "Pupils of",
    "step_name": "Step", "label": "In full", "number_of_plans": "Number of plans", "begins": "Bar begins", "ends": "Bar ends", "counts_as": "Counts as", "written_out": "As written",
    "certainty": "How sure", "sum_low": "The sum, or at least", "sum_high": "The sum, or at most", "all_plans": "All plans", "share_low": "At least, % of plans", "share_high": "At most, % of plans",
    "children_who": "Children", "stayed_on": "Education, apprenticeship or work, %", "in_education": "Education, %", "apprenticeship": "Apprenticeship, %", "in_work": "Work, %",
    "not_stayed": "Not for two terms, %", "unknown_after": "Not known, %", "home_educated": "Educated at home", "share_of_plans": "% of all plans", "outcome": "Outcome", "measured_by": "What is measured", "school": "Nearest school", "kilometres": "Kilometres, straight line",
    "before": "Area before, %", "before_name": "Which area before", "left_out": "Not drawn, because", "why": "Why there is none", "changed": "Sudden step",
    "corrected": "Areas corrected", "months": "Months", **{code: f"{feature.name}, {feature.unit}" for code, feature in FEATURES.items()},
}  # fmt: skip
_PLAIN_HEADINGS = {
    "reached_without": "Other children here", "gap": "How many fewer", "published_low": "Lower", "published_high": "Higher",
}  # fmt: skip
"""What Families has in place of a heading."""
_DECIMALS = {
    "count": 0, "plans": 0, "figures": 0, "moved": 0, "residents": 0, "density": 0, "pupils": 0, "placed": 0, "pupils_here": 0, "balance": 0, "schools": 0, "capacity": 0, "ratio": 2, "distance": 2, "own": 2,
    "z": 2, "q_value": 3, "divergence": 3, "divergence_part": 4, "damping": 2, "england_children": 0, "children": 0, "chance_from": 0, "chance_to": 0, "range_from": 0, "range_to": 0, "children_now": 0,
    "issued": 0, "in_20_weeks": 0, "in_the_mean": 0, "counted": 0, "waiting": 0, "over_52": 0, "over_104": 0, "not_submitting": 0, "with_contact": 0,
    "figure": 0, "seen_late": 0, "seen_early_or_not_seen": 0,
    "compared_areas": 0, "number_of_plans": 0, "begins": 0, "ends": 0, "sum_low": 0, "sum_high": 0, "all_plans": 0, "home_educated": 0, "share_low": 2, "share_high": 2,
    "published_from": 0, "published_to": 0, "starting_years": 0,
    "years_ahead": 0, "projections": 0, "error": 0, "bias": 0, "coverage": 0, "more_unusual_than": 0,
}  # fmt: skip
_FOR_ANALYSTS = {
    "low", "high", "comparator_median", "comparator_min", "comparator_max", "ratio", "divergence_part", "unusual", "q_value",
    "linear", "percent", "your_own", "constant", "wales_like",
    "what", "measured_in", "compared_group", "comparator_gap", "compared_areas", "england_gap", "gap_is",
}  # fmt: skip
_FEW = {"children", "chance_from", "chance_to", "range_from", "range_to"}
"""Modelled numbers of children: one that is not given is below ten."""
NOTHING = "–"
"""What stands in a cell of words where there is nothing to say."""
_CODES = {"need", "area_code", "status", "per_1000_class", "free_school_meals_class"}


def sentence(headline: Headline, mode: str) -> str:
    """The headline in the length that the mode calls for."""
    return {"families": headline.families, "show": headline.councillor}.get(mode, headline.analyst)


def headings(table: Table, mode: str = "explore") -> dict[str, str]:
    """Column -> heading, for the columns that are shown; Families has the plain ones only."""
    left_out = _CODES | (_FOR_ANALYSTS if mode == "families" else set())
    words = {**_HEADINGS, **_PLAIN_HEADINGS} if mode == "families" else _HEADINGS
    return {
        column: words.get(column, column.replace("_", " ").capitalize())
        for column in table.data.columns
        if column not in left_out and not (len(table.data) and table.data[column].astype(str).eq("").all())
    }


def readable(table: Table, mode: str = "explore") -> pd.DataFrame:
    """A table for reading: headings in words, numbers written, missing values as words, codes left out."""
    data = table.data
    missing = (
        data["status"].astype(str).map(WORDS).str.capitalize()
        if "status" in data
        else pd.Series("Not available", index=data.index)
    )
    missing = missing.where(missing.ne(WORDS[VALUE].capitalize()), "Not available")
    shown = {}
    for column, heading in headings(table, mode).items():
        values = data[column]
        if pd.api.types.is_numeric_dtype(values):
            decimals = _DECIMALS.get(column, 1)
            text = values.map(lambda value, d=decimals: "" if pd.isna(value) else written(value, d))
            shown[heading] = text.where(values.notna(), "Fewer than 10" if column in _FEW else missing)
        elif column == "figures":
            shown[heading] = values.map(lambda value: written(value) if value is not None else None).fillna(missing)
        elif column == "period":
            shown[heading] = values.astype(str).map(periods.spoken).str.capitalize()
        else:
            # No cell is empty: a reader, or one who hears the page, could not tell nothing from something lost.
            shown[heading] = values.astype(str).replace("", NOTHING)
    return pd.DataFrame(shown)


def csv(table: Table, answer: Answer) -> bytes:
    """The table's rows, unrounded, with what they are and where they come from in the last columns."""
    sources = dict.fromkeys(source.citation() for name in table.sources for source in answer.sources.get(name, ()))
    frame = table.data.assign(table=table.caption, source=" | ".join(sources))
    text: str = frame.to_csv(index=False, lineterminator="\n")
    return text.encode("utf-8-sig")


def citations(answer: Answer, names: tuple[str, ...]) -> list[Provenance]:
    """The origins of some of an answer's tables, each once."""
    return list(dict.fromkeys(source for name in names for source in answer.sources.get(name, ())))
