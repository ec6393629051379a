"""The three large numbers of Looking ahead: children at the newest mid-year, and in the target year."""

from __future__ import annotations

import math

import pandas as pd

from sendlib.answer import Figure, Text
from sendlib.answer.numbers import said, written
from sendlib.areas import ENGLAND
from sendlib.questions.looking_ahead import expected_children as children
from sendlib.questions.looking_ahead.expected_children import LATER, TARGET
from sendlib.questions.looking_ahead.scenarios import PUBLISHED
from sendlib.questions.looking_ahead.words import end_of, span
from sendlib.store import Store
from sendlib.tables.life_limiting import Evidence
from sendlib.tables.symbols import LOW, VALUE

_CALLED = {"published-low": ("low", "lower"), "published-high": ("high", "higher")}
"""Published variant -> which rate it is, and which share in plain words."""


_NO_DETAIL = Text("")


def figures(
    store: Store, evidence: Evidence, code: str, now: float, ends: pd.DataFrame, basis: str, between: float
) -> tuple[Figure, ...]:
    """Children at the newest mid-year, and in the target year by the published low and high."""
    apart = children.spread_of(store, children.shared_out(store, evidence, basis, TARGET), code, between / 100)
    holds = children.holds(code, apart, published=True)
    return (
        _now(store, evidence, code, now, basis),
        *(_then(evidence, code, name, end_of(ends, name), holds) for name in PUBLISHED),
    )


def _now(store: Store, evidence: Evidence, code: str, now: float, basis: str) -> Figure:
    """The last measured rate on the residents of the newest mid-year, as projected and as estimated later."""
    when, last = children.now(store), evidence.last
    here, later = (
        children.shared_out(store, evidence, residents, children.estimated(store)) for residents in (basis, LATER)
    )
    if code != ENGLAND:
        beside = f"England {written(children.rounded(here.children(last.per_10000), ENGLAND))}"
    else:
        beside = f"{written(last.children)} were counted in {last.year}" if last.children else ""
    was, would_be = children.said(now, code), children.said(later.children(last.per_10000, code), code)
    it_would_be = "the same" if would_be == was else would_be
    return _figure(
        Text(
            f"Children in {when}, if the rate of {last.year} still held",
            families=f"Children in {when}, if the share was still that of {last.year}",
        ),
        children.rounded(now, code),
        Text(beside, show="; ".join(said((beside, f"{it_would_be} with ONS' later estimate of residents")))),
        Text(
            f"With the residents that ONS had projected for {when}; with its later estimate of them it would be"
            f" {it_would_be}.",
            show=None,
        ),
    )


def _then(evidence: Evidence, code: str, name: str, end: pd.Series, holds: Text) -> Figure:
    """The target year with a published rate: the range, what it allows for, and England beside it."""
    then, rate = evidence.facts["target"]["said"], evidence.variant(name)
    low_or_high, plainly = _CALLED[name]
    whole = "" if code == ENGLAND else f"England {written(end['england_children'])}"
    if code == ENGLAND:
        families = (
            f"From {span(end)}, if the rate is {rate['low']:g} to {rate['high']:g} in every 10,000, as researchers gave"
        )
    else:
        families = f"From {span(end)}, allowing for {holds.in_mode('families')}"
    return _figure(
        Text(
            f"Children in {then}, with the published {low_or_high} rate",
            families=f"Children in {then}, with the {plainly} share",
        ),
        float(end["children"]),
        Text(
            ". ".join(said((f"{span(end)} with {holds.explore}", whole))),
            show="; ".join(said((f"{span(end)} with {holds.in_mode('show')}", whole))),
            families=families,
        ),
    )


def _figure(label: Text, number: float, comparison: Text, detail: Text = _NO_DETAIL) -> Figure:
    """A number of children; below ten it is not given."""
    missing = math.isnan(number)
    return Figure(
        label,
        None if missing else number,
        "",
        comparison,
        status=LOW if missing else VALUE,
        decimals=0,
        detail=detail,
        table="population_chosen",
    )
