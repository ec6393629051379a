"""What Looking ahead says: title, sentences, figures, caveats and notes, all from the numbers."""

from __future__ import annotations

import math

import pandas as pd

from sendlib.areas import ENGLAND, Area
from sendlib.catalogue.life_limiting import Evidence, Rate
from sendlib.methods import scenarios as paths
from sendlib.questions import comparators, fitted_trend, send_ahead
from sendlib.questions import expected_children as children
from sendlib.questions.ahead_tables import PUBLISHED
from sendlib.questions.answer import Figure, Headline, Note, listed, percent, written
from sendlib.questions.comparators import Comparators, known_areas
from sendlib.questions.expected_children import ESTIMATED, TARGET, Scenario
from sendlib.store import Store
from sendlib.tables.population_england import BASES
from sendlib.tables.symbols import LOW, VALUE

GENTLE = (
    "A life-limiting or life-threatening condition is a very serious health condition. A child who lives with one may need"
    " extra care, and so may the family."
)
LONGEST_NAME = 4
"""Words; a title has room for ten."""
COULD_CHANGE = (
    "Plans for children's palliative care, community nursing and short breaks, with a low and a high number instead of one.",
    "When to plan with adult services: those who turn 18 by 2030 are children today.",
    "What to ask local hospitals and hospices for: a local count would be worth more than any of these scenarios.",
)
PLAIN_CANNOT_TELL = (
    "How many children there are today. We found no count since 2017/18.",
    "Which child, or what care a family needs.",
    "What will really happen. These numbers say what could happen.",
)
PLAIN_COULD_CHANGE = (
    "Plans for nursing at home, short breaks and support for families.",
    "Planning early for young people who will soon be adults.",
)


def title(area: Area, name: str, ends: pd.DataFrame, said: str) -> str:
    """The children of the area, from the published low to the published high."""
    low, high = (written(_end(ends, variant)["children"]) for variant in PUBLISHED)
    if len(name.split()) > LONGEST_NAME:
        return f"Perhaps {low} to {high} children by {said}"
    return f"{_capital(name)}: perhaps {low} to {high} by {said}"


def _capital(name: str) -> str:
    return name[:1].upper() + name[1:]


def _end(ends: pd.DataFrame, name: str) -> dict[str, float]:
    row = ends[ends["scenario"].eq(children.NAMES[name])].iloc[0]
    return {column: row[column] for column in ("children", "range_from", "range_to", "england_children")}


def _about(number: float) -> str:
    return "fewer than 10" if math.isnan(number) else f"about {written(number)}"


def _between(low: dict[str, float], high: dict[str, float]) -> str:
    """`between about 410 and 515`."""
    first, last = low["children"], high["children"]
    return f"up to {written(last)}" if math.isnan(first) else f"between about {written(first)} and {written(last)}"


def headline(evidence: Evidence, name: str, code: str, now: float, ends: pd.DataFrame, basis: str) -> Headline:
    """The answer in three lengths."""
    low, high = (_end(ends, variant) for variant in PUBLISHED)
    rounded_now = children.rounded(now, code)
    last, said = evidence.last, evidence.facts["target"]["said"]
    rates = [variant["per_10000"] for variant in evidence.facts["variants"]]
    place = _capital(name)
    return Headline(
        families=f"{GENTLE} In {name} there may be {_about(rounded_now)} such children and young people today. By {said} it could be"
        f" {_between(low, high)}.",
        councillor=f"{place} could have {_between(low, high)} children and young people with a life-limiting condition in {said}; with"
        f" the rate last measured, in {last.year}, it would have {_about(rounded_now)} today.",
        analyst=f"{place} could have {_between(low, high)} children and young people aged 0 to 19 with a life-limiting condition in"
        f" {said}, if the published low ({rates[0]:g} per 10,000) or high ({rates[1]:g}) rate of England"
        f"{' comes true' if code == ENGLAND else ' holds here'} and the population follows {_the(basis)}; with the rate of"
        f" {last.year} ({last.per_10000:g}) it would have {_about(rounded_now)} now. These are modelled numbers, not a register.",
    )


def _the(basis: str) -> str:
    return f"the {BASES[basis]}"


def figures(store: Store, evidence: Evidence, code: str, now: float, ends: pd.DataFrame, basis: str) -> tuple[Figure, ...]:
    """Children now, and in the target year by the published low and high."""
    said = evidence.facts["target"]["said"]
    england_now = children.rounded(children.shared_out(store, evidence, basis, ESTIMATED).children(evidence.last.per_10000), ENGLAND)
    counted = f"{written(evidence.last.children)} were counted in {evidence.last.year}" if evidence.last.children else ""
    figures = [_figure(f"Children now, if the rate of {evidence.last.year} still holds", now, code, counted if code == ENGLAND else f"England {written(england_now)}")]
    for name, label in zip(PUBLISHED, (f"Children in {said}, published low", f"Children in {said}, published high"), strict=True):
        end = _end(ends, name)
        beside = "" if code == ENGLAND else f"; England {written(end['england_children'])}"
        figures.append(_figure(label, end["children"], code, f"{_limits(end, code)}{beside}"))
    return tuple(figures)


def _figure(label: str, number: float, code: str, comparison: str) -> Figure:
    value = number if math.isnan(number) else children.rounded(number, code)
    missing = math.isnan(value)
    return Figure(label, None if missing else value, "", comparison, status=LOW if missing else VALUE, decimals=0)


def _limits(end: dict[str, float], code: str) -> str:
    low = "fewer than 10" if math.isnan(end["range_from"]) else written(end["range_from"])
    return f"{low} to {written(end['range_to'])}, {'the published interval' if code == ENGLAND else 'with chance and local differences'}"


def cannot_tell(store: Store, evidence: Evidence) -> tuple[str, ...]:
    """What the page cannot tell."""
    missing = evidence.not_published()
    estimate, projected = _now_two_ways(store, next(iter(BASES)))
    return (
        f"How many children there are today: no count after {evidence.last.year} was found.",
        *(
            [
                f"What is not available here: {listed(missing)}. The study's full report has more of it, with figures of regions, and Together for"
                " Short Lives has numbers of smaller areas; neither could be read for this page. When somebody types them in, it uses them."
            ]
            if missing
            else []
        ),
        "Which child, how ill, or what care a family needs. Complexity is not measured.",
        _forecast_words(evidence),
        f"Whether now and 2030 are both {percent(100 * (estimate / projected - 1))} too low: ONS' newest estimate of residents stands that far above the"
        " projection that both are taken from.",
        send_ahead.how_wrong(store),
    )


def _now_two_ways(store: Store, basis: str) -> tuple[float, float]:
    """Residents aged 0 to 19 in mid-2024 as estimated, and as a projection had them."""
    return float(children.residents(store).to_numpy().sum()), float(children.england(store).loc[basis, ESTIMATED, "0-19"])


def _forecast_words(evidence: Evidence) -> str:
    earlier = forecast_of_2010(evidence)
    return (
        f"Whether the rate really rose so much. A forecast made in 2010 from an earlier series would have said {written(earlier[0])} to"
        f" {written(earlier[1])} in 10,000 for 2017/18; {evidence.last.per_10000:g} was reported, with another definition."
    )


def forecast_of_2010(evidence: Evidence) -> tuple[float, float]:
    """What somebody in 2010 would have said for the last measured year: the earlier series in a straight line, and by percentage."""
    earlier = evidence.facts["earlier_series"]
    first, last = int(earlier["first_year"][:4]), int(earlier["last_year"][:4])
    ahead = evidence.last.begins - last
    slope = paths.yearly_slope(earlier["first"], earlier["last"], last - first)
    growth = paths.yearly_growth(earlier["first"], earlier["last"], last - first)
    return float(paths.linear_path(earlier["last"], slope, 1, ahead)), float(paths.path(earlier["last"], growth, 1, ahead))


def notes(
    store: Store, evidence: Evidence, area: Area, basis: str, ways: dict[str, Scenario], ends: pd.DataFrame,
    others: Comparators | None, scenario: str, spread: float,
) -> list[Note]:  # fmt: skip
    """Definitions, what was chosen, the population, damping, the hand-over, the forecast of 2010 and SEND ahead."""
    first, last = evidence.first, evidence.last
    notes = [
        Note("definition", f"{evidence.facts['definition']['text']} {GENTLE}"),
        Note(
            "definition",
            f"{evidence.facts['target']['said']} is read as {evidence.facts['target']['year']}, {children.years_ahead(evidence)} years after"
            f" {last.year}; children are set against the residents of the middle of 2030.",
        ),
        Note(
            "definition",
            f"Children are shared out between areas by {children.shared_out_by(evidence, list(known_areas(store).authorities))}, then scaled so that all"
            f" authorities together are England. {children.residents_words(store, basis)} Ethnic group and deprivation matter and could not be taken into account: published rates run from"
            f" {_extremes(evidence)}.",
        ),
        Note(
            "definition",
            f"The likely range holds chance (exact Poisson limits) and differences between areas of {written(spread)}% (one standard deviation,"
            " a judgement; the differences of areas that are put together even out) and, for the published variants, the study's own interval,"
            " combined by the square root of the sum of squares. Which of the scenarios comes true is a larger doubt than all of these.",
        ),
    ]
    if area.code in children.GROUPED:
        notes.append(Note("caution", f"{area.name} has so few children that a number for it alone would say nothing: this is {children.together(area)} together."))
    if scenario:
        way = ways[scenario]
        end = ends[ends["scenario"].eq(way.label)].iloc[0]
        local = f" {_capital(children.together(area))}: {_about(end['children'])} ({_limits({name: end[name] for name in ('range_from', 'range_to')}, area.code)})."
        notes.append(
            Note(
                "what if",
                f"{way.label}: {way.end:.1f} in every 10,000 in {evidence.facts['target']['said']}, which is {_about(end['england_children'])}"
                f" children in England.{'' if area.code == ENGLAND else local}{' ' + way.advice if way.advice else ''}",
            )
        )
    notes += [Note("population", text) for text in _about_the_population(store, evidence, ways, basis)]
    counted_rise = _times(first, last)
    notes.append(Note("definition", f"Between {first.year} and {last.year} the rate rose {last.per_10000 / first.per_10000:.2f} times, from {first.per_10000:g} to {last.per_10000:g} per 10,000{counted_rise}."))
    notes.append(Note("damping", _damping_words(evidence)))
    teens = evidence.facts["older_teenagers"]
    notes.append(
        Note(
            "handover",
            "Young people who are children here in mid-2024 and turn 18 by 2030, if nobody moves. The part with a life-limiting condition takes the"
            " rate of all aged 1 to 19, because no rate at 16 to 19 could be read. In an earlier series, in"
            f" {teens['year']}, that rate was {written(100 * teens['per_10000'] / teens['all_ages'])}% of the rate at all ages, and it was rising fastest:"
            " these numbers are likely to be on the high side.",
        )
    )
    notes.append(Note("forecast", _forecast_words(evidence)))
    notes.append(Note("send", send_ahead.summary(store, area.code, _capital(comparators.the_region(area.name)) if area.code.startswith("E12") else area.short_name)))
    if evidence.can_be_fitted:
        notes.append(Note("fitted", fitted_trend.words(evidence)))
    if others and others.caution:
        notes.append(Note("definition", others.caution))
    return notes


def _times(first: Rate, last: Rate) -> str:
    return f" (the number of children rose {last.children / first.children:.2f} times)" if first.children and last.children else ""


def _extremes(evidence: Evidence) -> str:
    ranked = sorted(evidence.of("ethnicity").values(), key=lambda rate: rate.per_10000)
    if not ranked:
        return "group to group very differently"
    return f"{ranked[0].per_10000:g} to {ranked[-1].per_10000:g} per 10,000 between ethnic groups"


def _about_the_population(store: Store, evidence: Evidence, ways: dict[str, Scenario], basis: str) -> list[str]:
    england = children.england(store)
    low, last = ways["published-low"], evidence.last
    people = {name: float(england.loc[name, TARGET, "0-19"]) for name in BASES}
    then = float(children.residents_then(store, last.begins)["0-19"])
    newest = next(iter(BASES))
    numbers = {name: low.end * number / 10_000 for name, number in people.items()}
    footing = last.per_10000 * then / 10_000
    lines = [
        f"At the low end the population matters as much as the rate: the published low rate is {_moved(low.end / last.per_10000)} that of"
        f" {last.year}, and ONS now expects a number of people aged 0 to 19 in 2030 that is {_moved(people[newest] / then)} that of {last.begins}."
        f" Together that is {written(100 * (numbers[newest] / footing - 1), 1, signed=True)}%. With the low rate England would have"
        f" {written(min(numbers.values()))} to {written(max(numbers.values()))} children, depending on the projection chosen.",
    ]
    if last.children:
        needed = evidence.facts["at_least"]["percent"]
        implied = last.children * (1 + needed / 100) / low.end / 100
        lines.append(
            f"'At least {needed}% more children', said in 2020, no longer follows: it needs {implied:.2f} million people aged 0 to 19 in 2030."
            f" ONS now projects {people[newest] / 1e6:.2f} million, which with the low rate is"
            f" {written(100 * (numbers[newest] / last.children - 1), 1, signed=True)}% against the {written(last.children)} counted. The study's own"
            f" rate rests on {last.children / last.per_10000 / 100:.2f} million people, {percent(100 * (1 - last.children / footing))} fewer than ONS has for"
            f" {last.begins}; numbers here are rates on ONS' residents."
        )
    estimate, projected = _now_two_ways(store, basis)
    lines.append(
        f"ONS estimates {estimate / 1e6:.2f} million people aged 0 to 19 in mid-2024; {_the(basis)} had {projected / 1e6:.2f} million for that day."
        " So that now and 2030 can be compared, both are taken from the projection."
    )
    return lines


def _moved(ratio: float) -> str:
    """`0.9% above` or `1.1% below`."""
    return f"{percent(abs(100 * (ratio - 1)))} {'above' if ratio >= 1 else 'below'}"


def _damping_words(evidence: Evidence) -> str:
    first, last, ahead = evidence.first, evidence.last, children.years_ahead(evidence)
    past = last.begins - first.begins
    growth = paths.yearly_growth(first.per_10000, last.per_10000, past)
    slope = paths.yearly_slope(first.per_10000, last.per_10000, past)
    high = next(variant["per_10000"] for variant in evidence.facts["variants"] if variant["name"] == "published-high")
    straight, by_percentage = (float(f) for f in (paths.linear_path(last.per_10000, slope, 1, ahead), paths.path(last.per_10000, growth, 1, ahead)))
    said = (
        f"The rate grew by {percent(100 * growth)} a year from {first.year} to {last.year}. If that went on it would be {by_percentage:.1f} in"
        f" {evidence.facts['target']['said']} ({straight:.1f} in a straight line)."
    )
    try:
        here = paths.damping_that_reaches(high, last.per_10000, growth, ahead)
        book = [paths.damping_that_reaches(high, last.per_10000, rate, ahead, linear=linear, from_the_first=True) for rate, linear in ((slope, True), (growth, False))]
    except paths.NoSuchPath:
        return f"{said} No damping of that growth leads to the published high of {high:g}."
    return (
        f"{said} It ends at the published high of {high:g} if each year keeps {here:.2f} of the growth of the year before. Where the first year is"
        f" damped as well, as in textbooks, that is {book[1]:.3f}, and {book[0]:.3f} for a rise by the same amount a year."
    )
