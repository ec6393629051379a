"""process: how requests, assessments, plans and reviews go.

Grain: area_code x period x measure.

- `period`: a calendar-year flow (`2014` to `2024`), or a January stock for personal budgets and
  residential placements (`2019-01` to `2025-01`): the two are never joined by label.
- `measure`: MEASURES (process_measures.py) gives each its plain name, unit (`children`, `percent`, `appeals`,
  `decisions`) and step.
- `value`: in that unit. Percentages are the publisher's own, except `appeal_rate`, which is
  published too but worked out again (tribunal.py), and `appeal_rate_in_development`, a newer rate
  on fewer decisions that the same file gives for 2024. England's leaves out the appeals of the
  authorities whose decisions are suppressed, as the file's second row of England does.
- Plans that ceased for another reason or one that is not recorded are one measure (OTHER_REASONS).
- Annual reviews are told by when the last meeting was: in the year, before it, after it, or none on
  record; only the four together are the reviews due. The file's columns for them carry the year and
  are found by rule (reviews.py). `review_meetings_held` is the sum of the first three. From 2025 on DfE counts
  reviews completed instead, which are measures of their own (`reviews_completed_...`, `completed_review...`).

Of a measure and year that two releases hold, the newest release with any figure is used.

Sources: DfE "Education, health and care plans", release 2025 and release 2022 (2014 to 2018, and
single measures that the newer release no longer gives); SEND tribunal appeal rates by HM Courts
and Tribunals Service and DfE (supporting file of release 2025).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from sendlib.areas import Areas
from sendlib.errors import ContractBroken
from sendlib.sources.originals import Originals
from sendlib.tables import ehc_labels, periods, reading, reviews, schema, symbols
from sendlib.tables.definition import TableDefinition
from sendlib.tables.plans import CASELOAD, read_caseload
from sendlib.tables.process_measures import ADDED_IN_2026, COLUMNS_2022, COMPLETED_REVIEWS, MEASURES, MEETINGS
from sendlib.tables.process_measures import FILES as FILES  # for those who refresh the table
from sendlib.tables.symbols import NOT_AVAILABLE, VALUE
from sendlib.tables.tribunal import read_rates, read_tribunal

if TYPE_CHECKING:
    import pandera.pandas as pa

KEYS = ["area_code", "period", "measure"]
_2025 = "ehcp/education-health-and-care-plans_2025.zip::"
_2022 = "ehcp/education-health-and-care-plans_2022.zip::data/sen2_mi.csv"
RATES = "ehcp/release_2026/SEND_appealable_decisions_rate_2024-2025.csv"
TRIBUNAL = _2025 + "supporting-files/SEND Tribunals and appeal rate 2014-2024.csv"
OTHER_REASONS = (
    "Plans that ceased for another reason and those whose reason is not recorded are one number here in every year: the"
    " release of 2026 counts them in one column, and that of 2025 named its two columns in two ways."
)
REVIEWS = (
    "Annual reviews: up to 2024 DfE counted review meetings; from 2025 it counts reviews that were completed, and"
    " outcomes and decisions of those completed in the year only. The two are not comparable and stand apart."
)
BUDGETS = (
    "Personal budgets: by the data guidance of release 2025 the columns count budgets for education only, for health"
    " only, for social care only and for any combination; the guidance of the releases before it calls such counts"
    " direct payments. It does not say whether earlier years are counted in the new way."
)
BREAKS = (
    "From the calendar year 2022 (plans in place:"
    " January 2023) DfE collects each request, assessment and plan by itself; before, authorities sent totals.",
    "During part of 2020 the law on time limits was changed because of coronavirus.",
    "2024: Dorset and the City of London classed all new plans as permitted exceptions to the 20-week limit.",
    "2022: new plans of the authorities of Yorkshire and The Humber are not available, because the release shows the"
    " region's total for each of them; Wakefield sent totals only.",
    "2023: Leicester, the Isle of Wight and Hackney have no figures for requests, assessments or timeliness.",
    "Appeal rate 2024: Central Bedfordshire and Cambridgeshire are not available,"
    " because the file gives each the other's appealable decisions.",
    "Appeal rate: Lancashire 2022, Peterborough and the Isle of Wight 2023 are not available, because their"
    " appealable decisions, which include every plan in place, are fewer than their plans; nor is that of the Isles"
    " of Scilly for 2024, with three times as many.",
    "Appealable decisions from 2023:"
    " the publisher asks for caution against earlier years, because of the new collection.",
    OTHER_REASONS,
    BUDGETS,
    REVIEWS,
)


@dataclass(frozen=True)
class Footnote:
    """Why the publisher gives no figures of some authorities for one step and year, in its own words made short."""

    step: str
    period: str
    areas: tuple[str, ...]
    reason: str
    source: str


_REVIEWS_FOOTNOTE = (
    "Education, health and care plans, reporting year 2025: data guidance, annual_reviews.csv, footnote 1"
)
FOOTNOTES = (
    Footnote(
        "annual reviews",
        "2024",
        ("870", "890"),
        "DfE says that the authority was unable to return data on annual reviews",
        _REVIEWS_FOOTNOTE,
    ),
    Footnote(
        "annual reviews",
        "2024",
        ("317", "320", "879", "919", "936"),
        "DfE says that it has queries about the quality of the authority's reviews data and suppressed"
        " them pending further checks",
        _REVIEWS_FOOTNOTE,
    ),
)
"""From the release's data guidance: Reading and Blackpool; Redbridge, Waltham Forest, Plymouth, Hertfordshire and
Surrey."""


def expected() -> pa.DataFrameSchema:
    return schema.long_table(
        {"period": schema.text(r"^20\d{2}(-01)?$"), "measure": schema.text(allowed=list(MEASURES))}
    )


def build(originals: Originals, areas: Areas) -> tuple[pd.DataFrame, list[str]]:
    """The process table and notes on figures that were left out. Raises ContractBroken."""
    notes: list[str] = []
    newest = []
    for name, (kind, columns) in FILES.items():
        file = f"{_2025}data/{name}.csv"
        frame, found = read_2025(originals.read(file), file, kind, columns)
        newest.append(frame)
        notes += found
    recent = pd.concat(newest, ignore_index=True)
    older = read_2022(originals.read(_2022), _2022)
    tribunal, found = read_tribunal(
        originals.read(TRIBUNAL), TRIBUNAL, areas, read_caseload(originals.read(CASELOAD), CASELOAD)
    )
    rates, newer = read_rates(originals.read(RATES), RATES, areas)
    frame = pd.concat([newest_with_a_figure(recent, older), with_newer_rates(tribunal, rates)], ignore_index=True)
    return reading.as_categories(frame, KEYS).astype({"status": "category"}), notes + found + newer


def with_newer_rates(held: pd.DataFrame, newer: pd.DataFrame) -> pd.DataFrame:
    """Figures of the tribunal with those of a newer report in place of the same measures and years."""
    measures = [KEYS[1], KEYS[2]]
    replaced = pd.MultiIndex.from_frame(held[measures].astype(str)).isin(
        pd.MultiIndex.from_frame(newer[measures].astype(str).drop_duplicates())
    )
    return pd.concat([held[~replaced], newer[list(held.columns)]], ignore_index=True)


def read_2025(content: bytes, file: str, kind: str, columns: dict[str, str]) -> tuple[pd.DataFrame, list[str]]:
    """The total rows of one file of a release from 2025 on; characteristics are left in the original.

    `kind` and `columns` are those of process_measures.FILES. A measure that the
    release does not have has no rows.
    """
    frame = reading.read_csv(content, file, [*reading.EES_AREA_COLUMNS, "breakdown_topic", "breakdown"])
    frame = _as_agreed(frame, file, columns)
    columns = {column: measure for column, measure in columns.items() if column in frame}
    topic = frame.breakdown_topic.str.strip().str.casefold()
    totals = topic.str.startswith("all ") | topic.eq("new ehc plans")
    if topic[totals].nunique() != 1:
        found = sorted(topic[totals].unique())
        raise ContractBroken(file, f"exactly one topic must hold the totals; found {found or 'none'}.")
    frame = reading.with_area_codes(frame[totals].reset_index(drop=True), file)
    dated = periods.january_of if kind == "stock" else periods.calendar_year
    frame["period"] = [
        dated(period, identifier, file)
        for period, identifier in zip(frame.time_period, frame.time_identifier, strict=True)
    ]
    reading.check_totals(frame, file)
    long = reading.melt(
        frame, ["area_code", "level", "region_code", "period"], columns, "measure", ehc_labels.MISSING, file
    )
    added = {columns[column] for column in ADDED_IN_2026 if column in columns} | set(COMPLETED_REVIEWS.values())
    long = _without_years_of_nobody(long, added)
    long, below_zero = without_negative_counts(long, file)
    long, region_totals = without_region_totals(long, file)
    return long[[*KEYS, "value", "status"]], below_zero + region_totals


def _as_agreed(frame: pd.DataFrame, file: str, columns: dict[str, str]) -> pd.DataFrame:
    """A file of any layout with the columns that `columns` names, as far as its release has them.

    Raises ContractBroken where a column is not there that every release of its layout has.
    """
    needed = [column for column in columns if column not in ADDED_IN_2026]
    if "review_expected" in columns:
        frame = reviews.without_years(frame, file)
        other_layout = set(MEETINGS if "review_not_completed" in frame else COMPLETED_REVIEWS)
        needed = [column for column in needed if column not in other_layout]
    if "other_or_not_recorded" in columns:
        frame = _with_other_reasons(frame, file)
    missing = [column for column in needed if column not in frame]
    if missing:
        raise ContractBroken(file, f"the agreed columns {', '.join(missing)} are not in it.")
    return frame


def _with_other_reasons(frame: pd.DataFrame, file: str) -> pd.DataFrame:
    """Ceased plans with one column for other reasons and those not recorded: the sum of two where there are two.

    One of them missing makes the sum missing.
    """
    if "other" not in frame:
        raise ContractBroken(file, "the agreed columns other are not in it.")
    if "not_rec" not in frame:
        return frame.rename(columns={"other": "other_or_not_recorded"})
    numbers = [symbols.parse(frame[column], ehc_labels.MISSING, file)[0] for column in ("other", "not_rec")]
    both = numbers[0] + numbers[1]
    return frame.assign(other_or_not_recorded=both.map("{:.0f}".format).where(both.notna(), "x"))


def _without_years_of_nobody(long: pd.DataFrame, measures: set[str]) -> pd.DataFrame:
    """No rows of those measures in years in which no area has a figure, before they were counted."""
    held = long.status.eq(VALUE).groupby([long.measure, long.period]).transform("any")
    return long[held | ~long.measure.isin(measures)].reset_index(drop=True)


def without_negative_counts(long: pd.DataFrame, file: str) -> tuple[pd.DataFrame, list[str]]:
    """A published count below zero is a slip of the publisher's subtraction: not available."""
    wrong = long.value.lt(0)
    notes = [
        f"{file.rpartition('/')[2]}, {row.period}: area {row.area_code} has {row.value:.0f} as"
        f" '{MEASURES[row.measure].name}'; a count can not be below zero, so it is not available."
        for row in long[wrong].itertuples()
    ]
    long.loc[wrong, ["value", "status"]] = [float("nan"), NOT_AVAILABLE]
    return long, notes


def without_region_totals(long: pd.DataFrame, file: str) -> tuple[pd.DataFrame, list[str]]:
    """Authorities that carry their region's total become not available.

    In release 2025, every authority of Yorkshire and The Humber has the
    region's 6,078 new plans of 2022. Two authorities of a region with exactly
    the region's own (non-zero) figure can not both be right.
    """
    whole = long[long.level.eq("regional")].set_index(["area_code", "period", "measure"]).value
    counts_only = long.measure.map(lambda measure: MEASURES[measure].unit == "children")
    rows = long.level.eq("local authority") & long.value.gt(0) & counts_only
    keys = pd.MultiIndex.from_frame(long.loc[rows, ["region_code", "period", "measure"]])
    same = pd.Series(whole.reindex(keys).to_numpy() == long.loc[rows, "value"].to_numpy(), index=long.index[rows])
    wrong = long.loc[same.index[same]]
    counts = wrong.groupby(["region_code", "period", "measure"]).size()
    notes = []
    for (region, period, measure), number in counts[counts > 1].items():
        hit = wrong.index[wrong.region_code.eq(region) & wrong.period.eq(period) & wrong.measure.eq(measure)]
        long.loc[hit, ["value", "status"]] = [float("nan"), NOT_AVAILABLE]
        notes.append(
            f"{file.rpartition('/')[2]}, {period}: {number} authorities of {region} carry the region's own total as"
            f" '{MEASURES[measure].name}'; theirs are not available."
        )
    return long, notes


def read_2022(content: bytes, file: str) -> pd.DataFrame:
    """Release 2022: one row an area and calendar year, 2014 to 2021, no breakdowns."""
    frame = reading.read_csv(content, file, [*reading.EES_AREA_COLUMNS, *COLUMNS_2022])
    frame = reading.with_area_codes(frame, file)
    frame["period"] = [
        periods.calendar_year(period, kind, file)
        for period, kind in zip(frame.time_period, frame.time_identifier, strict=True)
    ]
    reading.check_totals(frame, file, counted="totincexcehc")
    return reading.melt(frame, ["area_code", "period"], COLUMNS_2022, "measure", ehc_labels.MISSING, file)


def newest_with_a_figure(recent: pd.DataFrame, older: pd.DataFrame) -> pd.DataFrame:
    """For each measure and period the newest release that holds any figure; never both."""
    held = recent[recent.status.eq(VALUE)].groupby(["measure", "period"]).size().index
    of_older = pd.MultiIndex.from_frame(older[["measure", "period"]])
    useful = older[older.status.eq(VALUE)].groupby(["measure", "period"]).size().index.difference(held)
    of_recent = pd.MultiIndex.from_frame(recent[["measure", "period"]])
    return pd.concat([recent[~of_recent.isin(useful)], older[of_older.isin(useful)]], ignore_index=True)


TABLE = TableDefinition(
    name="process",
    title="From request to review",
    grain="one row an area, period and measure",
    expected=expected,
    breaks=BREAKS,
    originals={
        **{f"{_2025}data/{name}.csv": "ehc_plans_2025" for name in FILES},
        TRIBUNAL: "tribunal_2025",
        RATES: "tribunal_2026",
        _2022: "ehc_plans_2022",
    },
    build=build,
)
