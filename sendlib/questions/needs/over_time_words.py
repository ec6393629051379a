"""Sentences on needs over time: which rose most, by how much elsewhere, and what can not be said."""

from __future__ import annotations

import numpy as np

from sendlib.answer import Note, Text
from sendlib.answer.model import Kind
from sendlib.answer.numbers import capital, listed, percent, written
from sendlib.areas import Area
from sendlib.compared import cohorts, doubtful, latest, means, needs_over_time, parts
from sendlib.compared.cohorts import Cohort
from sendlib.compared.comparators import Comparators
from sendlib.compared.mixes import SMALL
from sendlib.compared.needs_over_time import FASTER, Course
from sendlib.questions.needs.words import in_sentence
from sendlib.store import Store
from sendlib.tables.needs import DOWN_SYNDROME

OVER_TIME = "needs_over_time"
"""The table; in Doing well there is one that is called `over_time`."""
OWN_SCALE = 10.0
"""Per cent: a need that stays below it, here and in those compared, is drawn on a scale of its own."""
_MOST_NAMED = 3
_NOTHING = "nothing can be said of change"


def course(store: Store, area: Area, others: Comparators, cohort: Cohort) -> Course:
    """The area's periods beside those compared; the newest that is held where it has a figure in none."""
    periods = needs_over_time.of_area(store, cohort.code, area.code) or cohorts.periods(store, cohort.code)[-1:]
    return needs_over_time.course(store, cohort.code, area.code, others.codes, periods)


def notes(store: Store, area: Area, others: Comparators, cohort: Cohort) -> list[Note]:
    """The sentence, the rule that it rests on, what is missing, and the break."""
    held = course(store, area, others, cohort)
    told: list[tuple[Kind, str]] = [("definition", sentence(store, area, others, cohort))]
    if len(_known(held)) > 1:
        told.append(("definition", _RULE))
    told += [("missing", text) for text in _gaps(store, area, cohort, held)]
    told.append(("break", _break(store, cohort, held)))
    return [Note(kind, Text(text), about=OVER_TIME) for kind, text in told if text]


_RULE = (
    "A share is said to have risen where the 95% interval of its change lies above nought; the interval (Newcombe's)"
    " is widened because every need is looked at. It rose faster than elsewhere where the interval also lies above the"
    f" mean change of those compared, and the two changes are {written(FASTER)} point or more apart. Most children are"
    " counted in both years, so chance is made too large rather than too small."
)


def sentence(store: Store, area: Area, others: Comparators, cohort: Cohort) -> str:
    """Is it rising here faster than elsewhere? Of the need whose share rose most, with what it is a share of."""
    held = course(store, area, others, cohort)
    if why := _why_not(store, area, cohort, held):
        return why
    last = _known(held)[-1]
    rose = (held.first == 0) & held.rose[:, last]
    if not rose.any():
        return _none_rose(area, cohort, held)
    row = int(np.argmax(np.where(rose, held.change[:, last], -np.inf)))
    told = [_rise(store, area, cohort, held, row), _beside(area, others, held, row)]
    if not parts.of_itself(area, others):
        told.append(_also(store, cohort, held, row))
    return " ".join(text for text in told if text)


def when(period: str) -> str:
    """A period in a sentence: `January 2025`, `2022/23`."""
    return period if "/" in period else latest.said(period)


def span(held: Course) -> str:
    """From when to when a table is: `January 2025 to January 2026`, `school years 2021/22 to 2025/26`."""
    if not held.periods:
        return "no year held"
    first, last = held.periods[0], held.periods[-1]
    years = "" if "/" not in first else "school year " if first == last else "school years "
    return f"{years}{when(first)}" + (f" to {when(last)}" if first != last else "")


def how_to_read(store: Store, area: Area, cohort: Cohort, held: Course) -> str:
    """How the small pictures are read; nothing where there is one year alone, of which none is drawn."""
    if len(_known(held)) < 2:
        return ""
    apart = needs_over_time.told_apart_from(store, cohort.code)
    drawn = apart in held.periods[1:]
    line = f" The upright dashed line is {apart}, from which Down syndrome is told apart." if drawn else ""
    return (
        "A panel for each need. The large ones have one scale; a need whose lines all stay below"
        f" {written(OWN_SCALE)}% has a scale of its own, and its axis says so. Numbers of children are drawn of"
        f" {area.in_text} alone.{line}"
    )


def _known(held: Course) -> list[int]:
    """The places of the periods in which the area has a figure."""
    return [int(place) for place in np.flatnonzero(held.totals > 0)]


def _why_not(store: Store, area: Area, cohort: Cohort, held: Course) -> str:
    """Why nothing is said of change; empty where something is."""
    if why := _one_held(store, cohort):
        return why
    known = _known(held)
    if len(known) < 2:
        only = f"held for {when(held.periods[known[0]])} alone" if known else "not available"
        return f"{capital(cohort.of)} by need in {area.in_text} are {only}: {_NOTHING}."
    first, last = held.periods[known[0]], held.periods[known[-1]]
    if few := [when(one) for one, place in ((first, known[0]), (last, known[-1])) if held.totals[place] < SMALL]:
        return (
            f"Fewer than {SMALL} {cohort.counted} in {area.in_text} in {listed(few)}: a child or two would move a"
            f" share, so {_NOTHING}."
        )
    if cohort.is_plans and (years := [when(one) for one in (first, last) if _in_doubt(store, area, one)]):
        return f"The number of plans in {area.in_text} in {listed(years)} is doubtful, so {_NOTHING}."
    return ""


def _one_held(store: Store, cohort: Cohort) -> str:
    """What is said where fewer than two periods are held of anybody."""
    periods = cohorts.periods(store, cohort.code)
    if len(periods) > 1:
        return ""
    if cohort.is_plans:
        brings = "A refresh brings every January that DfE has published since."
        return f"Needs are held for {when(periods[0])} alone: {_NOTHING}. {brings}"
    brings = "A refresh brings every census that DfE's service has."
    if periods:
        return f"One census is held, that of {periods[0]}: {_NOTHING}. {brings}"
    told = cohorts.newest(store, cohorts.ALL_SEN)
    return f"The census that is held, of {told}, does not tell {cohort.of} apart: {_NOTHING}. {brings}"


def _in_doubt(store: Store, area: Area, january: str) -> bool:
    """Whether the area's number of plans is doubtful, or that of an authority that is a large part of it."""
    if len(area.parts) < 2:
        return doubtful.of(store, parts.one_of(area), doubtful.PLANS, january) is not None
    return bool(parts.large_in_doubt(store, area, doubtful.areas_in_doubt(store, doubtful.PLANS, january)))


def _name(store: Store, cohort: Cohort, need: str) -> str:
    """A need in the middle of a sentence."""
    name = needs_over_time.needs(store, cohort.code)[need]
    return name if need == DOWN_SYNDROME else in_sentence(name)


def _none_rose(area: Area, cohort: Cohort, held: Course) -> str:
    (first, last), (few, many) = _ends(held)
    return (
        f"No need's share of {cohort.of} in {area.in_text} rose by more than chance between {first} ({few}"
        f" {cohort.counted}) and {last} ({many})."
    )


def _ends(held: Course) -> tuple[tuple[str, str], tuple[str, str]]:
    """The first and the last period with a figure, and of how many children each is."""
    ends = (_known(held)[0], _known(held)[-1])
    first, last = (when(held.periods[place]) for place in ends)
    few, many = (written(held.totals[place]) for place in ends)
    return (first, last), (few, many)


def _rise(store: Store, area: Area, cohort: Cohort, held: Course, row: int) -> str:
    """The largest rise, with the shares, what they are of, and the numbers."""
    (first, last), (few, many) = _ends(held)
    end = _known(held)[-1]
    shares, numbers = held.shares[row, [0, end]], held.counts[row, [0, end]]
    largest = " It is the largest rise of several." if int(held.rose[held.first == 0, end].sum()) > 1 else ""
    return (
        f"The share of {cohort.that_name(_name(store, cohort, held.needs[row]))} rose in {area.in_text} from"
        f" {percent(shares[0])} of {few} {cohort.counted} in {first} ({written(numbers[0])}) to {percent(shares[1])} of"
        f" {many} in {last} ({written(numbers[1])}).{largest}"
    )


def _beside(area: Area, others: Comparators, held: Course, row: int) -> str:
    """The same among those compared, and whether that is slower."""
    if not others.codes:
        return "There is nobody to compare with."
    at = row, _known(held)[-1]
    number, known = len(others.codes), int(held.in_both[at])
    before, after = held.mean_before[at], held.mean_after[at]
    if np.isnan(before):
        why = means.why_none(known, number) or "none has a figure of both years"
        return f"How it went {'in' if others.alone else 'among'} {others.label} can not be said: {why}."
    whose = "In" if others.alone else "Among"
    mean = "it" if others.alone else f"the mean{means.of_how_many(known, number)}"
    start, end = percent(before), percent(after)
    went = f"{whose} {others.label} {mean} " + (f"went from {start} to {end}" if start != end else f"stayed at {end}")
    if parts.of_itself(area, others):
        return f"{went}."
    return f"{went}: {_verdict(held, at)}.{_how_many(others, held, at)}"


def _verdict(held: Course, at: tuple[int, int]) -> str:
    if held.faster[at]:
        return "it rose faster here"
    if held.slower[at]:
        return "it rose more slowly here"
    if abs(held.change[at] - held.mean_change[at]) < FASTER:
        return f"the two changes are less than {written(FASTER)} point apart"
    return "whether it rose faster or more slowly here can not be told from chance"


def _how_many(others: Comparators, held: Course, at: tuple[int, int]) -> str:
    """How many of several compared rose by as much."""
    if others.alone:
        return ""
    many, known = int(held.as_much[at]), int(held.in_both[at])
    return (
        f" {written(many) if many else 'None'} of these {written(known)} rose by as much{' or more' if many else ''}."
    )


def _also(store: Store, cohort: Cohort, held: Course, row: int) -> str:
    """Other needs whose share rose faster here, those furthest ahead first."""
    end = _known(held)[-1]
    ahead = held.change[:, end] - held.mean_change[:, end]
    fast = (held.first == 0) & held.faster[:, end]
    fast[row] = False
    found = sorted(np.flatnonzero(fast), key=lambda one: -ahead[one])[:_MOST_NAMED]
    if not found:
        return ""
    told = [
        f"{_name(store, cohort, held.needs[one])} ({written(held.change[one, end], 1, signed=True)} points against"
        f" {written(held.mean_change[one, end], 1, signed=True)})"
        for one in found
    ]
    return f"{'Also rising' if held.faster[row, end] else 'Rising'} faster here: {listed(told)}."


def _gaps(store: Store, area: Area, cohort: Cohort, held: Course) -> list[str]:
    """Years before the area began, years without a figure, and needs without one."""
    every, known = cohorts.periods(store, cohort.code), _known(held)
    if len(every) < 2 or not known:
        return []
    told = []
    if held.periods[0] != every[0]:
        gone = listed([name for _, name, _ in parts.before(store, area)])
        before = f": before, the figures are those of {gone}" if parts.before(store, area) else ""
        told.append(
            f"{capital(area.in_text)} {area.verb('has', 'have')} figures from {when(held.periods[0])} on{before}."
        )
    if lack := [when(one) for place, one in enumerate(held.periods) if place not in known]:
        told.append(f"Not available for {area.in_text}: {listed(lack)}.")
    for need, shares, first in zip(held.needs, held.shares, held.first, strict=True):
        start = 0 if need != DOWN_SYNDROME else int(first)
        lack = [when(held.periods[place]) for place in known if place >= start and np.isnan(shares[place])]
        if lack:
            told.append(f"{capital(_name(store, cohort, need))}: not available in {listed(lack)}.")
    return told


def _break(store: Store, cohort: Cohort, held: Course) -> str:
    """What changed in how needs are told apart; nothing where all that is held is alike."""
    if cohort.is_plans:
        if len(held.periods) < 2 or held.periods[-1] < _TOLD_APART_IN_PLANS:
            return ""
        return (
            f"Down syndrome is told apart in plans from {when(_TOLD_APART_IN_PLANS)} on. Before, DfE says, it was"
            " included under other difficulty or disability, and here it stays within that in every year."
        )
    apart = needs_over_time.told_apart_from(store, cohort.code)
    if apart not in held.periods[1:]:
        return ""
    return (
        f"Down syndrome is a need of its own from {apart} on. Before, these pupils were counted under other needs, and"
        " DfE does not say under which: small falls of other needs from then on may be no more than this."
    )


_TOLD_APART_IN_PLANS = "2026-01"
