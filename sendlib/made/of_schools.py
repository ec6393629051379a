"""Tables of pupils in words: how many have SEN, with which need, in which school, and how they get on."""

from __future__ import annotations

from collections.abc import Mapping

from sendlib.made.described import PERCENT, Described, Dimension, Figures, long
from sendlib.tables import (
    absence,
    absence_by_school,
    alternative_provision,
    care,
    destinations,
    exclusions,
    needs,
    neet,
    next_steps,
    outcomes,
    progress,
    school_units,
)

_PUPILS, _GETTING_ON = "Pupils and schools", "How they get on"
_SEN = {"sen_support": "SEN support", "ehc_plan": "EHC plan"}
_WITH_SEN = {"sen_support": "Pupils with SEN support", "ehc_plan": "Pupils with an EHC plan"}
_PHASES = {
    "primary": "State-funded primary schools",
    "secondary": "State-funded secondary schools",
    "special": "State-funded special schools",
    "nursery": "State-funded nursery schools",
    "alternative": "State-funded alternative provision",
    "non_maintained": "Non-maintained special schools",
}
_BY_SCHOOL = {code: words for code, words in outcomes.GROUPS.items() if code in outcomes.SCHOOLS}
_KINDS_OF_SCHOOL = {
    "state_special": "State-funded special schools",
    "non_maintained_special": "Non-maintained special schools",
    "alternative": "State-funded alternative provision",
    "register_special": "Special schools in the register of 2021",
    "mostly_plans": "Schools in the register of 2021 most of whose pupils have a plan",
}

SCHOOLS: Mapping[str, Described] = {
    "school_sen": long(
        _PUPILS,
        "of the pupils of the schools in the area, wherever they live",
        PERCENT,
        {
            "phase": Dimension(
                "Schools", {"all": "All schools", **{k: _PHASES[k] for k in ("primary", "secondary")}}, "all"
            ),
            "measure": Dimension("Measure", _WITH_SEN),
        },
        heading="Share of pupils",
    ),
    "school_pupils": long(
        _PUPILS,
        "pupils of all schools in the area, independent ones included, wherever they live",
        "pupils",
        {
            "measure": Dimension("Measure", {"pupils": "All pupils", **_WITH_SEN}),
        },
    ),
    "school_needs": long(
        _PUPILS,
        "pupils with SEN in state-funded and non-maintained special schools in the area, by primary need, wherever they"
        " live",
        "pupils",
        {
            "phase": Dimension("Schools", _PHASES),
            "provision": Dimension("SEN", {**_SEN, "any": "SEN support or an EHC plan"}, "any"),
            "need": Dimension(
                "Primary need", {**care.NEED_NAMES, needs.DOWN_SYNDROME: "Down syndrome", needs.UNKNOWN: "Not recorded"}
            ),
        },
        absent="None",
    ),
    "school_units": long(
        _PUPILS,
        "schools in the area",
        "schools",
        {"kind": Dimension("Schools", school_units.KINDS)},
    ),
    "places": long(
        _PUPILS,
        "pupils of these schools in the area, or places that the register gives for them; too low where a school was"
        " not found",
        "",
        {
            "kind": Dimension("Schools", _KINDS_OF_SCHOOL),
            "measure": Dimension("Measure", {"pupils": "Pupils", "places": "Places"}),
        },
        unit_by="measure",
        units={"pupils": "pupils", "places": "places"},
    ),
    "flows": Described(
        _PUPILS,
        {
            "pupil_years": Figures(
                "Pupils, three school years added up",
                "pupils of state-funded special schools, the school years 2019/20 to 2021/22 added up; a third of it is"
                " a typical year",
                "pupils",
            ),
            "share": Figures(
                "Share", "of the special-school pupils who live in the home authority, in the same years", PERCENT
            ),
        },
        {},
        areas={"home_code": "Home authority", "school_code": "Authority of the school"},
    ),
    "outcomes": long(
        _GETTING_ON,
        "the figure that the measure names, of the group, as DfE's LAIT has it",
        "",
        {
            "stage": Dimension("Stage", outcomes.STAGES),
            "measure": Dimension("Measure", {code: one.name for code, one in outcomes.MEASURES.items()}),
            "group": Dimension("Group", outcomes.GROUPS),
        },
        heading="Figure",
        unit_by="measure",
        units={code: one.unit for code, one in outcomes.MEASURES.items()},
    ),
    "destinations": long(
        _GETTING_ON,
        "young people of the group, in the school year in which they finished key stage 4, who went there; a percentage"
        " is of all of the group",
        "young people",
        {
            "group": Dimension("Group", destinations.GROUPS),
            "destination": Dimension(
                "Destination", {code: one.name for code, one in destinations.DESTINATIONS.items()}
            ),
            "unit": Dimension("Counted as", {"pupils": "Number of young people", "percent": "Percentage"}),
        },
        unit_by="unit",
        units={"percent": PERCENT},
    ),
    "next_steps": long(
        _GETTING_ON,
        "young people of the group who went there and stayed for two terms, as per cent of those who finished in the"
        " school year",
        PERCENT,
        {
            "stage": Dimension("Stage", next_steps.STAGES),
            "group": Dimension("Group", next_steps.GROUPS),
            "destination": Dimension("Destination", next_steps.DESTINATIONS),
        },
        unit_by="destination",
        units={"cohort": "young people"},
    ),
    "progress": long(
        _GETTING_ON,
        "average score of the group: nought is what others of England with the same results before reached",
        "points",
        {"measure": Dimension("Measure", progress.MEASURES), "group": Dimension("Group", progress.GROUPS)},
        heading="Score",
    ),
    "alternative_provision": long(
        _PUPILS,
        "pupils, or places, in January",
        "pupils",
        {
            "kind": Dimension("Kind of provision", alternative_provision.KINDS),
            "group": Dimension("SEN", alternative_provision.GROUPS, "all"),
        },
    ),
    "neet": long(
        _GETTING_ON,
        "the figure that the measure names, of young people of 16 and 17: the average of December to February",
        PERCENT,
        {
            "group": Dimension("Group", neet.GROUPS),
            "measure": Dimension("Measure", neet.MEASURES),
        },
        heading="Figure",
        unit_by="measure",
        units={"young_people": "young people"},
    ),
    "absence": long(
        _GETTING_ON,
        "of possible half days at school, those that were missed",
        PERCENT,
        {
            "group": Dimension("Group", absence.GROUPS),
            "kind": Dimension("Kind of absence", absence.KINDS, "overall"),
        },
        heading="Half days missed",
    ),
    "absence_by_school": long(
        _GETTING_ON,
        "the figure that the measure names, by where the school is",
        PERCENT,
        {
            "phase": Dimension("Schools", _BY_SCHOOL, "all_schools"),
            "group": Dimension("Group", exclusions.GROUPS),
            "measure": Dimension("Measure", absence_by_school.MEASURES),
        },
        heading="Figure",
        unit_by="measure",
        units={"pupils": "pupils"},
    ),
    "exclusions": long(
        _GETTING_ON,
        "the figure that the measure names, by where the school is",
        "",
        {
            "phase": Dimension("Schools", _BY_SCHOOL, "all_schools"),
            "group": Dimension("Group", exclusions.GROUPS),
            "measure": Dimension("Measure", exclusions.NAMES),
        },
        heading="Figure",
        unit_by="measure",
        units={
            "pupils": "pupils",
            "suspensions": "suspensions",
            "suspensions_per_100": "per 100 pupils",
            "pupils_suspended": "pupils",
            "pupils_suspended_percent": PERCENT,
            "permanent_exclusions": "permanent exclusions",
            "permanent_exclusions_per_100": "per 100 pupils",
        },
    ),
}
