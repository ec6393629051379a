"""What we hold: tables as Parquet files under data_cache/, with a manifest that vouches for them.

A folder of the store holds one immutable file a table, named after its
content, and `manifest.json`, which gives each table's file, hash, rows,
sources, missing values, breaks and notes. Files are read as bytes first, then
hashed, then parsed, so that a file that is swapped meanwhile can not tear.

Two folders make the store: the snapshot, shipped and never written at run
time, and the live folder, to which a refresh adds releases one by one. The
newest good release of each table is read; a damaged live one is passed over,
and told of, in favour of the one before it or the snapshot's.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import shutil
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from copy import copy
from dataclasses import asdict, dataclass, field
from functools import wraps
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, Protocol, Self, TypeVar, cast, runtime_checkable

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
from filelock import FileLock, Timeout

from sendlib.errors import NoData, SendlibError, SnapshotDamaged
from sendlib.provenance import Provenance

SNAPSHOT = Path(__file__).resolve().parent.parent / "data_cache" / "snapshot"
MANIFEST = "manifest.json"
FORMAT = 1
REFRESH_LOCK, INCOMING = ".refresh.lock", ".incoming-"
"""In the live folder: the lock of a refresh, and how the names of folders begin in which one works."""
_ENGLAND = "E92000001"
LONGEST_WAIT = 120
"""Seconds to wait for another process that writes: it needs a few, even on a slow disk."""
LARGEST_SNAPSHOT = 12_000_000
"""Bytes: a clone of the project should stay a matter of seconds."""


class Busy(SendlibError):
    """Another process has been writing to a folder of the store for too long."""


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
    live: bool = False
    over: str = ""

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


P = ParamSpec("P")
T = TypeVar("T")


def kept_with_store(
    most: int = 8, *, of_base: bool = False, area_by_area: bool = False
) -> Callable[[Callable[Concatenate[Store, P], T]], Callable[Concatenate[Store, P], T]]:
    """Keep what a function makes of a store with that very store, so that all of it is gone when the store is.

    For functions whose first argument is the store; the others must be hashable. Up to `most` results a
    function are kept, those last used. What is kept is shared, so nobody may change it. `of_base`: what it makes
    rests on tables that rows of groups change nothing in (see Widened), so all of them share it. `area_by_area`: what
    it makes stands by area's code (_under), and what stands of an area rests on the rows of this area and of England
    alone; so of a widened store only the areas added are worked out, and put under what is kept of its base.
    """

    def decorate(make: Callable[Concatenate[Store, P], T]) -> Callable[Concatenate[Store, P], T]:
        name = f"{make.__module__}.{make.__qualname__}"

        @wraps(make)
        def kept(store: Store, /, *args: P.args, **kwargs: P.kwargs) -> T:
            key = (args, tuple(sorted(kwargs.items())))
            store = store.base if of_base else store
            found: T
            held, found = store.made(name, key)
            if not held and area_by_area and isinstance(store, Widened) and not store.alone:
                found = cast(T, _under(kept(store.base, *args, **kwargs), make(store.added_alone(), *args, **kwargs)))
                store.keep_made(name, key, found, most)
            elif not held:
                found = make(store, *args, **kwargs)
                store.keep_made(name, key, found, most)
            return found

        return kept

    return decorate


class Store:
    """Read access to the tables held. Safe to share between threads; frames are read-only by agreement.

    `live` is the folder that refreshes write to; without it only `folder` is
    read. `problems` tells of live releases that could not be used.
    """

    def __init__(self, folder: Path | str = SNAPSHOT, live: Path | str | None = None) -> None:
        self.folder = Path(folder)
        self.live = Path(live) if live else None
        self.problems: list[str] = []
        self._held: dict[str, _Held] = {}
        self._made: dict[str, OrderedDict[Hashable, Any]] = {}
        self._checked: set[str] = set()
        self._lock = threading.RLock()
        self.tables = read_manifest(self.folder)
        self.shipped = dict(self.tables)
        self.base: Store = self
        if self.live:
            sweep_if_free(self.live)
            self._take_live(self.live)

    def _take_live(self, folder: Path) -> None:
        """Put the newest good live release of each table before the snapshot's."""
        try:
            releases = read_releases(folder)
        except SnapshotDamaged as error:
            self.problems.append(f"{error} The shipped figures are used.")
            return
        for name, infos in releases.items():
            for info in infos:
                if not self._newer_than_shipped(info):
                    continue
                try:
                    self._checked_bytes(info)
                except SnapshotDamaged as error:
                    self.problems.append(f"{error} An earlier release is used.")
                    continue
                self.tables[name] = info
                break

    def _newer_than_shipped(self, info: TableInfo) -> bool:
        """Whether a live release may stand before the shipped one.

        It may if it was fetched over this very snapshot. Over another one (the
        app was updated since) its columns must be the same and its last period
        must not be older.
        """
        shipped = self.tables.get(info.name)
        if shipped is None or shipped.live or info.over == shipped.sha256:
            return True
        if info.columns != shipped.columns or info.last_period < shipped.last_period:
            self.problems.append(
                f"The fetched release of table '{info.name}' is older than the one that came with the app;"
                " the shipped one is used."
            )
            return False
        return True

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

    def made(self, by: str, key: Hashable) -> tuple[bool, Any]:
        """Whether a function has made something of this store for a key, and what (kept_with_store)."""
        with self._lock:
            results = self._made.setdefault(by, OrderedDict())
            if key not in results:
                return False, None
            results.move_to_end(key)
            return True, results[key]

    def keep_made(self, by: str, key: Hashable, result: object, most: int) -> None:
        """Keep what a function has made; of more than `most` results the one not used for longest goes."""
        with self._lock:
            results = self._made.setdefault(by, OrderedDict())
            results[key] = result
            while len(results) > most:
                results.popitem(last=False)

    def path(self, name: str) -> Path:
        """The file of the table, for readers that take only part of it; checked against its hash at first use.

        Raises NoData and SnapshotDamaged.
        """
        info = self.info(name)
        with self._lock:
            if name not in self._checked:
                self._checked_bytes(info)
                self._checked.add(name)
        return self._folder_of(info) / info.file

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

    def _folder_of(self, info: TableInfo) -> Path:
        return self.live if info.live and self.live else self.folder

    def _checked_bytes(self, info: TableInfo) -> bytes:
        path = self._folder_of(info) / info.file
        advice = (
            "It was not used. Run 'python -m sendlib refresh' to fetch it again."
            if info.live
            else "It was not used. Restore it with 'git checkout data_cache/snapshot' or build the snapshot again."
        )
        try:
            content = path.read_bytes()
        except OSError as error:
            raise SnapshotDamaged(
                f"The file of table '{info.name}', {info.file}, can not be read ({error}). {advice}"
            ) from error
        if hashlib.sha256(content).hexdigest() != info.sha256:
            raise SnapshotDamaged(
                f"The file of table '{info.name}', {info.file}, is not the one that the manifest lists:"
                f" its hash differs. {advice}"
            )
        return content


class Before(Store):
    """A store as it was before its newest releases of some tables (`before`); the others it shares with the store of
    now. `problems` tells of releases that were held and can not be used."""

    def __init__(self, now: Store, before: Mapping[str, TableInfo], problems: list[str]) -> None:
        self.folder, self.live, self.problems, self.shipped = now.folder, now.live, problems, now.shipped
        self.tables = {**now.tables, **before}
        self.before = dict(before)
        self.base = self
        self._now = now
        self._held: dict[str, _Held] = {}
        self._made: dict[str, OrderedDict[Hashable, Any]] = {}
        self._lock = threading.RLock()

    def _open(self, name: str) -> _Held:
        return super()._open(name) if name in self.before else self._now._open(name)


@kept_with_store(1)
def release_before(store: Store) -> Before:
    """The store with the release before of every table that a refresh brought: the live one before, as far as it is
    whole and has the columns that the app knows, else the shipped one. Of a fresh copy nothing is before."""
    before: dict[str, TableInfo] = {}
    problems: list[str] = []
    for name, now in store.tables.items():
        if not now.live:
            continue
        for info in _held_before(store, now):
            try:
                store._checked_bytes(info)
            except SnapshotDamaged as error:
                problems.append(f"What changed in table '{name}' is not known from the release before. {error}")
                continue
            before[name] = info
            break
    return Before(store, before, problems)


def _held_before(store: Store, now: TableInfo) -> list[TableInfo]:
    """Releases of a table that may have been in use before the one of now, the newest first."""
    shipped = store.shipped.get(now.name)
    live = read_releases(store.live).get(now.name, []) if store.live else []
    files = [info.file for info in live]
    earlier = live[files.index(now.file) + 1 :] if now.file in files else []
    known = [info for info in earlier if shipped is None or info.columns == shipped.columns]
    return known + ([shipped] if shipped and shipped.sha256 != now.sha256 else [])


class Widened(Store):
    """A store with rows of further areas (groups, health areas), which every question then reads like any other's.

    `more(name)` gives the rows that a table has besides those of `base`, with the same columns and with area codes
    that it does not have; None where there are none. Files, releases and everything else are those of `base`.
    """

    def __init__(self, base: Store, more: Callable[[str], pd.DataFrame | None]) -> None:
        self.folder, self.live, self.problems, self.tables = base.folder, base.live, base.problems, base.tables
        self.shipped = base.shipped
        self.base = base.base
        self._before, self._more = base, more
        self._held: dict[str, _Held] = {}
        self._made: dict[str, OrderedDict[Hashable, Any]] = {}
        self._added: dict[str, pd.DataFrame | None] = {}
        self._checked: set[str] = set()
        self._lock = threading.RLock()
        self.alone = False
        self._added_alone: Widened | None = None

    def added_alone(self) -> Widened:
        """The same with no other rows than those added and England's, where a table has any added: what is worked out
        area by area needs no more."""
        with self._lock:
            if self._added_alone is None:
                found = copy(self)
                found._held, found._made, found.alone = {}, {}, True
                self._added_alone = found
            return self._added_alone

    def rows(self, name: str, area_code: str) -> pd.DataFrame:
        """The rows of one area: those there were (a region's own) and those added."""
        before, added = self._before.rows(name, area_code), self.added(name)
        if added is None or "area_code" not in added:
            return before
        found = added[added["area_code"].eq(area_code)]
        return before if found.empty else found if before.empty else stacked([before, found])

    def added(self, name: str) -> pd.DataFrame | None:
        """The rows that a table has besides those of the store before; None where there are none."""
        self.info(name)
        with self._lock:
            if name not in self._added:
                found = self._more(name)
                self._added[name] = None if found is None or found.empty else found
            return self._added[name]

    def _open(self, name: str) -> _Held:
        added = self.added(name)
        if added is None:
            return self._before._open(name)
        with self._lock:
            if name not in self._held:
                before = self._before.table(name)
                if self.alone and "area_code" in before:
                    before = self._before.rows(name, _ENGLAND)
                self._held[name] = _Held(stacked([before, added]))
            return self._held[name]


@runtime_checkable
class ByAreaCode(Protocol):
    """What is made area by area and knows how to take in further areas."""

    def under(self, added: Self) -> Self:
        """The same with the areas of `added` that it does not have."""
        ...


def _under(held: object, added: object) -> object:
    """What was made of further areas under what was made of the others, each area once.

    A frame with a column `area_code`, a frame or series with the code as (first level of) its index, a dict by code, or
    something that knows by itself (ByAreaCode).
    """
    if isinstance(held, dict) and isinstance(added, dict):
        return {**added, **held}
    if isinstance(held, ByAreaCode) and isinstance(added, ByAreaCode):
        return held.under(added)
    if not isinstance(held, pd.DataFrame | pd.Series) or not isinstance(added, pd.DataFrame | pd.Series):
        raise TypeError(f"a {type(held).__name__} can not be made area by area")
    if isinstance(held, pd.DataFrame) and isinstance(added, pd.DataFrame) and "area_code" in held:
        new = added[~added["area_code"].isin(held["area_code"].unique())]
        return stacked([held, new])
    new = added[~added.index.get_level_values(0).isin(held.index.get_level_values(0).unique())]
    return pd.concat([held, new])


def stacked(frames: list[pd.DataFrame]) -> pd.DataFrame:
    """Frames of the same columns as one, in which a column of categories stays one."""
    return pd.DataFrame({name: _stacked([frame[name] for frame in frames]) for name in frames[0]})


def _stacked(parts: list[pd.Series]) -> pd.Series | pd.Categorical:
    """Columns of one name under one another. Categories are put together by their codes, since the first is long and
    the others are short."""
    first = parts[0].dtype
    if not isinstance(first, pd.CategoricalDtype):
        return pd.concat(parts, ignore_index=True)
    categories = {one: place for place, one in enumerate(first.categories)}
    codes = [parts[0].cat.codes.to_numpy()]
    for part in parts[1:]:
        own = part.astype("category").cat
        for one in own.categories[np.unique(own.codes[own.codes >= 0])]:
            categories.setdefault(one, len(categories))
        places = np.array([*(categories.get(one, -1) for one in own.categories), -1])
        codes.append(places[own.codes])
    dtype = pd.CategoricalDtype(list(categories), first.ordered)
    return pd.Categorical.from_codes(np.concatenate(codes), dtype=dtype)


def read_manifest(folder: Path) -> dict[str, TableInfo]:
    """The tables that a snapshot's manifest lists. Raises SnapshotDamaged."""
    path = folder / MANIFEST
    advice = (
        "Restore it with 'git checkout data_cache/snapshot' or build it with 'python -m sendlib"
        " snapshot --from FOLDER'."
    )
    try:
        manifest = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise SnapshotDamaged(f"The snapshot's manifest {path} can not be read ({error}). {advice}") from error
    if manifest.get("format") != FORMAT:
        raise SnapshotDamaged(f"The snapshot's manifest has format {manifest.get('format')}, not {FORMAT}. {advice}")
    return {name: _info(name, entry) for name, entry in manifest["tables"].items()}


def read_releases(live: Path) -> dict[str, list[TableInfo]]:
    """The live releases of each table, the newest first; none where nothing was ever fetched.

    Raises SnapshotDamaged.
    """
    manifest = _live_manifest(live)
    try:
        return {
            name: [_info(name, entry, live=True) for entry in entries] for name, entries in manifest["releases"].items()
        }
    except (KeyError, TypeError, AttributeError) as error:
        raise SnapshotDamaged(
            f"The manifest of live figures in {live} is not shaped as one ({error}). Delete that folder and refresh."
        ) from error


def seen(live: Path) -> dict[str, str]:
    """What each source looked like when its tables were last fetched: source -> key."""
    return dict(_live_manifest(live)["seen"])


def _live_manifest(live: Path) -> dict[str, Any]:
    path = live / MANIFEST
    if not path.exists():
        return {"format": FORMAT, "releases": {}, "seen": {}}
    advice = f"Delete the folder {live} and run 'python -m sendlib refresh'."
    try:
        manifest: dict[str, Any] = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise SnapshotDamaged(f"The manifest of live figures {path} can not be read ({error}). {advice}") from error
    shaped = isinstance(manifest, dict) and all(isinstance(manifest.get(key), dict) for key in ("releases", "seen"))
    if not shaped:
        raise SnapshotDamaged(f"The manifest of live figures {path} is not shaped as one. {advice}")
    if manifest.get("format") != FORMAT:
        raise SnapshotDamaged(
            f"The manifest of live figures has format {manifest.get('format')}, not {FORMAT}. {advice}"
        )
    return manifest


@dataclass(frozen=True)
class Looked:
    """What the last look online found: the ISO day, and table -> the newer release that its publisher had."""

    on: str = ""
    offered: Mapping[str, str] = field(default_factory=dict)


LOOKED = "looked.json"
"""In the live folder: what the last look online found. It may be lost: then a page says less."""


def looked(live: Path) -> Looked:
    """What the last look online found; nothing where nobody looked, or the note can not be read."""
    try:
        found = json.loads((live / LOOKED).read_text("utf-8"))
        return Looked(str(found["on"]), {str(name): str(release) for name, release in found["offered"].items()})
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return Looked()


def note_looked(live: Path, on: str, offered: Mapping[str, str], told_of: Iterable[str]) -> None:
    """Note what a look found newer; of tables that it did not ask for (not in `told_of`) the note before stays.

    A folder that can not be written is left as it is: the look itself was good.
    """
    asked = set(told_of)
    before = {name: release for name, release in looked(live).offered.items() if name not in asked}
    with suppress(OSError):
        live.mkdir(parents=True, exist_ok=True)
        noted = json.dumps({"on": on, "offered": {**before, **offered}}, ensure_ascii=False, sort_keys=True)
        _replace(live / LOOKED, noted.encode("utf-8"))


def set_aside(live: Path) -> bool:
    """Move a damaged manifest out of the way, so that a refresh can begin anew; whether there was one."""
    try:
        read_releases(live)
    except SnapshotDamaged:
        (live / MANIFEST).replace(live / f"{MANIFEST}.damaged")
        return True
    return False


def leftovers(live: Path) -> list[Path]:
    """What an interrupted refresh left: folders in which it worked, and half files, however deep."""
    try:
        return [*live.glob(f"{INCOMING}*"), *live.rglob(".*.part")]
    except OSError:
        return []


def sweep(live: Path) -> None:
    """Remove what an interrupted refresh left. The caller holds the lock of a refresh."""
    for left in leftovers(live):
        if left.is_dir():
            shutil.rmtree(left, ignore_errors=True)
        else:
            with suppress(OSError):
                left.unlink(missing_ok=True)
    with suppress(OSError, SnapshotDamaged):  # a whole file that a kill kept from being named
        _remove_unneeded(live)


def sweep_if_free(live: Path) -> None:
    """Sweep when there is something to sweep and no refresh is at work.

    A folder that can not be written is left as it is.
    """
    if leftovers(live):
        with suppress(Timeout, OSError), FileLock(live / REFRESH_LOCK, timeout=0), FileLock(live / ".lock", timeout=0):
            sweep(live)


def add_releases(
    live: Path, tables: Iterable[NewTable], source: str, key: str, also: Mapping[str, str] | None = None
) -> None:
    """Add releases of tables to the live folder, all of them or none, and note what the source looked like.

    `also` notes more (what its single tables were taken from); an empty text
    takes a note away. Files are named after their content and written before the manifest, which
    is swapped in one step; the release before stays, and files that no release
    needs are then removed. Raises OSError when the folder can not be written,
    and Busy; what was held before is then still held.
    """
    live.mkdir(parents=True, exist_ok=True)
    over = {name: info.sha256 for name, info in read_manifest(SNAPSHOT).items()}
    with _only_writer(live):
        manifest = _live_manifest(live)
        try:
            for table in tables:
                content = to_parquet(table.frame)
                digest = hashlib.sha256(content).hexdigest()
                file = f"{table.name}-{digest[:12]}.parquet"
                _replace(live / file, content)
                entry = {**_entry(table, file, digest, len(content)), "over": over.get(table.name, "")}
                kept = [old for old in manifest["releases"].get(table.name, []) if old["file"] != file]
                manifest["releases"][table.name] = [entry, *kept][:KEPT_RELEASES]
            noted = {**manifest["seen"], source: key, **(also or {})}
            manifest["seen"] = {name: text for name, text in noted.items() if text}
            _replace(
                live / MANIFEST,
                (json.dumps(manifest, indent=1, ensure_ascii=False, sort_keys=True) + "\n").encode("utf-8"),
            )
        finally:
            _remove_unneeded(live)


@contextmanager
def _only_writer(folder: Path) -> Iterator[None]:
    """The lock of a folder that is written. Raises Busy."""
    lock = FileLock(folder / ".lock", timeout=LONGEST_WAIT)
    try:
        lock.acquire()
    except Timeout as error:
        raise Busy(
            f"Another process has been writing to {folder} for more than {LONGEST_WAIT} seconds."
            " Nothing was changed; end it, or try again later."
        ) from error
    try:
        yield
    finally:
        lock.release()


def _remove_unneeded(live: Path) -> None:
    """Remove files that no release needs: the one before the one before, or what a full disk kept from being named."""
    needed = {info.file for releases in read_releases(live).values() for info in releases}
    for old in [*live.glob("*.parquet"), *live.glob(".*.part")]:
        if old.name not in needed:
            old.unlink(missing_ok=True)


KEPT_RELEASES = 2
"""The newest live release of a table and the one before it."""


def _info(name: str, entry: dict[str, Any], live: bool = False) -> TableInfo:
    tuples = {key: tuple(entry[key]) for key in ("columns", "breaks", "notes")}
    sources = tuple(Provenance.from_dict(record) for record in entry["sources"])
    return TableInfo(**{**entry, **tuples, "name": name, "sources": sources, "live": live})


def write(folder: Path | str, tables: Iterable[NewTable], largest: int = LARGEST_SNAPSHOT) -> int:
    """Write tables as a folder of the store, all of them or none; the number of bytes written.

    The same tables give the same bytes. The manifest is swapped last, in one
    step, so a reader sees the old tables or the new ones; files that no longer
    stand in it are then removed. Raises ValueError when the tables are larger
    than `largest` bytes together, and Busy.
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
    with _only_writer(folder):
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
    """Put a whole file in place in one step, on the disk before it gets its name."""
    temporary = path.with_name(f".{path.name}.part")
    try:
        with temporary.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except OSError:
        temporary.unlink(missing_ok=True)
        raise
