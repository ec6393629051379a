"""What does SEND look like here?

Pupils with an EHC plan and with SEN support out of a hundred (by where they go
to school), and the EHC plans that the authority maintains (by where the plan is
from): a stock each January and flows in between, kept apart.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import pandas as pd

from sendlib.areas import ENGLAND, Area
from sendlib.methods import compare
from sendlib.questions import latest
from sendlib.questions.answer import Answer, Column, Figure, Headline, Note, Table, listed, percent, written
from sendlib.questions.by_area import ByArea, with_shares
from sendlib.questions.comparators import DEFAULT, Comparators, choose, known_areas
from sendlib.questions.latest import five_years_before, summer_before
from sendlib.store import Store
from sendlib.tables.ehc_labels import AGE_BANDS, NOT_RECORDED, PLACEMENT_GROUP_TOTALS, PLACEMENTS
from sendlib.tables.placements import ALL_PLACEMENTS
from sendlib.tables.population import CHILDREN, OLDEST
from sendlib.tables.symbols import NOT_AVAILABLE, VALUE

NAME = "my_area"
WORDS = "What does SEND look like here?"
KINDS = {"ehc_plan": "EHC plan", "sen_support": "SEN support", "neither": "Neither"}

_AREA_COLUMNS = {
    "area_code": Column("Area (code)", "DfE's 3-digit code of the authority", only_in_files=True),
    "area": Column("Area", "local authority"),
}
_STATUS = Column("Status", "value, or why there is no number", only_in_files=True)
_JANUARY = Column("January", "the January in which plans are counted", period=True)
_PLANS = Column("Plans", "children and young people with a plan from the authority", "plans", 0)
_SHARE_OF_PLANS = Column("Share of plans", "part of all plans of that January", "%", 1)
_WHOSE = Column("Whose", "the area's, the mean of those compared, or England's")
_KIND = Column("Kind", "with an EHC plan, with SEN support, or neither")
_SHARE_OF_PUPILS = Column("Share of pupils", "part of the pupils of all schools located in the area", "%", 1)


@lru_cache(maxsize=8)
def pupils(store: Store) -> pd.DataFrame:
    """Per cent of pupils (all schools): one row an area and school year, columns ehc_plan and sen_support."""
    table = store.table("school_sen")
    rows = table[table["phase"].eq("all")].astype({"area_code": str, "period": str, "measure": str})
    return rows.pivot(index=["area_code", "period"], columns="measure", values="value")


@lru_cache(maxsize=8)
def pupils_by_year(store: Store) -> pd.DataFrame:
    """The same per cents wide: one row an area, columns (measure, school year)."""
    return pupils(store).unstack("period")


@lru_cache(maxsize=8)
def pupils_now(store: Store) -> pd.DataFrame:
    """The same per cents for the latest school year: one row an area."""
    return pupils(store).xs(latest.school_year(store), level="period")


@lru_cache(maxsize=8)
def plans_in_place(store: Store) -> pd.DataFrame:
    """All plans: one row an area, one column a January."""
    table = store.table("plans")
    rows = table[table["measure"].eq("plans") & table["characteristic"].eq("total")]
    rows = rows.astype({"area_code": str, "period": str})
    return rows.pivot(index="area_code", columns="period", values="value")


@lru_cache(maxsize=8)
def rates(store: Store) -> pd.DataFrame:
    """Plans per 1,000 residents, where ages and years fit; one row an area.

    `all_ages`: plans (ages 0 to 25) of the newest January for which residents
    aged 0 to 25 of the summer before are known. `under_18_2025` and so on:
    plans of children under 18 in January over residents aged 0 to 17 in the
    summer before; not available where the ages of the plans do not add up to
    all plans.
    """
    people = store.table("population").astype({"area_code": str, "period": str, "age": str})
    last = latest.january_with_residents(store)
    single = people[people["period"].eq(summer_before(last)) & people["age"].ne(CHILDREN)]
    residents = single.groupby("area_code")["value"].sum()
    whole = single.groupby("area_code")["value"].count().eq(OLDEST + 1)
    frame = pd.DataFrame({"all_ages": 1000 * plans_in_place(store)[last] / residents[whole]})
    children = people[people["age"].eq(CHILDREN)].set_index(["area_code", "period"])["value"]
    plans = store.table("plans")
    ages = plans[plans["characteristic"].eq("age")].astype({"area_code": str, "period": str, "category": str})
    young = ages["category"].map(lambda age: age == "Under 3" or (age.isdigit() and int(age) < 18)).astype(bool)
    for january in latest.januaries_with_ages(store):
        here = ages["period"].eq(january)
        under_18 = ages[here & young].groupby("area_code")["value"].sum()
        complete = ages[here].groupby("area_code")["value"].sum().eq(plans_in_place(store)[january])
        below = children.xs(summer_before(january), level="period")
        frame[f"under_18_{january[:4]}"] = (1000 * under_18 / below).where(complete.reindex(below.index, fill_value=False))
    return frame


def ask(store: Store, area: Area, comparators: str = DEFAULT) -> Answer:
    """The answer for an area. Raises UnknownChoice, UnknownArea and SnapshotDamaged."""
    others = choose(store, area, comparators)
    hundred = _hundred(store, area, others)
    stock = _stock(store, area)
    change = _change(store, area, others)
    year, last = latest.school_year(store), latest.january(store)
    before = five_years_before(last)
    sexed = latest.periods(store, "plans", characteristic="sex")
    placed = latest.periods(store, "placements")
    tables = {
        "hundred": Table(
            hundred,
            f"Pupils with an EHC plan, with SEN support and with neither, out of 100, {area.name} and {others.label},"
            f" school year {year}; schools located in the area",
            {"group": _WHOSE, "kind": _KIND, "share": _SHARE_OF_PUPILS, "status": _STATUS,
             "figures": Column("Out of 100", "the same as whole figures that add up to 100", "pupils", 0)},
            ("school_sen", "neighbours"),
        ),
        "pupils_over_time": Table(
            _pupils_over_time(store, area, others),
            f"Pupils with an EHC plan and with SEN support, {area.name}, school years 2015/16 to {year}, per cent",
            {"period": Column("School year", "the school year of the census in January", period=True), "group": _WHOSE, "kind": _KIND,
             "share": _SHARE_OF_PUPILS},
            ("school_sen", "neighbours"),
        ),
        "stock": Table(
            stock,
            f"EHC plans (with statements of SEN until 2018) each January, {area.name}",
            {**_AREA_COLUMNS, "period": _JANUARY, "plans": _PLANS},
            ("plans", "area_changes"),
        ),
        "flow": Table(
            flows(store).of(area.code),
            f"Plans that started and plans that ceased in each calendar year, {area.name}",
            {"period": Column("Calendar year", "the year in which plans started or ceased", period=True),
             "measure": Column("Measure", "whether plans started or ceased"),
             "plans": Column("Plans", "plans that started or ceased in the year", "plans", 0), "status": _STATUS},
            ("process",),
        ),
        "age": Table(
            ages(store).of(area.code),
            f"EHC plans by age, {area.name}, each January",
            {"period": _JANUARY, "age": Column("Age", "age band in years"), "plans": _PLANS, "share": _SHARE_OF_PLANS, "status": _STATUS},
            ("plans",),
        ),
        "sex": Table(
            sexes(store).of(area.code),
            f"EHC plans by sex, {area.name}, January {listed([period[:4] for period in sexed])}",
            {"period": _JANUARY, "sex": Column("Sex", "sex as recorded with the plan"), "plans": _PLANS, "share": _SHARE_OF_PLANS, "status": _STATUS},
            ("plans",),
        ),
        "placement": Table(
            placement_groups(store).of(area.code),
            f"EHC plans by placement, {area.name}, January {placed[0][:4]} to {placed[-1][:4]}",
            {"period": _JANUARY, "group": Column("Kind of placement", "kind of place where the child or young person learns"), "plans": _PLANS,
             "share": _SHARE_OF_PLANS, "status": _STATUS,
             "collection": Column("Collected as", "totals by authority (to 2022) or each plan by itself (from 2023)")},
            ("placements",),
        ),
        "rates": Table(
            _rates(store, area, others),
            f"EHC plans per 1,000 residents, {area.name}",
            {"rate": Column("Rate", "which plans over which residents"), "group": _WHOSE, "status": _STATUS,
             "value": Column("Per 1,000", "plans for every 1,000 residents of that age", "per 1,000", 1)},
            ("plans", "population"),
        ),
        "comparators": Table(
            _each_comparator(store, others),
            f"Each of {others.label}",
            _columns_of_each(latest.said(last), latest.said(before)),
            ("school_sen", "plans", "neighbours"),
        ),
    }  # fmt: skip
    share = hundred.set_index(["group", "kind"])["share"]
    return Answer(
        question=NAME,
        words=WORDS,
        area=area,
        comparators=others.label,
        title=_title(hundred, others, year),
        headline=_headline(store, area, others, share, change),
        figures=_figures(store, share, others, change),
        lead="hundred",
        tables=tables,
        cannot_tell=(
            "Needs that nobody has identified, and children who are not in a state-funded school.",
            "Whether a high or a low share is good: more plans is neither better nor worse.",
            "Pupils are counted where they go to school and plans by the authority that maintains them: the two are different children.",
        ),
        could_change=(
            "Where to look first: at support in ordinary schools, or at plans.",
            "What a joint needs assessment says about how many children there are.",
        ),
        sources={name: store.info(name).sources for name in ("school_sen", "plans", "placements", "process", "population", "neighbours")},
        notes=tuple(_notes(store, area, others, change)),
    )  # fmt: skip


def _columns_of_each(last: str, before: str) -> dict[str, Column]:
    """What is told of each of those compared, for two Januaries in words."""
    return {
        **_AREA_COLUMNS,
        "closeness": Column("Closeness", "DfE's word for how close it is, or its distance"),
        "ehc_plan": Column("Pupils with an EHC plan", "part of the pupils of all schools located there", "%", 1),
        "sen_support": Column("Pupils with SEN support", "part of the pupils of all schools located there", "%", 1),
        "plans": Column(f"Plans in {last}", "children and young people with a plan from the authority", "plans", 0),
        "change": Column(f"Change since {before}", f"change of the number of plans from {before} to {last}", "%", 1),
    }


def _hundred(store: Store, area: Area, others: Comparators) -> pd.DataFrame:
    """Three rows for the area and three for the comparators' mean; whole figures that add up to 100."""
    now = pupils_now(store)
    groups = {area.name: now.loc[area.code]}
    theirs = now.reindex(list(others.codes)).dropna()
    if len(theirs):
        groups[_mean_label(others)] = theirs.mean()
    rows = []
    for group, values in groups.items():
        shares = [values["ehc_plan"], values["sen_support"], 100 - values["ehc_plan"] - values["sen_support"]]
        missing = bool(np.isnan(shares).any())
        figures = [None] * 3 if missing else list(compare.out_of_hundred(shares[0], shares[1]))
        for kind, share, figure in zip(KINDS.values(), shares, figures, strict=True):
            rows.append((group, kind, share, figure, NOT_AVAILABLE if missing else VALUE))
    frame = pd.DataFrame(rows, columns=["group", "kind", "share", "figures", "status"])
    return frame.astype({"figures": float})


def _mean_label(others: Comparators) -> str:
    return f"Mean of {others.label}"


def _pupils_over_time(store: Store, area: Area, others: Comparators) -> pd.DataFrame:
    table = pupils_by_year(store)
    groups = {area.name: [area.code], _mean_label(others): list(others.codes), "England": [ENGLAND]}
    years = list(dict.fromkeys(year for _, year in table.columns))
    values = {
        (group, kind): table[kind].reindex(codes).mean().reindex(years).to_numpy()
        for group, codes in groups.items()
        for kind in ("ehc_plan", "sen_support")
    }
    return pd.DataFrame(
        {
            "period": np.tile(years, len(values)),
            "group": np.repeat([group for group, _ in values], len(years)),
            "kind": np.repeat([KINDS[kind] for _, kind in values], len(years)),
            "share": np.concatenate(list(values.values())),
        }
    )


def _stock(store: Store, area: Area) -> pd.DataFrame:
    """Plans each January; before the area began, those of the authorities that stood here."""
    table = plans_in_place(store)
    names = known_areas(store).names
    codes = [area.code, *(code for code, _, _ in known_areas(store).predecessors(area.code))]
    rows = [
        (code, names[code], period, plans)
        for period, values in table.reindex(codes).items()
        for code, plans in zip(codes, values, strict=True)
        if not np.isnan(plans)
    ]
    return pd.DataFrame(rows, columns=["area_code", "area", "period", "plans"])


def _change(store: Store, area: Area, others: Comparators) -> dict[str, float]:
    """Change of plans over five years, per cent: own, comparators' mean, England; NaN where not available."""
    table = plans_in_place(store)
    last = latest.january(store)
    before = five_years_before(last)
    change = 100 * (table[last] / table[before] - 1)
    return {
        "own": float(change.get(area.code, np.nan)),
        "others": float(change.reindex(list(others.codes)).mean()),
        "england": float(change[ENGLAND]),
        "before": float(table[before].get(area.code, np.nan)),
        "after": float(table[last].get(area.code, np.nan)),
    }


@lru_cache(maxsize=8)
def flows(store: Store) -> ByArea:
    """New and ceased plans by calendar year."""
    table = store.table("process")
    labels = {"new_plans": "Started", "ceased": "Ceased"}
    rows = table[table["measure"].isin(labels)]
    frame = pd.DataFrame(
        {
            "area_code": rows["area_code"].astype(str),
            "period": rows["period"].astype(str),
            "measure": rows["measure"].astype(str).map(labels),
            "plans": rows["value"],
            "status": rows["status"].astype("category"),
        }
    )
    return ByArea(frame.sort_values(["measure", "period"], ascending=[False, True], ignore_index=True))


@lru_cache(maxsize=8)
def ages(store: Store) -> ByArea:
    """Plans by age band each January, with shares."""
    table = store.table("plans")
    rows = table[table["characteristic"].eq("age_band") & table["measure"].eq("plans")]
    return with_shares(rows, "age", list(AGE_BANDS))


@lru_cache(maxsize=8)
def sexes(store: Store) -> ByArea:
    """Plans by sex, the Januaries that have it, with shares."""
    table = store.table("plans")
    rows = table[table["characteristic"].eq("sex") & table["measure"].eq("plans")]
    return with_shares(rows, "sex", ["Female", "Male", NOT_RECORDED])


@lru_cache(maxsize=8)
def placement_groups(store: Store) -> ByArea:
    """Groups of placements, and what stands outside the groups until January 2022; shares of all plans."""
    table = store.table("placements")
    outside = {code: PLACEMENTS[code].name for code in ("await_prov_2022", "perm_ex_2022")}
    labels = {**PLACEMENT_GROUP_TOTALS, **outside}
    text = table.astype({"area_code": str, "period": str, "placement": str})
    whole = text[text["placement"].eq(ALL_PLACEMENTS)].set_index(["area_code", "period"])["value"]
    rows = text[text["placement"].isin(labels)]
    rows = rows[~(rows["placement"].isin(outside) & rows["status"].ne(VALUE))]
    plans = whole.reindex(pd.MultiIndex.from_frame(rows[["area_code", "period"]])).to_numpy()
    frame = pd.DataFrame(
        {
            "area_code": rows["area_code"],
            "period": rows["period"],
            "group": pd.Categorical(rows["placement"].map(labels), categories=list(labels.values()), ordered=True),
            "plans": rows["value"],
            "share": 100 * rows["value"] / plans,
            "collection": rows["collection"],
            "status": rows["status"],
        }
    )
    return ByArea(frame.sort_values(["period", "group"], ignore_index=True))


def rate_labels(store: Store) -> dict[str, str]:
    """What each rate of `rates` is, in words."""
    last = latest.january_with_residents(store)
    labels = {"all_ages": f"Plans of {latest.said(last)} (ages 0 to 25) per 1,000 residents aged 0 to 25 in {latest.said(summer_before(last))}"}
    for january in latest.januaries_with_ages(store):
        summer = latest.said(summer_before(january))
        labels[f"under_18_{january[:4]}"] = f"Plans of children under 18, {latest.said(january)}, per 1,000 residents aged 0 to 17 in {summer}"
    return labels


def _rates(store: Store, area: Area, others: Comparators) -> pd.DataFrame:
    table = rates(store)
    rows = []
    for name, label in rate_labels(store).items():
        values = {
            area.name: table[name].get(area.code, np.nan),
            _mean_label(others): table[name].reindex(list(others.codes)).mean(),
            "England": table[name].get(ENGLAND, np.nan),
        }
        rows += [(label, group, value, NOT_AVAILABLE if np.isnan(value) else VALUE) for group, value in values.items()]
    return pd.DataFrame(rows, columns=["rate", "group", "value", "status"])


def _each_comparator(store: Store, others: Comparators) -> pd.DataFrame:
    codes = list(others.codes)
    last = latest.january(store)
    now = pupils_now(store).reindex(codes)
    table = plans_in_place(store).reindex(codes)
    names = known_areas(store).names
    return pd.DataFrame(
        {
            "area_code": codes,
            "area": [names[code] for code in codes],
            "closeness": [others.closeness.get(code, "") for code in codes],
            "ehc_plan": now["ehc_plan"].to_numpy(),
            "sen_support": now["sen_support"].to_numpy(),
            "plans": table[last].to_numpy(),
            "change": (100 * (table[last] / table[five_years_before(last)] - 1)).to_numpy(),
        }
    )


def _parts(share: pd.Series, others: Comparators) -> tuple[dict[str, float], dict[str, float]]:
    """Shares by kind: the area's and the comparators' (empty without any)."""
    groups = list(dict.fromkeys(share.index.get_level_values("group")))
    own = share[groups[0]].to_dict()
    return own, share[groups[1]].to_dict() if len(groups) > 1 else {}


def _title(hundred: pd.DataFrame, others: Comparators, year: str) -> str:
    """True for the share that the figure gives and for what the picture shows."""
    plans = list(hundred.loc[hundred["kind"].eq("EHC plan"), "figures"])
    if pd.isna(plans[0]):
        return f"Not published for {year}"
    if len(plans) == 1:
        return f"{written(plans[0])} in 100 pupils have an EHC plan"
    own, theirs = hundred.loc[hundred["kind"].eq("EHC plan"), "share"]
    word = compare.direction(own, theirs)
    if word == compare.SAME:
        return f"About as many have plans as {_beside(others)}"
    # Where whole figures look the same, the difference is a slight one.
    much = "Slightly " if plans[0] == plans[1] else ""
    return f"{much}{'more' if word == compare.HIGHER else 'fewer'} pupils have plans than {_beside(others)}".capitalize()


def _beside(others: Comparators) -> str:
    return {"neighbours": "among its neighbours", "region": "in its region", "all authorities": "in the average authority", "similar authorities": "in similar authorities"}.get(
        others.short, "among those compared"
    )


def _headline(store: Store, area: Area, others: Comparators, share: pd.Series, change: dict[str, float]) -> Headline:
    own, theirs = _parts(share, others)
    name, year = area.short_name, latest.school_year(store)
    if np.isnan(own["EHC plan"]):
        sentence = f"The share of pupils with SEN in {name} was not published for the school year {year}."
        return Headline(sentence, sentence, sentence)
    plan, support = own["EHC plan"], own["SEN support"]
    grown = _growth(change, latest.said(latest.january(store)))
    if not theirs:
        return Headline(
            f"Of 100 pupils at school in {name}, {_about(plan)} have an EHC plan and {_about(support)} more get SEN support.",
            f"In {name}, {percent(plan)} of pupils have an EHC plan and {percent(support)} have SEN support.{grown}",
            f"In {name}, {percent(plan)} of pupils have an EHC plan and {percent(support)} have SEN support"
            f" (school year {year}).{grown}",
        )
    compared = listed(
        [
            f"{compare.direction(own[kind], theirs[kind])} for {_kind(kind)}"
            for kind in ("EHC plan", "SEN support")
        ]
    )
    return Headline(
        families=f"Of 100 pupils at school in {name}, {_about(plan)} have an EHC plan and {_about(support)} more get SEN"
        f" support. Among {others.label} it is {_about(theirs['EHC plan'])} and {_about(theirs['SEN support'])}.",
        councillor=f"In {name}, {percent(plan)} of pupils have an EHC plan and {percent(support)} have SEN support;"
        f" {others.label} average {percent(theirs['EHC plan'])} and {percent(theirs['SEN support'])}.{grown}",
        analyst=f"In {name}, {percent(plan)} of pupils have an EHC plan and {percent(support)} have SEN support (school year"
        f" {year}, by location of the school), against means of {percent(theirs['EHC plan'])} and"
        f" {percent(theirs['SEN support'])} among {others.label}: {compared}.{grown}",
    )


def _kind(kind: str) -> str:
    return "EHC plans" if kind == "EHC plan" else kind


def _about(share: float) -> str:
    return "fewer than 1" if 0 < share < 0.5 else f"about {written(share)}"


def _growth(change: dict[str, float], last: str) -> str:
    """A sentence on the change of plans over five years to `last`, or none where it is not known."""
    if np.isnan(change["own"]):
        return ""
    moved = round(change["own"])
    verb = "rose by" if moved > 0 else "fell by"
    if moved == 0:
        return f" Plans numbered about the same in {last} as five years before ({written(change['after'])})."
    return (
        f" Plans {verb} {written(abs(change['own']))}% in five years, from {written(change['before'])} to"
        f" {written(change['after'])} (England {written(change['england'], signed=True)}%)."
    )


def _figures(store: Store, share: pd.Series, others: Comparators, change: dict[str, float]) -> tuple[Figure, ...]:
    own, theirs = _parts(share, others)
    england = pupils_now(store).loc[ENGLAND]
    figures = []
    for kind, column, label in (
        ("EHC plan", "ehc_plan", "Pupils with an EHC plan"),
        ("SEN support", "sen_support", "Pupils with SEN support"),
    ):
        missing = bool(np.isnan(own[kind]))
        comparison = f"{others.short} {percent(theirs[kind])}, England {percent(england[column])}" if theirs else (
            f"England {percent(england[column])}"
        )  # fmt: skip
        figures.append(
            Figure(
                label,
                None if missing else own[kind],
                "%",
                comparison,
                "" if missing or not theirs else compare.direction(own[kind], theirs[kind]),
                NOT_AVAILABLE if missing else VALUE,
                table="school_sen",
            )
        )
    missing = bool(np.isnan(change["own"]))
    beside = "" if np.isnan(change["others"]) else f"{others.short} {written(change['others'], signed=True)}%, "
    figures.append(
        Figure(
            f"Change in EHC plans, January {int(latest.january(store)[:4]) - 5} to {latest.january(store)[:4]}",
            None if missing else change["own"],
            "%",
            f"{beside}England {written(change['england'], signed=True)}%",
            "" if missing or np.isnan(change["others"]) else compare.direction(change["own"], change["others"], decimals=0),
            NOT_AVAILABLE if missing else VALUE,
            decimals=0,
            signed=True,
            table="plans",
        )
    )
    return tuple(figures)


def _notes(store: Store, area: Area, others: Comparators, change: dict[str, float]) -> list[Note]:
    notes = [
        Note("definition", "Pupils are counted where they go to school; EHC plans by the authority that maintains them, wherever the child learns."),
        Note("definition", f"The mean is the plain mean of {others.label}; an authority without a figure is left out of it."),
        Note("definition", "A stock is counted on one day in January; a flow over a calendar year. They are never added."),
        *(Note("break", text) for text in store.info("plans").breaks),
    ]  # fmt: skip
    if others.caution:
        notes.append(Note("caution", others.caution))
    before = known_areas(store).predecessors(area.code)
    if before and np.isnan(change["own"]):
        names = listed([name for _, name, _ in before])
        notes.append(
            Note(
                "missing",
                f"{area.name} began in {area.valid_from[:4]}, so there is no change over five years. Earlier figures are"
                f" those of {names}, which covered a different area.",
            )
        )
    before_change = five_years_before(latest.january(store))
    then = plans_in_place(store)[before_change].reindex(list(others.codes))
    without = [known_areas(store).names[code] for code in then.index[then.isna()]]
    if without:
        notes.append(Note("missing", f"Left out of the mean change because they began after {latest.said(before_change)}: {listed(without)}."))
    if np.isnan(rates(store)[list(rate_labels(store))[-1]].get(area.code, np.nan)):
        notes.append(Note("missing", "The rate of children under 18 is not available: the ages of the plans do not add up to all plans."))
    return notes

