"""Tables of the NHS in words. They are of its own areas, by GP practice or residence or by provider, as each says."""

from __future__ import annotations

from collections.abc import Mapping

from sendlib.made.described import PERCENT, Described, Dimension, long
from sendlib.tables import adhd, community_workbook, health_checks, waits_autism, waits_mental_health

TOPIC = "Health"

HEALTH: Mapping[str, Described] = {
    "waits_community": long(
        TOPIC,
        "children and young people on the list at the end of the month, by the organisation that runs the service and"
        " not by where they live",
        "children and young people",
        {
            "service": Dimension("Service", community_workbook.SERVICES),
            "band": Dimension("Time waited", community_workbook.BANDS, "total"),
        },
        left_out=("not_submitting",),
    ),
    "waits_mental_health": long(
        TOPIC,
        "the figure that the measure names; below England counts are rounded to the nearest 5",
        "",
        {"measure": Dimension("Measure", {code: one.name for code, one in waits_mental_health.MEASURES.items()})},
        heading="Figure",
        unit_by="measure",
        units={
            code: PERCENT if one.unit == "percent" else one.unit for code, one in waits_mental_health.MEASURES.items()
        },
    ),
    "waits_autism": long(
        TOPIC,
        "of those whose referral for suspected autism has been open for 13 weeks or more, those whose first appointment"
        " came after more than 13 weeks",
        PERCENT,
        {"age": Dimension("Age", {group: label for label, (group, _) in waits_autism.AGES.items()})},
        heading="First appointment after 13 weeks",
        left_out=("measure",),
        caution=f"These are the NHS's measures ASD19e and, from 18 on, ASD19g. {waits_autism.ALONE}",
    ),
    "adhd": long(
        TOPIC,
        "referrals that may be for ADHD, of England",
        "referrals",
        {
            "measure": Dimension("Measure", adhd.MEASURES),
            "age": Dimension("Age", adhd.AGES, "all"),
            "open_for": Dimension("Open for", adhd.OPEN_FOR, "any"),
        },
    ),
    "health_checks": long(
        TOPIC,
        "people aged 14 to 17, or practices, as the measure says; where practices are hidden, at least so many",
        "",
        {"measure": Dimension("Measure", health_checks.MEASURES)},
        heading="Figure",
        unit_by="measure",
        units={
            code: "practices" if code == "practices" or code.endswith("_hidden") else "people"
            for code in health_checks.MEASURES
        },
    ),
}
