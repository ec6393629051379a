"""What we hold: tables as Parquet files under data_cache/, with a manifest that vouches for them.

A folder of the store holds one immutable file a table, named after its
content, and `manifest.json`, which gives each table's file, hash, rows,
sources, missing values, breaks and notes. Files are read as bytes first, then
hashed, then parsed, so that a file that is swapped meanwhile can not tear.
"""

from __future__ import annotations

import hashlib
import io
import json
import threading
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
from filelock import FileLock

from sendlib.errors import NoData, SnapshotDamaged
from sendlib.provenance import Provenance

SNAPSHOT = Path(__file__).resolve().parent.parent / "data_cache" / "snapshot"
MANIFEST = "manifest.json"
FORMAT = 1
LARGEST_SNAPSHOT = 12_000_000
"""Bytes: a clone of the project should stay a matter of seconds."""


@dataclass(frozen=True)
class TableInfo:
    """What the manifest says of a table."""

    name: str
    title: str
    grain: str
    file: str
    sha256: str
    bytes: int
    rows: int
    columns: tuple[str, ...]
    first_period: str
    last_period: str
    missing: Mapping[str, int]
    breaks: tuple[str, ...]
    notes: tuple[str, ...]
    sources: tuple[Provenance, ...]

    def release(self) -> str:
        """Which release this is, in one line."""
        return "; ".join(source.citation() for source in self.sources)


@dataclass(frozen=True)
class NewTable:
    """A table on its way into the store: `info` without file, hash and counts."""

    name: str
    frame: pd.DataFrame
    title: str
    grain: str
    breaks: tuple[str, ...]
    notes: tuple[str, ...]
    sources: tuple[Provenance, ...]


@dataclass
class _Held:
    frame: pd.DataFrame
    by_area: dict[str, np.ndarray] = field(default_factory=dict)


class Store:
    """Read access to one folder of tables. Safe to share between threads; frames are read-only by agreement."""

    def __init__(self, folder: Path | str = SNAPSHOT) -> None:
        self.folder = Path(folder)
        self._held: dict[str, _Held] = {}
        self._lock = threading.RLock()
        self.tables = self._read_manifest()

    def table(self, name: str) -> pd.DataFrame:
        """The table, opened and checked against its hash at first use.

        Raises NoData for a name that the manifest does not list and
        SnapshotDamaged for a file that is missing or altered.
        """
        return self._open(name).frame

    def rows(self, name: str, area_code: str) -> pd.DataFrame:
        """The rows of one area (none if the table does not know it), without a scan of the table."""
        held = self._open(name)
        with self._lock:
            if not held.by_area:
                held.by_area.update(held.frame.groupby("area_code", observed=True).indices)
        return held.frame.take(held.by_area.get(area_code, np.array([], dtype=int)))

    def info(self, name: str) -> TableInfo:
        """What the manifest says of the table. Raises NoData."""
        try:
            return self.tables[name]
        except KeyError:
            raise NoData(f"There is no table '{name}'. There are: {', '.join(sorted(self.tables))}.") from None

    def damaged(self) -> list[str]:
        """A message for each table whose file is missing or is not the one that the manifest lists."""
        messages = []
        for name in self.tables:
            try:
                self._checked_bytes(self.info(name))
            except SnapshotDamaged as error:
                messages.append(str(error))
        return messages

    def _open(self, name: str) -> _Held:
        info = self.info(name)
        with self._lock:
            if name not in self._held:
                content = self._checked_bytes(info)
                self._held[name] = _Held(pq.read_table(io.BytesIO(content)).to_pandas())
            return self._held[name]

    def _checked_bytes(self, info: TableInfo) -> bytes:
        path = self.folder / info.file
        advice = "It was not used. Restore it with 'git checkout data_cache/snapshot' or build the snapshot again."
        try:
            content = path.read_bytes()
        except OSError as error:
            raise SnapshotDamaged(f"The file of table '{info.name}', {info.file}, can not be read ({error}). {advice}") from error
        if hashlib.sha256(content).hexdigest() != info.sha256:
            raise SnapshotDamaged(
                f"The file of table '{info.name}', {info.file}, is not the one that the manifest lists: its hash differs. {advice}"
            )
        return content

    def _read_manifest(self) -> dict[str, TableInfo]:
        path = self.folder / MANIFEST
        advice = "Restore it with 'git checkout data_cache/snapshot' or build it with 'python -m sendlib snapshot --from FOLDER'."
        try:
            manifest = json.loads(path.read_text("utf-8"))
        except (OSError, ValueError) as error:
            raise SnapshotDamaged(f"The snapshot's manifest {path} can not be read ({error}). {advice}") from error
        if manifest.get("format") != FORMAT:
            raise SnapshotDamaged(f"The snapshot's manifest has format {manifest.get('format')}, not {FORMAT}. {advice}")
        return {name: _info(name, entry) for name, entry in manifest["tables"].items()}


def _info(name: str, entry: dict[str, Any]) -> TableInfo:
    tuples = {key: tuple(entry[key]) for key in ("columns", "breaks", "notes")}
    sources = tuple(Provenance.from_dict(record) for record in entry["sources"])
    return TableInfo(**{**entry, **tuples, "name": name, "sources": sources})


def write(folder: Path | str, tables: Iterable[NewTable], largest: int = LARGEST_SNAPSHOT) -> int:
    """Write tables as a folder of the store, all of them or none; the number of bytes written.

    The same tables give the same bytes. The manifest is swapped last, in one
    step, so a reader sees the old tables or the new ones; files that no longer
    stand in it are then removed. Raises ValueError when the tables are larger
    than `largest` bytes together.
    """
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    contents: dict[str, bytes] = {}
    entries: dict[str, Any] = {}
    for table in sorted(tables, key=lambda table: table.name):
        content = to_parquet(table.frame)
        digest = hashlib.sha256(content).hexdigest()
        file = f"{table.name}-{digest[:12]}.parquet"
        contents[file] = content
        entries[table.name] = _entry(table, file, digest, len(content))
    manifest = json.dumps({"format": FORMAT, "tables": entries}, indent=1, ensure_ascii=False, sort_keys=True) + "\n"
    total = sum(map(len, contents.values())) + len(manifest.encode())
    if total > largest:
        raise ValueError(f"the tables take {total:,} bytes; the snapshot may take {largest:,}")
    with FileLock(folder / ".lock"):
        for file, content in contents.items():
            _replace(folder / file, content)
        _replace(folder / MANIFEST, manifest.encode("utf-8"))
        for old in folder.glob("*.parquet"):
            if old.name not in contents:
                old.unlink()
    return total


def to_parquet(frame: pd.DataFrame) -> bytes:
    """The frame as Parquet bytes, the same every time: no times, no versions of pandas."""
    table = pa.Table.from_pandas(frame, preserve_index=False).replace_schema_metadata(None)
    sink = io.BytesIO()
    pq.write_table(table, sink, compression="zstd", compression_level=12, use_dictionary=True, store_schema=True)
    return sink.getvalue()


def _entry(table: NewTable, file: str, digest: str, size: int) -> dict[str, Any]:
    frame = table.frame
    periods = sorted(frame["period"].astype(str).unique()) if "period" in frame else [""]
    missing = frame["status"].astype(str).value_counts() if "status" in frame else pd.Series(dtype=int)
    return {
        "title": table.title,
        "grain": table.grain,
        "file": file,
        "sha256": digest,
        "bytes": size,
        "rows": len(frame),
        "columns": list(frame.columns),
        "first_period": periods[0],
        "last_period": periods[-1],
        "missing": {status: int(count) for status, count in sorted(missing.items()) if status != "value"},
        "breaks": list(table.breaks),
        "notes": list(table.notes),
        "sources": [asdict(source) for source in table.sources],
    }


def _replace(path: Path, content: bytes) -> None:
    temporary = path.with_name(f".{path.name}.part")
    temporary.write_bytes(content)
    temporary.replace(path)
