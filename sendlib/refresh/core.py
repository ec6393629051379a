"""Running a refresh: look, fetch, check, add; one source after another, each on its own."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType

import pandas as pd
from filelock import FileLock, Timeout

from sendlib import store as stores
from sendlib.areas import ENGLAND, Areas
from sendlib.errors import ContractBroken, SendlibError, SourceUnavailable
from sendlib.refresh.work import Look, Report, Work, held_release, held_rows
from sendlib.sources import settings as settings_module
from sendlib.sources.http import Http
from sendlib.sources.settings import Settings
from sendlib.store import NewTable, Store

LEAST_PART = 0.8
"""A table that comes with fewer than this part of its rows is kept out."""
LARGEST_REVISION = 0.05
"""England's figures for a period that is held already may be revised by this part; more is kept out."""

@dataclass(frozen=True)
class Row:
    """One line of the closing table. `outcome`: new, same, newer (dry run, or only told of), kept (refused), failed."""

    table: str
    before: str
    now: str
    rows: int
    outcome: str
    note: str = ""


class AlreadyRunning(SendlibError):
    """Another refresh is at work."""


def sources() -> dict[str, ModuleType]:
    """Every source by name, in the order of a refresh."""
    from sendlib.refresh import (
        boundaries,
        ehc_plans,
        projections,
        pupils,
        residents,
        schools,
        waits_autism,
        waits_community,
        waits_mental_health,
    )

    modules = (ehc_plans, pupils, waits_community, waits_mental_health, waits_autism, residents, projections, boundaries, schools)
    return {module.NAME: module for module in modules}


def chosen(names: Sequence[str]) -> list[ModuleType]:
    """The sources of some groups or names; all for none. Raises SourceUnavailable."""
    known = sources()
    wrong = [name for name in names if name not in known and name not in {module.GROUP for module in known.values()}]
    if wrong:
        offered = ", ".join(dict.fromkeys([*(module.GROUP for module in known.values()), *known]))
        raise SourceUnavailable(f"There is no source '{wrong[0]}'. There are: {offered}.")
    return [module for module in known.values() if not names or module.NAME in names or module.GROUP in names]


def run(
    names: Sequence[str] = (), *, dry_run: bool = False, report: Report = lambda part, text: None,
    settings: Settings | None = None, modules: Sequence[ModuleType] | None = None, http: Http | None = None,
    accept: Sequence[str] = (),
) -> list[Row]:  # fmt: skip
    """Refresh some sources (all for none) and return a row a table.

    A source that fails leaves its tables as they are; the others go on. A
    table named in `accept` is taken although it differs from the release before
    by more than it should; its layout is still checked. Only
    one refresh writes at a time. Raises AlreadyRunning and SourceUnavailable
    (an unknown source, a folder that can not be written).
    """
    settings = settings or settings_module.read()
    wanted = list(modules) if modules is not None else chosen(names)
    if settings.offline:
        raise SourceUnavailable("The network is switched off (SENDLIB_OFFLINE). The figures held are used.")
    http = http or Http(settings)
    with _only_one(settings.cache), _workplace(settings.cache) as folder:
        stores.set_aside(settings.cache)
        rows: list[Row] = []
        for place, module in enumerate(wanted):
            def of_source(part: float, text: str, place: int = place) -> None:
                report((place + part) / len(wanted), text)

            store = Store(live=settings.cache)
            rows += _refresh(module, Work(http, store, _areas(store), folder, of_source, today()), settings.cache, dry_run, frozenset(accept))
        report(1.0, "Done")
        return rows


def today() -> str:
    """The date of retrieval, in UTC."""
    return datetime.now(UTC).date().isoformat()


def _areas(store: Store) -> Areas:
    return Areas(store.table("areas"), store.table("area_changes"))


@contextmanager
def _only_one(cache: Path) -> Iterator[None]:
    """The lock of a refresh: a second one says so instead of waiting for minutes."""
    try:
        cache.mkdir(parents=True, exist_ok=True)
        lock = FileLock(cache / ".refresh.lock", timeout=0)
        with lock:
            yield
    except Timeout as error:
        raise AlreadyRunning("Another refresh is running; this one has done nothing. Wait until it is done.") from error
    except OSError as error:
        raise SourceUnavailable(f"{cache} can not be written ({error}). Nothing was changed; SENDLIB_CACHE names another folder.") from error


@contextmanager
def _workplace(cache: Path) -> Iterator[Path]:
    """A temporary folder beside the live tables; what an interrupted refresh left is swept away first."""
    for left in cache.glob(".incoming-*"):
        shutil.rmtree(left, ignore_errors=True)
    folder = Path(tempfile.mkdtemp(prefix=".incoming-", dir=cache))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _refresh(module: ModuleType, work: Work, live: Path, dry_run: bool, accept: frozenset[str]) -> list[Row]:
    """The rows of one source; every failure ends here, in words."""
    before = {name: held_release(work.store, name) for name in module.TABLES}

    def all_rows(outcome: str, note: str = "", now: str = "") -> list[Row]:
        return [Row(name, before[name], now or before[name], held_rows(work.store, name), outcome, note) for name in module.TABLES]

    try:
        work.report(0.0, f"{module.TITLE}: looking for something newer")
        look: Look = module.look(work)
        only_told = getattr(module, "ONLY_TOLD", "")
        if only_told:
            newer = any(release != look.release for release in before.values())
            return all_rows("newer", only_told, look.release) if newer else all_rows("same", "nothing newer")
        seen = stores.seen(live).get(module.NAME, "")
        if seen == look.key and as_fetched(work.store, live, module.TABLES):
            return all_rows("same", "nothing newer")
        if dry_run:
            return all_rows("newer", f"'refresh {module.NAME}' would fetch it", look.release)
        brought: list[NewTable] = module.fetch(work, look)
        revised: tuple[str, ...] = getattr(module, "REVISED", ())
        good: list[NewTable] = []
        rows: list[Row] = []
        for table in brought:
            try:
                found = "accepted as it is" if table.name in accept else checked(table, work.store, may_revise=table.name in revised)
                good.append(table)
                rows.append(Row(table.name, before[table.name], table.sources[0].release, len(table.frame), "new", " ".join(filter(None, [found, *work.told]))))
            except ContractBroken as error:
                rows.append(Row(table.name, before[table.name], before[table.name], held_rows(work.store, table.name), "kept", f"{error} If it is right all the same: 'refresh {module.NAME} --accept {table.name}'."))
        # A source is only called seen when all that it brought was taken; otherwise the next refresh tries again.
        again = "" if seen == look.key else seen
        whole = work.recorded[-1] if work.recorded else look.key
        stores.add_releases(live, good, module.NAME, whole if len(good) == len(brought) else again)
        return rows or all_rows("same", " ".join(["nothing newer for these tables", *work.told]))
    except SendlibError as error:
        return all_rows("failed", str(error))
    except OSError as error:
        return all_rows("failed", f"The live folder could not be written ({error}). The figures held before are unchanged.")
    except Exception as error:  # noqa: BLE001 - a source's fault, whatever it is, must not lose the others
        # An answer that is shaped otherwise than agreed shows itself in many ways; all are told of, none is used.
        return all_rows("failed", f"An answer is not shaped as agreed ({type(error).__name__}: {error}). The figures held before are unchanged.")


def as_fetched(store: Store, live: Path, tables: Sequence[str]) -> bool:
    """Whether each table in use is the newest that was fetched: a damaged one is passed over, and must be fetched again."""
    releases = stores.read_releases(live)
    return all(name in store.tables and store.info(name).file == releases[name][0].file for name in tables if name in releases)


def checked(table: NewTable, store: Store, *, may_revise: bool = False) -> str:
    """A note on what a new release changes, or ContractBroken where it can not be right.

    It must keep four fifths of the rows, every area, and England's figures of
    the periods that are held, but for small revisions (any revision of a
    publisher who revises the whole past each time: `may_revise`).
    """
    file = f"the new release of '{table.name}'"
    if table.name not in store.tables:
        return "first release"
    old = store.table(table.name)
    if len(table.frame) < LEAST_PART * len(old):
        raise ContractBroken(file, f"it has {len(table.frame):,} rows where {len(old):,} are held; something is missing.")
    if "area_code" not in old:
        return ""
    lost = set(old["area_code"].astype(str)) - set(table.frame["area_code"].astype(str)) - {""}
    if "period" not in old:  # a picture of one day need not have the authorities of the past
        lost &= set(_areas(store).authorities)
    if lost:
        raise ContractBroken(file, f"it lacks {len(lost)} areas that are held ({', '.join(sorted(lost)[:5])}).")
    if not {"period", "value"} <= set(old):
        return ""
    _check_newest(table.frame, old, file)
    keys = [column for column in old if column not in ("value", "status")]
    both = _england(old, keys).merge(_england(table.frame, keys), on=keys, suffixes=("_old", "_new"))
    both = both[both["value_old"].notna()]
    gone = both["value_new"].isna()
    changed = both[gone | both["value_old"].ne(both["value_new"])]
    # Five per cent of a count, but at least five; of a percentage, at least half a point.
    least = 100 if old["value"].max() > 1000 else 10
    far = changed[~((changed["value_new"] - changed["value_old"]).abs() <= LARGEST_REVISION * changed["value_old"].abs().clip(lower=least))]
    if len(far) and not may_revise:
        row = far.iloc[0]
        what = ", ".join(str(row[key]) for key in keys if key != "area_code")
        now = "nothing" if pd.isna(row["value_new"]) else f"{row['value_new']:,.1f}"
        raise ContractBroken(file, f"England's figure for {what} would change from {row['value_old']:,.1f} to {now}.")
    if not len(changed):
        return ""
    largest = (changed["value_new"] - changed["value_old"]).abs().max()
    return f"{len(changed):,} figures of England were revised{f', by up to {largest:,.0f}' if len(far) else ''}."


def _check_newest(new: pd.DataFrame, old: pd.DataFrame, file: str) -> None:
    """Each new period must have England where the one before has it, and four fifths of its authorities."""
    held = set(old["period"].astype(str))
    for period in sorted(set(new["period"].astype(str)) - held):
        kind = [known for known in sorted(held) if len(known) == len(period) and known < period]
        if not kind:
            continue
        now, before = (set(frame.loc[frame["period"].astype(str).eq(when), "area_code"].astype(str)) for frame, when in ((new, period), (old, kind[-1])))
        if ENGLAND in before and ENGLAND not in now:
            raise ContractBroken(file, f"it has no figure of England for {period}.")
        # Organisations of the NHS come and go; authorities hardly do.
        now, before = ({code for code in codes if code.isdigit()} for codes in (now, before))
        if len(now) < LEAST_PART * len(before):
            raise ContractBroken(file, f"it has {len(now):,} authorities for {period} where {kind[-1]} has {len(before):,}.")


def _england(frame: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    rows = frame[frame["area_code"].astype(str).eq(ENGLAND)]
    return rows.astype(dict.fromkeys(keys, str))[[*keys, "value"]]
