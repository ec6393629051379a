"""area_changes: every change of an authority's code since 2009.

Grain: one row an old 9-character code. Columns: `old_code`, `old_area_code`
(3-digit), `old_name`, `new_codes`, `new_area_codes`, `new_names` (`;` between),
`effective` (ISO date), `kind` (recode, split, merge), `note`.

What each kind means for figures: a recode keeps its history under today's
code; a merge adds the counts of its parts (rates are never averaged); a split
shows the old authority until the change and the new ones from it.

Source: DfE's list of authorities with end dates, in reference/la_code_changes.csv.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from sendlib.areas import Areas
from sendlib.sources.originals import Originals
from sendlib.tables import schema
from sendlib.tables.areas import CHANGES_FILE
from sendlib.tables.definition import TableDefinition
from sendlib.tables.reading import read_csv

if TYPE_CHECKING:
    import pandera.pandas as pa

BREAKS = ("Surrey is to be replaced by two authorities in April 2027; their codes are not known yet.",)
_RENAMED = {
    "old_code": "old_code",
    "old_dfe_code": "old_area_code",
    "old_name": "old_name",
    "new_codes": "new_codes",
    "new_dfe_codes": "new_area_codes",
    "new_names": "new_names",
    "effective": "effective",
    "kind": "kind",
    "note": "note",
}


def expected() -> pa.DataFrameSchema:
    import pandera.pandas as pa

    texts = {name: schema.text() for name in _RENAMED.values()}
    return pa.DataFrameSchema(
        {
            **texts,
            "kind": schema.text(allowed=["recode", "split", "merge"]),
            "effective": schema.text(r"^\d{4}-\d\d-\d\d$"),
        },
        unique=["old_code"],
        strict=True,
    )


def build(originals: Originals, _: Areas) -> tuple[pd.DataFrame, list[str]]:
    """The area_changes table and no notes. Raises ContractBroken."""
    return read(originals), []


def read(originals: Originals) -> pd.DataFrame:
    """The area_changes table, which is needed before any area is known. Raises ContractBroken."""
    frame = read_csv(originals.read(CHANGES_FILE), CHANGES_FILE, _RENAMED)
    return frame[list(_RENAMED)].rename(columns=_RENAMED).sort_values("old_code", ignore_index=True)


TABLE = TableDefinition(
    name="area_changes",
    title="Changes of authorities and their codes",
    grain="one row an old 9-character code",
    expected=expected,
    breaks=BREAKS,
    originals={CHANGES_FILE: "la_code_changes"},
    build=build,
)
