"""What Looking ahead says beside its pictures, and beside the whole answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from sendlib.answer import Note, Table, Text
from sendlib.answer.numbers import count_of, listed, percent
from sendlib.areas import ENGLAND, Area
from sendlib.compared import overlap
from sendlib.compared.comparators import Comparators
from sendlib.questions.looking_ahead import (
    evidence_words,
    handover,
    moves,
    place_rates,
    place_ways,
    places,
    residents,
    send_ahead,
    send_past,
)
from sendlib.questions.looking_ahead import expected_children as children
from sendlib.questions.looking_ahead import scenarios as ahead_scenarios
from sendlib.questions.looking_ahead.choices import Chosen
from sendlib.questions.looking_ahead.fitted_trend import Fitted
from sendlib.questions.looking_ahead.residents import TARGET
from sendlib.questions.looking_ahead.scenarios import OWN, PUBLISHED, Scenario
from sendlib.questions.looking_ahead.words import (
    about,
    area_of,
    end_of,
    forecast,
    is_known,
    limits,
    per_10000,
    unusable,
)
from sendlib.store import Store
from sendlib.tables.life_limiting import Evidence
from sendlib.tables.life_limiting_reading import Rate
from sendlib.tables.symbols import VALUE

ENDS = "Lower and Higher are two possibilities that researchers published. Nobody knows which will be nearer."


def notes(
    store: Store,
    evidence: Evidence,
    area: Area,
    chosen: Chosen,
    ways: dict[str, Scenario],
    tables: Mapping[str, Table],
    others: Comparators,
    fitted: Fitted | None,
) -> tuple[Note, ...]:
    """Definitions, cautions and the sentences beside each picture."""
    cautions = (unusable(evidence), _so_few(area))
    of_others = [others.caution] if others.caution else []
    return (
        *(Note("caution", text) for text in cautions if text),
        *overlap.note(store, area),
        *_not_available(store, evidence, chosen, tables["areas"].data),
        *_definitions_of(_definitions(store, evidence, area, chosen)),
        Note("definition", Text(evidence.facts["in_full"]["text"], show=None, families=None)),
        *_beside_the_lead(evidence, area, chosen, ways, tables),
        *place_ways.notes(store, evidence, area),
        *_beside_the_scenarios(store, evidence, chosen, ways),
        *_definitions_of(fitted.sentences if fitted else (), "fitted"),
        *_beside_the_series(store, evidence, area),
        *_definitions_of(evidence_words.populations(store, evidence, ways, chosen.basis)[1:], "populations"),
        *handover.notes(store, evidence, area, tables["handover"].data, chosen),
        *_definitions_of(of_others),
    )


def _not_available(store: Store, evidence: Evidence, chosen: Chosen, areas: pd.DataFrame) -> list[Note]:
    """Which of the areas beside each other have no number, and why."""
    lacking = areas.loc[areas["status"].ne(VALUE), "area_code"].drop_duplicates()
    reasons = dict.fromkeys(
        children.why_unknown(store, evidence, chosen.basis, TARGET, code, chosen.rates) for code in lacking
    )
    if not reasons:
        return []
    number = count_of(len(lacking), "area", "areas")
    return [Note("missing", Text(f"Not available for {number}: {listed(list(reasons))}."), about="areas")]


def _definitions_of(texts: Sequence[str], about: str = "", of: str = "") -> list[Note]:
    return [Note("definition", Text(text), about, of) for text in texts if text]


def _beside_the_lead(
    evidence: Evidence, area: Area, chosen: Chosen, ways: dict[str, Scenario], tables: Mapping[str, Table]
) -> list[Note]:
    """What was chosen, where it acts on the picture, and what its lines and numbers are."""
    found = []
    if chosen.scenario:
        found.append(_what_if(evidence, area, ways, chosen.scenario, tables["scenarios"].data))
    if chosen.between != children.DEFAULT_SPREAD and area.code != ENGLAND:
        found.append(_apart(chosen.between))
    if chosen.rates != place_rates.AGE and area.code != ENGLAND:
        found.append(_by_rates(chosen.rates))
    known = bool(tables["scenarios"].data["status"].eq(VALUE).all())
    said = evidence.facts["target"]["said"]
    texts = (*found, _lines(area, known))
    return [
        *(Note("definition", text, about="fan") for text in texts),
        moves.note(area, tables["moves"].data, said),
        Note("definition", _found_by_researchers(evidence), about="fan"),
    ]


def _found_by_researchers(evidence: Evidence) -> Text:
    """What the bulletin says of the rise and of the differences; a shared screen has no room for it."""
    facts = evidence.facts["findings"]
    return Text(
        f"{facts['rise']} {facts['differences']}",
        show=None,
        families=f"{facts['rise_plainly']} {facts['differences_plainly']}",
    )


def _beside_the_scenarios(store: Store, evidence: Evidence, chosen: Chosen, ways: dict[str, Scenario]) -> list[Note]:
    """The damping that was asked for, what damping does, and what the scenarios rest on."""
    growth = ways[OWN].growth if OWN in ways else None
    solved = [
        note
        for name in PUBLISHED
        for note in _definitions_of([evidence_words.solved(evidence, name, growth)], "scenarios", name)
    ]
    texts = [evidence_words.damping(evidence), *evidence_words.scenarios(store, evidence, chosen.basis)]
    return [*solved, *_definitions_of(texts, "scenarios")]


def _beside_the_series(store: Store, evidence: Evidence, area: Area) -> list[Note]:
    """How wrong past projections of each series of SEND numbers were, and what the shade in its picture is."""
    found = []
    for name in send_past.series(store):
        tested = (send_past.how_wrong(store, name), send_past.how_sure(store, name))
        found += _definitions_of(tested, "backtest", name)
        found += _definitions_of([send_ahead.shaded(store, area, name)], "send", name)
    needs = [Note("missing", Text(text), about="send") for text in [send_ahead.by_need(store)] if text]
    return [*found, *needs, *_definitions_of([forecast(evidence)], "backtest")]


def _lines(area: Area, known: bool) -> Text:
    """Whose rate the lines are, and whose children the numbers at their ends are; on a shared screen nothing."""
    whose = places.together(area)
    if not known:
        said = f"The lines are England's rate. Numbers of children are not available for {whose}."
        return Text(said, show=None, families=f"{ENDS} {said}")
    # With another area beside it is true of both, unless a neighbour is counted with a tiny one.
    alone = places.taken_together(area) or "the area"
    said = (
        "The numbers at the ends are children; the lines are children in every 10,000."
        if area.code == ENGLAND
        else f"The lines are England's rate; the numbers of children are those of {alone}."
    )
    return Text(said, show=None, families=f"{ENDS} {said}")


def _apart(between: float) -> Text:
    """A spread between areas that the reader chose, which the ranges of every mode rest on."""
    chosen = percent(between, 0)
    explore, families = (
        f"The ranges allow for differences between {what} of {chosen}, as chosen; without a choice it is"
        f" {children.DEFAULT_SPREAD}%."
        for what in ("areas", "places")
    )
    return Text(explore, show=f"Ranges with area differences of {chosen}, as chosen.", families=families)


def _by_rates(rates: str) -> Text:
    """Rates for the place that the reader chose, which the numbers of every mode rest on; Families read of them in the
    sentence above."""
    called = place_rates.WAYS[rates]
    by = f"{called[:1].lower()}{called[1:]}, as chosen"
    return Text(f"The numbers of children are by {by}.", show=f"Numbers by {by}.", families=None)


def _so_few(area: Area) -> Text:
    if not places.taken_together(area):
        return Text("")
    return Text(
        f"A number for {area.in_text} alone would say nothing, with so few children: this is"
        f" {places.together(area)} together.",
        show=f"So few children: the numbers are of {places.together(area)} together.",
    )


def _definitions(store: Store, evidence: Evidence, area: Area, chosen: Chosen) -> list[str]:
    first, last = evidence.first, evidence.last
    rose = f"{last.per_10000 / first.per_10000:.2f} times"
    return [
        f"{evidence.facts['definition']['text']} Rates are for England, April to March.",
        _shared_out(store, evidence, chosen.rates),
        residents.in_words(store, chosen.basis),
        _ranges(store, evidence, area, chosen),
        f"Between {first.year} and {last.year} the rate rose {rose}, from {per_10000(first.per_10000)} to"
        f" {per_10000(last.per_10000)} per 10,000{_times(first, last)}.",
    ]


def _shared_out(store: Store, evidence: Evidence, rates: str) -> str:
    """How the children of areas come out of England's rates."""
    if rates != place_rates.AGE:
        return (
            f"The children of an area are estimated: {place_rates.IN_WORDS[rates]}, as chosen, scaled so that all areas"
            " together are England."
        )
    number = len(evidence.of_regions())
    by_region = (
        f" Authorities of a region whose rate is known are scaled to it ({number} of 9 regions)." if number else ""
    )
    closely = (
        " Without rates by ethnic group and deprivation of all groups this follows the number of residents closely;"
        f" published rates run from {_extremes(evidence)}."
        if children.by_age_alone(store, evidence)
        else ""
    )
    return (
        "The children of an area are estimated: England's rates applied to its residents by"
        f" {children.shared_out_by(store, evidence)}, scaled so that all areas together are"
        f" England.{by_region}{closely}"
    )


def _ranges(store: Store, evidence: Evidence, area: Area, chosen: Chosen) -> str:
    """What the ranges are made of."""
    if area.code == ENGLAND:
        return (
            "For England the range is the study's own published interval of the rate; scenarios that the study does not"
            " have get none, because chance alone would promise far too much."
        )
    shared = children.shared_out(store, evidence, chosen.basis, TARGET, chosen.rates)
    spread = children.spread_of(store, shared, area.code, chosen.between / 100)
    apart = (
        f"differences between areas of {percent(100 * spread)} (a standard deviation, less for several areas together:"
        " a judgement, which you can change)"
        if spread
        else "no differences between areas"
    )
    return (
        f"The range of a number allows for chance (95% limits, exact Poisson), {apart} and, where the study gives one,"
        " its interval of the rate, put together by the root of the sum of squares. It does not allow for which"
        " scenario comes true, which is the larger doubt."
    )


def _times(first: Rate, last: Rate) -> str:
    return (
        f" (the number of children rose {last.children / first.children:.2f} times)"
        if first.children and last.children
        else ""
    )


def _extremes(evidence: Evidence) -> str:
    ranked = sorted(evidence.of("ethnicity").values(), key=lambda rate: rate.per_10000)
    if not ranked:
        return "group to group very differently"
    return f"{per_10000(ranked[0].per_10000)} to {per_10000(ranked[-1].per_10000)} per 10,000 between ethnic groups"


def _what_if(evidence: Evidence, area: Area, ways: dict[str, Scenario], scenario: str, ends: pd.DataFrame) -> Text:
    """The chosen scenario with what the sentence of the page has no room for: England's children and the range of the
    area's. Families are told of one that they do not read of."""
    way, end = ways[scenario], end_of(ends, scenario)
    ranged = f" ({limits(end)})" if limits(end) else ""
    number = about(end["children"]) if is_known(end) else "not available"
    local = "" if area.code == ENGLAND else f" {area_of(area)}: {number}{ranged}."
    england = f"{about(end['england_children'])} children in England{ranged if area.code == ENGLAND else ''}"
    if pd.isna(end["england_children"]):  # England never has fewer than ten
        england = "a number of children in England that is not available"
    return Text(
        f"{way.told}: {way.end:.1f} in every 10,000 in {evidence.facts['target']['said']}, which is {england}.{local}"
        f"{'' if scenario == OWN else f' {way.advice}'}",
        show=None,
        families=_kept_back(ways, scenario),
    )


def _kept_back(ways: dict[str, Scenario], scenario: str) -> str | None:
    """Why Families do not see a reader's own scenario that is steeper than any study."""
    if scenario != OWN or ahead_scenarios.for_families(ways, scenario):
        return None
    return (
        "The path that was chosen rises above the higher share that researchers published. It is not shown"
        " here, because no research stands behind so steep a rise, and it could worry families for no"
        " reason. Explore shows it."
    )
