"""What Looking ahead says first: title, sentences, figures and caveats, all from the numbers. ahead_notes.py has the rest."""

from __future__ import annotations

import math

import pandas as pd

from sendlib.areas import ENGLAND, Area
from sendlib.catalogue.life_limiting import Evidence
from sendlib.methods import scenarios as paths
from sendlib.questions.answer import Figure, Headline, listed, percent, written
from sendlib.questions.looking_ahead import expected_children as children
from sendlib.questions.looking_ahead import send_ahead
from sendlib.questions.looking_ahead.expected_children import DEFAULT_POPULATION, LATER
from sendlib.questions.looking_ahead.fitted_trend import Fitted
from sendlib.questions.looking_ahead.scenarios import NAMES, PUBLISHED
from sendlib.store import Store
from sendlib.tables.symbols import LOW, VALUE

GENTLE = (
    "A life-limiting or life-threatening condition is a very serious health condition. A child who lives with one may need"
    " extra care, and so may the family."
)
GENTLE_IN_SHORT = "A life-limiting condition is a very serious health condition that may need extra care."
"""The same for a shared screen, in one line."""
COULD_CHANGE = (
    "Plans for children's palliative care, community nursing and short breaks, with a low and a high number instead of one.",
    "When to plan with adult services: those who turn 18 by 2030 are children today.",
    "What to ask local hospitals and hospices for: a local count would be worth more than any of these scenarios.",
)
PLAIN_COULD_CHANGE = (
    "Plans for nursing at home, short breaks and support for families.",
    "Planning early for young people who will soon be adults.",
)


def title(name: str, ends: pd.DataFrame, said: str) -> str:
    """The children of the area, from the published low to the published high, in ten words."""
    low, high = (_end(ends, variant)["children"] for variant in PUBLISHED)
    number = f"{written(low)} to {written(high)}" if not math.isnan(low) else f"up to {written(high)}"
    if len(name.split()) > 1:  # the area is named above and in the sentence; a title has room for ten words
        return f"Perhaps {number} children with life-limiting conditions by {said}"
    return f"{capital(name)} {said}: perhaps {number} children with life-limiting conditions"


def capital(name: str) -> str:
    """`The North East`."""
    return name[:1].upper() + name[1:]


def per_10000(rate: float) -> str:
    """A rate as it is published: `66.4`, `84.22`; one that was worked out has no more figures than those."""
    return f"{round(rate, 2):g}"


def _end(ends: pd.DataFrame, name: str) -> pd.Series:
    return ends[ends["scenario"].eq(NAMES[name])].iloc[0]


def about(number: float) -> str:
    """`about 365`."""
    return "fewer than 10" if math.isnan(number) else f"about {written(number)}"


def _between(ends: pd.DataFrame) -> str:
    """`between about 410 and 515`, in their order."""
    first, last = sorted((float(_end(ends, name)["children"]) for name in PUBLISHED), key=lambda number: -1 if math.isnan(number) else number)
    return f"up to {written(last)}" if math.isnan(first) else f"between about {written(first)} and {written(last)}"


def headline(evidence: Evidence, name: str, code: str, now: tuple[float, str], ends: pd.DataFrame, basis: str, fitted: Fitted | None) -> Headline:
    """The answer in three lengths; `now` is the children of the newest mid-year, and which one."""
    number, when = children.rounded(now[0], code), now[1]
    last, said = evidence.last, evidence.facts["target"]["said"]
    low, high = (evidence.variant(variant)["per_10000"] for variant in PUBLISHED)
    place = capital(name)
    comes_true = "comes true" if code == ENGLAND else "holds here"
    # The projection that nobody chose is named in Explore only; one that was chosen acts in every mode, so each names it.
    other = "" if basis == DEFAULT_POPULATION else children.projection(basis)
    trend = f" {capital(fitted.short)}." if fitted else ""
    return Headline(
        families=f"{GENTLE} In {name} there may have been {about(number)} such children and young people in {when}. If the lower or the higher share that"
        f" researchers set out for England {comes_true}{f', with {other}' if other else ''}, it could be {_between(ends)} by {said}. These numbers are {children.not_counted(code)}.",
        councillor=f"{place} could have {_between(ends)} children and young people with a life-limiting condition in {said}, by the published low and"
        f" high rate{f' and {other}' if other else ''}; with the rate of {last.year}, the last measured, {about(number)} in {when}."
        f" {capital(children.not_counted(code))}.{trend}",
        analyst=f"{place} could have {_between(ends)} children and young people aged 0 to 19 with a life-limiting condition in"
        f" {said}, if the published low ({low:g} per 10,000) or high ({high:g}) rate of England"
        f" {comes_true} and the population follows {children.projection(basis)}; with the rate of"
        f" {last.year} ({per_10000(last.per_10000)}) it would have had {about(number)} in {when}.{trend[:-1] + ' (see Look closer).' if trend else ''}"
        f" These are modelled numbers, {children.not_counted(code)}, and no register.",
    )


def figures(store: Store, evidence: Evidence, code: str, now: float, ends: pd.DataFrame, basis: str) -> tuple[Figure, ...]:
    """Children at the newest mid-year, and in the target year by the published low and high."""
    said, when, year, national = evidence.facts["target"]["said"], children.now(store), evidence.last.year, code == ENGLAND
    england_now = children.rounded(children.shared_out(store, evidence, basis, children.estimated(store)).children(evidence.last.per_10000), ENGLAND)
    counted = f"{written(evidence.last.children)} were counted in {year}" if evidence.last.children else ""
    beside = counted if national else f"England {written(england_now)}"
    later, was = children.said(children.shared_out(store, evidence, LATER, children.estimated(store)).children(evidence.last.per_10000, code), code), children.said(now, code)
    found = [
        _figure(
            f"Children in {when}, if the rate of {year} still held", now, code, beside,
            detail=f"With the residents that ONS had projected for {when}; with its later estimate of them it would be {later if later != was else 'the same'}.",
            brief="; ".join(part for part in (beside, f"{later if later != was else 'the same'} with ONS' later estimate of residents") if part),
            plain_label=f"Children in {when}, if the share was still that of {year}",
        )
    ]  # fmt: skip
    for name in PUBLISHED:
        end, which, rate = _end(ends, name), name.removeprefix("published-"), evidence.variant(name)
        whole = "" if national else f"England {written(end['england_children'])}"
        found.append(
            _figure(
                f"Children in {said}, with the published {which} rate", end["children"], code, ". ".join(part for part in (limits(end), whole) if part),
                brief="; ".join(part for part in (limits(end).replace("differences between areas", "area differences").replace("published ", ""), whole) if part),
                plain_label=f"Children in {said}, with the {which}er share",
                plain=f"From {span(end)}, if the rate is {rate['low']:g} to {rate['high']:g} in every 10,000, as researchers gave"
                if national
                else f"From {span(end)}, allowing for {_plainly(end['range_holds'])}",
            )
        )  # fmt: skip
    return tuple(found)


def _plainly(range_holds: str) -> str:
    return range_holds.replace("differences between areas", "differences between places").replace("the study's published interval", "what researchers were unsure of")


def _figure(
    label: str, number: float, code: str, comparison: str, *, detail: str = "", brief: str = "", plain_label: str = "", plain: str = ""
) -> Figure:
    value = number if math.isnan(number) else children.rounded(number, code)
    missing = math.isnan(value)
    return Figure(
        label, None if missing else value, "", comparison, status=LOW if missing else VALUE, decimals=0, detail=detail, brief=brief, plain_label=plain_label,
        plain=plain, table="population_chosen",
    )  # fmt: skip


def span(end: pd.Series) -> str:
    """`285 to 450`; empty where there is nothing to give."""
    if not end["range_holds"]:
        return ""
    low, high = (end["range_from"], end["range_to"]) if "range_from" in end else (end["published_from"], end["published_to"])
    return f"{'fewer than 10' if math.isnan(low) else written(low)} to {written(high)}"


def limits(end: pd.Series) -> str:
    """`285 to 450 with chance, differences between areas and the study's published interval`; empty where there is nothing to give."""
    return f"{span(end)} with {end['range_holds']}" if span(end) else ""


def cannot_tell(store: Store, evidence: Evidence, basis: str, fitted: Fitted | None) -> tuple[str, ...]:
    """What the page cannot tell."""
    return (
        f"How many children there are today: no count after {evidence.last.year} was found.",
        *_not_available(evidence),
        "Which child, how ill, or what care a family needs. Complexity is not measured.",
        f"What would make the low or the high come true. {evidence.facts['variants_apart']['text']}",
        f"How much of the rise was real. {forecast(evidence)}",
        _now(store, basis),
        f"How near any projection comes. {fitted.tested if fitted else 'That of life-limiting conditions could not be tested.'} {send_ahead.how_wrong(store)}",
    )


def _not_available(evidence: Evidence) -> list[str]:
    missing = evidence.not_published()
    if not missing:
        return []
    promise = "" if evidence.problems else " When somebody types them into the tables of this app, it uses them."
    return [
        f"What is not available here: {listed(missing)}. The study's full report has more of it, with figures of regions, and Together for"
        f" Short Lives has numbers of smaller areas; neither could be read for this page.{promise}"
    ]


def plain_cannot_tell(evidence: Evidence) -> tuple[str, ...]:
    """The same in Families."""
    return (
        f"How many children there are today. We found no count since {evidence.last.year}.",
        "Which child, or what care a family needs.",
        "What will really happen. Lower and higher are two possibilities that researchers published; nobody knows which will be nearer.",
    )


def now_two_ways(store: Store, basis: str) -> tuple[float, float]:
    """Residents aged 0 to 19 at the newest mid-year as estimated, and as a projection had them."""
    return float(children.residents(store).to_numpy().sum()), float(children.england(store).loc[basis, children.estimated(store), "0-19"])


def _now(store: Store, basis: str) -> str:
    """How far the newest estimate of residents lies from the chosen projection, both ways."""
    estimate, projected = now_two_ways(store, basis)
    off = 100 * (estimate / projected - 1)
    if abs(off) < 0.05:
        return f"How many residents there will be: {children.projection(basis)} agrees with ONS' newest estimate so far, and may not in {children.TARGET[:4]}."
    return (
        f"How many residents there will be. ONS' newest estimate is {percent(abs(off))} {'above' if off > 0 else 'below'} {children.projection(basis)}, from which {children.now(store)}"
        f" and {children.TARGET[:4]} are both taken: both may be that much too {'low' if off > 0 else 'high'}."
    )


def forecast(evidence: Evidence) -> str:
    """The one test against the past that life-limiting conditions themselves allow."""
    earlier = evidence.facts["earlier_series"]
    low, high = sorted(forecast_of_2010(evidence))
    return (
        f"A forecast made in 2010 from an earlier series would have said {written(low)} to"
        f" {written(high)} in 10,000 for {earlier['reported_year']}; {earlier['reported']:g} was reported, with another definition, so part of the rise may be how conditions are recorded."
    )


def forecast_of_2010(evidence: Evidence) -> tuple[float, float]:
    """What somebody in 2010 would have said for the year reported later: the earlier series in a straight line, and by percentage."""
    earlier = evidence.facts["earlier_series"]
    first, last, target = (int(earlier[name][:4]) for name in ("first_year", "last_year", "reported_year"))
    slope = paths.yearly_slope(earlier["first"], earlier["last"], last - first)
    growth = paths.yearly_growth(earlier["first"], earlier["last"], last - first)
    return float(paths.linear_path(earlier["last"], slope, 1, target - last)), float(paths.path(earlier["last"], growth, 1, target - last))


def unusable(evidence: Evidence) -> tuple[str, str]:
    """What is wrong with the files that somebody filled in: line by line for those who can mend it, and in a sentence for everybody else."""
    if not evidence.problems:
        return "", ""
    return (
        f"Not all that was filled in for this page could be used. {' '.join(evidence.problems)}",
        "Some figures that were typed in for this page could not be used. It shows what can be said without them.",
    )


def area_of(area: Area) -> str:
    """The area at the beginning of a sentence."""
    return capital(children.together(area))
