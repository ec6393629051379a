"""adhd: referrals in England that may be for ADHD, by age and by how long they have been open.

Grain: area_code x period x measure x age x open_for.

- `area_code`: England alone.
- `period`: the last day of a month, `2024-09-30` to `2025-09-30`.
- `measure`: MEASURES. `open`: referrals that were open at the end of the month; `no_contact`: those of
  them without a contact yet; `new`: referrals that came in the month.
- `age`: AGES, all ages together as well. `open_for`: how long an open referral has been open
  (OPEN_FOR), for `open` and all ages only; `any` for everything else.
- `value`: number of referrals, rounded by NHS England to 5, so that 0 is none or very few.

They are referrals that may be for ADHD, not children with ADHD, and a referral stays open after the
first contact: how long it has been open is not the wait for an assessment.

The copy holds two editions of the same months. A later loading turned the month `Sep-24` into the
day 2024-09-24, an earlier one wrote 2024-09-01. Shipped is the later edition: the row with the
year as its day where a month has two, and its only row from July 2025 on. The open referrals must be
those of a file that has the later edition alone. June to August 2024 are in the earlier edition alone
and are left out.

Source: NHS England, ADHD management information, as a public project keeps its summary tables.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

import pandas as pd

from sendlib.areas import Areas
from sendlib.errors import ContractBroken
from sendlib.sources.originals import Originals
from sendlib.tables import periods, reading, schema
from sendlib.tables.definition import TableDefinition
from sendlib.tables.symbols import VALUE, parse

if TYPE_CHECKING:
    import pandera.pandas as pa

OPEN = "nhs/adhd/adhd_summary_open_referrals_age.csv"
LATER = "nhs/adhd/adhd_summary_waiting_assessment_age.csv"
BANDS = "nhs/adhd/adhd_summary_waiting_assessment_waiting_time.csv"
NO_CONTACT = "nhs/adhd/adhd_summary_waiting_no_contact_age.csv"
NEW = "nhs/adhd/adhd_summary_new_referrals_age.csv"
FILES = (OPEN, LATER, BANDS, NO_CONTACT, NEW)
KEYS = ["area_code", "period", "measure", "age", "open_for"]
BREAKS = (
    "The series has a break at February 2025: open referrals rose by 83,360 (23 per cent) in that month, nearly all of"
    " people of 18 and over. It is not so many more people asking for help.",
    "Referrals that may be for ADHD, not children with ADHD. How long a referral has been open is not the wait for an"
    " assessment: it stays open after the first contact.",
    "Counted from the Mental Health Services Data Set. NHS England estimates the waits for community paediatrics apart;"
    " they are not in these figures.",
)
MEASURES = {
    "open": "Open referrals at the end of the month",
    "no_contact": "Open referrals without a contact yet",
    "new": "New referrals in the month",
}
ALL, ANY = "all", "any"
AGES = {
    ALL: "All ages",
    "0-4": "0 to 4",
    "5-17": "5 to 17",
    "18-24": "18 to 24",
    "25+": "25 and over",
    "unknown": "Age not known",
}
OPEN_FOR = {
    ANY: "However long",
    "under 13 weeks": "Under 13 weeks",
    "13-52 weeks": "13 to 52 weeks",
    "52-104 weeks": "52 to 104 weeks",
    "104 weeks or more": "104 weeks or more",
}
_AGES = {
    "total": ALL,
    "age_0_to_4": "0-4",
    "age_5_to_17": "5-17",
    "age_18_to_24": "18-24",
    "age_25": "25+",
    "unknown": "unknown",
}
_BANDS = {
    "waiting_time_up_to_13_weeks": "under 13 weeks",
    "waiting_time_13_to_52_weeks": "13-52 weeks",
    "waiting_time_52_to_104_weeks": "52-104 weeks",
    "waiting_time_104_weeks_or_more": "104 weeks or more",
}
_ROUNDED_TO = 5
_LEEWAY = 20  # the total is a sum of five rounded ages, the bands are four rounded numbers: up to 22.5 apart


def expected() -> pa.DataFrameSchema:
    return schema.long_table(
        {
            "period": schema.text(schema.MONTH_END),
            "measure": schema.text(allowed=list(MEASURES)),
            "age": schema.text(allowed=list(AGES)),
            "open_for": schema.text(allowed=list(OPEN_FOR)),
        },
        area_code=f"^{reading.ENGLAND}$",
    )


def build(originals: Originals, _: Areas) -> tuple[pd.DataFrame, list[str]]:
    """The adhd table and a note on months that are left out. Raises ContractBroken."""
    return read({file: originals.read(file) for file in FILES})


def read(contents: Mapping[str, bytes]) -> tuple[pd.DataFrame, list[str]]:
    """The five files by name, as long rows, and the note. Raises ContractBroken where they do not agree."""
    later = _figures(contents[LATER], LATER, _AGES)
    bands = _figures(contents[BANDS], BANDS, _BANDS)
    by_age: dict[str, pd.DataFrame] = {}
    left_out: set[str] = set()
    for measure, file in (("open", OPEN), ("no_contact", NO_CONTACT), ("new", NEW)):
        figures = _figures(contents[file], file, _AGES)
        gone = sorted(set(later.index) - set(figures.index))
        if gone:
            raise ContractBroken(file, f"it has no row for {gone[0]}.")
        left_out |= set(figures.index) - set(later.index)
        by_age[measure] = figures.loc[later.index]
        _check_ages(by_age[measure], file)
    _check_agree(by_age, later, bands)
    parts = [_long(figures, measure, "age").assign(open_for=ANY) for measure, figures in by_age.items()]
    parts.append(_long(bands, "open", "open_for").assign(age=ALL))
    table = pd.concat(parts, ignore_index=True).assign(area_code=reading.ENGLAND, status=VALUE)
    table = reading.as_categories(table[[*KEYS, "value", "status"]], KEYS).astype({"status": "category"})
    said = ", ".join(periods.spoken_month(month) for month in sorted(left_out))
    return table, [f"Left out, because only an earlier edition has them: {said}."] if left_out else []


def _figures(content: bytes, file: str, columns: Mapping[str, str]) -> pd.DataFrame:
    """One row a month (`2024-09`) of the later edition, in our columns; rounded numbers all.

    Of two rows for a month the later edition's has the year as its day.
    """
    frame = reading.read_csv(content, file, ["date_val", *columns])
    figures = pd.DataFrame({label: parse(frame[column], {}, file)[0] for column, label in columns.items()})
    if figures.mod(_ROUNDED_TO).ne(0).any(axis=None) or figures.lt(0).any(axis=None):
        raise ContractBroken(file, "it holds a number that is not rounded to 5.")
    days = [_day(text, file) for text in frame["date_val"]]
    figures["later"] = [day.day == day.year % 100 for day in days]
    figures["month"] = [f"{day.year}-{day.month:02d}" for day in days]
    if figures.duplicated(["month", "later"]).any():
        raise ContractBroken(
            file, f"two rows for {figures.loc[figures.duplicated(['month', 'later']), 'month'].iloc[0]}."
        )
    figures = figures.sort_values(["month", "later"]).drop_duplicates("month", keep="last")
    return figures.drop(columns="later").set_index("month")


def _day(text: str, file: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise ContractBroken(file, f"'{text}' is not a day such as 2025-09-01.") from None
    if day.day not in (1, day.year % 100):
        raise ContractBroken(file, f"'{text}' is neither the first of a month nor a month with its year as the day.")
    return day


def _check_ages(figures: pd.DataFrame, file: str) -> None:
    difference = figures.drop(columns=ALL).sum(axis=1) - figures[ALL]
    wrong = difference[difference.ne(0)]
    if len(wrong):
        raise ContractBroken(
            file, f"the ages of {wrong.index[0]} do not add up to the total (off by {wrong.iloc[0]:g})."
        )


def _check_agree(by_age: Mapping[str, pd.DataFrame], later: pd.DataFrame, bands: pd.DataFrame) -> None:
    """One edition: the file of the later one alone has the same open referrals, and the bands add up to them."""
    if not by_age["open"].eq(later[by_age["open"].columns]).all(axis=None):
        raise ContractBroken(OPEN, f"its open referrals are not those of {LATER}.")
    if list(bands.index) != list(later.index) or (bands.sum(axis=1) - later[ALL]).abs().max() > _LEEWAY:
        raise ContractBroken(BANDS, f"its bands do not add up to the open referrals of {LATER} in every month.")
    if by_age["no_contact"].gt(by_age["open"]).any(axis=None):
        raise ContractBroken(NO_CONTACT, "more referrals are without a contact than are open.")


def _long(figures: pd.DataFrame, measure: str, dimension: str) -> pd.DataFrame:
    long = figures.rename_axis(columns=dimension).stack().rename("value").reset_index()
    ends = {month: periods.end_of_month(int(month[:4]), int(month[5:])) for month in figures.index}
    return long.assign(period=long["month"].map(ends), measure=measure).drop(columns="month")


TABLE = TableDefinition(
    name="adhd",
    title="Referrals that may be for ADHD: open, without a contact and new, England",
    grain="one row a month, measure, age and how long it has been open",
    expected=expected,
    breaks=BREAKS,
    originals=dict.fromkeys(FILES, "adhd_2025"),
    build=build,
)
