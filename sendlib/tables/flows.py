"""flows: pupils in special schools by where they live and where the school is.

Grain: home_code x school_code.

- `home_code`: 3-digit code of the authority where pupils live; `unknown` where it is not known or
  outside England.
- `school_code`: 3-digit code of the authority where the school is.
- `pupil_years`: pupils added up over three school years, 2019/20 to 2021/22; divide by three for a
  typical year. `share`: per cent of the special-school pupils who live in `home_code` (missing for
  `unknown`).

Authorities as they were: Cumbria is not yet divided; Northamptonshire stands for 2019/20 and
2020/21 and its two parts for 2021/22. State-funded special schools only: pupils in independent
special schools are not in it, and not all pupils have an EHC plan.

Source: DfE "Schools, pupils and their characteristics", cross-border movement, August 2022, as
pooled over three years by a public repository.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from sendlib.areas import Areas
from sendlib.errors import ContractBroken
from sendlib.sources.originals import Originals
from sendlib.tables import schema
from sendlib.tables.definition import TableDefinition
from sendlib.tables.reading import FEWEST_AUTHORITIES, read_csv

if TYPE_CHECKING:
    import pandera.pandas as pa

FILE = "flows/special_flows_long_3yr_pooled.csv"
BREAKS = (
    "Three school years together (2019/20 to 2021/22); no single year can be taken out.",
    "Cumbria is not yet divided; Northamptonshire covers two of the three years and its parts the third.",
)
UNKNOWN = "unknown"
PERIOD = "2019/20 to 2021/22"


def expected() -> pa.DataFrameSchema:
    import pandera.pandas as pa

    return pa.DataFrameSchema(
        {
            "home_code": schema.text(r"^(\d{3}|unknown)$"),
            "school_code": schema.text(r"^\d{3}$"),
            "pupil_years": pa.Column(int, pa.Check.ge(1)),
            "share": pa.Column(float, pa.Check.in_range(0, 100), nullable=True),
        },
        unique=["home_code", "school_code"],
        strict=True,
    )


def build(originals: Originals, areas: Areas) -> tuple[pd.DataFrame, list[str]]:
    """The flows table and no notes. Raises ContractBroken."""
    return read(originals.read(FILE), FILE, areas), []


def read(content: bytes, file: str, areas: Areas) -> pd.DataFrame:
    """Codes of 9 characters, old ones among them, as 3-digit codes; shares of each home's pupils."""
    frame = read_csv(content, file, ["resident_la", "school_la", "pupils_3yr"])
    codes = code_of(areas) | {"z": UNKNOWN}
    for column in ("resident_la", "school_la"):
        odd = sorted(set(frame[column]) - set(codes))
        if odd:
            raise ContractBroken(file, f"'{odd[0]}' in {column} is not an authority that we know.")
    if frame["resident_la"].nunique() < FEWEST_AUTHORITIES:
        raise ContractBroken(
            file, f"only {frame['resident_la'].nunique()} home authorities; the file may be cut short."
        )
    if not frame["pupils_3yr"].str.fullmatch(r"\d+").all():
        raise ContractBroken(file, "pupils_3yr holds something that is not a count.")
    table = pd.DataFrame(
        {
            "home_code": frame["resident_la"].map(codes),
            "school_code": frame["school_la"].map(codes),
            "pupil_years": frame["pupils_3yr"].astype(int),
        }
    )
    if table.duplicated(["home_code", "school_code"]).any():
        raise ContractBroken(file, "two rows for the same home and school authority.")
    whole = table.groupby("home_code")["pupil_years"].transform("sum")
    table["share"] = (100 * table["pupil_years"] / whole).where(table["home_code"].ne(UNKNOWN))
    return table.sort_values(["home_code", "school_code"], ignore_index=True)


def code_of(areas: Areas) -> dict[str, str]:
    """9-character codes, of today and of the past, as 3-digit codes."""
    changes = areas.changes
    old = dict(zip(changes["old_code"], changes["old_area_code"], strict=True))
    table = areas.table[areas.table["level"].eq("authority")]
    return (
        old
        | dict(zip(table["boundary_code"], table["area_code"], strict=True))
        | dict(zip(table["ons_code"], table["area_code"], strict=True))
    )


TABLE = TableDefinition(
    name="flows",
    title="Where special-school pupils live and learn",
    grain="one row a home authority and school authority",
    expected=expected,
    breaks=BREAKS,
    originals={FILE: "cross_border_2022"},
    build=build,
)
