"""The command line: `python -m sendlib ask my_area --area Plymouth`.

Exit status: 0 an answer, 2 a question, area or table that there is not, 1 a
file that can not be used, 130 stopped with Ctrl-C.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path

import pandas as pd

from sendlib import questions, settings
from sendlib.areas import Found
from sendlib.errors import NoData, SendlibError, UnknownChoice
from sendlib.questions import comparators
from sendlib.questions.answer import Answer
from sendlib.questions.shown import shown
from sendlib.store import SNAPSHOT, Store


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit status."""
    choices = _parser().parse_args(arguments)
    try:
        return int(choices.run(choices))
    except (NoData, UnknownChoice) as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    except SendlibError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nstopped; what had come in stays" if choices.run is _refresh else "\nstopped", file=sys.stderr)
        return 130
    except BrokenPipeError:  # the reader of a pipe has seen enough
        return 0


_OPTIONS = {
    "move": ("needs", "move", "a what-if, such as semh:mld:25 for a quarter of one need recorded as another"),
    "definition": ("doing_well", "definition", "who counts in the sum: not_in_setting, not_being_educated or waiting"),
    "january": ("doing_well", "year", "the January of the sum, such as 2020"),
    "scenario": ("looking_ahead", "scenario", "one to tell of, such as published-high, wales-like or own"),
    "population": ("looking_ahead", "population", "the projection of residents: ons-2022, ons-2018, ons-2018-high or ons-2018-low"),
    "growth": ("looking_ahead", "growth", "your own growth of the rate, per cent a year"),
    "damping": ("looking_ahead", "damping", "the part of that growth that is left after a year, 0 to 1"),
    "spread": ("looking_ahead", "spread", "how much areas differ for reasons other than age, per cent"),
}
"""Options that one question alone takes: (question, what its `ask` calls it, help)."""


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m sendlib", description="True, sourced figures about SEND in England.")
    parser.add_argument("--store", type=Path, default=SNAPSHOT, help="folder of tables (the shipped snapshot by default)")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    ask = commands.add_parser("ask", help="answer a question for an area")
    ask.add_argument("question", help=f"one of: {', '.join(questions.names())}")
    ask.add_argument("--area", required=True, help="name, 3-digit or 9-character code, of today or of the past")
    ask.add_argument(
        "--comparators", default=comparators.DEFAULT,
        help=f"one of {', '.join(comparators.CHOICES)}, or names or codes with commas between",
    )  # fmt: skip
    for name, (owner, _, words) in _OPTIONS.items():
        ask.add_argument(f"--{name}", help=f"{owner} only: {words}")
    ask.add_argument("--json", action="store_true", help="everything that a page shows, as JSON")
    ask.set_defaults(run=_ask)

    table = commands.add_parser("table", help="print a table, or its rows of one area")
    table.add_argument("name")
    table.add_argument("--area", help="an authority, a region, England or, in tables of the NHS, a health area's code; all areas without it")
    table.add_argument("--format", choices=["csv", "json", "text"], default="text")
    table.set_defaults(run=_table)

    tables = commands.add_parser("tables", help="which tables there are, and from which release")
    tables.set_defaults(run=_tables)

    refresh = commands.add_parser(
        "refresh", help="fetch what is newer at the publishers",
        epilog="Some tables no refresh brings: outcomes, care, destinations and others. A refresh of all sources ends with their names and what to do.",
    )  # fmt: skip
    refresh.add_argument("source", nargs="*", help="ees, nhs, ons, gias or one source of them; all without")
    refresh.add_argument("--dry-run", action="store_true", help="only say what is newer")
    refresh.add_argument("--accept", action="append", default=[], metavar="TABLE", help="take this table although it differs from the release before by more than it should")
    refresh.set_defaults(run=_refresh)

    snapshot = commands.add_parser("snapshot", help="build the shipped snapshot from original releases")
    snapshot.add_argument("--from", dest="folder", type=Path, required=True, help="folder of original releases")
    snapshot.add_argument("--into", type=Path, default=SNAPSHOT, help="folder to write (data_cache/snapshot by default)")
    snapshot.set_defaults(run=_snapshot)
    return parser


def _store(choices: argparse.Namespace) -> Store:
    """The shipped tables with what refreshes brought, or the folder that was named and nothing else."""
    if choices.store != SNAPSHOT:
        return Store(choices.store)
    store = Store(live=settings.read().cache)
    for problem in store.problems:
        print(f"note: {problem}", file=sys.stderr)
    return store


def _ask(choices: argparse.Namespace) -> int:
    store = _store(choices)
    question = questions.named(choices.question)
    areas = comparators.known_areas(store)
    wider = areas.find_wider(choices.area)
    if wider and not getattr(question, "TAKES_WIDER_AREAS", False):
        raise UnknownChoice(f"The question {question.NAME} is asked of one authority, with England beside it. Give the name of an authority.")
    found = Found((wider,)) if wider else areas.find(choices.area)
    what_if = {}
    for name, (owner, keyword, _) in _OPTIONS.items():
        if text := getattr(choices, name):
            if owner != question.NAME:
                raise UnknownChoice(f"--{name} belongs to the question {owner}, not to {question.NAME}.")
            what_if[keyword] = text
    answers = [question.ask(store, area, choices.comparators, **what_if) for area in found.areas]
    if found.note:
        print(f"note: {found.note}", file=sys.stderr)
    if choices.json:
        records = [as_record(answer) for answer in answers]
        print(json.dumps(records[0] if len(records) == 1 else records, indent=1, ensure_ascii=False, allow_nan=False))
    else:
        print("\n\n".join(as_text(answer) for answer in answers))
    return 0


def _table(choices: argparse.Namespace) -> int:
    store = _store(choices)
    store.info(choices.name)
    codes = _codes(store, choices.area, choices.name) if choices.area else [None]
    frame = pd.concat([shown(store, choices.name, code) for code in codes], ignore_index=True)
    if choices.format == "csv":
        frame.to_csv(sys.stdout, index=False, lineterminator="\n")
    elif choices.format == "json":
        print(json.dumps(_records(frame), ensure_ascii=False, allow_nan=False))
    else:
        with pd.option_context("display.width", 200, "display.max_columns", None, "display.max_rows", None):
            print(frame.to_string(index=False))
    print(f"source: {store.info(choices.name).release()}", file=sys.stderr)
    return 0


def _codes(store: Store, text: str, name: str) -> list[str]:
    """Codes of an area as tables hold them: regions, England, abolished authorities and the NHS's own areas included."""
    if "area_code" in store.info(name).columns:
        held = {str(code).casefold(): str(code) for code in store.table(name)["area_code"].unique()}
        if text.strip().casefold() in held:
            return [held[text.strip().casefold()]]
    areas = comparators.known_areas(store)
    wider = {code.casefold(): code for code in areas.names} | {
        areas.names[code].casefold(): code
        for code, level in zip(areas.table["area_code"], areas.table["level"], strict=True)
        if level in ("region", "england")
    }
    if text.strip().casefold() in wider:
        return [wider[text.strip().casefold()]]
    found: Found = areas.find(text)
    if found.note:
        print(f"note: {found.note}", file=sys.stderr)
    return [area.code for area in found.areas]


def _tables(choices: argparse.Namespace) -> int:
    store = _store(choices)
    for name, info in sorted(store.tables.items()):
        span = f", {info.first_period} to {info.last_period}" if info.first_period else ""
        print(f"{name}: {info.title} ({info.rows:,} rows{span})\n  {info.release()}")
    damaged = store.damaged()
    for message in damaged:
        print(f"error: {message}", file=sys.stderr)
    return 1 if damaged else 0


def _refresh(choices: argparse.Namespace) -> int:
    from sendlib.refresh import core  # the network's libraries are imported by this command only

    bar = _bar if sys.stderr.isatty() else _lines()
    rows = core.run(choices.source, dry_run=choices.dry_run, report=bar, accept=choices.accept)
    if sys.stderr.isatty():
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


def _bar(part: float, text: str) -> None:
    """A progress bar on one line of the terminal."""
    done = round(24 * part)
    print(f"\r[{'#' * done}{'.' * (24 - done)}] {100 * part:3.0f}%  {text[:70]:<70}", end="", file=sys.stderr, flush=True)


def _lines() -> Callable[[float, str], None]:
    """Progress as lines, for a log: one where the words change."""
    last = ""

    def report(part: float, text: str) -> None:
        nonlocal last
        if text != last:
            print(f"{100 * part:3.0f}%  {text}", file=sys.stderr)
            last = text

    return report


def _snapshot(choices: argparse.Namespace) -> int:
    from sendlib import snapshot  # pandera takes a second to import, and only this command needs it

    static = snapshot.STATIC if choices.into.resolve() == SNAPSHOT else None
    size = snapshot.build(choices.folder, choices.into, report=print, static=static)
    print(f"{size:,} bytes in {choices.into}")
    return 0


def as_text(answer: Answer) -> str:
    """An answer to read in a terminal."""
    lead = answer.tables[answer.lead]
    with pd.option_context("display.width", 200, "display.max_columns", None):
        numbers = lead.data.to_string(index=False, float_format=lambda value: f"{value:.1f}", na_rep="not available")
    notes = dict.fromkeys(f"- {note.text}" for note in answer.notes)
    sources = dict.fromkeys(source.citation() for sources in answer.sources.values() for source in sources)
    parts = [
        f"{answer.words}  {answer.area.name}",
        answer.headline.analyst,
        *(" ".join(filter(None, [f"{figure.label}: {figure.text} ({figure.comparison})", figure.detail])) for figure in answer.figures),
        f"\n{answer.title}\n{lead.caption}\n{numbers}",
        "\nWhat this cannot tell you\n" + "\n".join(f"- {line}" for line in answer.cannot_tell),
        "\nNotes\n" + "\n".join(notes),
        "\nSources\n" + "\n".join(f"- {line}" for line in sources),
    ]
    return "\n".join(parts)


def as_record(answer: Answer) -> dict[str, object]:
    """Everything in an answer as plain lists, texts and numbers; missing values are null."""
    return {
        "question": answer.question,
        "words": answer.words,
        "area": asdict(answer.area),
        "comparators": answer.comparators,
        "title": answer.title,
        "headline": asdict(answer.headline),
        "figures": [{**asdict(figure), "text": figure.text} for figure in answer.figures],
        "lead": answer.lead,
        "tables": {name: _records(table.data) for name, table in answer.tables.items()},
        "captions": {name: table.caption for name, table in answer.tables.items()},
        "plain_captions": {name: table.plain_caption for name, table in answer.tables.items() if table.plain_caption},
        "columns": {name: {key: asdict(column) for key, column in table.columns.items()} for name, table in answer.tables.items()},
        "cannot_tell": list(answer.cannot_tell),
        "could_change": list(answer.could_change),
        "plain_cannot_tell": list(answer.plain_cannot_tell),
        "plain_could_change": list(answer.plain_could_change),
        "sources": {name: [source.to_dict() for source in sources] for name, sources in answer.sources.items()},
        "notes": [asdict(note) for note in answer.notes],
    }


def _records(frame: pd.DataFrame) -> list[dict[str, object]]:
    plain = frame.astype(object).where(frame.notna(), None)
    return [{str(key): value for key, value in record.items()} for record in plain.to_dict("records")]


if __name__ == "__main__":
    sys.exit(main())
