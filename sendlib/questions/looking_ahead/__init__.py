"""Looking ahead: how many children may need support by 2030?

Life-limiting conditions, from two measured years of England and named
scenarios. Every number of an area is modelled: it says what would follow if,
and is never a register.
"""

from __future__ import annotations

import math

import pandas as pd

from sendlib.areas import Area
from sendlib.catalogue import life_limiting
from sendlib.catalogue.life_limiting import Evidence
from sendlib.provenance import Provenance
from sendlib.questions import comparators
from sendlib.questions.answer import Answer, Table
from sendlib.questions.comparators import Comparators, UnknownChoice
from sendlib.questions.looking_ahead import expected_children as children
from sendlib.questions.looking_ahead import fitted_trend, send_ahead
from sendlib.questions.looking_ahead import notes as ahead_notes
from sendlib.questions.looking_ahead import tables as ahead_tables
from sendlib.questions.looking_ahead import words as ahead_words
from sendlib.questions.looking_ahead.expected_children import ESTIMATED
from sendlib.questions.looking_ahead.scenarios import NAMES, OWN, Scenario, column, named, start_of_own
from sendlib.store import Store
from sendlib.tables.population_england import BASES

NAME = "looking_ahead"
WORDS = "How many children may need support by 2030?"
TAKES_WIDER_AREAS = True
"""England and its regions can be asked about as well."""
DEFAULT_POPULATION = next(iter(BASES))
LIMITS = {"growth": (-5.0, 10.0), "damping": (0.0, 1.0), "spread": (0.0, 50.0)}
"""What a reader can choose: growth in per cent a year, damping, spread between areas in per cent."""


def ask(
    store: Store,
    area: Area,
    choice: str = comparators.DEFAULT,
    *,
    scenario: str = "",
    population: str = "",
    growth: str = "",
    damping: str = "",
    spread: str = "",
    evidence: Evidence | None = None,
) -> Answer:
    """The answer for an authority, a region or England.

    `scenario` is one of ahead_scenarios.NAMES, `population` one of
    population_england.BASES; `growth` (per cent a year), `damping` and
    `spread` (per cent) are numbers as text. Raises UnknownChoice.
    """
    evidence = evidence or life_limiting.shipped()
    basis = population or DEFAULT_POPULATION
    rise, fades, apart = (number(name, text) for name, text in (("growth", growth), ("damping", damping), ("spread", spread)))
    between = children.DEFAULT_SPREAD if apart is None else apart
    if rise is not None or fades is not None or scenario == OWN:
        start_rise, start_fades = start_of_own(evidence)
        rise, fades = start_rise if rise is None else rise, start_fades if fades is None else fades
    ways = named(evidence, None if rise is None else rise / 100, fades)
    if scenario and scenario not in ways:
        raise UnknownChoice(f"There is no scenario '{scenario}'. There are: {', '.join(NAMES)}.")
    ends = ahead_tables.ends(store, evidence, area, basis, ways, between)
    others = comparators.choose_if_any(store, area, choice)
    name, said = children.together(area), evidence.facts["target"]["said"]
    tables = _tables(store, evidence, area, basis, ways, ends, others)
    fitted = fitted_trend.of(store, evidence, area, basis, between / 100, ways) if evidence.can_be_fitted else None
    if fitted:
        tables["fitted"] = fitted.table
    now = children.shared_out(store, evidence, basis, ESTIMATED).children(evidence.last.per_10000, area.code)
    data = {key: table.data for key, table in tables.items()}
    return Answer(
        question=NAME,
        words=WORDS,
        area=area,
        comparators="",
        title=ahead_words.title(name, ends, said),
        headline=ahead_words.headline(evidence, name, area.code, now, ends, basis, fitted.short if fitted else ""),
        figures=ahead_words.figures(store, evidence, area.code, now, ends, basis),
        lead="fan",
        tables=tables,
        cannot_tell=ahead_words.cannot_tell(store, evidence, basis),
        could_change=ahead_words.COULD_CHANGE,
        plain_cannot_tell=ahead_words.plain_cannot_tell(evidence),
        plain_could_change=ahead_words.PLAIN_COULD_CHANGE,
        sources=_sources(store, evidence, basis),
        notes=tuple(ahead_notes.notes(store, evidence, area, basis, ways, data, others, scenario, between, fitted)),
    )


def _tables(
    store: Store, evidence: Evidence, area: Area, basis: str, ways: dict[str, Scenario], ends: pd.DataFrame, others: Comparators | None
) -> dict[str, Table]:
    name, said = children.together(area), evidence.facts["target"]["said"]
    local = children.local_basis(store, basis)
    people = ("population", "population_england", *([children.LOCAL] if local else []))
    whose = f"; residents of areas from the {children.said_local(store)}" if local else ""
    return {
        "fan": Table(
            ahead_tables.fan(evidence, ways),
            f"Children with a life-limiting condition in every 10,000 aged 0 to 19, England, {evidence.first.year} to {said}",
            {"year": "April to March", "measured": "measured, per 10,000", **{column(key): f"{way.told}, per 10,000" for key, way in ways.items()}},
            ("life_limiting",),
            plain_caption=f"Children with a life-limiting condition in every 10,000 children and young people in England, {evidence.first.year} to {said}",
        ),
        "scenarios": Table(
            ends,
            f"Expected children aged 0 to 19 by scenario, {name}, {said}{whose}",
            {held: means for held, means in ahead_tables.SCENARIO_COLUMNS.items() if held in ends},
            ("life_limiting", "life_limiting_beside", *people),
        ),
        "populations": Table(
            ahead_tables.populations(store, evidence, ways),
            f"The published low and high rate with each projection of the population, England, {said}; changes are since {evidence.last.year}",
            {"population": "projection", "residents": "aged 0 to 19 in mid-2030", "residents_since": f"per cent, since mid-{evidence.last.begins}",
             "scenario": "published variant", "children": "rate x residents / 10,000, not rounded", "children_since": f"per cent, against the children of {evidence.last.year}", "like_for_like_change": "per cent, against the measured rate on ONS' residents"},
            ("life_limiting", "population_england"),
        ),
        "known": Table(
            ahead_tables.known(store, evidence),
            f"What is published, by group, England, {evidence.last.year}",
            {"by": "kind of group", "who": "group", "per_10000": "children per 10,000", "from_": "95% interval", "to": "95% interval", "source": "document"},
            ("life_limiting", "life_limiting_groups", "population_england"),
        ),
        "areas": Table(
            ahead_tables.areas(store, evidence, area, others, basis, ways),
            f"Expected children aged 0 to 19: England, its regions and those compared{whose}",
            {"area_code": "3-digit or ONS code", "area": "area", "children_now": f"with the rate of {evidence.last.year} and the residents that the projection has for mid-2024", "children_low": "2030, published low", "children_high": "2030, published high"},
            ("life_limiting", *people),
        ),
        "backtest": Table(
            send_ahead.backtest_table(store),
            f"How far past projections of SEND numbers would have missed, all authorities, years since {send_ahead.SINCE}",
            {"series": "series", "method": "how it was projected", "years_ahead": "years", "starting_years": "number of years that projections were made from", "projections": "number tested", "error": "median, per cent",
             "bias": "median, per cent; below nought is too low", "coverage": "per cent of actual values inside the method's own 80% range"},
            ("plans", "school_sen"),
        ),
        "send": Table(
            send_ahead.outlook(store, area.code),
            f"SEND numbers published and projected, {area.name}",
            {"series": "series", "line": "published, or a method", "period": "when", "number": "plans or per cent", "past_low": "8 in 10 past cases",
             "past_high": "8 in 10 past cases"},
            ("plans", "school_sen"),
        ),
        "handover": Table(
            ahead_tables.handover(store, evidence, area, ways),
            f"Young people with a life-limiting condition who could turn 18 and move to adult services, {name}, by year",
            {"turning_18": "summer to summer", "handed_over_low": "with the published low, about", "handed_over_high": "with the published high, about", "residents": "all young people who turn 18"},
            ("life_limiting", "life_limiting_beside", "population"),
        ),
    }  # fmt: skip


def number(name: str, text: str) -> float | None:
    """A choice in figures, None where it is empty. Raises UnknownChoice."""
    if not text:
        return None
    low, high = LIMITS[name]
    try:
        found = float(text)
    except ValueError:
        found = math.nan
    if not low <= found <= high:
        raise UnknownChoice(f"{name} '{text}' is not a number from {low:g} to {high:g}.")
    return found


def _sources(store: Store, evidence: Evidence, basis: str) -> dict[str, tuple[Provenance, ...]]:
    """Where each table comes from: those of the store, and the documents that figures were typed from."""
    held = ("population", "population_england", *([children.LOCAL] if children.local_basis(store, basis) else []), "plans", "school_sen")
    facts = evidence.facts
    totals = {rate.source: None for rate in evidence.totals} | {variant["source"]: None for variant in facts["variants"]}
    groups = {rate.source: None for rate in evidence.rates} | {facts["definition"]["source"]: None}
    beside = [item["source"] for item in facts["growth"]] + [facts[name]["source"] for name in ("earlier_series", "older_teenagers", "young_adults", "at_least")]
    return {
        **{table: store.info(table).sources for table in held},
        "life_limiting": _documents(evidence, list(totals)),
        "life_limiting_groups": _documents(evidence, [key for key in groups if key not in totals]),
        "life_limiting_beside": _documents(evidence, beside),
    }


def _documents(evidence: Evidence, keys: list[str]) -> tuple[Provenance, ...]:
    return tuple(
        Provenance(
            publisher=evidence.facts["sources"][key]["publisher"],
            publication=evidence.facts["sources"][key]["title"],
            release="figures typed from the published text",
            published=None,
            retrieved=None,
            url=evidence.facts["sources"][key]["url"],
            licence="quoted facts",
            sha256="",
            status="Research",
            note="",
        )
        for key in dict.fromkeys(keys)
    )
