"""care: children in need and looked-after children by SEN and primary need.

Grain: area_code x period x group x sen x need x unit.

- `period`: the school year that ends after the 31 March of the count: `2016/17` to `2021/22` are shipped, a refresh
  brings later ones (England from DfE's API: care_live.py; authorities from the catalogue).
- `group`: GROUPS. Three for every area; nine more for England only, all pupils among them.
- `sen`: `all`, `no_sen`, `any_sen` and its two parts `sen_support` and `ehc_plan` (statement or
  EHC plan).
- `need`: `all`, or the primary need (codes of needs.NEEDS; `nsa` is SEN support without a specialist
  assessment; `ds`, Down syndrome, in years that a refresh brings, where DfE tells it apart). By area,
  needs are of `any_sen`; of `sen_support` and `ehc_plan` for
  England only, so nothing below England crosses group, SEN status and need.
- `unit`: `children` (DfE rounds those of England and the regions to ten) or `percent`: of the group's children where
  need is `all`, and of those of the group with that SEN status where it is a need.
- `status`: `hidden` cells are DfE's `c`; `not_applicable` where a group has no children; `low`
  where a percentage rounds to zero.

Source: DfE "Outcomes for children in need, including children looked after by local
authorities in England", 2022. Children who were matched to the school census only. The release's
rows for inner and outer London are left out: London has its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from sendlib.areas import Areas
from sendlib.errors import ContractBroken
from sendlib.sources.originals import Originals
from sendlib.tables import periods, reading, schema
from sendlib.tables.definition import TableDefinition
from sendlib.tables.needs import DOWN_SYNDROME, NEEDS
from sendlib.tables.symbols import HIDDEN, LOW, NOT_APPLICABLE, NOT_AVAILABLE, VALUE

if TYPE_CHECKING:
    import pandera.pandas as pa

BY_AREA = "cin/sen_la.csv.gz"
ENGLAND_ONLY = "cin/sen_national.csv"
BREAKS = (
    "2020/21 and 2021/22: Hackney sent no children in need; the release shows 0.",
    "Counts of England and the regions are rounded to ten, and some of authorities, mostly small ones, are hidden, so"
    " parts need not add up to their total.",
    "Only children found in the school census count: the youngest and those out of school are missing.",
)
KEYS = ["area_code", "period", "group", "sen", "need", "unit"]
GROUPS = {
    "in_need": "In need, not on a protection plan and not looked after",
    "protection_plan": "On a child protection plan, not looked after",
    "looked_after_12_months": "Looked after for a year or more",
    "all_pupils": "All pupils",
    "in_need_all": "In need, protection plans and looked-after children included",
    "looked_after": "Looked after",
    "looked_after_under_12_months": "Looked after for less than a year",
    "in_need_all_in_year": "In need at any time in the year, protection plans and looked-after children included",
    "in_need_in_year": "In need at any time in the year, not on a protection plan and not looked after",
    "protection_plan_in_year": "On a child protection plan at any time in the year, not looked after",
    "looked_after_in_year": "Looked after at any time in the year",
    "ever_in_need": "In need at any time in the last six years",
}
"""Group -> plain name; the first three by area, all for England; on 31 March where not said otherwise."""
_GROUPS = {
    "cino at 31 march": "in_need",
    "cppo at 31 march": "protection_plan",
    "cla 12 months at 31 march": "looked_after_12_months",
    "all pupils comparison": "all_pupils",
    "cin at 31 march": "in_need_all",
    "cla at 31 march": "looked_after",
    "cla less than 12 months at 31 march": "looked_after_under_12_months",
    "cin at any point": "in_need_all_in_year",
    "cino at any point": "in_need_in_year",
    "cppo at any point": "protection_plan_in_year",
    "cla at any point": "looked_after_in_year",
    "ever cin - last 6 years": "ever_in_need",
}
_FOR_EVERY_AREA = ("in_need", "protection_plan", "looked_after_12_months")
UNASSESSED = "nsa"
NEED_NAMES = {**NEEDS, UNASSESSED: "SEN support without a specialist assessment"}
_NEEDS_TOLD_APART = {**NEED_NAMES, DOWN_SYNDROME: "Down syndrome"}
"""With the need that DfE tells apart in later years."""
ALL = "all"
SEN = {
    ALL: "All children of the group",
    "no_sen": "No identified SEN",
    "any_sen": "Any SEN",
    "sen_support": "SEN support",
    "ehc_plan": "EHC plan or statement",
}
UNITS = {"t": "children", "pt": "percent"}
_STATUS_COLUMNS = {
    "no_identified_sen": "no_sen",
    "all_sen": "any_sen",
    "sen_support": "sen_support",
    "statement_or_ehc_plan": "ehc_plan",
}
_MISSING = {"c": HIDDEN, "z": NOT_APPLICABLE, "k": LOW, "low": LOW, "x": NOT_AVAILABLE}
RENAMED = {f"{prefix}_ehc_plan": f"{prefix}_statement_or_ehc_plan" for prefix in UNITS}
"""Names that columns have in later releases -> the agreed ones."""
_INNER_AND_OUTER_LONDON = ("E13000001", "E13000002")
_ROUNDING = 20
"""Two counts rounded to ten can differ from their rounded sum by this much, and no more."""

# column -> (sen, need, unit)
Meaning = tuple[str, str, str]
_STATUSES: dict[str, Meaning] = {
    "t_pupils": (ALL, ALL, "children"),
    **{
        f"{prefix}_{column}": (sen, ALL, unit)
        for prefix, unit in UNITS.items()
        for column, sen in _STATUS_COLUMNS.items()
    },
}
_NEEDS_OF_ANY: dict[str, Meaning] = {
    f"{prefix}_{need}": ("any_sen", need, unit) for prefix, unit in UNITS.items() for need in NEED_NAMES
}
_NEEDS_OF_EACH: dict[str, Meaning] = {
    f"{prefix}_{need}_{ending}": (sen, need, unit)
    for prefix, unit in UNITS.items()
    for need in NEED_NAMES
    for ending, sen in (("ss", "sen_support"), ("se", "ehc_plan"))
}


def group_of(label: str) -> str | None:
    """Our group of one of DfE's labels; None for one that is not read."""
    return _GROUPS.get(label.strip().casefold())


def expected() -> pa.DataFrameSchema:
    return schema.long_table(
        {
            "period": schema.text(schema.SCHOOL_YEAR),
            "group": schema.text(allowed=list(GROUPS)),
            "sen": schema.text(allowed=list(SEN)),
            "need": schema.text(allowed=[ALL, *_NEEDS_TOLD_APART]),
            "unit": schema.text(allowed=list(UNITS.values())),
        }
    )


def build(originals: Originals, areas: Areas) -> tuple[pd.DataFrame, list[str]]:
    """The care table and notes on figures that were left out. Raises ContractBroken."""
    by_area, notes = without_missing_returns(read_areas(originals.read(BY_AREA), BY_AREA, areas))
    england = read_england(originals.read(ENGLAND_ONLY), ENGLAND_ONLY)
    return together(by_area, england), notes


def read_areas(content: bytes, file: str, areas: Areas) -> pd.DataFrame:
    """Three groups in every area, by SEN status, and by need of those with any SEN."""
    frame = reading.read_csv(content, file, [*reading.EES_AREA_COLUMNS, "social_care_group"])
    frame = frame.rename(columns=RENAMED)
    columns = {**_STATUSES, **_NEEDS_OF_ANY}
    if f"t_{DOWN_SYNDROME}" in frame:
        columns |= {f"{prefix}_{DOWN_SYNDROME}": ("any_sen", DOWN_SYNDROME, unit) for prefix, unit in UNITS.items()}
    missing = [name for name in columns if name not in frame]
    if missing:
        raise ContractBroken(file, f"the agreed columns {', '.join(missing)} are not in it.")
    reading.check_columns(frame, columns, file, r"^p?t_")
    frame = reading.with_area_codes(
        frame[~frame["region_code"].isin(_INNER_AND_OUTER_LONDON) | frame["old_la_code"].ne("")], file
    )
    unknown = sorted(set(frame["area_code"]) - set(areas.names))
    if unknown:
        raise ContractBroken(file, f"area '{unknown[0]}' is not one that we know.")
    frame = _described(frame, file, _FOR_EVERY_AREA)
    for group, rows in frame.groupby("group"):
        reading.check_totals(rows, f"{file} ({group})")
    held = frame.groupby(["period", "area_code"]).size()
    if (held != len(_FOR_EVERY_AREA)).any():
        period, code = held[held != len(_FOR_EVERY_AREA)].index[0]
        raise ContractBroken(file, f"area {code} has not every group in {period}; the file may be cut short.")
    return _long(frame, columns, file)


def without_missing_returns(long: pd.DataFrame) -> tuple[pd.DataFrame, list[str]]:
    """An authority with no child in need at all sent no figures: its groups without children are not available.

    The release shows 0 for Hackney in 2020/21 and 2021/22.
    """
    totals = long[long["sen"].eq(ALL) & long["need"].eq(ALL) & long["value"].eq(0)]
    silent = totals.loc[totals["group"].eq("in_need"), ["area_code", "period"]]
    empty = totals.merge(silent, on=["area_code", "period"])[["area_code", "period", "group"]]
    hit = pd.MultiIndex.from_frame(long[["area_code", "period", "group"]]).isin(pd.MultiIndex.from_frame(empty))
    notes = [
        f"{period}: area {code} has 0 children in need in the release, which can not be; it is not available."
        for code, period in silent.itertuples(index=False, name=None)
    ]
    long = long.copy()
    long.loc[hit, ["value", "status"]] = [float("nan"), NOT_AVAILABLE]
    return long, notes


def read_england(content: bytes, file: str) -> pd.DataFrame:
    """All groups in England, by SEN status, and by need of those with SEN support and of those with a plan."""
    columns = {**_STATUSES, **_NEEDS_OF_EACH}
    wanted = ["time_period", "time_identifier", "geographic_level", "social_care_group", *columns]
    frame = reading.read_csv(content, file, wanted)
    reading.check_columns(frame, columns, file, r"^p?t_")
    levels = sorted(set(frame["geographic_level"]))
    if levels != ["National"]:
        raise ContractBroken(file, f"geographic_level holds {levels} where only 'National' was agreed.")
    frame = _described(frame.assign(area_code=reading.ENGLAND), file, tuple(GROUPS))
    return _long(frame, columns, file)


def together(by_area: pd.DataFrame, england: pd.DataFrame) -> pd.DataFrame:
    """Both files as one table. What both hold of England must agree, and stands once."""
    both = by_area.merge(england, on=KEYS, suffixes=("", "_england"))
    differ = both[both["value"].ne(both["value_england"]) & ~(both["value"].isna() & both["value_england"].isna())]
    if len(differ):
        row = differ.iloc[0]
        raise ContractBroken(
            ENGLAND_ONLY,
            f"'{row['group']}', '{row['sen']}' of England is {row['value_england']:g} {row['unit']} in {row['period']}"
            f" where the file by area has {row['value']:g}.",
        )
    keys = pd.MultiIndex.from_frame(england[KEYS])
    more = england[~keys.isin(pd.MultiIndex.from_frame(both[KEYS]))]
    frame = pd.concat([by_area, more], ignore_index=True)
    return reading.as_categories(frame, KEYS).astype({"status": "category"})


def _described(frame: pd.DataFrame, file: str, allowed: tuple[str, ...]) -> pd.DataFrame:
    """Add `group` and `period`; each area, period and group stands once."""
    label = frame["social_care_group"].str.strip().str.casefold()
    reading.check_labels(label, [name for name, code in _GROUPS.items() if code in allowed], file, "social_care_group")
    kinds = sorted(set(frame["time_identifier"]))
    if kinds != ["Academic year"]:
        raise ContractBroken(file, f"time_identifier holds {kinds} where only 'Academic year' was agreed.")
    years = {
        year: periods.school_year(int(periods.january_of(year, "Academic year", file)[:4]))
        for year in frame["time_period"].unique()
    }
    frame = frame.assign(group=label.map(_GROUPS), period=frame["time_period"].map(years))
    twice = frame[frame.duplicated(["area_code", "period", "group"])]
    if len(twice):
        row = twice.iloc[0]
        raise ContractBroken(
            file, f"area {row['area_code']} has two rows for '{row['social_care_group']}' in {row['period']}."
        )
    return frame


def _long(frame: pd.DataFrame, columns: dict[str, Meaning], file: str) -> pd.DataFrame:
    names = {column: "|".join(meaning) for column, meaning in columns.items()}
    long = reading.melt(frame, ["area_code", "period", "group"], names, "meaning", _MISSING, file)
    parts = long["meaning"].str.split("|", expand=True).set_axis(["sen", "need", "unit"], axis="columns")
    long = pd.concat([long.drop(columns="meaning"), parts], axis="columns")[[*KEYS, "value", "status"]]
    _check_parts(long, file)
    over = long[long["unit"].eq("percent") & long["value"].gt(100)]
    if len(over):
        raise ContractBroken(
            file,
            f"area {over['area_code'].iloc[0]} has {over['value'].iloc[0]:g} per cent in {over['period'].iloc[0]}.",
        )
    return long


def _check_parts(long: pd.DataFrame, file: str) -> None:
    """Published parts must add up to their published whole, but for rounding."""
    counts = long[long["unit"].eq("children") & long["need"].eq(ALL) & long["status"].eq(VALUE)]
    wide = counts.pivot(index=["area_code", "period", "group"], columns="sen", values="value")
    for whole, parts in ((ALL, ["no_sen", "any_sen"]), ("any_sen", ["sen_support", "ehc_plan"])):
        apart = (wide[whole] - wide[parts].sum(axis=1, min_count=2)).abs()
        if (apart > _ROUNDING).any():
            code, period, group = apart.idxmax()
            raise ContractBroken(
                file, f"'{group}' of area {code} in {period}: {' and '.join(parts)} do not add up to '{whole}'."
            )


TABLE = TableDefinition(
    name="care",
    title="Children in need and looked-after children, by SEN and primary need",
    grain="one row an area, school year, group, SEN status, primary need and unit",
    expected=expected,
    breaks=BREAKS,
    originals={BY_AREA: "children_in_need_2022", ENGLAND_ONLY: "children_in_need_2022"},
    build=build,
)
