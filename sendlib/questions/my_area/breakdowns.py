"""Flows of plans, and plans by age, sex and placement: worked out once for every area."""

from __future__ import annotations

import pandas as pd

from sendlib.compared.by_area import ByArea, with_shares
from sendlib.store import Store, kept_with_store
from sendlib.tables.ehc_labels import AGE_BANDS, NOT_RECORDED, PLACEMENT_GROUP_TOTALS, PLACEMENTS
from sendlib.tables.placements import ALL_PLACEMENTS
from sendlib.tables.symbols import VALUE

FLOWS = {"new_plans": "Started", "ceased": "Ceased"}
"""Measures of the table `process` -> what they are called."""


@kept_with_store(area_by_area=True)
def flows(store: Store) -> ByArea:
    """New and ceased plans by calendar year."""
    table = store.table("process")
    rows = table[table["measure"].isin(list(FLOWS))]
    frame = pd.DataFrame(
        {
            "area_code": rows["area_code"].astype(str),
            "period": rows["period"].astype(str),
            "measure": rows["measure"].astype(str).map(FLOWS),
            "plans": rows["value"],
            "status": rows["status"].astype("category"),
        }
    )
    return ByArea(frame.sort_values(["measure", "period"], ascending=[False, True], ignore_index=True))


@kept_with_store(area_by_area=True)
def ages(store: Store) -> ByArea:
    """Plans by age band each January, with shares."""
    table = store.table("plans")
    rows = table[table["characteristic"].eq("age_band") & table["measure"].eq("plans")]
    return with_shares(rows, "age", list(AGE_BANDS))


@kept_with_store(area_by_area=True)
def sexes(store: Store) -> ByArea:
    """Plans by sex, the Januaries that have it, with shares."""
    table = store.table("plans")
    rows = table[table["characteristic"].eq("sex") & table["measure"].eq("plans")]
    return with_shares(rows, "sex", ["Female", "Male", NOT_RECORDED])


@kept_with_store(area_by_area=True)
def placement_groups(store: Store) -> ByArea:
    """Groups of placements, and what stands outside the groups until January 2022; shares of all plans."""
    table = store.table("placements")
    outside = {code: PLACEMENTS[code].name for code in ("await_prov_2022", "perm_ex_2022")}
    labels = {**PLACEMENT_GROUP_TOTALS, **outside}
    text = table.astype({"area_code": str, "period": str, "placement": str})
    whole = text[text["placement"].eq(ALL_PLACEMENTS)].set_index(["area_code", "period"])["value"]
    rows = text[text["placement"].isin(labels)]
    rows = rows[~(rows["placement"].isin(outside) & rows["status"].ne(VALUE))]
    plans = whole.reindex(pd.MultiIndex.from_frame(rows[["area_code", "period"]])).to_numpy()
    frame = pd.DataFrame(
        {
            "area_code": rows["area_code"],
            "period": rows["period"],
            "group": pd.Categorical(rows["placement"].map(labels), categories=list(labels.values()), ordered=True),
            "plans": rows["value"],
            "share": 100 * rows["value"] / plans,
            "collection": rows["collection"],
            "status": rows["status"],
        }
    )
    return ByArea(frame.sort_values(["period", "group"], ignore_index=True))
