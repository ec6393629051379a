"""What the columns of the tables of Needs are."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from sendlib.answer import Column
from sendlib.answer.numbers import capital
from sendlib.answer.table import UNITS_IN_HEADINGS
from sendlib.areas import Area
from sendlib.compared.cohorts import COHORTS, PLANS, Cohort
from sendlib.compared.comparators import Comparators
from sendlib.tables.features import FEATURES

OF_ENGLAND = ("england", "england_rate")
"""Columns of the mix that stand where England is neither the area nor the one that is compared."""
TESTS = ("outside", "unusual", "q_value")
"""Columns of the mix that say nothing of England beside its own authorities."""
CODE = Column("Need (code)", "code of the primary need", only_in_files=True)
NEED = Column("Need", "primary need, the one that was recorded first for the child")
_AREA_CODE = Column("Area (code)", "DfE's 3-digit code of an authority; of another area its own", only_in_files=True)
_AREA = Column("Area", "local authority that maintains the plans, or the area whose authorities do")
_OF_SCHOOLS = Column("Area", "local authority, or other area, in which the schools are located")
_STATUS = Column("Status", "value, or why there is no number", only_in_files=True)


def counted(cohort: Cohort) -> Column:
    """How many children have a need."""
    if cohort.is_plans:
        return Column("Plans", "children and young people whose plan names it as the primary need", "plans", 0)
    return Column("Pupils", f"{cohort.of} with this primary need", cohort.of, 0)


def _of_whole(cohort: Cohort) -> str:
    return f"part of the {cohort.whole}"


def _mean(others: Comparators) -> Column:
    """The share of those compared: of one area alone its own, under its own name."""
    if others.alone:
        return Column(others.mean_heading, f"the same share in {others.label}", "%", 1)
    return Column(
        "Mean of those compared",
        "plain mean of the shares of those compared",
        "%",
        1,
        plain="Average of those compared, %",
    )


_ALIKE = "if pupils with SEN of schools that report no needs had them in the same shares"


def mix(others: Comparators, cohort: Cohort) -> dict[str, Column]:
    """The mix beside those compared. One area alone has no middle and no range, which then stand in files only."""
    of_them, alone = _of(others), others.alone
    per = partial(_rate, cohort)
    plain = "Per 1,000 children and young people" if cohort.is_plans else "Per 1,000 pupils"
    name = cohort.that_name("the need")
    of_those = f"the same of {others.label}" if alone else "plain mean of the same of those compared"
    return {
        "need": CODE,
        "name": NEED,
        "count": counted(cohort),
        "share": Column("Share", _of_whole(cohort), "%", 1),
        "low": _for_analysts("Interval from", "lower limit of the 95% Wilson interval of the share"),
        "high": _for_analysts("Interval to", "upper limit of the 95% Wilson interval of the share"),
        "comparator_mean": _mean(others),
        "areas_known": Column(
            "Areas in the mean",
            "how many of those compared have a figure that counts",
            "areas",
            0,
            analysts_only=True,
            only_in_files=alone,
        ),
        "comparator_median": _for_analysts(
            "Median", "middle one of the shares of those compared", only_in_files=others.alone
        ),
        "comparator_min": _for_analysts("Lowest", "smallest share among those compared", only_in_files=alone),
        "comparator_max": _for_analysts("Highest", "largest share among those compared", only_in_files=alone),
        "england": Column("England", "the same share in England", "%", 1),
        "difference": Column("Difference", f"share less {of_them}", "points", 1, plain="How far apart, points"),
        "ratio": Column("Ratio", f"share divided by {of_them}; 1 is the same", "", 2, analysts_only=True),
        "divergence_part": Column(
            "Part of the divergence",
            f"what the need adds to the divergence of the whole mix from {of_them}",
            decimals=4,
            analysts_only=True,
        ),
        "rate": per(f"Per 1,000 {cohort.per_short}", name, plain),
        "rate_low": per("Per 1,000, interval from", "lower limit of its 95% Wilson interval"),
        "rate_high": per("Per 1,000, interval to", "upper limit of its 95% Wilson interval"),
        "comparator_rate": per(f"Per 1,000, {others.label if alone else 'mean of those compared'}", of_those),
        "comparator_rate_min": per("Per 1,000, lowest", "smallest of those compared", only_in_files=alone),
        "comparator_rate_max": per("Per 1,000, highest", "largest of those compared", only_in_files=alone),
        "england_rate": per("Per 1,000, England", "the same of England"),
        "rate_alike": per("Per 1,000, all schools alike", f"{name}, {_ALIKE}", only_in_files=True),
        "comparator_rate_alike": per(
            "Per 1,000, all schools alike, those compared", f"{of_those}, {_ALIKE}", only_in_files=True
        ),
        "outside": Column(
            "Outside the range?",
            "whether the share, to one decimal, is above the highest or below the lowest of those compared"
            if not alone
            else "not asked where one area alone is compared",
            analysts_only=True,
            only_in_files=alone,
        ),
        "unusual": Column(
            "Passes the strict test?",
            "yes: outside the prediction interval of the logit shares of those compared, with a q-value below 0.05",
            analysts_only=True,
        ),
        "q_value": Column(
            "q-value",
            "false-discovery q-value over all needs of all areas of its kind (over the area's own needs for a set that"
            " was picked, a region or a group)",
            decimals=3,
            analysts_only=True,
        ),
        "status": _STATUS,
    }


def _rate(cohort: Cohort, heading: str, what: str, plain: str = "", *, only_in_files: bool = False) -> Column:
    """A rate; `plain` is its heading in Families, which have no other."""
    when = "residents aged 0 to 25 in the summer before" if cohort.is_plans else "pupils of all schools located there"
    meaning = f"{what}, for every 1,000 {when}"
    return Column(heading, meaning, "per 1,000", 1, plain, analysts_only=not plain, only_in_files=only_in_files)


def _for_analysts(heading: str, meaning: str, *, only_in_files: bool = False) -> Column:
    return Column(heading, meaning, "%", 1, analysts_only=True, only_in_files=only_in_files)


def _of(others: Comparators) -> str:
    return f"that of {others.label}" if others.alone else "the mean of those compared"


def each(now: str, cohort: Cohort) -> dict[str, Column]:
    """Each of those compared, in a January in words."""
    rate = _rate(cohort, f"Per 1,000 {cohort.per_short}", cohort.that_name("the need"))
    return {
        "area_code": _AREA_CODE,
        "area": _AREA if cohort.is_plans else _OF_SCHOOLS,
        "whose": Column("Whose", "this area, one of those compared, or England"),
        "closeness": Column("Closeness", "DfE's word for how close it is, or its distance"),
        "need": CODE,
        "name": NEED,
        "share": Column("Share", _of_whole(cohort), "%", 1, measure=f"Share of {cohort.of}, {now}: {{name}}"),
        "rate": replace(rate, measure=f"{capital(cohort.of)} per 1,000 {cohort.per_short}, {now}: {{name}}"),
        "left_out": Column("Left out", "why it counts for no mean and no range, if it does not"),
    }


EVERYONE = {
    "need": CODE,
    "name": NEED,
    "count": counted(COHORTS[PLANS]),
    "share": Column("Share of all plans", "part of all plans, those without a recorded need included", "%", 1),
    "status": _STATUS,
}


def divergence(among: str) -> dict[str, Column]:
    """How far the mix is from others; `among`: whom it is one of, such as authorities."""
    return {
        "compared_with": Column("Compared with", "whose mix the area's is set beside"),
        "divergence": Column(
            "Divergence", "Jensen-Shannon divergence, base 2: 0 for the same mix, 1 for nothing in common", decimals=3
        ),
        "further_than": Column(
            f"Further than, % of {among}",
            f"part of the other {among} whose divergence from their own comparators is smaller, per cent",
            decimals=0,
        ),
        "driven_by": Column("Driven by", "the needs that add most to it"),
    }


WHOLE = "own area as a whole"
"""Whose the row is of an area of several authorities together."""


def funnel(cohort: Cohort) -> dict[str, Column]:
    """Every authority by the number of children that its share is of."""
    at = f"at this number of {cohort.short}, per cent"
    return {
        "need": CODE,
        "area_code": _AREA_CODE,
        "area": _AREA if cohort.is_plans else _OF_SCHOOLS,
        "group": Column("Group", "own area (or a part of it), compared with it, or other; or a whole of several"),
        "plans": Column(capital(cohort.counted), cohort.whole, cohort.of, 0),
        "share": Column("Share", "part of them with the need", "%", 1),
        "z": Column(
            "z-score", "distance from the centre in standard errors, spread between authorities included", decimals=2
        ),
        "low_95": Column("Lower 95% limit", f"lower 95% limit {at}", decimals=1),
        "high_95": Column("Upper 95% limit", f"upper 95% limit {at}", decimals=1),
        "low_998": Column("Lower 99.8% limit", f"lower 99.8% limit {at}", decimals=1),
        "high_998": Column("Upper 99.8% limit", f"upper 99.8% limit {at}", decimals=1),
    }


def log_ratio(others: Comparators) -> dict[str, Column]:
    """Each need relative to the typical need, here and where it is compared with."""
    theirs = "the same" if others.alone else "plain mean of the same"
    return {
        "need": CODE,
        "name": NEED,
        "own": Column(
            "Here, doublings",
            "share against the typical need of the area, in doublings (centred log-ratio, base 2): 1 is twice as"
            " common",
            decimals=2,
        ),
        "comparator_mean": Column(f"{_mean(others).heading}, doublings", f"{theirs} of {others.label}", decimals=2),
        "difference": Column(
            "Difference, doublings", "the first less the second: 1 is twice as common, −1 half as common", decimals=2
        ),
    }


def recording(others: Comparators, cohort: Cohort) -> dict[str, Column]:
    """The mix before and after parts of needs are moved to others."""
    many, alone = cohort.short, others.alone
    return {
        "need": CODE,
        "name": NEED,
        "part": Column("In the what-if", "whether it gives a part or takes one; empty where it stays as published"),
        "count": Column(capital(many), f"{cohort.that_name('the need')}, as published", cohort.of, 0),
        "moved": Column(
            f"{capital(many)} after the move", f"the same after the move, to the nearest whole {cohort.one}", many, 0
        ),
        "share": Column("Share", f"{_of_whole(cohort)}, as published", "%", 1),
        "share_moved": Column("Share after the move", "the same after the move", "%", 1),
        "comparator_mean": _mean(others),
        "comparator_min": Column("Lowest", "smallest share of those compared", "%", 1, only_in_files=alone),
        "comparator_max": Column("Highest", "largest share of those compared", "%", 1, only_in_files=alone),
    }


def recording_unlike(cohort: Cohort, source: str, target: str) -> dict[str, Column]:
    """Who records most unlike the area: `source` and `target` are the names of the needs of the what-if."""
    return {
        "area_code": _AREA_CODE,
        "area": _AREA if cohort.is_plans else _OF_SCHOOLS,
        "whose": Column("Whose", "this area, England, or one of those compared"),
        "divergence": Column(
            "Divergence from this area",
            "Jensen-Shannon divergence of its whole mix from this area's, base 2: 0 for the same mix, 1 for nothing in"
            " common",
            decimals=3,
        ),
        "source": Column(source, _of_whole(cohort), "%", 1),
        "target": Column(target, _of_whole(cohort), "%", 1),
    }


def features(compared: list[str], area: Area) -> dict[str, Column]:
    """The features by which areas of a kind are found to be alike: codes of FEATURES, in their order."""
    is_board = area.kind == "board"
    return {
        "area": Column("Area", "integrated care board" if is_board else "local authority"),
        "distance": Column(
            "Distance", "typical difference of a feature in standard deviations; 0 for the same", decimals=2
        ),
        **{code: _feature(code) for code in compared},
        **(_IN_PARTS if is_board else _WHOLLY),
    }


_WHOLLY = {
    "london": Column("In London", "whether it is in London"),
    "county": Column("County", "whether it is a county council"),
}
_IN_PARTS = {
    "london": Column("In London", "part of its residents aged 0 to 25 who live in London", "%", 0),
    "county": Column("In counties", "part of its residents aged 0 to 25 who live in a county", "%", 0),
}


def _feature(code: str) -> Column:
    feature = FEATURES[code]
    heading = feature.name if feature.unit in UNITS_IN_HEADINGS else f"{feature.name}, {feature.unit}"
    whole = feature.unit in ("people", "people per hectare")
    return Column(heading, f"{feature.name[:1].lower()}{feature.name[1:]}", feature.unit, 0 if whole else 1)
