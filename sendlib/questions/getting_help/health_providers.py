"""Children's waiting lists by the organisation that runs the service: who holds how much of an NHS area's list.

The workbooks name providers with codes from October 2023 on and do not say which NHS area (ICB) each belongs to;
`waits_community.PROVIDERS_OF` does, and there they add up to their ICB in every service and month.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from sendlib.answer import Column, Note, Table, Text
from sendlib.answer.numbers import count_of, listed, percent, written
from sendlib.areas import ENGLAND, Area
from sendlib.questions.getting_help import columns, health_waits
from sendlib.questions.getting_help.nhs_areas import BEFORE, areas_of, drawn
from sendlib.store import Store, kept_with_store
from sendlib.tables.community_workbook import SERVICES
from sendlib.tables.periods import spoken
from sendlib.tables.waits_community import PROVIDERS_OF

NAME = "providers"
COLUMNS = {
    "health_area": Column("NHS area", "integrated care board (ICB) whose list the provider's list is part of"),
    "provider": Column("Provider", "organisation that runs the service and sends its list"),
    "service": columns.LISTS["service"],
    "period": columns.LISTS["period"],
    "waiting": columns.LISTS["waiting"],
    "share_of_list": Column(
        "Share of the NHS area's list",
        "the provider's list, out of the list of the same service in its NHS area",
        "%",
        1,
    ),
    "over_18": Column("Over 18 weeks", "children on the list who have waited over 18 weeks", "children", 0),
    "over_18_share": Column("Over 18 weeks", "share of the children on the list who have waited over 18 weeks", "%", 1),
    "over_52": columns.LISTS["over_52"],
    "over_52_share": columns.LISTS["over_52_share"],
    "status": columns.status_of("a list"),
}
_COUNTS = ("waiting", "over_18", "over_52")


def _areas(store: Store, area: Area) -> list[tuple[str, str]]:
    """The ICBs, code and name, whose providers are shown: those drawn of an area; of England all."""
    if area.kind == "england":
        names = store.table("waits_community").astype({"area_code": str, "name": str, "level": str})
        icbs = names[names["level"].eq("icb")].drop_duplicates("area_code")
        return sorted(zip(icbs["area_code"], icbs["name"], strict=True), key=lambda one: one[1])
    return [(one.code, one.name) for one in drawn(areas_of(store, area, BEFORE))]


@kept_with_store(of_base=True)
def _named(store: Store) -> dict[str, str]:
    """Providers' codes -> names, as the newest workbook that has them writes them."""
    held = store.table("waits_community")
    rows = held[held["level"].eq("provider")].astype({"area_code": str, "name": str, "period": str})
    newest = rows.sort_values("period").drop_duplicates("area_code", keep="last")
    return dict(zip(newest["area_code"], newest["name"], strict=True))


@kept_with_store(of_base=True)
def _newest(store: Store) -> str:
    """The newest month in which any provider has a list, as an ISO day."""
    held = store.table("waits_community")
    return str(held.loc[held["level"].eq("provider") & held["value"].notna(), "period"].astype(str).max())


@kept_with_store(64, of_base=True)
def _rows(store: Store, icbs: tuple[tuple[str, str], ...], newest_only: bool) -> pd.DataFrame:
    """The lists of the providers of some ICBs, newest month first; within it ICB by ICB, the longest list of a service
    first."""
    names, place = _named(store), {name: at for at, (_, name) in enumerate(icbs)}
    of = {one: icb for icb in icbs for one in PROVIDERS_OF.get(icb[0], "").split() if one in names}
    if not of:
        return pd.DataFrame(columns=list(COLUMNS))
    since = _newest(store) if newest_only else ""
    rows = health_waits.lists_of(store, list(of), since).dropna(subset=["waiting"])
    rows = rows.assign(
        provider=rows["area_code"].map(names),
        health_area=rows["area_code"].map({one: name for one, (_, name) in of.items()}),
        area_code=rows["area_code"].map({one: code for one, (code, _) in of.items()}),
    )
    keys = ["area_code", "service", "period"]
    whole = health_waits.lists_of(store, [code for code, _ in icbs], since).set_index(keys)["waiting"]
    total = whole.reindex(pd.MultiIndex.from_frame(rows[keys])).to_numpy()
    share = 100 * rows["waiting"] / np.where(total > 0, total, np.nan)
    order = {service: at for at, service in enumerate(SERVICES)}
    rows = rows.assign(
        share_of_list=share.where(share.le(100)),
        place=rows["health_area"].map(place),
        order=rows["service"].map(order),
    ).sort_values(["period", "place", "order", "waiting"], ascending=[False, True, True, False], kind="stable")
    return rows.assign(service=rows["service"].map(SERVICES))[list(COLUMNS)].reset_index(drop=True)


def table(store: Store, area: Area, group: str) -> dict[str, Table]:
    """The part of Look closer, newest month first; of England the newest month alone; none where no provider is
    known."""
    icbs = tuple(_areas(store, area))
    rows = _rows(store, icbs, area.kind == "england")
    if rows.empty:
        return {}
    first, last = spoken(str(rows["period"].min())), spoken(str(rows["period"].max()))
    where = "England" if area.kind == "england" else listed([name for _, name in icbs])
    return {
        NAME: Table(
            rows,
            Text(
                f"Children waiting for community health services by the organisation that runs them, {where},"
                f" {last if first == last else f'{last} back to {first}'}"
            ),
            COLUMNS,
            ("waits_community", "health_areas"),
            heading="Waits by provider: who runs the list",
            group=group,
            how_to_read=Text("" if area.kind == "england" else _in_words(rows)),
            also_few=_COUNTS,
        )
    }


def of_newest(rows: pd.DataFrame, service: str) -> pd.DataFrame:
    """The lists of a service in the newest month, the longest first."""
    newest = rows[rows["period"].eq(rows["period"].max()) & rows["service"].eq(service)]
    return newest.sort_values("waiting", ascending=False, kind="stable")


def _in_words(rows: pd.DataFrame) -> str:
    """Who holds how much of the list of community paediatrics, an NHS area a line."""
    newest = of_newest(rows, SERVICES[health_waits.MAIN])
    month = spoken(str(rows["period"].max()))
    lines = []
    for name, held in newest.groupby("health_area", sort=False):
        whole = held["waiting"].sum()
        each = [
            f"{row['provider']} {written(row['waiting'])} ({percent(row['share_of_list'], 0)})"
            for _, row in held[held["waiting"].gt(0)].iterrows()
        ]
        lines.append(f"- {name}, {written(whole)} children waiting for community paediatrics: {'; '.join(each)}.")
    if not lines:
        return f"No provider has a list of community paediatrics in {month}."
    return "\n".join([f"{month}:", "", *lines])


def notes(store: Store, area: Area) -> list[Note]:
    """How providers were placed, and how many organisations sent nothing: what the lists cover."""
    icbs = _areas(store, area)
    if _rows(store, tuple(icbs), area.kind == "england").empty:
        return []
    placed = (
        "The workbooks do not say which ICB a provider belongs to. Placed as here, providers add up to their ICB in"
        " every service and month from October 2023. A provider may run services for children of other areas."
    )
    return [
        Note("definition", Text(placed), NAME),
        Note("missing", Text(_coverage(store, area, icbs)), NAME),
    ]


def _silent(number: float) -> str:
    if np.isnan(number):
        return "not said"
    return count_of(int(number), "organisation", "organisations") if number else "none"


def _coverage(store: Store, area: Area, icbs: list[tuple[str, str]]) -> str:
    """Of each NHS area how many organisations sent nothing in its newest month."""
    codes = [(ENGLAND, health_waits.ENGLAND_NAME)] if area.kind == "england" else icbs
    told = []
    for code, name in codes:
        held = health_waits.lists(store, code)
        newest = held[held["waiting"].notna()]
        if newest.empty:
            told.append(f"{name}: no list")
            continue
        row = newest[newest["period"].eq(newest["period"].max())].iloc[0]
        told.append(f"{name}, {spoken(str(row['period']))}: {_silent(float(row['not_submitting']))}")
    silent = f"Organisations in scope that sent nothing: {'; '.join(told)}."
    return f"{silent} An organisation that sent nothing is not in the list."
