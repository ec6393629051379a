"""The title of Needs: in at most ten words whether the mix is unusual."""

from __future__ import annotations

import math

import pandas as pd

from sendlib.answer import DOUBTFUL, NOBODY, NOT_SHOWN, TOO_FEW, State, Text
from sendlib.answer.numbers import capital, of_every, percent
from sendlib.areas import Area
from sendlib.compared import parts
from sendlib.compared.cohorts import Cohort
from sendlib.compared.comparators import Comparators
from sendlib.compared.plainly import than_any
from sendlib.questions.needs.judging import FAR_FROM_OTHERS, expected_outside
from sendlib.questions.needs.words import SHORT, extremes, most_often, named, tied

_LONGEST = 10
"""Words of a title."""


def title(
    area: Area, others: Comparators, cohort: Cohort, state: State, table: pd.DataFrame, further_than: float
) -> Text:
    """At most ten words that answer whether the mix is unusual; the caption names the area, the measure, the time.

    The need that passes the strict test; else the largest difference outside the whole range of those compared; else
    how the mix as a whole stands. Always of shares of a cohort, never of numbers of children.
    """
    if state == TOO_FEW:
        few = f"Too few {cohort.short}"
        return Text(_short(f"{few} in {area.in_text} to compare", f"{few} to compare"))
    if state == DOUBTFUL:
        return Text(f"{capital(area.in_text)}: the number of plans is doubtful")
    if state == NOT_SHOWN:
        gone = f"{cohort.of} by need are not available"
        return Text(_short(f"{capital(area.in_text)}: {gone}", capital(gone)))
    if state == NOBODY:
        few = "Too few areas are compared for a mean"
        if others.alone:
            few = f"{capital(others.label)}: {cohort.short} by need are not available"
        nobody = "There is nobody to compare"
        return Text(few if others.codes else _short(f"{nobody} {area.in_text} with", f"{nobody} with"))
    if parts.of_itself(area, others):
        first = table.loc[table["share"].idxmax()]
        share = f"{percent(first['share'])}{cohort.in_title}"
        named_most = f"{most_often(cohort)}: {SHORT[str(first['need'])]}, {cohort.into}"
        plans = f" {cohort.of}" if cohort.is_plans else ""
        return Text(f"{named_most} {share}", families=f"{named_most} {of_every(float(first['share']), 100)}{plans}")
    if others.alone:
        return _beside_one(others, cohort, table)
    row = named(table)
    if row is None:
        return _of_the_whole(area, others, table, further_than)
    need = capital(SHORT[str(row["need"])])
    if row["unusual"] == "yes":
        return Text(f"{need}: an unusually {'large' if row['difference'] > 0 else 'small'} share{cohort.in_title}")
    size = "larger" if row["outside"] == "above" else "smaller"
    article = "" if len(need.split()) > 2 else "a "
    return Text(
        f"{need}: {article}{size} share{cohort.in_title} than {others.than_any}",
        show=f"{need}: {article}{size} share than {others.than_any}",
        families=f"{need}: {article}{size} share{cohort.in_title} than {than_any(others)}",
    )


def _short(text: str, otherwise: str) -> str:
    """A title with a name in it, or without one where the name is too long."""
    return text if len(text.split()) <= _LONGEST else otherwise


def _beside_one(others: Comparators, cohort: Cohort, table: pd.DataFrame) -> Text:
    """A title beside one area alone, which has no range."""
    up, down = extremes(table)
    row = up if up is not None and (down is None or up["difference"] >= -down["difference"]) else down
    if row is None and table["difference"].isna().any():
        return Text(f"No difference from {others.label} where both are known")
    if row is None:
        return Text(f"The same mix of needs as in {others.label}")
    names = tied(table, row)
    short = capital(SHORT[str(row["need"])]) if len(names) == 1 else f"{len(names)} needs"
    size = "larger" if row["difference"] > 0 else "smaller"
    whole = f"{short}: a {size} share{cohort.in_title} than {others.label}"
    return Text(_short(whole, f"{short}: {size} share than {others.label}"))


def _of_the_whole(area: Area, others: Comparators, table: pd.DataFrame, further_than: float) -> Text:
    """A title where no need is far outside the range of those compared. A mix of which more needs lie outside than
    would by chance is not called ordinary."""
    if math.isnan(further_than):
        return Text(
            "No need is far outside the range of those compared",
            families="No need is far above or below all compared",
        )
    outside = int(table["outside"].isin(["above", "below"]).sum())
    mix = "an ordinary mix of needs"
    if further_than >= FAR_FROM_OTHERS:
        mix = "a mix far from others'"
    elif outside > round(expected_outside(others, len(table))):
        mix = "some needs outside the range, none unusual"
        return Text(
            _short(f"{capital(area.in_text)}: {mix}", capital(mix)),
            families="Some needs above or below all compared, none unusual",
        )
    return Text(_short(f"{capital(area.in_text)}: {mix}", capital(mix)))
