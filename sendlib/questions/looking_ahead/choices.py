"""What a reader can choose on Looking ahead, and what of it is in force."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sendlib.answer import Asked, Choice, Limits, Offered
from sendlib.answer.choice import NONE
from sendlib.questions.looking_ahead.expected_children import DEFAULT_SPREAD
from sendlib.questions.looking_ahead.place_rates import AGE, WAYS
from sendlib.questions.looking_ahead.residents import newest_projection, projections
from sendlib.questions.looking_ahead.scenarios import NAMES, OWN, PUBLISHED, named, start_of_own
from sendlib.questions.looking_ahead.send_past import PLANS, series
from sendlib.store import Store
from sendlib.tables.life_limiting import Evidence

NOT_ANY = "None in particular"
HELD = "held"
"""Of the rates at 18: the one of their age, or as near to it as is held."""
SCENARIO = Choice(
    "scenario",
    "Scenario to tell of",
    "the scenario that is told of in a sentence, and drawn in every mode where it may be, such as published-high",
    figures_change=True,
)
POPULATION = Choice(
    "population",
    "Population to 2030",
    "the projection of the residents that numbers of children rest on, such as ons-2018-low",
    figures_change=True,
)
GROWTH = Choice(
    "growth",
    "Growth of the rate a year, %",
    "your own scenario: by how many per cent the rate grows in the first year",
    about="scenarios",
    figures_change=True,
    number=Limits(-5.0, 10.0, 0.1, 1),
)
DAMPING = Choice(
    "damping",
    "Part of the growth left after a year",
    "your own scenario: which part of a year's growth is left in the year after, from 0 to 1",
    about="scenarios",
    figures_change=True,
    number=Limits(0.0, 1.0, 0.01, 2),
)
SPREAD = Choice(
    "spread",
    "Differences between areas, %",
    "how much areas may differ for reasons other than age, in per cent, which widens every range",
    about="scenarios",
    figures_change=True,
    number=Limits(0.0, 50.0, 1.0, 0),
)
RATES = Choice(
    "rates",
    "Rates for the place",
    "the rates by which England's children are shared out between places, such as ethnicity",
    about="place",
    figures_change=True,
)
AT_18 = Choice(
    "at_18",
    "Rate at 18",
    "the rate that those who turn 18 are taken to have, such as 2009/10",
    about="handover",
    figures_change=True,
)
SOLVE = Choice(
    "solve",
    "Find the damping that ends at",
    "the published rate for which the damping that leads to it is told, such as published-high",
    about="scenarios",
)
TESTED_SERIES = Choice(
    "tested_series",
    "Tried on",
    "the series of SEND numbers that past projections are tried on",
    about="backtest",
    form="buttons",
)
SEND_SERIES = Choice(
    "send_series", "Numbers", "the series of SEND numbers that is projected", about="send", form="buttons"
)
CHOICES = (SCENARIO, POPULATION, GROWTH, DAMPING, SPREAD, RATES, AT_18, SOLVE, TESTED_SERIES, SEND_SERIES)


@dataclass(frozen=True)
class Chosen:
    """What is in force: the scenario told of (empty for none in particular), the projection of the residents, the
    reader's own growth (a part a year) and damping where there is such a scenario, the differences between areas
    (per cent), by which rates children are shared out (place_rates.WAYS) and which rate those who turn 18 have
    (at_18)."""

    scenario: str
    basis: str
    growth: float | None
    damping: float | None
    between: float
    rates: str
    at_18: str
    offered: Mapping[str, Offered]


def at_18(evidence: Evidence) -> dict[str, str]:
    """The rates that those who turn 18 can be taken to have: the one of their age that is held, and the two published
    ratios of an earlier series."""
    own = "ages 16 to 19" if "16-19" in evidence.of("age") else "all aged 1 to 19"
    ratios = {
        facts["year"]: f"{100 * facts['per_10000'] / facts['all_ages']:.0f}% of the rate at all ages, as in"
        f" {facts['year']}"
        for facts in (evidence.facts["older_teenagers"], evidence.facts["older_teenagers_before"])
    }
    return {HELD: f"The rate of {own}", **ratios}


def of(store: Store, evidence: Evidence, asked: Asked) -> Chosen:
    """What was asked for, with the defaults of this evidence. Raises UnknownChoice.

    A reader's own scenario is there where growth or damping was asked for, or the scenario itself.
    """
    rise, fades = start_of_own(evidence)
    told = {NONE: NOT_ANY, **{name: NAMES[name] for name in NAMES if name in named(evidence) or name == OWN}}
    ends = {NONE: NOT_ANY, **{name: NAMES[name] for name in PUBLISHED}}
    rates_at_18 = at_18(evidence)
    all_offered = (
        SCENARIO.offer(told, NONE, asked),
        POPULATION.offer(projections(store), newest_projection(store), asked),
        GROWTH.offer({}, f"{rise:g}", asked),
        DAMPING.offer({}, f"{fades:g}", asked),
        SPREAD.offer({}, f"{DEFAULT_SPREAD:g}", asked),
        RATES.offer(WAYS, AGE, asked),
        AT_18.offer(rates_at_18, next(iter(rates_at_18)), asked),
        SOLVE.offer(ends, NONE, asked),
        TESTED_SERIES.offer(series(store), PLANS, asked),
        SEND_SERIES.offer(series(store), PLANS, asked),
    )
    offered = {one.choice.name: one for one in all_offered}
    scenario, growth, damping = (offered[choice.name].value for choice in (SCENARIO, GROWTH, DAMPING))
    own = scenario == OWN or any(asked.get(choice.name, "").strip() for choice in (GROWTH, DAMPING))
    return Chosen(
        "" if scenario == NONE else scenario,
        offered[POPULATION.name].value,
        float(growth) / 100 if own else None,
        float(damping) if own else None,
        float(offered[SPREAD.name].value),
        offered[RATES.name].value,
        offered[AT_18.name].value,
        offered,
    )
