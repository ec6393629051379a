"""waits_mental_health: children in contact with NHS mental health services, and how long they wait.

Grain: area_code x period x measure.

- `level`: `england`, `region` (NHS region), `icb` or `sub_icb`. `area_code`: `E92000001` or an ODS
  code. `name`: the area to read. Providers are left out: more than half of their cells are hidden.
- `period`: the last day of the reporting period, `2021-03-31` to `2024-09-30`.
- `measure`: MEASURES gives each its plain name, the published one, its unit (`children`,
  `referrals`, `percent`, `days`) and the months that end with `period`: 1 (a stock at the end of the
  month), 3 or 12. Neighbouring periods of 3 or 12 months overlap and are never added up.
- `value`: in that unit. England is exact; counts of other areas are rounded to the nearest 5, and
  their percentages and days to whole numbers.
- `status`: `hidden` is the files' `*`: a count of 0 to 4, or a percentage whose count is 0 to 4
  (tables/health.py). It may be nought, and is never shown as nought.

A referral-spell is one or more referrals of a child that belong together. The clock stops "in
full" when there was help that the publisher counts as meaningful. Areas are of the GP practice or of
residence, not of the provider. The areas never add up to England: some children's area is not known.

Source: NHS England, Mental Health Services Monthly Statistics: the 4-week-wait files of April to
September 2024 (England and ICBs), and MHS95 by sub-ICB location and NHS region, March 2021 to August
2023, as DfE extracted it from the publisher's time series.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from sendlib.areas import Areas
from sendlib.errors import ContractBroken
from sendlib.sources.originals import Originals
from sendlib.tables import health, periods, reading, schema
from sendlib.tables.definition import TableDefinition
from sendlib.tables.reading import ENGLAND
from sendlib.tables.symbols import parse

if TYPE_CHECKING:
    import pandera.pandas as pa

_FOUR_WEEKS = (
    "AprPerf_2024_v2",
    "MayPerf_2024_v2",
    "JunPerf_2024_v2",
    "JulPerf_2024_v2",
    "AugPerf_2024",
    "SepPerf_2024",
)
FOUR_WEEKS = tuple(f"nhs/mhsds_4ww/MHSDS_Data_4WW_{month}.csv.gz" for month in _FOUR_WEEKS)
CONTACTS = "nhs/mhs95_cyp_contacts_sub_icb_2021_2023.csv.gz"
NEVER_ADD_UP = (
    "Contacts of areas never add up to England, because some children's area is not known:"
    " sub-ICB locations make up 94 to 98% of its contacts."
)
WAITS_HELD = (
    "Waits are for April to September 2024, by ICB. Contacts (MHS95) are for March 2021 to August 2023,"
    " by sub-ICB location; NHS regions are missing from July 2022 to March 2023."
)
CONTACTS_HELD = (
    "Contacts to March 2022 are final, later ones are first figures;"
    " England falls by 2.7% from March to April 2023, which the file does not explain."
)
BREAKS = (
    "Children's mental health waits and contacts: a hidden cell (`*`) is a count of 0 to 4, or rests on one; below"
    " England all counts of these are rounded to the nearest 5.",
    WAITS_HELD,
    CONTACTS_HELD,
    "Until June 2022 contacts are by clinical commissioning group,"
    " from July 2022 by the sub-ICB location with the same code.",
    "A cyber incident affected what was submitted on mental health contacts between August 2022 and March 2023.",
    NEVER_ADD_UP,
)
KEYS = ["area_code", "period", "measure"]
FEWEST_ICBS = 30
"""There were 42 until March 2026 and 36 after it; a file with fewer than this is cut short."""


@dataclass(frozen=True)
class Measure:
    """What a measure is called, here and in the files, what it is counted in, and over how many months."""

    name: str
    published: str
    unit: str
    months: int


def _long_waits(code: str, wait: str, published: str) -> dict[str, Measure]:
    """The six measures of those who have waited more than 104, 78 and 52 weeks: a count and a percentage each."""
    found = {}
    for weeks, (count, percent) in {104: ("a", "b"), 78: ("c", "d"), 52: ("e", "f")}.items():
        rest = (
            f"of CYP referral-spells waiting more than {weeks} weeks for {published} that were still"
            " open at the end of the RP"
        )
        name = f"Waiting more than {weeks} weeks for {wait}"
        found[code + count] = Measure(name, f"Number {rest}", "referrals", 1)
        found[code + percent] = Measure(f"{name}, %", f"Proportion {rest}", "percent", 1)
    return found


_NUMBER = "Number of CYP referral-spells"
_OPEN = "still open at the end of the RP"
WAITS: dict[str, Measure] = {
    "MRS08": Measure(
        "Clock stopped in full in three months", f"{_NUMBER} receiving a full clock stop in the RP", "referrals", 3
    ),
    "MRS08a": Measure(
        "Clock stopped in full within 4 weeks, in three months",
        f"{_NUMBER} receiving a full clock stop in less than 4 weeks in the RP",
        "referrals",
        3,
    ),
    "MRS08b": Measure(
        "Clock stopped in full within 4 weeks, % of those in three months",
        "Proportion of CYP referral-spells receiving a full clock stop in less than 4 weeks in the RP",
        "percent",
        3,
    ),
    "MRS09": Measure(
        "Waiting for the clock to stop in full",
        f"{_NUMBER} waiting for a full clock stop that were {_OPEN}",
        "referrals",
        1,
    ),
    **_long_waits("MRS09", "the clock to stop in full", "full clock stop"),
    "MRS10": Measure(
        "Waiting for a first contact",
        "Number of open CYP referral-spells waiting for a 1st contact at the end of the RP",
        "referrals",
        1,
    ),
    "MRS10a": Measure(
        "Days that half of those waiting for a first contact have waited (median)",
        "Median time (days) for open CYP referral-spells waiting for a 1st contact at the end of the RP",
        "days",
        1,
    ),
    "MRS10b": Measure(
        "Days that one in ten of those waiting for a first contact have waited or longer",
        "90th percentile time (days) for open CYP referral-spells waiting for a 1st contact at the end of the RP",
        "days",
        1,
    ),
    "MRS11": Measure("Begun in three months", f"{_NUMBER} that started in the RP", "referrals", 3),
    "MRS12": Measure("Closed in three months", f"{_NUMBER} that closed in the RP", "referrals", 3),
    "MRS13": Measure("Open at the end of the month", f"{_NUMBER} that were {_OPEN}", "referrals", 1),
    **_long_waits("MRS14", "a first contact", "a 1st contact"),
}
"""Measures of the 4-week-wait files, by their published code."""
CHILDREN: dict[str, Measure] = {
    "MHS95": Measure(
        "Children under 18 with at least one contact in twelve months",
        "Number of CYP aged under 18 supported through NHS funded mental health with at least one"
        " contact (12 month rolling)",
        "children",
        12,
    ),
}
MEASURES = WAITS | CHILDREN

_LEVELS = {
    "England": "england",
    "Commissioning Region": "region",
    "ICB of GP Practice or Residence": "icb",
    "CCG of Residence": "sub_icb",
    "Sub ICB of Residence": "sub_icb",
    "Sub ICB - GP Practice or Residence": "sub_icb",
    "Provider": "provider",
}
"""The files' breakdowns; the name of the same one has changed more than once."""
_UNKNOWN = "UNKNOWN"
_COLUMNS = [
    "reporting_period_start",
    "reporting_period_end",
    "breakdown",
    "primary_level",
    "primary_level_description",
    "secondary_level",
    "measure_id",
    "measure_name",
    "measure_value",
]


def expected() -> pa.DataFrameSchema:
    levels = ["england", "region", "icb", "sub_icb"]
    return schema.long_table(
        {"period": schema.text(schema.MONTH_END), "measure": schema.text(allowed=list(MEASURES))},
        area_code=schema.HEALTH_CODE,
        facts={"level": schema.text(allowed=levels), "name": schema.text(r"^\S")},
    )


def build(originals: Originals, _: Areas) -> tuple[pd.DataFrame, list[str]]:
    """The waits_mental_health table and notes of what was left out. Raises ContractBroken."""
    areas = health.read_areas(originals.read(health.LOOKUP), health.LOOKUP)
    parts = [read(originals.read(file), file, WAITS) for file in FOUR_WEEKS]
    parts.append(read(originals.read(CONTACTS), CONTACTS, CHILDREN))
    table = health.with_names(pd.concat(parts, ignore_index=True), areas)
    wanted = ["level", *KEYS[:1], "name", *KEYS[1:], "value", "status"]
    notes = [
        "Rows of providers and of children whose ICB is not known are left out.",
        "Contacts in the twelve months to 31 August 2023:"
        " the file writes the first day in American order (09/01/2022); the last day, which is used, is plain.",
    ]
    return reading.as_categories(table[wanted], KEYS).astype(
        {"level": "category", "name": "category", "status": "category"}
    ), notes


def read(content: bytes, file: str, measures: dict[str, Measure]) -> pd.DataFrame:
    """A file of the Mental Health Services Monthly Statistics: level, area_code, name, period, measure, value, status.

    Keeps the given measures of England, regions, ICBs and sub-ICB locations;
    each must be there under its agreed name. Raises ContractBroken.
    """
    frame = reading.read_csv(content, file, _COLUMNS)[_COLUMNS].apply(
        lambda cells: cells.str.replace("\xa0", " ").str.strip()
    )
    reading.check_labels(frame["breakdown"], _LEVELS, file, "breakdown")
    _check_measures(frame, measures, file)
    frame["level"] = frame["breakdown"].map(_LEVELS)
    kept = (
        frame["measure_id"].isin(measures)
        & frame["level"].ne("provider")
        & frame["primary_level"].str.upper().ne(_UNKNOWN)
    )
    frame = frame[kept].reset_index(drop=True)
    if not frame["secondary_level"].eq("NONE").all():
        raise ContractBroken(file, "a row of a whole area is divided further (secondary_level), which was not agreed.")
    frame["period"] = frame["reporting_period_end"].map(
        {text: periods.month_end(text, file) for text in frame["reporting_period_end"].unique()}
    )
    _check_starts(frame, measures, file)
    frame["area_code"] = frame["primary_level"].where(frame["level"].ne("england"), ENGLAND)
    frame = frame.rename(columns={"measure_id": "measure", "primary_level_description": "name"})
    frame["value"], frame["status"] = parse(frame["measure_value"], health.SYMBOLS, file)
    _check_whole(frame, measures, file)
    return frame[["level", "area_code", "name", "period", "measure", "value", "status"]]


def _check_measures(frame: pd.DataFrame, measures: Collection[str], file: str) -> None:
    """Every agreed measure under its published name, and no measure of children that was not agreed."""
    names = frame[["measure_id", "measure_name"]].drop_duplicates()
    new = names[names["measure_name"].str.contains("CYP") & ~names["measure_id"].isin(MEASURES)]
    if len(new):
        raise ContractBroken(file, f"it has a measure of children that was not agreed: {new['measure_id'].iloc[0]}.")
    absent = sorted(set(measures) - set(names["measure_id"]))
    if absent:
        raise ContractBroken(file, f"the agreed measures {', '.join(absent[:5])} are not in it.")
    for code, name in names[names["measure_id"].isin(measures)].itertuples(index=False):
        if name != MEASURES[code].published:
            raise ContractBroken(file, f"{code} is called '{name}', and '{MEASURES[code].published}' was agreed.")


def _check_starts(frame: pd.DataFrame, measures: dict[str, Measure], file: str) -> None:
    """A period must begin when its measure says. One period of a real file has its first day in American order."""
    for end, start, code in (
        frame[["period", "reporting_period_start", "measure_id"]].drop_duplicates().itertuples(index=False)
    ):
        first = periods.first_day(end, measures[code].months)
        if start not in {first.strftime(form) for form in (*periods.DAY_FIRST, "%m/%d/%Y")}:
            raise ContractBroken(
                file, f"{code} to {end} begins on '{start}', and {measures[code].months} months were agreed."
            )


def _check_whole(frame: pd.DataFrame, measures: Collection[str], file: str) -> None:
    """Once each: England for every period and measure, and enough areas below it."""
    if frame.duplicated(KEYS).any():
        raise ContractBroken(
            file, f"two rows for area {frame.loc[frame.duplicated(KEYS), 'area_code'].iloc[0]}, a period and a measure."
        )
    if frame["level"].eq("england").sum() != frame["period"].nunique() * len(measures):
        raise ContractBroken(file, "England must have exactly one row for each period and measure.")
    regions = frame[frame["level"].eq("region")].groupby(["period", "measure"]).size()
    if regions.nunique() > 1:
        raise ContractBroken(
            file, "some period or measure has fewer NHS regions than others; the file may be cut short."
        )
    below = frame[frame["level"].isin(["icb", "sub_icb"])].groupby(["period", "measure"]).size()
    if len(below) != frame["period"].nunique() * len(measures) or below.nunique() != 1 or below.min() < FEWEST_ICBS:
        raise ContractBroken(
            file, "some period or measure has fewer ICBs or sub-ICB locations than others; the file may be cut short."
        )


TABLE = TableDefinition(
    name="waits_mental_health",
    title="Children and NHS mental health services: contacts and waits",
    grain="one row an NHS area, reporting period and measure",
    expected=expected,
    breaks=BREAKS,
    originals={**dict.fromkeys(FOUR_WEEKS, "mhsds_4ww_2024"), CONTACTS: "mhs95_2023", health.LOOKUP: "nhs_areas_2022"},
    build=build,
)
