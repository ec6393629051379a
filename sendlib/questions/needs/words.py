"""What the sentences of the Needs page are made of: names of needs, and which of them a sentence is about."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np
import pandas as pd

from sendlib.answer.numbers import capital, percent
from sendlib.compared import means
from sendlib.compared.cohorts import WHOLE, Cohort
from sendlib.compared.comparators import Comparators

SHORT = {
    "asd": "autism",
    "slcn": "speech and language",
    "semh": "social and emotional",
    "mld": "moderate learning difficulty",
    "sld": "severe learning difficulty",
    "pd": "physical disability",
    "spld": "specific learning difficulty",
    "hi": "hearing impairment",
    "pmld": "profound learning difficulty",
    "oth": "other difficulty",
    "vi": "vision impairment",
    "msi": "multi-sensory impairment",
    "ds": "Down syndrome",
}
"""Needs in as few words as a title allows."""


def extremes(table: pd.DataFrame) -> tuple[pd.Series | None, pd.Series | None]:
    """The need furthest above and the one furthest below the comparators' mean, if there is any at one decimal."""
    known = table.dropna(subset=["difference"])
    up = known.iloc[0] if len(known) and round(known.iloc[0]["difference"], 1) > 0 else None
    down = known.iloc[-1] if len(known) and round(known.iloc[-1]["difference"], 1) < 0 else None
    return up, down


def tied(table: pd.DataFrame, row: pd.Series) -> list[str]:
    """The needs that share a row's difference at one decimal, as they stand in a sentence."""
    same = np.round(table["difference"].to_numpy(), 1) == np.round(row["difference"], 1)
    return [in_sentence(name) for name in table["name"].to_numpy()[same]]


def in_sentence(name: str) -> str:
    """`Autism` as it stands in the middle of a sentence; `Down syndrome` keeps the name in it."""
    return name if name.startswith("Down ") else name[0].lower() + name[1:]


def why_nobody(others: Comparators, known: int) -> str:
    """Why there is no mean of those compared, where there is none; `known` of them have a figure that counts."""
    if not others.codes:
        return "there is nobody to compare with"
    if others.alone:
        return f"{others.label} has no figure"
    return means.why_none(known, len(others.codes)) or "none of them has a figure"


WARN_UNKNOWN = 5.0
"""Per cent of plans without a recorded need above which the page warns."""
LARGE = 2.0
"""Points from the mean, from which a share outside the range of those compared is worth a title."""


def named(table: pd.DataFrame) -> pd.Series | None:
    """The need that a title names: of those that pass the strict test, or else lie well outside the range of those
    compared with their whole interval, the one furthest from the mean."""
    passed = table["unusual"].eq("yes")
    # Not by chance alone: of five plans one more or less would bring the share back into the range.
    beyond = (table["low"] > table["comparator_max"]) | (table["high"] < table["comparator_min"])
    outside = table["outside"].isin(["above", "below"]) & table["difference"].abs().ge(LARGE) & beyond
    held = table[passed] if passed.any() else table[outside]
    return None if held.empty else held.loc[held["difference"].abs().idxmax()]


def most_often(cohort: Cohort) -> str:
    """`Named most often`, `Recorded most often`."""
    return f"{capital(cohort.found)} most often"


def most_named(table: pd.DataFrame, number: int = 3) -> list[pd.Series]:
    """The needs with the largest shares, in their order."""
    known = table.dropna(subset=["share"]).sort_values("share", ascending=False, kind="stable")
    return [row for _, row in known.iloc[:number].iterrows()]


def half_of(halves: Mapping[str, tuple[float, float]], need: str) -> str:
    """`half of its authorities between 28.1% and 37.5%`."""
    low, high = halves[need]
    return f"half of its authorities between {percent(low)} and {percent(high)}"


def whole_of(counts: pd.Series) -> float:
    """All children of a cohort in an area; where their number is missing, the sum of its needs and of those who stand
    apart (NaN where one of these is missing too)."""
    whole = float(counts[WHOLE])
    return float(counts.drop(WHOLE).sum(skipna=False)) if math.isnan(whole) else whole


def is_or_are(name: str) -> str:
    """The verb of a need's name in a sentence: `speech, language and communication needs are`."""
    return "are" if name.endswith("needs") else "is"
