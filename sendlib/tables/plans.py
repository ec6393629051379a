"""plans: children and young people with an EHC plan, each January since 2010.

Grain: area_code x period x measure x characteristic x category.

- `period`: a January stock, `2010-01` to `2026-01`. January 2026 has totals only, of 151 authorities.
- `measure`: `plans` (EHC plans, with statements of SEN until 2018, when the last were
  replaced), and for 2010 to 2018 also `ehc_plans` and `statements` apart.
- `characteristic`, `category`: `total`/`All`; `age_band` (2010-2023, and 2024-2025 added up from
  single years); `age`, `age_at_start`, `sex`, `ethnicity`, `years_in_place` (2024 and 2025).
- `value`: number of children and young people aged 0 to 25 whose plan the authority maintains,
  wherever they live or learn. `status`: tables/symbols.py.

Sources: DfE "Education, health and care plans", release 2025 (January 2019 to 2025) and release
2022 (January 2010 to 2018, and age bands to 2022). The years 2019 to 2022 stand in both and agree;
the newer one is used, so no year is counted twice. The totals of January 2026 stand in a file of
release 2026 on phase transfers (phase_transfers.py), the age bands of January 2023 in a file that
DfE prepared for its dashboard.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from sendlib.areas import Areas
from sendlib.errors import ContractBroken
from sendlib.sources.originals import Originals
from sendlib.tables import ehc_labels, periods, phase_transfers, reading, schema
from sendlib.tables.definition import TableDefinition
from sendlib.tables.ehc_labels import ALL, TOTAL
from sendlib.tables.symbols import NOT_AVAILABLE, VALUE

if TYPE_CHECKING:
    import pandera.pandas as pa

CASELOAD = "ehcp/education-health-and-care-plans_2025.zip::data/caseload.csv"
AGES_TO_2022 = "ehcp/education-health-and-care-plans_2022.zip::data/sen2_age_caseload.csv"
AGES_TO_2023 = "inclusion_dashboard/ehcp_ageprofile.csv.gz"
BREAKS = (
    "From January 2023 DfE collects each plan by itself; before, authorities sent totals.",
    "Until January 2018 the count includes statements of SEN, which EHC plans replaced from September 2014.",
    "Age bands of January 2023 come from an earlier release. Bradford's added up to one plan more then than DfE counts"
    " today, so those of Bradford, of Yorkshire and The Humber and of England are not available.",
    "Sex and ethnicity are held for January 2024 and 2025 only.",
    "January 2024: Hackney and Peterborough sent a total only, so their characteristics are not available and the"
    " characteristics of England add up to 572,829 of 576,474.",
)
MEASURES = ["plans", "ehc_plans", "statements"]
KEYS = ["area_code", "period", "measure", "characteristic", "category"]
_OLD_BANDS = {
    "total": ALL,
    "under 5": "Under 5",
    "age 5 to 10": "5 to 10",
    "age 11 to 15": "11 to 15",
    "age 16 to 19": "16 to 19",
    "age 20 to 25": "20 to 25",
}


def expected() -> pa.DataFrameSchema:
    return schema.long_table(
        {
            "period": schema.text(schema.JANUARY),
            "measure": schema.text(allowed=MEASURES),
            "characteristic": schema.text(allowed=[c for c in ehc_labels.CHARACTERISTICS if c != "placement"]),
            "category": schema.text(),
        }
    )


def build(originals: Originals, _: Areas) -> tuple[pd.DataFrame, list[str]]:
    """The plans table and notes on what was found. Raises ContractBroken."""
    recent = read_caseload(originals.read(CASELOAD), CASELOAD)
    older = read_ages_to_2022(originals.read(AGES_TO_2022), AGES_TO_2022)
    recent_periods = set(recent.loc[recent.characteristic.eq(TOTAL), "period"])
    in_both = older.period.isin(recent_periods)
    _check_same(recent, older[in_both & older.measure.eq("plans")])
    # Of the years in both releases only the age bands are kept from the older one.
    keep = ~in_both | (older.measure.eq("plans") & older.characteristic.eq("age_band"))
    newest = newest_totals(originals.read(phase_transfers.FILE), phase_transfers.FILE, recent_periods)
    frame = pd.concat([recent, newest, age_bands(recent), older[keep]], ignore_index=True)
    between, notes = bands_of_other_years(read_age_bands(originals.read(AGES_TO_2023), AGES_TO_2023), frame)
    frame = pd.concat([frame, between], ignore_index=True)
    return reading.as_categories(frame[[*KEYS, "value", "status"]], KEYS).astype({"status": "category"}), [
        *_without_a_total(newest),
        *notes,
    ]


def _without_a_total(newest: pd.DataFrame) -> list[str]:
    """A note on the areas without a figure in the file that gives the newest totals only."""
    return [
        f"{period}: totals only, from the file on phase transfers. It gives none for"
        f" {', '.join(f'area {code}' for code in rows.loc[rows.value.isna(), 'area_code']) or 'no area'}, whose plans"
        " are counted in their regions and in England."
        for period, rows in newest.groupby("period")
    ]


def newest_totals(content: bytes, file: str, held: set[str]) -> pd.DataFrame:
    """The totals of the file on phase transfers, of Januaries that are not held as totals already.

    The file counts every plan in place, as the caseload does; the caseload goes before it.
    """
    found = phase_transfers.read_totals(content, file)
    found = found.assign(measure="plans", characteristic=TOTAL, category=ALL)
    return found.loc[~found.period.isin(held), [*KEYS, "value", "status"]]


def read_age_bands(content: bytes, file: str) -> pd.DataFrame:
    """DfE's table for its dashboard: plans and statements together by age band, January 2010 to 2023, no totals."""
    columns = ["characteristic_age", "ehcp_or_statement", "num_caseload"]
    frame = reading.read_csv(content, file, [*reading.EES_AREA_COLUMNS, *columns])
    frame = reading.with_area_codes(frame[frame.ehcp_or_statement.str.strip().eq("Total")].reset_index(drop=True), file)
    label = frame.characteristic_age.str.strip().str.casefold()
    bands = {name: band for name, band in _OLD_BANDS.items() if band != ALL}
    reading.check_labels(label, bands, file, "characteristic_age")
    frame = frame.assign(category=label.map(bands), characteristic="age_band")
    frame["period"] = [
        periods.january_of(period, kind, file)
        for period, kind in zip(frame.time_period, frame.time_identifier, strict=True)
    ]
    keys = [key for key in KEYS if key != "measure"]
    return reading.melt(frame, keys, {"num_caseload": "plans"}, "measure", ehc_labels.MISSING, file)


def bands_of_other_years(bands: pd.DataFrame, held: pd.DataFrame) -> tuple[pd.DataFrame, list[str]]:
    """The bands of Januaries that have none yet, with a note on areas whose bands do not add up to their plans.

    Raises ContractBroken where a band that is held already has another number.
    """
    keys = ["area_code", "period", "category"]
    own = held[held.measure.eq("plans") & held.characteristic.eq("age_band")]
    both = bands.merge(own, on=keys, suffixes=("", "_held")).dropna(subset=["value", "value_held"])
    differ = both[both.value.ne(both.value_held)]
    if len(differ):
        row = differ.iloc[0]
        raise ContractBroken(
            AGES_TO_2023,
            f"area {row.area_code} has {row.value:.0f} plans aged {row.category} in {row.period} where"
            f" {row.value_held:.0f} are held.",
        )
    new = bands[~bands.period.isin(set(own.period))].reset_index(drop=True)
    totals = held[held.measure.eq("plans") & held.characteristic.eq(TOTAL)].set_index(["area_code", "period"]).value
    summed = new.groupby(["area_code", "period"]).value.sum(min_count=len(ehc_labels.AGE_BANDS))
    whole = totals.reindex(summed.index)
    wrong = summed[summed.ne(whole)].index
    here = pd.MultiIndex.from_frame(new[["area_code", "period"]]).isin(wrong)
    new.loc[here, ["value", "status"]] = [float("nan"), NOT_AVAILABLE]
    notes = [
        f"Age bands, {period}: those of area {code} add up to {summed[code, period]:,.0f} and its plans are"
        f" {whole[code, period]:,.0f}; they are not available."
        for code, period in wrong
    ]
    return new[[*KEYS, "value", "status"]], notes


def read_caseload(content: bytes, file: str) -> pd.DataFrame:
    """The 2025 layout (and the 2026 header): totals since 2019, characteristics for the last two years."""
    wanted = [*reading.EES_AREA_COLUMNS, "breakdown_topic", "breakdown", "ehcplans"]
    frame = reading.with_area_codes(reading.read_csv(content, file, wanted), file)
    frame = ehc_labels.characteristics(frame, file)
    frame["period"] = [
        periods.january_of(period, kind, file)
        for period, kind in zip(frame.time_period, frame.time_identifier, strict=True)
    ]
    reading.check_totals(frame[frame.characteristic.eq(TOTAL)], file, counted="ehcplans")
    reading.check_same_sums(frame, "ehcplans", file)
    frame["measure"] = "plans"
    keys = [key for key in KEYS if key != "measure"]
    long = reading.melt(frame, keys, {"ehcplans": "plans"}, "measure", ehc_labels.MISSING, file)
    return reading.check_counts(long, file)[[*KEYS, "value", "status"]]


def read_ages_to_2022(content: bytes, file: str) -> pd.DataFrame:
    """The 2022 layout: totals and five age bands, statements and EHC plans apart."""
    columns = {"total_all": "plans", "total_ehc": "ehc_plans", "total_st": "statements"}
    frame = reading.read_csv(content, file, [*reading.EES_AREA_COLUMNS, "characteristic_age", *columns])
    frame = reading.with_area_codes(frame, file)
    label = frame.characteristic_age.str.strip().str.casefold()
    reading.check_labels(label, _OLD_BANDS, file, "characteristic_age")
    frame["category"] = label.map(_OLD_BANDS)
    frame["characteristic"] = label.eq("total").map({True: TOTAL, False: "age_band"})
    frame["period"] = [
        periods.january_of(period, kind, file)
        for period, kind in zip(frame.time_period, frame.time_identifier, strict=True)
    ]
    reading.check_totals(frame[frame.characteristic.eq(TOTAL)], file, counted="total_all")
    keys = [key for key in KEYS if key != "measure"]
    return reading.melt(frame, keys, columns, "measure", ehc_labels.MISSING, file)


def age_bands(recent: pd.DataFrame) -> pd.DataFrame:
    """Five age bands from single years of age, where these add up to the area's total.

    An age without a row is an age without children: DfE leaves such rows out.
    Where the ages do not add up (a total without detail) the bands are not available.
    """
    ages = recent[recent.characteristic.eq("age")]
    totals = recent[recent.characteristic.eq(TOTAL) & recent.period.isin(ages.period.unique())]
    totals = totals.set_index(["area_code", "period"]).value
    years = ages.category.replace({"Under 3": "2", ehc_labels.NOT_RECORDED: "-1"}).astype(int)
    summed = ages.groupby(["area_code", "period"]).value.sum().reindex(totals.index)
    parts = []
    for band, (first, last) in ehc_labels.AGE_BANDS.items():
        count = ages[years.between(first, last)].groupby(["area_code", "period"]).value.sum().reindex(totals.index)
        value = count.fillna(0).where(summed.eq(totals))
        parts.append(value.rename("value").reset_index().assign(category=band))
    frame = pd.concat(parts, ignore_index=True)
    frame["status"] = frame.value.notna().map({True: VALUE, False: NOT_AVAILABLE})
    return frame.assign(measure="plans", characteristic="age_band")[[*KEYS, "value", "status"]]


def _check_same(recent: pd.DataFrame, older: pd.DataFrame) -> None:
    """Both releases must agree on the totals of the years that both hold."""
    keys = ["area_code", "period", "characteristic", "category"]
    both = recent.merge(older[older.characteristic.eq(TOTAL)], on=keys, suffixes=("", "_older"))
    differ = both[both.value.ne(both.value_older)]
    if len(differ):
        row = differ.iloc[0]
        raise ContractBroken(
            AGES_TO_2022,
            f"area {row.area_code} has {row.value_older:.0f} plans in {row.period} where release"
            f" 2025 has {row.value:.0f}.",
        )


TABLE = TableDefinition(
    name="plans",
    title="EHC plans, each January",
    grain="one row an area, January, measure, characteristic and category",
    expected=expected,
    breaks=BREAKS,
    originals={
        phase_transfers.FILE: "phase_transfers_2026",
        CASELOAD: "ehc_plans_2025",
        AGES_TO_2022: "ehc_plans_2022",
        AGES_TO_2023: "ages_of_plans_2023",
    },
    build=build,
)
