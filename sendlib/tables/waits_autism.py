"""waits_autism: one measure of suspected autism referrals of children and young people, by NHS area.

Grain: area_code x period x age.

- `level`: `england`, `region` (NHS region) or `sub_icb` (sub-ICB location, by GP practice or
  residence). `area_code`: `E92000001` or an ODS code. `name`: the area to read.
- `period`: the last day of the month, `2019-04-30` to `2023-06-30`.
- `age`: `under 10`, `10-17`, `18-24`. `measure`: `ASD19e` for those under 18, `ASD19g` for those of
  18 to 24: the same measure for two ages.
- `value`: of the people with a suspected autism referral that has been open for at least 13 weeks,
  the per cent whose first appointment came after more than 13 weeks. Whole numbers.
- `status`: `not_available` where the file has no row of a sub-ICB location. The publisher hides a
  percentage that rests on a count of 0 to 4, and this copy leaves hidden rows out, so nobody can
  tell them from areas without a referral.

**Never show it alone.** ASD19c (first appointment within 13 weeks), ASD19e (after more than 13) and
ASD19f (no appointment yet) are shares of the same people. When ASD19e falls, children may be seen
sooner, or more of them may not be seen at all; ASD19f, which would tell, is not in this file.

Source: NHS England, Autism statistics, April 2019 to June 2023, as DfE extracted them for its SEND
dashboard.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from sendlib.areas import Areas
from sendlib.errors import ContractBroken
from sendlib.sources.originals import Originals
from sendlib.tables import health, periods, reading, schema
from sendlib.tables.definition import TableDefinition
from sendlib.tables.reading import ENGLAND
from sendlib.tables.symbols import NOT_AVAILABLE, parse

if TYPE_CHECKING:
    import pandera.pandas as pa

FILE = "nhs/autism_waits_sub_icb_2019_2023.csv.gz"


def alone(where: str) -> str:
    """Why ASD19e is not read by itself; `where`: what ASD19f is not in (file, table)."""
    return (
        "ASD19e alone misleads: it shares its denominator with ASD19c (seen within 13 weeks) and ASD19f (not seen yet)."
        f" A fall can mean that more children have not been seen at all; ASD19f is not in this {where}."
    )


ALONE = alone("file")
NOT_CORRECTED = (
    "In August and November 2025 NHS England corrected a fault in the files of 2019/20 to 2023/24 that left"
    " the area of some people unknown; this copy is older, and its figures by area, above all of 2022/23,"
    " are not the corrected ones."
)
BREAKS = (
    ALONE,
    "On average only 62 of 106 sub-ICB locations have a figure for children in a month (31 to 78);"
    " eight never have one.",
    NOT_CORRECTED,
    "A change of method in September 2023 revised history; this copy ends before it.",
)
KEYS = ["area_code", "period", "age"]
MEASURES = {
    "ASD19e": (
        "Proportion of patients aged 0 to 17 with an open suspected autism referral in the month that has been open"
        " for at least 13 weeks receiving a first appointment after more than 13 weeks"
    ),
    "ASD19g": (
        "Proportion of patients aged 18 and over with an open suspected autism referral in the month that has been"
        " open for at least 13 weeks receiving a first appointment after more than 13 weeks"
    ),
}
"""Published name of each measure; in this file both are by age group."""
AGES = {"Under 10": ("under 10", "ASD19e"), "10 to 17": ("10-17", "ASD19e"), "18 to 24": ("18-24", "ASD19g")}
"""The file's age groups: ours, and the measure that goes with it."""

_LEVELS = {
    "Age Group": "england",
    "Commissioning Region - GP Practice or Residence; Age Group": "region",
    "CCG or Sub ICB Location - GP Practice or Residence; Age Group": "sub_icb",
    "Provider; Age Group": "provider",
}
_COLUMNS = [
    "reporting_period_start",
    "reporting_period_end",
    "breakdown",
    "primary_level",
    "primary_level_description",
    "secondary_level",
    "metric",
    "metric_name",
    "metric_value",
]


def expected() -> pa.DataFrameSchema:
    import pandera.pandas as pa

    ages = [age for age, _ in AGES.values()]
    table = schema.long_table(
        {"period": schema.text(schema.MONTH_END), "age": schema.text(allowed=ages)},
        area_code=schema.HEALTH_CODE,
        facts={
            "level": schema.text(allowed=["england", "region", "sub_icb"]),
            "name": schema.text(r"^\S"),
            "measure": schema.text(allowed=list(MEASURES)),
        },
    )
    return table.update_column("value", checks=pa.Check.in_range(0, 100))


def build(originals: Originals, _: Areas) -> tuple[pd.DataFrame, list[str]]:
    """The waits_autism table and notes of what it does not have. Raises ContractBroken."""
    areas = health.read_areas(originals.read(health.LOOKUP), health.LOOKUP)
    table = with_missing(read(originals.read(FILE), FILE), areas, FILE)
    table = health.with_names(table, areas)
    locations = table[table["level"].eq("sub_icb")]
    empty = sorted(locations.groupby("name")["value"].count().loc[lambda counts: counts.eq(0)].index)
    notes = ["Rows of providers are left out.", f"Sub-ICB locations without any figure: {', '.join(empty)}."]
    wanted = ["level", "area_code", "name", "period", "age", "measure", "value", "status"]
    categories = dict.fromkeys(["level", "name", "measure", "status"], "category")
    return reading.as_categories(table[wanted], KEYS).astype(categories), notes


def read(content: bytes, file: str) -> pd.DataFrame:
    """DfE's extract: level, area_code, name, period, age, measure, value, status; providers left out.

    Raises ContractBroken.
    """
    frame = reading.read_csv(content, file, _COLUMNS)[_COLUMNS]
    reading.check_labels(frame["breakdown"], _LEVELS, file, "breakdown")
    reading.check_labels(frame["metric"], MEASURES, file, "metric")
    if not frame["metric_name"].eq(frame["metric"].map(MEASURES)).all():
        raise ContractBroken(file, "a metric has another name than the one that was agreed.")
    frame["level"] = frame["breakdown"].map(_LEVELS)
    frame = frame[frame["level"].ne("provider")].reset_index(drop=True)
    england = frame["level"].eq("england")
    group = frame["primary_level"].where(england, frame["secondary_level"])
    reading.check_labels(group, AGES, file, "age group")
    frame["age"] = group.map({label: age for label, (age, _) in AGES.items()})
    frame["measure"] = group.map({label: measure for label, (_, measure) in AGES.items()})
    if not frame["measure"].eq(frame["metric"]).all():
        raise ContractBroken(
            file, "ASD19e is agreed for children under 18 and ASD19g for those of 18 to 24; a row has it otherwise."
        )
    frame["area_code"] = frame["primary_level"].where(~england, ENGLAND)
    frame["name"] = frame["primary_level_description"].where(~england, "England")
    frame["period"] = _periods(frame, file)
    frame["value"], frame["status"] = parse(frame["metric_value"], health.SYMBOLS, file)
    _check_whole(frame, file)
    return frame[["level", "area_code", "name", "period", "age", "measure", "value", "status"]]


def with_missing(frame: pd.DataFrame, areas: pd.DataFrame, file: str) -> pd.DataFrame:
    """`frame` with a row, not available, for each month and age that a sub-ICB location of `areas` has no row for."""
    locations = areas.loc[areas["level"].eq("sub_icb"), "area_code"]
    new = sorted(set(frame.loc[frame["level"].eq("sub_icb"), "area_code"]) - set(locations))
    if new:
        raise ContractBroken(file, f"'{new[0]}' is not a sub-ICB location that we know.")
    measure_of = dict(AGES.values())
    cells = pd.MultiIndex.from_product([locations, sorted(frame["period"].unique()), measure_of], names=KEYS)
    absent = cells.difference(pd.MultiIndex.from_frame(frame[KEYS])).to_frame(index=False)
    absent = absent.assign(
        level="sub_icb", name="", measure=absent["age"].map(measure_of), value=float("nan"), status=NOT_AVAILABLE
    )
    return pd.concat([frame, absent[frame.columns]], ignore_index=True)


def _periods(frame: pd.DataFrame, file: str) -> pd.Series:
    """The month of each row by its last day; the first day must be of the same month."""
    ends = {text: periods.month_end(text, file) for text in frame["reporting_period_end"].unique()}
    period = frame["reporting_period_end"].map(ends)
    first = period.map({end: periods.first_day(end, 1).isoformat() for end in ends.values()})
    if not frame["reporting_period_start"].eq(first).all():
        raise ContractBroken(file, "a reporting period is not one whole month.")
    return period


def _check_whole(frame: pd.DataFrame, file: str) -> None:
    """One row an area, month and age; England and all seven regions in every month."""
    if frame.duplicated(KEYS).any():
        raise ContractBroken(
            file,
            f"two rows for area {frame.loc[frame.duplicated(KEYS), 'area_code'].iloc[0]}, a month and an age group.",
        )
    cells = frame["period"].nunique() * len(AGES)
    for level, number in (("england", 1), ("region", 7)):
        if frame["level"].eq(level).sum() != number * cells:
            raise ContractBroken(file, f"level {level} must have {number} x {cells} rows; the file may be cut short.")


TABLE = TableDefinition(
    name="waits_autism",
    title="Suspected autism: first appointment after more than 13 weeks",
    grain="one row an NHS area, month and age group",
    expected=expected,
    breaks=BREAKS,
    originals={FILE: "autism_2023", health.LOOKUP: "nhs_areas_2022"},
    build=build,
)
