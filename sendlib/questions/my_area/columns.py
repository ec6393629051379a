"""What the columns of the tables of My area are."""

from __future__ import annotations

from sendlib.answer import Column

_AREA = {
    "area_code": Column(
        "Area (code)", "DfE's 3-digit code of an authority; of another area its own", only_in_files=True
    ),
    "area": Column("Area", "local authority, or the area that was asked for"),
}
_STATUS = Column("Status", "value, or why there is no number", only_in_files=True)
_JANUARY = Column("January", "the January in which plans are counted", period=True)
_PLANS = Column("Plans", "children and young people with a plan from an authority of the area", "plans", 0)
_SHARE_OF_PLANS = Column("Share of plans", "part of all plans of that January", "%", 1)
_WHOSE = Column("Whose", "the area's, the mean of those compared, or England's")
_KIND = Column("Kind", "with an EHC plan, with SEN support, or neither")
_SHARE_OF_PUPILS = Column("Share of pupils", "part of the pupils of all schools located in the area", "%", 1)

HUNDRED = {
    "group": _WHOSE,
    "kind": _KIND,
    "share": _SHARE_OF_PUPILS,
    "figures": Column("Out of 100", "the same as whole figures that add up to 100", "pupils", 0),
    "status": _STATUS,
    "why": Column("Why there is none", "why there is no figure, in words", only_in_files=True),
}
PUPILS = {
    "period": Column("School year", "the school year of the census in January", period=True),
    "group": _WHOSE,
    "kind": _KIND,
    "share": _SHARE_OF_PUPILS,
}
_DOUBTFUL = Column("Doubtful?", "why the number can not be right; a rule finds it, and it counts for no mean")
STOCK = {**_AREA, "period": _JANUARY, "plans": _PLANS, "doubtful": _DOUBTFUL}
FLOW = {
    "period": Column("Calendar year", "the year in which plans started or ceased", period=True),
    "measure": Column("Measure", "whether plans started or ceased"),
    "plans": Column("Plans", "plans that started or ceased in the year", "plans", 0),
    "status": _STATUS,
    "doubtful": _DOUBTFUL,
}
AGE = {
    "period": _JANUARY,
    "age": Column("Age", "age band in years"),
    "plans": _PLANS,
    "share": _SHARE_OF_PLANS,
    "status": _STATUS,
}
SEX = {
    **{name: column for name, column in AGE.items() if name != "age"},
    "sex": Column("Sex", "sex as recorded with the plan"),
}
PLACEMENT = {
    "period": _JANUARY,
    "group": Column("Kind of placement", "kind of place where the child or young person learns"),
    "plans": _PLANS,
    "share": _SHARE_OF_PLANS,
    "collection": Column("Collected as", "totals by authority (to 2022) or each plan by itself (from 2023)"),
    "status": _STATUS,
    "doubtful": _DOUBTFUL,
}
RATES = {
    "rate": Column("Rate", "which plans over which residents"),
    "group": _WHOSE,
    "value": Column("Per 1,000", "plans for every 1,000 residents of that age", "per 1,000", 1),
    "status": _STATUS,
    "doubtful": _DOUBTFUL,
}


def of_each(last: str, before: str, year: str) -> dict[str, Column]:
    """What is told of each of those compared, for two Januaries in words and a school year."""
    there = f"part of the pupils of all schools located there, school year {year}"
    return {
        **_AREA,
        "whose": Column("Whose", "this area, one of those compared, or England"),
        "closeness": Column("Closeness", "DfE's word for how close it is, or its distance"),
        "ehc_plan": Column("Pupils with an EHC plan", there, "%", 1),
        "sen_support": Column("Pupils with SEN support", there, "%", 1),
        "plans": Column(
            f"Plans in {last}", "children and young people with a plan from an authority of the area", "plans", 0
        ),
        "change": Column(f"Change since {before}", f"change of the number of plans from {before} to {last}", "%", 1),
        "doubtful": Column("Change doubtful?", "why the change can not be right; it then counts for no mean"),
    }
