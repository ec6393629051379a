"""Which tables of the store a reader can make a table of, by topic, and what their columns and values are called.

Words are those of the tables' own modules; here is only what no module names.
"""

from __future__ import annotations

from collections.abc import Mapping

from sendlib.made.described import Described, Dimension, Figures, is_long, long, unknown
from sendlib.made.of_health import HEALTH
from sendlib.made.of_plans import PLANS
from sendlib.made.of_schools import SCHOOLS
from sendlib.store import Store
from sendlib.tables import (
    care,
    deprivation,
    district_figures,
    features,
    money,
    needs,
    population_england,
    pupil_ethnicity,
)

_CARE, _RESIDENTS, _MONEY = "Social care", "Residents", "Money"
_BASES = {
    "estimate": "Estimate",
    "ons-2022": "Projection of 2022",
    "ons-2018": "Projection of 2018",
    "ons-2018-high": "Projection of 2018, high population",
    "ons-2018-low": "Projection of 2018, low population",
    "ons-2022-local": "Local projection of 2022",
}


def _ages(bands: Mapping[str, str] | None = None, total: str = "") -> Dimension:
    single = {str(age): str(age) for age in range(26)}
    return Dimension("Age", {**(bands or {}), **single}, total)


_OTHERS: Mapping[str, Described] = {
    "care": long(
        _CARE,
        "children of the group with that SEN and primary need; a percentage is of the group's children, and of a need,"
        " of those of the group with that SEN",
        "children",
        {
            "group": Dimension("Group of children", care.GROUPS),
            "sen": Dimension("SEN", care.SEN, "all"),
            "need": Dimension(
                "Primary need", {**care.NEED_NAMES, "all": "All needs", needs.DOWN_SYNDROME: "Down syndrome"}, "all"
            ),
            "unit": Dimension("Counted as", {"children": "Number of children", "percent": "Percentage"}),
        },
        unit_by="unit",
        units={"percent": "%"},
    ),
    "money": long(
        _MONEY,
        "the figure that the measure names, of the financial year",
        "",
        {"measure": Dimension("Measure", money.MEASURES)},
        heading="Figure",
        unit_by="measure",
        units={name: "%" if unit == "per cent" else unit for name, unit in money.UNITS.items()},
    ),
    "deprivation": long(
        _RESIDENTS,
        "average score of the authority: the higher, the more deprived",
        "score",
        {"measure": Dimension("Measure", deprivation.MEASURES)},
        heading="Score",
        left_out=("origin", "districts"),
    ),
    "district_figures": Described(
        _RESIDENTS,
        {"value": Figures("Figure", "score, or number of residents, of a district of the authority")},
        {
            "measure": Dimension("Measure", district_figures.MEASURES),
            "name": Dimension("District"),
        },
        unit_by="measure",
        units={"residents": "residents", "idaci": "score", "imd": "score"},
        left_out=("district_code",),
    ),
    "features": long(
        _RESIDENTS,
        "the feature in its unit; used to find areas that are alike",
        "",
        {"feature": Dimension("Feature", {code: one.name for code, one in features.FEATURES.items()})},
        heading="Figure",
        unit_by="feature",
        units={code: one.unit for code, one in features.FEATURES.items()},
    ),
    "pupil_ethnicity": long(
        _RESIDENTS,
        "pupils of state-funded and non-maintained special schools in the area, wherever they live",
        "pupils",
        {"group": Dimension("Ethnic group", pupil_ethnicity.GROUPS)},
    ),
    "population": long(
        _RESIDENTS, "residents in the middle of the year, an estimate", "residents", {"age": _ages({"0-17": "0 to 17"})}
    ),
    "population_england": long(
        _RESIDENTS,
        "residents of England in the middle of the year: estimated for the past, projected to come. A projection says"
        " what would follow if recent trends went on",
        "residents",
        {
            "basis": Dimension("Estimate or projection", _BASES),
            "age": _ages(
                {
                    "0-19": "0 to 19",
                    "<1": "Under 1",
                    **{
                        band: band.replace("-", " to ")
                        for band in (*population_england.BANDS, *population_england.OF_PLANS)
                        if "-" in band and band != "0-19"
                    },
                },
                "0-19",
            ),
        },
    ),
    "population_local": long(
        _RESIDENTS,
        "residents in the middle of the year, as ONS projects them from its base year on",
        "residents",
        {"basis": Dimension("Projection", _BASES), "age": _ages()},
    ),
}

DESCRIBED: Mapping[str, Described] = {**PLANS, **SCHOOLS, **HEALTH, **_OTHERS}
"""Table of the store -> what it is in words, by topic."""


def tables(store: Store) -> dict[str, Described]:
    """The tables that can be made of a store, by topic; those in long form that nobody described come last."""
    known = {name: one for name, one in DESCRIBED.items() if name in store.tables}
    more = {name: unknown(info) for name, info in sorted(store.tables.items()) if name not in known and is_long(info)}
    return {**known, **more}
