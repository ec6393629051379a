"""A trend fitted to yearly totals, once somebody has filled them in (tables/life_limiting.py).

The shipped evidence has two measured years, which nothing can be fitted to, so
none of this shows until there are more.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from sendlib.answer import Table, Text
from sendlib.answer.numbers import percent, written
from sendlib.areas import ENGLAND, Area
from sendlib.methods import trend
from sendlib.methods.intervals import Z_95
from sendlib.methods.scenarios import simulated_children
from sendlib.methods.trend import FEWEST_STARTS, Floats, Trend
from sendlib.questions.looking_ahead import columns, places, residents
from sendlib.questions.looking_ahead import expected_children as children
from sendlib.questions.looking_ahead.choices import Chosen
from sendlib.questions.looking_ahead.scenarios import PUBLISHED, Scenario, years_ahead
from sendlib.store import Store, kept_with_store
from sendlib.tables.life_limiting import Evidence

DRAWS = 1000
SEED = 2030
QUANTILES = tuple(f"p{100 * part:.0f}" for part in trend.QUANTILES)


@dataclass(frozen=True)
class Fitted:
    """The fitted trend of an area: its table, and what is said of it."""

    table: Table
    sentences: tuple[str, ...]
    short: str
    tested: str
    """`sentences` stand below its picture, `short` is a phrase for the sentence of the page, and `tested` says whether
    the trend was tested against the past, for what the page cannot tell."""


@kept_with_store()
def _series(store: Store, evidence: Evidence) -> tuple[Floats, Floats, Floats]:
    """Children, residents and years of the yearly totals.

    Where only the rate is given, residents are ONS' and children follow from
    both; where children are, residents follow from them.
    """
    people = [
        rate.population
        or (
            10_000 * rate.children / rate.per_10000
            if rate.children
            else float(residents.then(store, rate.begins)["0-19"])
        )
        for rate in evidence.yearly
    ]
    counts = [
        rate.children or rate.per_10000 * number / 10_000 for rate, number in zip(evidence.yearly, people, strict=True)
    ]
    return np.array(counts), np.array(people), np.array([rate.begins for rate in evidence.yearly], float)


@kept_with_store()
def fits(store: Store, evidence: Evidence) -> dict[str, Trend]:
    """The two models of the recent years by name, both from the last measured rate."""
    counts, people, years = _series(store, evidence)
    late = slice(-trend.RECENT, None)
    negative_binomial = trend.negative_binomial(counts[late], people[late], years[late])
    return {
        "Quasi-Poisson": trend.recent(counts, people, years),
        "Negative binomial": trend.from_the_last_rate(negative_binomial, counts[-1], people[-1]),
    }


@kept_with_store()
def _missed(store: Store, evidence: Evidence) -> list[Floats]:
    return trend.past_misses(*_series(store, evidence))


@kept_with_store()
def _england(store: Store, evidence: Evidence, basis: str) -> tuple[list[int], Floats, Floats]:
    """The years ahead, and England's draws of the rate and of the children, which all areas share."""
    years = [evidence.last.begins + year for year in range(1, years_ahead(evidence) + 1)]
    rate, england = trend.bootstrap(
        fits(store, evidence)["Quasi-Poisson"], _populations(store, basis, years), DRAWS, SEED
    )
    return years, rate, england


def of(store: Store, evidence: Evidence, area: Area, chosen: Chosen, ways: dict[str, Scenario]) -> Fitted:
    """The trend of an area: England's rate and the area's children by year, 10th to 90th percentile, and sentences on
    them.

    A damped trend from the last measured rate: level, growth, a damping and a
    population are drawn. The area has its part of England's children in the
    target year throughout, with chance and differences between areas. The range is
    widened to what the same trend missed by in the past; its middle is not moved.
    """
    years, rate, england = _england(store, evidence, chosen.basis)
    shared = children.shared_out(store, evidence, chosen.basis, residents.TARGET, chosen.rates)
    apart = children.spread_of(store, shared, area.code, chosen.between / 100)
    own = england if area.code == ENGLAND else simulated_children(england * shared.part[area.code], apart, 1, SEED)[0]
    missed = _missed(store, evidence)
    allowed = trend.miss_quantiles(missed, len(years))
    frame = pd.DataFrame({"year": [f"{year}/{(year + 1) % 100:02d}" for year in years]})
    for what, draws in {"rate": 10_000 * rate, "children": np.maximum(own, 0.5)}.items():
        bands = trend.allowing_for(np.asarray(np.quantile(draws, trend.QUANTILES, axis=0), float), allowed)
        frame = frame.assign(**{f"{what}_{name}": band for name, band in zip(QUANTILES, bands, strict=True)})
    short, result = _result(evidence, area, frame.iloc[-1], ways, fits(store, evidence)["Quasi-Poisson"].growth)
    table = Table(
        frame,
        Text(
            f"A damped trend from {len(evidence.yearly)} yearly totals, with the growth of the last"
            f" {min(trend.RECENT, len(evidence.yearly))}, England and {places.together(area)}"
        ),
        columns.fitted(area),
        ("life_limiting", "population", "population_chosen", "population_variants"),
        heading="A trend fitted to the yearly figures",
        group="Life-limiting conditions ahead",
        how_to_read=Text(result),
    )
    return Fitted(table, (_models(store, evidence), _rests_on(evidence, chosen.basis, missed)), short, _tested(missed))


def _result(
    evidence: Evidence, area: Area, end: pd.Series, ways: dict[str, Scenario], growth: float
) -> tuple[str, str]:
    """The target year in a phrase and in full, set beside the published variants of title and figures."""
    low, middle, high = (places.said(end[f"children_{name}"], places.step_of(area)) for name in ("p10", "p50", "p90"))
    said, where = evidence.facts["target"]["said"], places.together(area)
    short = f"a trend fitted to the yearly figures gives {low} to {high} (the middle 8 in 10 of its simulations)"
    published = sorted(ways[name].end for name in PUBLISHED)
    rate = end["rate_p50"]
    beside = "above both" if rate > published[1] else "below both" if rate < published[0] else "between the two"
    return short, (
        f"If the {'rise' if growth >= 0 else 'fall'} of the last {min(trend.RECENT, len(evidence.yearly))} years"
        f" continues, each year with {trend.DAMPING_DRAWN[0]:g} to {trend.DAMPING_DRAWN[1]:g} of the growth of the year"
        f" before, {where} could have {low} to {high} children in {said}, {middle} in the middle"
        f" ({end['rate_p10']:.1f} to {end['rate_p90']:.1f} in every 10,000 in England, {rate:.1f} in the middle): the"
        " middle 8 in 10 of what was simulated, widened to past misses. The"
        f" title and the large figures above are the two published variants ({published[0]:.1f} and"
        f" {published[1]:.1f}), kept apart from it; the middle of the trend lies {beside}."
    )


def _models(store: Store, evidence: Evidence) -> str:
    found = []
    for name, fit in fits(store, evidence).items():
        error = float(fit.covariance[1, 1]) ** 0.5
        low, high = (100 * (np.exp(fit.growth + side * Z_95 * error) - 1) for side in (-1, 1))
        found.append(
            f"{name}: {percent(100 * (np.exp(fit.growth) - 1))} a year ({written(low, 1)} to {written(high, 1)}),"
            f" counts vary {fit.dispersion:.1f} times as much as chance alone"
        )
    return f"{'. '.join(found)}."


def _tested(missed: list[Floats]) -> str:
    """How far the trend was tested against the past, in a sentence."""
    starts = len(missed[0]) if missed else 0
    if starts < FEWEST_STARTS:
        return (
            f"The trend fitted to the yearly figures could be tested from {starts} earlier years only,"
            " too few to say how near it comes."
        )
    return f"The trend fitted to the yearly figures was tested from {starts} earlier years (see Look closer)."


def _off(part: float) -> str:
    """`1.2% above` or `0.4% below`."""
    return f"{percent(abs(100 * part))} {'above' if part >= 0 else 'below'}"


def _rests_on(evidence: Evidence, basis: str, missed: list[Floats]) -> str:
    """What the range is made of, and what past misses did to it."""
    starts = len(missed[0]) if missed else 0
    often = [misses for misses in missed if len(misses) >= FEWEST_STARTS]
    if often:
        near, far = (_off(float(np.expm1(np.median(misses)))) for misses in (often[0], often[-1]))
        beyond = f", and {far} {len(often)} years ahead" if len(often) > 1 else ""
        tested = (
            f"The same trend was tried from {starts} earlier years. In the middle case what came lay {near} it one year"
            f" ahead{beyond}. The middle of the range is not moved by this: the range is widened on the side of the"
            f" misses, until it holds 8 in 10 of them. More than {len(often)} years ahead there were too few tries:"
            " there the misses are stretched, which is an assumption."
        )
    else:
        tested = (
            f"The same trend could be tried from {starts} earlier years only;"
            " the range is as wide as the largest miss, both ways, stretched for later years."
        )
    return (
        f"The trend begins at the rate of {evidence.last.year}. The range draws the growth, a damping from"
        f" {trend.DAMPING_DRAWN[0]:g} to {trend.DAMPING_DRAWN[1]:g}, and the population: {residents.projection(basis)},"
        " as it is or as much higher or lower as the high and low variants of the ONS 2018-based projection are than"
        f" its principal one. {tested} Published tests of such methods were 10 to 15% out after ten years (Møller and"
        " others, 2003): a narrower range promises too much."
    )


def _populations(store: Store, basis: str, years: list[int]) -> Floats:
    """Residents aged 0 to 19 in the summer that each year ends before, shape (3, years): the chosen projection, and it
    as the 2018-based high and low vary."""
    held = residents.england(store).xs("0-19", level="age")
    periods = [f"{year + 1}-06" for year in years]
    centre = np.array([float(held.get((basis, period), np.nan)) for period in periods])
    lines = np.array([float(residents.then(store, int(period[:4]))["0-19"]) for period in periods])
    centre = np.where(np.isnan(centre), lines, centre)
    principal, high, low = (
        np.array([float(held.get((name, period), np.nan)) for period in periods])
        for name in ("ons-2018", "ons-2018-high", "ons-2018-low")
    )
    # Where no 2018-based figure is held for a year, nothing is known of its variants.
    return np.array(
        [centre, centre * np.nan_to_num(high / principal, nan=1.0), centre * np.nan_to_num(low / principal, nan=1.0)]
    )
