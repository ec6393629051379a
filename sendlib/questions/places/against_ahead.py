"""Plans placed in special schools if plans go on to grow as on Looking ahead and the share of the last January with
one stays as it is."""

from __future__ import annotations

import numpy as np
import pandas as pd

from sendlib.answer import Column, Table, Text
from sendlib.answer.numbers import percent
from sendlib.areas import Area
from sendlib.compared import latest
from sendlib.compared.means import too_small
from sendlib.questions.looking_ahead import send_ahead
from sendlib.questions.looking_ahead.send_past import HELD, METHOD_NAMES, SERIES
from sendlib.questions.places.against import placed_of
from sendlib.questions.places.naming import maintainers
from sendlib.store import Store

NAME = "against_ahead"
_GOAL = "2030-01"
"""The January that plans are carried forward to, or the last that Looking ahead has."""


def why_not(store: Store, area: Area) -> str:
    """Why no places are worked out for plans to come, to follow a colon; empty where they are."""
    placed = placed_of(store, area)
    if np.isnan(placed.special):
        return "how many plans are placed in special schools is not available."
    if placed.doubt:
        return f"the number of plans placed in special schools in {latest.said(placed.january)} is doubtful."
    if area.code in too_small(store):
        return "there are too few plans for a share."
    return send_ahead.why_not(store, area.code, "plans")


def table(store: Store, area: Area) -> Table:
    """Places needed by each scenario of Looking ahead, where `why_not` has no reason against it."""
    placed, outlook = placed_of(store, area), send_ahead.outlook(store, area.code)
    ways = outlook[outlook["series"].eq(SERIES["plans"]) & outlook["line"].ne(HELD)]
    goal = _GOAL if ways["period"].eq(_GOAL).any() else str(ways["period"].max())
    plans = ways[ways["period"].eq(goal)].set_index("line")["number"].reindex(list(METHOD_NAMES.values()))
    day, share = latest.said(placed.january), placed.special / placed.plans
    last, newest = _published(outlook, str(ways["period"].min()))
    way = [f"As published, {day}", f"Plans of {latest.said(last)}, at the share of {day}", *plans.index]
    period, every = [placed.january, last, *[goal] * len(plans)], np.array([placed.plans, newest, *plans])
    data = pd.DataFrame(
        {
            "way": pd.Series(way).replace(METHOD_NAMES["flat"], f"Stays at {latest.said(last)}'s number"),
            "period": period,
            "plans": every,
            "state": every * placed.state / placed.plans,
            "independent": every * placed.independent / placed.plans,
        }
    )
    if last <= placed.january:  # nothing was published since the share
        data = data.drop(1).reset_index(drop=True)
    if_it_stays = f"at the share of {day}, if it stays as it is"
    return Table(
        data,
        Text(
            f"Plans of {maintainers(area)} in special schools in {latest.said(goal)} if plans grow as on Looking ahead"
            f" and the shares of {day} stay as they are"
        ),
        {
            "way": Column("Way on", "how plans go on, by the scenarios of Looking ahead"),
            "period": Column("When", "January of the plans", period=True),
            "plans": Column("Plans", "EHC plans, as published or as the scenario has them", "plans", 0),
            "state": Column("In state special schools", f"places needed {if_it_stays}", "places", 0),
            "independent": Column(
                "In independent or non-maintained special schools", f"places needed {if_it_stays}", "places", 0
            ),
        },
        ("placements", "plans"),
        f"Places needed at the share of {day}, if plans go on to grow",
        how_to_read=Text(
            f"**No forecast.** In {day}, {percent(100 * share)} of plans were placed in special schools. Each row"
            " after the first has plans, as published since or as one scenario of Looking ahead has them, and how many"
            " of them that share would be, **if the share stays as it is**. Places here or elsewhere, and nothing on"
            " where there is room."
        ),
    )


def _published(outlook: pd.DataFrame, first_ahead: str) -> tuple[str, float]:
    """The January that the scenarios go on from, the one before `first_ahead`, and its plans."""
    last = f"{int(first_ahead[:4]) - 1}-01"
    held = outlook[outlook["series"].eq(SERIES["plans"]) & outlook["line"].eq(HELD)]
    return last, float(held.set_index("period")["number"][last])
