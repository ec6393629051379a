"""What is said of several authorities together: which sums lack a part, and which rest on a doubtful number."""

from __future__ import annotations

from collections.abc import Mapping

from sendlib.answer import Note, Text
from sendlib.answer.numbers import capital, listed, written
from sendlib.areas import Area
from sendlib.compared import doubtful, latest, parts, widened
from sendlib.store import Store

WHY_OLDER = (
    "LAIT publishes the shares of later years without the numbers of pupils that they are shares of, so for several"
    " authorities together {year} is the last year"
)
_PARTS: Mapping[str, tuple[str, Mapping[str, tuple[str, ...]], str]] = {
    "flow": ("process", {"measure": ("new_plans", "ceased")}, "plans that started or ceased"),
    "age": ("plans", {"measure": ("plans",), "characteristic": ("age_band",)}, "plans by age"),
    "sex": ("plans", {"measure": ("plans",), "characteristic": ("sex",)}, "plans by sex"),
    "placement": ("placements", {}, "plans by placement"),
}
"""Table of the answer -> the table of the store, its rows, and what they count."""


def doubts(store: Store, area: Area, measure: str) -> dict[str, str]:
    """Period -> why the number of it is doubtful: the area's own, or that of an authority that is part of it.

    England's is the sum of so many that no one of them makes it doubtful.
    """
    if len(area.parts) < 2 or area.kind == "england":
        return doubtful.reasons(store, parts.one_of(area), measure)
    found: dict[str, list[str]] = {}
    for code in area.parts:
        for period, why in doubtful.reasons(store, code, measure).items():
            found.setdefault(period, []).append(f"{parts.name_of(store, code)}: {why}")
    return {period: "; ".join(told) for period, told in found.items()}


def doubted_parts(store: Store, area: Area, first: str, last: str) -> tuple[str, ...]:
    """Authorities of the area whose change of plans between two Januaries is doubtful, by name; none of one alone."""
    if len(area.parts) < 2:
        return ()
    in_doubt = doubtful.changes_in_doubt(store, first, last)
    return tuple(parts.name_of(store, code) for code in area.parts if code in in_doubt)


def plans_lacking(store: Store, area: Area, january: str) -> tuple[float, tuple[str, ...]]:
    """All plans of those parts of an area that have a number for a January, and the names of those who lack one; none
    where nobody does."""
    return parts.lacking(store, area, "plans", period=january, measure="plans", characteristic="total")


def on_older_plans(store: Store, area: Area) -> str:
    """A sentence on an area without a number of plans of the newest January; empty where it has one."""
    if area.is_authority:
        return latest.on_older_plans(store, area.code, area.in_text)
    newest, own = latest.january(store), latest.january_of(store, area.code)
    known, names = plans_lacking(store, area, newest)
    if newest == own or not names:
        return ""
    others = f"; the rest of it has {written(known)} plans, so it has at least that many" if known > 0 else ""
    return (
        f"DfE's file gives no number of plans of {listed(names)} for {latest.said(newest)}, so there is none of"
        f" {area.in_text}{others}. Numbers of plans are those of {latest.said(own)}, those of other areas beside them"
        " too."
    )


def on_a_missing_change(store: Store, area: Area, first: str) -> str:
    """Why several authorities have no change of plans since a January: who lacks a number; empty where nobody does."""
    known, names = plans_lacking(store, area, first)
    if not names:
        return ""
    at_least = f" (the rest of it had {written(known)})" if known > 0 else ""
    return (
        f"There is no change of {area.in_text} since {latest.said(first)}: no number of plans of {parts.some(names)} is"
        f" held for it{at_least}."
    )


def notes(store: Store, area: Area, years: list[str]) -> list[Note]:
    """Which sums of an area lack a part, table by table, and the years of which it has shares of pupils (`years`)."""
    if area.is_authority:
        return []
    found = []
    for about, (table, wanted, what) in _PARTS.items():
        if told := _without(store, area, table, wanted):
            found.append(Note("missing", Text(f"{capital(what)}: no sum for {told}."), about))
    if len(years) < 2:
        held = f"for {years[0]} only" if years else "for no year"
        found.append(Note("missing", Text(f"{capital(area.in_text)}: shares {held}."), "pupils_over_time"))
    return found


def _without(store: Store, area: Area, table: str, wanted: Mapping[str, tuple[str, ...]]) -> str:
    """`January 2024 (without Hackney)`: periods in which a sum lacks a part, by who lacks it."""
    rows = widened.lacking(store, table, area.code)
    for column, values in wanted.items():
        rows = rows[rows[column].isin(values)] if len(rows) else rows
    if rows.empty:
        return ""
    by_who: dict[str, list[str]] = {}
    for period, part in rows.astype({"period": str}).groupby("period"):
        codes = sorted({code for text in part["without"] for code in str(text).split(",")})
        by_who.setdefault(parts.some(tuple(parts.name_of(store, code) for code in codes)), []).append(str(period))
    return "; ".join(f"{_span(periods)} (no number of {who})" for who, periods in by_who.items())


def _span(periods: list[str]) -> str:
    """Periods in words; of many the first and the last."""
    if len(periods) <= parts.MOST_NAMED:
        return listed([latest.said(period) for period in periods])
    return f"{len(periods)} periods from {latest.said(periods[0])} to {latest.said(periods[-1])}"
