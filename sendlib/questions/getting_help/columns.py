"""The columns that several tables of Getting help share, and those of its NHS tables.

An NHS figure is never an authority's: whose it is stands in `health_area`, and the meaning of
that column says which kind of NHS area it is.
"""

from __future__ import annotations

from dataclasses import replace

from sendlib.answer import Column
from sendlib.areas import Area


def status_of(what: str) -> Column:
    """The code of whether a row has its figure; `what` says which one, where a row has several."""
    missing = "hidden, not available or not applicable"
    return Column("Status", f"value where there is {what}, else why there is none: {missing}", only_in_files=True)


YEAR = Column("When", "calendar year that the figures are of", period=True)
JANUARY = Column("When", "January in which the authority was asked", period=True)

_ICB_OR_ENGLAND = Column("NHS area", "integrated care board (ICB), or England as a whole", whose="row")
_MONTH = Column("When", "last day of the month that was counted", period=True)
_SERVICE = Column("Service", "community health service for children, as NHS England calls it")
_WAITING = Column("Children waiting", "children and young people on the waiting list", "children", 0)
_SENT_NOTHING = Column(
    "Organisations that sent nothing",
    "organisations of the NHS area that were to send their lists and sent nothing that month",
    "organisations",
    0,
)
_WHY_NO_FIGURE = Column("Why there is none", "why there is no figure, in words")
_CHANGED = Column("Sudden step", "what changed suddenly since the period held before it, in words")

OVERLAPS = {
    "health_level": Column("Kind of NHS area", "integrated care board (ICB), or sub-ICB location, a part of one"),
    "health_area": Column("NHS area", "name of the NHS area"),
    "share_of_authority": Column(
        "Of the authority's children", "share of the authority's children aged 0 to 17 who live in the NHS area", "%", 1
    ),
    "share_of_health_area": Column(
        "Of the NHS area's children", "share of the NHS area's children aged 0 to 17 who live in the authority", "%", 1
    ),
    "nearly_the_same": Column("Nearly the same (both 98% or more)", "yes where both shares are 98% or more, else no"),
}
AUTHORITIES = {
    "authority": Column("Authority", "local authority of today in which some of the NHS area's children live"),
    "share_of_authority": Column(
        "Of the authority's children", "share of the authority's children aged 0 to 17 who live in the NHS area", "%", 1
    ),
    "share_of_health_area": Column(
        "Of the NHS area's children", "share of the NHS area's children aged 0 to 17 who live in the authority", "%", 1
    ),
    "nearly_the_same": OVERLAPS["nearly_the_same"],
}


def overlaps_of(area: Area) -> dict[str, Column]:
    """The columns of overlaps; of a wider area both shares are of its own children."""
    if area.is_authority:
        return OVERLAPS
    its = "share of the area's children aged 0 to 17 who live in the NHS area"
    theirs = "share of the NHS area's children aged 0 to 17 who live in the area"
    return {
        **OVERLAPS,
        "share_of_authority": Column("Of the area's children", its, "%", 1),
        "share_of_health_area": Column("Of the NHS area's children", theirs, "%", 1),
    }


BREAKS = {
    "about": Column("Table (code)", "name of the table of this page whose series breaks", only_in_files=True),
    "service": Column("Service", "health service whose list breaks, where it is of one only"),
    "period": Column("From", "first year, January or month after the break", period=True),
    "what": Column("What changes", "what is not as it was before, in words"),
}
LISTS = {
    "health_area": _ICB_OR_ENGLAND,
    "service": _SERVICE,
    "period": _MONTH,
    "waiting": _WAITING,
    "over_52": Column("Over 52 weeks", "children on the list who have waited over 52 weeks", "children", 0),
    "over_104": Column(
        "Over 104 weeks",
        "children on the list who have waited over 104 weeks, counted from December 2024",
        "children",
        0,
    ),
    "over_52_share": Column("Over 52 weeks", "share of the children on the list who have waited over 52 weeks", "%", 1),
    "not_submitting": _SENT_NOTHING,
    "status": status_of("a list"),
    "why": Column("Why there is no share", "why there is no share over 52 weeks, in words"),
}
LISTS_OVER_TIME = {
    **LISTS,
    "waiting": replace(_WAITING, measure="Community services, children waiting: {service}"),
    "over_52": replace(LISTS["over_52"], measure="Community services, children waiting over 52 weeks: {service}"),
    "over_104": replace(LISTS["over_104"], measure="Community services, children waiting over 104 weeks: {service}"),
    "over_52_share": replace(
        LISTS["over_52_share"], measure="Community services, share of the list over 52 weeks: {service}"
    ),
    "changed": _CHANGED,
}
BANDS = {
    "health_area": _ICB_OR_ENGLAND,
    "service": _SERVICE,
    "waited": Column("Weeks waited", "how long the children have waited so far"),
    "waiting": Column("Children waiting", "children and young people who have waited so long", "children", 0),
    "share": Column(
        "Share of the list", "these children, out of all on the list of the service; shares need not add up", "%", 1
    ),
    "status": status_of("a number"),
    "why": Column("Why there is no share", "why there is no share of the list, in words"),
}
SILENT = {"health_area": _ICB_OR_ENGLAND, "not_submitting": _SENT_NOTHING}
CONTACTS = {
    "health_area": Column(
        "NHS area", "sub-ICB location that the children belong to by GP practice or home", whose="row"
    ),
    "period": Column("Twelve months to", "last day of the twelve months", period=True),
    "with_contact": Column(
        "Children with a contact",
        "children under 18 with an NHS mental health contact in the twelve months, to the nearest 5",
        "children",
        0,
        measure="Mental health, children with a contact in twelve months",
    ),
    "status": status_of("a figure"),
    "why": _WHY_NO_FIGURE,
    "changed": _CHANGED,
}
FOUR_WEEKS = {
    "health_area": _ICB_OR_ENGLAND,
    "measure": Column("What is measured", "which referrals are counted, or how long they have waited"),
    "period": Column("Last day", "last day of the month or months that are counted", period=True),
    "figure": Column(
        "Figure",
        "referrals, per cent of them or days, as the next column says; below England rounded",
        decimals=0,
        measure="Mental health waits: {measure}",
    ),
    "unit": Column("Figure is in", "what the figure counts: referrals, per cent of them, or days"),
    "months": Column("Months covered", "how many months are counted; 1 where it is those waiting when the month ends"),
    "published_as": Column("Published as", "NHS England's code of what is measured"),
    "status": status_of("a figure"),
    "why": _WHY_NO_FIGURE,
}


def _autism(heading: str, which: str, decimals: int = 1) -> Column:
    """One of the parts that make up the suspected autism referrals open for 13 weeks or more."""
    return Column(heading, f"share of the referrals open for 13 weeks or more {which}", "%", decimals)


AUTISM = {
    "health_area": Column("NHS area", "sub-ICB location by GP practice or home, or England as a whole", whose="row"),
    "period": _MONTH,
    "age": Column("Age", "age group of the children, in years"),
    "seen_late": replace(
        _autism(
            "First appointment after more than 13 weeks (ASD19e)",
            "whose first appointment came after more than 13 weeks",
            0,
        ),
        measure="Suspected autism referrals open for 13 weeks or more, share seen after more than 13 weeks: aged {age}",
    ),
    "seen_in_13_weeks": _autism(
        "First appointment within 13 weeks (ASD19c)", "whose first appointment came within 13 weeks: not in the file"
    ),
    "not_seen_yet": _autism("No appointment yet (ASD19f)", "without a first appointment so far: not in the file"),
    "seen_early_or_not_seen": _autism(
        "The last two together", "seen within 13 weeks, or not yet: 100 less those seen after more than 13 weeks", 0
    ),
    "corrected": Column("Areas corrected", "whether the publisher's later correction of areas is in the figure"),
    "status": status_of("a figure"),
    "why": _WHY_NO_FIGURE,
}
