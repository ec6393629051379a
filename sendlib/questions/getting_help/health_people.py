"""NHS figures that follow the child, not the provider: mental health contacts and waits, and suspected autism.

They are counted by the GP practice or the home of the child, for sub-ICB
locations, ICBs and England, and belong to those areas (health_waits.py).
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from sendlib.areas import ENGLAND, Area
from sendlib.compared import latest
from sendlib.questions.getting_help import health_changes
from sendlib.questions.getting_help.health_waits import ENGLAND_NAME, Who, with_england
from sendlib.questions.getting_help.nhs_areas import boards_over, ends, locations
from sendlib.store import Store, kept_with_store
from sendlib.tables import waits_mental_health
from sendlib.tables.symbols import HIDDEN, NOT_AVAILABLE, VALUE, WORDS

AUTISM_BARS = (
    "First appointment after more than 13 weeks",
    "Within 13 weeks, or none yet: the file does not say which",
)
"""The two parts of a bar: ASD19e, and what ASD19c and ASD19f make up together."""
_HIDDEN = {HIDDEN: f"{WORDS[HIDDEN]} (it is, or rests on, a count of 0 to 4)"}
_NO_ROW = (
    f"{WORDS[NOT_AVAILABLE]} (no row in this copy: hidden, because it rests on 0 to 4 children, or nobody was referred;"
    " the copy does not tell which)"
)


def contacts(store: Store, area: Area) -> pd.DataFrame:
    """Children with at least one mental health contact in twelve months (MHS95), by sub-ICB location; of
    England its own. `changed` tells of a sudden step."""
    if area.kind == "england":
        return _contacts(store, ENGLAND, ENGLAND_NAME)[_CONTACTS]
    parts = [_contacts(store, one.code, one.name) for one in locations(store, area)]
    frame = pd.concat(parts, ignore_index=True)
    return frame[_CONTACTS]


_CONTACTS = ["health_area", "period", "with_contact", "status", "why", "changed"]


@kept_with_store(256, of_base=True)
def _contacts(store: Store, code: str, name: str) -> pd.DataFrame:
    """The same of one sub-ICB location; several authorities may lie in it."""
    rows = _mental_health(store, code, ["MHS95"]).assign(health_area=name)
    frame = rows.rename(columns={"value": "with_contact"}).reset_index(drop=True)
    frame["why"] = _why(frame["status"])
    frame["changed"] = health_changes.of_contacts(frame)
    return frame


def four_weeks(store: Store, area: Area) -> pd.DataFrame:
    """Waits for mental health services (the four-week-wait measures) of the area's ICBs and England."""
    every = latest.periods(store, "waits_mental_health", measure=next(iter(waits_mental_health.WAITS)))
    held = [month for month in every if month < (ends(area) or "9999")]
    return _four_weeks(store, with_england(boards_over(store, area, held), held[-1]))


@kept_with_store(64, of_base=True)
def _four_weeks(store: Store, who: Who) -> pd.DataFrame:
    parts = [
        _mental_health(store, code, list(waits_mental_health.WAITS), *when).assign(health_area=name)
        for code, name, *when in who
    ]
    frame = pd.concat(parts, ignore_index=True).rename(columns={"value": "figure"})
    measures = waits_mental_health.WAITS
    frame["unit"] = frame["measure"].map({code: measure.unit for code, measure in measures.items()})
    frame["months"] = frame["measure"].map({code: measure.months for code, measure in measures.items()}).astype(str)
    frame["published_as"] = frame["measure"]
    frame["measure"] = frame["measure"].map({code: measure.name for code, measure in measures.items()})
    frame["why"] = _why(frame["status"])
    return frame[["health_area", "measure", "period", "figure", "unit", "months", "published_as", "status", "why"]]


def _mental_health(store: Store, code: str, measures: list[str], since: str = "", until: str = "") -> pd.DataFrame:
    rows = store.rows("waits_mental_health", code).astype({"period": str, "measure": str, "status": str})
    own = rows["period"].ge(since) & rows["period"].lt(until or "9999")
    return rows[rows["measure"].isin(measures) & own][["measure", "period", "value", "status"]].sort_values(
        ["measure", "period"]
    )


def _why(status: pd.Series) -> pd.Series:
    return status.map({**WORDS, **_HIDDEN, VALUE: ""})


def autism(store: Store, area: Area) -> pd.DataFrame:
    """ASD19e with its neighbours of meaning, by sub-ICB location and England, under 18: newest month first, areas in
    the order of the overlap.

    Of referrals open for 13 weeks or more: ASD19e (first appointment after more
    than 13 weeks) as published; ASD19c (within 13 weeks) and ASD19f (none yet)
    are not in the file and are not available; `seen_early_or_not_seen` is what
    the two make up together, 100 less ASD19e. `corrected` is no for sub-ICB
    locations: this copy is older than the publisher's correction of areas.
    """
    return _autism(store, with_england(locations(store, area)))


@kept_with_store(64, of_base=True)
def _autism(store: Store, who: Who) -> pd.DataFrame:
    parts = []
    for place, (code, name, *_) in enumerate(who):
        rows = store.rows("waits_autism", code).astype({"period": str, "age": str, "measure": str, "status": str})
        corrected = "not affected" if name == "England" else "no"
        parts.append(rows[rows["measure"].eq("ASD19e")].assign(health_area=name, place=place, corrected=corrected))
    rows = pd.concat(parts, ignore_index=True)
    youngest = rows["age"].map({"under 10": 0, "10-17": 1})
    rows = rows.assign(youngest=youngest).sort_values(
        ["period", "place", "youngest"], ascending=[False, True, True], ignore_index=True
    )
    return pd.DataFrame(
        {
            "health_area": rows["health_area"],
            "period": rows["period"],
            "age": rows["age"],
            "seen_late": rows["value"],
            "seen_in_13_weeks": np.nan,
            "not_seen_yet": np.nan,
            "seen_early_or_not_seen": 100 - rows["value"],
            "corrected": rows["corrected"],
            "status": rows["status"],
            "why": np.where(rows["status"].eq(VALUE), "", _NO_ROW),
        }
    )
