"""The columns of the tables of Looking ahead: their headings, and what each holds.

Lines and rates are England's in every table; children are those of the area, of a row's area, or
England's, and the heading says which. A column that several tables share is defined once.
"""

from __future__ import annotations

from sendlib.answer import Column
from sendlib.answer.numbers import capital
from sendlib.areas import ENGLAND, Area
from sendlib.methods import trend
from sendlib.questions.looking_ahead.places import FEW, taken_together
from sendlib.questions.looking_ahead.residents import TARGET
from sendlib.questions.looking_ahead.scenarios import OWN, PUBLISHED, Scenario, column
from sendlib.tables.life_limiting import Evidence

_THEN = TARGET[:4]
_PER_10000 = "per 10,000"
_WITH = "children with a life-limiting condition"
_FEW = capital(FEW)
"""What stands where an estimate is too small to be given."""
_ROUNDED = "authorities to the nearest 5, wider areas to 100"


def _rate(heading: str, meaning: str) -> Column:
    """A number in every 10,000."""
    return Column(heading, meaning, _PER_10000, 1)


def _estimate(heading: str, meaning: str) -> Column:
    """A modelled number of children of one area: below ten it is not given."""
    return Column(heading, meaning, "children", 0, otherwise=_FEW)


_YEAR = Column("Year", f"year from April to March; the one that ends in {_THEN} is called {_THEN}")
_VARIANT = Column("Scenario", "which of the study's published variants the rate follows")
_PROJECTION = Column("Projection", "ONS projection of the residents, and its variant")
_RESIDENTS = Column(
    "Thousand residents aged 0 to 19",
    f"thousands of residents aged 0 to 19, mid-{_THEN}, by the projection",
    "thousand",
    1,
)
_RATE_THEN = _rate(
    "In every 10,000 in England",
    f"the rate that the estimate rests on: {_WITH} per 10,000 aged 0 to 19, England, {_THEN}",
)
_RANGE = {
    "range_from": _estimate("Range, from", "95% limits of the estimate, with all that the range allows for: the lower"),
    "range_to": _estimate("Range, to", "95% limits of the estimate, with all that the range allows for: the upper"),
}
_STATUS = Column(
    "Status",
    "value, also where an estimate below 10 is not given; not_available where residents that it rests on are missing",
    only_in_files=True,
)
_RANGE_HOLDS = Column(
    "What the range allows for", "which doubts the range takes in; none takes in which of the scenarios comes true"
)


# Scenarios by year

_HEADINGS = {
    "constant": "Rate stays as it was",
    "published-low": "Published low",
    "published-high": "Published high",
    "wales-like": "Growth as in Wales",
    "linear": "Straight line (not recommended)",
    "percent": "Percentage (not recommended)",
    OWN: "Your own",
}
_PLAIN_HEADINGS = {"published-low": "Lower", "published-high": "Higher"}


def _line(way: Scenario) -> Column:
    """The rate of a scenario by year; Families has the published two only."""
    told = "your own growth and damping" if way.name == OWN else way.told[:1].lower() + way.told[1:]
    return Column(
        _HEADINGS[way.name],
        f"{_WITH} per 10,000 aged 0 to 19, England: {told}",
        _PER_10000,
        1,
        plain=_PLAIN_HEADINGS.get(way.name, ""),
        analysts_only=way.name not in PUBLISHED,
    )


def fan(ways: dict[str, Scenario]) -> dict[str, Column]:
    """The measured rate and that of every scenario, by year."""
    return {
        "year": _YEAR,
        "measured": _rate("Measured", f"{_WITH} per 10,000 aged 0 to 19, England, as measured"),
        **{column(name): _line(way) for name, way in ways.items()},
    }


# Where scenarios end

_PUBLISHED_INTERVAL = {
    "published_from": Column(
        "Published interval, children, from",
        "lower end of the study's 95% interval of the rate, as children in England",
        "children",
        0,
    ),
    "published_to": Column(
        "Published interval, children, to",
        "upper end of the study's 95% interval of the rate, as children in England",
        "children",
        0,
    ),
}


def _here(area: Area) -> tuple[str, str]:
    """Whose children a column holds, in its heading and in its meaning: a tiny area's are those of two together."""
    both = taken_together(area)
    return (f"in {both}", f"{both} together") if both else ("here", "this area")


def scenarios(area: Area) -> dict[str, Column]:
    """The rate of every scenario in the target year, and the children of an area.

    England has the study's own interval as its range.
    """
    of_the_rate = f"of the study's 95% interval of the rate, where it gives one, per 10,000, England, {_THEN}"
    limits = _PUBLISHED_INTERVAL if area.code == ENGLAND else _RANGE
    here, where = _here(area)
    return {
        "scenario": Column("Scenario", "name of the scenario: what the rate does from the last measured year on"),
        "growth_a_year": Column(
            "Growth a year", "growth of the rate in the first year; none is given for a straight line", "%", 1
        ),
        "damping": Column(
            "Damping", "part of a year's growth that is left in the year after: 1 is all of it, 0 none", decimals=2
        ),
        "per_10000": _RATE_THEN,
        "rate_from": _rate("Published interval of the rate, from", f"lower end {of_the_rate}"),
        "rate_to": _rate("Published interval of the rate, to", f"upper end {of_the_rate}"),
        "england_children": Column(
            "Children in England", f"estimated {_WITH}, England, {_THEN}, to the nearest 100", "children", 0
        ),
        "children": _estimate(f"Children {here}", f"estimated {_WITH}, {where}, {_THEN}; {_ROUNDED}"),
        **limits,
        "range_holds": _RANGE_HOLDS,
        "advice": Column("Advice", "what the scenario is, and whether to use it"),
        "status": _STATUS,
    }


# Projections of the population, areas, and groups


def populations(evidence: Evidence) -> dict[str, Column]:
    """England's residents and children by projection, against the last measured year."""
    last = evidence.last
    return {
        "population": _PROJECTION,
        "residents": _RESIDENTS,
        "residents_since": Column(
            "Residents, change", f"change of the residents aged 0 to 19 since mid-{last.begins}", "%", 1
        ),
        "scenario": _VARIANT,
        "children": Column(
            "Children in England",
            f"estimated {_WITH}, England, {_THEN}: rate times residents, not rounded",
            "children",
            0,
        ),
        "children_since": Column("Children, change", f"change against the children of {last.year}", "%", 1),
        "like_for_like_change": Column(
            "On one footing, change",
            f"change against the rate of {last.year} on the residents that ONS has for mid-{last.begins}",
            "%",
            1,
        ),
    }


def areas(now: str) -> dict[str, Column]:
    """The estimates of several areas, with all that they rest on; `now` is the newest mid-year (`mid-2024`)."""
    return {
        "area_code": Column(
            "Area (code)", "three-digit code of the authority, or ONS code of England or a region", only_in_files=True
        ),
        "area": Column("Area", "England, each of its regions, the area and those compared"),
        "scenario": _VARIANT,
        "per_10000": _RATE_THEN,
        "population": _PROJECTION,
        "residents": _RESIDENTS,
        "children": _estimate(f"Children in {_THEN}", f"estimated {_WITH}, of the row's area, {_THEN}; {_ROUNDED}"),
        **_RANGE,
        "range_holds": _RANGE_HOLDS,
        "children_now": _estimate(
            f"Children in {now}",
            f"estimated {_WITH}, of the row's area, {now}: the last measured rate, and residents by the projection",
        ),
        "caveat": Column("Caveat", "what kind of number the row has"),
        "status": _STATUS,
    }


def place(area: Area) -> dict[str, Column]:
    """The children of an area by the rates that are taken for it."""
    here, where = _here(area)
    return {
        "way": Column("Rates", "by which of England's rates children are shared out between places"),
        "ratio": Column(
            "Times one rate for all", "number by these rates over the number by one rate for all ages", "times", 2
        ),
        "low": _estimate(
            f"Published low, children {here}", f"estimated {_WITH}, {where}, {_THEN}, published low rate; {_ROUNDED}"
        ),
        "high": _estimate(
            f"Published high, children {here}", f"estimated {_WITH}, {where}, {_THEN}, published high rate; {_ROUNDED}"
        ),
        "rests_on": Column("Rests on", "what the rates are, and on whom they are used"),
        "status": _STATUS,
    }


MOVES = {
    "what": Column("Assumption", "which assumption is moved, the others as they stand"),
    "between": Column("Moved between", "the two ends between which it is moved"),
    "change": Column("Moves the number by", "how far the higher number of children lies above the lower", "%", 0),
}

KNOWN = {
    "by": Column("By", "what the children are grouped by"),
    "who": Column("Who", "group of children, or kind of condition or definition"),
    "out_of": Column("Out of", "of whom 10,000 are taken: the group itself, or all aged 0 to 19"),
    "per_10000": _rate("In every 10,000", f"{_WITH} per 10,000 of those, England or a region of it"),
    "from_": _rate("Interval from", "lower end of the published 95% interval, where there is one, per 10,000"),
    "to": _rate("Interval to", "upper end of the published 95% interval, where there is one, per 10,000"),
    "source": Column("Document", "document that the rate was taken from, or how it was worked out"),
}


# A fitted trend, and who turns 18


def _percentiles(name: str, heading: str, meaning: str, unit: str) -> dict[str, Column]:
    """The range of a number, a column for each percentile that is given of it: `rate_p10`, ..."""
    percentiles = [f"{100 * part:.0f}" for part in trend.QUANTILES]
    return {
        f"{name}_p{part}": Column(f"{heading}, {part}th percentile", f"{meaning}: {part}th percentile", unit, 1)
        for part in percentiles
    }


def fitted(area: Area) -> dict[str, Column]:
    """The percentiles of a fitted trend."""
    here, where = _here(area)
    return {
        "year": _YEAR,
        **_percentiles("rate", "Rate in England", f"{_WITH} per 10,000 aged 0 to 19, England", _PER_10000),
        **_percentiles("children", f"Children {here}", f"estimated {_WITH}, {where}", "children"),
    }


def _turning_18(name: str, rate: str) -> dict[str, Column]:
    """How many turn 18 with one of the published rates."""
    return {
        f"{name}_rate": _young(
            f"With the {name} rate", f"about how many could have a life-limiting condition, with the {rate}"
        )
    }


def _range_of_turning_18(name: str, rate: str) -> dict[str, Column]:
    """The range of that."""
    limits = f"range of how many with the {rate}, for chance and differences between areas"
    return {
        f"{name}_rate_from": _young(f"With the {name} rate, range from", f"{limits}: the lower end"),
        f"{name}_rate_to": _young(f"With the {name} rate, range to", f"{limits}: the upper end"),
    }


def _young(heading: str, meaning: str) -> Column:
    """A modelled number of young people of one area: below ten it is not given."""
    return Column(heading, meaning, "young people", 0, otherwise=_FEW)


def handover(area: Area) -> dict[str, Column]:
    """Who turns 18, with both published rates; England has no range of it."""
    found = {"turning_18": Column("Turns 18 in", "from the summer of one year to that of another")}
    for name, rate in (("low", "published low rate"), ("high", "published high rate")):
        found |= _turning_18(name, rate)
        if area.code != ENGLAND:
            found |= _range_of_turning_18(name, rate)
    found["all_who_turn_18"] = Column(
        "All who turn 18",
        f"all young people in {_here(area)[1]} who turn 18, with or without a condition, if nobody moves",
        "young people",
        0,
    )
    found["status"] = _STATUS
    return found
