"""Running a refresh: look, fetch, check, add; one source after another, each on its own."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType

from filelock import FileLock, Timeout

from sendlib import store as stores
from sendlib.areas import Areas
from sendlib.errors import ContractBroken, NoData, SendlibError, SnapshotDamaged, SourceUnavailable
from sendlib.refresh.checks import checked
from sendlib.refresh.work import PARTLY, Look, Report, Stopped, Work, held_release, held_rows, same_values
from sendlib import settings as settings_module
from sendlib.sources.http import Http
from sendlib.sources.nhs_names import month_number
from sendlib.settings import Settings
from sendlib.store import NewTable, Store, TableInfo


@dataclass(frozen=True)
class Row:
    """One line of the closing table. `outcome`: new, same, newer (dry run, or only told of), kept (refused), failed."""

    table: str
    before: str
    now: str
    rows: int
    outcome: str
    note: str = ""
    source: str = ""


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


NOT_BROUGHT = {
    "DfE's API has newer figures, but no reader of them is written yet": ("care", "destinations", "places", "school_needs"),
    "They go with the map, which is a file of the app": ("area_changes", "areas", "shapes"),
    "Nothing newer was published in this form": ("elsewhere",),
}
"""Why no refresh brings some tables; of the others the publishers have only files to download by hand."""
BY_HAND = "The publishers offer them only as files to download by hand (LAIT and others)"


def not_brought(store: Store) -> str:
    """The tables that no refresh brings, by the reason, with what a person can do."""
    brought = {name for module in sources().values() if not hasattr(module, "ONLY_TOLD") for name in module.TABLES}
    why = {name: reason for reason, names in NOT_BROUGHT.items() for name in names}
    by_reason: dict[str, list[str]] = {}
    for name in sorted(set(store.tables) - brought):
        by_reason.setdefault(why.get(name, BY_HAND), []).append(store.info(name).title)
    said = " ".join(f"{reason}: {'; '.join(titles)}." for reason, titles in by_reason.items())
    return (
        f"A refresh does not bring these tables. {said} They come with the next version of the app, or put the publishers' newer"
        " files into a folder and build them with 'python -m sendlib snapshot --from FOLDER'."
    )


def told_once(rows: Sequence[Row]) -> tuple[list[Row], list[str]]:
    """The rows, and a closing line for each source that failed as a whole for one reason, whose rows then say so no more."""
    lines, plain = [], []
    titles = {module.NAME: module.TITLE for module in sources().values()}
    for row in rows:
        own = [other for other in rows if row.source and other.source == row.source]
        if len(own) > 1 and all((other.outcome, other.note) == ("failed", row.note) for other in own):
            lines.append(f"{titles.get(row.source, row.source)}: {row.note}")
            row = replace(row, note="see below")
        plain.append(row)
    return plain, list(dict.fromkeys(lines))


def run(
    names: Sequence[str] = (), *, dry_run: bool = False, report: Report = lambda part, text: None,
    settings: Settings | None = None, modules: Sequence[ModuleType] | None = None, http: Http | None = None,
    accept: Sequence[str] = (),
) -> list[Row]:  # fmt: skip
    """Refresh some sources (all for none) and return a row a table.

    A source that fails leaves its tables as they are; the others go on. A
    table named in `accept` is taken although it differs from the release before
    by more than it should; its layout is still checked. Only one refresh writes
    at a time; a dry run writes nothing and waits for nobody. `report` may raise
    Stopped: what has come in stays, and the rest is left as it was. Raises
    AlreadyRunning, SourceUnavailable (an unknown source, a folder that can
    not be written) and NoData (a table to accept that it does not bring).
    """
    settings = settings or settings_module.read()
    wanted = list(modules) if modules is not None else chosen(names)
    _check_accepted(accept, wanted)
    if settings.offline:
        raise SourceUnavailable("The network is switched off (SENDLIB_OFFLINE). The figures held are used.")
    http = http or Http(settings)
    if dry_run:
        with tempfile.TemporaryDirectory(prefix="sendlib-dry-run-") as folder:
            return _run(wanted, http, Path(folder), True, report, frozenset(accept))
    with _only_one(settings.cache), _workplace(settings.cache) as place:
        stores.set_aside(settings.cache)
        return _run(wanted, http, place, False, report, frozenset(accept))


def _check_accepted(accept: Sequence[str], wanted: Sequence[ModuleType]) -> None:
    """Raises NoData for a table to accept that these sources do not bring: a slip must not pass for consent."""
    brought = [name for module in wanted for name in module.TABLES]
    for name in accept:
        if name not in brought:
            raise NoData(f"This refresh does not bring a table '{name}' to accept. It brings: {', '.join(brought)}.")


def _run(wanted: Sequence[ModuleType], http: Http, folder: Path, dry_run: bool, report: Report, accept: frozenset[str]) -> list[Row]:
    """The rows of every source, each with the figures held as the source before it left them."""
    rows: list[Row] = []
    live = http.settings.cache
    for place, module in enumerate(wanted):
        def of_source(part: float, text: str, place: int = place) -> None:
            report((place + part) / len(wanted), text)

        store = Store(live=live)
        kept = folder / "ees" if dry_run else live / "ees"
        work = Work(http, store, _areas(store), folder, of_source, today(), kept=kept)
        try:
            rows += _refreshed(module, work, dry_run, accept)
        except Stopped:
            left = wanted[place:]
            return rows + [row for module in left for row in _all_rows(module, store, "failed", "Stopped before it was done. The figures held before are unchanged.")]
    with suppress(Stopped):  # all is done; the closing table must not be lost
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
    lock = FileLock(cache / stores.REFRESH_LOCK, timeout=0)
    try:
        cache.mkdir(parents=True, exist_ok=True)
        lock.acquire()
    except Timeout as error:
        raise AlreadyRunning("Another refresh is running; this one has done nothing. Wait until it is done.") from error
    except OSError as error:
        raise _not_written(cache, error) from error
    try:
        yield
    finally:
        lock.release()


@contextmanager
def _workplace(cache: Path) -> Iterator[Path]:
    """A temporary folder beside the live tables; what an interrupted refresh left is swept away first."""
    stores.sweep(cache)
    try:
        folder = Path(tempfile.mkdtemp(prefix=stores.INCOMING, dir=cache))
    except OSError as error:
        raise _not_written(cache, error) from error
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _not_written(cache: Path, error: OSError) -> SourceUnavailable:
    return SourceUnavailable(f"{cache} can not be written ({error}). Nothing was changed; SENDLIB_CACHE names another folder.")


def _all_rows(module: ModuleType, store: Store, outcome: str, note: str = "", now: str = "", names: Sequence[str] = ()) -> list[Row]:
    """A row for each table of a source, or for those named, all with the same outcome."""
    return [
        Row(name, held_release(store, name), now or held_release(store, name), held_rows(store, name), outcome, note, module.NAME)
        for name in module.TABLES
        if not names or name in names
    ]


def _refreshed(module: ModuleType, work: Work, dry_run: bool, accept: frozenset[str]) -> list[Row]:
    """The rows of one source; every failure ends here, in words."""
    try:
        rows = _looked(module, work, dry_run, accept)
    except Stopped:
        raise
    except SendlibError as error:
        rows = _all_rows(module, work.store, "failed", str(error))
    except OSError as error:
        rows = _all_rows(module, work.store, "failed", f"The live folder could not be written ({error}). The figures held before are unchanged.")
    except Exception as error:  # noqa: BLE001 - a source's fault, whatever it is, must not lose the others
        # An answer that is shaped otherwise than agreed shows itself in many ways; all are told of, none is used.
        problem = f"An answer is not shaped as agreed ({type(error).__name__}: {error}). The figures held before are unchanged."
        rows = _all_rows(module, work.store, "failed", problem)
    return [_with_clock(row, work) for row in rows]


def _with_clock(row: Row, work: Work) -> Row:
    """A row with a word on this machine's clock where a publisher's differs: even "nothing newer" is not to be believed then."""
    off: str = getattr(work.http, "clock_is_off", "")
    return replace(row, note=f"{row.note.rstrip('.')}. {off}" if row.note else off) if off else row


def _looked(module: ModuleType, work: Work, dry_run: bool, accept: frozenset[str]) -> list[Row]:
    """Look, and fetch only where the publisher has something newer than what is held."""
    work.report(0.0, f"{module.TITLE}: looking for something newer")
    seen = _seen(work.http.settings.cache, dry_run)
    work = replace(work, seen=seen.get(module.NAME, ""))
    look: Look = module.look(work)
    standing = _standing(module, work, look)
    if standing == "older":
        said = getattr(module, "OLDER", OLDER).format(offered=look.release, held=held_release(work.store, module.TABLES[0]))
        return _all_rows(module, work.store, "same", said)
    if hasattr(module, "ONLY_TOLD"):
        return _only_told(module, work, look, standing)
    wanted = [] if standing == "same" else _wanted(module, work, look, seen)
    wanted = list(dict.fromkeys([*wanted, *_damaged(module, work)]))
    if not wanted:
        return _nothing_newer(module, work, look, standing, dry_run)
    if dry_run:
        rows = _all_rows(module, work.store, "newer", f"'refresh {module.NAME}' would fetch it", look.release, wanted)
    else:
        rows = _fetched(module, replace(work, wanted=frozenset(wanted)), look, accept)
    rest = [row for row in _all_rows(module, work.store, "same", "nothing newer") if row.table not in wanted]
    return sorted([*rows, *rest], key=lambda row: module.TABLES.index(row.table))


OLDER = "The publisher offers an older release ({offered}) than the one held ({held})."


def _only_told(module: ModuleType, work: Work, look: Look, standing: str) -> list[Row]:
    """The rows of a source that is never fetched."""
    if standing == "newer":
        return _all_rows(module, work.store, "newer", module.ONLY_TOLD, look.release)
    return _all_rows(module, work.store, "same", "nothing newer")


def _nothing_newer(module: ModuleType, work: Work, look: Look, standing: str, dry_run: bool) -> list[Row]:
    """The rows of a source of which nothing is wanted, with its key noted."""
    if not dry_run and work.seen != look.key and standing == "same":
        # What is shipped has no key yet: from now on a correction within the same release shows.
        stores.add_releases(work.http.settings.cache, [], module.NAME, look.key)
    return _all_rows(module, work.store, "same", "nothing newer")


def _seen(live: Path, dry_run: bool) -> dict[str, str]:
    """What the sources looked like last time. A dry run leaves a damaged manifest where it is, and does without."""
    try:
        return stores.seen(live)
    except SnapshotDamaged:
        if dry_run:
            return {}
        raise


def _wanted(module: ModuleType, work: Work, look: Look, seen: Mapping[str, str]) -> list[str]:
    """The tables of a source that were not taken from this very release before."""
    return [name for name in module.TABLES if look.key not in (work.seen, seen.get(f"{module.NAME}/{name}"))]


def _damaged(module: ModuleType, work: Work) -> list[str]:
    """Tables in use that are not the newest that was fetched: a damaged one was passed over, and must be fetched again."""
    try:
        releases = stores.read_releases(work.http.settings.cache)
    except SnapshotDamaged:
        return []
    return [
        name
        for name in module.TABLES
        if name in releases and (name not in work.store.tables or work.store.info(name).file != releases[name][0].file)
    ]


def _standing(module: ModuleType, work: Work, look: Look) -> str:
    """Whether what a source offers is newer than what is held, older, or the same."""
    name = module.TABLES[0]
    if name not in work.store.tables or work.seen == look.key:
        return "newer"  # of a key that was seen before each table is asked for by itself
    info = work.store.info(name)
    held = module.held_period(info) if hasattr(module, "held_period") else period_of(info)
    order = _compared(look.period, held)
    if order:
        return "newer" if order > 0 else "older"
    own = info.sources[0].publication == module.TITLE
    order = _compared(look.published, info.sources[0].published or "")
    if look.more or order > 0:
        return "newer"
    if order < 0 and own and info.live:
        return "older"
    # The same period, on the same day or on one not known: what is shipped is taken to be it, and later a new key tells of a correction.
    known = look.period or look.published
    return "newer" if work.seen or not known else "same"


def _compared(one: str, two: str) -> int:
    """1, 0 or -1 as one day or period is after another, as far as both are told; 0 where one is not known."""
    length = min(len(one), len(two))
    return (one[:length] > two[:length]) - (one[:length] < two[:length])


def period_of(info: TableInfo) -> str:
    """The last period of a table; without periods the month that its newest release names (2026-06), or nothing."""
    if info.last_period:
        return info.last_period
    named = re.search(r"([A-Z][a-z]{2,8}) (20\d\d)", info.sources[0].release)
    return f"{named[2]}-{month_number(named[1]):02d}" if named and month_number(named[1]) else ""


def _fetched(module: ModuleType, work: Work, look: Look, accept: frozenset[str]) -> list[Row]:
    """Fetch, check each table by itself, and add those that are good, all of them or none."""
    brought: list[NewTable] = [table for table in module.fetch(work, look) if work.wants(table.name)]
    work.report(0.97, f"{module.TITLE}: checking")
    good: list[NewTable] = []
    rows: list[Row] = []
    for table in brought:
        row, take = _judged(module, work, table, accept)
        rows.append(row)
        if take:
            good.append(table)
    rows += [row for name, why in work.refused.items() for row in _all_rows(module, work.store, "failed", why, names=[name])]
    refused = {row.table for row in rows if row.outcome in ("kept", "failed")}
    whole = work.recorded[-1] if work.recorded else look.key
    # A source is only called seen when all that it brought was taken; otherwise the next refresh tries again, for the rest only.
    key = PARTLY if refused else whole
    also = {f"{module.NAME}/{name}": whole if refused and name not in refused else "" for name in module.TABLES} if refused or len(module.TABLES) > 1 else {}
    stores.add_releases(work.http.settings.cache, good, module.NAME, key, also)
    left = [name for name in module.TABLES if work.wants(name) and name not in {row.table for row in rows}]
    return [*rows, *(row for name in left for row in _all_rows(module, work.store, "same", _why_left(work, name), names=[name]))]


def _why_left(work: Work, name: str) -> str:
    """Why a source that was asked for a table brought none."""
    return work.absent.get(name) or " ".join(["nothing newer for this table", *work.told])


def _judged(module: ModuleType, work: Work, table: NewTable, accept: frozenset[str]) -> tuple[Row, bool]:
    """The row of a table that came, and whether it is to be added."""
    store, name = work.store, table.name
    before, release = held_release(store, name), table.sources[0].release

    def row(outcome: str, note: str) -> Row:
        new = outcome == "new"
        return Row(name, before, release if new else before, len(table.frame) if new else held_rows(store, name), outcome, note, module.NAME)

    if name in store.tables and name not in _damaged(module, work):
        if _older(table, store.info(name)):
            return row("same", OLDER.format(offered=release, held=before)), False
        if same_values(table.frame, store.table(name)):
            return row("same", " ".join([f"nothing changed: what is offered ({release}) has the figures held", *work.told])), False
    try:
        found = "accepted as it is" if name in accept else checked(
            table, store, may_revise=name in getattr(module, "REVISED", ()), replaced=name in getattr(module, "REPLACED", ()),
            brings=getattr(module, "BRINGS", ""),
        )  # fmt: skip
    except ContractBroken as error:
        return row("kept", f"{error} If it is right all the same: 'refresh {module.NAME} --accept {name}'."), False
    return row("new", " ".join(filter(None, [found, *work.told]))), True


def _older(table: NewTable, info: TableInfo) -> bool:
    """Whether a list without periods, such as the register, is of a day before that of the one held."""
    one, two = table.sources[0], info.sources[0]
    return "period" not in table.frame and one.publication == two.publication and _compared(one.published or "", two.published or "") < 0
