"""What the columns of the tables of Needs are."""

from __future__ import annotations

from sendlib.questions.answer import UNITS_IN_HEADINGS, Column
from sendlib.tables.features import FEATURES

_CODE = Column("Need (code)", "code of the primary need", only_in_files=True)
_NEED = Column("Need", "primary need, the one that was recorded first for the child")
_AREA_CODE = Column("Area (code)", "DfE's 3-digit code of the authority", only_in_files=True)
_AREA = Column("Area", "local authority that maintains the plans")
_OF_PLANS = "part of the plans with a recorded need"
_STATUS = Column("Status", "value, or why there is no number", only_in_files=True)

MIX = {
    "need": _CODE,
    "name": _NEED,
    "count": Column("Plans", "children and young people whose plan names it as the primary need", "plans", 0),
    "share": Column("Share", _OF_PLANS, "%", 1),
    "low": Column("Interval from", "lower limit of the 95% Wilson interval of the share", "%", 1, analysts_only=True),
    "high": Column("Interval to", "upper limit of the 95% Wilson interval of the share", "%", 1, analysts_only=True),
    "comparator_mean": Column("Mean of those compared", "plain mean of the shares of those compared", "%", 1),
    "comparator_median": Column("Median", "middle one of the shares of those compared", "%", 1, analysts_only=True),
    "comparator_min": Column("Lowest", "smallest share among those compared", "%", 1, analysts_only=True),
    "comparator_max": Column("Highest", "largest share among those compared", "%", 1, analysts_only=True),
    "england": Column("England", "the same share of all plans in England", "%", 1),
    "difference": Column("Difference", "share less the mean of those compared", "points", 1),
    "ratio": Column("Ratio", "share divided by the mean of those compared; 1 is the same", "", 2, analysts_only=True),
    "divergence_part": Column(
        "Part of the divergence",
        "what the need adds to the divergence of the whole mix from the mean of those compared",
        decimals=4,
        analysts_only=True,
    ),
    "unusual": Column(
        "Unusual?",
        "yes: outside the prediction interval of the logit shares of those compared, with a q-value below 0.05",
        analysts_only=True,
    ),
    "q_value": Column(
        "q-value",
        "false-discovery q-value over all authorities and needs (over the area's needs for a set that was picked)",
        decimals=3,
        analysts_only=True,
    ),
    "status": _STATUS,
}
EACH = {
    "area_code": _AREA_CODE,
    "area": _AREA,
    "closeness": Column("Closeness", "DfE's word for how close it is, or its distance"),
    "need": _CODE,
    "name": _NEED,
    "share": Column("Share", _OF_PLANS, "%", 1),
}
DIVERGENCE = {
    "compared_with": Column("Compared with", "whose mix the area's is set beside"),
    "divergence": Column(
        "Divergence", "Jensen-Shannon divergence, base 2: 0 for the same mix, 1 for nothing in common", decimals=3
    ),
    "more_unusual_than": Column(
        "More unusual than, % of authorities",
        "part of the other authorities whose divergence from their own comparators is smaller, per cent",
        decimals=0,
    ),
    "driven_by": Column("Driven by", "the needs that add most to it"),
}
LOG_RATIO = {
    "need": _CODE,
    "name": _NEED,
    "own": Column(
        "Here, doublings",
        "share against the typical need of the area, in doublings (centred log-ratio, base 2): 1 is twice as common",
        decimals=2,
    ),
    "comparator_mean": Column("Mean of those compared, doublings", "plain mean of the same of those compared", decimals=2),
    "difference": Column("Difference, doublings", "here less that mean: 1 is twice as common, −1 half as common", decimals=2),
}
FUNNEL = {
    "need": _CODE,
    "area_code": _AREA_CODE,
    "area": _AREA,
    "group": Column("Group", "own area, compared with it, or other"),
    "plans": Column("Plans", "plans with a recorded need", "plans", 0),
    "share": Column("Share", "part of them that names the need", "%", 1),
    "z": Column("z-score", "distance from the centre in standard errors, spread between authorities included", decimals=2),
    "low_95": Column("Lower 95% limit", "lower 95% limit at this number of plans, per cent", decimals=1),
    "high_95": Column("Upper 95% limit", "upper 95% limit at this number of plans, per cent", decimals=1),
    "low_998": Column("Lower 99.8% limit", "lower 99.8% limit at this number of plans, per cent", decimals=1),
    "high_998": Column("Upper 99.8% limit", "upper 99.8% limit at this number of plans, per cent", decimals=1),
}
RECORDING = {
    "need": _CODE,
    "name": _NEED,
    "count": Column("Plans", "plans that name the need, as published", "plans", 0),
    "moved": Column("Plans after the move", "the same after the move, to the nearest whole plan", "plans", 0),
    "share": Column("Share", f"{_OF_PLANS}, as published", "%", 1),
    "share_moved": Column("Share after the move", "the same after the move", "%", 1),
    "comparator_mean": Column("Mean of those compared", "plain mean of the shares of those compared", "%", 1),
}


def features(compared: list[str]) -> dict[str, Column]:
    """The features by which authorities are found to be alike: codes of FEATURES, in their order."""
    return {
        "area": Column("Area", "local authority"),
        "distance": Column("Distance", "typical difference of a feature in standard deviations; 0 for the same", decimals=2),
        **{code: _feature(code) for code in compared},
        "london": Column("In London", "whether it is in London"),
        "county": Column("County", "whether it is a county council"),
    }


def _feature(code: str) -> Column:
    feature = FEATURES[code]
    heading = feature.name if feature.unit in UNITS_IN_HEADINGS else f"{feature.name}, {feature.unit}"
    whole = feature.unit in ("people", "people per hectare")
    return Column(heading, f"{feature.name[:1].lower()}{feature.name[1:]}", feature.unit, 0 if whole else 1)
