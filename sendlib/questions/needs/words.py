"""The sentences of the Needs page, made from its numbers."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd

from sendlib.answer import NOBODY, TOO_FEW, State, Text
from sendlib.answer.numbers import capital, count_of, listed, percent, written
from sendlib.areas import Area
from sendlib.compared import means
from sendlib.compared.comparators import Comparators
from sendlib.compared.mixes import Mixes, middle_of_all
from sendlib.tables.needs import PLANS

SHORT = {
    "asd": "autism",
    "slcn": "speech and language need",
    "semh": "social and emotional need",
    "mld": "moderate learning difficulty",
    "sld": "severe learning difficulty",
    "pd": "physical disability",
    "spld": "specific learning difficulty",
    "hi": "hearing impairment",
    "pmld": "profound learning difficulty",
    "oth": "other difficulty",
    "vi": "vision impairment",
    "msi": "multi-sensory impairment",
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
    """`Autism` as it stands in the middle of a sentence."""
    return name[0].lower() + name[1:]


def why_nobody(others: Comparators) -> str:
    """Why there is no mean of those compared, where there is none."""
    if not others.codes:
        return "there is nobody to compare with"
    return means.why_none(len(others.codes) - len(others.too_small), len(others.codes)) or "none of them has a figure"


def title(area: Area, others: Comparators, state: State, table: pd.DataFrame) -> Text:
    """At most ten words; the caption below it names the area, the measure and the time."""
    if state == TOO_FEW:
        return Text(f"Too few plans in {area.short_name} to compare")
    if state == NOBODY:
        few = "Too few areas are compared for a mean"
        return Text(few if others.codes else f"There is nobody to compare {area.short_name} with")
    up, down = extremes(table)
    row = up if up is not None and (down is None or up["difference"] >= -down["difference"]) else down
    if row is None:
        return Text(f"Much the same needs as {others.those}")
    names = tied(table, row)
    short = SHORT[str(row["need"])] if len(names) == 1 else f"of {len(names)} needs"
    return Text(f"{'More' if row['difference'] > 0 else 'Less'} {short} than {others.those}")


def how_unusual(more_than: float) -> str:
    """A place among all authorities in words; empty where there is none. `more_than` is a part of the others (0..1)."""
    if math.isnan(more_than):
        return ""
    if more_than >= 0.99:
        return "more unusual than almost every other authority"
    if more_than >= 0.95:
        return "more unusual than 19 in 20 authorities"
    if more_than >= 0.5:
        return f"more unusual than {math.floor(10 * more_than)} in 10 authorities"
    if more_than > 0.05:
        return f"more ordinary than {math.floor(10 * (1 - more_than))} in 10 authorities"
    return "more ordinary than 19 in 20 authorities"


def headline(
    area: Area,
    others: Comparators,
    state: State,
    own: pd.Series,
    table: pd.DataFrame,
    divergence: float,
    more_than: float,
) -> Text:
    """The needs furthest above and below those compared, and how unusual the whole mix is."""
    name, plans = area.short_name, int(own[PLANS])
    if state == TOO_FEW:
        few = f"Only {count_of(plans, 'child has', 'children have')} an EHC plan from {name}"
        return Text(
            explore=f"{few}; shares are shown with their intervals and should not be compared.",
            show=f"{few}: one child more or less moves every share, so no comparison is drawn.",
            families=f"{few}. With so few, the share of each need says little.",
        )
    share = table["share"].round(1)
    most = [in_sentence(str(need)) for need in table.loc[share.eq(share.max()), "name"]]
    each = " each" if len(most) > 1 else ""
    largest = f"Named most often: {listed(most)}, in {percent(float(share.max()))} of plans{each}."
    if state == NOBODY:
        if not others.codes:
            return Text(f"{largest} There is nobody to compare {name} with.")
        return Text(f"{largest} A mean of {others.label} is not available: {why_nobody(others)}.")
    parts = [(row, word) for row, word in zip(extremes(table), ("more", "less"), strict=True) if row is not None]
    place = how_unusual(more_than)
    whole = f" As a whole, the mix of needs is {place}." if place else ""
    if not parts:
        same = f"In {name} the mix of needs is about the same as {_in(others)}."
        return Text(
            f"{same} No need differs by 0.1 points or more. {largest}", f"{same} {largest}", f"{same} {largest}"
        )
    whose = others.label if others.alone else "their mean"
    far = f" As a whole, the mix differs from {whose} by a divergence of {divergence:.3f}"
    measured = f"{far}: {place}." if place else f"{far}."
    return Text(
        explore=f"{' '.join(_for_analysts(others, row) for row, _ in parts)}{measured} {unusual_sentence(table)}",
        show=f"In {name}, {' and '.join(_for_councillors(table, others, row, word) for row, word in parts)}.{whole}",
        families=f"{' '.join(_for_families(table, others, row, word) for row, word in parts)} {largest}",
    )


def of_the_whole(
    area: Area, others: Comparators, mixes: Mixes, divergence: float, more_than: float, drivers: list[str]
) -> str:
    """How far the whole mix is from those compared, and which needs make it so."""
    place, whose = how_unusual(more_than), f"that of {others.label}" if others.alone else "the mean of those compared"
    text = (
        f"As a whole, the mix of {area.short_name} has a Jensen-Shannon divergence of {written(divergence, 3)} from"
        f" {whose}{f': {place}' if place else ''}{middle_of_all(mixes)}."
    )
    if not drivers:
        return text
    half = len(drivers) < 3
    most = f"Half of it or more comes from {listed(drivers)}." if half else f"It comes mostly from {listed(drivers)}."
    return f"{text} {most}"


def _in(others: Comparators) -> str:
    """Where those compared are: `among its ten statistical neighbours`, `in Barnsley`."""
    return f"in {others.label}" if others.alone else f"among {others.label}"


def unusual_sentence(table: pd.DataFrame) -> str:
    """Which needs lie outside their prediction interval, false alarms among many comparisons allowed for."""
    if table["q_value"].isna().all():
        return "With so few comparators no need can be called unusual."
    names = [in_sentence(name) for name in table.loc[table["unusual"].eq("yes"), "name"]]
    if not names:
        return (
            "No single need is further out than one more authority like those compared could be expected to be, with"
            " so many comparisons made."
        )
    verb = "is" if len(names) == 1 else "are"
    return (
        f"{capital(listed(names))} {verb} further out than one more authority like those compared could be expected to"
        " be, many comparisons allowed for (q-value below 0.05)."
    )


def _for_families(table: pd.DataFrame, others: Comparators, row: pd.Series, word: str) -> str:
    needs = capital(listed(tied(table, row)))
    if len(tied(table, row)) > 1:
        return f"{needs} are named {word} often than {_in(others)}."
    return (
        f"{needs} {_is(table, row)} named {word} often than {_in(others)}:"
        f" about {_in_a_hundred(row['share'])} in 100 plans, against {_in_a_hundred(row['comparator_mean'])}."
    )


def _for_councillors(table: pd.DataFrame, others: Comparators, row: pd.Series, word: str) -> str:
    side = "above" if word == "more" else "below"
    needs = listed(tied(table, row))
    if len(tied(table, row)) > 1:
        return f"{needs} are {side} {others.the_average} (by {written(abs(row['difference']), 1)} points each)"
    return (
        f"{needs} {_is(table, row)} {side} {others.the_average}"
        f" ({percent(row['share'])} of plans, against {percent(row['comparator_mean'])})"
    )


def _for_analysts(others: Comparators, row: pd.Series) -> str:
    share = f"{row['name']}: {percent(row['share'])} (95% interval {percent(row['low'])} to {percent(row['high'])})"
    points = f"{written(row['difference'], 1, signed=True)} points."
    if others.alone:
        return f"{share} against {percent(row['comparator_mean'])} in {others.label}; {points}"
    return (
        f"{share} against a mean of {percent(row['comparator_mean'])} and a range of {percent(row['comparator_min'])}"
        f" to {percent(row['comparator_max'])} among {others.label}; {points}"
    )


def _is(table: pd.DataFrame, row: pd.Series) -> str:
    plural = len(tied(table, row)) > 1 or str(row["need"]) == "slcn"
    return "are" if plural else "is"


def _in_a_hundred(share: float) -> str:
    return "fewer than 1" if 0 < share < 0.5 else written(share)
