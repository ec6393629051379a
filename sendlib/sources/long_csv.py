"""Publishers' long CSV files, plain or inside a zip archive, filtered without loading them whole.

The NHS' monthly file is 175 MB unzipped. DuckDB reads it row by row on one
thread with a limit on its memory, every cell as text; what comes back is only
the rows that were asked for.
"""

from __future__ import annotations

import codecs
import csv
import re
import shutil
import tempfile
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from sendlib.errors import ContractBroken, SourceUnavailable

if TYPE_CHECKING:
    import duckdb  # imported where it is used: no page needs it, and it takes long

MEMORY = "256MB"
"""What DuckDB may use; with Python and pandas a filter stays under half a gigabyte."""
LARGEST = 2_000_000_000
"""Bytes of one unzipped CSV file; more is a mistake or an attack."""
CHUNK = 1 << 20
_PLAIN_SPACE = "replace(\"{0}\", chr(160), ' ')"


@dataclass(frozen=True)
class LongCsv:
    """A CSV file on disk that can be asked: its name for messages, encoding, and header as it stands."""

    path: Path
    name: str
    encoding: str
    header: tuple[str, ...]

    def column(self, *names: str) -> str | None:
        """The heading that goes by one of these names, whatever its case; None when there is none."""
        known = {heading.strip().upper(): heading for heading in self.header}
        return next((known[name.upper()] for name in names if name.upper() in known), None)

    def require(self, names: Mapping[str, Sequence[str]]) -> dict[str, str]:
        """Our name -> heading, for columns that must be there. Raises ContractBroken with all that are missing."""
        found = {ours: self.column(*theirs) for ours, theirs in names.items()}
        missing = [" or ".join(names[ours]) for ours, heading in found.items() if heading is None]
        if missing:
            raise ContractBroken(
                self.name, f"the agreed columns {', '.join(missing)} are not in it; it has {', '.join(self.header)}."
            )
        return {ours: heading for ours, heading in found.items() if heading is not None}

    def select(
        self, columns: Mapping[str, str], where: Mapping[str, Iterable[str]], memory: str = MEMORY
    ) -> pd.DataFrame:
        """Rows whose cells are among the values wanted, in the file's order, as trimmed text.

        `columns` is our name -> heading; `where` is heading -> values. Raises
        ContractBroken when a row has too many or too few cells.
        """
        cells = ", ".join(f'{_trimmed(heading)} AS "{ours}"' for ours, heading in columns.items())
        wanted = {heading: list(values) for heading, values in where.items()}
        conditions = " AND ".join(f"list_contains(?, {_trimmed(heading)})" for heading in wanted) or "true"
        return self._ask(f"SELECT {cells} FROM {{source}} WHERE {conditions}", list(wanted.values()), memory)

    def distinct(self, heading: str, memory: str = MEMORY) -> list[str]:
        """The different values of a column, sorted."""
        frame = self._ask(f"SELECT DISTINCT {_trimmed(heading)} AS value FROM {{source}} ORDER BY 1", [], memory)
        return [str(value) for value in frame["value"]]

    def _ask(self, question: str, values: list[list[str]], memory: str) -> pd.DataFrame:
        import duckdb

        headings = ", ".join(f"{_text(heading)}: 'VARCHAR'" for heading in self.header)
        source = (
            f"read_csv({_text(_without_patterns(self.path))}, header = true, columns = {{{headings}}}, auto_detect ="
            f" false, delim = ',', quote = '\"', escape = '\"', encoding = '{self.encoding}', strict_mode = true,"
            " null_padding = false, max_line_size = 1000000)"
        )
        with _bounded(memory, self.path.parent) as database:
            try:
                return database.execute(question.replace("{source}", source), values).df()
            except duckdb.InvalidInputException as error:
                raise ContractBroken(
                    self.name, f"a row does not fit the header; the file may be cut short ({_first_line(error)})."
                ) from error
            except (duckdb.OutOfMemoryException, duckdb.IOException) as error:
                raise SourceUnavailable(
                    f"{self.name} could not be read in {memory} of memory ({_first_line(error)})."
                ) from error


@contextmanager
def opened(path: Path, member: str = "") -> Iterator[LongCsv]:
    """A CSV file, or the one CSV file of a zip archive whose name contains the pattern `member`.

    A member is unzipped beside the archive for as long as it is in use.
    Raises ContractBroken: not a table, an incomplete archive, none or several
    members, an empty file, one that ends in the middle of a row; and
    SourceUnavailable when it is not there or the disk is full.
    """
    if not path.is_file():
        raise SourceUnavailable(f"{path.name} is not in {path.parent}.")
    if not zipfile.is_zipfile(path):
        if path.suffix.lower() == ".zip":
            raise ContractBroken(path.name, "this is not a complete zip archive.")
        yield _described(path, path.name)
        return
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=".unzipped-") as folder:
        plain = Path(folder) / "member.csv"
        name = unzip(path, member, plain, LARGEST)
        yield _described(plain, f"{path.name} ({name})")


def members(path: Path) -> list[str]:
    """The CSV files of an archive; a plain CSV file is its own only member."""
    try:
        with zipfile.ZipFile(path) as archive:
            return [
                name
                for name in archive.namelist()
                if name.lower().endswith(".csv") and not Path(name).name.startswith(".")
            ]
    except zipfile.BadZipFile as error:
        if path.suffix.lower() == ".zip":
            raise ContractBroken(path.name, f"this is not a complete zip archive ({error}).") from error
        return [path.name]


def unzip(path: Path, member: str, into: Path, largest: int) -> str:
    """Write the one CSV file of an archive whose name contains the pattern `member` to `into`; its name.

    It may have at most `largest` bytes. Raises as `opened` does.
    """
    names = [name for name in members(path) if re.search(member, Path(name).name, re.IGNORECASE)]
    if len(names) > 1:
        raise ContractBroken(
            path.name,
            f"one CSV file{f' like {member}' if member else ''} was expected in it, and {len(names)} are there"
            f" ({', '.join(names)}). Which of them has the figures can not be told.",
        )
    if not names:
        found = ", ".join(members(path)) or "nothing"
        raise ContractBroken(
            path.name, f"one CSV file{f' like {member}' if member else ''} was expected in it; it holds {found}."
        )
    try:
        with zipfile.ZipFile(path) as archive:
            if archive.getinfo(names[0]).file_size > largest:
                raise ContractBroken(path.name, f"{names[0]} would be larger than {largest:,} bytes.")
            with archive.open(names[0]) as packed, into.open("wb") as plain:
                shutil.copyfileobj(packed, plain, CHUNK)
    # zipfile's words for an archive that it can not open: a packing it does not know (NotImplementedError), a password
    # (RuntimeError).
    except (zipfile.BadZipFile, EOFError, zlib.error, NotImplementedError, RuntimeError) as error:
        raise ContractBroken(path.name, f"{names[0]} can not be unzipped whole ({error}).") from error
    except OSError as error:
        raise SourceUnavailable(f"{path.name} could not be unzipped in {path.parent} ({error}).") from error
    return Path(names[0]).name


def _described(path: Path, name: str) -> LongCsv:
    encoding = _encoding(path, name)
    with path.open(encoding="utf-8-sig" if encoding == "utf-8" else encoding, newline="") as file:
        header = next(csv.reader(file), [])
    if len(header) < 2:
        raise ContractBroken(name, f"this is not a table; it begins with '{' '.join(header)[:80]}'.")
    headings = [heading.removeprefix("ï»¿").strip() for heading in header]
    repeated = sorted({heading for heading in headings if headings.count(heading) > 1})
    if repeated or "" in headings:
        raise ContractBroken(name, f"the header repeats {', '.join(repeated) or 'an empty heading'}.")
    return LongCsv(path, name, encoding, tuple(headings))


def _encoding(path: Path, name: str) -> str:
    """UTF-8 where every byte allows it; else Latin-1 (files of 2023 have lone 0xA0 bytes).

    Refuses pages and cut rows.
    """
    decoder, utf8, last, first = codecs.getincrementaldecoder("utf-8")(), True, b"", b""
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            first, last = first or chunk[:512], chunk[-1:]
            if utf8:
                try:
                    decoder.decode(chunk)
                except UnicodeDecodeError:
                    utf8 = False
    if not first.strip():
        raise ContractBroken(name, "the file is empty.")
    if first.removeprefix(b"\xef\xbb\xbf").lstrip().lower().startswith((b"<!doctype", b"<html", b"<?xml")):
        raise ContractBroken(name, "this is a web page, not a table (the publisher may have moved the file).")
    if last != b"\n":
        raise ContractBroken(name, "its last row has no end; the file is cut short.")
    return "utf-8" if utf8 else "latin-1"


@contextmanager
def _bounded(memory: str, folder: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A database in memory that keeps to its limit, spills beside the file and fetches nothing from anywhere."""
    import duckdb

    settings = {
        "memory_limit": memory,
        "threads": 1,
        "temp_directory": str(folder / ".duckdb"),
        "preserve_insertion_order": True,
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
    }
    database = duckdb.connect(":memory:", config=settings)
    try:
        database.execute("SET enable_progress_bar = false")  # it would be written among the answers of the command line
        yield database
    finally:
        database.close()
        shutil.rmtree(folder / ".duckdb", ignore_errors=True)


def _trimmed(heading: str) -> str:
    """The SQL of a cell without blanks at its ends, hard blanks included; an empty cell is an empty text."""
    return f"coalesce(trim({_PLAIN_SPACE.format(heading.replace(chr(34), chr(34) * 2))}), '')"


def _text(text: str) -> str:
    """A text as SQL writes it."""
    return "'" + text.replace("'", "''") + "'"


def _without_patterns(path: Path) -> str:
    """A path in which DuckDB sees no pattern."""
    return re.sub(r"([\[*?])", r"[\1]", str(path))


def _first_line(error: Exception) -> str:
    return str(error).strip().splitlines()[0][:200]
