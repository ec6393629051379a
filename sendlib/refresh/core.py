"""Running a refresh: look, fetch, check, add; one source after another, each on its own."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from sendlib import catalogue
from sendlib import settings as settings_module
from sendlib import store as stores
from sendlib.areas import Areas
from sendlib.errors import NoData, SendlibError, SnapshotDamaged, SourceUnavailable
from sendlib.refresh import (
    absence,
    boundaries,
    care,
    ehc_plans,
    exclusions,
    health_checks,
    judging,
    needs_in_schools,
    projections,
    projections_england,
    pupils,
    residents,
    schools,
    standing,
    waits_autism,
    waits_community,
    waits_mental_health,
)
from sendlib.refresh.source import OLDER, Source
from sendlib.refresh.standing import Standing
from sendlib.refresh.work import PARTLY, Look, Report, Stopped, Work, held_release, held_rows, same_values
from sendlib.refresh.workplace import only_one, workplace
from sendlib.settings import Settings
from sendlib.sources.http import Http
from sendlib.store import NewTable, Store

SOURCES = (
    ehc_plans.SOURCE,
    pupils.SOURCE,
    needs_in_schools.SOURCE,
    absence.SOURCE,
    exclusions.SOURCE,
    care.SOURCE,
    waits_community.SOURCE,
    waits_mental_health.SOURCE,
    waits_autism.SOURCE,
    health_checks.SOURCE,
    residents.SOURCE,
    projections.SOURCE,
    projections_england.SOURCE,
    boundaries.SOURCE,
    schools.SOURCE,
)
"""Every source, in the order of a refresh."""


Outcome = Literal["new", "same", "newer", "kept", "failed"]


@dataclass(frozen=True)
class Row:
    """One line of the closing table.

    `outcome`: newer is said in a dry run, or of what is only told of; kept is
    refused. `doubted`: what of a release was kept back by the checks -> why; a
    person may accept it all the same.
    """

    table: str
    before: str
    now: str
    rows: int
    outcome: Outcome
    note: str = ""
    source: str = ""
    doubted: Mapping[str, str] = field(default_factory=dict)


def chosen(names: Sequence[str]) -> list[Source]:
    """The sources of some groups or names; all for none. Raises SourceUnavailable."""
    known = dict.fromkeys([*(source.group for source in SOURCES), *(source.name for source in SOURCES)])
    wrong = [name for name in names if name not in known]
    if wrong:
        raise SourceUnavailable(f"There is no source '{wrong[0]}'. There are: {', '.join(known)}.")
    return [source for source in SOURCES if not names or source.name in names or source.group in names]


NOT_BROUGHT = {
    "DfE's API has newer figures, but no reader of them is written yet": ("destinations",),
    "They go with the map, which is a file of the app": ("area_changes", "areas", "shapes"),
    "Nothing newer was published in this form": ("elsewhere",),
}
"""Why no refresh brings some tables; of the others the publishers have only files to download by hand."""
BY_HAND = "The publishers offer them only as files to download by hand (LAIT and others)"


def not_brought(store: Store) -> str:
    """The tables that no refresh brings, by the reason, with what a person can do."""
    brought = {name for source in SOURCES if source.fetch for name in source.tables}
    why = {name: reason for reason, names in NOT_BROUGHT.items() for name in names}
    by_reason: dict[str, list[str]] = {}
    for name in sorted(set(store.tables) - brought):
        by_reason.setdefault(why.get(name, BY_HAND), []).append(store.info(name).title)
    said = " ".join(f"{reason}: {'; '.join(titles)}." for reason, titles in by_reason.items())
    more = "; ".join(one["what"] for one in catalogue.load("not_fetched").values())
    return (
        f"A refresh does not bring these tables. {said} They come with the next version of the app, or put the"
        " publishers' newer files into a folder and build them with 'python -m sendlib snapshot --from FOLDER'."
        f" Not fetched yet: {more}. About the data says where each is to be found, and why."
    )


def told_once(rows: Sequence[Row]) -> tuple[list[Row], list[str]]:
    """The rows, and a closing line for each source that failed as a whole for one reason.

    The rows of such a source then say so no more.
    """
    lines, plain = [], []
    titles = {source.name: source.title for source in SOURCES}
    for row in rows:
        own = [other for other in rows if row.source and other.source == row.source]
        if len(own) > 1 and all((other.outcome, other.note) == ("failed", row.note) for other in own):
            lines.append(f"{titles.get(row.source, row.source)}: {row.note}")
            row = replace(row, note="see below")
        plain.append(row)
    return plain, list(dict.fromkeys(lines))


def run(
    names: Sequence[str] = (),
    *,
    dry_run: bool = False,
    report: Report = lambda part, text: None,
    settings: Settings | None = None,
    sources: Sequence[Source] | None = None,
    http: Http | None = None,
    accept: Sequence[str] = (),
) -> list[Row]:
    """Refresh some sources (by name or group, all for none; or those handed in) and return a row a table.

    A source that fails leaves its tables as they are; the others go on. A
    table named in `accept` is taken although it differs from the release before
    by more than it should; its layout is still checked. Only one refresh writes
    at a time; a dry run writes nothing and waits for nobody. `report` may raise
    Stopped: what has come in stays, and the rest is left as it was. Raises
    AlreadyRunning, SourceUnavailable (an unknown source, a folder that can
    not be written) and NoData (a table to accept that it does not bring).
    """
    settings = settings or settings_module.read()
    wanted = list(sources) if sources is not None else chosen(names)
    _check_accepted(accept, wanted)
    if settings.offline:
        raise SourceUnavailable("The network is switched off (SENDLIB_OFFLINE). The figures held are used.")
    http = http or Http(settings)
    if dry_run:
        with tempfile.TemporaryDirectory(prefix="sendlib-dry-run-") as folder:
            return _run(wanted, http, Path(folder), True, report, frozenset(accept))
    with only_one(settings.cache), workplace(settings.cache) as place:
        stores.set_aside(settings.cache)
        rows = _run(wanted, http, place, False, report, frozenset(accept))
        note_looked(settings.cache, rows)
        return rows


def note_looked(live: Path, rows: Sequence[Row]) -> None:
    """Keep what a look found newer, so that pages can say so without asking anybody (Answer.newer)."""
    told = [row for row in rows if row.outcome != "failed"]
    stores.note_looked(
        live, today(), {row.table: row.now for row in told if row.outcome == "newer"}, [r.table for r in told]
    )


def _check_accepted(accept: Sequence[str], wanted: Sequence[Source]) -> None:
    """Raises NoData for a table to accept that these sources do not bring: a slip must not pass for consent."""
    brought = [name for source in wanted for name in source.tables]
    for name in accept:
        if name not in brought:
            raise NoData(f"This refresh does not bring a table '{name}' to accept. It brings: {', '.join(brought)}.")


def _run(
    wanted: Sequence[Source], http: Http, folder: Path, dry_run: bool, report: Report, accept: frozenset[str]
) -> list[Row]:
    """The rows of every source, each with the figures held as the source before it left them."""
    rows: list[Row] = []
    live = http.settings.cache
    for place, source in enumerate(wanted):

        def of_source(part: float, text: str, place: int = place) -> None:
            report((place + part) / len(wanted), text)

        store = Store(live=live)
        kept = folder / "ees" if dry_run else live / "ees"
        work = Work(http, store, _areas(store), folder, of_source, today(), kept=kept)
        try:
            rows += _refreshed(source, work, dry_run, accept)
        except Stopped:
            left = wanted[place:]
            return rows + [
                row
                for one in left
                for row in _all_rows(
                    one, store, "failed", "Stopped before it was done. The figures held before are unchanged."
                )
            ]
    with suppress(Stopped):  # all is done; the closing table must not be lost
        report(1.0, "Done")
    return rows


def today() -> str:
    """The date of retrieval, in UTC."""
    return datetime.now(UTC).date().isoformat()


def _areas(store: Store) -> Areas:
    return Areas(store.table("areas"), store.table("area_changes"))


def _all_rows(
    source: Source, store: Store, outcome: Outcome, note: str = "", now: str = "", names: Sequence[str] = ()
) -> list[Row]:
    """A row for each table of a source, or for those named, all with the same outcome."""
    return [
        Row(
            name,
            held_release(store, name),
            now or held_release(store, name),
            held_rows(store, name),
            outcome,
            note,
            source.name,
        )
        for name in source.tables
        if not names or name in names
    ]


def _refreshed(source: Source, work: Work, dry_run: bool, accept: frozenset[str]) -> list[Row]:
    """The rows of one source; every failure ends here, in words."""
    try:
        rows = _looked(source, work, dry_run, accept)
    except Stopped:
        raise
    except SendlibError as error:
        rows = _all_rows(source, work.store, "failed", str(error))
    except OSError as error:
        rows = _all_rows(
            source,
            work.store,
            "failed",
            f"The live folder could not be written ({error}). The figures held before are unchanged.",
        )
    except Exception as error:  # noqa: BLE001 - a source's fault, whatever it is, must not lose the others
        # An answer that is shaped otherwise than agreed shows itself in many ways; all are told of, none is used.
        problem = (
            f"An answer is not shaped as agreed ({type(error).__name__}: {error})."
            " The figures held before are unchanged."
        )
        rows = _all_rows(source, work.store, "failed", problem)
    return [_with_clock(row, work) for row in rows]


def _with_clock(row: Row, work: Work) -> Row:
    """A row with a word on this machine's clock where a publisher's differs.

    Even "nothing newer" is not to be believed then.
    """
    off = work.http.clock_is_off
    return replace(row, note=f"{row.note.rstrip('.')}. {off}" if row.note else off) if off else row


def _looked(source: Source, work: Work, dry_run: bool, accept: frozenset[str]) -> list[Row]:
    """Look, and fetch only where the publisher has something newer than what is held."""
    work.report(0.0, f"{source.title}: looking for something newer")
    seen = _seen(work.http.settings.cache, dry_run)
    work = replace(work, seen=seen.get(source.name, ""))
    look = source.look(work)
    offered = standing.of_source(source, work, look)
    if offered == "older":
        said = source.older.format(offered=look.release, held=held_release(work.store, source.tables[0]))
        return _all_rows(source, work.store, "same", said)
    if source.fetch is None:
        return _only_told(source, work, look, offered)
    wanted = [] if offered == "same" else standing.wanted(source, work, look, seen)
    wanted = list(dict.fromkeys([*wanted, *standing.damaged(source, work)]))
    if not wanted:
        return _nothing_newer(source, work, look, offered, dry_run)
    if dry_run:
        would = source.unasked or f"'refresh {source.name}' would fetch it"
        rows = _all_rows(source, work.store, "newer", would, look.release, wanted)
    else:
        asked = replace(work, wanted=frozenset(wanted))
        rows = _taken(source, asked, look, source.fetch(asked, look), accept)
    rest = [row for row in _all_rows(source, work.store, "same", "nothing newer") if row.table not in wanted]
    return sorted([*rows, *rest], key=lambda row: source.tables.index(row.table))


def _only_told(source: Source, work: Work, look: Look, offered: Standing) -> list[Row]:
    """The rows of a source that is never fetched."""
    if offered == "newer":
        return _all_rows(source, work.store, "newer", source.only_told, look.release)
    return _all_rows(source, work.store, "same", "nothing newer")


def _nothing_newer(source: Source, work: Work, look: Look, offered: Standing, dry_run: bool) -> list[Row]:
    """The rows of a source of which nothing is wanted, with its key noted."""
    if not dry_run and work.seen != look.key and offered == "same":
        # What is shipped has no key yet: from now on a correction within the same release shows.
        stores.add_releases(work.http.settings.cache, [], source.name, look.key)
    return _all_rows(source, work.store, "same", "nothing newer")


def _seen(live: Path, dry_run: bool) -> dict[str, str]:
    """What the sources looked like last time. A dry run leaves a damaged manifest where it is, and does without."""
    try:
        return stores.seen(live)
    except SnapshotDamaged:
        if dry_run:
            return {}
        raise


def _taken(source: Source, work: Work, look: Look, brought: Sequence[NewTable], accept: frozenset[str]) -> list[Row]:
    """Check each table that was fetched by itself, and add those that are good, all of them or none."""
    work.report(0.97, f"{source.title}: checking")
    good: list[NewTable] = []
    rows: list[Row] = []
    for table in brought:
        if not work.wants(table.name):
            continue
        row, taken = _judged(source, work, table, accept)
        rows.append(row)
        if taken:
            good.append(taken)
    rows += [
        row for name, why in work.refused.items() for row in _all_rows(source, work.store, "failed", why, names=[name])
    ]
    refused = {
        row.table for row in rows if row.outcome in ("kept", "failed") or row.doubted or work.partly.get(row.table)
    }
    whole = work.recorded[-1] if work.recorded else look.key
    # A source is only called seen when all that it brought was taken; otherwise the next refresh tries again,
    # for the rest only.
    key = PARTLY if refused else whole
    also = (
        {f"{source.name}/{name}": whole if refused and name not in refused else "" for name in source.tables}
        if refused or len(source.tables) > 1
        else {}
    )
    stores.add_releases(work.http.settings.cache, good, source.name, key, also)
    left = [name for name in source.tables if work.wants(name) and name not in {row.table for row in rows}]
    return [
        *rows,
        *(row for name in left for row in _all_rows(source, work.store, "same", _why_left(work, name), names=[name])),
    ]


def _why_left(work: Work, name: str) -> str:
    """Why a source that was asked for a table brought none."""
    return work.absent.get(name) or " ".join(["nothing newer for this table", *work.told])


def _judged(source: Source, work: Work, table: NewTable, accept: frozenset[str]) -> tuple[Row, NewTable | None]:
    """The row of a table that came, and what of it is to be added: all, some with what is held beside it, or None."""
    store, name = work.store, table.name
    before, release = held_release(store, name), table.sources[0].release

    def row(outcome: Outcome, note: str, doubted: Mapping[str, str] | None = None) -> Row:
        new = outcome == "new"
        return Row(
            name,
            before,
            release if new else before,
            len(table.frame) if new else held_rows(store, name),
            outcome,
            note,
            source.name,
            doubted or {},
        )

    in_use = name in store.tables and name not in standing.damaged(source, work)
    if in_use and standing.older(table, store.info(name)):
        return row("same", OLDER.format(offered=release, held=before)), None
    stays = " ".join(f"{_capital(part)} as held before: {why}" for part, why in work.partly.get(name, {}).items())
    if in_use and same_values(table.frame, store.table(name)):
        unchanged = f"nothing changed: what is offered ({release}) has the figures held"
        return row("same", " ".join(filter(None, [stays, unchanged, *work.told]))), None
    if name in accept:
        return row("new", " ".join(filter(None, ["accepted as it is.", stays, *work.told]))), table
    found = judging.judged(
        table,
        store,
        source.natures.get(name),
        may_revise=source.revises,
        replaced=source.replaces,
        brings=source.brings,
    )
    doubted = " ".join(f"{_capital(what)} as held before: {why}" for what, why in found.kept_back.items())
    advice = f"If it is right all the same: 'refresh {source.name} --accept {name}'." if doubted else ""
    if found.nothing or (doubted and in_use and same_values(found.frame, store.table(name))):
        return row("kept", " ".join(filter(None, [doubted, stays, advice])), found.kept_back), None
    taken = replace(table, frame=found.frame, notes=(*table.notes, *([doubted] if doubted else [])))
    said = " ".join(filter(None, [doubted, advice, stays, found.note, *work.told]))
    return row("new", said, found.kept_back), taken


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
