"""Who has which need, further: tables by ethnicity, by age when the plan started, by years in place, by kind of school,
and of children in need. What is said of them in words is in further_words.py."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from sendlib.answer import Column, Table, Text
from sendlib.answer.table import NOTHING
from sendlib.areas import Area
from sendlib.compared import crosses, crosses_further, latest, means, needs_in_care, parts
from sendlib.compared.cohorts import Cohort
from sendlib.compared.comparators import Comparators
from sendlib.questions.needs import further_words as words
from sendlib.store import Store
from sendlib.tables.school_needs import PROVISIONS

WHO, OTHERS = "Who has which need", "Other children: pupils in schools here, and children in need"
"""Headings over the parts of Look closer that divide the children with a plan, and over those about other children."""
OF_THE_GROUP = "Shares of all plans of the group, those without a recorded need included."
FEWEST_NAMED = 5
"""Plans of an ethnic group that name a need, below which no need is called the one named most often."""
_OF_FEW = ("count", "share")
_CODE = Column("Need (code)", "code of the primary need", only_in_files=True)
_NEED = Column("Need", "primary need, the one that was recorded first for the child")
_STATUS = Column("Status", "value, or why there is no number", only_in_files=True)
_ETHNICITY = Column(
    "Ethnic group",
    f"as recorded with the plan; DfE's group, without the word before its dash ('{crosses.GYPSY_OR_ROMA}' is DfE's"
    " 'White - Gypsy/Roma')",
)


@dataclass(frozen=True)
class _Made:
    """How a table of the answer is made from: the store, the area and those compared."""

    store: Store
    area: Area
    others: Comparators

    def table(
        self,
        data: pd.DataFrame,
        caption: str,
        described: Mapping[str, Column],
        source: str,
        heading: str,
        group: str,
        how_to_read: str,
        of_few: tuple[str, ...] = _OF_FEW,
    ) -> Table:
        """A table that divides an authority's children further; England's column only where England stands beside."""
        gone = [] if parts.england_stands(self.area, self.others) else ["england"]
        return Table(
            data.drop(columns=gone, errors="ignore") if gone else data,
            Text(caption),
            {name: column for name, column in described.items() if name not in gone},
            (source,),
            heading,
            group,
            Text(how_to_read),
            of_few,
            self.area.code in means.too_small(self.store),
        )


def beside(others: Comparators, share: str, counted: str) -> dict[str, Column]:
    """The columns of those compared and of England; `share`: of whom it is, such as `of these children`, which are
    `counted` (children)."""
    alone, enough = others.alone, f"{crosses_further.FEWEST} or more such {counted}"
    the_mean = Column(
        "Mean of those compared",
        f"plain mean of the shares {share}, of those compared that have {enough}",
        "%",
        1,
        whose="mean",
    )
    if alone:
        the_mean = Column(others.mean_heading, f"the same share {share} in {others.label}", "%", 1, whose="mean")
    return {
        "comparator_mean": the_mean,
        "areas_known": Column(
            "Areas in the mean",
            f"how many of those compared have a figure that counts, of {enough}",
            "areas",
            0,
            analysts_only=True,
            only_in_files=alone,
        ),
        "comparator_min": Column(
            "Lowest",
            "smallest share among those in the mean",
            "%",
            1,
            analysts_only=True,
            only_in_files=alone,
            whose="mean",
        ),
        "comparator_max": Column(
            "Highest",
            "largest share among those in the mean",
            "%",
            1,
            analysts_only=True,
            only_in_files=alone,
            whose="mean",
        ),
        "england": Column("England", f"the same share {share} in England", "%", 1, whose="england"),
    }


def of_plans(store: Store, area: Area, others: Comparators) -> dict[str, Table]:
    """Plans by ethnicity, by age when they started and by years in place."""
    made, now = _Made(store, area, others), latest.said(latest.needs_period(store, "all"))
    return {
        "ethnicity": _ethnicity(made, now),
        "ethnic_groups": _ethnic_groups(made, now),
        "started": _started(made),
        "in_place": _in_place(made, now),
    }


def of_other_children(store: Store, area: Area, others: Comparators, cohort: Cohort) -> dict[str, Table]:
    """Pupils by kind of school, and children in need: others than those whose plan the authority maintains."""
    made = _Made(store, area, others)
    return {"schools": _schools(made, cohort), "in_need": _in_need(made, cohort)}


def provisions_of(schools: pd.DataFrame) -> dict[str, str]:
    """The provisions that the table `schools` tells apart: code -> words; none where it has both together alone."""
    told = set(schools["provision"])
    return {code: words for code, words in PROVISIONS.items() if words in told}


def _ethnicity(made: _Made, now: str) -> Table:
    data = crosses.by(made.store, "ethnicity", made.area.code)
    data.insert(len(data.columns) - 1, "england", crosses_further.england_by_ethnicity(made.store))
    share = Column("Share", "part of all plans of the group, those without a recorded need included", "%", 1)
    columns = crosses.columns(_ETHNICITY, "plans", share)
    return made.table(
        data,
        f"EHC plans by primary need and ethnic group, {made.area.short_name}, {now}",
        {**columns, "england": Column("England", "the same share of the plans of the group in England", "%", 1)},
        "needs",
        "Needs by ethnicity",
        WHO,
        f"{OF_THE_GROUP} Of a group with few plans here, England's share of the same group says more than the area's.",
    )


def _ethnic_groups(made: _Made, now: str) -> Table:
    name = made.area.in_text
    columns = {
        "category": _ETHNICITY,
        "count": Column("Plans", "plans of children and young people of the group", "plans", 0),
        "share": Column("Share of plans", "part of all plans whose ethnic group is told", "%", 1),
        "england": Column("Share of plans, England", "the same share in England", "%", 1),
        "most": Column(
            "Need named most often",
            f"the primary need that most plans of the group name; none where fewer than {FEWEST_NAMED} name it, or two"
            " are named as often",
        ),
        "most_count": Column(
            "Plans that name it", "plans of the group that name that need", "plans", 0, otherwise=NOTHING
        ),
        "status": _STATUS,
    }
    return made.table(
        crosses_further.ethnic_groups(made.store, made.area.code, FEWEST_NAMED),
        f"EHC plans by ethnic group, with the need named most often, {made.area.short_name}, {now}",
        columns,
        "needs",
        "Every ethnic group: its plans and the need named most often",
        WHO,
        f"How many children of each group live in {name} is not told here: a group with a larger share of plans may be"
        " a larger group.",
        (*_OF_FEW, "most", "most_count"),
    )


def _in_bands(others: Comparators, band: Column, counted: str) -> dict[str, Column]:
    return {
        "need": _CODE,
        "name": _NEED,
        "band": band,
        "count": Column("Plans", counted, "plans", 0),
        "share": Column("Share", "part of the plans that name the need (of all plans in the first rows)", "%", 1),
        **beside(others, "of the plans that name the need", "plans"),
        "status": _STATUS,
    }


def _started(made: _Made) -> Table:
    when = latest.said(latest.needs_period(made.store, "new"))
    age = Column("Age when the plan started", words.age_is(made.store), "")
    return made.table(
        crosses_further.in_bands(made.store, "started", made.area.code, made.others.codes),
        f"New EHC plans by primary need and age when the plan started, {made.area.short_name}, {when}, per cent of the"
        " new plans that name the need",
        _in_bands(made.others, age, "plans that started in the year, for a child of this age"),
        "needs",
        "When is it identified? Age when the plan started",
        WHO,
        f"Each bar is the new plans that name a need, parted by age. {words.on_bars(made.others)}"
        f" {words.on_age(made.store)}",
    )


def _in_place(made: _Made, now: str) -> Table:
    years = Column("In place for", "full years since the plan started, in January")
    return made.table(
        crosses_further.in_bands(made.store, "in_place", made.area.code, made.others.codes),
        f"EHC plans by primary need and years in place, {made.area.short_name}, {now}, per cent of the plans that name"
        " the need",
        _in_bands(made.others, years, "plans that have been in place for so long"),
        "needs",
        "How long have plans been in place?",
        WHO,
        f"Each bar is the plans that name a need, parted by how long they have been in place."
        f" {words.on_bars(made.others)}",
    )


def _schools(made: _Made, cohort: Cohort) -> Table:
    area, store = made.area, made.store
    columns = {
        **crosses.OF_SCHOOLS,
        "provision": Column("SEN status", "whether SEN support, an EHC plan, or both together"),
        **beside(made.others, "of pupils with SEN in the same kind of school", "pupils"),
    }
    apart = f": other children than those with a plan from {parts.maintained_by(area)}" if cohort.is_plans else ""
    return made.table(
        crosses_further.in_schools(store, area.code, made.others.codes),
        f"Pupils with SEN support or an EHC plan by primary need and kind of school, schools located in {area.in_text},"
        f" school year {crosses.school_census(store)}, per cent of the pupils with SEN in that kind of school{apart}",
        columns,
        "school_needs",
        "By kind of school: primary, secondary, special",
        OTHERS if cohort.is_plans else WHO,
        f"{words.on_schools(area, cohort)}{words.on_few(made.others, 'pupils with SEN in a kind of school')}",
    )


def _in_need(made: _Made, cohort: Cohort) -> Table:
    area, store = made.area, made.store
    columns = {
        "category": Column("Children", "which children the row is about, on 31 March"),
        "need": _CODE,
        "name": Column("Need", "primary need as schools recorded it"),
        "count": Column(
            "Children with this need",
            "as published: numbers that are mostly small are hidden, and those of regions and of England are rounded to"
            " ten",
            "children",
            0,
        ),
        "share": Column(
            "Share",
            "part of the children of the group with SEN support or an EHC plan, those not assessed included",
            "%",
            1,
        ),
        **beside(made.others, "of these children", "children"),
        "areas_hidden": Column(
            "Areas with a hidden figure",
            "how many of those compared: no mean and no range is given where one has",
            "areas",
            0,
            analysts_only=True,
        ),
        "status": _STATUS,
    }
    return made.table(
        needs_in_care.by_group(store, area.code, made.others.codes),
        f"Children in need, on a protection plan and looked after who have SEN support or an EHC plan, by primary need,"
        f" {area.short_name}, {words.day_of_care(store)}, per cent of the children of the group with SEN",
        columns,
        "care",
        "Needs of children in need and of looked-after children",
        OTHERS if cohort.is_plans else WHO,
        f"{words.on_care(store)}{words.on_few(made.others, 'children of a group with SEN')}",
    )
