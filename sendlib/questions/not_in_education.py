"""How many with an EHC plan are not in education? The sum of a bulletin of 2020, step by step, for every area and January.

The Council for Disabled Children's Data Bulletin 2 (2020) added up, for England in January 2020:
permanently excluded, arrangements by the authority, elective home education, arrangements by
parents and awaiting provision (12,673 "educated elsewhere"); with young people not in education,
employment or training (NEET) and other placements, less those awaiting provision but in
education, 21,372 or 5.5 % of all plans. Nothing of that is kept here: the steps are read from
the tables `elsewhere` (to January 2022) and `placements` (from January 2023), the plans from
`plans`.

What a January did not collect is missing and never nought. A sum with a missing part is known as
a lower bound, as a range or not at all; it is never a smaller number that looks complete.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

import pandas as pd

from sendlib.errors import NoData
from sendlib.questions.answer import written
from sendlib.store import Store
from sendlib.tables import periods
from sendlib.tables.ehc_labels import PLACEMENTS, TOTAL
from sendlib.tables.elsewhere import AWAITING, IN_EDUCATION
from sendlib.tables.elsewhere import PLACEMENTS as ELSEWHERE
from sendlib.tables.placements import ALL_PLACEMENTS
from sendlib.tables.symbols import HIDDEN, NOT_APPLICABLE, NOT_AVAILABLE, VALUE


@dataclass(frozen=True)
class Definition:
    """One way to count: its name and what it counts, in plain words."""

    name: str
    words: str


NOT_IN_SETTING, NOT_EDUCATED, WAITING = "not_in_setting", "not_educated", "waiting"
DEFINITIONS = {
    NOT_IN_SETTING: Definition(
        "Not in an education setting",
        "Permanently excluded, educated by arrangement of the authority or of parents, home educated, or awaiting provision:"
        " DfE's 'educated elsewhere' of January 2020. Many of them are educated, and some of those who wait are in a setting meanwhile.",
    ),
    NOT_EDUCATED: Definition(
        "Not in a setting, or not being educated",
        "The bulletin's adjusted total: those not in an education setting, with those not in education, employment or training and"
        " other placements, less those who wait but are in education. It still counts home education and arrangements by the authority.",
    ),
    WAITING: Definition(
        "Waiting for provision",
        "Awaiting provision, whether in education meanwhile or not.",
    ),
}
DEFAULT = NOT_EDUCATED

EXACT, RANGE, AT_LEAST, UNKNOWN = "exact", "range", "at least", "unknown"
CERTAINTIES = (EXACT, RANGE, AT_LEAST, UNKNOWN)

IN_EDUCATION_STEP = "awaiting_in_education"
NO_PLACEMENT_STEP = "no_placement"
_EDUCATED_ELSEWHERE = (
    "permanently_excluded", "arrangements_by_authority", "elective_home_education", "arrangements_by_parents", "awaiting",
)  # fmt: skip
_FROM_2023 = {
    "arrangements_by_authority": "other_arrangements_la",
    "elective_home_education": "elective_home_education",
    "arrangements_by_parents": "other_arrangements_parents",
    "neet": "neet",
    "neet_ntci": "neet_ntci",
    "neet_other_csa": "neet_other_csa",
    "neet_other": "neet_other",
    "other": "other_placement_settings",
}
"""Step -> column of the table `placements`."""
_CERTAIN_FROM_2023 = tuple(step for step in _FROM_2023 if step != "other")
_SETTINGS = ("mainstream_total", "special_total", "ap_pru_total", "fe_total", "nm_early_years")
_OTHER_SETTINGS = ("w_settings", "other_schools", "online_provider")
"""Settings that DfE counts as educated elsewhere; within `other` before January 2025."""

LABELS = {
    **ELSEWHERE,
    IN_EDUCATION_STEP: "Less: awaiting provision but in education",
    **{step: PLACEMENTS[step].name for step in ("neet_ntci", "neet_other_csa", "neet_other")},
    NO_PLACEMENT_STEP: "Placement not recorded",
}
_OTHER_FROM_2023 = "Other placements: awaiting or out of provision, no setting named, or a setting not listed elsewhere"

STEP_COLUMNS = {
    "step": "code of the step",
    "label": "what is added or taken off",
    "count": "children and young people with a plan; below zero where they are taken off; missing where not known",
    "running_total": "the sum so far; missing from the first part that is not known; over uncertain steps the most it can be",
    "status": "published, or why there is no count",
    "certain": "whether all of them count; where not, they are only in the upper end of the range",
}
SUM_COLUMNS = {
    "area_code": "area",
    "period": "January",
    "total": "the sum, where every part is known",
    "low": "the least that the sum can be",
    "high": "the most that the sum can be",
    "certainty": "exact, range, at least or unknown",
    "status": "published, or why there is no total",
    "plans": "all EHC plans (with statements of SEN to 2018)",
    "share": "total as per cent of all plans",
    "share_low": "low as per cent of all plans",
    "share_high": "high as per cent of all plans",
}


@dataclass(frozen=True)
class Calculation:
    """The sum of one area and January by one definition.

    `steps`: columns STEP_COLUMNS. `total` is None unless every part is known;
    `low` and `high` are what it lies between, None where there is no bound.
    Shares are per cent of `plans`. `says`: what this January can and cannot give.
    """

    area_code: str
    period: str
    definition: str
    steps: pd.DataFrame
    total: float | None
    low: float | None
    high: float | None
    certainty: str
    status: str
    plans: float
    share: float | None
    share_low: float | None
    share_high: float | None
    says: tuple[str, ...]


def januaries(store: Store) -> list[str]:
    """Every January that the plans cover, oldest first."""
    return sorted(_plans(store).index.get_level_values("period").unique())


def calculate(store: Store, area_code: str, period: str, definition: str = DEFAULT) -> Calculation:
    """The sum of one area (authority, region or England) and January.

    Raises NoData where the area has no plans in that January, or for a
    definition that there is not.
    """
    sums = every(store, definition)
    row = sums[sums["area_code"].eq(area_code) & sums["period"].eq(period)]
    if row.empty:
        raise NoData(f"There are no EHC plans of area {area_code} for {periods.spoken(period)}.")
    everything = _steps(store, definition)
    steps = everything[everything["area_code"].eq(area_code) & everything["period"].eq(period)]
    steps = steps[list(STEP_COLUMNS)].reset_index(drop=True)
    found = row.iloc[0]
    number = {name: None if math.isnan(found[name]) else float(found[name]) for name in ("total", "low", "high", "share", "share_low", "share_high")}
    return Calculation(
        area_code=area_code,
        period=period,
        definition=definition,
        steps=steps,
        certainty=str(found["certainty"]),
        status=str(found["status"]),
        plans=float(found["plans"]),
        says=_says(store, area_code, period, definition, steps, str(found["certainty"])),
        **number,
    )


@lru_cache(maxsize=16)
def every(store: Store, definition: str = DEFAULT) -> pd.DataFrame:
    """The sum of every area and January; columns SUM_COLUMNS. Raises NoData for an unknown definition."""
    if definition not in DEFINITIONS:
        raise NoData(f"There is no definition '{definition}'. There are: {', '.join(DEFINITIONS)}.")
    steps = _steps(store, definition)
    groups = steps.groupby(["area_code", "period"], sort=False)
    known = _with_pairs_known(steps)
    sums = pd.DataFrame(
        {
            "low": known[known["certain"]].groupby(["area_code", "period"])["count"].sum(min_count=1),
            "whole": groups["count"].sum(min_count=1),
            "missing": groups["unknown"].any(),
            "uncertain": steps[~steps["certain"]].groupby(["area_code", "period"])["count"].sum(min_count=1),
            "hidden": groups["status"].agg(lambda statuses: statuses.eq(HIDDEN).any()),
        }
    ).join(_plans(store).rename("plans"), how="right")
    sums["high"] = sums["whole"].where(~sums["missing"].astype(bool))
    exact = sums["high"].notna() & sums["high"].eq(sums["low"])
    sums["total"] = sums["high"].where(exact)
    sums["certainty"] = UNKNOWN
    sums.loc[sums["low"].notna(), "certainty"] = AT_LEAST
    sums.loc[sums["low"].notna() & sums["high"].notna(), "certainty"] = RANGE
    sums.loc[exact, "certainty"] = EXACT
    sums["status"] = NOT_AVAILABLE
    sums.loc[sums["hidden"].eq(True), "status"] = HIDDEN
    sums.loc[exact, "status"] = VALUE
    for share, count in (("share", "total"), ("share_low", "low"), ("share_high", "high")):
        sums[share] = 100 * sums[count] / sums["plans"].where(sums["plans"] > 0)
    return sums.reset_index()[list(SUM_COLUMNS)]


def _with_pairs_known(steps: pd.DataFrame) -> pd.DataFrame:
    """Steps for a lower bound: those who await provision count only where those in education can be taken off, and the other way round."""
    pair = steps["step"].isin(["awaiting", IN_EDUCATION_STEP])
    lost = steps[pair & steps["unknown"]]
    broken = pd.MultiIndex.from_frame(steps[["area_code", "period"]]).isin(pd.MultiIndex.from_frame(lost[["area_code", "period"]]))
    return steps[~(pair & broken)]


@lru_cache(maxsize=16)
def _steps(store: Store, definition: str) -> pd.DataFrame:
    """All steps of all areas and Januaries, in order: area_code, period, STEP_COLUMNS, and whether the count is unknown."""
    parts = []
    for period, values, statuses in _by_january(store, "elsewhere", "placement"):
        parts += _from_totals(period, values, statuses, definition)
    old = {part["period"].iloc[0] for part in parts}
    for period, values, statuses in _by_january(store, "placements", "placement"):
        if period not in old:
            parts += _from_plans(period, values, statuses, definition)
    steps = pd.concat(parts, ignore_index=True)
    steps["unknown"] = steps["count"].isna() & steps["status"].ne(NOT_APPLICABLE)
    keys = [steps["area_code"], steps["period"]]
    lost = steps["unknown"].groupby(keys).cummax()
    steps["running_total"] = steps["count"].fillna(0).groupby(keys).cumsum().where(~lost)
    return steps


def _by_january(store: Store, name: str, column: str) -> list[tuple[str, pd.DataFrame, pd.DataFrame]]:
    """For each January of a table: values and statuses, areas x placements; a placement that was not asked for has no column."""
    table = store.table(name).astype({"area_code": str, "period": str, column: str, "status": str})
    found = []
    for period, rows in table.groupby("period", sort=True):
        wide = rows.pivot(index="area_code", columns=column, values=["value", "status"])
        found.append((str(period), wide["value"].astype(float), wide["status"].fillna(NOT_AVAILABLE)))
    return found


def _from_totals(period: str, values: pd.DataFrame, statuses: pd.DataFrame, definition: str) -> list[pd.DataFrame]:
    """Steps of a January in which authorities sent totals (to 2022)."""
    asked = set(values.columns)
    if definition == WAITING:
        codes = [code for code in AWAITING if code in asked] or ["awaiting"]
        return [_step(period, code, values[code], statuses[code]) for code in codes]
    steps = []
    for code in (*_EDUCATED_ELSEWHERE, *(("neet", "other") if definition == NOT_EDUCATED else ())):
        if code in asked:
            steps.append(_step(period, code, values[code], statuses[code]))
        else:
            # Home education was within arrangements by parents; everything else was not collected.
            why = NOT_APPLICABLE if code == "elective_home_education" else NOT_AVAILABLE
            steps.append(_missing_step(period, code, values.index, why))
    if definition == NOT_EDUCATED:
        codes = [code for code in IN_EDUCATION if code in asked]
        if codes:
            count = -values[codes].sum(axis=1, min_count=len(codes))
            worst = statuses[codes].apply(_worst, axis=1)
            steps.append(_step(period, IN_EDUCATION_STEP, count, worst))
        else:
            steps.append(_missing_step(period, IN_EDUCATION_STEP, values.index, NOT_AVAILABLE))
    return steps


def _from_plans(period: str, values: pd.DataFrame, statuses: pd.DataFrame, definition: str) -> list[pd.DataFrame]:
    """Steps of a January in which DfE collected each plan by itself (from 2023)."""
    if definition == WAITING:
        return [_missing_step(period, "awaiting", values.index, NOT_AVAILABLE)]
    certain = _CERTAIN_FROM_2023 if definition == NOT_EDUCATED else _CERTAIN_FROM_2023[:3]
    steps = [_step(period, step, values[_FROM_2023[step]], statuses[_FROM_2023[step]]) for step in certain]
    if definition == NOT_IN_SETTING:
        return [*steps, *(_missing_step(period, step, values.index, NOT_AVAILABLE) for step in ("permanently_excluded", "awaiting"))]
    other = values[_FROM_2023["other"]]
    steps.append(_step(period, "other", other, statuses[_FROM_2023["other"]], certain=False, label=_OTHER_FROM_2023))
    # Plans whose placement is not recorded, or of which only a total was sent: all that is left.
    in_settings = values[list(_SETTINGS)].sum(axis=1, min_count=len(_SETTINGS)) + values[list(_OTHER_SETTINGS)].fillna(0).sum(axis=1)
    counted = values[[_FROM_2023[step] for step in _FROM_2023]].sum(axis=1, min_count=len(_FROM_2023))
    rest = values[ALL_PLACEMENTS] - in_settings - counted
    status = rest.notna().map({True: VALUE, False: NOT_AVAILABLE})
    return [*steps, _step(period, NO_PLACEMENT_STEP, rest, status, certain=False)]


def _step(
    period: str, code: str, count: pd.Series, status: pd.Series, *, certain: bool = True, label: str | None = None
) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "area_code": count.index,
            "period": period,
            "step": code,
            "label": label or LABELS[code],
            "count": count.to_numpy(dtype=float),
            "status": status.to_numpy(),
            "certain": certain,
        }
    )


def _missing_step(period: str, code: str, index: pd.Index, status: str) -> pd.DataFrame:
    return _step(period, code, pd.Series(math.nan, index=index), pd.Series(status, index=index))


def _worst(statuses: pd.Series) -> str:
    """The status of a sum of parts."""
    return next((status for status in (HIDDEN, NOT_AVAILABLE) if statuses.eq(status).any()), VALUE)


@lru_cache(maxsize=8)
def _plans(store: Store) -> pd.Series:
    """All plans by area_code and period."""
    table = store.table("plans")
    rows = table[table["measure"].eq("plans") & table["characteristic"].eq(TOTAL)]
    return rows.astype({"area_code": str, "period": str}).set_index(["area_code", "period"])["value"]


def _says(
    store: Store, area_code: str, period: str, definition: str, steps: pd.DataFrame, certainty: str
) -> tuple[str, ...]:
    """What this January can and cannot give, in plain sentences."""
    january = periods.spoken(period)
    totals = store.table("elsewhere")
    asked = set(totals.loc[totals["period"].eq(period), "placement"].astype(str))
    said = _of_totals(january, asked, definition) if asked else _of_plans(store, area_code, period, steps, definition)
    if certainty == UNKNOWN and definition != WAITING:
        said = [f"The area's placements are not available for {january}: it sent a total only, or no usable placements.", *said]
    elif certainty == UNKNOWN:
        said = [f"How many awaited provision in {january} is not known.", *said]
    elif certainty == AT_LEAST:
        said = ["A part of the sum is not known, so it is at least the number shown.", *said]
    return tuple(said)


def _of_totals(january: str, asked: set[str], definition: str) -> list[str]:
    said = []
    if definition != WAITING and "elective_home_education" not in asked:
        said.append("Elective home education was not asked for apart: it is within arrangements by parents.")
    if "neet" not in asked:
        said.append("Statements of SEN, which EHC plans replaced by 2018, are counted with plans.")
        if definition == NOT_EDUCATED:
            said.append(
                "Young people not in education, employment or training and other placements were first collected in January 2019,"
                " so how many were not being educated is not known."
            )
    if not asked & set(IN_EDUCATION):
        said.append("Awaiting provision is one total: how many of them were in education meanwhile was not collected.")
    elif "awaiting_below_age" not in asked:
        said.append("Children below compulsory school age who awaited provision were not asked for apart.")
    if not said:
        said.append(f"Every part of the sum was collected for {january}.")
    return said


def _of_plans(store: Store, area_code: str, period: str, steps: pd.DataFrame, definition: str) -> list[str]:
    said = [
        "From January 2023 DfE collects each plan by itself and the columns changed: do not compare with January 2022 and before.",
        "Permanently excluded and awaiting provision are no longer given. DfE counts those who await provision among other placements,"
        " with those out of provision, plans that name no setting and settings not listed elsewhere; those who attend a setting"
        " while they wait are counted there.",
    ]
    if definition != NOT_EDUCATED:
        return said
    counts = steps.set_index("step")["count"]
    uncertain = [("other", "is in another placement", "are in other placements"), (NO_PLACEMENT_STEP, "has no recorded placement", "have no recorded placement")]
    parts = [f"{written(counts[step], 0)} {one if counts[step] == 1 else many}" for step, one, many in uncertain if counts[step] > 0]
    if parts:
        said.append(f"Of all plans, {' and '.join(parts)}. Whether they are in education is not known, so the sum is a range.")
    rows = store.rows("placements", area_code)
    rows = rows[rows["period"].eq(period) & rows["placement"].isin(_OTHER_SETTINGS)]
    left_out = rows["value"].sum()
    if left_out > 0:
        verb = "is" if left_out == 1 else "are"
        said.append(f"{written(left_out, 0)} with a Welsh or other school or an online provider {verb} left out: those are settings.")
    return said


def in_words(found: Calculation) -> str:
    """The result as a phrase: `21,372 (5.48%)`, `between 45,005 and 68,389 (7.05% to 10.71%)`, `1 or 2 (5.88% to 11.76%)`, `up to 62 (up to 1.20%)`, `at least 13,547 (2.62%)` or `not known`."""
    if found.certainty == EXACT:
        return f"{_number(found.total)} ({_percent(found.share)})"
    if found.certainty == RANGE:
        shares = f"{_percent(found.share_low)} to {_percent(found.share_high)}" if found.low else f"up to {_percent(found.share_high)}"
        return f"{range_of(found.low or 0, found.high or 0)} ({shares})"
    if found.certainty == AT_LEAST:
        return f"at least {_number(found.low)} ({_percent(found.share_low)})"
    return "not known"


def range_of(low: float, high: float) -> str:
    """Two counts as a phrase: `between 283 and 334`, `1 or 2`, or `up to 62` where it may be none."""
    if low == 0:
        return f"up to {written(high)}"
    if high - low == 1:
        return f"{written(low)} or {written(high)}"
    return f"between {written(low)} and {written(high)}"


def _number(value: float | None) -> str:
    return "not known" if value is None else written(value, 0)


def _percent(value: float | None) -> str:
    return "not known" if value is None else f"{written(value, 2)}%"

