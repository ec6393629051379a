"""The tables of Looking ahead: scenarios by year, their ends, populations, groups, areas, and who turns 18."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd

from sendlib.areas import ENGLAND, Area
from sendlib.compared.comparators import Comparators, known_areas
from sendlib.questions.looking_ahead import expected_children as children
from sendlib.questions.looking_ahead import places, residents
from sendlib.questions.looking_ahead.choices import Chosen
from sendlib.questions.looking_ahead.residents import TARGET
from sendlib.questions.looking_ahead.scenarios import PUBLISHED, Scenario, column, years_ahead
from sendlib.store import Store
from sendlib.tables.life_limiting import Evidence
from sendlib.tables.symbols import NOT_AVAILABLE, VALUE

ESTIMATE = "Estimate, not counted"


def fan(evidence: Evidence, ways: dict[str, Scenario]) -> pd.DataFrame:
    """One row a year: what was measured, and each scenario from the last measured year on."""
    years = sorted(
        {rate.begins for rate in evidence.totals}
        | {evidence.last.begins + ahead for ahead in range(years_ahead(evidence) + 1)}
    )
    measured = {rate.begins: rate.per_10000 for rate in evidence.totals}
    columns = {
        "year": [f"{year}/{(year + 1) % 100:02d}" for year in years],
        "measured": [measured.get(year, np.nan) for year in years],
    }
    for name, way in ways.items():
        at = {evidence.last.begins + ahead: value for ahead, value in enumerate(way.path)}
        columns[column(name)] = [at.get(year, np.nan) for year in years]
    return pd.DataFrame(columns)


def ends(store: Store, evidence: Evidence, area: Area, chosen: Chosen, ways: dict[str, Scenario]) -> pd.DataFrame:
    """One row a scenario: England's rate and children in the target year, and the area's with its limits.

    England has `published_from` and `published_to` in place of `range_from` and
    `range_to`: beside the study's own interval nothing could be said of it.
    """
    shared = children.shared_out(store, evidence, chosen.basis, TARGET, chosen.rates)
    step = places.step_of(area)
    rows = []
    for way in ways.values():
        own = shared.children(way.end, area.code)
        apart = children.spread_of(store, shared, area.code, chosen.between / 100)
        national = area.code == ENGLAND
        wide = children.limits(own, apart, way.published, way.end, national=national)
        if national and not way.published:
            wide = (np.nan, np.nan)
        limits = dict(
            zip(("published_from", "published_to") if national else ("range_from", "range_to"), wide, strict=True)
        )
        rows.append(
            {
                "scenario": way.label,
                "growth_a_year": np.nan if way.growth is None else 100 * way.growth,
                "damping": np.nan if way.damping is None else way.damping,
                "per_10000": way.end,
                "rate_from": way.published[0] if way.published else np.nan,
                "rate_to": way.published[1] if way.published else np.nan,
                "england_children": places.rounded(shared.children(way.end), places.COARSE),
                "children": places.rounded(own, step),
                **{name: places.rounded(value, step) for name, value in limits.items()},
                "range_holds": ""
                if math.isnan(own)
                else children.holds(area.code, apart, way.published is not None).explore,
                "advice": way.advice,
                "status": NOT_AVAILABLE if math.isnan(own) else VALUE,
            }
        )
    return pd.DataFrame(rows)


def populations(store: Store, evidence: Evidence, ways: dict[str, Scenario]) -> pd.DataFrame:
    """One row a projection and published variant: residents, children, and both against the last measured year."""
    then = float(residents.then(store, evidence.last.begins)["0-19"])
    on_this_footing = evidence.last.per_10000 * then / 10_000
    counted = evidence.last.children or on_this_footing
    rows = []
    for basis, label in residents.projections(store).items():
        people = float(residents.england(store).loc[basis, TARGET, "0-19"])
        for name in PUBLISHED:
            number = ways[name].end * people / 10_000
            changes = (100 * (number / counted - 1), 100 * (number / on_this_footing - 1))
            whole = float(np.round(number))
            rows.append((label, people / 1000, 100 * (people / then - 1), ways[name].label, whole, *changes))
    columns = [
        "population",
        "residents",
        "residents_since",
        "scenario",
        "children",
        "children_since",
        "like_for_like_change",
    ]
    return pd.DataFrame(rows, columns=columns)


OF_ALL, OF_THE_GROUP = "all aged 0 to 19", "the group"
_PART_OF_ALL = ("diagnosis", "definition")
"""Kinds of group that divide the children with a condition, not all children: their rates are of everybody aged 0 to
19."""
_KINDS = {
    "all": "Everybody",
    "age": "Age",
    "sex": "Sex",
    "ethnicity": "Ethnic group",
    "deprivation": "Deprivation",
    "diagnosis": "Diagnosis",
    "definition": "Definition",
}


def known(store: Store, evidence: Evidence) -> pd.DataFrame:
    """The published rates by group, and the rate at 1 to 19 that follows from them; `out_of` says of whom 10,000 are
    taken."""
    titles = evidence.facts["sources"]
    rows = []
    for kind, label in _KINDS.items():
        for group, rate in evidence.of(kind).items():
            who = {"all": "All children aged 0 to 19", "<1": "Under 1"}.get(group, group)
            rows.append(
                (
                    label,
                    who,
                    OF_ALL if kind in _PART_OF_ALL else OF_THE_GROUP,
                    rate.per_10000,
                    rate.low,
                    rate.high,
                    titles[rate.source]["title"],
                )
            )
            if group == "<1" and "1-5" not in evidence.of("age"):
                rest = children.rate_1_to_19(store, evidence)
                rows.append(
                    (
                        label,
                        "1 to 19",
                        OF_THE_GROUP,
                        rest,
                        None,
                        None,
                        f"Worked out here: all children less those under 1, on ONS' residents of mid-{rate.begins}",
                    )
                )
    names = known_areas(store).names
    rows += [
        (
            "Region",
            names[rate.area_code],
            OF_THE_GROUP,
            rate.per_10000,
            rate.low,
            rate.high,
            titles[rate.source]["title"],
        )
        for rate in evidence.of_regions()
    ]
    frame = pd.DataFrame(rows, columns=["by", "who", "out_of", "per_10000", "from_", "to", "source"])
    return frame.astype({"per_10000": float, "from_": float, "to": float})


def areas(
    store: Store,
    evidence: Evidence,
    area: Area,
    others: Comparators,
    chosen: Chosen,
    ways: dict[str, Scenario],
) -> pd.DataFrame:
    """One row an area and published variant: England, its regions, the area and those compared, with all that the
    estimate rests on."""
    basis = chosen.basis
    now = children.shared_out(store, evidence, basis, residents.estimated(store), chosen.rates)
    then = children.shared_out(store, evidence, basis, TARGET, chosen.rates)
    table = known_areas(store).table
    regions = list(table.loc[table["level"].eq("region"), "area_code"].sort_values())
    codes = dict.fromkeys([ENGLAND, *regions, area.code, *(others.codes)])
    rows = []
    for code in codes:
        one = known_areas(store).get(code)
        label, step = places.taken_together(one) or one.name, places.step_of(one)
        apart = children.spread_of(store, then, code, chosen.between / 100)
        today = places.rounded(now.children(evidence.last.per_10000, code), step)
        thousands = residents.of_area(store, basis, TARGET, code) / 1000
        for way in (ways[name] for name in PUBLISHED):
            number = then.children(way.end, code)
            wide = children.limits(number, apart, way.published, way.end, national=code == ENGLAND)
            low, high = (places.rounded(value, step) for value in wide)
            holds = "" if math.isnan(number) else children.holds(code, apart, way.published is not None).explore
            rows.append(
                (
                    code,
                    label,
                    way.label,
                    way.end,
                    residents.projections(store)[basis],
                    thousands,
                    places.rounded(number, step),
                    low,
                    high,
                    holds,
                    today,
                    ESTIMATE,
                    NOT_AVAILABLE if math.isnan(number) else VALUE,
                )
            )
    whose, rests_on = ["area_code", "area", "scenario"], ["per_10000", "population", "residents"]
    estimates = ["children", "range_from", "range_to", "range_holds", "children_now", "caveat", "status"]
    return pd.DataFrame(rows, columns=[*whose, *rests_on, *estimates])
