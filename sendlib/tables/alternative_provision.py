"""alternative_provision: pupils in alternative provision, by kind of it and by SEN.

Grain: area_code x period x kind x group.

- `period`: school year, `2017/18` to `2022/23`; `school_arranged` was counted in 2022/23 for the first time.
- `kind`: KINDS. `state` are pupils of state-funded schools for alternative provision (pupil referral units among
  them), by where the school is; `authority` are places that the authority pays for elsewhere; `school` are pupils whom
  a school sends elsewhere. A pupil may be in more than one, so they are never added.
- `group`: GROUPS; `authority` has `all` only, as DfE's file has no SEN of it.
- `value`: pupils, or places. An authority without a row has nought where it stands in the file of that year at all:
  those with rows add up to England exactly.

Source: DfE, as DfE prepared it for its SEND and alternative provision dashboard (February 2024) and a public
repository keeps it. Checked here: authorities and regions each add up to England, and SEN to all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from sendlib.areas import Areas
from sendlib.errors import ContractBroken
from sendlib.sources.originals import Originals
from sendlib.tables import periods, reading, schema
from sendlib.tables.definition import TableDefinition
from sendlib.tables.symbols import VALUE

if TYPE_CHECKING:
    import pandera.pandas as pa

COUNTS = "inclusion_dashboard/ap_counts.csv.gz"
CHARACTERISTICS = "inclusion_dashboard/ap_characteristics.csv.gz"
KEYS = ["area_code", "period", "kind", "group"]
KINDS = {
    "state": "Pupils of state-funded alternative provision schools",
    "authority": "Places in other provision that the authority pays for",
    "school": "Pupils whom schools send to other provision",
}
GROUPS = {"all": "All pupils", "no_sen": "No identified SEN", "sen_support": "SEN support", "ehc_plan": "EHC plan"}
_KINDS = {
    "state-funded ap school": "state",
    "la funded ap placements": "authority",
    "school arranged ap": "school",
}
_GROUPS = {"no sen": "no_sen", "sen support": "sen_support", "ehc plan": "ehc_plan"}
BREAKS = (
    "Pupils whom schools send to other provision were counted in 2022/23 for the first time.",
    "The kinds are never added: a pupil may be in more than one of them.",
    "DfE prepared these tables for its SEND and alternative provision dashboard, and others keep them.",
)


def expected() -> pa.DataFrameSchema:
    return schema.long_table(
        {
            "period": schema.text(schema.SCHOOL_YEAR),
            "kind": schema.text(allowed=list(KINDS)),
            "group": schema.text(allowed=list(GROUPS)),
        }
    )


def build(originals: Originals, areas: Areas) -> tuple[pd.DataFrame, list[str]]:
    """The table and no notes. Raises ContractBroken."""
    counts = read_counts(originals.read(COUNTS), COUNTS, areas)
    by_sen = read_by_sen(originals.read(CHARACTERISTICS), CHARACTERISTICS, areas)
    table = _with_noughts(pd.concat([counts, by_sen], ignore_index=True))
    _check(table)
    return reading.as_categories(table[[*KEYS, "value", "status"]], KEYS).astype({"status": "category"}), []


def read_counts(content: bytes, file: str, areas: Areas) -> pd.DataFrame:
    """All pupils of each kind. Raises ContractBroken."""
    frame = reading.read_csv(content, file, ["geographic_level", "la_name", "region_name", "prov_type", "total"])
    return _rows(frame.assign(group="all"), "total", file, areas)


def read_by_sen(content: bytes, file: str, areas: Areas) -> pd.DataFrame:
    """Pupils by SEN status. Raises ContractBroken."""
    wanted = ["geographic_level", "la_name", "region_name", "prov_type", "char_dv", "pupils_dv", "pupil_characteristic"]
    frame = reading.read_csv(content, file, wanted)
    frame = frame[frame["pupil_characteristic"].str.casefold().eq("sen status")].reset_index(drop=True)
    label = frame["char_dv"].str.casefold()
    reading.check_labels(label, _GROUPS, file, "char_dv")
    return _rows(frame.assign(group=label.map(_GROUPS)), "pupils_dv", file, areas)


def _rows(frame: pd.DataFrame, column: str, file: str, areas: Areas) -> pd.DataFrame:
    kind = frame["prov_type"].str.casefold()
    reading.check_labels(kind, _KINDS, file, "prov_type")
    value = pd.to_numeric(frame[column], errors="coerce")
    if value.isna().any():
        raise ContractBroken(file, f"column '{column}' holds what is no number.")
    ends = [int(year[:4]) + 1 for year in frame["time_period"]]
    long = frame.assign(
        area_code=_codes(frame, file, areas), period=[periods.school_year(end) for end in ends], kind=kind.map(_KINDS)
    ).assign(value=value, status=VALUE)
    return reading.check_counts(long[[*KEYS, "value", "status"]], file)


def _codes(frame: pd.DataFrame, file: str, areas: Areas) -> list[str]:
    """The area of each row, by name: one file has no codes in some of its rows. Of two authorities of one name, that
    which stood in that January."""
    known = areas.table[areas.table["level"].isin(["authority", "abolished"])].astype(str)
    named: dict[str, list[tuple[str, str]]] = {}
    for code, name, begun in known[["area_code", "name", "valid_from"]].itertuples(index=False):
        named.setdefault(name, []).append((begun if begun[:1] == "2" else "", code))
    wider = {area.name: code for code, area in areas.wider.items()}
    found = []
    for level, name, region, year in zip(
        frame["geographic_level"].str.casefold(),
        frame["la_name"],
        frame["region_name"],
        frame["time_period"],
        strict=True,
    ):
        if level != "local authority":
            found.append(reading.ENGLAND if level == "national" else wider.get(region, ""))
            continue
        january = f"{int(year[:4]) + 1}-01"
        held = sorted(named.get(name, []))
        stood = held if len(held) == 1 else [(begun, code) for begun, code in held if begun <= january]
        found.append(stood[-1][1] if stood else "")
    if "" in found:
        raise ContractBroken(file, f"'{frame['la_name'].iloc[found.index('')]}' is not an area that we know.")
    return found


def _with_noughts(table: pd.DataFrame) -> pd.DataFrame:
    """Every area of a year with every kind and group of that year; those without a row have nobody."""
    kinds = table[["period", "kind", "group"]].drop_duplicates()
    whole = table[["period", "area_code"]].drop_duplicates().merge(kinds, on="period")
    return whole.merge(table, on=KEYS, how="left").fillna({"value": 0.0, "status": VALUE})


def _check(table: pd.DataFrame) -> None:
    """Authorities and regions add up to England, and the SEN statuses to all pupils."""
    if table.duplicated(KEYS).any():
        raise ContractBroken(COUNTS, "two rows for the same area, year, kind and group.")
    by = ["period", "kind", "group"]
    england = table[table["area_code"].eq(reading.ENGLAND)].set_index(by)["value"]
    for parts in (table["area_code"].str.isdigit(), table["area_code"].str.startswith("E12")):
        off = (table[parts].groupby(by)["value"].sum() - england).abs()
        if off.gt(0).any() or off.isna().any():
            raise ContractBroken(COUNTS, f"the parts of England do not add up for {', '.join(off.idxmax())}.")
    wide = table.pivot(index=["area_code", "period", "kind"], columns="group", values="value")
    known = wide[wide[list(_GROUPS.values())].notna().all(axis=1)]
    off = known["all"] - known[list(_GROUPS.values())].sum(axis=1)
    if off.ne(0).any():
        raise ContractBroken(CHARACTERISTICS, f"SEN does not add up to all pupils for {off.abs().idxmax()}.")


TABLE = TableDefinition(
    name="alternative_provision",
    title="Pupils in alternative provision, by SEN",
    grain="one row an area, school year, kind of provision and group",
    expected=expected,
    breaks=BREAKS,
    originals={COUNTS: "alternative_provision_2023", CHARACTERISTICS: "alternative_provision_2023"},
    build=build,
)
