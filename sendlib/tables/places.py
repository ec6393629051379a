"""places: pupils and places in special schools and alternative provision, by where the school is.

Grain: area_code x period x kind x measure.

- `kind`: `state_special`, `non_maintained_special`, `alternative` (DfE's counts of 2022/23, and of every census
  that a refresh brings), or
  `register_special`, `mostly_plans` (points of the register of 2021 whose authority is known by name).
- `measure`: `pupils` (with SEN support or a plan in the census; all pupils in the register) or `places`
  (the capacity that the register gives; not every school has one).
- `value`: number; `not_available` where the register gives none.

The register's numbers are those of the schools that were found by name only: too low, never too high.

Sources: as tables school_needs and schools.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from sendlib.areas import Areas
from sendlib.sources.originals import Originals
from sendlib.tables import reading, schema, school_needs, schools
from sendlib.tables.definition import TableDefinition
from sendlib.tables.symbols import NOT_AVAILABLE, VALUE

if TYPE_CHECKING:
    import pandera.pandas as pa

BREAKS = (
    "Pupils of a census and places of June 2021 come from different files and are not set against each other.",
    "Cumbria is not yet divided in the pupils of 2022/23 and before.",
    "Alternative provision is counted by its pupils with SEN only; its schools are not among the points.",
)
KEYS = ["area_code", "period", "kind", "measure"]
_PHASES = {"special": "state_special", "non_maintained": "non_maintained_special", "alternative": "alternative"}
_POINTS = {"special": "register_special", "mostly_plans": "mostly_plans"}


def expected() -> pa.DataFrameSchema:
    return schema.long_table(
        {
            "period": schema.text(rf"{schema.SCHOOL_YEAR}|{schema.MID_YEAR}"),
            "kind": schema.text(allowed=[*_PHASES.values(), *_POINTS.values()]),
            "measure": schema.text(allowed=["pupils", "places"]),
        }
    )


def build(originals: Originals, areas: Areas) -> tuple[pd.DataFrame, list[str]]:
    """The places table and no notes. Raises ContractBroken."""
    needs, _ = school_needs.build(originals, areas)
    points, _ = schools.build(originals, areas)
    frame = pd.concat([from_census(needs), from_register(points)], ignore_index=True)
    return reading.as_categories(frame, KEYS).astype({"status": "category"}), []


def from_census(needs: pd.DataFrame) -> pd.DataFrame:
    """Pupils with SEN by kind of school and census; a kind without pupils in an area that is in the file is 0.

    Where the pupils of one need are not available, their sum is not.
    """
    text = needs.astype({"area_code": str, "period": str, "phase": str, "provision": str})
    text = text[text["provision"].eq(school_needs.ANY)]
    rows = text[text["phase"].isin(_PHASES)]
    by = [rows["area_code"], rows["period"], rows["phase"].map(_PHASES).rename("kind")]
    summed = rows["value"].groupby(by).sum().where(rows["value"].notna().groupby(by).all())
    held = text[["area_code", "period"]].drop_duplicates()
    every = held.merge(pd.DataFrame({"kind": list(_PHASES.values())}), how="cross")
    frame = every.merge(summed.rename("value").reset_index(), how="left", on=["area_code", "period", "kind"])
    absent = ~pd.MultiIndex.from_frame(frame[["area_code", "period", "kind"]]).isin(summed.index)
    frame["value"] = frame["value"].mask(absent, 0.0)
    frame["status"] = frame["value"].notna().map({True: VALUE, False: NOT_AVAILABLE})
    return frame.assign(measure="pupils")[[*KEYS, "value", "status"]]


def from_register(points: pd.DataFrame) -> pd.DataFrame:
    """Places and pupils of the schools whose authority is known by name."""
    known = points[points["area_code"].ne("")]
    parts = []
    for measure, column in (("places", "capacity"), ("pupils", "pupils")):
        summed = known.groupby(["area_code", "kind"])[column].sum(min_count=1).rename("value").reset_index()
        parts.append(summed.assign(kind=summed["kind"].map(_POINTS), measure=measure))
    frame = pd.concat(parts, ignore_index=True).assign(period=schools.VINTAGE)
    frame["status"] = frame["value"].notna().map({True: VALUE, False: NOT_AVAILABLE})
    return frame[[*KEYS, "value", "status"]]


TABLE = TableDefinition(
    name="places",
    title="Pupils and places in special schools, by location",
    grain="one row an area, period, kind of school and measure",
    expected=expected,
    breaks=BREAKS,
    originals={**school_needs.TABLE.originals, **schools.TABLE.originals},
    build=build,
)
