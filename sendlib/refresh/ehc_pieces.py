"""The large files of a release of EHC plans a period at a time, so that reading them needs little memory.

A file is never in memory as a whole: its rows go from disk to disk, one by one, into a smaller file for each piece.
"""

from __future__ import annotations

import codecs
import csv
import re
from collections.abc import Callable, Collection, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

_UNREAD = re.compile(r"_pc$", re.IGNORECASE)
"""Columns that no table of plans, placements or needs is made of; half of the largest file."""
_TOTALS = ("all ", "new ehc plans")
"""How the topics of totals begin."""
_MOST_PIECES = 100
"""No file has more periods; one that does is damaged, and is not worth as many open files."""
_MARK = codecs.BOM_UTF8.decode("latin-1")


def by_period(file: Path) -> Iterator[bytes]:
    """A long CSV file of DfE as one small file for each period, in the order of the file, without percentages."""
    pieces = _cut(file, "time_period", lambda cell: cell, without_percentages=True)
    if not pieces:
        yield file.read_bytes()
    for piece in pieces.values():
        yield _taken(piece)


def totals(file: Path) -> bytes:
    """The rows of a long CSV file of DfE that are totals, for a table that is made of no others."""
    pieces = _cut(file, "breakdown_topic", lambda cell: str(cell.strip().lower().startswith(_TOTALS)))
    contents = {kind: _taken(piece) for kind, piece in pieces.items() if kind == str(True)}
    return contents.get(str(True)) or file.read_bytes()


def names_of(file: Path, codes: Collection[str]) -> dict[str, str]:
    """The names that a file of DfE gives to authorities, by their 3-digit codes; none where it has no such columns."""
    with file.open(encoding="utf-8-sig", errors="replace", newline="") as text:
        rows = csv.reader(text)
        names = [name.strip().lower() for name in next(rows, [])]
        if not {"old_la_code", "la_name"} <= set(names):
            return {}
        code, name = names.index("old_la_code"), names.index("la_name")
        return {row[code]: row[name].strip() for row in rows if len(row) == len(names) and row[code] in codes}


def _taken(piece: Path) -> bytes:
    content = piece.read_bytes()
    piece.unlink()
    return content


def _cut(file: Path, column: str, by: Callable[[str], str], *, without_percentages: bool = False) -> dict[str, Path]:
    """A file's rows by what `by` says of their cell in a column, every piece a file beside it, with the header.

    Nothing for a file that is not whole or lacks the column: its reader says what is wrong with it. Bytes are taken
    for letters one by one, which changes none of them.
    """
    pieces: dict[str, Path] = {}
    writers: dict[str, Any] = {}
    with ExitStack() as stack:
        text = stack.enter_context(file.open(encoding="latin-1", newline=""))
        if text.read(len(_MARK)) != _MARK:
            text.seek(0)
        rows = csv.reader(text)
        try:
            header = next(rows, [])
            names = [name.strip().lower() for name in header]
            if column not in names:
                return {}
            place = names.index(column)
            keep = [at for at, name in enumerate(names) if not (without_percentages and _UNREAD.search(name))]
            for row in rows:
                if len(row) != len(header):
                    return {}
                kind = by(row[place])
                if kind not in writers:
                    if len(writers) == _MOST_PIECES:
                        return {}
                    pieces[kind] = file.with_name(f"{file.stem}-{len(pieces)}.csv")
                    into = stack.enter_context(pieces[kind].open("w", encoding="latin-1", newline=""))
                    writers[kind] = csv.writer(into, lineterminator="\n")
                    writers[kind].writerow([header[at] for at in keep])
                writers[kind].writerow([row[at] for at in keep])
        except csv.Error:
            return {}
    return pieces
