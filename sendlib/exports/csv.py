"""A table of an answer as CSV."""

from __future__ import annotations

from sendlib.answer import Answer, Table


def as_csv(table: Table, answer: Answer) -> bytes:
    """The table's rows, unrounded, under their headings, with what they are and where they come from in the last
    columns."""
    sources = " | ".join(dict.fromkeys(source.citation() for source in answer.citations(table.sources)))
    frame = table.data.rename(columns={name: column.titled for name, column in table.columns.items()})
    text: str = frame.assign(Table=table.caption.explore, Source=sources).to_csv(index=False, lineterminator="\n")
    return text.encode("utf-8-sig")
