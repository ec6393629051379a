"""Neighbours in the same position: those with most travel between, and those alike, in one list with the same figures.

Two different things: children travel to whom lies near, and those alike may lie anywhere. Who is in both is marked.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from sendlib.answer import Column, Note, Table, Text
from sendlib.answer.numbers import capital, listed
from sendlib.answer.table import WHOLE
from sendlib.areas import ENGLAND, Area
from sendlib.compared import latest, means, rates
from sendlib.compared.comparators import ALIKE, DEFAULT, MOST_PICKED, Comparators, choose, known_areas
from sendlib.questions.places import flows, placements, travel
from sendlib.questions.places.choices import INDEPENDENT_SPECIAL
from sendlib.questions.places.columns import FEWEST_A_YEAR
from sendlib.questions.places.naming import is_several, names_of, place
from sendlib.store import Store, kept_with_store
from sendlib.tables.flows import PERIOD, UNKNOWN
from sendlib.tables.symbols import NOT_AVAILABLE, VALUE

NAME = "same_position"
MOST_TRAVEL = 5
OWN, TRAVEL = "This area", "Most travel between"
_BOTH_WAYS = f" Most travel counts pupils both ways together, of {FEWEST_A_YEAR} or more a year."


def table(store: Store, area: Area, others: Comparators) -> dict[str, Table]:
    """The table under its name; nothing of England, which has neither."""
    if area.kind == "england":
        return {}
    alike, between = _alike(store, area, others), between_of(store, area)
    kind = _kind(alike)
    lists: dict[str, str] = {area.code: OWN, ENGLAND: WHOLE, **dict.fromkeys(between.index[:MOST_TRAVEL], TRAVEL)}
    for code in alike.codes:
        lists[code] = f"{TRAVEL}; {kind.lower()}" if lists.get(code) == TRAVEL else kind
    data = _figures(store, area, lists, between["area"])
    crossed = travel.travel_of(store, area)
    for end in ("out", "into"):
        data[end] = between[end].reindex(list(lists)).to_numpy(dtype=float)
    # Pupils are counted between authorities: of a region or England it is not that they are few.
    counted = data["area_code"].isin([area.code, *known_areas(store).authorities, *between.index])
    data["status"] = np.where(counted, VALUE, NOT_AVAILABLE)
    data.loc[0, ["out", "into"]] = crossed.a_year(crossed.left), crossed.a_year(crossed.came)
    described = _columns(store, area, list(lists))
    return {
        NAME: Table(
            data[list(described)],
            Text(_caption(area, alike, known=bool(len(between)))),
            described,
            ("flows", "plans", "population", "placements", "neighbours"),
            "Neighbours in the same position",
            of_few=("out",),
            also_few=("into",),
            how_to_read=Text(
                "Pupils travel to those who lie near; those alike may lie anywhere. Who is in both lists is marked."
                f"{_BOTH_WAYS if len(between) else ''} Numbers that a rule finds doubtful are left out."
                f"{_without_plans(store, area, list(lists))}"
            ),
        )
    }


def _caption(area: Area, alike: Comparators, *, known: bool) -> str:
    exchange = "exchange" if is_several(area) else area.verb("exchanges", "exchange")
    travel = f"those with whom {place(area)} {exchange} most pupils of state special schools"
    told = [*([travel] if known else []), *([alike.label] if alike.codes else [])]
    return capital(listed(told)) if known else f"{capital(place(area))}{f' beside {told[0]}' if told else ''}"


def _without_plans(store: Store, area: Area, codes: Sequence[str]) -> str:
    """A sentence on those of whom DfE gave no number of plans for the January of the rates, after others."""
    january = latest.january_with_residents(store, area.code)
    plans = rates.plans_in_place(store)[january].reindex(list(codes))
    without = [code for code in plans.index[plans.isna()] if code in known_areas(store).authorities]
    if not without:
        return ""
    return f" DfE gave no number of plans of {listed(names_of(store, without))} for {latest.said(january)}."


def notes(store: Store, area: Area) -> list[Note]:
    """That nobody knows who travelled, where nobody does."""
    if area.kind == "england" or not between_of(store, area).empty or not np.isnan(travel.travel_of(store, area).left):
        return []
    text = f"Who travelled to or from {place(area)} is not known, so those alike stand alone."
    return [Note("missing", Text(text), NAME)]


@kept_with_store(16)
def between_of(store: Store, area: Area) -> pd.DataFrame:
    """Name of the authority at the other end, and pupils in a typical year out of the area and into it, by its code,
    those with the most both ways together first; no rows where they are not known.

    Of fewer than FEWEST_A_YEAR both ways together nobody is named, and such a flow one way is missing.
    """
    if not flows.has_border(store, area) or flows.parted(store, area):
        return pd.DataFrame(columns=["area", "out", "into"])
    ends = {"out": "home_code", "into": "school_code"}
    both = pd.DataFrame({name: flows.unrounded(store, area, end) for name, end in ends.items()}, dtype=float)
    together = both.drop(UNKNOWN, errors="ignore").sum(axis=1).sort_values(ascending=False, kind="stable")
    both = both.loc[together.index[together.ge(FEWEST_A_YEAR)]]
    both = both.where(both.ge(FEWEST_A_YEAR)).round(0)
    both.insert(0, "area", [flows.names_of_ends(store)[code] for code in both.index])
    return both


def _alike(store: Store, area: Area, others: Comparators) -> Comparators:
    """Those compared. Where so many are that they are no list, the neighbours of an authority, and nobody of several:
    DfE lists no neighbours of these."""
    if len(others.codes) <= MOST_PICKED:
        return others
    if len(area.parts) == 1:
        return choose(store, known_areas(store).get(area.parts[0]), DEFAULT)
    return replace(others, codes=())


def _kind(alike: Comparators) -> str:
    if alike.choice.startswith("neighbours-"):
        return "Statistical neighbour"
    return "Alike in population and pupils" if alike.choice in ALIKE else "Compared"


def _figures(store: Store, area: Area, lists: Mapping[str, str], names: pd.Series) -> pd.DataFrame:
    """One row each: list, name and the three figures; missing where there is none, or none that counts. `names`: of
    those that are no area of today, such as one that was divided."""
    known = known_areas(store)
    january = latest.january_with_residents(store, area.code)
    rate = rates.rates_for_means(store, january)["all_ages"]
    share = placements.shares_for_means(store)[(_placed(store), INDEPENDENT_SPECIAL)]
    few = means.too_small(store)
    rows = []
    for code, words in lists.items():
        whole = code in known.authorities or code in known.wider or code in known.groups
        name = known.get(code).name if whole else str(names[code])
        away = travel.travel_of(store, known.get(code)).outside if whole and code != ENGLAND else np.nan
        # Of several authorities a figure is doubtful where that of one of them is, as everywhere on the page.
        doubted = whole and placements.doubts_of(store, known.get(code), INDEPENDENT_SPECIAL).get(_placed(store))
        bought = float(share.get(code, np.nan)) if code not in few and not doubted else np.nan
        rows.append((words, code, name, float(rate.get(code, np.nan)), away, bought))
    return pd.DataFrame(rows, columns=["list", "area_code", "area", "per_1000", "elsewhere", "independent"])


def _placed(store: Store) -> str:
    """The newest January with placements."""
    return max(str(period) for period in placements.placed(store).index.unique("period"))


def _years(store: Store, codes: Sequence[str]) -> str:
    """The school years of the shares of those who went elsewhere: of an area that began within them its own."""
    known = known_areas(store).authorities
    late = [code for code in codes if code in known and flows.years_of(known[code]) < flows.YEARS]
    own = f"; {listed(names_of(store, late))}: {flows.when(known[late[0]])}" if late else ""
    return f"{PERIOD}{own}"


def _columns(store: Store, area: Area, codes: Sequence[str]) -> dict[str, Column]:
    january = latest.january_with_residents(store, area.code)
    few = f"Fewer than {FEWEST_A_YEAR}" if not np.isnan(travel.travel_of(store, area).left) else ""
    own = "; in the area's own row all who crossed its border"
    year = f"pupils of state special schools in a typical year of {flows.when(area)}"
    return {
        "list": Column("List", "whether most pupils travel between, or it is alike or compared, or both, or England"),
        "area_code": Column("Area (code)", "code of the area", only_in_files=True),
        "area": Column("Area", "this area first, then England and each of the two lists"),
        "out": Column(
            "From here to there", f"{year} who lived here and went to school there{own}", "pupils", 0, otherwise=few
        ),
        "into": Column(
            "From there to here", f"{year} who lived there and went to school here{own}", "pupils", 0, otherwise=few
        ),
        "per_1000": Column(
            "Plans per 1,000 aged 0 to 25", f"EHC plans of {latest.said(january)}, per 1,000 residents", "per 1,000", 1
        ),
        "elsewhere": Column(
            "Went to school elsewhere",
            "pupils of state special schools who lived there and went to one beyond its border, out of all who lived"
            f" there, {_years(store, codes)}",
            "%",
            1,
        ),
        "independent": Column(
            "In independent special schools",
            "plans placed in independent or non-maintained special schools, out of all plans,"
            f" {latest.said(_placed(store))}",
            "%",
            1,
        ),
        "status": Column("Status", "value, or why there is no number of pupils", only_in_files=True),
    }
