"""population_england: children and young people in England, estimated for the past and projected to come.

Grain: area_code (England) x basis x period x age.

- `basis`: `estimate` (mid-year estimates, before the 2021 Census), `ons-2022` (2022-based principal
  projection), `ons-2018`, `ons-2018-high`, `ons-2018-low` (2018-based: principal, high and low population). A
  refresh brings a newer base beside them (`ons-2024`), never in their place.
- `period`: mid-year, `2001-06` to `2040-06`.
- `age`: bands `<1`, `1-5`, `6-10`, `11-15`, `16-19`, the whole `0-19`, and `18` where single years are given; the
  bands of EHC plans (`0-4`, `5-10`, `20-25`; the others are the same) where a projection has all ages to 25: those
  that are shipped do, one that a refresh brings ends at 19.
- `value`: residents.

A projection's first year is its base year, which is an estimate. ONS: projections are not forecasts;
they say what would follow if recent trends went on.

Source: ONS national population projections (2022-based as published by ONS; 2018-based as Nomis serves
them) and ONS mid-year estimates gathered from three releases; the file names each.
"""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

import pandas as pd

from sendlib.areas import Areas
from sendlib.errors import ContractBroken
from sendlib.sources.originals import Originals
from sendlib.tables import reading, schema
from sendlib.tables.definition import TableDefinition
from sendlib.tables.reading import ENGLAND
from sendlib.tables.symbols import VALUE, parse

if TYPE_CHECKING:
    import pandera.pandas as pa

ESTIMATES = "population/population_england_0_19_observed_and_projected.csv"
BASE_2022 = "population/ONS_population_projection_2022_EN.xlsx"
PRINCIPAL_2018 = "population/nomis_NM_2009_1_npp_2018based_principal.tsv.gz"
HIGH_2018 = "population/npp_2018based_high.csv.gz"
LOW_2018 = "population/npp_2018based_low.csv.gz"
BREAKS = (
    "Estimates of 2001 to 2020 were made before the 2021 Census and are not revised to it; 2016 and 2021 are missing.",
    "The 2018-based and the 2022-based projections differ by 2.2% already in 2022.",
)
KEYS = ["area_code", "basis", "period", "age"]
ESTIMATE = "estimate"
BASIS = r"^ons-(20\d\d)(?:-(high|low))?$"
"""How a projection is called: its base year, and its variant where that is not the principal one."""
BANDS = {"<1": (0, 0), "1-5": (1, 5), "6-10": (6, 10), "11-15": (11, 15), "16-19": (16, 19), "0-19": (0, 19)}
"""Age bands, both ends included."""
OF_PLANS = {"0-4": (0, 4), "5-10": (5, 10), "20-25": (20, 25)}
"""Bands that EHC plans are counted by and that are none of BANDS."""
_AGES = {**BANDS, "18": (18, 18), **OF_PLANS}
_OLDEST, _OLDEST_OF_PLANS = 19, 25
LAST = 2040
ALIKE, NEAR = 0.005, 0.1
"""How far a projection fetched may be from the same one held, and the first year of a newer one from what was projected
for it before: the 2022-based and the 2018-based are up to 5 per cent apart in 2022, by age band."""


def expected() -> pa.DataFrameSchema:
    return schema.long_table(
        {
            "basis": schema.text(rf"^{ESTIMATE}$|{BASIS}"),
            "period": schema.text(schema.MID_YEAR),
            "age": schema.text(allowed=list(_AGES)),
        }
    )


def base_year(basis: str) -> int:
    """The year that a projection starts from; 0 for the estimates."""
    found = re.match(BASIS, basis)
    return int(found[1]) if found else 0


def name_of(basis: str) -> str:
    """A projection as it is offered: `ONS 2022-based projection`, `ONS 2018-based, high population`."""
    found = re.match(BASIS, basis)
    if not found:
        raise ValueError(f"'{basis}' is no projection")
    return f"ONS {found[1]}-based, {found[2]} population" if found[2] else f"ONS {found[1]}-based projection"


def build(originals: Originals, _: Areas) -> tuple[pd.DataFrame, list[str]]:
    """The table and no notes. Raises ContractBroken."""
    parts = [
        read_estimates(originals.read(ESTIMATES), ESTIMATES),
        read_2022(originals.read(BASE_2022), BASE_2022),
        read_nomis(originals.read(PRINCIPAL_2018), PRINCIPAL_2018, "ons-2018", separator="\t", first_age=1),
        read_nomis(originals.read(HIGH_2018), HIGH_2018, "ons-2018-high"),
        read_nomis(originals.read(LOW_2018), LOW_2018, "ons-2018-low"),
    ]
    return reading.as_categories(pd.concat(parts, ignore_index=True), KEYS).astype({"status": "category"}), []


def read_estimates(content: bytes, file: str) -> pd.DataFrame:
    """The mid-year estimates of the gathered file; its projections are read from their originals instead."""
    frame = reading.read_csv(content, file, ["area_code", "year", "age_band", "population", "basis"])
    reading.check_labels(frame.age_band, BANDS, file, "age_band")
    frame = frame[frame.basis.eq("mid-year estimate")].reset_index(drop=True)
    if set(frame.area_code) != {ENGLAND}:
        raise ContractBroken(file, "the estimates must be England's and no other area's.")
    value, status = parse(frame.population, {}, file)
    bands = pd.DataFrame({"year": frame.year, "age": frame.age_band, "value": value})
    wide = bands.pivot(index="year", columns="age", values="value")
    if not wide.drop(columns="0-19").sum(axis=1).eq(wide["0-19"]).all():
        raise ContractBroken(file, "the age bands do not add up to those aged 0 to 19.")
    return pd.DataFrame(
        {
            "area_code": ENGLAND,
            "basis": ESTIMATE,
            "period": frame.year + "-06",
            "age": frame.age_band,
            "value": value,
            "status": status,
        }
    )


def read_2022(content: bytes, file: str) -> pd.DataFrame:
    """ONS' workbook: sheet Population, one row a sex and single year of age, one column a year."""
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    cover = " ".join(str(row[0]) for row in book["Cover sheet"].iter_rows(values_only=True, max_row=5))
    for word in ("2022-based", "Coverage: England", "Principal projection"):
        if word not in cover:
            raise ContractBroken(file, f"the cover sheet does not say '{word}'.")
    rows = book["Population"].iter_rows(values_only=True)
    header = [str(cell) for cell in next(rows)]
    frame = pd.DataFrame(rows, columns=pd.Index(header))
    years = [name for name in header if name.isdigit() and int(name) <= LAST]
    single = frame[frame["Age"].astype(str).str.fullmatch(r"\d+")].assign(age=lambda rows: rows["Age"].astype(int))
    long = single.melt(["Sex", "age"], years, "year", "population")
    return _by_band(long.astype({"population": float}), "ons-2022", file)


def read_nomis(content: bytes, file: str, basis: str, *, separator: str = ",", first_age: int = 0) -> pd.DataFrame:
    """Nomis' layout of a national projection: GEOGRAPHY_CODE, PROJECTED_YEAR_NAME, GENDER (1, 2), C_AGE.

    `first_age` is the C_AGE of children under one: Nomis' own codes begin at 1, the variant files at 0.
    """
    wanted = ["geography_code", "projected_year_name", "gender", "c_age", "obs_value"]
    text = content.decode("utf-8-sig").replace(separator, ",").encode()
    frame = reading.read_csv(text, file, wanted)
    frame = frame[frame.geography_code.eq(ENGLAND)]
    long = pd.DataFrame(
        {
            "Sex": frame.gender,
            "age": frame.c_age.astype(int) - first_age,
            "year": frame.projected_year_name,
            "population": frame.obs_value.astype(float),
        }
    )
    return _by_band(long[long["year"].astype(int).le(LAST)], basis, file)


def with_projection(held: pd.DataFrame, come: pd.DataFrame, file: str) -> pd.DataFrame:
    """The table with a principal projection as Nomis serves it today, beside those of other base years.

    Nomis' national data set holds one projection and does not say which of its variants. So it must go on from
    what is held: for a base that is held its numbers must be the same within ALIKE, and for a newer one its first
    year must be what the newest held had for that year within NEAR. Raises ContractBroken.
    """
    plain = held.astype({"basis": str, "period": str, "age": str})
    basis = str(come["basis"].iloc[0])
    mine = plain[plain["basis"].eq(basis)]
    newest = max((name for name in plain["basis"].unique() if re.fullmatch(r"ons-20\d\d", name)), key=base_year)
    compared = mine if len(mine) else plain[plain["basis"].eq(newest) & plain["period"].eq(come["period"].min())]
    both = come.merge(compared, on=["period", "age"], suffixes=("", "_held"))
    off = (both["value"] / both["value_held"] - 1).abs()
    if both.empty:
        raise ContractBroken(file, f"it has no year in common with {name_of(newest)}, the newest held.")
    if off.max() > (ALIKE if len(mine) else NEAR):
        raise ContractBroken(
            file,
            f"its numbers are up to {off.max():.0%} away from those of {name_of(basis if len(mine) else newest)} held;"
            " it may be another variant than the principal projection.",
        )
    rest = plain[plain["basis"].ne(basis)]
    frame = pd.concat([rest, come], ignore_index=True)
    return reading.as_categories(frame[[*KEYS, "value", "status"]], KEYS).astype({"status": "category"})


def _by_band(long: pd.DataFrame, basis: str, file: str) -> pd.DataFrame:
    """Sex, age, year and population as bands; every age from 0 to 19 must be there once for each sex. Bands of plans
    are left out where an age to 25 is missing."""
    young = long[long["age"].between(0, _OLDEST_OF_PLANS)]
    counts = young[young["age"].le(_OLDEST)].groupby("year").size()
    if counts.empty or not counts.eq(2 * (_OLDEST + 1)).all() or young["age"].min() != 0:
        raise ContractBroken(file, "each year must have every age from 0 to 19 for both sexes exactly once.")
    by_age = young.pivot_table(index="year", columns="age", values="population", aggfunc="sum")
    to_25 = young.groupby("year").size().eq(2 * (_OLDEST_OF_PLANS + 1)).all()
    bands = {name: ends for name, ends in _AGES.items() if to_25 or name not in OF_PLANS}
    parts = [
        pd.DataFrame(
            {"period": by_age.index + "-06", "age": name, "value": by_age.loc[:, first:last].sum(axis=1).to_numpy()}
        )
        for name, (first, last) in bands.items()
    ]
    return pd.concat(parts, ignore_index=True).assign(area_code=ENGLAND, basis=basis, status=VALUE)[
        [*KEYS, "value", "status"]
    ]


TABLE = TableDefinition(
    name="population_england",
    title="Children and young people in England, estimated and projected",
    grain="one row a basis, mid-year and age",
    expected=expected,
    breaks=BREAKS,
    originals={
        ESTIMATES: "mye_england",
        BASE_2022: "npp_2022",
        PRINCIPAL_2018: "npp_2018",
        HIGH_2018: "npp_2018",
        LOW_2018: "npp_2018",
    },
    build=build,
)
