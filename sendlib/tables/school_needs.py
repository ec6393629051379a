"""school_needs: pupils with SEN by primary need, in the schools of an area.

Grain: area_code x period x phase x provision x need.

- `period`: school year (the January school census in it): `2022/23` is shipped, a refresh brings
  every census that DfE's API has (tables/school_census.py), with England and the regions.
- `phase`: kind of school (PHASES).
- `provision`: `any` (SEN support or an EHC plan together; all that is shipped) and, live, its two
  parts `sen_support` and `ehc_plan`.
- `need`: the twelve primary needs (tables/needs.py), `nsa` (SEN support without a specialist
  assessment of the type of need) and, live, `ds` (Down syndrome, from the census on in which DfE
  tells it apart; not a part of `oth` here) and `unknown`.
- `value`: pupils in state-funded and non-maintained special
  schools located in the area, wherever the pupils live. Another population than the plans that an
  authority maintains: never mix the two. A row that is not there is a combination without pupils.

Source: DfE "Special educational needs in England", 2022/23, as kept by a public repository, with
names of authorities and no codes. There is no row for England; Cumbria is not yet divided.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from sendlib.areas import Areas
from sendlib.errors import ContractBroken
from sendlib.sources.originals import Originals
from sendlib.tables import reading, schema
from sendlib.tables.definition import TableDefinition
from sendlib.tables.needs import DOWN_SYNDROME, NEEDS, UNKNOWN
from sendlib.tables.symbols import NOT_APPLICABLE, NOT_AVAILABLE, parse

if TYPE_CHECKING:
    import pandera.pandas as pa

FILE = "schools/nyt_sen_disability_type.csv.gz"
BREAKS = (
    "Pupils are counted where they go to school. In the file that is shipped (2022/23) those with SEN support and with"
    " an EHC plan are together.",
    "Cumbria is not yet divided in 2022/23 and before.",
    "SEN support without a specialist assessment of the type of need stands apart: it is no need.",
)
KEYS = ["area_code", "period", "phase", "provision", "need"]
ANY = "any"
PROVISIONS = {ANY: "SEN support or an EHC plan", "sen_support": "SEN support", "ehc_plan": "EHC plan"}
PERIOD = "2022/23"
UNASSESSED = "nsa"
PHASES = {
    "primary": "State-funded primary",
    "secondary": "State-funded secondary",
    "special": "State-funded special school",
    "nursery": "State-funded nursery",
    "alternative": "State-funded alternative provision",
    "non_maintained": "Non-maintained special school",
}
_PHASES = {
    "state-funded primary": "primary",
    "state-funded secondary": "secondary",
    "state-funded special school": "special",
    "state-funded nursery": "nursery",
    "state-funded ap school": "alternative",
    "non-maintained special school": "non_maintained",
}
_NEEDS = {
    "autistic spectrum disorder": "asd",
    "speech, language and communications needs": "slcn",
    "social, emotional and mental health": "semh",
    "moderate learning difficulty": "mld",
    "severe learning difficulty": "sld",
    "physical disability": "pd",
    "specific learning difficulty": "spld",
    "hearing impairment": "hi",
    "profound & multiple learning difficulty": "pmld",
    "other difficulty/disability": "oth",
    "visual impairment": "vi",
    "multi- sensory impairment": "msi",
    "sen support but no specialist assessment of type of need": UNASSESSED,
}


def expected() -> pa.DataFrameSchema:
    return schema.long_table(
        {
            "period": schema.text(schema.SCHOOL_YEAR),
            "phase": schema.text(allowed=list(PHASES)),
            "provision": schema.text(allowed=list(PROVISIONS)),
            "need": schema.text(allowed=[*NEEDS, UNASSESSED, DOWN_SYNDROME, UNKNOWN]),
        }
    )


def build(originals: Originals, areas: Areas) -> tuple[pd.DataFrame, list[str]]:
    """The school_needs table and no notes. Raises ContractBroken."""
    return read(originals.read(FILE), FILE, areas), []


def read(content: bytes, file: str, areas: Areas) -> pd.DataFrame:
    """Authorities by name; every label must be an agreed one."""
    frame = reading.read_csv(content, file, ["la_name", "phase_type_grouping", "primary_need", "number_of_pupils"])
    phase, need = (frame[name].str.strip().str.casefold() for name in ("phase_type_grouping", "primary_need"))
    reading.check_labels(phase, _PHASES, file, "phase_type_grouping")
    reading.check_labels(need, _NEEDS, file, "primary_need")
    codes = {name: code for code, name in areas.names.items() if code not in areas.authorities}
    codes |= {area.name: area.code for area in areas.authorities.values()}
    unknown = sorted(set(frame["la_name"]) - set(codes))
    if unknown:
        raise ContractBroken(file, f"'{unknown[0]}' is not an authority that we know.")
    if frame["la_name"].nunique() < reading.FEWEST_AUTHORITIES:
        raise ContractBroken(file, f"only {frame['la_name'].nunique()} authorities; the file may be cut short.")
    gone = sorted(set(_NEEDS.values()) - set(need.map(_NEEDS)))
    if gone:
        raise ContractBroken(file, f"it has no rows for {', '.join(gone)}.")
    value, status = parse(frame["number_of_pupils"], {"x": NOT_AVAILABLE, "z": NOT_APPLICABLE}, file)
    long = pd.DataFrame(
        {
            "area_code": frame["la_name"].map(codes),
            "period": PERIOD,
            "phase": phase.map(_PHASES),
            "provision": ANY,
            "need": need.map(_NEEDS),
            "value": value,
            "status": status,
        }
    )
    if long.duplicated(KEYS).any():
        raise ContractBroken(file, "an authority has two rows for the same phase and need.")
    return reading.as_categories(long, KEYS).astype({"status": "category"})


TABLE = TableDefinition(
    name="school_needs",
    title="Pupils with SEN by primary need, by location of the school",
    grain="one row an area, school year, phase, provision and need",
    expected=expected,
    breaks=BREAKS,
    originals={FILE: "sen_in_england_2023"},
    build=build,
)
