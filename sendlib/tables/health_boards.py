"""health_boards: the integrated care boards (ICBs) of April 2026, and which of 2022 each is made of.

Grain: board_code x before_code.

- `board_code`, `board_ons_code`, `name`: a board of today by ODS code (`T6Y0W`), ONS code and name.
- `before_code`, `before_ons_code`, `before_name`: a board of 2022 that it is made of.
- `part`: how much of that board: `whole`; `divided` (shared among several boards of today; the list
  does not say which has what); `nearly_whole` (the list names this board alone, but one place of the
  old board may belong to another: PRESUMED).
- `change`: `same` (the board goes on as it was), `successor` (it took the place of boards that are
  gone) or `widened` (it goes on with its ODS code, and with part of a board that is gone).

On 1 April 2026 twelve of the 42 boards were abolished and six new ones began, and one was widened.
So a figure of March 2026 or before is of the boards of 2022, one of April 2026 or after of these.

Source: typed from a public copy of NHS England's list of boards; names and codes of 2022 from ONS.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from sendlib.areas import Areas
from sendlib.errors import ContractBroken
from sendlib.sources.originals import Originals
from sendlib.tables import health, schema
from sendlib.tables.definition import TableDefinition
from sendlib.tables.reading import read_csv

if TYPE_CHECKING:
    import pandera.pandas as pa

FILE = "nhs/geography/icb_april_2026_to_2022.csv"
BEGAN = "2026-04-01"
"""The day from which the NHS counts by the boards of today (ISO date)."""
BOARDS, BOARDS_BEFORE = 36, 42
"""How many there are since that day, and were before it."""
PRESUMED = {"07H": ("West Essex", "NHS Essex"), "06T": ("North East Essex", "NHS Essex")}
"""Sub-ICB locations whose board of today is presumed only: the list names one board for the whole of their board of
2022, and not where they went. (place, the board that it presumably is in)"""
BREAKS = (
    "The list was typed from a public copy; where a board of 2022 was divided it does not say which part went where.",
    "West Essex and North East Essex are presumably in NHS Essex; the list does not say so.",
)
KEYS = ["board_code", "before_code"]


def expected() -> pa.DataFrameSchema:
    import pandera.pandas as pa

    return pa.DataFrameSchema(
        {
            "board_code": schema.text(schema.HEALTH_CODE),
            "board_ons_code": schema.text(r"^E54\d{6}$"),
            "name": schema.text(r"^NHS \S"),
            "before_code": schema.text(r"^Q[A-Z0-9]{2}$"),
            "before_ons_code": schema.text(r"^E54\d{6}$"),
            "before_name": schema.text(r"^NHS \S"),
            "part": schema.text(allowed=["whole", "divided", "nearly_whole"]),
            "change": schema.text(allowed=["same", "successor", "widened"]),
        },
        unique=KEYS,
        strict=True,
    )


def build(originals: Originals, _: Areas) -> tuple[pd.DataFrame, list[str]]:
    """The health_boards table and a note of its size. Raises ContractBroken."""
    frame = read(originals.read(FILE), FILE, health.read_areas(originals.read(health.LOOKUP), health.LOOKUP))
    boards = frame.drop_duplicates("board_code")["change"].value_counts()
    return frame, [
        f"{len(frame)} pairs: {boards['same']} boards go on, {boards['successor']} took the place of others,"
        f" {boards['widened']} was widened."
    ]


def read(content: bytes, file: str, nhs: pd.DataFrame) -> pd.DataFrame:
    """The table from the typed list; `nhs`: the areas of 2022 (health.read_areas). Raises ContractBroken."""
    columns = ["icb26_code", "ods_code", "icb26_name", "icb22_code"]
    frame = read_csv(content, file, columns)[columns]
    frame.columns = pd.Index(["board_ons_code", "board_code", "name", "before_ons_code"])
    frame["name"] = frame["name"].str.removesuffix(" ICB").map(health.cleaned)
    old = nhs[nhs["level"].eq("icb")].set_index("ons_code")
    odd = sorted(set(frame["before_ons_code"]) ^ set(old.index))
    if odd:
        raise ContractBroken(file, f"{odd[0]} is a board of 2022 here or in {health.LOOKUP}, but not in both.")
    if frame.duplicated(["board_code", "before_ons_code"]).any():
        raise ContractBroken(file, "two rows for the same pair of boards.")
    _check_boards(frame, file)
    frame["before_code"] = frame["before_ons_code"].map(old["area_code"])
    frame["before_name"] = frame["before_ons_code"].map(old["name"])
    return _with_changes(frame, nhs)[
        ["board_code", "board_ons_code", "name", "before_code", "before_ons_code", "before_name", "part", "change"]
    ].sort_values(KEYS, ignore_index=True)


def _check_boards(frame: pd.DataFrame, file: str) -> None:
    """Each board of today must have one ODS code, one ONS code and one name, and there must be BOARDS of them."""
    boards = frame[["board_code", "board_ons_code", "name"]].drop_duplicates()
    for column in boards:
        twice = boards.loc[boards[column].duplicated(), column]
        if len(twice):
            raise ContractBroken(file, f"'{twice.iloc[0]}' stands for two boards.")
    if len(boards) != BOARDS:
        raise ContractBroken(file, f"England has {BOARDS} boards since April 2026; the file has {len(boards)}.")


def _with_changes(frame: pd.DataFrame, nhs: pd.DataFrame) -> pd.DataFrame:
    shared = frame.groupby("before_ons_code")["board_code"].transform("size").gt(1)
    uncertain = set(nhs.loc[nhs["level"].eq("sub_icb") & nhs["area_code"].isin(PRESUMED), "icb_code"])
    part = pd.Series("whole", index=frame.index).mask(frame["before_code"].isin(uncertain), "nearly_whole")
    goes_on = frame["board_ons_code"].isin(frame["before_ons_code"])
    same_code = frame["board_code"].eq(frame["before_code"]).groupby(frame["board_code"]).transform("any")
    change = pd.Series("successor", index=frame.index).mask(same_code, "widened").mask(goes_on, "same")
    return frame.assign(part=part.mask(shared, "divided"), change=change)


TABLE = TableDefinition(
    name="health_boards",
    title="Integrated care boards of April 2026",
    grain="one row a board of today and a board of 2022 that it is made of",
    expected=expected,
    breaks=BREAKS,
    originals={FILE: "health_boards_2026", health.LOOKUP: "nhs_areas_2022"},
    build=build,
)
