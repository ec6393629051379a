"""The title and the sentence of Looking ahead: both published scenarios, or first the one that was chosen.

The published low and high rate are two scenarios and no interval, so their numbers are joined by "or".
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import pandas as pd

from sendlib.answer import Text
from sendlib.answer.numbers import capital, written
from sendlib.areas import ENGLAND, Area
from sendlib.questions.looking_ahead import expected_children as children
from sendlib.questions.looking_ahead import places, residents
from sendlib.questions.looking_ahead import scenarios as ahead_scenarios
from sendlib.questions.looking_ahead.choices import POPULATION, Chosen
from sendlib.questions.looking_ahead.fitted_trend import Fitted
from sendlib.questions.looking_ahead.place_rates import AGE, ETHNICITY, FLAT
from sendlib.questions.looking_ahead.places import FEW
from sendlib.questions.looking_ahead.scenarios import OWN, PLAIN_NAMES, PUBLISHED, Scenario
from sendlib.questions.looking_ahead.words import GENTLY, about, end_of, per_10000
from sendlib.tables.life_limiting import Evidence

MOST_WORDS = 10
_LONG_NAME = 10
"""Words of a name that leave no room for the rest of a sentence."""
_MOST_LETTERS = 68
"""Of a title on a shared screen, which has one line for it."""
_IN_TITLES = {
    "published-low": "published low rate",
    "published-high": "published high rate",
    "wales-like": "growth as in Wales",
    "linear": "straight-line trend",
    "percent": "trend by percentage",
    OWN: "your own growth",
}
_PLAINLY_IN_TITLES = {"published-low": "lower share", "published-high": "higher share", OWN: "growth as chosen"}
_RATES = {"published-low": "low", "published-high": "high"}
_SHARES = {"published-low": "lower", "published-high": "higher"}


@dataclass(frozen=True)
class Ahead:
    """What title and sentence are made of: the area, all scenarios and where they end, and what was chosen.

    `why_unknown` says why the area's children in the target year can not be given, as a sentence ends; empty where they
    can."""

    evidence: Evidence
    area: Area
    chosen: Chosen
    ways: dict[str, Scenario]
    ends: pd.DataFrame
    why_unknown: str = ""

    @property
    def said(self) -> str:
        """The target year as it is called."""
        return str(self.evidence.facts["target"]["said"])

    @property
    def name(self) -> str:
        """Whose number it is: a tiny area's is that of two together."""
        return places.together(self.area)

    @property
    def for_families(self) -> str:
        """The chosen scenario where Families may read of it, else none."""
        scenario = self.chosen.scenario
        return scenario if scenario and ahead_scenarios.for_families(self.ways, scenario) else ""

    def number(self, scenario: str) -> float:
        """The children of a scenario; not a number where they are fewer than ten."""
        return float(end_of(self.ends, scenario)["children"])

    def about(self, scenario: str) -> str:
        """The same in words: `about 365`."""
        return about(self.number(scenario))


def title(ahead: Ahead) -> Text:
    """Whose number, when, and the number, in ten words; with what was chosen where there is room."""
    if ahead.why_unknown:
        return Text(f"Not available for {ahead.name}")
    scenario, plain = ahead.chosen.scenario, ahead.for_families
    return Text(
        _title(ahead, scenario, _IN_TITLES),
        show=_title_on_a_wall(ahead, scenario),
        families=_title(ahead, plain, {**_IN_TITLES, **_PLAINLY_IN_TITLES}),
    )


def _title(ahead: Ahead, scenario: str, called: dict[str, str]) -> str:
    whose, together = f"{capital(ahead.name)} {ahead.said}", bool(places.taken_together(ahead.area))
    if not scenario:
        number = _either(ahead)
        if together:
            # Two names leave no room for a noun: the question above has it.
            return f"{whose}: {number}"
        with_conditions = f"{number} children with life-limiting conditions"
        return _that_fits(f"{whose}: perhaps {with_conditions}", f"Perhaps {with_conditions} by {ahead.said}")
    held = called.get(
        scenario, f"{'share' if called['published-low'] == 'lower share' else 'rate'} as in {ahead.evidence.last.year}"
    )
    few = math.isnan(ahead.number(scenario))
    number = FEW if few else written(ahead.number(scenario))
    perhaps = number if few else f"perhaps {number}"
    if together:
        return f"{whose}: {number if few else f'about {number} children'}"
    return _that_fits(f"{whose}, {held}: {perhaps} children", f"{capital(held)}: {perhaps} children by {ahead.said}")


def _title_on_a_wall(ahead: Ahead, scenario: str) -> str:
    """The same in a line of a shared screen, over which the area's name stands already; a tiny area's number is of two
    areas, which it then names."""
    if places.taken_together(ahead.area):
        return _title(ahead, scenario, _IN_TITLES)
    if scenario:
        held = _IN_TITLES.get(scenario, f"rate as in {ahead.evidence.last.year}")
        few = math.isnan(ahead.number(scenario))
        number = FEW if few else f"perhaps {written(ahead.number(scenario))}"
        return f"{ahead.said}, {held}: {number} children"
    whom, number = "with life-limiting conditions", _either(ahead)
    title = f"{ahead.said}: perhaps {number} children {whom}"
    return title if len(title) <= _MOST_LETTERS else f"Perhaps {number} {whom} by {ahead.said}"


def _that_fits(*titles: str) -> str:
    """The first that is short enough, or the last."""
    return next((words for words in titles if len(words.split()) <= MOST_WORDS), titles[-1])


def _either(ahead: Ahead) -> str:
    """`410 or 515`, by the published low and high; one number where both are the same, `up to 15` or `fewer than 10`
    where they are as few."""
    low, high = sorted((ahead.number(name) for name in PUBLISHED), key=lambda number: (not math.isnan(number), number))
    if math.isnan(high):
        return FEW
    if math.isnan(low):
        return f"up to {written(high)}"
    return written(high) if low == high else f"{written(low)} or {written(high)}"


def headline(ahead: Ahead, now: float, when: str, fitted: Fitted | None) -> Text:
    """The answer in three lengths; `now` is the children of the mid-year `when`, of whom nothing is said where they are
    not known."""
    if ahead.why_unknown:
        return _unknown(ahead)
    number = "" if math.isnan(now) else about(places.rounded(now, places.step_of(ahead.area)))
    # The projection that nobody chose is named in Explore only; one that was chosen acts in every mode, so each names
    # it.
    chosen = ahead.chosen.basis != ahead.chosen.offered[POPULATION.name].default
    trend, trend_below = (f" {capital(fitted.short)}{end}" if fitted else "" for end in (".", " (see Look closer)."))
    by, plainly = _by_rates(ahead)
    return Text(
        explore=f"{_explore(ahead, number, when)}{trend_below}{by} These are modelled numbers,"
        f" {children.not_counted(ahead.area.code)}, and no register.",
        show=f"{_show(ahead, number, when, chosen)}{by} {capital(children.not_counted(ahead.area.code))}.{trend}",
        families=f"{GENTLY} {_families(ahead, number, when, chosen)}{plainly} These numbers are"
        f" {children.not_counted(ahead.area.code)}.",
    )


def _by_rates(ahead: Ahead) -> tuple[str, str]:
    """Rates for the place that a reader chose, which act in every mode, so each names them; England has no other number
    by them."""
    if ahead.area.code == ENGLAND:
        return "", ""
    return {
        AGE: ("", ""),
        FLAT: (" It is one rate for all ages, as chosen.", " We used one share for all ages, as chosen."),
        ETHNICITY: (
            " England's rate is taken times the ratio of older rates by ethnic group, as chosen.",
            " We used older shares for each ethnic group, as chosen.",
        ),
    }[ahead.chosen.rates]


def _unknown(ahead: Ahead) -> Text:
    """What is said where an area's children are not known: why, and what could be of England."""
    said, why = ahead.said, ahead.why_unknown
    low, high = (float(end_of(ahead.ends, name)["england_children"]) for name in PUBLISHED)
    rates = " or ".join(per_10000(ahead.ways[name].end) for name in PUBLISHED)
    if math.isnan(low) or math.isnan(high):
        england = plainly = f" The published rates for England in {said} are {rates} in every 10,000."
    else:
        england = f" England could have {about(low)} by the published low rate, or {about(high)} by the high one."
        plainly = (
            f" With the lower share that researchers set out for England it could be {about(low)} in all of"
            f" England by {said}. With the higher one it could be {about(high)}."
        )
    whom = "children and young people aged 0 to 19 with a life-limiting condition"
    return Text(
        f"How many {whom} {ahead.name} could have in {said} is not available, because {why}.{england}",
        families=f"{GENTLY} How many such children and young people there could be {places.within(ahead.area)} by"
        f" {said} is not available, because {why}.{plainly}",
    )


def _explore(ahead: Ahead, now: str, when: str) -> str:
    last, scenario = ahead.evidence.last, ahead.chosen.scenario
    with_the_last = f"ith the rate of {last.year} ({per_10000(last.per_10000)}), the last measured,"
    first = scenario or PUBLISHED[0]
    begins = (
        f"{capital(ahead.name)} could have {ahead.about(first)} children and young people aged 0 to 19 with a"
        f" life-limiting condition in {ahead.said} if {_condition(ahead, first)}"
    )
    projected = f"the population follows {residents.projection(ahead.chosen.basis)}"
    if scenario in ("", *PUBLISHED):
        other = next(name for name in PUBLISHED if name != first)
        rate = f"the {_RATES[other]} one ({per_10000(ahead.ways[other].end)}) does"
        had = f" W{with_the_last} it would have had {now} in {when}." if now else ""
        return f"{begins}, or {ahead.about(other)} if {rate}, and if {projected}.{had}"
    low, high = (ahead.about(name) for name in PUBLISHED)
    had = f"; w{with_the_last} it would have had {now} in {when}" if now else ""
    return (
        f"{begins}, and if {projected}. With the published low rate it could have {low}, with the high one {high}{had}."
    )


def _show(ahead: Ahead, now: str, when: str, chosen: bool) -> str:
    last, scenario = ahead.evidence.last, ahead.chosen.scenario
    with_other = f" with {residents.projection(ahead.chosen.basis)}" if chosen else ""
    published = _either(ahead)
    published = published if published == FEW or published.startswith("up to") else f"about {published}"
    whom = f"children and young people with a life-limiting condition in {ahead.said}"
    then = f"; with the rate of {last.year}, the last measured, {now} in {when}." if now else "."
    if not scenario:
        return (
            f"{capital(ahead.name)} could have {published} {whom}, by the published low or high rate{with_other}{then}"
        )
    begins = f"{capital(ahead.name)} could have {ahead.about(scenario)} {whom} if {_shortly(ahead, scenario)}"
    if scenario in PUBLISHED:
        other = next(name for name in PUBLISHED if name != scenario)
        return f"{begins}, or {ahead.about(other)} if the {_RATES[other]} one does{with_other}{then}"
    return f"{begins}{with_other}; by the published low or high rate {published}{then}"


def _families(ahead: Ahead, now: str, when: str, chosen: bool) -> str:
    scenario = ahead.for_families
    with_other = f" That is with {residents.projection(ahead.chosen.basis)}." if chosen else ""
    where = capital(places.within(ahead.area))
    begins = (
        f"{where} there may have been {now} such children and young people in {when}."
        if len(where.split()) <= _LONG_NAME
        else f"Here is what we know of {places.together(ahead.area)}. There may have been {now} such children and young"
        f" people in {when}."
        if now
        else f"How many such children and young people there were {places.within(ahead.area)} in {when} is not"
        " available."
    )
    first = scenario if scenario in PUBLISHED else PUBLISHED[0]
    other = next(name for name in PUBLISHED if name != first)
    published = (
        f"If the {_SHARES[first]} share that researchers set out for England {_holds(ahead)}, it could be"
        f" {ahead.about(first)} by {ahead.said}. If the {_SHARES[other]} one does, it could be {ahead.about(other)}."
        f"{with_other}"
    )
    if not scenario or scenario in PUBLISHED:
        return f"{begins} {published}"
    grows = _grows(ahead.ways[scenario])
    told = f"{PLAIN_NAMES[scenario]}{f' ({grows})' if grows else ''}, it could be {ahead.about(scenario)}"
    low, high = (ahead.about(name) for name in PUBLISHED)
    return (
        f"{begins} {told} by {ahead.said}. With the lower share that researchers set out for England it could be"
        f" {low}. With the higher one it could be {high}.{with_other}"
    )


def _holds(ahead: Ahead) -> str:
    """What has to become of England's rate; by ethnic group a place has another than England's."""
    return "comes true" if ahead.area.code == ENGLAND or ahead.chosen.rates == ETHNICITY else "holds here"


def _condition(ahead: Ahead, scenario: str) -> str:
    """What has to come true for a scenario, after an "if"."""
    evidence, way = ahead.evidence, ahead.ways[scenario]
    ends = f"to {way.end:.1f} per 10,000"
    if scenario in PUBLISHED:
        return f"the published {_RATES[scenario]} rate of England ({per_10000(way.end)} per 10,000) {_holds(ahead)}"
    if scenario == "constant":
        return f"England's rate stays at the {per_10000(way.end)} per 10,000 of {evidence.last.year}"
    if scenario == OWN:
        return f"England's rate moves as you chose ({_grows(way)}) {ends}"
    if scenario == "wales-like":
        return f"England's rate grows by {100 * (way.growth or 0):g}% a year, as numbers did in Wales, {ends}"
    return f"{_shortly(ahead, scenario)}, {ends}"


def _shortly(ahead: Ahead, scenario: str) -> str:
    """The same in few words; of a line for reference it says that it is not recommended."""
    first, last = ahead.evidence.first.year, ahead.evidence.last.year
    goes_on = f"the trend of {first} to {last} goes on"
    own = ahead.ways[OWN] if scenario == OWN else None
    return {
        "constant": f"the rate stays as in {last}",
        "published-low": "the published low rate holds",
        "published-high": "the published high rate holds",
        "wales-like": "the rate grows as numbers did in Wales",
        "linear": f"{goes_on} in a straight line (not recommended)",
        "percent": f"{goes_on} by the same percentage (not recommended)",
        OWN: f"the rate moves as you chose (growth {100 * (own.growth or 0):.3g}%, damping {own.damping:g})"
        if own
        else "",
    }[scenario]


def _grows(way: Scenario) -> str:
    """A reader's own growth and damping; empty for the other scenarios."""
    if way.name != OWN or way.growth is None or way.damping is None:
        return ""
    return ahead_scenarios.how_it_grows(way.growth, way.damping)
