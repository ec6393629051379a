"""The store with rows of groups, health areas, regions and England, so that any of them can be asked about.

A region's and England's own rows are the publisher's; where a table has none of them, and for every other kind of
area, rows are those of the authorities put together (tables/together.py). Questions then read them like any other's.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from sendlib.areas import Area, Areas
from sendlib.directory import Directory
from sendlib.store import Store, Widened, kept_with_store, stacked
from sendlib.tables.flows import UNKNOWN
from sendlib.tables.symbols import VALUE
from sendlib.tables.together import RULES, Grid, Together

HELD_TOGETHER = 12
"""Widened stores kept with their store: each has the tables of a few groups and what was made of them."""


class WithGroups(Widened):
    """A store with the rows of some areas that are more than one authority, `groups`."""

    def __init__(self, base: Store, groups: Sequence[Area]) -> None:
        self.groups = tuple(groups)
        self._made_of: dict[tuple[str, str], Together] = {}
        super().__init__(base, self._rows_of_groups)

    def lacking(self, name: str, code: str) -> pd.DataFrame:
        """Which rows of a group in a table lack a part: the keys, `known` (what the others add up to) and `without`
        (codes of those without a figure, with commas between)."""
        self.added(name)
        made = self._made_of.get((name, code))
        return _grid(self.base, name).lacking(made) if made else _NOTHING_LACKS

    def _rows_of_groups(self, name: str) -> pd.DataFrame | None:
        if name == "flows":
            return stacked([_flows(self.base.table("flows"), group, _became(self.base)) for group in self.groups])
        if name == "health_areas":
            return stacked([_health_areas(self.base.table("health_areas"), group) for group in self.groups])
        if name not in RULES:
            return None
        grid, became = _grid(self.base, name), _became(self.base)
        made = [grid.together(group.code, group.members, became) for group in self.groups]
        self._made_of |= {(name, one.code): one for one in made}
        rows = grid.rows(made)
        return self._shares_of_pupils(rows) if name == "school_sen" else rows

    def _shares_of_pupils(self, rows: pd.DataFrame) -> pd.DataFrame:
        """LAIT's shares of pupils with those of the year of which the numbers of pupils are held."""
        pupils = self.added("school_pupils") if "school_pupils" in self.tables else None
        if pupils is None:
            return rows
        counts = pupils.astype({"period": str, "measure": str}).pivot(
            index=["area_code", "period"], columns="measure", values="value"
        )
        several = {group.code for group in self.groups if len(group.members) > 1}
        wanted = rows["phase"].eq("all") & rows["area_code"].isin(several) & rows["value"].isna()
        keys = pd.MultiIndex.from_frame(rows.loc[wanted, ["area_code", "period"]].astype(str))
        numbers = counts.reindex(keys)
        of = numbers.to_numpy()[
            np.arange(len(keys)), numbers.columns.get_indexer(rows.loc[wanted, "measure"].astype(str))
        ]
        value = rows["value"].copy()
        value[wanted] = 100 * of / numbers["pupils"].to_numpy()
        status = rows["status"].mask(wanted & value.notna(), VALUE)
        return rows.assign(value=value, status=status)


def lacking(store: Store, name: str, code: str) -> pd.DataFrame:
    """As WithGroups.lacking; of a store without groups nothing lacks."""
    return store.lacking(name, code) if isinstance(store, WithGroups) else _NOTHING_LACKS


_NOTHING_LACKS = pd.DataFrame(columns=["known", "without"])


@kept_with_store(of_base=True)
def directory(store: Store) -> Directory:
    """Every area that can be asked about."""
    held = {name: store.table(name) if name in store.tables else None for name in ("health_areas", "districts")}
    return Directory(authorities(store), held["health_areas"], held["districts"])


@kept_with_store(of_base=True)
def authorities(store: Store) -> Areas:
    """Authorities, regions and England of a store, looked up once."""
    districts = store.table("districts") if "districts" in store.tables else None
    return Areas(store.table("areas"), store.table("area_changes"), districts)


def with_rows_of(store: Store, *areas: Area) -> Store:
    """The store with rows of some areas; the very store where all of them are authorities."""
    # In one order, so that whoever asks for the same areas shares one store.
    groups = tuple(sorted({area for area in areas if not area.is_authority}, key=lambda area: area.code))
    return _with_groups(store, groups) if groups else store


@kept_with_store(HELD_TOGETHER, of_base=True)
def _with_groups(store: Store, groups: tuple[Area, ...]) -> Store:
    return WithGroups(store, groups)


@kept_with_store(64, of_base=True)
def _grid(store: Store, name: str) -> Grid:
    return Grid(store.table(name), RULES[name])


@kept_with_store(of_base=True)
def _became(store: Store) -> Mapping[str, frozenset[str]]:
    """Authority that is gone -> those of today that took its place, all of them."""
    known, changes = authorities(store), authorities(store).changes
    parted = changes[changes["kind"].ne("recode") & ~changes["old_area_code"].isin(list(known.authorities))]
    return {
        str(old): frozenset(str(new).split(";"))
        for old, new in zip(parted["old_area_code"], parted["new_area_codes"], strict=True)
    }


def _flows(table: pd.DataFrame, group: Area, became: Mapping[str, frozenset[str]]) -> pd.DataFrame:
    """Who crossed the group's border: pairs of the group with each area outside it, and with itself. An authority that
    was divided lies within it where all of its parts do."""
    within = [*group.members, *(old for old, new in became.items() if new and new <= set(group.members))]
    home, school = (
        table[end].astype(object).where(~table[end].isin(within), group.code) for end in ("home_code", "school_code")
    )
    ours = home.eq(group.code) | school.eq(group.code)
    pairs = table[ours].assign(home_code=home[ours], school_code=school[ours])
    added = pairs.groupby(["home_code", "school_code"], as_index=False)["pupil_years"].sum()
    lived = added[added["home_code"].eq(group.code)]["pupil_years"].sum()
    elsewhere = table[table["home_code"].ne(UNKNOWN)].groupby("home_code")["pupil_years"].sum()
    whole = added["home_code"].map(elsewhere).astype(float).where(added["home_code"].ne(group.code), float(lived))
    return added.assign(share=100 * added["pupil_years"] / whole)[list(table.columns)]


def _health_areas(table: pd.DataFrame, group: Area) -> pd.DataFrame:
    """The NHS areas that the group lies in, and how much of each the other is."""
    rows = table[table["area_code"].isin(group.members)]
    if rows.empty:
        return rows
    whole = (100 * rows["children"] / rows["share_of_authority"]).groupby([rows["level"], rows["area_code"]]).max()
    names = ["level", "health_code"]
    facts = rows.drop_duplicates(names).set_index(names)[["health_ons_code", "name", "place", "icb_code"]]
    unknown = rows["known"].ne("all").groupby([rows[name] for name in names]).agg(["any", "all"])
    none = rows["children"].isna().groupby([rows[name] for name in names]).all()
    added = rows.groupby(names)[["children", "share_of_health_area"]].sum(min_count=1)
    lived = whole.groupby(level="level").sum(min_count=1)
    found = facts.join(added).reset_index()
    key = pd.MultiIndex.from_frame(found[names])
    known = unknown["any"].map({True: "at_least", False: "all"}).where(~none, "no")
    return found.assign(
        area_code=group.code,
        share_of_authority=100 * found["children"] / found["level"].map(lived),
        share_of_health_area=found["share_of_health_area"].clip(upper=100),
        known=known.reindex(key).to_numpy(),
    )[list(table.columns)]
