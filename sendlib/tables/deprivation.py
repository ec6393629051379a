"""deprivation: how deprived an authority is, by the English indices of deprivation 2025.

Grain: area_code x period x measure.

- `period`: `2025`, the edition of the indices.
- `measure`: MEASURES. `idaci`: share (0 to 1) of children aged 0 to 15 in families with a low income,
  the average score of the authority's small areas. `imd`: average score of the Index of Multiple
  Deprivation; a score without a unit (higher is more deprived), not a share.
- `origin`: `published` for an authority that is one district; `derived` where an authority has several
  (21 counties): the mean of its districts' average scores, weighted with the population of mid-2024
  (children 0 to 15 for IDACI, everybody for IMD); the publisher's own average of a county may differ a
  little. England's IDACI is derived in the same way (0.367); England has no IMD score.
- `districts`: how many districts the figure is made of.

Editions (2019, 2025) do not compare: other incomes, other small areas.

Source: Ministry of Housing, Communities and Local Government, English indices of deprivation 2025, by
district, as kept by a public repository (Trafford Data Lab).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from sendlib.areas import Areas
from sendlib.errors import ContractBroken
from sendlib.sources.originals import Originals
from sendlib.tables import flows, reading, schema
from sendlib.tables.definition import TableDefinition
from sendlib.tables.symbols import parse

if TYPE_CHECKING:
    import pandera.pandas as pa

FILE = "deprivation/idaci_imd_2025_upper_tier_derived.csv"
DISTRICTS_FILE = "deprivation/indices_of_deprivation_2025_lad.csv"
PERIOD = "2025"
KEYS = ["area_code", "period", "measure"]
MEASURES = {
    "idaci": "Income deprivation affecting children (share of children aged 0 to 15)",
    "imd": "Index of Multiple Deprivation (average score)",
}
BREAKS = (
    "The averages of 21 counties, and of England, are derived from districts with the population of mid-2024.",
    "Editions of the indices do not compare with one another.",
)
_COLUMNS = {"idaci_2025_average_score": "idaci", "imd_2025_average_score": "imd"}
_DOMAINS = {"Income Deprivation Affecting Children": "idaci", "Index of Multiple Deprivation": "imd"}
_ORIGINS = {"published": "published", "weighted mean of districts": "derived"}
_ROUNDING = 0.0006


def expected() -> pa.DataFrameSchema:
    import pandera.pandas as pa

    return schema.long_table(
        {"period": schema.text(r"^2025$"), "measure": schema.text(allowed=list(MEASURES))},
        facts={"origin": schema.text(allowed=["published", "derived"]), "districts": pa.Column(int, pa.Check.ge(1))},
    )


def build(originals: Originals, areas: Areas) -> tuple[pd.DataFrame, list[str]]:
    """The deprivation table and no notes. Raises ContractBroken."""
    districts = read_districts(originals.read(DISTRICTS_FILE), DISTRICTS_FILE)
    return read(originals.read(FILE), FILE, districts, areas), []


def read_districts(content: bytes, file: str) -> pd.DataFrame:
    """Average scores by district: index its 9-character code, columns `idaci` and `imd`."""
    frame = reading.read_csv(content, file, ["area_code", "index_domain", "deprivation_data_year", "average_score"])
    frame = frame[frame["index_domain"].isin(_DOMAINS)]
    if set(frame["deprivation_data_year"]) != {PERIOD} or set(frame["index_domain"]) != set(_DOMAINS):
        raise ContractBroken(file, "it does not hold both indices of 2025, and no other edition.")
    value, _ = parse(frame["average_score"], {}, file)
    frame = frame.assign(value=value, measure=frame["index_domain"].map(_DOMAINS))
    if frame.duplicated(["area_code", "measure"]).any():
        raise ContractBroken(file, "a district has two rows for the same index.")
    return frame.pivot(index="area_code", columns="measure", values="value")


def read(content: bytes, file: str, districts: pd.DataFrame, areas: Areas) -> pd.DataFrame:
    """Averages by authority. One that is a district must have that district's own score."""
    needed = ["area_code", "old_la_code", "districts", "derived", "children_0_15_mid2024", *_COLUMNS]
    frame = reading.read_csv(content, file, needed)
    reading.check_labels(frame["derived"], _ORIGINS, file, "derived")
    codes = flows.code_of(areas)
    odd = frame[frame["area_code"].map(codes).ne(frame["old_la_code"])]
    if len(odd):
        raise ContractBroken(file, f"'{odd['area_code'].iloc[0]}' is not the authority {odd['old_la_code'].iloc[0]}.")
    if set(frame["old_la_code"]) != set(areas.authorities) or frame["old_la_code"].duplicated().any():
        raise ContractBroken(file, "it does not have one row for each authority.")
    parts = []
    for column, measure in _COLUMNS.items():
        value, status = parse(frame[column], {}, file)
        own = frame["derived"].map(_ORIGINS).eq("published")
        published = frame["area_code"].map(districts[measure])
        off = frame[own & ~((value - published).abs() <= _ROUNDING)]
        if len(off):
            raise ContractBroken(file, f"{column} of {off['area_code'].iloc[0]} is not the published score.")
        parts.append(frame[["old_la_code"]].assign(measure=measure, value=value, status=status))
    facts = pd.DataFrame({"origin": frame["derived"].map(_ORIGINS), "districts": frame["districts"].astype(int)})
    long = pd.concat([part.join(facts) for part in parts], ignore_index=True)
    long = long.rename(columns={"old_la_code": "area_code"})
    children, _ = parse(frame["children_0_15_mid2024"], {}, file)
    whole = round(float((parts[0]["value"] * children).sum() / children.sum()), 3)
    england = {"area_code": reading.ENGLAND, "measure": "idaci", "value": whole, "status": "value"}
    long.loc[len(long)] = england | {"origin": "derived", "districts": int(frame["districts"].astype(int).sum())}
    long = long.assign(period=PERIOD)[[*KEYS, "origin", "districts", "value", "status"]]
    return reading.as_categories(long, KEYS).astype({"status": "category", "origin": "category", "districts": int})


TABLE = TableDefinition(
    name="deprivation",
    title="Deprivation of authorities, 2025",
    grain="one row an area, edition and measure",
    expected=expected,
    breaks=BREAKS,
    originals=dict.fromkeys((FILE, DISTRICTS_FILE), "deprivation_2025"),
    build=build,
)
