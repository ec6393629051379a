"""Where do children live, and where is the support?

Residence: EHC plans by the authority that maintains them. Provision: pupils
and special schools by where the school is. The two are set side by side; no
public count of EHC placements out of an authority exists.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import pandas as pd

from sendlib.areas import ENGLAND, Area
from sendlib.methods import compare, places
from sendlib.questions import latest, who
from sendlib.questions.answer import Answer, Column, Figure, Headline, Note, Table, listed, percent, written
from sendlib.questions.comparators import DEFAULT, Comparators, choose, known_areas
from sendlib.questions.mixes import all_shares
from sendlib.questions.my_area import rates
from sendlib.store import Store
from sendlib.tables.features import FEATURES, PUPILS_PERIOD
from sendlib.tables.flows import PERIOD, UNKNOWN
from sendlib.tables.needs import NEEDS
from sendlib.tables.periods import spoken_month
from sendlib.tables.school_needs import PHASES
from sendlib.tables.symbols import HIDDEN, NOT_AVAILABLE, VALUE

NAME = "places"
WORDS = "Where do children live, and where is the support?"
CLASSES = 5
FEWEST_A_YEAR = 5
"""Flows of fewer pupils a year than this are shown together, so that nobody can be found on a map."""
YEARS = {"928": 2, "940": 1, "941": 1}
"""School years out of the three pooled ones in which an authority existed, where not all three."""
INDEPENDENT = ("special_independent", "special_non_maintained")
STATE_SPECIAL = ("special_la_maintained", "special_academy_free")
FIRST_PLACEMENTS = "2019"
"""The first January with placements."""
SAME_JANUARY = "2023-01"
"""The January that both the plans and the newest count of special-school pupils by area have."""

PLACEMENT_KINDS = {
    "Mainstream class": ("mainstream_la_maintained", "mainstream_academy", "mainstream_free_school", "mainstream_independent"),
    "Resourced provision": (
        "mainstream_la_maintained_resourced_provision", "mainstream_academy_resourced_provision",
        "mainstream_free_school_resourced_provision",
    ),
    "SEN unit": ("mainstream_la_maintained_senunit", "mainstream_academy_senunit", "mainstream_free_school_senunit"),
    "State special school": STATE_SPECIAL,
    "Independent or non-maintained special school": INDEPENDENT,
    "Alternative provision": ("ap_pru_total",),
    "Further education": ("fe_total",),
    "Educated elsewhere or not in education": ("ed_elsewhere",),
}  # fmt: skip
"""Kinds of placement -> the columns that they add up."""
SHIPPED_REGISTER = "2021-06"
KINDS_OF_SCHOOL = {
    "special": "Special school (register group, June 2021)",
    "mostly_plans": "Academy or other school where most have a plan",
    "section_41": "Independent, approved under section 41 (2022)",
}
"""Kinds of schools in the register shipped. The register of today, when it is fetched, has types instead of the second."""

_STATUS = Column(
    "Status",
    "value where there is a figure, else why there is none: hidden, not available or not applicable",
    only_in_files=True,
)
_AREA_CODE = Column("Area (code)", "three-digit code of the authority", only_in_files=True)
_AREA = Column("Area", "each authority of England")
_JANUARY = Column("When", "January in which the plans were counted", period=True)
_KIND_OF_SCHOOL = Column("Kind of school", "kind of school, and the register or list that says so")
_TYPICAL_YEAR = f"special-school pupils in a typical year of {PERIOD}; flows of fewer than {FEWEST_A_YEAR} together"


def _fifth(heading: str, what: str) -> Column:
    """Which fifth of the authorities one is in: how the map shades it."""
    meaning = f"fifth of the authorities by {what}: 0 is the lowest, 4 the highest, -1 not available"
    return Column(f"{heading} (fifth)", meaning, decimals=0, only_in_files=True)


def _flow_columns(other: Column, share: Column) -> dict[str, Column]:
    """Pupils who cross a border one way; `share` is always of those who live at the home end."""
    return {
        "area_code": Column(
            "Area (code)", "three-digit code of the other authority; empty for several together", only_in_files=True
        ),
        "area": other,
        "pupils": Column("Pupils in a typical year", _TYPICAL_YEAR, "pupils", 0),
        "share": share,
        "status": _STATUS,
    }


_PER_1000 = "Plans per 1,000 aged 0 to 25"
_MEALS = FEATURES["free_school_meals"]
_MAP_COLUMNS = {
    "area_code": _AREA_CODE,
    "area": _AREA,
    "per_1000": Column(
        _PER_1000, "EHC plans that the authority maintains, per 1,000 residents aged 0 to 25", "per 1,000", 1
    ),
    "free_school_meals": Column(
        _MEALS.name,
        f"share known to be eligible, of the pupils of schools in the authority, {PUPILS_PERIOD}",
        _MEALS.unit,
        1,
    ),
    "per_1000_class": _fifth(_PER_1000, "plans per 1,000 residents"),
    "free_school_meals_class": _fifth(_MEALS.name, "free school meals"),
}
_FLOWS_OUT_COLUMNS = _flow_columns(
    Column("Go to school in", "authority where the school is"),
    Column("Share of those living here", "these pupils, out of all special-school pupils who live here", "%", 1),
)
_FLOWS_IN_COLUMNS = _flow_columns(
    Column("Live in", "authority where the pupils live"),
    Column("Share of those living there", "these pupils, out of all special-school pupils who live there", "%", 1),
)
_BALANCE_COLUMNS = {
    "area_code": _AREA_CODE,
    "area": _AREA,
    "plans": Column("Plans", "EHC plans that the authority maintains, January 2023", "plans", 0),
    "placed": Column(
        "Plans placed in state special schools",
        "of its plans, those placed in state special schools anywhere, January 2023",
        "plans",
        0,
    ),
    "pupils_here": Column(
        "Pupils of state special schools there",
        "pupils with SEN in state special schools located in the authority, school year 2022/23",
        "pupils",
        0,
    ),
    "balance": Column(
        "Pupils less plans so placed",
        "pupils of state special schools there less its plans placed in such schools: not a count of placements",
        "pupils",
        0,
    ),
}
_PROVISION_COLUMNS = {
    "kind": _KIND_OF_SCHOOL,
    "schools": Column("Schools", "schools of this kind located here", "schools", 0),
    "capacity": Column("Places", "places in these schools, of those for which the register gives them", "places", 0),
    "pupils": Column("Pupils", "pupils of these schools, of those for which the register gives them", "pupils", 0),
}
_PLACEMENT_COLUMNS = {
    "period": _JANUARY,
    "kind": Column("Kind of placement", "where the children and young people are placed"),
    "group": Column("Whose plans", "the area's, the plain mean of those compared, or England's"),
    "share": Column("Share of all plans", "plans with this kind of placement, out of all EHC plans", "%", 1),
    "status": _STATUS,
}
_RESIDENTIAL_COLUMNS = {
    "period": _JANUARY,
    "kind": Column("Length of placement", "for how many weeks of the year the placement is"),
    "plans": Column("Residential placements", "EHC plans with a residential placement of this length", "placements", 0),
    "status": _STATUS,
}
_NEED_COLUMNS = {
    "need": Column("Need (code)", "code of the primary need", only_in_files=True),
    "name": Column("Need", "primary need, as the plan or the school has it"),
    "plans_share": Column(
        "Share of plans", "plans from here with this primary need, out of those with a recorded need", "%", 1
    ),
    "pupils": Column(
        "Pupils in state special schools here", "pupils with SEN and this primary need, wherever they live", "pupils", 0
    ),
    "pupils_share": Column(
        "Share of these pupils", "pupils with this primary need, out of all pupils with SEN in these schools", "%", 1
    ),
    "status": _STATUS,
}
_DISTANCE_COLUMNS = {
    "kind": _KIND_OF_SCHOOL,
    "school": Column("Nearest school", "name of the nearest school of this kind, here or in another authority"),
    "kilometres": Column(
        "Kilometres, straight line", "straight line from the area's centre (the ONS label point) to it", "km", 1
    ),
}


def register_day(store: Store) -> str:
    """The month of the register of schools that is held: 2021-06, as shipped, or later."""
    return str(store.table("schools")["vintage"].iloc[0])


def is_shipped_register(store: Store) -> bool:
    """Whether the schools are those of 2021, found by name."""
    return register_day(store) == SHIPPED_REGISTER


def kinds_of_school(store: Store) -> dict[str, str]:
    """The kinds of schools that the register held tells apart, in the order of the map's colours."""
    if is_shipped_register(store):
        return KINDS_OF_SCHOOL
    month = spoken_month(register_day(store))
    return {"special": f"Special school (register, {month})", "section_41": f"Approved under section 41 (register, {month})"}


def about_points(store: Store) -> str:
    """What to say of the points on the map."""
    if is_shipped_register(store):
        return "Points are special schools of June 2021: approximate and dated."
    return f"Points are special schools of the register of {spoken_month(register_day(store))}."


@lru_cache(maxsize=8)
def school_points(store: Store) -> list[dict[str, object]]:
    """The schools held as a map draws them."""
    return places.school_points(store.table("schools"), list(kinds_of_school(store)))


@lru_cache(maxsize=8)
def placed(store: Store) -> pd.DataFrame:
    """Plans by area and January (rows) and placement column."""
    table = store.table("placements").astype({"area_code": str, "period": str, "placement": str})
    return table.pivot(index=["area_code", "period"], columns="placement", values="value")


@lru_cache(maxsize=8)
def independent_share(store: Store) -> pd.DataFrame:
    """Per cent of all plans placed in independent or non-maintained special schools: areas x Januaries."""
    table = placed(store)
    share = 100 * table[list(INDEPENDENT)].sum(axis=1, min_count=len(INDEPENDENT)) / table["all"]
    return share.unstack("period")


@lru_cache(maxsize=8)
def travel_out(store: Store) -> pd.Series:
    """Per cent of the special-school pupils who live in each authority and go to school in another; England too.

    Missing for an authority with fewer than five such pupils a year.
    """
    table = store.table("flows")
    known = table[table["home_code"].ne(UNKNOWN)]
    away = known[known["home_code"].ne(known["school_code"])]
    whole = known.groupby("home_code")["pupil_years"].sum()
    share = 100 * away.groupby("home_code")["pupil_years"].sum().reindex(whole.index).fillna(0) / whole
    share = share.where(whole >= 3 * FEWEST_A_YEAR)  # a share of a handful of children would be about them
    share[ENGLAND] = 100 * away["pupil_years"].sum() / known["pupil_years"].sum()
    return share


@lru_cache(maxsize=8)
def balance(store: Store) -> pd.DataFrame:
    """One row an authority: plans of January 2023, those placed in state special schools, and pupils of state
    special schools here in January 2023; `balance` is the pupils here less the plans so placed."""
    areas = known_areas(store)
    table = placed(store).xs(SAME_JANUARY, level="period")
    pupils = store.table("places").astype({"area_code": str})
    here = pupils[pupils["kind"].eq("state_special") & pupils["measure"].eq("pupils")].set_index("area_code")["value"]
    codes = list(areas.authorities)
    in_state = table[list(STATE_SPECIAL)].sum(axis=1, min_count=len(STATE_SPECIAL))
    frame = pd.DataFrame(
        {
            "area_code": codes,
            "area": [areas.get(code).name for code in codes],
            "plans": table["all"].reindex(codes).to_numpy(),
            "placed": in_state.reindex(codes).to_numpy(),
            "pupils_here": here.reindex(codes).to_numpy(),
        }
    )
    frame["balance"] = frame["pupils_here"] - frame["placed"]
    return frame


@lru_cache(maxsize=8)
def shades(store: Store) -> pd.DataFrame:
    """What the map can shade, one row an authority: plans per 1,000 residents and free school meals, with classes."""
    areas = known_areas(store)
    codes = list(areas.authorities)
    features = store.table("features").astype({"area_code": str, "feature": str})
    meals = features[features["feature"].eq("free_school_meals")].set_index("area_code")["value"]
    frame = pd.DataFrame(
        {
            "area_code": codes,
            "area": [areas.get(code).name for code in codes],
            "per_1000": rates(store)["all_ages"].reindex(codes).to_numpy(),
            "free_school_meals": meals.reindex(codes).to_numpy(),
        }
    )
    for column in ("per_1000", "free_school_meals"):
        frame[f"{column}_class"] = places.class_of(frame[column], places.class_limits(frame[column], CLASSES))
    return frame


def ask(store: Store, area: Area, comparators: str = DEFAULT) -> Answer:
    """The answer for an area. Raises UnknownChoice, UnknownArea and SnapshotDamaged."""
    others = choose(store, area, comparators)
    out, into = flows_of(store, area.code, "home_code"), flows_of(store, area.code, "school_code")
    beside = balance(store).set_index("area_code").loc[area.code]
    away = float(travel_out(store).get(area.code, np.nan))
    shares = independent_share(store)
    januaries = latest.periods(store, "placements", placement="all")
    rated = latest.january_with_residents(store)
    now, then = (float(shares[period].get(area.code, np.nan)) for period in (januaries[-1], januaries[0]))
    name = area.name
    tables = {
        "map": Table(
            shades(store),
            "Children and young people with an EHC plan, by the authority that maintains it, per 1,000 residents aged"
            f" 0 to 25: plans of {latest.said(rated)}, residents of {latest.said(latest.summer_before(rated))}",
            _MAP_COLUMNS,
            ("plans", "population", "features"),
        ),
        "flows_out": Table(
            out,
            f"Special-school pupils who live in {name} and go to school elsewhere, {PERIOD} together,"
            " in a typical year",
            _FLOWS_OUT_COLUMNS,
            ("flows",),
        ),
        "flows_in": Table(
            into,
            f"Special-school pupils who go to school in {name} and live elsewhere, {PERIOD} together,"
            " in a typical year",
            _FLOWS_IN_COLUMNS,
            ("flows",),
        ),
        "balance": Table(
            balance(store),
            "Plans by the authority that maintains them, and pupils of state special schools by where the school is,"
            " January 2023",
            _BALANCE_COLUMNS,
            ("placements", "places"),
        ),
        "provision": Table(
            _provision(store, area),
            f"Special schools that a register of 2021 gives for {name}, found by name: approximate"
            if is_shipped_register(store)
            else f"Special schools of {name} in the register of {spoken_month(register_day(store))}",
            _PROVISION_COLUMNS,
            ("schools",),
        ),
        "placement": Table(
            _placements(store, area, others),
            f"Where those with a plan are placed, {name}, those compared and England,"
            f" January {januaries[0][:4]} to {januaries[-1][:4]}",
            _PLACEMENT_COLUMNS,
            ("placements",),
        ),
        "residential": Table(
            _residential(store, area),
            f"Residential placements of those with a plan, {name}, each January",
            _RESIDENTIAL_COLUMNS,
            ("process",),
        ),
        "need_here": Table(
            _needs_here(store, area),
            f"Primary needs of plans from {name} ({latest.said(latest.needs_period(store, 'all'))}) and of pupils in"
            " state special schools located there (2022/23): different children",
            _NEED_COLUMNS,
            ("needs", "school_needs"),
        ),
        "distance": Table(
            _distance(store, area),
            f"Straight-line distance from the centre of {name} to the nearest special school of each kind: not a journey",
            _DISTANCE_COLUMNS,
            ("schools", "areas"),
        ),
    }
    return Answer(
        question=NAME,
        words=WORDS,
        area=area,
        comparators=others.label,
        title=_title(store, area),
        headline=_headline(area, others, store, beside, away, now, then, out),
        figures=_figures(store, others, beside, away, now, then),
        lead="map",
        tables=tables,
        cannot_tell=(
            "How many children with a plan are placed outside their authority: no public count exists.",
            "Pupils of independent special schools who cross a border: the flows cover state-funded special schools only.",
            "Respite, short breaks and arrangements that families make themselves.",
            "Which needs a school is approved for, and whether a place is free: not in any source shipped here.",
        ),
        could_change=(
            "Where special school places, units and resourced provision are planned, with the neighbours that children travel to.",
            "What is bought from independent schools because nothing nearer fits.",
        ),
        sources={table: store.info(table).sources for table in ("plans", "placements", "population", "flows", "places", "school_needs", "schools", "features", "shapes")},
        notes=tuple(_notes(store, area, others, beside, away)),
    )


def flows_of(store: Store, code: str, end: str) -> pd.DataFrame:
    """Flows with the area at one `end` (home_code: out; school_code: in), largest first; small ones together."""
    table = store.table("flows")
    other = "school_code" if end == "home_code" else "home_code"
    rows = table[table[end].eq(code) & table[other].ne(code)]
    names = known_areas(store).names | {UNKNOWN: "Home not known or outside England"}
    years = np.array([min(YEARS.get(a, 3), YEARS.get(b, 3)) for a, b in zip(rows["home_code"], rows["school_code"], strict=True)])
    a_year = rows["pupil_years"].to_numpy() / np.where(years > 0, years, 1) if len(rows) else np.array([])
    frame = pd.DataFrame(
        {
            "area_code": rows[other].to_numpy(),
            "area": np.array([names[code] for code in rows[other]], dtype=object),
            "pupils": a_year,
            "share": rows["share"].to_numpy(),
        }
    )
    large = frame[frame["pupils"] >= FEWEST_A_YEAR].sort_values("pupils", ascending=False)
    small = frame[frame["pupils"] < FEWEST_A_YEAR]
    shown = large.assign(status=VALUE)
    if len(small):
        together = float(small["pupils"].sum())
        hide = together < FEWEST_A_YEAR
        rest = pd.DataFrame(
            {
                "area_code": [""], "area": [f"{len(small)} other authorities, fewer than {FEWEST_A_YEAR} a year each"],
                "pupils": [np.nan if hide else together], "share": [np.nan if hide or end != "home_code" else small["share"].sum()],
                "status": [HIDDEN if hide else VALUE],
            }
        )  # fmt: skip
        shown = pd.concat([shown, rest], ignore_index=True) if len(shown) else rest
    return shown.round({"pupils": 0, "share": 1}).reset_index(drop=True)


def _provision(store: Store, area: Area) -> pd.DataFrame:
    table = store.table("schools")
    here = table[table["area_code"].eq(area.code)]
    rows = []
    for kind, words in kinds_of_school(store).items():
        of_kind = here[here["section_41"]] if kind == "section_41" else here[here["kind"].eq(kind)]
        rows.append((words, float(len(of_kind)), of_kind["capacity"].sum(min_count=1), of_kind["pupils"].sum(min_count=1)))
    return pd.DataFrame(rows, columns=["kind", "schools", "capacity", "pupils"])


@lru_cache(maxsize=8)
def _placement_shares(store: Store) -> pd.DataFrame:
    """Per cent of all plans by kind of placement: areas and Januaries x kinds; a kind with a missing part is missing."""
    table = placed(store)
    return pd.DataFrame(
        {kind: 100 * table[list(parts)].sum(axis=1, min_count=len(parts)) / table["all"] for kind, parts in PLACEMENT_KINDS.items()}
    )


@lru_cache(maxsize=8)
def _placement_cube(store: Store) -> tuple[dict[str, int], list[str], np.ndarray]:
    """The same shares as an array of areas x Januaries x kinds."""
    wide = _placement_shares(store).unstack("period")
    januaries = sorted(set(wide.columns.get_level_values("period")))
    columns = [(kind, january) for january in januaries for kind in PLACEMENT_KINDS]
    cube = wide[columns].to_numpy().reshape(len(wide), len(januaries), len(PLACEMENT_KINDS))
    return {str(code): place for place, code in enumerate(wide.index)}, januaries, cube


def _placements(store: Store, area: Area, others: Comparators) -> pd.DataFrame:
    places_of, januaries, cube = _placement_cube(store)
    blank = np.full(cube.shape[1:], np.nan)
    theirs = cube[[places_of[code] for code in others.codes if code in places_of]]
    known = (~np.isnan(theirs)).sum(axis=0)
    with np.errstate(invalid="ignore"):
        mean = np.where(known > 0, np.nansum(theirs, axis=0) / known, np.nan) if len(theirs) else blank
    own = cube[places_of[area.code]] if area.code in places_of else blank
    groups = {area.name: own, "Mean of those compared": mean, "England": cube[places_of[ENGLAND]]}
    kinds, cells = list(PLACEMENT_KINDS), len(januaries) * len(PLACEMENT_KINDS)
    share = np.concatenate([table.ravel() for table in groups.values()])
    return pd.DataFrame(
        {
            "period": np.tile(np.repeat(januaries, len(kinds)), len(groups)),
            "kind": np.tile(kinds, len(groups) * len(januaries)),
            "group": np.repeat(list(groups), cells),
            "share": share,
            "status": np.where(np.isnan(share), NOT_AVAILABLE, VALUE),
        }
    )


def _residential(store: Store, area: Area) -> pd.DataFrame:
    rows = store.rows("process", area.code)
    kinds = {"residential_38_to_51_weeks": "38 to 51 weeks", "residential_52_weeks": "52 weeks", "residential": "All"}
    rows = rows[rows["measure"].isin(kinds)].astype({"period": str, "measure": str, "status": str})
    frame = pd.DataFrame({"period": rows["period"], "kind": rows["measure"].map(kinds), "plans": rows["value"], "status": rows["status"]})
    return frame.sort_values(["period", "kind"], ignore_index=True)


def _needs_here(store: Store, area: Area) -> pd.DataFrame:
    """Needs of plans beside needs in local state special schools, with the cells that the Needs page hides hidden."""
    rows = who.in_schools(store, area.code)
    special = rows[rows["category"].eq(PHASES["special"])].set_index("need").reindex(list(NEEDS))
    return pd.DataFrame(
        {
            "need": list(NEEDS),
            "name": list(NEEDS.values()),
            "plans_share": 100 * all_shares(store).reindex([area.code]).iloc[0].to_numpy(),
            "pupils": special["count"].to_numpy(),
            "pupils_share": special["share"].to_numpy(),
            "status": special["status"].fillna(NOT_AVAILABLE).to_numpy(),
        }
    )


def _distance(store: Store, area: Area) -> pd.DataFrame:
    table = store.table("schools")
    centre = store.table("areas").set_index("area_code").loc[area.code]
    rows = []
    for kind, words in kinds_of_school(store).items():
        of_kind = table[table["section_41"]] if kind == "section_41" else table[table["kind"].eq(kind)]
        if of_kind.empty:
            continue
        away = places.straight_line(centre["longitude"], centre["latitude"], of_kind["longitude"], of_kind["latitude"])
        nearest = int(np.argmin(away))
        rows.append((words, str(of_kind["name"].iloc[nearest]), float(away[nearest])))
    return pd.DataFrame(rows, columns=["kind", "school", "kilometres"])


def _title(store: Store, area: Area) -> str:
    """About what the map shades."""
    row = shades(store).set_index("area_code").loc[area.code]
    fifth = int(row["per_1000_class"])
    if fifth < 0:
        return f"Plans per child are not available for {area.short_name}"
    word = "More" if fifth >= 3 else "Fewer" if fifth <= 1 else "As many"
    return f"{word} children have plans {'as' if word == 'As many' else 'than'} in most authorities"


def _headline(
    area: Area, others: Comparators, store: Store, beside: pd.Series, away: float, now: float, then: float, out: pd.DataFrame
) -> Headline:
    name = area.short_name
    rate = float(rates(store)["all_ages"].get(area.code, np.nan))
    lives = f"In {name}, {written(rate, 0)} in every 1,000 children and young people aged 0 to 25 have an EHC plan."
    if np.isnan(away):
        travels = f" How many special-school pupils from {name} go to school in another area is not available."
        short = travels
    else:
        england = float(travel_out(store)[ENGLAND])
        travels = (
            f" Of the special-school pupils who live there, {percent(away)} went to school in another authority"
            f" ({PERIOD} together; England {percent(england)})."
        )
        short = f" Of 100 special-school pupils who live there, about {written(away)} go to school in another area." if away >= 0.5 else (
            " Hardly any special-school pupil who lives there goes to school in another area."
        )  # fmt: skip
    named = [str(value) for value in out.loc[out["area_code"].ne(""), "area"].head(2)]
    where = f" The largest numbers go to {listed(named)}." if len(named) and not np.isnan(away) else ""
    bought = "" if np.isnan(now) else (
        f" {percent(now)} of plans are placed in independent or non-maintained special schools"
        + (f", {written(now - then, 1, signed=True)} points since {FIRST_PLACEMENTS}." if not np.isnan(then) else ".")
    )  # fmt: skip
    compared = "" if np.isnan(beside["balance"]) else (
        f" State special schools here had {written(beside['pupils_here'])} pupils in January 2023, beside"
        f" {written(beside['placed'])} plans of {name} placed in such schools anywhere."
    )  # fmt: skip
    return Headline(families=f"{lives}{short}{where}", councillor=f"{lives}{travels}{bought}", analyst=f"{lives}{travels}{where}{compared}{bought}")


def _figures(store: Store, others: Comparators, beside: pd.Series, away: float, now: float, then: float) -> tuple[Figure, ...]:
    missing = bool(np.isnan(beside["balance"]))
    england = float(travel_out(store)[ENGLAND])
    shares = independent_share(store)
    whole = float(shares[latest.newest(store, "placements", placement="all")][ENGLAND])
    since = "" if np.isnan(now) or np.isnan(then) else f"{written(now - then, 1, signed=True)} points since {FIRST_PLACEMENTS}; "
    return (
        Figure(
            "State special-school pupils here, less plans placed in such schools",
            None if missing else float(beside["balance"]), "pupils",
            "a comparison, not a count of placements" if missing else
            f"January 2023: {written(beside['pupils_here'])} pupils, {written(beside['placed'])} of {written(beside['plans'])} plans;"
            " not a count of placements",
            "", NOT_AVAILABLE if missing else VALUE, decimals=0, signed=True, table="places",
        ),
        Figure(
            "Special-school pupils living here who go to school elsewhere", None if np.isnan(away) else away, "%",
            f"England {percent(england)}; three school years together", "" if np.isnan(away) else compare.direction(away, england),
            NOT_AVAILABLE if np.isnan(away) else VALUE, table="flows",
        ),
        Figure(
            "Plans in independent or non-maintained special schools", None if np.isnan(now) else now, "%",
            f"{since}England {percent(whole)}", "" if np.isnan(now) else compare.direction(now, whole),
            NOT_AVAILABLE if np.isnan(now) else VALUE, table="placements",
        ),
    )  # fmt: skip


def _notes(store: Store, area: Area, others: Comparators, beside: pd.Series, away: float) -> list[Note]:
    notes = [
        Note("definition", "Residence: plans are counted by the authority that maintains them, which is where the child lives, with few exceptions. Provision: pupils are counted where the school is."),
        Note("definition", "Out of area means here: a special school in another authority. Out of county would need the county's districts, which these sources do not give. No public count of EHC placements out of an area exists."),
        Note("definition", f"Flows add up three school years ({PERIOD}) and are shown as shares or for a typical year; flows of fewer than {FEWEST_A_YEAR} pupils a year are shown together."),
        Note("caution", "The points of special schools are those of June 2021, joined by name: approximate and dated." if is_shipped_register(store) else about_points(store)),
        *(Note("break", text) for text in store.info("placements").breaks),
    ]  # fmt: skip
    before = known_areas(store).predecessors(area.code)
    if np.isnan(away) and before:
        old_code, old_name, _ = before[0]
        old = travel_out(store).get(old_code)
        was = f" For {old_name} it was {percent(float(old))}." if old is not None else ""
        notes.append(Note("missing", f"Flows were counted before {area.name} began.{was}"))
    elif np.isnan(away):
        notes.append(Note("missing", f"Fewer than {FEWEST_A_YEAR} special-school pupils a year lived in {area.name}, or none: their share is hidden."))
    if area.code in YEARS:
        notes.append(Note("missing", f"{area.name} is in one of the three school years only."))
    if np.isnan(beside["balance"]):
        notes.append(Note("missing", f"Pupils of special schools by area are of January 2023, before {area.name} began." if before else "The comparison of pupils and plans is not available."))
    if others.caution:
        notes.append(Note("caution", others.caution))
    return notes
