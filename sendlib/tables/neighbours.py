"""neighbours: the ten statistical neighbours of each authority, as DfE chose them.

Grain: list x area_code x rank.

- `list`: `2025` (May 2025) or `2021` (April 2021); on average about half of the names are the same.
- `rank`: 1 (closest) to 10. `neighbour_code`: DfE 3-digit code.
- `closeness`: DfE's word: extremely close, very close, close, somewhat close, not close. No
  distance is published.

Neighbourhood is not mutual: that B is a neighbour of A does not make A one of B's.

Source: DfE, LAIT statistical neighbour groups, May 2025 and April 2021.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING
from zipfile import BadZipFile

import pandas as pd

from sendlib.areas import Areas
from sendlib.errors import ContractBroken
from sendlib.sources.originals import Originals
from sendlib.tables import schema
from sendlib.tables.definition import TableDefinition

if TYPE_CHECKING:
    import pandera.pandas as pa

FILES = {"2025": "reference/sn_may_2025.xlsx", "2021": "reference/sn_april_2021.xlsx"}
BREAKS = (
    "The list of 2025 shares about half of its names with that of 2021:"
    " a comparison with neighbours jumps between them.",
    "The City of London and the Isles of Scilly have no close neighbours at all.",
    "The list of 2021 has no neighbours for Cumberland and Westmorland and Furness, which began in 2023.",
)
CLOSENESS = ["extremely close", "very close", "close", "somewhat close", "not close"]
"""DfE's words, from closest to least close."""
NUMBER = 10
_HEADER = "LA number"


def expected() -> pa.DataFrameSchema:
    import pandera.pandas as pa

    return pa.DataFrameSchema(
        {
            "list": schema.text(allowed=list(FILES)),
            "area_code": schema.text(r"^\d{3}$"),
            "rank": pa.Column(int, pa.Check.in_range(1, NUMBER)),
            "neighbour_code": schema.text(r"^\d{3}$"),
            "closeness": schema.text(allowed=CLOSENESS),
        },
        checks=pa.Check(lambda frame: frame["area_code"] != frame["neighbour_code"], error="nobody neighbours itself"),
        unique=["list", "area_code", "rank"],
        strict=True,
    )


def build(originals: Originals, areas: Areas) -> tuple[pd.DataFrame, list[str]]:
    """The neighbours table and no notes. Raises ContractBroken."""
    lists = [read(originals.read(file), file, areas).assign(list=name) for name, file in FILES.items()]
    frame = pd.concat(lists, ignore_index=True)
    wanted = ["list", "area_code", "rank", "neighbour_code", "closeness"]
    return frame[wanted].sort_values(["list", "area_code", "rank"], ignore_index=True), []


def read(content: bytes, file: str, areas: Areas) -> pd.DataFrame:
    """The workbook: a header in its third row, pairs of columns SN1, SNP, SN2, SNP, ...

    Abolished authorities below the table are left out; a `-` means that the
    list gives no neighbours.
    """
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        workbook = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    except (BadZipFile, InvalidFileException, OSError, KeyError, ValueError) as error:
        raise ContractBroken(file, f"this is not a complete Excel workbook ({error}).") from error
    sheet = next((sheet for sheet in workbook if sheet.sheet_state == "visible"), None)
    rows = list(sheet.iter_rows(values_only=True)) if sheet is not None else []
    start = next((i for i, row in enumerate(rows) if _HEADER in row), None)
    if start is None:
        raise ContractBroken(file, f"no row holds the heading '{_HEADER}'.")
    header = list(rows[start])
    own = header.index(_HEADER)
    records = []
    for row in rows[start + 1 :]:
        code = _code(row[own])
        if code not in areas.authorities:
            continue
        for rank in range(1, NUMBER + 1):
            if f"SN{rank}" not in header:
                raise ContractBroken(file, f"column SN{rank} is not in it.")
            place = header.index(f"SN{rank}")
            neighbour = _code(row[place])
            if neighbour is None:
                continue
            if neighbour not in areas.names:
                raise ContractBroken(file, f"neighbour {neighbour} of {code} is not an authority that we know.")
            word = str(row[place + 1]).strip().casefold()
            records.append((code, rank, neighbour, word))
    frame = pd.DataFrame(records, columns=["area_code", "rank", "neighbour_code", "closeness"])
    odd = sorted(set(frame.closeness) - set(CLOSENESS))
    if odd:
        raise ContractBroken(file, f"closeness '{odd[0]}' was not agreed.")
    if frame.area_code.nunique() < 140:
        raise ContractBroken(file, f"only {frame.area_code.nunique()} authorities have neighbours.")
    return frame


def _code(cell: object) -> str | None:
    text = str(cell).strip().removesuffix(".0")
    return text if text.isdigit() and len(text) == 3 else None


TABLE = TableDefinition(
    name="neighbours",
    title="Statistical neighbours",
    grain="one row a list, authority and rank",
    expected=expected,
    breaks=BREAKS,
    originals={FILES["2025"]: "neighbours_2025", FILES["2021"]: "neighbours_2021"},
    build=build,
)
