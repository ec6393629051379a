"""Plans issued within 20 weeks, year by year: an area, those compared, England, and who was here before."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from sendlib.answer.numbers import listed
from sendlib.areas import ENGLAND, Area
from sendlib.compared.comparators import Comparators, known_areas
from sendlib.questions.getting_help.few import FEW
from sendlib.questions.getting_help.process_tables import (
    ON_TIME,
    coverage,
    doubt,
    mean_of,
    series,
    set_aside,
    spread_of,
    wide,
    wide_statuses,
)
from sendlib.store import Store
from sendlib.tables.symbols import NOT_AVAILABLE


def on_time(store: Store, area: Area, others: Comparators) -> pd.DataFrame:
    """The lead table: one row a calendar year; own share within 20 weeks, the comparators' mean, England, and the
    counts.

    `before` is the share of the authority that stood here until today's began
    (`before_name`), where there was another; `left_out` says why a year has no point in the picture.
    """
    rates = series(store, ON_TIME)
    issued, in_time = (wide(store, name).reindex(columns=rates.columns) for name in ("issued", "issued_in_20_weeks"))
    own = rates.reindex([area.code]).iloc[0]
    mean = mean_of(store, ON_TIME, others)
    before = predecessor(store, area)
    status = wide_statuses(store, ON_TIME).reindex(index=[area.code], columns=rates.columns).iloc[0]
    aside = set_aside(store, ON_TIME).reindex([area.code]).iloc[0].fillna("")
    was = {"before": before.share.reindex(rates.columns).to_numpy(), "before_name": before.label} if before else {}
    return pd.DataFrame(
        {
            "period": rates.columns,
            "share": own.to_numpy(),
            "comparator_mean": mean["mean"].to_numpy(),
            **({} if area.kind == "england" else {"england": rates.loc[ENGLAND].to_numpy()}),
            **_spread(store, area, others),
            **_range(store, area, others),
            "issued": issued.reindex([area.code]).iloc[0].to_numpy(),
            "in_20_weeks": in_time.reindex([area.code]).iloc[0].to_numpy(),
            "in_the_mean": mean["number"].to_numpy(),
            "coverage": coverage(store).reindex(index=[area.code], columns=rates.columns).iloc[0].to_numpy(),
            "doubtful": [doubt(store, area.code, ON_TIME, str(year)) for year in rates.columns],
            "left_out": aside.to_numpy(),
            "change": _changes(own.where(aside.eq(""))),
            **was,
            "status": status.fillna(NOT_AVAILABLE).to_numpy(),
        }
    )


def _range(store: Store, area: Area, others: Comparators) -> dict[str, np.ndarray]:
    """Between which shares all of those compared lie that count for their mean; England has its own spread."""
    if area.kind == "england" or len(others.codes) < 2:
        return {}
    found = spread_of(store, ON_TIME, others)
    return {"others_lowest": found["lowest"].to_numpy(), "others_highest": found["highest"].to_numpy()}


FIRST_CHANGE = "2016"
"""The first year whose change is told: 2014 is only four months of the law."""


def _changes(shares: pd.Series) -> np.ndarray:
    """How far each year's share is from that of the year before, where both are drawn."""
    years = pd.Index(shares.index.astype(str))
    told = years.to_series(index=shares.index).ge(FIRST_CHANGE)
    changes: np.ndarray = shares.diff().where(told).to_numpy()
    return changes


def largest_change(table: pd.DataFrame) -> pd.Series | None:
    """The year (a row of the lead table) with the largest change since the year before, the newest of equal ones."""
    known = table.dropna(subset=["change"])
    if known.empty:
        return None
    size = known["change"].abs().round(6)
    return known[size.eq(size.max())].iloc[-1]


SPREAD = ("lowest", "low", "median", "high", "highest")


def _spread(store: Store, area: Area, others: Comparators) -> dict[str, np.ndarray]:
    """The spread of England's authorities, which stands where another area has England beside it."""
    if area.kind != "england" or others.choice != "england":
        return {}
    found = spread_of(store, ON_TIME, others)
    return {name: found[name].to_numpy() for name in SPREAD}


@dataclass(frozen=True)
class Before:
    """What stood where an authority stands today: its name, the year of the change, and its shares within 20 weeks
    by year."""

    name: str
    until: str
    share: pd.Series

    @property
    def label(self) -> str:
        """`Cumbria, until 2023`."""
        return f"{self.name}, until {self.until}"


def predecessor(store: Store, area: Area) -> Before | None:
    """The authority before a split, or those before a merger put together by their counts; None where nothing
    changed since 2014.

    A part of a county that joined a merger is left out of the sum: its share of the county's plans is not known.
    """
    known = known_areas(store).predecessors(area.code)
    rates = series(store, ON_TIME)
    if not known or area.valid_from[:4] <= rates.columns[0]:
        return None
    merged = [(code, name) for code, name, kind in known if kind == "merge"]
    if not merged:
        code, name, _ = known[0]
        same = " (the former county)" if name == area.name else ""
        issued = wide(store, "issued").reindex(index=[code], columns=rates.columns).iloc[0]
        return Before(f"{name}{same}", area.valid_from[:4], rates.reindex([code]).iloc[0].where(issued.ge(FEW)))
    whole, part = (
        wide(store, name).reindex(index=[code for code, _ in merged], columns=rates.columns).sum(skipna=False)
        for name in ("issued", "issued_in_20_weeks")
    )
    return Before(
        f"{listed(sorted(name for _, name in merged))} together",
        area.valid_from[:4],
        100 * part / whole.where(whole.ge(FEW)),
    )
