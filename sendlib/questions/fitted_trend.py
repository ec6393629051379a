"""A trend fitted to yearly totals, once somebody has filled them in (catalogue/life_limiting.py).

The shipped evidence has two measured years, which nothing can be fitted to, so
none of this shows until there are more.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from sendlib.areas import ENGLAND, Area
from sendlib.catalogue.life_limiting import Evidence
from sendlib.methods import trend
from sendlib.methods.backtest import FEWEST_YEARS
from sendlib.methods.intervals import Z_95
from sendlib.methods.scenarios import damped_years, simulated_children
from sendlib.methods.trend import Floats, Trend
from sendlib.questions import expected_children as children
from sendlib.questions.answer import Table, percent, written
from sendlib.store import Store
from sendlib.tables.population_england import BASES

DRAWS = 1000
SEED = 2030
_WHAT = {"rate": "per 10,000 in England", "children": "the area's children"}
QUANTILES = {"p10": 0.1, "p25": 0.25, "p50": 0.5, "p75": 0.75, "p90": 0.9}


def fits(evidence: Evidence) -> dict[str, Trend]:
    """The two fitted models by name."""
    totals = evidence.yearly
    counts = [float(rate.children or 0) for rate in totals]
    people = [rate.population or 10_000 * float(rate.children or 0) / rate.per_10000 for rate in totals]
    years = [rate.begins for rate in totals]
    return {"Quasi-Poisson": trend.quasi_poisson(counts, people, years), "Negative binomial": trend.negative_binomial(counts, people, years)}


def words(evidence: Evidence) -> str:
    """A sentence on the two fitted models, and what the range rests on."""
    found = []
    for name, fit in fits(evidence).items():
        error = float(fit.covariance[1, 1]) ** 0.5
        low, high = (100 * (np.exp(fit.growth + side * Z_95 * error) - 1) for side in (-1, 1))
        found.append(f"{name}: {percent(100 * (np.exp(fit.growth) - 1))} a year ({written(low, 1)} to {written(high, 1)}), counts vary {fit.dispersion:.1f} times as much as chance alone")
    return (
        f"{'. '.join(found)}. The range draws the fitted level and growth, a damping from {trend.DAMPING_DRAWN[0]:g} to {trend.DAMPING_DRAWN[1]:g} and"
        " one of the projections of the population, and is widened to what the same fit, with the middle damping, missed by in the past."
    )


def table(store: Store, evidence: Evidence, area: Area, basis: str, spread: float) -> Table:
    """England's rate and the area's children by year: 10th, 25th, 50th, 75th and 90th percentiles.

    A damped trend: the quasi-Poisson level and growth, a damping and a
    population variant are drawn. The area has its part of England's children
    in the target year throughout, with chance and `spread` between areas. The
    outer percentiles are moved out to what the same fit missed by in the past,
    where that is more.
    """
    ahead = children.years_ahead(evidence)
    years = [evidence.last.begins + year for year in range(1, ahead + 1)]
    rate, england = trend.bootstrap(fits(evidence)["Quasi-Poisson"], [_population(store, variant, years) for variant in BASES], DRAWS, SEED)
    shared = children.shared_out(store, evidence, basis, children.TARGET)
    apart = children.spread_of(store, shared, area.code, spread)
    own = england if area.code == ENGLAND else simulated_children(england * shared.part[area.code], apart, 1, SEED)[0]
    bands = {"rate": 10_000 * _quantiles(rate), "children": _quantiles(own)}
    missed = _missed(evidence)
    for place in range(ahead):
        less, more = missed[min(place, len(missed) - 1)]
        stretch = max(1.0, (place + 1) / len(missed)) ** 0.5
        for band in bands.values():
            band[0, place] = min(band[0, place], band[2, place] * (1 + less * stretch))
            band[4, place] = max(band[4, place], band[2, place] * (1 + more * stretch))
    frame = pd.DataFrame({"year": [f"{year}/{(year + 1) % 100:02d}" for year in years]})
    for what, band in bands.items():
        for place, name in enumerate(QUANTILES):
            frame[f"{what}_{name}"] = band[place]
    return Table(
        frame,
        f"A damped trend fitted to {len(evidence.yearly)} yearly totals, England and {area.name}",
        {"year": "April to March", **{f"{what}_{name}": f"{words_}, {100 * part:.0f}th percentile" for what, words_ in _WHAT.items() for name, part in QUANTILES.items()}},
        ("life_limiting", "population", "population_england"),
    )


def _quantiles(draws: Floats) -> Floats:
    return np.asarray(np.quantile(draws, list(QUANTILES.values()), axis=0), float)


def _missed(evidence: Evidence) -> list[tuple[float, float]]:
    """By years ahead: the 10th and 90th percentile of actual / projected - 1 of the same fit at earlier ends of the series."""
    rates = evidence.yearly
    counts = np.array([float(rate.children or 0) for rate in rates])
    people = np.array([rate.population or 10_000 * float(rate.children or 0) / rate.per_10000 for rate in rates])
    years = np.array([rate.begins for rate in rates], float)
    damping = sum(trend.DAMPING_DRAWN) / 2
    ratios: dict[int, list[float]] = {}
    for origin in range(FEWEST_YEARS, len(rates)):
        fit = trend.quasi_poisson(counts[:origin], people[:origin], years[:origin])
        for ahead in range(1, min(5, len(rates) - origin) + 1):
            projected = np.exp(fit.level + fit.growth * float(damped_years(ahead, damping)))
            ratios.setdefault(ahead, []).append(float(counts[origin + ahead - 1] / people[origin + ahead - 1] / projected - 1))
    return [(float(low), float(high)) for low, high in (np.quantile(found, [0.1, 0.9]) for _, found in sorted(ratios.items()))]


def _population(store: Store, basis: str, years: list[int]) -> list[float]:
    """Residents aged 0 to 19 in the summer that each year ends before; the 2018-based ones where a projection begins later."""
    held = children.england(store)
    first_choice = [(basis, f"{year + 1}-06", "0-19") for year in years]
    return [float(held[key] if key in held.index else held["ons-2018", key[1], "0-19"]) for key in first_choice]
