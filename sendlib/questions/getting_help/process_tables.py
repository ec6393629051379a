"""Requests, decisions, plans on time, appeals, reviews and ceased plans of every area, as tables of an answer.

Shares are worked out from the counts, each with its own denominator; plans
within 20 weeks and requests turned down have the publisher's share. Means are plain means of the authorities
compared; one without a figure, or with a share of fewer than FEW, is left out.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pandas as pd

from sendlib.areas import ENGLAND, Area
from sendlib.questions.answer import Column
from sendlib.questions.comparators import Comparators, known_areas
from sendlib.questions.getting_help.columns import JANUARY, YEAR, status_of
from sendlib.store import Store
from sendlib.tables.designated_officers import ROLES
from sendlib.tables.process import FOOTNOTES
from sendlib.tables.process_measures import MEASURES
from sendlib.tables.symbols import HIDDEN, NOT_APPLICABLE, NOT_AVAILABLE, WORDS

ON_TIME = "issued_in_20_weeks_percent"
"""The picture's measure: plans issued within 20 weeks, exceptions included, per cent, as published."""
REFUSED = "requests_refused_percent"
APPEALS = "appeal_rate"
FEW = 20
"""A share of fewer plans, requests or decisions is told as numbers, not drawn, not compared and in no mean."""
FEWEST_IN_MEAN = 7
"""Of ten authorities (or more), so many must have a share, or their mean is not given; of fewer, seven in ten."""
FEWEST_DEATHS = 5
"""Deaths below this are never shown for an authority; they are counted among the other reasons."""
_DIED, _OTHER = "ceased_deceased", "ceased_other"


PARTS: dict[str, dict[str, str | None]] = {
    "decisions": {
            "requests_received": None, "requests_agreed": "requests_received", "requests_refused": "requests_received",
            "requests_awaiting_decision": "requests_received", "requests_withdrawn": "requests_received",
            "requests_decided_in_6_weeks": "requests decided", "requests_decided_later": "requests decided",
    },
    "late": {
            "issued": None, "issued_in_20_weeks": "issued", "issued_in_20_to_52_weeks": "issued", "issued_after_52_weeks": "issued",
            "issued_without_exceptions": None, "issued_in_20_weeks_without_exceptions": "issued_without_exceptions",
            "issued_in_20_to_52_weeks_without_exceptions": "issued_without_exceptions",
            "issued_after_52_weeks_without_exceptions": "issued_without_exceptions",
    },
    "tribunal": {
            "appealable_decisions": None, "appeals": "appealable_decisions",
            "requests_to_mediation": "requests_received", "requests_to_tribunal": "requests_received", "requests_to_tribunal_after_mediation": None,
            "assessments_to_mediation": "assessments", "assessments_to_tribunal": "assessments", "assessments_to_tribunal_after_mediation": None,
            "other_to_mediation": None, "other_to_tribunal": None, "other_to_tribunal_after_mediation": None, "decisions_in_development": None,
    },
    "demand": {"requests_received": None, "assessments": None, "issued": None},
    "assessments": {
            "assessments": None, "assessments_plan_issued": "assessments", "assessments_no_plan": "assessments",
            "assessments_awaiting_decision": None, "assessments_withdrawn": "assessments",
    },
    "ceased": {"ceased": None, **{code: "ceased" for code in MEASURES if code.startswith("ceased_")}},
    "reviews": {
            "reviews_due": None, "review_meetings_in_year": "reviews_due", "review_meetings_before": "reviews_due",
            "review_meetings_after": "reviews_due", "review_meetings_not_held": "reviews_due", "review_meetings_held": None,
            "review_decisions_in_4_weeks": "review decisions", "review_decisions_later": "review decisions",
            "review_decisions_outstanding": "review_meetings_held", "review_decisions_not_due": "review_meetings_held",
            "review_outcome_maintain": "review_meetings_held", "review_outcome_amend": "review_meetings_held",
            "review_outcome_cease": "review_meetings_held", "review_no_outcome": "review_meetings_held",
    },
    "budgets": {
            "personal_budgets": None,
            **dict.fromkeys(
                ("personal_budgets_arranged", "personal_budgets_education", "personal_budgets_social_care", "personal_budgets_health",
                 "personal_budgets_combined"), "personal_budgets",
            ),
    },
}  # fmt: skip
"""Parts of Look closer -> their measures and what each is a share of."""
SHORT = {
    "requests_agreed": "Decided to assess", "requests_refused": "Turned down", "requests_awaiting_decision": "No decision by the year's end",
    "requests_withdrawn": "Withdrawn", "requests_decided_in_6_weeks": "Decided within 6 weeks", "requests_decided_later": "Decided after 6 weeks",
    "issued_in_20_weeks": "Within 20 weeks, exceptions in", "issued_in_20_to_52_weeks": "20 to 52 weeks, exceptions in",
    "issued_after_52_weeks": "Over 52 weeks, exceptions in", "issued_in_20_weeks_without_exceptions": "Within 20 weeks, exceptions out",
    "issued_in_20_to_52_weeks_without_exceptions": "20 to 52 weeks, exceptions out",
    "issued_after_52_weeks_without_exceptions": "Over 52 weeks, exceptions out",
    "ceased_not_recorded": "Other or not recorded ('not_rec')", "ceased_other": "Other or not recorded ('other')",
    "assessments_plan_issued": "A plan was issued", "assessments_no_plan": "No plan was issued", "assessments_withdrawn": "Withdrawn",
    "review_meetings_in_year": "Due: met in the year", "review_meetings_before": "Due: last met before the year",
    "review_meetings_after": "Due: met after the year", "review_meetings_not_held": "Due: no meeting on record",
    "review_decisions_in_4_weeks": "Decision within 4 weeks", "review_decisions_later": "Decision later than 4 weeks",
    "review_decisions_outstanding": "Met: decision outstanding", "review_decisions_not_due": "Met: decision not due yet",
    "review_outcome_maintain": "Met: plan kept as it was", "review_outcome_amend": "Met: plan changed", "review_outcome_cease": "Met: plan ended",
    "review_no_outcome": "Met: no outcome on record",
}  # fmt: skip
"""Names for the axis of a picture, where the full ones are long."""
_SUMS = {
    "requests decided": ["requests_decided_in_6_weeks", "requests_decided_later"],
    "review decisions": ["review_decisions_in_4_weeks", "review_decisions_later"],
}
NO_SHARE = "No share: a total"
_BESIDE = ["share", "comparator_mean", "england"]
COLUMNS = {
    "period": YEAR,
    "measure": Column("What is counted", "requests, assessments, plans, reviews, decisions or cases of one kind"),
    "counted": Column("Number here", "how many there were here, as published", decimals=0),
    "share": Column("Share here", "the number here, out of those that 'Share of what' names", "%", 1),
    "comparator_mean": Column(
        "Mean share of those compared",
        "plain mean of the same share in the authorities compared, without shares of fewer than"
        f" {FEW}; none where too few have one",
        "%",
        1,
    ),
    "england": Column("Share in England", "the same share in England as a whole", "%", 1),
    "share_of": Column("Share of what", "what the three shares are shares of; a total is a share of nothing"),
    "status": status_of("a number here"),
    "why": Column("Why there is none here", "why there is no number or no share here, in words"),
}
"""The columns of every part, in their order; `columns_of` says for each part what a period of it is."""


def columns_of(name: str) -> dict[str, Column]:
    """The columns of a part: plans with a personal budget are counted in a January, all else over a calendar year."""
    return {**COLUMNS, "period": JANUARY} if name == "budgets" else COLUMNS


def short(name: str) -> str:
    """A measure's name for the axis of a picture."""
    code = next((code for code, measure in MEASURES.items() if measure.name == name), "")
    plain = name.removeprefix("Ceased: ")
    return SHORT.get(code, plain[:1].upper() + plain[1:])


@lru_cache(maxsize=8)
def counts(store: Store) -> pd.DataFrame:
    """Every measure of the process table: one row an area and period, one column a measure; NaN where missing."""
    table = store.table("process").astype({"area_code": str, "period": str, "measure": str})
    wide = table.pivot(index=["area_code", "period"], columns="measure", values="value")
    for name, parts in _SUMS.items():
        wide[name] = wide[parts].sum(axis=1, skipna=False)
    return wide


@lru_cache(maxsize=8)
def statuses(store: Store) -> pd.DataFrame:
    """The status of every measure, in the form of `counts`."""
    table = store.table("process").astype({"area_code": str, "period": str, "measure": str, "status": str})
    return table.pivot(index=["area_code", "period"], columns="measure", values="status")


OF = {ON_TIME: ("issued_in_20_weeks", "issued"), REFUSED: ("requests_refused", "requests_received"), APPEALS: ("appeals", "appealable_decisions")}
"""The counts that each of the three shares is made of."""
PUBLISHED = {"issued_in_20_weeks": ON_TIME, "requests_refused": REFUSED}
"""Counts whose share the publisher gives: a part takes that one, so that it is the number that stands large on the page."""


@lru_cache(maxsize=64)
def for_means(store: Store, measure: str) -> pd.DataFrame:
    """`series` of one of OF without the shares of fewer than FEW: a handful of plans would swing a mean."""
    wide = series(store, measure)
    whole = counts(store)[OF[measure][1]].unstack("period").reindex(index=wide.index, columns=wide.columns)
    return wide.where(whole.ge(FEW))


def mean_of(store: Store, measure: str, others: Comparators) -> pd.DataFrame:
    """The plain mean of those compared, one row a period: mean (NaN where too few have a share) and number."""
    theirs = for_means(store, measure).reindex(list(others.codes))
    mean, number = plain_mean(theirs.to_numpy(), len(others.codes))
    return pd.DataFrame({"mean": mean, "number": number.astype(float)}, index=theirs.columns)


def plain_mean(theirs: np.ndarray, compared: int) -> tuple[np.ndarray, np.ndarray]:
    """The mean of each column of shares (one row an authority, NaN where it has none) and how many are in it.

    No mean where too few of those `compared` have a share. Every mean of the page is made here.
    """
    known = ~np.isnan(theirs)
    number = known.sum(axis=0)
    enough = max(1, min(FEWEST_IN_MEAN, math.ceil(FEWEST_IN_MEAN / 10 * compared)))
    total = np.where(known, theirs, 0).sum(axis=0)
    return np.where(number >= enough, total / np.maximum(number, 1), np.nan), number


@lru_cache(maxsize=64)
def series(store: Store, measure: str) -> pd.DataFrame:
    """One measure: one row an area, one column a period that England has a figure for."""
    wide = counts(store)[measure].unstack("period")
    return wide.loc[:, wide.loc[ENGLAND].notna()]


@dataclass(frozen=True)
class _Layout:
    """A part for all areas at once: its rows, and for each area (a row of the arrays) what stands in them."""

    rows: pd.DataFrame
    places: dict[str, int]
    counted: np.ndarray
    share: np.ndarray
    whole: np.ndarray
    status: np.ndarray
    why: np.ndarray


@lru_cache(maxsize=32)
def _layout(store: Store, name: str) -> _Layout:
    """One row a measure and period in which England has a figure."""
    wide, status = counts(store), statuses(store)
    areas = sorted({str(area) for area, _ in wide.index})
    rows, counted, share, wholes, statuses_of, why = [], [], [], [], [], []
    for measure, whole in PARTS[name].items():
        periods = series(store, measure).columns
        of = NO_SHARE if whole is None else MEASURES[whole].name if whole in MEASURES else whole.capitalize()
        rows.append(pd.DataFrame({"period": periods, "measure": MEASURES[measure].name, "share_of": of}))
        number = wide[measure].unstack("period").reindex(index=areas, columns=periods).to_numpy()
        total = wide[whole].unstack("period").reindex(index=areas, columns=periods).to_numpy() if whole else np.full_like(number, np.nan)
        counted.append(number)
        part_of_whole = 100 * number / np.where(total > 0, total, np.nan)
        if measure in PUBLISHED:
            published = wide[PUBLISHED[measure]].unstack("period").reindex(index=areas, columns=periods).to_numpy()
            part_of_whole = np.where(np.isnan(published), part_of_whole, published)
        # A part that is larger than its whole is a slip in the return; its share would be nonsense, in means as well.
        shown = np.where(part_of_whole > 100, np.nan, part_of_whole) if measure != "appeals" else part_of_whole
        share.append(shown)
        wholes.append(total)
        found = status[measure].unstack("period").reindex(index=areas, columns=periods).fillna(NOT_AVAILABLE)
        statuses_of.append(found.to_numpy(dtype=object))
        reasons = _why(number, total, part_of_whole, statuses_of[-1]) if whole else np.full(number.shape, "", dtype=object)
        why.append(_as_the_publisher_says(reasons, number, measure, areas, list(periods)))
    return _Layout(
        pd.concat(rows, ignore_index=True),
        {area: place for place, area in enumerate(areas)},
        np.concatenate(counted, axis=1),
        np.concatenate(share, axis=1),
        np.concatenate(wholes, axis=1),
        np.concatenate(statuses_of, axis=1),
        np.concatenate(why, axis=1),
    )


_NO_SHARE_BECAUSE = (
    (NOT_AVAILABLE, "nor is what it is a share of"),
    (NOT_APPLICABLE, "there were none to take a share of"),
    (NOT_AVAILABLE, "it is more than what it is a part of, a slip in the return"),
)


def _why(number: np.ndarray, total: np.ndarray, share: np.ndarray, status: np.ndarray) -> np.ndarray:
    """Why there is no share, in words, for each area and period; empty where there is one."""
    published = np.vectorize(WORDS.get, otypes=[object])(status)
    return np.select(
        [np.isnan(number), np.isnan(total), total == 0, share > 100],
        [published, *(f"{WORDS[kind]} ({reason})" for kind, reason in _NO_SHARE_BECAUSE)],
        default="",
    )


def _as_the_publisher_says(why: np.ndarray, number: np.ndarray, measure: str, areas: list[str], periods: list[str]) -> np.ndarray:
    """`why` with the publisher's own reason where a footnote of its release gives one for a missing number."""
    found = why.copy()
    for footnote in FOOTNOTES:
        if footnote.step == MEASURES[measure].step and footnote.period in periods:
            column = periods.index(footnote.period)
            for row in [areas.index(code) for code in footnote.areas if code in areas]:
                if np.isnan(number[row, column]):
                    found[row, column] = f"{WORDS[NOT_AVAILABLE]} ({footnote.reason})"
    return found


def part(store: Store, area: Area, others: Comparators, name: str) -> pd.DataFrame:
    """The table of one part: one row a measure and period in which England has a figure; columns as COLUMNS.

    The share of nought is missing, and so is a share with a missing part.
    """
    layout = _layout(store, name)
    own = layout.places[area.code]
    frame = layout.rows.assign(counted=layout.counted[own], status=layout.status[own], why=layout.why[own], **_compared(layout, layout.share, layout.whole, own, others))[list(COLUMNS)]
    return _without_few_deaths(layout, frame, own, others) if name == "ceased" else frame


def _compared(layout: _Layout, share: np.ndarray, whole: np.ndarray, own: int, others: Comparators) -> dict[str, np.ndarray]:
    """Own share, the comparators' plain mean and England's, for each row or period of `share`; `whole` is what it is a share of."""
    compared = [layout.places[code] for code in others.codes if code in layout.places]
    theirs = np.where(whole[compared] >= FEW, share[compared], np.nan)
    mean, _ = plain_mean(theirs, len(others.codes))
    return {"share": share[own], "comparator_mean": mean, "england": share[layout.places[ENGLAND]]}


def _without_few_deaths(layout: _Layout, frame: pd.DataFrame, own: int, others: Comparators) -> pd.DataFrame:
    """Ceased plans with deaths below five counted among the other reasons, and the two compared on that footing.

    Hiding one number would not do: the other reasons and the total give it away.
    """
    names = frame["measure"]
    died, other, whole = (np.flatnonzero(names.eq(MEASURES[code].name)) for code in (_DIED, _OTHER, "ceased"))
    together = layout.counted[:, died] + layout.counted[:, other]
    total = layout.counted[:, whole]
    compared = _compared(layout, 100 * together / np.where(total > 0, total, np.nan), np.broadcast_to(total, together.shape), own, others)
    for place in np.flatnonzero(layout.counted[own, died] < FEWEST_DEATHS):
        frame.loc[died[place], ["counted", *_BESIDE]] = np.nan
        frame.loc[died[place], ["status", "why"]] = [HIDDEN, WORDS[HIDDEN]]
        frame.loc[other[place], "why"] = ""
        frame.loc[other[place], ["counted", *_BESIDE]] = [together[own, place], *(compared[column][place] for column in _BESIDE)]
        frame.loc[other[place], "measure"] = f"{MEASURES[_OTHER].name}, or died (fewer than five)"
    return frame


def each_comparator(store: Store, area: Area, others: Comparators) -> pd.DataFrame:
    """One row for the area and for each of those compared: the three figures of the newest year."""
    names = known_areas(store).names
    codes = [area.code, *others.codes]
    newest = {name: series(store, measure).iloc[:, -1].reindex(codes).to_numpy() for name, measure in
              {"on_time": ON_TIME, "refused": REFUSED, "appeals_per_100": APPEALS}.items()}  # fmt: skip
    return pd.DataFrame(
        {"area_code": codes, "area": [names[code] for code in codes], "closeness": ["", *(others.closeness.get(code, "") for code in others.codes)], **newest}
    )


def officers(store: Store, area: Area) -> pd.DataFrame:
    """Whether the area has its designated officers: one row a January and role, newest January first."""
    rows = store.rows("designated_officers", area.code).astype(str)
    words = {"yes": "Yes", "no": "No", "recruiting": "Being recruited"}
    answer = rows["answer"].map(words).fillna(rows["status"].map(WORDS).str.capitalize())
    frame = pd.DataFrame({"period": rows["period"], "role": rows["role"].map(ROLES), "in_post": answer, "status": rows["status"]})
    return frame.sort_values(["period", "role"], ascending=[False, True], ignore_index=True)
