"""Children who live in an area and what they may need: each measure as a count and a share or rate, with its date."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from sendlib.answer import Column, Table, Text
from sendlib.answer.numbers import capital, count_of
from sendlib.areas import ENGLAND, Area
from sendlib.compared import latest, means, needs_in_care, rates
from sendlib.compared.comparators import Comparators, known_areas
from sendlib.questions.places import flows, map_tables, travel
from sendlib.questions.places.naming import place
from sendlib.store import Store, kept_with_store
from sendlib.tables.care import ALL
from sendlib.tables.features import FEATURES
from sendlib.tables.flows import PERIOD
from sendlib.tables.periods import spoken
from sendlib.tables.population import CHILDREN
from sendlib.tables.symbols import HIDDEN, NOT_AVAILABLE, VALUE

NAME = "residence"
_SCHOOL_AGE = 15
"""Up to this age the income deprivation index counts children."""
_GROUPS = {
    "in_need": "Children in need, not on a protection plan nor looked after",
    "protection_plan": "On a child protection plan",
    "looked_after_12_months": "Looked after a year or more",
}
"""Groups that every area has, of which no child is in two: `table` says so too."""
_SHORT = {"in_need": "In need, no protection plan or care"}
"""The same of its parts, which a picture has: as short as a narrow screen needs."""
_WITH = {ALL: "", "any_sen": ": with SEN", "ehc_plan": ": with an EHC plan"}
"""Whose children of a group have a row -> what follows the group's name."""
_OF = ("count", "rate")
_BORDER_OF_SEVERAL = (
    " Pupils at a school elsewhere left all of these authorities; those compared and England are counted at the border"
    " of each authority, so they have no figure there."
)


@dataclass(frozen=True)
class _Row:
    """A measure of all areas: `counts` and `rates` by area code, `means` the rates that a mean is made of.

    `status`: why the area has none. `hidden`: areas whose rate is hidden, so that no mean of them is one.
    """

    measure: str
    when: str
    source: str
    rate_is: str = ""
    counts: Mapping[str, float] = field(default_factory=dict)
    rates: pd.Series = field(default_factory=lambda: pd.Series(dtype=float))
    means: pd.Series | None = None
    status: str = ""
    doubtful: str = ""
    hidden: frozenset[str] = frozenset()


def table(store: Store, area: Area, others: Comparators) -> Table:
    """The table of residence, beside those compared and England."""
    rows = [_plans(store, area), *_in_schools(store, area), *_at_special_schools(store, area, others)]
    rows += [*_in_need(store, area), _meals(store), _low_income(store, area)]
    data = pd.DataFrame([_beside(store, area, others, row) for row in rows])
    described = _columns(area, others)
    return Table(
        data[list(described)],
        Text(
            f"Children and young people of {place(area)}, and what they may need: numbers beside shares and rates, each"
            " with its own date"
        ),
        described,
        ("plans", "population", "school_sen", "school_pupils", "flows", "care", "features", "deprivation"),
        "Children who live here, and what they may need",
        of_few=_OF,
        how_to_read=Text(
            "Rows count different children at different times and are not added. SEN support and free school meals are"
            " of pupils of the schools here, wherever they live: not published by home in the sources here. No"
            " child is in two of the groups: those on a protection plan are not looked after. Children of these groups"
            " are those found in the school census, so the youngest are missing."
            f"{_BORDER_OF_SEVERAL if _has_border_of_several(area) else ''}"
        ),
    )


def _columns(area: Area, others: Comparators) -> dict[str, Column]:
    """What the columns are; those compared and England have theirs only where they are not the area, nor each other."""
    found = {
        "measure": Column("Who", "whom the row counts"),
        "when": Column("When", "when they were counted"),
        "count": Column("Number", "how many they are, in this area", decimals=0, otherwise="Not held"),
        "rate": Column("Share or rate", "what the next column says, in this area", decimals=1, otherwise="–"),
        "rate_is": Column("Share or rate of what", "what the share or rate is of"),
    }
    if others.codes:
        of_them = "plain mean of the shares or rates of those compared that have one that counts"
        found["mean"] = Column(
            others.mean_heading,
            "the same share or rate, of the one area compared" if others.alone else of_them,
            decimals=1,
            otherwise="–",
            whose="mean",
        )
        found["of_how_many"] = Column(
            "Mean of how many", "how many of those compared have a figure that the mean is of"
        )
    if ENGLAND not in (area.code, *others.codes):
        found["england_count"] = Column(
            "Number in England", "how many they are in England", decimals=0, otherwise="–", whose="england"
        )
        found["england_rate"] = Column(
            "England's share or rate", "the same share or rate of England", decimals=1, otherwise="–", whose="england"
        )
    return found | {
        "source": Column("Source", "publication, and the table here that holds it"),
        "doubtful": Column("Doubtful?", "why the number can not be right; a rule finds it, and it counts for no mean"),
        "status": Column("Status", "value, or why there is no number", only_in_files=True),
    }


def _beside(store: Store, area: Area, others: Comparators, row: _Row) -> dict[str, object]:
    """A measure of the area beside those compared and England."""
    count, rate = float(row.counts.get(area.code, np.nan)), float(row.rates.get(area.code, np.nan))
    mean, known = np.nan, 0
    if others.codes and len(row.rates) and not row.hidden & set(others.codes):
        series = row.rates if others.alone or row.means is None else row.means
        mean, known = means.of_series(store, series, others.codes)
    has = not (np.isnan(count) and np.isnan(rate))
    shown = {
        "mean": mean,
        "of_how_many": "" if others.alone or np.isnan(mean) else f"{known} of {len(others.codes)}",
        "england_count": float(row.counts.get(ENGLAND, np.nan)),
        "england_rate": float(row.rates.get(ENGLAND, np.nan)),
    }
    return {
        "measure": row.measure,
        "when": capital(row.when),
        "count": count,
        "rate": rate,
        "rate_is": row.rate_is,
        **shown,
        "source": row.source,
        "doubtful": row.doubtful,
        "status": VALUE if has else row.status or NOT_AVAILABLE,
    }


def _plans(store: Store, area: Area) -> _Row:
    january = latest.january_with_residents(store, area.code)
    doubt = map_tables.doubtful_plans(store, area, january)
    return _Row(
        "EHC plans of those who live here",
        latest.said(january),
        "Education, health and care plans; residents of ONS (plans, population)",
        f"per 1,000 residents aged 0 to 25, {latest.said(latest.summer_of_residents(store, january))}",
        rates.plans_in_place(store)[january],
        rates.rates(store, january)["all_ages"],
        rates.rates_for_means(store, january)["all_ages"],
        doubtful=doubt.why if doubt else "",
    )


def _in_schools(store: Store, area: Area) -> list[_Row]:
    """SEN support of pupils of the schools here: the newest share, and the one year of which numbers are held."""
    newest = rates.school_year_of(store, area.code)
    name, source = "Pupils with SEN support, in schools here", "Special educational needs in England (school_sen)"
    found = [
        _Row(
            name,
            spoken(newest),
            source,
            "% of pupils of schools here",
            {},
            rates.pupils_of(store, newest)["sen_support"],
        )
    ]
    counted = _pupils(store)
    year = str(store.table("school_pupils")["period"].iloc[0])
    share = 100 * counted["sen_support"] / counted["pupils"]
    source = "Special educational needs in England, list of schools (school_pupils)"
    numbers = _Row(name, spoken(year), source, "% of pupils of schools here", counted["sen_support"], share)
    return [*found, numbers] if newest != year else [numbers]


@kept_with_store(area_by_area=True)
def _pupils(store: Store) -> pd.DataFrame:
    """Pupils of the schools of each area by measure, in the one year held; England is the sum of its authorities."""
    rows = store.table("school_pupils").astype({"area_code": str, "measure": str})
    wide = rows.pivot(index="area_code", columns="measure", values="value")
    if ENGLAND not in wide.index and len(wide) > 1:
        wide.loc[ENGLAND] = wide[wide.index.str.fullmatch(r"\d{3}")].sum(skipna=False)
    return wide


def _at_special_schools(store: Store, area: Area, others: Comparators) -> list[_Row]:
    """Pupils of state special schools by home, and those of them who went elsewhere.

    Who left several authorities together crossed another border than those of each authority, so nobody's share stands
    beside theirs.
    """
    when = _typical_year(area, others)
    source = "Cross-border movement, Schools, pupils and their characteristics (flows)"
    own, whole = travel.travel_of(store, area), travel.travel_of(store.base, known_areas(store).get(ENGLAND))
    out, lived, england = own.a_year(own.left), own.a_year(own.lived), whole.a_year(whole.lived)
    beyond, share = "a school elsewhere", own.outside
    if area.kind == "england":
        beyond, share, out = "another authority's school", own.elsewhere, own.a_year(own.moved)
    several = _has_border_of_several(area)
    of_england = {} if several else {ENGLAND: whole.a_year(whole.moved)}
    shares = {} if several else flows.travel_out(store).to_dict()
    return [
        _Row("State special-school pupils who live here", when, source, "", {area.code: lived, ENGLAND: england}),
        _Row(
            f"State special-school pupils: at {beyond}",
            when,
            source,
            "% of state special-school pupils who live here",
            {**of_england, area.code: out},
            pd.Series({**shares, area.code: share}),
        ),
    ]


def _has_border_of_several(area: Area) -> bool:
    """Whether an area's border goes round several authorities; England's is not held, so its authorities' are its."""
    return area.kind != "england" and len(area.parts) > 1


def _typical_year(area: Area, others: Comparators) -> str:
    """When the pupils of state special schools were counted; of an area that began within these years also when
    England's and those of others were."""
    if flows.years_of(area) > 1:
        return f"{flows.when(area)}, a typical year"
    whose = "England and those compared" if set(others.codes) - {ENGLAND} else "England"
    return f"{flows.when(area)}; {whose} {PERIOD}, a typical year"


def _in_need(store: Store, area: Area) -> list[_Row]:
    """Children in need, on a protection plan and looked after: all, with SEN, and with a plan."""
    values, statuses = _care(store, "value"), _care(store, "status")
    year = needs_in_care.year(store)
    rows = []
    for group, name in _GROUPS.items():
        for sen, words in _WITH.items():
            counts = values[(group, sen, "children")]
            share = pd.Series(dtype=float) if sen == ALL else _share(store, group, sen)
            status = statuses[(group, sen, "children")]
            rows.append(
                _Row(
                    f"{_SHORT.get(group, name) if words else name}{words}",
                    f"31 March 20{year[-2:]}",
                    "Outcomes for children in need (care)",
                    "" if sen == ALL else "% of these children",
                    counts,
                    share,
                    status=str(status.get(area.code, NOT_AVAILABLE)),
                    hidden=frozenset(status.index[status.eq(HIDDEN)]),
                )
            )
    return rows


@kept_with_store(16, area_by_area=True)
def _share(store: Store, group: str, sen: str) -> pd.Series:
    """Per cent of a group's children; of several authorities, of which none is published, out of their children added
    up."""
    values, statuses = _care(store, "value"), _care(store, "status")
    counts, whole = (values[(group, one, "children")] for one in (sen, ALL))
    unpublished = statuses[(group, sen, "percent")].eq(NOT_AVAILABLE)
    return values[(group, sen, "percent")].mask(unpublished, (100 * counts / whole).where(whole > 0))


@kept_with_store(area_by_area=True)
def _care(store: Store, what: str) -> pd.DataFrame:
    """Children and per cents (`what`: value), or why there are none (status), of the newest year: areas x (group, SEN,
    unit)."""
    held = store.table("care")
    rows = held[
        held["period"].eq(needs_in_care.year(store))
        & held["group"].isin(list(_GROUPS))
        & held["need"].eq(ALL)
        & held["sen"].isin(list(_WITH))
    ].astype({"area_code": str, "group": str, "sen": str, "unit": str, "status": str})
    return rows.pivot(index="area_code", columns=["group", "sen", "unit"], values=what)


def _meals(store: Store) -> _Row:
    held = store.table("features")
    rows = held[held["feature"].eq("free_school_meals")].astype({"area_code": str})
    feature = FEATURES["free_school_meals"]
    return _Row(
        "Pupils eligible for free school meals, in schools here",
        spoken(str(rows["period"].iloc[0])),
        "Schools, pupils and their characteristics (features)",
        f"{feature.unit} of pupils of schools here",
        {},
        rows.set_index("area_code")["value"],
    )


def _low_income(store: Store, area: Area) -> _Row:
    """Children in families with a low income: the publisher's index, or the mean of its districts' or authorities'."""
    held = store.base.table("deprivation").astype({"area_code": str, "measure": str, "origin": str, "period": str})
    held = held[held["measure"].eq("idaci")].set_index("area_code")
    shares = 100 * held["value"]
    how = ""
    if area.is_authority and held["origin"].get(area.code) == "derived":
        how = f"; derived from its {count_of(int(held.at[area.code, 'districts']), 'district', 'districts')}"
    elif not area.is_authority:
        how = "; derived from its authorities" if area.kind != "england" else "; derived from the districts"
        shares = pd.concat([shares, pd.Series(_together(store, area, shares))])
    return _Row(
        "Children 0 to 15 in low-income families (IDACI)",
        f"{held['period'].iloc[0]} edition",
        f"English indices of deprivation{how}{', by their children of mid-2024' if how else ''} (deprivation)",
        "% of children aged 0 to 15",
        {},
        shares,
    )


def _together(store: Store, area: Area, shares: pd.Series) -> dict[str, float]:
    """The share of several authorities, each by its children; none of an area that has its own."""
    if area.code in shares.index:
        return {}
    children = _children(store).reindex(list(area.parts))
    return {area.code: float((shares.reindex(children.index) * children).sum(skipna=False) / children.sum())}


@kept_with_store(of_base=True)
def _children(store: Store) -> pd.Series:
    """Children up to _SCHOOL_AGE of each area in the newest mid-year by single years."""
    people = store.table("population").astype({"area_code": str, "age": str, "period": str})
    single = people[people["age"].ne(CHILDREN)]
    young = single[single["period"].eq(single["period"].max()) & single["age"].astype(int).le(_SCHOOL_AGE)]
    return young.groupby("area_code")["value"].sum()
