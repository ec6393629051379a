"""school_sen: share of pupils with SEN support and with an EHC plan.

Grain: area_code x period x phase x measure.

- `period`: school year, `2015/16` to `2024/25` (the January school census in it).
- `phase`: `all`, `primary`, `secondary`.
- `measure`: `ehc_plan` or `sen_support` (pupils with SEN but without a plan).
- `value`: per cent of the pupils of state-funded schools located in the area (`all`: also
  special and independent schools, as DfE publishes it), wherever the pupils live.

Source: DfE Local Authority Interactive Tool (LAIT), April 2026. LAIT writes one sign for missing
and for suppressed; both are `not_available` here, and `not_applicable` where the authority did not
exist in that year. A zero is a zero. LAIT's rows for inner and outer London are left out.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pandas as pd

from sendlib.areas import Areas
from sendlib.errors import ContractBroken
from sendlib.sources.originals import Originals
from sendlib.tables import periods, reading, schema
from sendlib.tables.symbols import NOT_APPLICABLE, NOT_AVAILABLE, parse

if TYPE_CHECKING:
    import pandera.pandas as pa

NAME = "school_sen"
TITLE = "Pupils with SEN support and with an EHC plan"
GRAIN = "one row an area, school year, phase and measure"
FILE = "lait/bds_long_0.parquet"
ORIGINALS = {FILE: "lait_2026"}
BREAKS = (
    "Pupils are counted where they go to school, not where they live.",
    "Before September 2014 there were statements of SEN; this series begins after that.",
)
KEYS = ["area_code", "period", "phase", "measure"]
_MEASURES = {
    "SEN_TotStat": ("all", "ehc_plan"),
    "SEN_TotSENSuP": ("all", "sen_support"),
    "PrimStatements": ("primary", "ehc_plan"),
    "PrimNoStatements": ("primary", "sen_support"),
    "SecStatements": ("secondary", "ehc_plan"),
    "SecNoStatements": ("secondary", "sen_support"),
}
_INNER_AND_OUTER_LONDON = (987, 988)
_ENGLAND = 970


def expected() -> pa.DataFrameSchema:
    return schema.long_table(
        {
            "period": schema.text(schema.SCHOOL_YEAR),
            "phase": schema.text(allowed=["all", "primary", "secondary"]),
            "measure": schema.text(allowed=["ehc_plan", "sen_support"]),
        }
    )


def build(originals: Originals, areas: Areas) -> tuple[pd.DataFrame, list[str]]:
    """The school_sen table and no notes. Raises ContractBroken."""
    try:
        raw = pd.read_parquet(io.BytesIO(originals.read(FILE)))
    except (OSError, ValueError) as error:
        raise ContractBroken(FILE, f"this is not a complete Parquet file ({error}).") from error
    return read(raw, FILE, areas), []


def read(raw: pd.DataFrame, file: str, areas: Areas) -> pd.DataFrame:
    """LAIT's long table (text values) -> school_sen."""
    wanted = ["Short Desc", "Years", "LA and Regions", "Values", "LA Number"]
    missing = [name for name in wanted if name not in raw.columns]
    if missing:
        raise ContractBroken(file, f"the agreed columns {', '.join(missing)} are not in it.")
    frame = raw[raw["Short Desc"].isin(_MEASURES) & ~raw["LA Number"].isin(_INNER_AND_OUTER_LONDON)].reset_index(drop=True)
    gone = sorted(set(_MEASURES) - set(frame["Short Desc"]))
    if gone:
        raise ContractBroken(file, f"the agreed measures {', '.join(gone)} are not in it.")
    frame["area_code"] = [
        _area_code(int(number), name, areas, file)
        for number, name in zip(frame["LA Number"], frame["LA and Regions"], strict=True)
    ]
    frame["period"] = [periods.school_year(int(year)) for year in frame["Years"]]
    frame["phase"] = frame["Short Desc"].map(lambda short: _MEASURES[short][0])
    frame["measure"] = frame["Short Desc"].map(lambda short: _MEASURES[short][1])
    cells = frame["Values"].fillna("NA")
    frame["value"], frame["status"] = parse(cells, {"-": NOT_AVAILABLE, "NA": NOT_AVAILABLE, "": NOT_AVAILABLE}, file)
    frame["value"] = frame["value"].round(4)  # 4.5999999999999996 is 4.6, stored as text by a spreadsheet
    frame.loc[frame.value.isna() & ~_existed(frame, areas), "status"] = NOT_APPLICABLE
    whole = frame[frame.area_code.eq(reading.ENGLAND)]
    if whole.duplicated(KEYS).any() or len(whole) != len(_MEASURES) * frame.period.nunique():
        raise ContractBroken(file, "England must have exactly one row for each measure and year.")
    return reading.as_categories(frame[[*KEYS, "value", "status"]], KEYS).astype({"status": "category"})


def _area_code(number: int, name: str, areas: Areas, file: str) -> str:
    """LAIT numbers England 970 and the regions 980 and on; authorities have DfE's code."""
    if number == _ENGLAND:
        return reading.ENGLAND
    if number > _ENGLAND:
        regions = areas.table[areas.table["level"].eq("region")]
        match = regions.loc[regions["name"].str.casefold().eq(name.casefold()), "area_code"]
        if len(match) != 1:
            raise ContractBroken(file, f"'{name}' is not a region that we know.")
        return str(match.iloc[0])
    if str(number) not in areas.names:
        raise ContractBroken(file, f"'{name}' ({number}) is not an authority that we know.")
    return str(number)


def _existed(frame: pd.DataFrame, areas: Areas) -> pd.Series:
    """Whether each row's authority existed in the January of its school year."""
    begun = dict(zip(areas.table["area_code"], areas.table["valid_from"], strict=True))
    changes = areas.changes[areas.changes["kind"].ne("recode")]
    ended = dict(zip(changes["old_area_code"], changes["effective"], strict=True))
    january = frame.period.str[:2] + frame.period.str[5:] + "-01-31"
    # Dorset's 3-digit code changed in 2019: 838 is the new one, 835 the abolished one.
    return (january >= frame.area_code.map(begun).fillna("")) & (
        january < frame.area_code.map(lambda code: ended.get(code) if code not in areas.authorities else None).fillna("9")
    )
