"""Children's waits for NHS services in the NHS areas that an authority lies in.

A figure here belongs to the NHS area and is titled so. It is never given as the
authority's, never shared out and never blended: where an authority lies in
several NHS areas, they are listed. What is hidden or missing stays so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pandas as pd

from sendlib.areas import ENGLAND, Area
from sendlib.methods import compare
from sendlib.questions import latest
from sendlib.questions.answer import Figure, count_of, listed, percent, written
from sendlib.store import Store
from sendlib.tables import waits_autism, waits_mental_health
from sendlib.tables.community_workbook import BANDS, SECRET, SERVICES
from sendlib.tables.periods import spoken
from sendlib.tables.symbols import NOT_AVAILABLE

MAIN = "community_paediatrics"
"""The service of the figure that is always shown: most children with SEND who wait for a diagnosis wait here."""
SLIVER = 2.0
"""An NHS area with a smaller per cent of the authority's children is named in the overlaps and not drawn."""
JUMP_FROM = 100
ALL_BUT_ENGLAND = [service for service in SERVICES if service != "all"]


@dataclass(frozen=True)
class NhsArea:
    """An NHS area of an authority, with both shares of the overlap in per cent."""

    code: str
    name: str
    of_authority: float
    of_health_area: float


@dataclass(frozen=True)
class Break:
    """A month from which a series can not be read on as before, and why."""

    period: str
    text: str


@lru_cache(maxsize=512)
def areas_of(store: Store, area: Area, level: str) -> list[NhsArea]:
    """The `icb` or `sub_icb` areas of an authority, largest share of its children first."""
    rows = store.rows("health_areas", area.code)
    rows = rows[rows["level"].eq(level)].sort_values("share_of_authority", ascending=False)
    names = rows["name"] if level == "icb" else rows["place"]
    return [
        NhsArea(str(code), str(name), float(mine), float(its))
        for code, name, mine, its in zip(rows["health_code"], names, rows["share_of_authority"], rows["share_of_health_area"], strict=True)
    ]


def drawn(found: Sequence[NhsArea]) -> list[NhsArea]:
    """The NHS areas without slivers."""
    return [one for one in found if one.of_authority >= SLIVER]


def part_of(share: float) -> str:
    """A share of an overlap in words: never `100%` of something that is not whole, never `0%` of something."""
    if 99.5 <= share < 100 - 1e-6:
        return "over 99%"
    return percent(share, 0)


def overlap_sentence(area: Area, one: NhsArea) -> str:
    """How much of each the other is."""
    return (
        f"{one.name}: {part_of(one.of_authority)} of the children of {area.short_name} live in it;"
        f" they are {part_of(one.of_health_area)} of its children."
    )


def overlaps(store: Store, area: Area) -> pd.DataFrame:
    """Every NHS area of the authority with both shares."""
    rows = [
        (label, one.name, one.of_authority, one.of_health_area, "yes" if min(one.of_authority, one.of_health_area) >= 98 else "no")
        for level, label in (("icb", "Integrated care board (ICB)"), ("sub_icb", "Sub-ICB location"))
        for one in areas_of(store, area, level)
    ]
    return pd.DataFrame(rows, columns=["health_level", "health_area", "share_of_authority", "share_of_health_area", "nearly_the_same"])


@lru_cache(maxsize=128)
def lists(store: Store, code: str) -> pd.DataFrame:
    """Waiting lists of an NHS area: one row a service and month; waiting, over_52, over_104, over_52_share, status, not_submitting.

    The number over 52 weeks is the published band until November 2024 and the
    sum of the two published bands after it; if either is missing, so is the
    sum. A share of a list of nought is missing.
    """
    rows = store.rows("waits_community", code).astype({"service": str, "period": str, "band": str, "status": str})
    keys = ["service", "period"]
    wide = rows.pivot(index=keys, columns="band", values="value").reindex(columns=list(BANDS))
    status = rows[rows["band"].eq("total")].set_index(keys)["status"]
    silent = rows.groupby(keys)["not_submitting"].first()
    over_52 = wide["over-52"].fillna(wide["52-104"] + wide["over-104"])
    share = 100 * over_52 / wide["total"].where(wide["total"].gt(0))
    frame = pd.DataFrame(
        {
            "waiting": wide["total"],
            "over_52": over_52,
            "over_104": wide["over-104"],
            "over_52_share": share.where(share.le(100)),
            "not_submitting": silent.reindex(wide.index),
            "status": status.reindex(wide.index).fillna(NOT_AVAILABLE),
        }
    )
    return frame.reset_index().sort_values(keys, ignore_index=True)


def months(store: Store) -> tuple[str, ...]:
    """Months with waiting lists of community paediatrics, oldest first."""
    return latest.periods(store, "waits_community", service=MAIN, band="total")


Who = tuple[tuple[str, str], ...]
"""(code, name) of NHS areas: authorities that lie in the same ones share a table, worked out once."""


def _with_england(store: Store, area: Area, level: str = "icb") -> Who:
    """The NHS areas that are drawn, then England."""
    return (*((one.code, one.name) for one in drawn(areas_of(store, area, level))), (ENGLAND, "England"))


def community_over_time(store: Store, area: Area) -> pd.DataFrame:
    """Lists of every service in the authority's ICBs and England, all months held."""
    return _over_time(store, _with_england(store, area))


@lru_cache(maxsize=64)
def _over_time(store: Store, who: Who) -> pd.DataFrame:
    parts = []
    for code, name in who:
        rows = lists(store, code)
        if rows.empty:
            cells = pd.MultiIndex.from_product([ALL_BUT_ENGLAND, months(store)], names=["service", "period"]).to_frame(index=False)
            rows = cells.assign(waiting=np.nan, over_52=np.nan, over_104=np.nan, over_52_share=np.nan, not_submitting=np.nan, status=NOT_AVAILABLE)
        parts.append(rows[rows["service"].isin(ALL_BUT_ENGLAND)].assign(health_area=name))
    frame = pd.concat(parts, ignore_index=True)
    frame["service"] = frame["service"].map(SERVICES)
    columns = ["health_area", "service", "period", "waiting", "over_52", "over_104", "over_52_share", "not_submitting", "status"]
    return frame[columns]


def community_now(store: Store, area: Area) -> pd.DataFrame:
    """The newest month of community_over_time, services with the longest list in England first."""
    return _now(store, _with_england(store, area))


@lru_cache(maxsize=64)
def _now(store: Store, who: Who) -> pd.DataFrame:
    frame = _over_time(store, who)
    frame = frame[frame["period"].eq(months(store)[-1])]
    england = frame[frame["health_area"].eq("England")].set_index("service")["waiting"]
    order = frame["service"].map(england)
    return frame.assign(order=order).sort_values("order", ascending=False, kind="stable").drop(columns="order").reset_index(drop=True)


def bands_now(store: Store, area: Area) -> pd.DataFrame:
    """The newest month by band: number and per cent of the list, for services that are published by band."""
    return _bands(store, _with_england(store, area))


@lru_cache(maxsize=64)
def _bands(store: Store, who: Who) -> pd.DataFrame:
    parts = []
    for code, name in who:
        rows = store.rows("waits_community", code).astype({"service": str, "period": str, "band": str, "status": str})
        parts.append(rows[rows["period"].eq(months(store)[-1])].assign(health_area=name))
    rows = pd.concat(parts, ignore_index=True)
    rows = rows[rows["service"].isin(ALL_BUT_ENGLAND) & ~rows["service"].isin(SECRET)]
    whole = rows[rows["band"].eq("total")].set_index(["health_area", "service"])["value"]
    rows = rows[rows["band"].ne("total")].reset_index(drop=True)
    lengths = whole.reindex(pd.MultiIndex.from_frame(rows[["health_area", "service"]])).to_numpy()
    frame = pd.DataFrame(
        {
            "health_area": rows["health_area"], "service": rows["service"].map(SERVICES), "waited": rows["band"].map(BANDS),
            "waiting": rows["value"], "share": 100 * rows["value"] / np.where(lengths > 0, lengths, np.nan), "status": rows["status"],
        }
    )  # fmt: skip
    order = {name: place for place, name in enumerate(BANDS.values())}
    return frame.assign(order=frame["waited"].map(order)).sort_values(["service", "health_area", "order"]).drop(columns="order").reset_index(drop=True)


@lru_cache(maxsize=8)
def silent_organisations(store: Store) -> pd.DataFrame:
    """ICBs with organisations that were in scope and sent nothing in the newest month, and England."""
    table = store.table("waits_community")
    rows = table[table["period"].eq(months(store)[-1]) & table["level"].isin(["icb", "england"])]
    rows = rows[rows["not_submitting"].gt(0)].astype({"area_code": str, "name": str})
    found = rows.groupby(["level", "name"], observed=True)["not_submitting"].first().reset_index()
    found = found.rename(columns={"name": "health_area"}).sort_values(["level", "health_area"], ascending=[False, True])
    return found[["health_area", "not_submitting"]].reset_index(drop=True)


def breaks(service: str, names: Sequence[str]) -> list[Break]:
    """Breaks to draw in a picture of a service's lists for NHS areas of these names."""
    found = [Break("2024-02-29", "13 more providers"), Break("2024-12-31", "Over 104 weeks is counted apart")]
    birmingham = any("Birmingham" in name or name == "England" for name in names)
    if service == SERVICES[MAIN] and birmingham:
        found.append(Break("2025-01-31", "Birmingham's neurodevelopmental pathway is added"))
    return found


def jumps(rows: pd.DataFrame) -> dict[str, str]:
    """Steps in which a list of 100 or more more than doubled or fell by more than half: step in words -> what happened.

    `rows` are of one service, as in community_over_time; each month is compared
    with the one held before it, which may lie several months back.
    """
    found = {}
    for name, own in rows.dropna(subset=["waiting"]).sort_values("period").groupby("health_area", sort=False):
        counts = own["waiting"].to_numpy()
        months = [spoken(period).split(" ", 1)[1] for period in own["period"]]
        for place in range(1, len(own)):
            before, after = counts[place - 1], counts[place]
            if max(before, after) >= JUMP_FROM and not before <= 2 * after <= 4 * before:
                step = f"between {months[place - 1]} and {months[place]}"
                found[f"{name}, {step}"] = (
                    f"The list of {name} went from {written(before)} to {written(after)} {step}: this may be a change in how"
                    " it is counted or sent."
                )
    return found


def jumped_last(rows: pd.DataFrame) -> bool:
    """Whether the newest step of one area's list is a jump."""
    known = rows.dropna(subset=["waiting"]).sort_values("period")
    return bool(jumps(known.tail(2)))


def contacts(store: Store, area: Area) -> pd.DataFrame:
    """Children with at least one mental health contact in twelve months (MHS95), by sub-ICB location."""
    parts = [
        _mental_health(store, one.code, ["MHS95"]).assign(health_area=one.name) for one in drawn(areas_of(store, area, "sub_icb"))
    ]
    frame = pd.concat(parts, ignore_index=True).rename(columns={"value": "with_contact"})
    return frame[["health_area", "period", "with_contact", "status"]]


def four_weeks(store: Store, area: Area) -> pd.DataFrame:
    """Waits for mental health services (the four-week-wait measures) of the authority's ICBs and England."""
    return _four_weeks(store, _with_england(store, area))


@lru_cache(maxsize=64)
def _four_weeks(store: Store, who: Who) -> pd.DataFrame:
    parts = [
        _mental_health(store, code, list(waits_mental_health.WAITS)).assign(health_area=name) for code, name in who
    ]
    frame = pd.concat(parts, ignore_index=True).rename(columns={"value": "figure"})
    measures = waits_mental_health.WAITS
    frame["unit"] = frame["measure"].map({code: measure.unit for code, measure in measures.items()})
    frame["published_as"] = frame["measure"]
    frame["measure"] = frame["measure"].map({code: measure.name for code, measure in measures.items()})
    return frame[["health_area", "measure", "period", "figure", "unit", "published_as", "status"]]


def _mental_health(store: Store, code: str, measures: list[str]) -> pd.DataFrame:
    rows = store.rows("waits_mental_health", code).astype({"period": str, "measure": str, "status": str})
    return rows[rows["measure"].isin(measures)][["measure", "period", "value", "status"]].sort_values(["measure", "period"])


def autism(store: Store, area: Area) -> pd.DataFrame:
    """ASD19e with its neighbours of meaning, by sub-ICB location and England, under 18.

    Of referrals open for 13 weeks or more: ASD19e (first appointment after more
    than 13 weeks) as published; ASD19c (within 13 weeks) and ASD19f (none yet)
    are not in the file and are not available; `seen_early_or_not_seen` is what
    the two make up together, 100 less ASD19e.
    """
    return _autism(store, _with_england(store, area, "sub_icb"))


@lru_cache(maxsize=64)
def _autism(store: Store, who: Who) -> pd.DataFrame:
    parts = []
    for code, name in who:
        rows = store.rows("waits_autism", code).astype({"period": str, "age": str, "measure": str, "status": str})
        parts.append(rows[rows["measure"].eq("ASD19e")].assign(health_area=name))
    rows = pd.concat(parts, ignore_index=True).sort_values(["period", "health_area", "age"], ascending=[False, True, True])
    return pd.DataFrame(
        {
            "health_area": rows["health_area"], "period": rows["period"], "age": rows["age"], "seen_late": rows["value"],
            "seen_in_13_weeks": np.nan, "not_seen_yet": np.nan, "seen_early_or_not_seen": 100 - rows["value"], "status": rows["status"],
        }
    ).reset_index(drop=True)  # fmt: skip


AUTISM_WARNING = waits_autism.BREAKS[0]


def figure(store: Store, area: Area) -> Figure:
    """The share of the ICB's community paediatrics list that has waited over 52 weeks, titled as the ICB's."""
    found = drawn(areas_of(store, area, "icb"))
    month = months(store)[-1]
    shares = {one.code: _newest(store, one.code, month) for one in found}
    england = _newest(store, ENGLAND, month)
    beside = f"England {percent(england['over_52_share'])}"
    first = found[0]
    own = shares[first.code]
    label = f"Waiting over 52 weeks for community paediatrics in {first.name}, {spoken(month).split(' ', 1)[1]}"
    also = [f"{one.name} {_said(shares[one.code])} ({part_of(one.of_authority)} of the area's children)" for one in found[1:]]
    others = f" Also in {listed(also)}." if also else ""
    held = f"{part_of(first.of_authority)} of the area's children live in it; they are {part_of(first.of_health_area)} of its children."
    if np.isnan(own["over_52_share"]):
        return Figure(label, None, "%", f"{why_missing(own)} {beside}. {held}{others}", status=NOT_AVAILABLE)
    numbers = f"{written(own['over_52'])} of {count_of(int(own['waiting']), 'child', 'children')}"
    rows = lists(store, first.code)
    rows = rows[rows["service"].eq(MAIN)].assign(health_area=first.name)
    jumped, sudden = jumps(rows), jumped_last(rows)
    warned = f" Its list jumped {list(jumped)[-1].split(', ', 1)[1]}: read it with care." if jumped else ""
    # Of several NHS areas none stands for the authority, and a list that has just jumped says little: none is called higher or lower.
    direction = "" if also or sudden else compare.direction(own["over_52_share"], england["over_52_share"])
    said = f"{warned.strip()} {beside}. {numbers}. {held}{others}" if sudden else f"{beside}. {numbers}. {held}{warned}{others}"
    return Figure(label, own["over_52_share"], "%", said, direction)


def _newest(store: Store, code: str, month: str) -> dict[str, float]:
    rows = lists(store, code)
    rows = rows[rows["service"].eq(MAIN) & rows["period"].eq(month)]
    columns = ["waiting", "over_52", "over_52_share"]
    numbers = {column: float(rows[column].iloc[0]) if len(rows) else np.nan for column in columns}
    table = store.rows("waits_community", code)
    silent = table.loc[table["period"].eq(month), "not_submitting"]
    return {**numbers, "not_submitting": float(silent.iloc[0]) if len(silent) else np.nan}


def _said(numbers: dict[str, float]) -> str:
    return "not available" if np.isnan(numbers["over_52_share"]) else percent(numbers["over_52_share"])


def why_missing(numbers: dict[str, float]) -> str:
    """Why a share of a list is not available."""
    if np.isnan(numbers["waiting"]):
        silent = numbers["not_submitting"]
        if np.isnan(silent):
            return "No organisation there is in the scope of these lists."
        if silent:
            return f"No list of this service was published there; {count_of(int(silent), 'organisation', 'organisations')} sent nothing."
        return "No list of this service was published there, though every organisation in scope sent its return."
    return "Nobody was on the list." if numbers["waiting"] == 0 else "The long waits were not published."
