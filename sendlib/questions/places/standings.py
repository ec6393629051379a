"""Where the shares of Places stand among those of all authorities."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sendlib.answer.standing import Standing
from sendlib.areas import Area
from sendlib.compared import standing
from sendlib.questions.places import flows, placements
from sendlib.questions.places.choices import INDEPENDENT_SPECIAL
from sendlib.questions.places.facts import Numbers
from sendlib.store import Store
from sendlib.tables.placements import ALL_PLACEMENTS


@dataclass(frozen=True)
class Standings:
    """Of pupils of state special schools who went elsewhere, and of plans placed in independent special schools."""

    away: Standing | None
    independent: Standing | None


def of(store: Store, area: Area, found: Numbers) -> Standings:
    """The two of an area; none where its share is not said, or has no interval."""
    placed = placements.placed(store)[ALL_PLACEMENTS].get((area.code, found.placed), np.nan)
    every = placements.shares_for_means(store)[(found.placed, INDEPENDENT_SPECIAL)]
    return Standings(
        # A child counts in each of the years, so there are about as many children as pupils a year.
        standing.of_share(store, flows.travel_out(store), area.code, flows.pupils_a_year(store, area)),
        standing.of_share(store, every, area.code, float(placed)) if found.shares_plans else None,
    )
