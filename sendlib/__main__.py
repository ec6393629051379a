"""The command line: `python -m sendlib ask my_area --area Plymouth`.

Exit status: 0 an answer, 2 a question, area or table that there is not, 1 a
file that can not be used or written, 130 stopped with Ctrl-C.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from importlib import import_module
from pathlib import Path

import pandas as pd

from sendlib import board as boards
from sendlib import changes, console, pictures, postcodes, questions, service, settings
from sendlib.answer import MODES, Answer, Choice, Question
from sendlib.areas import Area
from sendlib.compared import comparators, widened
from sendlib.errors import NoData, SendlibError, UnknownChoice
from sendlib.exports import made as made_files
from sendlib.exports import own_figures, picture
from sendlib.exports.csv import as_csv
from sendlib.exports.formats import FORMATS
from sendlib.exports.numbers import numbers_of
from sendlib.exports.record import as_record, rows
from sendlib.exports.shown import shown
from sendlib.exports.text import as_text, to_copy
from sendlib.made import building
from sendlib.made.held import KINDS
from sendlib.made.selection import Selection, parted, resolve
from sendlib.own_figures import reading
from sendlib.own_figures.model import OwnFileRefused
from sendlib.store import SNAPSHOT, Store

AREA_HELP = (
    "an authority, a district, a region, England or a health area, by a name or code of today or of the past; several"
    " authorities with commas between are a group, which may have a name and a colon before them; a postcode is asked"
    " of ONS"
)


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
    except OSError as error:
        if console.reader_is_gone(error):
            console.let_go()
            return 0
        print(f"error: a file or the output could not be read or written ({error}).", file=sys.stderr)
        return 1


def run_as_program() -> int:
    """The command of this process, with an output that takes every sign; the exit status."""
    console.prepare()
    return console.end(main())


def _choices() -> dict[str, dict[str, Choice]]:
    """Every choice of every question: its name -> the questions that have it."""
    found: dict[str, dict[str, Choice]] = {}
    for question in questions.QUESTIONS:
        for choice in question.choices:
            found.setdefault(choice.name, {})[question.name] = choice
    return found


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m sendlib",
        description="True, sourced figures about SEND in England.",
        epilog="What goes to a file or through a pipe is written as UTF-8 on every machine (JSON as plain ASCII);"
        " PYTHONIOENCODING names another encoding.",
    )
    parser.add_argument(
        "--store", type=Path, default=SNAPSHOT, help="folder of tables (the shipped snapshot by default)"
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    ask = commands.add_parser("ask", help="answer a question for an area")
    _add_what_is_asked(ask)
    ask.add_argument(
        "--json",
        action="store_true",
        help="everything that a page shows, as JSON",
    )
    ask.add_argument(
        "--map-file",
        type=Path,
        metavar="FILE.html",
        help="places only: write its map to a file that opens in any browser without a network",
    )
    ask.set_defaults(run=_ask)

    changed = commands.add_parser("changes", help="what changed for an area: what moved, what was revised, what is due")
    changed.add_argument("--area", required=True, help=AREA_HELP)
    changed.add_argument("--comparators", default=comparators.DEFAULT, help="whom the pages compare it with")
    changed.add_argument("--json", action="store_true", help="everything that the page shows, as JSON")
    changed.set_defaults(run=_changes)

    export = commands.add_parser("export", help="write the tables of an answer, or its pictures, to files")
    _add_what_is_asked(export)
    export.add_argument(
        "--table", default="", help="one of the answer's tables (without it all; of pictures those of the lead)"
    )
    export.add_argument("--format", choices=[*FORMATS, *picture.FORMATS], default="xlsx")
    export.add_argument("--mode", choices=MODES, default="explore", help="whose words pictures are in")
    export.add_argument("--to", type=Path, default=Path(), metavar="FOLDER", help="where to (here without it)")
    export.set_defaults(run=_export)

    report = commands.add_parser("report", help="write what all questions say of an area to one page that prints to A4")
    _add_area_and_those_compared(report)
    report.add_argument(
        "--mode", choices=["families", "explore"], default="families", help="a sheet of one page, or a chapter"
    )
    report.add_argument("--to", type=Path, required=True, metavar="FILE.html", help="the file to write")
    report.set_defaults(run=_report)

    board = commands.add_parser("board", help="the measures that a group watches together, for an area")
    _add_whom(board)
    board.add_argument("--measures", default="", metavar="CODE,CODE", help=boards.CHOICE.help)
    board.add_argument("--json", action="store_true", help="everything that the board shows, as JSON")
    board.set_defaults(run=_board)

    slides = commands.add_parser("slides", help="write the answers for an area as one PowerPoint presentation")
    _add_area_and_those_compared(slides)
    slides.add_argument("--to", type=Path, required=True, metavar="FILE.pptx", help="the file to write")
    slides.add_argument(
        "--template",
        type=Path,
        metavar="FILE.pptx",
        help="a presentation of your own with a layout 'Title and Content'; its slides are left out",
    )
    slides.add_argument("--questions", default="", help=f"some of {', '.join(questions.names())}; all without it")
    slides.add_argument("--mode", choices=["show", "families"], default="show", help="in whose words")
    slides.set_defaults(run=_slides)

    _add_own_figures(commands)

    table = commands.add_parser("table", help="print a table, or its rows of one area")
    table.add_argument("name")
    table.add_argument(
        "--area",
        help=f"{AREA_HELP}; all areas without it",
    )
    table.add_argument("--format", choices=["csv", "json", "text"], default="text")
    table.add_argument("--columns", action="store_true", help="say what its rows and columns are, and print no rows")
    table.set_defaults(run=_table)

    make = commands.add_parser(
        "make",
        help="make a table of any rows of a table that is held, in words",
        epilog="What is left out is as on the page: the area and England, the newest figures, totals where there are.",
    )
    make.add_argument("name", metavar="TABLE", help="as 'python -m sendlib tables' lists it")
    make.add_argument("--area", help=f"{AREA_HELP}; what 'here' and 'near' of --areas stand for")
    make.add_argument(
        "--areas", default="", help=f"with commas between: here, near, region, {', '.join(KINDS)}, names and codes"
    )
    make.add_argument("--periods", default="", help="newest (the default), all, one, or from one to another: A..B")
    make.add_argument(
        "--where",
        action="append",
        default=[],
        metavar="COLUMN=VALUE,...",
        help="only these values of a column; * for all of them; can be given several times",
    )
    make.add_argument("--across", default="", metavar="COLUMN", help="what stands across the top; list for nothing")
    make.add_argument("--find", default="", help="only rows with these words")
    make.add_argument("--format", choices=list(FORMATS), default="csv")
    make.add_argument("--to", type=Path, metavar="FILE", help="where to; without it CSV is printed")
    make.set_defaults(run=_make)

    tables = commands.add_parser("tables", help="which tables there are, and from which release")
    tables.set_defaults(run=_tables)

    refresh = commands.add_parser(
        "refresh",
        help="fetch what is newer at the publishers",
        epilog=(
            "Some tables no refresh brings: outcomes, destinations, money and others. A refresh of all sources"
            " ends with their names and what to do."
        ),
    )
    refresh.add_argument("source", nargs="*", help="ees, nhs, ons, gias or one source of them; all without")
    refresh.add_argument("--dry-run", action="store_true", help="only say what is newer")
    refresh.add_argument(
        "--accept",
        action="append",
        default=[],
        metavar="TABLE",
        help="take this table although it differs from the release before by more than it should",
    )
    refresh.set_defaults(run=_refresh)

    snapshot = commands.add_parser("snapshot", help="build the shipped snapshot from original releases")
    snapshot.add_argument("--from", dest="folder", type=Path, required=True, help="folder of original releases")
    snapshot.add_argument(
        "--into", type=Path, default=SNAPSHOT, help="folder to write (data_cache/snapshot by default)"
    )
    snapshot.set_defaults(run=_snapshot)
    return parser


def _add_own_figures(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """The template for figures of the reader's own, and a look at a file as the page takes it."""
    own = commands.add_parser("own-figures", help="a template for your own figures, or a check of a file of them")
    what = own.add_subparsers(required=True, metavar="WHAT")
    template = what.add_parser("template", help="write the template to fill in")
    template.add_argument("--to", type=Path, required=True, metavar="FILE", help="a name that ends in .xlsx or .csv")
    template.set_defaults(run=_own_template)
    check = what.add_parser("check", help="say which cells of a file are wrong, or what is read of it; keeps nothing")
    check.add_argument("file", type=Path)
    check.add_argument("--area", default="England", help=f"whose a row is that names no area: {AREA_HELP}")
    check.set_defaults(run=_own_check)


def _add_what_is_asked(parser: argparse.ArgumentParser) -> None:
    """The question, the area, whom to compare it with, and every choice of every question."""
    parser.add_argument("question", help=f"one of: {', '.join(questions.names())}")
    _add_area_and_those_compared(parser)
    for name, owners in _choices().items():
        choice = next(iter(owners.values()))
        parser.add_argument(
            choice.option, dest=name, help=f"{' and '.join(owners)} only: {choice.help}".replace("%", "%%")
        )


def _add_area_and_those_compared(parser: argparse.ArgumentParser) -> None:
    """The area, one beside it, and whom to compare it with."""
    _add_whom(parser)
    parser.add_argument("--beside", default="", help="another area, which is set beside the first")


def _add_whom(parser: argparse.ArgumentParser) -> None:
    """The area, and whom to compare it with."""
    parser.add_argument("--area", required=True, help=AREA_HELP)
    parser.add_argument(
        "--comparators",
        default=comparators.DEFAULT,
        help=f"one of {', '.join(comparators.CHOICES)}, or names or codes with commas between",
    )


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
    if choices.map_file and questions.named(choices.question).name != "places":
        raise UnknownChoice(f"--map-file belongs to the question places, not to {choices.question}.")
    answer = _answer(store, choices)
    if choices.map_file:
        choices.map_file.write_bytes(service.map_file(answer, opened=store))
        print(f"note: the map is in {choices.map_file}", file=sys.stderr)
    print(_json(as_record(answer), indent=1) if choices.json else as_text(answer))
    return 0


def _changes(choices: argparse.Namespace) -> int:
    store = _store(choices)
    answer = changes.ask(store, _located(store, choices.area), choices.comparators)
    told = f"{as_text(answer)}\n\n{to_copy(answer, 'due', 'explore')}"
    print(_json(as_record(answer), indent=1) if choices.json else told)
    return 0


def _answer(store: Store, choices: argparse.Namespace) -> Answer:
    """The answer to what was asked for. Raises UnknownArea, UnknownChoice and NoData."""
    question = questions.named(choices.question)
    area = _located(store, choices.area)
    beside = _located(store, choices.beside) if choices.beside else None
    return service.answer_of(store, question, area, choices.comparators, _asked(choices, question), beside)


def _export(choices: argparse.Namespace) -> int:
    answer = _answer(_store(choices), choices)
    if choices.table and choices.table not in answer.tables:
        raise UnknownChoice(f"{answer.question} has no table '{choices.table}'. It has: {', '.join(answer.tables)}.")
    choices.to.mkdir(parents=True, exist_ok=True)
    made = _pictures(choices, answer) if choices.format in picture.FORMATS else _numbers(choices, answer)
    for name, content in made:
        file = choices.to / name
        file.write_bytes(content)
        print(file)
    return 0


def _numbers(choices: argparse.Namespace, answer: Answer) -> Iterator[tuple[str, bytes]]:
    """Files of an answer's tables: name and content."""
    made = FORMATS[choices.format]
    for name in [choices.table] if choices.table else answer.tables:
        numbers = numbers_of(answer, name)
        yield f"{numbers.stem}{made.ending}", made.make(numbers)


def _pictures(choices: argparse.Namespace, answer: Answer) -> Iterator[tuple[str, bytes]]:
    """Files of the pictures of a table, of the lead where none was named. Raises NoData where it has none."""
    made, table = picture.FORMATS[choices.format], choices.table or answer.lead
    drawn = pictures.of(answer, table, choices.mode)
    together = picture.rows_of(drawn)
    if not together:
        why = " ".join(one.nothing for one in drawn)
        raise NoData(why or f"{answer.question} draws no picture of '{table}'. It can be had as xlsx or csv.")
    for row in together:
        yield f"{picture.stem_of(row)}{made.ending}", made.make(row, "")


def _report(choices: argparse.Namespace) -> int:
    from sendlib.exports import report  # what draws pictures is imported by this command only

    store = _store(choices)
    beside = _located(store, choices.beside) if choices.beside else None
    answers, without = service.all_answers(store, _located(store, choices.area), choices.comparators, beside)
    if not answers:
        raise NoData(" ".join(without))
    choices.to.write_bytes(report.as_html(answers, choices.mode, unanswered=without))
    print(choices.to)
    return 0


def _board(choices: argparse.Namespace) -> int:
    store = _store(choices)
    codes = [code.strip().casefold() for code in choices.measures.split(",") if code.strip()]
    area = _located(store, choices.area)
    answer = boards.ask(store, area, choices.comparators, codes or boards.picking.suggested(store))
    print(_json(as_record(answer), indent=1) if choices.json else as_text(answer))
    return 0


def _slides(choices: argparse.Namespace) -> int:
    from sendlib.exports import slides  # python-pptx, which no other command needs

    store = _store(choices)
    area = _located(store, choices.area)
    beside = _located(store, choices.beside) if choices.beside else None
    template = choices.template.read_bytes() if choices.template else None
    answers = []
    for name in choices.questions.split(",") if choices.questions else questions.names():
        question = questions.named(name.strip())
        try:
            answers.append(service.answer_of(store, question, area, choices.comparators, {}, beside))
        except NoData as error:  # one that says nothing of this area does not keep the others back
            if choices.questions:
                raise
            print(f"note: {question.name} is left out: {error}", file=sys.stderr)
    choices.to.write_bytes(slides.as_pptx(store, answers, template=template, mode=choices.mode))
    print(choices.to)
    return 0


def _own_template(choices: argparse.Namespace) -> int:
    made = {".xlsx": own_figures.template_xlsx, ".csv": own_figures.template_csv}
    ending = choices.to.suffix.casefold()
    if ending not in made:
        raise UnknownChoice(f"The template is written as {' or '.join(made)}, not as '{choices.to.name}'.")
    choices.to.write_bytes(made[ending]())
    print(choices.to)
    return 0


def _own_check(choices: argparse.Namespace) -> int:
    """Small numbers are written as on the page: as fewer than 5."""
    store = _store(choices)
    area = _located(store, choices.area)
    try:
        found = reading.read(choices.file.read_bytes(), area, widened.directory(store))
    except OwnFileRefused as error:
        print(f"error: {error.reason}", *error.told(), sep="\n  ", file=sys.stderr)
        return 1
    for one in found.figures:
        print(f"{one.area}, {one.period}: {one.named}: {one.text(all_numbers=False)}")
    for words in found.told:
        print(f"note: {words}", file=sys.stderr)
    return 0


def _located(store: Store, text: str) -> Area:
    """The area that a text stands for, by any name or by a postcode; what there is to say of it is noted."""
    known = widened.directory(store)
    found = postcodes.find(known, text) if postcodes.is_one(text) else known.find(text)
    if found.note:
        print(f"note: {found.note}", file=sys.stderr)
    return found.area


def _json(content: object, indent: int | None = None) -> str:
    """JSON; in ASCII where no person reads along, because PowerShell takes what comes through a pipe for its own code
    page."""
    return json.dumps(content, indent=indent, ensure_ascii=not console.is_screen(sys.stdout), allow_nan=False)


def _asked(choices: argparse.Namespace, question: Question) -> dict[str, str]:
    """What was chosen of the question's own choices. Raises UnknownChoice for one of another question."""
    asked = {}
    for name, owners in _choices().items():
        text = getattr(choices, name)
        if text and question.name not in owners:
            option = next(iter(owners.values())).option
            raise UnknownChoice(f"{option} belongs to the question {' and '.join(owners)}, not to {question.name}.")
        if text:
            asked[name] = text
    return asked


def _table(choices: argparse.Namespace) -> int:
    store = _store(choices)
    store.info(choices.name)
    if choices.columns:
        print(str(import_module(f"sendlib.tables.{choices.name}").__doc__).strip())
        return 0
    store, codes = _codes(store, choices.area, choices.name) if choices.area else (store, [None])
    frame = pd.concat([shown(store, choices.name, code) for code in codes], ignore_index=True)
    if choices.format == "csv":
        frame.to_csv(sys.stdout, index=False, lineterminator="\n")
    elif choices.format == "json":
        print(_json(rows(frame)))
    else:
        with pd.option_context("display.width", 200, "display.max_columns", None, "display.max_rows", None):
            print(frame.to_string(index=False))
    print(f"source: {store.info(choices.name).release()}", file=sys.stderr)
    return 0


def _codes(store: Store, text: str, name: str) -> tuple[Store, list[str]]:
    """Codes of an area as tables hold them, abolished authorities and the NHS's own areas included; with the store
    that has rows of it."""
    if "area_code" in store.info(name).columns:
        held = {str(code).casefold(): str(code) for code in store.table(name)["area_code"].unique()}
        known = comparators.known_areas(store).names
        held |= {known[code].casefold(): code for code in held.values() if code in known}
        if text.strip().casefold() in held:
            return store, [held[text.strip().casefold()]]
    area = _located(store, text)
    with_rows = widened.with_rows_of(store, area)
    if area.is_authority or "area_code" not in store.info(name).columns or len(with_rows.rows(name, area.code)):
        return with_rows, [area.code]
    return store, _each_of(store, area)  # nothing is added up of schools: a list of several is those of each


def _each_of(store: Store, area: Area) -> list[str]:
    """Codes of the authorities of an area, with those that were divided and whose parts all belong to it."""
    known = comparators.known_areas(store)
    before = {old for code in area.parts for old, _, _ in known.predecessors(code)}
    return [*area.parts, *sorted(old for old in before if known.became(old) <= set(area.parts))]


def _make(choices: argparse.Namespace) -> int:
    store = _store(choices)
    picked = resolve(store, _selection(choices), _located(store, choices.area) if choices.area else None)
    if picked.wrong:
        raise UnknownChoice(" ".join(picked.told))
    made = building.make(store, picked)
    for told in (*picked.told, building.said_of_rows(made.total)):
        print(f"note: {told}", file=sys.stderr)
    numbers = made_files.numbers_of(made)
    if choices.to is None:
        sys.stdout.write(as_csv(numbers).decode("utf-8-sig").replace("\r\n", "\n"))
    elif choices.format == "csv" and choices.to.suffix.casefold() == ".csv":
        choices.to.write_bytes(as_csv(numbers))
    elif choices.format == "xlsx" and not made_files.fits_a_sheet(made):
        raise UnknownChoice("That is more than a sheet of Excel holds: take --format csv or parquet.")
    else:
        choices.to.write_bytes(FORMATS[choices.format].make(numbers))
    print(f"source: {picked.held.info.release()}", file=sys.stderr)
    return 0


def _selection(choices: argparse.Namespace) -> Selection:
    """What the options pick. Raises UnknownChoice."""
    values = {}
    for text in choices.where:
        column, given, listed = text.partition("=")
        if not given or not parted(listed):
            raise UnknownChoice(f"'--where {text}' is not a column, an equals sign and values with commas between.")
        values[column.strip()] = parted(listed)
    return Selection(
        choices.name,
        parted(choices.areas),
        choices.periods,
        values,
        choices.across,
        find=" ".join(choices.find.split()),
    )


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

    bar = _bar if console.is_screen(sys.stderr) else _lines()
    rows = core.run(choices.source, dry_run=choices.dry_run, report=bar, accept=choices.accept)
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


def _bar(part: float, text: str) -> None:
    """A progress bar on one line of the terminal."""
    done = round(24 * part)
    print(
        f"\r[{'#' * done}{'.' * (24 - done)}] {100 * part:3.0f}%  {text[:70]:<70}", end="", file=sys.stderr, flush=True
    )


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
    from sendlib import snapshot, static_files  # pandera takes a second to import, and only this command needs it

    static = static_files.STATIC if choices.into.resolve() == SNAPSHOT else None
    size = snapshot.build(choices.folder, choices.into, report=print, static=static)
    print(f"{size:,} bytes in {choices.into}")
    return 0


if __name__ == "__main__":
    sys.exit(run_as_program())
