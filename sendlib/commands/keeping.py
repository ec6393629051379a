"""Commands that bring new tables: a refresh, and the shipped snapshot."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from sendlib import console
from sendlib.commands import shared
from sendlib.store import SNAPSHOT, Store


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """The commands `refresh` and `snapshot`."""
    fetch = commands.add_parser(
        "refresh",
        help="fetch what is newer at the publishers",
        epilog=(
            "Some tables no refresh brings: outcomes, destinations, money and others. A refresh of all sources"
            " ends with their names and what to do."
        ),
    )
    fetch.add_argument("source", nargs="*", help="ees, nhs, ons, gias or one source of them; all without")
    fetch.add_argument("--dry-run", action="store_true", help="only say what is newer")
    fetch.add_argument(
        "--accept",
        action="append",
        default=[],
        metavar="TABLE",
        help="take this table although it differs from the release before by more than it should",
    )
    fetch.set_defaults(run=refresh)

    snapshot = commands.add_parser("snapshot", help="build the shipped snapshot from original releases")
    snapshot.add_argument("--from", dest="folder", type=Path, required=True, help="folder of original releases")
    snapshot.add_argument(
        "--into", type=Path, default=SNAPSHOT, help="folder to write (data_cache/snapshot by default)"
    )
    snapshot.set_defaults(run=_snapshot)


def refresh(choices: argparse.Namespace) -> int:
    """Fetch what is newer; 1 where a table could not be brought."""
    from sendlib.refresh import core  # the network's libraries are imported by this command only

    rows = core.run(choices.source, dry_run=choices.dry_run, report=shared.progress(), accept=choices.accept)
    if console.is_screen(sys.stderr):
        print(file=sys.stderr)
    heads = ["table", "release before", "release now", "rows", "outcome", "note"]
    plain, closing = core.told_once(rows)
    cells = [[row.table, row.before, row.now, f"{row.rows:,}", row.outcome, row.note] for row in plain]
    # The note is last and may be long; the other columns are as wide as their longest cell.
    widths = [max(len(line[place]) for line in [heads, *cells]) for place in range(len(heads) - 1)]
    for line in [heads, *cells]:
        print("  ".join([*(cell.ljust(width) for cell, width in zip(line, widths, strict=False)), line[-1]]).rstrip())
    for words in closing:
        print(f"\n{words}")
    if not choices.source:
        print(f"\n{core.not_brought(Store())}")
    return 1 if any(row.outcome in ("failed", "kept") for row in rows) else 0


def _snapshot(choices: argparse.Namespace) -> int:
    from sendlib import snapshot, static_files  # pandera takes a second to import, and only this command needs it

    static = static_files.STATIC if choices.into.resolve() == SNAPSHOT else None
    size = snapshot.build(choices.folder, choices.into, report=print, static=static)
    print(f"{size:,} bytes in {choices.into}")
    return 0
