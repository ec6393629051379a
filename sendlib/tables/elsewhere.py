"""elsewhere: EHC plans of those educated elsewhere or in no education, as collected to January 2022.

Grain: area_code x period x placement.

- `period`: a January stock, `2010-01` to `2022-01`.
- `placement`: PLACEMENTS gives each its plain name. Children who await provision are one total
  (`awaiting`) in every January; from 2019 also by age and by whether they are in education
  meanwhile (AWAITING), below compulsory school age from 2020. A placement that was not asked for
  in a January has no rows: elective home education before 2020 is within `arrangements_by_parents`;
  young people not in education, employment or training (`neet`) and `other` begin in 2019.
- `value`: number of children and young people with a plan (with statements of SEN to 2018).
  `all` is the file's own total of all plans, which a share of the others must be of: in January 2016
  and 2018 it is not that of the table `plans` (England 2018: 312,626 against 319,819).

The table `placements` has no children who await provision by whether they are in education, and
begins in January 2019; what both hold is the same, which is checked when the snapshot is built.

Source: DfE "Education, health and care plans", release 2022.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from sendlib.areas import Areas
from sendlib.errors import ContractBroken
from sendlib.sources.originals import Originals
from sendlib.tables import ehc_labels, periods, placements, reading, schema
from sendlib.tables.definition import TableDefinition
from sendlib.tables.placements import ALL_PLACEMENTS
from sendlib.tables.plans import CASELOAD
from sendlib.tables.symbols import VALUE

if TYPE_CHECKING:
    import pandera.pandas as pa

FILE = "ehcp/education-health-and-care-plans_2022.zip::data/sen2_estab_caseload.csv"
BREAKS = (
    "To January 2019 elective home education is counted within arrangements by parents.",
    "January 2019: the first with young people not in education, employment or training, and other placements.",
    "From January 2023 DfE collects each plan by itself,"
    " without permanently excluded and awaiting provision: see placements.",
)
KEYS = ["area_code", "period", "placement"]

AWAITING = {
    "awaiting_below_age": "Awaiting provision, below compulsory school age, not in education",
    "awaiting_compulsory_age": "Awaiting provision, compulsory school age, not in education",
    "awaiting_above_age": "Awaiting provision, above compulsory school age, not in education",
    "awaiting_below_age_in_education": "Awaiting provision, below compulsory school age, in education",
    "awaiting_compulsory_age_in_education": "Awaiting provision, compulsory school age, in education",
    "awaiting_above_age_in_education": "Awaiting provision, above compulsory school age, in education",
}
"""The parts of `awaiting`; the last three are in education meanwhile."""
IN_EDUCATION = tuple(code for code in AWAITING if code.endswith("_in_education"))
PLACEMENTS = {
    "permanently_excluded": "Permanently excluded",
    "arrangements_by_authority": "Other arrangements by the local authority",
    "elective_home_education": "Elective home education",
    "arrangements_by_parents": "Other arrangements by parents",
    "awaiting": "Awaiting provision",
    **AWAITING,
    "neet": "Not in education, employment or training",
    "other": "Other (notice to end the plan, or a decision under appeal)",
    ALL_PLACEMENTS: "All plans of this file",
}
_EDUCATED_ELSEWHERE = (
    "permanently_excluded",
    "arrangements_by_authority",
    "elective_home_education",
    "arrangements_by_parents",
    "awaiting",
)
_LABELS = {
    "permanently excluded": "permanently_excluded",
    "other arrangements by local authority": "arrangements_by_authority",
    "elective home education": "elective_home_education",
    "other arrangements by parents": "arrangements_by_parents",
    "awaiting provision - total": "awaiting",
    "awaiting provision - below compulsory school age and not in education": "awaiting_below_age",
    "awaiting provision - compulsory school age and not in education": "awaiting_compulsory_age",
    "awaiting provision - above compulsory school age and not in education": "awaiting_above_age",
    "awaiting provision - below compulsory school age and in education": "awaiting_below_age_in_education",
    "awaiting provision - compulsory school age and in education": "awaiting_compulsory_age_in_education",
    "awaiting provision - above compulsory school age and in education": "awaiting_above_age_in_education",
    "total": "total",
}
_IN_PLACEMENTS = {
    "permanently_excluded": "perm_ex_2022",
    "arrangements_by_authority": "other_arrangements_la",
    "elective_home_education": "elective_home_education",
    "arrangements_by_parents": "other_arrangements_parents",
    "awaiting": "await_prov_2022",
    "neet": "neet",
    "other": "other_placement_settings",
    ALL_PLACEMENTS: ALL_PLACEMENTS,
}
"""What the table `placements` calls the same."""


def expected() -> pa.DataFrameSchema:
    return schema.long_table(
        {"period": schema.text(schema.JANUARY), "placement": schema.text(allowed=list(PLACEMENTS))}
    )


def build(originals: Originals, _: Areas) -> tuple[pd.DataFrame, list[str]]:
    """The elsewhere table and no notes. Raises ContractBroken."""
    frame = read(originals.read(FILE), FILE)
    check_same(frame, placements.read(originals.read(CASELOAD), CASELOAD), FILE)
    return reading.as_categories(frame, KEYS).astype({"status": "category"}), []


def read(content: bytes, file: str) -> pd.DataFrame:
    """The 2022 layout: one row an area, January, group and type of establishment."""
    wanted = [*reading.EES_AREA_COLUMNS, "establishment_group", "establishment_type", "total_all"]
    frame = reading.with_area_codes(reading.read_csv(content, file, wanted), file)
    group = frame["establishment_group"].str.strip().str.casefold()
    kind = frame["establishment_type"].str.strip().str.casefold()
    frame["period"] = [
        periods.january_of(period, identifier, file)
        for period, identifier in zip(frame["time_period"], frame["time_identifier"], strict=True)
    ]
    reading.check_totals(frame[group.eq("total") & kind.eq("total")], file, counted="total_all")
    inside = group.eq("educated elsewhere")
    reading.check_labels(kind[inside], _LABELS, file, "establishment_type (Educated elsewhere)")
    single = (group.eq("neet") & kind.eq("neet")) | (group.eq("other") & kind.eq("other"))
    whole = group.eq("total") & kind.eq("total")
    frame["placement"] = kind.map(_LABELS).where(inside, kind).mask(whole, ALL_PLACEMENTS)
    rows = frame[inside | single | whole].reset_index(drop=True)
    long = reading.melt(rows, KEYS, {"total_all": "all"}, "measure", ehc_labels.MISSING, file).drop(columns="measure")
    twice = long[long.duplicated(KEYS)]
    if len(twice):
        row = twice.iloc[0]
        raise ContractBroken(file, f"area {row['area_code']} has two rows for '{row['placement']}' in {row['period']}.")
    return _with_total_awaiting(long, file)


def _with_total_awaiting(long: pd.DataFrame, file: str) -> pd.DataFrame:
    """Add `awaiting` where it is published in parts; the parts of `total` must add up to it, and it falls away."""
    wide = long.pivot(index=["area_code", "period"], columns="placement", values="value")
    wide = wide.reindex(columns=[*PLACEMENTS, "total"])
    asked = wide.groupby(level="period").count().gt(0)
    areas = wide.groupby(level="period").size()
    gaps = wide.groupby(level="period").count().where(asked).lt(areas, axis=0)
    if gaps.any(axis=None):
        period, placement = gaps.stack().pipe(lambda cells: cells[cells]).index[0]
        raise ContractBroken(file, f"'{placement}' is missing for some areas in {period}; the file may be cut short.")
    parts = wide[list(AWAITING)].sum(axis=1, min_count=1)
    both = wide["awaiting"].notna() & parts.notna()
    if both.any():
        raise ContractBroken(
            file, f"awaiting provision has a total and parts in {wide.index[both][0][1]}; only one was agreed."
        )
    wide["awaiting"] = wide["awaiting"].fillna(parts)
    for placement in (
        "permanently_excluded",
        "arrangements_by_authority",
        "arrangements_by_parents",
        "awaiting",
        "total",
    ):
        if wide[placement].isna().any():
            raise ContractBroken(file, f"'{placement}' is not in it for {wide.index[wide[placement].isna()][0][1]}.")
    apart = wide["total"] - wide[list(_EDUCATED_ELSEWHERE)].sum(axis=1)
    if apart.ne(0).any():
        code, period = apart.abs().idxmax()
        raise ContractBroken(
            file, f"the parts of 'Educated elsewhere' of area {code} in {period} do not add up to its total."
        )
    frame = wide.drop(columns="total").stack().dropna().rename("value").reset_index()
    return frame.assign(status=VALUE)[[*KEYS, "value", "status"]]


def check_same(frame: pd.DataFrame, newer: pd.DataFrame, file: str) -> None:
    """What release 2025 holds of the same Januaries must be the same, for every area."""
    names = {theirs: ours for ours, theirs in _IN_PLACEMENTS.items()}
    newer = newer[
        newer["placement"].isin(names) & newer["status"].eq(VALUE) & newer["period"].isin(set(frame["period"]))
    ]
    theirs = newer.assign(placement=newer["placement"].map(names))
    both = theirs.merge(frame, on=KEYS, how="left", suffixes=("_newer", ""))
    differ = both[both["value"].ne(both["value_newer"])]
    if len(differ):
        row = differ.iloc[0]
        raise ContractBroken(
            file,
            f"area {row['area_code']} has {row['value']:.0f} as '{row['placement']}' in {row['period']}"
            f" where release 2025 has {row['value_newer']:.0f}.",
        )


TABLE = TableDefinition(
    name="elsewhere",
    title="EHC plans educated elsewhere or in no education, to January 2022",
    grain="one row an area, January and placement",
    expected=expected,
    breaks=BREAKS,
    originals={FILE: "ehc_plans_2022", CASELOAD: "ehc_plans_2025"},
    build=build,
)
