"""What stands under Look closer on Doing well: attendance, destinations by need, home education. Care is in
care.py."""

from __future__ import annotations

import numpy as np
import pandas as pd

from sendlib.answer import Column, missing
from sendlib.areas import ENGLAND, Area
from sendlib.compared import means
from sendlib.compared.comparators import Comparators
from sendlib.questions.doing_well import outcome_cube as outcomes
from sendlib.questions.doing_well.beside import NO_MEAN, of_those_compared
from sendlib.questions.doing_well.columns import AREA_OR_MEAN, OF_THE_MEAN, STATUS
from sendlib.store import Store, kept_with_store
from sendlib.tables.destinations import GROUPS as DESTINATION_GROUPS
from sendlib.tables.outcomes import GROUPS, MEASURES, SCHOOLS
from sendlib.tables.placements import ALL_PLACEMENTS
from sendlib.tables.symbols import NOT_AVAILABLE, VALUE

ATTENDANCE = (
    "absence",
    "persistent_absence",
    "severe_absence",
    "suspensions",
    "pupils_suspended",
    "permanent_exclusions",
)
_DESTINATIONS = {
    "overall": "stayed_on",
    "education": "in_education",
    "appren": "apprenticeship",
    "all_work": "in_work",
    "all_notsust": "not_stayed",
    "all_unknown": "unknown_after",
}

ATTENDANCE_COLUMNS = {
    "what": Column("What is measured", "what is measured of the pupils, and whether in per cent or per 100 pupils"),
    "pupils_of": Column("Pupils of", "kind of school: all of its pupils, and not only those with SEN"),
    "measured_in": Column(
        "School year", "newest school year in which England has a figure of this kind of school", analysts_only=True
    ),
    "reached": Column("Here", "the figure of schools here, in per cent or per 100 pupils, as the row says", decimals=1),
    "comparator_reached": Column(
        "Mean of those compared",
        "plain mean of the same figure among those compared; missing where fewer than half or fewer than three have"
        " one",
        decimals=1,
    ),
    "comparator_low": Column(
        "Lowest of those compared", "lowest of the same figures of those compared", decimals=1, analysts_only=True
    ),
    "comparator_high": Column(
        "Highest of those compared", "highest of the same figures of those compared", decimals=1, analysts_only=True
    ),
    **OF_THE_MEAN,
    "england_reached": Column("England", "the same figure of all schools of this kind in England", decimals=1),
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
        "Educated at home",
        "plans of children in elective home education; of a mean, how many on average",
        "plans",
        0,
        measure="Plans of children in elective home education",
    ),
    "share_of_plans": Column(
        "Share of all plans",
        "plans of children in elective home education, out of all EHC plans",
        "%",
        1,
        measure="Share of plans of children in elective home education",
    ),
    **OF_THE_MEAN,
    "status": STATUS,
}


AT_HOME = "elective_home_education"
HOME_BREAK = ("2023-01", "from 2023, DfE collects each plan by itself; before, authorities sent totals")
"""The first January after a break, and what changed."""
BY_STATUS, BY_NEED = "SEN status", "primary need of those with SEN"
_TOTALS = ("no_sen", "any_sen", "sen_support", "ehc_plan")


def attendance(store: Store, area: Area, others: Comparators | None) -> pd.DataFrame:
    """Absence and suspensions by kind of school, newest year; columns ATTENDANCE_COLUMNS."""
    held = outcomes.cube(store)
    pairs = [(measure, school) for measure in ATTENDANCE for school in SCHOOLS]
    newest = [outcomes.newest(store, measure, school) for measure, school in pairs]
    columns = [held.columns[measure, school, year] for (measure, school), year in zip(pairs, newest, strict=True)]
    own, status = outcomes.cube(store).own(area.code, columns)
    beside = outcomes.mean(store, others, columns)
    frame = pd.DataFrame(
        {
            "what": [what_is_measured(measure) for measure, _ in pairs],
            "pupils_of": [GROUPS[school] for _, school in pairs],
            "measured_in": newest,
            "reached": own,
            "comparator_reached": beside.values,
            "comparator_low": beside.low,
            "comparator_high": beside.high,
            **beside.columns,
            "england_reached": held.own(ENGLAND, columns)[0],
            "status": status,
        }
    )
    return frame[list(ATTENDANCE_COLUMNS)]


def what_is_measured(measure: str) -> str:
    """A measure of attendance with its unit, as the table names it."""
    return f"{MEASURES[measure].name}, {MEASURES[measure].unit}"


@kept_with_store()
def destinations(store: Store) -> pd.DataFrame:
    """After key stage 4, England, newest year: by SEN status, then by need with the highest first; columns
    DESTINATION_COLUMNS."""
    table = store.table("destinations").astype(dict.fromkeys(("period", "group", "destination", "unit", "status"), str))
    rows = table[table["unit"].eq("percent") & table["period"].eq(table["period"].max())]
    wide = rows.pivot(index="group", columns="destination", values="value").reindex(
        index=list(DESTINATION_GROUPS), columns=list(_DESTINATIONS)
    )
    wide = wide.rename(columns=_DESTINATIONS)
    wide.insert(0, "by", np.where(wide.index.isin(_TOTALS), BY_STATUS, BY_NEED))
    needs = wide[wide["by"].eq(BY_NEED)].sort_values("stayed_on", ascending=False, kind="stable")
    whole = (
        pd.concat([wide.loc[list(_TOTALS)], needs])
        .rename(index=DESTINATION_GROUPS)
        .rename_axis("pupils_with")
        .reset_index()
    )
    why = rows[rows["destination"].eq("overall")].set_index("group")["status"].rename(index=DESTINATION_GROUPS)
    status = means.statuses(
        whole["stayed_on"].to_numpy(), [str(why.get(name, "")) for name in whole["pupils_with"]], NOT_AVAILABLE
    )
    return whole.assign(status=status)[list(DESTINATION_COLUMNS)]


def destinations_year(store: Store) -> str:
    """The school year in which they finished key stage 4."""
    return str(store.table("destinations")["period"].astype(str).max())


def home(store: Store, placement: str = AT_HOME) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Counts, shares of all plans and statuses of a placement: one row an area, one column a January from 2020."""
    counts, plans = (_placed(store, name, "value") for name in (placement, ALL_PLACEMENTS))
    return counts, 100 * counts / plans.where(plans > 0), _placed(store, placement, "status")


@kept_with_store(area_by_area=True)
def _placed(store: Store, placement: str, column: str) -> pd.DataFrame:
    table = store.table("placements")
    table = table[table["placement"].eq(placement)].astype({"area_code": str, "period": str, "status": str})
    return table[table["period"].ge("2020")].pivot(index="area_code", columns="period", values=column)


def home_education(store: Store, area: Area, others: Comparators | None) -> pd.DataFrame:
    """Plans of children in elective home education each January from 2020; columns HOME_COLUMNS."""
    return placed_each_january(store, area, others, AT_HOME)


def placed_each_january(store: Store, area: Area, others: Comparators | None, placement: str) -> pd.DataFrame:
    """Plans of a placement each January from 2020; columns HOME_COLUMNS."""
    numbers, shares, statuses = home(store, placement)
    periods = [str(period) for period in numbers.columns]
    parts = [_home_rows(area.name, numbers, shares, area.code)]
    why = [statuses[period].get(area.code) for period in numbers.columns]
    parts[0]["status"] = [
        VALUE if not np.isnan(number) else missing.why(area, period, status)
        for number, period, status in zip(parts[0]["home_educated"], periods, why, strict=True)
    ]
    if others and others.codes:
        parts.append(_home_of_those_compared(store, others, placement))
    if area.code != ENGLAND:
        england = _home_rows("England", numbers, shares, ENGLAND)
        published = statuses.loc[ENGLAND].astype(object).fillna(NOT_AVAILABLE)
        parts.append(england.assign(status=np.where(england["home_educated"].notna(), VALUE, published)))
    return pd.concat(parts, ignore_index=True)[list(HOME_COLUMNS)]


def _home_rows(group: str, numbers: pd.DataFrame, shares: pd.DataFrame, code: str) -> pd.DataFrame:
    """The rows of one area, without their status; none of its figures is known where the tables do not have it."""
    one = [table.reindex([code]).iloc[0].to_numpy(dtype=float) for table in (numbers, shares)]
    periods = numbers.columns.astype(str)
    return pd.DataFrame(
        {"group": group, "period": periods, "home_educated": one[0], "share_of_plans": one[1], **NO_MEAN}
    )


def _home_of_those_compared(store: Store, others: Comparators, placement: str) -> pd.DataFrame:
    """The rows of the mean."""
    numbers, shares, statuses = home(store, placement)
    codes = list(others.codes)
    why = statuses.reindex(codes).astype(object).fillna(NOT_AVAILABLE).to_numpy()
    number, share = (
        of_those_compared(store, others, table.reindex(codes).to_numpy(dtype=float), why) for table in (numbers, shares)
    )
    return pd.DataFrame(
        {
            "group": others.mean_heading,
            "period": numbers.columns.astype(str),
            "home_educated": number.values,
            "share_of_plans": share.values,
            **number.columns,
            "status": np.where(np.isnan(number.values), NOT_AVAILABLE, VALUE),
        }
    )
