"""Where the figures of Looking ahead come from: tables of the store, parts of them, and documents."""

from __future__ import annotations

from sendlib.provenance import Provenance
from sendlib.questions.looking_ahead import residents
from sendlib.questions.looking_ahead.place_rates import TABLE as PUPILS
from sendlib.store import Store
from sendlib.tables import life_limiting
from sendlib.tables.life_limiting import Evidence

CODES = "life_limiting_codes"
"""The table of diagnoses that count."""


def of(store: Store, evidence: Evidence, basis: str) -> dict[str, tuple[Provenance, ...]]:
    """Where each table comes from: those of the store, the parts of them that a number rests on, and the documents that
    figures were typed from."""
    facts = evidence.facts
    totals = {rate.source: None for rate in evidence.totals} | {
        variant["source"]: None for variant in facts["variants"]
    }
    groups = {rate.source: None for rate in evidence.rates} | {
        facts[name]["source"]: None for name in ("definition", "findings")
    }
    beside = [item["source"] for item in facts["growth"]] + [
        facts[name]["source"]
        for name in ("earlier_series", "ethnic_groups", "older_teenagers", "young_adults", "at_least")
    ]
    england, local = (
        store.info("population_england").sources,
        [residents.LOCAL] if residents.local_basis(store, basis) else [],
    )
    return {
        "life_limiting": _documents(evidence, list(totals)),
        "population": _with(store.info("population").sources, "single year of age"),
        "population_chosen": _with(england, f"{basis[4:8]}-based"),
        "population_estimates": _with(england, "estimates"),
        "population_variants": _with(england, "2018-based"),
        "population_england": england,
        **{
            table: store.info(table).sources
            for table in (*local, "plans", "placements", "school_sen", PUPILS, CODES, "deprivation")
            if table in store.tables
        },
        "life_limiting_groups": _documents(evidence, [key for key in groups if key not in totals]),
        "life_limiting_beside": _documents(evidence, beside),
        "life_limiting_older": _documents(evidence, [facts["ethnic_groups"]["source"]]),
        **_of_lists(evidence),
    }


def _of_lists(evidence: Evidence) -> dict[str, tuple[Provenance, ...]]:
    """Where the lists of what else is published come from."""
    held, facts = life_limiting.elsewhere(), evidence.facts
    deaths = held["topic"].eq(life_limiting.DEATHS)
    complexity = facts["complexity"]
    return {
        "life_limiting_survival": _documents(
            evidence, [facts["deprivation"]["source"], facts["deaths"]["source"], *held.loc[deaths, "source"]]
        ),
        "life_limiting_elsewhere": _documents(evidence, list(held.loc[~deaths, "source"])),
        "life_limiting_complexity": _documents(
            evidence, [complexity["source"], *complexity["survey_sources"], complexity["month_source"]]
        ),
    }


def _with(sources: tuple[Provenance, ...], words: str) -> tuple[Provenance, ...]:
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
