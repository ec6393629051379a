"""What differs between the cohorts: the mix of an area's plans beside that of the pupils in its schools."""

from __future__ import annotations

import numpy as np
import pandas as pd

from sendlib.answer import Column, Note, Table, Text
from sendlib.answer.numbers import capital, percent, written
from sendlib.areas import Area
from sendlib.compared import cohorts
from sendlib.compared import mixes as mixing
from sendlib.compared.cohorts import ALL_SEN, COHORTS, PLANS, Cohort, denominator
from sendlib.compared.mixes import SMALL
from sendlib.questions.needs.columns import CODE, NEED
from sendlib.questions.needs.words import in_sentence
from sendlib.store import Store

NAME = "cohorts"


def _pair(cohort: Cohort) -> tuple[Cohort, Cohort]:
    """The plans, and the pupils that they are set beside."""
    return COHORTS[PLANS], COHORTS[ALL_SEN] if cohort.is_plans else cohort


def table(store: Store, area: Area, cohort: Cohort) -> Table:
    """Both mixes, need by need, the largest share of plans first."""
    pair = _pair(cohort)
    names = {need: name for one in pair for need, name in cohorts.needs(store, one.code).items()}
    shares = {
        place: 100 * mixing.all_shares(store, one.code).reindex(index=[area.code], columns=list(names)).to_numpy()[0]
        for place, one in zip(("plans", "pupils"), pair, strict=True)
    }
    frame = pd.DataFrame({"need": list(names), "name": list(names.values()), **shares})
    frame["difference"] = frame["plans"] - frame["pupils"]
    plans, pupils = pair
    when = [cohorts.said(store, one.code) for one in pair]
    return Table(
        frame.sort_values("plans", ascending=False, kind="stable", ignore_index=True),
        Text(
            f"Primary needs of two groups of children: plans of {area.in_text} ({when[0]}) and {pupils.of} in schools"
            f" in {area.in_text} ({when[1]})"
        ),
        {
            "need": CODE,
            "name": NEED,
            "plans": Column(f"Plans, {when[0]}", f"part of the {plans.whole}", "%", 1),
            "pupils": Column(f"{capital(pupils.of)}, {when[1]}", f"part of the {pupils.whole}", "%", 1),
            "difference": Column("Difference", "the first less the second", "points", 1),
        },
        (plans.table, pupils.table),
        "What differs between plans and pupils?",
        how_to_read=Text(
            "Partly the same children, counted in different places: a plan is counted where the child lives, a pupil"
            " where the school is. The two are never added."
        ),
    )


def note(store: Store, area: Area, cohort: Cohort, table: Table, *, told: bool) -> Note:
    """In one sentence what differs: how many there are and, where shares can be `told`, the need whose shares are
    furthest apart."""
    pair = _pair(cohort)
    numbers = [float(denominator(store, one.code).get(area.code, np.nan)) for one in pair]
    apart = table.data.dropna(subset=["difference"])
    if apart.empty or np.isnan(numbers).any():
        lacks = next((one for one, number in zip(pair, numbers, strict=True) if np.isnan(number)), pair[1])
        return Note("missing", Text(f"Not available for {area.in_text}: {lacks.of} by need."), about=NAME)
    row = apart.loc[apart["difference"].abs().idxmax()]
    plans, pupils = pair
    numbers_of_both = (
        f"In {cohorts.said(store, PLANS)}, {written(numbers[0])} {plans.whole} were maintained for {area.in_text}; in"
        f" {cohorts.said(store, pupils.code)}, its state-funded schools and non-maintained special schools had"
        f" {written(numbers[1])} {pupils.of}"
    )
    most = (
        f", and the two mixes differ most in {in_sentence(str(row['name']))}: {percent(row['plans'])} of plans,"
        f" {percent(row['pupils'])} of {pupils.of}."
    )
    # Of a handful, or of a doubtful number, no share is set beside another in words.
    compared = told and min(numbers) >= SMALL
    text = numbers_of_both + (most if compared else ".")
    return Note("definition", Text(text), about=NAME)
