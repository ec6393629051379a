"""What Looking ahead says beside its pictures. The page looks notes up by their kind; a picture's own are named after it."""

from __future__ import annotations

import pandas as pd

from sendlib.areas import ENGLAND, Area
from sendlib.catalogue.life_limiting import Evidence
from sendlib.catalogue.life_limiting_reading import Rate
from sendlib.methods import scenarios as paths
from sendlib.methods.scenarios import NoSuchPath
from sendlib.questions.answer import Note, percent, written
from sendlib.questions.comparators import Comparators
from sendlib.questions.looking_ahead import expected_children as children
from sendlib.questions.looking_ahead import fitted_trend, send_ahead
from sendlib.questions.looking_ahead import scenarios as ahead_scenarios
from sendlib.questions.looking_ahead import tables as ahead_tables
from sendlib.questions.looking_ahead import words as ahead_words
from sendlib.questions.looking_ahead.expected_children import TARGET
from sendlib.questions.looking_ahead.fitted_trend import Fitted
from sendlib.questions.looking_ahead.scenarios import NAMES, OWN, PLAIN_NAMES, PUBLISHED, Scenario
from sendlib.questions.looking_ahead.words import about, area_of, forecast, limits, now_two_ways, per_10000, unusable
from sendlib.store import Store
from sendlib.tables.population_england import BASES

STARTS_OWN = "Begin with the past growth, and a damping that ends as near as it can to the published high; then move either."
ENDS = "Lower and Higher are two possibilities that researchers published. Nobody knows which will be nearer."


def notes(
    store: Store, evidence: Evidence, area: Area, basis: str, ways: dict[str, Scenario], tables: dict[str, pd.DataFrame], others: Comparators | None,
    scenario: str, between: float, fitted: Fitted | None,
) -> list[Note]:  # fmt: skip
    """Definitions, cautions and the sentences of Look closer."""
    found = [Note("caution", text, brief=brief, plain=brief) for text, brief in (unusable(evidence), (_so_few(area), "")) if text]
    # In Families the sentence above begins with it.
    found.append(Note("gentle", ahead_words.GENTLE, about="fan", brief=ahead_words.GENTLE_IN_SHORT))
    found += [Note("definition", text) for text in _definitions(store, evidence, area, basis, between)]
    if scenario:
        found.append(_what_if(evidence, area, ways, scenario, tables["scenarios"]))
    if between != children.DEFAULT_SPREAD and area.code != ENGLAND:
        found.append(_apart(between))
    found.append(_lines(area))
    growth = ways[OWN].growth if OWN in ways else None
    found += [Note(f"solved {name}", _solved(evidence, name, growth)) for name in PUBLISHED]
    outlook, its_name = send_ahead.outlook(store, area.code), area_of(area) if area.code.startswith("E") else area.short_name
    found += [Note(f"shade {name}", send_ahead.shaded(outlook, series, its_name, send_ahead.level_of(area.code))) for name, series in send_ahead.SERIES.items()]
    found += [
        Note(f"tested {name}", text, about="backtest")
        for name in send_ahead.SERIES
        for text in (send_ahead.how_wrong(store, name), send_ahead.how_sure(store, name))
        if text
    ]
    beside = {
        "fitted": (*fitted.sentences, fitted_trend.LEGEND) if fitted else (),
        "backtest": (forecast(evidence),),
        "scenarios": (STARTS_OWN, _damping(evidence), *_about_the_scenarios(store, evidence, basis)),
        "populations": _about_the_population(store, evidence, ways, basis),
        "known": _known(evidence),
        "send": (send_ahead.summary(store, area.code, its_name),),
        "handover": _handover(store, evidence, area, tables["handover"]),
    }
    found += [Note("beside", text, about=table) for table, texts in beside.items() for text in texts]
    if others and others.caution:
        found.append(Note("definition", others.caution))
    return found


def _lines(area: Area) -> Note:
    """Whose rate the lines are, and whose children the numbers at their ends are."""
    whose = children.together(area)
    said = (
        "The numbers at the ends are children; the lines are children in every 10,000."
        if area.code == ENGLAND
        else f"The numbers of children at the ends are those of {whose}; the lines are England's rate."
    )
    return Note("lines", said, about="fan", plain=f"{ENDS} {said}")


def _apart(between: float) -> Note:
    """A spread between areas that the reader chose, which the ranges of every mode rest on."""
    text = f"The ranges allow for differences between areas of {percent(between, 0)}, as chosen; without a choice it is {children.DEFAULT_SPREAD}%."
    return Note("chosen", text, about="fan", brief=f"Ranges with area differences of {percent(between, 0)}, as chosen.", plain=text.replace("between areas", "between places"))


def _so_few(area: Area) -> str:
    if area.code not in children.GROUPED:
        return ""
    return f"{area.name} has so few children that a number for it alone would say nothing: this is {children.together(area)} together."


def _definitions(store: Store, evidence: Evidence, area: Area, basis: str, between: float) -> list[str]:
    first, last = evidence.first, evidence.last
    spread = children.spread_of(store, children.shared_out(store, evidence, basis, TARGET), area.code, between / 100)
    apart = f"differences between areas of {percent(100 * spread)} (a standard deviation, less for several areas together; a judgement that you can change)" if spread else "no differences between areas"
    whose = (
        "For England the range is the study's own published interval of the rate; scenarios that the study does not have get none, because chance alone would promise far too much."
        if area.code == ENGLAND
        else f"Ranges hold 95% limits of chance (exact Poisson), {apart} and, where the study gives one, its interval of the rate, combined by the square root of the"
        " sum of squares. Which of the scenarios comes true is a larger doubt than all of these."
    )
    regions = f" Authorities of a region whose rate is known are scaled to it ({len(evidence.of_regions())} of 9 regions)." if evidence.of_regions() else ""
    by = children.shared_out_by(store, evidence)
    closely = " Without rates by ethnic group and deprivation of all groups this follows the number of residents closely" if by.startswith("age") else ""
    return [
        f"{evidence.facts['definition']['text']} Rates are for England, April to March.",
        f"The children of an area are estimated: England's rates applied to its residents by {by}, scaled so that all areas together are England.{regions}"
        + (f"{closely}; published rates run from {_extremes(evidence)}." if closely else ""),
        children.residents_words(store, basis),
        whose,
        f"Between {first.year} and {last.year} the rate rose {last.per_10000 / first.per_10000:.2f} times, from {per_10000(first.per_10000)} to {per_10000(last.per_10000)} per 10,000{_times(first, last)}.",
    ]


def _times(first: Rate, last: Rate) -> str:
    return f" (the number of children rose {last.children / first.children:.2f} times)" if first.children and last.children else ""


def _extremes(evidence: Evidence) -> str:
    ranked = sorted(evidence.of("ethnicity").values(), key=lambda rate: rate.per_10000)
    if not ranked:
        return "group to group very differently"
    return f"{per_10000(ranked[0].per_10000)} to {per_10000(ranked[-1].per_10000)} per 10,000 between ethnic groups"


def _about_the_scenarios(store: Store, evidence: Evidence, basis: str) -> list[str]:
    held, last = children.rate_with_ages_held(store, evidence, basis), evidence.last
    low, high = (evidence.variant(name) for name in PUBLISHED)
    growth = paths.yearly_growth(last.per_10000, high["per_10000"], ahead_scenarios.years_ahead(evidence))
    said = evidence.facts["target"]["said"]
    young = evidence.of("age")["<1"].per_10000 == max(rate.per_10000 for rate in evidence.of("age").values()) and held < last.per_10000
    why = "because there are fewer children under 1, whose rate is the highest" if young else "because the ages of the residents change"
    return [
        f"{evidence.facts['variants_apart']['text']} {low['note']} The high one is growth of {percent(100 * growth)} a year from {last.year}. {high['note']}",
        f"'{NAMES['constant']}' keeps the rate of all ages together, {per_10000(last.per_10000)}. If the rate of each age band stayed as it was, it would be"
        + (f" about {held:.1f} in {said}, {why}." if abs(held - last.per_10000) >= 0.05 else f" the same in {said}."),
        *(f"'{NAMES[item['name']]}', {item['percent_a_year']:g}% a year: {item['note']}" for item in evidence.facts["growth"]),
    ]


def _what_if(evidence: Evidence, area: Area, ways: dict[str, Scenario], scenario: str, ends: pd.DataFrame) -> Note:
    """The chosen scenario in full, in a line for a shared screen, and in plain words where it may be told of in Families."""
    way = ways[scenario]
    end = ends[ends["scenario"].eq(way.label)].iloc[0]
    said, where = evidence.facts["target"]["said"], children.together(area)
    ranged = f" ({limits(end)})" if limits(end) else ""
    local = "" if area.code == ENGLAND else f" {area_of(area)}: {about(end['children'])}{ranged}."
    england = f"{about(end['england_children'])} children in England{ranged if area.code == ENGLAND else ''}"
    text = f"{way.told}: {way.end:.1f} in every 10,000 in {said}, which is {england}.{local} {way.advice}"
    grows = f" (growth {100 * way.growth:.3g}% a year, damping {way.damping:.3g})" if way.name == OWN and way.growth is not None else ""
    brief = f"{way.told}{grows}: {about(end['children'])} children.{'' if way.is_recommended else ' Not recommended.'}"
    return Note("what if", text, about="fan", brief=brief, plain=_what_if_plainly(ways, scenario, about(end["children"]), where, said))


def _what_if_plainly(ways: dict[str, Scenario], scenario: str, number: str, where: str, said: str) -> str:
    """The chosen scenario for Families; why it is not shown where it is a reader's own and steeper than any study."""
    way = ways[scenario]
    if scenario in PUBLISHED or not way.is_recommended:
        return ""
    if scenario == OWN and ahead_scenarios.above_the_published(ways):
        return (
            "The path that was chosen rises above the higher share that researchers published. It is not shown here, because no research stands"
            " behind so steep a rise, and it could worry families for no reason. Explore shows it."
        )
    grows = f" ({ahead_scenarios.how_it_grows(way.growth, way.damping)})" if scenario == OWN and way.growth is not None and way.damping is not None else ""
    return f"{PLAIN_NAMES[scenario]}{grows}, it could be {number} children in {where} by {said}."


def _about_the_population(store: Store, evidence: Evidence, ways: dict[str, Scenario], basis: str) -> list[str]:
    low, last = ways["published-low"], evidence.last
    people = {name: float(children.england(store).loc[name, TARGET, "0-19"]) for name in BASES}
    then = float(children.residents_then(store, last.begins)["0-19"])
    newest = next(iter(BASES))
    numbers = {name: low.end * number / 10_000 for name, number in people.items()}
    footing = last.per_10000 * then / 10_000
    rate_moves, people_move = abs(low.end / last.per_10000 - 1), abs(people[newest] / then - 1)
    as_much = "the population matters as much as the rate" if people_move >= rate_moves else "the population matters less than the rate"
    lines = [
        f"At the low end {as_much}: the published low rate is {_moved(low.end / last.per_10000)} that of"
        f" {last.year}, and ONS now projects a number of people aged 0 to 19 in 2030 that is {_moved(people[newest] / then)} that of {last.begins}."
        f" Together that is {written(100 * (numbers[newest] / footing - 1), 1, signed=True)}%. With the low rate England would have"
        f" {children.said(min(numbers.values()), ENGLAND)} to {children.said(max(numbers.values()), ENGLAND)} children, depending on the projection chosen.",
        _at_least(evidence, people[newest]),
    ]
    if last.children:
        lines.append(
            f"The study's own rate rests on {last.children / last.per_10000 / 100:.2f} million people, {_moved(last.children / footing)} what ONS has for"
            f" {last.begins}; numbers here are rates on ONS' residents."
        )
    estimate, projected = now_two_ways(store, basis)
    lines.append(
        f"ONS estimates {estimate / 1e6:.2f} million people aged 0 to 19 in {children.now(store)}; {children.projection(basis)} had {projected / 1e6:.2f} million"
        f" for that day. So that {children.now(store)} and 2030 can be compared, both are taken from the projection."
    )
    return lines


def _at_least(evidence: Evidence, people: float) -> str:
    """What was said in 2020 of its own count and low rate, against the newest projection."""
    fact = evidence.facts["at_least"]
    implied = fact["counted"] * (1 + fact["percent"] / 100) / fact["low"] / 100
    now = 100 * (fact["low"] * people / 10_000 / fact["counted"] - 1)
    follows = "no longer follows" if now < fact["percent"] else "still follows"
    return (
        f"'At least {fact['percent']}% more children', said in 2020, {follows}: it needs {implied:.2f} million people aged 0 to 19 in 2030."
        f" ONS now projects {people / 1e6:.2f} million, which with the low rate is {written(now, 1, signed=True)}% against the {written(fact['counted'])}"
        f" counted in {fact['counted_year']}."
    )


def _moved(ratio: float) -> str:
    """`0.9% above` or `1.1% below`."""
    return f"{percent(abs(100 * (ratio - 1)))} {'above' if ratio >= 1 else 'below'}"


def _damping(evidence: Evidence) -> str:
    """One plain sentence on what damping does."""
    growth, high = ahead_scenarios.past_growth(evidence), evidence.variant("published-high")["per_10000"]
    said = f"The rate {'grew' if growth >= 0 else 'fell'} by {percent(abs(100 * growth))} a year from {evidence.first.year} to {evidence.last.year}"
    try:
        kept = ahead_scenarios.damping_to(evidence, "published-high", growth)
    except NoSuchPath:
        return f"{said}; however fast that dies away, it does not end at the published high of {high:g}."
    return f"{said}; if each year keeps {kept:.2f} of the growth of the year before, it ends at the published high of {high:g} in {evidence.facts['target']['said']}."


def _solved(evidence: Evidence, name: str, growth: float | None) -> str:
    """The damping that reproduces a published end with the reader's growth or the past one, also as textbooks count it."""
    end = evidence.variant(name)["per_10000"]
    rise = ahead_scenarios.past_growth(evidence) if growth is None else growth
    whose = "the past growth" if growth is None else "your growth"
    try:
        here = ahead_scenarios.damping_to(evidence, name, rise)
    except NoSuchPath as error:
        return f"{NAMES[name]}, {end:g}, with {whose} of {percent(100 * rise)} a year: {error}"
    textbook = []
    for words, by_amount in (("by a percentage", False), ("by the past amount a year", True)):
        try:
            found = ahead_scenarios.damping_of_a_slope(evidence, name) if by_amount else ahead_scenarios.damping_to(evidence, name, rise, from_the_first=True)
        except NoSuchPath:
            continue
        textbook.append(f"{found:.3f} {words}")
    also = f" Where the first year is damped as well, as in textbooks, it is {', and '.join(textbook)}." if textbook else ""
    return f"{NAMES[name]}, {end:g}: {whose} of {percent(100 * rise)} a year ends there with a damping of {here:.3f}.{also}"


def _known(evidence: Evidence) -> list[str]:
    """Which groups are only partly known: the shipped file has the two ends of the ethnic groups and two groups of diagnoses."""
    parts = []
    if 0 < len(evidence.of("ethnicity")) <= 2:
        parts.append("only the highest and the lowest rate of the ethnic groups")
    if 0 < len(evidence.of("diagnosis")) <= 2:
        parts.append("only the two largest groups of diagnoses")
    said = " and ".join(parts)
    return [f"{said[:1].upper()}{said[1:]} could be read; the others are not available."] if parts else []


def _handover(store: Store, evidence: Evidence, area: Area, table: pd.DataFrame) -> list[str]:
    rate, _ = ahead_tables.handover_rate(store, evidence)
    whole, when = table.iloc[0], children.now(store)
    low, high = whole["with_the_low_rate"], whole["with_the_high_rate"]
    adults = evidence.facts["young_adults"]
    said = [
        f"Of those who turn 18 in the years {whole['turning_18'].split(',')[0]}, {_from_to(low, high)} could have a life-limiting condition and move to adult services:"
        f" {_by_chance(low, whole['chance_with_the_low_rate'])} with the published low rate, {_by_chance(high, whole['chance_with_the_high_rate'])} with the high one"
        + (". Limits of chance alone are not given: they would promise far too much for England." if area.code == ENGLAND else " (95% limits of chance alone, exact Poisson)."),
        f"These are young people who were children here in {when} and turn 18 by 2030, if nobody moves.",
    ]
    if low == high and low[0].isdigit():
        said.append("The two rates give the same number once it is rounded to 5: with so few, chance matters far more than which rate comes true.")
    if len(table) == 1:
        said.append("Single years are not given: so few young people turn 18 here each year that chance, and rounding, would be all that one sees.")
    if "16-19" in evidence.of("age"):
        said.append(f"The part with a life-limiting condition takes the rate at ages 16 to 19, {per_10000(rate)} in every 10,000.")
    else:
        teens = evidence.facts["older_teenagers"]
        said.append(
            f"The part with a life-limiting condition takes the rate of all aged 1 to 19 ({rate:.1f} in every 10,000), because no rate at 16 to 19 could be read."
            f" In an earlier series, in {teens['year']}, that rate was {written(100 * teens['per_10000'] / teens['all_ages'])}% of the rate at all ages, and it was"
            " rising fastest: these numbers are likely to be on the high side."
        )
    if area.code != ENGLAND and (evidence.of_regions() or not children.shared_out_by(store, evidence).startswith("age")):
        said.append("It is England's rate: rates of regions or groups, by which the numbers above are shared out, are not used here.")
    said.append(
        f"In England the number aged 14 to 25 rose from {written(adults['first'])} in {adults['first_year']} to {written(adults['last'])} in {adults['last_year']}"
        f" ({written(100 * (adults['last'] / adults['first'] - 1), 0, signed=True)}%), so adult services meet more of them."
    )
    return said


def _from_to(low: str, high: str) -> str:
    """`about 90 to 105`, `up to 15` or `fewer than 10`."""
    if not low[0].isdigit():
        return low if low == high else f"up to {high}"
    return f"about {low}" if low == high else f"about {low} to {high}"


def _by_chance(number: str, limits_: str) -> str:
    return f"{number} ({limits_})" if limits_ else number
