"""What the columns of the tables of My area are."""

from __future__ import annotations

from dataclasses import replace

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
_WHOSE = Column("Whose", "the area's, the mean of those compared, or England's", whose="row")
_KIND = Column("Kind", "with an EHC plan, with SEN support, or neither")
_SHARE_OF_PUPILS = Column("Share of pupils", "part of the pupils of all schools located in the area", "%", 1)

HUNDRED = {
    "group": _WHOSE,
    "kind": _KIND,
    "share": _SHARE_OF_PUPILS,
    "figures": Column("Out of 100", "the same as whole figures that add up to 100", "pupils", 0),
    "status": _STATUS,
    "why": Column("Why there is none", "why there is no figure, in words", only_in_files=True),
    "vintage": Column("School year", "the school year of the census in January", only_in_files=True),
}
PUPILS = {
    "period": Column("School year", "the school year of the census in January", period=True),
    "group": _WHOSE,
    "kind": _KIND,
    "share": replace(_SHARE_OF_PUPILS, measure="Share of pupils: {kind}"),
}
_DOUBTFUL = Column("Doubtful?", "why the number can not be right; a rule finds it, and it counts for no mean")
STOCK = {
    **_AREA,
    "area": replace(_AREA["area"], whose="row"),
    "period": _JANUARY,
    "plans": replace(_PLANS, measure="Plans in place"),
    "doubtful": _DOUBTFUL,
}
FLOW = {
    "period": Column("Calendar year", "the year in which plans started or ceased", period=True),
    "measure": Column("Measure", "whether plans started or ceased"),
    "plans": Column(
        "Plans", "plans that started or ceased in the year", "plans", 0, measure="Plans in the year: {measure}"
    ),
    "status": _STATUS,
    "doubtful": _DOUBTFUL,
}
AGE = {
    "period": _JANUARY,
    "age": Column("Age", "age band in years"),
    "plans": replace(_PLANS, measure="Plans by age: {age}"),
    "share": replace(_SHARE_OF_PLANS, measure="Share of plans by age: {age}"),
    "status": _STATUS,
}
SEX = {
    "period": _JANUARY,
    "plans": replace(_PLANS, measure="Plans by sex: {sex}"),
    "share": replace(_SHARE_OF_PLANS, measure="Share of plans by sex: {sex}"),
    "status": _STATUS,
    "sex": Column("Sex", "sex as recorded with the plan"),
}
PLACEMENT = {
    "period": _JANUARY,
    "group": Column("Kind of placement", "kind of place where the child or young person learns"),
    "plans": replace(_PLANS, measure="Plans by placement: {group}"),
    "share": replace(_SHARE_OF_PLANS, measure="Share of plans by placement: {group}"),
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

_WITH_PLAN, _WITH_SUPPORT = "Pupils with an EHC plan", "Pupils with SEN support"


def of_each(last: str, before: str, year: str) -> dict[str, Column]:
    """What is told of each of those compared, for two Januaries in words and a school year."""
    there = f"part of the pupils of all schools located there, school year {year}"
    return {
        **_AREA,
        "whose": Column("Whose", "this area, one of those compared, or England"),
        "closeness": Column("Closeness", "DfE's word for how close it is, or its distance"),
        "ehc_plan": Column(_WITH_PLAN, there, "%", 1, measure=f"{_WITH_PLAN}, school year {year}"),
        "sen_support": Column(_WITH_SUPPORT, there, "%", 1, measure=f"{_WITH_SUPPORT}, school year {year}"),
        "plans": Column(
            f"Plans in {last}", "children and young people with a plan from an authority of the area", "plans", 0
        ),
        "change": Column(
            f"Change since {before}",
            f"change of the number of plans from {before} to {last}",
            "%",
            1,
            signed=True,
            measure=f"Change of the number of plans, {before} to {last}",
        ),
        "change_doubtful": Column("Change doubtful?", "why the change can not be right; it then counts for no mean"),
    }
