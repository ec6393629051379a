"""features: what authorities are like, apart from SEND.

Grain: area_code x feature. Used only to find authorities that are alike; no
feature is an outcome that the pages compare.

- `feature`: FEATURES gives each its name, unit and date.
- `value`: in that unit; `period`: when.

Sources: ONS mid-2024 population estimates; ONS ultra-generalised boundaries, December 2024
(area); DfE "Schools, pupils and their characteristics", school year 2021/22 (free school meals,
language, ethnicity of pupils in schools located in the area). Cumbria was not yet divided in
2021/22: Cumberland and Westmorland and Furness have no values for pupils.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from sendlib.areas import Areas
from sendlib.errors import ContractBroken
from sendlib.sources.originals import Originals
from sendlib.tables import population, reading, schema
from sendlib.tables.definition import TableDefinition
from sendlib.tables.shapes import read_boundaries
from sendlib.tables.symbols import NOT_AVAILABLE, VALUE

if TYPE_CHECKING:
    import pandera.pandas as pa

BOUNDARIES = "boundaries/ctyua24_england_buc_4dp.geojson"
MEALS = "pupils/spc_pupils_fsm_ethnicity_yrgp.csv.gz"
ETHNICITY = "pupils/spc_pupils_ethnicity_and_language.csv.gz"
BREAKS = (
    "Pupils' features are of the school year 2021/22; Cumbria was not yet divided then.",
    "Areas are measured on generalised boundaries, which is exact enough for a density and for nothing else.",
)
KEYS = ["area_code", "feature", "period"]
PUPILS_PERIOD, PEOPLE_PERIOD = "2021/22", "2024-06"


@dataclass(frozen=True)
class Feature:
    """A feature's name for reading, its unit, and whether it is compared on a logarithmic scale."""

    name: str
    unit: str
    logarithmic: bool = False


FEATURES = {
    "residents": Feature("Residents aged 0 to 25", "people", logarithmic=True),
    "density": Feature("Residents aged 0 to 25 per square kilometre", "people", logarithmic=True),
    "free_school_meals": Feature("Pupils known to be eligible for free school meals", "%"),
    "other_language": Feature("Pupils whose first language is not English", "%"),
    "white_british": Feature("Pupils recorded as White British", "%"),
    "asian": Feature("Pupils recorded as Asian", "%"),
    "black": Feature("Pupils recorded as Black", "%"),
    "mixed": Feature("Pupils recorded as of Mixed ethnicity", "%"),
}


def expected() -> pa.DataFrameSchema:
    return schema.long_table(
        {"feature": schema.text(allowed=list(FEATURES)), "period": schema.text(r"^(2021/22|2024-06)$")}
    )


def build(originals: Originals, areas: Areas) -> tuple[pd.DataFrame, list[str]]:
    """The features table and no notes. Raises ContractBroken."""
    people = population.read_single_years(originals.read(population.SINGLE_YEARS), population.SINGLE_YEARS, areas)
    residents = people[people["area_code"].isin(areas.authorities)].groupby("area_code")["value"].sum()
    size = square_kilometres(originals.read(BOUNDARIES), BOUNDARIES, areas)
    columns = {
        ("residents", PEOPLE_PERIOD): residents,
        ("density", PEOPLE_PERIOD): residents / size,
        ("free_school_meals", PUPILS_PERIOD): read_meals(originals.read(MEALS), MEALS),
        **{(name, PUPILS_PERIOD): shares for name, shares in read_pupils(originals.read(ETHNICITY), ETHNICITY).items()},
    }
    wanted = [*areas.authorities, *(areas.table.loc[areas.table["level"].eq("abolished"), "area_code"])]
    parts = [
        series.reindex(wanted)
        .rename("value")
        .rename_axis("area_code")
        .reset_index()
        .assign(feature=name, period=period)
        for (name, period), series in columns.items()
    ]
    frame = pd.concat(parts, ignore_index=True)
    frame = frame[frame["value"].notna() | frame["area_code"].isin(areas.authorities)]
    frame["status"] = frame["value"].notna().map({True: VALUE, False: NOT_AVAILABLE})
    return reading.as_categories(frame[[*KEYS, "value", "status"]], KEYS).astype({"status": "category"}), []


def square_kilometres(content: bytes, file: str, areas: Areas) -> pd.Series:
    """Area of each authority on the boundaries, by 3-digit code, on the British National Grid."""
    shapes = read_boundaries(content, file)
    today = areas.table[areas.table["level"].eq("authority")]
    code_of = dict(zip(today["boundary_code"], today["area_code"], strict=True))
    size = shapes.to_crs(27700).area / 1e6
    found = pd.Series(size.to_numpy(), index=shapes["code"].map(code_of))
    if set(found.index.dropna()) != set(areas.authorities):
        raise ContractBroken(file, "every authority must have exactly one shape.")
    return found


def read_meals(content: bytes, file: str) -> pd.Series:
    """Per cent of pupils known to be eligible for free school meals, by authority; every filter pinned."""
    wanted = [
        *reading.EES_AREA_COLUMNS,
        "phase_type_grouping",
        "characteristic_group",
        "fsm_eligibility",
        "number_of_pupils",
        "denominator",
    ]
    frame = reading.read_csv(content, file, wanted)
    pinned = (
        frame["time_period"].eq("202122")
        & frame["geographic_level"].eq("Local authority")
        & frame["phase_type_grouping"].eq("Total")
        & frame["characteristic_group"].eq("Total")
        & frame["fsm_eligibility"].eq("Known to be eligible for free school meals")
    )
    rows = _once_each(frame[pinned], file)
    return 100 * rows["number_of_pupils"].astype(float) / rows["denominator"].astype(float)


def read_pupils(content: bytes, file: str) -> dict[str, pd.Series]:
    """Per cent of pupils by first language and by broad ethnic group, by authority; every filter pinned."""
    wanted = [*reading.EES_AREA_COLUMNS, "phase_type_grouping", "ethnicity", "language", "headcount"]
    frame = reading.read_csv(content, file, wanted)
    frame = frame[
        frame["time_period"].eq("202122")
        & frame["geographic_level"].eq("Local authority")
        & frame["phase_type_grouping"].eq("Total")
    ]
    frame = frame.assign(headcount=frame["headcount"].astype(float))
    whole = _once_each(frame[frame["ethnicity"].eq("Total") & frame["language"].eq("Total")], file)["headcount"]
    not_english = frame["ethnicity"].eq("Total") & frame["language"].eq("Known or believed to be other than English")
    parts = {"other_language": _once_each(frame[not_english], file)["headcount"]}
    of_all_languages = frame[frame["language"].eq("Total")]
    for name, beginning in {
        "white_british": "White - White British",
        "asian": "Asian - ",
        "black": "Black - ",
        "mixed": "Mixed - ",
    }.items():
        rows = of_all_languages[of_all_languages["ethnicity"].str.startswith(beginning)]
        if rows.empty:
            raise ContractBroken(file, f"no ethnicity begins with '{beginning}'.")
        parts[name] = rows.groupby("old_la_code")["headcount"].sum()
    return {name: 100 * count / whole for name, count in parts.items()}


def _once_each(rows: pd.DataFrame, file: str) -> pd.DataFrame:
    """Rows by authority code, each once; enough authorities."""
    if rows["old_la_code"].duplicated().any():
        raise ContractBroken(file, "an authority has two totals; a filter is not pinned.")
    if len(rows) < reading.FEWEST_AUTHORITIES:
        raise ContractBroken(file, f"only {len(rows)} authorities have a total; the file may be cut short.")
    return rows.set_index("old_la_code")


TABLE = TableDefinition(
    name="features",
    title="What authorities are like",
    grain="one row an authority and feature",
    expected=expected,
    breaks=BREAKS,
    originals={
        population.SINGLE_YEARS: "mye_2024",
        BOUNDARIES: "boundaries_2024",
        MEALS: "spc_2022",
        ETHNICITY: "spc_2022",
    },
    build=build,
)
