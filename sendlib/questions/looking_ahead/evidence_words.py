"""What the scenarios, the populations and the published groups rest on, in sentences."""

from __future__ import annotations

import math

from sendlib.answer.numbers import capital, listed, percent, said, written
from sendlib.methods import scenarios as paths
from sendlib.methods.scenarios import NoSuchPath
from sendlib.questions.looking_ahead import expected_children as children
from sendlib.questions.looking_ahead import places, residents
from sendlib.questions.looking_ahead import scenarios as ahead_scenarios
from sendlib.questions.looking_ahead.residents import TARGET
from sendlib.questions.looking_ahead.scenarios import NAMES, PUBLISHED, Scenario
from sendlib.questions.looking_ahead.words import now_two_ways, per_10000
from sendlib.store import Store
from sendlib.tables.life_limiting import Evidence


def scenarios(store: Store, evidence: Evidence, basis: str) -> list[str]:
    """What the named scenarios rest on."""
    held, last = children.rate_with_ages_held(store, evidence, basis), evidence.last
    low, high = (evidence.variant(name) for name in PUBLISHED)
    growth = paths.yearly_growth(last.per_10000, high["per_10000"], ahead_scenarios.years_ahead(evidence))
    target = evidence.facts["target"]["said"]
    young = (
        evidence.of("age")["<1"].per_10000 == max(rate.per_10000 for rate in evidence.of("age").values())
        and held < last.per_10000
    )
    if math.isnan(held):
        would_be, why = " a number that is not available", ", since England's residents by age are not all known"
    elif abs(held - last.per_10000) < 0.05:
        would_be, why = " the same", ""
    else:
        would_be = f" about {held:.1f}"
        why = (
            ", because there are fewer children under 1, whose rate is the highest"
            if young
            else ", because the ages of the residents change"
        )
    return [
        f"{evidence.facts['variants_apart']['text']} {low['note']} The high one is growth of {percent(100 * growth)} a"
        f" year from {last.year}. {high['note']}",
        f"'{NAMES['constant']}' keeps the rate of all ages together, {per_10000(last.per_10000)}."
        f" If the rate of each age band stayed as it was, it would be{would_be} in {target}{why}.",
        *(
            f"'{NAMES[item['name']]}', {item['percent_a_year']:g}% a year: {item['note']}"
            for item in evidence.facts["growth"]
        ),
    ]


def damping(evidence: Evidence) -> str:
    """One plain sentence on what damping does."""
    growth, high = ahead_scenarios.past_growth(evidence), evidence.variant("published-high")["per_10000"]
    said = (
        f"The rate {'grew' if growth >= 0 else 'fell'} by {percent(abs(100 * growth))} a year from"
        f" {evidence.first.year} to {evidence.last.year}"
    )
    try:
        kept = ahead_scenarios.damping_to(evidence, "published-high", growth)
    except NoSuchPath:
        return f"{said}; however fast that dies away, it does not end at the published high of {high:g}."
    return (
        f"{said}; if each year keeps {kept:.2f} of the growth of the year before,"
        f" it ends at the published high of {high:g} in {evidence.facts['target']['said']}."
    )


def solved(evidence: Evidence, name: str, growth: float | None) -> str:
    """The damping that reproduces a published end with the reader's growth or the past one, also as textbooks count
    it."""
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
            found = (
                ahead_scenarios.damping_of_a_slope(evidence, name)
                if by_amount
                else ahead_scenarios.damping_to(evidence, name, rise, from_the_first=True)
            )
        except NoSuchPath:
            continue
        textbook.append(f"{found:.3f} {words}")
    also = (
        f" Where the first year is damped as well, as in textbooks, it is {', and '.join(textbook)}."
        if textbook
        else ""
    )
    return (
        f"{NAMES[name]}, {end:g}:"
        f" {whose} of {percent(100 * rise)} a year ends there with a damping of {here:.3f}.{also}"
    )


def populations(store: Store, evidence: Evidence, ways: dict[str, Scenario], basis: str) -> list[str]:
    """What the population does to the numbers, and which footing they stand on."""
    low, last = ways["published-low"], evidence.last
    people = {name: float(residents.england(store).loc[name, TARGET, "0-19"]) for name in residents.projections(store)}
    then = float(residents.then(store, last.begins)["0-19"])
    newest = people[residents.newest_projection(store)]
    footing = last.per_10000 * then / 10_000
    first = [_both_move(evidence, low, newest, then), _by_projection(store, low, people)]
    lines = [" ".join(said(first))]
    if not math.isnan(newest):
        lines.append(_at_least(evidence, newest))
    if last.children and not math.isnan(footing):
        lines.append(
            f"The study's own rate rests on {last.children / last.per_10000 / 100:.2f} million people,"
            f" {_moved(last.children / footing)} what ONS has for {last.begins}; numbers here are"
            " rates on ONS' residents."
        )
    estimate, projected = now_two_ways(store, basis)
    if math.isnan(estimate + projected):
        return lines
    lines.append(
        f"ONS estimates {estimate / 1e6:.2f} million people aged 0 to 19 in {residents.now(store)};"
        f" {residents.projection(basis)} had {projected / 1e6:.2f} million for that day. So that {residents.now(store)}"
        " and 2030 can be compared, both are taken from the projection."
    )
    return lines


def _both_move(evidence: Evidence, low: Scenario, newest: float, then: float) -> str:
    """Whether residents or the rate matter more at the low end: `newest` are those that ONS now projects for the target
    year, `then` those of the last measured one. Empty where either is not known."""
    if math.isnan(newest + then):
        return ""
    last = evidence.last
    as_much = (
        "the population matters as much as the rate"
        if abs(newest / then - 1) >= abs(low.end / last.per_10000 - 1)
        else "the population matters less than the rate"
    )
    together = 100 * (low.end * newest / (last.per_10000 * then) - 1)
    return (
        f"At the low end {as_much}: the published low rate is {_moved(low.end / last.per_10000)} that of {last.year},"
        f" and ONS now projects a number of people aged 0 to 19 in 2030 that is {_moved(newest / then)} that of"
        f" {last.begins}. Together that is {written(together, 1, signed=True)}%."
    )


def _by_projection(store: Store, low: Scenario, people: dict[str, float]) -> str:
    """England's children with the low rate from the lowest projection to the highest, and which could not be taken."""
    numbers = [low.end * number / 10_000 for number in people.values() if not math.isnan(number)]
    missing = [residents.projections(store)[name] for name, number in people.items() if math.isnan(number)]
    found = []
    if numbers:
        ends = list(dict.fromkeys(places.said(number, places.COARSE) for number in (min(numbers), max(numbers))))
        depending = ", depending on the projection chosen" if len(ends) > 1 else ""
        found.append(f"With the low rate England would have {' to '.join(ends)} children{depending}.")
    if missing:
        found.append(f"England's residents in 2030 are not available in: {listed(missing)}.")
    return " ".join(found)


def _at_least(evidence: Evidence, people: float) -> str:
    """What was said in 2020 of its own count and low rate, against the newest projection."""
    fact = evidence.facts["at_least"]
    implied = fact["counted"] * (1 + fact["percent"] / 100) / fact["low"] / 100
    now = 100 * (fact["low"] * people / 10_000 / fact["counted"] - 1)
    follows = "no longer follows" if now < fact["percent"] else "still follows"
    return (
        f"'At least {fact['percent']}% more children', said in 2020, {follows}: it needs {implied:.2f} million people"
        f" aged 0 to 19 in 2030. ONS now projects {people / 1e6:.2f} million, which with the low rate is"
        f" {written(now, 1, signed=True)}% against the {written(fact['counted'])} counted in {fact['counted_year']}."
    )


def _moved(ratio: float) -> str:
    """`0.9% above` or `1.1% below`."""
    return f"{percent(abs(100 * (ratio - 1)))} {'above' if ratio >= 1 else 'below'}"


def known(evidence: Evidence) -> str:
    """Which groups are only partly known: the shipped file has the two ends of the ethnic groups and two groups of
    diagnoses."""
    parts = []
    if 0 < len(evidence.of("ethnicity")) <= 2:
        parts.append("only the highest and the lowest rate of the ethnic groups")
    if 0 < len(evidence.of("diagnosis")) <= 2:
        parts.append("only the two largest groups of diagnoses")
    said = " and ".join(parts)
    return f"{capital(said)} could be read; the others are not available." if parts else ""
