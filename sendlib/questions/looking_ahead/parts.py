"""The parts of the page: each table with what it is called, how to read it, and what each of its columns is."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from sendlib.answer import Column, Table, Text
from sendlib.areas import Area
from sendlib.compared.comparators import Comparators
from sendlib.questions.looking_ahead import (
    columns,
    columns_send,
    evidence_words,
    handover,
    moves,
    place_ways,
    places,
    published,
    residents,
    send_ahead,
    send_past,
    tables,
    words,
)
from sendlib.questions.looking_ahead.choices import Chosen
from sendlib.questions.looking_ahead.residents import TARGET
from sendlib.questions.looking_ahead.scenarios import Scenario
from sendlib.store import Store
from sendlib.tables.life_limiting import Evidence

_AHEAD, _RESTS_ON, _SEND = "Life-limiting conditions ahead", "What it rests on", "SEND numbers ahead"
GROUPS = {
    **dict.fromkeys(("fitted", "moves", "place", "scenarios", "populations", "areas", "handover"), _AHEAD),
    **dict.fromkeys(("send", "backtest"), _SEND),
    **dict.fromkeys(("known", "survival", "codes", "elsewhere", "complexity"), _RESTS_ON),
}
"""The heading over several parts of Look closer."""
_STARTS_OWN = (
    "Begin with the past growth, and a damping that ends as near as it can to the published high; then move either."
)


def all_of(
    store: Store,
    evidence: Evidence,
    area: Area,
    chosen: Chosen,
    ways: dict[str, Scenario],
    ends: pd.DataFrame,
    others: Comparators,
) -> dict[str, Table]:
    """Every table but a fitted trend, which few answers have; `ends` is that of where the scenarios end."""
    local = residents.local_basis(store, chosen.basis)
    people = ("population", "population_chosen", "population_estimates", *([residents.LOCAL] if local else []))
    whose = f"; residents of areas from the {residents.said_local(store)}" if local else ""
    beside = _beside_england(area, others)
    areas = tables.areas(store, evidence, area, others, chosen, ways)
    held = {
        "fan": _fan(evidence, ways, people),
        "scenarios": _scenarios(evidence, area, chosen, ends, people, whose),
        "moves": moves.table(store, evidence, area, chosen, ways),
        "place": place_ways.table(store, evidence, area, chosen, ways),
        **_of_england(store, evidence, ways, chosen),
        "areas": _part(
            areas,
            f"England{beside}",
            "Estimate, from England's rate and local residents, of children aged 0 to 19,"
            f" {residents.now(store)} and {TARGET[:4]}, {residents.projection_name(chosen.basis)}:"
            f" England{beside}{whose}",
            columns.areas(residents.now(store)),
            ("life_limiting", *people),
        ),
        **_of_send(store, area),
        "handover": _handover(store, evidence, area, ways, chosen),
        **published.tables(store, evidence),
    }
    return {name: replace(table, group=GROUPS.get(name, "")) for name, table in held.items()}


def _beside_england(area: Area, others: Comparators) -> str:
    """Which areas stand below England in the table of areas: `, its regions and those compared`."""
    if others.choice == "regions" and area.kind == "region":
        return " and its regions"
    return f", its regions and {'its authorities' if _is_spread(area, others) else 'those compared'}"


def _is_spread(area: Area, others: Comparators) -> bool:
    return area.kind == "england" and others.choice == "england"


def _part(
    data: pd.DataFrame,
    heading: str,
    caption: str,
    described: dict[str, Column],
    sources: tuple[str, ...],
    how_to_read: str = "",
) -> Table:
    """A table of Look closer, which only Explore has."""
    return Table(data, Text(caption), described, sources, heading=heading, how_to_read=Text(how_to_read))


def _fan(evidence: Evidence, ways: dict[str, Scenario], people: tuple[str, ...]) -> Table:
    """The lead: England's rate by year. The numbers at the ends of its lines are children, which rest on residents
    too."""
    years = f"{evidence.first.year} to {evidence.facts['target']['said']}"
    return Table(
        tables.fan(evidence, ways),
        Text(
            f"Children with a life-limiting condition in every 10,000 aged 0 to 19, England, {years}",
            show=f"Lines: children with a condition in every 10,000 aged 0 to 19, England, {years}",
            families="Children with a life-limiting condition in every 10,000 children and young people in England,"
            f" {years}",
        ),
        columns.fan(ways),
        ("life_limiting", *people),
        how_to_read=words.GENTLE,
    )


def _scenarios(
    evidence: Evidence, area: Area, chosen: Chosen, ends: pd.DataFrame, people: tuple[str, ...], whose: str
) -> Table:
    said, basis = evidence.facts["target"]["said"], residents.projection_name(chosen.basis)
    return _part(
        ends,
        "Your own scenario, and all scenarios in numbers",
        f"Estimated children aged 0 to 19 by scenario, {places.together(area)}, {said}, {basis}{whose}",
        columns.scenarios(area),
        ("life_limiting", "life_limiting_beside", *people),
        _STARTS_OWN,
    )


def _of_england(store: Store, evidence: Evidence, ways: dict[str, Scenario], chosen: Chosen) -> dict[str, Table]:
    """What is England's alone: the projections of its population, and what is published by group."""
    first = evidence_words.populations(store, evidence, ways, chosen.basis)[0]
    return {
        "populations": _part(
            tables.populations(store, evidence, ways),
            "The population matters too",
            "The published low and high rate with each projection of the population, England,"
            f" {evidence.facts['target']['said']}; changes are since {evidence.last.year}",
            columns.populations(evidence),
            ("life_limiting", "population_england"),
            first,
        ),
        "known": _part(
            tables.known(store, evidence),
            "By age, sex, ethnic group and diagnosis",
            f"What is published, by group, England, {evidence.last.year}",
            columns.KNOWN,
            ("life_limiting", "life_limiting_groups", "population_estimates"),
            evidence_words.known(evidence),
        ),
    }


def _of_send(store: Store, area: Area) -> dict[str, Table]:
    """SEND numbers: how wrong past projections were, and those of the area."""
    return {
        "backtest": _part(
            send_past.backtest_table(store),
            "How wrong would we have been?",
            "How far past projections of SEND numbers would have missed, all authorities, years since"
            f" {send_past.SINCE}",
            columns_send.BACKTEST,
            ("plans", "placements", "school_sen"),
        ),
        "send": _part(
            send_ahead.outlook(store, area.code).copy(),
            "Plans, SEN support and special schools ahead",
            f"SEND numbers published and projected, {area.in_text}",
            columns_send.SEND,
            ("plans", "placements", "school_sen", "population_england"),
            send_ahead.summary(store, area),
        ),
    }


def _handover(store: Store, evidence: Evidence, area: Area, ways: dict[str, Scenario], chosen: Chosen) -> Table:
    rows = handover.table(store, evidence, area, ways, chosen)
    return _part(
        rows,
        "Turning 18",
        "Young people with a life-limiting condition who could turn 18 and move to adult services,"
        f" {places.together(area)}; an estimate",
        columns.handover(area),
        ("life_limiting", "life_limiting_beside", "population"),
        handover.result(store, evidence, area, rows, chosen),
    )
