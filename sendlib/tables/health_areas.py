"""health_areas: which NHS areas a local authority lies in, and how much of each the other is.

Grain: area_code x level x health_code.

- `area_code`: DfE 3-digit code of an authority of today. `level`: `icb` (a board of 2022), `icb_2026` (a
  board of April 2026, table `health_boards`) or `sub_icb`.
- `health_code`, `health_ons_code`: the NHS area by ODS code (`QJK`, `15N`) and by ONS code.
- `name`: `NHS Devon`; of a sub-ICB location as it is officially called, `NHS South Yorkshire ICB - 02P`.
- `place`: the same to read: `Barnsley`, the name of the clinical commissioning group (CCG) that had
  the same code until July 2022; the ICB's name where the location is the whole ICB.
- `icb_code`: the ICB of the row, for both levels.
- `children`: residents aged 0 to 17 in both, mid-2020.
- `share_of_authority`: per cent of the authority's children who live in the NHS area.
- `share_of_health_area`: per cent of the NHS area's children who live in the authority.
- `known`: `all`; of a board of 2026 also `at_least` (those of boards that went to it whole; it may have more
  of a divided one) or `no` (it has part of a divided board that the authority lies in; nobody here knows
  how much of the authority, if any: children and both shares are missing). The share of the board is
  missing as well where part of the board itself is not known.

A figure of an NHS area is never an authority's figure; the shares say how near it comes. Only where
both are 98% or more may one be taken for the other. Medians and percentages are never shared out.

Source: ONS lookups of small areas (LSOA 2011) to NHS areas of 2022 and to authorities of 2023, and
ONS mid-2020 estimates of small areas, put together for this project; names from ONS and, for
`place`, from the CCG names in DfE's copy of NHS mental health statistics.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from sendlib.areas import Areas
from sendlib.errors import ContractBroken
from sendlib.sources.originals import Originals
from sendlib.tables import health, health_boards, schema
from sendlib.tables.definition import TableDefinition
from sendlib.tables.flows import code_of
from sendlib.tables.reading import read_csv

if TYPE_CHECKING:
    import pandera.pandas as pa

SUB_ICBS = "nhs/geography/sicbl22_to_utla23_weights_0_17.csv"
ICBS = "nhs/geography/icb22_to_utla23_weights_0_17.csv"
CONTACTS = "nhs/mhs95_cyp_contacts_sub_icb_2021_2023.csv.gz"
BREAKS = (
    "NHS areas as they were in 2022, authorities as they are since 2023,"
    " children of mid-2020 (estimated before the 2021 Census).",
    "On 1 April 2026 twelve of the 42 ICBs were abolished and six new ones began: their shares (level icb_2026) are"
    " those of the boards that went to them whole; of divided ones they are not known.",
    "The name of a place is that of the CCG until July 2022, when some boundaries moved: Glossop is no longer in"
    " 'Tameside and Glossop' (01Y).",
)
KEYS = ["area_code", "level", "health_code"]
ROUNDING = 1e-9


def expected() -> pa.DataFrameSchema:
    import pandera.pandas as pa

    percent = pa.Check.in_range(0, 100, include_min=False)
    return pa.DataFrameSchema(
        {
            "area_code": schema.text(r"^\d{3}$"),
            "level": schema.text(allowed=["icb", "icb_2026", "sub_icb"]),
            "health_code": schema.text(schema.HEALTH_CODE),
            "health_ons_code": schema.text(r"^E(38|54)\d{6}$"),
            "name": schema.text(r"^NHS \S"),
            "place": schema.text(r"^\S"),
            "icb_code": schema.text(schema.HEALTH_CODE),
            "children": pa.Column(float, pa.Check.ge(1), nullable=True),
            "share_of_authority": pa.Column(float, percent, nullable=True),
            "share_of_health_area": pa.Column(float, percent, nullable=True),
            "known": schema.text(allowed=["all", "at_least", "no"]),
        },
        unique=KEYS,
        strict=True,
    )


def build(originals: Originals, areas: Areas) -> tuple[pd.DataFrame, list[str]]:
    """The health_areas table and no notes. Raises ContractBroken."""
    nhs = health.read_areas(originals.read(health.LOOKUP), health.LOOKUP)
    sub_icbs = read_sub_icbs(originals.read(SUB_ICBS), SUB_ICBS, areas)
    icbs = read_icbs(originals.read(ICBS), ICBS, areas)
    for level, part, file in (("sub_icb", sub_icbs, SUB_ICBS), ("icb", icbs, ICBS)):
        odd = sorted(set(part["health_ons_code"]) ^ set(nhs.loc[nhs["level"].eq(level), "ons_code"]))
        if odd:
            raise ContractBroken(file, f"{odd[0]} is in this file or in {health.LOOKUP}, but not in both.")
    frame = pd.concat([sub_icbs, icbs], ignore_index=True)
    frame = frame.merge(
        nhs.rename(columns={"ons_code": "health_ons_code", "area_code": "health_code"}), on="health_ons_code"
    )
    frame["icb_code"] = frame["icb_code"].where(frame["level"].eq("sub_icb"), frame["health_code"])
    _check_same(frame)
    frame["place"] = _places(frame, nhs, read_places(originals.read(CONTACTS), CONTACTS))
    boards = health_boards.read(originals.read(health_boards.FILE), health_boards.FILE, nhs)
    frame = pd.concat([frame.assign(known="all"), of_boards(frame, boards)], ignore_index=True)
    wanted = [
        *KEYS,
        "health_ons_code",
        "name",
        "place",
        "icb_code",
        "children",
        "share_of_authority",
        "share_of_health_area",
        "known",
    ]
    return frame[wanted].astype({"children": float}).sort_values(KEYS, ignore_index=True), []


def read_sub_icbs(content: bytes, file: str, areas: Areas) -> pd.DataFrame:
    """Shares of sub-ICB locations: area_code, health_ons_code, children and both shares in per cent."""
    columns = ["sicbl22_code", "utla23_code", "pop0_17", "share_of_utla_0_17", "share_of_sicbl_0_17"]
    return _read(content, file, columns, areas)


def read_icbs(content: bytes, file: str, areas: Areas) -> pd.DataFrame:
    """Shares of ICBs: area_code, health_ons_code, children and both shares in per cent."""
    return _read(content, file, ["icb22_code", "utla23_code", "pop0_17", "sh_utla", "sh_icb"], areas)


def _read(content: bytes, file: str, columns: list[str], areas: Areas) -> pd.DataFrame:
    """The columns named: NHS area, authority, children, share of the authority, share of the NHS area.

    The shares are worked out again from the children and must be the file's: a
    file without its last row has shares that no longer fit.
    """
    frame = read_csv(content, file, columns)[columns]
    frame.columns = pd.Index(["health_ons_code", "authority", "children", "of_authority", "of_health_area"])
    codes = code_of(areas)
    odd = sorted(set(frame["authority"]) - set(codes))
    if odd:
        raise ContractBroken(file, f"'{odd[0]}' is not an authority that we know.")
    frame["area_code"] = frame["authority"].map(codes)
    absent = sorted(set(areas.authorities) ^ set(frame["area_code"]))
    if absent:
        raise ContractBroken(
            file, f"it must hold exactly the authorities of today; these differ: {', '.join(absent[:5])}."
        )
    if frame.duplicated(["area_code", "health_ons_code"]).any():
        raise ContractBroken(file, "two rows for the same authority and NHS area.")
    for column in ("children", "of_authority", "of_health_area"):
        frame[column] = pd.to_numeric(frame[column], errors="coerce")
    if frame.isna().any(axis=None) or not frame["children"].mod(1).eq(0).all():
        raise ContractBroken(file, "a number of children or a share is not a number.")
    for share, given, whole in (
        ("share_of_authority", "of_authority", "area_code"),
        ("share_of_health_area", "of_health_area", "health_ons_code"),
    ):
        worked_out = frame["children"] / frame.groupby(whole)["children"].transform("sum")
        if (worked_out - frame[given]).abs().gt(ROUNDING).any():
            raise ContractBroken(file, f"'{given}' does not follow from the children; the file may be cut short.")
        frame[share] = (100 * worked_out).round(6)
    frame["children"] = frame["children"].astype(int)
    return frame[["area_code", "health_ons_code", "children", "share_of_authority", "share_of_health_area"]]


def _check_same(frame: pd.DataFrame) -> None:
    """The sub-ICB locations of an ICB must have the ICB's children in each authority."""
    children = frame.groupby(["level", "area_code", "icb_code"])["children"].sum()
    if not children["sub_icb"].equals(children["icb"]):
        raise ContractBroken(ICBS, f"its children are not those of the sub-ICB locations in {SUB_ICBS}.")


def of_boards(frame: pd.DataFrame, boards: pd.DataFrame) -> pd.DataFrame:
    """The rows of level `icb_2026`: what follows for each authority and board of today from the sub-ICB locations.

    A location goes where its board of 2022 went, if that is one board and the
    location is none of `health_boards.PRESUMED`. Of the others only which boards
    they may be in is known: those that the divided board is shared among, and
    the presumed one.
    """
    sure = boards[boards["part"].ne("divided")].set_index("before_code")["board_code"]
    locations = frame[frame["level"].eq("sub_icb")]
    board = locations["icb_code"].map(sure).mask(locations["health_code"].isin(health_boards.PRESUMED))
    known = locations.assign(health_code=board).dropna(subset=["health_code"])
    rows = known.groupby(["area_code", "health_code"], as_index=False)["children"].sum()
    doubtful = _may_be_in(locations[board.isna()], boards)
    rows = rows.merge(doubtful, how="outer", on=["area_code", "health_code"], indicator="where")
    rows["known"] = rows["where"].astype(str).map({"both": "at_least", "right_only": "no", "left_only": "all"})
    rows["share_of_authority"] = (
        100 * rows["children"] / rows["area_code"].map(locations.groupby("area_code")["children"].sum())
    ).round(6)
    whole = ~rows["health_code"].isin(_not_whole(boards))
    total = rows.groupby("health_code")["children"].transform("sum")
    rows["share_of_health_area"] = (100 * rows["children"] / total).round(6).where(whole)
    names = boards.drop_duplicates("board_code").set_index("board_code")
    rows["name"], rows["health_ons_code"] = (
        rows["health_code"].map(names[column]) for column in ("name", "board_ons_code")
    )
    place = rows["name"].str.removeprefix("NHS ")
    return rows.drop(columns="where").assign(level="icb_2026", place=place, icb_code=rows["health_code"])


def _may_be_in(locations: pd.DataFrame, boards: pd.DataFrame) -> pd.DataFrame:
    """Authority and board of today for locations of which it is not known: those that may have them."""
    codes = boards.drop_duplicates("name").set_index("name")["board_code"]
    presumed = {code: [codes[name]] for code, (_, name) in health_boards.PRESUMED.items()}
    shared = boards[boards["part"].eq("divided")].groupby("before_code")["board_code"].agg(list)
    found = [
        (area, board)
        for area, location, icb in zip(
            locations["area_code"], locations["health_code"], locations["icb_code"], strict=True
        )
        for board in presumed.get(location, shared.get(icb, []))
    ]
    return pd.DataFrame(found, columns=["area_code", "health_code"]).drop_duplicates()


def _not_whole(boards: pd.DataFrame) -> set[str]:
    """Boards of today of which it is not known where they end."""
    presumed = {name for _, name in health_boards.PRESUMED.values()}
    return set(boards.loc[boards["part"].ne("whole") | boards["name"].isin(presumed), "board_code"])


def read_places(content: bytes, file: str) -> dict[str, str]:
    """The place of each sub-ICB location by ODS code: `Barnsley` from `NHS Barnsley CCG` in DfE's column nhs_name."""
    frame = read_csv(content, file, ["breakdown", "primary_level", "nhs_name"])
    rows = frame.loc[frame["breakdown"].eq("CCG of Residence"), ["primary_level", "nhs_name"]].drop_duplicates()
    if (
        rows.empty
        or rows["primary_level"].duplicated().any()
        or not rows["nhs_name"].str.fullmatch(r"NHS .+ CCG").all()
    ):
        raise ContractBroken(file, "every CCG must have one name such as 'NHS Barnsley CCG' in column nhs_name.")
    return dict(
        zip(rows["primary_level"], rows["nhs_name"].str.removeprefix("NHS ").str.removesuffix(" CCG"), strict=True)
    )


def _places(frame: pd.DataFrame, nhs: pd.DataFrame, places: dict[str, str]) -> pd.Series:
    locations = nhs.loc[nhs["level"].eq("sub_icb"), "icb_code"].value_counts()
    icb_names = dict(zip(nhs["area_code"], nhs["name"].str.removeprefix("NHS "), strict=True))
    of_icb = frame["icb_code"].map(icb_names)
    part = frame["level"].eq("sub_icb") & frame["icb_code"].map(locations).gt(1)
    place = of_icb.where(~part, frame["health_code"].map(places))
    if place.isna().any():
        raise ContractBroken(CONTACTS, f"no CCG has the code {frame.loc[place.isna(), 'health_code'].iloc[0]}.")
    return place


TABLE = TableDefinition(
    name="health_areas",
    title="NHS areas of each authority",
    grain="one row an authority and NHS area (ICB or sub-ICB location)",
    expected=expected,
    breaks=BREAKS,
    originals={
        SUB_ICBS: "health_weights_2022",
        ICBS: "health_weights_2022",
        health.LOOKUP: "nhs_areas_2022",
        CONTACTS: "mhs95_2023",
        health_boards.FILE: "health_boards_2026",
    },
    build=build,
)
