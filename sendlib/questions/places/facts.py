"""The numbers that the sentences and the large figures of Places rest on, and which of them may not be said."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from sendlib.answer.numbers import written
from sendlib.areas import ENGLAND, Area
from sendlib.compared import doubtful, latest
from sendlib.compared.doubtful import Doubt
from sendlib.compared.means import too_small
from sendlib.compared.rates import plans_in_place, rates
from sendlib.questions.places import flows, map_tables, placements, tables
from sendlib.questions.places.choices import INDEPENDENT_SPECIAL
from sendlib.store import Store


@dataclass(frozen=True)
class Numbers:
    """What the sentence and the large numbers say; NaN where an area has none.

    `plans` of the January `january`, `rate` per 1,000 residents; `away` per cent of special-school pupils who went
    elsewhere; `now` and `then` per cent of plans in independent or non-maintained special schools, in the newest
    January (`placed`) and in the first (`since`). `beside` is the area's row of the table of that name, of the January
    `beside_of`. `few`: so few plans that a share says nothing. `doubts`: why the plans, the share now or its change can
    not be right.
    """

    january: str
    plans: float
    rate: float
    fifth: int
    away: float
    england_away: float
    now: float
    then: float
    england_now: float
    placed: str
    since: str
    beside: pd.Series
    beside_of: str
    few: bool
    plans_doubted: Doubt | None
    now_doubted: str
    then_doubted: str

    @property
    def has_both(self) -> bool:
        """Whether pupils here and plans can stand beside each other."""
        return not (np.isnan(self.beside["pupils_here"]) or np.isnan(self.beside["placed"]))

    @property
    def shares_plans(self) -> bool:
        """Whether the share of plans in independent schools may be said large."""
        return not (np.isnan(self.now) or self.few or self.now_doubted)

    @property
    def change(self) -> str:
        """`2.1 points more than in January 2019`; empty where either share is missing or doubtful."""
        if not self.shares_plans or np.isnan(self.then) or self.then_doubted:
            return ""
        points = written(abs(self.now - self.then), 1)
        if float(points) == 0:
            return f"as in {latest.said(self.since)}"
        more = "more" if self.now > self.then else "less"
        return f"{points} {'point' if points == '1.0' else 'points'} {more} than in {latest.said(self.since)}"


def numbers(store: Store, area: Area) -> Numbers:
    """The numbers of an area."""
    away, shares = flows.travel_out(store), tables.independent_share(store)
    januaries = latest.periods(store, "placements", placement="all")
    january = latest.january_with_residents(store, area.code)
    first, last = januaries[0], januaries[-1]
    now, then = (float(shares[period].get(area.code, np.nan)) for period in (last, first))
    doubted = placements.doubts(store, area.code, INDEPENDENT_SPECIAL)
    return Numbers(
        january=january,
        plans=float(plans_in_place(store)[january].get(area.code, np.nan)),
        rate=float(rates(store, january)["all_ages"].get(area.code, np.nan)),
        fifth=int(map_tables.shades(store, january).set_index("area_code")["per_1000_class"][area.code]),
        away=float(away.get(area.code, np.nan)),
        england_away=float(away[ENGLAND]),
        now=now,
        then=then,
        england_now=float(shares[last][ENGLAND]),
        placed=last,
        since=first,
        beside=tables.beside(store).set_index("area_code").loc[area.code],
        beside_of=tables.same_january(store),
        few=area.code in too_small(store),
        plans_doubted=doubtful.of(store, area.code, doubtful.PLANS, january),
        now_doubted=doubted.get(last, ""),
        then_doubted=doubted.get(first, ""),
    )
