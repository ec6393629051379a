"""The large files of a release of EHC plans a period at a time, so that reading them needs little memory."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator

_UNREAD = re.compile(r"_pc$", re.IGNORECASE)
"""Columns that no table of plans, placements or needs is made of; half of the largest file."""


_TOTALS = ("all ", "new ehc plans")
"""How the topics of totals begin."""


def by_period(content: bytes) -> Iterator[bytes]:
    """A long CSV file of DfE as one small file for each period, in the order of the file, without percentages."""
    texts = _cut(content, "time_period", lambda cell: cell, without_percentages=True)
    if not texts:
        yield content
    for one in list(texts):
        yield texts.pop(one).getvalue().encode("latin-1")


def totals(content: bytes) -> bytes:
    """The rows of a long CSV file of DfE that are totals, for a table that is made of no others."""
    texts = _cut(content, "breakdown_topic", lambda cell: str(cell.strip().lower().startswith(_TOTALS)))
    return texts["True"].getvalue().encode("latin-1") if "True" in texts else content


def _cut(
    content: bytes, column: str, by: Callable[[str], str], *, without_percentages: bool = False
) -> dict[str, io.StringIO]:
    """A file's rows by what `by` says of their cell in a column, every piece with the header.

    Nothing for a file that is not whole or lacks the column: its reader says what is wrong with it. Bytes are taken
    for letters one by one, which changes none of them.
    """
    rows = csv.reader(io.StringIO(content.removeprefix(b"\xef\xbb\xbf").decode("latin-1"), newline=""))
    header = next(rows, [])
    names = [name.strip().lower() for name in header]
    if column not in names:
        return {}
    place = names.index(column)
    keep = [at for at, name in enumerate(names) if not (without_percentages and _UNREAD.search(name))]
    texts: dict[str, io.StringIO] = {}
    writers = {}
    try:
        for row in rows:
            if len(row) != len(header):
                return {}
            kind = by(row[place])
            if kind not in texts:
                texts[kind] = io.StringIO()
                writers[kind] = csv.writer(texts[kind], lineterminator="\n")
                writers[kind].writerow([header[at] for at in keep])
            writers[kind].writerow([row[at] for at in keep])
    except csv.Error:
        return {}
    return texts
