"""absence: half days of school missed, by SEN, where pupils go to school.

Grain: area_code x period x group x kind.

- `period`: school year, 2016/17 to 2022/23 as shipped, and as far as DfE's newest release has it after a refresh; there
  is none for 2019/20 (no figures were collected for the summer term).
- `group`: GROUPS. `sen` is SEN support and EHC plans together.
- `kind`: KINDS; authorised and unauthorised make overall, to rounding.
- `value`: per cent of possible half days that were missed, two decimals.

A refresh makes it newer from DfE's file by pupil characteristics for full years, of which `absence_by_school` is made
too: all kinds of school together there are what this table has, and the kinds map one to one. That file does not tell
of all SEN, so `sen` is worked out of the half days missed and possible of both groups; of a file without these, `sen`
stays as it is held.

2020/21: where a pupil could not attend because of the pandemic, that is not an absence here, and
shielding and part-time attendance differ by group: do not compare with other years. Not the same as
`absence` of table outcomes, which is by kind of school and not by SEN.

Source: DfE "Pupil absence in schools in England", as DfE prepared it for its SEND and alternative
provision dashboard (February 2024) and a public repository keeps it; later, DfE's catalogue of files.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from sendlib.areas import Areas
from sendlib.errors import ContractBroken
from sendlib.sources.originals import Originals
from sendlib.tables import flows, periods, reading, schema
from sendlib.tables.definition import TableDefinition
from sendlib.tables.symbols import HIDDEN, NOT_AVAILABLE, VALUE, parse

if TYPE_CHECKING:
    import pandera.pandas as pa

FILE = "inclusion_dashboard/absence.csv.gz"
REGIONS_FILE = "inclusion_dashboard/absence_regional.csv.gz"
KEYS = ["area_code", "period", "group", "kind"]
BREAKS = (
    "There are no figures for 2019/20, and those of 2020/21 do not compare: the pandemic.",
    "By where the school is; the kinds of school are not told apart.",
)
GROUPS = {"no_sen": "No SEN", "sen_support": "SEN support", "ehc_plan": "EHC plan or statement", "sen": "All SEN"}
KINDS = {"overall": "Overall", "authorised": "Authorised", "unauthorised": "Unauthorised"}
_GROUPS = {"no sen": "no_sen", "sen support": "sen_support", "ehcp or statement": "ehc_plan", "all sen": "sen"}
_BY_SCHOOL = "all_schools"
HALF_DAYS = {
    "sess_possible": "possible",
    "sess_overall": "overall",
    "sess_authorised": "authorised",
    "sess_unauthorised": "unauthorised",
}
"""Columns of DfE's file by pupil characteristics that count half days -> kind, or those possible."""
_PARTS_OF_LONDON = ("inner london", "outer london")
_ROUNDING = 0.0151
_COLUMNS = ["time_period", "characteristic", "region_name", "absence measure", "percentage", "academic_year"]


def expected() -> pa.DataFrameSchema:
    return schema.long_table(
        {
            "period": schema.text(schema.SCHOOL_YEAR),
            "group": schema.text(allowed=list(GROUPS)),
            "kind": schema.text(allowed=list(KINDS)),
        }
    )


def build(originals: Originals, areas: Areas) -> tuple[pd.DataFrame, list[str]]:
    """The absence table and no notes. Raises ContractBroken."""
    frame = read(originals.read(FILE), FILE, areas)
    london = read_london(originals.read(REGIONS_FILE), REGIONS_FILE, frame, areas)
    table = pd.concat([frame, london], ignore_index=True)
    return reading.as_categories(table, KEYS).astype({"status": "category"}), []


def read(content: bytes, file: str, areas: Areas) -> pd.DataFrame:
    """England, regions (London only in its two parts: left out) and authorities."""
    frame = reading.read_csv(content, file, [*_COLUMNS, "geographic_level", "new_la_code"])
    frame = frame[~frame["region_name"].str.casefold().isin(_PARTS_OF_LONDON) | frame["new_la_code"].ne("")]
    long = _long(frame, frame["new_la_code"].where(frame["new_la_code"].ne(""), frame["region_name"]), file, areas)
    level = frame["geographic_level"].str.casefold().to_numpy()
    if not set(level) <= {"national", "regional", "local authority"}:
        raise ContractBroken(file, f"geographic_level holds {sorted(set(level))}.")
    totals = long.assign(level=level)
    totals = totals[totals["group"].eq("sen") & totals["kind"].eq("overall")]
    reading.check_totals(totals[["area_code", "level", "period"]], file)
    _check(long, file)
    return long


def read_london(content: bytes, file: str, held: pd.DataFrame, areas: Areas) -> pd.DataFrame:
    """London as a whole; the other rows must be those of the first file."""
    frame = reading.read_csv(content, file, _COLUMNS)
    long = _long(frame, frame["region_name"], file, areas)
    _check(long, file)
    both = long.merge(held, on=KEYS, suffixes=("", "_held"))
    differ = both[both["value"].ne(both["value_held"])]
    if len(differ):
        raise ContractBroken(file, f"area {differ['area_code'].iloc[0]} differs from the file of authorities.")
    names = {code for code, area in areas.wider.items() if area.name == "London"}
    return long[long["area_code"].isin(names)].reset_index(drop=True)


def of_release(by_school: pd.DataFrame, half_days: pd.DataFrame | None, file: str) -> pd.DataFrame:
    """The table of the years that DfE's file by pupil characteristics has.

    `by_school` are its rows as absence_by_school reads them, `half_days` those
    of HALF_DAYS where it has these columns, and there is no `sen` without.
    Raises ContractBroken.
    """
    text = by_school.astype({name: str for name in by_school if name != "value"})
    rows = text[text["phase"].eq(_BY_SCHOOL) & text["group"].isin(list(GROUPS)) & text["measure"].isin(list(KINDS))]
    parts = [rows.rename(columns={"measure": "kind"})]
    if half_days is not None:
        parts.append(_together(half_days[half_days["phase"].eq(_BY_SCHOOL)]))
    long = pd.concat([part[[*KEYS, "value", "status"]] for part in parts], ignore_index=True)
    long["value"] = long["value"].round(2)
    _check(long[long["value"].notna()], file)
    return long


def _together(half_days: pd.DataFrame) -> pd.DataFrame:
    """Absence of all with SEN: half days missed of those possible, SEN support and EHC plans added up.

    Where one of the two numbers is missing there is no sum, and nothing of what was hidden can be worked out from it.
    """
    both = half_days[half_days["group"].isin(["sen_support", "ehc_plan"])]
    sums = both.groupby(["area_code", "period", "measure"])["value"].sum(min_count=2).unstack("measure")
    hidden = both["status"].eq(HIDDEN).groupby([both["area_code"], both["period"]]).any()
    parts = []
    for kind in KINDS:
        value = (100 * sums[kind] / sums["possible"].where(sums["possible"].gt(0))).rename("value")
        part = value.reset_index().assign(group="sen", kind=kind)
        why = hidden.reindex(value.index).map({True: HIDDEN, False: NOT_AVAILABLE}).to_numpy()
        parts.append(part.assign(status=pd.Series(why).where(part["value"].isna(), VALUE)))
    return pd.concat(parts, ignore_index=True)


def _long(frame: pd.DataFrame, names: pd.Series, file: str, areas: Areas) -> pd.DataFrame:
    codes = flows.code_of(areas) | {area.name.casefold(): code for code, area in areas.wider.items()}
    keys = names.where(names.isin(codes), names.str.casefold())
    unknown = sorted(set(keys) - set(codes))
    if unknown:
        raise ContractBroken(file, f"'{unknown[0]}' is not an area that we know.")
    group, kind = (frame[name].str.strip().str.casefold() for name in ("characteristic", "absence measure"))
    reading.check_labels(group, _GROUPS, file, "characteristic")
    reading.check_labels(kind, KINDS, file, "absence measure")
    value, status = parse(frame["percentage"], {}, file)
    return pd.DataFrame(
        {
            "area_code": keys.map(codes),
            "period": [periods.school_year(_ends(year, file)) for year in frame["time_period"]],
            "group": group.map(_GROUPS),
            "kind": kind,
            "value": value,
            "status": status,
        }
    ).reset_index(drop=True)


def _ends(time_period: str, file: str) -> int:
    if len(time_period) != 6 or not time_period.isdigit() or (int(time_period[:4]) + 1) % 100 != int(time_period[4:]):
        raise ContractBroken(file, f"'{time_period}' is not a school year such as 202223.")
    return int(time_period[:4]) + 1


def _check(long: pd.DataFrame, file: str) -> None:
    if long.duplicated(KEYS).any():
        raise ContractBroken(file, "two rows for the same area, year, group and kind.")
    wide = long.pivot(index=["area_code", "period", "group"], columns="kind", values="value")
    off = (wide["authorised"] + wide["unauthorised"] - wide["overall"]).abs()
    if off.isna().any() or (off > _ROUNDING).any():
        area, period, _ = off.isna().idxmax() if off.isna().any() else off.idxmax()
        raise ContractBroken(file, f"authorised and unauthorised do not make overall in area {area} in {period}.")
    if (wide > 100).any(axis=None):
        raise ContractBroken(file, "it holds more than 100 per cent.")


TABLE = TableDefinition(
    name="absence",
    title="Half days missed at school, by SEN",
    grain="one row an area, school year, group and kind of absence",
    expected=expected,
    breaks=BREAKS,
    originals=dict.fromkeys((FILE, REGIONS_FILE), "absence_2023"),
    build=build,
)
