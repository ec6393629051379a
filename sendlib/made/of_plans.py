"""Tables of EHC plans in words: how many, of whom, with which need, placed where, and how they come about."""

from __future__ import annotations

from collections.abc import Mapping

from sendlib.answer.numbers import capital
from sendlib.made.described import PERCENT, Described, Dimension, Figures, long
from sendlib.tables import designated_officers, ehc_labels, elsewhere, needs, process_measures

TOPIC = "EHC plans"
_PLACED = {
    **{code: one.name for code, one in ehc_labels.PLACEMENTS.items()},
    **{code: f"{name}, all kinds" for code, name in ehc_labels.PLACEMENT_GROUP_TOTALS.items()},
    "all": "All plans",
}
_DIVIDED_BY = {
    **{code: capital(words) for code, words in ehc_labels.WORDS.items()},
    ehc_labels.TOTAL: "Not divided (totals)",
    "own_row": "The release's own total of England or a region",
}
_PART = Dimension("Group", {**_PLACED, ehc_labels.ALL: "All"}, ehc_labels.ALL)
_NEEDS = {
    **needs.NEEDS,
    needs.UNKNOWN: "Need not recorded",
    needs.PLANS: "All needs (plans)",
    needs.DOWN_SYNDROME: "Down syndrome (part of other difficulty or disability)",
}

PLANS: Mapping[str, Described] = {
    "plans": long(
        TOPIC,
        "children and young people aged 0 to 25 whose plan the authority maintains in that January, wherever they live"
        " or learn",
        "children and young people",
        {
            "measure": Dimension(
                "Measure",
                {
                    "plans": "EHC plans (until 2018 with statements)",
                    "ehc_plans": "EHC plans without statements",
                    "statements": "Statements of SEN",
                },
                "plans",
            ),
            "characteristic": Dimension("Divided by", _DIVIDED_BY, ehc_labels.TOTAL),
            "category": _PART,
        },
    ),
    "needs": long(
        TOPIC,
        "children and young people with a plan that names the need as the primary one",
        "children and young people",
        {
            "scope": Dimension(
                "Plans counted",
                {"all": "All plans in place in January", "new": "New plans, started in the calendar year"},
                "all",
            ),
            "characteristic": Dimension("Divided by", _DIVIDED_BY, ehc_labels.TOTAL),
            "category": _PART,
            "need": Dimension("Primary need", _NEEDS),
        },
        absent="None",
    ),
    "placements": long(
        TOPIC,
        "children and young people with a plan who are placed there in that January",
        "children and young people",
        {"placement": Dimension("Placement", _PLACED)},
        left_out=("collection",),
    ),
    "elsewhere": long(
        TOPIC,
        "children and young people with a plan who are educated elsewhere, or not in education, in that January",
        "children and young people",
        {"placement": Dimension("Placement", elsewhere.PLACEMENTS)},
    ),
    "process": long(
        TOPIC,
        "the figure that the measure names: a count over a calendar year, or on a day in January",
        "",
        {"measure": Dimension("Measure", {code: one.name for code, one in process_measures.MEASURES.items()})},
        heading="Figure",
        unit_by="measure",
        units={code: PERCENT if one.unit == "percent" else one.unit for code, one in process_measures.MEASURES.items()},
    ),
    "phase_transfers": long(
        TOPIC,
        "plans that change with a move to another phase of education; the publisher does not say more of the two",
        "plans",
        {
            "year": Dimension("Year of the move"),
            "measure": Dimension("Measure", {"due": "Due", "final": "Made final"}),
        },
    ),
    "designated_officers": Described(
        TOPIC,
        {"answer": Figures("Answer", "whether the area has that officer", words={"": "", "yes": "Yes", "no": "No"})},
        {"role": Dimension("Role", designated_officers.ROLES)},
    ),
}
