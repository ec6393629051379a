"""What stands under Look closer on Doing well: attendance, care, destinations by need, home education."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import pandas as pd

from sendlib.areas import ENGLAND, Area
from sendlib.questions import means, missing
from sendlib.questions.answer import Column
from sendlib.questions.comparators import Comparators
from sendlib.questions.doing_well import outcome_cube as outcomes
from sendlib.questions.doing_well.columns import AREA_OR_MEAN, OF_HOW_MANY, STATUS
from sendlib.store import Store
from sendlib.tables.care import GROUPS as CARE_GROUPS
from sendlib.tables.destinations import GROUPS as DESTINATION_GROUPS
from sendlib.tables.outcomes import GROUPS, MEASURES, SCHOOLS
from sendlib.tables.placements import ALL_PLACEMENTS
from sendlib.tables.symbols import HIDDEN, NOT_APPLICABLE, NOT_AVAILABLE, VALUE

ATTENDANCE = ("absence", "persistent_absence", "severe_absence", "suspensions", "pupils_suspended", "permanent_exclusions")
_CARE_BY_AREA = ("in_need", "protection_plan", "looked_after_12_months")
_CARE_SEN = {"sen_support": "SEN support", "ehc_plan": "EHC plan or statement", "no_sen": "No identified SEN"}
_SOCIAL = {"share_of_looked_after": "Looked after for a year or more", "share_of_in_need": "In need, of school age"}
_DESTINATIONS = {"overall": "stayed_on", "education": "in_education", "appren": "apprenticeship", "all_work": "in_work", "all_notsust": "not_stayed", "all_unknown": "unknown_after"}

ATTENDANCE_COLUMNS = {
    "what": Column("What is measured", "what is measured of the pupils, and whether in per cent or per 100 pupils"),
    "pupils_of": Column("Pupils of", "kind of school: all of its pupils, and not only those with SEN"),
    "measured_in": Column(
        "School year", "newest school year in which England has a figure of this kind of school", analysts_only=True
    ),
    "reached": Column("Here", "the figure of schools here, in per cent or per 100 pupils, as the row says", decimals=1),
    "comparator_reached": Column(
        "Mean of those compared",
        "plain mean of the same figure among those compared; missing where fewer than half have one",
        decimals=1,
    ),
    "compared_areas": OF_HOW_MANY,
    "england_reached": Column("England", "the same figure of all schools of this kind in England", decimals=1),
    "status": STATUS,
}
_CHILDREN = "which children in need or looked after the row is about"
_SEN_OF_CHILDREN = "the SEN status whose share of these children is given"
_YEAR_OF_COUNT = "school year of the 31 March on which the children were counted"
CARE_COLUMNS = {
    "children_who": Column("Children", f"{_CHILDREN}, or all pupils of England to set beside them"),
    "pupils_with": Column("SEN status", _SEN_OF_CHILDREN),
    "measured_in": Column("School year", _YEAR_OF_COUNT, analysts_only=True),
    "reached": Column(
        "Here", "share of these children here who have this SEN status, of those found in the school census", "%", 1
    ),
    "comparator_reached": Column(
        "Mean of those compared",
        "plain mean of the same share among those compared; missing where fewer than half have one",
        "%",
        1,
    ),
    "compared_areas": OF_HOW_MANY,
    "england_reached": Column("England", "the same share of these children in England", "%", 1),
    "status": STATUS,
}
CARE_TIME_COLUMNS = {
    "children_who": Column("Children", _CHILDREN),
    "group": AREA_OR_MEAN,
    "pupils_with": Column("SEN status", _SEN_OF_CHILDREN),
    "year": Column("School year", _YEAR_OF_COUNT),
    "reached": Column("Share of these children", "share who have this SEN status, on 31 March", "%", 1),
    "compared_areas": OF_HOW_MANY,
    "status": STATUS,
}


def _destination(heading: str, what: str) -> Column:
    """Where they were in the school year after key stage 4, each counted once."""
    return Column(heading, f"share of these young people of England who, after key stage 4, were {what}", "%", 1)


DESTINATION_COLUMNS = {
    "by": Column("By", "whether the row is one of the SEN statuses, or one of the primary needs of those with SEN"),
    "pupils_with": Column(
        "SEN status or need", "the SEN status of these young people, or the primary need of those with SEN"
    ),
    "stayed_on": _destination(
        "Education, apprenticeship or work", "in education, an apprenticeship or work for two terms"
    ),
    "in_education": _destination("Education", "in education for two terms"),
    "apprenticeship": _destination("Apprenticeship", "in an apprenticeship for two terms"),
    "in_work": _destination("Work", "in work for two terms"),
    "not_stayed": _destination("Not for two terms", "in none of these for two terms"),
    "unknown_after": _destination("Not known", "somewhere that no record tells of"),
    "status": STATUS,
}
HOME_COLUMNS = {
    "group": AREA_OR_MEAN,
    "period": Column("When", "January in which the plans were counted", period=True),
    "home_educated": Column(
        "Educated at home", "plans of children in elective home education; of a mean, how many on average", "plans", 0
    ),
    "share_of_plans": Column(
        "Share of all plans", "plans of children in elective home education, out of all EHC plans", "%", 1
    ),
    "compared_areas": OF_HOW_MANY,
    "status": STATUS,
}


HOME_BREAK = ("2023", "DfE collects each plan by itself; before, authorities sent totals")
BY_STATUS, BY_NEED = "SEN status", "primary need of those with SEN"
_TOTALS = ("no_sen", "any_sen", "sen_support", "ehc_plan")


def attendance(store: Store, area: Area, others: Comparators | None) -> pd.DataFrame:
    """Absence and suspensions by kind of school, newest year; columns ATTENDANCE_COLUMNS."""
    held = outcomes.cube(store)
    pairs = [(measure, school) for measure in ATTENDANCE for school in SCHOOLS]
    newest = [outcomes.newest(store, measure, school) for measure, school in pairs]
    columns = [held.columns[measure, school, year] for (measure, school), year in zip(pairs, newest, strict=True)]
    own, status = outcomes.shown(store, area, columns)
    mean, known = held.mean(others.codes if others else (), columns)
    return pd.DataFrame(
        {
            "what": [f"{MEASURES[measure].name}, {MEASURES[measure].unit}" for measure, _ in pairs],
            "pupils_of": [GROUPS[school] for _, school in pairs],
            "measured_in": newest,
            "reached": own,
            "comparator_reached": mean,
            "compared_areas": means.counted(known, len(others.codes) if others else 0),
            "england_reached": held.own(ENGLAND, columns)[0],
            "status": status,
        }
    )


@lru_cache(maxsize=8)
def _care(store: Store) -> tuple[str, pd.DataFrame, pd.DataFrame]:
    """The newest year of care: values and statuses, one row an area, columns (group, SEN status); with too few children every figure is hidden."""
    table = store.table("care").astype(dict.fromkeys(("area_code", "period", "group", "sen", "need", "unit", "status"), str))
    rows = table[table["need"].eq("all") & table["unit"].eq("percent")]
    year = str(rows["period"].max())
    rows = rows[rows["period"].eq(year)]
    few = rows["area_code"].isin(outcomes.codes_of_few(store)) & rows["value"].notna()
    rows = rows.assign(value=rows["value"].mask(few), status=rows["status"].mask(few, HIDDEN))
    wide = rows.pivot(index="area_code", columns=["group", "sen"], values=["value", "status"])
    return year, wide["value"].astype(float), wide["status"]


def care_year(store: Store) -> str:
    """The newest school year of the table `care`."""
    return _care(store)[0]


def care(store: Store, area: Area, others: Comparators | None) -> pd.DataFrame:
    """Children in need, on a protection plan and looked after, by SEN status; all pupils of England beside; columns CARE_COLUMNS."""
    year, values, statuses = _care(store)
    day, number, rows = f"20{year[-2:]}-03-31", len(others.codes) if others else 0, []
    for group in _CARE_BY_AREA:
        for sen, name in _CARE_SEN.items():
            own = float(values[group, sen].get(area.code, np.nan))
            status = missing.why(area, day, statuses[group, sen].get(area.code)) if np.isnan(own) else VALUE
            each = values[group, sen].reindex(list(others.codes) if others else []).to_numpy()
            mean, known = means.of_few(each[:, None])
            rows.append((CARE_GROUPS[group], name, year, own, float(mean[0]), means.counted(known, number)[0], float(values.at[ENGLAND, (group, sen)]), status))
    for sen, name in _CARE_SEN.items():
        england = float(values.at[ENGLAND, ("all_pupils", sen)])
        here = area.code == ENGLAND
        rows.append(("All pupils (England only)", name, year, england if here else np.nan, np.nan, "", england, VALUE if here else NOT_APPLICABLE))
    return pd.DataFrame(rows, columns=list(CARE_COLUMNS))


def all_pupils(store: Store) -> dict[str, float]:
    """SEN status -> per cent of all pupils of England in the newest year of care."""
    _, values, _ = _care(store)
    return {name: float(values.at[ENGLAND, ("all_pupils", sen)]) for sen, name in _CARE_SEN.items()}


def care_over_time(store: Store, area: Area, others: Comparators | None) -> pd.DataFrame:
    """LAIT's shares of looked-after children and children in need with SEN, which are newer; columns CARE_TIME_COLUMNS."""
    held = outcomes.cube(store).columns
    keys = [(measure, sen, year) for measure in _SOCIAL for sen in ("ehc_plan", "sen_support") for year in outcomes.years(store, measure) if (measure, sen, year) in held]
    words = pd.DataFrame({"children_who": [_SOCIAL[key[0]] for key in keys], "pupils_with": [GROUPS[key[1]] for key in keys], "year": [key[2] for key in keys]})
    found = outcomes.of_groups(store, area, others, [held[key] for key in keys])
    parts = [words.assign(group=line.name, reached=line.values, compared_areas=line.mean_of, status=line.statuses) for line in found]
    whole = pd.concat(parts, ignore_index=True)
    return whole.sort_values(["children_who"], ascending=False, kind="stable", ignore_index=True)[list(CARE_TIME_COLUMNS)]


@lru_cache(maxsize=8)
def destinations(store: Store) -> pd.DataFrame:
    """After key stage 4, England, newest year: by SEN status, then by need with the highest first; columns DESTINATION_COLUMNS."""
    table = store.table("destinations").astype(dict.fromkeys(("period", "group", "destination", "unit", "status"), str))
    rows = table[table["unit"].eq("percent") & table["period"].eq(table["period"].max())]
    wide = rows.pivot(index="group", columns="destination", values="value").reindex(index=list(DESTINATION_GROUPS), columns=list(_DESTINATIONS))
    wide = wide.rename(columns=_DESTINATIONS)
    wide.insert(0, "by", np.where(wide.index.isin(_TOTALS), BY_STATUS, BY_NEED))
    needs = wide[wide["by"].eq(BY_NEED)].sort_values("stayed_on", ascending=False, kind="stable")
    whole = pd.concat([wide.loc[list(_TOTALS)], needs]).rename(index=DESTINATION_GROUPS).rename_axis("pupils_with").reset_index()
    why = rows[rows["destination"].eq("overall")].set_index("group")["status"].rename(index=DESTINATION_GROUPS)
    status = means.statuses(whole["stayed_on"].to_numpy(), [str(why.get(name, "")) for name in whole["pupils_with"]], NOT_AVAILABLE)
    return whole.assign(status=status)[list(DESTINATION_COLUMNS)]


def destinations_year(store: Store) -> str:
    """The school year in which they finished key stage 4."""
    return str(store.table("destinations")["period"].astype(str).max())


@lru_cache(maxsize=8)
def _home(store: Store) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Counts, shares of all plans and statuses: one row an area, one column a January from 2020; with too few children every figure is hidden."""
    table = store.table("placements").astype({"area_code": str, "period": str, "placement": str, "status": str})
    table = table[table["period"].ge("2020")]
    counts, plans = (table[table["placement"].eq(name)].pivot(index="area_code", columns="period", values="value") for name in ("elective_home_education", ALL_PLACEMENTS))
    statuses = table[table["placement"].eq("elective_home_education")].pivot(index="area_code", columns="period", values="status")
    few = pd.DataFrame(False, counts.index, counts.columns)
    few.loc[counts.index.isin(outcomes.codes_of_few(store))] = True
    few &= counts.notna()
    return counts.mask(few), (100 * counts / plans.where(plans > 0)).mask(few), statuses.mask(few, HIDDEN)


def home_education(store: Store, area: Area, others: Comparators | None) -> pd.DataFrame:
    """Plans of children in elective home education each January from 2020; columns HOME_COLUMNS."""
    numbers, shares, statuses = _home(store)
    groups = {area.name: [area.code]}
    if others and others.codes:
        groups[f"Mean of {others.label}"] = list(others.codes)
    if area.code != ENGLAND:
        groups["England"] = [ENGLAND]
    rows = []
    for group, codes in groups.items():
        both = np.stack([table.reindex(codes).to_numpy() for table in (numbers, shares)])
        (number, known), (share, _) = (means.of_few(values) for values in both)
        mean = group.startswith("Mean of ")
        for place, period in enumerate(numbers.columns):
            published = statuses[period].get(codes[0])
            status = VALUE if not np.isnan(number[place]) else NOT_AVAILABLE if mean else missing.why(area, str(period), published) if codes == [area.code] else str(published)
            rows.append((group, period, number[place], share[place], means.counted(known[[place]], len(codes))[0] if mean else "", status))
    return pd.DataFrame(rows, columns=list(HOME_COLUMNS))
