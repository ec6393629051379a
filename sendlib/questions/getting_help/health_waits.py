"""Children's waits for community health services in the NHS areas that an authority lies in.

A figure here belongs to the NHS area and is titled so. It is never given as the
authority's, never shared out and never blended: where an authority lies in
several NHS areas, they are listed. What is hidden or missing stays so.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import pandas as pd

from sendlib.answer.numbers import capital, count_of
from sendlib.areas import ENGLAND, Area
from sendlib.compared import latest
from sendlib.compared.comparators import known_areas
from sendlib.questions.getting_help import health_changes
from sendlib.questions.getting_help.nhs_areas import (
    AFTER,
    BEFORE,
    KINDS,
    MOST_BOARDS,
    MOST_LOCATIONS,
    NhsArea,
    Span,
    boards,
    boards_over,
    ends,
    level_of,
    overlapping,
    part_of,
    span,
)
from sendlib.store import Store, kept_with_store
from sendlib.tables.community_workbook import BANDS, SECRET, SERVICES
from sendlib.tables.symbols import NOT_APPLICABLE, NOT_AVAILABLE, VALUE, WORDS

MAIN = "community_paediatrics"
"""The service of the figure that is always shown: most children with SEND who wait for a diagnosis wait here."""
ENGLAND_NAME = "England"
ALL_BUT_ENGLAND = [service for service in SERVICES if service != "all"]


def kinds_now(store: Store) -> dict[str, str]:
    """The levels of NHS areas that figures held are counted by: boards of 2022, of 2026 once a month of theirs is
    held, and sub-ICB locations."""
    new = {AFTER: f"{KINDS[BEFORE]} of April 2026"} if level_of(months(store)[-1]) == AFTER else {}
    return {BEFORE: KINDS[BEFORE], **new, "sub_icb": KINDS["sub_icb"]}


def overlap_lines(store: Store, area: Area) -> str:
    """The NHS areas of an area that are drawn, as a list, and how many more the table has; of a health area the
    authorities that lie in it."""
    if area.kind in ("board", "location"):
        return "\n".join(
            f"- {name}: {part_of(its)} of its children live in {name}; they are {part_of(own)} of the children of"
            f" {name}."
            for name, own, its in _authorities(store.base, area)[:MOST_LINES]
        )
    lines = []
    for level, kind in kinds_now(store).items():
        found = overlapping(store, area, level)
        shown = found if area.is_authority else found[: MOST_LOCATIONS if level == "sub_icb" else MOST_BOARDS]
        lines += [
            f"- {one.name}, {kind}: {one.mine} of the area's children live in it; they are {one.its} of its children."
            for one in shown
        ]
        if more := len(found) - len(shown):
            lines.append(f"- {count_of(more, f'more {kind}', f'more {_several(kind)}')}: in the table.")
    return "\n".join(lines)


def _several(kind: str) -> str:
    """`integrated care boards (ICBs) of April 2026`, `sub-ICB locations`."""
    return kind.replace("board (ICB)", "boards (ICBs)").replace("location", "locations")


MOST_LINES = 12


@kept_with_store(64)
def _authorities(store: Store, area: Area) -> list[tuple[str, float, float]]:
    """The authorities that lie in a health area, most of its children first: name, per cent of the authority's
    children, per cent of its own (NaN where its border is not known)."""
    level = "sub_icb" if area.kind == "location" else AFTER if area.current else BEFORE
    table = store.table("health_areas")
    rows = table[table["level"].eq(level) & table["health_code"].eq(area.code)].astype({"area_code": str})
    names = known_areas(store).names
    return [
        (names[code], float(own), float(its))
        for code, own, its in rows.sort_values("children", ascending=False)[
            ["area_code", "share_of_authority", "share_of_health_area"]
        ].itertuples(index=False, name=None)
    ]


def overlaps(store: Store, area: Area) -> pd.DataFrame:
    """Every NHS area of the area with both shares; of a health area every authority that lies in it."""
    if area.kind in ("board", "location"):
        return pd.DataFrame(
            [(*row, _nearly(*row[1:])) for row in _authorities(store.base, area)],
            columns=["authority", "share_of_authority", "share_of_health_area", "nearly_the_same"],
        )
    rows = [
        (
            capital(kind),
            one.name,
            one.of_authority,
            one.of_health_area,
            _nearly(one.of_authority, one.of_health_area),
        )
        for level, kind in kinds_now(store).items()
        for one in overlapping(store, area, level)
    ]
    return pd.DataFrame(
        rows, columns=["health_level", "health_area", "share_of_authority", "share_of_health_area", "nearly_the_same"]
    )


def _nearly(own: float, its: float) -> str:
    """Whether one of two areas may be taken for the other."""
    return "yes" if min(own, its) >= 98 else "no"


@kept_with_store(128, of_base=True)
def lists(store: Store, code: str, since: str = "", until: str = "") -> pd.DataFrame:
    """Waiting lists of an NHS area: one row a service and month held, from `since` and before `until` (ISO days).

    Columns waiting, over_18, over_52, over_104, over_18_share, over_52_share, not_submitting; status (of
    the list), share_status (of the share) and why (why there is no share, in
    words). The number over 52 weeks is the published band until November 2024
    and the sum of the two published bands after it; if either is missing, so is
    the sum. A list of nought has no share, and a share above 100% is not shown.
    """
    when = _between(store, since, until)
    return _of_rows(store.rows("waits_community", code), [code], when).drop(columns="area_code")


def lists_of(store: Store, codes: Sequence[str], since: str = "", until: str = "") -> pd.DataFrame:
    """The same of several NHS areas or providers at once, with their code in `area_code`."""
    held = store.table("waits_community")
    return _of_rows(held[held["area_code"].isin(codes)], codes, _between(store, since, until))


def _between(store: Store, since: str, until: str) -> list[str]:
    return [month for month in months(store) if since <= month < (until or "9999")]


def _of_rows(rows: pd.DataFrame, codes: Sequence[str], when: Sequence[str]) -> pd.DataFrame:
    rows = rows[rows["period"].isin(when)]
    rows = rows.astype({"area_code": str, "service": str, "period": str, "band": str, "status": str})
    keys = ["area_code", "service", "period"]
    cells = pd.MultiIndex.from_product([codes, ALL_BUT_ENGLAND, when], names=keys)
    wide = rows.pivot(index=keys, columns="band", values="value").reindex(index=cells, columns=list(BANDS))
    states = rows.pivot(index=keys, columns="band", values="status")
    states = states.reindex(index=cells, columns=list(BANDS)).astype(object)
    silent = rows.groupby(["area_code", "period"])["not_submitting"].first().reindex(cells.droplevel("service"))
    over_52 = wide["over-52"].fillna(wide["52-104"] + wide["over-104"])
    over_18, share_of = wide["18-52"] + over_52, wide["total"].where(wide["total"].gt(0))
    share = 100 * over_52 / share_of
    frame = pd.DataFrame(
        {
            "waiting": wide["total"],
            "over_18": over_18,
            "over_52": over_52,
            "over_104": wide["over-104"],
            "over_18_share": (100 * over_18 / share_of).where(lambda part: part.le(100)),
            "over_52_share": share.where(share.le(100)),
            "not_submitting": silent.to_numpy(),
            "status": states["total"].fillna(NOT_AVAILABLE),
        }
    )
    long_waits = states["over-52"].fillna(states["over-104"]).fillna(NOT_AVAILABLE)
    frame["share_status"] = _share_status(frame, long_waits)
    frame["why"] = [
        _why(*row)
        for row in zip(
            frame["status"], frame["share_status"], frame["waiting"], frame["not_submitting"], share, strict=True
        )
    ]
    return frame.reset_index().sort_values(keys, ignore_index=True)


def _share_status(frame: pd.DataFrame, long_waits: pd.Series) -> np.ndarray:
    """The kind of missing of each share: that of the list, nobody on it, that of the long waits, or more than all."""
    missing = long_waits.where(long_waits.ne(VALUE), NOT_AVAILABLE)
    found: np.ndarray = np.select(
        [frame["over_52_share"].notna(), frame["status"].ne(VALUE), frame["waiting"].eq(0)],
        [VALUE, frame["status"], NOT_APPLICABLE],
        default=missing,
    )
    return found


_LONG_WAITS, _BAND = "the long waits were not published", "this band was not published"


def _why(
    status: str, share_status: str, waiting: float, silent: float, share: float, unpublished: str = _LONG_WAITS
) -> str:
    """Why there is no share of a list, in words; empty where there is one. `unpublished`: what is said of a part
    that was not."""
    if share_status == VALUE:
        return ""
    if status == NOT_AVAILABLE:
        return no_list(silent)
    if share_status == NOT_APPLICABLE:
        return "nobody was on the list"
    if share > 100:
        return "more long waits were published than children on the list"
    if share_status == NOT_AVAILABLE:
        return unpublished
    return WORDS[share_status]


def with_kind(kinds: Iterable[str], reasons: Iterable[str]) -> list[str]:
    """Reasons after the words of their kind of missing: `not available (the long waits were not published)`."""
    return [
        "" if kind == VALUE else f"{WORDS[kind]} ({why})" if why != WORDS[kind] else why
        for kind, why in zip(kinds, reasons, strict=True)
    ]


def no_list(silent: float) -> str:
    """Why an NHS area has no list of a service, from the number of its organisations in scope that sent nothing."""
    if np.isnan(silent):
        return "no organisation there was in the scope of these lists"
    if silent:
        return (
            f"no list of this service was published there; {count_of(int(silent), 'organisation', 'organisations')}"
            " sent nothing"
        )
    return "no list of this service was published there, though every organisation in scope sent its return"


def sent_nothing(silent: float) -> str:
    """How many organisations of an NHS area sent nothing, said as `no_list` says it."""
    return "has no organisation in the scope of these lists" if np.isnan(silent) else f"{silent:.0f}"


def months(store: Store) -> tuple[str, ...]:
    """Months with waiting lists of community paediatrics, oldest first."""
    return latest.periods(store, "waits_community", service=MAIN, band="total")


def months_of(store: Store, area: Area) -> tuple[str, ...]:
    """The same until an area's figures end: those of a board that is gone stop with it."""
    return tuple(month for month in months(store) if month < (ends(area) or "9999"))


Who = tuple[Span, ...]
_ENGLAND: Span = (ENGLAND, ENGLAND_NAME, "", "")


def with_england(found: Iterable[NhsArea], month: str = "") -> Who:
    """NHS areas in their order, then England, then those that are no more in the newest `month` of a series."""
    each = [span(one) for one in found]
    gone = [one for one in each if one[3] and one[3] <= month]
    return (*(one for one in each if one not in gone), _ENGLAND, *gone)


def community_over_time(store: Store, area: Area) -> pd.DataFrame:
    """Lists of every service in the area's ICBs and England, all months held; `changed` tells of a sudden step."""
    held = months_of(store, area)
    return _over_time(store, with_england(boards_over(store, area, held), held[-1]))


@kept_with_store(64, of_base=True)
def _over_time(store: Store, who: Who) -> pd.DataFrame:
    frame = pd.concat([lists(store, code, *when).assign(health_area=name) for code, name, *when in who])
    frame = frame.reset_index(drop=True)
    frame["service"] = frame["service"].map(SERVICES)
    frame["why"] = with_kind(frame["share_status"], frame["why"])
    frame["changed"] = health_changes.of_lists(frame)
    columns = [
        "health_area",
        "service",
        "period",
        "waiting",
        "over_52",
        "over_104",
        "over_52_share",
        "not_submitting",
        "status",
        "why",
        "changed",
    ]
    return frame[columns]


def community_now(store: Store, area: Area) -> pd.DataFrame:
    """The newest month of community_over_time, services with the longest list in England first."""
    month = months_of(store, area)[-1]
    return _now(store, with_england(boards(store, area, month)), month)


@kept_with_store(64, of_base=True)
def _now(store: Store, who: Who, month: str) -> pd.DataFrame:
    frame = _over_time(store, who)
    frame = frame[frame["period"].eq(month)].drop(columns="changed")
    england = frame[frame["health_area"].eq(ENGLAND_NAME)].set_index("service")["waiting"]
    order = frame["service"].map(england)
    return (
        frame.assign(order=order)
        .sort_values("order", ascending=False, kind="stable")
        .drop(columns="order")
        .reset_index(drop=True)
    )


def bands_now(store: Store, area: Area) -> pd.DataFrame:
    """The newest month by band: number and per cent of the list, for services that are published by band; areas in
    the order of the overlap."""
    month = months_of(store, area)[-1]
    return _bands(store, with_england(boards(store, area, month)), month)


@kept_with_store(64, of_base=True)
def _bands(store: Store, who: Who, month: str) -> pd.DataFrame:
    england = store.rows("waits_community", ENGLAND)
    held = set(england.loc[england["period"].eq(month), "band"].astype(str))
    bands = [band for band in BANDS if band in held and band != "total"]
    services = [service for service in ALL_BUT_ENGLAND if service not in SECRET]
    parts = []
    for code, name, *_ in who:
        rows = store.rows("waits_community", code).astype({"service": str, "period": str, "band": str, "status": str})
        rows = rows[rows["period"].eq(month)].set_index(["service", "band"])
        cells = pd.MultiIndex.from_product([services, bands], names=["service", "band"])
        part = rows[["value", "status"]].reindex(cells).reset_index()
        whole = lists(store, code).query("period == @month").set_index("service")
        part["length"] = part["service"].map(whole["waiting"])
        part["silent"] = part["service"].map(whole["not_submitting"])
        parts.append(part.assign(health_area=name, status=part["status"].fillna(NOT_AVAILABLE)))
    rows = pd.concat(parts, ignore_index=True)
    share = 100 * rows["value"] / rows["length"].where(rows["length"].gt(0))
    listed = rows["length"].notna()
    share_status = np.select(
        [share.le(100), rows["status"].ne(VALUE), rows["length"].eq(0)],
        [VALUE, rows["status"], NOT_APPLICABLE],
        default=NOT_AVAILABLE,
    )
    why = [
        _why(VALUE if has else NOT_AVAILABLE, state, length, silent, one, _BAND)
        for has, state, length, silent, one in zip(
            listed, share_status, rows["length"], rows["silent"], share, strict=True
        )
    ]
    frame = pd.DataFrame(
        {
            "health_area": rows["health_area"],
            "service": rows["service"].map(SERVICES),
            "waited": rows["band"].map(BANDS),
            "waiting": rows["value"],
            "share": share.where(share.le(100)),
            "status": rows["status"],
            "why": with_kind(share_status, why),
        }
    )
    return frame.sort_values("service", kind="stable", ignore_index=True)


@kept_with_store(of_base=True)
def silent_organisations(store: Store) -> pd.DataFrame:
    """ICBs with organisations that were in scope and sent nothing in the newest month, and England."""
    table = store.table("waits_community")
    rows = table[table["period"].eq(months(store)[-1]) & table["level"].isin(["icb", "england"])]
    rows = rows[rows["not_submitting"].gt(0)].astype({"area_code": str, "name": str})
    found = rows.groupby(["level", "name"], observed=True)["not_submitting"].first().reset_index()
    found = found.rename(columns={"name": "health_area"}).sort_values(["level", "health_area"], ascending=[False, True])
    return found[["health_area", "not_submitting"]].reset_index(drop=True)
