"""needs: EHC plans by primary need.

Grain: area_code x period x scope x characteristic x category x need.

- `scope`: `all` (every plan in place in January 2025, period `2025-01`) or `new` (plans that
  started in 2024, period `2024`): a stock and a flow, never added.
- `characteristic`, `category`: `total`/`All`, `age`, `sex`, `ethnicity`, `placement` (codes of
  ehc_labels.PLACEMENTS), `years_in_place` (all plans only); `own_row`/`All` is what a release says of England or
  a region in a row of its own, where that is not the sum of its authorities.
- `need`: twelve primary needs (NEEDS), `unknown` (not recorded) and `plans` (their sum). From the release of 2026
  on `ds` (Down syndrome) stands beside them as a part of `oth`; it is not one of the twelve. It is so because DfE says
  in the data guidance of both releases that plans whose primary need is Down syndrome were included under "other
  difficulty/disability" in 2024/25: with it, `oth` counts the same children in every year, and without it it would not.
- New plans by `age` (release of 2025) and by `age_at_start` (from that of 2026) are two ways of counting an age.
- `value`: number of children and young people; a row that is not there is a combination without children.

The rows of England and the regions for all plans together are the sums of their authorities
where the release's own rows differ (see the notes in the manifest): the release of 1 July 2025
changed four national figures without changing any authority.

Source: DfE "Education, health and care plans", release 2025.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from sendlib.areas import Areas
from sendlib.errors import ContractBroken
from sendlib.sources.originals import Originals
from sendlib.tables import ehc_labels, periods, reading, schema, symbols
from sendlib.tables.definition import TableDefinition
from sendlib.tables.ehc_labels import TOTAL
from sendlib.tables.symbols import NOT_AVAILABLE, VALUE

if TYPE_CHECKING:
    import pandera.pandas as pa

ALL_PLANS = "ehcp/education-health-and-care-plans_2025.zip::data/sen_needs_all_plans.csv"
NEW_PLANS = "ehcp/education-health-and-care-plans_2025.zip::data/sen_need_newplans.csv"
BREAKS = (
    "Need by authority was first published for January 2025: there is no earlier year to compare with.",
    "Down syndrome is told apart from January 2026 on (new plans: from 2025). Before, DfE says, it was included under"
    " other difficulty or disability, and here it stays within that in every year, so that years can be compared.",
    "Surrey sent corrected totals after the collection closed, so its needs by age, sex and placement are not available"
    " and the characteristics of England leave Surrey's needs out where they are shown as corrected.",
)
NEEDS = {
    "asd": "Autism",
    "slcn": "Speech, language and communication needs",
    "semh": "Social, emotional and mental health",
    "mld": "Moderate learning difficulty",
    "sld": "Severe learning difficulty",
    "pd": "Physical disability",
    "spld": "Specific learning difficulty",
    "hi": "Hearing impairment",
    "pmld": "Profound and multiple learning difficulty",
    "oth": "Other difficulty or disability",
    "vi": "Vision impairment",
    "msi": "Multi-sensory impairment",
}
"""Code -> official name, in the order of England's numbers."""
UNKNOWN = "unknown"
OWN_ROW = "own_row"
"""The characteristic of an area's own row where its total here is the sum of its authorities instead."""
DOWN_SYNDROME = "ds"
"""Told apart from 2026 on; it stays within other difficulty or disability, so that years can be compared."""
PLANS = "plans"
KEYS = ["area_code", "period", "scope", "characteristic", "category", "need"]
_TOLD_APART = f"number_{DOWN_SYNDROME}"
_COLUMNS = {"ehc_plans": PLANS, **{f"number_{need}": need for need in NEEDS}, "number_need_unknown": UNKNOWN}


def expected() -> pa.DataFrameSchema:
    return schema.long_table(
        {
            "period": schema.text(r"^(20\d{2}-01|20\d{2})$"),
            "scope": schema.text(allowed=["all", "new"]),
            "characteristic": schema.text(allowed=[*ehc_labels.CHARACTERISTICS, OWN_ROW]),
            "category": schema.text(),
            "need": schema.text(allowed=[*NEEDS, UNKNOWN, PLANS, DOWN_SYNDROME]),
        }
    )


def build(originals: Originals, _: Areas) -> tuple[pd.DataFrame, list[str]]:
    """The needs table and notes on rows that did not add up. Raises ContractBroken."""
    region_of = regions_of(originals.read(ALL_PLANS), ALL_PLANS)
    stock, stock_notes = with_sums_of_authorities(read(originals.read(ALL_PLANS), ALL_PLANS, "all"), region_of)
    flow, flow_notes = with_sums_of_authorities(read(originals.read(NEW_PLANS), NEW_PLANS, "new"), region_of)
    frame = pd.concat([stock, flow], ignore_index=True)
    return reading.as_categories(frame, KEYS).astype({"status": "category"}), stock_notes + flow_notes


def read(content: bytes, file: str, scope: str) -> pd.DataFrame:
    """One needs file, all plans (a January stock) or new plans (a calendar-year flow)."""
    wanted = [*reading.EES_AREA_COLUMNS, "breakdown_topic", "breakdown", *_COLUMNS]
    frame = reading.with_area_codes(reading.read_csv(content, file, wanted), file)
    told_apart = _TOLD_APART
    reading.check_columns(frame, [*_COLUMNS, told_apart], file, r"^number_")
    frame = ehc_labels.characteristics(frame, file)
    dated = periods.january_of if scope == "all" else _calendar_year
    frame["period"] = [
        dated(period, kind, file) for period, kind in zip(frame.time_period, frame.time_identifier, strict=True)
    ]
    frame["scope"] = scope
    reading.check_totals(frame[frame.characteristic.eq(TOTAL)], file, counted="ehc_plans" if scope == "all" else None)
    reading.check_same_sums(frame, "ehc_plans", file)
    keys = [key for key in KEYS if key != "need"]
    # As text, each of the fourteen columns would repeat the keys of every row: 60 MB for one January.
    frame = frame.astype({key: "category" for key in keys if key != "period"})
    long = reading.melt(frame, keys, _COLUMNS, "need", ehc_labels.MISSING, file)[[*KEYS, "value", "status"]]
    reading.check_counts(long, file)
    long = ehc_labels.academies_and_free_schools_together(long, "category", file)
    if told_apart not in frame:
        return long
    within = _within_other(frame, file)
    apart = reading.melt(frame, keys, {told_apart: DOWN_SYNDROME}, "need", ehc_labels.MISSING, file)[long.columns]
    apart = ehc_labels.academies_and_free_schools_together(apart, "category", file)
    return _with_down_syndrome_in_other(long, apart, keys, within)


def _within_other(frame: pd.DataFrame, file: str) -> bool:
    """Whether the file's column of other needs holds Down syndrome already, by England's own total of the newest year.

    Raises ContractBroken where the plans are neither the sum with it nor that without it.
    """
    england = frame[frame.characteristic.eq(TOTAL) & frame.area_code.eq(reading.ENGLAND)]
    row = england[england.period.eq(england.period.max())].iloc[:1]
    number = {
        name: float(symbols.parse(row[name], ehc_labels.MISSING, file)[0].iloc[0]) for name in [*_COLUMNS, _TOLD_APART]
    }
    plans = number.pop("ehc_plans")
    whole, apart = sum(number.values()), number[_TOLD_APART]
    if np.isnan(apart) or whole == plans:
        return False
    if whole - apart == plans:
        return True
    raise ContractBroken(
        file,
        f"the needs of England add up to {whole:,.0f} with Down syndrome and to {whole - apart:,.0f} without it,"
        f" but {plans:,.0f} plans are counted.",
    )


def _with_down_syndrome_in_other(
    long: pd.DataFrame, apart: pd.DataFrame, keys: list[str], within: bool
) -> pd.DataFrame:
    """`oth` with Down syndrome in it, as until 2025, and its own number beside.

    In years in which nobody has it, it was within other difficulty already, and
    has no rows. Where it is missing otherwise, `oth` is missing as well.
    """
    apart = apart[apart.status.eq(VALUE).groupby(apart.period).transform("any")]
    if not within:
        other = long.index[long.need.eq("oth") & long.period.isin(apart.period.unique())]
        added = apart.set_index(keys).value.reindex(pd.MultiIndex.from_frame(long.loc[other, keys]))
        long.loc[other, "value"] += added.to_numpy()
        lost = other[long.loc[other, "value"].isna() & long.loc[other, "status"].eq(VALUE)]
        long.loc[lost, "status"] = NOT_AVAILABLE
    return pd.concat([long, apart], ignore_index=True)


def with_sums_of_authorities(frame: pd.DataFrame, region_of: dict[str, str]) -> tuple[pd.DataFrame, list[str]]:
    """England's and the regions' totals as the sums of their authorities, and a note on each that differed.

    Only where every authority has a figure and the authorities' plans add up
    to the area's: then the published row and the published parts can not both
    be right, and the parts are what the pages compare. The published figures
    that differ are kept as OWN_ROW.
    """
    frame, notes = _without_sums_that_are_wrong(frame)
    kept: list[pd.DataFrame] = []
    every = frame[frame.characteristic.eq(TOTAL)]
    for period, totals in every.groupby("period"):
        authorities = totals[totals.area_code.isin(region_of)]
        for area in sorted(set(totals.area_code) - set(region_of)):
            parts = (
                authorities if area == reading.ENGLAND else authorities[authorities.area_code.map(region_of).eq(area)]
            )
            if not parts.status.eq(VALUE).all():
                continue
            sums = parts.groupby("need").value.sum()
            rows = totals.index[totals.area_code.eq(area)]
            published = totals.loc[rows].set_index("need").value
            differ = [need for need in sums.index if published.get(need) != sums[need]]
            if not differ or published[PLANS] != sums[PLANS]:
                continue
            own = frame.loc[rows]
            kept.append(own[own["need"].isin(differ)].assign(characteristic=OWN_ROW))
            frame.loc[rows, "value"] = frame.loc[rows, "need"].map(sums)
            listed = ", ".join(f"{need} {published[need]:,.0f} against {sums[need]:,.0f}" for need in differ)
            notes.append(
                f"{area}, {period}: the release's own row and the sum of its authorities differ ({listed});"
                " the sum is used, so that the parts add up to the whole."
            )
    return pd.concat([frame, *kept], ignore_index=True), notes


def _without_sums_that_are_wrong(frame: pd.DataFrame) -> tuple[pd.DataFrame, list[str]]:
    """Totals of authorities whose needs do not add up to their plans become not available, with a note on each."""
    rows = frame[
        frame.characteristic.eq(TOTAL) & frame.need.ne(DOWN_SYNDROME) & frame.area_code.str.fullmatch(r"\d{3}")
    ]
    wide = rows.pivot(index=["area_code", "period"], columns="need", values="value")
    parts = wide.drop(columns=PLANS).sum(axis=1, skipna=False)
    wrong = wide[parts.notna() & parts.ne(wide[PLANS])]
    notes = []
    for (area, period), row in wrong.iterrows():
        hit = rows.index[rows.area_code.eq(area) & rows.period.eq(period) & rows.need.ne(PLANS)]
        frame.loc[hit, ["value", "status"]] = [float("nan"), NOT_AVAILABLE]
        notes.append(
            f"area {area}, {period}: the needs add up to {parts[area, period]:,.0f} where {row[PLANS]:,.0f} plans are"
            " counted; its needs are not available."
        )
    return frame, notes


def _calendar_year(time_period: str, time_identifier: str, file: str) -> str:
    # The first publication of June 2025 labels the new plans of 2024 "202425, Calendar year"; DfE put
    # it right on 1 July. Both mean the calendar year in which the school year began.
    if time_identifier == "Calendar year" and len(time_period) == 6:
        return periods.calendar_year(time_period[:4], time_identifier, file)
    return periods.calendar_year(time_period, time_identifier, file)


def regions_of(content: bytes, file: str) -> dict[str, str]:
    """3-digit code -> region code, as the file has it."""
    frame = reading.with_area_codes(reading.read_csv(content, file, reading.EES_AREA_COLUMNS), file)
    rows = frame[frame.level.eq("local authority")]
    return dict(zip(rows.area_code, rows.region_code, strict=True))


TABLE = TableDefinition(
    name="needs",
    title="EHC plans by primary need",
    grain="one row an area, period, scope, characteristic, category and need",
    expected=expected,
    breaks=BREAKS,
    originals={ALL_PLANS: "ehc_plans_2025", NEW_PLANS: "ehc_plans_2025"},
    build=build,
)
