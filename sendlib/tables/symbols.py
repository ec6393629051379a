"""Five kinds of missing, never one.

A published cell is a number or a symbol, and the symbols mean different things
in different files (x and z have swapped between DfE releases), so each reader
passes its own dictionary from symbol to status.
"""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from sendlib.errors import ContractBroken

VALUE = "value"
HIDDEN = "hidden"
NOT_APPLICABLE = "not_applicable"
NOT_AVAILABLE = "not_available"
LOW = "low"

STATUSES = (VALUE, HIDDEN, NOT_APPLICABLE, NOT_AVAILABLE, LOW)

WORDS = {
    VALUE: "published",
    HIDDEN: "hidden to protect children's privacy",
    NOT_APPLICABLE: "does not apply",
    NOT_AVAILABLE: "not available",
    LOW: "low (rounds to zero)",
}
"""What a reader sees instead of the status."""


def parse(cells: pd.Series, symbols: Mapping[str, str], file: str) -> tuple[pd.Series, pd.Series]:
    """Published text cells as numbers (NaN where missing) and statuses.

    Thousands separators and percent signs are taken off. A cell that is
    neither a number nor one of the file's symbols breaks the contract: it is
    never turned into a blank.
    """
    text = cells.astype("str").str.strip()
    status = text.map(dict(symbols)).astype(object)
    plain = text.str.replace(",", "", regex=False).str.removesuffix("%")
    value = pd.to_numeric(plain.where(status.isna()), errors="coerce").astype(float)
    unknown = text[value.isna() & status.isna()]
    if len(unknown):
        shown = ", ".join(repr(cell) for cell in sorted(unknown.unique())[:5])
        raise ContractBroken(
            file, f"column '{cells.name}' holds {shown}, which is neither a number nor a known symbol."
        )
    return value, status.fillna(VALUE)
