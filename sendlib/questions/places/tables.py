"""The tables of Places: plans beside pupils, schools, needs and distances, with the rest put in its place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from sendlib.answer import Table, Text
from sendlib.answer.numbers import listed
from sendlib.areas import ENGLAND, Area
from sendlib.compared import crosses, doubtful, latest
from sendlib.compared.comparators import Comparators, known_areas
from sendlib.compared.means import too_small
from sendlib.compared.mixes import all_shares
from sendlib.compared.widened import with_rows_of
from sendlib.methods import places
from sendlib.questions.places import (
    against_tables,
    by_district,
    columns,
    map_tables,
    own_count,
    provision,
    register,
    residence,
    same_position,
    schools_list,
    special_here,
)
from sendlib.questions.places.choices import INDEPENDENT, STATE_SPECIAL
from sendlib.questions.places.flows import flows_of, has_border, parted, when, years_of
from sendlib.questions.places.naming import is_listed, place, school_elsewhere
from sendlib.questions.places.placements import judged_by_parts, placed, placements, shows_spread
from sendlib.questions.places.travel import table_of, travel_of
from sendlib.store import Store, kept_with_store
from sendlib.tables.flows import PERIOD
from sendlib.tables.needs import DOWN_SYNDROME, NEEDS
from sendlib.tables.periods import spoken_month
from sendlib.tables.school_needs import PHASES
from sendlib.tables.schools import one_kind, stand_there
from sendlib.tables.symbols import NOT_AVAILABLE

FEWEST_PUPILS = 50
"""Of fewer pupils than these in the state special schools of an area no shares by need are made."""
ALL_LENGTHS = "All"
"""Residential placements of 38 weeks or more, all lengths together."""
LENGTHS = {
    "residential_38_to_51_weeks": "38 to 51 weeks",
    "residential_52_weeks": "52 weeks",
    "residential": ALL_LENGTHS,
}


@kept_with_store(area_by_area=True)
def independent_share(store: Store) -> pd.DataFrame:
    """Per cent of all plans placed in independent or non-maintained special schools: areas x Januaries."""
    table = placed(store)
    share = 100 * table[list(INDEPENDENT)].sum(axis=1, min_count=len(INDEPENDENT)) / table["all"]
    return share.unstack("period")


@kept_with_store(of_base=True)
def same_january(store: Store) -> str:
    """The newest January of which there are both pupils of special schools by area and placements of plans."""
    return str(max(set(special_here.census(store).columns) & set(placed(store).index.unique("period"))))


@kept_with_store(of_base=True)
def beside(store: Store) -> pd.DataFrame:
    """One row an authority: plans of `same_january`, those placed in state special schools, and pupils with SEN of
    state special schools there in that January.

    One is never taken from the other: pupils are those of the school, with or without a plan and from anywhere; plans
    are those of the authority's residents up to 25, wherever they learn.
    """
    return _plans_and_pupils(store, list(known_areas(store).authorities.values()))


def beside_of(store: Store, area: Area) -> pd.DataFrame:
    """The row of one area of any kind, alike."""
    return _plans_and_pupils(store, [area])


def _plans_and_pupils(store: Store, areas: Sequence[Area]) -> pd.DataFrame:
    table = placed(store).xs(same_january(store), level="period")
    here = special_here.census(store)[same_january(store)]
    codes = [area.code for area in areas]
    in_state = table[list(STATE_SPECIAL)].sum(axis=1, min_count=len(STATE_SPECIAL))
    return pd.DataFrame(
        {
            "area_code": codes,
            "area": [area.name for area in areas],
            "plans": table["all"].reindex(codes).to_numpy(),
            "placed": in_state.reindex(codes).to_numpy(),
            "pupils_here": here.reindex(codes).to_numpy(),
        }
    )


def _residential(store: Store, area: Area) -> pd.DataFrame:
    table = store.table("process")  # not Store.rows, which has of a region only what the publisher lacks
    rows = table[table["area_code"].eq(area.code) & table["measure"].isin(LENGTHS)]
    rows = rows.astype({"period": str, "measure": str, "status": str})
    frame = pd.DataFrame(
        {
            "period": rows["period"],
            "kind": rows["measure"].map(LENGTHS),
            "plans": rows["value"],
            "status": rows["status"],
        }
    )
    why = doubts_of_residential(store, area)
    # The rule judges all lengths together; a part of a number that can not be right can not be right either.
    frame.insert(3, "doubtful", np.array([why.get(period, "") for period in frame["period"]], dtype=object))
    return frame.sort_values(["period", "kind"], ignore_index=True)


def doubts_of_residential(store: Store, area: Area) -> dict[str, str]:
    """January -> why the residential placements of an area are doubtful; a region's and England's are not judged."""
    if not judged_by_parts(area):
        return {}
    found: dict[str, list[str]] = {}
    for code in area.parts:
        for period, why in doubtful.reasons(store.base, code, "residential").items():
            of_whom = "" if len(area.parts) == 1 else f"{known_areas(store).get(code).in_text}, "
            found.setdefault(period, []).append(f"{of_whom}{why}")
    return {period: "; ".join(whys) for period, whys in found.items()}


def pupils_of_schools(store: Store, area: Area) -> float:
    """Pupils with SEN of the state special schools located in an area in the newest census; NaN where it has none."""
    rows = crosses.in_schools(store, area.code)
    return float(rows.loc[rows["category"].eq(PHASES["special"]), "count"].sum(min_count=1))


def _needs_here(store: Store, area: Area) -> pd.DataFrame:
    """Needs of plans beside needs in local state special schools, as published; no shares of too few pupils or
    plans."""
    rows = crosses.in_schools(store, area.code)
    here = rows[rows["category"].eq(PHASES["special"])].set_index("need")
    enough = pupils_of_schools(store, area) >= FEWEST_PUPILS
    if DOWN_SYNDROME in here.index:  # among plans it is within other difficulties, and so it must be here
        here.loc["oth", ["count", "share"]] += here.loc[DOWN_SYNDROME, ["count", "share"]]
    special = here.reindex(list(NEEDS))
    shares = special["share"].to_numpy(dtype=float)
    if not enough:
        shares = np.full(len(shares), np.nan)
    of_plans = 100 * all_shares(store).reindex([area.code]).iloc[0].to_numpy(dtype=float)
    if area.code in too_small(store):
        of_plans = np.full(len(of_plans), np.nan)
    return pd.DataFrame(
        {
            "need": list(NEEDS),
            "name": list(NEEDS.values()),
            "plans_share": of_plans,
            "pupils": special["count"].to_numpy(),
            "pupils_share": shares,
            "status": special["status"].fillna(NOT_AVAILABLE).to_numpy(),
        }
    )


def _distance(store: Store, area: Area) -> pd.DataFrame:
    """The nearest school of each kind from the centre of an authority, or of each of several: together they have
    none."""
    table = store.table("schools")
    table = table[stand_there(table)]
    centres = store.table("areas").set_index("area_code")
    kinds = {kind: table[one_kind(table).eq(kind)] for kind in register.kinds_of_special_school(store)}
    rows = []
    for code in area.parts:
        x, y = centres.loc[code, ["longitude", "latitude"]]
        for kind, words in register.kinds_of_special_school(store).items():
            held = kinds[kind]
            if held.empty:
                continue
            away = places.straight_line(x, y, held["longitude"], held["latitude"])
            nearest = int(np.argmin(away))
            rows.append((centres.at[code, "name"], words, str(held["name"].iloc[nearest]), float(away[nearest])))
    frame = pd.DataFrame(rows, columns=["start", "kind", "school", "kilometres"])
    return frame if len(area.parts) > 1 else frame.drop(columns="start")


def all_of(store: Store, area: Area, others: Comparators) -> dict[str, Table]:
    """Every table of the answer, the one that the map is drawn from first."""
    several = len(area.parts) > 1
    own, needs_here = beside_of(store, area), _needs_here(store, area)
    found = {
        "map": _map(store, area, others),
        **_flows(store, area),
        own_count.NAME: own_count.table(store, area),
        "beside": Table(
            _beside(store, area, own),
            Text(
                "Plans by the authority that maintains them, and pupils with SEN of state special schools by where the"
                f" school is, {latest.said(same_january(store))}: two figures beside each other"
            ),
            columns.beside(latest.said(same_january(store))) | (columns.WHOLE_FIRST if several else {}),
            ("placements", "places"),
            "Pupils and plans in every authority",
            of_few=("placed",),
            how_to_read=Text(
                "Not the same children, so one is not taken from the other: the pupils may live elsewhere and not all"
                " have a plan; the plans are those of residents up to 25, wherever they learn."
            ),
        ),
        **_of_schools(store, area),
        **_of_placements(store, area, others),
        "need_here": Table(
            needs_here,
            Text(
                f"Primary needs of plans from {place(area)} ({latest.said(latest.needs_period(store, 'all'))}) and of"
                f" pupils in state special schools located there ({crosses.school_census(store)}): different children"
            ),
            columns.NEED,
            ("needs", "school_needs"),
            "Needs of residents beside needs in the special schools here",
            of_few=("pupils", "pupils_share"),
            how_to_read=Text(
                "**Different children.** The circles are pupils of the state special schools located here; the lines"
                " are plans of those who live here. Needs that a school is approved for are in no source shipped here."
            ),
        ),
        residence.NAME: residence.table(store, area, others),
        by_district.NAME: by_district.table(store, area),
        **against_tables.all_of(store, area, needs_here, own.iloc[0], same_january(store)),
        **same_position.table(store, area, others),
    }
    return {name: replace(table, group=_GROUPS.get(name, "")) for name, table in found.items()}


_GROUPS = {
    **dict.fromkeys(
        ("against", "against_whole", "against_ahead", "need_here", "beside"), "Provision against residence"
    ),
    **dict.fromkeys((residence.NAME, by_district.NAME, same_position.NAME), "Who lives here"),
    **dict.fromkeys(("travel", "flows_out", "flows_in", own_count.NAME), "Who travels"),
    **dict.fromkeys(("provision", "schools_here", "distance", "placement", "residential"), "Where the support is"),
}
"""Table -> the heading on the page under which it stands."""


def _beside(store: Store, area: Area, own: pd.DataFrame) -> pd.DataFrame:
    """Every authority, after the area as a whole where it is several, and England."""
    wholes, england = [own] if len(area.parts) > 1 else [], known_areas(store).get(ENGLAND)
    if area != england:
        wholes.append(beside_of(with_rows_of(store, england), england))
    return pd.concat([*wholes, beside(store)], ignore_index=True)


def _map(store: Store, area: Area, others: Comparators) -> Table:
    rated = latest.january_with_residents(store, area.code)
    return Table(
        map_tables.of_map(store, area, others),
        Text(
            "Children and young people with an EHC plan, by the authority that maintains it, per 1,000 residents aged"
            f" 0 to 25: plans of {latest.said(rated)}, residents of"
            f" {latest.said_residents(store, rated)}",
            show=(
                f"Plans by the authority that maintains them, {latest.said(rated)}; residents aged 0 to 25,"
                f" {latest.said(latest.summer_of_residents(store, rated))}"
            ),
            families=(
                f"EHC plans per 1,000 people aged 0 to 25: plans of {latest.said(rated)}, people of"
                f" {latest.said(latest.summer_of_residents(store, rated))}"
            ),
        ),
        columns.MAP | (columns.WHOLE_FIRST if len(area.parts) > 1 else {}),
        ("plans", "population", "features", "shapes"),
        "Plans and free school meals in every authority",
    )


_FLOW = ("pupils", "share")


def _in_a_year(area: Area) -> str:
    """When flows are of: a typical year of three, or the one year of an area that began in the last."""
    return f"{PERIOD} together, in a typical year" if years_of(area) > 1 else when(area)


def _flows(store: Store, area: Area) -> dict[str, Table]:
    """Who crossed the border, in all and from and to where; no tables where that can not be known, and of England, of
    whose border one side alone is held, those who crossed one within it."""
    if parted(store, area):
        return {}
    travel = {
        "travel": Table(
            table_of(area, travel_of(store, area)),
            Text(
                f"Pupils of state special schools who lived in {place(area)} or went to school there,"
                f" {_in_a_year(area)}"
            ),
            columns.TRAVEL,
            ("flows",),
            "Who stays, who leaves and who comes in",
            of_few=("pupils", "share"),
            how_to_read=Text(
                "Two wholes that overlap: those who lived there, and those at school there. Numbers are rounded, so"
                " parts may not add up. Homes that are not known are in no share."
            ),
        )
    }
    if not has_border(store, area):
        return travel
    return travel | {
        "flows_out": Table(
            flows_of(store, area, "home_code"),
            Text(
                f"Pupils of state special schools who lived in {place(area)} and went to {school_elsewhere(area)},"
                f" {_in_a_year(area)}"
            ),
            columns.FLOWS_OUT,
            ("flows",),
            f"Who went out of {area.in_text}",
            of_few=_FLOW,
        ),
        "flows_in": Table(
            flows_of(store, area, "school_code"),
            Text(f"Pupils of state special schools of {place(area)} who lived elsewhere, {_in_a_year(area)}"),
            columns.FLOWS_IN,
            ("flows",),
            f"Who came into {area.in_text}",
            of_few=(*_FLOW, "share_here"),
        ),
    }


def _of_schools(store: Store, area: Area) -> dict[str, Table]:
    """Schools and places here and the nearest special school; the map's points only where a refresh has brought them.

    The browser fetches those of the register shipped by itself.
    """
    found = {
        "provision": provision.of(store, area),
        "schools_here": schools_list.here(store, area),
        "distance": Table(
            _distance(store, area),
            Text(
                f"Straight-line distance from the centre of {_centres(area)} to the nearest special school of each kind"
                f" in the register of {spoken_month(register.day(store))}: not a journey"
            ),
            columns.DISTANCE_OF_EACH if len(area.parts) > 1 else columns.DISTANCE,
            ("schools", "areas"),
            "How far is the nearest special school?",
            how_to_read=Text(
                "A straight line on the map is not a journey: roads are longer, and estuaries much longer."
                " Left out are schools for which the register has only their owner's office."
            ),
        ),
    }
    if not register.is_shipped(store):
        found["schools"] = schools_list.on_map(store)
    return found


def _centres(area: Area) -> str:
    """Whose centre distances are from."""
    if len(area.parts) == 1:
        return area.in_text
    return f"each authority of {area.in_text}" if not is_listed(area) else f"each of {area.in_text}"


def _of_placements(store: Store, area: Area, others: Comparators) -> dict[str, Table]:
    januaries = latest.periods(store, "placements", placement="all")
    return {
        "placement": Table(
            placements(store, area, others),
            Text(
                f"Where those with a plan were placed, {_whose(area, others)},"
                f" January {januaries[0][:4]} to {januaries[-1][:4]}"
            ),
            columns.PLACEMENT,
            ("placements",),
            "Kinds of placement over time",
        ),
        "residential": Table(
            _residential(store, area),
            Text(f"Residential placements of those with a plan, {place(area)}, each January"),
            columns.RESIDENTIAL,
            ("process",),
            "Residential placements",
            of_few=("plans",),
            how_to_read=Text("Residential placements of 38 weeks or more, all lengths together."),
        ),
    }


def _whose(area: Area, others: Comparators) -> str:
    """Whose placements stand beside one another: the area's, those of who is compared, and England's, each once."""
    if shows_spread(area, others):
        return "England and the quarters of its authorities"
    compared = [others.label if others.alone else "those compared"] if others.codes else []
    return listed(list(dict.fromkeys([place(area), *compared, "England"])))
