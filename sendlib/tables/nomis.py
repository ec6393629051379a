"""Reading residents by single year of age as sources/ons.py fetches them from Nomis.

Layout: GEOGRAPHY_CODE (9 characters), GENDER, C_AGE (101 is age 0), MEASURES, OBS_VALUE and a column
of the year. Nomis ignores a parameter that it does not know and then sends everything, so each
column must hold what was asked for and nothing else. Not a table itself.
"""

from __future__ import annotations

import pandas as pd

from sendlib.areas import Areas
from sendlib.errors import ContractBroken
from sendlib.tables import reading
from sendlib.tables.reading import ENGLAND
from sendlib.tables.symbols import parse

OLDEST = 25
_AGE_OF = {str(101 + age): str(age) for age in range(OLDEST + 1)}
_PERSONS, _COUNT = "0", "20100"


def codes_of_authorities(areas: Areas) -> dict[str, str]:
    """3-digit code of each 9-character code that an authority goes by, today's and that of December 2024."""
    today = areas.table[areas.table["level"].eq("authority")]
    codes = dict(zip(today["boundary_code"], today["area_code"], strict=True))
    return codes | dict(zip(today["ons_code"], today["area_code"], strict=True))


def read(content: bytes, file: str, areas: Areas, year: str, *, slack: float) -> pd.DataFrame:
    """Long rows: area_code, period (mid-year), age (0 to 25), value, status; in the order of the file.

    `year` is the column of the year. Every authority, region and England must
    have every age of every year exactly once, and the authorities (and the
    regions) must add up to England within `slack` persons. Other areas
    (Wales, districts of it, ...) are left out. Raises ContractBroken.
    """
    frame = reading.read_csv(content, file, [year, "geography_code", "gender", "c_age", "measures", "obs_value"])
    for column, agreed in (("gender", [_PERSONS]), ("measures", [_COUNT]), ("c_age", list(_AGE_OF))):
        reading.check_labels(frame[column], agreed, file, column)
    wider = {code: code for code in areas.wider}
    frame["area_code"] = frame["geography_code"].map(codes_of_authorities(areas) | wider)
    frame = frame[frame["area_code"].notna()].reset_index(drop=True)
    if not frame[year].str.fullmatch(r"20\d{2}").all():
        raise ContractBroken(file, f"column '{year}' holds something else than years.")
    frame["period"] = frame[year] + "-06"
    frame["age"] = frame["c_age"].map(_AGE_OF)
    frame["value"], frame["status"] = parse(frame["obs_value"], {}, file)
    _check_whole(frame, areas, file)
    _check_sums(frame, areas, slack, file)
    return frame[["area_code", "period", "age", "value", "status"]]


def _check_whole(frame: pd.DataFrame, areas: Areas, file: str) -> None:
    absent = sorted((set(areas.authorities) | set(areas.wider)) - set(frame["area_code"]))
    if absent:
        raise ContractBroken(file, f"no residents of {', '.join(areas.names[code] for code in absent[:5])}.")
    if frame.duplicated(["area_code", "period", "age"]).any():
        raise ContractBroken(file, "an area has two numbers for one year and age.")
    cells = frame["area_code"].nunique() * frame["period"].nunique() * len(_AGE_OF)
    if len(frame) != cells:
        raise ContractBroken(file, f"{len(frame):,} of {cells:,} numbers are there; the file may be cut short.")


def _check_sums(frame: pd.DataFrame, areas: Areas, slack: float, file: str) -> None:
    by_area = frame.pivot(index=["period", "age"], columns="area_code", values="value")
    for parts in (list(areas.authorities), [code for code in areas.wider if code != ENGLAND]):
        away = (by_area[parts].sum(axis=1) - by_area[ENGLAND]).abs()
        if away.max() > slack:
            period, age = away.idxmax()
            raise ContractBroken(file, f"the parts of England aged {age} do not add up to England in {period}.")
