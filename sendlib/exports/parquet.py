"""Numbers as Parquet, for those who go on working with them: every column with its kind, its meaning and its unit."""

from __future__ import annotations

import io

import pyarrow as pa
import pyarrow.parquet as pq

from sendlib.exports.csv import as_metadata
from sendlib.exports.numbers import Numbers


def as_parquet(numbers: Numbers) -> bytes:
    """The rows under the names of the columns; the schema has what they mean, and `csvw` the rest (exports.csv)."""
    made = pa.Table.from_pandas(numbers.frame, preserve_index=False)
    fields = [
        made.schema.field(name).with_metadata(
            {"heading": column.titled, "meaning": column.meaning, **({"unit": column.unit} if column.unit else {})}
        )
        for name, column in numbers.columns.items()
    ]
    held = io.BytesIO()
    pq.write_table(made.cast(pa.schema(fields, metadata={"csvw": as_metadata(numbers)})), held, compression="zstd")
    return held.getvalue()
