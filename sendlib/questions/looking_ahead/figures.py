"""The three large numbers of Looking ahead: children at the newest mid-year or by a chosen scenario, and in the target
year by the published two."""

from __future__ import annotations

import math

import pandas as pd

from sendlib.answer import MODES, Figure, Text
from sendlib.answer.numbers import said, written
from sendlib.areas import ENGLAND, Area
from sendlib.questions.looking_ahead import expected_children as children
from sendlib.questions.looking_ahead import places, residents
from sendlib.questions.looking_ahead.headline import Ahead
from sendlib.questions.looking_ahead.residents import LATER, TARGET
from sendlib.questions.looking_ahead.scenarios import OWN, PUBLISHED
from sendlib.questions.looking_ahead.words import end_of, is_known, span
from sendlib.store import Store
from sendlib.tables.symbols import LOW, NOT_AVAILABLE, VALUE

_CALLED = {"published-low": ("low", "lower"), "published-high": ("high", "higher")}
"""Published variant -> which rate it is, and which share in plain words."""


_NO_DETAIL = Text("")


def figures(store: Store, ahead: Ahead, now: float) -> tuple[Figure, ...]:
    """Children in the target year by the published low and high, after those of the newest mid-year or, where every
    mode may read of one that was chosen, of that scenario."""
    first = (
        _chosen(store, ahead) if ahead.for_families and ahead.for_families not in PUBLISHED else _now(store, ahead, now)
    )
    return (first, *(_then(store, ahead, name) for name in PUBLISHED))


def _now(store: Store, ahead: Ahead, now: float) -> Figure:
    """The last measured rate on the residents of the newest mid-year, as projected and as estimated later."""
    evidence, area, chosen = ahead.evidence, ahead.area, ahead.chosen
    when, last, code, step = residents.now(store), evidence.last, area.code, places.step_of(area)
    here, later = (
        children.shared_out(store, evidence, one, residents.estimated(store), chosen.rates)
        for one in (chosen.basis, LATER)
    )
    if code != ENGLAND:
        beside = f"England {_of_england(here.children(last.per_10000))}"
    else:
        beside = f"{written(last.children)} were counted in {last.year}" if last.children else ""
    label = Text(
        f"Children in {when}, if the rate of {last.year} still held",
        show=f"Children in {when}, at the rate of {last.year}",
        families=f"Children in {when}, if the share was still that of {last.year}",
    )
    estimated = later.children(last.per_10000, code)
    if math.isnan(now) or math.isnan(estimated):
        return _figure(area, label, places.rounded(now, step), Text(beside), known=not math.isnan(now))
    was, would_be = places.said(now, step), places.said(estimated, step)
    it_would_be = "the same" if would_be == was else would_be
    return _figure(
        area,
        label,
        places.rounded(now, step),
        Text(beside, show="; ".join(said((beside, f"{it_would_be} with ONS' later estimate of residents")))),
        Text(
            f"With the residents that ONS had projected for {when}; with its later estimate of them it would be"
            f" {it_would_be}.",
            show=None,
        ),
    )


_IF = {
    "constant": ("if the rate stays as in {year}", "at the rate of {year}", "if the share stays as in {year}"),
    "wales-like": ("if the rate grows as numbers did in Wales", "growing as in Wales", "if it grows as in Wales"),
    OWN: ("with your own growth", "with your own growth", "if it grows as you chose"),
}
"""A chosen scenario in the label of its number, in the words of each mode."""


def _chosen(store: Store, ahead: Ahead) -> Figure:
    """The target year by the scenario that was chosen. The study has no interval of it, so England has no range."""
    name, code = ahead.for_families, ahead.area.code
    end, rate = end_of(ahead.ends, name), f"{ahead.ways[name].end:.1f} in every 10,000"
    year = ahead.evidence.last.year
    label = Text(*(f"Children in {ahead.said}, {words.format(year=year)}" for words in _IF[name]))
    holds = Text("") if code == ENGLAND else children.holds(code, _spread(store, ahead), published=False)
    return _figure(
        ahead.area,
        label,
        float(end["children"]),
        Text(rate) if code == ENGLAND else _ranged(end, holds),
        known=is_known(end),
    )


def _then(store: Store, ahead: Ahead, name: str) -> Figure:
    """The target year with a published rate: the range, what it allows for, and England beside it."""
    code, rate, end = ahead.area.code, ahead.evidence.variant(name), end_of(ahead.ends, name)
    low_or_high, plainly = _CALLED[name]
    beside = _ranged(end, children.holds(code, _spread(store, ahead), published=True))
    if code == ENGLAND and not is_known(end):
        beside = Text(f"The rate is {rate['low']:g} to {rate['high']:g} in every 10,000, with the study's interval")
    elif code == ENGLAND:
        words = f"if the rate is {rate['low']:g} to {rate['high']:g} in every 10,000, as researchers gave"
        beside = Text(
            f"{span(end)} with the study's published interval",
            show=f"{span(end)} with the study's interval",
            families=f"From {span(end)}, {words}",
        )
    return _figure(
        ahead.area,
        Text(
            f"Children in {ahead.said}, with the published {low_or_high} rate",
            families=f"Children in {ahead.said}, with the {plainly} share",
        ),
        float(end["children"]),
        beside,
        known=is_known(end),
    )


def _spread(store: Store, ahead: Ahead) -> float:
    """The differences between areas, a part, that a range of the area holds."""
    shared = children.shared_out(store, ahead.evidence, ahead.chosen.basis, TARGET, ahead.chosen.rates)
    return children.spread_of(store, shared, ahead.area.code, ahead.chosen.between / 100)


def _ranged(end: pd.Series, holds: Text) -> Text:
    """The range of an area's number with what it allows for, and England's number beside it."""
    whole = f"England {_of_england(float(end['england_children']))}"
    if not is_known(end):
        return Text(whole)
    return Text(
        f"{span(end)} with {holds.explore}. {whole}",
        show=f"{span(end)} with {holds.in_mode('show')}; {whole}",
        families=f"From {span(end)}, allowing for {holds.in_mode('families')}",
    )


def _of_england(number: float) -> str:
    """England's children beside an area's: `86,600`, or `not available`."""
    return "not available" if math.isnan(number) else written(places.rounded(number, places.COARSE))


def _figure(
    area: Area, label: Text, number: float, comparison: Text, detail: Text = _NO_DETAIL, *, known: bool = True
) -> Figure:
    """A number of children; below ten it is not given. One that is of two areas together says so, but for a shared
    screen, whose title names both."""
    missing = math.isnan(number)
    if both := places.taken_together(area):
        named = {mode: f"{both}: {words[:1].lower()}{words[1:]}" for mode in MODES if (words := label.in_mode(mode))}
        label = Text(named["explore"], label.in_mode("show"), named["families"])
    return Figure(
        label,
        None if missing else number,
        "",
        comparison,
        status=NOT_AVAILABLE if not known else LOW if missing else VALUE,
        decimals=0,
        detail=detail,
        table="population_chosen",
    )
