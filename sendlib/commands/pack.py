"""The command that writes the whole pack of an area."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from sendlib import board, changes, console, service
from sendlib.areas import Area
from sendlib.commands import shared
from sendlib.compared import widened
from sendlib.errors import NoData
from sendlib.own_figures import reading
from sendlib.own_figures.model import OwnFigure
from sendlib.store import Store


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """The command `pack`."""
    pack = commands.add_parser("pack", help="write slides, reports, pictures and numbers of an area as one ZIP file")
    shared.add_area_and_those_compared(pack)
    pack.add_argument("--to", type=Path, default=Path(), metavar="FOLDER", help="where to (here without it)")
    pack.add_argument("--measures", default="", metavar="CODE,CODE", help=board.CHOICE.help)
    pack.add_argument("--template", type=Path, metavar="FILE.pptx", help="a council's own presentation for the slides")
    pack.add_argument("--own-figures", type=Path, metavar="FILE", help="a filled-in template of own figures")
    pack.add_argument("--hypothesis", default="", metavar="WORDS", help="what your group thinks is going on")
    pack.add_argument("--asks", default="", metavar="WORDS", help="what your group wants to find out")
    pack.set_defaults(run=_pack)


def _pack(choices: argparse.Namespace) -> int:
    from sendlib.exports import pack  # python-pptx and what draws pictures, which no other command needs

    store = shared.store_of(choices)
    area = shared.located(store, choices.area)
    beside = shared.located(store, choices.beside) if choices.beside else None
    answers, without = service.all_answers(store, area, choices.comparators, beside)
    if not answers:
        raise NoData(" ".join(without))
    own = _own(store, area, choices.own_figures)
    measures = shared.codes(choices.measures) or board.picking.suggested(store)
    contents = pack.Contents(
        tuple(answers),
        board=board.ask(store, area, choices.comparators, measures, own),
        changes=changes.ask(store, area, choices.comparators),
        thoughts=board.Thoughts(choices.hypothesis, choices.asks),
        own=own,
        template=choices.template.read_bytes() if choices.template else None,
        unanswered=tuple(without),
    )
    made = pack.as_zip(store, contents, shared.progress())
    if console.is_screen(sys.stderr):
        print(file=sys.stderr)
    choices.to.mkdir(parents=True, exist_ok=True)
    file = choices.to / pack.KINDS["pack"].file_name(contents)
    file.write_bytes(made)
    print(file)
    return 0


def _own(store: Store, area: Area, file: Path | None) -> tuple[OwnFigure, ...]:
    """The own figures of the area in a file. Raises OwnFileRefused."""
    if file is None:
        return ()
    found = reading.read(file.read_bytes(), area, widened.directory(store)).figures
    return tuple(one for one in found if one.area_code == area.code)
