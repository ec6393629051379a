"""The named scenarios of a rate from the last measured year to the target, and what they are called."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from sendlib.methods import scenarios
from sendlib.methods.scenarios import NoSuchPath
from sendlib.tables.life_limiting import Evidence

OWN = "own"
PUBLISHED = ("published-low", "published-high")
REFERENCE = ("linear", "percent")
"""Lines that are drawn so that readers can see what is not recommended; never in Families."""
NAMES = {
    "constant": "Rate stays as it was",
    "published-low": "Published low rate",
    "published-high": "Published high rate",
    "wales-like": "Growth as in Wales",
    "linear": "Trend continues, straight line",
    "percent": "Trend continues, same percentage",
    OWN: "Your own",
}
PLAIN_NAMES = {
    "constant": "If the share of children stays as it was",
    "published-low": "Lower share",
    "published-high": "Higher share",
    "wales-like": "If it grows as in Wales",
    OWN: "If it grows as you chose",
}
"""The same in Families."""


@dataclass(frozen=True)
class Scenario:
    """A named way on from the last measured rate; `path` is the rate for each year from then to the target.

    `told` begins a sentence about it; `advice` says what it is and whether to
    use it. `published` is the study's own 95% interval of the end, where there is one.
    """

    name: str
    growth: float | None
    damping: float | None
    path: tuple[float, ...]
    told: str
    advice: str = "A scenario, not a forecast."
    published: tuple[float, float] | None = None

    @property
    def label(self) -> str:
        """The short name."""
        return NAMES[self.name]

    @property
    def end(self) -> float:
        """Children per 10,000 in the target year."""
        return self.path[-1]

    @property
    def is_recommended(self) -> bool:
        """Whether it is more than a line for reference."""
        return self.name not in REFERENCE


def column(name: str) -> str:
    """The column of a scenario in a table."""
    return "your_own" if name == OWN else name.replace("-", "_")


def years_ahead(evidence: Evidence) -> int:
    """Years from the last measured year to the target."""
    return int(evidence.facts["target"]["year"][:4]) - evidence.last.begins


def past_growth(evidence: Evidence) -> float:
    """The growth a year, a part, that leads from the first measured rate to the last."""
    first, last = evidence.first, evidence.last
    return scenarios.yearly_growth(first.per_10000, last.per_10000, last.begins - first.begins)


def past_slope(evidence: Evidence) -> float:
    """The amount a year, per 10,000, that leads from the first measured rate to the last."""
    first, last = evidence.first, evidence.last
    return scenarios.yearly_slope(first.per_10000, last.per_10000, last.begins - first.begins)


def named(evidence: Evidence, growth: float | None = None, damping: float | None = None) -> dict[str, Scenario]:
    """The scenarios by name; the reader's own is among them when growth (a part a year) and damping are given."""
    base, ahead = evidence.last.per_10000, years_ahead(evidence)
    years = np.arange(ahead + 1)

    def way(name: str, rate: float, fades: float = 1.0) -> Scenario:
        path = tuple(float(value) for value in scenarios.path(base, rate, fades, years))
        return Scenario(name, rate, fades, path, NAMES[name])

    found = {"constant": way("constant", 0.0)}
    for variant in evidence.facts["variants"]:
        published = way(variant["name"], scenarios.yearly_growth(base, variant["per_10000"], ahead))
        # The growth was solved for; the end is the published figure, not one that is off in the fourteenth digit.
        found[published.name] = replace(
            published,
            path=(*published.path[:-1], variant["per_10000"]),
            published=(variant["low"], variant["high"]),
            advice=f"A scenario of the study. {variant['note']}",
        )
    for item in evidence.facts["growth"]:
        found[item["name"]] = replace(way(item["name"], item["percent_a_year"] / 100), advice=item["note"])
    trend = f"If the trend of {evidence.first.year} to {evidence.last.year} continues"
    warning = f"Not recommended: this is one past rise, continued for {ahead} more years."
    straight = tuple(float(value) for value in scenarios.linear_path(base, past_slope(evidence), 1.0, years))
    found["linear"] = Scenario("linear", None, None, straight, f"{trend} in a straight line", warning)
    found["percent"] = replace(
        way("percent", past_growth(evidence)), told=f"{trend} by the same percentage each year", advice=warning
    )
    if growth is not None and damping is not None:
        found[OWN] = replace(way(OWN, growth, damping), advice=f"Your own: {how_it_grows(growth, damping)}.")
    return {name: found[name] for name in NAMES if name in found}


def how_it_grows(growth: float, damping: float) -> str:
    """A reader's own growth (a part a year) and damping, in words."""
    if not growth:
        return "no growth"
    amount = f"{'growth' if growth > 0 else 'a fall'} of {abs(100 * growth):.3g}%"
    if damping in (0, 1):
        return f"{amount} every year" if damping else f"{amount} in the first year, then none"
    return f"{amount} in the first year, each later year {damping:.3g} times that of the year before"


def above_the_published(ways: dict[str, Scenario]) -> bool:
    """Whether a reader's own scenario leads above the higher of the published variants, where no study stands behind
    it."""
    return OWN in ways and max(ways[OWN].path) > max(ways[name].end for name in PUBLISHED)


def for_families(ways: dict[str, Scenario], name: str) -> bool:
    """Whether Families may read of a scenario: not of a line for reference, nor of a path of somebody's own above all
    that researchers published."""
    return ways[name].is_recommended and not (name == OWN and above_the_published(ways))


def damping_to(evidence: Evidence, name: str, growth: float, *, from_the_first: bool = False) -> float:
    """The damping with which a growth (a part a year) ends at a published variant. Raises NoSuchPath."""
    end = evidence.variant(name)["per_10000"]
    return scenarios.damping_that_reaches(
        end, evidence.last.per_10000, growth, years_ahead(evidence), from_the_first=from_the_first
    )


def damping_of_a_slope(evidence: Evidence, name: str) -> float:
    """The damping, as textbooks damp, with which the past rise in a straight line ends at a published variant.

    Raises NoSuchPath.
    """
    end, base = evidence.variant(name)["per_10000"], evidence.last.per_10000
    return scenarios.damping_that_reaches(
        end, base, past_slope(evidence), years_ahead(evidence), linear=True, from_the_first=True
    )


def start_of_own(evidence: Evidence) -> tuple[float, float]:
    """Where a reader's own scenario begins: the past growth in per cent, and the damping with which it ends at the
    published high.

    Damping 1 where even undamped growth stays below it, 0 where one year is beyond it.
    """
    rise = round(100 * past_growth(evidence), 1)
    try:
        return rise, round(damping_to(evidence, "published-high", rise / 100), 2)
    except NoSuchPath:
        undamped = scenarios.path(evidence.last.per_10000, rise / 100, 1.0, years_ahead(evidence))
        return rise, 1.0 if undamped < evidence.variant("published-high")["per_10000"] else 0.0
