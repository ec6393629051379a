"""What moves the number of the target year most: one assumption moved at a time, the others as they stand."""

from __future__ import annotations

import math

import pandas as pd

from sendlib.answer import Note, Table, Text
from sendlib.answer.numbers import capital, percent
from sendlib.areas import ENGLAND, Area
from sendlib.methods import scenarios as paths
from sendlib.questions.looking_ahead import columns, place_rates, places, residents
from sendlib.questions.looking_ahead import expected_children as children
from sendlib.questions.looking_ahead import scenarios as ahead_scenarios
from sendlib.questions.looking_ahead.choices import Chosen
from sendlib.questions.looking_ahead.place_rates import WAYS
from sendlib.questions.looking_ahead.residents import TARGET
from sendlib.questions.looking_ahead.scenarios import PUBLISHED, Scenario
from sendlib.store import Store
from sendlib.tables.life_limiting import Evidence

DAMPINGS = (0.8, 0.9)
"""What a year keeps of the growth of the year before: between these the literature damps (contract llc.md 2.1)."""
GROWTH, DAMPING, POPULATION, PLACE = "growth of the rate", "damping", "population", "rates for the place"


def data(store: Store, evidence: Evidence, area: Area, chosen: Chosen, ways: dict[str, Scenario]) -> pd.DataFrame:
    """A row an assumption, that which moves most first: `what`, `between` which two it is moved, and `change`, by how
    many per cent the higher number of children lies above the lower. Those that can not be worked out are left out."""
    low, high = (ways[name].end for name in PUBLISHED)
    rows = [(GROWTH, "published low to published high rate", high / low), _damping(evidence)]
    by_projection = [
        children.shared_out(store, evidence, basis, TARGET, chosen.rates).children(low, area.code)
        for basis in residents.projections(store)
    ]
    rows.append((POPULATION, "lowest to highest projection of ONS", _apart(by_projection)))
    if area.code != ENGLAND:
        by_rates = [
            children.shared_out(store, evidence, chosen.basis, TARGET, rates).children(low, area.code) for rates in WAYS
        ]
        rows.append((PLACE, "one rate for all, rates by age, older rates by ethnic group", _apart(by_rates)))
    found = [(what, between, 100 * (ratio - 1)) for what, between, ratio in rows if not math.isnan(ratio)]
    frame = pd.DataFrame(found, columns=["what", "between", "change"])
    return frame.sort_values("change", ascending=False, kind="stable", ignore_index=True)


def _damping(evidence: Evidence) -> tuple[str, str, float]:
    growth, ahead = ahead_scenarios.past_growth(evidence), ahead_scenarios.years_ahead(evidence)
    low, high = (float(paths.path(1.0, growth, kept, ahead)) for kept in DAMPINGS)
    return DAMPING, f"the past growth, each year keeping {DAMPINGS[0]:g} or {DAMPINGS[1]:g} of it", _apart([low, high])


def _apart(numbers: list[float]) -> float:
    """How many times the lowest the highest is; of those that are known."""
    known = [number for number in numbers if not math.isnan(number)]
    return max(known) / min(known) if len(known) > 1 and min(known) > 0 else math.nan


def table(store: Store, evidence: Evidence, area: Area, chosen: Chosen, ways: dict[str, Scenario]) -> Table:
    """The part of the page, with the sentence over it."""
    rows = data(store, evidence, area, chosen, ways)
    said = evidence.facts["target"]["said"]
    return Table(
        rows.assign(what=rows["what"].map(capital)),
        Text(f"By how much each assumption moves the number of children, {places.together(area)}, {said}"),
        columns.MOVES,
        ("life_limiting", "life_limiting_older", place_rates.TABLE, "population", "population_england"),
        heading=f"What moves {said} most",
        how_to_read=Text(in_a_line(rows, said)),
    )


def in_a_line(rows: pd.DataFrame, said: str) -> str:
    """All of them in one sentence, that which moves most first."""
    told = [f"{row.what} ({percent(row.change, 0)})" for row in rows.itertuples(index=False)]
    return (
        f"What moves the number of {said} most: {', '.join(told)}. Each is moved by itself, between the ends that"
        " stand beside it; the per cent is how far the higher number lies above the lower."
    )


def note(area: Area, rows: pd.DataFrame, said: str) -> Note:
    """The short form of it, beside the lead picture for analysts."""
    named = [f"{row.what[:1].lower()}{row.what[1:]} ({percent(row.change, 0)})" for row in rows.itertuples(index=False)]
    told = ", then ".join(named)
    return Note(
        "definition",
        Text(f"What moves {said} most {places.within(area)}: {told}.", show=None, families=None),
        about="fan",
    )
