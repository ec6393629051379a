"""placements: EHC plans by where the child or young person is placed.

Grain: area_code x period x placement.

- `period`: a January stock, `2019-01` to `2025-01`.
- `placement`: DfE's columns (ehc_labels.PLACEMENTS gives each its group and plain name); the
  totals of groups are among them (`mainstream_total`, `special_total`, `ap_pru_total`,
  `fe_total`, `ed_elsewhere`), and `all` is every plan.
- `collection`: `totals` (to January 2022: authorities sent totals) or `individual` (from January
  2023: each plan by itself); the break between them is the break of 2023.
- `value`: number of children and young people. `neet` leaves out the three other groups that are
  not in education or training, which exist from 2023.

Source: DfE "Education, health and care plans", release 2025.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from sendlib.areas import Areas
from sendlib.sources.originals import Originals
from sendlib.tables import ehc_labels, periods, reading, schema
from sendlib.tables.definition import TableDefinition
from sendlib.tables.plans import CASELOAD

if TYPE_CHECKING:
    import pandera.pandas as pa

BREAKS = (
    "January 2023: DfE began to collect each plan by itself and to look up the setting by its reference number;"
    " compare kinds of placement across 2022 and 2023 with care.",
    "To January 2022 awaiting provision, permanently excluded and other placements stand outside the groups, so the"
    " groups do not add up to all plans.",
    "Elective home education is counted from January 2020; further kinds from January 2023 or 2025.",
    "January 2025: Cambridgeshire and North East Lincolnshire could not return placements for many plans.",
)
KEYS = ["area_code", "period", "collection", "placement"]
ALL_PLACEMENTS = "all"
# Everything after the description of the row and the count of all plans, percentages left out.
_PLACEMENT_COLUMN = (
    r"^(?!time_|geographic_|country_|region_|new_la_|old_la_|la_name|breakdown|ehcplans|area_code|level).*(?<!_pc)$"
)


def expected() -> pa.DataFrameSchema:
    return schema.long_table(
        {
            "period": schema.text(schema.JANUARY),
            "collection": schema.text(allowed=["totals", "individual"]),
            "placement": schema.text(allowed=[*ehc_labels.PLACEMENTS, ALL_PLACEMENTS]),
        }
    )


def build(originals: Originals, _: Areas) -> tuple[pd.DataFrame, list[str]]:
    """The placements table and no notes. Raises ContractBroken."""
    frame = read(originals.read(CASELOAD), CASELOAD)
    return reading.as_categories(frame, KEYS).astype({"status": "category"}), []


def read(content: bytes, file: str) -> pd.DataFrame:
    """Totals by placement. The 2026 header, which parts special academies and free schools, is added up."""
    wanted = [*reading.EES_AREA_COLUMNS, "breakdown_topic", "breakdown", "ehcplans", "special_total"]
    frame = reading.read_csv(content, file, wanted)
    reading.check_columns(frame, [*ehc_labels.PLACEMENTS, *ehc_labels.TOLD_APART], file, _PLACEMENT_COLUMN)
    frame = ehc_labels.characteristics(reading.with_area_codes(frame, file), file)
    frame = frame[frame.characteristic.eq(ehc_labels.TOTAL)].reset_index(drop=True)
    frame["period"] = [
        periods.january_of(period, kind, file)
        for period, kind in zip(frame.time_period, frame.time_identifier, strict=True)
    ]
    reading.check_totals(frame, file, counted="ehcplans")
    frame["collection"] = frame.period.lt("2023").map({True: "totals", False: "individual"})
    kinds = [name for name in ehc_labels.PLACEMENTS if name != "special_academy_free"]
    kinds += ehc_labels.TOLD_APART if ehc_labels.TOLD_APART[0] in frame else ["special_academy_free"]
    columns = {"ehcplans": ALL_PLACEMENTS, **{name: name for name in kinds}}
    long = reading.melt(frame, KEYS[:-1], columns, "placement", ehc_labels.MISSING, file)
    return ehc_labels.academies_and_free_schools_together(reading.check_counts(long, file), "placement", file)


TABLE = TableDefinition(
    name="placements",
    title="EHC plans by placement, each January",
    grain="one row an area, January and placement",
    expected=expected,
    breaks=BREAKS,
    originals={CASELOAD: "ehc_plans_2025"},
    build=build,
)
