"""school_units: schools with a SEN unit or resourced provision, where the schools are.

Grain: area_code x period x kind.

- `period`: school year `2020/21` (its January census).
- `kind`: KINDS. A school can have both: `any` counts it once. `schools` is all schools of the file,
  independent and special ones among them.
- `value`: schools. 0 is a count, not a gap.

What the flags mean: DfE counts a school with a SEN unit (pupils taught mainly in separate classes) or
resourced provision (places for pupils who are mainly in ordinary classes) as its census return says;
how many places there are is not in it, nor the phase of the school.

Source: DfE "Special educational needs in England", 2020/21, school level, as kept by the Bureau of
Investigative Journalism, which does not name the year: its pupils with an EHC plan (325,618) and all
pupils (8,911,887) are England's of January 2021. Names of authorities, no codes. England is the sum
of the file; Northamptonshire and Cumbria are not yet divided.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from sendlib.areas import Areas
from sendlib.errors import ContractBroken
from sendlib.sources.originals import Originals
from sendlib.tables import reading, schema
from sendlib.tables.definition import TableDefinition
from sendlib.tables.symbols import VALUE

if TYPE_CHECKING:
    import pandera.pandas as pa

FILE = "schools/tbij_sen_school_level_underlying_data.csv.gz"
PERIOD = "2020/21"
ENGLAND_PUPILS = {"ehc plan": 325_618, "total pupils": 8_911_887}
"""What DfE published for England in January 2021; the file does not name its year, so these must be its sums."""
KEYS = ["area_code", "period", "kind"]
KINDS = {
    "sen_unit": "Schools with a SEN unit",
    "resourced_provision": "Schools with resourced provision",
    "both": "Schools with both",
    "any": "Schools with a SEN unit, resourced provision or both",
    "schools": "All schools",
}
BREAKS = (
    "One January only (2021). Places and phases are not in it.",
    "Northamptonshire and Cumbria are not yet divided in these figures.",
)
_FLAGS = ("sen_unit", "rp_unit")


def expected() -> pa.DataFrameSchema:
    return schema.long_table({"period": schema.text(schema.SCHOOL_YEAR), "kind": schema.text(allowed=list(KINDS))})


def build(originals: Originals, areas: Areas) -> tuple[pd.DataFrame, list[str]]:
    """The school_units table and no notes. Raises ContractBroken."""
    return read(originals.read(FILE), FILE, areas, ENGLAND_PUPILS), []


def read(content: bytes, file: str, areas: Areas, pupils: dict[str, int]) -> pd.DataFrame:
    """Flags counted by authority. `pupils`: column -> England's known number, which the file must add up to."""
    frame = reading.read_csv(content, file, ["la_name", *_FLAGS, *pupils])
    for column, known in pupils.items():
        found = int(pd.to_numeric(frame[column], errors="coerce").fillna(0).sum())
        if found != known:
            raise ContractBroken(file, f"'{column}' adds up to {found:,} where January 2021 had {known:,}.")
    for column in _FLAGS:
        reading.check_labels(frame[column], {"0": 0, "1": 1}, file, column)
    names = {name.casefold(): code for code, name in areas.names.items() if code not in areas.wider}
    names |= {area.name.casefold(): area.code for area in areas.authorities.values()}
    area = frame["la_name"].str.strip().str.casefold().map({**names, "durham": names["county durham"]})
    if area.isna().any():
        raise ContractBroken(file, f"'{frame.loc[area.isna(), 'la_name'].iloc[0]}' is not an authority that we know.")
    if area.nunique() < reading.FEWEST_AUTHORITIES:
        raise ContractBroken(file, f"only {area.nunique()} authorities; the file may be cut short.")
    unit, resourced = (frame[column].eq("1") for column in _FLAGS)
    counted = pd.DataFrame(
        {
            "area_code": area,
            "sen_unit": unit,
            "resourced_provision": resourced,
            "both": unit & resourced,
            "any": unit | resourced,
            "schools": True,
        }
    )
    sums = counted.groupby("area_code").sum()
    sums.loc[reading.ENGLAND] = sums.sum()
    long = sums.astype(float).reset_index().melt("area_code", var_name="kind", value_name="value")
    long = long.assign(period=PERIOD, status=VALUE)[[*KEYS, "value", "status"]]
    return reading.as_categories(long, KEYS).astype({"status": "category"})


TABLE = TableDefinition(
    name="school_units",
    title="Schools with a SEN unit or resourced provision",
    grain="one row an area, school year and kind",
    expected=expected,
    breaks=BREAKS,
    originals={FILE: "school_units_2021"},
    build=build,
)
