"""A store with needs of several years, made of the shipped figures: plans of two Januaries and three censuses.

Made up by plain rules, which tests may rest on. Of plans January 2026 is January 2025 once more, but that Plymouth
has 300 more plans for SEMH, Barnsley has no figure for hearing impairment, and the Isle of Wight none at all. Of pupils
2021/22 and 2022/23 are the shipped census, divided as in tests/fakes/ees_census.py; in 2025/26 Cumbria is Cumberland,
Down syndrome is told apart, and Plymouth's pupils with SEMH are half as many again.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pandas as pd

from sendlib import store as stores
from sendlib.areas import ENGLAND
from sendlib.refresh.work import new_table
from sendlib.store import NewTable, Store
from sendlib.tables import needs, reading, school_census, school_needs
from sendlib.tables.symbols import NOT_AVAILABLE, VALUE
from tests.fakes import ees_census

PLYMOUTH, BARNSLEY, ISLE_OF_WIGHT, CUMBRIA, CUMBERLAND = "879", "370", "921", "909", "942"
SOUTH_WEST = "E12000009"
MORE_PLANS = 300
PHASES = ("primary", "secondary", "special")
"""Kinds of school in the censuses: not all, so that the tests stay quick."""


def live(store: Store, folder: Path) -> Store:
    """The store, with these releases in a live folder."""
    stores.add_releases(folder, [plans(store), censuses(store)], "made up", "made up")
    return Store(live=folder)


def plans(store: Store) -> NewTable:
    """Plans by need of January 2025 and, made up, of January 2026."""
    frame = store.table("needs").astype(dict.fromkeys([*needs.KEYS, "status"], str))
    later = frame[frame["scope"].eq("all") & frame["characteristic"].eq("total")].assign(period="2026-01")
    grown = later["area_code"].isin([PLYMOUTH, SOUTH_WEST, ENGLAND]) & later["need"].isin(["semh", "plans"])
    later["value"] = later["value"] + MORE_PLANS * grown
    gone = later["area_code"].eq(ISLE_OF_WIGHT) | (later["area_code"].eq(BARNSLEY) & later["need"].eq("hi"))
    later = later.assign(value=later["value"].mask(gone), status=later["status"].mask(gone, NOT_AVAILABLE))
    return _new(store, needs.TABLE, pd.concat([frame, later], ignore_index=True), needs.KEYS)


def censuses(store: Store) -> NewTable:
    """Pupils by need of three censuses, with regions and England."""
    counted = ees_census.counts(store)
    counted = counted[counted["phase"].isin(PHASES)]
    newest = counted.assign(area_code=counted["area_code"].replace({CUMBRIA: CUMBERLAND}))
    grown = newest["area_code"].eq(PLYMOUTH) & newest["need"].eq("semh")
    newest = newest.assign(pupils=newest["pupils"] + newest["pupils"] // 2 * grown)
    years = {"2021/22": counted, "2022/23": counted, "2025/26": ees_census.with_down_syndrome(newest)}
    areas = store.table("areas").astype({"area_code": str}).set_index("area_code")["region_code"]
    regions = {str(code): str(region) for code, region in areas.items() if str(code).isdigit()}
    rows = [ees_census.with_wholes(frame, regions).assign(period=year) for year, frame in years.items()]
    frame = pd.concat(rows, ignore_index=True).rename(columns={"pupils": "value"}).assign(status=VALUE)
    whole, _ = school_census.whole(frame[[*school_needs.KEYS, "value", "status"]], "made up")
    return _new(store, school_needs.TABLE, whole, school_needs.KEYS)


def _new(store: Store, definition: object, frame: pd.DataFrame, keys: list[str]) -> NewTable:
    table = reading.as_categories(frame, keys).astype({"status": "category"})
    origin = replace(store.info(definition.name).sources[0], release="made up")
    return new_table(definition, table, (), origin, store)
