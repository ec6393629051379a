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
from sendlib.errors import UnknownChoice
from sendlib.provenance import Provenance
from sendlib.questions import comparators
from sendlib.questions.answer import Answer, Table
from sendlib.questions.comparators import Comparators
from sendlib.questions.looking_ahead import columns, filled_in, fitted_trend, send_ahead
from sendlib.questions.looking_ahead import expected_children as children
from sendlib.questions.looking_ahead import notes as ahead_notes
from sendlib.questions.looking_ahead import tables as ahead_tables
from sendlib.questions.looking_ahead import words as ahead_words
from sendlib.questions.looking_ahead.expected_children import DEFAULT_POPULATION, TARGET
from sendlib.questions.looking_ahead.scenarios import NAMES, OWN, Scenario, named, start_of_own
from sendlib.store import Store

NAME = "looking_ahead"
WORDS = "How many children may need support by 2030?"
TAKES_WIDER_AREAS = True
"""England and its regions can be asked about as well."""
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
    edition: str = "",
    evidence: Evidence | None = None,
) -> Answer:
    """The answer for an authority, a region or England.

    `scenario` is one of ahead_scenarios.NAMES, `population` one of
    population_england.BASES; `growth` (per cent a year), `damping` and
    `spread` (per cent) are numbers as text. `edition` (life_limiting.edition)
    is for whoever keeps answers: one kept for another edition of the files that
    a person can fill in is out of date. Raises UnknownChoice.
    """
    evidence = filled_in.checked(store, evidence or life_limiting.shipped())
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
    tables = _tables(store, evidence, area, basis, ways, ends, others, between)
    fitted = fitted_trend.of(store, evidence, area, basis, between / 100, ways) if evidence.can_be_fitted else None
    if fitted:
        tables["fitted"] = fitted.table
    now = children.shared_out(store, evidence, basis, children.estimated(store)).children(evidence.last.per_10000, area.code)
    data = {key: table.data for key, table in tables.items()}
    return Answer(
        question=NAME,
        words=WORDS,
        area=area,
        comparators="",
        title=ahead_words.title(name, ends, said),
        headline=ahead_words.headline(evidence, name, area.code, (now, children.now(store)), ends, basis, fitted),
        figures=ahead_words.figures(store, evidence, area.code, now, ends, basis),
        lead="fan",
        tables=tables,
        cannot_tell=ahead_words.cannot_tell(store, evidence, basis, fitted),
        could_change=ahead_words.COULD_CHANGE,
        plain_cannot_tell=ahead_words.plain_cannot_tell(evidence),
        plain_could_change=ahead_words.PLAIN_COULD_CHANGE,
        sources=_sources(store, evidence, basis),
        notes=tuple(ahead_notes.notes(store, evidence, area, basis, ways, data, others, scenario, between, fitted)),
    )


def _tables(
    store: Store, evidence: Evidence, area: Area, basis: str, ways: dict[str, Scenario], ends: pd.DataFrame, others: Comparators | None, between: float
) -> dict[str, Table]:
    name, said = children.together(area), evidence.facts["target"]["said"]
    local = children.local_basis(store, basis)
    people = ("population", "population_chosen", "population_estimates", *([children.LOCAL] if local else []))
    whose = f"; residents of areas from the {children.said_local(store)}" if local else ""
    return {
        "fan": Table(
            ahead_tables.fan(evidence, ways),
            f"Children with a life-limiting condition in every 10,000 aged 0 to 19, England, {evidence.first.year} to {said}",
            columns.fan(ways),
            # The lines are England's rate; the numbers at their ends are children, which rest on residents too.
            ("life_limiting", *people),
            plain_caption=f"Children with a life-limiting condition in every 10,000 children and young people in England, {evidence.first.year} to {said}",
        ),
        "scenarios": Table(
            ends,
            f"Estimated children aged 0 to 19 by scenario, {name}, {said}, {children.projection(basis).removeprefix('the ')}{whose}",
            columns.scenarios(area.code),
            ("life_limiting", "life_limiting_beside", *people),
        ),
        "populations": Table(
            ahead_tables.populations(store, evidence, ways),
            f"The published low and high rate with each projection of the population, England, {said}; changes are since {evidence.last.year}",
            columns.populations(evidence),
            ("life_limiting", "population_england"),
        ),
        "known": Table(
            ahead_tables.known(store, evidence),
            f"What is published, by group, England, {evidence.last.year}",
            columns.KNOWN,
            ("life_limiting", "life_limiting_groups", "population_estimates"),
        ),
        "areas": Table(
            ahead_tables.areas(store, evidence, area, others, basis, ways, between),
            f"Estimate, from England's rate and local residents, of children aged 0 to 19, {children.now(store)} and {TARGET[:4]}, {children.projection(basis).removeprefix('the ')}: England, its regions and those compared{whose}",
            columns.areas(children.now(store)),
            ("life_limiting", *people),
        ),
        "backtest": Table(
            send_ahead.backtest_table(store),
            f"How far past projections of SEND numbers would have missed, all authorities, years since {send_ahead.SINCE}",
            columns.BACKTEST,
            ("plans", "school_sen"),
        ),
        "send": Table(
            send_ahead.outlook(store, area.code).copy(),
            f"SEND numbers published and projected, {area.name}",
            columns.send(area.code),
            ("plans", "school_sen"),
        ),
        "handover": Table(
            ahead_tables.handover(store, evidence, area, ways),
            f"Young people with a life-limiting condition who could turn 18 and move to adult services, {name}; an estimate",
            columns.HANDOVER,
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
    """Where each table comes from: those of the store, the parts of them that a number rests on, and the documents that figures were typed from."""
    facts = evidence.facts
    totals = {rate.source: None for rate in evidence.totals} | {variant["source"]: None for variant in facts["variants"]}
    groups = {rate.source: None for rate in evidence.rates} | {facts["definition"]["source"]: None}
    beside = [item["source"] for item in facts["growth"]] + [facts[name]["source"] for name in ("earlier_series", "older_teenagers", "young_adults", "at_least")]
    england, local = store.info("population_england").sources, [children.LOCAL] if children.local_basis(store, basis) else []
    return {
        "life_limiting": _documents(evidence, list(totals)),
        "population": _of(store.info("population").sources, "single year of age"),
        "population_chosen": _of(england, f"{basis[4:8]}-based"),
        "population_estimates": _of(england, "estimates"),
        "population_variants": _of(england, "2018-based"),
        "population_england": england,
        **{table: store.info(table).sources for table in (*local, "plans", "school_sen")},
        "life_limiting_groups": _documents(evidence, [key for key in groups if key not in totals]),
        "life_limiting_beside": _documents(evidence, beside),
    }


def _of(sources: tuple[Provenance, ...], words: str) -> tuple[Provenance, ...]:
    """Those of a table's sources that have these words in publication or release; all where none has."""
    return tuple(source for source in sources if words in f"{source.publication}, {source.release}") or sources


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
