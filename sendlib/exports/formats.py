"""The kinds of file that numbers are handed out as: for the page, which offers them, and the command line."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sendlib.exports.csv import as_archive
from sendlib.exports.numbers import Numbers
from sendlib.exports.parquet import as_parquet
from sendlib.exports.xlsx import as_xlsx


@dataclass(frozen=True)
class Format:
    """`label` stands on a button, `ending` after the file's name, `kind` is what a browser calls it. `analysts_only`
    ones are offered in Explore alone."""

    label: str
    ending: str
    kind: str
    make: Callable[[Numbers], bytes]
    analysts_only: bool = False


FORMATS: Mapping[str, Format] = {
    "xlsx": Format("Excel", ".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", as_xlsx),
    "csv": Format("CSV (ZIP)", ".zip", "application/zip", as_archive),
    "parquet": Format("Parquet", ".parquet", "application/vnd.apache.parquet", as_parquet, analysts_only=True),
}
