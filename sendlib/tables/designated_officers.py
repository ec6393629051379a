"""designated_officers: whether an authority's area has the designated officers for SEND.

Grain: area_code x period x role.

- `period`: a January, `2019-01` to `2025-01`, as the SEN2 collection asks it.
- `role`: ROLES: the designated medical officer (a doctor), the designated clinical officer (a nurse
  or therapist) and, asked from January 2025, the designated social care officer.
- `answer`: `yes`, `no`, `recruiting`, or empty where there is none.
- `status`: `value`, or `not_available` (not returned), or `not_applicable` (not asked that year).

An area needs one of the first two, not both; "no" to one of them is no failing. One officer may serve
several authorities.

Source: DfE "Education, health and care plans", release 2025 (supporting file); a refresh brings that of the newest.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from sendlib.areas import Areas
from sendlib.errors import ContractBroken
from sendlib.sources.originals import Originals
from sendlib.tables import periods, reading, schema
from sendlib.tables.definition import TableDefinition
from sendlib.tables.symbols import NOT_APPLICABLE, NOT_AVAILABLE, STATUSES, VALUE

if TYPE_CHECKING:
    import pandera.pandas as pa

FILE = "ehcp/education-health-and-care-plans_2025.zip::supporting-files/sen2_dmo_dco.csv"
BREAKS = (
    "The designated social care officer is asked about from January 2025 only.",
    "An area needs a designated medical or a designated clinical officer, not both; some have both.",
)
KEYS = ["area_code", "period", "role"]
ROLES = {
    "medical": "Designated medical officer",
    "clinical": "Designated clinical officer",
    "social_care": "Designated social care officer",
}
_COLUMNS = {"medical": "des_med_off", "clinical": "des_clin_off", "social_care": "des_so_care_off"}
ANSWERS = {"Yes": "yes", "No": "no", "Recruiting": "recruiting"}
_MISSING = {"n/a": NOT_APPLICABLE, "Not returned": NOT_AVAILABLE, "x": NOT_AVAILABLE, "no data": NOT_AVAILABLE}
ASKED_FROM = {"social_care": "2025-01"}
"""The role that was not asked about in every January: `n/a` in the release of 2025, `x` in that of 2026."""


def expected() -> pa.DataFrameSchema:
    import pandera.pandas as pa

    return pa.DataFrameSchema(
        {
            "area_code": schema.text(r"^\d{3}$"),
            "period": schema.text(schema.JANUARY),
            "role": schema.text(allowed=list(ROLES)),
            "answer": schema.text(allowed=[*ANSWERS.values(), ""]),
            "status": schema.text(allowed=list(STATUSES)),
        },
        checks=pa.Check(
            lambda frame: frame["answer"].astype("str").ne("") == frame["status"].astype("str").eq(VALUE),
            error="an answer is there exactly where the status says so",
        ),
        unique=KEYS,
        strict=True,
    )


def build(originals: Originals, _: Areas) -> tuple[pd.DataFrame, list[str]]:
    """The designated_officers table and no notes. Raises ContractBroken."""
    return reading.as_categories(read(originals.read(FILE), FILE), KEYS).astype(
        {"answer": "category", "status": "category"}
    ), []


def read(content: bytes, file: str) -> pd.DataFrame:
    """The supporting file: area_code, period, role, answer, status; authorities only. Raises ContractBroken."""
    frame = reading.read_csv(content, file, [*reading.EES_AREA_COLUMNS, *_COLUMNS.values()])
    frame = reading.with_area_codes(frame, file)
    frame["period"] = [
        periods.january_of(period, identifier, file)
        for period, identifier in zip(frame["time_period"], frame["time_identifier"], strict=True)
    ]
    fewest = frame.groupby("period")["area_code"].nunique()
    if frame.empty or fewest.min() < reading.FEWEST_AUTHORITIES:
        raise ContractBroken(file, "some January has too few authorities; the file may be cut short.")
    parts = []
    for role, column in _COLUMNS.items():
        cells = frame[column].str.strip()
        reading.check_labels(cells, {**ANSWERS, **_MISSING}, file, column)
        status = cells.map(_MISSING).fillna(VALUE)
        not_asked = frame["period"].lt(ASKED_FROM.get(role, "")) & cells.eq("x")
        status = status.mask(not_asked, NOT_APPLICABLE)
        parts.append(
            frame[["area_code", "period"]].assign(role=role, answer=cells.map(ANSWERS).fillna(""), status=status)
        )
    found = pd.concat(parts, ignore_index=True)
    if found.duplicated(KEYS).any():
        raise ContractBroken(
            file, f"two rows for area {found.loc[found.duplicated(KEYS), 'area_code'].iloc[0]} in one January."
        )
    return found[[*KEYS, "answer", "status"]]


TABLE = TableDefinition(
    name="designated_officers",
    title="Designated medical, clinical and social care officers",
    grain="one row an authority, January and role",
    expected=expected,
    breaks=BREAKS,
    originals={FILE: "ehc_plans_2025"},
    build=build,
)
