"""health_checks: yearly health checks of young people with a learning disability, by NHS area.

Grain: area_code x period x measure.

- `area_code`: a sub-ICB location by its ODS code, or England (the sum of them). `level`, `name`: what it is.
- `period`: the last day of the month counted to, `2026-03-31`. Checks add up from April: only March is a whole year.
- `measure`: MEASURES, all for ages 14 to 17: those on the learning disability register of a practice, those who are
  counted in the scheme, and those of them who had a health check since April. `practices` is how many practices
  sent figures, and `*_hidden` how many practices' figures of that measure are hidden.
- `value`: people (or practices), added up over practices. A hidden figure is 0 to 4, so where practices are hidden
  a number of people is at least `value` and at most 4 more for each of them.

Checks at hubs of several practices are not counted. The register of a practice is those whom the practice knows of:
far fewer than the pupils with a learning difficulty.

Live only: no month is shipped.

Source: NHS England, Learning Disabilities Health Check Scheme, by practice, each month.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from sendlib.errors import ContractBroken
from sendlib.tables import reading, schema
from sendlib.tables.definition import TableDefinition
from sendlib.tables.reading import ENGLAND
from sendlib.tables.symbols import VALUE

if TYPE_CHECKING:
    import pandera.pandas as pa

KEYS = ["area_code", "period", "measure"]
COLUMNS = ["level", "area_code", "name", "period", "measure", "value", "status"]
MEASURES = {
    "register": "On the learning disability register of a practice, aged 14 to 17",
    "counted": "Counted in the health check scheme, aged 14 to 17",
    "checked": "With a health check since April, aged 14 to 17",
    "practices": "Practices that sent figures",
    "register_hidden": "Practices whose number on the register is hidden",
    "counted_hidden": "Practices whose number counted is hidden",
    "checked_hidden": "Practices whose number checked is hidden",
}
PARTS = {
    ("LD_REG_1417", "Count"): "register",
    ("LDHCMI034", "Denominator"): "counted",
    ("LDHCMI034", "Numerator"): "checked",
}
"""Indicator and part of the publisher's file -> measure."""
LARGEST_HIDDEN = 4
"""A hidden count of a practice is 0 to this."""
BREAKS = (
    "Checks add up over the financial year: only the figures to the end of March are of a whole year.",
    "Checks at hubs of several practices are not counted.",
)


def expected() -> pa.DataFrameSchema:
    return schema.long_table(
        {"period": schema.text(schema.MONTH_END), "measure": schema.text(allowed=list(MEASURES))},
        area_code=schema.HEALTH_CODE,
        facts={"level": schema.text(allowed=["england", "sub_icb"]), "name": schema.text(r"^\S")},
    )


def of_sums(sums: pd.DataFrame, file: str) -> pd.DataFrame:
    """The table from sums of practices by sub-ICB location (sources.nhs_long.health_checks_by_sub_icb).

    Raises ContractBroken where more were checked than are counted.
    """
    known = sums.assign(measure=[PARTS.get(pair, "") for pair in zip(sums["indicator"], sums["part"], strict=True)])
    known = known[known["measure"].ne("")]
    place = ["sub_icb_code", "sub_icb_name", "end"]
    people = known[[*place, "measure", "value"]]
    hidden = known[[*place, "measure", "hidden"]].rename(columns={"hidden": "value"})
    hidden = hidden.assign(measure=hidden["measure"] + "_hidden")
    sent = known.groupby(place, as_index=False)["practices"].max().rename(columns={"practices": "value"})
    rows = pd.concat([people, hidden, sent.assign(measure="practices")], ignore_index=True)
    rows = rows.rename(columns={"sub_icb_code": "area_code", "sub_icb_name": "name", "end": "period"})
    rows = rows.assign(level="sub_icb")
    england = rows.groupby(["period", "measure"], as_index=False)["value"].sum()
    rows = pd.concat([rows, england.assign(area_code=ENGLAND, name="England", level="england")], ignore_index=True)
    _check(rows, file)
    return reading.as_categories(rows.assign(value=rows["value"].astype(float), status=VALUE)[COLUMNS], KEYS)


def _check(rows: pd.DataFrame, file: str) -> None:
    wide = rows.pivot(index=["area_code", "period"], columns="measure", values="value")
    if missing := sorted(set(MEASURES) - set(wide)):
        raise ContractBroken(file, f"it has no {', '.join(missing)} of young people aged 14 to 17.")
    # What is hidden may be up to four for each practice.
    over = wide[wide["checked"] > wide["counted"] + LARGEST_HIDDEN * wide["counted_hidden"]]
    if len(over):
        raise ContractBroken(file, f"in {over.index[0][0]} more young people were checked than are counted.")


TABLE = TableDefinition(
    name="health_checks",
    title="Health checks of young people with a learning disability",
    grain="one row an NHS area, month and measure",
    expected=expected,
    breaks=BREAKS,
)
