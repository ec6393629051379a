"""next_steps: where young people went after key stage 4 (at 16) and after 16 to 18 study (at 18), by SEN and authority.

Grain: area_code x period x stage x group x destination.

- `period`: the school year in which they finished, as in `destinations` and `outcomes`: `2017/18` to `2020/21` at 16,
  `2016/17` to `2020/21` at 18. DfE's files name the year after it, in which they were counted.
- `stage`: STAGES. `group`: GROUPS. At 18, pupils of school sixth forms have SEN or not, students of colleges a
  learning difficulty or disability (LLDD) or not: these are two ways to count and are never added. Special
  schools and colleges at 18 are in neither.
- `destination`: DESTINATIONS; `cohort` is how many young people there are, the others are per cent of them, who stayed
  for two terms. `he`, `fe` and `other_education` are there at 18, `education` as a whole at 16.
- `value`: as published, one decimal.

Not the same as `sustained_destination` of table outcomes, which LAIT worked out again later. England's own figures at
16 are those of table `destinations`.

Sources: DfE "Key stage 4 destination measures" and "16-18 destination measures", as DfE prepared them for its SEND
and alternative provision dashboard (February 2024) and a public repository keeps them. The file at 18 names
authorities without their codes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from sendlib.areas import Areas
from sendlib.errors import ContractBroken
from sendlib.sources.originals import Originals
from sendlib.tables import periods, reading, schema
from sendlib.tables.definition import TableDefinition
from sendlib.tables.symbols import NOT_AVAILABLE, parse

if TYPE_CHECKING:
    import pandera.pandas as pa

AT_16 = ("inclusion_dashboard/ks4_destinations.csv.gz", "inclusion_dashboard/ks4_destinations_nat.csv.gz")
AT_18 = ("inclusion_dashboard/destinations_1618.csv.gz", "inclusion_dashboard/destinations_1618_nat.csv.gz")
"""The file of authorities and regions, and that of England."""
KEYS = ["area_code", "period", "stage", "group", "destination"]
STAGES = {"16": "After key stage 4 (at 16)", "18": "After 16 to 18 study (at 18)"}
GROUPS = {
    "no_sen": "No identified SEN",
    "any_sen": "Any SEN",
    "sen_support": "SEN support",
    "ehc_plan": "EHC plan or statement",
    "no_lldd": "College students without a learning difficulty or disability",
    "lldd": "College students with a learning difficulty or disability",
}
DESTINATIONS = {
    "cohort": "Young people who finished",
    "overall": "In education, an apprenticeship or work",
    "education": "Education",
    "he": "Higher education",
    "fe": "Further education",
    "other_education": "Other education",
    "apprenticeship": "Apprenticeship",
    "work": "Work",
    "not_stayed": "Not for two terms",
    "unknown": "Not known",
}
_GROUPS = {
    "no identified sen": "no_sen",
    "identified sen": "any_sen",
    "identified sen (mainstream)": "any_sen",
    "sen support": "sen_support",
    "ehc plan or statement": "ehc_plan",
    "no identified lldd": "no_lldd",
    "identified lldd (mainstream)": "lldd",
}
_NOT_READ = ("specialist provision",)
_DESTINATIONS = {
    "overall": "overall",
    "appren": "apprenticeship",
    "all_work": "work",
    "all_notsust": "not_stayed",
    "all_unknown": "unknown",
}
_PARTS = {"16": ("ssf", "sfc", "fe", "other_edu"), "18": ()}
"""Kinds of education that are not read: at 16 they are in the whole of it."""
_MORE = {"16": {}, "18": {"he": "he", "fe": "fe", "other_edu": "other_education"}}
_PARTS_OF_LONDON = ("inner london", "outer london")
_ROUNDING, _MOST_APART = 0.25, 0.01
BREAKS = (
    "After key stage 4: those who finished in 2020/21 have provisional figures.",
    "After 16 to 18 study: of those who finished in 2020/21 colleges count far fewer than before, so their figures do"
    " not compare with earlier years.",
    "DfE prepared these tables for its SEND and alternative provision dashboard, and others keep them.",
)


def expected() -> pa.DataFrameSchema:
    return schema.long_table(
        {
            "period": schema.text(schema.SCHOOL_YEAR),
            "stage": schema.text(allowed=list(STAGES)),
            "group": schema.text(allowed=list(GROUPS)),
            "destination": schema.text(allowed=list(DESTINATIONS)),
        }
    )


def build(originals: Originals, areas: Areas) -> tuple[pd.DataFrame, list[str]]:
    """The table and no notes. Raises ContractBroken."""
    parts = []
    for stage, (of_areas, of_england) in {"16": AT_16, "18": AT_18}.items():
        local = read(originals.read(of_areas), of_areas, stage, areas)
        england = read(originals.read(of_england), of_england, stage, areas)
        _check_cohorts(local, england, of_areas)
        parts += [local, england]
    table = pd.concat(parts, ignore_index=True)[[*KEYS, "value", "status"]]
    return reading.as_categories(table, KEYS).astype({"status": "category"}), []


def read(content: bytes, file: str, stage: str, areas: Areas) -> pd.DataFrame:
    """One file as long rows. Raises ContractBroken where its parts do not make its wholes."""
    wanted = ["time_period", "geographic_level", "characteristic", "cohort", "destination_raw", "% of pupils"]
    frame = reading.read_csv(content, file, [*wanted, *(["education"] if stage == "16" else [])])
    label = frame["characteristic"].str.strip().str.casefold()
    reading.check_labels(label, [*_GROUPS, *_NOT_READ], file, "characteristic")
    named = {**_DESTINATIONS, **_MORE[stage]}
    reading.check_labels(frame["destination_raw"], [*named, *_PARTS[stage]], file, "destination_raw")
    frame["group"], frame["stage"] = label.map(_GROUPS), stage
    frame["period"] = [periods.school_year(_ends(year, file) - 1) for year in frame["time_period"]]
    frame = frame[frame["group"].notna() & ~_is_part_of_london(frame)].reset_index(drop=True)
    frame["area_code"] = _codes(frame, file, areas)
    each = ["area_code", "period", "group"]
    first = _of_the_larger(frame, file).drop_duplicates(each)
    parts = [_rows(_of_the_larger(frame, file), "% of pupils", file)]
    parts[0] = parts[0].assign(destination=parts[0].pop("destination_raw").map(named)).dropna(subset=["destination"])
    parts.append(_rows(first, "cohort", file).assign(destination="cohort"))
    if stage == "16":
        parts.append(_rows(first, "education", file).assign(destination="education"))
    long = pd.concat([part[[*KEYS, "value", "status"]] for part in parts], ignore_index=True)
    _check(long, file)
    return long


def _rows(frame: pd.DataFrame, column: str, file: str) -> pd.DataFrame:
    value, status = parse(frame[column], {"": NOT_AVAILABLE, "low": NOT_AVAILABLE}, file)
    return frame.assign(value=value, status=status)


def _of_the_larger(frame: pd.DataFrame, file: str) -> pd.DataFrame:
    """Of two rows under one name (Dorset, the county that is gone and the council of today), that of more people."""
    keys = ["area_code", "period", "group", "destination_raw"]
    number = pd.to_numeric(frame["cohort"], errors="coerce")
    if number.isna().any():
        raise ContractBroken(file, "a cohort is no number.")
    kept = frame.assign(number=number).sort_values("number", ascending=False, kind="stable").drop_duplicates(keys)
    if len(frame) - len(kept) > len(set(frame["destination_raw"])):
        raise ContractBroken(file, "more than one authority has two rows for the same year, group and destination.")
    return kept.sort_index()


def _is_part_of_london(frame: pd.DataFrame) -> pd.Series:
    """Inner and outer London as regions; London has its own row."""
    if "region_name" not in frame:
        return pd.Series(False, index=frame.index)
    regional = frame["geographic_level"].str.casefold().eq("regional")
    return regional & frame["region_name"].str.casefold().isin(_PARTS_OF_LONDON)


def _codes(frame: pd.DataFrame, file: str, areas: Areas) -> pd.Series:
    """The area of each row: by DfE's code where the file has it, else by name."""
    level = frame["geographic_level"].str.strip().str.casefold()
    if not set(level) <= {"national", "regional", "local authority"}:
        raise ContractBroken(file, f"geographic_level holds {sorted(set(level))}.")
    wider = {area.name.casefold(): code for code, area in areas.wider.items()}
    region = frame["region_name"].str.casefold().map(wider) if "region_name" in frame else pd.Series("", frame.index)
    own = frame["old_la_code"] if "old_la_code" in frame else _by_name(frame, areas)
    code = own.where(level.eq("local authority"), region).where(level.ne("national"), reading.ENGLAND)
    unknown = frame[~code.isin(list(areas.names))]
    if len(unknown):
        row = unknown.iloc[0]
        raise ContractBroken(file, f"'{row.get('la_name') or row.get('region_name')}' is not an area that we know.")
    return code


def _by_name(frame: pd.DataFrame, areas: Areas) -> pd.Series:
    """The authority of each row by its name; of two of one name that which stood at the end of the year counted."""
    if "la_name" not in frame:
        return pd.Series("", index=frame.index)
    held = areas.table[areas.table["level"].isin(["authority", "abolished"])]
    today = held[held["level"].eq("authority")].set_index("name")
    before = held[held["level"].eq("abolished")].set_index("name")["area_code"].astype(str)
    now, begun = today["area_code"].astype(str), today["valid_from"].astype(str)
    name = frame["la_name"]
    code = name.map(now)
    young = name.map(begun).fillna("") > frame["time_period"].str[:4] + "-09-01"
    return code.where(code.notna() & ~(young & name.isin(before.index)), name.map(before))


def _ends(time_period: str, file: str) -> int:
    if len(time_period) != 6 or not time_period.isdigit() or (int(time_period[:4]) + 1) % 100 != int(time_period[4:]):
        raise ContractBroken(file, f"'{time_period}' is not a school year such as 202122.")
    return int(time_period[:4]) + 1


def _check(long: pd.DataFrame, file: str) -> None:
    """Everybody stayed, did not, or is not known of."""
    wide = long.pivot(index=["area_code", "period", "group"], columns="destination", values="value")
    off = (wide[["overall", "not_stayed", "unknown"]].sum(axis=1, min_count=3) - 100).abs()
    if off.gt(_ROUNDING).any():
        area, period, group = off.idxmax()
        raise ContractBroken(file, f"the parts of {group} of area {area} in {period} do not make 100 per cent.")


def _check_cohorts(local: pd.DataFrame, england: pd.DataFrame, file: str) -> None:
    """The authorities' young people are England's, but for a few."""
    by = ["period", "group"]
    counts = local[local["destination"].eq("cohort") & local["area_code"].str.isdigit()].groupby(by)["value"].sum()
    whole = england[england["destination"].eq("cohort")].set_index(by)["value"]
    apart = ((counts - whole).abs() / whole).reindex(whole.index)
    if apart.isna().any() or apart.gt(_MOST_APART).any():
        period, group = apart.fillna(1).idxmax()
        raise ContractBroken(file, f"the authorities' {group} in {period} do not add up to England's.")


TABLE = TableDefinition(
    name="next_steps",
    title="Where young people went at 16 and at 18, by SEN",
    grain="one row an area, school year, stage, group and destination",
    expected=expected,
    breaks=BREAKS,
    originals=dict.fromkeys((*AT_16, *AT_18), "next_steps_2022"),
    build=build,
)
