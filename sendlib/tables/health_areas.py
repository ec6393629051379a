"""health_areas: which NHS areas a local authority lies in, and how much of each the other is.

Grain: area_code x level x health_code.

- `area_code`: DfE 3-digit code of an authority of today. `level`: `icb` or `sub_icb`.
- `health_code`, `health_ons_code`: the NHS area by ODS code (`QJK`, `15N`) and by ONS code.
- `name`: `NHS Devon`; of a sub-ICB location as it is officially called, `NHS South Yorkshire ICB - 02P`.
- `place`: the same to read: `Barnsley`, the name of the clinical commissioning group (CCG) that had
  the same code until July 2022; the ICB's name where the location is the whole ICB.
- `icb_code`: the ICB of the row, for both levels.
- `children`: residents aged 0 to 17 in both, mid-2020.
- `share_of_authority`: per cent of the authority's children who live in the NHS area.
- `share_of_health_area`: per cent of the NHS area's children who live in the authority.

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
from sendlib.tables import health, schema
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
    "On 1 April 2026 twelve of the 42 ICBs were abolished and six new ones began;"
    " neither the new ICBs nor their shares are in it.",
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
            "level": schema.text(allowed=["icb", "sub_icb"]),
            "health_code": schema.text(schema.HEALTH_CODE),
            "health_ons_code": schema.text(r"^E(38|54)\d{6}$"),
            "name": schema.text(r"^NHS \S"),
            "place": schema.text(r"^\S"),
            "icb_code": schema.text(r"^Q[A-Z0-9]{2}$"),
            "children": pa.Column(int, pa.Check.ge(1)),
            "share_of_authority": pa.Column(float, percent),
            "share_of_health_area": pa.Column(float, percent),
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
    wanted = [
        *KEYS,
        "health_ons_code",
        "name",
        "place",
        "icb_code",
        "children",
        "share_of_authority",
        "share_of_health_area",
    ]
    return frame[wanted].sort_values(KEYS, ignore_index=True), []


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
    },
    build=build,
)
