"""destinations: what young people did after key stage 4, by SEN and primary need, in England.

Grain: period x group x destination x unit (one area: England).

- `period`: the school year in which they finished key stage 4, `2014/15` to `2020/21`, as in
  `outcomes`. DfE's file names the year after it, in which their destinations were counted.
- `group`: GROUPS: SEN status, and the primary need of those with SEN.
- `destination`: DESTINATIONS gives each its plain name and what it is a part of; `cohort` is
  everyone. A young person counts once, where they were for two terms.
- `unit`: `pupils` or `percent` (of the cohort). `status` `low`: rounds to zero.

LAIT (the table `outcomes`) has one figure by SEN status for every authority; only this file has
the primary need and the kind of destination. The two must not be mixed: LAIT's series was worked
out again without authorities' own tracking of work, and is 0.5 to 2 points lower.

Source: DfE "Key stage 4 destination measures", destination year 2021/22. The file is a cube with
totals: only state-funded mainstream and special schools together are read, of all types.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from sendlib.areas import Areas
from sendlib.errors import ContractBroken
from sendlib.sources.originals import Originals
from sendlib.tables import periods, reading, schema
from sendlib.tables.definition import TableDefinition
from sendlib.tables.needs import NEEDS
from sendlib.tables.symbols import HIDDEN, LOW, NOT_APPLICABLE

if TYPE_CHECKING:
    import pandera.pandas as pa

FILE = "pupils/ks4_destinations_by_sen_2022.csv.gz"
BREAKS = (
    "The last year's destinations are provisional.",
    "Primary needs were recorded in another way before 2014/15, so the table begins there.",
    "Not comparable with LAIT's series in the table 'outcomes', which was worked out again later.",
)
KEYS = ["area_code", "period", "group", "destination", "unit"]
_SCHOOLS = "State-funded mainstream & special schools"
_FIRST = "201516"

_STATUSES = {
    "no identified sen": "no_sen",
    "identified sen": "any_sen",
    "school action/sen support": "sen_support",
    "statement of sen/education health and care plan": "ehc_plan",
}
_NEEDS = {
    "autistic spectrum disorder": "asd",
    "speech language and communication needs": "slcn",
    "social emotional and mental health": "semh",
    "moderate learning difficulty": "mld",
    "severe learning difficulty": "sld",
    "physical disability": "pd",
    "specific learning difficulty": "spld",
    "hearing impairment": "hi",
    "profound and multiple learning difficulty": "pmld",
    "other difficulty or disability": "oth",
    "visual impairment": "vi",
    "multi-sensory impairment": "msi",
    "sen support but no specialist assessment of type of need": "nsa",
}
_ALL_NEEDS = "total"
GROUPS = {
    "no_sen": "No identified SEN",
    "any_sen": "Any SEN",
    "sen_support": "SEN support",
    "ehc_plan": "EHC plan or statement",
    **NEEDS,
    "nsa": "SEN support without a specialist assessment",
}


@dataclass(frozen=True)
class Destination:
    """A destination's plain name and the one that it is a part of."""

    name: str
    part_of: str = ""


DESTINATIONS = {
    "cohort": Destination("Young people who finished key stage 4"),
    "overall": Destination("In education, an apprenticeship or work for two terms", "cohort"),
    "education": Destination("Education", "overall"),
    "fe": Destination("Further education college", "education"),
    "ssf": Destination("School sixth form", "education"),
    "sfc": Destination("Sixth-form college", "education"),
    "other_edu": Destination("Other education", "education"),
    "special": Destination("Special school", "other_edu"),
    "spi": Destination("Specialist post-16 institution", "other_edu"),
    "appru": Destination("Alternative provision", "other_edu"),
    "appren": Destination("Apprenticeship", "overall"),
    "all_work": Destination("Work", "overall"),
    "all_notsust": Destination("Not for two terms", "cohort"),
    "all_unknown": Destination("Not known", "cohort"),
}
UNITS = {"Number of pupils": "pupils", "Percentage": "percent"}
_MISSING = {"z": NOT_APPLICABLE, "c": HIDDEN, "low": LOW}


def expected() -> pa.DataFrameSchema:
    return schema.long_table(
        {
            "period": schema.text(schema.SCHOOL_YEAR),
            "group": schema.text(allowed=list(GROUPS)),
            "destination": schema.text(allowed=list(DESTINATIONS)),
            "unit": schema.text(allowed=list(UNITS.values())),
        }
    )


def build(originals: Originals, _: Areas) -> tuple[pd.DataFrame, list[str]]:
    """The destinations table and no notes. Raises ContractBroken."""
    return read(originals.read(FILE), FILE), []


def read(content: bytes, file: str) -> pd.DataFrame:
    """The rows by SEN status and primary need, every filter pinned."""
    filters = ["institution_group", "institution_type", "breakdown_topic", "breakdown", "data_type"]
    frame = reading.read_csv(
        content, file, ["time_period", "time_identifier", "geographic_level", *filters, *DESTINATIONS]
    )
    topic = frame["breakdown_topic"]
    pinned = (
        frame["geographic_level"].eq("National")
        & frame["institution_group"].eq(_SCHOOLS)
        & frame["institution_type"].eq("Total")
        & topic.isin(["SEN Provision", "SEN Primary Need"])
        & frame["time_period"].ge(_FIRST)
    )
    frame = frame[pinned].reset_index(drop=True)
    if frame.empty:
        raise ContractBroken(file, f"no rows by SEN are of '{_SCHOOLS}', all types together.")
    label = frame["breakdown"].str.strip().str.casefold()
    by_need = frame["breakdown_topic"].eq("SEN Primary Need")
    reading.check_labels(label[~by_need], _STATUSES, file, "breakdown (SEN Provision)")
    reading.check_labels(label[by_need], [*_NEEDS, _ALL_NEEDS], file, "breakdown (SEN Primary Need)")
    reading.check_labels(frame["data_type"], UNITS, file, "data_type")
    frame["group"] = label.map(_NEEDS).where(by_need, label.map(_STATUSES))
    frame = frame[frame["group"].notna()].reset_index(drop=True)  # the total of needs is those with any SEN
    frame["period"] = [
        periods.school_year(int(periods.january_of(year, kind, file)[:4]) - 1)
        for year, kind in zip(frame["time_period"], frame["time_identifier"], strict=True)
    ]
    frame["unit"] = frame["data_type"].map(UNITS)
    frame["area_code"] = reading.ENGLAND
    for period, rows in frame.groupby("period"):
        if rows.duplicated(["group", "unit"]).any():
            raise ContractBroken(file, f"a group stands twice in {period}; a filter is not pinned.")
        if len(rows) != len(GROUPS) * len(UNITS):
            raise ContractBroken(
                file,
                f"{len(rows)} of {len(GROUPS) * len(UNITS)} rows by SEN are there in {period};"
                " the file may be cut short.",
            )
    columns = {name: name for name in DESTINATIONS}
    percent = frame["unit"].eq("percent")  # the cohort of a percentage is a count, and stands among the counts
    long = reading.melt(frame[~percent], KEYS[:3] + ["unit"], columns, "destination", _MISSING, file)
    shares = {name: name for name in columns if name != "cohort"}
    long = pd.concat(
        [long, reading.melt(frame[percent], KEYS[:3] + ["unit"], shares, "destination", _MISSING, file)],
        ignore_index=True,
    )
    _check_sums(long, file)
    return reading.as_categories(long[[*KEYS, "value", "status"]], KEYS).astype({"status": "category"})


_WHOLES = {
    "cohort": ["overall", "all_notsust", "all_unknown"],
    "overall": ["education", "appren", "all_work"],
    "education": ["fe", "ssf", "sfc", "other_edu"],
}


def _check_sums(long: pd.DataFrame, file: str) -> None:
    """Every young person counts once in the parts of a destination."""
    wide = long[long["unit"].eq("pupils")].pivot(index=["period", "group"], columns="destination", values="value")
    for whole, parts in _WHOLES.items():
        apart = wide[whole] - wide[parts].sum(axis=1)
        if apart.ne(0).any():
            period, group = apart.abs().idxmax()
            raise ContractBroken(file, f"{', '.join(parts)} of '{group}' in {period} do not add up to '{whole}'.")


TABLE = TableDefinition(
    name="destinations",
    title="After key stage 4, by SEN and primary need, England",
    grain="one row a school year, group, destination and unit",
    expected=expected,
    breaks=BREAKS,
    originals={FILE: "ks4_destinations_2022"},
    build=build,
)
