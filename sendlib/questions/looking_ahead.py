"""Looking ahead: how many children may need support by 2030?

Life-limiting conditions, from two measured years of England and named
scenarios. Every number of an area is modelled: it says what would follow if,
and is never a register.
"""

from __future__ import annotations

import math

from sendlib.areas import Area
from sendlib.catalogue import life_limiting
from sendlib.catalogue.life_limiting import Evidence
from sendlib.methods import scenarios as paths
from sendlib.provenance import Provenance
from sendlib.questions import ahead_tables, ahead_words, comparators, fitted_trend, send_ahead
from sendlib.questions import expected_children as children
from sendlib.questions.answer import Answer, Table
from sendlib.questions.comparators import UnknownChoice
from sendlib.questions.expected_children import ESTIMATED, OWN
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

    `scenario` is one of expected_children.NAMES, `population` one of
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
    ways = children.named(evidence, None if rise is None else rise / 100, fades)
    if scenario and scenario not in ways:
        raise UnknownChoice(f"There is no scenario '{scenario}'. There are: {', '.join(children.NAMES)}.")
    ends = ahead_tables.ends(store, evidence, area, basis, ways, between)
    others = comparators.choose_if_any(store, area, choice)
    name = children.together(area)
    local = children.local_basis(store, basis)
    people = ("population", "population_england", *([children.LOCAL] if local else []))
    whose = f"; residents of areas from the {children.said_local(store)}" if local else ""
    tables = {
        "fan": Table(
            ahead_tables.fan(evidence, ways),
            f"Children with a life-limiting condition in every 10,000 aged 0 to 19, England, {evidence.first.year} to {evidence.facts['target']['said']}",
            {"year": "April to March", "measured": "measured, per 10,000", **{children.column(key): f"{way.label}, per 10,000" for key, way in ways.items()}},
            ("life_limiting",),
        ),
        "scenarios": Table(
            ends,
            f"Expected children aged 0 to 19 by scenario, {name}, {evidence.facts['target']['said']}{whose}",
            ahead_tables.SCENARIO_COLUMNS,
            ("life_limiting", *people),
        ),
        "populations": Table(
            ahead_tables.populations(store, evidence, ways),
            "The published low and high rate with each projection of the population, England, 2030",
            {"population": "projection", "residents": "aged 0 to 19 in mid-2030", "residents_change": "per cent, since the last measured year",
             "scenario": "published variant", "children": "rate x residents / 10,000, not rounded", "children_change": "per cent, against the children counted", "like_for_like_change": "per cent, against the measured rate on ONS' residents"},
            ("life_limiting", "population_england"),
        ),
        "known": Table(
            ahead_tables.known(store, evidence),
            f"What is published, by group, England, {evidence.last.year}",
            {"by": "kind of group", "who": "group", "per_10000": "children per 10,000", "from_": "95% interval", "to": "95% interval", "source": "document"},
            ("life_limiting", "population_england"),
        ),
        "areas": Table(
            ahead_tables.areas(store, evidence, area, others, basis, ways),
            f"Expected children aged 0 to 19: England, its regions and those compared{whose}",
            {"area_code": "3-digit or ONS code", "area": "area", "children_now": f"with the rate of {evidence.last.year} and the residents that the projection has for mid-2024", "children_low": "2030, published low", "children_high": "2030, published high"},
            ("life_limiting", *people),
        ),
        "backtest": Table(
            send_ahead.backtest_table(store),
            "How far past projections of SEND numbers would have missed, all authorities",
            {"series": "series", "method": "how it was projected", "years_ahead": "years", "projections": "number tested", "error": "median, per cent",
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
            f"Young people who turn 18, {name}, by year",
            {"turning_18": "summer to summer", "residents": "young people who turn 18", "published_low": "of whom with a life-limiting condition, about", "published_high": "of whom with a life-limiting condition, about"},
            ("life_limiting", "life_limiting_beside", "population"),
        ),
    }  # fmt: skip
    if evidence.can_be_fitted:
        tables["fitted"] = fitted_trend.table(store, evidence, area, basis, between / 100)
    now = children.shared_out(store, evidence, basis, ESTIMATED).children(evidence.last.per_10000, area.code)
    said = evidence.facts["target"]["said"]
    return Answer(
        question=NAME,
        words=WORDS,
        area=area,
        comparators="",
        title=ahead_words.title(area, name, ends, said),
        headline=ahead_words.headline(evidence, name, area.code, now, ends, basis),
        figures=ahead_words.figures(store, evidence, area.code, now, ends, basis),
        lead="fan",
        tables=tables,
        cannot_tell=ahead_words.cannot_tell(store, evidence),
        could_change=ahead_words.COULD_CHANGE,
        plain_cannot_tell=ahead_words.PLAIN_CANNOT_TELL,
        plain_could_change=ahead_words.PLAIN_COULD_CHANGE,
        sources={
            **{table: store.info(table).sources for table in ("population", "population_england", "plans", "school_sen")},
            **({children.LOCAL: store.info(children.LOCAL).sources} if local else {}),
            "life_limiting": _sources(evidence, ("fraser_2021", "make_every_child_count")),
            "life_limiting_beside": _sources(evidence, ("wales_2023", "fraser_2012", "young_adults_briefing", "together_press")),
        },
        notes=tuple(ahead_words.notes(store, evidence, area, basis, ways, ends, others, scenario, between)),
    )


def start_of_own(evidence: Evidence) -> tuple[float, float]:
    """Where a reader's own scenario begins: the past growth in per cent, and the damping with which it ends at the published high."""
    first, last = evidence.first, evidence.last
    rise = round(100 * paths.yearly_growth(first.per_10000, last.per_10000, last.begins - first.begins), 1)
    return rise, round(_damping_to_the_high(evidence, rise / 100), 2)


def _damping_to_the_high(evidence: Evidence, growth: float) -> float:
    """The damping with which a growth ends at the published high; 1 where even undamped growth stays below it, 0 where one year is beyond it."""
    high = next(variant["per_10000"] for variant in evidence.facts["variants"] if variant["name"] == "published-high")
    base, ahead = evidence.last.per_10000, children.years_ahead(evidence)
    try:
        return paths.damping_that_reaches(high, base, growth, ahead)
    except paths.NoSuchPath:
        return 1.0 if paths.path(base, growth, 1.0, ahead) < high else 0.0


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


def _sources(evidence: Evidence, keys: tuple[str, ...]) -> tuple[Provenance, ...]:
    """The documents that the typed figures come from."""
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
        for key in keys
    )
