"""neet: young people of 16 and 17 who are not in education, employment or training, or not known, by SEND.

Grain: area_code x period x group x measure.

- `period`: school year `2024/25`; the figures are the average of December, January and February in it.
- `group`: GROUPS; `all` is everybody of that age whom the authority has a duty to track.
- `measure`: MEASURES. `neet_or_not_known` is per cent of the group; `neet` and `not_known` are its
  two parts and are published for `all` only; `share` is the group's per cent of all young people;
  `young_people` their number (for `all` only, some published with decimals because it is an average).
- `value`: as published, per cent with one decimal. `hidden`: DfE hides it (c); `not_applicable`: DfE
  writes z (where an authority records no SEN support).

This is neither one less `in_education_or_training` of table outcomes (counted on 31 March; a young
person may be in work without training, which is neither) nor destinations after key stage 4. SEND is
as the authority's own tracking system (CCIS) has it, not the school census.

Source: DfE's NEET and participation dashboard (files of 2022 to 2025 as kept in its public
repository). The file of 2021 is left out: it has no SEND figures by authority, and those of its row
for England are 2022's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from sendlib.areas import Areas
from sendlib.errors import ContractBroken
from sendlib.sources.originals import Originals
from sendlib.tables import periods, reading, schema
from sendlib.tables.definition import TableDefinition
from sendlib.tables.symbols import HIDDEN, NOT_APPLICABLE

if TYPE_CHECKING:
    import pandera.pandas as pa

YEARS = (2022, 2023, 2024, 2025)
FILES = {year: f"neet/UD_NEETNK_LA_dashboard_{year}_final.csv" for year in YEARS}
KEYS = ["area_code", "period", "group", "measure"]
BREAKS = (
    "SEN as authorities' own tracking systems record it, not the school census; some record no SEN support.",
    "Young people whose activity is not known are counted with those who are not in education, employment or training.",
)
GROUPS = {"all": "All young people", "no_sen": "No SEN", "sen_support": "SEN support", "ehc_plan": "EHC plan"}
MEASURES = {
    "neet_or_not_known": "Not in education, employment or training, or not known (per cent)",
    "neet": "Not in education, employment or training (per cent)",
    "not_known": "Activity not known (per cent)",
    "share": "Share of all young people of 16 and 17 (per cent)",
    "young_people": "Young people of 16 and 17 (number)",
}
_COLUMNS = {
    "cohort_djfavg": ("all", "young_people"),
    "neet_not_known_percent": ("all", "neet_or_not_known"),
    "neet_percent": ("all", "neet"),
    "notknown_percent": ("all", "not_known"),
    "cohort_nosen_percent": ("no_sen", "share"),
    "neet_nk_nosen_percent": ("no_sen", "neet_or_not_known"),
    "cohort_sendsupport_percent": ("sen_support", "share"),
    "neet_nk_sendsupport_percent": ("sen_support", "neet_or_not_known"),
    "cohort_ehcp_percent": ("ehc_plan", "share"),
    "neet_nk_ehcp_percent": ("ehc_plan", "neet_or_not_known"),
}
_SYMBOLS = {"c": HIDDEN, "z": NOT_APPLICABLE}
_ROUNDING = 0.25  # three or four figures of one decimal each


def expected() -> pa.DataFrameSchema:
    return schema.long_table(
        {
            "period": schema.text(schema.SCHOOL_YEAR),
            "group": schema.text(allowed=list(GROUPS)),
            "measure": schema.text(allowed=list(MEASURES)),
        }
    )


def build(originals: Originals, areas: Areas) -> tuple[pd.DataFrame, list[str]]:
    """The neet table and notes on areas without a figure. Raises ContractBroken."""
    parts = [read(originals.read(file), file, year, areas) for year, file in FILES.items()]
    table = reading.as_categories(pd.concat(parts, ignore_index=True), KEYS).astype({"status": "category"})
    return table, [_missing(table, year) for year in sorted(table["period"].unique())]


def read(content: bytes, file: str, year: int, areas: Areas) -> pd.DataFrame:
    """One year's file, as long rows. Raises ContractBroken where its parts do not make its wholes."""
    frame = reading.read_csv(content, file, [*reading.EES_AREA_COLUMNS, "new_la_code", "age", *_COLUMNS])
    if set(frame["time_period"]) != {str(year)} or set(frame["age"]) != {"16-17"}:
        raise ContractBroken(file, f"it is not about ages 16-17 in {year} alone.")
    frame = reading.with_area_codes(frame, file)
    unknown = sorted(set(frame["area_code"]) - set(areas.names))
    if unknown:
        raise ContractBroken(file, f"'{unknown[0]}' is not an area that we know.")
    frame["period"] = periods.school_year(year)
    reading.check_totals(frame[["area_code", "level", "period"]], file)
    columns = {column: f"{group}/{measure}" for column, (group, measure) in _COLUMNS.items()}
    long = reading.melt(frame, ["area_code", "period"], columns, "label", _SYMBOLS, file)
    wide = long.pivot(index="area_code", columns="label", values="value")
    _check_sums(wide, file)
    long[["group", "measure"]] = long.pop("label").str.split("/", expand=True)
    return long[[*KEYS, "value", "status"]]


def _check_sums(wide: pd.DataFrame, file: str) -> None:
    """Not in education and not known make both; the three groups make everybody."""
    two = wide["all/neet"] + wide["all/not_known"] - wide["all/neet_or_not_known"]
    three = wide["no_sen/share"] + wide["sen_support/share"] + wide["ehc_plan/share"] - 100
    for difference, what in ((two, "NEET and not known"), (three, "the shares of the three groups")):
        wrong = difference[difference.abs() > _ROUNDING]
        if len(wrong):
            raise ContractBroken(file, f"{what} do not add up in area {wrong.index[0]} (off by {wrong.iloc[0]:.1f}).")
    percent = wide.drop(columns="all/young_people")
    if (percent > 100).any(axis=None):
        raise ContractBroken(file, "it holds a share of more than 100 per cent.")


def _missing(table: pd.DataFrame, period: str) -> str:
    rows = table[table["period"].eq(period)]
    gone = sorted(rows.loc[rows["value"].isna(), "area_code"].astype(str).unique())
    said = f"no figures on SEN support for area {', area '.join(gone)}" if gone else "nothing is missing"
    authorities = rows["area_code"].astype(str).str.fullmatch(r"\d{3}")
    return f"{period}: {rows['area_code'][authorities].nunique()} authorities; {said}."


TABLE = TableDefinition(
    name="neet",
    title="Not in education, employment or training at 16 and 17, by SEND",
    grain="one row an area, school year, group and measure",
    expected=expected,
    breaks=BREAKS,
    originals=dict.fromkeys(FILES.values(), "neet_2025"),
    build=build,
)
