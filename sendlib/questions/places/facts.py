"""The numbers that the sentences and the large figures of Places rest on, and which of them may not be said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from sendlib.answer.numbers import written
from sendlib.areas import ENGLAND, Area
from sendlib.compared import latest
from sendlib.compared.doubtful import Doubt
from sendlib.compared.means import too_small
from sendlib.compared.rates import plans_in_place, rates, rates_for_means
from sendlib.questions.places import flows, lacking, map_tables, placements, tables
from sendlib.questions.places.choices import INDEPENDENT, INDEPENDENT_SPECIAL, STATE_SPECIAL
from sendlib.questions.places.travel import Travel, travel_of
from sendlib.store import Store, kept_with_store
from sendlib.tables.ehc_labels import TOTAL
from sendlib.tables.placements import ALL_PLACEMENTS


@dataclass(frozen=True)
class Numbers:
    """What the sentence and the large numbers say; NaN where an area has none.

    `plans` of the January `january`, `rate` per 1,000 residents; `travel`: who crossed the area's border; `now` and
    `then` per cent of plans in independent or non-maintained special schools, in the newest January (`placed`) and in
    the first (`since`). `beside` is the area's row of the table of that name, of the January `beside_of`. `few`: so few
    plans that a share says nothing. `plans_doubted`, `now_doubted`, `then_doubted`: why the plans, or the share of
    either January, can not be right. `halves`: of England, the range of the middle half of its authorities (`rate`,
    `elsewhere`, `now`). `plans_without`, `shares_without`, `beside_without`: whose figures are missing from sums of
    plans, of placements in independent schools and in state special schools, in the January of each.
    """

    january: str
    plans: float
    rate: float
    fifth: int
    travel: Travel
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
    halves: Mapping[str, tuple[float, float]]
    plans_without: str
    shares_without: str
    beside_without: str

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
    """The numbers of an area of any kind."""
    shares = tables.independent_share(store)
    januaries = latest.periods(store, "placements", placement="all")
    january = latest.january_with_residents(store, area.code)
    first, last = januaries[0], januaries[-1]
    now, then = (float(shares[period].get(area.code, np.nan)) for period in (last, first))
    doubted = placements.doubts_of(store, area, INDEPENDENT_SPECIAL)
    rate = float(rates(store, january)["all_ages"].get(area.code, np.nan))
    bought = lacking.who(store, "placements", area, placement=(ALL_PLACEMENTS, *INDEPENDENT))
    placed = lacking.who(store, "placements", area, placement=(ALL_PLACEMENTS, *STATE_SPECIAL))
    kept = lacking.who(store, "plans", area, measure=("plans",), characteristic=(TOTAL,))
    return Numbers(
        january=january,
        plans=float(plans_in_place(store)[january].get(area.code, np.nan)),
        rate=rate,
        fifth=map_tables.fifth_of(store, january, "per_1000", rate),
        travel=travel_of(store, area),
        england_away=float(flows.travel_out(store)[ENGLAND]),
        now=now,
        then=then,
        england_now=float(shares[last][ENGLAND]),
        placed=last,
        since=first,
        beside=tables.beside_of(store, area).iloc[0],
        beside_of=tables.same_january(store),
        few=area.code in too_small(store),
        plans_doubted=map_tables.doubtful_plans(store, area, january),
        now_doubted=doubted.get(last, ""),
        then_doubted=doubted.get(first, ""),
        halves=_halves(store, january, last) if area.kind == "england" else {},
        plans_without=kept.get(latest.january(store), ""),
        shares_without=bought.get(last, ""),
        beside_without=placed.get(tables.same_january(store), ""),
    )


@kept_with_store(of_base=True)
def _halves(store: Store, january: str, placed: str) -> Mapping[str, tuple[float, float]]:
    """Between what the middle half of the authorities lies: figures that can not be right, and those of authorities too
    small to count, are left out."""
    table = pd.DataFrame(
        {
            "rate": rates_for_means(store, january)["all_ages"],
            "elsewhere": flows.travel_out(store),
            "now": placements.shares_for_means(store)[(placed, INDEPENDENT_SPECIAL)],
        }
    )
    low, _, high = placements.spread(store, table)
    return {name: (float(low[at]), float(high[at])) for at, name in enumerate(table)}
