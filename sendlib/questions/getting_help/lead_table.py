"""The table that leads Getting help: plans issued within 20 weeks, year by year, with what each of its columns is."""

from __future__ import annotations

import pandas as pd

from sendlib.answer import Column, Table, Text
from sendlib.areas import Area
from sendlib.compared.comparators import Comparators
from sendlib.compared.plainly import wholly
from sendlib.questions.getting_help.columns import YEAR, status_of
from sendlib.questions.getting_help.few import FEW

ACCESS, DEMAND, CAPACITY = "Access", "Demand", "Capacity and inspection"
"""Groups of the parts of Look closer that belong to the authority."""
_ON_TIME_COLUMNS = {
    "period": YEAR,
    "share": Column(
        "Within 20 weeks here",
        "share of the plans issued here within 20 weeks of the request, exceptions included, as published",
        "%",
        1,
        measure="Share of plans issued within 20 weeks, exceptions included",
    ),
    "england": Column("England", "the same share in England as a whole", "%", 1, whose="england"),
    "issued": Column("Plans issued here", "plans issued here in the year, exceptions included", "plans", 0),
    "in_20_weeks": Column("Of these within 20 weeks", "plans issued here within 20 weeks of the request", "plans", 0),
    "in_the_mean": Column(
        "How many in the mean", "how many of the areas compared have a share that counts", "areas", 0
    ),
    "coverage": Column(
        "Coverage",
        "plans issued here as counted for the 20 weeks, out of the plans that started in the year",
        "%",
        0,
        plain="Plans counted, of those that started, %",
    ),
    "change": Column(
        "Change",
        "points by which the share differs from that of the year before, from 2016 on and where both are drawn",
        "points",
        1,
        signed=True,
        analysts_only=True,
    ),
    "doubtful": Column("Doubtful?", "why the number of plans can not be right; a rule finds it"),
    "left_out": Column("Not drawn, because", "why the year has no point in the picture and counts for no mean"),
    "status": status_of("a share here"),
}
_SPREAD_COLUMNS = {
    name: Column(heading, f"{meaning} of the shares of its authorities that count", "%", 1)
    for name, heading, meaning in (
        ("lowest", "Lowest authority", "the lowest"),
        ("low", "Lower quarter", "a quarter lie below: lower end of the middle half"),
        ("median", "Middle authority", "the median"),
        ("high", "Upper quarter", "a quarter lie above: upper end of the middle half"),
        ("highest", "Highest authority", "the highest"),
    )
}
_RANGE_COLUMNS = {
    f"others_{name}": Column(
        f"{heading} of those compared",
        f"{meaning} share of those compared, of those that count for their mean",
        "%",
        1,
        plain=f"{heading} of those compared, %",
    )
    for name, heading, meaning in (("lowest", "Lowest", "the lowest"), ("highest", "Highest", "the highest"))
}
_BEFORE_COLUMNS = {
    "before": Column(
        "Area before",
        "share of plans issued within 20 weeks by the authority, or authorities together, that stood here before",
        "%",
        1,
        whose="before",
    ),
    "before_name": Column("Which area before", "that authority or those authorities, and until when"),
}


def whose(area: Area) -> str:
    """Whose figures of authorities are: a health area has none itself."""
    if area.kind in ("board", "location"):
        return f"{'the authority' if len(area.parts) == 1 else 'the authorities'} of {area.name}"
    return area.short_name


def of(table: pd.DataFrame, area: Area, others: Comparators) -> Table:
    """The table of plans on time (plans_on_time.on_time), with its caption and columns."""
    first, last = table["period"].iloc[0], table["period"].iloc[-1]
    before = _BEFORE_COLUMNS if "before" in table else {}
    named = [whose(area), others.the_mean] if area.kind == "england" else [whose(area), others.the_mean, "England"]
    if "median" in table:
        named = [whose(area), "the middle half of its authorities and the middle one"]
    columns = {
        **_ON_TIME_COLUMNS,
        "comparator_mean": _lead_mean(others),
        **_SPREAD_COLUMNS,
        **_RANGE_COLUMNS,
        **before,
    }
    return Table(
        table,
        Text(
            f"Per cent of plans issued within 20 weeks, exceptions included, {_in_row(named)}, {first} to {last}",
            show=f"% of plans issued within 20 weeks, {first} to {last}",
            families=f"New plans ready in 20 weeks, {first} to {last}",
        ),
        {name: column for name, column in columns.items() if name in table},
        ("process", "neighbours"),
        heading="Plans issued within 20 weeks",
        group=ACCESS,
    )


def _in_row(names: list[str]) -> str:
    return ", ".join([*names[:-1], f"and {names[-1]}"])


def _lead_mean(others: Comparators) -> Column:
    """The column of those compared in the lead table: it says whose the mean is, as the picture does."""
    if others.alone:
        meaning = f"the same share in {others.label}, unless it is one of fewer than {FEW} plans"
        return Column(others.label, meaning, "%", 1, whose="mean")
    meaning = (
        f"plain mean of the same share in the authorities compared, without shares of fewer than {FEW} plans;"
        " none where too few have one"
    )
    return Column(others.mean_heading, meaning, "%", 1, plain=f"Average of {wholly(others)}, %", whose="mean")
