"""Commands that write files to take away: tables and pictures of an answer, a report, slides, own figures."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

from sendlib import pictures, questions, service
from sendlib.answer import MODES, Answer
from sendlib.commands import shared
from sendlib.compared import widened
from sendlib.errors import NoData, UnknownChoice
from sendlib.exports import own_figures, picture
from sendlib.exports.formats import FORMATS
from sendlib.exports.numbers import numbers_of
from sendlib.own_figures import reading
from sendlib.own_figures.model import OwnFileRefused


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """The commands `export`, `report`, `slides` and `own-figures`."""
    export = commands.add_parser("export", help="write the tables of an answer, or its pictures, to files")
    shared.add_what_is_asked(export)
    export.add_argument(
        "--table", default="", help="one of the answer's tables (without it all; of pictures those of the lead)"
    )
    export.add_argument("--format", choices=[*FORMATS, *picture.FORMATS], default="xlsx")
    export.add_argument("--mode", choices=MODES, default="explore", help="whose words pictures are in")
    export.add_argument("--to", type=Path, default=Path(), metavar="FOLDER", help="where to (here without it)")
    export.set_defaults(run=_export)

    report = commands.add_parser("report", help="write what all questions say of an area to one page that prints to A4")
    shared.add_area_and_those_compared(report)
    report.add_argument(
        "--mode", choices=["families", "explore"], default="families", help="a sheet of one page, or a chapter"
    )
    report.add_argument("--to", type=Path, required=True, metavar="FILE.html", help="the file to write")
    report.set_defaults(run=_report)

    slides = commands.add_parser("slides", help="write the answers for an area as one PowerPoint presentation")
    shared.add_area_and_those_compared(slides)
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


def _add_own_figures(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """The template for figures of the reader's own, and a look at a file as the page takes it."""
    own = commands.add_parser("own-figures", help="a template for your own figures, or a check of a file of them")
    what = own.add_subparsers(required=True, metavar="WHAT")
    template = what.add_parser("template", help="write the template to fill in")
    template.add_argument("--to", type=Path, required=True, metavar="FILE", help="a name that ends in .xlsx or .csv")
    template.set_defaults(run=_own_template)
    check = what.add_parser("check", help="say which cells of a file are wrong, or what is read of it; keeps nothing")
    check.add_argument("file", type=Path)
    check.add_argument("--area", default="England", help=f"whose a row is that names no area: {shared.AREA_HELP}")
    check.set_defaults(run=_own_check)


def _export(choices: argparse.Namespace) -> int:
    answer = shared.answer(shared.store_of(choices), choices)
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

    store = shared.store_of(choices)
    beside = shared.located(store, choices.beside) if choices.beside else None
    answers, without = service.all_answers(store, shared.located(store, choices.area), choices.comparators, beside)
    if not answers:
        raise NoData(" ".join(without))
    choices.to.write_bytes(report.as_html(answers, choices.mode, unanswered=without))
    print(choices.to)
    return 0


def _slides(choices: argparse.Namespace) -> int:
    from sendlib.exports import slides  # python-pptx, which no other command needs

    store = shared.store_of(choices)
    area = shared.located(store, choices.area)
    beside = shared.located(store, choices.beside) if choices.beside else None
    template = choices.template.read_bytes() if choices.template else None
    names = [name.strip() for name in choices.questions.split(",")] if choices.questions else []
    answers, without = service.all_answers(store, area, choices.comparators, beside, names)
    if without and (names or not answers):
        raise NoData(" ".join(without))
    for words in without:  # a question that says nothing of this area does not keep the others back
        print(f"note: left out: {words}", file=sys.stderr)
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
    store = shared.store_of(choices)
    area = shared.located(store, choices.area)
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
