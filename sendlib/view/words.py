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
    "school": "Nearest school", "kilometres": "Kilometres, straight line", **{code: f"{feature.name}, {feature.unit}" for code, feature in FEATURES.items()},
}  # fmt: skip
_DECIMALS = {
    "count": 0, "plans": 0, "figures": 0, "moved": 0, "residents": 0, "density": 0, "pupils": 0, "placed": 0, "pupils_here": 0, "balance": 0, "schools": 0, "capacity": 0, "ratio": 2, "distance": 2, "own": 2,
    "z": 2, "q_value": 3, "divergence": 3, "divergence_part": 4, "more_unusual_than": 0,
}  # fmt: skip
_FOR_ANALYSTS = {
    "low", "high", "comparator_median", "comparator_min", "comparator_max", "ratio", "divergence_part", "unusual", "q_value",
}  # fmt: skip
_CODES = {"need", "area_code", "status", "per_1000_class", "free_school_meals_class"}


def sentence(headline: Headline, mode: str) -> str:
    """The headline in the length that the mode calls for."""
    return {"families": headline.families, "show": headline.councillor}.get(mode, headline.analyst)


def headings(table: Table, mode: str = "explore") -> dict[str, str]:
    """Column -> heading, for the columns that are shown; Families has the plain ones only."""
    left_out = _CODES | (_FOR_ANALYSTS if mode == "families" else set())
    return {
        column: _HEADINGS.get(column, column.replace("_", " ").capitalize())
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
            shown[heading] = text.where(values.notna(), missing)
        elif column == "figures":
            shown[heading] = values.map(lambda value: written(value) if value is not None else None).fillna(missing)
        elif column == "period":
            shown[heading] = values.astype(str).map(periods.spoken).str.capitalize()
        else:
            shown[heading] = values.astype(str)
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
